"""I turn energy into the water that it consumed: on the site, and at the power plants."""

from __future__ import annotations


def on_site(it_energy_kwh: float, wue_l_per_kwh: float) -> float:
    """Water in L that the site consumed for cooling: IT energy × WUE, from ISO/IEC 30134-9.

    >>> on_site(it_energy_kwh=12, wue_l_per_kwh=0.5)
    6.0
    """
    return it_energy_kwh * wue_l_per_kwh


def off_site(energy_kwh: float, ewif_l_per_kwh: float) -> float:
    """Water in L that generating the electricity consumed: energy taken from the grid × EWIF.

    EWIF is the electricity water intensity factor of the World Resources Institute (Reig et al.,
    2020). With facility energy = IT energy × PUE, the two figures together are
    facility energy × (WUE ÷ PUE + EWIF).

    >>> off_site(energy_kwh=18, ewif_l_per_kwh=3.5)
    63.0
    """
    return energy_kwh * ewif_l_per_kwh
