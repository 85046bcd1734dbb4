"""I hold market-based figures to the contracts behind them, and apart from what the grid emits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from carbonlabel.factors import markets
from carbonlabel.method.basis import weakest
from carbonlabel.method.market import market_based, spare_kwh
from carbonlabel.method.operational import operational
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.market import Instrument
from carbonlabel.model.provenance import Finding, Period
from carbonlabel.rules.comparison import Comparison, agree, shown
from carbonlabel.rules.dates import midyear
from carbonlabel.rules.rows import activities, known, rows_of
from carbonlabel.rules.sums import Sum, held


def method_separation(disclosure: Disclosure) -> Iterator[Finding]:
    """A market-based figure rests on listed contracts; zero needs contracts for all energy."""
    listed = any(each.instruments for each in disclosure.activities)
    for place, figure in _figures(disclosure):
        if not listed:
            yield _without_contract(place, figure)
    for at, activity in activities(disclosure):
        yield from _covers(at, activity)
        yield from _fits(at, activity)
    yield from _once(disclosure)


def arithmetic(disclosure: Disclosure) -> Iterator[Finding]:
    """Market-based emissions are Σ covered energy × contract + rest × residual mix."""
    for at, activity in activities(disclosure):
        for number, each in enumerate(activity.instruments or ()):
            yield from _claimed(f"{at}/instruments/{number}", each)
        if isinstance(activity.market, Estimate):
            yield from _worked(at, activity, activity.market)
    if disclosure.totals.market is not None:
        amounts = known(each.market for each in disclosure.activities)
        yield from held(Sum("market", disclosure.totals.market, amounts, cancels=True))


def _figures(disclosure: Disclosure) -> Iterator[tuple[str, Estimate]]:
    found = [(f"{at}/market", each.market) for at, each in activities(disclosure)]
    for place, figure in (*found, ("/totals/market", disclosure.totals.market)):
        if isinstance(figure, Estimate):
            yield place, figure


def _without_contract(place: str, figure: Estimate) -> Finding:
    return Finding(
        code="method-separation",
        severity="error",
        place=place,
        message="A market-based figure is declared and no contract is listed.",
        expected="the contracts under instruments, or no market-based figure",
        found=shown(figure.value, figure.unit),
        suggestion="list the contracts under instruments in region.yaml and assess again",
    )


def _energy_kwh(at: str, activity: Activity) -> float:
    taken = (row.part.energy for row in rows_of(at, activity) if row.is_electricity)
    return sum(each.value for each in known(taken))


def _covered_kwh(activity: Activity) -> float:
    return sum(each.energy.value for each in activity.instruments or ())


def _covers(at: str, activity: Activity) -> Iterator[Finding]:
    energy_kwh, covered_kwh = _energy_kwh(at, activity), _covered_kwh(activity)
    is_all = agree(covered_kwh, energy_kwh)
    if covered_kwh > energy_kwh and not is_all:
        yield Finding(
            code="method-separation",
            severity="error",
            place=f"{at}/instruments",
            message="The contracts cover more electricity than was taken.",
            expected=f"at most {shown(energy_kwh, 'kWh')}",
            found=shown(covered_kwh, "kWh"),
        )
    market = activity.market
    if isinstance(market, Estimate) and not market.value and energy_kwh and not is_all:
        yield Finding(
            code="method-separation",
            severity="error",
            place=f"{at}/market",
            message="A market-based figure of zero needs contracts for all of the electricity.",
            expected=f"contracts for {shown(energy_kwh, 'kWh')}",
            found=shown(covered_kwh, "kWh"),
        )


def _fits(at: str, activity: Activity) -> Iterator[Finding]:
    year = midyear(activity.period) if isinstance(activity.period, Period) else None
    country = activity.region.country
    for number, each in enumerate(activity.instruments or ()):
        if markets.apart(each.zone, each.vintage, country, year) is None:
            yield Finding(
                code="method-separation",
                severity="error",
                place=f"{at}/instruments/{number}",
                message="A contract is of another market than the runs, or more than a year away.",
                expected=f"{country} {year}",
                found=f"{each.zone} {each.vintage}",
            )


def _once(disclosure: Disclosure) -> Iterator[Finding]:
    """Parts of one contract are together no more than the contract."""
    for contract_kwh, used_kwh in _shared(disclosure):
        if used_kwh > contract_kwh and not agree(used_kwh, contract_kwh):
            yield Finding(
                code="method-separation",
                severity="error",
                place="/activities",
                message="Activities together claim more of a contract than it is for.",
                expected=f"at most {shown(contract_kwh, 'kWh')}",
                found=shown(used_kwh, "kWh"),
            )


def _shared(disclosure: Disclosure) -> Iterator[tuple[float, float]]:
    """What each contract of which parts are used is for, and how much of it is used, in kWh."""
    used: defaultdict[tuple[object, ...], float] = defaultdict(float)
    listed: defaultdict[tuple[object, ...], int] = defaultdict(int)
    whole: dict[tuple[object, ...], float] = {}
    for activity in disclosure.activities:
        parts = [each for each in activity.instruments or () if each.contract is not None]
        counts = Counter(map(_identity, parts))
        for each in parts:
            identity = _identity(each)
            # Two contracts that say the same are two, where one activity lists both.
            listed[identity] = max(listed[identity], counts[identity])
            used[identity] += each.energy.value
            whole[identity] = each.contract.value if each.contract else 0.0
    return ((whole[each] * listed[each], used[each]) for each in used)


def _identity(each: Instrument) -> tuple[object, ...]:
    contract_kwh = each.contract.value if each.contract else None
    return each.kind, each.zone, each.vintage, each.reference, each.intensity.value, contract_kwh


def spares_kwh(disclosure: Disclosure) -> dict[tuple[int, int], float]:
    """What would cover more of each listed contract had its activity taken more, in kWh.

    The keys are the places of activity and contract; what nobody uses of a contract is shared out
    among the activities that list it by their energy, as the assessment does.
    """
    spares: dict[tuple[int, int], float] = {}
    listed: defaultdict[tuple[object, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, activity in enumerate(disclosure.activities):
        seen: Counter[tuple[object, ...]] = Counter()
        for place, each in enumerate(activity.instruments or ()):
            identity = _identity(each)
            # The n-th of several that say the same is the n-th in every activity.
            listed[*identity, seen[identity]].append((number, place))
            seen[identity] += 1
    for places in listed.values():
        spares |= _spares_kwh(disclosure, places)
    return spares


def _spares_kwh(
    disclosure: Disclosure, places: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], float]:
    found = [disclosure.activities[number] for number, _ in places]
    parts = [(disclosure.activities[at].instruments or ())[place] for at, place in places]
    used = [each.energy.value for each in parts]
    whole = parts[0].contract or parts[0].energy
    energies = [_energy_kwh("", activity) for activity in found]
    left_kwh = max(0.0, whole.value - sum(used)) if parts[0].contract else 0.0
    return dict(zip(places, spare_kwh(used, energies, left_kwh), strict=True))


def _claimed(place: str, each: Instrument) -> Iterator[Finding]:
    yield from Comparison(
        code="market-mismatch",
        place=f"{place}/emissions",
        claim="What a contract emits is not its energy × its intensity",
        found=each.emissions.value,
        expected=operational(each.energy.value, each.intensity.value),
        unit="gCO2e",
        working=f"{shown(each.energy.value, 'kWh')} × {shown(each.intensity.value, 'gCO2e/kWh')}",
    ).findings()
    whole = each.contract
    if whole is not None and each.energy.value > whole.value:
        yield Finding(
            code="market-mismatch",
            severity="error",
            place=f"{place}/energy",
            message="More of a contract is used than it is for.",
            expected=f"at most {shown(whole.value, 'kWh')}",
            found=shown(each.energy.value, "kWh"),
        )


def _worked(at: str, activity: Activity, market: Estimate) -> Iterator[Finding]:
    region = activity.region
    rest = region.residual or region.intensity
    energy_kwh = _energy_kwh(at, activity)
    covered = [(each.energy.value, each.intensity.value) for each in activity.instruments or ()]
    yield from Comparison(
        code="market-mismatch",
        place=f"{at}/market",
        claim="The market-based emissions are not those of the contracts and of the rest",
        found=market.value,
        expected=market_based(energy_kwh, covered, rest.value),
        unit=market.unit,
        working=_working(energy_kwh, covered, rest),
    ).findings(activity)
    claims = [each.intensity.basis for each in activity.instruments or ()]
    allowed = weakest(market.basis, *claims)
    if allowed != market.basis:
        yield Finding(
            code="basis-too-strong",
            severity="error",
            place=f"{at}/market/basis",
            message="The market-based figure claims to be surer than the contracts behind it.",
            expected=allowed,
            found=market.basis,
        )


def _working(energy_kwh: float, covered: Sequence[tuple[float, float]], rest: Estimate) -> str:
    rest_kwh = max(0.0, energy_kwh - sum(kwh for kwh, _ in covered))
    pairs = (*covered, (rest_kwh, rest.value))
    return " + ".join(f"{shown(kwh, 'kWh')} × {shown(each, 'gCO2e/kWh')}" for kwh, each in pairs)
