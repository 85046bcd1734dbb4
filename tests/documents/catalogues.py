"""I find the texts that documents say: in the code, in the templates and in the catalogues."""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from carbonlabel.documents.sentences import Sentences

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "carbonlabel"
FOLDER = PACKAGE / "documents" / "languages"
DEVICES = PACKAGE / "factors" / "data" / "accelerators.csv"
LANGUAGES = ("fr", "de", "es")
WORDS = re.compile(r"\{(\w+)\}")
_SAID_IN_TEMPLATES = re.compile(r"""say\(\s*"((?:[^"\\]|\\.)*)\"""")


def catalogue(language: str) -> dict[str, Any]:
    """A catalogue as it stands in its file."""
    found: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    return found


def sentences(language: str) -> Sentences:
    """The sentences of a catalogue, as documents ask for them."""
    held = catalogue(language)
    return Sentences(held["sentences"], held["words"], held["decimal sign"])


def said() -> set[str]:
    """Every English text that a document may say."""
    code = (text for file in _speaking() for text in _in_code(file))
    templates = (ROOT / "templates").glob("*.j2")
    words = (text for file in templates for text in _SAID_IN_TEMPLATES.findall(file.read_text()))
    return {*code, *words}


def _speaking() -> Iterator[Path]:
    """The files whose texts documents say: their own, and those of comparisons."""
    yield from (PACKAGE / "documents").rglob("*.py")
    yield from (PACKAGE / "comparison").rglob("*.py")
    yield PACKAGE / "candidates.py"


def written() -> str:
    """Every text in the code of the package, one a line, with `{}` for what is filled in."""
    files = (ast.parse(file.read_text("utf-8")) for file in PACKAGE.rglob("*.py"))
    code = (text for tree in files for node in ast.walk(tree) for text in _skeleton(node))
    return "\n".join((*code, *notes()))


def notes() -> tuple[str, ...]:
    """What the table of accelerators says of some of them, each once."""
    rows = csv.DictReader(DEVICES.read_text("utf-8").splitlines())
    return tuple(dict.fromkeys(row["note"].strip() for row in rows if row["note"]))


def _in_code(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            for argument in _arguments(node):
                yield from _texts(argument)


def _arguments(call: ast.Call) -> list[ast.expr]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    match name:
        case "say" | "marked" | "Words" | "Phrase":
            return call.args[:1]
        case "several":
            return call.args[1:3]
        case "Texts":
            return call.args
        case _:
            return []


def _texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from _texts(node.body)
            yield from _texts(node.orelse)
        case ast.Dict():
            for value in node.values:
                yield from _texts(value)
        case _:
            return


def _skeleton(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr():
            pieces = (
                each.value if isinstance(each, ast.Constant) else "{}" for each in node.values
            )
            yield "".join(map(str, pieces))
        case _:
            return
