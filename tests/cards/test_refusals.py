"""What is refused and why; and what no stranger's text can bring about."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from carbonlabel.cards.splice import Inscription, has_block, splice, unsplice
from carbonlabel.errors import CardRefused

KEY_LINES = (
    ("emissions", "41.5"),
    ("source", '"CodeCarbon 3.3.2"'),
    ("training_type", '"fine-tuning"'),
    ("energy_consumed", "0.75"),
    ("disclosure", '"carbon.json#jcs-sha256=00"'),
)
LABEL = Inscription(KEY_LINES, "## Carbon Facts\n\n41.5 g\n")
NO_KEY = Inscription(None, "## Carbon Facts\n\nnot reported\n")

BEGIN, END = "<!-- carbonlabel:begin -->", "<!-- carbonlabel:end -->"
BLOCK = f"{BEGIN}\n## Carbon Facts\n\n41.5 g\n{END}\n"


REFUSED = {
    "latin-1": (b"a\n\xe9", "README.md:2:1: byte 0xe9 is not UTF-8"),
    "NUL": (b"a\nb\0", "README.md:2:2: there is a NUL"),
    "bare CR": (b"a\rb", "README.md:1:2: all lines end in a bare CR"),
    "too big": (b"a" * (5 * 2**20 + 1), "README.md: the card has 5242881 bytes"),
    "a list": (b"---\n- a\n---\n", "README.md:2:1: the front matter is not one"),
    "a flow mapping": (b"---\n{a: 1}\n---\n", "README.md:2:1: the front matter is not one"),
    "null in words": (b"---\n# c\nnull\n---\n", "README.md:3:1: the front matter is not one"),
    "broken YAML": (b"---\na: 1\nb: [\n---\n", "README.md:3:5: the front matter is not YAML"),
    "an unknown alias": (b"---\na: *b\n---\n", "README.md:2:4: the alias *b has no anchor"),
    "a key twice": (b'---\na: 1\n"a": 2\n---\n', "README.md:3:1: the key 'a' stands twice"),
    "ours twice": (
        b"---\nco2_eq_emissions: 1\na: 1\n'co2_eq_emissions':\n  emissions: 2\n---\n",
        "README.md:4:1: the key 'co2_eq_emissions' stands twice",
    ),
    "a sub-key twice": (
        b"---\nco2_eq_emissions: {own: 1, 'own': 2}\n---\n",
        "README.md:2:28: the key 'own' stands twice",
    ),
    "a key of too many parts": (
        b"---\na: 1\n? [" + b"b," * 2000 + b"]\n: 1\n---\n",
        "README.md:3:3: more than 2000 YAML parts begin here",
    ),
    "too many parts in ours": (
        b"---\nco2_eq_emissions: [" + b"1," * 2000 + b"]\n---\n",
        "README.md:2:19: more than 2000 YAML parts begin here",
    ),
    "a document end": (b"---\na: 1\n...\n---\n", "README.md:3:1: a document end marker"),
    "two documents": (b"---\na: 1\n--- {b: 1}\n---\n", "README.md:3:1: a document end marker"),
    "a control character": (b"---\na: \x07\n---\n", "README.md:2:4: U+0007 may not stand"),
    "a second BOM": (b"---\n\xef\xbb\xbfa: 1\n---\n", "README.md:2:1: U+FEFF may not stand"),
    "a disputed space": (b"\xc2\x85---\na: 1\n---\n", "README.md:1:1: U+0085 stands before"),
    "deep nesting": (
        b"---\na: " + b"[" * 999 + b"\n---\n",
        "README.md:2:103: the front matter is nes",
    ),
    "never closed": (b"\n---\na: 1\n\nText\n", "README.md:2:1: the front matter that opens here"),
    "ours behind a question mark": (
        b"---\n? co2_eq_emissions\n: 1\n---\n",
        "README.md:2:3: co2_eq",
    ),
    "ours with a tag": (
        b"---\n!!str co2_eq_emissions: 1\n---\n",
        "README.md:2:1: co2_eq_emissions does",
    ),
    "ours an alias": (
        b"---\na: &a 1\nco2_eq_emissions: *a\n---\n",
        "README.md:3:19: the value of co2",
    ),
    "ours an anchor for others": (
        b"---\nco2_eq_emissions: &a 1\nb: *a\n---\n",
        "README.md: with the label in it the card would be broken: the alias *a",
    ),
    "open code": (b"# M\n\n~~~sh\nx\n", "README.md:3:1: the code that begins here never ends"),
    "begin alone": (
        b"x\n<!-- carbonlabel:begin -->\n",
        "README.md:2:1: <!-- carbonlabel:begin --> has no",
    ),
    "end alone": (
        b"<!-- carbonlabel:end -->\n",
        "README.md:1:1: <!-- carbonlabel:end --> stands here",
    ),
    "end before begin": (
        b"<!-- carbonlabel:end -->\n<!-- carbonlabel:begin -->\n",
        "README.md:1:1: <!-- carbonlabel:end --> stands here without",
    ),
    "nested": (
        b"<!-- carbonlabel:begin -->\n<!-- carbonlabel:begin -->\n<!-- carbonlabel:end -->\n",
        "README.md:2:1: a second <!-- carbonlabel:begin --> stands before",
    ),
    "two blocks": (2 * BLOCK.encode(), "README.md:6:1: the card has more than one label block"),
    "a kept sub-key that would change": (
        b"---\nco2_eq_emissions:\n  note: |\n    x\n  emissions: 3\n---\n",
        "README.md: co2_eq_emissions would not read back",
    ),
    "a second rule that would become a fence": (b"---", None),
}


@pytest.mark.parametrize(("card", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_a_refusal_says_what_and_where(card: bytes, words: str | None) -> None:
    with pytest.raises(CardRefused) as refused:
        splice(card, LABEL if words else NO_KEY)

    assert str(refused.value).startswith(words or "README.md: with the label in it")


@pytest.mark.parametrize(
    ("key_lines", "words"),
    [
        ([("emissions", "1 # one")], "would not read back"),
        ([("source", r'"\x41"')], "is not a quoted text"),
        ([("emissions", "1\nlicense: mit")], "another key"),
        ([("emissions", "[")], "would be broken"),
        ([("emissions", "1"), ("emissions", "1")], "stands twice"),
        ([("emissions", "[1]")], "would not read back"),
    ],
)
def test_a_key_that_says_something_else_is_never_written(
    key_lines: list[tuple[str, str]], words: str
) -> None:
    with pytest.raises(CardRefused, match=words):
        splice(b"---\na: 1\n---\n", Inscription(key_lines, "x"))


@pytest.mark.parametrize(
    "section",
    [
        "",
        "\n\n",
        "<!-- carbonlabel:end -->",
        "x\r<!-- carbonlabel:begin -->\r\ny",
        "<!--\ncarbonlabel:end -->\n<!--carbonlabel:begin-->",
        "```sh\ncode that never ends",
        "- ~~~~\n  code in a list that never ends",
        "NUL \0 and half a pair \ud800",
        "---\nlicense: none\n---",
    ],
)
def test_no_section_can_break_out_of_its_block(section: str) -> None:
    card = f"---\na: 1\n---\nx\n\n{BLOCK}\nAfter.\n".encode()
    label = Inscription(KEY_LINES, section)

    after = splice(card, label).card

    assert after.endswith(b"\n<!-- carbonlabel:end -->\n\nAfter.\n")
    assert b"\0" not in after
    assert splice(after, label).card == after
    assert splice(after, LABEL).card == splice(card, LABEL).card


@pytest.mark.parametrize(
    ("card", "there"),
    [
        (BLOCK, True),
        (f"\ufeff---\na: 1\n---\n{BLOCK}", True),
        (f"---\n---\n{BLOCK}", True),
        (f"---\na: 1\n{BLOCK}", True),
        ("<!-- carbonlabel:end -->", True),
        (f"```\n{BLOCK}```\n", False),
        ("---\na: |\n  ```\n---\nx", False),
        ("# M\n", False),
        ("", False),
    ],
)
def test_it_is_known_whether_a_card_has_our_block(card: str, there: bool) -> None:  # noqa: FBT001 - a row of the table
    assert has_block(card.encode()) is there
    assert has_block(b"\xff\n" + card.encode()) in {there, False}


@pytest.mark.parametrize(
    "piece",
    [
        "---\n",
        "`",
        "```\n",
        "~~~\n\n",
        "- ",
        "- ```\n",
        "<!-- carbonlabel:",
        "\n",
        "a\r",
        " ",
        "[",
        "*a ",
    ],
)
@pytest.mark.parametrize("head", ["", "---\n", "---\na: 1\n---\n"])
def test_time_grows_with_the_size_of_the_card_and_no_faster(head: str, piece: str) -> None:
    card = (head + piece * (400_000 // len(piece)) + "\nx\n").encode()
    begin = time.process_time()

    with suppress(CardRefused):
        splice(card, LABEL)

    assert time.process_time() - begin < 5


def test_a_long_front_matter_takes_linear_time() -> None:
    keys = "".join(f"key{number}: [a, b]\n" for number in range(10_000))
    card = f"---\n{keys}---\n# M\n".encode()
    begin = time.process_time()

    assert unsplice(splice(card, LABEL).card) == card
    assert time.process_time() - begin < 10


def test_a_block_is_found_behind_front_matter_that_begins_with_a_fence() -> None:
    card = splice(b"---\n---\ntags:\r\n ~~~a\n---", LABEL).card

    assert has_block(card)


@pytest.mark.parametrize(
    "card",
    [
        b"---\nco2_eq_emissions:\n  emissions: 3\n\n---\ntext\n---\n",
        b"---\nco2_eq_emissions: 3\n---\n---\na: 1\n---\n",
    ],
)
def test_a_label_stays_where_the_body_would_become_front_matter_without_it(card: bytes) -> None:
    labelled = splice(card, LABEL).card

    with pytest.raises(CardRefused, match="without the label"):
        unsplice(labelled)


def test_a_mapping_in_braces_is_told_how_to_be_written() -> None:
    with pytest.raises(CardRefused) as braces:
        splice(b"---\n{a: 1}\n---\n", LABEL)
    with pytest.raises(CardRefused) as hyphens:
        splice(b"---\n- a\n---\n", LABEL)

    assert braces.value.hint == "write each key on a line of its own, without the braces"
    assert hyphens.value.hint == "the Hub wants a mapping here"
