"""I say a footprint in one paragraph, as venues ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from carbonlabel.documents.paper.facts import NOT_REPORTED, Facts, facts
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options


@dataclass(frozen=True, slots=True)
class Sentence:
    """The footprint as plain text; `venue` chooses what it answers."""

    format: str = "sentence"
    file_name: str = "sentence.txt"
    about: str = "a paragraph for a paper or its checklist (--venue)"

    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """One paragraph as UTF-8."""
        told = _VENUES[options.venue](facts(disclosure))
        return f"{' '.join(told)}\n".encode()


def paragraph(found: Facts) -> Iterator[str]:
    """Who, how long, on what, where, how much, by which method, and what is left out."""
    face = found.face
    did = "plan to train" if found.is_planned else found.deed
    yield f"We {did} {face.model}{_on(found)}{_in(found)}."
    if face.value is None:
        yield "Its footprint is not reported."
        return
    used, emitted = ("would use", "emit") if found.is_planned else ("used", "emitted")
    yield (
        f"{face.runs[:1].upper()}{face.runs[1:]} {used} {found.said('Energy')} of electricity and "
        f"{emitted} {found.total}, of which electricity {found.amount('electricity')} "
        f"(location-based{_grid(found)}) and hardware manufacture {found.amount('manufacture')}."
    )
    yield from _method(found)


def _neurips(found: Facts) -> Iterator[str]:
    """Checklist question 8: workers, memory, time, and what the whole project needed."""
    yield "Compute resources:"
    yield f"{found.hardware or 'the machines are not reported'};"
    yield f"wall time {found.duration or NOT_REPORTED}{_worked(found)} for {found.face.runs};"
    yield f"electricity {found.said('Energy')}; emissions {found.total}."
    yield f"Not included: {found.not_counted}."
    yield from _method(found, left_out=False)


def _acl(found: Facts) -> Iterator[str]:
    """Responsible NLP checklist C1: parameters, computational budget, infrastructure."""
    yield f"Model size: {found.face.size or NOT_REPORTED}."
    budget = found.device_time or found.duration or NOT_REPORTED
    yield f"Computational budget: {budget} for {found.face.runs}."
    yield f"Infrastructure: {found.hardware or NOT_REPORTED}{_in(found)}."
    yield f"Electricity {found.said('Energy')}; emissions {found.total}."
    yield from _method(found)


_VENUES: Final[dict[str, Callable[[Facts], Iterator[str]]]] = {
    "plain": paragraph,
    "neurips": _neurips,
    "acl": _acl,
}


def _method(found: Facts, *, left_out: bool = True) -> Iterator[str]:
    if found.is_planned:
        yield "The run is still to be: these are estimates."
    if found.tracker:
        yield f"Energy is from {found.tracker}; the figures were made by {found.face.generator}."
    if left_out:
        yield f"Not counted: {found.not_counted}."


def _on(found: Facts) -> str:
    time = f" for {found.duration}" if found.duration else ""
    return f" on {found.hardware}{time}{_worked(found)}" if found.hardware else time


def _worked(found: Facts) -> str:
    return f" ({found.device_time})" if found.device_time else ""


def _in(found: Facts) -> str:
    return f" in {found.places}" if found.places and found.places != "place not known" else ""


def _grid(found: Facts) -> str:
    grid = found.context("Grid")
    return f", {grid.note}, {found.said('Grid')}" if grid else ""


renderer = Sentence()
