"""I set a comparison in the 80 columns of a terminal, without colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from carbonlabel.documents.comparing.anatomy import Amounts, Line, Matter, Party, Reason, Sheaf
from carbonlabel.documents.comparing.strip import NO_RANGE
from carbonlabel.documents.language import say
from carbonlabel.documents.monospace import columns, words
from carbonlabel.documents.numbers import plainly_spaced
from carbonlabel.documents.typeface import plain

WIDTH: Final = 80
_HEAVY, _LIGHT = "━" * WIDTH, "─" * WIDTH
_MARKS: Final = {"measured": "●", "estimated": "◐", "assumed": "○"}
_NAME, _VALUE, _UNIT, _RANGE = 29, 9, 9, 14


def document(sheaf: Sheaf) -> bytes:
    """The comparison as UTF-8 text."""
    lines = (plainly_spaced(line).rstrip() for line in _lines(sheaf))
    return "".join(f"{line}\n" for line in lines).encode()


def _lines(sheaf: Sheaf) -> Iterator[str]:
    yield _HEAVY
    yield f"  {sheaf.title}{say(': ')}{sheaf.verdict[:1].lower()}{sheaf.verdict[1:]}"
    if sheaf.mark:
        yield from _wrapped(sheaf.mark, "  ")
    yield _HEAVY
    width = min(_NAME, max(columns(plain(each.name)) for each in sheaf.parties))
    for party in sheaf.parties:
        yield from _party(party, width)
    if sheaf.reasons:
        yield _LIGHT
        yield from _reasons(say("Not comparable, because"), sheaf.reasons)
    for matter in sheaf.matters:
        yield from _matter(matter, width)
    for note in sheaf.notes:
        yield _LIGHT
        yield from _wrapped(note, "  ")
    yield _LIGHT
    yield from _wrapped(" ".join(_ended(each) for each in sheaf.footnotes), "  ")


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _party(party: Party, width: int) -> Iterator[str]:
    name, above = _named(party.name, width, "  ")
    yield from above
    yield from _wrapped(party.note, f"{name}  ")
    for remark in party.remarks:
        yield from _wrapped(remark, " " * (width + 4))


def _matter(matter: Matter, width: int) -> Iterator[str]:
    colon = say(": ")
    yield _LIGHT
    yield f"  {matter.title}{colon}{matter.verdict}"
    yield from _reasons(say("Not comparable, because"), matter.broken)
    yield from _reasons(say("Compared in part, because"), matter.narrowed)
    for amounts in matter.amounts:
        yield ""
        yield from _amounts(amounts, width)
    if matter.weighed:
        yield ""
    yield from _reasons(say("To be borne in mind"), matter.weighed)


def _reasons(head: str, reasons: Sequence[Reason]) -> Iterator[str]:
    if reasons:
        yield f"  {head}"
    colon = say(": ")
    for reason in reasons:
        yield from _wrapped(f"{reason.because}.", f"    {reason.title}{colon}", "      ")
        says = say("; ").join(f"{name}{colon}{said}" for name, said in reason.says)
        yield from _wrapped(says, "      ")
        yield from _wrapped(reason.mend, f"      {say('to mend it')}{colon}", "        ")


def _amounts(found: Amounts, width: int) -> Iterator[str]:
    yield from _wrapped(found.scope, f"  {found.title}, ", "  ")
    for line in found.lines:
        yield from _line(line, width)
    if found.yearly:
        yield from _wrapped(f"{found.yearly}{say(': ')}".rstrip(), "  ")
        for line in found.lines:
            name, above = _named(line.name, width, "    ")
            yield from above
            yield f"{name}  {line.yearly}"
    for sentence in found.sentences:
        yield from _wrapped(sentence, "    ")


def _line(line: Line, width: int) -> Iterator[str]:
    span = f"({line.range})" if line.range else say(NO_RANGE)
    name, above = _named(line.name, width, "    ")
    yield from above
    yield (
        f"{name}{line.value:>{_VALUE}} {line.unit:<{_UNIT}}"
        f"{span:>{_RANGE}}  {_MARKS[line.basis]} {line.obtained}"
    )
    if line.against:
        yield from _wrapped(line.against, "      ")


def _wrapped(text: str, lead: str, then: str | None = None) -> Iterator[str]:
    """Lines of a text, the first behind `lead`, the others behind as many spaces or `then`."""
    start, line = lead, ""
    for word in words(plain(text), WIDTH - max(columns(lead), columns(then or ""))):
        longer = f"{line} {word}" if line else word
        if columns(start) + columns(longer) <= WIDTH:
            line = longer
            continue
        yield f"{start}{line}"
        start, line = " " * columns(lead) if then is None else then, word
    yield f"{start}{line}"


def _named(name: str, width: int, lead: str) -> tuple[str, tuple[str, ...]]:
    """A name as wide as its column; one that is wider stands on a line of its own above."""
    if columns(name) > width:
        return f"{lead}{' ' * width}", (f"{lead}{name}",)
    return f"{lead}{name}{' ' * (width - columns(name))}", ()
