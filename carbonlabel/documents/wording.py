"""I know the words of a label: names of rows, phases, places and times, and how they are joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from carbonlabel.documents.anatomy import RowBasis
from carbonlabel.documents.direction import balanced, bare, isolated
from carbonlabel.documents.language import Words, country, marked, said, say, several
from carbonlabel.documents.numbers import NO_BREAK_SPACE, brief, grouped, significant
from carbonlabel.model.disclosure import Activity, Disclosure, Headline, PartName
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Phase
from carbonlabel.model.provenance import Period, Verified
from carbonlabel.model.region import Region
from carbonlabel.model.units import SCALES, hours_from_seconds

ELLIPSIS: Final = "…"
NOT_REPORTED: Final = marked("not reported")
LONGEST_NAME: Final = 120
LONGEST_NOTE: Final = 56
LONGEST_SENTENCE: Final = 400
LONGEST_VERIFIER: Final = 80

PART_NAMES: Final[Mapping[PartName, str]] = Words(
    {
        "accelerators": "Accelerators",
        "host": "Host CPU and memory",
        "computing": "Computing",
        "idle": "Idle time",
        "shared": "Network and storage",
        "overhead": "Cooling and overhead",
        "manufacture": "Hardware manufacture",
    }
)
"""The rows in their order: electricity first."""

SHORT_NAMES: Final[Mapping[PartName, str]] = Words(
    {
        "accelerators": "accelerators",
        "host": "host",
        "computing": "computing",
        "idle": "idle",
        "shared": "shared nodes",
        "overhead": "cooling",
        "manufacture": "manufacture",
    }
)
"""The same in one word, for running text."""

HEADLINES: Final[Mapping[Headline, str]] = Words(
    {
        "total": "Total",
        "at least": "At least",
        "planned": "Planned",
        "not reported": "Not reported",
    }
)

BASES: Final[Mapping[RowBasis, str]] = Words(
    {
        "measured": "measured",
        "estimated": "estimated",
        "assumed": "assumed",
        "not reported": "not reported",
    }
)
"""How a figure was obtained, in a word."""

_PHASES: Final[Mapping[Phase, str]] = Words(
    {
        "training": "training",
        "pretraining": "pre-training",
        "midtraining": "mid-training",
        "finetuning": "fine-tuning",
        "alignment": "alignment",
        "distillation": "distillation",
        "experimentation": "experimentation",
        "inception": "inception",
        "data_collection": "data collection",
        "data_preparation": "data preparation",
        "synthetic_data": "synthetic data",
        "compression": "compression",
        "evaluation": "evaluation",
        "deployment": "deployment",
        "inference": "inference",
        "retirement": "retirement",
    }
)
_RUN: Final[Mapping[Phase, str]] = Words(
    {
        "training": "training run",
        "pretraining": "pre-training run",
        "midtraining": "mid-training run",
        "finetuning": "fine-tuning run",
        "alignment": "alignment run",
        "distillation": "distillation run",
        "experimentation": "experimentation run",
        "inception": "inception run",
        "data_collection": "data collection run",
        "data_preparation": "data preparation run",
        "synthetic_data": "synthetic data run",
        "compression": "compression run",
        "evaluation": "evaluation run",
        "deployment": "deployment run",
        "inference": "inference run",
        "retirement": "retirement run",
    }
)
_RUNS: Final[Mapping[Phase, str]] = Words(
    {
        "training": "{count} training runs",
        "pretraining": "{count} pre-training runs",
        "midtraining": "{count} mid-training runs",
        "finetuning": "{count} fine-tuning runs",
        "alignment": "{count} alignment runs",
        "distillation": "{count} distillation runs",
        "experimentation": "{count} experimentation runs",
        "inception": "{count} inception runs",
        "data_collection": "{count} data collection runs",
        "data_preparation": "{count} data preparation runs",
        "synthetic_data": "{count} synthetic data runs",
        "compression": "{count} compression runs",
        "evaluation": "{count} evaluation runs",
        "deployment": "{count} deployment runs",
        "inference": "{count} inference runs",
        "retirement": "{count} retirement runs",
    }
)
_DIGEST_SHOWN: Final = 12
_GROUP: Final = 4
_TENTH: Final = 0.1
_PLURAL: Final = 2.0
"""From here on French has a plural."""
_MILLION: Final = 10.0**6
_TRILLION: Final = 10.0**12
_PREFIXES: Final = (
    (_TRILLION, marked("{number}\u00a0T")),
    (10.0**9, marked("{number}\u00a0B")),
    (_MILLION, marked("{number}\u00a0M")),
    (10.0**3, marked("{number}\u00a0k")),
)
_MOST_LISTED: Final = 2


def plain(text: str) -> str:
    """A stranger's text as one line without control, private or bidirectional characters."""
    if text.isascii() and text.isprintable():
        return text
    from carbonlabel.documents.typeface import plain as shown  # noqa: PLC0415 - loads the outlines

    return shown(text)


