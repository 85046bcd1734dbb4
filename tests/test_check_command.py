"""`carbonlabel check` as a person and a pipeline use it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

import carbonlabel as library
from carbonlabel.record.keeping import load
from tests.conftest import Run

SAMPLES = Path(__file__).parent / "samples" / "disclosures"
CPU, GPU = SAMPLES / "carbon.json", SAMPLES / "carbon-two-gpus.json"
ON = ("--on", "2026-12-01")
WAIVERS = """\
waivers:
  - code: {code}
    author: Jane Doe
    reason: The operator publishes its PUE in March.
    expires: 2027-03-31
"""


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A disclosure whose total is a thousand times too small."""
    document = json.loads(GPU.read_text("utf-8"))
    document["totals"]["manufacture"] |= {"value": 6.27853881e-5, "low": 6e-5, "high": 7e-5}
    path = tmp_path / "carbon.json"
    path.write_text(json.dumps(document), "utf-8")
    return path


@pytest.fixture
def waivers(tmp_path: Path) -> Path:
    path = tmp_path / "waivers.yaml"
    path.write_text(WAIVERS.format(code="pue-not-stated"), "utf-8")
    return path


def test_a_sound_disclosure_passes(carbonlabel: Run) -> None:
    done = carbonlabel("check", GPU, *ON)

    assert done.status == 0
    assert done.out.decode().endswith("0 errors, 0 warnings, 1 note (publish profile)\n")


def test_an_error_fails_and_says_what_slipped(carbonlabel: Run, wrong: Path) -> None:
    done = carbonlabel("check", wrong, *ON)
    text = done.out.decode()

    assert done.status == 1
    assert text.startswith("Errors\n")
    assert "1000 times too small" in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 80


def test_warnings_fail_where_they_are_asked_to(carbonlabel: Run) -> None:
    assert carbonlabel("check", CPU, *ON).status == 0
    assert carbonlabel("check", CPU, *ON, "--strict").status == 1


def test_a_profile_weighs(carbonlabel: Run) -> None:
    assert carbonlabel("check", CPU, *ON, "--profile", "draft", "--strict").status == 0
    regulator = carbonlabel("check", CPU, *ON, "--profile", "regulator")

    assert regulator.status == 1
    assert "clauses   ISO/IEC 21031 (SCI): E, with PUE" in regulator.out.decode()


def test_quiet_leaves_errors_alone(carbonlabel: Run, wrong: Path) -> None:
    assert carbonlabel("check", CPU, *ON, "-q").out == b""
    assert b"sum-mismatch" in carbonlabel("check", wrong, *ON, "-q").out


def test_a_waived_finding_fails_no_check_and_stays_listed(carbonlabel: Run, waivers: Path) -> None:
    asked = ("check", CPU, "--profile", "regulator", "--waivers", waivers)
    done, late = carbonlabel(*asked, *ON), carbonlabel(*asked, "--on", "2027-04-01")

    assert "waived    by Jane Doe until 2027-03-31: The operator" in done.out.decode()
    assert "1 waived (regulator profile)" in done.out.decode()
    assert "pue-not-stated" not in done.out.decode().partition("Waived")[0]
    assert "has expired" in late.out.decode()
    assert "pue-not-stated" in late.out.decode().partition("Warnings")[0]


def test_json_holds_clauses_and_waivers(carbonlabel: Run, waivers: Path) -> None:
    for flag in ("--json", "--format=json"):
        told = json.loads(carbonlabel("check", CPU, *ON, flag, "--waivers", waivers).out)
        (finding,) = (each for each in told["findings"] if each["code"] == "pue-not-stated")

        assert finding["severity"] == "note"
        assert finding["waived"].startswith("by Jane Doe until 2027-03-31")
        assert finding["clauses"][0] == "ISO/IEC 21031 (SCI): E, with PUE"
        assert told["counts"]["error"] == 0


def test_sarif_lists_every_rule_and_suppresses_what_is_waived(
    carbonlabel: Run, waivers: Path
) -> None:
    done = carbonlabel("check", CPU, *ON, "--format", "sarif", "--waivers", waivers)
    run = json.loads(done.out)["runs"][0]
    (result,) = (each for each in run["results"] if each["ruleId"] == "pue-not-stated")

    assert {"sum-mismatch", "card-unit-slip", "report-stale"} <= {
        each["id"] for each in run["tool"]["driver"]["rules"]
    }
    # SARIF 2.1.0, 3.27.23 and 3.35
    assert [each["kind"] for each in result["suppressions"]] == ["external"]
    jsonschema.validate(result["suppressions"][0], {"required": ["kind", "justification"]})


