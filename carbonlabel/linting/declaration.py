"""I am what a model card declares of its footprint, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from carbonlabel.linting import bodies, evidence, keys, label, lineage, words
from carbonlabel.linting.card import Beside, Card, Scalar, nothing_beside, opened
from carbonlabel.linting.catalogue import RULES
from carbonlabel.linting.figures import energy_kwh
from carbonlabel.linting.mentions import NOTHING, Mentions, mentions
from carbonlabel.linting.spelling import figure_of

if TYPE_CHECKING:
    from carbonlabel.reporting import Entry

_ORDER: Final = {code: index for index, code in enumerate(RULES)}
_CONTRADICTED: Final = frozenset(
    {"unit-slip-1000", "unit-slip-1000000", "intensity-impossible"}
    | {"implausible-low", "implausible-high"}
)
_REFUSING: Final = frozenset(
    {"card-unreadable", "front-matter-open", "yaml-tab", "yaml-broken", "placeholder"}
    | {"emissions-missing", "value-is-string", "number-misread", "negative", "zero-with-runtime"}
    | _CONTRADICTED
)
_IN_KILOGRAMS: Final = re.compile(
    r"(?:Google|GCP|AWS|Amazon|Azure|Microsoft|Cloud)\b.{0,40}(?:Carbon|Emissions?|Sustainability)\b"
    r".{0,20}(?:Footprint|Dashboard|Tool|Report)",
    re.IGNORECASE,
)
_SPELT: Final = frozenset({"value-is-string", "exponent", "number-misread"})
_FAULTS: Final = _REFUSING | {"exponent", "zero-emissions", "key-misspelt", "key-twice"}
"""What is said of a figure before it is asked for its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What one card declares: its figure where that can be believed, and all that was found."""

    name: str
    """The card as the user named it."""
    is_declared: bool = False
    """Whether the card has `co2_eq_emissions` at all."""
    emissions_gco2e: Decimal | None = None
    """The figure in gCO2e, in the digits of the card; None where it is refused or not there."""
    suggested_gco2e: Decimal | None = None
    """What the figure was meant to be, where a unit slipped."""
    figure_gco2e: Decimal | None = None
    """The figure as it reads, believed or not."""
    energy_kwh: Decimal | None = None
    """The energy that the front matter declares, in kWh."""
    source: str | None = None
    training_type: str | None = None
    location: str | None = None
    hardware: str | None = None
    """The other keys of the documentation, as they stand; None where they only keep a place."""
    others: tuple[tuple[str, str], ...] = ()
    """All further keys with their values, as they stand."""
    bases: tuple[str, ...] = ()
    """The base models that the card names."""
    text: str = ""
    """The figure as it stands."""
    line: int | None = None
    column: int | None = None
    """Where the figure stands, or else the key."""
    findings: tuple[Entry, ...] = ()
    """What was found, from the top of the card to its end."""

    @property
    def duration_s(self) -> float | None:
        """How long the run took in s, where the front matter says it."""
        hours = dict(self.others).get("hours_used", "")
        return evidence.duration_s(hours, self.hardware or "", self.source or "")


def declared(card: bytes, name: str, beside: Beside = nothing_beside) -> Declaration:
    """What the card declares, with every rule that it breaks; never raises, whatever the bytes.

    `name` is how the card is called in the findings. `beside` says what is known of a disclosure
    that lies beside the card.
    """
    seen = opened(card, name)
    if seen.key is None:
        if not any(entry.severity == "error" for entry in seen.found):
            bodies.alone(seen, mentions(seen.text, seen.body))
            label.label(seen, {}, None, beside)
        return Declaration(name=name, findings=_sorted(seen))
    return _declaration(seen, beside)


def unreadable(name: str, why: str) -> Declaration:
    """What is to be said of a card whose bytes nobody gets."""
    card = Card(name)
    card.tell("card-unreadable", 0, f"The card cannot be read: {why}.")
    return Declaration(name=name, findings=tuple(card.found))


def _declaration(seen: Card, beside: Beside) -> Declaration:
    right = keys.meant(seen)
    texts = keys.texts(right)
    spot, said = figure_of(seen, right, texts)
    _names(seen, right, texts)
    energy = energy_kwh(texts[words.ENERGY]) if words.ENERGY in texts else None
    meant = None
    if spot is not None and said.grams is not None:
        facts = evidence.Facts(
            seen, right, texts, spot, said.grams, _mentions(seen), energy or None
        )
        if said.grams > 0:
            meant = evidence.weigh(facts)
            lineage.suspect(seen, texts, spot)
        if meant is None:
            bodies.against(facts)
        _withdraw(seen)
        _asked(seen, right, spot)
    label.label(seen, right, said.grams, beside)
    place = spot or seen.key
    line, column = seen.place(place.start) if place else (None, None)
    refused = seen.is_ambiguous or any(
        entry.severity == "error" and entry.code in _REFUSING for entry in seen.found
    )
    return Declaration(
        name=seen.name,
        is_declared=True,
        emissions_gco2e=None if refused else said.grams,
        suggested_gco2e=meant,
        figure_gco2e=said.grams,
        energy_kwh=energy,
        source=texts.get("source"),
        training_type=texts.get("training_type"),
        location=texts.get("geographical_location"),
        hardware=texts.get("hardware_used"),
        others=tuple(
            (pair.key.text, pair.value.text)
            for key, pair in right.items()
            if key not in words.PLACED
        ),
        bases=lineage.bases(seen),
        text=spot.text if spot else "",
        line=line,
        column=column,
        findings=_sorted(seen),
    )


def _withdraw(seen: Card) -> None:
    """Take back the offer to write a figure differently that is known to be wrong."""
    if any(entry.code in _CONTRADICTED for entry in seen.found):
        seen.found = [
            replace(entry, fix=None, expected=None, suggestion=None)
            if entry.code in _SPELT
            else entry
            for entry in seen.found
        ]


def _mentions(seen: Card) -> Mentions:
    return mentions(seen.text, seen.body) if seen.body < len(seen.text) else NOTHING


def _names(seen: Card, right: keys.Keys, texts: keys.Texts) -> None:
    """Look at the keys beside the figure."""
    keys.placeholders(seen, right, texts)
    if "hardware_used" in texts:
        keys.hardware(seen, right, texts)
    if "training_type" in texts:
        keys.training(seen, right, texts)


def _asked(seen: Card, right: keys.Keys, spot: Scalar) -> None:
    """Ask a sound figure for its source and for what it is of."""
    if any(entry.code in _FAULTS for entry in seen.found):
        return
    if "source" not in right:
        seen.tell(
            "no-source",
            spot,
            "Nobody knows where the figure comes from.",
            suggestion="add source: the tracker and its version, or the paper",
        )
        return
    if _IN_KILOGRAMS.search(right["source"].value.text):
        seen.tell(
            "suspect-source-unit",
            right["source"].value,
            "This source writes kilograms: is the figure in grams?",
            found=right["source"].value.text,
        )
    if "training_type" not in right:
        seen.tell(
            "no-training-type",
            spot,
            "Nobody knows which training the figure is of.",
            suggestion="add training_type: pre-training or fine-tuning",
        )


def _sorted(seen: Card) -> tuple[Entry, ...]:
    if len(seen.found) > 1:
        seen.found.sort(key=lambda entry: (entry.line or 0, _ORDER[entry.code]))
    return tuple(seen.found)
