"""Fixes change the bytes of a value or a key, and not one byte more."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.errors import CardRefused
from carbonlabel.linting import declared
from carbonlabel.linting.fixing import fixed

SLIPPED: Final = (
    "---\r\n# mine\r\nlicense: no\r\nco2_eq_emissions:\r\n    emissions:   5.6  # kg?\r\n"
    "    source: CodeCarbon\r\n---\r\n\r\nIt emitted 5.6 kg CO2.  \r\n"
)


def card(*lines: str, body: str = "") -> bytes:
    inside = "".join(f"  {line}\n" for line in lines)
    return f"---\nlicense: mit\nco2_eq_emissions:\n{inside}tags: [a]\n---\n{body}".encode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("emissions: 5.07e-06", "emissions: 0.00000507"),
        ("emissions: 1.5e+3", "emissions: 1500"),
        ("emissions: 1e-5", "emissions: 0.00001"),
        ("emissions: '12.50'", "emissions: 12.5"),
        ('emissions: "17g"', "emissions: 17"),
        ("emissions: 1.2 kg CO2eq", "emissions: 1200"),
        ("emissions: 1,234.5", "emissions: 1234.5"),
        ("emissions: 12_000", "emissions: 12000"),
        ("emission: 3", "emissions: 3"),
    ],
)
def test_a_figure_or_a_key_gets_its_plain_spelling(before: str, after: str) -> None:
    done = fixed(card(before, "source: x1"), "README.md")

    assert done.card == card(after, "source: x1")
    assert [entry.line for entry in done.made] == [4]


def test_kilograms_that_the_text_proves_become_grams_and_nothing_else_moves() -> None:
    done = fixed(SLIPPED.encode(), "README.md")

    assert done.card == SLIPPED.replace(":   5.6  #", ":   5600  #").encode()
    assert declared(done.card, "README.md").emissions_gco2e == 5600


def test_kilograms_that_the_energy_proves_become_grams() -> None:
    before = card("emissions: 0.4", "energy_consumed: 1.0", "geographical_location: Germany")

    assert b"emissions: 400\n" in fixed(before, "README.md").card


def test_a_slip_that_only_hardware_and_hours_suggest_is_left_to_the_author() -> None:
    before = card('emissions: "28.53 in grams of CO2"', "hardware_used: TPUv3-8 for 180 hours")

    assert fixed(before, "README.md").card == before


def test_what_is_a_thousand_times_too_large_is_left_to_the_author() -> None:
    before = card("emissions: 400000", "energy_consumed: 1.0")

    assert fixed(before, "README.md").card == before


def test_the_figure_of_our_own_label_is_left_to_its_disclosure() -> None:
    before = card("emissions: 0.4", "energy_consumed: 1.0", "disclosure: carbon.json")

    assert fixed(before, "README.md").card == before


def test_a_misspelt_footprint_is_renamed_and_then_its_figure_is_looked_at() -> None:
    before = b"---\nco2_eq_emission:\n  emissions: 1e-5\n---\n"

    done = fixed(before, "README.md")
    assert done.card == b"---\nco2_eq_emissions:\n  emissions: 0.00001\n---\n"
    assert [entry.code for entry in done.made] == ["key-misspelt", "exponent"]


def test_a_key_is_not_renamed_to_one_that_is_there() -> None:
    before = card("emissions: 5", "hardware_used: 1 x T4", "hardware used: 2 x T4")

    assert fixed(before, "README.md").card == before


def test_a_second_run_finds_nothing_to_do() -> None:
    once = fixed(SLIPPED.encode(), "README.md")
    again = fixed(once.card, "README.md")

    assert again.card == once.card
    assert again.made == ()


def test_a_card_that_nobody_should_edit_is_refused_with_its_place() -> None:
    broken = b"---\nlicense: a\nlicense: b\nco2_eq_emissions:\n  emissions: 1e-5\n---\n"

    with pytest.raises(CardRefused) as refused:
        fixed(broken, "README.md")
    assert refused.value.where == "README.md:3:1"


def test_a_fix_that_would_not_read_back_is_refused() -> None:
    # JSON needs no blank after a colon; YAML without the quotes does.
    json_like = b'---\nco2_eq_emissions: {"emission":"5"}\n---\n'

    with pytest.raises(CardRefused, match="would not read back") as refused:
        fixed(json_like, "README.md")
    assert refused.value.where == "README.md:2:31"


def test_a_fix_that_would_break_the_card_is_refused() -> None:
    anchored = b"---\nco2_eq_emissions:\n  emissions: &a '5.5'\nother: *a\n---\n"

    with pytest.raises(CardRefused, match="would be broken"):
        fixed(anchored, "README.md")


VALUES: Final = st.one_of(
    st.floats(1e-9, 1e12).map(repr),
    st.sampled_from(["1e5", '"3 kg"', "TBD", "~", "1_000", "{a: b}", "[1]", "'1.5'", "0.5 t CO2"]),
)
KEYS: Final = st.sampled_from(
    ["emissions", "emission", "source", "hardware used", "geographic_location", "x", "co2"]
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=5), st.sampled_from(["\n", "\r\n"]), st.text())
def test_whatever_is_fixed_only_keys_and_figures_of_the_footprint_changed(
    pairs: dict[str, str], ending: str, body: str
) -> None:
    lines = ["---", "license: no # x", "co2_eq_emissions:"]
    lines += [*(f"  {key}: {value}" for key, value in pairs.items()), "tags: [b]", "---", ""]
    before = (ending.join(lines) + body).encode("utf-8", "replace")
    try:
        done = fixed(before, "README.md")
    except CardRefused:
        return
    kept = before.split(ending.encode())
    changed = done.card.split(ending.encode())
    assert len(kept) == len(changed)
    moved = [at for at, (old, new) in enumerate(zip(kept, changed, strict=True)) if old != new]
    assert set(moved) <= set(range(3, 3 + len(pairs)))
    assert fixed(done.card, "README.md").card == done.card
