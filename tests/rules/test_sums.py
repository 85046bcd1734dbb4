"""A total is no surer than what it adds up, whatever cancels in a part of it."""

from __future__ import annotations

from datetime import timedelta

from carbonlabel.assessment import assess
from carbonlabel.checks import findings
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate
from tests.assessment.test_worked_examples import TEN_HOURS, kwh, stated, ten_hours_of_four_gpus

LATER = TEN_HOURS.model_copy(
    update={"start": TEN_HOURS.start + timedelta(2), "end": TEN_HOURS.end + timedelta(2)}
)


def too_narrow(disclosure: Disclosure) -> set[str]:
    return {each.place for each in findings(disclosure) if each.code == "range-too-narrow"}


def test_a_pue_divided_out_of_one_activity_leaves_the_range_of_the_others() -> None:
    """12 kWh in the doubt of a tracker, ÷ and × 1.4, and 1 kWh with a PUE in it: not ± 1 %."""
    metered = ten_hours_of_four_gpus(
        run="b", pue_in_energy="yes", accelerators=kwh(1.0), period=LATER
    )
    disclosure = assess([ten_hours_of_four_gpus(), metered], place=stated(1.2, 450))
    total = disclosure.totals.emissions
    assert isinstance(total, Estimate)
    narrow = total.model_copy(update={"low": 0.99 * total.value, "high": 1.01 * total.value})
    totals = disclosure.totals.model_copy(update={"emissions": narrow})

    assert not too_narrow(disclosure)
    assert too_narrow(disclosure.model_copy(update={"totals": totals})) == {"/totals/emissions"}
