"""I know who can read and who can write, ours and strangers', and load only the one asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, cast

from carbonlabel.errors import AmbiguousFormat, InputError, PluginError, UnknownFormat

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from carbonlabel.intake import Log
    from carbonlabel.plugins import Reader, Renderer, SeriesReader

READERS: Final = "carbonlabel.readers"
DOCUMENTS: Final = "carbonlabel.documents"
FACTORS: Final = "carbonlabel.factors"

_BUILT_IN: Final = {
    READERS: {
        "codecarbon-csv": "carbonlabel.readers.codecarbon:reader",
        "carbontracker-log": "carbonlabel.readers.carbontracker:reader",
        "eco2ai-csv": "carbonlabel.readers.eco2ai:reader",
        "zeus-csv": "carbonlabel.readers.zeus:reader",
        "perun": "carbonlabel.readers.perun:reader",
        "impact-tracker-jsonl": "carbonlabel.readers.impact_tracker:reader",
        "ecologits-json": "carbonlabel.readers.ecologits:reader",
        "mlco2-impact": "carbonlabel.readers.mlco2_impact:reader",
        "optimum-benchmark": "carbonlabel.readers.optimum_benchmark:reader",
        "ai-energy-score": "carbonlabel.readers.ai_energy_score:reader",
        "green-algorithms-csv": "carbonlabel.readers.green_algorithms:reader",
        "green-algorithms-hpc": "carbonlabel.readers.green_algorithms:hpc",
        "nvidia-smi-csv": "carbonlabel.readers.nvidia_smi:reader",
        "dcgm-prometheus": "carbonlabel.readers.dcgm:reader",
        "scaphandre-json": "carbonlabel.readers.scaphandre:reader",
        "mlflow-metrics": "carbonlabel.readers.mlflow:reader",
        "wandb-system-metrics": "carbonlabel.readers.wandb:reader",
        "perf-stat-energy": "carbonlabel.readers.rapl:reader",
        "powercap-dump": "carbonlabel.readers.rapl:powercap",
        "codecarbon-logger": "carbonlabel.readers.codecarbon.logger:reader",
        "codecarbon-dashboard": "carbonlabel.readers.codecarbon.dashboard:reader",
        "boamps": "carbonlabel.readers.boamps:reader",
        "sacct": "carbonlabel.readers.sacct:reader",
        "trainer-state": "carbonlabel.readers.trainer_state:reader",
        "cloud-aws": "carbonlabel.readers.cloud_aws:reader",
        "cloud-google": "carbonlabel.readers.cloud_google:reader",
        "cloud-azure": "carbonlabel.readers.cloud_azure:reader",
        "model-card": "carbonlabel.readers.model_card:reader",
        "manual": "carbonlabel.readers.manual:reader",
        "project": "carbonlabel.readers.project:reader",
    },
    DOCUMENTS: {
        "json": "carbonlabel.documents.json:renderer",
        "svg": "carbonlabel.documents.svg:light",
        "svg-dark": "carbonlabel.documents.svg:dark",
        "svg-auto": "carbonlabel.documents.svg:automatic",
        "png": "carbonlabel.documents.png:renderer",
        "badge": "carbonlabel.documents.badge:picture",
        "badge-json": "carbonlabel.documents.badge:endpoint",
        "social": "carbonlabel.documents.social:picture",
        "social-svg": "carbonlabel.documents.social:source",
        "markdown": "carbonlabel.documents.markdown:renderer",
        "card": "carbonlabel.documents.modelcard:renderer",
        "html": "carbonlabel.documents.html:renderer",
        "pdf": "carbonlabel.documents.pdf:renderer",
        "terminal": "carbonlabel.documents.terminal:renderer",
        "latex": "carbonlabel.documents.paper.latex:latex",
        "bibtex": "carbonlabel.documents.paper.latex:bibtex",
        "sentence": "carbonlabel.documents.paper.sentence:renderer",
        "climate-card": "carbonlabel.documents.paper.climate:renderer",
        "csv": "carbonlabel.documents.paper.data:renderer",
    },
    FACTORS: {
        "electricity-maps": "carbonlabel.gridseries.electricity_maps:reader",
        "carbon-aware-sdk": "carbonlabel.gridseries.carbon_aware:reader",
        "uk-carbon-intensity": "carbonlabel.gridseries.uk_carbon_intensity:reader",
        "watttime": "carbonlabel.gridseries.watttime:reader",
        "grid-csv": "carbonlabel.gridseries.plain:reader",
    },
}
_OWN_SERIES: Final = "datetime,intensity lifecycle (gCO2e/kWh)"
_OPENINGS: Final = {
    (b"\xff\xfe", b"\xfe\xff"): "it is UTF-16: save it as UTF-8",
    # gzip, zip, bzip2, xz and zstd.
    (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"): (
        "it is compressed: unpack it first"
    ),
}
"""How files begin that are none of ours as they are, and what to do about it."""


def names(group: str) -> tuple[str, ...]:
    """Every format of a group by name: ours in their order, then strangers' by alphabet."""
    return (*_BUILT_IN[group], *sorted(_foreign(group)))


