"""What was found in files, written out for people and for machines.

A check makes one `Entry` for each thing it found and hands all of them to `report`, which writes
them in one of four forms: `human`, `json`, `sarif` (SARIF 2.1.0) and `github` (annotations of
GitHub Actions).

    entries = [entry_of(finding, file="carbon.json") for finding in check(disclosure)]
    giving.write(report(entries, form="sarif", rules=RULES))
"""

from __future__ import annotations

from carbonlabel.reporting.entry import Entry, RuleNote, entry_of
from carbonlabel.reporting.report import FORMS, report, summary

__all__ = ["FORMS", "Entry", "RuleNote", "entry_of", "report", "summary"]
