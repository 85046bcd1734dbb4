"""Statements of the ML CO2 Impact calculator: rated power × hours, offsets never taken off."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel import assess
from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.readers.mlco2_impact import reader

SAMPLES = Path(__file__).parents[1] / "samples" / "mlco2-impact"
CLOUD = (SAMPLES / "cloud.tex").read_text("utf-8")


def runs(text: str) -> tuple[Evidence, ...]:
    return reader.read(Log("statement.tex", content=text.encode()))


def sample(name: str) -> Evidence:
    (run,) = reader.read(open_log(SAMPLES / name))
    return run


def value(quantity: Estimate | Missing | None) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def found(run: Evidence) -> dict[str, str | None]:
    return {finding.code: finding.found for finding in run.findings}


def test_energy_is_rated_power_times_hours() -> None:
    run = sample("cloud.tex")

    assert value(run.accelerators) == pytest.approx(30.0)  # 300 W × 100 h
    assert value(run.duration) == 360_000
    assert run.sensors == {"accelerators": "rated"}
    assert (run.pue_in_energy, run.cloud) == ("no", "gcp/europe-west1")
    assert [(each.name, each.count) for each in run.devices] == [("Tesla V100-SXM2-32GB", 1)]


def test_row_1_the_total_is_in_kilograms() -> None:
    assert value(sample("cloud.tex").reported_emissions) == pytest.approx(8100)


def test_offsets_are_said_and_never_subtracted() -> None:
    run = sample("cloud.tex")

    assert value(run.reported_emissions) == pytest.approx(8100)  # not 8100 × (1 - 100 %)
    assert found(run)["offset-not-subtracted"] == "100 %"
    assert "offset-not-subtracted" not in found(sample("private.tex"))


def test_a_private_infrastructure_has_no_place_and_no_rounded_intensity() -> None:
    run = sample("private.tex")

    assert (run.cloud, run.country) == (None, None)
    assert value(run.reported_intensity) == pytest.approx(432)
    assert "tracker-intensity-rounded" not in found(run)
    assert found(sample("cloud.tex"))["tracker-intensity-rounded"] == "270 gCO2e/kWh"


def test_an_intensity_rounded_to_zero_claims_no_free_electricity() -> None:
    run = sample("rounded-to-zero.tex")

    assert value(run.accelerators) == pytest.approx(0.75)  # 250 W × 3 h
    assert isinstance(run.reported_emissions, Missing)
    assert run.reported_intensity is None


def test_several_statements_wrapped_and_spelt_as_people_paste_them() -> None:
    first, second = reader.read(open_log(SAMPLES / "pasted.md"))

    assert value(first.accelerators) == pytest.approx(2.8)  # 70 W × 40 h
    assert (first.place, second.place) == ("pasted.md:4", "pasted.md:9")
    assert (first.cloud, second.cloud) == ("aws/us-east-1", None)
    assert value(first.reported_emissions) == pytest.approx(1600)
    assert "statement-contradicts-itself" not in found(first)


def test_a_total_of_eight_gpus_beside_the_hours_of_one_is_noticed() -> None:
    _, second = reader.read(open_log(SAMPLES / "pasted.md"))

    assert value(second.accelerators) == pytest.approx(3.0)  # 300 W × 10 h
    assert value(second.reported_emissions) == pytest.approx(2400)  # 3 kWh × 100 g/kWh × 8
    assert found(second)["statement-contradicts-itself"] == "2400 gCO2e, 8 times as much"


def test_a_total_without_an_intensity_contradicts_itself_too() -> None:
    (run,) = runs(CLOUD.replace("0.27", "0"))

    assert found(run)["statement-contradicts-itself"] == "8100 gCO2e"


def test_a_statement_without_its_total_keeps_its_energy() -> None:
    (run,) = runs(CLOUD.partition("Total")[0])

    assert value(run.accelerators) == pytest.approx(30.0)
    assert isinstance(run.reported_emissions, Missing)


def test_zero_hours_are_no_energy() -> None:
    (run,) = runs(CLOUD.replace("of 100 hours", "of 0 hours"))

    assert isinstance(run.accelerators, Missing)
    assert run.sensors == {}


@pytest.mark.parametrize("unit", ["kgCO$_2$eq", "kg CO2eq", "kgCO$_{2}$eq", "kg CO<sub>2</sub> eq"])
def test_units_are_known_in_every_spelling(unit: str) -> None:
    (run,) = runs(CLOUD.replace("kgCO$_2$eq", unit))

    assert value(run.reported_emissions) == pytest.approx(8100)


def test_a_sentence_with_another_subject_has_no_place() -> None:
    (run,) = runs(CLOUD.replace("Experiments were conducted using", "We used"))

    assert run.cloud is None
    assert value(run.accelerators) == pytest.approx(30.0)


def test_an_unknown_provider_is_no_place() -> None:
    (run,) = runs(CLOUD.replace("Google Cloud Platform", "Our Cluster"))

    assert run.cloud is None


def test_a_statement_without_hours_is_refused() -> None:
    with pytest.raises(MalformedInput, match="missing"):
        runs(CLOUD.replace("of 100 hours", "of None hours"))


def test_a_text_without_a_statement_is_refused() -> None:
    with pytest.raises(MalformedInput, match="no statement"):
        runs("We used 100 hours.")


def test_the_statement_can_be_assessed_with_the_range_of_rated_power() -> None:
    totals = assess([sample("private.tex")]).totals

    assert isinstance(totals.energy, Estimate)
    # 62.5 kWh, 0.15 to 1.05 times
    assert (totals.energy.low, totals.energy.high) == (pytest.approx(9.375), pytest.approx(65.625))
    assert totals.headline == "at least"


def test_a_region_cannot_command_the_terminal() -> None:
    text = (SAMPLES / "cloud.tex").read_bytes().replace(b"region europe", b"region \x1b[2Jeurope")

    (run,) = reader.read(Log("a.tex", content=text))

    assert run.cloud is not None
    assert run.cloud.isprintable()
