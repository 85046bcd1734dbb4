from __future__ import annotations

import pytest

from carbonlabel.factors import rows


def test_only_the_rows_with_exactly_this_key_are_found() -> None:
    assert [row["accounting"] for row in rows.under("grid.csv", "AU")] == [
        "consumption",
        "production",
    ]


@pytest.mark.parametrize("key", ["", "zone", "FR,France", "fr", "\n", "AU\nAZ", '"'])
def test_a_key_that_is_none_finds_nothing(key: str) -> None:
    assert rows.only("grid.csv", key) is None


def test_a_cell_with_a_comma_stays_whole() -> None:
    row = rows.only("regions.csv", "gcp/europe-west1")

    assert row is not None
    assert row["location"] == "St. Ghislain, Belgium"


def test_an_empty_cell_is_not_known() -> None:
    assert rows.number("") is None
    assert rows.number("41.44") == 41.44
