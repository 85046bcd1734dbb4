"""I finish a comparison in words: the only place where its figures are rounded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from carbonlabel.comparison.outcome import (
    Comparison,
    Difference,
    Figure,
    Order,
    Pair,
    Topic,
    Weight,
)
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
from carbonlabel.documents.language import marked, say, several
from carbonlabel.documents.numbers import Reading, figure, reading, scaled
from carbonlabel.model.estimate import Estimate
from carbonlabel.version import __version__

TITLE: Final = marked("Carbon Facts, compared")
_WITHOUT_RATIO: Final[Mapping[Order, str]] = {
    "higher": marked("higher than {name}, without a ratio"),
    "lower": marked("lower than {name}, without a ratio"),
}
_LONGEST: Final = wording.LONGEST_SENTENCE
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
        title=say(TITLE),
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
        notes=tuple(f"{words.told(each)}." for each in comparison.notes),
        footnotes=tuple(_footnotes(comparison)),
    )


def _party(name: str, side: Side) -> Party:
    parameters = side.disclosure.subject.parameters if side.disclosure else None
    model = wording.named(side.name) if side.name != side.file else ""
    digest = wording.fingerprint(side.digest)
    file = f"{words.told(side.file)}, sha256 {digest}"
    kind = "" if side.disclosure else say("a statement without its disclosure")
    return Party(
        name=name,
        note=" · ".join(filter(None, (model, wording.size(parameters), kind, file))),
        digest=digest,
        remarks=tuple(map(words.told, side.notes)),
    )


def _reason(speech: _Speech, difference: Difference) -> Reason:
    return Reason(
        code=difference.about,
        title=words.TITLES[difference.about],
        says=tuple(zip(speech.names, map(words.told, difference.says), strict=True)),
        because=words.told(difference.because),
        mend=words.told(difference.mend),
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
        verdict=words.VERDICTS[topic.verdict],
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
        title=words.title(topic, found.name),
        scope=say("; ").join(filter(None, (words.scope(topic, found.name), convention))),
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
        note=wording.size(parameters) if side.disclosure else say("as it states"),
        value=told.value,
        unit=told.unit,
        range=told.range,
        basis=quantity.basis,
        obtained=wording.BASES[quantity.basis],
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
        why = words.told(pair.because)
        return say("not distinguishable from {name}: {why}", name=speech.mine, why=why)
    if pair.ratio is None:
        return say(_WITHOUT_RATIO[pair.order], name=speech.mine)
    value, span = words.times(pair.ratio)
    return say("{value} times {name} ({span})", value=value, name=speech.mine, span=span)


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
        yield several(
            len(bare),
            "{names} declares no range, so that small differences mean nothing.",
            "{names} declare no range, so that small differences mean nothing.",
            names=words.listed(bare),
        )


def _alike(speech: _Speech, found: Figure) -> Iterator[str]:
    """Who cannot be told apart, beside what the lines say of the reader's own."""
    mine = speech.comparison.mine
    pairs = [
        words.listed([speech.names[each.one], speech.names[each.other]])
        for each in found.pairs
        if each.order == "not distinguishable" and mine not in {each.one, each.other}
    ]
    if pairs:
        yield say("Not distinguishable either: {pairs}.", pairs=say("; ").join(pairs))


def _correlated(found: Figure) -> Iterator[str]:
    """Whether the doubts were taken as independent, and what falls out."""
    if any(each.low is None for each in found.amounts):
        return
    shared = {each.shared for each in found.pairs}
    every = tuple(dict.fromkeys(name for each in shared for name in each))
    if not every:
        yield say("Correlation: none is known; what puts them in doubt is taken as independent.")
        return
    causes = wording.named(words.listed(list(map(words.told, sorted(every)))), _LONGEST)
    yield say(_moved_alike(len(found.pairs), len(shared)), causes=causes)


def _moved_alike(pairs_count: int, ways_count: int) -> str:
    if ways_count > 1:
        return marked(
            "Correlation is counted: those that share them are moved alike by {causes}; ranges are "
            "told apart without."
        )
    if pairs_count > 1:
        return marked(
            "Correlation is counted: all are moved alike by {causes}; ranges are told apart "
            "without."
        )
    return marked(
        "Correlation is counted: both are moved alike by {causes}; ranges are told apart without."
    )


def _slivers(speech: _Speech, bars: Sequence[Bar]) -> Iterator[str]:
    short = [name for name, bar in zip(speech.names, bars, strict=True) if bar.is_sliver]
    if short:
        yield several(
            len(short),
            "{names} is too small for a bar to scale.",
            "{names} are too small for a bar to scale.",
            names=words.listed(short),
        )


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
        yield say("Ranges are {percent} intervals, rounded outwards.", percent=words.percent(95))
        yield say("Sides stand as they were given, in no order of merit.")
    yield say("No offsets or market-based claims are deducted; own and inherited are never added.")
    yield f"carbonlabel {__version__}"
