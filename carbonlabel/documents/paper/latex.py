"""I write the footprint as a LaTeX table with a paragraph, and its works as BibTeX."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from carbonlabel.documents import ancestry, use, wording
from carbonlabel.documents.context import GRID
from carbonlabel.documents.language import ENGLISH, say, speaking, translated
from carbonlabel.documents.numbers import joined
from carbonlabel.documents.paper import tex
from carbonlabel.documents.paper.facts import Facts, facts, works
from carbonlabel.documents.paper.sentence import paragraph
from carbonlabel.documents.templates import filled
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Source
from carbonlabel.plugins import Options

_NOTED: Final = (GRID, use.NAME, ancestry.NAME)
"""Lines whose amount says little without what stands beside it."""
_LAST_LATIN: Final = 0x24F
_ENGINE: Final = "% Needs LuaLaTeX or XeLaTeX, with a font that has the letters of its names.\n"


@dataclass(frozen=True, slots=True)
class Latex:
    """A table and a paragraph for an appendix; it needs booktabs and textcomp's symbols."""

    format: str = "latex"
    file_name: str = "carbon.tex"
    about: str = "a table and a paragraph for a paper; its works: bibtex"
    heeds: tuple[str, ...] = ("language", "templates")

    @translated
    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """LaTeX as UTF-8, for an appendix to take in; its paragraph is written in English only."""
        found = facts(disclosure)
        words = filled(
            "paper.tex.j2",
            theirs=options.templates,
            face=found.face,
            range_head=tex.text(say("95 % range")).replace(r" \%", r"\,\%"),
            rows=tuple(_rows(found)),
            paragraph=" ".join(paragraph(found)) if speaking() == ENGLISH else "",
            keys=", ".join(tex.key(name) for name, _ in found.works),
        )
        return f"{_ENGINE}{words}".encode() if _has_foreign_letters(words) else words.encode()


def _has_foreign_letters(words: str) -> bool:
    return any(each.isalpha() and ord(each) > _LAST_LATIN for each in words)


@dataclass(frozen=True, slots=True)
class Bibtex:
    """The works that the figures rest on."""

    format: str = "bibtex"
    file_name: str = "carbon.bib"
    about: str = "the works that the figures cite, as BibTeX"

    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """One entry for each source; no option changes it."""
        del options
        return "\n".join(_entry(name, work) for name, work in works(disclosure)).encode()


def _rows(found: Facts) -> Iterator[tuple[str, str, str, str]]:
    """Name, amount, range and basis of each line of the table."""
    face = found.face
    for row in face.rows:
        name = rf"\quad {tex.text(row.name)}" if row.level == "child" else tex.text(row.name)
        amount = joined(row.value, face.unit) if row.value else wording.BASES["not reported"]
        yield (
            name,
            tex.text(amount),
            tex.text(row.range),
            wording.BASES[row.basis] if row.value else "",
        )
    for each in face.contexts:
        if each.value is not None:
            note = f", {each.note}" if each.name in map(say, _NOTED) and each.note else ""
            name = tex.text(f"{each.name}{note}")
            amount = joined(each.value, each.unit) if each.unit else each.value
            yield name, tex.text(amount), tex.text(each.range), wording.BASES[each.basis]


def _entry(name: str, work: Source) -> str:
    fields = {
        "key": tex.text(wording.quoted(work.title)),
        "title": f"{{{tex.text(wording.quoted(work.title))}}}",
        "year": str(work.year or ""),
        "url": _address(work.url or ""),
        "note": tex.text(wording.quoted(f"Licence: {work.licence}")) if work.licence else "",
    }
    lines = "".join(f"  {field} = {{{said}}},\n" for field, said in fields.items() if said)
    return f"@misc{{{tex.key(name)},\n{lines}}}\n"


def _address(url: str) -> str:
    return "".join(letter for letter in url if letter.isprintable() and letter not in "{}\\ ")


latex = Latex()
bibtex = Bibtex()