def named(text: str, longest: int = LONGEST_NAME) -> str:
    """A stranger's name in plain characters, its middle left out where it is too long.

    One that is written to the left is marked so that it does not turn the words beside it.
    """
    return isolated(shortened(bare(plain(text)), longest))


def shortened(text: str, longest: int) -> str:
    """At most `longest` characters of a text: its head and tail around an ellipsis.

    >>> shortened("organisation/model", 9)
    'orga…odel'
    """
    if len(text) <= longest:
        return text
    kept = max(longest, 1) - len(ELLIPSIS)
    tail = kept // 2
    return balanced(f"{text[: kept - tail]}{ELLIPSIS}{text[len(text) - tail :]}")


def clipped(text: str, longest: int = LONGEST_NOTE) -> str:
    """The first words of a sentence, at most `longest` characters, its asides left out.

    >>> clipped("the PUE of the site is not stated (1.0 is a default, not a statement)")
    'the PUE of the site is not stated'
    """
    head = plain(said(text))
    for aside in (" (", "; ", ": "):
        head = head.partition(aside)[0]
    if len(head) <= longest:
        return head
    words = head[:longest].rpartition(" ")[0] or head[: longest - 1]
    return f"{words[: longest - 1]}{ELLIPSIS}"


def sentence(text: str) -> str:
    """A disclosure's sentence in the reader's language, in plain characters, of bearable length."""
    return named(said(text), LONGEST_SENTENCE)


def quoted(text: str) -> str:
    """What somebody wrote, as they wrote it, in plain characters and of bearable length."""
    return named(text, LONGEST_SENTENCE)


def listed(names: Iterable[str], longest: int | None = None) -> str:
    """Names joined with commas, each once; of more than two, how many more there are.

    Where two of them take more than `longest` characters, one is named.

    >>> listed(["France", "Norway", "Chile"])
    'France, Norway and 1 more'
    """
    each = list(dict.fromkeys(name for name in names if name))
    whole = _counted(each, _MOST_LISTED)
    return whole if longest is None or len(whole) <= longest else _counted(each, 1)


def _counted(names: Sequence[str], most: int) -> str:
    rest = len(names) - most
    shown = ", ".join(names[:most])
    return say("{names} and {count} more", names=shown, count=rest) if rest > 0 else shown


def runs_of(count: int) -> str:
    """A count of runs whose phase is told elsewhere.

    >>> runs_of(2), runs_of(1)
    ('2 runs', '1 run')
    """
    return several(count, "{count} run", "{count} runs")


def phase_name(phase: Phase) -> str:
    """`fine-tuning`."""
    return _PHASES[phase]


def runs(activities: Sequence[Activity], longest: int | None = None) -> str:
    """`2 fine-tuning runs`; several phases are joined, from three on only counted.

    Two that take more than `longest` characters are counted too.
    """
    counts: dict[Phase, int] = {}
    for activity in activities:
        counts[activity.phase] = counts.get(activity.phase, 0) + activity.runs
    every = [_runs_in(phase, count) for phase, count in counts.items()]
    if len(every) == 1:
        return every[0]
    if len(every) == _MOST_LISTED:
        both = say("{first} and {second}", first=every[0], second=every[1])
        if longest is None or len(both) <= longest:
            return both
    whole = grouped(Decimal(sum(counts.values())))
    return say("{count} runs of {phases} phases", count=whole, phases=len(counts))


def lone_run(activities: Sequence[Activity]) -> str:
    """`training run`, where there is but one; else empty."""
    if len(activities) == 1 and activities[0].runs == 1:
        return _RUN[activities[0].phase]
    return ""


def _runs_in(phase: Phase, count: int) -> str:
    if count == 1:
        return say("1 {run}", run=_RUN[phase])
    return _RUNS[phase].format(count=grouped(Decimal(count)))


def model_name(disclosure: Disclosure) -> str:
    """The model's id, or that nobody named it."""
    return named(disclosure.subject.model or say("model not named"))


