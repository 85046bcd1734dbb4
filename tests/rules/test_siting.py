"""Grid factors, places and sites that do not go together are found."""

from __future__ import annotations

import pytest

from carbonlabel.checks import findings
from tests.test_checks import CPU, GONE, GPU, MISSING, found, one, spoiled

A = "/activities/0"
REGION = f"{A}/region"


def codes(name: str, *changes: tuple[str, object]) -> set[str]:
    return {each[0] for each in found(name, *changes)}


def stated(value: float, **more: object) -> tuple[tuple[str, object], ...]:
    """A factor that the user states for France 2025, where the table has 41.44 g/kWh."""
    factor = {"value": value, "unit": "gCO2e/kWh", "basis": "estimated", "source": "region"}
    return (f"{REGION}/zone", "stated"), (f"{REGION}/intensity", factor | {"year": 2025} | more)


def test_a_place_that_nobody_named_is_a_warning() -> None:
    assert ("place-unknown", "warning", REGION) in found(GPU, (f"{REGION}/given_by", "nobody"))


def test_a_factor_without_its_year_is_a_warning() -> None:
    assert ("intensity-without-year", "warning", f"{REGION}/intensity") in found(
        GPU, (f"{REGION}/intensity/year", GONE)
    )


@pytest.mark.parametrize(
    ("zone", "country", "fine"),
    [
        ("FR", "FR", True),
        ("US-CAL-CISO", "US-CA", True),
        ("World", "FR", True),
        ("stated", "FR", True),
        ("DE", "FR", False),
        ("US", "CA", False),
    ],
)
def test_a_zone_holds_the_place_of_the_runs(zone: str, country: str, *, fine: bool) -> None:
    changes = (f"{REGION}/zone", zone), (f"{REGION}/country", country)

    assert ("intensity-elsewhere" not in codes(CPU, *changes)) is fine


@pytest.mark.parametrize(
    ("value", "severity"),
    # 41.44 × 0.75 = 31.08; × 1.25 = 51.8; ÷ 2 = 20.72; × 2 = 82.88
    [(31.2, None), (51.7, None), (30.9, "note"), (82.0, "note"), (83.0, "warning")],
)
def test_a_stated_factor_is_near_the_tables(value: float, severity: str | None) -> None:
    told = {each[1] for each in found(CPU, *stated(value)) if each[0] == "intensity-unlike-grid"}

    assert told == ({severity} if severity else set())


def test_pounds_for_a_megawatt_hour_are_named() -> None:
    # 91.4 lb/MWh × 0.4536 = 41.46 g/kWh
    finding = one("intensity-unlike-grid", CPU, *stated(91.4))

    assert "lb/MWh for kg/MWh" in finding.message
    assert finding.expected == "41.44 gCO2e/kWh ± 25 %, France 2025"


def test_a_range_that_holds_the_tables_figure_is_enough() -> None:
    assert "intensity-unlike-grid" not in codes(CPU, *stated(100.0, low=40.0, high=150.0))


def test_a_stated_factor_of_no_place_or_no_year_is_compared_with_nothing() -> None:
    changes = (*stated(900.0), (f"{REGION}/country", GONE))
    no_year = (*stated(900.0, year=None), (f"{A}/period", MISSING))
    no_table = (*stated(900.0), (f"{REGION}/country", "ZZ"))

    for each in (changes, no_year, no_table):
        assert "intensity-unlike-grid" not in codes(CPU, *each)


def test_the_year_of_the_runs_stands_for_that_of_a_stated_factor() -> None:
    assert "intensity-unlike-grid" in codes(CPU, *stated(900.0, year=None))


@pytest.mark.parametrize(
    ("site", "country", "fine"),
    [
        ("gcp/europe-west1", "BE", True),
        ("gcp/europe-west1", "FR", False),
        ("aws/us-west-2", "US-OR", True),
        ("Orsay", "FR", True),
        ("aws/nowhere-1", "FR", True),
    ],
)
def test_a_cloud_region_lies_in_its_country(site: str, country: str, *, fine: bool) -> None:
    changes = (f"{REGION}/site", site), (f"{REGION}/country", country)

    assert ("site-elsewhere" not in codes(CPU, *changes)) is fine


@pytest.mark.parametrize(
    ("site", "device", "fine"),
    [
        ("gcp/europe-north1", "NVIDIA GeForce RTX 4090", False),
        ("gcp/europe-north1", "NVIDIA H100 80GB HBM3", True),
        ("gcp/europe-north1", "TPU v4", True),
        ("aws/eu-north-1", "TPU v4", False),
        ("aws/eu-north-1", "AWS Trainium", True),
        ("azure/swedencentral", "AWS Trainium", False),
        ("aws/eu-north-1", "NVIDIA RTX PRO Server 6000", True),
        ("Orsay", "NVIDIA GeForce RTX 4090", True),
    ],
)
def test_a_cloud_rents_what_ran_in_it(site: str, device: str, *, fine: bool) -> None:
    changes = (f"{REGION}/site", site), (f"{A}/hardware/0/name", device)

    assert ("device-not-at-site" not in codes(GPU, *changes)) is fine


PUE = {"unit": "ratio", "basis": "estimated", "source": "region"}


@pytest.mark.parametrize(
    ("value", "site", "fine"),
    [
        (1.0, "a desk", True),
        (1.0, "gcp/europe-west1", False),
        (1.02, "a desk", False),
        (1.03, "gcp/europe-west1", True),
    ],
)
def test_a_data_centre_takes_something(value: float, site: str, *, fine: bool) -> None:
    changes = (f"{REGION}/pue", PUE | {"value": value}), (f"{REGION}/site", site)

    assert ("pue-unlikely" not in codes(GPU, *changes)) is fine


@pytest.mark.parametrize("reason", ["not counted, by choice", "the PUE is stated as not counted"])
def test_a_pue_left_out_by_choice_is_not_asked_for_again(reason: str) -> None:
    chosen = (f"{REGION}/pue/reason", reason)

    assert "pue-not-stated" in {each.code for each in findings(spoiled(CPU))}
    assert "pue-not-stated" not in {each.code for each in findings(spoiled(CPU, chosen))}


def test_cooling_that_the_log_holds_is_not_added_again() -> None:
    # IT energy 0.00100833333 + 0.00011 kWh is all that the log holds, and it holds the cooling.
    whole = (f"{A}/reported/energy/value", 0.00111833333), ("/findings", [])

    assert ("pue-counted-twice", "error", f"{REGION}/pue") in found(GPU, *whole)
    assert "pue-counted-twice" not in codes(GPU, *whole, (f"{A}/pue_in_energy", "no"))


def test_a_constant_that_was_replaced_did_not_enter_twice() -> None:
    replaced = {
        "code": "tracker-pue-replaced",
        "severity": "note",
        "place": f"{REGION}/pue",
        "message": "The tracker's constant was taken out and the site's PUE put in.",
    }
    whole = (f"{A}/reported/energy/value", 0.00111833333)

    assert "pue-counted-twice" not in codes(GPU, whole, ("/findings", [replaced]))
