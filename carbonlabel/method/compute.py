"""I count the floating-point operations of a training, and say how well the machines did them."""

from __future__ import annotations


def device_time_s(device_count: float, share_ratio: float, used_s: float) -> float:
    """Time in s summed over devices: count × share of each × time in use.

    >>> device_time_s(device_count=4, share_ratio=1, used_s=36_000)
    144000
    """
    return device_count * share_ratio * used_s


def training_flop(each_flop: float, parameter_count: float, token_count: float) -> float:
    """Operations of training a transformer: 6 for each parameter and token.

    Kaplan et al. (2020), arXiv:2001.08361, section 2.1: 2 for the forward pass, a multiplication
    and an addition, and twice that for the backward. The parameters are those that work on one
    token; attention over the context is not in it.

    >>> training_flop(each_flop=6, parameter_count=7e9, token_count=4e12)
    1.68e+23
    """
    return each_flop * parameter_count * token_count


def hardware_flop(device_s: float, peak_flop_per_s: float, utilisation_ratio: float) -> float:
    """Operations that machines did: device time × peak × utilisation.

    >>> hardware_flop(device_s=144_000, peak_flop_per_s=312e12, utilisation_ratio=0.5)
    2.2464e+19
    """
    return device_s * peak_flop_per_s * utilisation_ratio


def utilisation_ratio(work_flop: float, device_s: float, peak_flop_per_s: float) -> float:
    """Model FLOP utilisation (MFU), 0 to 1: operations ÷ (device time × peak).

    Chowdhery et al. (2022), arXiv:2204.02311, section 4.1 and appendix B.

    >>> utilisation_ratio(work_flop=2.2464e19, device_s=144_000, peak_flop_per_s=312e12)
    0.5
    """
    return work_flop / (device_s * peak_flop_per_s)
