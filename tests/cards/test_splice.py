"""A label goes into a card, changes, and comes out again; nothing else moves."""

from __future__ import annotations

import hashlib
import json
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from huggingface_hub.repocard import REGEX_YAML_BLOCK, metadata_load

from carbonlabel.cards.splice import Inscription, has_block, splice, unsplice
from carbonlabel.errors import CardRefused

SAMPLES = Path(__file__).parents[1] / "samples" / "cards"
INDEX = json.loads((SAMPLES / "index.json").read_text("utf-8"))

KEY_LINES = (
    ("emissions", "41.5"),
    ("source", '"CodeCarbon 3.3.2"'),
    ("training_type", '"fine-tuning"'),
    ("energy_consumed", "0.75"),
    ("disclosure", '"carbon.json#jcs-sha256=00"'),
)
LABEL = Inscription(KEY_LINES, "## Carbon Facts\n\n41.5 g\n")
OTHER = Inscription((("emissions", "0.0007"), *KEY_LINES[1:]), "## Carbon Facts\n\nless\n\nmuch\n")
NO_KEY = Inscription(None, "## Carbon Facts\n\nnot reported\n")

KEY = """co2_eq_emissions:
  emissions: 41.5
  source: "CodeCarbon 3.3.2"
  training_type: "fine-tuning"
  energy_consumed: 0.75
  disclosure: "carbon.json#jcs-sha256=00"
"""
BEGIN, END = "<!-- carbonlabel:begin -->", "<!-- carbonlabel:end -->"
BLOCK = f"{BEGIN}\n## Carbon Facts\n\n41.5 g\n{END}\n"


def cards(outcome: str) -> list[str]:
    return [card["file"] for card in INDEX if outcome in card["expect"]]


def metadata(card: bytes) -> dict[Any, Any]:
    """Read the front matter where the Hub's own client finds it, every scalar left as text."""
    found = REGEX_YAML_BLOCK.search(card.decode("utf-8-sig"))
    text = found.group(2) if found else ""
    return yaml.load(text, yaml.CBaseLoader) or {}  # noqa: S506 - makes text and nothing else


def others(card: bytes) -> dict[Any, Any]:
    return {key: value for key, value in metadata(card).items() if "co2" not in key}


@pytest.mark.parametrize("card", INDEX, ids=lambda card: card["file"])
def test_the_samples_have_the_bytes_they_were_written_with(card: dict[str, Any]) -> None:
    assert hashlib.sha256((SAMPLES / card["file"]).read_bytes()).hexdigest() == card["sha256"]


@pytest.mark.parametrize("name", sorted({*cards("refuse")} - {*cards("update")}))
def test_a_card_that_cannot_be_edited_without_harm_is_refused(name: str) -> None:
    with pytest.raises(CardRefused) as refused:
        splice((SAMPLES / name).read_bytes(), LABEL, name=name)

    assert re.fullmatch(rf"{re.escape(name)}:\d+:\d+", refused.value.where or "")
    assert refused.value.hint


def test_a_card_that_is_not_utf8_is_refused_and_one_with_tabs_is_not() -> None:
    tabs = (SAMPLES / "34-tabs-and-trailing-space.md").read_bytes()

    assert (
        splice(tabs, LABEL).card
        == tabs.replace(b"---\t\n", KEY.encode() + b"---\t\n") + b"\n" + BLOCK.encode()
    )
    with pytest.raises(CardRefused, match=r"33-not-utf8\.md:5:6: byte 0xe8 is not UTF-8"):
        splice((SAMPLES / "33-not-utf8.md").read_bytes(), LABEL, name="33-not-utf8.md")


