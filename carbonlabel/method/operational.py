"""I turn energy into emissions, and IT energy into what cooling and overhead add."""

from __future__ import annotations


def operational(energy_kwh: float, intensity_gco2e_per_kwh: float) -> float:
    """Emissions of electricity in gCO2e: energy × grid intensity.

    Location-based method of the GHG Protocol Scope 2 Guidance (2015); term O of ISO/IEC 21031.

    >>> operational(energy_kwh=18, intensity_gco2e_per_kwh=450)
    8100
    """
    return energy_kwh * intensity_gco2e_per_kwh


def overhead(it_energy_kwh: float, pue_ratio: float) -> float:
    """Energy of cooling and overhead in kWh: IT energy × (PUE − 1), from ISO/IEC 30134-2.

    >>> overhead(it_energy_kwh=12, pue_ratio=1.5)
    6.0
    """
    return it_energy_kwh * (pue_ratio - 1)


def it_energy(facility_energy_kwh: float, pue_ratio: float) -> float:
    """IT energy in kWh that is inside a facility's energy: facility ÷ PUE, from ISO/IEC 30134-2.

    >>> it_energy(facility_energy_kwh=18, pue_ratio=1.5)
    12.0
    """
    return facility_energy_kwh / pue_ratio


def implied_intensity(emissions_gco2e: float, energy_kwh: float) -> float:
    """Grid intensity in gCO2e/kWh that a tracker must have used: its emissions ÷ its energy.

    >>> implied_intensity(emissions_gco2e=8100, energy_kwh=18)
    450.0
    """
    return emissions_gco2e / energy_kwh
