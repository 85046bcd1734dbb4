"""A disclosure as bytes: laid out for people, one digest for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carbonlabel import registry
from carbonlabel.errors import InvalidDocument
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options
from carbonlabel.record import canonical, keeping

SAMPLES = Path(__file__).parents[1] / "samples" / "disclosures"
EXAMPLES = ("carbon.json", "carbon-two-gpus.json")


def example(name: str) -> Disclosure:
    return keeping.load((SAMPLES / name).read_bytes())


def renamed(name: str) -> Disclosure:
    document = json.loads((SAMPLES / "carbon.json").read_text("utf-8"))
    document["subject"]["model"] = name
    return keeping.load(json.dumps(document))


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_comes_out_byte_for_byte_as_it_went_in(name: str) -> None:
    assert canonical.dumps(example(name)) == (SAMPLES / name).read_bytes()


@pytest.mark.parametrize("name", EXAMPLES)
def test_carbon_json_is_a_document_like_others(name: str) -> None:
    renderer = registry.renderer("json")

    assert renderer.file_name == "carbon.json"
    assert renderer.render(example(name), Options()) == (SAMPLES / name).read_bytes()
    assert renderer.render(example(name), Options(theme="dark")) == (SAMPLES / name).read_bytes()


def test_the_digest_is_the_one_on_the_examples_card() -> None:
    expected = "25737f327def418fc7d5f7684caafb4ec28927bcc925bff21803796f43f553c0"

    assert canonical.digest(example("carbon.json")) == expected


def test_layout_and_key_order_do_not_change_the_digest() -> None:
    document = json.loads((SAMPLES / "carbon.json").read_text("utf-8"))
    turned = dict(reversed(document.items()))

    assert canonical.digest(keeping.load(json.dumps(turned))) == canonical.digest(
        example("carbon.json")
    )


def test_braces_and_letters_of_a_name_stay_as_they_are() -> None:
    text = canonical.dumps(renamed("acme/{Größe}")).decode()

    assert '"subject": { "model": "acme/{Größe}" }' in text


def test_a_line_that_grows_too_long_is_broken() -> None:
    text = canonical.dumps(renamed("m" * 200)).decode()

    assert f'"subject": {{\n    "model": "{"m" * 200}"\n  }}' in text


def test_empty_collections_stay_on_their_line() -> None:
    document = json.loads((SAMPLES / "carbon.json").read_text("utf-8"))
    document |= {"findings": [], "left_out": [], "sources": {}}
    text = canonical.dumps(keeping.load(json.dumps(document))).decode()

    assert '"left_out": [],\n  "findings": [],' in text
    assert '"sources": {},' in text


def test_a_number_without_canonical_form_has_no_digest() -> None:
    disclosure = example("carbon.json")
    subject = disclosure.subject.model_copy(update={"parameters": 2**60})

    with pytest.raises(InvalidDocument, match="no canonical JSON"):
        canonical.digest(disclosure.model_copy(update={"subject": subject}))
