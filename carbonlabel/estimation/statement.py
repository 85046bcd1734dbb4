"""I am what a person says of a run that no tracker watched, typed and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from carbonlabel.errors import MalformedInput, MissingFactor
from carbonlabel.factors import devices, near
from carbonlabel.method.digits import nine
from carbonlabel.model.units import Unit
from carbonlabel.parsing import durations
from carbonlabel.parsing.capacities import Capacity
from carbonlabel.parsing.fields import Moment, Stamp, Year
from carbonlabel.parsing.quantities import Quantity, quantity, whole_number
from carbonlabel.parsing.yamlfile import Text

Told = str | float
"""A figure as it was typed, "450 W"; or a number in the unit that goes without saying."""
_BARE: Final[Mapping[Unit, str]] = {"FLOP": "FLOP", "ratio": ""}
"""The unit of a text without one, for those that may stand so."""
_NUMBERS_IN: Final = {"power": "W", "memory": "GB"}
"""The unit of Python's numbers, for figures whose texts need one."""
_EXAMPLES: Final = {
    "hours": 'such as 6.5 for 6.5 h, "30 min", 6h30m, "12 d" or "1.3M GPU hours"',
    "power": "such as 450W, or 0.45kW",
    "flop": "such as 3e24",
}
_COUNTED: Final = (
    re.compile(r"(?P<count>[0-9]{1,9})\s*[x×]\s*(?P<name>\S.*)", re.IGNORECASE),
    re.compile(r"(?P<name>.*\S)(?:\s+x\s?|\s*×\s?)(?P<count>[0-9]{1,9})"),
)
"""How people say several of a kind: "8x H100", "H100 x8"."""
_MANY: Final = re.compile(r"(?P<count>[0-9]{1,9})\s+(?P<name>\S.*)")
"""The same without a sign, "512 A100", where what is behind the number is a device."""
_BEGIN: Final = "stated: "
_BETWEEN: Final = "; "
_KEYS: Final = frozenset(
    {"gpu", "count", "hours", "power", "utilisation", "cpu", "cpu-count", "memory"}
    | {"flop", "mfu", "start", "year"}
)


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
    device_time: Quantity | None = None
    """Device time in s, where that was said and no count from which the wall time follows."""
    flop: Quantity | None = None
    """Operations, instead of the time."""
    mfu: Quantity | None = None
    """Model FLOP utilisation, with the operations."""
    start: Stamp | None = None
    """When it begins."""
    year: int | None = None
    """Of the grid figure, where it is pinned."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Each thing that was said, as it was typed, by its name."""

    def title(self, *derived: str) -> str:
        """The statement in one line, which `repeated` understands; `derived` is for people."""
        told = (f"{key} {text}" for key, text in self.texts.items())
        return _BEGIN + _BETWEEN.join((*told, *derived))


def statement(**told: Told | None) -> Statement:
    """The statement that these texts and numbers make: hours in h, power in W, memory in GB.

    Known are gpu, count, hours, power, utilisation, cpu, cpu_count, memory, flop, mfu, start and
    year; what is None was not said.

    Raises:
        MalformedInput: a text is no such figure, or they do not go together.

    >>> statement(gpu="RTX 4090", hours="6.5").wall.value
    23400.0
    """
    texts = {
        name.replace("_", "-"): _typed(name, each)
        for name, each in told.items()
        if each is not None
    }
    gpu, counted = _counted(_name(texts, "gpu"))
    count = _count(texts, counted)
    wall, device_time = _times(texts, count)
    said = Statement(
        gpu=gpu,
        gpu_count=count or 1,
        power=_figure(texts, "power", "W"),
        load=_ratio(texts, "utilisation"),
        cpu=_name(texts, "cpu"),
        cpu_count=whole_number(texts.get("cpu-count", "1"), where="--cpu-count"),
        memory_gb=Capacity().read(_text(texts, "memory")) if "memory" in texts else None,
        wall=wall,
        device_time=device_time,
        flop=_figure(texts, "flop", "FLOP"),
        mfu=_ratio(texts, "mfu"),
        start=Moment().read(_text(texts, "start")) if "start" in texts else None,
        year=Year().read(_text(texts, "year")) if "year" in texts else None,
        texts=texts,
    )
    _refuse_gaps(said)
    _refuse_contradictions(said)
    return said


def repeated(title: str) -> Statement:
    """The statement that a line says which `Statement.title` wrote.

    Raises:
        MalformedInput: it says none.

    >>> repeated(statement(gpu="RTX 4090", hours="6.5").title("rated 450 W")).gpu
    'RTX 4090'
    """
    items = (each.partition(" ") for each in title.removeprefix(_BEGIN).split(_BETWEEN))
    return statement(**{key.replace("-", "_"): text for key, _, text in items if key in _KEYS})


def _typed(name: str, told: Told) -> str:
    """What was said as one line of text, in which nothing ends the line of the statement."""
    unit = _NUMBERS_IN.get(name, "") if not isinstance(told, str) else ""
    text = "".join(each if each.isprintable() else " " for each in f"{told} {unit}")
    return " ".join(text.replace(";", ",").split())[: near.LONGEST_COUNT].rstrip()


