"""Which lines are code, by the examples of CommonMark 0.31."""

from __future__ import annotations

import pytest

from carbonlabel.cards.fences import Fences

# Code lines (fences among them) are marked with "|"; numbers are those of the examples in the
# CommonMark specification 0.31, section 4.5.
EXAMPLES = {
    "119 backticks": "|```\n|<\n| >\n|```\n x",
    "120 tildes": "|~~~\n|<\n| >\n|~~~\n x",
    "121 fewer than three": " ``\n foo\n ``",
    "122 another character does not close": "|```\n|aaa\n|~~~\n|```\n x",
    "124 a closing fence is as long": "|````\n|aaa\n|```\n|``````\n x",
    "126 open to the end": "|```",
    "127 open to the end with text": "|`````\n|\n|```\n|aaa",
    "129 blank lines": "|```\n|\n|  \n|```\n x",
    "131 indented": "| ```\n| aaa\n|aaa\n|```\n x",
    "134 four spaces are no fence": "     ```\n     aaa\n     ```",
    "136 closing indented less": "|   ```\n|aaa\n|  ```\n x",
    "137 closing indented too far": "|```\n|aaa\n|    ```",
    "138 a backtick in the info string": " ``` ```\n aaa",
    "139 text behind a closing fence": "|~~~~~~\n|aaa\n|~~~ ~~",
    "142 info string": "|```ruby\n|def foo(x)\n|```\n x",
    "146 tildes allow backticks in it": "|~~~ aa ``` ~~~\n|foo\n|~~~\n x",
    "147 no info string behind a closing fence": "|```\n|``` aaa\n|```\n x",
    "in a quote, whose lines can be no marker": " > ```\n > aaa\n\n bbb",
    "a tab before it": " \t```\n x",
    "in a list item": " - a\n|  ```\n|  x\n|  ```\n b",
    "on the line of the list item": "|- ```sh\n|  x\n|  ```\n b",
    "indented by the list item only": " 10. a\n\n|    ```\n|    x\n|    ```\n b",
    "closed by the end of the list item": "|- ```sh\n|  x\n b",
    "closed by the end of the item, another opens": "|- ```sh\n|  x\n|~~~\n|  x",
    "in a nested list": " - a\n   - b\n\n|    ```\n|      x\n|    ```\n   c",
    "items on one line": "|- 1. ```\n|     x\n|     ```\n b",
    "code behind a list marker": " -     ```\n b",
    "a rule is no list": " - - -\n b\n|```\n|```\n b",
}


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_code_is_told_from_text(example: str) -> None:
    fences = Fences()

    for line in example.split("\n"):
        assert fences.covers(line[1:]) is line.startswith("|"), line


@pytest.mark.parametrize(
    ("text", "closing"),
    [("x", None), ("```\nx", "```"), ("~~~~ sh\n```", "~~~~"), ("```\n```", None), ("- ```", None)],
)
def test_the_closing_fence_is_known(text: str, closing: str | None) -> None:
    fences = Fences()

    for line in text.split("\n"):
        fences.covers(line)

    assert fences.closing() == closing
