"""I look up the machines that a person names, and what they may draw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MalformedInput, MissingFactor
from carbonlabel.estimation.statement import Statement
from carbonlabel.factors import cpus, devices, doubts, near
from carbonlabel.factors.cpus import Cpu
from carbonlabel.method.propagate import Interval
from carbonlabel.model.provenance import Finding

_OR_POWER: Final = "or state --power, the most that one of them may draw"
_SHOWN_COUNT: Final = 60


@dataclass(frozen=True, slots=True)
class Boards:
    """The accelerators of a run, one of them."""

    name: str
    """As the table has it; as it was typed where that may mean several, or is in no table."""
    rated_w: float
    """The most that one may draw."""
    power: Interval
    """What one draws in the mean, in W."""
    is_whole_chip: bool
    """Whether the power is that of a chip with its CPU and memory."""
    source: str | None
    """The work that says the rated power; None where the person does."""
    findings: tuple[Finding, ...] = ()


def boards(said: Statement) -> Boards | None:
    """The accelerators, with the range of what one draws; None where none is named.

    Raises:
        MissingFactor: no table has the name or its rated power, and no power is stated.
    """
    if said.gpu is None:
        return None
    match = _match(said.gpu, needed=said.power is None)
    if said.power is not None:
        rated = Interval(said.power.value, said.power.value, said.power.value)
    elif match is None or match.row.rated_power_w is None:
        raise MissingFactor(
            f"nobody publishes the rated power of {match.row.name if match else said.gpu}",
            where="--gpu",
            hint=_OR_POWER,
        )
    else:
        rated = _rated(match, match.row.rated_power_w)
    alone = match is not None and not match.ambiguous
    return Boards(
        name=match.row.name if match and alone else said.gpu[:_SHOWN_COUNT],
        rated_w=rated.value,
        power=drawn(rated, said.load.value if said.load else None),
        is_whole_chip=match is not None and match.row.kind == "soc",
        source=match.row.power_source if match and said.power is None else None,
        findings=tuple(_findings(said, match)) if match else (),
    )


def drawn(rated: Interval, load_ratio: float | None) -> Interval:
    """What a machine draws in the mean, in W, from its rated power and maybe its load.

    Without a load the value is the rated power, within the cited range of those. With one it is
    load × rated power, within the range of modelled power, and never above what a limit lets by.
    """
    limits = doubts.doubt("rated")
    least_w, most_w = rated.low or rated.value, rated.high or rated.value
    if load_ratio is None:
        return Interval(rated.value, least_w * limits.low, most_w * limits.high)
    model = doubts.doubt("model")
    return Interval(
        rated.value * load_ratio,
        least_w * load_ratio * model.low,
        most_w * min(load_ratio * model.high, limits.high),
    )


def processor(said: Statement) -> Cpu | None:
    """The processor of the hosts; None where none is named.

    Raises:
        MissingFactor: no table has the name; the hint has those that hold its words.
        MalformedInput: the accelerator is a chip that has its processor inside.
    """
    if said.cpu is None:
        return None
    try:
        return cpus.find(said.cpu)
    except MissingFactor as missing:
        found = _holding(said.cpu)
        hint = near.hint(found, command="carbonlabel list devices") if found else missing.hint
        raise MissingFactor(missing.message, where="--cpu", hint=hint) from missing


def refuse_second_processor(said: Statement, named: Boards) -> None:
    """See to it that a chip's own processor and memory are not counted beside it.

    Raises:
        MalformedInput: they are.
    """
    if named.is_whole_chip and (said.cpu or said.memory_gb):
        raise MalformedInput(
            f"the rated power of {named.name} is that of the whole chip, with CPU and memory",
            where="--cpu" if said.cpu else "--memory",
            hint="leave it out",
        )


def _match(name: str, *, needed: bool) -> devices.Match | None:
    try:
        return devices.find(name)
    except MissingFactor as missing:
        if not needed:
            return None
        hint = f"{missing.hint}; {_OR_POWER}"
        raise MissingFactor(missing.message, where="--gpu", hint=hint) from missing


def _rated(match: devices.Match, power_w: float) -> Interval:
    """The rated power of the likeliest device, from the least to the most of those it may be."""
    meant = (power_w, *(devices.by_id(other).rated_power_w for other in match.ambiguous))
    known = [each for each in meant if each is not None]
    return Interval(power_w, min(known), max(known))


def _holding(name: str) -> tuple[str, ...]:
    """The first processors whose names hold every word of this one."""
    words = [near.plain(word) for word in cpus.spoken(name).split()]
    fitting = (
        each.name
        for each in cpus.every()
        if all(word in near.plain(each.name) for word in words if word)
    )
    return tuple(found for found, _ in zip(fitting, range(3), strict=False))


def _findings(said: Statement, match: devices.Match) -> Iterator[Finding]:
    place = "computing" if match.row.kind == "soc" else "accelerators"
    if match.ambiguous:
        names = (match.row.name, *(devices.by_id(other).name for other in match.ambiguous))
        yield Finding(
            code="device-ambiguous",
            severity="warning",
            place=place,
            message=f"{said.gpu!r} may be several devices; the likeliest was taken, and the range "
            "holds all.",
            expected=f"one of {', '.join(names)}",
            found=match.row.name,
            suggestion="write the name as nvidia-smi -L or rocm-smi prints it",
        )
    if match.row.note is not None and said.power is None:
        yield Finding(
            code="rated-power-remark",
            severity="note",
            place=place,
            message=f"{match.row.name}: {match.row.note}",
        )
