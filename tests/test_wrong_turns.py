"""What people do who have read only the README: nothing is lost, and they are told the way."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from carbonlabel import cli
from tests.conftest import Outcome, Run


@pytest.fixture
def kept(carbonlabel: Run, example: Path, tmp_path: Path) -> Path:
    """The disclosure of the example."""
    file = tmp_path / "carbon.json"
    assert carbonlabel("assess", example, "--region", "FR", "-o", file).status == 0
    return file


@pytest.fixture
def log(example: Path, tmp_path: Path) -> Path:
    """A log of one's own, that may be lost."""
    file = tmp_path / "emissions.csv"
    file.write_bytes(example.read_bytes())
    return file


@pytest.mark.parametrize("flag", ["--fail-on", "--noise"])
def test_fifteen_is_not_taken_for_fifteen_times(carbonlabel: Run, kept: Path, flag: str) -> None:
    done = carbonlabel("check", kept, "--baseline", kept, flag, "15")

    assert done.status == 3
    assert "write 15%" in done.err
    assert carbonlabel("check", kept, "--baseline", kept, flag, "150%").status == 0
    assert carbonlabel("check", kept, "--baseline", kept, flag, "0.15").status == 0


def test_two_documents_in_one_file_are_refused(
    carbonlabel: Run, kept: Path, tmp_path: Path
) -> None:
    done = carbonlabel(
        "render", kept, "-t", f"svg={tmp_path}/label", "-t", f"png={tmp_path}/./label"
    )

    assert done.status == 2
    assert "svg and png would both be written" in done.err
    assert not (tmp_path / "label").exists()


def test_two_documents_may_go_to_one_device(carbonlabel: Run, kept: Path) -> None:
    done = carbonlabel("render", kept, "-t", f"svg={os.devnull}", "-t", f"markdown={os.devnull}")

    assert done.status == 0


def test_a_document_without_a_name_behind_its_sign_is_refused(carbonlabel: Run, kept: Path) -> None:
    done = carbonlabel("render", kept, "-t", "svg=")

    assert done.status == 2
    assert "-t svg= names no file" in done.err


@pytest.mark.parametrize(
    ("name", "way"),
    [("report.pdf", "-t pdf -o report.pdf"), ("label.svg", "-t svg -o label.svg")],
)
def test_a_folder_that_is_called_as_a_document_is_not_made(
    carbonlabel: Run, kept: Path, tmp_path: Path, name: str, way: str
) -> None:
    done = carbonlabel("render", kept, "-o", name, cwd=tmp_path)

    assert done.status == 2
    assert way in done.err
    assert not (tmp_path / name).exists()


def test_a_folder_of_such_a_name_that_is_there_is_taken(
    carbonlabel: Run, kept: Path, tmp_path: Path
) -> None:
    (tmp_path / "old.md").mkdir()

    assert carbonlabel("render", kept, "-o", tmp_path / "old.md").status == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("label", "{log}", "-t", "csv={log}"),
        ("assess", "{log}", "-o", "{log}"),
        ("collect", "{log}", "-o", "{log}"),
        ("label", "{log}", "-o", "{log}"),
    ],
)
def test_a_log_is_never_written_over(
    carbonlabel: Run, log: Path, arguments: tuple[str, ...]
) -> None:
    before = log.read_bytes()

    done = carbonlabel(*(each.format(log=log) for each in arguments))

    assert done.status == 2
    assert log.read_bytes() == before


def test_the_version_for_the_public_does_not_replace_the_whole_disclosure(
    carbonlabel: Run, kept: Path
) -> None:
    before = kept.read_bytes()

    done = carbonlabel("render", kept, "--profile", "public", "-o", kept.parent)

    assert done.status == 2
    assert kept.read_bytes() == before
    assert carbonlabel("render", kept, "-o", kept.parent).status == 0
    assert kept.read_bytes() == before


def test_a_folder_that_is_not_there_is_said_with_what_makes_it(
    carbonlabel: Run, kept: Path, tmp_path: Path
) -> None:
    done = carbonlabel("render", kept, "-t", f"svg={tmp_path}/no folder/label.svg")

    assert done.status == 3
    assert f"mkdir -p '{tmp_path}/no folder'" in done.err


