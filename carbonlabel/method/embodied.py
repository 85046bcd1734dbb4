"""I share out what making a device cost over its life."""

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
