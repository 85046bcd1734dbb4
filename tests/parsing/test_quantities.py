"""Typed quantities: what people write, and what it says in base units."""

from __future__ import annotations

import re

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.errors import MalformedInput
from carbonlabel.model.units import SCALES, Unit
from carbonlabel.parsing.quantities import (
    Quantity,
    pattern,
    quantity,
    stated_quantity,
    unit_pattern,
    whole_number,
)

HERE = "file.yaml:3 field"


@pytest.mark.parametrize(
    ("text", "unit", "value", "low", "high"),
    [
        ("18 kWh", "kWh", 18, 17.5, 18.5),
        ("1.20", "ratio", 1.2, 1.195, 1.205),
        ("120 %", "ratio", 1.2, 1.195, 1.205),
        ("900 kgCO2e", "gCO2e", 900_000, 899_500, 900_500),
        ("8.05 kg", "gCO2e", 8050, 8045, 8055),
        ("0.3 L/kWh", "L/kWh", 0.3, 0.25, 0.35),
        ("4 years", "s", 126_144_000, 110_376_000, 141_912_000),
        ("300W", "W", 300, 299.5, 300.5),
        ("1e3 Wh", "kWh", 1, 0.5, 1.5),
        ("1.5E-2 kWh", "kWh", 0.015, 0.0145, 0.0155),
        ("+2 L", "L", 2, 1.5, 2.5),
        ("2 m³", "L", 2000, 1500, 2500),
        ("0 kWh", "kWh", 0, 0, 0.5),
    ],
)
def test_a_typed_figure_is_good_to_half_a_unit_of_its_last_place(
    text: str, unit: Unit, value: float, low: float, high: float
) -> None:
    found = quantity(text, unit, where=HERE)

    assert (found.value, found.low, found.high) == (value, low, high)


def test_a_figure_without_an_implied_range_has_none() -> None:
    assert quantity("18 kWh", "kWh", where=HERE, implied_range=False) == Quantity(
        18.0, None, None, "kWh"
    )


@pytest.mark.parametrize(
    "text",
    [
        "8.1 kgCO2e",
        "8.1 kg CO2e",
        "8.1 kgCO2eq",
        "8.1 kg CO₂e",
        "8.1 kgCO2",
        "8.1 kg CO2-eq",
        "8.1 kg",
        "8100 gCO2",
        "8100 g CO₂e",
        "0.0081 t",
        "0.0081 tonnes CO2e",
        "8100000 mgCO2e",
    ],
)
def test_carbon_dioxide_equivalents_are_understood_however_they_are_spelled(text: str) -> None:
    assert quantity(text, "gCO2e", where=HERE).value == 8100


@pytest.mark.parametrize(
    "text", ["57 gCO2e/kWh", "57 g/kWh", "57 g CO₂e / kWh", "57 kg/MWh", "57 gCO2eq per kWh"]
)
def test_intensities_are_understood_however_they_are_spelled(text: str) -> None:
    assert quantity(text, "gCO2e/kWh", where=HERE).value == 57


@pytest.mark.parametrize("text", ["36000 s", "600 min", "10 h", "10 hours", "10 hr", "10"])
def test_a_bare_number_has_the_unit_that_its_place_gives_it(text: str) -> None:
    assert quantity(text, "s", where=HERE, bare="h").value == 36_000


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("18", "kWh", "18 has no unit (one of mWh, Wh, kWh"),
        ("18 kwh", "kWh", "did you mean kWh"),
        ("5 mw", "W", "did you mean mW or MW"),
        ("5 kg", "kWh", "one of mWh"),
        ("1,000 kWh", "kWh", "no thousands separators"),
        ("1 000 kWh", "kWh", "no thousands separators"),
        ("1_000 kWh", "kWh", "no thousands separators"),
        ("1’000 kWh", "kWh", "no thousands separators"),
        ("1,5 kWh", "kWh", "a point for decimals"),
        ("-3 kWh", "kWh", "is negative"),
        ("−3 kWh", "kWh", "is negative"),
        ("nan kWh", "kWh", "finite number"),
        ("-inf", "ratio", "finite number"),
        ("1e31 kWh", "kWh", "out of range"),
        ("1e-31 kWh", "kWh", "out of range"),
        ("1e9999 kWh", "kWh", "is no quantity"),
        ("1.2.3", "ratio", "is no quantity"),
        (".5", "ratio", "write it like 1.2"),
        ("٣ kWh", "kWh", "write it like 1.2 kWh"),
        ("many kWh", "kWh", "is no quantity"),
        ("", "kWh", "is empty"),
        ("1" * 100, "ratio", "is no quantity"),
    ],
)
def test_what_is_no_quantity_is_refused_with_its_place_and_a_way_out(
    text: str, unit: Unit, words: str
) -> None:
    with pytest.raises(MalformedInput) as caught:
        quantity(text, unit, where=HERE)

    assert str(caught.value).startswith(HERE)
    assert words in str(caught.value)


def test_a_stated_range_replaces_the_implied_one() -> None:
    fields = {"value": "900", "low": "460", "high": "2087", "unit": "kgCO2e", "source": "maker"}

    assert stated_quantity(fields, "gCO2e", where=HERE) == Quantity(
        900_000, 460_000, 2_087_000, "gCO2e", "maker", has_stated_range=True
    )


