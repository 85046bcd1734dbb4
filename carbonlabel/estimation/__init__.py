"""I turn what a person says of a run into evidence: machines × rated power × hours."""

from __future__ import annotations

from collections.abc import Iterator

from carbonlabel.estimation.energy import SOURCE, electricity
from carbonlabel.estimation.machines import Boards, boards, processor, refuse_second_processor
from carbonlabel.estimation.statement import Statement, repeated
from carbonlabel.estimation.times import period, wall
from carbonlabel.factors import cpus
from carbonlabel.factors.cpus import Cpu
from carbonlabel.factors.sources import source as work
from carbonlabel.method.propagate import Interval
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Source
from carbonlabel.model.units import hours_from_seconds

_TRACKER = "Estimate"
_RUN = "statement"
_BLIND_SPOTS = (
    ("idle time of the machine", "only the hours that were stated are counted"),
    ("failed and earlier runs", "not in the statement"),
    ("storage and network", "not in the statement"),
)


def evidence(said: Statement) -> Evidence:
    """The run that was stated, every figure of it estimated and with a range.

    No file was read, so that there are no inputs: the figures cite the statement, which stands
    among the sources in one line, from which all of it can be made again.

    Raises:
        MissingFactor: a device, its rated power or its peak is in no table.
        MalformedInput: what was said contradicts itself.
    """
    board, cpu, took = boards(said), processor(said), wall(said)
    if board is not None:
        refuse_second_processor(said, board)
    drawn = electricity(said, board, cpu, took)
    return Evidence(
        run=_RUN,
        place=_RUN,
        tracker=_TRACKER,
        inputs=(),
        sources=dict(_sources(said, board, cpu, took)),
        period=period(said, took.value),
        duration=_duration(said, took),
        accelerators=drawn.accelerators,
        host=drawn.host,
        computing=drawn.computing,
        sensors=drawn.sensors,
        pue_in_energy="no",
        pue=Missing(missing="not-stated", reason="the PUE of the site is not stated"),
        wue=Missing(missing="not-stated", reason="the WUE of the site is not stated"),
        reported_energy=Missing(missing="not-stated", reason="no tracker watched the run"),
        reported_emissions=Missing(missing="not-stated", reason="no tracker watched the run"),
        devices=tuple(_devices(said, board, cpu)),
        flop=said.flop.estimate("estimated", SOURCE) if said.flop else None,
        device_time=said.device_time.estimate("estimated", SOURCE) if said.device_time else None,
        covers="device",
        complete=True,
        blind_spots=(*_BLIND_SPOTS, *drawn.unseen),
        findings=(*(board.findings if board else ()), *drawn.findings),
    )


def stated(disclosure: Disclosure) -> Statement | None:
    """The statement that a disclosure was estimated from; None where it is from logs.

    Raises:
        MalformedInput: the line in the disclosure says no such thing.
    """
    cited = disclosure.sources.get(SOURCE)
    is_estimate = cited is not None and not any(key.startswith("log") for key in disclosure.inputs)
    return repeated(cited.title) if cited is not None and is_estimate else None


def again(disclosure: Disclosure) -> tuple[Evidence, ...]:
    """The run that a disclosure's own statement says; none where it is from logs.

    Raises:
        CarbonLabelError: the statement says no run that is known here.
    """
    said = stated(disclosure)
    return (evidence(said),) if said else ()


def planned(disclosure: Disclosure) -> Disclosure:
    """The same of a run that is still to be: its headline says "planned"."""
    totals = disclosure.totals
    if totals.headline == "not reported":
        return disclosure
    return disclosure.model_copy(
        update={"totals": totals.model_copy(update={"headline": "planned"})}
    )


def _duration(said: Statement, took: Interval) -> Estimate | Missing:
    if said.device_time is not None:
        return Missing(missing="not-stated", reason="nothing says how long the run took")
    return Estimate(
        value=took.value, low=took.low, high=took.high, unit="s", basis="estimated", source=SOURCE
    )


def _devices(said: Statement, board: Boards | None, cpu: Cpu | None) -> Iterator[Device]:
    if board is not None:
        yield Device(name=board.name, kind="accelerator", count=said.gpu_count)
    if cpu is not None:
        yield Device(name=cpu.name, kind="host", count=1)


def _sources(
    said: Statement, board: Boards | None, cpu: Cpu | None, took: Interval
) -> Iterator[tuple[str, Source]]:
    yield SOURCE, Source(title=said.title(*_rated(board, cpu), *_derived(said, took)))
    for key in (board.source if board else None, cpus.SOURCE if cpu else None):
        if key is not None:
            cited = work(key)
            yield (
                key,
                Source(title=cited.title, year=cited.year, url=cited.url, licence=cited.licence),
            )


def _rated(board: Boards | None, cpu: Cpu | None) -> Iterator[str]:
    """The powers that were looked up, for people."""
    if board is not None and board.source is not None:
        yield f"rated {board.rated_w:g} W"
    if cpu is not None:
        yield f"CPU rated {cpu.rated_power_w:g} W"


def _derived(said: Statement, took: Interval) -> Iterator[str]:
    """The hours that follow from the operations, for people."""
    if said.flop is not None:
        yield f"from which follow {hours_from_seconds(took.value):.6g} h"
