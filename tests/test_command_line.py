"""What the command line says to somebody who mistypes, in any terminal."""

from __future__ import annotations

import pytest

from tests.conftest import Run


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["lable", "x.csv"], "did you mean label?"),
        (["labels", "x.csv"], "did you mean label?"),
        (["label", "x.csv", "--reigon", "FR"], "did you mean --region?"),
        (["label", "x.csv", "--reigon=FR"], "did you mean --region?"),
        (["label", "x.csv", "--theme", "drak"], "did you mean dark?"),
        (["collect", "runs", "--overlap", "maxx"], "did you mean max?"),
        (["list", "format"], "did you mean formats?"),
        (["--vresion"], "did you mean --version?"),
    ],
)
def test_a_slip_is_answered_with_the_word_that_is_near(
    carbonlabel: Run, typed: list[str], meant: str
) -> None:
    done = carbonlabel(*typed)

    assert done.status == 2
    assert meant in done.err
    assert len(done.err.splitlines()) == 2


def test_where_nothing_is_near_all_choices_are_said(carbonlabel: Run) -> None:
    done = carbonlabel("label", "x.csv", "--language", "tlh")

    assert done.status == 2
    assert "(choose from en, fr, de, es)" in done.err


def test_wrong_usage_is_said_of_the_command_that_was_called(carbonlabel: Run) -> None:
    done = carbonlabel("render", "carbon.json")

    assert done.err.splitlines()[0].startswith("carbonlabel render: error: ")
    assert done.err.splitlines()[1] == "  carbonlabel render --help shows what there is"


def test_words_too_many_are_named(carbonlabel: Run) -> None:
    done = carbonlabel("render", "a.json", "b.json", "-t", "svg")

    assert done.status == 2
    assert "unrecognized arguments: b.json" in done.err


def test_what_is_missing_is_named_as_the_usage_names_it(carbonlabel: Run) -> None:
    done = carbonlabel("list")

    assert done.status == 2
    assert "{formats,documents,regions,devices}" in done.err


def test_a_word_that_would_steer_the_terminal_is_escaped(carbonlabel: Run) -> None:
    done = carbonlabel("label", "x.csv", "--\x1b[31m")

    assert done.status == 2
    assert "\x1b" not in done.err


@pytest.mark.parametrize("verb", ["label", "estimate", "assess", "render"])
def test_help_can_be_read_in_a_terminal_of_ascii(carbonlabel: Run, verb: str) -> None:
    done = carbonlabel(verb, "--help", PYTHONIOENCODING="ascii")

    assert (done.status, done.err) == (0, "")
    assert b"examples:" in done.out
    assert b"..." in done.out
