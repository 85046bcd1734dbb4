"""I hold factors to what is physically or practically possible, whoever stated them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.provenance import Finding
from carbonlabel.model.units import seconds_from_years, years_from_seconds
from carbonlabel.rules import slips
from carbonlabel.rules.comparison import said, shown, slip
from carbonlabel.rules.rows import activities


class Band(NamedTuple):
    """Where a factor can lie, and where it usually lies."""

    code: str
    name: str
    possible: tuple[float, float]
    """Outside of it stands an error."""
    usual: tuple[float, float]
    """Outside of it stands a warning."""
    suggestion: str
    """What to do about it."""
    likely: tuple[float, float] | None = None
    """A slip of units is believed only if it leads in here; None where no unit can slip."""

    def findings(self, place: str, value: float, unit: str) -> Iterator[Finding]:
        """One finding where the value lies outside."""
        impossible = not _within(value, self.possible)
        if not impossible and _within(value, self.usual):
            return
        low, high = self.possible if impossible else self.usual
        yield Finding(
            code=self.code,
            severity="error" if impossible else "warning",
            place=place,
            message=said(f"{self.name} is not plausible", self._slip(value)),
            expected=f"{shown(low, unit)} to {shown(high, unit)}",
            found=shown(value, unit),
            suggestion=self.suggestion,
        )

    def _slip(self, value: float) -> str | None:
        likely = self.likely
        if likely is None:
            return None
        return slip(value, lambda other: _within(other, likely), kinds=slips.INTENSITY)


_LIKELY_INTENSITY: Final = (10.0, 1300.0)
INTENSITY: Final = Band(
    code="intensity-out-of-band",
    name="The grid intensity",
    possible=(0, 1500),
    usual=(1, 1500),
    suggestion="state it in gCO2e/kWh; a contract of the operator's is no grid intensity",
    likely=_LIKELY_INTENSITY,
)
RESIDUAL: Final = INTENSITY._replace(
    name="The residual mix",
    suggestion="state what the market's issuing body publishes; a contract belongs under "
    "instruments",
)
CONTRACT: Final = INTENSITY._replace(
    name="The intensity of a contract",
    usual=(0, 1500),
    suggestion="state it in gCO2e/kWh",
)
PUE: Final = Band(
    code="pue-out-of-band",
    name="The PUE",
    possible=(1, 3),
    usual=(1, 3),
    suggestion="PUE is facility energy ÷ IT energy over a year",
)
WUE: Final = Band(
    code="wue-out-of-band",
    name="The WUE",
    possible=(0, 10),
    usual=(0, 10),
    suggestion="WUE is litres on site for each kWh of IT energy",
    likely=(0.1, 3),
)
EWIF: Final = Band(
    code="ewif-out-of-band",
    name="The off-site water of the electricity",
    possible=(0, 500),
    usual=(0, 70),
    suggestion="EWIF is litres consumed at power plants for each kWh",
    likely=(0.1, 30),
)
LIFETIME: Final = Band(
    code="lifetime-out-of-band",
    name="The lifetime of a machine",
    possible=(0, float("inf")),
    usual=(seconds_from_years(1), seconds_from_years(10)),
    suggestion="say in hardware.yaml how many years the machine stays in use",
)
TRACKER_INTENSITY: Final = Band(
    code="tracker-intensity-out-of-band",
    name="The grid intensity behind the tracker's own figure",
    possible=(0, float("inf")),
    usual=(1, 1500),
    suggestion="the tracker's emissions are shown for comparison only; do not quote them",
    likely=_LIKELY_INTENSITY,
)


def bands(disclosure: Disclosure) -> Iterator[Finding]:
    """Intensities, PUE, WUE, EWIF and lifetimes lie where such figures can lie."""
    for at, activity in activities(disclosure):
        region = activity.region
        yield from _held(INTENSITY, f"{at}/region/intensity", region.intensity)
        yield from _held(RESIDUAL, f"{at}/region/residual", region.residual)
        for number, each in enumerate(activity.instruments or ()):
            yield from _held(CONTRACT, f"{at}/instruments/{number}/intensity", each.intensity)
        yield from _held(PUE, f"{at}/region/pue", region.pue)
        yield from _held(WUE, f"{at}/region/wue", region.wue)
        yield from _held(EWIF, f"{at}/region/ewif", region.ewif)
        yield from _held(TRACKER_INTENSITY, f"{at}/reported/intensity", activity.reported.intensity)
        yield from _lifetimes(at, activity)


def _held(band: Band, place: str, quantity: Estimate | Missing | None) -> Iterator[Finding]:
    if isinstance(quantity, Estimate):
        yield from band.findings(place, quantity.value, quantity.unit)


def _lifetimes(at: str, activity: Activity) -> Iterator[Finding]:
    for number, device in enumerate(activity.hardware):
        if device.lifetime is not None:
            place = f"{at}/hardware/{number}/lifetime"
            for found in LIFETIME.findings(place, device.lifetime.value, "s"):
                years = years_from_seconds(device.lifetime.value)
                yield found.model_copy(
                    update={"expected": "1 to 10 years", "found": shown(years, "years")}
                )


def _within(value: float, band: tuple[float, float]) -> bool:
    return band[0] <= value <= band[1]
