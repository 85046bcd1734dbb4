"""A card that says otherwise than its disclosure is found."""

from __future__ import annotations

import re

import pytest

import carbonlabel
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.parity import compared
from carbonlabel.record.keeping import load
from tests.test_checks import CPU, GPU, SAMPLES, spoiled

OURS = load((SAMPLES / GPU).read_bytes())
CARD = carbonlabel.render(OURS, "card").decode()
# /totals/electricity is 0.05561248 g and /totals/energy 0.001342 kWh.
FIGURE = "  emissions: 0.0556125\n"
ENERGY = "  energy_consumed: 0.001342\n"


def told(card: str, disclosure: Disclosure = OURS) -> dict[str, str]:
    """Each code with its severity."""
    found = compared(disclosure, card.encode(), "README.md")
    return {each.finding.code: each.finding.severity for each in found}


def test_the_card_that_we_write_says_the_same() -> None:
    assert FIGURE in CARD
    assert ENERGY in CARD
    assert told(CARD) == {}


@pytest.mark.parametrize("name", ["one", "two"])
def test_the_label_in_a_foreign_card_says_the_same(name: str) -> None:
    card = carbonlabel.embed(OURS, f"---\nlicense: mit\n---\n# {name}\n".encode())

    assert told(card.decode()) == {}


@pytest.mark.parametrize("figure", ["0.0556125", "12.5"])
def test_a_card_that_declares_what_is_only_planned_is_found(figure: str) -> None:
    planned = spoiled(GPU, ("/totals/headline", "planned"))

    assert told(bare(figure), planned)["card-figure-differs"] == "error"
    assert "card-figure-differs" not in told(carbonlabel.render(planned, "card").decode(), planned)


def bare(emissions: str) -> str:
    return f"---\nco2_eq_emissions:\n  emissions: {emissions}\n  source: CodeCarbon\n---\n# Model\n"


@pytest.mark.parametrize(
    ("figure", "codes"),
    [
        ("0.0556125", {}),
        ("0.0556", {}),
        ("0.056", {}),
        ("0.0557", {"card-figure-differs": "error"}),
        ("0.0000556125", {"card-unit-slip": "error"}),
        ("55.6125", {"card-unit-slip": "error"}),
        ("0.055612480123", {"card-too-exact": "note"}),
        ("1.2", {"card-figure-differs": "error"}),
    ],
)
def test_the_figure_is_that_of_the_disclosure(figure: str, codes: dict[str, str]) -> None:
    found = {code: weight for code, weight in told(bare(figure)).items() if "card-" in code}

    assert found == codes


def test_a_figure_is_found_at_its_line() -> None:
    (difference,) = compared(OURS, bare("1.2").encode(), "README.md")

    assert (difference.line, difference.column) == (3, 14)
    assert difference.finding.place == "/totals/electricity"
    assert difference.finding.expected == "0.0556125 g"
    assert difference.finding.found == "1.2 g"


def test_kilograms_on_the_card_are_named() -> None:
    (difference,) = (
        each
        for each in compared(OURS, bare("0.0000556125").encode(), "README.md")
        if each.finding.code == "card-unit-slip"
    )

    assert "1000 times too small" in difference.finding.message


def test_a_card_without_a_figure_is_a_warning() -> None:
    assert told("# Model\n") == {"card-without-figure": "warning"}


def test_of_a_disclosure_without_a_figure_nothing_is_asked() -> None:
    missing = {"missing": "not-measured", "reason": "no sensor"}
    silent = spoiled(CPU, ("/totals/electricity", missing))

    assert told("# Model\n", silent) == {}
    assert told("# Model\n", spoiled(CPU, ("/totals/electricity/value", 0.00005), *ZERO)) == {}


ZERO = (("/totals/electricity/low", 0.0),)


def test_energy_is_that_of_the_disclosure() -> None:
    slipped = CARD.replace(ENERGY, "  energy_consumed: 1.342\n")
    other = CARD.replace(ENERGY, "  energy_consumed: 0.002\n")

    assert told(slipped)["card-energy-differs"] == "error"
    assert told(other)["card-energy-differs"] == "error"


def test_the_digest_is_that_of_the_disclosure() -> None:
    other = re.sub(r"sha256=[0-9a-f]{64}", f"sha256={'0' * 64}", CARD, count=1)

    assert told(other)["card-digest-differs"] == "error"


def test_a_label_in_the_text_of_another_figure_is_found() -> None:
    of_another = CARD.replace("| 55.7 mg", "| 65.7 mg")
    of_another_digest = re.sub(r"digest `[0-9a-f]{4}", "digest `0000", CARD)

    assert told(of_another) == {"label-stale": "error"}
    assert told(of_another_digest) == {"label-stale": "error"}


@pytest.mark.parametrize("content", [b"\xff\xfe", b"---\na: [\n---\n", b"", b"\x00"])
def test_whatever_the_bytes_it_is_a_finding_and_no_failure(content: bytes) -> None:
    assert compared(OURS, content, "README.md")
