"""I ask by which convention each side counts the grid: life cycle or stacks, whose, and of when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from carbonlabel.comparison.outcome import EMITTED, Difference
from carbonlabel.comparison.phrases import Phrase
from carbonlabel.comparison.portion import Portion
from carbonlabel.comparison.unlike import NOT_STATED, told, unlike
from carbonlabel.factors.grid import WORLD
from carbonlabel.model.region import Region

_MINE: Final = Phrase("--my-region CODE counts all at one grid")


def conventions(portions: Sequence[Portion]) -> Iterator[Difference]:
    """Scope, accounting, grid, year and place of the intensities; nothing of bare statements."""
    told_of = [each for each in portions if each.stated is None]
    if len(told_of) < len(portions):
        yield from _unsaid(portions)
        return
    yield from _scope(portions)
    yield from unlike(
        "accounting",
        _of(portions, lambda region: Phrase(region.accounting)),
        weight="weighs",
        because=Phrase(
            "the one grid factor is of what a zone generates, the other of what it consumes"
        ),
        mend=_MINE,
        touches=EMITTED,
    )
    yield from unlike(
        "grid",
        _of(portions, _grid),
        weight="weighs",
        because=Phrase(
            "each side is counted at its own grid, so that emissions compare places as much as "
            "models; energy compares models"
        ),
        mend=_MINE,
        touches=EMITTED,
    )
    yield from unlike(
        "grid year",
        _of(portions, lambda region: str(region.intensity.year or "")),
        weight="weighs",
        because=Phrase("grids change from year to year"),
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
            because=Phrase("sums of life-cycle and direct emissions are neither"),
            mend=_MINE,
            touches=EMITTED,
        )
    yield from unlike(
        "scope",
        says,
        weight="breaks",
        because=Phrase("direct emissions leave out making fuel and plants"),
        mend=Phrase("a life-cycle intensity in region.yaml; or {mine}", mine=_MINE),
        touches=EMITTED,
    )


_SCOPES: Final = {"lifecycle": Phrase("life cycle"), "direct": Phrase("direct")}


def _unsaid(portions: Sequence[Portion]) -> Iterator[Difference]:
    yield Difference(
        about="grid",
        says=tuple(NOT_STATED if each.stated else _of([each], _grid)[0] for each in portions),
        weight="weighs",
        because=Phrase(
            "a statement does not say at which grid, and how, its emissions were counted"
        ),
        mend=Phrase("publish a carbon.json; or, where the energy is stated, {mine}", mine=_MINE),
        touches=EMITTED,
    )


def _unknown_places(portions: Sequence[Portion]) -> Iterator[Difference]:
    says = _of(portions, _known)
    if any("not known" in each for each in says):
        yield Difference(
            about="place",
            says=tuple(says),
            weight="weighs",
            because=Phrase("where nobody names the place, the mean of the world stands for it"),
            mend=Phrase("--region CODE when it is labelled; or {mine}", mine=_MINE),
            touches=EMITTED,
        )


def _known(region: Region) -> str:
    return Phrase("not known" if region.given_by == "nobody" else "known")


def _grid(region: Region) -> str:
    if region.zone == "stated":
        at = region.country
        return Phrase("stated for {country}", country=at) if at else Phrase("stated")
    return Phrase("World") if region.zone == WORLD else region.zone


def _of(portions: Sequence[Portion], what: Callable[[Region], str]) -> list[str]:
    """What the regions of each side say, each once."""
    return [told([what(activity.region) for _, activity in each.activities]) for each in portions]
