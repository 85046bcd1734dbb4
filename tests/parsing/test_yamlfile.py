"""Small YAML and JSON files: text with places, and nothing that a stranger could hurt us with."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.parsing.yamlfile import DEPTH_LIMIT, Entry, Items, Node, Text, load, shown


def loaded(text: str) -> Node:
    return load(Log("x.yaml", content=text.encode()))


def plain(node: Node) -> object:
    match node:
        case Text(text=text):
            return text
        case Items(items=items):
            return [plain(each) for each in items]
        case Entry(fields=fields):
            return {key: plain(each) for key, each in fields.items()}


def test_every_value_stays_the_text_that_was_typed() -> None:
    text = "country: NO\npue: 1.20\nyear: 2022\nended: 2026-11-02\nyes: {on: [~, 0x10, 1_000]}\n"

    assert plain(loaded(text)) == {
        "country": "NO",
        "pue": "1.20",
        "year": "2022",
        "ended": "2026-11-02",
        "yes": {"on": ["~", "0x10", "1_000"]},
    }


def test_every_node_knows_its_line_and_its_field() -> None:
    root = loaded("# machines\ndevices:\n  - name: A\n  - name: B\n    count: 2\n")

    assert isinstance(root, Entry)
    devices = root.fields["devices"]
    assert isinstance(devices, Items)
    second = devices.items[1]
    assert isinstance(second, Entry)
    assert second.where == "x.yaml:4 devices[1]"
    assert second.line == 4
    assert second.keys["count"] == "x.yaml:5 devices[1].count"
    assert second.fields["count"].where == "x.yaml:5 devices[1].count"


def test_json_is_read_with_its_tabs_and_its_surrogate_pairs() -> None:
    text = '{\n\t"a": ["\\ud83c\\udf1e", 1.50e3, true, null],\n\t"b\\/c": "\\u00e9"\n}'

    assert plain(loaded(text)) == {"a": ["🌞", "1.50e3", "true", "null"], "b/c": "é"}


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    assert plain(load(Log("x.yaml", content=b"\xef\xbb\xbfa: 1\r\nb: 2\r\n"))) == {
        "a": "1",
        "b": "2",
    }


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("", "x.yaml", "the file is empty"),
        ("# only a comment\n", "x.yaml", "the file is empty"),
        ("a: 1\na: 2\n", "x.yaml:2 a", "stands in line 1 too"),
        ("a: {b: 1, b: 2}", "x.yaml:1 a.b", "a key twice"),
        ("a: &x 1\n", "x.yaml:1 a", "anchors"),
        ("a: *x\n", "x.yaml:1 a", "anchors"),
        ("&x a: 1\n", "x.yaml:1", "anchors"),
        ("a: !!python/object/apply:os.system [ls]\n", "x.yaml:1 a", "the tag"),
        ("a: !x {}\n", "x.yaml:1 a", "the tag"),
        ("? [a]\n: 1\n", "x.yaml:1", "a key must be plain text"),
        ("a: 1\n---\nb: 2\n", "x.yaml:2", "a second document"),
        ("a: [1\n", "x.yaml:2", "neither YAML nor JSON"),
        ("a: b: c\n", "x.yaml:1", "neither YAML nor JSON"),
        ("a:\n\t- b\n", "x.yaml:2", "neither YAML nor JSON"),
        ("a: \x07\n", "x.yaml", "not allowed"),
        ('a: "\\U00110000"\n', "x.yaml", "not allowed"),
        ('a: "\\UFFFFFFFF"\n', "x.yaml", "not allowed"),
        ('a: "\\ud83c"\n', "x.yaml:1 a", "half a surrogate pair"),
        ("a: 1\0\n", "x.yaml", "NUL"),
    ],
)
def test_what_is_broken_or_dangerous_is_refused_with_its_place(
    text: str, where: str, words: str
) -> None:
    with pytest.raises(MalformedInput) as caught:
        loaded(text)

    assert caught.value.where == where
    assert words in caught.value.message


def test_the_billion_laughs_are_refused_at_once() -> None:
    lines = ["a0: &a0 ha"] + [f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]" for n in range(1, 9)]

    with pytest.raises(MalformedInput, match="anchors"):
        loaded("\n".join(lines))


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 50_000, "- " * 20_000 + "a"])
def test_deep_nesting_is_refused_before_it_costs_anything(text: str) -> None:
    began = time.process_time()

    with pytest.raises(MalformedInput, match=f"nested deeper than {DEPTH_LIMIT} levels"):
        loaded(text)

    assert time.process_time() - began < 2


def test_nesting_up_to_the_limit_is_read() -> None:
    depth = DEPTH_LIMIT - 1

    assert plain(loaded("[" * depth + "a" + "]" * depth)) is not None


def test_more_values_than_we_are_willing_to_hold_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("carbonlabel.parsing.yamlfile.NODE_LIMIT", 10)

    with pytest.raises(MalformedInput, match="holds more than 10 values"):
        loaded("[1,2,3,4,5,6,7,8,9,10]")


def test_foreign_text_in_an_error_is_short_and_on_one_line() -> None:
    assert shown("a" * 100) == "a" * 40 + "…"
    assert shown("a\nb") == r"'a\nb'"


TREES = st.recursive(
    st.text(max_size=10).filter(str.isprintable),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8).filter(str.isprintable), inner, max_size=4)
    ),
    max_leaves=15,
)


@settings(max_examples=150, deadline=None)
@given(tree=TREES, is_ascii=st.booleans(), indent=st.sampled_from((None, 1, "\t")))
def test_json_comes_back_as_it_was_written(
    *, tree: object, is_ascii: bool, indent: int | str | None
) -> None:
    text = json.dumps(tree, ensure_ascii=is_ascii, indent=indent)

    assert plain(loaded(text)) == tree


@settings(max_examples=150, deadline=None)
@given(text=st.text(alphabet=st.sampled_from("ab:-[]{}#&*!|>'\"%@`,?\n \t\\0u"), max_size=40))
def test_arbitrary_text_is_read_or_refused(text: str) -> None:
    where = "x.yaml"

    try:
        loaded(text)
    except MalformedInput as wrong:
        where = wrong.where or ""

    assert where.startswith("x.yaml")
