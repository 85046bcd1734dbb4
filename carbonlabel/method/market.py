"""I share contracts for electricity out among runs, and say what the electricity emits by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Distances = Sequence[Sequence[int | None]]
"""For each contract and each run how far they are apart, from 0; None where it does not fit."""


class Allotment(NamedTuple):
    """What one run has of one contract, in kWh."""

    used_kwh: float
    """What covers the run's electricity."""
    spare_kwh: float = 0.0
    """What nobody needs of the contract, and would cover more if the run had taken more."""


@dataclass(slots=True)
class _Pool:
    needs_kwh: list[float]
    left_kwh: list[float]
    used_kwh: list[list[float]]


def shared_out(
    energies_kwh: Sequence[float], contracts_kwh: Sequence[float], distances: Distances
) -> tuple[tuple[Allotment, ...], ...]:
    """For each contract what each run has of it: the nearest first, each kWh once.

    Runs equally near share a contract in proportion to what they still need; contracts equally near
    are used in their order. GHG Protocol Scope 2 Guidance (2015), chapter 7: an instrument is
    claimed once, and for no more than was consumed.

    >>> [[each.used_kwh for each in of] for of in shared_out([30, 10], [20, 50], [[0, 0], [0, 1]])]
    [[15.0, 5.0], [15.0, 5.0]]
    """
    pool = _Pool(
        list(energies_kwh), list(contracts_kwh), [[0.0] * len(energies_kwh) for _ in contracts_kwh]
    )
    found = (each for row in distances for each in row if each is not None)
    for distance in sorted(set(found)):
        for number, row in enumerate(distances):
            _give(pool, number, [place for place, each in enumerate(row) if each == distance])
    return tuple(
        tuple(_allotments(used_kwh, energies_kwh, left_kwh))
        for used_kwh, left_kwh in zip(pool.used_kwh, pool.left_kwh, strict=True)
    )


def _give(pool: _Pool, number: int, runs: Sequence[int]) -> None:
    needed_kwh = sum(pool.needs_kwh[run] for run in runs)
    if needed_kwh <= 0:
        return
    given_ratio = min(1.0, pool.left_kwh[number] / needed_kwh)
    for run in runs:
        given_kwh = pool.needs_kwh[run] * given_ratio
        pool.used_kwh[number][run] += given_kwh
        pool.needs_kwh[run] -= given_kwh
        pool.left_kwh[number] = max(0.0, pool.left_kwh[number] - given_kwh)


def _allotments(
    used_kwh: Sequence[float], energies_kwh: Sequence[float], left_kwh: float
) -> Iterator[Allotment]:
    spares = spare_kwh(used_kwh, energies_kwh, left_kwh)
    return (Allotment(used, spare) for used, spare in zip(used_kwh, spares, strict=True))


def spare_kwh(
    used_kwh: Sequence[float], energies_kwh: Sequence[float], left_kwh: float
) -> tuple[float, ...]:
    """What each run would have of what is left of a contract: by energy, where it uses some.

    >>> spare_kwh([30, 10, 0], [30, 10, 5], 20)
    (15.0, 5.0, 0.0)
    """
    pairs = list(zip(used_kwh, energies_kwh, strict=True))
    using_kwh = sum(energy for used, energy in pairs if used)
    return tuple(left_kwh * (energy / using_kwh) if used else 0.0 for used, energy in pairs)


def covered_kwh(energy_kwh: float, allotments: Sequence[Allotment]) -> tuple[float, ...]:
    """What each contract covers of an energy in kWh: never more than all of it together.

    >>> covered_kwh(18, [Allotment(10), Allotment(4)])
    (10.0, 4.0)
    >>> covered_kwh(7, [Allotment(10), Allotment(4)])
    (5.0, 2.0)
    >>> covered_kwh(18, [Allotment(10, 3), Allotment(4, 3)])
    (13, 5)
    """
    used_kwh = sum(each.used_kwh for each in allotments)
    if used_kwh >= energy_kwh:
        ratio = energy_kwh / used_kwh if used_kwh > energy_kwh else 1
        return tuple(each.used_kwh * ratio for each in allotments)
    covered: list[float] = []
    open_kwh = energy_kwh - used_kwh
    for each in allotments:
        more_kwh = min(each.spare_kwh, open_kwh)
        open_kwh -= more_kwh
        covered.append(each.used_kwh + more_kwh)
    return tuple(covered)


def market_based(
    energy_kwh: float,
    covered: Sequence[tuple[float, float]],
    rest_gco2e_per_kwh: float,
) -> float:
    """Emissions in gCO2e by contract: Σ covered kWh × its intensity + rest × that of the rest.

    `covered` holds kWh and gCO2e/kWh of each contract. Market-based method of the GHG Protocol
    Scope 2 Guidance (2015), chapter 6; the rest is that of the residual mix.

    >>> market_based(18, [(10, 0), (4, 100)], 500)
    2400
    """
    contracted = sum(energy * intensity for energy, intensity in covered)
    rest_kwh = max(0, energy_kwh - sum(energy for energy, _ in covered))
    return contracted + rest_kwh * rest_gco2e_per_kwh
