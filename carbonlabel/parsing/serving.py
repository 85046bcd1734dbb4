"""I know what people call the units of a model's work: requests, queries, tokens, images."""

from __future__ import annotations

import difflib
import re
from typing import Final, cast, get_args

from carbonlabel.errors import MalformedInput
from carbonlabel.model.evidence import Served
from carbonlabel.model.workload import FunctionalUnit, Statistic, plural
from carbonlabel.parsing.sizes import size

_OTHER_NAMES: Final[dict[str, FunctionalUnit]] = {
    "query": "request",
    "queries": "request",
    "prompt": "request",
    "prompts": "request",
    "inference": "request",
    "inferences": "request",
    "response": "request",
    "responses": "request",
    "answer": "request",
    "answers": "request",
}
UNITS: Final[dict[str, FunctionalUnit]] = {
    **{unit: unit for unit in get_args(FunctionalUnit)},
    **{plural(unit): unit for unit in get_args(FunctionalUnit)},
    **_OTHER_NAMES,
}
"""What may be typed for a unit, and the unit that it means."""
STATISTICS: Final[dict[str, Statistic]] = {each: each for each in get_args(Statistic)}
"""What the energy of one unit may be among those of all."""
_TYPED: Final = re.compile(
    r"(?P<count>[0-9.eE+]{1,40} ?[kKmMbBtT]?) +"
    r"(?:(?P<statistic>mean|median|p90) +)?(?P<unit>\D{1,40})"
)


def served(text: str, *, where: str) -> Served:
    """What `230768 requests`, `4M output tokens` or `1 median request` says.

    Raises:
        MalformedInput: there is no count or no known unit.

    >>> served("230768 requests", where="--served").count
    230768.0
    """
    typed = _TYPED.fullmatch(text.strip())
    if typed is None:
        raise MalformedInput(
            f"{text[:60]!r} is no count of a unit",
            where=where,
            hint="such as 230768 requests, or 4M output tokens",
        )
    found = Served(
        unit=unit(typed["unit"], where=where),
        count=size(typed["count"], where=where),
        statistic=cast("Statistic", typed["statistic"] or "mean"),
    )
    check(found, where=where)
    return found


def unit(text: str, *, where: str) -> FunctionalUnit:
    """The unit that a word means.

    Raises:
        MalformedInput: no unit is called so.
    """
    word = " ".join(text.lower().split())
    if word in UNITS:
        return UNITS[word]
    near = difflib.get_close_matches(word, UNITS, n=1)
    meant = f"did you mean {UNITS[near[0]]}? " if near else ""
    known = ", ".join(get_args(FunctionalUnit))
    raise MalformedInput(
        f"{text[:60]!r} is no unit of use", where=where, hint=f"{meant}one of {known}"
    )


def check(told: Served, *, where: str) -> None:
    """Refuse what cannot be: of a median there is one.

    Raises:
        MalformedInput: a median of several.
    """
    if told.statistic != "mean" and told.count != 1:
        raise MalformedInput(
            f"a {told.statistic} is of one {told.unit}, and {told.count:g} are stated",
            where=where,
            hint=f"state the energy of the {told.statistic} {told.unit} with count 1, "
            "or that of all with statistic mean",
        )
