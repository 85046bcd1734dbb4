"""I read the files behind a disclosure once more, and make the disclosure again from them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from carbonlabel import desk, estimation
from carbonlabel.checks import check
from carbonlabel.documents.redaction import redacted
from carbonlabel.errors import CarbonLabelError, InputError
from carbonlabel.factors import places
from carbonlabel.intake import Log, open_log
from carbonlabel.model.disclosure import Disclosure, Subject
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Phase, Served, Work
from carbonlabel.model.provenance import Period
from carbonlabel.model.region import Place
from carbonlabel.record.canonical import document
from carbonlabel.record.pointers import pointer
from carbonlabel.verification.outcome import Check
from carbonlabel.version import __version__

if TYPE_CHECKING:
    from carbonlabel.model.evidence import Evidence

_LOG: Final = re.compile(r"log(-[0-9]+)?")
_BASE: Final = re.compile(r"base(-[0-9]+)?")
_TYPED: Final = "typed"
_OFFSET: Final = re.compile(r"UTC|[+-][0-9]{2}:[0-9]{2}")
_FLAGS: Final = {
    "subject": "--model, --parameters say it",
    "region": "--region, --pue say it",
    "phase": "--phase says it",
    "zone": "--zone says it",
    "work": "--tokens, --flop, --mfu, --served say it",
    "statement": "only who estimated it knows",
}
_MOST_DIFFERENCES: Final = 30
_SHOWN: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was typed when the disclosure was made; None where the disclosure's word is taken."""

    region: str | Place | None = None
    """A code or a place, where no region.yaml was given."""
    zone: str | None = None
    """The zone of logs with local times."""
    subject: Subject | None = None
    """The model."""
    phase: str | None = None
    """The phase of the model's life."""
    work: Work | None = None
    """What the runs did, all together."""
    base_models: Sequence[str] | None = None
    """What the model was made from, as names or files."""
    relation: str | None = None
    """How it was made from them."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A disclosure made again, and what of it was taken from the one that is verified."""

    disclosure: Disclosure
    taken: tuple[str, ...]


def inputs(disclosure: Disclosure, files: Sequence[Path]) -> Iterator[Check]:
    """Whether each file is one that was read, by its SHA-256, and which were not given."""
    found = by_key(disclosure, files)
    known = {log.sha256 for log in found.values()}
    foreign = [log for log in map(open_log, files) if log.sha256 not in known]
    yield from (_foreign(disclosure, log) for log in foreign)
    for key, each in disclosure.inputs.items():
        if key in found or each.file not in {log.name for log in foreign}:
            held = True if key in found else None
            message = f"{each.file} is the file read" if held else f"{each.file} was not given"
            yield Check(group="inputs", place=pointer("inputs", key), holds=held, message=message)


def by_key(disclosure: Disclosure, files: Sequence[Path]) -> dict[str, Log]:
    """Each file that was read and is at hand, by its key in the disclosure."""
    given = {log.sha256: log for log in map(open_log, files)}
    return {
        key: given[each.sha256] for key, each in disclosure.inputs.items() if each.sha256 in given
    }


def nearby(disclosure: Disclosure, folder: Path) -> tuple[Path, ...]:
    """The files of these names beside the disclosure that are the ones which were read."""
    found = []
    for each in disclosure.inputs.values():
        if each.file in {"", ".", ".."} or Path(each.file).name != each.file:
            continue
        path = folder / each.file
        if path.is_file() and open_log(path).sha256 == each.sha256:
            found.append(path)
    return tuple(found)


def _foreign(disclosure: Disclosure, log: Log) -> Check:
    twins = [each for each in disclosure.inputs.values() if each.file == log.name]
    return Check(
        group="inputs",
        place=log.name,
        holds=False,
        message="It is not the file that was read: its bytes differ"
        if twins
        else "It is none of the files that were read",
        expected=f"sha256 {twins[0].sha256}" if twins else None,
        found=f"sha256 {log.sha256}",
    )


def repeated(disclosure: Disclosure, files: Sequence[Path], told: Told) -> Iterator[Check]:
    """What the same files give when they are read and assessed again, compared field by field.

    With every file at hand and nothing taken from the disclosure, equality proves all of it.
    """
    found = by_key(disclosure, files)
    missing = [each.file for key, each in disclosure.inputs.items() if key not in found]
    if missing:
        message = f"The assessment was not repeated without {', '.join(dict.fromkeys(missing))}"
        yield Check(group="assessment", place="", holds=None, message=message)
        return
    try:
        again = _again(disclosure, found, told)
    except CarbonLabelError as bad:
        message = f"The files give no disclosure any more: {bad}"
        yield Check(group="assessment", place="", holds=False, message=message)
        return
    yield from _differences(disclosure, again)


