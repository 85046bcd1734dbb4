from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.errors import MalformedInput
from carbonlabel.parsing import jsontext

documents = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


@settings(max_examples=100)
@given(documents)
def test_what_json_says_is_read(document: jsontext.Value) -> None:
    assert jsontext.value(f" \n{json.dumps(document)}\r\n", where="a.json") == document


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "no JSON"),
        ("{", "no JSON"),
        ("{} {}", "after the end"),
        ('{"a": 1, "a": 2}', "twice"),
        ("[NaN]", "no figures"),
        ("[-Infinity]", "no figures"),
        ("[1e999]", "too large"),
        (f"[{'9' * 5000}]", "too long"),
        ("[" * 100_000, "too deep"),
    ],
)
def test_what_is_wrong_is_one_kind_of_error(text: str, match: str) -> None:
    with pytest.raises(MalformedInput, match=match) as refused:
        jsontext.value(text, where="a.json")
    assert refused.value.where == "a.json"


def test_nan_may_be_asked_to_be_nothing() -> None:
    assert jsontext.value("[NaN, 1.5]", where="a.json", accept_nan=True) == [None, 1.5]


def test_values_are_read_one_after_another() -> None:
    assert jsontext.value_at("[1]{}", 3, where="a.json") == ({}, 5)
