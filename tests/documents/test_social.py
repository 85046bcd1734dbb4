"""The card that is shown where a link is shared."""

from __future__ import annotations

import io
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from carbonlabel.documents import social
from carbonlabel.documents.canvas import THEMES, Theme
from carbonlabel.documents.face import face
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options
from tests.documents import layout

Statement = Callable[..., Disclosure]
Grams = Callable[..., object]


def said(disclosure: Disclosure) -> list[str]:
    return [box.text for box in layout.texts(social.draw(face(disclosure), letters="live"))]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_has_the_pixels_that_platforms_ask_for_in_the_chosen_theme(
    two_gpus: Disclosure, theme: Theme
) -> None:
    image = Image.open(io.BytesIO(social.picture.render(two_gpus, Options(theme=theme))))

    assert image.size == (1200, 630)
    red, green, blue, _ = image.convert("RGBA").getpixel((20, 20))  # type: ignore[misc]
    assert f"#{red:02x}{green:02x}{blue:02x}" == THEMES[theme]["ground"]


def test_scale_changes_nothing(two_gpus: Disclosure) -> None:
    one, two = (social.picture.render(two_gpus, Options(scale=scale)) for scale in (1, 3))

    assert one == two


def test_its_source_has_the_size_and_the_words_for_those_who_do_not_see_it(
    two_gpus: Disclosure,
) -> None:
    root = ET.fromstring(social.source.render(two_gpus, Options()))  # noqa: S314 - ours

    assert (root.attrib["width"], root.attrib["height"]) == ("1200", "630")
    assert root[0].text == face(two_gpus).alt


def test_it_says_model_amount_range_quality_parts_and_who_declares(two_gpus: Disclosure) -> None:
    words, finished = said(two_gpus), face(two_gpus)

    for text in (finished.model, finished.headline, finished.value, finished.unit):
        assert text in words
    assert f"Likely range {finished.range}" in words
    assert finished.quality.word in words
    assert finished.declared in words
    assert all(row.value in words for row in finished.rows if row.fill)


def test_no_letter_is_too_small_for_a_preview(two_gpus: Disclosure) -> None:
    """A preview is some 500 px wide: 21 px of the card are still nine there."""
    boxes = layout.texts(social.draw(face(two_gpus), letters="live"))

    points = [(box.bottom - box.top) / (layout.ASCENT + layout.DESCENT) for box in boxes]
    assert min(points) * social.ENLARGED >= 21


def test_parts_that_do_not_fit_are_counted(statement: Statement, grams: Grams) -> None:
    every = ("accelerators", "host", "computing", "idle", "shared", "overhead", "manufacture")

    words = said(statement({part: grams(10.0, 5.0, 20.0) for part in every}))

    assert "+ 1" in words
    assert "manufacture" not in words


def test_what_failed_a_check_is_said_instead_of_the_parts(
    statement: Statement, grams: Grams
) -> None:
    error = {"code": "x", "severity": "error", "place": "/", "message": "More than rated."}

    words = said(statement({"host": grams(1.0)}, findings=[error]))

    assert "Fails plausibility check: More than rated." in words
    assert "host" not in words


def test_a_long_fault_is_told_in_two_lines_and_keeps_its_words(
    statement: Statement, grams: Grams
) -> None:
    fault = "The accelerators' energy is above their rated power × duration."
    error = {"code": "x", "severity": "error", "place": "/", "message": fault}

    words = said(statement({"host": grams(1.0)}, findings=[error]))

    at = next(place for place, word in enumerate(words) if word.startswith("Fails"))
    assert " ".join(words[at : at + 2]) == f"Fails plausibility check: {fault}"


def test_what_is_not_reported_is_named_where_the_total_is_a_least(
    statement: Statement, grams: Grams
) -> None:
    missing = {"missing": "not-stated", "reason": "nobody said so"}
    made = statement({"host": grams(1.0), "overhead": missing}, totals__headline="at least")

    words = said(made)

    assert words[words.index("cooling") + 1] == "not reported"


def test_a_range_that_nobody_declared_is_called_so_once(statement: Statement, grams: Grams) -> None:
    words = said(statement({"host": grams(1.0)}))

    assert "Range not declared" in words
    assert not [word for word in words if word.startswith("Likely range")]


def test_where_nothing_is_known_there_is_no_figure(statement: Statement) -> None:
    missing = {"missing": "not-stated", "reason": "nobody said so"}
    made = statement({"host": missing}, totals__headline="not reported", totals__shares={})

    words = said(made)

    assert "Not reported" in words
    assert "No amount is reported." in words
    assert not [word for word in words if word.startswith("Likely range")]


def test_what_a_serving_is_ends_after_a_whole_item(two_gpus: Disclosure) -> None:
    finished = face(two_gpus)
    items = " · ".join(finished.serving).split(" · ")

    (told,) = [word for word in said(two_gpus) if word.startswith(f"{items[0]} · ")]

    assert set(told.split(" · ")) <= set(items)
