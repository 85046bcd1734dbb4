"""The annex for the Model Documentation Form: rounding and omissions by recipient, by hand."""

from __future__ import annotations

import re
from typing import Any

import pytest

from carbonlabel.documents.face import face
from carbonlabel.documents.report.form import form
from carbonlabel.documents.report.material import Material, Recipient
from carbonlabel.model.compute import Compute
from carbonlabel.model.disclosure import Activity, Disclosure, Part
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.hardware import Device
from carbonlabel.model.workload import Workload

FIELDS = (
    "Training time",
    "Amount of computation used for training",
    "Measurement methodology of the computation",
    "Amount of energy used for training",
    "Measurement methodology of the energy",
    "Benchmarked amount of computation used for inference",
    "Measurement methodology of the inference",
)
DAY_S = 86_400.0


def quantity(value: float, unit: str, spread: float | None = 0.25, **changes: Any) -> Estimate:  # noqa: ANN401 - any field
    ends = {} if spread is None else {"low": value * (1 - spread), "high": value * (1 + spread)}
    return Estimate(
        value=value, **ends, unit=unit, basis="estimated", source="log", **changes  # type: ignore[arg-type]  # a unit
    )  # fmt: skip


def training(base: Activity, **changes: object) -> Activity:
    """100 days on 384 boards, 1 287 MWh with cooling, 3.14 × 10²³ operations."""
    emitted = base.parts[0].emissions
    told: dict[str, object] = {
        "phase": "pretraining",
        "duration": quantity(100 * DAY_S, "s", None),
        "hardware": (Device(name="NVIDIA V100", kind="accelerator", count=384),),
        "parts": (
            Part(part="accelerators", energy=quantity(1.1e6, "kWh"), emissions=emitted),
            Part(part="overhead", energy=quantity(1.87e5, "kWh"), emissions=emitted),
        ),
        "compute": Compute(
            device_time=Missing(missing="not-stated", reason="nobody said"),
            flop=quantity(3.14e23, "FLOP", 0.3), method="6ND",
        ),
    }  # fmt: skip
    return base.model_copy(update={**told, **changes})


def filled(
    disclosure: Disclosure, to: Recipient | None, *activities: Activity
) -> dict[str, tuple[str, ...]]:
    changed = disclosure.model_copy(update={"activities": activities})
    section = form(
        Material(face=face(disclosure), disclosure=changed, audience="regulator", recipient=to)
    )
    (only,) = section.tables
    return {row[0].text: tuple(cell.text for cell in row[1:]) for row in only.rows}


@pytest.fixture
def base(two_gpus: Disclosure) -> Activity:
    return two_gpus.activities[0]


def test_the_office_gets_two_digits_in_megawatt_hours_days_and_operations(
    two_gpus: Disclosure, base: Activity
) -> None:
    found = filled(two_gpus, "aio", training(base))

    assert tuple(found) == FIELDS
    # 100 days × 384 boards; 1 100 + 187 MWh, ± 25 %; 3.14 × 10²³, ± 30 %.
    assert found[FIELDS[0]] == ("100 days of wall clock; 38\u202f000 NVIDIA V100 days",)
    assert found[FIELDS[1]] == ("3.1 × 10²³ FLOP",)
    assert found[FIELDS[3]] == ("1\u202f300 MWh (estimated)",)


def test_more_digits_are_given_where_the_doubt_is_small(
    two_gpus: Disclosure, base: Activity
) -> None:
    parts = tuple(
        part.model_copy(update={"energy": quantity(part.energy.value, "kWh", 0.001)})
        for part in training(base).parts
        if isinstance(part.energy, Estimate)
    )

    # ± 1.287 MWh of 1 287: the first digit in doubt is the last before the point.
    found = filled(two_gpus, "aio", training(base, parts=parts))

    assert found[FIELDS[3]] == ("1\u202f287 MWh (estimated)",)


def test_an_authority_gets_a_range_of_time_and_an_order_of_operations(
    two_gpus: Disclosure, base: Activity
) -> None:
    found = filled(two_gpus, "nca", training(base))

    assert found[FIELDS[0]] == ("3 to 6 months",)
    assert found[FIELDS[1]] == ("order of 10²³ FLOP",)
    assert found[FIELDS[3]] == ("1\u202f300 MWh (estimated)",)


@pytest.mark.parametrize(
    ("days", "span"),
    [
        (30, "less than 1 month"),  # a month is a twelfth of 365 days, 30.4
        (31, "1 to 3 months"),
        (91, "1 to 3 months"),
        (92, "3 to 6 months"),
        (182, "3 to 6 months"),
        (183, "more than 6 months"),
    ],
)
def test_spans_end_where_months_do(
    two_gpus: Disclosure, base: Activity, days: int, span: str
) -> None:
    lasting = training(base, duration=quantity(days * DAY_S, "s", None))

    assert filled(two_gpus, "nca", lasting)[FIELDS[0]] == (span,)


