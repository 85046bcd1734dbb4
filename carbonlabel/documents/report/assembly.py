"""I put the sections of a report into their order, for whom it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from carbonlabel.documents.report import (
    counted,
    course,
    energy,
    evidence,
    form,
    machines,
    methods,
    site,
    standing,
    work,
)
from carbonlabel.documents.report.blocks import Section
from carbonlabel.documents.report.material import Audience, Material

Room = Callable[[Material], Section | None]

_ROOMS: Final[Mapping[str, Room]] = {
    "withheld": evidence.withheld,
    "counted": counted.counted,
    "left-out": counted.left_out,
    "energy": energy.components,
    "time": course.time,
    "stages": energy.stages,
    "doubt": energy.doubt,
    "hardware": machines.hardware,
    "place": site.place,
    "contracts": site.contracts,
    "manufacture": machines.manufacture,
    "water": site.water,
    "minerals": machines.minerals,
    "use": work.use,
    "compute": work.compute,
    "lineage": work.lineage,
    "scores": work.scores,
    "method": methods.in_words,
    "formulas": methods.in_numbers,
    "findings": evidence.findings,
    "waivers": evidence.waivers,
    "inputs": evidence.inputs,
    "sources": evidence.sources,
    "completeness": standing.completeness,
    "glossary": standing.glossary,
    "form": form.form,
    "verification": standing.verification,
    "signature": standing.signature,
}
"""Every section, in the order of the report."""
_LEAVES_OUT: Final[Mapping[Audience, frozenset[str]]] = {
    "lab": frozenset(
        {"place", "contracts", "manufacture", "water", "minerals", "use", "compute", "lineage"}
        | {"scores", "formulas", "completeness", "glossary", "verification", "form", "signature"}
    ),
    "public": frozenset({"formulas", "completeness", "form", "signature"}),
    "regulator": frozenset(),
}
"""Sections that a reader of this kind is spared: the lab's is an appendix of few pages."""
WITH_CONTENTS: Final[frozenset[Audience]] = frozenset({"public", "regulator"})
"""Whose report begins with a table of contents."""


def sections(material: Material) -> tuple[Section, ...]:
    """The sections that have something to say."""
    spared = _LEAVES_OUT[material.audience]
    made = (room(material) for key, room in _ROOMS.items() if key not in spared)
    return tuple(each for each in made if each is not None)


def keys() -> tuple[str, ...]:
    """The names of all sections, in their order."""
    return tuple(_ROOMS)
