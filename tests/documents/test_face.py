from __future__ import annotations

import dataclasses
import json
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.documents.face import Face, Row, face
from carbonlabel.documents.language import LANGUAGES, spoken_in
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.hardware import Device

Quantity = dict[str, Any]
Statement = Callable[..., Disclosure]
Grams = Callable[..., Quantity]

MISSING = {"missing": "not-stated", "reason": "nobody said so (and nobody asked)"}
NOTHING = {"missing": "not-applicable", "reason": "gpu_count is 0"}


def number(text: str | None) -> Decimal:
    """What a reader takes printed digits for; "< 0.1" and nothing count as nothing."""
    return Decimal(0) if text is None or "<" in text else Decimal(text.replace("\u202f", ""))


def row(finished: Face, part: str) -> Row:
    return next(each for each in finished.rows if each.part == part)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)


def changed(disclosure: Disclosure, **changes: object) -> Disclosure:
    """The disclosure with other values at paths such as `activities__0__phase`."""
    text = json.loads(disclosure.model_dump_json(by_alias=True, exclude_none=True))
    for path, value in changes.items():
        place = text
        *way, last = (int(step) if step.isdigit() else step for step in path.split("__"))
        for step in way:
            place = place[step]
        place[last] = value
    return Disclosure.model_validate_json(json.dumps(text))


def test_a_label_without_all_rows_says_at_least(demo: Disclosure) -> None:
    finished = face(demo)

    assert (finished.headline, finished.value, finished.unit) == ("At least", "1.9", "mg CO₂e")
    assert finished.range == "0.7 to 4.1\u00a0mg CO₂e (95\u00a0%)"
    assert finished.per == "Amount for 2 fine-tuning runs"
    assert finished.serving == (
        "2 fine-tuning runs · 6.0\u00a0s · Intel(R) Xeon(R) Processor",
        "France · 2026-11-22",
    )


def test_rows_stand_in_their_order_and_a_row_that_does_not_apply_is_left_away(
    demo: Disclosure, two_gpus: Disclosure
) -> None:
    assert [(each.part, each.level) for each in face(demo).rows] == [
        ("electricity", "sum"),
        ("host", "child"),
        ("overhead", "child"),
        ("manufacture", "part"),
    ]
    assert [each.part for each in face(two_gpus).rows] == [
        "electricity",
        "accelerators",
        "host",
        "overhead",
        "manufacture",
    ]


def test_a_missing_row_has_its_reason_and_neither_value_nor_segment(demo: Disclosure) -> None:
    overhead = row(face(demo), "overhead")

    assert (overhead.value, overhead.range, overhead.basis, overhead.fill) == (
        None,
        "",
        "not reported",
        None,
    )
    assert overhead.note == "the PUE of the site is not stated"
    assert overhead.reason.endswith("(1.0 is CodeCarbon's default, not a statement)")


def test_one_electricity_part_stands_under_the_name_of_the_sum(
    statement: Statement, grams: Grams
) -> None:
    parts = {"computing": grams(64.0, 42.0, 90.0), "overhead": NOTHING, "manufacture": MISSING}

    only = face(statement(parts, activities__0__pue_in_energy="unknown")).rows[0]

    assert (only.name, only.level, only.value, only.fill) == ("Electricity", "part", "64", 1)
    assert only.note == "cooling and overhead inside"


def test_segments_lie_end_to_end_and_end_at_the_total(two_gpus: Disclosure) -> None:
    finished = face(two_gpus)
    drawn = [each for each in finished.rows if each.fill]

    assert [each.fill for each in drawn] == [1, 2, 3, 4]
    assert [each.start_ratio for each in drawn] == [0, *(each.end_ratio for each in drawn[:-1])]
    assert finished.axis is not None
    assert drawn[-1].end_ratio == pytest.approx(finished.axis.value_ratio)


