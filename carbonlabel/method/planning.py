"""I am what machines take by their rated power, and how long a counted work takes them."""

from __future__ import annotations

from carbonlabel.model.units import kwh_from_watt_seconds


def rated_energy_kwh(device_count: float, power_w: float, used_s: float) -> float:
    """Energy in kWh of some devices: count × power × time.

    Lacoste et al. (2019), arXiv:1910.09700; the power is the rated one, or a part of it.

    >>> rated_energy_kwh(device_count=4, power_w=300, used_s=36_000)
    12.0
    """
    return device_count * kwh_from_watt_seconds(power_w, used_s)


def needed_device_s(work_flop: float, peak_flop_per_s: float, utilisation_ratio: float) -> float:
    """Device time in s of some operations: operations ÷ (peak × utilisation).

    Sevilla et al. (2022), arXiv:2202.05924, the hardware method, solved for the time.

    >>> needed_device_s(work_flop=2.2464e19, peak_flop_per_s=312e12, utilisation_ratio=0.5)
    144000.0
    """
    return work_flop / (peak_flop_per_s * utilisation_ratio)


def memory_power_w(module_count: float, module_w: float) -> float:
    """Power in W of a memory: modules × power of one.

    >>> memory_power_w(module_count=8, module_w=3)
    24
    """
    return module_count * module_w
