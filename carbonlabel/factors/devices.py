"""I am the accelerators we know: their rated power, and what making them emitted."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, cast

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import names, near, rows
from carbonlabel.factors.embodied import Making

Kind = Literal["gpu", "npu", "tpu", "soc"]
_SLICE: Final = re.compile(
    r"(?:google\s+)?(?:cloud\s+)?tpu[ -]?v(?P<version>[234]|5p)-(?P<cores>[0-9]{1,5})",
    re.IGNORECASE,
)
"""What Google calls a slice of these TPUs: it counts their cores."""
_CORES_OF_A_CHIP: Final = 2


class DeviceRow(NamedTuple):
    """One accelerator of the table."""

    id: str
    name: str
    kind: Kind
    """`soc`: the rated power is that of the whole chip; there is no host CPU to add."""
    memory: str | None
    """For people: `80 GB`."""
    rated_power_w: float | None
    """Board or chip; None where nobody publishes it."""
    power_source: str
    making: Making | None
    """None where nobody worked it out: take `embodied.unlisted_accelerator()`."""
    note: str | None
    """What to know before the rated power is used, in one sentence."""


class Match(NamedTuple):
    """The accelerator that a name means, and the others that it could mean as well."""

    row: DeviceRow
    ambiguous: tuple[str, ...] = ()
    """Ids of the others; empty where the name fits one accelerator only."""


def _making(row: rows.Row) -> Making | None:
    if not row["making_gco2e"]:
        return None
    value, low, high = (float(row[f"making{end}_gco2e"]) for end in ("", "_low", "_high"))
    return Making(row["name"], value, low, high, row["making_method"], row["making_source"])


def _device(row: rows.Row) -> DeviceRow:
    return DeviceRow(
        id=row["id"],
        name=row["name"],
        kind=cast("Kind", row["kind"]),
        memory=row["memory"] or None,
        rated_power_w=rows.number(row["rated_power_w"]),
        power_source=row["power_source"],
        making=_making(row),
        note=row["note"] or None,
    )


@functools.cache
def by_id(device_id: str) -> DeviceRow:
    """The accelerator filed under `device_id`, such as `A100-SXM4-80GB`.

    Raises:
        MissingFactor: there is none.
    """
    row = rows.only("accelerators.csv", device_id)
    if row is None:
        raise _unknown(device_id)
    return _device(row)


def find(name: str) -> Match:
    """The accelerator that a driver or a tracker prints as `name`, whatever its case and spacing.

    A count before the name ("8 x …") and words that tell nothing apart are passed over. A name
    that fits several accelerators gives the likeliest, with the others in `ambiguous`.

    Raises:
        MissingFactor: no accelerator has such a name; the hint has near ones.
    """
    match = _match(names.words(names.without_count(name[: 2 * near.LONGEST_COUNT])))
    if match is None:
        raise _unknown(name)
    return match


def is_known(name: str) -> bool:
    """Whether the table has exactly this name, whatever its case and spacing."""
    return rows.only("accelerator_names.csv", names.key(name)) is not None


def split_count(text: str) -> tuple[tuple[str, int], ...]:
    """The names in a tracker's list of devices, each once, with how many there are of it.

    >>> split_count("8 x NVIDIA A1001 x Tesla T4")
    (('NVIDIA A100', 8), ('Tesla T4', 1))
    """
    return names.split_count(text, is_known)


def list_devices(search: str = "") -> Iterator[DeviceRow]:
    """All accelerators whose name or id contains `search`, whatever its case and spacing."""
    wanted = near.plain(search)
    return (
        _device(row)
        for row in rows.every("accelerators.csv")
        if wanted in near.plain(row["name"]) or wanted in near.plain(row["id"])
    )


def _match(words: tuple[str, ...]) -> Match | None:
    """The accelerator whose name is the longest run of these words that leaves nothing unsaid."""
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            row = rows.only("accelerator_names.csv", "".join(words[start : start + length]))
            if row is None:
                continue
            ids = _fitting((row["id"], *row["others"].split()), _rest(words, start, length))
            if ids:
                return Match(by_id(ids[0]), ids[1:])
    return None


def _rest(words: tuple[str, ...], start: int, length: int) -> tuple[str, ...]:
    """The words beside the run that may tell one accelerator from another."""
    beside = words[:start] + words[start + length :]
    return tuple(word for word in beside if not names.is_silent(word))


def _fitting(ids: tuple[str, ...], rest: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the accelerators that the other words of the name allow; none if one is foreign."""
    for word in rest:
        if names.is_shape(word):
            ids = tuple(each for each in ids if _is_mounted(each, word))
        elif names.is_memory(word):
            ids = tuple(each for each in ids if word in names.words(each)) or ids
        else:
            ids = _both(ids, word)
    return ids


def _both(ids: tuple[str, ...], word: str) -> tuple[str, ...]:
    """The accelerators and, as in "MI250X / MI250", the one that the word names; else none."""
    row = rows.only("accelerator_names.csv", word)
    return tuple(dict.fromkeys((*ids, row["id"]))) if ids and row else ()


def _is_mounted(device_id: str, shape: str) -> bool:
    """Whether the accelerator is built this way, or its id does not say how."""
    shapes = [word for word in names.words(device_id) if names.is_shape(word)]
    return not shapes or any(word.startswith(shape) for word in shapes)


def _unknown(name: str) -> MissingFactor:
    text = names.without_count(name[: 2 * near.LONGEST_COUNT])
    slice_of = _SLICE.fullmatch(text.strip())
    if slice_of is not None and int(slice_of["cores"]) > 1:
        chips_count = int(slice_of["cores"]) // _CORES_OF_A_CHIP
        return MissingFactor(
            f"{text!r} is a slice of {slice_of['cores']} cores, and powers are those of chips",
            hint=f"name TPU v{slice_of['version']}, and count {chips_count}",
        )
    return MissingFactor(
        f"no accelerator is known as {text[: near.LONGEST_COUNT]!r}",
        hint=near.hint(near.names(text, _listed()), command="carbonlabel list devices"),
    )


@functools.cache
def _listed() -> dict[str, str]:
    """Every name of an accelerator, with the one to show for it."""
    shown = {row["id"]: row["name"] for row in rows.every("accelerators.csv")}
    return {row["name"]: shown[row["id"]] for row in rows.every("accelerator_names.csv")}
