"""The documents of a comparison in French, German and Spanish: no English, nothing out of place."""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

from carbonlabel import compare
from carbonlabel.comparison import Comparison
from carbonlabel.comparison.outcome import About, Difference
from carbonlabel.comparison.phrases import Phrase
from carbonlabel.documents import language
from carbonlabel.documents.comparing import strip, terminal, words
from carbonlabel.documents.comparing.face import face
from carbonlabel.documents.comparing.renderings import FILES, STRIPS, Looks, rendered
from carbonlabel.documents.monospace import columns
from carbonlabel.errors import RenderError
from tests.documents import catalogues, layout

SCRIPTS = str(Path(__file__).parents[3] / "scripts")
if SCRIPTS not in sys.path:
    sys.path.append(SCRIPTS)
made_of = importlib.import_module("footprints").made
CASES = {each.name: each for each in importlib.import_module("comparisons").COMPARISONS}
ENGLISH = re.compile(
    r"(?<![\w-])(?:the|of|and|with|is|are|not|without|each|both|which|that|than|were|been|for|from|to|only|"
    r"what|how|no|by|it|they|times|higher|lower|measured|estimated|assumed|counted|against)(?![\w-])"
)
ALIKE = {"fr": {"not"}, "de": {"not", "was"}, "es": {"no"}}
"""Words that another language writes as English does."""
TYPED = re.compile(
    r"--[a-z-]+( '230768 requests'| pre-training| 1\.2)?|fine-tuning|carbonlabel (check|embed)"
    r"|text-generation"
)
"""What is typed, or is a key of a file, and stays as it is."""

every_language = pytest.mark.parametrize("tongue", catalogues.LANGUAGES)
every_case = pytest.mark.parametrize("case", CASES)


@cache
def made(case: str) -> Comparison:
    found: Comparison = CASES[case].make()
    return found


def differences(found: Comparison) -> Iterator[Difference]:
    yield from found.differences
    for topic in found.topics:
        yield from topic.differences


def prose(document: str) -> str:
    """What a reader reads or hears, without what is marked as English."""
    text = re.sub(r"<style>.*?</style>|<span lang=\"en\">.*?</span>", "", document, flags=re.DOTALL)
    told = " ".join(re.findall(r'(?:alt|content|data-name)="([^"]*)"', text))
    return TYPED.sub("", f"{told} {re.sub('<[^>]*>', ' ', text)}")


def forms(found: Comparison, tongue: str) -> Iterator[tuple[str, str]]:
    for form in ("terminal", "markdown", "html", "svg", "svg-dark"):
        if found.is_comparable or form not in STRIPS:
            yield form, rendered(found, form, Looks(language=tongue)).decode()


def test_the_cases_know_every_rule() -> None:
    known = {each.about for case in CASES for each in differences(made(case))}

    assert known == set(get_args(About))


@every_language
@every_case
def test_no_english_is_left_in_a_comparison(case: str, tongue: str) -> None:
    for form, text in forms(made(case), tongue):
        left = set(ENGLISH.findall(prose(text))) - ALIKE[tongue]

        assert left == set(), (form, left)


@every_language
@every_case
def test_a_reason_of_ours_is_a_phrase_that_every_catalogue_knows(case: str, tongue: str) -> None:
    known = catalogues.catalogue(tongue)["words"]
    for each in differences(made(case)):
        for text in (each.because, each.mend):
            assert isinstance(text, Phrase)
            assert text.template in known
            with language.spoken_in(tongue):
                assert words.told(text) != text


@every_language
def test_the_texts_of_a_strip_keep_apart_and_in_the_frame(tongue: str) -> None:
    comparable = [case for case in CASES if made(case).is_comparable]
    assert comparable
    for case in comparable:
        with language.spoken_in(tongue):
            sheaf = face(made(case))
            drawings = [strip.draw(sheaf, each, letters="live") for each in sheaf.amounts]

        assert [fault for each in drawings for fault in layout.faults(each)] == [], case


@pytest.mark.parametrize("tongue", language.LANGUAGES)
@every_case
def test_a_terminal_keeps_its_80_columns(case: str, tongue: str) -> None:
    lines = rendered(made(case), "terminal", Looks(language=tongue)).decode().splitlines()

    assert [line for line in lines if columns(line) > terminal.WIDTH] == []


@every_language
@every_case
def test_amounts_stand_under_each_other(case: str, tongue: str) -> None:
    lines = rendered(made(case), "terminal", Looks(language=tongue)).decode().splitlines()
    marks = {columns(line[: line.index(each)])
             for line in lines for each in "●◐○" if each in line}  # fmt: skip

    assert len(marks) <= 1


