"""A label goes into a card, changes, and comes out again; nothing else moves."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from huggingface_hub.repocard import REGEX_YAML_BLOCK, metadata_load

from carbonlabel.cards.splice import Inscription, splice, unsplice
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
