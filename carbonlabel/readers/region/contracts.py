"""I read the contracts for electricity that region.yaml lists, and the mix of what is left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from carbonlabel.errors import MalformedInput, MissingFactor
from carbonlabel.factors import places
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.market import Contract, InstrumentKind
from carbonlabel.model.provenance import Source
from carbonlabel.parsing.fields import Amount, Choice, Field, Many, Record, Words, Year
from carbonlabel.parsing.quantities import Quantity
from carbonlabel.parsing.yamlfile import Entry

_KEY: Final = "region"
_HIGHEST_GCO2E_PER_KWH: Final = 1500.0
_KINDS: Final[dict[str, str]] = {
    "ppa": "ppa",
    "certificate": "certificate",
    "go": "certificate",
    "rec": "certificate",
    "supplier": "supplier",
    "tariff": "tariff",
}
_KIND = Field(
    "kind",
    Choice(_KINDS),
    "ppa; certificate, such as a guarantee of origin or a REC; supplier, its own mix; or tariff.",
    is_required=True,
)
_ENERGY = Field(
    "energy", Amount("kWh"), "How much electricity it is for: 18 MWh.", is_required=True
)
_ZONE = Field(
    "zone",
    Words(),
    "Where it was issued: ISO 3166-1 (FR) or 3166-2 (US-CA) code.",
    is_required=True,
)
_VINTAGE = Field(
    "vintage", Year(), "The year in which the electricity was generated.", is_required=True
)
_CLAIM = Field(
    "intensity",
    Amount("gCO2e/kWh"),
    "What the contract states for its electricity: 0 gCO2e/kWh.",
    is_required=True,
)
_REFERENCE = Field(
    "reference", Words(), "Where it can be checked: the registry's number of its cancellation."
)
CONTRACT: Final = Record((_KIND, _ENERGY, _ZONE, _VINTAGE, _CLAIM, _REFERENCE))
INSTRUMENTS: Final = Field(
    "instruments",
    Many(CONTRACT),
    "Contracts for the electricity of the runs: for the market-based figure beside the label's.",
)
# A residual mix without a range gets that of the annual factors.
_FACTOR: Final = Amount("gCO2e/kWh", implied_range=False)
_YEAR = Field("year", Year(), "The year that the residual mix describes.")
RESIDUAL: Final = Field(
    "residual",
    Record((*_FACTOR.fields(), _YEAR)),
    "Residual mix: market-based intensity of the electricity that no contract covers.",
)


def contracts(top: Entry) -> tuple[Contract, ...]:
    """The contracts in their order; basis estimated, each citing the file or its reference.

    Raises:
        MalformedInput: one is for no energy, or claims more than any plant emits.
        MissingFactor: nobody knows the place of one.
    """
    listed = INSTRUMENTS.of(top) or ()
    return tuple(_contract(entry, number) for number, entry in enumerate(listed, start=1))


def residual(top: Entry) -> Estimate | None:
    """The residual mix in gCO2e/kWh, with its year where it is said."""
    entry = RESIDUAL.of(top)
    if entry is None:
        return None
    stated = _FACTOR.within(entry)
    _refuse_too_high(stated, entry.where)
    estimate = stated.estimate("estimated", f"{_KEY}-residual" if stated.source else _KEY)
    return estimate.model_copy(update={"year": _YEAR.of(entry)})


def cited(top: Entry) -> dict[str, Source]:
    """What the file cites for the residual mix and for the figures of contracts, by key."""
    return {key: Source(title=title) for key, title in _titles(top) if title}


def _titles(top: Entry) -> Iterator[tuple[str, str | None]]:
    entry = RESIDUAL.of(top)
    if entry is not None:
        yield f"{_KEY}-residual", _FACTOR.within(entry).source
    for number, contract in enumerate(INSTRUMENTS.of(top) or (), start=1):
        for field in (_ENERGY, _CLAIM):
            yield _key(number, field), field.need(contract).source


def _key(number: int, field: Field[Quantity]) -> str:
    return f"{_KEY}-contract-{number}-{field.name}"


def _cites(stated: Quantity, number: int, field: Field[Quantity]) -> str:
    return _key(number, field) if stated.source else _KEY


def _contract(entry: Entry, number: int) -> Contract:
    energy, claim = _ENERGY.need(entry), _CLAIM.need(entry)
    if not energy.value:
        raise MalformedInput(
            "a contract is for more than 0 kWh", where=_ENERGY.place(entry), hint="leave it out"
        )
    _refuse_too_high(claim, _CLAIM.place(entry))
    return Contract(
        kind=cast("InstrumentKind", _KIND.need(entry)),
        energy=energy.estimate("estimated", _cites(energy, number, _ENERGY)),
        zone=_zone(entry),
        vintage=_VINTAGE.need(entry),
        intensity=_claim(claim, _cites(claim, number, _CLAIM)),
        reference=_REFERENCE.of(entry),
    )


def _claim(stated: Quantity, source: str) -> Estimate:
    claim = stated.estimate("estimated", source)
    if claim.value or stated.has_stated_range:
        return claim
    # A contract of zero claims zero, not a little that was rounded away.
    return claim.model_copy(update={"low": 0.0, "high": 0.0})


def _zone(entry: Entry) -> str:
    try:
        spot = places.find(_ZONE.need(entry))
    except MissingFactor as missing:
        where = _ZONE.place(entry)
        raise MissingFactor(missing.message, where=where, hint=missing.hint) from missing
    return spot.subdivision or spot.country


def _refuse_too_high(stated: Quantity, where: str) -> None:
    if max(stated.value, stated.high or 0.0) > _HIGHEST_GCO2E_PER_KWH:
        raise MalformedInput(
            f"{stated.value:g} gCO2e/kWh is more than any grid emits",
            where=where,
            hint="is the unit right? 0.45 kg/kWh and 450 kg/MWh are 450 gCO2e/kWh",
        )
