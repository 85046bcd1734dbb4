"""The report as a person asks for it on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run

SAMPLE = Path(__file__).parents[2] / "samples" / "disclosures" / "carbon-two-gpus.json"


def test_a_recipient_without_a_regulators_report_is_refused(carbonlabel: Run) -> None:
    refused = carbonlabel("render", SAMPLE, "-t", "html", "--recipient", "aio")

    assert refused.status == 2
    assert "say --profile regulator too" in refused.err
    assert refused.out == b""


@pytest.mark.parametrize(
    "looks",
    [
        ("--profile", "public"),
        ("--profile", "regulator"),
        ("--profile", "regulator", "--recipient", "nca"),
    ],
    ids=" ".join,
)
def test_a_folder_of_documents_for_any_reader_verifies(
    carbonlabel: Run, tmp_path: Path, looks: tuple[str, ...]
) -> None:
    made = carbonlabel("render", SAMPLE, "-o", tmp_path / "out", *looks)
    found = carbonlabel("verify", tmp_path / "out" / "carbon.json")

    assert made.status == 0, made.err
    assert found.status == 0, found.out.decode()
    assert "report.html" in found.out.decode()


def test_the_public_folder_holds_no_name_of_a_file(carbonlabel: Run, tmp_path: Path) -> None:
    carbonlabel("render", SAMPLE, "-o", tmp_path / "out", "--profile", "public")

    for each in (tmp_path / "out").iterdir():
        assert b"carbontracker.log" not in each.read_bytes(), each.name
        assert b"Example cluster" not in each.read_bytes(), each.name
