"""The command as a user meets it: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carbonlabel import dump
from tests.comparison.conftest import Made
from tests.conftest import Run

SET = {"compare.json", "COMPARE.md", "compare.html", "strip.svg", "strip-dark.svg", "strip.png"}


@pytest.fixture
def kept(made: Made, tmp_path: Path) -> Path:
    for name, energy, phase in (
        ("one", 10, "fine-tuning"),
        ("two", 40, "fine-tuning"),
        ("other", 40, "pre-training"),
    ):
        (tmp_path / f"{name}.json").write_bytes(dump(made(f"a/{name}", energy, phase=phase)))
    return tmp_path


def test_what_compares_is_told_with_status_0(carbonlabel: Run, kept: Path) -> None:
    done = carbonlabel("compare", "one.json", "two.json", cwd=kept)

    assert done.status == 0
    assert "4.0 times one" in done.out.decode()
    assert "one.json" in done.out.decode()


def test_what_does_not_compare_is_told_why_with_status_1(carbonlabel: Run, kept: Path) -> None:
    strip = kept / "strip.svg"
    done = carbonlabel("compare", kept / "one.json", kept / "other.json", "-t", f"svg={strip}")

    assert done.status == 1
    assert "Not comparable, because" in done.out.decode()
    assert "Drew no strip: nothing compares." in done.err
    assert not strip.exists()


def test_a_folder_gets_every_form(carbonlabel: Run, kept: Path) -> None:
    out = kept / "out" / "deep"
    done = carbonlabel("compare", kept / "one.json", kept / "two.json", "-q", "-o", out)

    assert done.status == 0
    assert done.out == b""
    assert {path.name for path in out.iterdir()} == SET


def test_of_what_does_not_compare_a_folder_gets_the_reasons(carbonlabel: Run, kept: Path) -> None:
    out = kept / "out"
    done = carbonlabel("compare", kept / "one.json", kept / "other.json", "-q", "-o", out)

    assert done.status == 1
    assert {path.name for path in out.iterdir()} == {"compare.json", "COMPARE.md", "compare.html"}


def test_a_disclosure_may_come_from_a_pipe(carbonlabel: Run, kept: Path) -> None:
    content = (kept / "two.json").read_bytes()
    done = carbonlabel("compare", kept / "one.json", "-", "-t", "json", stdin=content)

    assert done.status == 0
    assert json.loads(done.out)["sides"][1]["name"] == "a/two"


def test_the_others_are_measured_by_mine(carbonlabel: Run, kept: Path) -> None:
    one, two = kept / "one.json", kept / "two.json"
    done = carbonlabel("compare", one, two, "--mine", two, "--my-region", "FR", "--year", 2023)

    assert done.status == 0
    assert "0.25 times two" in done.out.decode()
    assert "All electricity at the grid of France, 2023" in done.out.decode()


def test_every_document_is_in_the_language_that_is_asked_for(carbonlabel: Run, kept: Path) -> None:
    out = kept / "out"
    sides = (kept / "one.json", kept / "two.json")
    done = carbonlabel("compare", *sides, "--language", "fr", "-o", out)

    assert done.status == 0
    assert "Valeurs carbone comparées" in done.out.decode()
    assert '<html lang="fr">' in (out / "compare.html").read_text("utf-8")
    assert "Par rapport à one" in (out / "COMPARE.md").read_text("utf-8")
    assert "Électricité de l’entraînement" in (out / "strip.svg").read_text("utf-8")
    assert json.loads((out / "compare.json").read_bytes())["verdict"] == "comparable"


def test_what_does_not_compare_is_told_why_in_the_language(carbonlabel: Run, kept: Path) -> None:
    sides = (kept / "one.json", kept / "other.json")
    done = carbonlabel("compare", *sides, "--language", "de", "-t", "markdown")

    assert done.status == 1
    assert "Nicht vergleichbar, denn" in done.out.decode()
    assert "Feinabstimmung" in done.out.decode()


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--language", "tlh"), "invalid choice"),
        (("--mine", "three.json"), "none of what is compared"),
        (("--year", "2023"), "--my-region, which is not given"),
        (("-t", "docx"), "a comparison is one of"),
        (("-t", "json", "-t", "svg"), "only one form fits"),
    ],
)
def test_wrong_usage_is_said(
    carbonlabel: Run, kept: Path, flags: tuple[str, ...], said: str
) -> None:
    done = carbonlabel("compare", kept / "one.json", kept / "two.json", *flags)

    assert done.status == 2
    assert said in done.err


@pytest.mark.parametrize(
    ("files", "flags", "status"),
    [
        (("one.json",), (), 3),
        (("one.json", "nothing.json"), (), 3),
        (("one.json", "two.json"), ("--queries", "some"), 3),
        (("one.json", "two.json"), ("-t", "svg", "--figure", "use/energy"), 3),
        (("one.json", "two.json"), ("-o", "one.json"), 3),
        (("one.json", "two.json"), ("--my-region", "XX"), 4),
    ],
)
def test_errors_are_those_of_every_command(
    carbonlabel: Run, kept: Path, files: tuple[str, ...], flags: tuple[str, ...], status: int
) -> None:
    done = carbonlabel("compare", *files, *flags, cwd=kept)

    assert done.status == status
    assert "error[" in done.err
