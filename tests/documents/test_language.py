"""Documents in French, German and Spanish: whole catalogues, numbers, layout, nothing left over."""

from __future__ import annotations

import functools
import importlib
import io
import re
import sys
import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel import registry
from carbonlabel.documents import face as faces
from carbonlabel.documents import language, numbers, social, svg, use, wording
from carbonlabel.documents.anatomy import Face
from carbonlabel.errors import RenderError
from carbonlabel.linting import RULES
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options
from tests.documents import catalogues, layout, spoken

SCRIPTS = str(Path(__file__).parents[2] / "scripts")
if SCRIPTS not in sys.path:
    sys.path.append(SCRIPTS)
STATES = importlib.import_module("states").STATES

ENGLISH = {"json", "bibtex", "sentence", "climate-card", "csv", "badge-json"}
"""Documents for programs, and for venues that are English."""
OF_OTHERS = {"png", "social", "pdf"}
"""Documents whose text is that of svg or html."""
COLUMNS = 58
every_language = pytest.mark.parametrize("tongue", catalogues.LANGUAGES)
every_state = pytest.mark.parametrize("state", STATES, ids=[each.name for each in STATES])


@every_language
def test_a_catalogue_holds_every_text_that_is_said_and_no_other(tongue: str) -> None:
    assert set(catalogues.catalogue(tongue)["words"]) == catalogues.said()


@every_language
@pytest.mark.parametrize("kind", ["words", "sentences"])
def test_a_translation_has_the_words_in_braces_of_its_english(tongue: str, kind: str) -> None:
    wrong = {
        text: shown
        for text, shown in catalogues.catalogue(tongue)[kind].items()
        if Counter(catalogues.WORDS.findall(text)) != Counter(catalogues.WORDS.findall(shown))
    }

    assert wrong == {}


@every_language
def test_a_translation_begins_and_ends_as_its_english(tongue: str) -> None:
    wrong = {
        text: shown
        for text, shown in catalogues.catalogue(tongue)["words"].items()
        if (text[0] == " ") != (shown[0] in " \u202f") or (text[-1] == " ") != (shown[-1] == " ")
    }

    assert [text for text in wrong if text[0] != ";"] == []


def test_all_catalogues_know_the_same_sentences_and_countries() -> None:
    known = [set(catalogues.catalogue(each)["sentences"]) for each in catalogues.LANGUAGES]
    named = catalogues.catalogue("countries")

    assert known[0] == known[1] == known[2]
    assert named["fr"].keys() == named["de"].keys() == named["es"].keys()


@every_language
def test_every_sentence_that_a_disclosure_may_hold_is_translated(tongue: str) -> None:
    known = functools.cache(catalogues.sentences(tongue).known)

    left = [each for each in spoken.sentences() if not spoken.is_said(each[1], known)]

    assert left == []


@every_language
def test_what_a_reader_repeats_from_a_table_is_translated(tongue: str) -> None:
    known = catalogues.sentences(tongue).known
    notes = [f"Some device: {note}" for note in catalogues.notes()]
    demands = [rule.demand for rule in RULES.values()]

    assert [each for each in (*notes, *demands) if known(each) is None] == []


def test_each_part_of_a_sentence_and_each_exception_is_still_written() -> None:
    written = spoken.written()

    assert [each for each in (*spoken.PIECES, *spoken.NEVER) if each not in written] == []


def test_every_sentence_of_a_catalogue_is_still_written_somewhere() -> None:
    written = set(re.findall(r"\w{3,}", catalogues.written()))
    written |= {f"{word}s" for word in written}
    sentences = catalogues.catalogue("fr")["sentences"]
    needed = {
        text: set(re.findall(r"\w{3,}", catalogues.WORDS.sub("", text))) for text in sentences
    }

    assert [text for text, words in needed.items() if not words <= written] == []


@every_language
@given(number=st.decimals(min_value=0, max_value=10**12, places=3))
def test_a_number_is_read_back_as_it_was(tongue: str, number: Decimal) -> None:
    with language.spoken_in(tongue):
        shown = numbers.grouped(number)

    assert "." not in shown
    assert Decimal(shown.replace("\u202f", "").replace(",", ".")) == number


@every_language
def test_decimals_have_a_comma_and_thousands_a_narrow_space(tongue: str) -> None:
    with language.spoken_in(tongue):
        assert numbers.grouped(Decimal("1234567.5")) == "1\u202f234\u202f567,5"
        assert numbers.brief(1.56, 4) == "1,56"


