"""I list what the totals do not hold, and what it would add where that can be worked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from carbonlabel.assessment.citations import Citations
from carbonlabel.assessment.ledger import Figure, Ledger
from carbonlabel.assessment.supposing import IfCooled
from carbonlabel.errors import MissingFactor
from carbonlabel.method.basis import weakest
from carbonlabel.model.disclosure import Activity, LeftOut, PartName
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device

_COOLING = "cooling and overhead"
_DECLARED_AS: Final[dict[str, PartName]] = {
    "idle time of the machine": "idle",
    "storage and network": "shared",
}
_IN_PART: Final = "declared for some of the runs only"


def left_out(
    activities: Sequence[Activity],
    if_cooled: IfCooled,
    evidence: Iterable[Evidence],
    ledger: Ledger,
    citations: Citations,
) -> tuple[LeftOut, ...]:
    """Cooling with its size, runs cut short, what trackers never see, hosts, the end of life."""
    return (
        *_cooling(activities, if_cooled, ledger, citations),
        *_rest(activities),
        *_unseen(activities, evidence),
        *_hosts(activities),
        *_minerals(activities),
        LeftOut(what="end of life of the hardware", why="the factors are cradle-to-gate"),
    )


def _cooling(
    activities: Sequence[Activity],
    if_cooled: IfCooled,
    ledger: Ledger,
    citations: Citations,
) -> Iterable[LeftOut]:
    reasons = dict.fromkeys(
        part.emissions.reason
        for activity in activities
        for part in activity.parts
        if part.part == "overhead"
        and isinstance(part.emissions, Missing)
        and part.emissions.missing != "not-applicable"
    )
    if reasons and not if_cooled.terms:
        yield LeftOut(what=_COOLING, why="; ".join(reasons))
    if if_cooled.terms:
        supposed = if_cooled.supposed
        supposed.cite(citations)
        size = ledger.estimate(
            Figure(if_cooled.terms, weakest(supposed.ratio.basis, *_bases(activities))),
            "gCO2e",
            f"it_energy * ({supposed.ratio.value:g} - 1) * intensity",
        )
        yield LeftOut(
            what=_COOLING,
            why=f"{_short(reasons)}; {supposed.words} would add this",
            adds=size,
        )


def _bases(activities: Iterable[Activity]) -> Iterable[Basis]:
    emissions = (part.emissions for activity in activities for part in activity.parts)
    return (each.basis for each in emissions if isinstance(each, Estimate))


def _short(reasons: Iterable[str]) -> str:
    # The bracket of a reason explains a finding; here the sentence goes on.
    return "; ".join(dict.fromkeys(reason.partition(" (")[0] for reason in reasons))


def _rest(activities: Iterable[Activity]) -> Iterable[LeftOut]:
    if not all(activity.complete for activity in activities):
        yield LeftOut(
            what="rest of incomplete runs", why="a run was cut short or is known in part only"
        )


def _hosts(activities: Iterable[Activity]) -> Iterable[LeftOut]:
    if any(_lacks_host(activity.hardware) for activity in activities):
        yield LeftOut(
            what="making the hosts", why="the hardware inventory lists accelerators without a host"
        )


def _minerals(activities: Iterable[Activity]) -> Iterable[LeftOut]:
    if any(part.minerals is not None for activity in activities for part in activity.parts):
        yield LeftOut(
            what="minerals of electricity",
            why="ADPe counts making the hardware; of electricity no figure is shipped, as none has "
            "a licence that lets it be passed on",
        )


def _lacks_host(machines: Sequence[Device]) -> bool:
    """Whether boards are declared without the machine that carries them; a chip may be both."""
    boards = [device for device in machines if device.kind == "accelerator"]
    return len(boards) == len(machines) and not all(_is_whole_chip(each.name) for each in boards)


def _is_whole_chip(name: str) -> bool:
    from carbonlabel.factors import devices  # noqa: PLC0415 - not every run names a board

    try:
        return devices.find(name).row.kind == "soc"
    except MissingFactor:
        return False


def _unseen(activities: Sequence[Activity], evidence: Iterable[Evidence]) -> Iterable[LeftOut]:
    """What trackers never see; of what some activities declare, the rest."""
    declared = {part.part for activity in activities for part in activity.parts}
    for what, why in _blind_spots(evidence):
        row = _DECLARED_AS.get(what)
        if row in declared:
            yield LeftOut(what=f"some {what}", why=_IN_PART)
        else:
            yield LeftOut(what=what, why=why)


def _blind_spots(evidence: Iterable[Evidence]) -> Iterable[tuple[str, str]]:
    found: dict[str, dict[str, None]] = {}
    for run in evidence:
        for what, why in run.blind_spots:
            found.setdefault(what, {})[why] = None
    return ((what, "; ".join(whys)) for what, whys in found.items())
