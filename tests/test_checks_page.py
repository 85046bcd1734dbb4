"""The page of the checks lists every rule, profile and form as the program has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from carbonlabel.completeness import STANDARDS, Standard
from carbonlabel.rules.profiles import PROFILES
from carbonlabel.rules.register import MORE, TWENTY, Demand

PAGE = (Path(__file__).parents[1] / "docs" / "checks.md").read_text("utf-8")


def row(demand: Demand, number: object) -> str:
    codes = ", ".join(f"`{code}`" for code in demand.codes)
    clauses = "; ".join(demand.clauses) or "–"
    return f"| {number} | {demand.name} | {demand.asks} | {codes} | {clauses} |"


def rows(head: str) -> list[str]:
    """The rows of the table below a heading."""
    below = PAGE.partition(f"{head}\n")[2].partition("\n## ")[0]
    return [line for line in below.splitlines() if re.match(r"\| (`|\d|–)", line)]


def test_the_twenty_rules_and_those_besides_stand_in_their_order() -> None:
    expected = [row(each, number) for number, each in enumerate(TWENTY, 1)]

    assert rows("## Twenty rules that a reviewer expects") == [
        *expected,
        *(row(each, "–") for each in MORE),
    ]


def weighed() -> Iterator[str]:
    own = {code: severity for each in (*TWENTY, *MORE) for code, severity in each.codes.items()}
    for code in sorted({code for weights in PROFILES.values() for code in weights}):
        cells = (str(weights.get(code, own[code]) or "–") for weights in PROFILES.values())
        yield f"| `{code}` | {' | '.join(cells)} |"


def test_each_profile_is_listed_with_what_it_changes() -> None:
    assert "| code | draft | publish | regulator |" in PAGE
    assert rows("## Profiles") == list(weighed())


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda each: each.key)
def test_each_form_is_listed_with_its_fields(standard: Standard) -> None:
    fields = "; ".join(f"**{each.name}**" if each.blocks else each.name for each in standard.fields)

    assert f"| `{standard.key}` | {standard.title} | {fields} |" in PAGE


def test_the_waiver_of_the_page_can_be_read() -> None:
    from carbonlabel.intake import Log  # noqa: PLC0415 - only this test reads a file
    from carbonlabel.readers.waivers import load_waivers  # noqa: PLC0415 - as above

    text = PAGE.partition("```yaml\n")[2].partition("```")[0]
    (waiver,) = load_waivers(Log("waivers.yaml", content=text.encode()))

    assert waiver.code == "pue-not-stated"
    assert waiver.expires.isoformat() == "2027-03-31"
