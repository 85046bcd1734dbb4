"""I read region.yaml: the place of the runs, with what its owner knows of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, cast

from carbonlabel.errors import MalformedInput, MissingFactor
from carbonlabel.factors import places
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.provenance import Input, Source
from carbonlabel.model.region import Accounting, Place, Scope
from carbonlabel.parsing import yamlfile
from carbonlabel.parsing.fields import Amount, Choice, Field, Record, Schema, Words, Year, published
from carbonlabel.parsing.quantities import Quantity, quantity
from carbonlabel.parsing.yamlfile import Entry, Node, Text
from carbonlabel.readers.region.contracts import INSTRUMENTS, RESIDUAL, cited, contracts, residual

KEY: Final = "region"
"""The key of `inputs` under which the file is cited."""
TYPED: Final = "typed"
"""The key of `sources` for what was typed on the command line."""
_BY_FLAG: Final = "stated on the command line"
NOT_COUNTED: Final = "not counted"
"""What stands for a PUE that is known to be left out."""

_HIGHEST_PUE_RATIO: Final = 3.0
_HIGHEST_INTENSITY_GCO2E_PER_KWH: Final = 1500.0


_COUNTED = Field(
    "counted",
    Choice({"yes": "yes", "no": "no", "true": "yes", "false": "no"}),
    "no: the PUE is known, but cooling stays under Left out, with what this PUE would add.",
)


@dataclass(frozen=True, slots=True)
class _Pue:
    """What is said of a PUE."""

    ratio: Quantity | None
    is_counted: bool


class _PueKind:
    """A ratio, counted or not, or the statement that cooling and overhead are not counted."""

    amount: Final = Amount("ratio")
    mapping: Final = Record((*Amount("ratio").fields(), _COUNTED))

    def read(self, node: Node) -> _Pue:
        """The PUE, and whether it is counted."""
        if isinstance(node, Text) and node.text.strip() == NOT_COUNTED:
            return _Pue(None, is_counted=False)
        if not isinstance(node, Entry):
            return _Pue(self.amount.read(node), is_counted=True)
        entry = self.mapping.read(node)
        return _Pue(self.amount.within(entry), is_counted=_COUNTED.of(entry) != "no")

    def schema(self) -> Schema:
        """A quantity, or the words."""
        text, number, _ = cast("list[Schema]", self.amount.schema()["anyOf"])
        return {"anyOf": [{"const": NOT_COUNTED}, text, number, self.mapping.schema()]}


# A grid factor without a range gets that of the annual factors, which the run's year widens.
_FACTOR: Final = Amount("gCO2e/kWh", implied_range=False)
_YEAR = Field("year", Year(), "The year that the figure describes.")
_SCOPE = Field(
    "scope",
    Choice({"lifecycle": "lifecycle", "direct": "direct"}),
    "lifecycle, with fuel and building of the plants; or direct, from their stacks only.",
    is_required=True,
)
_ACCOUNTING = Field(
    "accounting",
    Choice({"production": "production", "consumption": "consumption"}),
    "Of what the zone generates (production, where it is not said) or of what it consumes.",
)
INTENSITY: Final = Record((*_FACTOR.fields(), _YEAR, _SCOPE, _ACCOUNTING))
_COUNTRY = Field("country", Words(), "ISO 3166-1 (FR) or 3166-2 (US-CA) code.")
_PROVIDER = Field(
    "provider",
    Words(r"^\s*[A-Za-z]+/[A-Za-z0-9-]+\s*$", "like gcp/europe-west1"),
    "A cloud region such as gcp/europe-west1, instead of country.",
)
_SITE = Field("site", Words(), "Name of the site, for the reader.")
_PUE = Field("pue", _PueKind(), "Facility energy ÷ IT energy, 1 to 3; or: not counted.")
_WUE = Field("wue", Amount("L/kWh"), "On-site water for each kWh of IT energy: 0.3 L/kWh.")
# A factor without a range gets that of the shipped table.
_EWIF = Field(
    "ewif",
    Amount("L/kWh", implied_range=False),
    "Off-site water of the electricity for each kWh taken, instead of the shipped table's.",
)
_INTENSITY = Field(
    "intensity",
    INTENSITY,
    "Location-based average intensity of the electricity, instead of the shipped table's.",
)
FILE: Final = Record(
    (_COUNTRY, _PROVIDER, _SITE, _PUE, _WUE, _EWIF, _INTENSITY, INSTRUMENTS, RESIDUAL)
)


def schema() -> Schema:
    """The JSON Schema of region.yaml."""
    return published(FILE, "region", "Place of the runs")


def load_place(log: Log) -> Place:
    """What region.yaml says of the place; basis estimated, years left to the assessment.

    A key that is not there is not said. What the file cites for a figure becomes a source of its
    own: `region-pue`, `region-wue`, `region-ewif`, `region-intensity`, `region-residual`.

    Raises:
        InputError: the file is not what it should be.
        MissingFactor: nobody knows the country or the cloud region.
    """
    top = FILE.read(yamlfile.load(log))
    wue, ewif = _WUE.of(top), _EWIF.of(top)
    factor = _INTENSITY.of(top)
    return Place(
        code=_code(top),
        site=_SITE.of(top),
        pue=_pue(top),
        uncounted_pue=_uncounted(top),
        wue=wue.estimate("estimated", _key("wue", wue.source)) if wue else None,
        ewif=ewif.estimate("estimated", _key("ewif", ewif.source)) if ewif else None,
        instruments=contracts(top),
        residual=residual(top),
        intensity=_intensity(factor) if factor else None,
        scope=_scope(factor),
        accounting=_accounting(factor),
        inputs={KEY: Input(file=log.name, sha256=log.sha256, format="region")},
        sources={**_sources(top, factor), **cited(top)},
    )


def _code(top: Entry) -> str | None:
    """The code of the place, as the shipped tables write it."""
    given = [each for each in (_COUNTRY, _PROVIDER) if each.of(top) is not None]
    if not given:
        return None
    if len(given) > 1:
        raise MalformedInput(
            "country and provider both name the place",
            where=_PROVIDER.place(top),
            hint="leave country out: the cloud region says it",
        )
    try:
        return places.find(given[0].need(top)).code
    except MissingFactor as missing:
        where = given[0].place(top)
        raise MissingFactor(missing.message, where=where, hint=missing.hint) from missing


def with_pue(place: Place, text: str, *, where: str) -> Place:
    """The place with the PUE that was typed: a ratio, or `not counted`.

    Raises:
        MalformedInput: it is no PUE.
    """
    if text.strip() == NOT_COUNTED:
        missing = Missing(missing="not-stated", reason="not counted, by choice")
        return replace(place, pue=missing)
    pue = _ratio(quantity(text, "ratio", where=where), where, TYPED)
    return replace(place, pue=pue, sources={**place.sources, TYPED: Source(title=_BY_FLAG)})


def _pue(top: Entry) -> Estimate | Missing | None:
    stated = _PUE.of(top)
    if stated is None:
        return None
    if stated.is_counted:
        return _told_ratio(top, stated)
    known = f" of {stated.ratio.value:g}" if stated.ratio else ""
    return Missing(missing="not-stated", reason=f"the PUE{known} is stated as not counted")


def _uncounted(top: Entry) -> Estimate | None:
    stated = _PUE.of(top)
    return None if stated is None or stated.is_counted else _told_ratio(top, stated)


def _told_ratio(top: Entry, stated: _Pue) -> Estimate | None:
    if stated.ratio is None:
        return None
    return _ratio(stated.ratio, _PUE.place(top), _key("pue", stated.ratio.source))


def _ratio(stated: Quantity, where: str, source: str) -> Estimate:
    if not 1 <= stated.value <= _HIGHEST_PUE_RATIO:
        raise MalformedInput(
            f"{stated.value:g} is no PUE",
            where=where,
            hint="facility energy ÷ IT energy is 1 to 3",
        )
    estimate = stated.estimate("estimated", source)
    # No facility takes less than its IT: half a unit below a typed 1.0 is 1.0.
    return estimate.model_copy(update={"low": max(1.0, stated.low or 1.0)})


def _intensity(factor: Entry) -> Estimate:
    stated = _FACTOR.within(factor)
    if max(stated.value, stated.high or 0) > _HIGHEST_INTENSITY_GCO2E_PER_KWH:
        raise MalformedInput(
            f"{stated.value:g} gCO2e/kWh is more than any grid emits",
            where=factor.where,
            hint="is the unit right? 0.45 kg/kWh and 450 kg/MWh are 450 gCO2e/kWh",
        )
    estimate = stated.estimate("estimated", _key("intensity", stated.source))
    return estimate.model_copy(update={"year": _YEAR.of(factor)})


def _scope(factor: Entry | None) -> Scope:
    return cast("Scope", _SCOPE.need(factor)) if factor else "lifecycle"


def _accounting(factor: Entry | None) -> Accounting:
    stated = _ACCOUNTING.of(factor) if factor else None
    return cast("Accounting", stated or "production")


def _key(figure: str, cited: str | None) -> str:
    return f"{KEY}-{figure}" if cited else KEY


def _sources(top: Entry, factor: Entry | None) -> dict[str, Source]:
    """What the file cites, by the key that its figures cite."""
    pue = _PUE.of(top)
    cited = {
        "pue": _title(pue.ratio if pue else None),
        "wue": _title(_WUE.of(top)),
        "ewif": _title(_EWIF.of(top)),
        "intensity": _title(_FACTOR.within(factor) if factor else None),
    }
    return {_key(figure, title): Source(title=title) for figure, title in cited.items() if title}


def _title(stated: Quantity | None) -> str | None:
    return stated.source if stated else None
