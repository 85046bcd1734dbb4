"""The same entries in every form."""

from __future__ import annotations

import json

import jsonschema
import pytest

from carbonlabel.model.provenance import Finding
from carbonlabel.reporting import FORMS, Entry, RuleNote, entry_of, report, summary

SLIP = Entry(
    file="cards/a,b: 100 %.md",
    code="unit-slip-1000",
    severity="error",
    message="The figure is 1000 times too small.",
    line=3,
    column=14,
    end_column=17,
    expected="5600 g",
    found="5.6 g",
    suggestion="write 5600",
    fix="5600",
)
ABOUT = Entry(file="carbon.json", code="no-pue", severity="note", message="No PUE.", pointer="/a/0")

# Written by hand from the OASIS standard "SARIF Version 2.1.0", sections 3.13 to 3.57: what this
# program uses of it, with the properties that the standard requires there, and no others.
MESSAGE = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string"}},
    "additionalProperties": False,
}
ARTIFACT = {
    "type": "object",
    "required": ["uri"],
    "properties": {"uri": {"type": "string", "pattern": r"^[A-Za-z0-9/._~%-]+$"}},
    "additionalProperties": False,
}
REGION = {
    "type": "object",
    "required": ["startLine"],
    "properties": {
        each: {"type": "integer", "minimum": 1}
        for each in ("startLine", "startColumn", "endColumn")
    },
    "additionalProperties": False,
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
REPLACEMENT = {
    "type": "object",
    "required": ["deletedRegion"],
    "properties": {"deletedRegion": REGION, "insertedContent": MESSAGE},
    "additionalProperties": False,
}
CHANGE = {
    "type": "object",
    "required": ["artifactLocation", "replacements"],
    "properties": {
        "artifactLocation": ARTIFACT,
        "replacements": {"type": "array", "minItems": 1, "items": REPLACEMENT},
    },
    "additionalProperties": False,
}
RESULT = {
    "type": "object",
    "required": ["message", "ruleId", "level", "locations"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": MESSAGE,
        "locations": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "physicalLocation": {
                        "type": "object",
                        "required": ["artifactLocation"],
                        "properties": {"artifactLocation": ARTIFACT, "region": REGION},
                        "additionalProperties": False,
                    },
                    "logicalLocations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "fullyQualifiedName": {"type": "string"},
                                "kind": {"type": "string"},
                            },
                            "additionalProperties": False,
                        },
                    },
                },
                "additionalProperties": False,
            },
        },
        "fixes": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["artifactChanges"],
                "properties": {
                    "description": MESSAGE,
                    "artifactChanges": {"type": "array", "minItems": 1, "items": CHANGE},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
RULE = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "shortDescription": MESSAGE,
        "defaultConfiguration": {
            "type": "object",
            "properties": {"level": LEVEL},
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
LOG = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "name": {"type": "string"},
                                    "version": {"type": "string"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": RULE,
                                    },
                                },
                                "additionalProperties": False,
                            }
                        },
                        "additionalProperties": False,
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {"type": "array", "items": RESULT},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


def run_of(*entries: Entry, rules: tuple[RuleNote, ...] = ()) -> dict:
    log = json.loads(report(entries, form="sarif", rules=rules))
    jsonschema.validate(log, LOG)
    return log["runs"][0]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_say_that_nothing_was_found(form: str) -> None:
    assert isinstance(report([], form=form), bytes)


def test_people_read_place_severity_code_and_what_to_do() -> None:
    assert report([SLIP]).decode() == (
        "cards/a,b: 100 %.md:3:14: error[unit-slip-1000] The figure is 1000 times too small.\n"
        "  found 5.6 g, expected 5600 g\n"
        "  write 5600\n"
    )


def test_without_a_line_the_pointer_is_the_place() -> None:
    assert report([ABOUT]).decode() == "carbon.json /a/0: note[no-pue] No PUE.\n"


def test_a_place_may_be_a_whole_file_and_a_line_may_have_no_column() -> None:
    nowhere = Entry(file="a.md", code="x-y", severity="note", message="M.", expected="a key")
    line = Entry(file="a.md", code="x-y", severity="note", message="M.", line=7)

    assert report([nowhere, line]).decode() == (
        "a.md: note[x-y] M.\n  expected a key\na.md:7:1: note[x-y] M.\n"
    )


def test_foreign_words_cannot_steer_a_terminal_or_break_a_line() -> None:
    nasty = Entry(file="a\n.md", code="x-y", severity="note", message="\x1b[2J" + 9000 * "x")
    (line,) = report([nasty]).decode().splitlines()

    assert line.startswith("a\\n.md: note[x-y] \\x1b[2J")
    assert len(line) < 2100


def test_json_leaves_out_what_is_not_known_and_counts() -> None:
    whole = json.loads(report([SLIP, ABOUT], form="json"))

    assert whole["counts"] == {"error": 1, "warning": 0, "note": 1}
    assert whole["findings"][1] == {
        "file": "carbon.json",
        "code": "no-pue",
        "severity": "note",
        "message": "No PUE.",
        "pointer": "/a/0",
    }
    assert whole["findings"][0]["fix"] == "5600"


def test_github_annotations_escape_what_the_runner_would_take_for_syntax() -> None:
    lines = report([SLIP], form="github").decode()

    # Properties: % CR LF : and , are escaped; messages: % CR and LF only.
    assert lines == (
        "::error file=cards/a%2Cb%3A 100 %25.md,line=3,col=14,endColumn=17,title=unit-slip-1000::"
        "The figure is 1000 times too small.%0Afound 5.6 g%0Aexpected 5600 g%0Awrite 5600\n"
    )


def test_github_has_a_notice_for_a_note_and_names_the_pointer() -> None:
    odd = Entry(file="c\r.json", code="a-b", severity="note", message="5 %\r\n", pointer="/x")

    assert report([odd], form="github").decode() == (
        "::notice file=c%0D.json,title=a-b::5 %25%0D%0A%0Aat /x\n"
    )


def test_sarif_points_at_the_place_and_at_its_rule() -> None:
    run = run_of(SLIP, ABOUT, rules=(RuleNote("unit-slip-1000", "error", "Grams are grams."),))

    first, second = run["results"]
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "cards/a%2Cb%3A%20100%20%25.md"},
        "region": {"startLine": 3, "startColumn": 14, "endColumn": 17},
    }
    assert second["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "/a/0"
    rules = run["tool"]["driver"]["rules"]
    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == [
        "unit-slip-1000",
        "no-pue",
    ]
    assert rules[0]["shortDescription"]["text"] == "Grams are grams."


def test_sarif_carries_a_fix_only_with_the_exact_text_that_it_replaces() -> None:
    loose = Entry(file="a.md", code="x-y", severity="note", message="M.", line=1, fix="5")
    exact, unplaced = run_of(SLIP, loose)["results"]

    change = exact["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert change["insertedContent"] == {"text": "5600"}
    assert change["deletedRegion"]["endColumn"] == 17
    assert "fixes" not in unplaced


def test_a_finding_about_a_disclosure_keeps_all_it_says() -> None:
    finding = Finding(
        code="no-pue", severity="warning", place="", message="M.", found="1", suggestion="do"
    )

    assert entry_of(finding, file="carbon.json") == Entry(
        file="carbon.json",
        code="no-pue",
        severity="warning",
        message="M.",
        found="1",
        suggestion="do",
    )


def test_the_summary_counts_in_words() -> None:
    assert summary([SLIP, ABOUT, ABOUT]) == "1 error, 0 warnings, 2 notes"
    assert summary([], files_count=1) == "0 errors, 0 warnings, 0 notes in 1 file"
