"""I lead from a figure of a project to the file, the line and the column that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from carbonlabel import registry
from carbonlabel.errors import UnknownFormat
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.project import BESIDE, ROWS, Decision, Project, ProjectRun, StageTotal
from carbonlabel.record.pointers import find, quantities, resolve, steps_of, walk
from carbonlabel.record.problems import printable
from carbonlabel.telling.words import amount, cited_work

_QUANTITY: Final = re.compile(r"/runs/(?P<run>\d{1,9})(?P<field>/.+)")


def trace(project: Project, pointer: str = "") -> str:
    """Where the figure at a JSON pointer stands; without one, the sums and what was decided.

    Raises:
        InputError: nothing stands there; the hint lists pointers that are near.
    """
    lines = _told(project, _figure(project, pointer)) if pointer else _overview(project)
    return "\n".join(printable(line) for line in lines) + "\n"


def _figure(project: Project, place: str) -> str:
    """The pointer itself, or the one of the quantity that the value belongs to."""
    resolve(project, place)
    above = place.rpartition("/")[0]
    return above if isinstance(find(project, above), Estimate | Missing) else place


def _overview(project: Project) -> Iterator[str]:
    for place, total in enumerate(project.totals):
        yield from _total(f"/totals/{place}", total)
    for place, decision in enumerate(project.decisions):
        yield from _decision(f"/decisions/{place}", decision)


def _told(project: Project, place: str) -> Iterator[str]:
    value = resolve(project, place)
    match value:
        case Estimate() | Missing():
            yield from _alone(project, place, value)
        case Decision():
            yield from _decision(place, value)
        case StageTotal():
            yield from _total(place, value)
            yield from _summands(project, value)
        case ProjectRun():
            yield from _run(project, place, value)
        case _:
            yield from _inside(project, place, value)


def _inside(project: Project, place: str, value: object) -> Iterator[str]:
    within = tuple(quantities(value, place))
    for at, quantity in within:
        yield from _alone(project, at, quantity)
    if not within:
        leaves = (f"{at}  {each}" for at, each in walk(value, place) if _is_leaf(each))
        yield from leaves


def _is_leaf(value: object) -> bool:
    return isinstance(value, str | int | float)


def _run(project: Project, place: str, run: ProjectRun) -> Iterator[str]:
    yield f"{place}  {run.file}" + (f":{run.line}" if run.line else "")
    yield f"  stage {run.stage}, {'counted' if run.counted else 'not counted'}" + (
        f": {run.reason}" if run.reason else ""
    )
    if run.decision is not None:
        yield f"  {project.decisions[run.decision].message}"
    yield from _inside(project, f"{place}/energy", run.energy)
    yield from _alone(project, f"{place}/duration", run.duration)


def _total(place: str, total: StageTotal) -> Iterator[str]:
    yield f"{place}  {total.stage}: {total.counted} of {total.runs} runs counted"
    energy = total.energy
    if isinstance(energy, Missing):
        yield f"  {energy.missing.replace('-', ' ')}: {energy.reason}"
    else:
        yield f"  {amount(energy)}"
        yield f"  = {energy.formula}"


def _summands(project: Project, total: StageTotal) -> Iterator[str]:
    for place, run in enumerate(project.runs):
        if run.counted and run.stage == total.stage:
            for row in (*ROWS, *BESIDE):
                energy = getattr(run.energy, row)
                if isinstance(energy, Estimate):
                    yield f"    {amount(energy)}  /runs/{place}/energy/{row}"


def _decision(place: str, decision: Decision) -> Iterator[str]:
    yield f"{place}  {decision.rule.replace('-', ' ')}"
    yield f"  {decision.message}"
    yield f"  counted: {_numbers(decision.kept)}"
    yield f"  left out: {_numbers(decision.left)}"


def _numbers(places: tuple[int, ...]) -> str:
    return ", ".join(f"/runs/{place}" for place in places) or "none"


def _alone(project: Project, place: str, quantity: Estimate | Missing) -> Iterator[str]:
    yield place
    match quantity:
        case Missing(missing=kind, reason=reason):
            yield f"  {kind.replace('-', ' ')}: {reason}"
        case Estimate(source=str() as key):
            yield f"  {amount(quantity)}"
            yield f"  from {_origin(project, place, key)}"
        case Estimate(formula=formula):
            yield f"  {amount(quantity)}"
            yield f"  = {formula}"


def _origin(project: Project, place: str, key: str) -> str:
    cited = project.inputs.get(key)
    if cited is None:
        return f"{key}, which is not listed"
    match = _QUANTITY.fullmatch(place)
    run = project.runs[int(match["run"])] if match else None
    if match is None or run is None:
        return cited_work(cited)
    column = _columns(run.format).get("/".join(_field(match["field"])))
    named = f", column {column}" if column else ""
    if cited.file != run.file:
        at = f"{run.file}:{run.line}" if run.line else run.file
        return f"{cited_work(cited)}{named}; its run stands at {at}"
    line = f", line {run.line}" if run.line else ""
    return f"{cited_work(cited)}{line}{named}"


def _field(place: str) -> Iterator[str]:
    # The readers name the rows of the energy as they name the other fields of a run.
    steps = steps_of(place)
    yield from steps[1:] if steps[0] == "energy" else steps


def _columns(form: str) -> Mapping[str, str]:
    """The columns that each figure of a run stands in, where its reader says so."""
    try:
        found: Mapping[str, str] = getattr(registry.reader(form), "columns", {})
    except UnknownFormat:
        return {}
    return found