@pytest.mark.parametrize(
    ("high", "ticks"),
    [
        (60.4, ["0", "20", "40", "60", "80"]),
        (99.0, ["0", "20", "40", "60", "80", "100", "120"]),
        (4.05, ["0", "1", "2", "3", "4", "5"]),
    ],
)
def test_the_axis_ends_at_a_round_step_beyond_the_interval(
    statement: Statement, grams: Grams, high: float, ticks: list[str]
) -> None:
    axis = face(statement({"host": grams(high / 2, 1.0, high)})).axis

    assert axis is not None
    assert not axis.is_open
    assert [text for _, text in axis.ticks] == ticks
    assert (axis.ticks[0][0], axis.ticks[-1][0]) == (0, 1)
    assert axis.high_ratio == pytest.approx(high / float(ticks[-1]))


def test_an_interval_that_would_leave_no_bar_goes_on_beyond_the_axis(
    statement: Statement, grams: Grams
) -> None:
    """8 × the value still fits; beyond it the axis ends at a step after 4 × the value × 1.02."""
    fits, goes_on = (face(statement({"host": grams(2.0, 1.0, high)})) for high in (16.0, 16.1))

    assert fits.axis is not None
    assert goes_on.axis is not None
    assert not fits.axis.is_open
    assert goes_on.axis.is_open
    assert [text for _, text in goes_on.axis.ticks] == ["0", "2", "4", "6", "8", "10"]
    assert (goes_on.axis.value_ratio, goes_on.axis.high_ratio) == (0.2, 1)
    assert goes_on.range.startswith("1.0 to 16.1")


def test_parts_that_break_their_sum_by_rounding_get_one_more_place(
    statement: Statement, grams: Grams
) -> None:
    # 24.69 + 14.63 + 11.2 = 50.52: as whole numbers 25 + 15 is not 39.
    parts = {
        "computing": grams(24.69e6, 19.0e6, 30.0e6),
        "idle": grams(14.63e6, 11.0e6, 18.0e6),
        "manufacture": grams(11.2e6, 5.0e6, 17.0e6),
    }

    finished = face(statement(parts))

    assert [each.value for each in finished.rows] == ["39.3", "24.7", "14.6", "11.2"]
    assert (finished.value, finished.unit) == ("50.5", "t CO₂e")


def test_sums_of_rounded_rows_say_so(two_gpus: Disclosure) -> None:
    # 41.785 + 4.558 + 9.269 + 62.785 = 118.398 mg: no place up to one decimal adds up.
    finished = face(two_gpus)

    assert [each.value for each in finished.rows] == ["55.7", "41.8", "4.6", "9.3", "62.8"]
    assert finished.value == "118.5"
    assert "Sums are those of the rounded rows." in finished.footnotes


def test_a_sum_that_is_wrong_and_not_rounded_stays_as_declared(
    statement: Statement, grams: Grams
) -> None:
    wrong = grams(100.0, 90.0, 110.0)

    finished = face(statement({"host": grams(1.0), "idle": grams(2.0)}, totals__emissions=wrong))

    assert finished.value == "100"


def test_a_part_below_the_place_of_the_column_is_not_zero(
    statement: Statement, grams: Grams
) -> None:
    parts = {"accelerators": grams(64.0, 42.0, 90.0), "host": grams(0.004, 0.003, 0.005)}

    host = row(face(statement(parts)), "host")

    assert host.value == "<\u00a01"
    assert host.range == "<\u00a01–1"


def test_nothing_reported_has_no_number_no_axis_and_says_why(statement: Statement) -> None:
    parts = {"host": MISSING, "overhead": MISSING, "manufacture": MISSING}

    finished = face(
        statement(parts, totals__headline="not reported", totals__shares={}, totals__energy=MISSING)
    )

    assert (finished.headline, finished.value, finished.axis) == ("Not reported", None, None)
    assert finished.quality.word == "not reported"
    assert {each.basis for each in finished.rows} == {"not reported"}
    assert "not reported for 2 fine-tuning runs" in finished.alt


