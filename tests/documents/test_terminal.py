from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.documents.terminal import renderer
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Verified
from carbonlabel.plugins import Options

GOLD = Path(__file__).parents[1] / "gold"
Statement = Callable[..., Disclosure]
Grams = Callable[..., object]
MISSING = {"missing": "not-stated", "reason": "nobody said so"}


def drawn(disclosure: Disclosure) -> str:
    return renderer.render(disclosure, Options()).decode()


def columns(line: str) -> int:
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in line)
    return len(line) + wide - sum(bool(unicodedata.combining(letter)) for letter in line)


@pytest.mark.parametrize("name", ["demo", "two_gpus"])
def test_the_label_is_the_one_that_was_signed_off(
    name: str, request: pytest.FixtureRequest
) -> None:
    gold = (GOLD / f"terminal-{name.replace('_', '-')}.txt").read_bytes()

    assert renderer.render(request.getfixturevalue(name), Options()) == gold


def test_no_line_is_wider_than_58_columns(demo: Disclosure, two_gpus: Disclosure) -> None:
    for disclosure in (demo, two_gpus):
        assert max(map(columns, drawn(disclosure).splitlines())) == 58


@pytest.mark.parametrize(
    "name", ["組織/" + "模型" * 40, "organisation/" + "x" * 300, "e\u0301" * 70, "a " * 90]
)
def test_wide_and_long_names_are_broken_inside_the_frame(demo: Disclosure, name: str) -> None:
    named = demo.model_copy(update={"subject": demo.subject.model_copy(update={"model": name})})

    assert max(map(columns, drawn(named).splitlines())) == 58


def test_nothing_that_a_terminal_obeys_is_printed(demo: Disclosure) -> None:
    evil = demo.subject.model_copy(update={"model": "x\x1b]0;owned\x07\x9b31m\r\n\u202ey"})

    text = drawn(demo.model_copy(update={"subject": evil}))

    kinds = {unicodedata.category(letter) for letter in text.replace("\n", "")}
    assert not kinds & {"Cc", "Cf", "Zl", "Zp"}
    assert "\u00a0" not in text


def test_what_is_not_reported_has_a_dash(statement: Statement) -> None:
    parts = {"host": MISSING, "overhead": MISSING, "manufacture": MISSING}

    text = drawn(
        statement(parts, totals__headline="not reported", totals__shares={}, totals__energy=MISSING)
    )

    assert "  Not reported                  –" in text
    assert "  Energy    not reported         Grid  41 g CO₂e/kWh" in text
    assert "  Quality   not reported" in text


def test_a_label_without_a_range_says_so(statement: Statement, grams: Grams) -> None:
    assert " no range  g CO₂e" in drawn(statement({"host": grams(25.0)}))


def test_a_long_grid_gets_a_line_of_its_own(statement: Statement, grams: Grams) -> None:
    text = drawn(
        statement(
            {"host": grams(25.0)},
            activities__0__region__intensity__high=41.45e12,
            activities__0__region__intensity__value=41.44e12,
        )
    )

    assert "\n  Grid      4" in text


def test_a_label_that_fails_a_check_says_so(statement: Statement, grams: Grams) -> None:
    error = {"code": "x", "severity": "error", "place": "/", "message": "More than rated. " * 9}

    text = drawn(statement({"host": grams(1.0)}, findings=[json.loads(json.dumps(error))]))

    assert "  Fails plausibility check: More than rated." in text
    assert max(map(columns, text.splitlines())) == 58


@pytest.mark.parametrize("width", [40, 45, 57])
def test_a_narrow_label_has_its_ranges_below_and_its_marks_explained(
    two_gpus: Disclosure, width: int
) -> None:
    text = renderer.render(two_gpus, Options(columns=width)).decode()

    lines = text.splitlines()
    assert max(map(columns, lines)) == width
    row = next(at for at, line in enumerate(lines) if line.startswith("  Electricity"))
    assert lines[row].split()[-1] in {"●", "◐", "○"}
    assert "–" in lines[row + 1]
    assert "assumed" in " ".join(lines[-5:])


@pytest.mark.parametrize(("asked", "given"), [(1, 40), (39, 40), (80, 58), (10**6, 58)])
def test_a_label_is_never_wider_than_itself_nor_too_narrow_to_read(
    demo: Disclosure, asked: int, given: int
) -> None:
    text = renderer.render(demo, Options(columns=asked)).decode()

    assert max(map(columns, text.splitlines())) == given


@settings(max_examples=60, deadline=None)
@given(value=st.floats(1e-9, 1e15), spread=st.floats(1, 50), width=st.integers(40, 58))
def test_no_amount_is_too_long_for_its_line(
    statement: Statement, grams: Grams, value: float, spread: float, width: int
) -> None:
    parts = {
        "host": grams(value, value / spread, value * spread),
        "overhead": grams(1.0, 0.5, 2.0),
        "manufacture": MISSING,
    }

    text = renderer.render(statement(parts), Options(columns=width)).decode()

    assert max(map(columns, text.splitlines())) <= width


def test_who_verified_it_stands_at_the_foot(demo: Disclosure) -> None:
    verified = Verified(by="Example Assurance", on=date(2026, 12, 1))

    text = drawn(demo.model_copy(update={"verified": verified}))

    assert "verified by Example Assurance" in " ".join(text.split())
    assert "eclared" not in drawn(demo)


def test_a_long_name_is_broken_behind_a_dash_and_keeps_its_size_whole(demo: Disclosure) -> None:
    subject = demo.subject.model_copy(
        update={"model": f"organisation/{'long-' * 11}name", "parameters": 70_600_000_000}
    )

    text = drawn(demo.model_copy(update={"subject": subject}))

    assert f"  organisation/{'long-' * 8}\n" in text
    assert "70.6 B parameters" in text


def test_the_quality_has_each_mark_before_its_share(two_gpus: Disclosure) -> None:
    (told,) = [line for line in drawn(two_gpus).splitlines() if line.startswith("  Quality")]

    assert re.search(r": ● \d+ %, ◐ \d+ %, ○ \d+ %$", told)


@pytest.mark.parametrize("columns_count", [40, 46, 50, 58])
def test_no_line_begins_with_a_sign_or_parts_a_number_from_it(
    two_gpus: Disclosure, columns_count: int
) -> None:
    text = renderer.render(two_gpus, Options(columns=columns_count)).decode()

    assert not re.search(r"^ *[·×%]|×$", text.split("━\n")[1], re.MULTILINE)
    assert not re.search(r"^ *%|\d$|[●◐○]$", text.partition("Quality")[2], re.MULTILINE)
