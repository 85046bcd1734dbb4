"""Quoted text means the same to every reader."""

from __future__ import annotations

import json

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from carbonlabel.cards.quoting import quoted


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("no")
@example('a "b" \\ / c: # d')
@example("\x00\x07\x7f\x85\u2028\u2029\ufeff\ufffe\uffff\U0001f331\U0001ffff")
def test_quoted_text_is_one_line_that_json_and_yaml_read_alike(text: str) -> None:
    line = quoted(text)

    assert len(line.splitlines()) == 1
    assert json.loads(line) == text
    assert yaml.safe_load(f"a: {line}") == {"a": text}
    assert yaml.load(f"a: {line}", yaml.CSafeLoader) == {"a": text}


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert quoted("a\ud800b") == '"a\ufffdb"'
