"""A name that is written from right to left leaves the words beside it where they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel import registry
from carbonlabel.documents import direction, wording
from carbonlabel.documents.face import face
from carbonlabel.documents.paper import tex
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options

Statement = Callable[..., Disclosure]
Grams = Callable[..., object]

NAME = "جامعة/نموذج"
OPEN, CLOSE = "\u2068", "\u2069"
MIXED = st.text(st.sampled_from(f"ab1 -/אבجد{OPEN}{CLOSE}\u202e北"), max_size=40)


@pytest.fixture
def arabic(statement: Statement, grams: Grams) -> Disclosure:
    return statement(
        {"host": grams(500.0)},
        subject__model=NAME,
        subject__parameters=7_000_000_000,
        activities__0__region__site="مركز",
    )


@pytest.mark.parametrize("document", ["markdown", "html", "svg", "terminal", "social-svg"])
def test_every_document_isolates_the_name_from_what_follows(
    arabic: Disclosure, document: str
) -> None:
    text = registry.renderer(document).render(arabic, Options()).decode()

    assert f"{OPEN}{NAME}{CLOSE}" in text
    assert text.count(OPEN) == text.count(CLOSE)


def test_the_alternative_text_and_the_serving_isolate_too(arabic: Disclosure) -> None:
    finished = face(arabic)

    assert f"{OPEN}{NAME}{CLOSE}: at least 500 g" in finished.alt
    assert any(f"{OPEN}مركز{CLOSE}" in line for line in finished.serving)


def test_a_shortened_name_is_still_closed() -> None:
    name = wording.named("نموذج-" * 60)

    assert name[0] == OPEN
    assert name[-1] == CLOSE
    assert "…" in name


@given(MIXED)
def test_what_is_named_turns_nothing_around_it_and_stays_when_it_is_named_again(text: str) -> None:
    name = wording.named(text)

    assert wording.named(name) == name
    assert direction.balanced(name) == name
    assert "\u202e" not in name


def test_latin_names_hold_no_mark() -> None:
    assert wording.named("Ärzte/modèle-Ж-北") == "Ärzte/modèle-Ж-北"


def test_latex_gets_the_letters_alone() -> None:
    assert tex.text(f"{OPEN}{NAME}{CLOSE}") == NAME


def test_the_metadata_of_a_card_hold_the_letters_alone(arabic: Disclosure) -> None:
    activity = arabic.activities[0]
    devices = tuple(each.model_copy(update={"name": "معالج"}) for each in activity.hardware)
    named = activity.model_copy(update={"hardware": devices})

    head = registry.renderer("card").render(
        arabic.model_copy(update={"activities": (named,)}), Options()
    )

    metadata = head.decode().split("---")[1]
    assert OPEN not in metadata
    assert CLOSE not in metadata
