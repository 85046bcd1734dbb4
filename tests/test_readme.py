"""The front page: its pictures are what the program draws, and its commands are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import carbonlabel
from carbonlabel.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARGUMENTS = ("--model", "acme/tiny-gpt", "--parameters", "1.9M", "--phase", "pre-training")


@pytest.mark.parametrize(("form", "file"), [("svg", "label.svg"), ("svg-dark", "label-dark.svg")])
def test_the_picture_is_the_label_of_the_example(
    form: str, file: str, example: Path, tmp_path: Path
) -> None:
    drawn = tmp_path / file

    assert main(["label", str(example), *ARGUMENTS, "-q", "-t", f"{form}={drawn}"]) == 0

    shown = ROOT / "docs" / "images" / file
    assert shown.read_bytes() == drawn.read_bytes(), "make pictures, and look at them"


def test_every_command_of_the_front_page_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    verbs = set(re.findall(r"carbonlabel ([a-z]+) ", README))

    for verb in verbs:
        with pytest.raises(SystemExit) as done:
            main([verb, "--help"])
        assert done.value.code == 0
    assert "label" in verbs
    assert capsys.readouterr().err == ""


def test_every_file_that_the_front_page_points_at_is_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)|srcset=\"([^\"]+)\"", README):
        assert (ROOT / "".join(target)).exists(), target


def test_the_names_of_the_front_page_are_public() -> None:
    for name in re.findall(r"carbonlabel\.([a-z]+)\(", README):
        assert name in carbonlabel.__all__
