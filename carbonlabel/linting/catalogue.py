"""I am the rules that a model card's footprint is held to, each with its code and its demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from carbonlabel.reporting import RuleNote

if TYPE_CHECKING:
    from carbonlabel.model.provenance import Severity


class Rule(NamedTuple):
    """One rule of the lint."""

    severity: Severity
    """How grave it is to break it, as a rule."""
    demand: str
    """What it demands, as a sentence."""
    milder: Severity | None = None
    """How grave it is where the figure can still be read or the suspicion is not proven."""


RULES: Final[dict[str, Rule]] = {
    # The file.
    "card-unreadable": Rule(
        "error", "A card is UTF-8 text of at most 5 MiB with LF or CRLF line ends."
    ),
    "front-matter-open": Rule("error", "A front matter that is opened with `---` is closed too."),
    "front-matter-late": Rule("warning", "The front matter is the first thing in a card."),
    "yaml-tab": Rule(
        "error", "YAML is indented with spaces: one tab, and all metadata are lost.", "warning"
    ),
    "yaml-broken": Rule("error", "The front matter is a YAML mapping that every parser reads."),
    "key-twice": Rule("error", "No key stands twice: the Hub refuses such a card."),
    # The figure.
    "emissions-missing": Rule("error", "A mapping `co2_eq_emissions` has the key `emissions`."),
    "placeholder": Rule("error", "A figure or a name stands there, no placeholder.", "warning"),
    "bare-number": Rule(
        "warning", "The figure stands in a mapping, where its source has room beside it."
    ),
    "list-of-keys": Rule("warning", "`co2_eq_emissions` is one mapping, no list of mappings."),
    "value-is-string": Rule("error", "The figure is a number, not a text.", "warning"),
    "exponent": Rule(
        "warning", "A number has no exponent: `5.07e-06` is read as 5.07 by the Hub's client."
    ),
    "number-misread": Rule("error", "A number is a finite, plain decimal.", "warning"),
    "tiny-figure": Rule("note", "Below 0.0001 g the key is left out and the text says why."),
    "negative": Rule("error", "Emissions are not negative; offsets are never subtracted."),
    "zero-with-runtime": Rule("error", "A run that took place emitted more than 0 g."),
    "zero-emissions": Rule("warning", "An unknown figure is left out, not written as 0."),
    # The figure against what else the card says.
    "unit-slip-1000": Rule(
        "error", "The figure is in grams: kilograms in the field are 1000 times too small."
    ),
    "unit-slip-1000000": Rule(
        "error", "The figure is in grams: tonnes in the field are a million times too small."
    ),
    "intensity-impossible": Rule(
        "error", "Emissions ÷ energy lies between 1 and 1500 g/kWh, as every grid does.", "warning"
    ),
    "implausible-low": Rule(
        "error", "The figure is not below what the hardware needs for the run that is stated."
    ),
    "implausible-high": Rule(
        "error", "The figure is not above what the hardware can draw in the time that is stated."
    ),
    "energy-impossible": Rule(
        "error", "The energy is not above what the hardware can draw in the time that is stated."
    ),
    # The other keys.
    "key-misspelt": Rule("warning", "Keys are spelt as the Hub's documentation spells them."),
    "unknown-key": Rule("note", "Keys are ones that the Hub or a known tool writes."),
    "no-source": Rule("note", "A figure has a source."),
    "suspect-source-unit": Rule(
        "note", "Of a source that writes kilograms, such as a cloud's export, the unit is checked."
    ),
    "no-training-type": Rule("note", "A figure says which training it is of."),
    "training-type-unknown": Rule("note", "`training_type` is pre-training or fine-tuning."),
    "location-placeholder": Rule("warning", "A place is named, or the key is left out."),
    "hardware-vague": Rule("warning", "`hardware_used` names the device, not only its kind."),
    "hardware-count-missing": Rule("note", "Of a pre-training's hardware the number is said."),
    "hardware-count-suspect": Rule(
        "warning", "The number is of devices, not of a processor's logical cores."
    ),
    "hardware-place-mismatch": Rule("warning", "A cloud's region goes with a cloud's hardware."),
    "inherited-figure": Rule(
        "error", "A derived model states its own footprint, not that of its base.", "warning"
    ),
    # The text below.
    "body-disagrees": Rule("warning", "Front matter and text state the same figure."),
    "body-placeholder": Rule("note", "The text has no placeholder for a figure that is known."),
    "only-in-prose": Rule("note", "A figure in the text stands in the front matter as well."),
    "label-broken": Rule("warning", "A label's two marker lines are whole and the only ones."),
    "label-stale": Rule("error", "Label, front matter and carbon.json are of one disclosure."),
}
"""Every rule by its stable code, in the order in which they are looked at."""


def notes() -> tuple[RuleNote, ...]:
    """What a report says of the rules themselves."""
    return tuple(RuleNote(name, rule.severity, rule.demand) for name, rule in RULES.items())
