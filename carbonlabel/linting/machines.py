"""I know what the hardware and the place that a card names can do, from our own tables."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from carbonlabel.model.units import SCALES

if TYPE_CHECKING:
    from carbonlabel.factors.places import Spot

_LONGEST_COUNT: Final = 200
_CUT: Final = re.compile(r"\s+(?:for|with|on|in|during|over)\s+|[;(|]|\s+and\s+", re.IGNORECASE)
# What of these runs is whose, nobody knows.
_SEVERAL: Final = re.compile(r"(?:,|;|\+|\band\b|/|&).*[A-Za-z].*\d", re.IGNORECASE | re.DOTALL)
_COUNT: Final = re.compile(
    r"^\s*(?:an?\s+)?(?:(\d{1,6})\s*(?:[x×*]\s*)?|(?:one|single)\s+)(?=[a-z])|^\s*an?\s+",
    re.IGNORECASE,
)
_PLURAL: Final = re.compile(
    r"\s*\b(?:gpus?|cards?|accelerators?|devices?|chips?|boards?)\s*$|(?<=\d)s\s*$", re.IGNORECASE
)
_TPU: Final = re.compile(r"TPU[\s-]*v([2-5])([ep]?)(?:[\s-]+(\d{1,5}))?\b", re.IGNORECASE)
_COUNTED_IN_CORES: Final = frozenset({"2", "3", "4", "5p"})
_CORES_A_CHIP: Final = 2
_DURATION: Final = re.compile(
    r"(?<![\w.])(\d{1,7}(?:\.\d{1,9})?)\s*"
    r"(hours?|hrs?|h|minutes?|mins?|min|days?|seconds?|secs?|sec|weeks?)\b",
    re.IGNORECASE,
)
_DAYS_A_WEEK: Final = 7
# One socket is all that a board for these has; a greater number is of cores or threads.
_ALONE: Final = re.compile(
    r"^\s*(\d{1,4})\s*[x×]\s*.{0,40}?(?:Core(?:\(TM\)|™)?\W{0,3}(?:i[3579]|Ultra|m\d)"
    r"|Ryzen(?! Threadripper PRO)|Pentium|Celeron|Athlon|Apple M\d|Snapdragon)",
    re.IGNORECASE,
)
_SOCKETS: Final = re.compile(
    r"^\s*(\d{1,4})\s*[x×]\s*.{0,40}?(?:Xeon|EPYC|Opteron|POWER\d|CPU\b)", re.IGNORECASE
)
_MOST_SOCKETS_COUNT: Final = 16
_CONSUMER: Final = re.compile(r"\bRTX\s*-?\s*[2345]0[5-9]0\b|\bGTX\s*-?\s*\d{3,4}\b", re.IGNORECASE)
_CLOUDS: Final = ("gcp", "aws", "azure", "oci", "ibm", "ovh")
_SHARED_CLOUDS: Final = frozenset({"gcp", "aws", "azure"})
_YEAR: Final = 2023
_CONTINENTS: Final = frozenset(
    {"europe", "eu", "asia", "africa", "oceania", "north america", "south america", "earth"}
)
"""Behind a country they add nothing."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The accelerators that a card names."""

    name: str
    """As the card has it, without the number."""
    count: int
    is_counted: bool
    """Whether the card says how many there are."""
    power_w: float
    """Rated power of one, of the likeliest that the name fits."""
    most_power_w: float
    """The same of the strongest that the name fits."""


def machine(hardware: str) -> Machine | None:
    """The accelerators of a card's `hardware_used`; None where our table has no such name."""
    text = hardware[:_LONGEST_COUNT]
    if _SEVERAL.search(text):
        return None
    count = _COUNT.match(text)
    if tpu := _TPU.search(text):
        return _tpu(tpu, int(count[1]) if count and count[1] else None)
    name = _CUT.split(text, maxsplit=1)[0]
    bare = _PLURAL.sub("", name[count.end() :] if count else name).strip()
    powers = _powers_w(bare)
    if not powers:
        return None
    number = int(count[1] or 1) if count else 1
    return Machine(bare, number, bool(count), powers[0], max(powers)) if number else None


def duration_s(text: str) -> float | None:
    """The duration in s that a text such as "for about 180 hours" says; the first, or None.

    >>> duration_s("Colab T4 free tier, 17 minutes training")
    1020.0
    """
    said = _DURATION.search(text[:_LONGEST_COUNT])
    if said is None:
        return None
    unit, scale = said[2].lower(), SCALES["s"]
    if unit.startswith("week"):
        return float(said[1]) * _DAYS_A_WEEK * scale["days"]
    names = {"h": "h", "m": "min", "d": "days", "s": "s"}
    return float(said[1]) * scale[names[unit[0]]]


