"""The command as a user meets it: what it prints, and its exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from carbonlabel.record.canonical import digest, dumps
from tests.conftest import Run
from tests.verification.conftest import PHASE, Made

TYPED = ("--model", "acme/demo-train", "--parameters", "67M", "--phase", PHASE)


@pytest.fixture
def kept(made: Made, tmp_path: Path) -> Path:
    for file in made.files:
        shutil.copy(file, tmp_path)
    path = tmp_path / "carbon.json"
    path.write_bytes(dumps(made.disclosure))
    return path


def test_everything_that_was_checked_is_a_line(carbonlabel: Run, made: Made, kept: Path) -> None:
    done = carbonlabel("verify", kept, *made.files, *TYPED)
    lines = done.out.decode().splitlines()

    assert done.status == 0
    assert lines[0] == f"carbon.json: acme/demo-train, digest {digest(made.disclosure)}"
    assert [line[:13].strip() for line in lines[1:5]] == [
        "✓ Figures",
        "✓ Factors",
        "✓ Files read",
        "✓ Assessment",
    ]
    assert lines[-1].startswith("Verified: every figure follows")
    assert not {"validated", "compliant"} & {*done.out.decode().lower().split()}


def test_a_changed_digit_is_shown_with_what_should_stand_there(
    carbonlabel: Run, kept: Path
) -> None:
    document = json.loads(kept.read_text("utf-8"))
    electricity = document["totals"]["electricity"]
    good = electricity["value"]
    electricity["value"] = round(good * 1.01, 9)
    kept.write_text(json.dumps(document), encoding="utf-8")
    done = carbonlabel("verify", kept, "--alone")
    told = done.out.decode()

    assert done.status == 1
    assert "✗ /totals/electricity: The figure is not what its formula gives, sum" in told
    assert f"expected {good:.7g}" in told
    assert told.splitlines()[-1].startswith("Not verified: ")


def test_without_anything_to_hold_texts_it_says_so(carbonlabel: Run, kept: Path) -> None:
    done = carbonlabel("verify", kept, "--alone")

    assert done.status == 0
    assert "Nothing holds the names, texts and given figures" in done.out.decode()


def test_quiet_says_only_what_does_not_follow(carbonlabel: Run, made: Made, kept: Path) -> None:
    good = carbonlabel("verify", kept, *made.files, *TYPED, "-q")
    bad = carbonlabel("verify", kept, "--digest", "0" * 12, "-q", "--alone")

    assert good.out == b""
    assert bad.out.decode().startswith("✗ The disclosure has another digest")


def test_json_holds_every_check(carbonlabel: Run, made: Made, kept: Path) -> None:
    done = carbonlabel("verify", kept, *made.files, *TYPED, "--json")
    told = json.loads(done.out)

    assert told["follows"] is True
    assert told["everything_checked"] is True
    assert told["digest"] == f"jcs-sha256={digest(made.disclosure)}"
    assert told["counts"]["do_not_follow"] == 0
    assert {each["group"] for each in told["checks"]} == {
        "figures",
        "factors",
        "inputs",
        "assessment",
    }
    assert all(each["holds"] == "follows" for each in told["checks"])


def test_a_disclosure_may_come_through_a_pipe(carbonlabel: Run, made: Made) -> None:
    done = carbonlabel("verify", "-", *made.files, *TYPED, stdin=dumps(made.disclosure))

    assert done.status == 0
    assert "Verified" in done.out.decode()


def test_what_cannot_be_read_is_exit_3(carbonlabel: Run, tmp_path: Path) -> None:
    (tmp_path / "carbon.json").write_text("{", encoding="utf-8")
    for name in ("carbon.json", "nothing.json", "nothing.pdf", "nothing.md"):
        assert carbonlabel("verify", tmp_path / name).status == 3


def test_a_project_is_told_to_be_none(carbonlabel: Run) -> None:
    project = Path(__file__).parents[1] / "samples" / "project" / "project.json"

    assert carbonlabel("verify", project).status == 3


def test_what_was_typed_is_taken_in_every_form(
    carbonlabel: Run, tmp_path: Path, made: Made
) -> None:
    typed = ("--region", "FR", "--pue", "1.1", "--model", "a/b", "--active-parameters", "1M")
    work = ("--tokens", "3M", "--mfu", "40%")
    kept = tmp_path / "carbon.json"
    log = made.files[0]
    carbonlabel("assess", log, *typed, *work, "-o", kept)

    assert "Verified" in carbonlabel("verify", kept, log, *typed, *work).out.decode()
    without = carbonlabel("verify", kept, log).out.decode()
    assert "No file says the region" in without
    assert "No file says the work" in without


def test_explain_tells_the_lines_of_a_log_that_is_named_or_lies_beside(
    carbonlabel: Run, made: Made, kept: Path, tmp_path: Path
) -> None:
    place = "/activities/0/parts/1/energy"
    apart = tmp_path / "apart"
    apart.mkdir()
    moved = Path(shutil.copy(kept, apart))

    assert "emissions.csv:2: 0.00" in carbonlabel("explain", kept, place).out.decode()
    assert "emissions.csv:2" not in carbonlabel("explain", moved, place).out.decode()
    named = carbonlabel("explain", moved, place, made.files[0])
    assert "emissions.csv:2: 0.00" in named.out.decode()
    headline = carbonlabel("explain", moved, made.files[0], cwd=tmp_path)
    assert headline.out.decode().startswith("/totals/emissions")


def test_explain_refuses_a_log_that_the_disclosure_was_not_made_from(
    carbonlabel: Run, kept: Path
) -> None:
    done = carbonlabel("explain", kept, "/totals/emissions", Path(__file__))

    assert done.status == 3
    assert "was not made from this file" in done.err
