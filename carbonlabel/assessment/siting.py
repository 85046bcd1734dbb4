"""I resolve where runs took place: who says so, which grid figure answers, and which PUE."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from carbonlabel.assessment.citations import Citations
from carbonlabel.assessment.runs import Batch
from carbonlabel.assessment.waterfactors import ewif, published_wue
from carbonlabel.errors import MissingFactor
from carbonlabel.factors import doubts, efficiency, grid, places
from carbonlabel.method.digits import nine
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.provenance import Finding
from carbonlabel.model.region import Place, Region

_LATEST: Final = 9999
_COUNTRY_CODE: Final = re.compile(r"[A-Z]{2}(?![A-Za-z0-9_])")
_PRINTED_DIGITS: Final = 2


@dataclass(slots=True)
class Site:
    """A place on its way to becoming a region: what the user said, and what the log said."""

    batch: Batch
    place: Place
    at: str
    """JSON pointer of the activity."""
    citations: Citations
    findings: list[Finding] = field(default_factory=list)

    def region(self) -> Region:
        """The region with its factors.

        Raises:
            MissingFactor: the user named a place that the tables do not know.
            InputError: the user's grid series does not fit the runs.
        """
        told = places.find(self.place.code) if self.place.code else None
        logged = self._logged()
        if told and logged and not _agree(told, logged):
            self._note_disagreement(told, logged)
        spot = told or logged or self._of_series()
        grid_figure = self._from_series(spot) or self._stated() or self._from_table(spot)
        return Region(
            country=(spot.subdivision or spot.country) if spot else None,
            site=self.place.site or (spot.code if spot and spot.provider else None),
            given_by=self._given_by(told, logged),
            zone=grid_figure.zone,
            scope=grid_figure.scope,
            accounting=grid_figure.accounting,
            intensity=grid_figure.intensity,
            pue=self._pue(spot),
            wue=self._wue(spot),
            ewif=self._ewif(spot),
        )

    def _logged(self) -> places.Spot | None:
        run = self.batch.runs[0]
        provider, _, region = (run.cloud or "").partition("/")
        spot = places.region_of(provider, region) if region else None
        if region and spot is None:
            self._note_cloud(run.cloud or "")
        return spot or (places.country_of(run.country, run.subdivision) if run.country else None)

    def _given_by(
        self, told: places.Spot | None, logged: places.Spot | None
    ) -> Literal["user", "log", "nobody"]:
        if told or self.place.intensity or self.place.series:
            return "user"
        return "log" if logged else "nobody"

    def _of_series(self) -> places.Spot | None:
        """The country of the user's grid series, whose zone begins with its code."""
        series = self.place.series
        code = _COUNTRY_CODE.match(series.zone or "") if series else None
        return places.country_of(code[0]) if code else None

    def _from_series(self, spot: places.Spot | None) -> _Grid | None:
        series = self.place.series
        if series is None:
            return None
        measured = self._of_series()
        if measured and spot and measured.country != spot.country:
            self._note_elsewhere(measured, spot)
        from carbonlabel.assessment import hourly  # noqa: PLC0415 - few give a series

        found = hourly.hourly(self.batch, series, self.at)
        self.findings += found.findings
        self.citations.take({hourly.KEY: series.input}, {})
        return _Grid(series.zone or "stated", series.scope, series.accounting, found.intensity)

    def _stated(self) -> _Grid | None:
        stated = self.place.intensity
        if stated is None:
            return None
        if stated.low is None:
            # A typed grid factor is an annual mean like those of the table, and as far off.
            ratio = doubts.grid_factor_ratio(self._age(stated.year or self._year))
            stated = stated.model_copy(update=_ends(stated.value, ratio))
        return _Grid("stated", self.place.scope, self.place.accounting, stated)

    def _from_table(self, spot: places.Spot | None) -> _Grid:
        if spot is None:
            return self._world()
        figure = grid.intensity(spot.zones, self._year)
        if figure is None:
            raise MissingFactor(
                f"no grid intensity of {spot.name} is known near {self._year}",
                hint="state one: a region.yaml with intensity: {value, year, scope, source}",
            )
        if self.batch.year is None and self.place.year is None:
            self._note_no_date(figure)
        elif figure.year != self._year:
            self._note_age(figure)
        if spot.subdivision and figure.zone == spot.country:
            self._note_coarse(spot)
        ratio = doubts.grid_factor_ratio(self._age(figure.year))
        value = figure.intensity_gco2e_per_kwh
        return self._grid(figure, "estimated", _ends(value, ratio))

    def _world(self) -> _Grid:
        figure = grid.world(self._year)
        low, high = grid.world_ends_gco2e_per_kwh()
        self.findings.append(
            Finding(
                code="place-unknown",
                severity="warning",
                place=f"{self.at}/region",
                message="Nobody says where the runs took place: the world mean was used.",
                suggestion="--region FR, US-CA or gcp/europe-west1",
            )
        )
        return self._grid(figure, "assumed", {"low": low, "high": high})

    def _grid(self, figure: grid.GridFigure, basis: Basis, ends: dict[str, float]) -> _Grid:
        intensity = Estimate(
            value=figure.intensity_gco2e_per_kwh,
            low=ends["low"],
            high=ends["high"],
            unit="gCO2e/kWh",
            basis=basis,
            year=figure.year,
            source=self.citations.cite(figure.source),
        )
        return _Grid(figure.zone, figure.scope, figure.accounting, intensity)

    def _pue(self, spot: places.Spot | None) -> Estimate | Missing:
        if isinstance(self.place.pue, Missing):
            return self.place.pue
        if self.place.pue is not None:
            return _dated(self.place.pue, self.batch.year)
        logged = self.batch.runs[0].pue
        if isinstance(logged, Estimate) and logged.basis != "assumed":
            return _dated(self._from_log(logged), self.batch.year)
        return self._published_pue(spot) or self._no_pue(logged)

    def _from_log(self, quantity: Estimate) -> Estimate:
        from carbonlabel.parsing.quantities import quantity as typed_figure  # noqa: PLC0415 - few say a PUE

        run = self.batch.runs[0]
        key = self.citations.key_of(run, quantity.source or "log")
        unit = "" if quantity.unit == "ratio" else f" {quantity.unit}"
        typed = typed_figure(f"{quantity.value!r}{unit}", quantity.unit, where=key)
        # No facility takes less than its IT: half a unit below a typed 1.0 is 1.0.
        least = 1.0 if quantity.unit == "ratio" else 0.0
        ends = {"low": max(least, typed.low or least), "high": typed.high}
        return quantity.model_copy(update={"source": key, **ends})

    def _published_pue(self, spot: places.Spot | None) -> Estimate | None:
        if spot is None or spot.provider is None:
            return None
        if spot.pue_ratio is not None and spot.pue_source is not None:
            low, high = efficiency.published_ends_ratio(spot.pue_ratio)
            pue = efficiency.Pue(spot.pue_ratio, low, high, spot.pue_year or 0, spot.pue_source)
        else:
            fleet = efficiency.fleet_pue(spot.provider, self._year)
            if fleet is None:
                return None
            pue = fleet
        return Estimate(
            value=pue.ratio,
            low=nine(pue.low_ratio),
            high=nine(pue.high_ratio),
            unit="ratio",
            basis="estimated",
            year=pue.year or None,
            source=self.citations.cite(pue.source),
        )

    def _no_pue(self, logged: Estimate | Missing) -> Missing:
        if isinstance(logged, Missing):
            return logged
        return Missing(
            missing="not-stated",
            reason=f"the PUE of the site is not stated ({logged.value:g} is "
            f"{self.batch.tracker}'s constant, not a statement)",
        )

    def _wue(self, spot: places.Spot | None) -> Estimate | Missing:
        if self.place.wue is not None:
            return _dated(self.place.wue, self.batch.year)
        logged = self.batch.runs[0].wue
        if isinstance(logged, Estimate):
            return self._from_log(logged)
        published = published_wue(spot, self._year, self.citations)
        if published is not None:
            return published
        if self.place.inputs:
            return Missing(missing="not-stated", reason="not in region.yaml")
        return logged

    def _ewif(self, spot: places.Spot | None) -> Estimate | Missing:
        found = ewif(self.place, spot, self._year, self.citations)
        if self.place.ewif is None or isinstance(found, Missing):
            return found
        return _dated(found, self.batch.year)

    @property
    def _year(self) -> int:
        return self.place.year or self.batch.year or grid.world(_LATEST).year

    def _age(self, year: int) -> int:
        known = self.place.year or self.batch.year
        # Of runs without a date the grid may be as old as the table's doubts reach.
        return abs(known - year) if known else doubts.AGES[-1]

    def _note_cloud(self, logged: str) -> None:
        self.findings.append(
            Finding(
                code="cloud-region-unknown",
                severity="warning",
                place=f"{self.at}/region",
                message="The log names a cloud region that is in no table: its country counts.",
                found=logged,
                suggestion="--region with a region of carbonlabel list regions",
            )
        )

    def _note_no_date(self, figure: grid.GridFigure) -> None:
        self.findings.append(
            Finding(
                code="year-not-known",
                severity="warning",
                place=f"{self.at}/region/intensity",
                message="Nothing says when the runs take place: the newest grid figure "
                f"counts, that of {figure.year}.",
            )
        )

    def _note_age(self, figure: grid.GridFigure) -> None:
        newer = figure.year > self._year
        several = len(self.batch.runs) > 1
        self.findings.append(
            Finding(
                code="intensity-newer-than-run" if newer else "intensity-older-than-run",
                severity="note",
                place=f"{self.at}/region/intensity",
                message=f"The {'nearest' if newer else 'newest'} figure for {figure.zone} is of "
                f"{figure.year}; the {'runs are' if several else 'run is'} of {self._year}.",
                expected=str(self._year),
                found=str(figure.year),
            )
        )

    def _note_coarse(self, spot: places.Spot) -> None:
        whole = places.find(spot.country).name
        self.findings.append(
            Finding(
                code="intensity-of-the-country",
                severity="warning",
                place=f"{self.at}/region/intensity",
                message=f"Of {spot.name} alone no grid factor is known: that of {whole} counts, "
                "and a part of a country may be far from it.",
                expected=spot.subdivision,
                found=spot.country,
                suggestion="--grid FILE with the series of its grid, "
                "or an intensity in region.yaml",
            )
        )

    def _note_elsewhere(self, measured: places.Spot, spot: places.Spot) -> None:
        self.findings.append(
            Finding(
                code="series-elsewhere",
                severity="warning",
                place=f"{self.at}/region/zone",
                message="The grid series is of another country than the runs; it counts.",
                expected=spot.country,
                found=measured.country,
                suggestion="give the series of the grid that feeds the machines",
            )
        )

    def _note_disagreement(self, told: places.Spot, logged: places.Spot) -> None:
        self.findings.append(
            Finding(
                code="region-differs-from-log",
                severity="warning",
                place=f"{self.at}/region",
                message="The place that was named is not the one in the log; the named one counts.",
                expected=logged.code,
                found=told.code,
            )
        )


class _Grid(NamedTuple):
    zone: str
    scope: Literal["lifecycle", "direct"]
    accounting: Literal["production", "consumption"]
    intensity: Estimate


def _agree(told: places.Spot, logged: places.Spot) -> bool:
    # A country and a state or a cloud region inside it say the same thing, one more finely.
    if told.country != logged.country:
        return False
    both_cloud = told.provider and logged.provider
    both_state = told.subdivision and logged.subdivision
    same_state = not both_state or told.subdivision == logged.subdivision
    return same_state and (not both_cloud or told.code == logged.code)


def _ends(value: float, ratio: float) -> dict[str, float]:
    return {
        "low": round(value / ratio, _PRINTED_DIGITS),
        "high": round(value * ratio, _PRINTED_DIGITS),
    }


def _dated(quantity: Estimate, year: int | None) -> Estimate:
    """A statement about the site is of the year of the runs, unless it says another."""
    known = quantity.year is not None or year is None
    return quantity if known else quantity.model_copy(update={"year": year})