def _name(texts: Mapping[str, str], name: str) -> str | None:
    found = texts.get(name)
    if found == "":
        raise MalformedInput("is empty", where=f"--{name}", hint="name the device, or leave it out")
    return found


def _counted(name: str | None) -> tuple[str | None, int | None]:
    """The accelerator without the count that stands before or behind it, and that count."""
    if name is None or devices.is_known(name):
        return name, None
    kinds = name.split(",")
    if len(kinds) > 1 and all(map(_is_device, kinds)):
        raise MalformedInput(
            "are several kinds of accelerators",
            where="--gpu",
            hint="estimate each on its own, or state them as runs in manual.yaml",
        )
    found = next(filter(None, (each.fullmatch(name) for each in _COUNTED)), None)
    if found is None and (many := _MANY.fullmatch(name)) and _is_device(many["name"]):
        found = many
    if found is None:
        return name, None
    return found["name"], whole_number(found["count"], where="--gpu")


def _is_device(name: str) -> bool:
    try:
        return devices.find(name) is not None
    except MissingFactor:
        return False


def _count(texts: Mapping[str, str], counted: int | None) -> int | None:
    """How many accelerators were said to run; None where nobody says."""
    if "count" not in texts:
        return counted
    count = whole_number(texts["count"], where="--count")
    if counted not in (None, count):
        raise MalformedInput(
            f"{texts['gpu']!r} and --count {count} both say how many",
            where="--count",
            hint="say the whole number once",
        )
    return count


def _times(texts: Mapping[str, str], count: int | None) -> tuple[Quantity | None, Quantity | None]:
    """The wall time in s; or, where device hours were typed without a count, those alone."""
    typed = durations.device_time(texts.get("hours", ""), where="--hours")
    if typed is None or not typed.value:
        return _figure(texts, "hours", "s"), None
    if count is None:
        return None, typed
    low, high = (None if end is None else nine(end / count) for end in (typed.low, typed.high))
    return Quantity(nine(typed.value / count), low, high, "s"), None


def _figure(texts: Mapping[str, str], name: str, unit: Unit) -> Quantity | None:
    if name not in texts:
        return None
    try:
        found = _read(texts[name], unit, f"--{name}")
    except MalformedInput as bad:
        hint = _EXAMPLES.get(name, bad.hint)
        raise MalformedInput(bad.message, where=f"--{name}", hint=hint) from bad
    if not found.value:
        raise MalformedInput("must be more than 0", where=f"--{name}")
    return found


def _read(text: str, unit: Unit, where: str) -> Quantity:
    if unit == "s":
        return durations.duration(text, where=where)
    return quantity(text, unit, where=where, bare=_BARE.get(unit))


def _ratio(texts: Mapping[str, str], name: str) -> Quantity | None:
    found = _figure(texts, name, "ratio")
    if found is not None and found.value > 1:
        raise MalformedInput(
            f"{found.value:g} is more than all", where=f"--{name}", hint="such as 0.8, or 80 %"
        )
    return found


def _text(texts: Mapping[str, str], name: str) -> Text:
    return Text(f"--{name}", texts[name], plain=True)


def _refuse_gaps(said: Statement) -> None:
    """Refuse what leaves the machine or the time open."""
    if not (said.gpu or said.cpu):
        raise MalformedInput(
            "nothing says on what the run computes",
            where="--gpu",
            hint='name the accelerator, --gpu "RTX 4090", or for a run without one, --cpu NAME',
        )
    if not (said.wall or said.device_time or said.flop):
        raise MalformedInput(
            "nothing says how long the run takes",
            where="--hours",
            hint="state --hours; or --flop with --mfu, from which the hours follow",
        )
    if (said.flop is None) != (said.mfu is None):
        raise MalformedInput(
            "operations say how long only with their utilisation, and the other way round",
            where="--mfu",
            hint="state both: --flop 3e24 --mfu 40%",
        )


def _refuse_contradictions(said: Statement) -> None:
    """Refuse what says one thing twice, or something of a machine that is not there."""
    if (said.wall or said.device_time) and said.flop:
        raise MalformedInput(
            "hours and operations both say how long", where="--flop", hint="leave one out"
        )
    if said.gpu is None and {"count", "power", "flop"} & said.texts.keys():
        raise MalformedInput(
            "count, power and operations are those of accelerators, and none is named",
            where="--gpu",
            hint="name it with --gpu; processors are counted with --cpu-count",
        )
    if said.device_time and (said.cpu or said.memory_gb or said.start or said.gpu is None):
        raise MalformedInput(
            "device hours do not say how long the run takes",
            where="--count",
            hint="name the accelerator, and say how many ran side by side",
        )
    if said.cpu is None and "cpu-count" in said.texts:
        raise MalformedInput(
            "processors are counted, and not named", where="--cpu", hint="name them with --cpu"
        )