def test_a_file_where_a_folder_is_needed_is_said(
    carbonlabel: Run, kept: Path, tmp_path: Path
) -> None:
    (tmp_path / "plain").write_text("mine")

    assert "plain is a file" in carbonlabel("render", kept, "-o", tmp_path / "plain").err
    below = carbonlabel("render", kept, "-o", tmp_path / "plain" / "below")
    assert below.status == 3
    assert "a folder is needed" in below.err
    over = carbonlabel("render", kept, "-t", f"svg={tmp_path}")
    assert "a folder of this name is there" in over.err


@pytest.mark.parametrize("verb", ["check", "explain", "verify"])
def test_a_log_in_place_of_a_disclosure_is_told_what_makes_one(
    carbonlabel: Run, example: Path, verb: str
) -> None:
    done = carbonlabel(verb, example)

    assert done.status == 3
    assert "carbonlabel assess LOG" in done.err
    assert "cut off" not in done.err


def test_no_disclosure_at_all_is_said_to_be_empty(carbonlabel: Run) -> None:
    done = carbonlabel("check", stdin=b"\n")

    assert done.status == 3
    assert "it is empty" in done.err


def test_a_project_in_place_of_a_disclosure_is_told_what_makes_one(
    carbonlabel: Run, log: Path, tmp_path: Path
) -> None:
    assert carbonlabel("collect", log, "-o", tmp_path / "project.json").status == 0

    done = carbonlabel("check", tmp_path / "project.json")

    assert done.status == 3
    assert "it is a project: `carbonlabel assess`" in done.err


def test_a_disclosure_in_place_of_a_log_is_told_who_takes_it(carbonlabel: Run, kept: Path) -> None:
    done = carbonlabel("label", kept)

    assert done.status == 3
    assert "it is a disclosure: carbonlabel render" in done.err


def test_a_packed_log_is_told_from_an_unknown_one(carbonlabel: Run, tmp_path: Path) -> None:
    (tmp_path / "emissions.csv.gz").write_bytes(b"\x1f\x8b\x08\x00" + bytes(20))

    assert "unpack it first" in carbonlabel("label", tmp_path / "emissions.csv.gz").err


@pytest.mark.parametrize("verb", ["lint", "read"])
@pytest.mark.parametrize("name", ["carbon.json", "emissions.csv", "report.PDF"])
def test_what_is_no_card_is_not_called_clean(
    carbonlabel: Run, tmp_path: Path, verb: str, name: str
) -> None:
    (tmp_path / name).write_text("{}")

    done = carbonlabel(verb, tmp_path / name)

    assert done.status == 3
    assert "is no model card" in done.err


def test_a_name_that_is_nearly_there_is_proposed(carbonlabel: Run, log: Path) -> None:
    done = carbonlabel("label", log.with_name("emisions.csv"))

    assert done.status == 3
    assert "did you mean emissions.csv?" in done.err
    assert "there is no folder" in carbonlabel("label", log.parent / "nowhere" / "e.csv").err


def test_a_slip_in_a_phase_is_answered_as_people_write_it(carbonlabel: Run, example: Path) -> None:
    done = carbonlabel("assess", example, "--phase", "fine-tunning")

    assert "did you mean fine-tuning?" in done.err


