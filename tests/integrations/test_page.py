"""The page on training scripts says what is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module

import pytest

from carbonlabel.integrations import Wish, Wishes
from tests.integrations.conftest import ROOT

PAGE = (ROOT / "docs" / "integrations.md").read_text("utf-8")
SNIPPETS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
MADE = {"LabelCallback", "LabelTracker"}
"""These need their framework."""


def imported(snippet: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(snippet)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("carbonlabel"):
            yield from ((node.module or "", each.name) for each in node.names)


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_every_snippet_imports_what_is_there(snippet: str) -> None:
    wanted = list(imported(snippet))

    assert wanted
    for module, name in wanted:
        assert hasattr(import_module(module), name) if name not in MADE else import_module(module)


def test_every_keyword_is_explained_and_no_other() -> None:
    told = re.findall(r"^\| `([a-z_]+)` \|", PAGE, re.MULTILINE)

    assert (
        sorted(told) == sorted(each.name for each in fields(Wish)) == sorted(Wishes.__annotations__)
    )
