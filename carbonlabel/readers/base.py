"""I read what a model was made from: a base model's disclosure, or the setting of an adapter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.base import Base
from carbonlabel.model.lineage import Relation
from carbonlabel.model.provenance import Input
from carbonlabel.parsing import jsonfields
from carbonlabel.parsing.jsonfields import Fields
from carbonlabel.record import keeping
from carbonlabel.record.canonical import digest

FORMAT: Final = "disclosure"
_NAME: Final = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[\w.-]{1,95}(?:@[\w./-]{1,95})?", re.ASCII)
_HINT: Final = "ORG/NAME, ORG/NAME@REVISION, or the path of its carbon.json or adapter_config.json"
_RELATIONS: Final[dict[str, Relation]] = {
    "finetune": "finetune",
    "finetuned": "finetune",
    "finetuning": "finetune",
    "adapter": "adapter",
    "lora": "adapter",
    "merge": "merge",
    "merged": "merge",
    "quantized": "quantized",
    "quantised": "quantized",
    "quantization": "quantized",
    "quantisation": "quantized",
    "distilled": "distilled",
    "distillation": "distilled",
}


def named(text: str) -> Base:
    """The base model that a name means.

    Raises:
        InputError: it is no name of a model.

    >>> named("meta-llama/Llama-2-7b@main").model
    'meta-llama/Llama-2-7b@main'
    """
    if not _NAME.fullmatch(text.strip()):
        raise InputError(f"{text[:80]!r} is no name of a model", hint=_HINT)
    return Base(model=text.strip())


def relation_named(text: str) -> Relation:
    """How a model was made from another, as a word says it.

    Raises:
        InputError: it is no such word.

    >>> relation_named("Fine-tune")
    'finetune'
    """
    word = "".join(letter for letter in text.lower() if letter.isalpha())
    if word not in _RELATIONS:
        known = ", ".join(dict.fromkeys(_RELATIONS.values()))
        raise InputError(f"no relation is called {text[:40]!r}", hint=f"one of {known}")
    return _RELATIONS[word]


def load_base(log: Log) -> Base:
    """The base model that a file tells of.

    A carbon.json is its disclosure. An adapter_config.json of PEFT names the base of an adapter,
    and a config.json of Transformers with `quantization_config` that of a quantised copy; both
    without a footprint.

    Raises:
        InputError: the file is none of these, or names no model.
    """
    found = jsonfields.document(log.document(), log.name)
    if "$schema" in found.values and "totals" in found.values:
        return _disclosed(log)
    if found.text("base_model_name_or_path") is not None:
        return _configured(log, found.text("base_model_name_or_path"), "adapter")
    if isinstance(found.values.get("quantization_config"), Mapping):
        return _configured(log, _original(found), "quantized")
    raise MalformedInput("tells of no base model", where=log.name, hint=_HINT)


def _disclosed(log: Log) -> Base:
    declared = keeping.load(log.document().encode(), log.name)
    subject = declared.subject
    if subject.model is None:
        raise MalformedInput(
            "the base model's disclosure does not name it",
            where=f"{log.name} /subject/model",
            hint="assess it again with --model",
        )
    revision = f"@{subject.revision}" if subject.revision else ""
    generator = declared.generator
    return Base(
        model=f"{subject.model}{revision}",
        input=Input(
            file=log.name,
            sha256=log.sha256,
            format=FORMAT,
            tracker=generator["name"],
            version=generator["version"],
        ),
        disclosure=declared,
        digest=digest(declared),
    )


def _original(found: Fields) -> str | None:
    return found.text("_name_or_path") or found.text("name_or_path")


def _configured(log: Log, model: str | None, relation: Relation) -> Base:
    if model is None or not _NAME.fullmatch(model):
        raise MalformedInput(
            "does not say from which model on the Hub it was made",
            where=log.name,
            hint="name it: --base-model ORG/NAME",
        )
    return Base(
        model=model,
        relation=relation,
        input=Input(file=log.name, sha256=log.sha256, format="model-configuration"),
    )
