"""Tables of strangers, read by the names of their columns."""

from __future__ import annotations

import pytest

from carbonlabel.errors import MalformedInput
from carbonlabel.parsing import tables


def read(text: str, delimiter: str = ",") -> list[tuple[int, dict[str, str]]]:
    return list(tables.rows(text.splitlines(keepends=True), name="t.csv", delimiter=delimiter))


def test_cells_stand_under_their_names_with_the_line_they_end_on() -> None:
    assert read('a, b\n1,2\n\n"3\n4",5\n') == [
        (2, {"a": "1", "b": "2"}),
        (5, {"a": "3\n4", "b": "5"}),
    ]


def test_another_delimiter_leaves_commas_alone() -> None:
    assert read("a;b\n1,5;2\n", ";") == [(2, {"a": "1,5", "b": "2"})]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", "t.csv", "no column names"),
        ("a,b,a\n1,2,3\n", "t.csv:1", "column 1 stands twice"),
        ("a,b\n1\n", "t.csv:2", "1 fields, its header 2"),
        ('a,b\n"1,2\n', "t.csv:2", "no table"),
        ("a\n" + "1" * 200_000 + "\n", "t.csv:2", "no table"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_with_its_line(
    text: str, place: str, words: str
) -> None:
    with pytest.raises(MalformedInput) as refused:
        read(text)
    assert refused.value.where == place
    assert words.replace("'", "") in refused.value.message.replace("'", "")
