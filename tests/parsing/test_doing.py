"""What a person says of the work of all runs together."""

from __future__ import annotations

import pytest

from carbonlabel.errors import MalformedInput
from carbonlabel.parsing.doing import TYPED, work


def test_operations_are_good_to_half_a_unit_of_their_last_place_and_cite_the_command_line() -> None:
    told = work(flop="3.8e25")

    assert told.flop is not None
    assert (told.flop.value, told.flop.low, told.flop.high) == (3.8e25, 3.75e25, 3.85e25)
    assert told.flop.source == TYPED
    assert told.sources[TYPED].title == "stated on the command line"


def test_counts_are_exact_and_cite_nothing() -> None:
    told = work(tokens="4T", served="12 images")

    assert told.tokens == 4e12
    assert told.served is not None
    assert not told.sources


@pytest.mark.parametrize("text", ["140 %", "0", "1.2"])
def test_machines_do_no_more_than_all_they_can_and_no_less_than_nothing(text: str) -> None:
    with pytest.raises(MalformedInput, match="is no utilisation"):
        work(mfu=text)


def test_a_utilisation_may_be_a_percentage() -> None:
    told = work(mfu="40 %").mfu

    assert told is not None
    assert told.value == pytest.approx(0.4)
