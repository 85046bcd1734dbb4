"""I find figures that a card took over from its base model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from yaml.nodes import Node, ScalarNode, SequenceNode

from carbonlabel.linting.keys import Texts, is_pretraining

if TYPE_CHECKING:
    from carbonlabel.linting.card import Card, Scalar
    from carbonlabel.linting.declaration import Declaration

_MOST_BASES: Final = 50
_CONVERTED: Final = frozenset({"quantized"})
_DERIVED: Final = frozenset({"quantized", "adapter", "merge"})
_QUANTIZED: Final = re.compile(
    r"\b(?:gguf|ggml|awq|gptq|exl2|exllama|bnb-?4bit|[48]-?bit|quantized|quantised|mlx|onnx)\b",
    re.IGNORECASE,
)


def bases(card: Card) -> tuple[str, ...]:
    """The models that the card names as its base."""
    return _texts(card.top.get("base_model"))


def suspect(card: Card, texts: Texts, spot: Scalar) -> None:
    """Find a figure that cannot be this model's own, as far as one card tells.

    A quantised or converted model has not been trained, and an adapter not pre-trained.
    """
    if "base_model" not in card.top:
        return
    relation = _relation(card)
    converted = relation in _CONVERTED or (not relation and _is_quantized(card))
    if converted or (relation in _DERIVED and is_pretraining(texts)):
        kind = "quantised" if converted else relation
        base = ", ".join(bases(card))[:120]
        card.tell(
            "inherited-figure",
            spot,
            f"This is a{'n' if kind == 'adapter' else ''} {kind} model of {base or 'a base'}: is "
            "the figure that of its base?",
            is_milder=True,
            suggestion="state what making this model emitted, and link to the base for the rest",
        )


def inherited(declarations: Sequence[Declaration]) -> Iterator[Declaration]:
    """Every declaration, with a finding where its figure is exactly that of its base among them."""
    known = _by_name(declarations) if any(each.bases for each in declarations) else {}
    for each in declarations:
        base = next(filter(None, (_base(known, name) for name in each.bases)), None)
        same = base is not None and base is not each and _is_same(each, base)
        yield _told(each, base) if same and base is not None else each


def _told(heir: Declaration, base: Declaration) -> Declaration:
    from carbonlabel.reporting import Entry  # noqa: PLC0415 - a cycle of types otherwise

    told = Entry(
        file=heir.name,
        code="inherited-figure",
        severity="error",
        message=f"The figure is exactly that of the base model in {base.name}.",
        line=heir.line,
        column=heir.column,
        found=f"{heir.text} in both",
        suggestion="state what making this model emitted, and link to the base for the rest",
    )
    others = tuple(entry for entry in heir.findings if entry.code != told.code)
    return replace(heir, findings=(*others, told))


def _base(known: dict[str, Declaration], name: str) -> Declaration | None:
    return known.get(name) or known.get(name.rpartition("/")[2])


def _is_same(heir: Declaration, base: Declaration) -> bool:
    return bool(heir.figure_gco2e) and heir.figure_gco2e == base.figure_gco2e


def _by_name(declarations: Sequence[Declaration]) -> dict[str, Declaration]:
    """Cards by the names of their models, `org/name` before `name`."""
    known: dict[str, Declaration] = {}
    for length in (2, 1):
        for each in declarations:
            steps = _steps(each.name)[-length:] if each.figure_gco2e else ()
            if len(steps) == length:
                known.setdefault("/".join(steps), each)
    return known


def _steps(name: str) -> list[str]:
    """The folders a card lies in, or the organisation and the name of a model on a hub."""
    scheme, colon, rest = name.partition(":")
    if colon and scheme.isalpha() and len(scheme) > 1:
        return [step for step in rest.partition("@")[0].split("/") if step][:2]
    return [step for step in name.replace("\\", "/").split("/")[:-1] if step not in {"", "."}]


def _relation(card: Card) -> str:
    value = card.top.get("base_model_relation")
    return value.value.strip().lower() if isinstance(value, ScalarNode) else ""


def _is_quantized(card: Card) -> bool:
    named = (*_texts(card.top.get("tags")), *_texts(card.top.get("library_name")))
    return any(_QUANTIZED.fullmatch(word) for word in named)


def _texts(value: Node | None) -> tuple[str, ...]:
    """The texts of a scalar or of a list of scalars."""
    if isinstance(value, ScalarNode):
        return (value.value,)
    if isinstance(value, SequenceNode):
        inner = value.value[:_MOST_BASES]
        return tuple(each.value for each in inner if isinstance(each, ScalarNode))
    return ()
