"""Where runs took place: whose word counts for what."""

from __future__ import annotations

from carbonlabel.assessment import assess
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Input
from carbonlabel.model.region import Place, Region
from tests.assessment.test_worked_examples import ten_hours_of_four_gpus

REGION_YAML = Input(file="region.yaml", sha256="1" * 64, format="region")


def region_of(run: Evidence, place: Place) -> Region:
    (activity,) = assess([run], place=place).activities
    return activity.region


def test_water_of_the_log_counts_where_the_region_file_is_silent() -> None:
    water = Estimate(value=0.5, unit="L/kWh", basis="estimated", source="log")
    silent = Place(code="FR", inputs={"region": REGION_YAML})

    assert region_of(ten_hours_of_four_gpus(wue=water), silent).wue.value == 0.5
    assert region_of(ten_hours_of_four_gpus(), silent).wue == Missing(
        missing="not-stated", reason="not in region.yaml"
    )


def test_the_ends_of_a_published_pue_are_as_round_as_it() -> None:
    # Azure West Europe publishes 1.14; ± 0.02 are 1.12 and 1.16, not 1.1199999999999999.
    pue = region_of(ten_hours_of_four_gpus(), Place(code="azure/westeurope")).pue

    assert (pue.value, pue.low, pue.high) == (1.14, 1.12, 1.16)


def test_who_leaves_cooling_out_by_choice_is_not_warned_that_nobody_stated_it() -> None:
    chosen = Missing(missing="not-stated", reason="not counted, by choice")

    told = assess([ten_hours_of_four_gpus()], place=Place(code="FR", pue=chosen))
    untold = assess([ten_hours_of_four_gpus()], place=Place(code="FR"))

    assert "pue-not-stated" not in {each.code for each in told.findings}
    assert "pue-not-stated" in {each.code for each in untold.findings}
    assert told.totals.headline == "at least"
    assert told.left_out[0].adds == untold.left_out[0].adds
