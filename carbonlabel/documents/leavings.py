"""I list what the total does not hold, with its size where that is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from carbonlabel.documents import wording
from carbonlabel.documents.column import Column
from carbonlabel.documents.language import decimals, marked, said, say
from carbonlabel.documents.numbers import reading
from carbonlabel.model.disclosure import LeftOut

_NOTHING: Final = marked("nothing stated")
_COOLING: Final = "cooling and overhead"
_IN_BRIEF: Final = marked("{name} (PUE {pue} would add {amount})")
_IN_FULL: Final = marked("{name} (a PUE of {pue} would add {amount})")
_PUE: Final = re.compile(r"\((\d+(?:\.\d+)?) - 1\)")


def items(left_out: Sequence[LeftOut], column: Column) -> tuple[str, ...]:
    """Short items: `cooling (PUE 1.56 would add 1.1 mg)`, `idle time`."""
    return tuple(_item(each, column, _IN_BRIEF, _brief) for each in left_out) or (say(_NOTHING),)


def sentence(left_out: Sequence[LeftOut], column: Column) -> str:
    """The same with full names: `cooling (a PUE of 1.56 would add 1.1 mg), idle time of …`."""
    full = (_item(each, column, _IN_FULL, _whole) for each in left_out)
    return ", ".join(full) or say(_NOTHING)


def pue_of(left_out: LeftOut) -> str:
    """The PUE for which `adds` was worked out; empty where it is about something else."""
    found = _PUE.search(left_out.adds.formula or "") if left_out.adds else None
    return found.group(1) if found else ""


def size(left_out: LeftOut, column: Column) -> str:
    """`1.1 mg`, in the unit of the label; empty where it is not known."""
    return column.aside(reading(left_out.adds))[0] if left_out.adds else ""


def _item(left_out: LeftOut, column: Column, with_pue: str, shown: Callable[[str], str]) -> str:
    adds, pue = size(left_out, column), pue_of(left_out)
    name = wording.named(shown(left_out.what))
    if not adds:
        return name
    if pue:
        return say(with_pue, name=name, pue=decimals(pue), amount=adds)
    return say("{name} (would add {amount})", name=name, amount=adds)


def _whole(name: str) -> str:
    return said(_short(name))


def _brief(name: str) -> str:
    return said(_short(name).partition(" of the ")[0])


def _short(name: str) -> str:
    return "cooling" if name == _COOLING else name
