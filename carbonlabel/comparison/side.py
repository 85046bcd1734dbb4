"""I am one of the things that are compared: a disclosure, or a figure that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from carbonlabel.comparison.phrases import Phrase
from carbonlabel.errors import InputError
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.evidence import Phase
from carbonlabel.model.units import Unit
from carbonlabel.parsing.phases import phase_named
from carbonlabel.record.canonical import digest

if TYPE_CHECKING:
    from carbonlabel.linting import Declaration

_LARGEST: Final = Decimal(10**20)
_IMPOSSIBLE: Final = "energy-impossible"
_INHERITED: Final = "inherited-figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a card or a paper states of a footprint, without what it rests on."""

    emissions: Estimate | Missing
    """Of the electricity of training, as far as anybody can tell, in gCO2e."""
    energy: Estimate | Missing
    """In kWh."""
    phase: Phase | None
    """Which training, where it is said."""
    source: str
    """The tool or the work that gave the figure; empty where it is not said."""
    is_inherited: bool = False
    """Whether the figure may be that of a base model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the things that are compared."""

    name: str
    """The model, or the file where nobody named it."""
    file: str
    """Where it was read from, as the user named it."""
    digest: str
    """SHA-256 of the disclosure (RFC 8785), or of the card's bytes."""
    disclosure: Disclosure | None = None
    """None where there is only a statement."""
    stated: Stated | None = None
    """The statement, where there is nothing else."""
    bases: tuple[str, ...] = ()
    """What the model was made from."""
    faults: tuple[str, ...] = ()
    """Errors that were found in it and that nobody answers for."""
    notes: tuple[str, ...] = ()
    """What a reader should know of it."""


def disclosed(
    disclosure: Disclosure, file: str, *, faults: Sequence[str] = (), notes: Sequence[str] = ()
) -> Side:
    """The side of a disclosure; one that only quotes what was published is a statement."""
    quoted = _quoted(disclosure)
    return Side(
        name=disclosure.subject.model or file,
        file=file,
        digest=digest(disclosure),
        disclosure=None if quoted else disclosure,
        stated=quoted,
        bases=disclosure.subject.base_models or (),
        faults=tuple(faults),
        notes=tuple(notes),
    )


def declared(card: Declaration, name: str, sha256: str, *, notes: Sequence[str] = ()) -> Side:
    """The side of a model card without a disclosure: its own statement, and what is wrong in it."""
    errors = (each for each in card.findings if each.severity == "error")
    return Side(
        name=name,
        file=card.name,
        digest=sha256,
        stated=_of_card(card),
        bases=card.bases,
        faults=tuple(coded(each.code, each.message) for each in errors),
        notes=(*notes, *_remarks(card)),
    )


def coded(code: str, message: str) -> str:
    """What a check found, behind the code of its rule."""
    return Phrase("{code}: {message}", code=code, message=Phrase(message))


def _of_card(card: Declaration) -> Stated:
    refused = any(each.code == _IMPOSSIBLE for each in card.findings)
    basis: Basis = "estimated" if card.source else "assumed"
    return Stated(
        emissions=_figure(card.emissions_gco2e, "gCO2e", basis, "the card states no figure"),
        energy=_figure(
            None if refused else card.energy_kwh, "kWh", basis, "the card says no energy"
        ),
        phase=_phase(card.training_type),
        source=card.source or "",
        is_inherited=any(each.code == _INHERITED for each in card.findings),
    )


def _remarks(card: Declaration) -> tuple[str, ...]:
    """What was found in the card beside its errors, each rule once."""
    found = (each for each in card.findings if each.severity == "warning")
    return tuple(dict.fromkeys(coded(each.code, each.message) for each in found))


def _figure(value: Decimal | None, unit: Unit, basis: Basis, why: str) -> Estimate | Missing:
    if value is None or not 0 < value < _LARGEST:
        return Missing(missing="not-stated", reason=why)
    return Estimate(value=float(value), unit=unit, basis=basis, source="card")


def _phase(text: str | None) -> Phase | None:
    try:
        return phase_named(text) if text else None
    except InputError:
        return None


def _quoted(disclosure: Disclosure) -> Stated | None:
    """Emissions that were published without any inputs, which no total holds."""
    if isinstance(disclosure.totals.electricity, Estimate) or len(disclosure.activities) != 1:
        return None
    activity = disclosure.activities[0]
    emissions = activity.reported.emissions
    if isinstance(emissions, Missing) or not emissions.value:
        return None
    return Stated(
        emissions=emissions,
        energy=activity.reported.energy,
        phase=activity.phase,
        source=_cited(disclosure, emissions.source or ""),
    )


def _cited(disclosure: Disclosure, key: str) -> str:
    """The work or the file behind a key; empty where there is none."""
    if key in disclosure.sources:
        return disclosure.sources[key].title
    return disclosure.inputs[key].file if key in disclosure.inputs else ""