def doubtful_count(hardware: str) -> int | None:
    """The number of processors, where it can only be of their cores or threads; else None.

    >>> doubtful_count("12 x 13th Gen Intel(R) Core(TM) i7-1355U (CPU)"), doubtful_count("2 x Xeon")
    (12, None)
    """
    if not hardware.lstrip()[:1].isdigit() or hardware.startswith("1 "):
        return None
    if said := _ALONE.match(hardware):
        return int(said[1]) if int(said[1]) > 1 else None
    said = _SOCKETS.match(hardware)
    return int(said[1]) if said and int(said[1]) > _MOST_SOCKETS_COUNT else None


def is_datacentre(hardware: str) -> bool:
    """Whether our table has an accelerator of this name that is no consumer's card."""
    return not _CONSUMER.search(hardware) and machine(hardware) is not None


def clashes(hardware: str, place: str) -> str | None:
    """The cloud region that a consumer's card is said to have run in; None where that is not so."""
    if not _CONSUMER.search(hardware) or "," in place:
        return None
    region = _cloud_region(place.strip().lower())
    return region if region and region.partition("/")[0] in _SHARED_CLOUDS else None


def grid_gco2e_per_kwh(place: str) -> tuple[float, float] | None:
    """The intensities of the zones that answer for a place, least and most; None if none does."""
    found = spot(place)
    if found is None:
        return None
    from carbonlabel.factors import grid  # noqa: PLC0415 - few cards need the tables

    figures = [grid.intensity((zone,), _YEAR) for zone in found.zones]
    known = [each.intensity_gco2e_per_kwh for each in figures if each is not None]
    return (min(known), max(known)) if known else None


def spot(place: str) -> Spot | None:
    """The place of our tables that people write so: `Iowa, USA`, `europe-north1`, `Singapore`."""
    return _spot(place.strip()[:_LONGEST_COUNT])


def world_gco2e_per_kwh() -> tuple[float, float]:
    """Between which intensities a place lies that nobody told, in gCO2e/kWh."""
    from carbonlabel.factors import grid  # noqa: PLC0415 - few cards need the tables

    return grid.world_ends_gco2e_per_kwh()


def _tpu(said: re.Match[str], boards: int | None) -> Machine | None:
    """The chips of a TPU, whose older slices are named for their cores."""
    generation = said[1] + said[2].lower()
    name = f"TPU v{'5e' if generation == '5' else generation}"
    powers = _powers_w(name)
    if not powers or boards == 0:
        return None
    chips = int(said[3] or 1)
    if said[3] and generation in _COUNTED_IN_CORES:
        chips = max(1, chips // _CORES_A_CHIP)
    is_counted = bool(said[3] or boards)
    return Machine(name, chips * (boards or 1), is_counted, powers[0], max(powers))


@functools.lru_cache(maxsize=4096)
def _powers_w(name: str) -> tuple[float, ...]:
    """Rated powers of the accelerators that a name fits, the likeliest first."""
    from carbonlabel.errors import MissingFactor  # noqa: PLC0415 - few cards need the tables
    from carbonlabel.factors import devices  # noqa: PLC0415 - few cards need the tables

    try:
        match = devices.find(name)
    except MissingFactor:
        return ()
    meant = (match.row, *map(devices.by_id, match.ambiguous))
    return tuple(each.rated_power_w for each in meant if each.rated_power_w)


@functools.lru_cache(maxsize=4096)
def _spot(place: str) -> Spot | None:
    from carbonlabel.errors import MissingFactor  # noqa: PLC0415 - few cards need the tables
    from carbonlabel.factors import places  # noqa: PLC0415 - few cards need the tables

    *inner, last = (part.strip() for part in place.split(","))
    if inner and last.lower() in _CONTINENTS:
        *inner, last = inner
    if region := _cloud_region(last.lower()):
        return places.find(region)
    try:
        found = places.find(last)
    except MissingFactor:
        return None
    states = (places.country_of(found.country, part) for part in reversed(inner))
    return next((each for each in states if each and each.subdivision), found)


@functools.lru_cache(maxsize=4096)
def _cloud_region(name: str) -> str | None:
    """The code of the cloud region that providers call so."""
    from carbonlabel.factors import places  # noqa: PLC0415 - few cards need the tables

    provider, slash, region = name.partition("/")
    asked = ((provider, region),) if slash else tuple((each, name) for each in _CLOUDS)
    found = (places.region_of(house, each) for house, each in asked)
    return next((spot.code for spot in found if spot is not None), None)
