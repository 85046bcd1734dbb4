"""I write a comparison for programs: what was found, in base units and full precision."""

from __future__ import annotations

import json
from collections.abc import Sequence

from carbonlabel.comparison.outcome import Comparison, Difference, Figure, Pair, Topic
from carbonlabel.comparison.side import Side
from carbonlabel.model.estimate import Estimate
from carbonlabel.version import __version__

Fact = dict[str, object]


def document(comparison: Comparison) -> bytes:
    """The comparison as JSON in UTF-8; sides are named by their place, from 0."""
    return f"{json.dumps(facts(comparison), ensure_ascii=False, indent=2)}\n".encode()


def facts(comparison: Comparison) -> Fact:
    """All that a comparison found, as JSON knows it."""
    return {
        "verdict": comparison.verdict,
        "sides": [_side(each) for each in comparison.sides],
        "mine": comparison.mine,
        "differences": _differences(comparison.differences),
        "grid": _grid(comparison),
        "volume": None
        if comparison.volume is None
        else {"count_per_year": comparison.volume.count, "unit": comparison.volume.unit},
        "topics": [_topic(each) for each in comparison.topics],
        "notes": list(comparison.notes),
        "generator": {"name": "carbonlabel", "version": __version__},
    }


def _side(side: Side) -> Fact:
    return {
        "name": side.name,
        "file": side.file,
        "kind": "disclosure" if side.disclosure else "statement",
        "sha256": side.digest,
        "errors": list(side.faults),
        "notes": list(side.notes),
    }


def _grid(comparison: Comparison) -> Fact | None:
    mine = comparison.grid
    if mine is None:
        return None
    return {
        "place": mine.code,
        "name": mine.name,
        "intensity": _quantity(mine.intensity),
        "scope": mine.scope,
        "accounting": mine.accounting,
        "source": mine.source,
    }


def _topic(topic: Topic) -> Fact:
    limits, unit = topic.boundary, topic.unit
    return {
        "topic": topic.name,
        "verdict": topic.verdict,
        "runs": dict(topic.runs),
        "unit": unit and {"unit": unit.unit, "per": unit.per, "statistic": unit.statistic},
        "task": unit and unit.task,
        "boundary": limits
        and {
            "machines": limits.machines,
            "beside": list(limits.beside),
            "cooling": limits.cooling,
            "as_stated": limits.as_stated,
        },
        "differences": _differences(topic.differences),
        "figures": [_figure(each) for each in topic.figures],
    }


def _differences(found: Sequence[Difference]) -> list[Fact]:
    return [
        {
            "about": each.about,
            "weight": each.weight,
            "says": list(each.says),
            "because": each.because,
            "mend": each.mend,
            "touches": sorted(each.touches),
        }
        for each in found
    ]


def _figure(figure: Figure) -> Fact:
    return {
        "figure": figure.name,
        "amounts": [_quantity(each) for each in figure.amounts],
        "yearly": [_quantity(each) for each in figure.yearly],
        "pairs": [_pair(each) for each in figure.pairs],
    }


def _pair(pair: Pair) -> Fact:
    ratio = pair.ratio
    return {
        "one": pair.one,
        "other": pair.other,
        "order": pair.order,
        "ratio": ratio and {"value": ratio.value, "low": ratio.low, "high": ratio.high},
        "shared": list(pair.shared),
        "because": pair.because or None,
    }


def _quantity(quantity: Estimate) -> Fact:
    return quantity.model_dump(mode="json", include={"value", "low", "high", "unit", "basis"})
