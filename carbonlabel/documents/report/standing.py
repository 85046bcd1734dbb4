"""I say where the report stands: what forms it answers, what its words mean, who signs it."""

from __future__ import annotations

import unicodedata

from carbonlabel.completeness import Coverage, matrix
from carbonlabel.documents.report import standingwords, words
from carbonlabel.documents.report.blocks import Cell, Section, cells, table
from carbonlabel.documents.report.material import Material


def completeness(material: Material) -> Section:
    """How much of each known form the disclosure answers."""
    say = standingwords.COMPLETENESS
    head = (say["standard"], say["met"], say["missing"])
    title = words.TITLES["completeness"]
    found = table(title, head, map(_coverage, matrix(material.disclosure)), shape="three")
    return Section("completeness", title, lead=(say["lead"],), tables=(found,))


def glossary(material: Material) -> Section:
    """The words that the report uses, each in a sentence, as the reader's alphabet orders them."""
    del material
    title = words.TITLES["glossary"]
    told = sorted(standingwords.GLOSSARY, key=lambda each: _plain(each[0]))
    rows = (cells(*each) for each in told)
    found = table(title, standingwords.GLOSSARY_HEAD, rows, shape="two")
    return Section("glossary", title, tables=(found,))


def _plain(word: str) -> str:
    """Letters without accents: in French and German they stand beside those with them."""
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(each for each in letters if not unicodedata.combining(each))


def verification(material: Material) -> Section:
    """How anybody can work the figures out again."""
    say = standingwords.VERIFICATION
    return Section(
        "verification",
        words.TITLES["verification"],
        lead=(say["lead"],),
        command=f"carbonlabel verify {material.file}",
        trail=(say["evidence"], say["digest"], f"carbon.json#jcs-sha256={material.face.digest}"),
    )


def signature(material: Material) -> Section:
    """Lines for who answers for the disclosure, which is named by its digest."""
    say = standingwords.SIGNATURE
    return Section(
        "signature",
        words.TITLES["signature"],
        lead=(say["lead"].format(digest=material.face.digest),),
        lines=tuple(standingwords.SIGNATURE_LINES),
        trail=(say["trail"],),
    )


def _coverage(found: Coverage) -> tuple[Cell, ...]:
    say = standingwords.COMPLETENESS
    needed = ", ".join(each.name for each in found.missing if each.blocks)
    rest = ", ".join(each.name for each in found.missing if not each.blocks)
    told = say["needs"].format(names=needed) if needed else rest or say["all"]
    if needed and rest:
        told = say["besides"].format(needed=told, names=rest)
    answered = say["of"].format(met=found.met_count, of=found.of_count)
    return cells(found.standard.title, answered, told)