def runs(disclosure: Disclosure, found: Mapping[str, Log]) -> tuple[Evidence, ...]:
    """The runs in the logs of a disclosure, each read by the reader that is named there.

    Raises:
        InputError: a log cannot be read.
    """
    evidence: list[Evidence] = []
    covered: set[str] = set()
    for key, each in disclosure.inputs.items():
        if _LOG.fullmatch(key) and key in found and each.sha256 not in covered:
            path = found[key].path
            read = desk.read(path, format=each.format) if path else ()
            evidence += read
            covered |= {file.sha256 for run in read for file in run.inputs}
    return tuple(evidence)


def _again(disclosure: Disclosure, found: Mapping[str, Log], told: Told) -> _Made:
    """The disclosure made again in the way, among those possible, that is nearest to it."""
    evidence = runs(disclosure, found) or estimation.again(disclosure)
    best: tuple[int, _Made] | None = None
    refused: CarbonLabelError | None = None
    for way in _ways(disclosure, told):
        try:
            made = _assessed(disclosure, evidence, found, way)
        except CarbonLabelError as bad:
            refused = refused or bad
            continue
        apart = len(list(_apart(document(disclosure), document(made))))
        if best is None or apart < best[0]:
            best = apart, _Made(made, tuple(_taken(disclosure, told, way)))
        if not apart:
            break
    if best is None:
        raise refused or InputError("the logs hold no run")
    return best[1]


def _ways(disclosure: Disclosure, told: Told) -> Iterator[Told]:
    """What was typed, with what nobody says again taken from the disclosure, step by step."""
    phases = (told.phase,) if told.phase else (None, *_phases(disclosure))
    zones = (told.zone,) if told.zone else (None, *_zones(disclosure))
    works = (told.work,) if told.work else (None, *_works(disclosure))
    for work, phase, zone in itertools.product(works, phases, zones):
        yield replace(
            told, phase=phase, zone=zone, work=work, subject=_subject(disclosure, told.subject)
        )


def _taken(disclosure: Disclosure, told: Told, way: Told) -> Iterator[str]:
    """What no file says, and nobody said again."""
    known = document(told.subject) if told.subject else {}
    if document(way.subject or Subject()).keys() - known.keys():
        yield "subject"
    region = disclosure.activities[0].region
    typed = region.given_by == "user" and not {"region", "grid"} & disclosure.inputs.keys()
    is_typed = isinstance(region.pue, Estimate) and region.pue.source == _TYPED
    if told.region is None and (typed or is_typed):
        yield "region"
    if estimation.again(disclosure):
        yield "statement"
    for name in ("phase", "zone", "work"):
        if getattr(told, name) is None and getattr(way, name) is not None:
            yield name


def _assessed(
    disclosure: Disclosure, evidence: Sequence[Evidence], found: Mapping[str, Log], way: Told
) -> Disclosure:
    hardware, grid = found.get("hardware"), found.get("grid")
    made = desk.assess(
        evidence,
        inventory=hardware.path if hardware else None,
        region=_place(disclosure, found, way),
        grid=grid.path if grid else None,
        zone=way.zone,
        subject=way.subject,
        phase=way.phase,
        work=way.work,
        base_models=_bases(disclosure, found, way),
        relation=way.relation or disclosure.subject.relation,
    )
    return _as_drawn(disclosure, made)


def _as_drawn(disclosure: Disclosure, made: Disclosure) -> Disclosure:
    """The disclosure as it was kept: with its waivers, by force, or for the public."""
    if disclosure.totals.headline == "planned":
        made = estimation.planned(made)
    if disclosure.withheld:
        made = redacted(made)
    kept: dict[str, object] = {"waivers": disclosure.waivers}
    told = {(each.code, each.place) for each in made.findings}
    wrong = tuple(
        each
        for each in check(made)
        if each.severity == "error" and (each.code, each.place) not in told
    )
    if wrong and disclosure.findings == (*wrong, *made.findings):
        kept["findings"] = disclosure.findings
    return made.model_copy(update=kept)


def _subject(disclosure: Disclosure, told: Subject | None) -> Subject:
    """The model as it stands there, but for what was said again; its bases are told apart."""
    said = {name: each for name, each in told if each is not None} if told else {}
    bare: dict[str, object] = {"base_models": None, "relation": None}
    return disclosure.subject.model_copy(update={**bare, **said})


def _bases(disclosure: Disclosure, found: Mapping[str, Log], told: Told) -> tuple[str | Path, ...]:
    if told.base_models is not None:
        return tuple(told.base_models)
    files = [log.path for key, log in found.items() if _BASE.fullmatch(key) and log.path]
    return tuple(files) or disclosure.subject.base_models or ()


def _phases(disclosure: Disclosure) -> tuple[Phase, ...]:
    phases: list[Phase] = [activity.phase for activity in disclosure.activities]
    return tuple(phase for phase in dict.fromkeys(phases) if phase != "experimentation")[:1]


