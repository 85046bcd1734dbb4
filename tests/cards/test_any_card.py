"""Whatever bytes a card has: our two places, or a refusal."""

from __future__ import annotations

from itertools import takewhile

from huggingface_hub.repocard import REGEX_YAML_BLOCK
from hypothesis import assume, event, given, reject, settings
from hypothesis import strategies as st

from carbonlabel.cards.splice import Inscription, has_block, splice, unsplice
from carbonlabel.errors import CardRefused

KEY_LINES = (("emissions", "41.5"), ("source", '"x"'), ("disclosure", '"carbon.json#0"'))
LABEL = Inscription(KEY_LINES, "## Carbon Facts\n\n41.5 g")
OTHER = Inscription((("emissions", "7.25"), *KEY_LINES[1:]), "## Carbon Facts\n\nmore")
NO_KEY = Inscription(None, "## Carbon Facts\n\nnot reported")

NEWLINES = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r\n", "\r"])
YAML_LINES = st.sampled_from(
    [
        " ",
        " ",
        "# c",
        "license: mit # c",
        "tags:",
        "- a",
        "  - b",
        "on: push",
        "1: é",
        "a: |",
        "  ---",
        "b: >+",
        "  x",
        "c: &c {d: 1}",
        "e: *c",
        "<<: *c",
        "f: [g,",
        "  h]",
        '"q": "\\u0041"',
        " ---",
        "",
    ]
)
BODY_LINES = st.sampled_from(
    [
        " ",
        " ",
        "# M",
        "text  ",
        "---",
        "```",
        "~~~ sh",
        "    ```",
        "- ```",
        "  ```",
        "1. a",
        "| a |",
        "🌱",
        "co2_eq_emissions: 99",
        "<!-- c -->",
        "    <!-- carbonlabel:end -->",
        "\u2028\x85\x0b",
        "",
    ]
)


@st.composite
def generated_cards(draw: st.DrawFn) -> bytes:
    """A card with or without front matter, of any line endings, with or without the last one."""

    def lines(of: st.SearchStrategy[str], most: int) -> str:
        return "".join(line + draw(NEWLINES) for line in draw(st.lists(of, max_size=most)))

    front = f"---{draw(NEWLINES)}{lines(YAML_LINES, 6)}---{draw(st.sampled_from(['', '  ']))}"
    text = draw(st.sampled_from(["", "", "\ufeff", "\n"]))
    text += draw(st.sampled_from(["", front + draw(NEWLINES)]))
    return (text + lines(BODY_LINES, 8) + draw(st.sampled_from(["", "no end", "---"]))).encode()


FRAGMENTS = st.lists(
    st.sampled_from(
        (
            b"---;---\n;---\r\n;\n;\r; ;\t;\xef\xbb\xbf;\xff;\0;x;a: 1\n;co2_eq_emissions:; 3\n;"
            b" {emissions: 3, own: 1}\n;  emissions: 3\n;  own: |\n    x\n;```\n;~~~;- ;...\n;&a ;"
            b"*a;<!-- carbonlabel:begin -->\n;<!-- carbonlabel:end -->;? ;[;';\xc2\x85;#"
        ).split(b";")
    ),
    max_size=14,
).map(b"".join)


def labelled(card: bytes, label: Inscription = LABEL) -> bytes:
    """The card with its label; a refusal ends the test, for it is the other good outcome."""
    try:
        return splice(card, label).card
    except CardRefused as refused:
        event(type(refused).__name__)
        reject()


def has_key(card: bytes) -> bool:
    found = REGEX_YAML_BLOCK.search(card.decode("utf-8-sig"))
    return found is not None and "co2_eq_emissions" in found.group(2)


def common(one: bytes, other: bytes) -> int:
    """How many bytes two texts have in common from the start on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def is_with_one_piece_more(longer: bytes, shorter: bytes) -> bool:
    rest = common(longer[::-1], shorter[::-1])
    return len(longer) >= len(shorter) and common(longer, shorter) + rest >= len(shorter)


@settings(max_examples=200, deadline=None)
@given(generated_cards())
def test_a_label_goes_in_and_out_again(card: bytes) -> None:
    after = labelled(card)
    assert unsplice(after) == card or has_key(card)
    assert splice(after, LABEL).card == after
    assert splice(splice(after, OTHER).card, LABEL).card == after
    assert has_block(after)
    assert REGEX_YAML_BLOCK.search(after.decode("utf-8-sig"))


@settings(max_examples=200, deadline=None)
@given(generated_cards())
def test_a_label_is_two_pieces_put_in_and_nothing_else(card: bytes) -> None:
    after = labelled(card)
    assume(not has_key(card))
    before_block = after[: after.rindex(b"<!-- carbonlabel:begin -->")]
    bare_ends = {
        before_block.removesuffix(end) for end in (b"", b"\n", b"\r\n", b"\n\n", b"\r\n\r\n")
    }
    assert any(is_with_one_piece_more(end, card) for end in bare_ends)


@settings(max_examples=200, deadline=None)
@given(generated_cards())
def test_a_label_without_a_figure_goes_in_and_out_again(card: bytes) -> None:
    after = labelled(card, NO_KEY)
    assert after.startswith(card)
    assert unsplice(after) == card


@settings(max_examples=200, deadline=None)
@given(FRAGMENTS | st.binary(max_size=40))
def test_any_bytes_are_labelled_or_refused(card: bytes) -> None:
    has_block(card)
    after = labelled(card)
    assert splice(after, LABEL).card == after
    try:
        once = unsplice(after)
    except CardRefused:
        assert b"co2_eq" in card
        return
    assert unsplice(once) == once
    assert once == card or b"co2_eq" in card or b"<!-- carbonlabel" in card