def test_numbers_for_programs_keep_their_point() -> None:
    with language.spoken_in("fr"):
        assert numbers.shortest(1.56, 4) == "1.56"


def test_a_count_has_its_noun_in_the_right_number() -> None:
    with language.spoken_in("de"):
        assert wording.runs_of(1) == "1 Lauf"
        assert wording.runs_of(2) == "2 Läufe"
        assert wording.runs_of(12_500) == "12\u202f500 Läufe"


def test_what_was_spoken_before_is_spoken_again() -> None:
    with language.spoken_in("fr"):
        with language.spoken_in("en"):
            assert language.say("Energy") == "Energy"
        assert language.say("Energy") == "Énergie"
    assert language.speaking() == "en"


def test_a_language_that_nobody_speaks_is_refused(demo: Disclosure) -> None:
    with pytest.raises(RenderError, match="'tlh'") as refused:
        registry.renderer("svg").render(demo, Options(language="tlh"))

    assert refused.value.hint == "known: en, fr, de, es"


def test_a_sentence_of_ours_is_translated_with_its_numbers() -> None:
    sentence = "the PUE of the site is not stated (1.2 is perun's constant, not a statement)"

    with language.spoken_in("de"):
        assert language.said(sentence) == (
            "kein PUE des Standorts angegeben (1,2 ist eine Konstante von perun, keine Angabe)"
        )


def test_sentences_that_were_joined_are_translated_one_by_one() -> None:
    with language.spoken_in("es"):
        told = language.said("not in region.yaml; no energy is known")

    assert told == "no está en region.yaml; no se conoce ninguna energía"


@every_language
@pytest.mark.parametrize(
    "typed",
    [
        "the meter of our lab; nobody read it",
        "we ran from Monday to Friday",
        "cats and dogs",
        "look at it",
        "one of us forgot the log",
        "drawn by hand: it is a guess",
        "3 friends",
        "our machine drew 3.5 kWh",
        "my dog ate the meter; no energy is known",
        "the dog: Two GPUs",
        "{tracker} {number} {0} {",
    ],
)
def test_what_a_person_typed_is_taken_for_no_sentence_of_ours(typed: str, tongue: str) -> None:
    assert catalogues.sentences(tongue).known(typed) is None


def test_a_sentence_that_nobody_translated_stays_and_is_remembered() -> None:
    with language.spoken_in("fr"):
        assert language.said("my dog ate the meter") == "my dog ate the meter"
        assert language.foreign("Car my dog ate the meter.") == ("my dog ate the meter",)
    assert language.foreign("my dog ate the meter") == ()


@pytest.mark.parametrize(
    ("tongue", "said"),
    [("fr", "milliard de paramètres"), ("de", "Milliarde Parameter"), ("en", "billion parameters")],
)
def test_a_billion_is_no_billion_in_german(tongue: str, said: str) -> None:
    with language.spoken_in(tongue):
        assert use.unit("billion parameters") == said


def test_a_sentence_calls_a_country_as_its_reader_does() -> None:
    with language.spoken_in("de"):
        assert language.said("no off-site water of Switzerland is published").endswith("Schweiz")
        assert language.said("no off-site water of California, United States is published") == (
            "kein Wasser außerhalb veröffentlicht für: California, Vereinigte Staaten"
        )
        assert language.said("no off-site water of Atlantis is published").endswith("Atlantis")


@every_language
def test_a_country_has_its_name_and_a_state_that_of_its_country(tongue: str) -> None:
    germany = {"fr": "Allemagne", "de": "Deutschland", "es": "Alemania"}[tongue]

    with language.spoken_in(tongue):
        assert language.country("DE", "Germany") == germany
        assert language.country("DE-BY", "Bavaria, Germany") == f"Bavaria, {germany}"
        assert language.country("XX", "Elsewhere") == "Elsewhere"


@every_language
@every_state
def test_every_state_keeps_its_texts_apart_and_in_the_frame(state: object, tongue: str) -> None:
    with language.spoken_in(tongue):
        finished = faces.face(state.disclosure())  # type: ignore[attr-defined]
        label, picture = svg.draw(finished, letters="live"), social.draw(finished, letters="live")

    assert layout.faults(label) == []
    assert layout.faults(picture) == []


@every_language
@every_state
def test_no_word_of_ours_is_cut_to_fit_a_picture(state: object, tongue: str) -> None:
    disclosure = state.disclosure()  # type: ignore[attr-defined]
    before = _cut(faces.face(disclosure))

    with language.spoken_in(tongue):
        finished = faces.face(disclosure)
        after = _cut(finished)
    notes = {each for row in finished.rows for each in (row.note, row.reason)}

    assert len([each for each in after if each not in notes]) <= len(before)


