"""A changed digit anywhere is caught, and what cannot be caught is said."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from carbonlabel import verify
from carbonlabel.errors import CarbonLabelError
from carbonlabel.model.estimate import Estimate
from carbonlabel.record.canonical import digest
from carbonlabel.record.keeping import load
from carbonlabel.record.pointers import quantities
from tests.verification import tampering
from tests.verification.conftest import Made

COUNT = 200
DISCLOSURES = Path(__file__).parents[1] / "samples" / "disclosures"


def is_caught(document: Any, **proof: Any) -> bool:  # noqa: ANN401 - JSON, and whatever verify takes
    try:
        disclosure = load(json.dumps(document))
        return not verify(disclosure, **proof).holds
    except CarbonLabelError:
        return True


def test_the_untouched_disclosure_is_verified(made: Made) -> None:
    found = verify(made.disclosure, made.files, told=made.told)

    assert found.holds
    assert found.is_whole


def test_with_the_files_it_was_made_from_every_tampering_is_caught(made: Made) -> None:
    missed = [
        what
        for what, document in tampering.tampered(made.whole, COUNT, seed=1)
        if not is_caught(document, files=made.files, told=made.told)
    ]

    assert missed == []


def test_with_the_digest_every_tampering_is_caught(made: Made) -> None:
    known = digest(made.disclosure)
    missed = [
        what
        for what, document in tampering.tampered(made.whole, COUNT, seed=2)
        if not is_caught(document, digest=known)
    ]

    assert missed == []


def test_with_neither_most_are_caught_and_it_says_that_texts_are_not_held(made: Made) -> None:
    every = list(tampering.tampered(made.whole, COUNT, seed=3))
    caught = [what for what, document in every if is_caught(document)]

    # About 80 of 100: what is missed are names, texts and given figures that nothing rests on.
    assert len(caught) >= 0.75 * COUNT
    assert not verify(made.disclosure).is_whole


@pytest.mark.parametrize("name", [None, "carbon.json", "carbon-two-gpus.json"])
def test_with_neither_every_digit_that_counts_of_a_computed_figure_is_caught(
    made: Made, name: str | None
) -> None:
    whole = json.loads((DISCLOSURES / name).read_text("utf-8")) if name else made.whole
    missed = [
        f"{'/'.join(map(str, steps))}: {value!r} -> {other!r}"
        for steps, value in computed(whole)
        for other in all_digits(value, seven=True)
        if not is_caught(tampering.put(whole, steps, other))
    ]

    assert missed == []


def test_only_rounding_hides_a_change_in_the_last_digits_of_a_computed_figure(made: Made) -> None:
    """The eighth and the ninth digit may lie within the rounding of what was multiplied."""
    tried = missed = 0
    for steps, value in computed(made.whole):
        for other in all_digits(value):
            tried += 1
            missed += not is_caught(tampering.put(made.whole, steps, other))

    # Each of the missed ones is off by less than 2 in a hundred million.
    assert missed <= 0.05 * tried


def computed(whole: Any) -> Iterator[tuple[tuple[str | int, ...], float]]:  # noqa: ANN401 - JSON
    """Every number that the assessment worked out, with the way to it."""
    disclosure = load(json.dumps(whole))
    places = {
        place
        for place, quantity in quantities(disclosure)
        if isinstance(quantity, Estimate) and quantity.formula is not None
    }
    for steps, value in tampering.leaves(whole):
        above = "/" + "/".join(map(str, steps[:-1]))
        is_split = steps[:2] in {("totals", "shares"), ("totals", "doubt")}
        is_number = isinstance(value, float | int) and not isinstance(value, bool)
        if is_number and (above in places or is_split) and value:
            yield steps, value


def all_digits(value: float, *, seven: bool = False) -> Iterator[float]:
    chance = random.Random(repr(value))  # noqa: S311 - a repeatable choice, and no secret
    for _ in range(3):
        yield tampering.digit(value, chance, digits=7 if seven else None)