def size(parameters_count: int | None) -> str:
    """`67 M parameters`; empty where it is not known."""
    if not parameters_count:
        return ""
    if is_in_millions(parameters_count):
        return say("{millions} parameters", millions=prefixed(parameters_count))
    return say("{count} parameters", count=prefixed(parameters_count))


def duration(duration_s: float) -> str:
    """A time span with two digits in the unit that reads best: `6.0 s`, `12 min`, `3.2 h`."""
    units = SCALES["s"]
    unit = next((each for each in ("h", "min") if duration_s >= units[each]), "s")
    return f"{_two_digits(duration_s / units[unit])}{NO_BREAK_SPACE}{unit}"


def accelerator_time(device_s: float) -> str:
    """`3.2 GPU-hours`, `1.08 M GPU-hours`; below a tenth of an hour `13 GPU-seconds`."""
    hours = hours_from_seconds(device_s)
    if hours < _TENTH:
        return say("{number} GPU-seconds", number=_two_digits(device_s))
    if hours >= _MILLION:
        return say("{millions} GPU-hours", millions=prefixed(hours))
    if hours < _PLURAL:
        return say("{few} GPU-hours", few=_two_digits(hours))
    return say("{number} GPU-hours", number=_two_digits(hours))


def _two_digits(value: float) -> str:
    """Two significant digits, but all digits before the point."""
    return significant(value, max(2, len(str(int(value)))))


def prefixed(value: float) -> str:
    """Three significant digits with the letter of a large number: `1.08 M`, `7 B`, `842`."""
    for scale, text in _PREFIXES:
        if value >= scale:
            return say(text, number=brief(value / scale, 3))
    return f"{value:.0f}"


def is_in_millions(value: float) -> bool:
    """Whether a number reads as millions or milliards, after which some languages say `of`."""
    return _MILLION <= value < _TRILLION


def dates(periods: Iterable[Period | Missing]) -> str:
    """`2026-11-22`, or the first and the last day; empty where any is not known."""
    known = list(periods)
    days: list[str] = []
    for period in known:
        if isinstance(period, Missing):
            return ""
        days += [period.start.date().isoformat(), period.end.date().isoformat()]
    first, last = min(days), max(days)
    return first if first == last else say("{first} to {last}", first=first, last=last)


def declared(verified: Verified | None) -> str:
    """Who answers for the label, in a sentence: its declarer, and a verifier where one is named."""
    if verified is None:
        return say("Self-declared, not verified by a third party.")
    digest = verified.statement_sha256
    proof = f" (sha256 {fingerprint(digest)})" if digest else ""
    by = named(verified.by, LONGEST_VERIFIER)
    return say(
        "Self-declared; verified by {by}, statement of {date}{proof}.",
        by=by,
        date=verified.on.isoformat(),
        proof=proof,
    )


def fingerprint(digest: str) -> str:
    """The first digits of a digest in groups, as far as a label prints them.

    >>> fingerprint("0123456789abcdef")
    '0123 4567 89ab'
    """
    return " ".join(digest[at : at + _GROUP] for at in range(0, _DIGEST_SHOWN, _GROUP))


def place_name(region: Region) -> str:
    """The name of a place for people: `France`, `Example cluster, Orsay, France`."""
    site = named(region.site or "")
    name = country_name(region)
    if not name:
        return site or say("place not known")
    return f"{site}, {name}" if site else name


def country_name(region: Region) -> str:
    """The name of the country, of a state in English; its code where we have none; else empty."""
    return _name_of(region.country)


def grid_place(region: Region) -> str:
    """The name of the country or state whose grid factor counts: of Quebec it is Canada's.

    Of a subregion of a grid it is the state where the machines are.
    """
    of, zone = region.country or "", region.zone or ""
    answers = zone.count("-") <= of.count("-") and zone.startswith(of.partition("-")[0] or "?")
    return _name_of(zone if answers else of)


def _name_of(code: str | None) -> str:
    if not code:
        return ""
    from carbonlabel.errors import MissingFactor  # noqa: PLC0415 - not every label names a place
    from carbonlabel.factors import places  # noqa: PLC0415 - reads tables

    try:
        return country(code, places.find(code).name)
    except MissingFactor:
        return named(code)


def known(quantity: Estimate | Missing | None) -> Estimate | None:
    """The quantity, where somebody reported it."""
    return quantity if isinstance(quantity, Estimate) else None


def applies(quantity: Estimate | Missing) -> bool:
    """Whether the row exists at all: a machine without accelerators has no such row."""
    return isinstance(quantity, Estimate) or quantity.missing != "not-applicable"
