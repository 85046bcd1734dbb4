"""I find what is counted on every side, and say what is not: parts, cooling, idle time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from carbonlabel.comparison.outcome import CURRENT, Boundary, Cooling, Difference
from carbonlabel.comparison.phrases import Phrase
from carbonlabel.comparison.portion import Portion
from carbonlabel.comparison.unlike import NOT_STATED, told, unlike
from carbonlabel.model.disclosure import Activity, PartName
from carbonlabel.model.estimate import Estimate, Missing

Machines = Literal["computing", "accelerators", "host"]
States = Mapping[PartName, str]
_WIDEST: Final[tuple[Machines, ...]] = ("computing", "accelerators", "host")
_BESIDE: Final[tuple[PartName, ...]] = ("idle", "shared")
_WORDS: Final[dict[PartName, str]] = {
    "accelerators": Phrase("accelerators"),
    "host": Phrase("host"),
    "computing": Phrase("computing, not split"),
    "idle": Phrase("idle time"),
    "shared": Phrase("network and storage"),
}

_LEFT_OUT: Final[Mapping[PartName, str]] = {
    "idle": Phrase("idle time is left out, because not all count it"),
    "shared": Phrase("network and storage is left out, because not all count it"),
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which rows a side counts, in all its activities."""

    machines: frozenset[Machines]
    """So much of the machines is counted in each of them."""
    rows: frozenset[PartName]
    """Rows with a figure in any of them."""
    beside: frozenset[PartName]
    """Idle time and shared nodes, where each of them counts them."""
    cooling: Cooling

    @property
    def words(self) -> str:
        """What is counted, for people."""
        return told([word for part, word in _WORDS.items() if part in self.rows])


def coverage(portion: Portion) -> Coverage:
    """Which rows a side counts."""
    states = [_states(activity) for _, activity in portion.activities]
    return Coverage(
        machines=frozenset(each for each in _WIDEST if _has(states, each)),
        rows=frozenset(name for state in states for name in state if state[name] == "counted"),
        beside=frozenset(
            name for name in _BESIDE if all(state.get(name) == "counted" for state in states)
        ),
        cooling=_together({_cooling(activity) for _, activity in portion.activities}),
    )


def boundary(portions: Sequence[Portion]) -> tuple[Boundary | None, tuple[Difference, ...]]:
    """The widest boundary that all sides share, if any, and what is cut off or unlike.

    A side that states a figure alone is taken at its word, and so are the others as a whole.
    """
    if any(each.stated for each in portions):
        return Boundary("computing", as_stated=True), tuple(_as_stated(portions))
    found = [coverage(each) for each in portions]
    machines = next((each for each in _WIDEST if all(each in one.machines for one in found)), None)
    cooling = _common_cooling(portions, found)
    differences = (
        *_parts(found, machines),
        *_split(found, machines),
        *_beside(found),
        *_cooled(portions, found, cooling),
    )
    if machines is None or cooling is None:
        return None, differences
    beside = tuple(part for part in _BESIDE if all(part in each.beside for each in found))
    return Boundary(machines, beside, cooling), differences


def _states(activity: Activity) -> States:
    return {part.part: _state(part.emissions) for part in activity.parts}


def _has(states: Sequence[States], machines: Machines) -> bool:
    """Whether so much of the machines is counted in every activity, and there are such machines."""
    found = [_found(state, machines) for state in states]
    return all(state in {"counted", "void"} for state in found) and "counted" in found


def _found(state: States, machines: Machines) -> str:
    if machines != "computing" or state.get("computing") == "counted":
        return state.get(machines, "missing")
    both = {state.get("accelerators", "missing"), state.get("host", "missing")}
    return next(each for each in ("missing", "counted", "void") if each in both)


def _state(emissions: Estimate | Missing) -> str:
    if isinstance(emissions, Estimate):
        return "counted"
    return "void" if emissions.missing == "not-applicable" else "missing"


def _cooling(activity: Activity) -> Cooling:
    state = _states(activity).get("overhead", "missing")
    if state == "counted":
        return "counted"
    if activity.pue_in_energy == "unknown":
        return "unknown"
    return "inside" if state == "void" and activity.pue_in_energy == "yes" else "left out"


def _together(found: set[Cooling]) -> Cooling:
    if len(found) == 1:
        return next(iter(found))
    if found <= {"counted", "inside"}:
        return "counted"
    return "unknown" if {"unknown", "inside"} & found else "left out"


