"""Cards as they are found on the Hub give exactly the figure and the findings they deserve."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from carbonlabel.linting import declared
from carbonlabel.linting.figures import spelt

SAMPLES: Final = Path(__file__).parents[1] / "samples"
CASES: Final = json.loads((SAMPLES / "cards-wild" / "cases.json").read_text("utf-8"))["cases"]


def card_of(case: dict[str, Any]) -> bytes:
    return f"---\n{case['yaml']}---\n\n# Model\n\n{case.get('prose', '')}\n".encode()


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_card_of_the_wild_is_read_as_it_deserves(case: dict[str, Any]) -> None:
    found, expected = declared(card_of(case), "README.md"), case["expect"]

    codes = [entry.code for entry in found.findings]
    assert codes == [code.lower().replace("_", "-") for code in expected["codes"]]
    assert shown(found.emissions_gco2e) == expected["g"]
    assert shown(found.suggested_gco2e) == expected.get("suggest_g")
    if "kwh" in expected:
        assert shown(found.energy_kwh) == expected["kwh"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_finding_points_at_a_line_of_the_footprint(case: dict[str, Any]) -> None:
    last = 1 + case["yaml"].count("\n")

    for entry in declared(card_of(case), "README.md").findings:
        assert entry.line is not None
        assert entry.column is not None
        assert 2 <= entry.line <= last


def shown(value: Any) -> str | None:  # noqa: ANN401 - a Decimal or nothing
    return None if value is None else spelt(value)