def _zones(disclosure: Disclosure) -> tuple[str, ...]:
    periods = (activity.period for activity in disclosure.activities)
    zones = {each.zone for each in periods if isinstance(each, Period)}
    return tuple(each for each in zones if _OFFSET.fullmatch(each) and len(zones) == 1)


def _works(disclosure: Disclosure) -> Iterator[Work]:
    """What all runs together did, where one activity says it."""
    trained = [each.compute for each in disclosure.activities if each.compute]
    used = [each.workload for each in disclosure.activities if each.workload]
    compute = trained[0] if len(trained) == 1 else None
    served = used[0] if len(used) == 1 else None
    typed = disclosure.sources.get(_TYPED)
    if compute is None and served is None:
        return
    yield Work(
        tokens=compute.tokens if compute else None,
        flop=_by_flag(compute.flop) if compute else None,
        mfu=_by_flag(compute.mfu) if compute else None,
        served=Served(
            unit=served.unit,
            count=served.count,
            statistic=served.statistic,
            task=served.task,
            batch=served.batch,
        )
        if served
        else None,
        sources={_TYPED: typed} if typed else {},
    )


def _by_flag(quantity: Estimate | Missing | None) -> Estimate | None:
    typed = isinstance(quantity, Estimate) and quantity.source == _TYPED
    return quantity if typed and isinstance(quantity, Estimate) else None


def _place(disclosure: Disclosure, found: Mapping[str, Log], told: Told) -> Place | None:
    """The place as it was told: by a file, by a flag, else as the disclosure says it was typed."""
    file = found.get("region")
    place = desk.region(file.path) if file and file.path else _typed_place(disclosure, told)
    if isinstance(told.region, Place):
        return told.region
    said = estimation.stated(disclosure)
    if said is not None and said.year is not None:
        place = replace(place or Place(), year=said.year)
    region = disclosure.activities[0].region
    pue = region.pue
    if isinstance(pue, Estimate) and pue.source == _TYPED:
        sources = {**(place.sources if place else {}), _TYPED: disclosure.sources[_TYPED]}
        return replace(place or Place(), pue=pue, sources=sources)
    if isinstance(pue, Missing) and pue.reason == "not counted, by choice":
        return replace(place or Place(), pue=pue)
    return place


def _typed_place(disclosure: Disclosure, told: Told) -> Place | None:
    if isinstance(told.region, str):
        return desk.region(told.region)
    region = disclosure.activities[0].region
    if region.given_by != "user" or "grid" in disclosure.inputs:
        return None
    for code in (region.site, region.zone, region.country):
        spot = _spot(code)
        if spot is not None:
            return Place(code=spot)
    return None


def _spot(code: str | None) -> str | None:
    try:
        return places.find(code).code if code else None
    except CarbonLabelError:
        return None


def _differences(disclosure: Disclosure, again: _Made) -> Iterator[Check]:
    """Each field that differs; where none does, what that proves."""
    own = disclosure.generator["version"] == __version__
    found = document(disclosure), document(again.disclosure)
    apart = [each for each in _apart(*found) if each[0] != "/generator/version"]
    for place, stands, expected in apart[:_MOST_DIFFERENCES]:
        yield Check(
            group="assessment",
            place=place,
            holds=False if own else None,
            message="The files give something else",
            expected=expected,
            found=stands,
        )
    if len(apart) > _MOST_DIFFERENCES:
        rest = f"{len(apart) - _MOST_DIFFERENCES} more fields differ"
        yield Check(group="assessment", place="", holds=False if own else None, message=rest)
    if not own:
        made = disclosure.generator["version"]
        message = f"Version {made} made the disclosure; this is {__version__}"
        yield Check(group="assessment", place="/generator/version", holds=None, message=message)
    if not apart:
        yield from _equal(again.taken, own=own)


def _equal(taken: Sequence[str], *, own: bool) -> Iterator[Check]:
    yield Check(
        group="assessment",
        place="",
        holds=True,
        message="Estimated again, its own statement gives the same disclosure"
        if "statement" in taken
        else "Read and assessed again, the files give the same disclosure",
        is_anchor=own and not taken,
    )
    for name in taken:
        message = f"No file says the {name}: the disclosure's word was taken ({_FLAGS[name]})"
        yield Check(group="assessment", place="", holds=None, message=message)


def _apart(found: object, expected: object, place: str = "") -> Iterator[tuple[str, str, str]]:
    """Each leaf that differs: its JSON pointer, what stands there, what should."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in dict.fromkeys((*expected, *found)):
            below = place + pointer(key)
            yield from _apart(found.get(key), expected.get(key), below)
    elif isinstance(found, list) and isinstance(expected, list):
        for number, (one, other) in enumerate(itertools.zip_longest(found, expected)):
            yield from _apart(one, other, place + pointer(number))
    elif found != expected or type(found) is not type(expected):
        yield place, _spelled(found), _spelled(expected)


def _spelled(value: object) -> str:
    text = "nothing" if value is None else repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
