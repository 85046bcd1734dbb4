"""Nobody who logs honestly is told that his figures are wrong, or drowns in warnings."""

from __future__ import annotations

from pathlib import Path

import pytest

import carbonlabel
from carbonlabel.checks import check, findings
from carbonlabel.errors import CarbonLabelError
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.record.keeping import load

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "samples"
LOGS = [
    path
    for path in (*sorted(SAMPLES.rglob("*")), *sorted((ROOT / "examples").rglob("*")))
    if path.is_file() and not {"bad", "grid", "disclosures", "states"} & set(path.parts)
]
MOST_WARNINGS = 4


def assessed(region: str | None) -> list[tuple[Path, Disclosure]]:
    found = []
    for path in LOGS:
        try:
            runs = carbonlabel.read(path)
            found.append((path, carbonlabel.assess(runs, region=region)))
        except CarbonLabelError:
            continue
    return found


@pytest.mark.parametrize("region", [None, "FR", "gcp/europe-west1"])
def test_no_sample_log_gets_an_error_that_its_reader_did_not_see(region: str | None) -> None:
    made = assessed(region)

    assert len(made) > 100
    for path, disclosure in made:
        seen = {(each.code, each.place) for each in disclosure.findings}
        wrong = [
            each
            for each in findings(disclosure)
            if each.severity == "error" and (each.code, each.place) not in seen
        ]
        assert not wrong, path


def test_a_sample_log_gets_few_warnings() -> None:
    for path, disclosure in assessed("FR"):
        told = {each.code for each in check(disclosure) if each.severity == "warning"}
        assert len(told) <= MOST_WARNINGS, (path, told)


@pytest.mark.parametrize("path", sorted((SAMPLES / "disclosures").glob("*.json")), ids=str)
def test_the_worked_disclosures_break_no_rule(path: Path) -> None:
    told = [each for each in check(load(path.read_bytes())) if each.severity == "error"]

    assert not told