def load(group: str, name: str) -> object:
    """The reader or renderer called `name`.

    Raises:
        UnknownFormat: nobody registered the name.
        PluginError: a stranger's code failed to load.
    """
    if name in _BUILT_IN[group]:
        return _entry(name, _BUILT_IN[group][name], group).load()
    foreign = _foreign(group)
    if name not in foreign:
        raise _unknown(name, (*_BUILT_IN[group], *foreign))
    return _loaded(foreign[name])


def reader(name: str) -> Reader:
    """The reader called `name`; raises as `load` does."""
    return cast("Reader", load(READERS, name))


def series_reader(name: str) -> SeriesReader:
    """The reader of grid intensities called `name`; raises as `load` does."""
    return cast("SeriesReader", load(FACTORS, name))


def renderer(name: str) -> Renderer:
    """The renderer called `name`; raises as `load` does."""
    return cast("Renderer", load(DOCUMENTS, name))


def recognise(log: Log) -> Reader:
    """The one reader that knows this file.

    Raises:
        UnknownFormat: none does; the message lists what was tried.
        AmbiguousFormat: several of strangers' do.
    """
    return cast("Reader", _recognised(READERS, log, "choose with --from"))


def recognise_series(log: Log) -> SeriesReader:
    """The one reader of grid intensities that knows this file; raises as `recognise` does."""
    return cast("SeriesReader", _recognised(FACTORS, log, "keep one series in a file"))


def _recognised(group: str, log: Log, remedy: str) -> Reader | SeriesReader:
    known = (cast("Reader | SeriesReader", load(group, name)) for name in _BUILT_IN[group])
    # No two of ours know one file, a test holds that: the first that does spares loading the rest.
    ours = next((each for each in known if each.recognises(log)), None)
    if ours is not None:
        return ours
    # Scanning the environment for strangers costs as much as reading a log: only if ours all pass.
    found = [each for each in _strangers(group) if each.recognises(log)]
    if len(found) > 1:
        several = ", ".join(each.format for each in found)
        raise AmbiguousFormat(f"several readers know it: {several}", where=log.name, hint=remedy)
    if not found:
        raise UnknownFormat(
            "no reader knows this file" if log.head else "the file is empty",
            where=log.name,
            hint=_advice(log.head, group),
        )
    return found[0]


def _advice(head: bytes, group: str) -> str:
    if not head:
        return "the tracker writes it when a run ends: was the run cut short?"
    for opening, advice in _OPENINGS.items():
        if head.startswith(opening):
            return advice
    # nvidia-smi's table and that of its dmon, the ones that people see.
    if b"| NVIDIA-SMI " in head or (head.startswith(b"#") and b" pwr " in head):
        return (
            "nvidia-smi printed it for people: record with nvidia-smi "
            "--query-gpu=timestamp,uuid,name,power.draw --format=csv -l 1"
        )
    if b'"$schema"' in head and b"/disclosure/" in head:
        return "it is a disclosure: carbonlabel render, check, explain and verify take it"
    if group == READERS:
        return "carbonlabel list formats says what is known; --from FORMAT names one"
    return f"known formats: {', '.join(names(group))}; a CSV of your own begins with {_OWN_SERIES}"


def _strangers(group: str) -> Iterator[Reader | SeriesReader]:
    for entry in _foreign(group).values():
        yield cast("Reader | SeriesReader", _loaded(entry))


def _loaded(entry: EntryPoint) -> object:
    try:
        return entry.load()
    except (ImportError, AttributeError, SyntaxError) as bad:
        raise PluginError(
            f"cannot load {entry.name}: {bad}", where=_owner(entry), hint="update or remove it"
        ) from bad


def _owner(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else entry.value


def _entry(name: str, value: str, group: str) -> EntryPoint:
    from importlib.metadata import EntryPoint  # noqa: PLC0415 - costs start-up time elsewhere

    return EntryPoint(name, value, group)


def _foreign(group: str) -> dict[str, EntryPoint]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - scanning is slow, so only here

    found: dict[str, EntryPoint] = {}
    for entry in entry_points(group=group):
        _refuse_twin(entry, found.get(entry.name), ours=entry.name in _BUILT_IN[group])
        found[entry.name] = entry
    return found


def _refuse_twin(entry: EntryPoint, twin: EntryPoint | None, *, ours: bool) -> None:
    if ours or twin:
        other = _owner(twin) if twin else "carbonlabel itself"
        raise PluginError(
            f"two packages offer {entry.name}: {_owner(entry)} and {other}",
            hint="uninstall one of them",
        )


def _unknown(name: str, known: Iterable[str]) -> InputError:
    import difflib  # noqa: PLC0415 - only a slip asks for names like it

    near = difflib.get_close_matches(name, list(known), n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(known)}"
    return UnknownFormat(f"nobody knows the format {name!r}", hint=hint)
