"""Published figures that contradict each other are found, and honest ones are not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from carbonlabel.assessment import assess
from carbonlabel.checks import check, findings
from carbonlabel.intake import Log
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Finding
from carbonlabel.readers.manual import reader
from carbonlabel.readers.region import load_place
from tests.test_checks import GPU, found, spoiled

A = "/activities/0"


def published(place: str = "pue: 1.0\n", **run: Any) -> Disclosure:  # noqa: ANN401 - any field
    """The disclosure of one run that a person states."""
    stated = {"started": "2024-06-01", "phase": "pretraining", **run}
    content = json.dumps({"carbonlabel": "runs", "runs": [stated]}).encode()
    runs = reader.read(Log("manual.json", content=content))
    return assess(runs, place=load_place(Log("region.yaml", content=place.encode())))


def told(disclosure: Disclosure) -> dict[str, Finding]:
    return {each.code: each for each in check(disclosure) if each.code.startswith("reported-")}


def test_llama_3_3_as_its_card_states_it_is_flagged() -> None:
    # 7.0 M GPU-hours × 700 W = 4 900 MWh; 12.9 t over it are 2.6 g/kWh, a grid of the US is 384.
    card = published(
        "country: US\npue: 1.08\n",
        device="H100-SXM5-80GB",
        device_hours=7_000_000,
        power="700 W",
        reported={"emissions": "12.9 t"},
    )

    finding = told(card)["reported-emissions-mismatch"]
    assert finding.severity == "error"
    assert finding.place == f"{A}/reported/emissions"
    # 12.9 t ÷ (4 900 MWh × 1.08) = 2.4376 g/kWh
    assert "implies 2.43764 gCO2e/kWh" in finding.message
    assert finding.found == "12900000 gCO2e"
    assert finding.expected is not None
    assert "5292000 kWh (with cooling) × 383.78 gCO2e/kWh" in finding.expected


def test_the_card_before_it_is_fine() -> None:
    # Llama 3.1: 39.3 M GPU-hours × 700 W, 11 390 t, about 414 g/kWh
    card = published(
        "country: US\npue: 1.08\n",
        device="H100-SXM5-80GB",
        device_hours=39_300_000,
        power="700 W",
        reported={"emissions": "11390 t"},
    )

    assert not told(card)


IOWA = """\
country: US-IA
pue: 1.12
ewif: 3.10 L/kWh
intensity: {value: 351 g/kWh, year: 2024, scope: lifecycle}
"""
OLMO = {"energy": "230 MWh", "pue_in_energy": "no", "device": "H100-SXM5-80GB"}


def test_olmo_2_13b_as_tabulated_is_flagged_in_both_columns() -> None:
    """230 MWh × 1.12 × 351 g/kWh = 90.4 t and × 3.10 L/kWh = 798.6 m³; not 101 t and 892 m³.

    Both hold the PUE twice: 230 × 1.12 × 1.12 = 288.5 MWh.
    """
    reported = {"emissions": "101 t", "intensity": "351 g/kWh", "water": "892 m3"}
    findings_of = told(published(IOWA, **OLMO, reported=reported))

    carbon, water = (
        findings_of["reported-emissions-mismatch"],
        findings_of["reported-water-mismatch"],
    )
    assert carbon.expected == "90417600 gCO2e = 257600 kWh (with cooling) × 351 gCO2e/kWh"
    assert water.expected == "798560 L"
    for finding in (carbon, water):
        assert finding.severity == "error"
        assert "1.12 times too large, as where the PUE enters twice" in finding.message


@pytest.mark.parametrize(
    "reported",
    [
        {"emissions": "90.4 t", "intensity": "351 g/kWh", "water": "799 m3"},
        # of the machines alone: 230 MWh × 351 g/kWh, × 3.10 L/kWh
        {"emissions": "80.7 t", "intensity": "351 g/kWh"},
        {"emissions": "90 t", "intensity": "350 g/kWh"},
        {"emissions": "94.5 t", "intensity": "351 g/kWh"},
        {"water": "799 m3"},
    ],
)
def test_what_agrees_as_it_was_written_is_fine(reported: dict[str, str]) -> None:
    assert not told(published(IOWA, **OLMO, reported=reported))


STARCODER: dict[str, Any] = {
    "device": "A100-SXM4-80GB",
    "device_hours": 320256,
    "power": "280 W",
    "reported": {"emissions": "16.68 t", "energy": "89671.68 kWh", "intensity": "154.95 g/kWh"},
}
"""Li et al. (2023): 320,256 h × 280 W × PUE 1.2 × 154.95 g/kWh = 16.67 t; 16.68 t published."""


@pytest.mark.parametrize("place", ["country: US-OR\n", "provider: aws/us-west-2\n"])
def test_a_pue_that_nobody_states_may_be_in_published_emissions(place: str) -> None:
    """A region's PUE of another year (1.12) is no reason to say that theirs enters twice."""
    finding = told(published(place, **STARCODER))["reported-emissions-mismatch"]

    assert finding.severity == "warning"
    assert "1.2 times energy × grid factor" in finding.message
    assert finding.expected == "13894600 gCO2e = 89671.7 kWh (IT) × 154.95 gCO2e/kWh"
    assert finding.suggestion is not None
    assert "state the PUE" in finding.suggestion


