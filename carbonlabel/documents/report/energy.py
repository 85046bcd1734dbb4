"""I show where the energy went, over which time, for what, and where the doubt comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from carbonlabel.documents import wording
from carbonlabel.documents.doubts import named
from carbonlabel.documents.graphs.bars import Bar, bars
from carbonlabel.documents.language import say as say_
from carbonlabel.documents.numbers import (
    NO_BREAK_SPACE,
    Reading,
    Scaled,
    decimal,
    figure_of,
    grouped,
    joined,
    percentages,
    reading,
    rounded,
    scaled,
    scaled_to,
    total,
    written,
)
from carbonlabel.documents.report import words
from carbonlabel.documents.report.blocks import Cell, Chart, Section, cells, table
from carbonlabel.documents.report.facts import of_label
from carbonlabel.documents.report.material import Material
from carbonlabel.documents.sums import Line, basis_of_sum, lines
from carbonlabel.model.disclosure import Activity, Doubt, PartName
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Stage
from carbonlabel.model.units import Unit

_MANUFACTURE: Final = "manufacture"
_SPLIT: Final = 2
_ALMOST: Final = Decimal("0.99")
_LITTLE: Final = Decimal("0.001")
_MOST_CAUSES: Final = 3
_NEAR: Final = Decimal("0.005")
_ROWS: Final = frozenset({"accelerators", "host", "computing"})


def components(material: Material) -> Section | None:
    """Each component's energy and what it emitted, as bars and as figures."""
    found = [each for each in lines(material.disclosure.activities) if each.part != _MANUFACTURE]
    known = [(each, _energy(each)) for each in found]
    told = [(line, energy) for line, energy in known if energy is not None]
    if not told:
        return None
    say = words.ENERGY
    like = scaled(max((energy for _, energy in told), key=lambda each: each.value), "kWh")
    drawn = bars(say["chart"], [_bar(line.part, energy, like) for line, energy in told])
    head = [say[key] for key in ("component", "energy", "energy range", "energy basis")]
    head += [say[key] for key in ("emissions", "emissions range", "basis")]
    rows = (_component(material, line, energy, like) for line, energy in known)
    has_range = any(energy.low is not None for _, energy in told)
    caption = say["caption" if has_range else "caption without"]
    return Section(
        "energy",
        words.TITLES["energy"],
        charts=(Chart(drawn, caption, table(say["chart"], head, rows, shape="components")),),
    )


def stages(material: Material) -> Section | None:
    """What the final model, the way to it and failed runs took; nothing where no log says it."""
    found = tuple(_stages(material.disclosure.activities))
    if not found:
        return None
    say = words.STAGES
    sums = {
        stage: _whole(each for each in found if each.stage == stage) for stage in _in_order(found)
    }
    mass = _alike("gCO2e", [each.emissions for each in sums.values()])
    energy = _alike("kWh", [each.energy for each in sums.values()])
    drawn = bars(
        say["chart"],
        [
            Bar(words.STAGE_NAMES[stage], Reading(each.emissions), mass(each.emissions))
            for stage, each in sums.items()
        ],
    )
    percents = _percents([each.emissions for each in sums.values()])
    rows = (
        cells(
            words.STAGE_NAMES[stage],
            str(each.runs),
            energy(each.energy),
            mass(each.emissions),
            share,
        )
        for (stage, each), share in zip(sums.items(), percents, strict=True)
    )
    head = [say[key] for key in ("for", "runs", "energy", "emissions", "share")]
    return Section(
        "stages",
        words.TITLES["stages"],
        lead=(say["lead"],),
        charts=(Chart(drawn, say["caption"], table(say["chart"], head, rows)),),
    )


def doubt(material: Material) -> Section | None:
    """Each source of doubt with its share and how far it moves the amount."""
    found: dict[str, list[Doubt]] = {}
    for each in material.disclosure.totals.doubt:
        found.setdefault(named(material.disclosure, each.of), []).append(each)
    # A share that the disclosure rounds to nothing is small, and no source is without doubt.
    shares = {
        name: total([decimal(each.share) for each in of]) or _LITTLE for name, of in found.items()
    }
    ordered = sorted(shares, key=lambda name: -shares[name])
    if len(ordered) < _SPLIT:
        return None
    say = words.DOUBT
    drawn = bars(
        say["chart"], [Bar(name, Reading(shares[name]), _percent(shares[name])) for name in ordered]
    )
    rows = (cells(name, _percent(shares[name]), _effect(found[name])) for name in ordered)
    head = (say["of"], say["share"], say["effect"])
    return Section(
        "doubt",
        words.TITLES["doubt"],
        charts=(Chart(drawn, say["caption"], table(say["chart"], head, rows, shape="three")),),
    )


