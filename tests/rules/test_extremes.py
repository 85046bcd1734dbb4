"""No figure of a stranger's, however odd, brings the checks down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.checks import check
from carbonlabel.errors import CarbonLabelError
from carbonlabel.record import keeping

SAMPLES = Path(__file__).parents[1] / "samples" / "disclosures"
TOLD: dict[str, Any] = {
    path.name: json.loads(path.read_text("utf-8")) for path in sorted(SAMPLES.glob("*.json"))
}
ODD = (0.0, 5e-324, 1e-300, 1e-30, 1.0, 1e30, 1e300, 1.7e308)


def numbers(node: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:  # noqa: ANN401 - JSON
    """The places of all quantities below a node."""
    if isinstance(node, dict):
        own = [at] if {"value", "unit"} <= node.keys() else []
        return own + [place for key, each in node.items() for place in numbers(each, (*at, key))]
    if isinstance(node, list):
        return [place for key, each in enumerate(node) for place in numbers(each, (*at, key))]
    return []


@pytest.mark.parametrize("name", TOLD)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_checks_survive_any_figure(name: str, data: st.DataObject) -> None:
    told = json.loads(json.dumps(TOLD[name]))
    for at in data.draw(st.lists(st.sampled_from(numbers(told)), min_size=1, max_size=8)):
        quantity = told
        for step in at:
            quantity = quantity[step]
        value = data.draw(st.sampled_from(ODD))
        quantity |= {"value": value}
        if "low" in quantity:
            quantity |= {"low": 0.0, "high": data.draw(st.sampled_from([value, 1.79e308]))}
    try:
        disclosure = keeping.load(json.dumps(told).encode(), name)
    except CarbonLabelError:
        return

    check(disclosure, profile="regulator")
