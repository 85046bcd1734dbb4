"""I finish a comparison in words: the only place where its figures are rounded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from carbonlabel.comparison.outcome import Comparison, Difference, Figure, Pair, Topic, Weight
from carbonlabel.comparison.pairs import turned
from carbonlabel.comparison.side import Side
from carbonlabel.documents import axis, wording
from carbonlabel.documents.comparing import words
from carbonlabel.documents.comparing.anatomy import (
    Amounts,
    Bar,
    Line,
    Matter,
    Party,
    Reason,
    Scale,
    Sheaf,
)
from carbonlabel.documents.comparing.names import names
from carbonlabel.documents.numbers import Reading, figure, reading, scaled
from carbonlabel.model.estimate import Estimate
from carbonlabel.version import __version__

TITLE: Final = "Carbon Facts, compared"
_LEAST_RATIO: Final = 1 / 332
"""A bar shorter than one unit of the strip's measure cannot be drawn to scale."""


@dataclass(frozen=True, slots=True)
class _Speech:
    comparison: Comparison
    names: tuple[str, ...]

    @property
    def mine(self) -> str:
        return self.names[self.comparison.mine]


def face(comparison: Comparison) -> Sheaf:
    """The whole comparison in finished words."""
    speech = _Speech(comparison, names(comparison.sides))
    return Sheaf(
        title=TITLE,
        verdict=words.verdict(comparison),
        is_comparable=comparison.is_comparable,
        mark=words.grid(comparison),
        parties=tuple(map(_party, speech.names, comparison.sides)),
        mine=speech.mine,
        reasons=tuple(_reason(speech, each) for each in comparison.differences),
        matters=tuple(
            _matter(speech, each, key)
            for each, key in zip(comparison.topics, _keys(comparison.topics), strict=True)
        ),
        notes=tuple(f"{wording.sentence(each)}." for each in comparison.notes),
        footnotes=tuple(_footnotes(comparison)),
    )


def _party(name: str, side: Side) -> Party:
    parameters = side.disclosure.subject.parameters if side.disclosure else None
    model = wording.named(side.name) if side.name != side.file else ""
    digest = wording.fingerprint(side.digest)
    file = f"{wording.named(side.file)}, sha256 {digest}"
    kind = "" if side.disclosure else "a statement without its disclosure"
    return Party(
        name=name,
        note=" · ".join(filter(None, (model, wording.size(parameters), kind, file))),
        digest=digest,
        remarks=tuple(wording.sentence(each) for each in side.notes),
    )


def _reason(speech: _Speech, difference: Difference) -> Reason:
    says = (wording.sentence(each) for each in difference.says)
    return Reason(
        code=difference.about,
        title=words.TITLES[difference.about],
        says=tuple(zip(speech.names, says, strict=True)),
        because=difference.because,
        mend=difference.mend,
        touches=tuple(sorted(difference.touches)),
    )


def _keys(topics: Sequence[Topic]) -> Iterator[str]:
    """A name for each kind of work; the second use of a model is `use-2`."""
    seen: Counter[str] = Counter()
    for topic in topics:
        seen[topic.name] += 1
        yield topic.name if seen[topic.name] == 1 else f"{topic.name}-{seen[topic.name]}"


def _matter(speech: _Speech, topic: Topic, key: str) -> Matter:
    def of(weight: Weight) -> tuple[Reason, ...]:
        found = (each for each in topic.differences if each.weight == weight)
        return tuple(_reason(speech, each) for each in found)

    return Matter(
        title=words.topic(topic),
        verdict=topic.verdict,
        broken=of("breaks"),
        narrowed=of("narrows"),
        weighed=of("weighs"),
        amounts=tuple(
            _amounts(speech, topic, each, f"{key}/{each.name}") for each in topic.figures
        ),
    )


def _amounts(speech: _Speech, topic: Topic, found: Figure, key: str) -> Amounts:
    scale, bars = _bars(found)
    convention = words.method(speech.comparison, topic, found.name)
    return Amounts(
        key=key,
        title=f"{words.FIGURES[found.name]} of {words.topic(topic).lower()}"
        if topic.unit is None
        else f"{words.FIGURES[found.name]} in use",
        scope="; ".join(filter(None, (words.scope(topic, found.name), convention))),
        lines=tuple(_line(speech, found, place, bar) for place, bar in enumerate(bars)),
        sentences=tuple(_sentences(speech, found, bars)),
        scale=scale,
        yearly=words.volume(speech.comparison) if found.yearly else "",
    )


