"""I hold the typeface to the shipped Inter fonts, and to what layout may rely on."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.documents import typeface
from carbonlabel.documents.typeface import Weight, covers, fit, plain, run, shorten, width, wrap
from carbonlabel.errors import RenderError
from carbonlabel.resources import font

GRID_EM = 1 / 1000
LATIN = st.text(
    st.sampled_from([chr(code) for code in range(0x20, 0x7F)] + list("éßÉñ·×₂€–\u202f"))
)
STRANGE = st.text(max_size=60)
MEASURES = st.floats(min_value=20, max_value=400)


@cache
def shipped(weight: int) -> TTFont:
    return TTFont(BytesIO(font(typeface.EMBEDDED[weight])))


def advance_em(text: str, weight: int) -> float:
    """Unkerned width by the horizontal metrics of the shipped font."""
    opened = shipped(weight)
    glyphs = opened.getBestCmap()
    return sum(opened["hmtx"][glyphs[ord(letter)]][0] for letter in text) / units(weight)


def units(weight: int) -> int:
    count: int = shipped(weight)["head"].unitsPerEm
    return count


def kerning_em(left: str, right: str, weight: int) -> float:
    """Kerning of one pair by the GPOS table of the shipped font, read without a shaper."""
    glyphs = shipped(weight).getBestCmap()
    first, second = glyphs[ord(left)], glyphs[ord(right)]
    return sum(
        next((k for k in (subtable_kerning(s, first, second) for s in lookup) if k is not None), 0)
        for lookup in kerning_lookups(weight)
    ) / units(weight)


@cache
def kerning_lookups(weight: int) -> list[list[Any]]:
    table = shipped(weight)["GPOS"].table
    indices = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for index in record.Feature.LookupListIndex
    }
    lookups = [table.LookupList.Lookup[index] for index in sorted(indices)]
    return [[getattr(s, "ExtSubTable", s) for s in lookup.SubTable] for lookup in lookups]


def subtable_kerning(subtable: Any, first: str, second: str) -> int | None:  # noqa: ANN401 - fontTools has no types
    if first not in subtable.Coverage.glyphs:
        return None
    if subtable.Format == 1:
        pairs = subtable.PairSet[subtable.Coverage.glyphs.index(first)].PairValueRecord
        found = [pair.Value1 for pair in pairs if pair.SecondGlyph == second]
        return x_advance(found[0]) if found else None
    row = subtable.Class1Record[subtable.ClassDef1.classDefs.get(first, 0)]
    return x_advance(row.Class2Record[subtable.ClassDef2.classDefs.get(second, 0)].Value1)


def x_advance(value: Any) -> int:  # noqa: ANN401 - fontTools has no types
    return getattr(value, "XAdvance", 0) or 0


@pytest.mark.parametrize("weight", [400, 600, 700, 800])
@pytest.mark.parametrize("letter", list("A1gW·–—×₂…’“≥≤±→\u202f\u00a0éßñœŁΩήЖґệ"))
def test_a_letter_is_as_wide_as_in_the_shipped_font(letter: str, weight: Weight) -> None:
    assert width(letter, 1, weight) == pytest.approx(advance_em(letter, weight), abs=GRID_EM / 2)


@pytest.mark.parametrize("weight", [400, 600, 700, 800])
@pytest.mark.parametrize(
    "pair", ["To", "AV", "Ty", "P,", "L’", "1.", "r.", "Fa", "24", "kW", "₂e", "Γο", "Та"]
)
def test_a_pair_is_kerned_as_the_font_says(pair: str, weight: Weight) -> None:
    expected = advance_em(pair, weight) + kerning_em(*pair, weight)

    assert width(pair, 1, weight) == pytest.approx(expected, abs=1.5 * GRID_EM)


@pytest.mark.parametrize("pair", ["To", "AV", "L’"])
def test_kerning_draws_open_pairs_together(pair: str) -> None:
    assert width(pair, 1, 700) < width(pair[0], 1, 700) + width(pair[1], 1, 700) - 0.02


@settings(max_examples=100)
@given(LATIN)
def test_a_line_is_the_sum_of_its_letters_and_its_pairs(text: str) -> None:
    expected = advance_em(text, 600) + sum(kerning_em(a, b, 600) for a, b in pairwise(text))

    assert width(text, 1, 600) == pytest.approx(expected, abs=GRID_EM * (len(text) + 1))


def test_width_grows_with_size_and_weight() -> None:
    assert width("Carbon Facts", 24, 800) == pytest.approx(2 * width("Carbon Facts", 12, 800))
    widths = [width("Carbon Facts", 12, weight) for weight in (400, 500, 600, 700, 800)]
    assert widths == sorted(widths)


@pytest.mark.parametrize("weight", [400, 500, 600, 700, 800])
def test_tabular_digits_are_all_of_one_width(weight: Weight) -> None:
    widths = {width(digit, 12, weight, tabular=True) for digit in "0123456789"}

    assert len(widths) == 1
    assert width("11111", 12, weight, tabular=True) == pytest.approx(5 * widths.pop())
    assert width("1", 12, weight) < width("1", 12, weight, tabular=True)


def test_a_label_and_its_european_neighbours_are_covered() -> None:
    assert covers("1.9 mg CO₂e · 384 × A100 – ≥ 71 g/kWh ± 2 % → “so” ‘so’ … 1\u202f082\u00a0kg")
    assert covers("Größe ẞ, Île-de-France, œuvre, España ¿sí?, Łódź, Škoda, București")
    assert covers("Ελλάδα, Αθήνα · Україна, Ґанок · Сбер/модель-7Б · Việt Nam, Huyền thoại")


@pytest.mark.parametrize(
    "text", ["东京", "שלום", "हिन्दी", "ไทย", "🌱", "a\u00adb", "\ue071", "a\nb", "\0"]
)
def test_what_has_no_outline_is_not_covered(text: str) -> None:
    assert not covers(text)


def test_uncovered_text_gets_an_estimate() -> None:
    assert width("东京", 10, 400) == 20
    assert width("של", 10, 400) == 12
    assert width("ש\u05c1\u200d", 10, 400) == pytest.approx(6)
    assert width("🌱", 10, 400) == 13
    assert width("东A", 10, 400) == pytest.approx(10 + width("A", 10, 400))


def test_a_run_places_every_outline_and_no_space() -> None:
    drawn = run("T o", 700)

    first, last = drawn.glyphs
    assert (first.name, first.x) == ("g700-54", 0)
    assert last.name == "g700-6f"
    assert 0 < last.x < drawn.advance
    assert first.path.startswith("M")
    assert first.path.endswith("z")
    assert drawn.advance == pytest.approx(1000 * width("T o", 1, 700))


def test_the_outline_of_a_letter_fills_its_place() -> None:
    cap = run("H", 400).glyphs[0].path

    # Inter's cap height is 2048 of 2816 units: 727 on the grid of 1000.
    assert "v-727" in cap or "v727" in cap


def test_tabular_figures_are_outlines_of_their_own() -> None:
    (proportional,), (tabular,) = (run("1", 400, tabular=t).glyphs for t in (False, True))

    assert proportional.name != tabular.name
    assert proportional.path != tabular.path


def test_a_run_of_what_has_no_outline_is_refused() -> None:
    with pytest.raises(RenderError, match="no outline"):
        run("东京", 400)


def test_a_weight_that_is_not_shipped_is_refused() -> None:
    with pytest.raises(RenderError, match="weight 300"):
        width("x", 12, 300)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("a\r\n\tb", "a b"),
        ("a\u2028b\x85c", "a b c"),
        ("nul\0", "nul\ufffd"),
        ("\x1b[31mred", "\ufffd[31mred"),
        ("evil\u202egnp.exe", "evil\ufffdgnp.exe"),
        ("\u2066a\u2069\u200f\u061c", "\ufffda\ufffd\ufffd"),
        ("\u2068ש\u2069, \u2068b", "\u2068ש\u2069, \u2068b\u2069"),
        ("zero\u200bwidth\ufeff\u00ad", "zero\ufffdwidth\ufffd\ufffd"),
        ("\ud800\uffff\ufdd0\ue071", "\ufffd" * 4),
        ("e\u0301", "é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Z" + "\u0335" * 50 + "!", "Z" + "\u0335" * 4 + "!"),
    ],
)
def test_hostile_names_are_made_harmless(hostile: str, harmless: str) -> None:
    assert plain(hostile) == harmless


@settings(max_examples=200)
@given(STRANGE)
def test_what_is_plain_stays_as_it_is_and_has_nothing_hidden(text: str) -> None:
    line = plain(text)

    assert plain(line) == line
    hidden = {c for c in line if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}}
    assert hidden <= {"\u200c", "\u200d", "\u2068", "\u2069"}
    assert line.count("\u2068") == line.count("\u2069")


@settings(max_examples=100)
@given(LATIN, MEASURES, st.sampled_from([400, 700]))
def test_what_is_fitted_never_exceeds_the_measure(
    text: str, measure: float, weight: Weight
) -> None:
    fitted, size = fit(text, 15, 11, weight, measure)

    assert 11 <= size <= 15
    assert width(fitted, size, weight) <= measure + 1e-9
    assert fitted == text or (size == 11 and "…" in fitted)


def test_a_name_shrinks_before_it_is_shortened() -> None:
    name = "bigscience/bloom-176B"
    full = width(name, 15, 700)

    assert fit(name, 15, 11, 700, full) == (name, 15)
    shown, size = fit(name, 15, 11, 700, full * 0.8)
    assert shown == name
    assert 11 < size < 12.01
    shown, size = fit(name, 15, 11, 700, full * 0.5)
    assert (shown[:3], shown[-2:], size) == ("big", "6B", 11)


def test_nothing_fits_no_measure() -> None:
    assert fit("", 15, 11, 400, -1) == ("", 15)
    assert shorten("…", 10, 400, 0) == "…"
    assert fit("\u0301", 15, 11, 400, -1) == ("\u0301", 15)
    assert fit("abc", 15, 11, 400, 0) == ("…", 11)


def test_a_strange_name_is_shortened_between_letters_never_inside_one() -> None:
    name = "".join(f"{letter}\u0313\u0345" for letter in "αβγδεζηθ" * 4)

    shown = shorten(name, 10, 400, 60)

    head, tail = shown.split("…")
    assert width(shown, 10, 400) <= 60
    assert plain(name).startswith(head)
    assert plain(name).endswith(tail)
    assert not unicodedata.combining(tail[0])


def test_a_family_of_joined_signs_is_never_parted() -> None:
    family = "\U0001f469\u200d\U0001f467"

    assert set(shorten(family * 9, 10, 400, 100).split("…")) <= {"", family, family * 2}


@settings(max_examples=100)
@given(st.one_of(LATIN, STRANGE), MEASURES)
def test_wrapping_loses_no_word_and_keeps_to_the_measure(text: str, measure: float) -> None:
    words = [word for word in plain(text).split(" ") if word]

    lines = wrap(text, 12, 400, measure)

    assert all(width(line, 12, 400) <= measure + 1e-9 for line in lines)
    set_words = [word for line in lines for word in line.split(" ")]
    assert len(set_words) == len(words)
    for shown, word in zip(set_words, words, strict=True):
        assert shown == word or (word.startswith(shown.split("…")[0]) and "…" in shown)


def test_a_line_takes_as_many_words_as_fit() -> None:
    measure = width("one two", 12, 400)

    assert wrap("one two three", 12, 400, measure) == ["one two", "three"]
    assert wrap("one two three", 12, 400, measure - 0.01)[0] == "one"
    assert wrap("", 12, 400, measure) == []


def test_no_break_spaces_do_not_break() -> None:
    assert wrap("1\u202f082 kg\u00a0CO₂e", 12, 400, 60) == ["1\u202f082", "kg\u00a0CO₂e"]


@pytest.mark.parametrize("weight", sorted(typeface.EMBEDDED))
def test_the_embedded_fonts_know_the_names_of_strangers(weight: int) -> None:
    characters = shipped(weight).getBestCmap()

    assert {ord(letter) for letter in "AéŁΩЖế₂\u202f"} <= set(characters)
    features = {r.FeatureTag for r in shipped(weight)["GSUB"].table.FeatureList.FeatureRecord}
    assert "tnum" in features
    assert kerning_em("T", "o", weight) < 0
    assert len(font(typeface.EMBEDDED[weight])) <= 60_000


def test_the_fonts_carry_their_licence() -> None:
    licence = font("OFL.txt").decode()

    assert "The Inter Project Authors" in licence
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    for weight in typeface.EMBEDDED:
        assert "Inter Project Authors" in shipped(weight)["name"].getDebugName(0)


def test_font_faces_are_complete_in_themselves() -> None:
    rules = typeface.font_faces()

    assert rules.count("@font-face") == 4
    assert rules.count("url(data:font/woff2;base64,") == 4
    assert "http" not in rules


def test_the_outlines_stay_small() -> None:
    size_bytes = len((resources.files("carbonlabel") / "fonts" / "outlines.json").read_bytes())

    assert size_bytes <= 350_000
