"""Somebody may answer for a finding, by name and for a time."""

from __future__ import annotations

from datetime import date

import pytest

from carbonlabel.checks import check, findings
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.waiver import Waiver
from carbonlabel.rules.waiving import remarks, waiver_of
from tests.test_checks import CPU, spoiled

LAST = date(2027, 3, 31)
AFTER = date(2027, 4, 1)
PLACE = "/activities/0/region/pue"


def waiver(code: str = "pue-not-stated", place: str | None = None) -> Waiver:
    return Waiver(code=code, place=place, author="Jane Doe", reason="it is due", expires=LAST)


def waived(*waivers: Waiver) -> Disclosure:
    return spoiled(CPU).model_copy(update={"waivers": waivers})


def codes(disclosure: Disclosure, on: date | None = None) -> set[str]:
    return {each.code for each in check(disclosure, on=on)}


def test_a_waived_finding_fails_no_check() -> None:
    assert "pue-not-stated" in codes(spoiled(CPU))
    assert "pue-not-stated" not in codes(waived(waiver()))


@pytest.mark.parametrize(
    ("place", "is_covered"), [(None, True), (PLACE, True), ("/activities/1/region/pue", False)]
)
def test_a_waiver_with_a_place_is_of_that_place(place: str | None, *, is_covered: bool) -> None:
    assert ("pue-not-stated" not in codes(waived(waiver(place=place)))) is is_covered


def test_a_waiver_holds_through_its_last_day_and_no_longer() -> None:
    assert "pue-not-stated" not in codes(waived(waiver()), LAST)
    assert "pue-not-stated" in codes(waived(waiver()), AFTER)


def test_a_finding_is_answered_for_by_the_first_that_covers_it() -> None:
    (finding,) = (each for each in findings(spoiled(CPU)) if each.code == "pue-not-stated")
    first, second = waiver(place=PLACE), waiver()

    assert waiver_of(finding, (waiver("placeholder"), first, second)) is first
    assert waiver_of(finding, (first, second), AFTER) is None


def test_a_waiver_that_has_expired_or_covers_nothing_is_said() -> None:
    found = findings(spoiled(CPU))

    def told(on: date, *waivers: Waiver) -> list[tuple[str, str]]:
        return [(each.code, each.severity) for each in remarks(waivers, found, on)]

    assert told(LAST, waiver()) == []
    assert told(AFTER, waiver()) == [("waiver-expired", "warning")]
    assert told(LAST, waiver(place="/nowhere")) == [("waiver-unused", "note")]
    assert told(AFTER, waiver("placeholder")) == [("waiver-unused", "note")]
