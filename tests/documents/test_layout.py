"""No text of a picture meets another or leaves its frame, whatever the disclosure says."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.documents import badge, badgewords, social, svg
from carbonlabel.documents.anatomy import Face
from carbonlabel.documents.face import face
from carbonlabel.documents.language import LANGUAGES, spoken_in
from carbonlabel.documents.markdown import renderer as markdown
from carbonlabel.documents.terminal import renderer as terminal
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options
from tests.documents import layout

SCRIPTS = str(Path(__file__).parents[2] / "scripts")
if SCRIPTS not in sys.path:
    sys.path.append(SCRIPTS)
STATES = importlib.import_module("states").STATES

Statement = Callable[..., Disclosure]
Grams = Callable[..., object]

PARTS = ("accelerators", "host", "computing", "idle", "shared", "overhead", "manufacture")
NAMES = st.text(max_size=140) | st.sampled_from(
    ["acme/tiny", "W" * 90, "组织/模型" * 20, "שלום/מודל", "Ж" * 70, "a " * 60, "🌱" * 30]
)
SPREADS = st.floats(1, 40) | st.floats(1, 1e9)
REASONS = st.text(min_size=1, max_size=200) | st.just("nobody looked")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES, ids=[each.name for each in STATES])
def test_every_state_has_its_texts_apart_in_every_language(state: object, language: str) -> None:
    with spoken_in(language):
        finished = face(state.disclosure())  # type: ignore[attr-defined]

        assert layout.faults(svg.draw(finished, letters="live")) == []
        assert layout.faults(social.draw(finished, letters="live")) == []


@st.composite
def statements(draw: st.DrawFn) -> dict[str, object]:
    """Parts with amounts from picograms to gigatonnes, some missing, ranges narrow to absurd."""
    chosen = draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=7, unique=True))
    basis = draw(st.sampled_from(["measured", "estimated", "assumed"]))
    parts: dict[str, object] = {}
    for part in sorted(chosen, key=PARTS.index):
        value = 10.0 ** draw(st.floats(-7, 12) | st.floats(-12, 15))
        if draw(st.integers(0, 4)) == 0:
            parts[part] = {"missing": "not-stated", "reason": draw(REASONS)}
        else:
            down, up = draw(st.tuples(SPREADS, SPREADS))
            ends = (value / down, value * up) if draw(st.booleans()) else (None, None)
            parts[part] = (value, *ends, basis)
    return parts


def disclosed(statement: Statement, grams: Grams, parts: dict[str, object], **more: object) -> Face:
    rows = {part: grams(*each) if isinstance(each, tuple) else each for part, each in parts.items()}
    known = [each for each in parts.values() if isinstance(each, tuple)]
    missing = {"missing": "not-stated", "reason": "nobody knows"}
    if not known:
        more |= {
            "totals__headline": "not reported",
            "totals__energy": missing,
            "totals__shares": {},
        }
    elif len(known) < len(parts):
        more |= {"totals__headline": "at least"}
    return face(statement(rows, **more))


@settings(max_examples=120, deadline=None)
@given(parts=statements(), words=st.tuples(NAMES, NAMES, st.lists(REASONS, max_size=4)))
def test_no_disclosure_makes_texts_meet_or_leave_the_frame(
    statement: Statement,
    grams: Grams,
    parts: dict[str, object],
    words: tuple[str, str, list[str]],
) -> None:
    name, site, left_out = words
    utf8 = (each.encode("utf-8", "replace").decode() for each in (name, site, *left_out))
    model, place, *items = utf8
    error = {"code": "x", "severity": "error", "place": "/", "message": f"It cannot be {place}"}
    finished = disclosed(
        statement,
        grams,
        parts,
        subject__model=model or "x",
        activities__0__region__site=place,
        left_out=[{"what": each, "why": "so"} for each in items],
        findings=[error] if len(items) > 2 else [],
    )

    assert layout.faults(svg.draw(finished, letters="live")) == []
    assert layout.faults(social.draw(finished, letters="live")) == []


NUMBER = re.compile(r"<?\s?\d[\d\u202f ]*(?:\.\d+)?")


def amount(text: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.]", "", text))


def is_name(drawn: str, name: str) -> bool:
    """Whether a text is a row's name, its middle left out where the amount needs the room."""
    head, ellipsis, tail = drawn.partition("…")
    if not ellipsis:
        return drawn == name
    return bool(head) and name.startswith(head) and name.endswith(tail)