def test_without_a_range_two_digits_stand_and_the_label_says_so(
    statement: Statement, grams: Grams
) -> None:
    finished = face(statement({"host": grams(25.44)}))

    assert (finished.value, finished.range, finished.range_short) == (
        "25",
        "range not declared",
        "",
    )
    assert finished.axis is not None
    assert finished.axis.low_ratio is None


def test_a_total_of_zero_is_zero_and_draws_nothing(statement: Statement, grams: Grams) -> None:
    finished = face(statement({"host": grams(0.0)}))

    assert (finished.value, finished.unit, finished.axis) == ("0", "g CO₂e", None)


def test_several_activities_are_added_row_by_row(statement: Statement, grams: Grams) -> None:
    first = {"host": grams(10.0, 8.0, 12.0), "manufacture": grams(1.0, 0.5, 2.0)}
    second = {"host": grams(20.0, 16.0, 24.0), "manufacture": MISSING}

    finished = face(statement(first, second, activities__1__phase="evaluation"))

    assert finished.runs == "2 fine-tuning runs and 2 evaluation runs"
    assert row(finished, "electricity").value == "30.0"
    assert row(finished, "manufacture").note == "not reported for 1 of 2 activities"
    assert [each.heading for each in finished.method][:2] == [
        "Energy of fine-tuning",
        "Energy of evaluation",
    ]


def test_a_row_of_several_activities_has_no_range_that_nobody_worked_out(
    statement: Statement, grams: Grams
) -> None:
    each = {"accelerators": grams(10.0, 8.0, 12.0), "host": grams(2.0, 1.0, 3.0)}

    finished = face(statement(each, each))

    assert row(finished, "host").range == ""
    assert row(finished, "electricity").range == "18–30"


def test_the_one_known_part_has_the_range_of_the_sum(statement: Statement, grams: Grams) -> None:
    each = {"host": grams(10.0, 8.0, 12.0), "overhead": MISSING}

    finished = face(statement(each, each))

    assert row(finished, "host").range == row(finished, "electricity").range == "16–24"


def test_many_phases_and_places_are_counted_not_listed(statement: Statement, grams: Grams) -> None:
    each = {"host": grams(10.0)}

    finished = face(
        statement(
            each,
            each,
            each,
            activities__1__phase="pretraining",
            activities__1__region__country="NO",
            activities__2__phase="data_collection",
            activities__2__region__country="CL",
            activities__2__region__intensity__value=300.0,
            activities__2__region__intensity__high=400.0,
        )
    )

    assert finished.per == "Amount for 6 runs of 3 phases"
    assert "France, Norway and 1 more" in " ".join(finished.serving)
    assert finished.contexts[1].value == "41 to 300"


def test_one_run_is_counted_per_run(two_gpus: Disclosure) -> None:
    assert face(two_gpus).per == "Amount per fine-tuning run"
    assert face(changed(two_gpus, activities__0__phase="training")).per == "Amount per training run"


def test_accelerator_time_and_machines_stand_in_the_serving(two_gpus: Disclosure) -> None:
    assert face(two_gpus).serving == (
        "1 fine-tuning run · 6.6\u00a0s · 13 GPU-seconds",
        "2 × NVIDIA A100-SXM4-80GB",
        "Example cluster, Orsay, France · 2026-11-22",
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (11_520.0, "3.2\u00a0h · 6.4 GPU-hours"),
        (750.0, "13\u00a0min · 0.42 GPU-hours"),
        (1_944_000_000.0, "540\u202f000\u00a0h · 1.08\u00a0M GPU-hours"),
    ],
)
def test_long_runs_are_told_in_larger_units(
    two_gpus: Disclosure, seconds: float, words: str
) -> None:
    assert words in face(changed(two_gpus, activities__0__duration__value=seconds)).serving[0]


