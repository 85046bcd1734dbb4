"""What the tests of the documents share: two worked examples, and statements to measure."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from carbonlabel.model.disclosure import Disclosure

SAMPLES = Path(__file__).parents[1] / "samples" / "disclosures"
Quantity = dict[str, Any]
Statement = Callable[..., Disclosure]


def _sample(name: str) -> Disclosure:
    return Disclosure.model_validate_json((SAMPLES / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def demo() -> Disclosure:
    """Two runs without a GPU: cooling and manufacture are not reported."""
    return _sample("carbon.json")


@pytest.fixture(scope="session")
def two_gpus() -> Disclosure:
    """One run on two GPUs with an inventory and a site: every row is filled."""
    return _sample("carbon-two-gpus.json")


def _sum(quantities: Sequence[Quantity]) -> Quantity:
    known = [each for each in quantities if "value" in each]
    if not known:
        return {"missing": "not-measured", "reason": "nobody looked"}
    ends = ("value", "low", "high") if all("low" in each for each in known) else ("value",)
    sums = {end: float(f"{sum(each[end] for each in known):.9g}") for end in ends}
    if "low" in sums:  # nine digits may part a sum from its end in the last one
        sums |= {
            "low": min(sums["low"], sums["value"]),
            "high": max(sums["high"], sums["value"]),
        }
    return {**sums, "unit": "gCO2e", "basis": known[0]["basis"], "formula": "sum"}


def _parts(parts: Mapping[str, Quantity]) -> list[dict[str, Any]]:
    return [{"part": part, "emissions": emissions} for part, emissions in parts.items()]


@pytest.fixture(scope="session")
def statement() -> Statement:
    """A disclosure with these parts in each of its activities, its sums made of them.

    `changes` replaces what stands at a path such as `subject.model` or `activities.0.phase`.
    """

    def make(*activities: Mapping[str, Quantity], **changes: object) -> Disclosure:
        text = json.loads((SAMPLES / "carbon.json").read_text(encoding="utf-8"))
        only = text["activities"][0]
        text["activities"] = [{**copy.deepcopy(only), "parts": _parts(each)} for each in activities]
        every = [(part, value) for each in activities for part, value in each.items()]
        electric = [value for part, value in every if part != "manufacture"]
        made = [value for part, value in every if part == "manufacture"]
        text["totals"] |= {
            "emissions": _sum([*electric, *made]),
            "electricity": _sum(electric),
            "manufacture": _sum(made),
            "doubt": [],
        }
        for path, value in changes.items():
            _put(text, path.split("__"), value)
        return Disclosure.model_validate_json(json.dumps(text))

    return make


def _put(text: Any, steps: list[str], value: object) -> None:  # noqa: ANN401 - any part of a JSON text
    *way, last = (int(step) if step.isdigit() else step for step in steps)
    for step in way:
        text = text[step]
    text[last] = value


@pytest.fixture(scope="session")
def grams() -> Callable[..., Quantity]:
    """A quantity of carbon as JSON."""

    def make(
        value: float, low: float | None = None, high: float | None = None, basis: str = "estimated"
    ) -> Quantity:
        ends = {} if low is None else {"low": low, "high": high}
        return {"value": value, **ends, "unit": "gCO2e", "basis": basis, "formula": "worked"}

    return make
