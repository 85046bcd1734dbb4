"""What a model was made from: names, disclosures, settings of adapters and quantised copies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carbonlabel.errors import InputError
from carbonlabel.intake import Log
from carbonlabel.readers.base import load_base, named, relation_named
from carbonlabel.record.canonical import digest
from carbonlabel.record.keeping import load

TWO_GPUS = Path(__file__).parents[1] / "samples" / "disclosures" / "carbon-two-gpus.json"


def config(name: str = "config.json", **fields: object) -> Log:
    return Log(name, content=json.dumps(fields).encode())


@pytest.mark.parametrize("name", ["meta-llama/Llama-2-7b", "a/b@main", "a/b.c_d@refs/pr/1"])
def test_a_name_may_carry_its_revision(name: str) -> None:
    assert named(f" {name} ").model == name


@pytest.mark.parametrize("name", ["", "gpt2", "a/b/c", "/etc/passwd", "a/b c", "é/b"])
def test_what_is_no_name_of_a_model_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="is no name of a model"):
        named(name)


@pytest.mark.parametrize(
    ("word", "relation"),
    [
        ("fine-tune", "finetune"),
        ("Quantised", "quantized"),
        ("LoRA", "adapter"),
        ("merge", "merge"),
    ],
)
def test_relations_have_other_names(word: str, relation: str) -> None:
    assert relation_named(word) == relation


def test_an_unknown_relation_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(InputError, match="no relation is called") as refused:
        relation_named("cousin")

    assert "finetune, adapter, merge, quantized, distilled" in str(refused.value.hint)


def test_a_disclosure_gives_name_figure_and_digest() -> None:
    content = TWO_GPUS.read_bytes()

    base = load_base(Log("carbon.json", content=content))

    assert base.model == "acme/two-gpus"
    assert base.disclosure == load(content)
    assert base.digest == digest(load(content))
    assert base.input is not None
    assert (base.input.format, base.input.tracker) == ("disclosure", "carbonlabel")


def test_a_revision_stands_behind_the_name() -> None:
    text = json.loads(TWO_GPUS.read_text("utf-8"))
    text["subject"]["revision"] = "v2"

    assert load_base(config("carbon.json", **text)).model == "acme/two-gpus@v2"


def test_a_disclosure_of_no_named_model_is_refused() -> None:
    text = json.loads(TWO_GPUS.read_text("utf-8"))
    del text["subject"]["model"]

    with pytest.raises(InputError, match="does not name it") as refused:
        load_base(config("carbon.json", **text))

    assert refused.value.where == "carbon.json /subject/model"


def test_an_adapter_says_what_it_was_put_on() -> None:
    """The keys that PEFT writes into adapter_config.json."""
    base = load_base(
        config("adapter_config.json", base_model_name_or_path="a/b", peft_type="LORA", r=8)
    )

    assert (base.model, base.relation, base.disclosure) == ("a/b", "adapter", None)


def test_a_quantised_copy_says_what_it_was_made_from() -> None:
    """The keys that Transformers writes into config.json after GPTQ."""
    base = load_base(
        config(
            _name_or_path="a/b",
            model_type="llama",
            quantization_config={"bits": 4, "quant_method": "gptq"},
        )
    )

    assert (base.model, base.relation) == ("a/b", "quantized")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"base_model_name_or_path": "/home/me/weights"}, "from which model on the Hub"),
        ({"quantization_config": {"bits": 4}}, "from which model on the Hub"),
        ({"model_type": "llama", "_name_or_path": "a/b"}, "tells of no base model"),
        ({"$schema": "x", "totals": {}}, "disclosure|version|schema"),
    ],
)
def test_what_tells_of_no_base_model_is_refused(fields: dict[str, object], why: str) -> None:
    with pytest.raises(InputError, match=why):
        load_base(config(**fields))


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"a": 1', b"ORG/NAME"])
def test_no_json_object_is_refused(content: bytes) -> None:
    with pytest.raises(InputError):
        load_base(Log("x.json", content=content))