@pytest.mark.parametrize(
    "address", ["https://huggingface.co/acme/tiny", "huggingface.co/acme/tiny", "hf:acme/tiny"]
)
def test_an_address_is_no_name_of_a_model(carbonlabel: Run, example: Path, address: str) -> None:
    done = carbonlabel("assess", example, "--model", address)

    assert done.status == 2
    assert "--model acme/tiny" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_a_name_that_is_no_text_is_told_and_not_a_fault(carbonlabel: Run, log: Path) -> None:
    odd = log.with_name(os.fsdecode(b"em\xff.csv"))
    log.rename(odd)

    done = carbonlabel("assess", odd)
    named = carbonlabel("assess", odd, "--model", os.fsdecode(b"acme/\xff"))

    assert done.status == 0
    assert rb"em\\xff.csv" in done.out
    assert named.status == 2
    assert "--model" in named.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_with_a_name_is_read_once_and_whole(
    carbonlabel: Run, example: Path, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    threading.Thread(target=pipe.write_bytes, args=(example.read_bytes(),), daemon=True).start()

    done = carbonlabel("assess", pipe)

    assert done.status == 0
    assert "Read 1 run from pipe" in done.err


def test_standard_input_is_named_once(carbonlabel: Run, example: Path) -> None:
    done = carbonlabel("assess", "-", "-", stdin=example.read_bytes())

    assert done.status == 2


def test_an_option_that_changes_nothing_in_the_terminal_is_refused(
    carbonlabel: Run, example: Path
) -> None:
    done = carbonlabel("label", example, "--scale", "3")

    assert done.status == 2
    assert "--scale changes nothing in terminal" in done.err
    assert carbonlabel("label", example, "--language", "fr").status == 0


def test_an_unknown_provider_is_answered_with_those_that_are_known(carbonlabel: Run) -> None:
    done = carbonlabel("regions", "--near", "FR", "--provider", "gogle")

    assert done.status == 4
    assert "one of aws, azure" in done.err


def _closed(ends: str, *arguments: object) -> Outcome:
    """Run the program with ends closed, as cron and daemons may."""
    line = f'exec "$@" {ends}'
    done = subprocess.run(
        ["/bin/sh", "-c", line, "sh", sys.executable, "-m", "carbonlabel", *map(str, arguments)],
        capture_output=True,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr.decode())


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_closed_ends_are_no_fault_of_ours(example: Path, tmp_path: Path) -> None:
    assert _closed("2>&-", "label", example).status == 0
    assert _closed("2>&-", "label", "nowhere.csv").status == 3
    assert _closed(">&-", "assess", example, "-o", tmp_path / "carbon.json").status == 0
    unwritten = _closed(">&-", "assess", example)
    assert unwritten.status == 3
    assert "it is closed" in unwritten.err
    unread = _closed("<&-", "assess", "-")
    assert unread.status == 3
    assert "the file is empty" in unread.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux's full disk")
def test_where_nothing_can_be_said_the_work_is_done(example: Path) -> None:
    done = _closed("2>/dev/full", "label", example)

    assert done.status == 0
    assert "Carbon Facts" in done.out.decode()


def test_ends_that_are_open_stay(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema", "runs"]) == 0
    assert capsys.readouterr().out


def test_a_list_of_cards_that_is_not_there_is_said_to_be_missing(
    carbonlabel: Run, tmp_path: Path
) -> None:
    (tmp_path / "repos.txt").write_text("acme/tiny\n")

    done = carbonlabel("push", "--list", tmp_path / "repo.txt")
    odd = carbonlabel("push", "--list", tmp_path / "repos.txt")

    assert done.status == odd.status == 3
    assert "no such file" in done.err
    assert "did you mean repos.txt?" in done.err
    assert "repos.txt:1" in odd.err


def test_a_series_that_nobody_knows_is_told_how_ones_own_begins(
    carbonlabel: Run, tmp_path: Path
) -> None:
    (tmp_path / "grid.csv").write_text("datetime,gCO2e/kWh\n2026-11-03T00:00:00Z,50\n")

    done = carbonlabel("when", tmp_path / "grid.csv", "--hours", "1")
    header = done.err.partition("begins with ")[2].splitlines()[0]
    (tmp_path / "grid.csv").write_text(
        f"{header}\n2026-11-03T00:00:00Z,50\n2026-11-03T01:00:00Z,40\n"
    )

    assert done.status == 3
    assert carbonlabel("when", tmp_path / "grid.csv", "--hours", "1").status == 0


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="pipes have no names there")
def test_a_pipe_of_the_shell_is_cited_as_standard_input(example: Path) -> None:
    line = f'"{sys.executable}" -m carbonlabel assess <(cat "{example}")'

    done = subprocess.run(["bash", "-c", line], capture_output=True, check=False)

    assert done.returncode == 0
    assert b"Read 1 run from <stdin>" in done.stderr