def test_what_a_log_does_not_say_is_not_in_the_serving(two_gpus: Disclosure) -> None:
    silent = {"missing": "not-stated", "reason": "the log does not say"}

    finished = face(changed(two_gpus, activities__0__duration=silent, activities__0__period=silent))

    assert finished.serving == (
        "1 fine-tuning run · 2 × NVIDIA A100-SXM4-80GB",
        "Example cluster, Orsay, France",
    )


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        (67_000_000, "67\u00a0M parameters"),
        (176_247_271_424, "176\u00a0B parameters"),
        (1_540, "1.54\u00a0k parameters"),
        (842, "842 parameters"),
    ],
)
def test_the_size_of_a_model_has_three_digits(
    demo: Disclosure, parameters: int, words: str
) -> None:
    assert face(changed(demo, subject__parameters=parameters)).size == words


def test_a_model_without_a_name_is_said_to_have_none(demo: Disclosure) -> None:
    assert face(changed(demo, subject={})).model == "model not named"


def test_what_is_left_out_has_its_size_where_it_is_known(demo: Disclosure) -> None:
    finished = face(demo)

    assert finished.left_out == (
        "cooling (PUE 1.56 would add 1.1\u00a0mg)",
        "idle time",
        "failed and earlier runs",
        "storage and network",
        "end of life",
    )
    assert finished.left_out_sentence.startswith("cooling (a PUE of 1.56 would add 1.1\u00a0mg), ")
    assert face(changed(demo, left_out=[])).left_out == ("nothing stated",)


def test_context_names_energy_grid_and_what_nobody_reported(
    demo: Disclosure, two_gpus: Disclosure
) -> None:
    shown = [(each.name, each.value, each.unit, each.range) for each in face(demo).contexts]

    assert shown == [
        ("Energy", "46", "mWh", "18–86"),
        ("Grid", "41", "g CO₂e/kWh", "27–64"),
        ("Use", None, "", ""),
        ("Water", None, "", ""),
    ]
    assert [each.name for each in face(two_gpus).contexts] == [
        "Energy",
        "Grid",
        "PUE",
        "Use",
        "Water",
    ]


def test_a_place_that_nobody_named_is_a_world_mean(demo: Disclosure) -> None:
    place = {**json.loads(demo.activities[0].region.model_dump_json(exclude_none=True))}
    del place["country"]

    finished = face(changed(demo, activities__0__region={**place, "given_by": "nobody"}))

    assert finished.rows[0].note == "location-based · world-average grid"
    assert finished.contexts[1].note == "place not known, world mean 2025"
    assert "place not known" in finished.serving[-1]


@pytest.mark.parametrize(
    ("country", "zone", "grid"),
    [
        ("CA-QC", "CA", "Canada"),
        ("CA-QC", "CA-QC", "Quebec, Canada"),
        ("AU-ACT", "AU-NSW", "New South Wales, Australia"),
        ("US-OR", "US-EGRID-NWPP", "Oregon, United States"),
        ("DE", "DE-LU", "Germany"),
        ("FR", "stated", "France"),
        ("FR", "DE", "France"),
    ],
)
def test_the_grid_is_that_of_the_factor_and_the_place_that_of_the_machines(
    demo: Disclosure, country: str, zone: str, grid: str
) -> None:
    finished = face(
        changed(demo, activities__0__region__country=country, activities__0__region__zone=zone)
    )

    assert finished.contexts[1].note == f"{grid} 2025"
    assert f"g CO₂e/kWh, {grid}, 2025" in {m.heading: m.text for m in finished.method}["Grid"]


def test_an_unknown_code_of_a_place_stands_as_it_is(demo: Disclosure) -> None:
    assert "ZZ-9" in face(changed(demo, activities__0__region__country="ZZ-9")).serving[-1]


