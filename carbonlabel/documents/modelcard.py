"""I write what a model card says of the footprint: its metadata and its section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from carbonlabel.cards.quoting import quoted
from carbonlabel.documents import citing, hub, serving, wording
from carbonlabel.documents.anatomy import Face
from carbonlabel.documents.direction import bare
from carbonlabel.documents.face import face
from carbonlabel.documents.language import decimals, in_english, say, translated
from carbonlabel.documents.numbers import shortest
from carbonlabel.documents.table import quality, table
from carbonlabel.documents.templates import filled
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options
from carbonlabel.record.canonical import digest

SMALLEST_GCO2E: Final = 0.0001
_DIGITS: Final = 6

Metadata = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """A whole new card that holds nothing but the footprint."""

    format: str = "card"
    file_name: str = "README.md"
    about: str = "a model card with the label's figures in its metadata and its text"
    heeds: tuple[str, ...] = ("language",)

    @translated
    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """The card as UTF-8: its text in the language of the options, its metadata in English."""
        del options
        name = wording.named((disclosure.subject.model or say("Model card")).rpartition("/")[2])
        text = filled(
            "card.md.j2",
            metadata=metadata(disclosure) or (),
            name=name,
            section=section(disclosure),
        )
        return text.encode()


renderer = ModelCard()


@in_english
def metadata(disclosure: Disclosure) -> Metadata | None:
    """The keys below `co2_eq_emissions` in their order, each with its value as a YAML scalar.

    Emissions in g and energy in kWh are plain decimals of at most six significant digits, the
    rest are quoted strings. None where no figure of training is known or it is below 0.0001 g,
    and where `hub.withheld` says why it is not for the Hub.
    """
    emissions = hub.emissions(disclosure)
    if emissions is None or emissions.value < SMALLEST_GCO2E:
        return None
    energy = hub.energy(disclosure)
    values = (
        ("emissions", shortest(emissions.value, _DIGITS)),
        ("source", quoted(bare(_source(disclosure)))),
        ("training_type", _maybe(hub.training_type(disclosure))),
        ("geographical_location", _maybe(_countries(disclosure))),
        ("hardware_used", _maybe(_hardware(disclosure))),
        ("energy_consumed", shortest(energy.value, _DIGITS) if energy else ""),
        ("disclosure", quoted(f"carbon.json#jcs-sha256={digest(disclosure)}")),
    )
    return tuple((key, value) for key, value in values if value)


def section(disclosure: Disclosure, *, picture: str = "label.png") -> str:
    """The section that stands between the markers of a card, without them, ending in a newline.

    `picture` is where the label's picture lies, from the card's own folder.
    """
    finished = face(disclosure)
    return filled(
        "section.md.j2",
        face=finished,
        picture=picture,
        table=table(finished, unreported=False),
        quality=quality(finished) if _is_mixed(finished) else "",
        why_no_metadata=_why_no_metadata(disclosure),
    )


def _is_mixed(finished: Face) -> bool:
    """Whether the amount is of more than one basis."""
    return bool(finished.quality.shares) and all(of < 100 for _, of in finished.quality.shares)  # noqa: PLR2004 - percent


def _why_no_metadata(disclosure: Disclosure) -> str:
    """Why the card's metadata hold no figure; empty where they hold one."""
    match hub.withheld(disclosure):
        case "planned":
            return say("the run is planned and has emitted nothing yet")
        case "implausible":
            return say("an error was found in the figures")
    emissions = hub.emissions(disclosure)
    if emissions is None:
        return say("no figure for the electricity of training is known")
    small = emissions.value < SMALLEST_GCO2E
    if not small:
        return ""
    least = decimals("0.0001")
    return say("the electricity of training emitted less than {amount} g CO₂e", amount=least)


def _source(disclosure: Disclosure) -> str:
    made = " ".join(disclosure.generator[key] for key in ("name", "version"))
    origin = citing.origin(disclosure)
    assessed = f"assessed by {wording.named(made)}"
    return f"{origin}, {assessed}" if origin else assessed


def _countries(disclosure: Disclosure) -> str:
    return wording.listed(wording.country_name(each.region) for each in hub.trainings(disclosure))


def _hardware(disclosure: Disclosure) -> str:
    devices = (each for activity in hub.trainings(disclosure) for each in activity.hardware)
    return serving.machines(devices).replace("×", "x")


def _maybe(text: str | None) -> str:
    return quoted(bare(text)) if text else ""