def _line(speech: _Speech, found: Figure, place: int, bar: Bar) -> Line:
    quantity = found.amounts[place]
    told = figure(quantity)
    side = speech.comparison.sides[place]
    parameters = side.disclosure.subject.parameters if side.disclosure else None
    return Line(
        name=speech.names[place],
        note=wording.size(parameters) if side.disclosure else "as it states",
        value=told.value,
        unit=told.unit,
        range=told.range,
        basis=quantity.basis,
        is_mine=place == speech.comparison.mine,
        against=_against(speech, found, place),
        yearly=_ranged(found.yearly[place]) if found.yearly else "",
        bar=bar,
    )


def _ranged(quantity: Estimate) -> str:
    told = figure(quantity)
    return f"{told.text} ({told.range})" if told.range else told.text


def _against(speech: _Speech, found: Figure, place: int) -> str:
    """How one side stands to the reader's own."""
    pair = _pair(found, speech.comparison.mine, place)
    if pair is None:
        return ""
    if pair.order == "not distinguishable":
        return f"not distinguishable from {speech.mine}: {pair.because}"
    if pair.ratio is None:
        return f"{pair.order} than {speech.mine}, without a ratio"
    value, span = words.times(pair.ratio)
    return f"{value} times {speech.mine} ({span})"


def _pair(found: Figure, one: int, other: int) -> Pair | None:
    pair = found.pair(one, other)
    return turned(pair) if pair is not None and pair.one != one else pair


def _sentences(speech: _Speech, found: Figure, bars: Sequence[Bar]) -> Iterator[str]:
    yield from _unranged(speech, found)
    yield from _alike(speech, found)
    yield from _correlated(found)
    yield from _slivers(speech, bars)


def _unranged(speech: _Speech, found: Figure) -> Iterator[str]:
    bare = [
        name
        for name, each in zip(speech.names, found.amounts, strict=True)
        if each.low is None or each.high is None
    ]
    if bare:
        verb = "declares" if len(bare) == 1 else "declare"
        yield f"{words.listed(bare)} {verb} no range, so that small differences mean nothing."


def _alike(speech: _Speech, found: Figure) -> Iterator[str]:
    """Who cannot be told apart, beside what the lines say of the reader's own."""
    mine = speech.comparison.mine
    pairs = [
        f"{speech.names[each.one]} and {speech.names[each.other]}"
        for each in found.pairs
        if each.order == "not distinguishable" and mine not in {each.one, each.other}
    ]
    if pairs:
        yield f"Not distinguishable either: {'; '.join(pairs)}."


def _correlated(found: Figure) -> Iterator[str]:
    """Whether the doubts were taken as independent, and what falls out."""
    if any(each.low is None for each in found.amounts):
        return
    shared = {each.shared for each in found.pairs}
    every = tuple(dict.fromkeys(name for each in shared for name in each))
    if not every:
        yield "Correlation: none is known; what puts them in doubt is taken as independent."
        return
    told = wording.sentence(words.listed(sorted(every)))
    who = "those that share them" if len(shared) > 1 else "both" if len(found.pairs) == 1 else "all"
    yield f"Correlation is counted: {who} are moved alike by {told}; ranges are told apart without."


def _slivers(speech: _Speech, bars: Sequence[Bar]) -> Iterator[str]:
    short = [name for name, bar in zip(speech.names, bars, strict=True) if bar.is_sliver]
    if short:
        verb = "is" if len(short) == 1 else "are"
        yield f"{words.listed(short)} {verb} too small for a bar to scale."


def _bars(found: Figure) -> tuple[Scale | None, tuple[Bar, ...]]:
    """Every bar on one axis from zero, which ends beyond the largest range."""
    readings = [reading(each) for each in found.amounts]
    reach = max(each.high or each.value for each in readings)
    if not reach:
        return None, tuple(_bar(each, None) for each in readings)
    best = scaled(Reading(reach), found.amounts[0].unit)
    drawn = axis.axis(best.reading)
    end = axis.end(best.reading)
    scale = Scale(ticks=drawn.ticks if drawn else (), unit=best.unit)
    whole = end * best.scale if end else None
    return scale, tuple(_bar(each, whole) for each in readings)


def _bar(quantity: Reading, whole: Decimal | None) -> Bar:
    if whole is None:
        return Bar(value_ratio=0.0, low_ratio=None, high_ratio=None, is_sliver=False)
    ratio = float(quantity.value / whole)
    return Bar(
        value_ratio=ratio,
        low_ratio=None if quantity.low is None else float(quantity.low / whole),
        high_ratio=None if quantity.high is None else float(quantity.high / whole),
        is_sliver=0 < ratio < _LEAST_RATIO,
    )


def _footnotes(comparison: Comparison) -> Iterator[str]:
    if comparison.is_comparable:
        yield f"Ranges are {words.percent(95)} intervals, rounded outwards."
        yield "Sides stand as they were given, in no order of merit."
    yield "No offsets or market-based claims are deducted; own and inherited are never added."
    yield f"carbonlabel {__version__}"
