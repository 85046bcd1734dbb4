"""I know the words of a label: names of rows, phases, places and times, and how they are joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from carbonlabel.documents.numbers import NO_BREAK_SPACE, shortest, significant
from carbonlabel.model.disclosure import Activity, Disclosure, PartName
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Phase
from carbonlabel.model.provenance import Period, Verified
from carbonlabel.model.region import Region
from carbonlabel.model.units import SCALES, hours_from_seconds

ELLIPSIS: Final = "…"
NOT_REPORTED: Final = "not reported"
LONGEST_NAME: Final = 120
LONGEST_NOTE: Final = 40
LONGEST_SENTENCE: Final = 400
LONGEST_VERIFIER: Final = 80

PART_NAMES: Final[Mapping[PartName, str]] = {
    "accelerators": "Accelerators",
    "host": "Host CPU and memory",
    "computing": "Computing",
    "idle": "Idle time",
    "shared": "Network and storage",
    "overhead": "Cooling and overhead",
    "manufacture": "Hardware manufacture",
}
"""The rows in their order: electricity first."""

SHORT_NAMES: Final[Mapping[PartName, str]] = {
    "accelerators": "accelerators",
    "host": "host",
    "computing": "computing",
    "idle": "idle",
    "shared": "shared nodes",
    "overhead": "cooling",
    "manufacture": "manufacture",
}
"""The same in one word, for running text."""

HEADLINES: Final = {
    "total": "Total",
    "at least": "At least",
    "planned": "Planned",
    "not reported": "Not reported",
}

_PHASES: Final[Mapping[Phase, str]] = {
    "pretraining": "pre-training",
    "midtraining": "mid-training",
    "finetuning": "fine-tuning",
    "data_collection": "data collection",
    "data_preparation": "data preparation",
    "synthetic_data": "synthetic data",
}
_DIGEST_SHOWN: Final = 12
_GROUP: Final = 4
_TENTH: Final = 0.1
_MILLION: Final = 10.0**6
_PREFIXES: Final = ((10.0**12, "T"), (10.0**9, "B"), (_MILLION, "M"), (10.0**3, "k"), (1.0, ""))
_MOST_LISTED: Final = 2


def plain(text: str) -> str:
    """A stranger's text as one line without control, private or bidirectional characters."""
    if text.isascii() and text.isprintable():
        return text
    from carbonlabel.documents.typeface import plain as shown  # noqa: PLC0415 - loads the outlines

    return shown(text)


def named(text: str, longest: int = LONGEST_NAME) -> str:
    """A stranger's name in plain characters, its middle left out where it is too long."""
    return shortened(plain(text), longest)


def shortened(text: str, longest: int) -> str:
    """At most `longest` characters of a text: its head and tail around an ellipsis.

    >>> shortened("organisation/model", 9)
    'orga…odel'
    """
    if len(text) <= longest:
        return text
    kept = max(longest, 1) - len(ELLIPSIS)
    tail = kept // 2
    return f"{text[: kept - tail]}{ELLIPSIS}{text[len(text) - tail :]}"


def clipped(text: str, longest: int = LONGEST_NOTE) -> str:
    """The first words of a sentence, at most `longest` characters, its asides left out.

    >>> clipped("the PUE of the site is not stated (1.0 is a default, not a statement)")
    'the PUE of the site is not stated'
    """
    head = plain(text)
    for aside in (" (", "; ", ": "):
        head = head.partition(aside)[0]
    if len(head) <= longest:
        return head
    words = head[:longest].rpartition(" ")[0] or head[: longest - 1]
    return f"{words[: longest - 1]}{ELLIPSIS}"


def sentence(text: str) -> str:
    """A stranger's sentence in plain characters and of bearable length."""
    return named(text, LONGEST_SENTENCE)


def listed(names: Iterable[str]) -> str:
    """Names joined with commas, each once; of more than two, how many more there are.

    >>> listed(["France", "Norway", "Chile"])
    'France, Norway and 1 more'
    """
    each = list(dict.fromkeys(name for name in names if name))
    rest = len(each) - _MOST_LISTED
    shown = ", ".join(each[:_MOST_LISTED])
    return f"{shown} and {rest} more" if rest > 0 else shown


