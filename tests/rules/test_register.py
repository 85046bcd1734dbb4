"""Every code of a rule is listed with what it demands."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from carbonlabel.rules.register import DEMANDS, TWENTY, clauses_of
from tests.test_errors_page import coined

PACKAGE = Path(__file__).parents[2] / "carbonlabel"
LISTED = {code for demand in DEMANDS for code in demand.codes}
FROM_LOGS = {"machines-not-measured", "samples-gap", "overlapping-runs", "offset-not-subtracted"}
"""What readers, the assessment and `collect` find, and a check says again or rests on."""


def codes_in(folder: str) -> set[str]:
    trees = (ast.parse(path.read_text("utf-8")) for path in (PACKAGE / folder).rglob("*.py"))
    return {code for tree in trees for code in coined(tree)}


def test_every_code_of_a_rule_is_asked_for_by_a_demand() -> None:
    assert not (codes_in("rules") | codes_in("parity")) - LISTED


def test_no_demand_lists_a_code_that_nothing_finds() -> None:
    text = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))

    assert not [code for code in LISTED if text.count(f'"{code}"') < 2]
    assert FROM_LOGS <= LISTED


def test_there_are_twenty_rules_with_names_of_their_own() -> None:
    names = [demand.name for demand in DEMANDS]

    assert len(TWENTY) == 20
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", name) for name in names)
    assert all(demand.codes and demand.clauses for demand in TWENTY)


def test_a_code_belongs_to_one_demand() -> None:
    codes = [code for demand in DEMANDS for code in demand.codes]

    assert len(codes) == len(set(codes))


def test_a_code_leads_to_its_clauses() -> None:
    assert clauses_of("manufacture-mismatch") == ("ISO/IEC 21031 (SCI): M = TE × TiR/EL × RR/ToR",)
    assert clauses_of("cut-line") == ()
