from __future__ import annotations

import pytest

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import equivalences, sources


def test_a_smartphone_charge_is_that_of_todays_page() -> None:
    """US EPA: 1.24e-5 t CO2 a charge; the page of old had 8.22 g."""
    charge = equivalences.of("smartphone-charge")

    assert (charge.value, charge.unit) == (12.4, "gCO2e")


def test_a_tree_is_counted_for_ten_years_not_for_one() -> None:
    """US EPA: 0.060 t CO2 for a seedling grown for ten years."""
    tree = equivalences.of("tree-ten-years")

    assert (tree.value, tree.source) == (60_000, "epa-equivalencies")
    assert "10 years" in tree.label


def test_a_mile_becomes_kilometres() -> None:
    """US EPA: 3.93e-4 t CO2e a mile of 1.609344 km."""
    assert equivalences.of("car-km-us").value == pytest.approx(393 / 1.609344, abs=0.05)


def test_a_count_is_the_total_over_the_size_of_one() -> None:
    assert equivalences.of("car-km-eu").count_in(8_628) == pytest.approx(49.3, abs=0.01)


@pytest.mark.parametrize(("unit", "count"), [("gCO2e", 12), ("kWh", 2), ("L", 1)])
def test_each_unit_has_its_own(unit: equivalences.Unit, count: int) -> None:
    found = equivalences.in_unit(unit)

    assert len(found) == count
    assert all(each.value > 0 and sources.source(each.source).title for each in found)


def test_an_unknown_thing_is_missing_with_near_names() -> None:
    with pytest.raises(MissingFactor, match="car-km-eu"):
        equivalences.of("car-km")
    with pytest.raises(MissingFactor) as missing:
        equivalences.of("%%%")
    assert missing.value.hint is None
