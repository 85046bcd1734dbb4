"""I share out what making a device cost, in emissions and in minerals, over its life."""

from __future__ import annotations


def embodied(
    making_gco2e: float, device_count: float, share_ratio: float, used_s: float, lifetime_s: float
) -> float:
    """The part in gCO2e of making some devices that falls on the runs.

    Linear in the time used: ISO/IEC 21031 (SCI), term M = TE × TiR/EL × RR/ToR.

    >>> embodied(making_gco2e=150_000, device_count=2, share_ratio=1, used_s=1, lifetime_s=4)
    75000.0
    """
    return making_gco2e * device_count * share_ratio * used_s / lifetime_s


def depleted(
    minerals_kgsbeq: float,
    device_count: float,
    share_ratio: float,
    used_s: float,
    lifetime_s: float,
) -> float:
    """The part in kgSbeq of the minerals in some devices that falls on the runs.

    Abiotic depletion potential of elements (ADPe, CML), shared out like emissions are.

    >>> depleted(minerals_kgsbeq=0.004, device_count=2, share_ratio=1, used_s=1, lifetime_s=4)
    0.002
    """
    return minerals_kgsbeq * device_count * share_ratio * used_s / lifetime_s


def working_life(lifetime_s: float, utilisation_ratio: float) -> float:
    """The time in s that a device works in its life: lifetime × utilisation.

    Its idle time is then borne by its runs: Luccioni, Viguier, Ligozat (2022), BLOOM, take
    6 years × 0.85.

    >>> working_life(lifetime_s=1000, utilisation_ratio=0.85)
    850.0
    """
    return lifetime_s * utilisation_ratio