def test_a_downstream_provider_gets_none_of_it(two_gpus: Disclosure, base: Activity) -> None:
    found = filled(two_gpus, "downstream", training(base))

    assert set(found.values()) == {("not asked for: left out",)}


def test_without_a_recipient_all_three_stand_side_by_side(
    two_gpus: Disclosure, base: Activity
) -> None:
    found = filled(two_gpus, None, training(base))

    assert found[FIELDS[1]] == (
        "3.1 × 10²³ FLOP", "order of 10²³ FLOP", "not asked for: left out",
    )  # fmt: skip


def test_what_is_not_known_is_not_available_with_what_lacks(
    two_gpus: Disclosure, base: Activity
) -> None:
    gone = Missing(missing="not-measured", reason="no meter was read")
    parts = (Part(part="accelerators", energy=gone, emissions=gone),)
    bare = training(base, parts=parts, compute=None, duration=gone)

    found = filled(two_gpus, "aio", bare)

    assert found[FIELDS[0]] == ("N/A. Lacking: how long the runs took",)
    assert found[FIELDS[1]] == ("N/A. Lacking: operations, or tokens with parameters",)
    assert found[FIELDS[3]] == found[FIELDS[4]] == ("N/A. Lacking: no meter was read",)
    assert found[FIELDS[6]] == ("N/A. Lacking: the task that was benchmarked, and the machines",)


def test_what_somebody_keeps_back_is_told_apart(two_gpus: Disclosure, base: Activity) -> None:
    kept = Missing(missing="withheld", reason="the cloud provider gives no energy")
    parts = (Part(part="accelerators", energy=kept, emissions=kept),)

    found = filled(two_gpus, "aio", training(base, parts=parts))

    assert found[FIELDS[3]] == (
        "N/A. Kept back by who knows it: the cloud provider gives no energy",
    )


def test_energy_without_cooling_or_a_row_is_a_lower_bound(
    two_gpus: Disclosure, base: Activity
) -> None:
    bare = training(base, parts=training(base).parts[:1])

    found = filled(two_gpus, "aio", bare)

    assert found[FIELDS[3]] == ("at least 1\u202f100 MWh (estimated)",)
    assert "Cooling and overhead are not in it" in found[FIELDS[4]][0]


def test_two_kinds_of_boards_are_accelerators_and_none_is_no_figure(
    two_gpus: Disclosure, base: Activity
) -> None:
    mixed = tuple(Device(name=name, kind="accelerator", count=5) for name in ("A", "B"))

    both = filled(two_gpus, "aio", training(base, hardware=mixed, compute=None))
    none = filled(two_gpus, "aio", training(base, hardware=(), compute=None))

    assert both[FIELDS[0]] == ("100 days of wall clock; 1\u202f000 accelerator days",)
    assert none[FIELDS[0]] == ("100 days of wall clock",)


def test_the_method_has_about_a_hundred_words_and_cites_the_law_by_its_number(
    two_gpus: Disclosure, base: Activity
) -> None:
    tried = training(base, phase="experimentation")

    (told,) = filled(two_gpus, "aio", training(base), tried)[FIELDS[4]]

    assert len(told.split()) <= 100
    assert told.startswith("Estimated: Carbontracker 2.4.7. Counted: accelerators, cooling.")
    assert "PUE 1.2" in told
    assert "960 to 1\u202f610 MWh" in told  # 1 287 × 0.75 = 965, × 1.25 = 1 609, outwards
    assert re.search(r"Experiments \(1\.3\u00a0GWh\) stand apart", told)
    assert "Article 53(5)" in told


def test_inference_names_its_task_and_its_machines(two_gpus: Disclosure, base: Activity) -> None:
    gone = Missing(missing="not-stated", reason="nobody said")
    served = Workload(
        unit="token", count=100_000, per=1_000_000, statistic="mean", task="text-generation",
        energy=gone, emissions=gone,
    )  # fmt: skip
    benchmark = Compute(device_time=gone, flop=quantity(5.1e17, "FLOP", 0.1))
    used = training(base, phase="inference", workload=served, compute=benchmark)

    found = filled(two_gpus, "aio", training(base), used)

    assert found[FIELDS[5]] == ("5.1 × 10¹⁷ FLOP",)
    assert found[FIELDS[6]] == ("text-generation, 100\u202f000 tokens, on 384 × NVIDIA V100.",)


def test_without_any_training_every_field_of_it_says_so(
    two_gpus: Disclosure, base: Activity
) -> None:
    found = filled(two_gpus, "nca", training(base, phase="evaluation"))

    assert {found[FIELDS[at]] for at in (0, 1, 3, 4)} == {
        ("N/A. Lacking: no activity of this disclosure is a training",)
    }


def test_law_is_cited_and_not_repeated_and_no_duty_is_claimed(two_gpus: Disclosure) -> None:
    section = form(Material(face=face(two_gpus), disclosure=two_gpus, audience="regulator"))

    lead = " ".join(section.lead)
    assert "Annex XI" in lead
    assert "not answered here" in lead
    assert "claims compliance" in lead
    assert "known or estimated energy consumption" not in lead