@pytest.mark.parametrize(
    ("shares", "word", "percents"),
    [
        ((0.0, 1.0, 0.0), "estimated", (0, 100, 0)),
        ((0.0, 0.784, 0.216), "mostly estimated", (0, 78, 22)),
        ((0.5, 0.0, 0.5), "mostly measured", (50, 0, 50)),
        ((0.3, 0.2, 0.5), "mostly estimated", (30, 20, 50)),
        ((0.0, 0.47, 0.53), "mostly assumed", (0, 47, 53)),
        ((0.0, 0.001, 0.999), "mostly assumed", (0, 1, 99)),
    ],
)
def test_the_word_for_data_quality_follows_the_shares(
    demo: Disclosure, shares: tuple[float, ...], word: str, percents: tuple[int, ...]
) -> None:
    bases = ("measured", "estimated", "assumed")
    quality = face(changed(demo, totals__shares=dict(zip(bases, shares, strict=True)))).quality

    assert quality.word == word
    assert quality.shares == tuple(zip(bases, percents, strict=True))


def test_data_quality_names_what_the_grid_factor_does_to_a_measurement(demo: Disclosure) -> None:
    measured = {"activities__0__parts__1__energy__basis": "measured"}
    grid = "activities__0__region__intensity__basis"

    assert "average of the year" in face(changed(demo, **measured)).quality.reason[1]
    assert "a default" in face(changed(demo, **measured, **{grid: "assumed"})).quality.reason[1]
    assert (
        "were measured" in face(changed(demo, **measured, **{grid: "measured"})).quality.reason[1]
    )
    assert "a default" in face(changed(demo, **{grid: "assumed"})).quality.reason[1]


def test_an_error_finding_stands_on_the_label(demo: Disclosure) -> None:
    overlap = {
        "code": "runs-overlap",
        "severity": "error",
        "place": "/activities/0",
        "message": "Two runs overlap: the machine is counted twice.",
    }

    assert face(demo).warnings == ()
    assert face(changed(demo, findings__0=overlap)).warnings == (
        "Fails plausibility check: Two runs overlap: the machine is counted twice.",
    )


def test_the_method_tells_energy_cooling_grid_doubt_and_manufacture(demo: Disclosure) -> None:
    told = {each.heading: each.text.replace("\u00a0", " ") for each in face(demo).method}

    assert told == {
        "Energy": "CodeCarbon 3.3.2, emissions.csv, 2 runs, 6.0 s, 2026-11-22; "
        "CPU and memory by model, no meter.",
        "Cooling and overhead": "not counted; the PUE of the site is not stated. The survey mean "
        "1.56 (Uptime Institute, 2024) would add 1.1 mg CO₂e (0 to 2.6).",
        "Grid": "41.44 g CO₂e/kWh, France, 2025, lifecycle, production (Ember). "
        "CodeCarbon itself used 56.04 and gives 2.6 mg CO₂e.",
        "Where the doubt comes from": "host energy 77 %, grid factor 23 %.",
        "Hardware manufacture": "no hardware inventory was given.",
    }


def test_the_method_names_the_site_the_devices_and_every_doubt(two_gpus: Disclosure) -> None:
    told = {each.heading: each.text.replace("\u00a0", " ") for each in face(two_gpus).method}

    assert told["Cooling and overhead"].startswith("PUE 1.2 (region.yaml, 2026); ")
    assert told["Where the doubt comes from"] == (
        "making the host 45 %, grid factor 17 %, lifetime of the hardware 14 %, "
        "making the accelerators 12 %, readings of the tracker 11 %, PUE < 1 %."
    )
    assert (
        "2 × NVIDIA A100-SXM4-80GB at 150 kg CO₂e each over 4 years" in told["Hardware manufacture"]
    )


def test_doubt_about_something_unheard_of_is_called_other(demo: Disclosure) -> None:
    pointers = ("/moon", "/activities/9/parts/0/energy", "/activities/0/hardware/9/making")
    doubt = [{"of": of, "low": 0.5, "high": 2.0, "share": 0.25} for of in pointers]
    doubt.append({"of": "/activities/0/duration", "low": 1.0, "high": 1.0, "share": 0.0})

    told = {each.heading: each.text for each in face(changed(demo, totals__doubt=doubt)).method}

    assert told["Where the doubt comes from"] == "other 75\u00a0%."