def test_a_mapping_without_a_range_implies_one_and_each_number_may_carry_its_unit() -> None:
    alone = stated_quantity({"value": "2 MWh"}, "kWh", where=HERE)
    mixed = stated_quantity({"value": "2 MWh", "low": "1e3 kWh", "high": "3 MWh"}, "kWh", where="x")

    assert (alone.low, alone.high) == (1500, 2500)
    assert (mixed.low, mixed.high) == (1000, 3000)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"low": "1 kWh"}, "has no value"),
        ({"value": "1 kWh", "high": "2 kWh"}, "has high alone"),
        ({"value": "3 kWh", "low": "1 kWh", "high": "2 kWh"}, "does not hold"),
        ({"value": "3 kWh", "unit": "kWh"}, "the unit stands once"),
        ({"value": "3", "unit": "furlong"}, "is no unit here"),
        ({"value": "-3", "unit": "kWh"}, "is negative"),
        ({"value": "3"}, "has no unit"),
    ],
)
def test_a_broken_mapping_is_refused(fields: dict[str, str], words: str) -> None:
    with pytest.raises(MalformedInput, match=words):
        stated_quantity(fields, "kWh", where=HERE)


def test_an_estimate_cites_what_it_is_told() -> None:
    estimate = quantity("18 kWh", "kWh", where=HERE).estimate("measured", "log")

    assert estimate.model_dump(exclude_none=True) == {
        "value": 18.0,
        "low": 17.5,
        "high": 18.5,
        "unit": "kWh",
        "basis": "measured",
        "source": "log",
    }


@pytest.mark.parametrize("text", ["1", " 12 ", "007"])
def test_a_count_is_a_whole_number(text: str) -> None:
    assert whole_number(text, where=HERE) == int(text)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "two", "1e3", "", "٣", "9" * 12])
def test_anything_else_is_no_count(text: str) -> None:
    with pytest.raises(MalformedInput, match="is no count"):
        whole_number(text, where=HERE)


@pytest.mark.parametrize(
    ("name", "unit", "oracle"),
    [
        *((name, "kWh", name) for name in ("Wh", "MWh", "GWh", "TWh", "J", "kJ", "MJ", "GJ")),
        ("kW", "W", "kW"),
        ("min", "s", "minute"),
        ("d", "s", "day"),
        ("m3", "L", "m^3"),
        ("m3/MWh", "L/kWh", "m^3/MWh"),
        ("lbCO2e", "gCO2e", "pound"),
        ("lbCO2e/MWh", "gCO2e/kWh", "pound/MWh"),
        ("tCO2e/MWh", "gCO2e/kWh", "metric_ton/MWh"),
    ],
)
def test_units_agree_with_pint(name: str, unit: Unit, oracle: str) -> None:
    # pint's litre is spelled out: its L and l are both accepted, ours is the base unit.
    base = unit.replace("gCO2e", "g").replace("L", "liter")

    expected = pint.UnitRegistry().Quantity(7.25, oracle).to(base).magnitude

    assert quantity(f"7.25 {name}", unit, where=HERE).value == pytest.approx(expected, rel=1e-12)


@given(
    number=st.decimals(min_value=0, max_value=10**9, places=3),
    unit=st.sampled_from(sorted(SCALES)),
    index=st.integers(0, 20),
)
def test_every_accepted_unit_reads_and_matches_its_pattern(
    number: object, unit: Unit, index: int
) -> None:
    name = sorted(SCALES[unit])[index % len(SCALES[unit])]
    text = f"{number} {name}".strip()

    found = quantity(text, unit, where=HERE)

    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value <= found.high
    assert found.value == pytest.approx(float(str(number)) * SCALES[unit][name], rel=1e-12)
    assert re.search(pattern(unit), text)
    assert not name or re.search(unit_pattern(unit), name)


@given(text=st.text(max_size=30), unit=st.sampled_from(sorted(SCALES)))
def test_a_text_is_read_only_if_it_matches_the_published_pattern(text: str, unit: Unit) -> None:
    try:
        quantity(text, unit, where=HERE)
    except MalformedInput:
        return
    assert re.search(pattern(unit), text)


@given(text=st.from_regex(r"\A[0-9.,eE+\-]{0,8} ?[a-zA-Z%/0-9]{0,9}\Z"))
def test_what_looks_like_a_quantity_is_one_or_is_refused(text: str) -> None:
    try:
        found = quantity(text, "kWh", where=HERE)
    except MalformedInput:
        return
    assert found.low is not None
    assert found.low <= found.value


@pytest.mark.parametrize("text", ["0e999 kWh", "0e40 kWh"])
def test_a_zero_whose_last_place_is_out_of_range_is_refused(text: str) -> None:
    with pytest.raises(MalformedInput, match="out of range"):
        quantity(text, "kWh", where=HERE)


def test_the_largest_figure_of_all_is_read() -> None:
    assert quantity("1000000000.000 ZFLOP", "FLOP", where=HERE).value == 1e30


def test_a_count_between_odd_white_space_is_a_count() -> None:
    assert whole_number("\x1e8\x1f", where=HERE) == 8