def _effect(causes: Sequence[Doubt]) -> str:
    """How far each cause that goes by one name moves the amount alone; the first few."""
    told = (
        words.DOUBT["percents"].format(low=_ratio(each.low), high=_ratio(each.high))
        for each in causes[:_MOST_CAUSES]
        if each.low != each.high
    )
    return say_("; ").join(dict.fromkeys(told)) or words.DASH


def _bar(part: PartName, energy: Reading, like: Scaled) -> Bar:
    return Bar(words.COMPONENTS[part], energy, figure_of(scaled_to(energy, like)).text)


def _energy(line: Line) -> Reading | None:
    """The energy of a component over all activities, with the interval of one alone."""
    known = _known(line)
    if len(known) == 1:
        return reading(known[0])
    return Reading(total([decimal(each.value) for each in known])) if known else None


def _known(line: Line) -> list[Estimate]:
    parts = (part for each in line.activities for part in each.parts if part.part == line.part)
    return [part.energy for part in parts if isinstance(part.energy, Estimate)]


def _component(
    material: Material, line: Line, energy: Reading | None, like: Scaled
) -> tuple[Cell, ...]:
    """The energy in the unit of the largest; the emissions as the label has them."""
    name = words.COMPONENTS[line.part]
    emitted = of_label(material.face, line.part) or of_label(material.face, "electricity")
    if energy is None or line.amount is None or emitted is None:
        return (
            Cell(name),
            Cell(wording.BASES["not reported"]),
            Cell(),
            Cell(words.DASH),
            Cell(wording.BASES["not reported"]),
            Cell(),
            Cell(words.DASH),
        )
    used = figure_of(scaled_to(energy, like))
    basis = wording.BASES[basis_of_sum(_known(line))]
    return (
        *cells(name, used.text, used.range, basis),
        *cells(*emitted, wording.BASES[basis_of_sum(line.known)]),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What one stage has of one activity, or of all; in kWh and gCO2e."""

    stage: Stage
    runs: int
    energy: Decimal
    emissions: Decimal


def _stages(activities: Iterable[Activity]) -> Iterator[_Part]:
    for activity in activities:
        energy = _sum(part.energy for part in activity.parts if part.part in _ROWS)
        emissions = _sum(part.emissions for part in activity.parts if part.part != _MANUFACTURE)
        for stage, share in (activity.stages or {}).items():
            runs = (activity.stage_runs or {}).get(stage, 0)
            yield _Part(stage, runs, decimal(share) * energy, decimal(share) * emissions)


def _sum(quantities: Iterable[object]) -> Decimal:
    return total([decimal(each.value) for each in quantities if isinstance(each, Estimate)])


def _in_order(found: Sequence[_Part]) -> list[Stage]:
    seen = {each.stage for each in found}
    return [stage for stage in words.STAGE_NAMES if stage in seen]


def _whole(parts: Iterable[_Part]) -> _Part:
    found = list(parts)
    return _Part(
        found[0].stage,
        sum(each.runs for each in found),
        total([each.energy for each in found]),
        total([each.emissions for each in found]),
    )


def _percents(values: Sequence[Decimal]) -> list[str]:
    """Whole percents; above 99 and below 1 are said so, as no rounding hides the smaller."""
    whole = total(values)
    if not whole:
        return [words.DASH] * len(values)
    shares = [each / whole for each in values]
    if any(_ALMOST < each < 1 for each in shares):
        return [_beyond(each) for each in shares]
    return [joined(str(each), "%") for each in percentages([float(each) for each in values])]


def _beyond(share: Decimal) -> str:
    if _ALMOST < share < 1:
        return f">{NO_BREAK_SPACE}{joined('99', '%')}"
    return _percent(share)


def _alike(unit: Unit, values: Sequence[Decimal]) -> Callable[[Decimal], str]:
    """What writes amounts in the unit that suits the largest of them."""
    like = scaled(Reading(max(values)), unit)
    return lambda value: figure_of(scaled_to(Reading(value), like)).text


def _percent(share: Decimal) -> str:
    return joined(written(share, rounded(100 * share, 0), 0), "%")


def _ratio(value: float) -> str:
    """In whole percent; with a decimal where it is nearly, and not quite, all of it."""
    exact = decimal(value)
    place = -1 if exact != 1 and abs(exact - 1) < _NEAR else 0
    return joined(grouped(rounded(100 * exact, place)), "%")
