"""I ask by which convention each side counts the grid: life cycle or stacks, whose, and of when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from carbonlabel.comparison.outcome import EMITTED, Difference
from carbonlabel.comparison.portion import Portion
from carbonlabel.comparison.unlike import told, unlike
from carbonlabel.model.region import Region

_MINE: Final = "--my-region CODE counts all at one grid"


def conventions(portions: Sequence[Portion]) -> Iterator[Difference]:
    """Scope, accounting, grid, year and place of the intensities; nothing of bare statements."""
    told_of = [each for each in portions if each.stated is None]
    if len(told_of) < len(portions):
        yield from _unsaid(portions)
        return
    yield from _scope(portions)
    yield from unlike(
        "accounting",
        _of(portions, lambda region: region.accounting),
        weight="weighs",
        because="the one grid factor is of what a zone generates, the other of what it consumes",
        mend=_MINE,
        touches=EMITTED,
    )
    yield from unlike(
        "grid",
        _of(portions, _grid),
        weight="weighs",
        because="each side is counted at its own grid, so that emissions compare places as much as "
        "models; energy compares models",
        mend=_MINE,
        touches=EMITTED,
    )
    yield from unlike(
        "grid year",
        _of(portions, lambda region: str(region.intensity.year or "")),
        weight="weighs",
        because="grids change from year to year",
        mend=_MINE,
        touches=EMITTED,
    )
    yield from _unknown_places(portions)


def _scope(portions: Sequence[Portion]) -> Iterator[Difference]:
    says = _of(portions, lambda region: _SCOPES[region.scope])
    # A sum of both kinds is neither, even where all sides are such sums.
    if any(", " in each for each in says) and len(set(says)) == 1:
        yield Difference(
            about="scope",
            says=tuple(says),
            weight="breaks",
            because="sums of life-cycle and direct emissions are neither",
            mend=_MINE,
            touches=EMITTED,
        )
    yield from unlike(
        "scope",
        says,
        weight="breaks",
        because="direct emissions leave out making fuel and plants",
        mend=f"a life-cycle intensity in region.yaml; or {_MINE}",
        touches=EMITTED,
    )


_SCOPES: Final = {"lifecycle": "life cycle", "direct": "direct"}


def _unsaid(portions: Sequence[Portion]) -> Iterator[Difference]:
    yield Difference(
        about="grid",
        says=tuple("not stated" if each.stated else _of([each], _grid)[0] for each in portions),
        weight="weighs",
        because="a statement does not say at which grid, and how, its emissions were counted",
        mend=f"publish a carbon.json; or, where the energy is stated, {_MINE}",
        touches=EMITTED,
    )


def _unknown_places(portions: Sequence[Portion]) -> Iterator[Difference]:
    says = _of(portions, lambda region: "not known" if region.given_by == "nobody" else "known")
    if any("not known" in each for each in says):
        yield Difference(
            about="place",
            says=tuple(says),
            weight="weighs",
            because="where nobody names the place, the mean of the world stands for it",
            mend=f"--region CODE when it is labelled; or {_MINE}",
            touches=EMITTED,
        )


def _grid(region: Region) -> str:
    if region.zone == "stated":
        return f"stated{f' for {region.country}' if region.country else ''}"
    return region.zone


def _of(portions: Sequence[Portion], what: Callable[[Region], str]) -> list[str]:
    """What the regions of each side say, each once."""
    return [told([what(activity.region) for _, activity in each.activities]) for each in portions]
