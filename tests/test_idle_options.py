"""An option that changes none of the documents is refused, not passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel.cli import main

STATE = str(Path(__file__).parent / "samples" / "states" / "complete.json")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit):
        main(["render", STATE, "-q", *arguments])
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("flags", "why"),
    [
        (["--scale", "3", "-t", "svg"], "--scale changes nothing in svg; it is for png"),
        (
            ["--theme", "dark", "-t", "badge"],
            "--theme changes nothing in badge; it is for svg, png",
        ),
        (["--scope", "total", "-t", "svg"], "--scope changes nothing in svg; it is for badge"),
        (["--scale", "1", "-t", "social"], "--scale changes nothing in social; it is for png"),
        (["--fonts", "machine", "-t", "svg-dark"], "--fonts changes nothing in svg-dark"),
        (["--template", ".", "-t", "svg"], "--template changes nothing in svg"),
    ],
)
def test_what_changes_nothing_is_refused(
    capsys: pytest.CaptureFixture[str], flags: list[str], why: str
) -> None:
    assert why in refused(capsys, *flags)


def test_one_document_that_heeds_it_is_enough(tmp_path: Path) -> None:
    png, svg = tmp_path / "a.png", tmp_path / "a.svg"

    assert (
        main(["render", STATE, "-q", "--scale", "3", "-t", f"png={png}", "-t", f"svg={svg}"]) == 0
    )
    assert png.read_bytes()[16:20] == (3 * 360).to_bytes(4)


def test_the_usual_choice_may_be_said_of_anything(tmp_path: Path) -> None:
    kept = tmp_path / "a.svg"

    assert (
        main(["render", STATE, "-q", "--scale", "2", "--theme", "light", "-t", f"svg={kept}"]) == 0
    )
