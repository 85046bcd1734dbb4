"""I know which doubts two disclosures share, so that they fall out of a comparison."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

from carbonlabel.comparison.amounts import GRID
from carbonlabel.comparison.phrases import Phrase
from carbonlabel.comparison.portion import Portion
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.hardware import Kind
from carbonlabel.record.pointers import find, steps_of
from carbonlabel.telling.causes import Cause

_KINDS: Final[tuple[Kind, ...]] = ("accelerator", "host")


@dataclass(frozen=True, slots=True)
class Shared:
    """A source of doubt as other disclosures may have it too."""

    key: Hashable
    """The same wherever it is the same figure of the same thing."""
    name: str
    """For people."""
    is_reading: bool = False
    """Whether it is a scale error of a tracker: two readings still differ a little."""


def shared(portion: Portion, name: str, cause: Cause | None) -> Shared | None:
    """What a source of doubt of one side may have in common with others; None if nothing.

    The reader's grid; a grid factor of one zone, year and publisher; the PUE of one named site; the
    making and the lifetime of one machine by one work; what one version of a tracker reads, or
    models, on one kind of machine. Rated power × hours is shared by nobody: what part of the rating
    a training draws is its own. Of two places that nobody named, the mean of the world is not one
    grid.
    """
    if name == GRID:
        return Shared(GRID, GRID)
    if cause is None or portion.side.disclosure is None:
        return None
    return _of_tracker(portion, cause) or _of_factor(portion.disclosure, cause)


def readings(portion: Portion) -> frozenset[tuple[str, float]]:
    """The logs that a side was read from, by their SHA-256, with each energy that stood in them."""
    inputs = portion.disclosure.inputs if portion.side.disclosure else {}
    files = [file.sha256 for key, file in inputs.items() if key.partition("-")[0] == "log"]
    stated = (activity.reported.energy for _, activity in portion.activities)
    energies_kwh = [each.value for each in stated if isinstance(each, Estimate)]
    return frozenset((file, energy_kwh) for file in files for energy_kwh in energies_kwh)


def _of_tracker(portion: Portion, cause: Cause) -> Shared | None:
    match cause.key:
        case ("counter", str(tracker)) | (str(tracker), _, "model"):
            versions = _versions(portion.disclosure)
        case _:
            return None
    machines = frozenset((kind, each.name) for kind in _KINDS for each in portion.devices(kind))
    if not machines or tracker not in versions:
        return None
    key = ("tracker", cause.key, versions[tracker], machines)
    return Shared(key, Phrase("what {tracker} reads", tracker=tracker), is_reading=True)


def _versions(disclosure: Disclosure) -> dict[str, str | None]:
    return {each.tracker: each.version for each in disclosure.inputs.values() if each.tracker}


def _of_factor(disclosure: Disclosure, cause: Cause) -> Shared | None:
    quantity = find(disclosure, cause.place)
    origin = _origin(disclosure, quantity) if isinstance(quantity, Estimate) else None
    if origin is None or not isinstance(quantity, Estimate):
        return None
    figure = (quantity.value, quantity.low, quantity.high, quantity.year, origin)
    match steps_of(cause.place):
        case ("activities", number, "region", field):
            return _of_region(disclosure.activities[int(number)], field, figure)
        case ("activities", number, "hardware", place, "making" | "lifetime" as field):
            machine = disclosure.activities[int(number)].hardware[int(place)].name
            return Shared((field, machine, figure), _of_machine(field, machine))
        case _:
            return None


def _of_region(activity: Activity, field: str, figure: tuple[object, ...]) -> Shared | None:
    region = activity.region
    if field == "intensity" and region.given_by != "nobody":
        zone = region.country if region.zone == "stated" else region.zone
        key = (field, region.zone, zone, region.scope, figure)
        return Shared(key, _grid(zone, region.intensity.year))
    if field == "pue" and region.site:
        return Shared(
            (field, region.site, region.country, figure),
            Phrase("the PUE of {site}", site=region.site),
        )
    return None


def _of_machine(field: str, machine: str) -> str:
    if field == "making":
        return Phrase("making the {machine}", machine=machine)
    return Phrase("the lifetime of the {machine}", machine=machine)


def _grid(zone: str | None, year: int | None) -> str:
    place = zone or Phrase("the place")
    if year is None:
        return Phrase("the grid factor of {place}", place=place)
    return Phrase("the grid factor of {place}, {year}", place=place, year=str(year))


def _origin(disclosure: Disclosure, quantity: Estimate) -> Hashable:
    """The work or the file that gave a figure, whatever its key; None where nobody can tell."""
    key = quantity.source or ""
    if key in disclosure.sources:
        work = disclosure.sources[key]
        return work.title, work.year
    return disclosure.inputs[key].sha256 if key in disclosure.inputs else None