@pytest.mark.parametrize("name", sorted({*cards("update")} - {*cards("refuse")}))
class TestUpdatedSample:
    def before(self, name: str) -> bytes:
        return (SAMPLES / name).read_bytes()

    def test_has_our_key_and_every_other_one(self, name: str) -> None:
        after = splice(self.before(name), LABEL)

        assert after.changed
        assert metadata(after.card)["co2_eq_emissions"]["emissions"] == "41.5"
        assert others(after.card) == others(self.before(name))

    def test_is_the_same_after_a_second_time(self, name: str) -> None:
        once = splice(self.before(name), LABEL).card

        twice = splice(once, LABEL)

        assert (twice.card, twice.changed, twice.replaced) == (once, False, None)

    def test_changes_only_the_two_places_for_other_numbers(self, name: str) -> None:
        first = splice(self.before(name), LABEL).card

        second = splice(first, OTHER)

        ending = b"\r\n" if b"\r\n" in first else b"\n"
        assert second.card == first.replace(b"emissions: 41.5", b"emissions: 0.0007").replace(
            b"41.5 g", ending.join([b"less", b"", b"much"])
        )
        assert (second.replaced, second.foreign) == ("41.5", False)

    def test_loses_the_key_but_not_the_block_when_there_is_no_figure(self, name: str) -> None:
        labelled = splice(self.before(name), LABEL).card

        after = splice(labelled, NO_KEY)

        assert "co2_eq_emissions" not in metadata(after.card)
        assert b"not reported" in after.card
        assert after.replaced is None
        assert splice(after.card, NO_KEY).card == after.card
        assert unsplice(after.card) == unsplice(labelled)

    def test_is_itself_again_without_the_label_if_it_had_no_such_key(self, name: str) -> None:
        after = unsplice(splice(self.before(name), LABEL).card)

        assert others(after) == others(self.before(name))
        assert after == self.before(name) or "co2_eq_emissions" in metadata(self.before(name))


def test_a_new_card_looks_as_it_was_designed() -> None:
    designed = (SAMPLES / "labelled.md").read_text("utf-8")
    _, front, body = designed.split("---\n", 2)
    key_lines = [tuple(line.strip().split(": ", 1)) for line in front.splitlines()[1:]]
    section = body.split(" -->\n", 1)[1].split("<!-- carbonlabel:end", 1)[0]
    label = Inscription([(key, value) for key, value in key_lines], section)

    assert splice(b"# demo-train\n", label).card.decode() == designed


