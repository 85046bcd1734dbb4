"""Each rule, by spoiling one field of a sound disclosure and naming what must be found."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.checks import RULES, check
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Finding
from carbonlabel.record.keeping import dump, load

SAMPLES = Path(__file__).parent / "samples" / "disclosures"
CPU, GPU = "carbon.json", "carbon-two-gpus.json"
A = "/activities/0"
GONE = object()
MISSING = {"missing": "not-stated", "reason": "nobody said so"}
Json = dict[str, Any]


def put(found: Any, place: str, value: object) -> None:  # noqa: ANN401 - a JSON tree of any shape
    *way, last = (int(step) if step.isdigit() else step for step in place.split("/")[1:])
    for step in way:
        found = found[step]
    if value is GONE:
        del found[last]
    elif isinstance(found, list) and last == len(found):
        found.append(value)
    else:
        found[last] = value


def spoiled(name: str, *changes: tuple[str, object]) -> Disclosure:
    document = json.loads((SAMPLES / name).read_text("utf-8"))
    for place, value in changes:
        put(document, place, value)
    return load(json.dumps(document))


def found(name: str, *changes: tuple[str, object]) -> set[tuple[str, str, str]]:
    """What is found beyond what the example itself gives: code, severity and place."""

    def told(disclosure: Disclosure) -> set[tuple[str, str, str]]:
        return {(each.code, each.severity, each.place) for each in check(disclosure)}

    return told(spoiled(name, *changes)) - told(spoiled(name))


def one(code: str, name: str, *changes: tuple[str, object]) -> Finding:
    (finding,) = (each for each in check(spoiled(name, *changes)) if each.code == code)
    return finding


def quantity(value: float, unit: str, **more: object) -> Json:
    return {"value": value, "unit": unit, "basis": "estimated", "formula": "sum", **more}


def test_the_sound_examples_break_no_rule() -> None:
    assert [each.code for each in check(spoiled(CPU))] == ["pue-not-stated"]
    assert [each.code for each in check(spoiled(GPU))] == ["tracker-emissions-differ"]


def test_a_check_leaves_the_disclosure_as_it_is() -> None:
    disclosure = spoiled(GPU, ("/totals/emissions/value", 0.11))
    before = dump(disclosure)

    assert check(disclosure) == check(disclosure)
    assert dump(disclosure) == before


def test_errors_come_before_warnings_and_notes() -> None:
    findings = check(spoiled(GPU, ("/totals/headline", "at least"), ("/issued", "2027-01-01")))

    assert [each.severity for each in findings] == ["error", "warning", "note"]


def test_every_rule_says_what_it_demands() -> None:
    assert all((rule.__doc__ or "").endswith(".") for rule in RULES)


SPOILED = [
    # sums
    (GPU, "/totals/emissions/value", 0.1, "sum-mismatch", "/totals/emissions"),
    (GPU, "/totals/electricity/value", 0.06, "sum-mismatch", "/totals/electricity"),
    (GPU, "/totals/manufacture/value", 0.07, "sum-mismatch", "/totals/manufacture"),
    (GPU, "/totals/energy/value", 0.0014, "sum-mismatch", "/totals/energy"),
    (GPU, "/totals/energy", MISSING, "sum-mismatch", "/totals/energy"),
    (CPU, "/totals/manufacture", quantity(3, "gCO2e"), "sum-mismatch", "/totals/manufacture"),
    (GPU, "/totals/training", quantity(3, "gCO2e"), "sum-mismatch", "/totals/training"),
    (GPU, "/totals/shares/assumed", 0.9, "shares-mismatch", "/totals/shares/assumed"),
    (GPU, "/totals/shares", {"estimated": 0.47}, "shares-mismatch", "/totals/shares"),
    (GPU, "/totals/doubt/0/share", 0.6, "doubt-mismatch", "/totals/doubt"),
    (GPU, "/totals/emissions/basis", "measured", "basis-too-strong", "/totals/emissions/basis"),
    (GPU, "/totals/manufacture/low", 0.06, "range-too-narrow", "/totals/manufacture"),
    (GPU, "/totals/emissions/high", 0.12, "range-too-narrow", "/totals/emissions"),
    # products
    (GPU, f"{A}/parts/0/emissions/value", 0.0420, "emissions-mismatch", f"{A}/parts/0/emissions"),
    (GPU, f"{A}/parts/0/emissions/high", 0.05, "range-mismatch", f"{A}/parts/0/emissions"),
    (
        GPU,
        f"{A}/parts/0/emissions/basis",
        "measured",
        "basis-too-strong",
        f"{A}/parts/0/emissions/basis",
    ),
    (GPU, f"{A}/parts/2/energy/value", 0.00022, "overhead-mismatch", f"{A}/parts/2/energy"),
    (GPU, f"{A}/region/pue", MISSING, "overhead-without-pue", f"{A}/parts/2/energy"),
    (GPU, f"{A}/pue_in_energy", "unknown", "overhead-without-pue", f"{A}/parts/2/energy"),
    (GPU, f"{A}/parts/3/emissions/value", 0.07, "manufacture-mismatch", f"{A}/parts/3/emissions"),
    (GPU, f"{A}/hardware/0/count", 4, "manufacture-mismatch", f"{A}/parts/3/emissions"),
    (GPU, f"{A}/hardware/0/share", 0.5, "manufacture-mismatch", f"{A}/parts/3/emissions"),
    (
        GPU,
        f"{A}/hardware/1/lifetime/value",
        1.0e8,
        "manufacture-mismatch",
        f"{A}/parts/3/emissions",
    ),
    (GPU, f"{A}/hardware", [], "manufacture-without-origin", f"{A}/parts/3/emissions"),
    (GPU, f"{A}/duration", MISSING, "manufacture-without-origin", f"{A}/parts/3/emissions"),
    # bands
    (GPU, f"{A}/region/pue/value", 1.249, "overhead-mismatch", f"{A}/parts/2/energy"),
    # dates
    (GPU, f"{A}/period/end", "2026-11-22T00:42:08", "period-reversed", f"{A}/period"),
    (GPU, f"{A}/period/end", "2026-11-22T00:42:10Z", "duration-exceeds-period", f"{A}/duration"),
    (GPU, "/issued", "2026-11-21", "issued-mismatch", "/issued"),
    (GPU, f"{A}/region/intensity/year", 2023, "intensity-of-another-year", f"{A}/region/intensity"),
    (GPU, f"{A}/region/intensity/year", 2029, "intensity-of-another-year", f"{A}/region/intensity"),
    # completeness
    (GPU, "/totals/headline", "at least", "headline-mismatch", "/totals/headline"),
    (CPU, "/totals/headline", "total", "headline-mismatch", "/totals/headline"),
    (CPU, "/totals/emissions", MISSING, "headline-mismatch", "/totals/headline"),
    (CPU, f"{A}/parts/3", GONE, "part-not-declared", f"{A}/parts"),
    (CPU, f"{A}/parts/0", GONE, "part-not-declared", f"{A}/parts"),
    (
        GPU,
        f"{A}/parts/4",
        {"part": "host", "emissions": MISSING},
        "part-counted-twice",
        f"{A}/parts",
    ),
    (GPU, f"{A}/parts/0/part", "computing", "part-counted-twice", f"{A}/parts"),
    (GPU, "/left_out/0", GONE, "not-under-left-out", "/left_out"),
    (GPU, "/left_out/1", GONE, "not-under-left-out", "/left_out"),
    (GPU, "/left_out/2", GONE, "not-under-left-out", "/left_out"),
    (GPU, "/left_out/3", GONE, "not-under-left-out", "/left_out"),
    (GPU, "/subject/model", "TBD", "placeholder", "/subject/model"),
    (GPU, f"{A}/region/wue/reason", "unknown", "placeholder", f"{A}/region/wue/reason"),
    # citations
    (GPU, f"{A}/duration/source", "logg", "source-not-listed", f"{A}/duration/source"),
    (GPU, "/inputs/region", GONE, "source-not-listed", f"{A}/region/pue/source"),
    (GPU, "/totals/doubt/0/of", "/activities/7", "pointer-dangles", "/totals/doubt/0/of"),
    (GPU, "/findings/0/place", "activities", "pointer-dangles", "/findings/0/place"),
    # the tracker's own figures
    (
        CPU,
        f"{A}/reported/emissions/value",
        0.004,
        "tracker-emissions-differ",
        f"{A}/reported/emissions",
    ),
    (
        CPU,
        f"{A}/reported/intensity/value",
        0.056,
        "tracker-intensity-out-of-band",
        f"{A}/reported/intensity",
    ),
]


@pytest.mark.parametrize(("name", "at", "value", "code", "place"), SPOILED)
def test_one_spoiled_field_is_found(
    name: str, at: str, value: object, code: str, place: str
) -> None:
    assert (code, place) in {(each[0], each[2]) for each in found(name, (at, value))}


def with_ends(value: float) -> Json:
    return {"value": value, "unit": "gCO2e/kWh", "basis": "estimated", "source": "ember"}


@pytest.mark.parametrize(
    ("value", "severity"),
    [(1501.0, "error"), (1500.0, None), (41.0, None), (1.0, None), (0.9, "warning")],
)
def test_a_grid_intensity_lies_between_1_and_1500(value: float, severity: str | None) -> None:
    place = f"{A}/region/intensity"
    told = found(CPU, (place, with_ends(value)))

    assert [each[1] for each in told if each[0] == "intensity-out-of-band"] == (
        [severity] if severity else []
    )


@pytest.mark.parametrize(("value", "fine"), [(0.99, False), (1.0, True), (3.0, True), (3.1, False)])
def test_a_pue_lies_between_1_and_3(value: float, *, fine: bool) -> None:
    pue = {"value": value, "unit": "ratio", "basis": "estimated", "source": "region"}
    told = {each[0] for each in found(GPU, (f"{A}/region/pue", pue))}

    assert ("pue-out-of-band" not in told) is fine


@pytest.mark.parametrize(("value", "fine"), [(0.0, True), (10.0, True), (10.5, False)])
def test_a_wue_is_at_most_10_litres(value: float, *, fine: bool) -> None:
    wue = {"value": value, "unit": "L/kWh", "basis": "estimated", "source": "region"}
    told = {each[0] for each in found(GPU, (f"{A}/region/wue", wue))}

    assert ("wue-out-of-band" not in told) is fine


@pytest.mark.parametrize(("years", "fine"), [(0.9, False), (1, True), (10, True), (11, False)])
def test_a_machine_lasts_1_to_10_years(years: float, *, fine: bool) -> None:
    life = {"value": years * 8760 * 3600, "unit": "s", "basis": "assumed", "source": "lifetimes"}
    told = {each[0] for each in found(GPU, (f"{A}/hardware/0/lifetime", life))}

    assert ("lifetime-out-of-band" not in told) is fine


def drawing(share_of_rated: float) -> tuple[str, object]:
    # 2 × A100-SXM4-80GB × 400 W (NVIDIA's data sheet) × 6.6 s = 5280 J
    energy = {"value": share_of_rated * 5280 / 3.6e6, "unit": "kWh"}
    return f"{A}/parts/0/energy", energy | {"basis": "estimated", "source": "log"}


@pytest.mark.parametrize(
    ("share_of_rated", "told"),
    [
        (1.11, {("power-above-rated", "error")}),
        (1.09, {("power-above-rated", "warning")}),
        (1.04, set()),
        (0.04, set()),
        (0.02, {("power-below-rated", "warning")}),
    ],
)
def test_accelerators_draw_3_to_105_percent_of_their_rated_power(
    share_of_rated: float, told: set[tuple[str, str]]
) -> None:
    findings = found(GPU, drawing(share_of_rated))

    assert {each[:2] for each in findings if each[0].startswith("power")} == told


def test_a_device_that_no_table_knows_has_no_bound() -> None:
    renamed = (f"{A}/hardware/0/name", "Abacus 9000")

    assert not {each for each in found(GPU, drawing(9), renamed) if each[0].startswith("power")}


def test_no_duration_no_bound() -> None:
    told = found(GPU, drawing(9), (f"{A}/duration", MISSING))

    assert not {each for each in told if each[0].startswith("power")}


def test_machines_that_ran_did_not_run_on_nothing() -> None:
    assert ("zero-energy", "error", f"{A}/parts/0/energy") in found(GPU, drawing(0))


def test_no_overhead_at_a_pue_of_one_is_fine() -> None:
    one_to_one = {"value": 1.0, "unit": "ratio", "basis": "estimated", "source": "region"}
    nothing = {
        "value": 0.0,
        "unit": "kWh",
        "basis": "estimated",
        "formula": "it_energy * (pue - 1)",
    }
    told = {
        each[0]
        for each in found(GPU, (f"{A}/region/pue", one_to_one), (f"{A}/parts/2/energy", nothing))
    }

    assert not told & {"zero-energy", "overhead-mismatch", "pue-out-of-band"}


def test_a_declared_idle_row_needs_no_line_under_left_out() -> None:
    idle = {"part": "idle", "emissions": MISSING}

    assert not found(GPU, ("/left_out/0", GONE), (f"{A}/parts/4", idle))


def test_a_planned_figure_may_miss_rows() -> None:
    planned = found(CPU, ("/totals/headline", "planned"))

    assert planned == {("run-planned", "warning", "/totals/headline")}


def test_a_namibian_country_code_is_no_placeholder() -> None:
    assert not found(GPU, (f"{A}/region/country", "NA"), (f"{A}/region/zone", "NA"))


def test_overlapping_runs_stay_an_error() -> None:
    overlap = {
        "code": "overlapping-runs",
        "severity": "error",
        "place": A,
        "message": "Two runs read one machine at the same time.",
    }

    assert ("overlapping-runs", "error", A) in found(GPU, ("/findings/0", overlap))


def test_a_difference_within_half_a_percent_is_rounding() -> None:
    place = "/totals/manufacture/value"

    assert not found(GPU, (place, 0.0627853881 * 1.0049))
    assert found(GPU, (place, 0.0627853881 * 1.0051))


def test_a_finding_shows_the_formula_with_its_numbers() -> None:
    finding = one("emissions-mismatch", CPU, (f"{A}/parts/1/emissions/value", 0.003))

    # 0.0000464316058 kWh × 41.44 g/kWh = 0.00192412574 g
    assert finding.expected == "0.00192413 gCO2e = 0.0000464316 kWh × 41.44 gCO2e/kWh"
    assert finding.found == "0.003 gCO2e"
    assert finding.message == "The emissions are not energy × intensity."


def test_the_manufacture_of_each_device_is_worked_out_in_numbers() -> None:
    finding = one("manufacture-mismatch", GPU, (f"{A}/parts/3/emissions/value", 0.05))

    # (150 000 × 2 + 900 000) g × 6.6 s ÷ (4 × 8760 × 3600) s = 0.0627854 g
    assert finding.expected == (
        "0.0627854 gCO2e = 150000 gCO2e × 2 × 6.6 s ÷ 126144000 s"
        " + 900000 gCO2e × 1 × 6.6 s ÷ 126144000 s"
    )


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (1e3, "1000 times too large"),
        (1e-3, "1000 times too small"),
        (1e6, "a million times too large"),
        (1e-6, "a million times too small"),
        (3.6, "3.6 times too large"),
        (1 / 3.6, "3.6 times too small"),
        (2, "2 times too large, as where the device count enters twice"),
        (1 / 2, "2 times too small, as where the device count is left out"),
        (1.2, "1.2 times too large, as where the PUE enters twice"),
    ],
)
def test_the_one_unit_that_slipped_is_named(factor: float, words: str) -> None:
    emissions = quantity(0.0045584 * factor, "gCO2e")
    finding = one("emissions-mismatch", GPU, (f"{A}/parts/1/emissions", emissions))

    assert words in finding.message


def test_no_slip_is_named_where_two_would_explain_it() -> None:
    pue = {"value": 2.0, "unit": "ratio", "basis": "estimated", "source": "region"}
    emissions = quantity(0.0045584 * 2, "gCO2e")
    changes = (f"{A}/region/pue", pue), (f"{A}/parts/1/emissions", emissions)

    assert one("emissions-mismatch", GPU, *changes).message.endswith("energy × intensity.")


def test_kilograms_taken_for_grams_in_a_grid_factor_are_named() -> None:
    finding = one("intensity-out-of-band", CPU, (f"{A}/region/intensity", with_ends(0.36)))

    assert "1000 times too small" in finding.message
    assert finding.expected == "1 gCO2e/kWh to 1500 gCO2e/kWh"


def test_watt_hours_taken_for_kilowatt_hours_are_named() -> None:
    finding = one("power-above-rated", GPU, drawing(690))

    assert "1000 times too large" in finding.message
    assert finding.expected is not None
    assert finding.expected.endswith("= 800 W × 6.6 s")


def test_a_pue_divided_out_and_put_in_again_may_narrow_the_sum() -> None:
    # What a PUE takes from IT energy it adds to overhead: facility energy itself is not in doubt.
    formula = (f"{A}/parts/0/energy/source", GONE), (f"{A}/parts/0/energy/formula", "x / pue")
    narrow = ("/totals/energy/low", 0.0013)

    assert "range-too-narrow" in {each[0] for each in found(GPU, narrow)}
    assert "range-too-narrow" not in {each[0] for each in found(GPU, narrow, *formula)}


def test_a_total_without_range_is_not_called_narrow() -> None:
    undeclared = ("/totals/energy/low", GONE), ("/totals/energy/high", GONE)

    assert not found(GPU, *undeclared)


def test_many_terms_of_a_sum_are_cut_short_in_the_message() -> None:
    rows = [
        (f"{A}/parts/{number}", {"part": "idle", "emissions": MISSING, "energy": None})
        for number in (4, 5)
    ]
    idle = [(place, value | {"energy": quantity(1, "kWh")}) for place, value in rows]
    finding = one("sum-mismatch", GPU, *idle, *((f"{A}/parts/{n}", rows[0][1]) for n in (6, 7)))

    assert finding.place == "/totals/energy"
    assert finding.expected is not None
    assert "0.00100833 kWh + 0.00011 kWh + 0.000223667 kWh + 1 kWh + 1 kWh" in finding.expected


PLACES = (
    "/totals/emissions/value",
    "/totals/energy/high",
    f"{A}/duration/value",
    f"{A}/hardware/0/lifetime/low",
    f"{A}/hardware/0/making/high",
    f"{A}/region/intensity/high",
    f"{A}/region/intensity/low",
    f"{A}/region/pue/high",
    f"{A}/parts/0/energy/high",
    f"{A}/parts/0/energy/low",
    f"{A}/parts/3/emissions/high",
    f"{A}/reported/emissions/value",
)


@settings(max_examples=150)
@given(
    st.sampled_from(PLACES),
    st.floats(min_value=0, max_value=1.7e308) | st.sampled_from([0.0, 5e-324, 1.7e308]),
)
def test_a_check_never_fails_whatever_the_numbers(place: str, value: float) -> None:
    document = json.loads((SAMPLES / GPU).read_text("utf-8"))
    at, _, end = place.rpartition("/")
    put(document, place, value)
    if end == "value":
        put(document, f"{at}/low", 0.0)
        put(document, f"{at}/high", 1.7e308)
    elif end == "low":
        put(document, f"{at}/value", value)
        put(document, f"{at}/high", 1.7e308)
    else:
        put(document, f"{at}/value", min(value, 1.0))
        put(document, f"{at}/low", 0.0)

    for finding in check(load(json.dumps(document))):
        assert finding.message
        assert finding.place.startswith("/")


def test_figures_too_far_apart_for_floating_point_give_no_range() -> None:
    wide = {"low": 0.0, "high": 1.7e308}
    energy = quantity(1e-300, "kWh", **wide)
    emissions = quantity(41.44e-300, "gCO2e", **wide)
    changes = (f"{A}/parts/0/energy", energy), (f"{A}/parts/0/emissions", emissions)

    assert not {each for each in found(GPU, *changes) if each[0] == "range-mismatch"}


def test_a_part_without_range_asks_for_an_emission_without_range() -> None:
    bare = quantity(0.00011, "kWh")

    assert ("range-mismatch", "error", f"{A}/parts/1/emissions") in found(
        GPU, (f"{A}/parts/1/energy", bare)
    )


def test_without_a_period_no_year_is_compared() -> None:
    changes = (f"{A}/period", MISSING), (f"{A}/region/intensity/year", 1999)

    assert not found(GPU, *changes)


def test_a_check_loads_neither_templates_nor_pdf_nor_hub() -> None:
    program = (
        "import sys; from carbonlabel.checks import check;"
        "from carbonlabel.record.keeping import load;"
        f"check(load(open({str(SAMPLES / GPU)!r}, 'rb').read()));"
        "print(sorted({'jinja2', 'weasyprint', 'huggingface_hub', 'yaml'} & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert answer.stdout.strip() == b"[]"
