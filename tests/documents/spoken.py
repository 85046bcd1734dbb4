"""I find the sentences that a disclosure may come to hold: in the code that works it out."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tests.documents.catalogues import PACKAGE

ROOMS: Final = (
    "assessment",
    "collection",
    "estimation",
    "gridseries",
    "parsing",
    "readers",
    "rules",
)
"""The packages whose findings, reasons and names of what is left out stand in a disclosure."""
ELSEWHERE: Final = frozenset(
    {
        "collection/counting.py",
        "collection/folders.py",
        "collection/sameness.py",
        "collection/stages.py",
        "rules/register.py",
    }
)
"""What these say stands in a project file or in a report of checks, which are English."""
FILLS: Final = (
    "42",
    "1.5 kWh",
    "Zq-7",
    "",
    "machines",
    "certificates",
    "no energy is known",
    "contract of FR 2025 (certificates)",
)
"""What is put in for a word that is not known before a run; in each sentence one of them fits."""
PIECES: Final = {
    "may be of another market than the runs": "The contract of FR 2025 (certificates) may be of "
    "another market than the runs.",
    "is of another country of the same market": "The contract of FR 2025 (power purchase) is of "
    "another country of the same market.",
    "may be of another time than the runs": "The contract of FR 2025 (supplier's mix) may be of "
    "another time than the runs.",
    "is of the year before or after the runs": "The contract of FR 2025 (green tariff) is of the "
    "year before or after the runs.",
    "year not known": "FR year not known",
    " (\0 in the file are empty)": "The grid series has no figure for some of the time of the runs "
    "(3 in the file are empty); the mean of the others stands for it.",
    "\0; \0 would add this": "the PUE of the site is not stated; that PUE, 1.2, would add this",
    "the survey mean, \0 (\0),": "the survey mean, 1.56 (1.1 to 2.2), would add this",
    "not every training of the disclosure states its \0 (R)": "not every training of the "
    "disclosure states its training tokens (R)",
    "Carbontracker 2.0 and later averages the power of several devices instead of adding it up": ""
    "Carbontracker 2.0 and later averages the power of several devices instead of adding it up; "
    "corrected by the device count.",
    "\0; without the power of the epochs this cannot be corrected.": "Carbontracker 2.0 and later "
    "averages the power of several devices instead of adding it up; without the power of the "
    "epochs this cannot be corrected.",
    "\0; corrected by the device count.": "Carbontracker 2.0 and later averages the power of "
    "several devices instead of adding it up; corrected by the device count.",
    "a world mean": "The tracker found no location and used a world mean.",
    "a mean of the \0": "The tracker found no location and used a mean of the EU-28.",
    "The tracker found no location and used \0.": (
        "The tracker found no location and used a mean of the EU-28."
    ),
    "\0 and memory power as a constant\0.": (
        "No RAPL counter is on record: CPU power is taken as load x TDP and memory power as a "
        "constant (12.0 W)."
    ),
    "No RAPL counter: CPU power is a constant, half the TDP\0, and \0.": (
        "No RAPL counter: CPU power is a constant, half the TDP (42.5 W), and memory power is 3 W "
        "per 8 GB (12.0 W)."
    ),
    "\0 times too small, as where \0": "1.2 times too small, as where the PUE is left out",
    "\0 times too large, as where \0": "1.2 times too large, as where the PUE enters twice",
    "\0 (1.0 is CodeCarbon's default, not a statement)": (
        "the PUE of the site is not stated (1.0 is CodeCarbon's default, not a statement)"
    ),
    "CPU power comes from powermetrics, Apple's own estimate,": (
        "CPU power comes from powermetrics, Apple's own estimate, and memory power as a constant "
        "(12.0 W)."
    ),
    "No RAPL counter is on record: CPU power is taken as load x TDP": "No RAPL counter is on "
    "record: CPU power is taken as load x TDP and memory power as a constant.",
    "the task file": "the PUE of the site is not stated (the task file has none)",
    ", \0 of wall time": "12 jobs, 11 completed, 2 days of wall time",
    ", \0 times as much": "5 gCO2e, 2 times as much",
    "The accelerators' energy is \0 their rated power × duration": (
        "The accelerators' energy is far below their rated power × duration: it is 1000 times too "
        "small, as where kg are taken for g or MWh for kWh."
    ),
    "the device count is left out": "The device-hours are not devices × hours: it is 4 times too "
    "small, as where the device count is left out.",
    "the device count enters twice": "The device-hours are not devices × hours: it is 4 times too "
    "large, as where the device count enters twice.",
    "\0 without a log": "failed and earlier runs without a log",
}
"""Parts of sentences, and a sentence in which they stand."""
NEVER: Final = frozenset(
    {
        "\0 are of a training",
        "what was served is of a model in use",
        "\0 of \0 \0 left no log and are counted at the mean of the \0 that did.",
        "left no log: the mean of the \0 \0 that did",
        "mean of the machines that left a log",
        "sum over the rows of the counted runs",
        "local, not stated",
        "did you mean \0? ",
        "from which follow \0 h",
        "it stands in line \0 too",
        "The following components were found",
        "The following components were found:(.*)",
        "Monitoring thread started",
        "Monitoring thread ended|Finished monitoring",
        "state the energy or power that it read",
        "state power: the mean draw with the host",
        "rated power holds no cooling",
        "google cloud platform",
        "amazon web services",
        "Hugging Face Trainer",
        "has no time before it",
        "is of a zone without a name",
        "more information needed",
    }
)
"""What errors, decisions of a collection and formulas say, what logs are searched for, names."""
GAP: Final = "\0"
"""Where such a word stands."""
_MOST_MIXED: Final = 2
_LEAST_WORDS: Final = 3
_WORD: Final = re.compile(r"[A-Za-z][a-z]*[,;:.]?")
_FORMULA: Final = re.compile(r" [*/] |\\[sdSw]|\(\?:")
_UNSAID: Final = frozenset(
    {"hint", "where", "field", "help", "title", "fails", "why_not", "source"}
)
"""Keywords whose texts are those of errors and of schemas."""
_OTHERWISE: Final = re.compile(
    r"[A-Z]\w*(?:Error|Input|Factor|Format|Version|Document)|Source|Field|Words|published|_wrong"
    r"|re\.\w+|compile|startswith|\w*hint|no_run"
)
"""Calls whose texts are those of errors, of sources and of schemas."""


def sentences() -> Iterator[tuple[str, str]]:
    """Where each sentence stands, and its text with a gap for each word that is filled in.

    Of a part of a sentence, the whole.
    """
    for where, text in _written():
        if text not in NEVER:
            yield where, PIECES.get(text, text)


def written() -> frozenset[str]:
    """Every text that looks like a sentence or a part of one."""
    return frozenset(text for _, text in _written())


def is_said(text: str, known: Callable[[str], str | None]) -> bool:
    """Whether a sentence has a translation with some words in its gaps."""
    pieces = text.split(GAP)
    count = len(pieces) - 1
    mixed = itertools.product(FILLS, repeat=count) if count <= _MOST_MIXED else ()
    alike = (each * count for each in zip(FILLS, strict=True))
    return any(known(_filled(pieces, fills)) for fills in (*mixed, *alike))


def _written() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for file in sorted((PACKAGE / room).rglob("*.py")):
            name = file.relative_to(PACKAGE).as_posix()
            if name not in ELSEWHERE:
                yield from ((f"{name}:{line}", text) for line, text in _of(file))


def _filled(pieces: list[str], fills: tuple[str, ...]) -> str:
    return pieces[0] + "".join(map("".join, zip(fills, pieces[1:], strict=True)))


def _of(file: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(file.read_text("utf-8"))
    found = _Sentences()
    found.visit(tree)
    for node in tree.body:
        constant = _constant(node)
        if constant is None:
            continue
        name, value = constant
        if not name.startswith("_") or name in found.names:
            found.visit(value)
    yield from found.texts


def _constant(node: ast.stmt) -> tuple[str, ast.expr] | None:
    match node:
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            return name, value
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, value
        case _:
            return None


class _Sentences(ast.NodeVisitor):
    """The sentences in functions, and the names that stand beside them."""

    def __init__(self) -> None:
        self.texts: list[tuple[int, str]] = []
        self.names: set[str] = set()

    def visit_Module(self, node: ast.Module) -> None:
        for each in node.body:
            if _constant(each) is None:
                self.visit(each)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for each in node.body:
            if isinstance(each, ast.FunctionDef):
                self.visit(each)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if not _OTHERWISE.fullmatch(ast.unparse(node.func)):
            self.generic_visit(node)

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg not in _UNSAID:
            self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        if getattr(node.targets[0], "id", "") not in _UNSAID:
            self.visit(node.value)

    def visit_Name(self, node: ast.Name) -> None:
        self.names.add(node.id)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._keep(node.lineno, node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        for pieces in itertools.product(*map(_pieces, node.values)):
            self._keep(node.lineno, "".join(pieces))

    def _keep(self, line: int, text: str) -> None:
        words = sum(bool(_WORD.fullmatch(each)) for each in text.split())
        if words >= _LEAST_WORDS and not _FORMULA.search(text):
            self.texts.append((line, text))


def _pieces(node: ast.expr) -> tuple[str, ...]:
    match node:
        case ast.Constant(value=str(text)):
            return (text,)
        case ast.FormattedValue(value=ast.IfExp(body=body, orelse=orelse)):
            return (*_pieces(body), *_pieces(orelse))
        case ast.JoinedStr():
            return tuple("".join(each) for each in itertools.product(*map(_pieces, node.values)))
        case _:
            return (GAP,)
