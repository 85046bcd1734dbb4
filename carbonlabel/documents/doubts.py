"""I name the sources of the doubt and split it among them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from carbonlabel.documents.language import Words, marked, say
from carbonlabel.documents.numbers import decimal, joined, rounded, written
from carbonlabel.model.disclosure import Disclosure, PartName

_POINTERS: Final = (
    (re.compile(r"/region/intensity$"), marked("grid factor")),
    (re.compile(r"/region/pue$"), marked("PUE")),
    (re.compile(r"/duration$"), marked("duration")),
    (re.compile(r"/lifetime$"), marked("lifetime of the hardware")),
    (re.compile(r"^/inputs/"), marked("readings of the tracker")),
)
_PART: Final = re.compile(r"^/activities/(\d{1,6})/parts/(\d{1,6})/energy$")
_MAKING: Final = re.compile(r"^/activities/(\d{1,6})/hardware/(\d{1,6})/making$")
_KINDS: Final = Words({"accelerator": "making the accelerators", "host": "making the host"})
_ENERGIES: Final[Mapping[PartName, str]] = Words(
    {
        "accelerators": "accelerators energy",
        "host": "host energy",
        "computing": "computing energy",
        "idle": "idle energy",
        "shared": "shared nodes energy",
        "overhead": "cooling energy",
        "manufacture": "manufacture energy",
    }
)


def doubts(disclosure: Disclosure) -> str:
    """`host energy 77 %, grid factor 23 %`, largest first; empty where no range is declared."""
    shares: dict[str, float] = {}
    for each in disclosure.totals.doubt:
        name = named(disclosure, each.of)
        shares[name] = shares.get(name, 0.0) + each.share
    ordered = sorted(shares.items(), key=lambda each: -each[1])
    return ", ".join(f"{name} {_percent(share)}" for name, share in ordered if share)


def _percent(share: float) -> str:
    percent = rounded(100 * decimal(share), 0)
    return joined(written(decimal(share), percent, 0), "%")


def named(disclosure: Disclosure, pointer: str) -> str:
    """What people call the source of doubt that stands at a pointer; `other` where nobody knows."""
    activities = disclosure.activities
    if (found := _PART.match(pointer)) and int(found[1]) < len(activities):
        parts = activities[int(found[1])].parts
        if int(found[2]) < len(parts):
            return _ENERGIES[parts[int(found[2])].part]
    if (found := _MAKING.match(pointer)) and int(found[1]) < len(activities):
        hardware = activities[int(found[1])].hardware
        if int(found[2]) < len(hardware):
            return _KINDS[hardware[int(found[2])].kind]
    return next((say(name) for shape, name in _POINTERS if shape.search(pointer)), say("other"))
