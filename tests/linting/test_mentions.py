"""What the text below a front matter says of the footprint, in the words of real cards."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import pytest

from carbonlabel.linting import declared
from carbonlabel.linting.mentions import mentions

WITHOUT: Final = "---\nlicense: mit\n---\n# M\n\n## Environmental Impact\n\n- **Hours used:** 10\n"
WITH: Final = """---
license: mit
co2_eq_emissions:
  emissions: {figure}
  source: CodeCarbon
  training_type: fine-tuning
---
# M

{text}
"""
LONG: Final = (
    "- **Carbon Emitted (Power consumption x Time x Carbon produced based on location of power "
    "grid):** 11250 kg CO2 eq."
)


def prose(line: str) -> list[str | None]:
    """What is advised where only this line states a figure."""
    card = f"{WITHOUT}{line}\n\n## Citation\n"
    return [
        each.suggestion
        for each in declared(card.encode(), "README.md").findings
        if each.code == "only-in-prose"
    ]


def codes(figure: str, text: str) -> list[str]:
    card = WITH.format(figure=figure, text=text)
    return [each.code for each in declared(card.encode(), "README.md").findings]


@pytest.mark.parametrize(
    ("line", "grams"),
    [
        (LONG, "11250000"),
        ("- **Carbon Emitted:** 0.01 kg**", "10"),
        ("- **Carbon Emitted:** 0.63 kg CO2 eq.  (All offset by the cloud)", "630"),
        ("- **Carbon Emitted:** ~95 tons CO2eq (offset through credits)", "95000000"),
        ("- **Carbon Emitted:** 0.0010 grammes de CO2 équivalent (0.000018 kWh)", "0.001"),
        ("- **Carbon Emitted:** 5.2e-3 kg CO2eq", "5.2"),
        ("- **Carbon Emitted:** 1,5 kg CO2eq", "1500"),
        ("- **Carbon Emitted:** 16,714 kgs of CO2eq", "16714000"),
        ("- **Carbon Emitted:** **2** kg CO2eq", "2000"),
        ("- **Carbon Emitted (kgCO2eq):** 12.3", "12300"),
        ("- **Carbon Emitted** [kg]: 0.5", "500"),
        ("- **Carbon emitted:** Approx. 2.5 kg", "2500"),
        ("**CO2 Emissions:** 23.5 kg", "23500"),
        ("- CO₂ emissions: 23.5 kg CO₂e", "23500"),
        ("| Carbon Emitted | 307.56 kg CO2eq |", "307560"),
        ("- **Carbon Emitted:** 240 t (location-based), 0 t (market-based)", "240000000"),
    ],
)
def test_a_stated_figure_is_read_in_grams(line: str, grams: str) -> None:
    assert prose(line) == [f"add co2_eq_emissions: {{emissions: {grams}, source: …}}"]


@pytest.mark.parametrize(
    "value",
    [
        "13",
        "Depends on usage",
        "[insert emissions]",
        "0 kg CO2eq (100% renewable)",
        "0 tonnes (market-based), 240 tonnes (location-based)",
        "0.000 kg of CO2",
        "~0.2-0.4 kg CO2eq (estimated for local CPU training)",
        "5 - 10 kg",
        "less than 5 kg CO2eq",
        "< 0.1 kg CO2eq",
        "up to 4 kg CO2eq",
        "1.2 ± 0.3 kg CO2eq",
        "1 234 kg CO2eq",
        "1.234,5 kg CO2eq",
        "0.5 kgCO2eq/hour",
        "0.5 kg CO2eq per epoch",
        "2.3 kg CO2eq per run, 23 kg CO2eq in total",
    ],
)
def test_what_is_no_single_figure_is_not_taken_for_one(value: str) -> None:
    assert prose(f"- **Carbon Emitted:** {value}") == []


def test_no_part_of_a_number_is_taken_for_it_where_the_label_has_the_unit() -> None:
    assert prose("- **Carbon Emitted (kg):** 1 234") == []
    assert prose("- **Carbon Emitted (kg):** 12 - 15") == []


def test_a_row_of_several_values_is_not_one_card_s_figure() -> None:
    assert prose("| Carbon Emissions | 197.17kg | 16.44kg  |") == []


def test_a_figure_that_a_comment_hides_is_not_read() -> None:
    assert prose("<!--\n- **Carbon Emitted:** 5 kg CO2eq\n-->") == []
    assert prose("<!-- see below -->\n- **Carbon Emitted:** 5 kg CO2eq") != []


def test_of_several_figures_none_is_chosen() -> None:
    lines = (
        "- **Carbon Emitted:** 16,714 kgs of CO2eq\n\n*9b*\n- **Carbon Emitted:** 5,160 kg of CO2eq"
    )
    assert prose(lines) == [
        "add co2_eq_emissions, with what making this very model emitted, in grams"
    ]
    assert codes("9016000", lines) == []


def test_one_figure_that_is_stated_twice_is_one() -> None:
    lines = "- **Carbon Emitted:** 1.38 kg CO2eq\n- **Carbon Emissions:** 1380 g CO2eq"
    assert prose(lines) == ["add co2_eq_emissions: {emissions: 1380, source: …}"]


def test_a_long_label_is_held_against_the_front_matter() -> None:
    assert codes("500", LONG) == ["body-disagrees"]
    assert codes("11250000", LONG) == []
    assert codes("11250", LONG) == ["unit-slip-1000"]


def test_tonnes_in_bold_reveal_a_slip_though_market_based_are_none() -> None:
    text = (
        "Total location-based greenhouse gas emissions were **11,390** tons CO2eq for training; "
        "the total market-based emissions were 0 tons CO2eq."
    )
    assert codes("11390", text) == ["unit-slip-1000000"]
    assert codes("11390000000", text) == []


def test_a_comma_may_stand_before_decimals_so_that_a_right_figure_is_left_alone() -> None:
    text = "Emisiones: 118,909 kg CO₂eq"
    assert codes("118909", text) == []
    assert codes("118909000", text) == []
    assert codes("118.909", text) == ["unit-slip-1000"]


def test_a_market_based_zero_contradicts_no_figure_and_a_rounded_one_does() -> None:
    assert codes("5000", "- **Carbon Emitted:** 0 kg CO2eq (market-based)") == []
    assert codes("0.4", "- **Carbon Emitted**: 0.000 kg of CO2") == []
    assert codes("600", "- **Carbon Emitted**: 0.000 kg of CO2") == ["body-disagrees"]


def test_an_amount_is_shown_as_it_is_printed_without_the_marks_around_it() -> None:
    text = "in all **11,390** tons CO2 eq."
    (found,) = mentions(text, 0).masses
    assert (found.shown, found.value) == ("11,390 tons CO2 eq", Decimal(11_390_000_000))
