"""Sentences are known again with their words filled in, alone, joined and inside others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.documents.sentences import Sentences
from tests.documents import catalogues

GERMAN = Sentences(
    {
        "no energy is known": "keine Energie ist bekannt",
        "it was asked for; nothing came": "es wurde verlangt; nichts kam",
        "gaps": "Lücken",
        "the meter": "der Zähler",
        "{number} times": "{number}-mal",
        "{count}, {amount} in all": "{count}, zusammen {amount}",
        "{clause} is off: it is {clause2}.": "{clause} ist falsch: {clause2}.",
        "not in {file}": "nicht in {file}",
        "line {lines} and {number} more": "Zeile {lines} und {number} weitere",
        "waived: {rule}": "hingenommen: {rule}",
        "one of {names}": "eines von: {names}",
        "on {date}": "am {date}",
        "zone {code}": "Zone {code}",
        "{tracker} knows no PUE": "{tracker} kennt keinen PUE",
        "{tracker} knows no PUE of {place}": "{place}: {tracker} kennt keinen PUE",
    },
    {"; ": "; ", "runs": "Läufe"},
    ",",
)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("no energy is known", "keine Energie ist bekannt"),
        ("no energy is known.", "keine Energie ist bekannt."),
        ("Zeus knows no PUE", "Zeus kennt keinen PUE"),
        ("Zeus knows no PUE of Rome", "Rome: Zeus kennt keinen PUE"),
        ("the meter is off: it is 3.6 times.", "der Zähler ist falsch: 3,6-mal."),
        ("not in runs.yaml", "nicht in runs.yaml"),
        ("line 3, 7 and 2 more", "Zeile 3, 7 und 2 weitere"),
        ("waived: pue-not-stated", "hingenommen: pue-not-stated"),
        ("one of NVIDIA A100, NVIDIA A10", "eines von: NVIDIA A100, NVIDIA A10"),
        ("on 2026-11-22", "am 2026-11-22"),
        ("zone US-CA", "Zone US-CA"),
    ],
)
def test_a_sentence_is_known_with_its_words_filled_in(sentence: str, told: str) -> None:
    assert GERMAN.known(sentence) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("no energy is known; not in a.csv", "keine Energie ist bekannt; nicht in a.csv"),
        ("it was asked for; nothing came; the meter", "es wurde verlangt; nichts kam; der Zähler"),
        ("66.67 %; 2 gaps, 61.5 s in all", "66,67\u00a0%; 2\u00a0Lücken, zusammen 61,5\u00a0s"),
    ],
)
def test_sentences_joined_by_semicolons_are_told_one_by_one(sentence: str, told: str) -> None:
    assert GERMAN.known(sentence) == told


@pytest.mark.parametrize(
    ("sum_", "told"),
    [
        ("1.5 kWh", "1,5\u00a0kWh"),
        ("12 runs", "12\u00a0Läufe"),
        ("99 %", "99\u00a0%"),
        ("1.2E+6 FLOP/s", "1,2E+6\u00a0FLOP/s"),
        ("1.5 kWh = 3 kWh × (1.5 − 1)", "1,5\u00a0kWh = 3\u00a0kWh × (1,5 − 1)"),
        ("3 kWh (the meter) + 0.5 kWh", "3\u00a0kWh (der Zähler) + 0,5\u00a0kWh"),
        ("(1 s + 2 s) ÷ 3, 4 runs", "(1\u00a0s + 2\u00a0s) ÷ 3, 4\u00a0Läufe"),
    ],
)
def test_figures_have_the_decimals_and_units_of_the_language(sum_: str, told: str) -> None:
    assert GERMAN.known(sum_) == told


@pytest.mark.parametrize(
    "typed",
    [
        "our meter",
        "3 friends",
        "1 kWh + 2 friends",
        "the meter is off: it is broken.",
        "no energy is known; nobody asked",
        "nobody asked; Zeus knows no PUE",
        "not in stock",
        "waived: nothing",
        "one of us",
        "on time",
        "zone of mine",
        "line of mine and 2 more",
        "{tracker} {number} {0} {",
        "",
    ],
)
def test_what_a_person_typed_is_no_sentence_of_ours(typed: str) -> None:
    assert GERMAN.known(typed) is None


def test_a_part_that_is_not_known_leaves_the_whole_in_english() -> None:
    assert GERMAN.known("my cat is off: it is 3 times.") is None


@pytest.mark.parametrize("joint", ["; ", ". ", ", ", " is off: it is ", " and ", " + ", " (", "."])
@pytest.mark.parametrize("part", ["9", "9 kWh", "no energy is known", "the meter", "A"])
def test_a_sentence_without_end_is_soon_left_alone(joint: str, part: str) -> None:
    GERMAN.known(joint.join([part] * 2000)[:2000])

    assert GERMAN.known(joint.join([part] * 100_000)) is None


@given(sentence=st.text(max_size=60), tongue=st.sampled_from(catalogues.LANGUAGES))
def test_any_text_is_told_or_left(sentence: str, tongue: str) -> None:
    told = catalogues.sentences(tongue).known(sentence)

    assert told is None or told.strip()
