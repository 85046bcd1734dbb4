"""I say how much of what known standards ask for a disclosure answers."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from carbonlabel.commands import giving
from carbonlabel.commands.asking import UsageError
from carbonlabel.completeness import matrix

if TYPE_CHECKING:
    from carbonlabel.completeness import Coverage, Field
    from carbonlabel.model.disclosure import Disclosure

_WIDTH: Final = 80
_INDENT: Final = " " * 8
_NO_CLAIM: Final = "Counted are fields that have an answer; that is no claim of compliance."


def tell(disclosure: Disclosure, options: argparse.Namespace) -> int:
    """Write how many fields of each form are answered, and what would answer the others."""
    found = matrix(disclosure, options.standard)
    if options.format == "json":
        giving.put(
            giving.as_json({"standards": [_document(each) for each in found]}), options.output
        )
        return 0
    if options.format != "human":
        raise UsageError(f"what standards ask for has no --format {options.format}")
    lines = [line for each in found for line in _lines(each)]
    giving.put("".join(f"{line}\n" for line in (*lines, "", _NO_CLAIM)).encode(), options.output)
    return 0


def _document(found: Coverage) -> dict[str, object]:
    return {
        "standard": found.standard.key,
        "title": found.standard.title,
        "answered": found.met_count,
        "of": found.of_count,
        "blocked": found.is_blocked,
        "missing": [
            {"field": each.name, "blocks": each.blocks, "fill": each.filler}
            for each in found.missing
        ],
    }


def _lines(found: Coverage) -> Iterator[str]:
    count = f"{found.met_count}/{found.of_count}"
    yield f"{count:>6}  {found.standard.title}"
    needed = [each for each in found.missing if each.blocks]
    others = [each for each in found.missing if not each.blocks]
    yield from _missing("needed first: ", needed)
    yield from _missing("missing: ", others)


def _missing(word: str, fields: Sequence[Field]) -> Iterator[str]:
    if fields:
        told = "; ".join(f"{each.name} ({each.filler})" for each in fields)
        yield from textwrap.wrap(
            word + told,
            _WIDTH,
            initial_indent=_INDENT,
            subsequent_indent=f"{_INDENT}  ",
            break_on_hyphens=False,
        )