def test_github_annotates_the_file(carbonlabel: Run) -> None:
    text = carbonlabel("check", CPU, *ON, "--format", "github").out.decode()

    assert re.search(r"^::warning file=.*carbon\.json,title=pue-not-stated::", text)


def test_findings_go_to_a_file(carbonlabel: Run, tmp_path: Path) -> None:
    target = tmp_path / "findings.sarif"
    done = carbonlabel("check", CPU, *ON, "--format", "sarif", "-o", target)

    assert done.out == b""
    assert json.loads(target.read_text("utf-8"))["version"] == "2.1.0"


def test_a_card_and_a_report_are_held_to_the_disclosure(carbonlabel: Run, tmp_path: Path) -> None:
    card = library.render(load(GPU.read_bytes()), "card")
    good, bad = tmp_path / "good.md", tmp_path / "README.md"
    good.write_bytes(card)
    bad.write_bytes(card.replace(b"emissions: 0.0556125", b"emissions: 55.6125"))

    assert carbonlabel("check", GPU, *ON, "--card", good).status == 0
    done = carbonlabel("check", GPU, *ON, "--card", good, "--card", bad)
    assert done.status == 1
    assert f"at        {bad}:3:14" in done.out.decode()
    assert "card-unit-slip" in done.out.decode()


def test_what_standards_ask_for_is_told_with_what_fills_it(carbonlabel: Run) -> None:
    text = carbonlabel("check", GPU, "--standards").out.decode()
    gpai = json.loads(carbonlabel("check", GPU, "--standard", "gpai", "--json").out)

    assert "  5/5  Hugging Face co2_eq_emissions" in text
    assert "no claim of compliance" in text
    assert max(map(len, text.splitlines())) <= 80
    # energy and its method, wall clock, hardware and period
    assert gpai["standards"][0]["answered"] == 5
    assert gpai["standards"][0]["missing"][0] == {
        "field": "training FLOP",
        "blocks": False,
        "fill": "--flop, or --tokens with --parameters",
    }


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--on", "yesterday"), 2, "no day"),
        (("--card", "nowhere.md"), 3, "no such file"),
        (("--waivers", "nowhere.yaml"), 3, "nowhere.yaml"),
        (("--standard", "gpia"), 3, "no standard"),
        (("--standards", "--format", "sarif"), 2, "no --format sarif"),
        (("--fail-on", "10%"), 2, "--fail-on does nothing without --baseline"),
        (("--noise", "5%"), 2, "--noise does nothing without --baseline"),
        (("--carbon", "--budget", "1 kWh"), 2, "--carbon does nothing without --baseline"),
        (("--upper",), 2, "--upper does nothing without --budget"),
    ],
)
def test_wrong_use_is_said(
    carbonlabel: Run, arguments: tuple[str, ...], status: int, said: str
) -> None:
    done = carbonlabel("check", GPU, *arguments)

    assert done.status == status
    assert said in done.err


def test_a_label_may_be_drawn_of_what_somebody_answers_for(
    carbonlabel: Run, tmp_path: Path
) -> None:
    stated = tmp_path / "manual.yaml"
    stated.write_text(
        "carbonlabel: runs\nruns:\n"
        "  - {energy: 230 MWh, reported: {emissions: 1 t, intensity: 351 g/kWh}}\n",
        "utf-8",
    )
    waived = tmp_path / "waivers.yaml"
    waived.write_text(
        WAIVERS.format(code="reported-emissions-mismatch").replace("2027", "2099"), "utf-8"
    )
    asked = ("label", stated, "--region", "FR", "-t", "markdown")

    assert carbonlabel(*asked).status == 3
    drawn = carbonlabel(*asked, "--waivers", waived)
    assert drawn.status == 0, drawn.err
    assert "1 finding waived by Jane Doe until 2099-03-31." in drawn.out.decode()
    waived.write_text(waived.read_text("utf-8").replace("2099", "2001"), "utf-8")
    assert carbonlabel(*asked, "--waivers", waived).status == 3


def test_an_assessment_keeps_its_waivers(carbonlabel: Run, example: Path, waivers: Path) -> None:
    made = carbonlabel("assess", example, "--region", "FR", "-q", "--waivers", waivers).out

    assert [each.author for each in load(made).waivers or ()] == ["Jane Doe"]
    checked = carbonlabel("check", *ON, stdin=made).out.decode()
    assert "1 waived (publish profile)" in checked
