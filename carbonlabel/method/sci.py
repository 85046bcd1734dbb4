"""I am the software carbon intensity: what a functional unit of a model emits."""

from __future__ import annotations


def score_gco2e(operational_gco2e: float, embodied_gco2e: float, functional_count: float) -> float:
    """Emissions in gCO2e of one functional unit: (O + M) per R, ISO/IEC 21031:2024.

    O is location-based, M the share of making the machines. For a provider R counts operations,
    training tokens or parameters, for a consumer units of use (Green Software Foundation, SCI for
    AI).

    >>> score_gco2e(operational_gco2e=6_000_000, embodied_gco2e=500_000, functional_count=50_000)
    130.0
    """
    return (operational_gco2e + embodied_gco2e) / functional_count