def test_a_site_that_states_its_pue_over_a_log_without_one(two_gpus: Disclosure) -> None:
    finished = face(changed(two_gpus, activities__0__pue_in_energy="no"))

    assert "the log held none" in next(
        each.text for each in finished.method if each.heading == "Cooling and overhead"
    )


def test_a_model_made_from_others_says_that_their_footprint_is_not_in_it(demo: Disclosure) -> None:
    bases = ["acme/base@1234"]

    assert face(changed(demo, subject__base_models=bases)).method[-1].text == (
        "acme/base@1234; their footprint is not part of this."
    )


def test_findings_are_sentences_with_what_to_do_each_once(demo: Disclosure) -> None:
    twice = [*demo.findings, *demo.findings]
    told = face(demo.model_copy(update={"findings": tuple(twice)})).findings

    assert told[0].startswith("Warning: Cooling and overhead are not counted")
    assert "To do: --pue 1.0" in told[0]
    assert len(told) == len(demo.findings)
    assert told[3].endswith("Expected 41.44 gCO2e/kWh, found 56.04 gCO2e/kWh.")


def test_the_label_carries_the_digest_and_the_program(demo: Disclosure) -> None:
    finished = face(demo)

    assert finished.footnotes == (
        "No offsets or market-based claims are deducted.",
        "Self-declared, not verified by a third party.",
        "Source: CodeCarbon 3.3.2.",
        "carbonlabel 0.1.0 · disclosure sha256 2573 7f32 7def",
    )
    assert len(finished.digest) == 64
    assert (finished.generator, finished.issued) == ("carbonlabel 0.1.0", "2026-11-22")


def test_typed_figures_are_cited_by_their_file(demo: Disclosure) -> None:
    typed = {"file": "manual.yaml", "sha256": "0" * 64, "format": "manual"}

    finished = face(changed(demo, inputs={"log": typed}))

    assert "Source: manual.yaml." in finished.footnotes
    assert finished.method[0].text.startswith("stated by hand, manual.yaml, 2 runs, ")
    assert "The log itself used 56.04" in finished.method[2].text


def test_the_alternative_text_is_one_short_line(demo: Disclosure) -> None:
    assert face(demo).alt == (
        "Carbon Facts for acme/demo-train: at least 1.9 mg CO2e for 2 fine-tuning runs, "
        "likely 0.7 to 4.1 mg; estimated; self-declared."
    )


def test_the_description_reads_every_row(demo: Disclosure) -> None:
    told = face(demo).description

    for words in (
        "Host CPU and memory: 1.9 mg CO2e, likely 0.7 to 4.1, estimated",
        "Hardware manufacture: not reported, no hardware inventory was given",
        "Left out: cooling (a PUE of 1.56 would add 1.1 mg)",
        "Energy, host: 46 mWh, estimated",
        "Water: not reported",
        "estimated (0 % measured, 100 % estimated, 0 % assumed)",
    ):
        assert words in told


def test_no_grade_no_equivalent_and_no_claim_is_on_the_label(two_gpus: Disclosure) -> None:
    said = " ".join(texts(face(two_gpus))).lower()

    for word in ("neutral", "green", "net zero", "cars", "trees", "★", "grade", "percentile"):
        assert word not in said


