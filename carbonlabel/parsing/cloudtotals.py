"""I am what a cloud provider says of a whole account: a ceiling for its runs, and no run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from carbonlabel.errors import InputError
from carbonlabel.model.units import SCALES

_NAMES = {"location": "location-based", "market": "market-based", "total": "in total"}


@dataclass(slots=True)
class Totals:
    """Emissions of every month, service and region of an export, added up."""

    emissions_gco2e: dict[str, float] = field(default_factory=dict)
    """By accounting: `location`, `market`, or `total` where the export does not say which."""
    months: set[str] = field(default_factory=set)
    """`2026-01`, as far as the export tells them."""

    def add(self, month: str | None, emissions_gco2e: Mapping[str, float | None]) -> None:
        """Add one row; None is no figure, and no zero."""
        if month:
            self.months.add(month[:7])
        for accounting, told_gco2e in emissions_gco2e.items():
            if told_gco2e is not None:
                known_gco2e = self.emissions_gco2e.get(accounting, 0.0)
                self.emissions_gco2e[accounting] = known_gco2e + told_gco2e

    def sentence(self) -> str:
        """`2026-01 to 2026-03: 12.3 kgCO2e location-based, 0 kgCO2e market-based`; or nothing."""
        shown = ", ".join(
            f"{told_gco2e / SCALES['gCO2e']['kgCO2e']:.6g} kgCO2e {_NAMES[accounting]}"
            for accounting, told_gco2e in self.emissions_gco2e.items()
        )
        when = " to ".join(sorted({min(self.months), max(self.months)})) if self.months else ""
        return ": ".join(part for part in (when, shown) if part)


def no_run(provider: str, totals: Callable[[], Totals], *, where: str, holds: str) -> InputError:
    """The error that says why an export of a provider labels no run, and what to do instead.

    `totals` reads them, `holds` says what they contain that a run's do not. Where the file cannot
    be read, the reason stands without them.
    """
    try:
        sums = totals().sentence()
    except InputError:
        sums = ""
    return InputError(
        f"{provider} gives monthly totals of an account, and no run: {holds}"
        + (f" ({sums})" if sums else ""),
        where=where,
        hint="read the log of the run's own tracker, or state energy or rated power and hours in "
        "a manual.yaml; hold these totals beside the label as a ceiling. Market-based 0 is a "
        "purchase of certificates, not zero emissions",
    )
