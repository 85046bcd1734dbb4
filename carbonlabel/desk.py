"""I take what a user holds (paths, codes, bytes) and pass it along the one path of data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from carbonlabel import kinds, registry
from carbonlabel.errors import InputError
from carbonlabel.intake import LOG_LIMIT, Log, open_log

if TYPE_CHECKING:
    from carbonlabel.model.base import Base
    from carbonlabel.model.disclosure import Disclosure, Subject
    from carbonlabel.model.evidence import Evidence, Stage, Work
    from carbonlabel.model.hardware import Inventory
    from carbonlabel.model.lineage import Relation
    from carbonlabel.model.project import Overlap, Project
    from carbonlabel.model.region import Place
    from carbonlabel.model.series import GridSeries
    from carbonlabel.model.waiver import Waiver
    from carbonlabel.plugins import Options

LogSource = str | PathLike[str] | IO[bytes]

_DOCUMENT_SUFFIXES: Final = (".yaml", ".yml", ".json")
_SIZE: Final = re.compile(r"(?P<number>[0-9]{1,15}(\.[0-9]{1,9})?) ?(?P<times>[KMBT]?)")
_BY_HAND: Final = "correct the input; assess and render draw it all the same"
_TIMES: Final = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}


def read(source: LogSource, *, format: str | None = None) -> tuple[Evidence, ...]:  # noqa: A002 - the word users know
    """Every run in a tracker's log: a path, or a binary stream.

    The format is recognised by content, unless its name is given.

    Raises:
        InputError: the file cannot be read, nobody knows it, or something in it is wrong.

    >>> [run.tracker for run in read("examples/emissions.csv")]  # doctest: +SKIP
    ['CodeCarbon']
    """
    log = _log(source)
    reader = registry.reader(format) if format else registry.recognise(log)
    return tuple(reader.read(log))


def region(what: str | PathLike[str], *, year: int | None = None) -> Place:
    """A place: `FR`, `US-CA`, `gcp/europe-west1`, or the path of a region.yaml.

    `year` pins the year of the grid figure; else the year of the runs decides.

    Raises:
        MissingFactor: the code is in no table.
        InputError: the file is wrong.

    >>> region("fr").code
    'FR'
    """
    from carbonlabel.factors import places  # noqa: PLC0415 - costs start-up time
    from carbonlabel.model.region import Place  # noqa: PLC0415 - costs start-up time

    if _is_file(what):
        from carbonlabel.readers.region import load_place  # noqa: PLC0415 - costs start-up time

        return load_place(open_log(Path(what)))
    return Place(code=places.find(str(what)).code, year=year)


def inventory(what: str | PathLike[str]) -> Inventory:
    """The machines in a hardware.yaml, resolved against the shipped tables.

    Raises:
        MissingFactor: a device is in no table and its kind is not said.
        InputError: the file is wrong.
    """
    from carbonlabel.readers.inventory import load_inventory  # noqa: PLC0415 - costs start-up time

    return load_inventory(open_log(Path(what)))


def waivers(what: str | PathLike[str]) -> tuple[Waiver, ...]:
    """The findings that somebody answers for: the path of a waivers.yaml.

    Raises:
        InputError: the file is wrong.
    """
    from carbonlabel.readers.waivers import load_waivers  # noqa: PLC0415 - costs start-up time

    return load_waivers(open_log(Path(what)))


def grid(what: str | PathLike[str]) -> GridSeries:
    """Grid intensities over time: the path of a file of Electricity Maps or another publisher.

    Raises:
        InputError: the file cannot be read, nobody knows it, or something in it is wrong.
    """
    log = _log(what)
    return registry.recognise_series(log).read(log)


def parameter_count(text: str) -> int:
    """How many parameters `67M`, `1.5 B` or `110000000` means.

    Raises:
        InputError: it is no such number.

    >>> parameter_count("1.5B")
    1500000000
    """
    found = _SIZE.fullmatch(text.strip().upper())
    size = round(float(found["number"]) * _TIMES[found["times"]]) if found else 0
    if not size:
        raise InputError(f"{text[:60]!r} is no number of parameters", hint="such as 67M or 7B")
    return size


def assess(  # noqa: PLR0913 - what a disclosure is made of, each by name
    evidence: Sequence[Evidence],
    *,
    inventory: Inventory | str | PathLike[str] | None = None,
    region: Place | str | PathLike[str] | None = None,
    grid: GridSeries | str | PathLike[str] | None = None,
    zone: str | None = None,
    subject: Subject | None = None,
    phase: str | None = None,
    work: Work | None = None,
    base_models: Sequence[Base | str | PathLike[str]] = (),
    relation: str | None = None,
) -> Disclosure:
    """Work out one disclosure from runs, their machines and their place.

    Inventory, region and grid may be given as objects, as paths of their files, and a region as a
    code. `grid` takes the place of the annual average; `zone`, such as `Europe/Paris` or `+01:00`,
    is that of the logs which hold local times only. `work` is what all runs together did.
    `base_models` are what the subject was made from, by `relation`: names, or their disclosures;
    their footprint stands beside the subject's and is never added.

    Raises:
        InputError: there is no run, or a file is wrong.
        MissingFactor: a place or a device is in no table.
    """
    from carbonlabel import assessment  # noqa: PLC0415 - costs start-up time
    from carbonlabel.parsing.phases import phase_named  # noqa: PLC0415 - costs start-up time

    runs = kinds.runs(evidence)
    return assessment.assess(
        _placed(runs, zone) if zone else runs,
        inventory=_inventory_of(inventory),
        place=_with_grid(_place_of(region), grid),
        subject=subject,
        phase=phase_named(phase) if phase else None,
        work=work,
        bases=tuple(map(_base_of, base_models)),
        relation=_relation_of(relation) if relation else None,
    )


def estimate(  # noqa: PLR0913 - what a person may say of a run, each by name
    *,
    gpu: str | None = None,
    count: int | str | None = None,
    hours: float | str | None = None,
    power: float | str | None = None,
    utilisation: float | str | None = None,
    cpu: str | None = None,
    cpu_count: int | str | None = None,
    memory: float | str | None = None,
    flop: float | str | None = None,
    mfu: float | str | None = None,
    start: str | None = None,
    year: int | str | None = None,
    before: bool = False,
    inventory: Inventory | str | PathLike[str] | None = None,
    region: Place | str | PathLike[str] | None = None,
    subject: Subject | None = None,
    phase: str | None = None,
) -> Disclosure:
    """The disclosure of a run that no tracker watched: rated power × hours, in a wide range.

    Figures are texts with their unit ("450 W", "30 min", "1.3M GPU hours"), or numbers in h, W, GB.
    `power` is the most that one accelerator may draw, `utilisation` the part of it that it draws.
    `flop` with `mfu` may stand instead of `hours`; `year` pins the grid figure's. `count` and
    `cpu_count` are 1 where nobody says them. With `before` the run is still to be, and the
    headline reads "planned". No file is read but those of `inventory` and `region`.

    Raises:
        InputError: a figure is wrong, or the machine or the time is not said.
        MissingFactor: a device or a place is in no table; the hint has near names.

    >>> estimate(gpu="RTX 4090", hours=6.5, region="DE").totals.energy.value
    2.925
    """
    from carbonlabel import estimation  # noqa: PLC0415 - costs start-up time
    from carbonlabel.estimation.statement import statement  # noqa: PLC0415 - as above

    said = statement(
        gpu=gpu,
        count=count,
        hours=hours,
        power=power,
        utilisation=utilisation,
        cpu=cpu,
        cpu_count=cpu_count,
        memory=memory,
        flop=flop,
        mfu=mfu,
        start=start,
        year=year,
    )
    place = _pinned(_place_of(region), said.year)
    run = estimation.evidence(said)
    made = assess([run], inventory=inventory, region=place, subject=subject, phase=phase)
    return estimation.planned(made) if before else made


def collect(  # noqa: PLR0913 - what only a person knows of many logs, each by name
    paths: Sequence[str | PathLike[str]],
    *,
    stages: Sequence[str] = (),
    overlap: Overlap = "max",
    nodes: int | Mapping[Stage, int] | None = None,
    ranks: int | None = None,
    scale_up: bool = False,
) -> Project:
    """Every run in some files and folders, each counted once or left for a reason.

    `stages` holds rules such as `path ~ sweeps/** = sweep`; `nodes` and `ranks` say how many
    machines and trackers a run had; `overlap` says what counts of runs that overlap on one machine.
    `dump` writes the project, `read` takes its counted runs up as evidence.

    Raises:
        InputError: a path does not exist, a rule is wrong, or no run is found.
    """
    from carbonlabel import collection  # noqa: PLC0415 - costs start-up time
    from carbonlabel.collection import choices  # noqa: PLC0415 - as above
    from carbonlabel.collection import stages as sorting  # noqa: PLC0415 - as above

    machines = nodes if isinstance(nodes, Mapping) else {} if nodes is None else {"": nodes}
    told = (f"{stage}={number}" if stage else str(number) for stage, number in machines.items())
    return collection.collect(
        [Path(path) for path in paths],
        choices.Choices(
            overlap=choices.wish_named(overlap),
            nodes=choices.nodes_named(told),
            ranks=None if ranks is None else choices.machine_count(ranks),
            scale_up=scale_up,
            rules=tuple(map(sorting.stage_rule, stages)),
        ),
    )


def render(disclosure: Disclosure, to: str, *, options: Options | None = None) -> bytes:
    """One document as bytes; `to` is a name of `carbonlabel list documents`, such as `markdown`.

    With the profile `public` in the options every document, carbon.json too, is of the version
    that is made for the public.

    Raises:
        UnknownFormat: no document is called so.
        RenderError: a library or a font is missing.
    """
    from carbonlabel.documents.redaction import version  # noqa: PLC0415 - costs start-up time
    from carbonlabel.plugins import Options  # noqa: PLC0415 - costs start-up time

    chosen = options or Options()
    made = version(kinds.disclosure(disclosure), chosen.profile)
    return registry.renderer(to).render(made, chosen)


def embed(disclosure: Disclosure, into: bytes, *, name: str = "README.md") -> bytes:
    """The model card with the label put in: only our key and our section change.

    Raises:
        CardRefused: the card cannot be edited without touching a foreign byte.
    """
    from carbonlabel import output  # noqa: PLC0415 - costs start-up time

    return output.inscribed(kinds.disclosure(disclosure), kinds.card(into), name).card


def label(  # noqa: PLR0913 - the flags that every user needs, each by name
    log: LogSource,
    *,
    to: str | PathLike[str] | None = None,
    inventory: Inventory | str | PathLike[str] | None = None,
    region: Place | str | PathLike[str] | None = None,
    model: str | None = None,
    phase: str | None = None,
) -> Disclosure:
    """Read, assess and, where `to` is told, draw, in one call: for the end of a training script.

    `to` is a model card to put the label into, or a folder for every document.

    Raises:
        CarbonLabelError: as `read`, `assess`, `embed` and `render` do.
    """
    from carbonlabel.model.disclosure import Subject  # noqa: PLC0415 - costs start-up time

    disclosure = assess(
        read(log), inventory=inventory, region=region, subject=Subject(model=model), phase=phase
    )
    if to is not None:
        from carbonlabel import checks, output  # noqa: PLC0415 - costs start-up time

        disclosure = checks.sound(disclosure, undone="no label was drawn", hint=_BY_HAND)
        path = Path(to)
        if path.suffix == ".md":
            output.write_card(disclosure, path)
        else:
            output.write_set(disclosure, path)
    return disclosure


def _log(source: LogSource) -> Log:
    if isinstance(source, str | PathLike):
        path = Path(source)
        if path.is_dir():
            raise _is_folder(path)
        return open_log(path)
    content = kinds.content(source, LOG_LIMIT + 1)
    if len(content) > LOG_LIMIT:
        raise InputError("standard input is larger than 1 GiB")
    return Log("<stdin>", content=content)


def _is_folder(path: Path) -> InputError:
    known = [entry.name for entry in sorted(path.iterdir()) if entry.is_file() and _is_log(entry)]
    by_name = f"or name its logs: {', '.join(known[:8])}" if known else "and label its project"
    hint = f"carbonlabel collect makes one total of a folder; {by_name}"
    return InputError("this is a folder", where=path.name or str(path), hint=hint)


def _is_log(path: Path) -> bool:
    try:
        registry.recognise(open_log(path))
    except InputError:
        return False
    return True


def _is_file(what: str | PathLike[str]) -> bool:
    return not isinstance(what, str) or what.endswith(_DOCUMENT_SUFFIXES) or Path(what).is_file()


def _inventory_of(what: Inventory | str | PathLike[str] | None) -> Inventory | None:
    return inventory(what) if isinstance(what, str | PathLike) else what


def _placed(evidence: Sequence[Evidence], zone: str) -> tuple[Evidence, ...]:
    from carbonlabel.parsing import clocks  # noqa: PLC0415 - only this choice needs it

    told = clocks.zone_named(zone)
    return tuple(clocks.placed(run, told) for run in evidence)


def _with_grid(
    place: Place | None, series: GridSeries | str | PathLike[str] | None
) -> Place | None:
    if series is None:
        return place
    from carbonlabel.model.region import Place  # noqa: PLC0415 - costs start-up time

    read = grid(series) if isinstance(series, str | PathLike) else series
    return replace(place or Place(), series=read)


def _base_of(what: Base | str | PathLike[str]) -> Base:
    if not isinstance(what, str | PathLike):
        return what
    if str(what).startswith("hf:"):
        from carbonlabel.hub import bases  # noqa: PLC0415 - asks the Hub

        return bases.base(str(what))
    from carbonlabel.readers import base  # noqa: PLC0415 - only few models name one

    return base.load_base(open_log(Path(what))) if _is_file(what) else base.named(str(what))


def _relation_of(text: str) -> Relation:
    from carbonlabel.readers.base import relation_named  # noqa: PLC0415 - as above

    return relation_named(text)


def _pinned(place: Place | None, year: int | None) -> Place | None:
    if year is None:
        return place
    from carbonlabel.model.region import Place  # noqa: PLC0415 - costs start-up time

    return replace(place or Place(), year=year)


def _place_of(what: Place | str | PathLike[str] | None) -> Place | None:
    return region(what) if isinstance(what, str | PathLike) else what