@pytest.mark.parametrize(
    ("place", "emissions", "severity"),
    [
        ("country: US-OR\npue: 1.2\n", "16.68 t", None),
        ("country: US-OR\npue: 1.5\n", "16.68 t", "error"),
        ("country: US-OR\n", "12 t", "error"),
        ("country: US-OR\n", "40 t", "error"),
        ("country: US-OR\n", "16.68 kg", "error"),
        # 13.89 t in pounds, written as kg
        ("country: US-OR\n", "30.632 t", "error"),
    ],
)
def test_what_no_cooling_explains_stays_an_error(
    place: str, emissions: str, severity: str | None
) -> None:
    """Without cooling 13.89 t; with 1.5, 20.84 t; 40 t would take 2.88 times the machines."""
    reported = {**STARCODER["reported"], "emissions": emissions}
    finding = told(published(place, **{**STARCODER, "reported": reported})).get(
        "reported-emissions-mismatch"
    )

    assert (finding.severity if finding else None) == severity


def test_kilograms_published_as_grams_are_named() -> None:
    reported = {"emissions": "90.4 kg", "intensity": "351 g/kWh"}
    finding = told(published(IOWA, **OLMO, reported=reported))["reported-emissions-mismatch"]

    assert "1000 times too small" in finding.message


@pytest.mark.parametrize(
    ("emissions", "severity"),
    # Iowa here: 351 g/kWh, ÷ and × 1.42 or more; 257.6 MWh
    [("90 t", None), ("40 t", "warning"), ("4 t", "error"), ("3000 t", "error")],
)
def test_an_implied_grid_is_one_of_the_place(emissions: str, severity: str | None) -> None:
    finding = told(published(IOWA, **OLMO, reported={"emissions": emissions})).get(
        "reported-emissions-mismatch"
    )

    assert (finding.severity if finding else None) == severity


def test_nothing_is_implied_of_no_energy() -> None:
    nothing = published(IOWA, energy="0 kWh", reported={"emissions": "1 t"})

    assert "reported-emissions-mismatch" not in told(nothing)


@pytest.mark.parametrize(
    ("energy", "severity"),
    # 10 h × 4 × 300 W = 12 kWh, 11.4 to 12.6 by the last places
    [("12 kWh", None), ("13.1 kWh", None), ("18 kWh", "warning"), ("3 kWh", "error")],
)
def test_published_energy_is_hours_times_power(energy: str, severity: str | None) -> None:
    run = published(hours=10, count=4, power="300 W", reported={"energy": energy})
    finding = told(run).get("reported-energy-mismatch")

    assert (finding.severity if finding else None) == severity


def test_watt_hours_published_as_kilowatt_hours_are_named() -> None:
    run = published(hours=10, count=4, power="300 W", reported={"energy": "12000 kWh"})

    assert "1000 times too large" in told(run)["reported-energy-mismatch"].message


