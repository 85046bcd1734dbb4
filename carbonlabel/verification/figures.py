"""I work every figure of a disclosure out again, and compare value, range, basis and doubt."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import Final

from carbonlabel.method.basis import shares_ratio
from carbonlabel.method.propagate import Deviation, Spread
from carbonlabel.model.disclosure import Disclosure, Doubt
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import PROJECT_FORMAT
from carbonlabel.model.provenance import Finding
from carbonlabel.record.pointers import find, quantities
from carbonlabel.rules import citations, completeness, dates, products, sums
from carbonlabel.rules.rows import known, rows
from carbonlabel.telling.recomputing import Recomputation, half_unit
from carbonlabel.telling.workings import working
from carbonlabel.verification.outcome import Check

_END_RATIO: Final = 2e-8
"""How far an end may be off that was worked out from ends kept to nine digits."""
_UNDONE_RATIO: Final = 5e-5
"""The same where the range of a meter is what a row's leaves when that of a PUE is taken out: the
difference of two squares of nine digits, √(2 · 0.4 · 1e-9) for a PUE of 1 to 1.5."""
_HALF_THOUSANDTH: Final = 0.0005001
_MOST_RATIO: Final = 1e-12
_COMPUTED: Final = re.compile(
    r"/totals/.+|/left_out/\d+/adds|/activities/\d+/(parts/\d+/(emissions|minerals)"
    r"|water/\w+|market|workload/(energy|emissions|water|break_even))"
)
"""Places of figures that are always worked out, and never given."""
_OVER_FILES: Final = re.compile(
    r"/activities/\d+/(duration|parts/\d+/energy|reported/\w+|compute/(device_time|flop))"
)
"""Places of sums over files that the disclosure does not hold one by one."""
_BARE: Final = re.compile(r"/activities/\d+/reported/intensity")
"""Figures without a range of their own."""
_STRUCTURE: Final = frozenset(
    {"headline-mismatch", "issued-mismatch", "source-not-listed", "pointer-dangles"}
    | {"sum-mismatch", "overhead-without-pue", "manufacture-without-origin"}
    | {"part-counted-twice", "part-not-declared"}
)
"""What the check finds of how a disclosure is put together; the rest of it is plausibility."""
_RULES: Final[tuple[Callable[[Disclosure], Iterator[Finding]], ...]] = (
    sums.sums,
    products.cooling,
    products.manufacture,
    completeness.headline,
    completeness.parts,
    citations.sources,
    citations.places,
    dates.periods,
)


def recomputed(disclosure: Disclosure) -> Iterator[Check]:
    """One check for each computed figure, each share, and each rule of how they are put together.

    A value may differ by the rounding of what it was worked out from: nine significant digits.
    """
    recomputation = _fitting(disclosure)
    for place, quantity in quantities(disclosure):
        if isinstance(quantity, Estimate):
            yield from _figure(recomputation, place, quantity)
    yield from _shares(disclosure)
    yield from _doubt(recomputation)
    for rule in _RULES:
        yield from (_broken(each) for each in rule(disclosure) if _is_structure(each))


def _fitting(disclosure: Disclosure) -> Recomputation:
    """The account of what is in error together that gives the range of the total, if one does."""
    together, apart = Recomputation(disclosure), Recomputation(disclosure, apart=True)
    emissions = disclosure.totals.emissions
    if isinstance(emissions, Missing):
        return together
    fitting = (each for each in (together, apart) if _has_range(each, emissions))
    return next(fitting, together)


def _has_range(recomputation: Recomputation, emissions: Estimate) -> bool:
    try:
        spread = recomputation.spread("/totals/emissions")
    except ArithmeticError:
        return False
    if spread is None:
        return False
    return _is_range(emissions, spread, _room_ratio(recomputation.disclosure))


def _figure(recomputation: Recomputation, place: str, quantity: Estimate) -> Iterator[Check]:
    if quantity.formula is None:
        if _COMPUTED.fullmatch(place):
            yield _fails(place, "The figure is given, though it is always worked out", quantity)
        return
    try:
        followed, spread = recomputation.followed(place), recomputation.spread(place)
    except ArithmeticError as beyond:
        yield _fails(place, f"The formula cannot be worked out: {beyond}", quantity)
        return
    if followed is None or spread is None:
        yield _unknown(place, quantity)
        return
    faults = list(_faults(recomputation, place, quantity, spread))
    follows = Check(group="figures", place=place, holds=True, message="The figure follows")
    # Where a value is wrong its range is too: the first fault tells.
    yield from faults[:1] or [follows]


def _unknown(place: str, quantity: Estimate) -> Check:
    if quantity.formula == "sum" and _OVER_FILES.fullmatch(place):
        message = "It is a sum over several files, which the disclosure does not hold one by one"
        return Check(group="figures", place=place, holds=None, message=message)
    if quantity.formula == "facility_energy / pue":
        message = "The log's share of the row is not in the disclosure"
        return Check(group="figures", place=place, holds=None, message=message)
    return _fails(place, f"Nothing stands beside it that gives {quantity.formula!r}", quantity)


def _faults(
    recomputation: Recomputation, place: str, quantity: Estimate, spread: Spread
) -> Iterator[Check]:
    followed = recomputation.followed(place)
    if followed is None:
        return
    room = followed.slack + half_unit(quantity.value) * (1 + _MOST_RATIO)
    if abs(followed.value - quantity.value) > room + _MOST_RATIO * quantity.value:
        worked = working(recomputation.disclosure, recomputation.derivation(place))
        yield Check(
            group="figures",
            place=place,
            holds=False,
            message=f"The figure is not what its formula gives, {quantity.formula}",
            expected=f"{_exact(followed.value, quantity.unit)} = {worked}",
            found=_exact(quantity.value, quantity.unit),
        )
    if followed.basis != quantity.basis:
        yield Check(
            group="figures",
            place=f"{place}/basis",
            holds=False,
            message="The basis is not that of what it was worked out from",
            expected=followed.basis,
            found=quantity.basis,
        )
    bare = Spread(spread.value, None, None, ())
    expected = bare if _BARE.fullmatch(place) else spread
    if not _is_range(quantity, expected, _room_ratio(recomputation.disclosure)):
        yield _out_of_range(recomputation.disclosure, place, quantity, expected)


def _out_of_range(
    disclosure: Disclosure, place: str, quantity: Estimate, expected: Spread
) -> Check:
    open_because = _undecided_range(disclosure, place, quantity)
    return Check(
        group="figures",
        place=place,
        holds=None if open_because else False,
        message=open_because or "The range is not that of what it was worked out from",
        expected=_ends(expected.low, expected.high, quantity.unit),
        found=_ends(quantity.low, quantity.high, quantity.unit),
    )


def _undecided_range(disclosure: Disclosure, place: str, quantity: Estimate) -> str:
    """Why the disclosure alone does not tell the range of a figure; empty where it does."""
    if _is_mixed(disclosure):
        return "The range depends on which tracker read how much: only the logs tell"
    contracted = "/market" in place or "/instruments/" in place
    if contracted and len(disclosure.activities) > 1:
        return "The range depends on how contracts were shared out: only region.yaml tells"
    if place.startswith("/left_out/") and quantity.basis != "assumed":
        return "The range of the PUE that was not counted stands in region.yaml only"
    return ""


def _is_mixed(disclosure: Disclosure) -> bool:
    """Whether several trackers may stand behind one row, so that their doubts are not told apart.

    A project is one file of many logs.
    """
    several = any(activity.runs > 1 for activity in disclosure.activities)
    trackers = {each.tracker for key, each in disclosure.inputs.items() if key.startswith("log")}
    projects = any(each.format == PROJECT_FORMAT for each in disclosure.inputs.values())
    return several and (len(trackers) > 1 or projects)


def _room_ratio(disclosure: Disclosure) -> float:
    """How far an end may be off, as a ratio to it."""
    parts = (part for activity in disclosure.activities for part in activity.parts)
    energies = known(part.energy for part in parts)
    undone = any("/ pue" in (each.formula or "") for each in energies)
    return _UNDONE_RATIO if undone else _END_RATIO


def _is_range(quantity: Estimate, spread: Spread, room_ratio: float) -> bool:
    pairs = ((quantity.low, spread.low), (quantity.high, spread.high))
    return all(_is_end(found, expected, room_ratio) for found, expected in pairs)


def _is_end(found: float | None, expected: float | None, room_ratio: float) -> bool:
    if found is None or expected is None:
        return found is expected
    return math.isclose(found, expected, rel_tol=room_ratio)


def _shares(disclosure: Disclosure) -> Iterator[Check]:
    """The shares by basis in thousandths; what rounding leaves stands with the largest."""
    declared = disclosure.totals.shares
    parts = known(row.part.emissions for row in rows(disclosure))
    exact = shares_ratio((each.basis, each.value) for each in parts) if parts else {}
    largest = max(exact, key=lambda basis: exact[basis], default=None)
    whole = math.fsum(declared.values())
    for basis in dict.fromkeys((*exact, *declared)):
        found, expected = declared.get(basis), exact.get(basis)
        slack = len(exact) * _HALF_THOUSANDTH if basis == largest else _HALF_THOUSANDTH
        follows = (
            found is not None and expected is not None and abs(found - expected) <= slack
        ) and (not any(exact.values()) or math.isclose(whole, 1))
        yield Check(
            group="figures",
            place=f"/totals/shares/{basis}",
            holds=follows,
            message="The share follows" if follows else "The share is not that of the rows",
            expected=None if expected is None else f"{expected:.3f}",
            found=None if found is None else f"{found:g}",
        )


def _doubt(recomputation: Recomputation) -> Iterator[Check]:
    disclosure = recomputation.disclosure
    declared = disclosure.totals.doubt
    try:
        spread = recomputation.spread("/totals/emissions")
    except ArithmeticError:
        spread = None
    waiting = list(spread.deviations) if spread else []
    if len(waiting) != len(declared) and _is_mixed(disclosure):
        yield _undecided("/totals/doubt")
        return
    for number, each in enumerate(declared):
        place = f"/totals/doubt/{number}"
        found = next((other for other in waiting if _is_same(recomputation, each, other)), None)
        if found is not None:
            waiting.remove(found)
        yield _of_doubt(disclosure, place, follows=found is not None)
    ordered = [each.share for each in declared]
    if waiting or ordered != sorted(ordered, reverse=True):
        yield _of_doubt(disclosure, "/totals/doubt", follows=False)


def _of_doubt(disclosure: Disclosure, place: str, *, follows: bool) -> Check:
    if not follows and _is_mixed(disclosure):
        return _undecided(place)
    message = "The share of the doubt follows" if follows else "The doubt is split otherwise"
    return Check(group="figures", place=place, holds=follows, message=message)


def _undecided(place: str) -> Check:
    message = "The doubt depends on which tracker read how much: only the logs tell"
    return Check(group="figures", place=place, holds=None, message=message)


def _is_same(recomputation: Recomputation, declared: Doubt, found: Deviation) -> bool:
    pairs = (
        (declared.low, found.low),
        (declared.high, found.high),
        (declared.share, found.share),
    )
    close = all(abs(one - other) <= _HALF_THOUSANDTH for one, other in pairs)
    return close and _is_of(recomputation, declared.of, found.name)


def _is_of(recomputation: Recomputation, place: str, name: str) -> bool:
    """Whether a pointer leads to the source of doubt that a name stands for."""
    expected = recomputation.causes[name]
    if place == expected.place:
        return True
    if place.startswith("/inputs/") and expected.place.startswith("/inputs/"):
        one, other = (find(recomputation.disclosure, each) for each in (place, expected.place))
        return getattr(one, "tracker", None) == getattr(other, "tracker", None)
    behind = recomputation.cause(place)
    return behind is not None and behind.key == expected.key


def _is_structure(finding: Finding) -> bool:
    # Sums that are there were added up already, and more exactly.
    is_sum = finding.code == "sum-mismatch" and finding.found != "missing"
    return finding.code in _STRUCTURE and not is_sum


def _broken(finding: Finding) -> Check:
    return Check(
        group="figures",
        place=finding.place,
        holds=False,
        message=finding.message.rstrip("."),
        expected=finding.expected,
        found=finding.found,
    )


def _fails(place: str, message: str, quantity: Estimate) -> Check:
    found = _exact(quantity.value, quantity.unit)
    return Check(group="figures", place=place, holds=False, message=message, found=found)


def _exact(value: float, unit: str) -> str:
    return f"{value:.9g}{'' if unit == 'ratio' else f' {unit}'}"


def _ends(low: float | None, high: float | None, unit: str) -> str:
    if low is None or high is None:
        return "no range declared"
    return f"{_exact(low, '').strip()} to {_exact(high, unit)}"