def counted(count: int, noun: str) -> str:
    """A count with its noun in the right number.

    >>> counted(2, "run"), counted(1, "run")
    ('2 runs', '1 run')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def phase_name(phase: Phase) -> str:
    """The phase as it stands before "run"."""
    return _PHASES.get(phase, phase.replace("_", " "))


def runs(activities: Sequence[Activity]) -> str:
    """`2 fine-tuning runs`; several phases are joined, from three on only counted."""
    counts: dict[str, int] = {}
    for activity in activities:
        name = phase_name(activity.phase)
        counts[name] = counts.get(name, 0) + activity.runs
    if len(counts) > _MOST_LISTED:
        return f"{sum(counts.values())} runs of {len(counts)} phases"
    return " and ".join(counted(count, f"{name} run") for name, count in counts.items())


def model_name(disclosure: Disclosure) -> str:
    """The model's id, or that nobody named it."""
    return named(disclosure.subject.model or "model not named")


def size(parameters_count: int | None) -> str:
    """`67 M parameters`; empty where it is not known."""
    return f"{prefixed(parameters_count)} parameters" if parameters_count else ""


def duration(duration_s: float) -> str:
    """A time span with two digits in the unit that reads best: `6.0 s`, `12 min`, `3.2 h`."""
    units = SCALES["s"]
    unit = next((each for each in ("h", "min") if duration_s >= units[each]), "s")
    return f"{_two_digits(duration_s / units[unit])}{NO_BREAK_SPACE}{unit}"


def accelerator_time(device_s: float) -> str:
    """`3.2 GPU-hours`, `1.08 M GPU-hours`; below a tenth of an hour `13 GPU-seconds`."""
    hours = hours_from_seconds(device_s)
    if hours < _TENTH:
        return f"{_two_digits(device_s)} GPU-seconds"
    return f"{prefixed(hours) if hours >= _MILLION else _two_digits(hours)} GPU-hours"


def _two_digits(value: float) -> str:
    """Two significant digits, but all digits before the point."""
    return significant(value, max(2, len(str(int(value)))))


def prefixed(value: float) -> str:
    """Three significant digits with the letter of a large number: `1.08 M`, `7 B`, `842`."""
    scale, letter = next(each for each in _PREFIXES if value >= each[0] or each[0] == 1)
    return f"{shortest(value / scale, 3)}{NO_BREAK_SPACE}{letter}" if letter else f"{value:.0f}"


def dates(periods: Iterable[Period | Missing]) -> str:
    """`2026-11-22`, or the first and the last day; empty where any is not known."""
    known = list(periods)
    days: list[str] = []
    for period in known:
        if isinstance(period, Missing):
            return ""
        days += [period.start.date().isoformat(), period.end.date().isoformat()]
    first, last = min(days), max(days)
    return first if first == last else f"{first} to {last}"


def declared(verified: Verified | None) -> str:
    """Who answers for the label, in a sentence: its declarer, and a verifier where one is named."""
    if verified is None:
        return "Self-declared, not verified by a third party."
    digest = verified.statement_sha256
    proof = f" (sha256 {fingerprint(digest)})" if digest else ""
    by = named(verified.by, LONGEST_VERIFIER)
    return f"Self-declared; verified by {by}, statement of {verified.on.isoformat()}{proof}."


def fingerprint(digest: str) -> str:
    """The first digits of a digest in groups, as far as a label prints them.

    >>> fingerprint("0123456789abcdef")
    '0123 4567 89ab'
    """
    return " ".join(digest[at : at + _GROUP] for at in range(0, _DIGEST_SHOWN, _GROUP))


def place_name(region: Region) -> str:
    """The name of a place for people: `France`, `Example cluster, Orsay, France`."""
    site = named(region.site or "")
    country = country_name(region)
    if not country:
        return site or "place not known"
    return f"{site}, {country}" if site else country


def country_name(region: Region) -> str:
    """The English name of the country or state; its code where we have no name; else empty."""
    if region.country is None:
        return ""
    from carbonlabel.errors import MissingFactor  # noqa: PLC0415 - not every label names a place
    from carbonlabel.factors import places  # noqa: PLC0415 - reads tables

    try:
        return places.find(region.country).name
    except MissingFactor:
        return named(region.country)


def known(quantity: Estimate | Missing | None) -> Estimate | None:
    """The quantity, where somebody reported it."""
    return quantity if isinstance(quantity, Estimate) else None


def applies(quantity: Estimate | Missing) -> bool:
    """Whether the row exists at all: a machine without accelerators has no such row."""
    return isinstance(quantity, Estimate) or quantity.missing != "not-applicable"
