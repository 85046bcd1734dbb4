"""The label that a person sees fits the terminal that shows it."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from carbonlabel.cli import main
from carbonlabel.commands import lettering

LOG = str(Path(__file__).parents[1] / "examples" / "emissions.csv")


class Screen(io.TextIOWrapper):
    """A terminal that has a few columns and an encoding."""

    def isatty(self) -> bool:
        return True


def seen(monkeypatch: pytest.MonkeyPatch, encoding: str, columns: int, *flags: str) -> str:
    """What `label` prints on such a terminal."""
    screen = Screen(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("COLUMNS", str(columns))
    assert main(["label", LOG, "--model", "é/Łódź-模", *flags]) == 0
    return screen.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize(("columns", "width"), [(30, 40), (45, 45), (58, 58), (200, 58)])
def test_it_is_as_wide_as_the_terminal_allows(
    monkeypatch: pytest.MonkeyPatch, columns: int, width: int
) -> None:
    first, *_ = seen(monkeypatch, "utf-8", columns).splitlines()

    assert first == "━" * width


def test_in_ascii_it_keeps_its_columns_and_says_every_basis(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wide, plain = (seen(monkeypatch, encoding, 58) for encoding in ("utf-8", "ascii"))

    assert plain.isascii()
    assert "  e/?odz-?\n" in plain
    assert "mg CO2e" in plain
    assert "+ estimated" in plain
    rows = [line for line in wide.splitlines() if "模" not in line]
    assert [*map(len, rows)] == [len(line) for line in plain.splitlines() if "odz" not in line]


def test_letters_that_can_be_shown_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "  é/?ódz-?\n" in seen(monkeypatch, "latin-1", 58)


def test_what_is_no_terminal_gets_the_whole_label(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")

    assert lettering.columns() == 58
    assert main(["label", LOG]) == 0
    assert capfdbinary.readouterr().out.decode().startswith("━" * 58 + os.linesep)


def test_a_document_is_the_same_on_every_terminal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = tmp_path / "label.txt"

    seen(monkeypatch, "ascii", 40, "-t", f"terminal={kept}")

    assert kept.read_text("utf-8").startswith("━" * 58 + "\n")
