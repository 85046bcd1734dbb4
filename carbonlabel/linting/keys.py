"""I look at the keys beside the figure: their spelling, and whether they say anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from carbonlabel.cards.metadata import KEY
from carbonlabel.linting import machines, words
from carbonlabel.linting.card import Card, Pair, Scalar
from carbonlabel.linting.figures import energy_kwh

Keys = dict[str, Pair]
"""The pairs of a footprint by the key that each was meant to be."""

Texts = Mapping[str, str]
"""The texts of those keys that say something."""

_NAMING: Final = ("source", "training_type", "hardware_used", "geographical_location")
_READ: Final = (*_NAMING, words.ENERGY, "hours_used")
_TRAININGS: Final = frozenset(
    {"pretraining", "finetuning", "training", "midtraining", "continuedpretraining"}
    | {"continualpretraining", "trainingfromscratch", "instructiontuning", "alignment"}
    | {"distillation", "transferlearning", "pretrainingandfinetuning", "adapter", "lora"}
)
_PRETRAININGS: Final = frozenset({"pretraining", "trainingfromscratch"})


def meant(card: Card) -> Keys:
    """The pairs by their right keys; what is misspelt or nobody's is found."""
    if card.pairs.keys() <= words.KNOWN:
        return card.pairs
    right: Keys = {key: pair for key, pair in card.pairs.items() if key in words.KNOWN}
    strange = [pair for key, pair in card.pairs.items() if key not in words.KNOWN]
    unknown: list[Pair] = []
    for pair in strange:
        spelling = words.right_spelling(pair.key.text)
        key = words.meant(pair.key.text)
        if spelling is None:
            unknown.append(pair)
        else:
            _misspelt(card, pair, spelling, is_free=spelling not in right)
        right.setdefault(key, pair)
    if unknown:
        _unknown(card, unknown)
    return right


def texts(keys: Keys) -> Texts:
    """The texts of the keys that we know how to read, without those that only keep a place free."""
    return {
        key: keys[key].value.text
        for key in _READ
        if key in keys and not words.is_placeholder(keys[key].value.text)
    }


def placeholders(card: Card, keys: Keys, said: Texts) -> None:
    """Find the places that are only kept free, the figure's excepted."""
    free = [key for key in _NAMING if key in keys and key not in said]
    if not free:
        return
    if free[-1] == "geographical_location":
        _no_place(card, keys[free.pop()].value)
    if free and not any(each.code == "placeholder" for each in card.found):
        card.tell(
            "placeholder",
            keys[free[0]].value,
            f"A placeholder stands where {' and '.join(free)} should.",
            is_milder=True,
            found=keys[free[0]].value.text,
            suggestion="fill it in, or leave the key out",
        )


def _no_place(card: Card, value: Scalar) -> None:
    card.tell(
        "location-placeholder",
        value,
        "No place is named: nobody can tell the grid's intensity.",
        found=value.text or "nothing",
        suggestion="name the country at least, or leave the key out",
    )


def hardware(card: Card, keys: Keys, said: Texts) -> None:
    """Find hardware that names no device, or counts what is none."""
    value = keys["hardware_used"].value
    if words.is_vague(value.text):
        card.tell(
            "hardware-vague",
            value,
            "The kind of device is named, not the device.",
            expected="a name such as 2 x NVIDIA A100-SXM4-80GB",
            found=value.text,
        )
        return
    if count := machines.doubtful_count(value.text):
        card.tell(
            "hardware-count-suspect",
            value,
            f"{count} is hardly the number of processors: some trackers count logical cores.",
            found=value.text,
            suggestion="write the number of processors, most often 1",
        )
    place = said.get("geographical_location", "")
    if place and (region := machines.clashes(value.text, place)):
        card.tell(
            "hardware-place-mismatch",
            value,
            f"A consumer's graphics card stands in no data centre of {region}.",
            found=f"{value.text} in {place}",
            suggestion="name the place where the machine stood",
        )


def training(card: Card, keys: Keys, said: Texts) -> None:
    """Find a kind of training that nobody knows, and a pre-training of a number untold."""
    value = keys["training_type"].value
    kind = _letters(value.text)
    if kind not in _TRAININGS:
        card.tell(
            "training-type-unknown",
            value,
            "Programs know the words pre-training and fine-tuning.",
            expected="pre-training or fine-tuning",
            found=value.text,
        )
    if kind in _PRETRAININGS and "hardware_used" in said:
        _counted(card, keys["hardware_used"])


def is_pretraining(said: Texts) -> bool:
    """Whether the figure is said to be of a training from scratch."""
    return _letters(said.get("training_type", "")) in _PRETRAININGS


def is_run(keys: Keys, said: Texts) -> bool:
    """Whether the card tells of a run that took place: a device, a duration or an energy."""
    if "hardware_used" in said or machines.duration_s(said.get("source", "")):
        return True
    training_time = keys.get("training_time")
    if training_time and machines.duration_s(training_time.value.text):
        return True
    return any(energy_kwh(said[key]) for key in ("hours_used", words.ENERGY) if key in said)


def _counted(card: Card, pair: Pair) -> None:
    found = machines.machine(pair.value.text)
    if found and not found.is_counted and machines.is_datacentre(pair.value.text):
        card.tell(
            "hardware-count-missing",
            pair.value,
            "A pre-training most often needs several devices, and none is counted here.",
            expected="a number before the name, such as 8 x",
            found=pair.value.text,
        )


def _misspelt(card: Card, pair: Pair, spelling: str, *, is_free: bool) -> None:
    card.tell(
        "key-misspelt",
        pair.key,
        f"Nobody reads this key in {KEY}.",
        expected=spelling,
        found=pair.key.text,
        suggestion=f"name it {spelling}" if is_free else f"{spelling} is there already: remove it",
        fix=spelling if is_free else None,
    )


def _unknown(card: Card, unknown: list[Pair]) -> None:
    named = ", ".join(pair.key.text[:40] for pair in unknown[:8])
    taken = [
        f"{pair.key.text[:40]} is taken for {words.meant(pair.key.text)}"
        for pair in unknown[:8]
        if words.meant(pair.key.text) != pair.key.text
    ]
    card.tell(
        "unknown-key",
        unknown[0].key,
        f"{'This key is' if len(unknown) == 1 else 'These keys are'} known to no tool: "
        f"{'; '.join([named, *taken])}.",
        found=named,
    )


def _letters(text: str) -> str:
    return "".join(letter for letter in text[:60].lower() if letter.isalpha())