def _cut(finished: Face) -> list[str]:
    """Every text of the label and of the card for links that was cut in its middle or its end."""
    drawn = (draw(finished, letters="live") for draw in (svg.draw, social.draw))
    return [text for each in drawn for text in re.findall(r">([^<]*…[^<]*)</text>", each)]


@every_language
@every_state
def test_a_terminal_has_no_line_wider_than_the_label(state: object, tongue: str) -> None:
    options = Options(language=tongue)
    shown = registry.renderer("terminal").render(state.disclosure(), options).decode()  # type: ignore[attr-defined]

    assert [line for line in shown.splitlines() if _columns(line) > COLUMNS + _excess(state)] == []


def _columns(line: str) -> int:
    wide = (unicodedata.east_asian_width(each) in "WF" for each in line)
    return sum(
        0 if unicodedata.combining(each) else 1 + w for each, w in zip(line, wide, strict=True)
    )


def _excess(state: object) -> int:
    """How far the English terminal goes beyond its columns, where an amount is that long."""
    shown = registry.renderer("terminal").render(state.disclosure(), Options()).decode()  # type: ignore[attr-defined]
    return max(0, *(_columns(line) - COLUMNS for line in shown.splitlines()))


@every_language
@pytest.mark.parametrize(
    "name", [n for n in registry.names(registry.DOCUMENTS) if n not in {*ENGLISH, *OF_OTHERS}]
)
def test_no_english_is_left_in_a_document(
    name: str, tongue: str, demo: Disclosure, two_gpus: Disclosure
) -> None:
    words = catalogues.catalogue(tongue)["words"]
    phrases = [text for text, shown in words.items() if " " in text.strip() and text != shown]
    phrases = [each for each in phrases if not catalogues.WORDS.search(each)]
    for disclosure in (demo, two_gpus):
        content = registry.renderer(name).render(disclosure, Options(language=tongue)).decode()
        shown = re.sub(r"<style>.*?</style>", "", content, flags=re.DOTALL)

        assert [each for each in phrases if re.search(rf"\b{re.escape(each)}\b", shown)] == []


@every_language
@pytest.mark.parametrize("name", sorted(ENGLISH))
def test_documents_for_programs_and_venues_stay_english(
    name: str, tongue: str, demo: Disclosure
) -> None:
    renderer = registry.renderer(name)

    assert renderer.render(demo, Options(language=tongue)) == renderer.render(demo, Options())


@every_language
def test_the_metadata_of_a_card_stay_english(tongue: str, two_gpus: Disclosure) -> None:
    cards = [
        registry.renderer("card").render(two_gpus, Options(language=each)).decode().split("---\n")
        for each in ("en", tongue)
    ]

    assert cards[0][1] == cards[1][1]
    assert cards[0][2] != cards[1][2]


@every_language
def test_a_page_says_its_language(tongue: str, demo: Disclosure) -> None:
    page = registry.renderer("html").render(demo, Options(language=tongue)).decode()

    assert f'<html lang="{tongue}">' in page


def test_a_page_marks_what_stays_english(demo: Disclosure) -> None:
    finding = demo.findings[0].model_copy(update={"message": "my dog ate the meter"})
    strange = demo.model_copy(update={"findings": (finding,)})

    page = registry.renderer("html").render(strange, Options(language="fr")).decode()

    assert '<span lang="en">my dog ate the meter</span>' in page


@every_language
@every_state
def test_nothing_that_was_translated_is_marked_as_english(state: object, tongue: str) -> None:
    options = Options(language=tongue, profile="regulator")
    page = registry.renderer("html").render(state.disclosure(), options).decode()  # type: ignore[attr-defined]
    ours = set(catalogues.catalogue(tongue)["sentences"].values())

    assert ours & set(re.findall(r'<span lang="en">([^<]*)</span>', page)) == set()


def test_a_pdf_says_its_language(demo: Disclosure) -> None:
    content = registry.renderer("pdf").render(demo, Options(language="de"))

    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == "de"


def test_the_annex_of_a_french_report_is_marked_as_english(two_gpus: Disclosure) -> None:
    options = Options(language="fr", profile="regulator")
    page = registry.renderer("html").render(two_gpus, options).decode()

    assert '<section id="form" lang="en"' in page