def test_the_hubs_client_reads_what_we_wrote(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_bytes(splice((SAMPLES / "07-bom.md").read_bytes(), LABEL).card)

    read = metadata_load(path)

    assert read is not None
    assert read["co2_eq_emissions"] == {
        "emissions": 41.5,
        "source": "CodeCarbon 3.3.2",
        "training_type": "fine-tuning",
        "energy_consumed": 0.75,
        "disclosure": "carbon.json#jcs-sha256=00",
    }
    assert read["license"] == "mit"


EXACT = {
    "an empty card": ("", f"---\n{KEY}---\n\n{BLOCK}"),
    "only a byte order mark": ("\ufeff", f"\ufeff---\n{KEY}---\n\n{BLOCK}"),
    "no final line break": ("# M", f"---\n{KEY}---\n\n# M\n\n{BLOCK[:-1]}"),
    "only an open fence line": ("---", f"---\n{KEY}---\n\n---\n\n{BLOCK[:-1]}"),
    "an empty pair of fences": ("---\n---\n\n# M\n", f"---\n{KEY}\n---\n\n# M\n\n{BLOCK}"),
    "an empty pair and nothing else": ("---\n---", f"---\n{KEY}\n---\n\n{BLOCK[:-1]}"),
    "an empty pair and a rule": (
        "---\n---\n\n# M\n\n---\nx\n",
        f"---\n{KEY}\n---\n\n# M\n\n---\nx\n\n{BLOCK}",
    ),
    "blank front matter": ("---\n\n---\n# M\n", f"---\n\n{KEY}---\n# M\n\n{BLOCK}"),
    "blank lines as front matter": ("---\n\n \n\n---\n", f"---\n\n \n\n{KEY}---\n\n{BLOCK}"),
    "a comment as front matter": ("---\n# c\n---\n", f"---\n# c\n{KEY}---\n\n{BLOCK}"),
    "front matter only": ("---\na: 1\n---\n", f"---\na: 1\n{KEY}---\n\n{BLOCK}"),
    "front matter only, unended": ("---\na: 1\n---", f"---\na: 1\n{KEY}---\n\n{BLOCK[:-1]}"),
    "trailing blank lines": ("# M\n\n\n", f"---\n{KEY}---\n\n# M\n\n\n\n{BLOCK}"),
    "an indented fence and spaces behind the closing one": (
        "  ---\na: b\n ---\nc: d\n---  \t\nx\n",
        f"  ---\na: b\n ---\nc: d\n{KEY}---  \t\nx\n\n{BLOCK}",
    ),
    "dashes inside block scalars": (
        '---\na: |\n  ---\n  x\nb: "---"\nc: >\n\n  ---\nd: 1\n---\nx\n',
        f'---\na: |\n  ---\n  x\nb: "---"\nc: >\n\n  ---\nd: 1\n{KEY}---\nx\n\n{BLOCK}',
    ),
    "a block scalar last, which more lines would lengthen": (
        "---\na: 1\nb: |\n  ---\n  x\n---\nx\n",
        f"---\n{KEY}a: 1\nb: |\n  ---\n  x\n---\nx\n\n{BLOCK}",
    ),
    "a stripped block scalar last": (
        "---\nb: |-\n  x\n---\nx\n",
        f"---\nb: |-\n  x\n{KEY}---\nx\n\n{BLOCK}",
    ),
    "anchors and merge keys": (
        "---\nx: &x {a: 1}\ny:\n  <<: *x\n  b: *x\n---\nx\n",
        f"---\nx: &x {{a: 1}}\ny:\n  <<: *x\n  b: *x\n{KEY}---\nx\n\n{BLOCK}",
    ),
    "model-index": (
        "---\nmodel-index:\n- name: m\n  results: []\n  own: 1\ntags: [a, a]\n---\n",
        f"---\nmodel-index:\n- name: m\n  results: []\n  own: 1\ntags: [a, a]\n{KEY}---\n\n{BLOCK}",
    ),
    "keys that are no text": (
        "---\n? [a]\n: 1\n~: x\n---\n",
        f"---\n? [a]\n: 1\n~: x\n{KEY}---\n\n{BLOCK}",
    ),
    "an HTML comment before the fence": (
        "<!-- c -->\n---\nlicense: mit\n---\n\n# M\n",
        f"---\n{KEY}---\n\n<!-- c -->\n---\nlicense: mit\n---\n\n# M\n\n{BLOCK}",
    ),
    "markers in code": (
        "```\n<!-- carbonlabel:begin -->\n```\n    <!-- carbonlabel:end -->\n",
        f"---\n{KEY}---\n\n```\n{BEGIN}\n```\n    {END}\n\n{BLOCK}",
    ),
    "markers in a sentence": (
        "Put <!-- carbonlabel:begin --> here.\n",
        f"---\n{KEY}---\n\nPut <!-- carbonlabel:begin --> here.\n\n{BLOCK}",
    ),
    "code in a list": (
        "1. a\n   ```\n    x\n     ```\n- ```sh\n  x\n  ```\n",
        f"---\n{KEY}---\n\n1. a\n   ```\n    x\n     ```\n- ```sh\n  x\n  ```\n\n{BLOCK}",
    ),
}


@pytest.mark.parametrize(("before", "after"), EXACT.values(), ids=EXACT.keys())
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_two_places_are_where_they_should_be(before: str, after: str, newline: str) -> None:
    card, labelled = (text.replace("\n", newline).encode() for text in (before, after))
    if newline == "\r\n" and "\n" not in before:
        labelled = after.encode()

    assert splice(card, LABEL).card == labelled
    assert splice(labelled, LABEL).card == labelled
    assert unsplice(labelled) == card


MIXED = {
    "each line its own": (
        "---\r\na: 1\nb: 2\r\n---\n\nx\r\ny\n",
        "---\r\na: 1\nb: 2\r\n" + KEY.replace("\n", "\r\n") + "---\n\nx\r\ny\n\n" + BLOCK,
    ),
    "a bare CR before the closing fence": (
        "---\na: 1\r---\nx\n",
        f"---\na: 1\n{KEY[:-1]}\r---\nx\n\n{BLOCK}",
    ),
    "bare CRs at both ends": (
        "---\na: 1\r\r---\nx\r",
        "---\na: 1\r\r\n" + KEY[:-1] + "\r---\nx\r\r\n" + BLOCK,
    ),
    "a bare CR behind the opening fence of an empty pair": (
        "---\r---\nx\n",
        f"---\r{KEY}\n---\nx\n\n{BLOCK}",
    ),
    "a body without a usable line break after it": (
        "---\na: 1\n---\nx\r",
        f"---\na: 1\n{KEY}---\nx\r\r\n{BLOCK}",
    ),
}


@pytest.mark.parametrize(("before", "after"), MIXED.values(), ids=MIXED.keys())
def test_mixed_line_endings_stay_as_they_are(before: str, after: str) -> None:
    assert splice(before.encode(), LABEL).card == after.encode()
    assert splice(after.encode(), LABEL).card == after.encode()
    assert unsplice(after.encode()) == before.encode()


OLD_KEYS = {
    "a scalar with a comment": ("co2_eq_emissions: 3 # c\n", KEY, "3"),
    "a quoted key": ('"co2_eq_emissions": 3\n', KEY, "3"),
    "a quoted scalar": ("co2_eq_emissions: '3 kg'\n", KEY, "3 kg"),
    "nothing": ("co2_eq_emissions:\n", KEY, None),
    "a list": ("co2_eq_emissions:\n- 1\n- 2 # c\n", KEY, "- 1\n- 2"),
    "a flow list": ("co2_eq_emissions: [1,\n 2]\n", KEY, "[1,\n 2]"),
    "an empty flow mapping": ("co2_eq_emissions: {}\n", KEY, "{}"),
    "a mapping without a figure": ("co2_eq_emissions:\n  source: x\n", KEY, None),
    "a flow mapping": (
        "co2_eq_emissions: {emissions: 3, 'my tool': [1, {a: b}], on_cloud: , source: x} # c\n",
        f"{KEY}  'my tool': [1, {{a: b}}]\n  on_cloud:\n",
        "3",
    ),
    "a flow mapping over several lines": (
        "co2_eq_emissions: {\n  emissions: 3,\n  ram: 64, # GB\n  source: x }\n",
        f"{KEY}  ram: 64\n",
        "3",
    ),
    "sub-keys of other tools": (
        (
            "co2_eq_emissions:\n  emissions: 3.5\n  on_cloud: false # no\n  source: codecarbon\n"
            "  cpu: >\n    many\n\n    words\n  # lost\n  ram_size: 31.7\n"
        ),
        f"{KEY}  on_cloud: false # no\n  cpu: >\n    many\n\n    words\n  ram_size: 31.7\n",
        "3.5",
    ),
    "another indent": (
        "co2_eq_emissions:\n     emissions: 3\n     own: {a: 1}\n",
        KEY.replace("  ", "     ") + "     own: {a: 1}\n",
        "3",
    ),
}


@pytest.mark.parametrize(("old", "new", "figure"), OLD_KEYS.values(), ids=OLD_KEYS.keys())
@pytest.mark.parametrize("rest", ["", "\n# mine\nb: 2\n", "b: 2\n", "\n\n"])
def test_an_older_key_is_replaced_in_place(old: str, new: str, figure: str, rest: str) -> None:
    card = f"---\na: 1\n\n{old}{rest}---\nx\n".encode()

    after = splice(card, LABEL)

    assert after.card.decode() == f"---\na: 1\n\n{new}{rest}---\nx\n\n{BLOCK}"
    assert (after.replaced, after.foreign) == (figure, figure is not None)
    assert splice(after.card, LABEL).card == after.card
    assert b"co2_eq" not in unsplice(after.card)
    assert others(unsplice(after.card)) == others(card)


@pytest.mark.parametrize("name", sorted({*cards("update")} - {*cards("refuse")}))
def test_both_parsers_of_pyyaml_lead_to_the_same_bytes(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = (SAMPLES / name).read_bytes()
    fast = splice(card, LABEL)

    monkeypatch.setattr("carbonlabel.cards.metadata._PARSER", yaml.SafeLoader)

    assert splice(card, LABEL) == fast


def test_a_key_in_indented_front_matter_keeps_to_its_column() -> None:
    card = b"---\n  a: 1\n---\n"

    after = splice(card, LABEL).card

    assert b"\n  co2_eq_emissions:\n    emissions: 41.5\n" in after
    assert metadata(after)["co2_eq_emissions"]["emissions"] == "41.5"
    assert unsplice(after) == card


@pytest.mark.parametrize("front", ["---\nco2_eq_emissions: 41.5\n---\n", f"---\n{KEY}---\n"])
def test_the_same_figure_is_not_reported_as_replaced(front: str) -> None:
    assert splice(front.encode(), LABEL).replaced is None


def test_without_a_figure_a_foreign_key_is_left_alone() -> None:
    card = b"---\nco2_eq_emissions: 3 # mine\n---\nx\n"

    after = splice(card, NO_KEY)

    assert after.card.startswith(card)
    assert after.replaced is None
    assert unsplice(after.card) == card


def test_removal_leaves_a_foreign_key_alone() -> None:
    card = b"---\nco2_eq_emissions: {emissions: 3}\n---\nx\n"

    assert unsplice(card) == card


@pytest.mark.parametrize(
    "card", [b"", b"\n", b"x", b"---", b"---\na: 1\n---\n", b"---\n---", b"\xef\xbb\xbfx"]
)
def test_removal_without_a_label_changes_nothing(card: bytes) -> None:
    assert unsplice(card) == card


@pytest.mark.parametrize("card", ["", "\n", "x\n", "x", "---\n---\n", " \n---\na: 1\n---"])
def test_without_a_figure_only_the_block_is_added_and_goes_again(card: str) -> None:
    after = splice(card.encode(), NO_KEY).card

    assert after.startswith(card.encode())
    assert unsplice(after) == card.encode()
    assert unsplice(splice(splice(after, LABEL).card, NO_KEY).card) == card.encode()


def test_a_key_alone_behind_blank_lines_leaves_the_fences_it_came_between() -> None:
    assert unsplice(f"\n---\n{KEY}---\n".encode()) == b"\n---\n---\n"


def test_removal_between_other_keys_leaves_their_lines() -> None:
    assert unsplice(f"---\na: 1\r\n{KEY}b: 2\n---\n".encode()) == b"---\na: 1\r\nb: 2\n---\n"


def test_a_block_that_was_moved_is_replaced_and_removed_where_it_stands() -> None:
    card = f"---\na: 1\n---\nBefore.\n\n{BLOCK}\nAfter.  \n".encode()

    assert (
        splice(card, OTHER)
        .card.decode()
        .endswith("less\n\nmuch\n<!-- carbonlabel:end -->\n\nAfter.  \n")
    )
    assert unsplice(card) == b"---\na: 1\n---\nBefore.\n\nAfter.  \n"


def test_a_block_without_a_blank_line_before_it_takes_no_line_along() -> None:
    assert unsplice(f"Before.\n{BLOCK}".encode()) == b"Before.\n"


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
