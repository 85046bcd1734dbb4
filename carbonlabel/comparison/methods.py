"""I ask how each side knows its energy: measured or not, by which tool, and how surely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carbonlabel.comparison.outcome import CURRENT, MADE, Difference
from carbonlabel.comparison.phrases import Phrase
from carbonlabel.comparison.portion import Portion
from carbonlabel.comparison.unlike import told, unlike
from carbonlabel.method.basis import sum_basis
from carbonlabel.model.estimate import Estimate


def methods(portions: Sequence[Portion]) -> Iterator[Difference]:
    """Basis, tool and range of the energy."""
    bases = [_basis(each) for each in portions]
    is_guess = "assumed" in bases and set(bases) != {"assumed"}
    yield from unlike(
        "basis",
        [Phrase(each) for each in bases],
        weight="breaks" if is_guess else "weighs",
        because=Phrase("a default says nothing of the run itself")
        if is_guess
        else Phrase(
            "one is read from a meter, the other worked out: their ranges hold the difference"
        ),
        mend=Phrase("run a tracker beside the training on every side"),
        touches=CURRENT,
    )
    yield from unlike(
        "tracker",
        [_tools(each) for each in portions],
        weight="weighs",
        because=Phrase("tools differ in what they see: their ranges hold the difference"),
        mend=Phrase("the same tracker in the same version on every side"),
        touches=CURRENT,
    )
    if any(not _has_range(each) for each in portions):
        yield Difference(
            about="range",
            says=tuple(
                Phrase("declared" if _has_range(each) else "not declared") for each in portions
            ),
            weight="weighs",
            because=Phrase("without a range nobody can tell a difference from an error"),
            mend=Phrase("publish a carbon.json: it declares a range for every figure"),
            touches=CURRENT,
        )


def making(portions: Sequence[Portion]) -> Iterator[Difference]:
    """Whether the making of machines is counted on every side, and by the same kind of study."""
    if any(_is_made(each) for each in portions):
        yield from unlike(
            "manufacture",
            [_made(each) for each in portions],
            weight="breaks",
            because=Phrase("not all count the making of their machines"),
            mend=Phrase("name the machines: --hardware hardware.yaml"),
            touches=MADE,
        )
    if all(_is_made(each) for each in portions):
        yield from unlike(
            "making",
            [_studies(each) for each in portions],
            weight="weighs",
            because=Phrase(
                "studies of one machine differ by a factor of 2.5 to 5: the ranges hold it"
            ),
            mend=Phrase("the same kind of study for every machine, in hardware.yaml"),
            touches=MADE,
        )


def _basis(portion: Portion) -> str:
    found = [(each.basis, each.value) for each in portion.energies()]
    if not found and portion.stated and isinstance(portion.stated.emissions, Estimate):
        found = [(portion.stated.emissions.basis, 1.0)]
    return sum_basis(found) if found else "not known"


def _tools(portion: Portion) -> str:
    if portion.stated is not None:
        return told([portion.stated.source])
    inputs = portion.disclosure.inputs.values()
    named = [f"{each.tracker} {each.version or ''}".strip() for each in inputs if each.tracker]
    return told(named) if named else Phrase("none: a person states it")


def _has_range(portion: Portion) -> bool:
    return portion.stated is None and all(each.low is not None for each in portion.energies())


def _is_made(portion: Portion) -> bool:
    rows = [part.emissions for _, _, part in portion.rows() if part.part == "manufacture"]
    return bool(rows) and all(isinstance(each, Estimate) for each in rows)


def _made(portion: Portion) -> str:
    if _is_made(portion):
        return Phrase("declared")
    return Phrase("not reported: {why}", why=Phrase(_why(portion)))


def _why(portion: Portion) -> str:
    rows = (part.emissions for _, _, part in portion.rows() if part.part == "manufacture")
    reasons = (each.reason for each in rows if not isinstance(each, Estimate))
    return next(reasons, Phrase("nobody states it"))


def _studies(portion: Portion) -> str:
    devices = (device for _, activity in portion.activities for device in activity.hardware)
    return told([Phrase(device.method or "") for device in devices])