def test_a_strangers_text_holds_nothing_that_steers_whatever_its_place(demo: Disclosure) -> None:
    evil = "a\x1b[2J\u202eb\r\nc\x00\ud7ff\u2028d\ue000\u200be" * 9
    finding = {"code": "x", "severity": "error", "place": "/", "message": evil, "suggestion": evil}

    finished = face(
        changed(
            demo,
            subject={"model": evil, "base_models": [evil]},
            activities__0__hardware__0__name=evil,
            activities__0__region__site=evil,
            activities__0__region__country=evil,
            activities__0__parts__2__emissions={"missing": "not-stated", "reason": evil},
            totals__manufacture={"missing": "not-stated", "reason": evil},
            left_out__1={"what": evil, "why": evil},
            findings=[finding],
            inputs__log__file=evil,
            inputs__log__tracker=evil,
            inputs__log__version=evil,
            sources__ember__title=evil,
            sources__uptime__title=evil,
            generator={"name": evil, "version": evil},
        )
    )

    kinds = {unicodedata.category(letter) for text in texts(finished) for letter in text}
    assert not kinds & {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
    assert len(finished.alt) <= 150
    assert all(len(line) <= 56 for line in finished.serving)
    assert all(len(each.note) <= 56 for each in finished.rows)


def test_the_same_disclosure_gives_the_same_face(two_gpus: Disclosure) -> None:
    assert face(two_gpus) == face(two_gpus)


@settings(max_examples=60)
@given(name=st.text(min_size=1, max_size=300), value=st.floats(1e-9, 1e12))
def test_the_alternative_text_stays_short_whatever_the_name(
    statement: Statement, grams: Grams, name: str, value: float
) -> None:
    alt = face(
        statement({"host": grams(value)}, subject__model=name.encode("utf-8", "replace").decode())
    ).alt

    assert len(alt) <= 150
    assert "self-declared." in alt


amounts = st.tuples(st.floats(1e-9, 1e12), st.floats(1, 5), st.floats(1, 5))


@settings(max_examples=150)
@given(
    each=st.dictionaries(
        st.sampled_from(["accelerators", "host", "idle", "overhead", "manufacture"]),
        amounts,
        min_size=1,
    ),
    spread=st.booleans(),
)
def test_parts_visibly_add_up_and_nothing_reads_zero(
    statement: Statement, grams: Grams, *, each: dict[str, tuple[float, float, float]], spread: bool
) -> None:
    parts = {
        part: grams(value, value / down, value * up) if spread else grams(value)
        for part, (value, down, up) in each.items()
    }

    finished = face(statement(parts))

    children = [each for each in finished.rows if each.level == "child"]
    heads = [each for each in finished.rows if each.level != "child"]
    if children:
        assert sum(number(child.value) for child in children) == number(heads[0].value)
    if "<" not in str(finished.value):
        assert sum(number(head.value) for head in heads) == number(finished.value)
    for each_row in finished.rows:
        assert each_row.value != "0" or each_row.part not in parts
        assert "e" not in (each_row.value or "").lower()


def test_a_second_sentence_on_cooling_begins_with_a_capital(
    demo: Disclosure, two_gpus: Disclosure
) -> None:
    activities = (*two_gpus.activities, *demo.activities)
    both = demo.model_copy(
        update={"activities": activities, "sources": {**two_gpus.sources, **demo.sources}}
    )

    told = next(each.text for each in face(both).method if each.heading == "Cooling and overhead")

    assert told.startswith("PUE 1.2")
    assert ". Not counted; the PUE of the site is not stated." in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_of_a_serving_cuts_a_count(two_gpus: Disclosure, language: str) -> None:
    (activity,) = two_gpus.activities
    board, other = (
        Device(name=name, kind="accelerator", count=count)
        for name, count in (("NVIDIA H100 80GB HBM3 SXM5", 4096), ("AMD Instinct MI300X OAM", 2048))
    )
    prepared = {"phase": "data_preparation", "runs": 1200, "hardware": (board, other)}
    tuned = {"phase": "finetuning", "runs": 1500, "hardware": (board,)}
    both = tuple(activity.model_copy(update=each) for each in (prepared, tuned))

    with spoken_in(language):
        found = face(two_gpus.model_copy(update={"activities": both}))

    lines = [line.replace("\u202f", "") for line in found.serving]
    assert "2700" in lines[0] or ("1200" in lines[0] and "1500" in lines[0])
    assert any("4096" in line for line in lines)
    assert not any("…" in line for line in lines)
