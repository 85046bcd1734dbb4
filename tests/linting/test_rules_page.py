"""The page of the lint lists every rule, and each of its examples breaks the rule it stands for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from carbonlabel.linting import RULES, declared

PAGE: Final = (Path(__file__).parents[2] / "docs" / "lint.md").read_text("utf-8")
ROWS: Final = re.findall(
    r"^\| `([a-z0-9-]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE
)
FOOTPRINT: Final = (
    "co2_eq_emissions: {emissions: 196.7, source: codecarbon, training_type: fine-tuning}"
)
DIGESTS: Final = (
    f"co2_eq_emissions: {{emissions: 5, disclosure: 'carbon.json#jcs-sha256={64 * 'a'}'}}",
    "<!-- carbonlabel:begin -->\ndigest `bbbbbbbbbbbb`\n<!-- carbonlabel:end -->",
)
IN_WORDS: Final = {
    "card-unreadable": b"---\nlicense: mit\n---\n\xe8",
    "front-matter-open": f"---\n{FOOTPRINT}\n".encode(),
    "front-matter-late": f"# Title\n\n---\n{FOOTPRINT}\n---\n".encode(),
    "yaml-tab": b"---\nco2_eq_emissions:\n\temissions: 5\n---\n",
    "label-stale": "---\n{}\n---\n{}\n".format(*DIGESTS).encode(),
}


def card_of(code: str, cell: str) -> bytes:
    """The card that an example of the page stands for."""
    if code in IN_WORDS:
        return IN_WORDS[code]
    (example,) = re.findall(r"`(.+?)`$", cell)
    if "text: " in cell:
        front = "license: mit" if cell.startswith("no key") else FOOTPRINT
        return f"---\n{front}\n---\n\n{example}\n".encode()
    pairs = re.fullmatch(r"\{(.*?), (co2_eq_emissions: .*)\}", example)
    lines = [*pairs[1].split(", "), pairs[2]] if pairs else [example]
    return "\n".join(["---", *lines, "---", ""]).encode()


def test_every_rule_has_its_row_in_order_and_no_other_has_one() -> None:
    assert [code for code, *_ in ROWS] == list(RULES)


@pytest.mark.parametrize(("code", "severity", "demand", "example"), ROWS, ids=list(RULES))
def test_a_row_says_what_the_rule_says_and_its_example_breaks_it(
    code: str, severity: str, demand: str, example: str
) -> None:
    rule = RULES[code]
    found = {entry.code: entry.severity for entry in declared(card_of(code, example), "c").findings}

    assert severity == ", ".join(filter(None, (rule.severity, rule.milder)))
    assert demand == rule.demand
    assert code in found
    assert found[code] in {rule.severity, rule.milder}


def test_the_page_names_every_option() -> None:
    for option in ("--fix", "--diff", "--strict", "--format", "-o FILE", "-q"):
        assert f"`{option}" in PAGE