@every_language
@every_case
def test_numbers_have_a_decimal_comma(case: str, tongue: str) -> None:
    for _, text in forms(made(case), tongue):
        told = re.sub(r"carbonlabel \d\S*|v2\.1|CodeCarbon \S+", "", prose(text))

        assert re.findall(r"(?<![\w.])\d+\.\d+(?![\w.])", told) == []


@every_language
@every_case
def test_figures_are_those_of_the_english_document(case: str, tongue: str) -> None:
    english = rendered(made(case), "terminal").decode()
    other = rendered(made(case), "terminal", Looks(language=tongue)).decode()
    values = re.compile(r"(\d[\d.,]*) (?:[mkMGT]?Wh|[mk]?g CO₂e(?!/)|k?t CO₂e)")
    told = [" ".join(each.split()).replace(",", ".") for each in (english, other)]

    assert values.findall(told[1]) == values.findall(told[0])


@every_case
def test_json_is_the_same_in_every_language(case: str) -> None:
    english = rendered(made(case), "json")
    for tongue in catalogues.LANGUAGES:
        with language.spoken_in(tongue):
            assert rendered(made(case), "json", Looks(language=tongue)) == english
    assert "compar" in json.loads(english)["verdict"]


@pytest.mark.parametrize("tongue", language.LANGUAGES)
def test_a_page_says_its_language(tongue: str) -> None:
    page = rendered(made("whole"), "html", Looks(language=tongue)).decode()

    assert f'<html lang="{tongue}">' in page


@every_language
def test_a_picture_speaks_the_language_to_those_who_do_not_see_it(tongue: str) -> None:
    drawn = rendered(made("whole"), "svg", Looks(language=tongue))
    svg = ET.fromstring(drawn)  # noqa: S314 - our own picture
    title, description = (svg.findtext(f"{layout.SVG}{each}") or "" for each in ("title", "desc"))

    assert title.startswith(catalogues.catalogue(tongue)["words"]["Electricity of training"])
    assert catalogues.catalogue(tongue)["words"]["estimated"] in description


@pytest.mark.parametrize(
    ("tongue", "said"),
    [("fr", "France, 2025"), ("de", "Frankreich, 2025"), ("es", "Francia, 2025")],
)
def test_the_readers_grid_is_marked_with_the_name_of_its_country(tongue: str, said: str) -> None:
    for form, text in forms(made("at-one-grid"), tongue):
        told = text if "svg" not in form else "".join(ET.fromstring(text).itertext())  # noqa: S314
        assert said in re.sub(r"\s+", " ", told), form


def test_a_finding_that_nobody_translated_is_marked_as_english() -> None:
    found = made("faulty")
    (difference,) = found.differences
    says = (difference.says[0], Phrase("{code}: {message}", code="x", message=Phrase("my dog ate")))
    strange = type(found)(
        sides=found.sides,
        mine=0,
        topics=(),
        differences=(type(difference)(about="checks", says=says, weight="breaks",
                                      because=difference.because, mend=difference.mend),),
    )  # fmt: skip
    page = rendered(strange, "html", Looks(language="fr")).decode()

    assert '<span lang="en">my dog ate</span>' in page


def test_a_phrase_is_its_english_and_keeps_its_parts() -> None:
    phrase = Phrase("counted, PUE {pue}", pue=1.2)

    assert phrase == "counted, PUE 1.2"
    with language.spoken_in("de"):
        assert words.told(phrase) == "gezählt, PUE 1,2"


def test_what_nobody_phrased_stays_as_it_is() -> None:
    with language.spoken_in("fr"):
        assert words.told("Energy") == "Energy"


def test_a_strip_of_nothing_is_refused_in_english() -> None:
    with pytest.raises(RenderError) as refused:
        rendered(made("other-phases"), "svg", Looks(language="de"))

    assert refused.value.hint == "they are of different work"


def test_a_language_that_nobody_speaks_is_refused() -> None:
    for form in set(FILES) - {"json"}:
        with pytest.raises(RenderError, match="'tlh'"):
            rendered(made("whole"), form, Looks(language="tlh"))


@every_language
def test_braces_in_names_are_only_text(tongue: str) -> None:
    one = made_of("a/{name}", 10, base_models=("big/{0}{x}",))
    found = compare([one, made_of("b/{causes!r}", 40)])
    told = rendered(found, "markdown", Looks(language=tongue)).decode()

    assert "{name}" in told
    assert "{causes!r}" in told
    assert "big/{0}{x}" in told
