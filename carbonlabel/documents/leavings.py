"""I list what the total does not hold, with its size where that is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from carbonlabel.documents import wording
from carbonlabel.documents.column import Column
from carbonlabel.documents.numbers import reading
from carbonlabel.model.disclosure import LeftOut

_NOTHING: Final = "nothing stated"
_COOLING: Final = "cooling and overhead"
_PUE: Final = re.compile(r"\((\d+(?:\.\d+)?) - 1\)")


def items(left_out: Sequence[LeftOut], column: Column) -> tuple[str, ...]:
    """Short items: `cooling (PUE 1.56 would add 1.1 mg)`, `idle time`."""
    return tuple(_item(each, column, "PUE", _brief) for each in left_out) or (_NOTHING,)


def sentence(left_out: Sequence[LeftOut], column: Column) -> str:
    """The same with full names: `cooling (a PUE of 1.56 would add 1.1 mg), idle time of …`."""
    full = (_item(each, column, "a PUE of", _whole) for each in left_out)
    return ", ".join(full) or _NOTHING


def pue_of(left_out: LeftOut) -> str:
    """The PUE for which `adds` was worked out; empty where it is about something else."""
    found = _PUE.search(left_out.adds.formula or "") if left_out.adds else None
    return found.group(1) if found else ""


def size(left_out: LeftOut, column: Column) -> str:
    """`1.1 mg`, in the unit of the label; empty where it is not known."""
    return column.aside(reading(left_out.adds))[0] if left_out.adds else ""


def _item(left_out: LeftOut, column: Column, pue_words: str, shown: Callable[[str], str]) -> str:
    adds, pue = size(left_out, column), pue_of(left_out)
    name = shown(wording.named(left_out.what))
    if not adds:
        return name
    given = f"{pue_words} {pue} " if pue else ""
    return f"{name} ({given}would add {adds})"


def _whole(name: str) -> str:
    return "cooling" if name == _COOLING else name


def _brief(name: str) -> str:
    return _whole(name).partition(" of the ")[0]
