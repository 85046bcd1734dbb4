"""I am the electricity of a run that no tracker watched: what its machines are rated at × its time.

Accelerators: count × rated power × wall time. A host beside them: half of the rated power of its
processors, and 3 W for each 8 GB of memory. Where there are processors only, their rated power.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from carbonlabel.estimation.machines import Boards, drawn
from carbonlabel.estimation.statement import Statement
from carbonlabel.factors import doubts
from carbonlabel.factors.cpus import Cpu
from carbonlabel.method.digits import nine
from carbonlabel.method.planning import memory_power_w, rated_energy_kwh
from carbonlabel.method.propagate import Interval, Term, propagate
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Sensor
from carbonlabel.model.provenance import Finding

SOURCE: Final = "statement"
"""The key of `sources` under which the figures cite what was stated."""
HALF_RATIO: Final = 0.5
"""What part of their rated power processors beside accelerators are taken to draw."""
MODULE_W: Final = 3.0
MODULE_GB: Final = 8.0
"""The rule of thumb for memory: so many W for each so many GB."""

Row = Estimate | Missing


@dataclass(frozen=True, slots=True)
class Electricity:
    """The energies of a run, as its evidence holds them."""

    accelerators: Row
    host: Row
    computing: Row
    sensors: Mapping[str, Sensor]
    unseen: tuple[tuple[str, str], ...] = ()
    """What of the host nobody stated, each as what and why."""
    findings: tuple[Finding, ...] = field(default=())


def electricity(
    said: Statement, board: Boards | None, cpu: Cpu | None, wall: Interval
) -> Electricity:
    """The rows of accelerators and host, or of a chip that is both."""
    if board is not None and board.is_whole_chip:
        split = Missing(missing="not-applicable", reason="one chip is accelerator and host")
        return Electricity(split, split, _of_boards(said, board, wall), {"computing": "rated"})
    whole = Missing(missing="not-applicable", reason="the estimate splits the energy")
    sensors: dict[str, Sensor] = {}
    accelerators: Row = Missing(missing="not-applicable", reason="the run has no accelerators")
    if board is not None:
        accelerators, sensors["accelerators"] = _of_boards(said, board, wall), "rated"
    host = _of_host(said, cpu, wall, beside=board is not None)
    if isinstance(host, Estimate):
        sensors["host"] = "model"
    return Electricity(
        accelerators,
        host,
        whole,
        sensors,
        tuple(_unseen(said, host)),
        tuple(_findings(said, host)),
    )


def _of_boards(said: Statement, board: Boards, wall: Interval) -> Estimate:
    return _estimate([("board", said.gpu_count, board.power)], wall, exact=said.flop is None)


def _of_host(said: Statement, cpu: Cpu | None, wall: Interval, *, beside: bool) -> Row:
    parts = []
    if cpu is not None:
        rated = Interval(cpu.rated_power_w)
        load_ratio = said.load.value if said.load else None
        power = _half(cpu) if beside else drawn(rated, load_ratio)
        parts.append(("cpu", said.cpu_count, power))
    if said.memory_gb is not None:
        parts.append(("memory", 1, _memory(said.memory_gb)))
    if not parts:
        return Missing(missing="not-stated", reason="nothing states the CPU and memory of the host")
    return _estimate(parts, wall, exact=said.flop is None)


def _half(cpu: Cpu) -> Interval:
    """What trackers take without a counter: half of the rated power, in W."""
    half_w = cpu.rated_power_w * HALF_RATIO
    return Interval(half_w, *doubts.doubt("constant-cpu").ends(half_w))


def _memory(capacity_gb: float) -> Interval:
    power_w = memory_power_w(capacity_gb / MODULE_GB, MODULE_W)
    return Interval(power_w, *doubts.doubt("memory").ends(power_w))


def _estimate(parts: list[tuple[str, int, Interval]], wall: Interval, *, exact: bool) -> Estimate:
    """Σ count × power × time, with the doubt of each power and of a time that was worked out.

    Hours that were typed are exact beside the doubt of a rated power.
    """
    time = Interval(wall.value, wall.value, wall.value) if exact else wall
    terms = [_term(name, count) for name, count, _ in parts]
    spread = propagate(terms, {"time": time, **{name: power for name, _, power in parts}})
    return Estimate(
        value=nine(spread.value),
        low=None if spread.low is None else nine(spread.low),
        high=None if spread.high is None else nine(spread.high),
        unit="kWh",
        basis="estimated",
        source=SOURCE,
    )


def _term(name: str, count: int) -> Term:
    return Term(lambda power_w, used_s: rated_energy_kwh(count, power_w, used_s), (name, "time"))


def _unseen(said: Statement, host: Row) -> Iterator[tuple[str, str]]:
    if isinstance(host, Estimate):
        if said.cpu is None:
            yield "CPU", "the estimate names none"
        if said.memory_gb is None:
            yield "memory", "the estimate does not say how much there is"


def _findings(said: Statement, host: Row) -> Iterator[Finding]:
    if isinstance(host, Missing):
        yield Finding(
            code="host-not-stated",
            severity="warning",
            place="host",
            message="CPU and memory of the host are not counted: nothing states them.",
            suggestion="--cpu NAME and --memory 64GB, of all hosts together",
        )
    elif said.gpu is not None:
        yield Finding(
            code="host-modelled",
            severity="note",
            place="host",
            message="The host is half of the rated power of its processors, and 3 W for each 8 GB "
            "of memory.",
        )
