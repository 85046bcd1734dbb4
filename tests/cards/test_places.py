"""Where exactly the label goes, line by line."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from huggingface_hub.repocard import REGEX_YAML_BLOCK

from carbonlabel.cards.splice import Inscription, splice, unsplice

KEY_LINES = (
    ("emissions", "41.5"),
    ("source", '"CodeCarbon 3.3.2"'),
    ("training_type", '"fine-tuning"'),
    ("energy_consumed", "0.75"),
    ("disclosure", '"carbon.json#jcs-sha256=00"'),
)
LABEL = Inscription(KEY_LINES, "## Carbon Facts\n\n41.5 g\n")

KEY = """co2_eq_emissions:
  emissions: 41.5
  source: "CodeCarbon 3.3.2"
  training_type: "fine-tuning"
  energy_consumed: 0.75
  disclosure: "carbon.json#jcs-sha256=00"
"""
BEGIN, END = "<!-- carbonlabel:begin -->", "<!-- carbonlabel:end -->"
BLOCK = f"{BEGIN}\n## Carbon Facts\n\n41.5 g\n{END}\n"


def metadata(card: bytes) -> dict[Any, Any]:
    """Read the front matter where the Hub's own client finds it, every scalar left as text."""
    found = REGEX_YAML_BLOCK.search(card.decode("utf-8-sig"))
    text = found.group(2) if found else ""
    return yaml.load(text, yaml.CBaseLoader) or {}  # noqa: S506 - makes text and nothing else


def others(card: bytes) -> dict[Any, Any]:
    return {key: value for key, value in metadata(card).items() if "co2" not in key}


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
