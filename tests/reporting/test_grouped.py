"""What a person reads at a terminal: gravest first, the same things together."""

from __future__ import annotations

from carbonlabel.reporting.entry import Entry
from carbonlabel.reporting.grouped import grouped


def entry(severity: str, pointer: str = "/a", **more: object) -> Entry:
    told = {"file": "carbon.json", "code": "sum-mismatch", "message": "It is not the sum."}
    return Entry(**{**told, "severity": severity, "pointer": pointer, **more})  # type: ignore[arg-type]


def test_errors_come_first_under_their_heading() -> None:
    text = grouped([entry("note"), entry("warning"), entry("error")])

    assert [line for line in text.splitlines() if line and line[0] != " "] == [
        "Errors",
        "Warnings",
        "Notes",
    ]


def test_nothing_found_is_no_text() -> None:
    assert grouped([]) == ""


def test_the_same_thing_at_several_places_is_said_once() -> None:
    text = grouped([entry("error", f"/a/{number}") for number in range(5)])

    assert text.count("It is not the sum.") == 1
    assert "/a/0, /a/1, /a/2 and 2 more" in text


def test_found_and_expected_stand_below_each_other() -> None:
    text = grouped([entry("error", found="1 g", expected="2 g = 1 g + 1 g", suggestion="mend it")])

    assert text == (
        "Errors\n"
        "  sum-mismatch\n"
        "    at        /a\n"
        "    It is not the sum.\n"
        "    found     1 g\n"
        "    expected  2 g = 1 g + 1 g\n"
        "    to do     mend it\n"
    )


def test_a_place_in_a_card_is_its_line() -> None:
    text = grouped([entry("error", file="README.md", line=3, column=14)])

    assert "at        README.md:3:14" in text


def test_what_is_waived_comes_last_with_who_answers_for_it() -> None:
    told = "by Jane Doe until 2027-01-31: it is due"
    text = grouped([entry("note", waived=told, suggestion="never shown"), entry("note")])

    assert text.index("Notes") < text.index("Waived")
    assert f"waived    {told}" in text
    assert "never shown" not in text


def test_lines_fit_a_terminal_of_80_columns() -> None:
    long = " ".join(["word"] * 60)
    text = grouped([entry("error", message=long, expected=long, clauses=("one", "two " * 40))])

    assert max(map(len, text.splitlines())) <= 80


def test_a_foreign_name_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in grouped([entry("error", found="\x1b[2J", message="\x1b]0;x\x07")])
