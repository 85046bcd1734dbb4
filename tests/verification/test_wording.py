"""A verification is told so that the cause of a fault comes first, and nothing is claimed."""

from __future__ import annotations

import json
from dataclasses import replace

from carbonlabel import Verification, verify
from carbonlabel.record.keeping import load
from carbonlabel.verification.wording import document, lines
from tests.verification.conftest import Made


def told(found: Verification, *, quiet: bool = False) -> list[str]:
    return list(lines(found, quiet=quiet))


def test_what_others_rest_on_comes_before_what_rests_on_it(made: Made) -> None:
    whole = made.whole
    whole["activities"][0]["region"]["intensity"]["value"] = 42.44
    faults = [line for line in told(verify(load(json.dumps(whole)))) if line.startswith("✗ /")]

    assert faults[0] == "✗ /activities/0/region/intensity: The factor is not in the table"
    assert faults[1].startswith("✗ /activities/0/parts/1/emissions: ")


def test_many_faults_are_counted_and_the_rest_left_to_json(made: Made) -> None:
    whole = made.whole
    for row in whole["activities"][0]["parts"]:
        row["emissions"].pop("formula", None)
        if "value" in row["emissions"]:
            row["emissions"]["source"] = "log"
    for total in ("emissions", "electricity", "manufacture", "energy"):
        whole["totals"][total]["basis"] = "measured"
    for each in whole["totals"]["doubt"]:
        each["share"] = 0.5
    found = verify(load(json.dumps(whole)))

    assert any(line.startswith("✗ and ") for line in told(found))
    wrong = sum(each.holds is False for each in found.checks)
    assert document(found)["counts"]["do_not_follow"] == wrong


def test_a_document_that_does_not_agree_is_named(made: Made) -> None:
    found = verify(made.folder / "carbon.json")
    other = Verification(
        found.name,
        found.disclosure,
        tuple(
            each if each.place != "LABEL.md" else replace(each, holds=False)
            for each in found.checks
        ),
    )
    (documents,) = (line for line in told(other) if "Documents" in line)

    assert documents.startswith("✗ Documents")
    assert documents.endswith("report.pdf print this digest; LABEL.md does not agree")


def test_one_document_is_one(made: Made) -> None:
    assert "✓ Documents  LABEL.md prints this digest" in told(verify(made.folder / "LABEL.md"))


def test_a_digest_that_was_given_is_a_line(made: Made) -> None:
    lines_ = told(verify(made.disclosure, digest=verify(made.disclosure).digest))

    assert "✓ Digest     the disclosure has the digest that was given" in lines_
    assert lines_[-1].startswith("Verified: ")


def test_what_was_not_checked_is_listed_to_a_limit(made: Made) -> None:
    whole = made.whole
    for number in range(20):
        whole["inputs"][f"log-{number + 2}"] = whole["inputs"]["log"] | {
            "file": f"{number}.csv",
            "sha256": f"{number:064d}",
        }
    lines_ = told(verify(load(json.dumps(whole))))

    assert "· /inputs/log-2: 0.csv was not given" in lines_
    assert any(line.startswith("· and ") for line in lines_)


def test_with_quiet_only_faults_are_told(made: Made) -> None:
    assert told(verify(made.disclosure), quiet=True) == []
    assert told(verify(made.disclosure, digest="0" * 12), quiet=True)[0].startswith("✗ ")


def test_nothing_is_called_validated_or_compliant(made: Made) -> None:
    for found in (verify(made.disclosure), verify(made.disclosure, made.files, told=made.told)):
        words = json.dumps(document(found)).lower() + " ".join(told(found)).lower()
        assert "validat" not in words
        assert "complian" not in words
