"""I am what a person says of a run that no tracker watched, typed and checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.model.units import Unit
from carbonlabel.parsing.capacities import Capacity
from carbonlabel.parsing.fields import Moment, Stamp
from carbonlabel.parsing.quantities import Quantity, quantity, whole_number
from carbonlabel.parsing.yamlfile import Text

Told = str | float
"""A figure as it was typed, "450 W"; or a number in the unit that goes without saying."""
_PLAIN: Final[dict[Unit, str]] = {"s": "h", "W": "W", "FLOP": "FLOP", "ratio": ""}

_EXAMPLES: Final = {
    "--hours": 'such as 6.5 for 6.5 h, "30 min" or "12 d"',
    "--power": "such as 450W, or 0.45kW",
    "--flop": "such as 3e24",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What was said of a run, in base units; None where nothing was."""

    gpu: str | None = None
    """The accelerator, as its driver or its vendor calls it."""
    gpu_count: int = 1
    """How many of them."""
    power: Quantity | None = None
    """The most that one accelerator may draw, in W, instead of the table's rated power."""
    load: Quantity | None = None
    """The part of its rated power that a machine draws in the mean, 0 to 1."""
    cpu: str | None = None
    """The processor of the hosts."""
    cpu_count: int = 1
    """How many processors all hosts together have."""
    memory_gb: float | None = None
    """Memory of all hosts together, in GB."""
    wall: Quantity | None = None
    """Wall time in s."""
    flop: Quantity | None = None
    """Operations, instead of the time."""
    mfu: Quantity | None = None
    """Model FLOP utilisation, with the operations."""
    start: Stamp | None = None
    """When it begins."""


def statement(  # noqa: PLR0913 - each is one thing that a person may say
    *,
    gpu: str | None = None,
    count: Told = 1,
    hours: Told | None = None,
    power: Told | None = None,
    utilisation: Told | None = None,
    cpu: str | None = None,
    cpu_count: Told = 1,
    memory: Told | None = None,
    flop: Told | None = None,
    mfu: Told | None = None,
    start: str | None = None,
) -> Statement:
    """The statement that these texts and numbers make: hours in h, power in W, memory in GB.

    Raises:
        MalformedInput: a text is no such figure, or they do not go together.

    >>> statement(gpu="RTX 4090", hours="6.5").wall.value
    23400.0
    """
    said = Statement(
        gpu=_name(gpu, "--gpu"),
        gpu_count=whole_number(str(count), where="--count"),
        power=_figure(power, "W", "--power"),
        load=_ratio(utilisation, "--utilisation"),
        cpu=_name(cpu, "--cpu"),
        cpu_count=whole_number(str(cpu_count), where="--cpu-count"),
        memory_gb=_memory_gb(memory),
        wall=_figure(hours, "s", "--hours"),
        flop=_figure(flop, "FLOP", "--flop"),
        mfu=_ratio(mfu, "--mfu"),
        start=Moment().read(_text(start, "--start")) if start else None,
    )
    _go_together(said)
    return said


def _name(text: str | None, where: str) -> str | None:
    if text is not None and not text.strip():
        raise MalformedInput("is empty", where=where, hint="name the device, or leave it out")
    return None if text is None else " ".join(text.split())


def _figure(told: Told | None, unit: Unit, where: str) -> Quantity | None:
    if told is None:
        return None
    # A number of Python's has its unit in the documentation; on a command line hours alone do.
    is_bare = not isinstance(told, str) or unit in {"s", "FLOP", "ratio"}
    try:
        found = quantity(str(told), unit, where=where, bare=_PLAIN[unit] if is_bare else None)
    except MalformedInput as bad:
        raise MalformedInput(bad.message, where=where, hint=_EXAMPLES.get(where, bad.hint)) from bad
    if not found.value:
        raise MalformedInput("must be more than 0", where=where)
    return found


def _ratio(told: Told | None, where: str) -> Quantity | None:
    found = _figure(told, "ratio", where)
    if found is not None and found.value > 1:
        raise MalformedInput(
            f"{found.value:g} is more than all", where=where, hint="such as 0.8, or 80 %"
        )
    return found


def _memory_gb(told: Told | None) -> float | None:
    if told is None:
        return None
    text = told if isinstance(told, str) else f"{told:g} GB"
    return Capacity().read(_text(text, "--memory"))


def _text(text: str, where: str) -> Text:
    return Text(where, text, plain=True)


def _go_together(said: Statement) -> None:
    """Refuse what leaves the machine or the time open, or says one thing twice."""
    for is_wrong, where, message, hint in (
        (
            not (said.gpu or said.cpu),
            "--gpu",
            "nothing says on what the run computed",
            'name the accelerator, --gpu "RTX 4090", or for a run without one, --cpu NAME',
        ),
        (
            said.wall is None and said.flop is None,
            "--hours",
            "nothing says how long the run takes",
            "state --hours; or --flop with --mfu, from which the hours follow",
        ),
        (
            said.wall is not None and said.flop is not None,
            "--flop",
            "hours and operations both say how long",
            "leave one out",
        ),
        (
            (said.flop is None) != (said.mfu is None),
            "--mfu",
            "operations say how long only with their utilisation, and the other way round",
            "state both: --flop 3e24 --mfu 40%",
        ),
        (
            said.gpu is None and bool(said.power or said.flop or said.gpu_count > 1),
            "--gpu",
            "count, power and operations are those of accelerators, and none is named",
            "name it with --gpu; processors are counted with --cpu-count",
        ),
    ):
        if is_wrong:
            raise MalformedInput(message, where=where, hint=hint)
