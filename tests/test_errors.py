"""Errors are read at a terminal, and may quote what a stranger wrote."""

from __future__ import annotations

import pytest

from carbonlabel.errors import MalformedInput


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("\x1b[2J", r"\x1b[2J"),
        ("one\ntwo", r"one\ntwo"),
        ("\u202eevil", r"\u202eevil"),
        ("\u2028", r"\u2028"),
        ("\udc80", r"\udc80"),
        ("naïve – CO₂e €", "naïve – CO₂e €"),
    ],
)
def test_foreign_text_in_an_error_cannot_command_the_terminal(foreign: str, shown: str) -> None:
    bad = MalformedInput(f"no {foreign}", where=f"{foreign}.csv:1", hint=f"not {foreign}")

    assert (bad.message, bad.where, bad.hint) == (f"no {shown}", f"{shown}.csv:1", f"not {shown}")
    assert str(bad) == f"{shown}.csv:1: no {shown} (not {shown})"


def test_an_error_stays_short_whatever_it_quotes() -> None:
    assert len(str(MalformedInput("x" * 10**6))) < 2_100