def _common_cooling(portions: Sequence[Portion], found: Sequence[Coverage]) -> Cooling | None:
    """How cooling is treated on all sides; None where it cannot be made alike."""
    states = {each.cooling for each in found}
    if states <= {"counted", "inside"}:
        return "counted"
    if states <= {"counted", "left out"}:
        return "left out"
    # One tool that always counts in one way may be held against itself.
    alike = states == {"unknown"} and len({_trackers(each) for each in portions}) == 1
    return "unknown" if alike and _trackers(portions[0]) else None


def _trackers(portion: Portion) -> frozenset[str]:
    inputs = portion.disclosure.inputs.values()
    return frozenset(f"{each.tracker} {each.version}" for each in inputs if each.tracker)


def _as_stated(portions: Sequence[Portion]) -> Iterator[Difference]:
    yield Difference(
        about="declared",
        says=tuple(
            Phrase("a statement alone") if each.stated else coverage(each).words
            for each in portions
        ),
        weight="narrows",
        because=Phrase(
            "what a statement counts is not said: it is taken as the electricity of training"
        ),
        mend=Phrase("publish a carbon.json beside the card"),
        touches=CURRENT,
    )


def _parts(found: Sequence[Coverage], machines: Machines | None) -> Iterator[Difference]:
    if machines == "computing":
        return
    kept = _WORDS[machines] if machines else ""
    narrowed = Phrase("only what all count is compared: {parts}", parts=kept)
    yield from unlike(
        "parts",
        [each.words for each in found],
        weight="breaks" if machines is None else "narrows",
        because=Phrase("no part is counted by all") if machines is None else narrowed,
        mend=Phrase("measure accelerators and host on every side, or state them in a manual.yaml"),
        touches=CURRENT,
    )


def _split(found: Sequence[Coverage], machines: Machines | None) -> Iterator[Difference]:
    """A log that does not split its figure does not say what is in it."""
    if machines is None:
        return
    yield from unlike(
        "split",
        [Phrase("not split" if "computing" in each.rows else "split") for each in found],
        weight="weighs",
        because=Phrase(
            "whether host and memory are in a figure that is not split is for its tool to say"
        ),
        mend=Phrase("a log that splits its energy into accelerators and host"),
        touches=CURRENT,
    )


def _beside(found: Sequence[Coverage]) -> Iterator[Difference]:
    for part in _BESIDE:
        yield from unlike(
            "idle" if part == "idle" else "shared",
            [Phrase("counted") if part in each.beside else NOT_STATED for each in found],
            weight="narrows",
            because=_LEFT_OUT[part],
            mend=Phrase("declare {part} in a manual.yaml on every side", part=part),
            touches=CURRENT,
        )


def _cooled(
    portions: Sequence[Portion], found: Sequence[Coverage], cooling: Cooling | None
) -> Iterator[Difference]:
    states = {each.cooling for each in found}
    because = Phrase("cooling is left out, because not all count it")
    if cooling is None:
        because = Phrase(
            "whether a figure holds cooling is not known, so that it cannot be taken out"
        )
    if cooling == "counted" or states == {"left out"}:
        return
    yield Difference(
        about="cooling",
        says=tuple(map(_cooling_said, portions, found)),
        weight="breaks" if cooling is None else "narrows" if cooling == "left out" else "weighs",
        because=Phrase("one tool counts on every side, whatever it does of cooling")
        if cooling == "unknown"
        else because,
        mend=Phrase("state the PUE of each site: --pue 1.2, or pue in a region.yaml"),
        touches=CURRENT,
    )


_COOLING: Final[dict[Cooling, str]] = {
    "left out": Phrase("not counted"),
    "inside": Phrase("inside the energy"),
    "unknown": Phrase("not known whether inside"),
}


def _cooling_said(portion: Portion, found: Coverage) -> str:
    if found.cooling != "counted":
        return _COOLING[found.cooling]
    stated = [activity.region.pue for _, activity in portion.activities]
    ratios = dict.fromkeys(each.value for each in stated if isinstance(each, Estimate))
    if not ratios:
        return Phrase("counted")
    return Phrase("counted, PUE {pue}", pue=_joined(list(ratios)))


def _joined(numbers: Sequence[float]) -> str | float:
    first, *rest = numbers
    return Phrase("{first} and {second}", first=first, second=_joined(rest)) if rest else first
