"""Minerals that do not follow from the machines are found."""

from __future__ import annotations

import pytest

from tests.test_checks import GONE, MISSING, found, one

SAMPLE = "carbon-water.json"
A = "/activities/0"
ROW = f"{A}/parts/2/minerals"


@pytest.mark.parametrize(
    ("change", "value", "code", "place"),
    [
        (f"{ROW}/value", 4.5e-5, "minerals-mismatch", ROW),
        (f"{A}/hardware/0/minerals/value", 0.005, "minerals-mismatch", ROW),
        (f"{A}/hardware/1/share", 1.0, "minerals-mismatch", ROW),
        (f"{A}/hardware/1/utilisation", GONE, "minerals-mismatch", ROW),
        (f"{A}/duration", MISSING, "minerals-without-origin", ROW),
        ("/totals/minerals/value", 5e-5, "sum-mismatch", "/totals/minerals"),
        ("/totals/minerals", MISSING, "sum-mismatch", "/totals/minerals"),
    ],
)
def test_one_spoiled_field_is_found(change: str, value: object, code: str, place: str) -> None:
    assert (code, "error", place) in found(SAMPLE, (change, value))


def test_minerals_of_no_machine_have_no_origin() -> None:
    bare = [(f"{A}/hardware/{number}/minerals", GONE) for number in (0, 1)]

    assert ("minerals-without-origin", "error", ROW) in found(SAMPLE, *bare)


def test_the_working_names_every_machine_with_its_share_and_its_work() -> None:
    finding = one("minerals-mismatch", SAMPLE, (f"{ROW}/value", 4.5e-5))

    # (4 × 0.005832 + 0.5 × 0.17386141) kgSbeq × 36 000 s ÷ (126 144 000 s × 0.85)
    assert (finding.expected or "").startswith("0.0000370194 kgSbeq = 0.005832 kgSbeq × 4 × ")
    assert "0.173861 kgSbeq × 1 × 0.5 × 36000 s ÷ (126144000 s × 0.85)" in (finding.expected or "")


def test_a_life_of_no_time_bears_nothing() -> None:
    ended = [
        (f"{A}/hardware/{number}/lifetime", {**LIFE, "value": 0.0, "low": 0.0}) for number in (0, 1)
    ]

    assert ("minerals-mismatch", "error", ROW) in found(SAMPLE, *ended)


LIFE = {
    "value": 1.0,
    "low": 1.0,
    "high": 9e8,
    "unit": "s",
    "basis": "assumed",
    "source": "hardware",
}
