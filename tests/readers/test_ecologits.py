"""Requests that EcoLogits modelled: ranges stay ranges, manufacture stays out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carbonlabel import assess
from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.readers.ecologits import reader

SAMPLES = Path(__file__).parents[1] / "samples" / "ecologits"
LLM = json.loads((SAMPLES / "llm/impacts.json").read_text("utf-8"))
EXPECTED = json.loads((SAMPLES / "llm/expected.json").read_text("utf-8"))


def runs(found: object) -> tuple[Evidence, ...]:
    return reader.read(Log("impacts.json", content=json.dumps(found).encode()))


def value(quantity: Estimate | Missing) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def ends(quantity: Estimate | Missing) -> tuple[float | None, float | None]:
    assert isinstance(quantity, Estimate)
    return quantity.low, quantity.high


def notes(run: Evidence) -> dict[str, str | None]:
    return {finding.code: finding.found for finding in run.findings}


def test_the_sample_says_what_its_expected_json_says() -> None:
    (run,) = reader.read(open_log(SAMPLES / "llm/impacts.json"))

    energy, usage = EXPECTED["energy_kwh"], EXPECTED["usage_gwp_kg"]
    assert ends(run.reported_energy) == (energy["min"], energy["max"])
    assert ends(run.computing) == (energy["min"], energy["max"])
    assert ends(run.reported_emissions) == (1e3 * usage["min"], 1e3 * usage["max"])
    assert run.phase == EXPECTED["phase"]
    assert (run.computing.basis, run.sensors) == ("estimated", {"computing": "stated"})
    assert (run.version, run.country) == (None, None)


def test_a_range_is_kept_and_its_mean_is_the_value() -> None:
    (run,) = reader.read(open_log(SAMPLES / "llm/impacts.json"))

    # The mean of 2.554685443068512e-05 and 3.101322774658987e-05.
    assert value(run.computing) == pytest.approx(2.8280041088637495e-05, rel=1e-15)


def test_emissions_are_of_the_electricity_as_trackers_know_no_manufacture() -> None:
    (run,) = reader.read(open_log(SAMPLES / "llm/impacts.json"))

    # kg of usage, without the 8.138020833333334e-07 kg of making the servers
    assert value(run.reported_emissions) == pytest.approx(1.1719249027131378e-03, rel=1e-12)
    assert notes(run)["tracker-manufacture-left-out"] == ("0.0008138 gCO2e for making the servers")


def test_the_pue_is_inside_and_not_stated_so_that_it_counts_once() -> None:
    (run,) = reader.read(open_log(SAMPLES / "llm/impacts.json"))

    assert run.pue_in_energy == "yes"
    assert isinstance(run.pue, Missing)
    (activity,) = assess([run]).activities
    overhead = next(part for part in activity.parts if part.part == "overhead")
    assert isinstance(overhead.emissions, Missing)
    assert overhead.emissions.missing == "not-applicable"


def test_nothing_is_scaled_to_a_thousand_requests() -> None:
    (run,) = reader.read(open_log(SAMPLES / "llm/impacts.json"))

    assert notes(run)["inference-per-unit"] == "28.28 mWh (25.55 mWh to 31.01 mWh) for 1 request"
    assert notes(run)["tracker-water-left-out"] == "0.000106 to 0.0001286 L"


def test_many_requests_are_many_runs_with_what_they_share_said_once() -> None:
    first, second, third = reader.read(open_log(SAMPLES / "requests.jsonl"))

    assert [run.place[-2:] for run in (first, second, third)] == [":1", ":2", ":3"]
    assert isinstance(third.computing, Missing)
    assert notes(first)["request-not-modelled"] == "1 of 3: model-not-registered"
    assert "for 2 requests" in str(notes(first)["inference-per-unit"])
    assert second.findings == third.findings == ()


def test_a_list_and_a_whole_response_are_read_too() -> None:
    whole = {"choices": ["Hello, Alice"], "impacts": LLM}
    one, two = runs([LLM, whole])

    assert (one.place, two.place) == ("impacts.json:1", "impacts.json:1 #2")
    assert one.identity != two.identity
    assert one.computing == two.computing
    assert "Alice" not in repr(two)


def test_single_values_of_early_versions_get_the_range_of_a_model() -> None:
    early = {
        "energy": {"value": 3e-5, "unit": "kWh"},
        "gwp": {"value": 2e-6, "unit": "kgCO2eq"},
        "pe": {"value": 1e-4, "unit": "MJ"},
    }
    (run,) = runs(early)

    assert (value(run.computing), ends(run.computing)) == (3e-5, (None, None))
    assert run.sensors == {"computing": "model"}
    assert value(run.reported_emissions) == pytest.approx(2e-3)
    assert "emissions-include-manufacture" in notes(run)


def test_a_range_that_begins_at_zero_can_be_assessed() -> None:
    changed = LLM | {"energy": LLM["energy"] | {"value": {"min": 0, "max": 2e-5}}}

    assert isinstance(assess(runs(changed)).totals.energy, Estimate)


def test_an_energy_of_zero_or_null_is_missing_and_not_zero() -> None:
    for nothing in (None, 0, {"min": 0, "max": 0}):
        (run,) = runs(LLM | {"energy": LLM["energy"] | {"value": nothing}})
        assert isinstance(run.computing, Missing)
        assert run.sensors == {}


@pytest.mark.parametrize(
    "found", [[], 3, [3], {"impacts": None}, LLM | {"energy": 3}, LLM | {"usage": [1]}]
)
def test_what_holds_no_impacts_is_refused(found: object) -> None:
    with pytest.raises(MalformedInput):
        runs(found)


def test_warnings_that_are_no_list_of_codes_are_passed_over() -> None:
    (run,) = runs(LLM | {"warnings": "many", "errors": [{"message": "?"}, 3]})

    assert "request-imprecise" not in notes(run)