def drawn_rows(svg_text: str, finished: Face) -> list[tuple[str, str]]:
    """Amount and range of each row, as they stand in the picture beside its name."""
    words = layout.texts(svg_text)
    found = []
    for row in finished.rows:
        (name,) = [box for box in words if box.left < 60 and is_name(box.text, row.name)]
        beside = sorted(
            (b for b in words if abs(b.bottom - name.bottom) < 1.5), key=lambda b: b.left
        )
        found.append((beside[1].text, beside[2].text if len(beside) > 2 else below(name, words)))
    return found


def below(name: layout.Box, words: list[layout.Box]) -> str:
    """The range of a row that has no room for it beside its amount."""
    ranges = [b for b in words if 12 < b.bottom - name.bottom < 16 and "–" in b.text]
    return ranges[0].text if ranges and ranges[0].left > name.left + 40 else ""


@settings(max_examples=100, deadline=None)
@given(parts=statements())
def test_what_is_drawn_adds_up_never_reads_zero_and_has_its_value_within_its_range(
    statement: Statement, grams: Grams, parts: dict[str, object]
) -> None:
    finished = disclosed(statement, grams, parts)
    told = drawn_rows(svg.draw(finished, letters="live"), finished)

    for row, (value, span) in zip(finished.rows, told, strict=True):
        if row.value is None:
            assert value == "not reported"
            continue
        assert amount(value) > 0
        if "–" in span and "<" not in span + value:
            low, high = map(amount, span.split("–"))
            assert 0 < low <= amount(value) <= high
    known = {row.part: value for row, (value, _) in zip(finished.rows, told, strict=True)
             if row.value is not None and row.level == "child"}  # fmt: skip
    if known and not any("<" in value for value in known.values()):
        assert sum(map(amount, known.values())) == amount(told[0][0])


CUT = re.compile("[\\d\u202f] ?…|… ?[\\d\u202f]")


@settings(max_examples=100, deadline=None)
@given(parts=statements())
def test_no_figure_and_no_name_of_a_row_is_cut_to_fit(
    statement: Statement, grams: Grams, parts: dict[str, object]
) -> None:
    finished = disclosed(statement, grams, parts)
    words = [box.text for box in layout.texts(svg.draw(finished, letters="live"))]
    shared = [box.text for box in layout.texts(social.draw(finished, letters="live"))]

    assert {row.name for row in finished.rows} <= set(words)
    assert [each for each in (*words, *shared) if CUT.search(each)] == []


def test_ranges_too_long_to_stand_beside_their_amounts_stand_below(
    statement: Statement, grams: Grams
) -> None:
    wide = {"accelerators": grams(2e14, 1e13, 1.3e20), "host": grams(1e13)}

    told = drawn_rows(svg.draw(finished := face(statement(wide)), letters="live"), finished)

    low, high = told[1][1].split("–")
    assert (amount(low), amount(high)) == (Decimal(10_000), Decimal(130_000_000_000))  # kt CO2e


@settings(max_examples=60, deadline=None)
@given(parts=statements())
def test_markdown_and_terminal_print_the_amounts_of_the_picture(
    statement: Statement, grams: Grams, parts: dict[str, object]
) -> None:
    rows = {part: grams(*each) if isinstance(each, tuple) else each for part, each in parts.items()}
    known = any(isinstance(each, tuple) for each in parts.values())
    changes = {} if known else {"totals__headline": "not reported", "totals__shares": {}}
    disclosure = statement(rows, **changes)
    finished = face(disclosure)
    table = markdown.render(disclosure, Options()).decode().replace("&lt;", "<")
    text = terminal.render(disclosure, Options()).decode()

    for row in finished.rows:
        if row.value is not None:
            plain = row.value.replace("\u202f", " ").replace("\u00a0", " ")
            assert plain in table.replace("\u202f", " ").replace("\u00a0", " ")
            assert plain in text


@settings(max_examples=60, deadline=None)
@given(
    scope=st.text(st.characters(codec="utf-8"), min_size=1, max_size=60),
    figure=st.sampled_from(["39.3 t CO₂e", "≥ 71 g CO₂e", "not reported", "1 234.5 kg CO₂e"]),
    basis=st.sampled_from(["measured", "estimated", "assumed", "not reported"]),
)
def test_the_texts_of_a_badge_keep_to_their_sides(scope: str, figure: str, basis: str) -> None:
    words = badgewords.Badge(scope, basis, figure)  # type: ignore[arg-type]

    drawn = layout.texts(badge.draw(words, letters="live"))

    width, height = layout.size(badge.draw(words))
    assert all(box.left >= 5 and box.right <= width - 5 for box in drawn)
    assert all(box.top >= 2 and box.bottom <= height - 2 for box in drawn)
    assert all(one.right + 10 < other.left for one, other in pairwise(drawn))
