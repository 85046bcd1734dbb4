"""YAML with the C parser and without it."""

from __future__ import annotations

import sys

import pytest

from carbonlabel.linting import nodes


def test_without_the_parser_in_c_a_scalar_is_of_the_same_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "[1e-5, 1.5, 1, '1', ~, yes, !!float 2]"
    quick = [nodes.kind_of(each.tag, each.style, each.value) for each in nodes.composed(text).value]
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    monkeypatch.setattr(nodes, "_LOADER", nodes._quick())
    slow = [nodes.kind_of(each.tag, each.style, each.value) for each in nodes.composed(text).value]

    assert quick == slow == ["str", "float", "int", "str", "null", "bool", "float"]