def test_seconds_for_hours_are_named() -> None:
    run = published(hours=10, count=4, power="300 W", reported={"energy": "43200 kWh"})

    assert "3600 times too large" in told(run)["reported-energy-mismatch"].message


def test_water_may_be_of_one_side_or_both() -> None:
    both = "country: US-IA\npue: 1.0\nwue: 1.0 L/kWh\newif: 3.0 L/kWh\n"
    for cubic_metres in (230, 690, 920):
        reported = {"water": f"{cubic_metres} m3"}
        assert not told(published(both, **OLMO, reported=reported))
    assert "reported-water-mismatch" in told(published(both, **OLMO, reported={"water": "500 m3"}))


def test_water_of_a_table_is_as_wide_as_the_table() -> None:
    # The shipped factor is uncertain by more than a factor of two: 892 m³ may be.
    assert not told(published("country: US-IA\npue: 1.12\n", **OLMO, reported={"water": "892 m3"}))


def test_a_trackers_own_product_is_a_warning() -> None:
    # 0.000970413256 kWh × 445 g/kWh = 0.4318 g
    changed = (f"{A}/reported/emissions/value", 0.45)

    assert ("reported-emissions-mismatch", "warning", f"{A}/reported/emissions") in found(
        GPU, changed
    )
    assert "reported-emissions-mismatch" not in {each.code for each in findings(spoiled(GPU))}


def test_zero_emissions_of_a_run_that_used_energy_are_a_warning() -> None:
    zero = told(published(IOWA, **OLMO, reported={"emissions": "0 t"}))

    assert zero["reported-emissions-mismatch"].severity == "warning"
    assert "is zero, though energy was used" in zero["reported-emissions-mismatch"].message
    assert not told(published(IOWA, energy="0 kWh", reported={"emissions": "0 t"}))


def test_the_figure_that_was_meant_is_suggested() -> None:
    reported = {"emissions": "90.4 kg", "intensity": "351 g/kWh"}
    finding = told(published(IOWA, **OLMO, reported=reported))["reported-emissions-mismatch"]

    assert (finding.suggestion or "").startswith("without the slip it is 90400000 gCO2e; ")


GEMINI = {"energy": "0.24 Wh", "pue_in_energy": "yes", "phase": "inference"}
ONE = {"unit": "request", "count": 1, "statistic": "median"}


def test_water_that_may_be_of_the_side_that_is_not_known_is_no_mismatch() -> None:
    """Gemini, 0.26 mL on site: 0.24 Wh ÷ 1.09 × 1.15 L/kWh = 0.253 mL; only off site is known."""
    place = "country: US\npue: 1.09\n"

    assert not told(published(place, **GEMINI, served=ONE, reported={"water": "0.26 mL"}))
    # 10 L/kWh on site and 7.6 L/kWh off site are 4.2 mL
    far = told(published(place, **GEMINI, served=ONE, reported={"water": "26 mL"}))
    assert far["reported-water-mismatch"].severity == "error"


def test_water_beside_a_factor_that_was_stated_is_warned_of() -> None:
    """257.6 MWh × 3.10 L/kWh = 799 m³ off site; 950 m³ leaves 0.66 L/kWh to a site unknown."""
    finding = told(published(IOWA, **OLMO, reported={"water": "950 m3"}))["reported-water-mismatch"]

    assert finding.severity == "warning"


def test_no_hours_slip_in_litres() -> None:
    """12.9 m³ × 60 would be 799 × 0.97 m³, and no minutes enter water."""
    both = IOWA + "wue: 0.3 L/kWh\n"
    finding = told(published(both, **OLMO, reported={"water": "13.3 m3"}))[
        "reported-water-mismatch"
    ]

    assert "minutes" not in finding.message


def test_a_grid_that_is_implied_is_not_explained_by_pounds() -> None:
    """Market-based 0.03 g for 0.24 Wh are 125 g/kWh; × 2.2 lies in the wide range of the USA's."""
    finding = told(
        published(
            "country: US\npue: 1.09\n", **GEMINI, served=ONE, reported={"emissions": "0.03 g"}
        )
    )["reported-emissions-mismatch"]

    assert finding.severity == "warning"
    assert "lb" not in finding.message
