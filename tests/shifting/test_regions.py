"""Other places for a job: the ranking, what cannot be told apart, and what people read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import carbonlabel
from carbonlabel.cli import main
from carbonlabel.errors import MissingFactor
from carbonlabel.method.propagate import Interval
from carbonlabel.shifting import placetable, sites
from carbonlabel.shifting.regions import Choice, Comparison, compare

YEAR = 2025
Said = pytest.CaptureFixture[str]


def near(code: str, **told: Any) -> Comparison:  # noqa: ANN401 - options of several kinds
    here = sites.named(code, YEAR)
    return compare(here, code, energy_kwh=1.0, year=YEAR, **told)


def choice(found: Comparison, code: str) -> Choice:
    return next(each for each in found.choices if each.site.code == code)


def test_the_nearest_come_first_and_as_many_as_are_asked_for() -> None:
    found = near("FR", top=7)

    distances = [each.distance_km for each in found.choices]
    assert len(distances) == 7
    assert distances == sorted(distances)


def test_a_region_on_the_same_grid_changes_nothing_by_its_grid() -> None:
    found = near("FR")

    assert "gcp/europe-west9" in {site.code for site in found.same}
    assert "gcp/europe-west9" not in {each.site.code for each in found.choices}


def test_a_change_has_the_doubt_of_both_grids() -> None:
    """Belgium 149.82, France 41.44 g/kWh in 2025 (Ember); 1.42 twice in quadrature is 1.642."""
    found = choice(near("FR"), "gcp/europe-west1")

    assert found.verdict == "higher"
    assert found.ratio.value == pytest.approx(149.82 / 41.44)
    assert found.ratio.low == pytest.approx(149.82 / 41.44 / 1.642, rel=1e-3)
    assert found.ratio.high == pytest.approx(149.82 / 41.44 * 1.642, rel=1e-3)


def test_ranges_that_overlap_are_not_told_apart() -> None:
    """Sweden 35.26 against France 41.44 g/kWh: far within a factor of 1.42."""
    assert choice(near("FR"), "aws/eu-north-1").verdict == "not distinguishable"


def test_on_one_grid_the_pue_alone_decides() -> None:
    """1.4 typed (1.35 to 1.45) against 1.09 published in Frankfurt."""
    here = sites.with_pue(sites.named("DE", YEAR), "1.4")
    found = compare(here, "DE", energy_kwh=1.0, year=YEAR)

    frankfurt = choice(found, "gcp/europe-west3")
    assert frankfurt.verdict == "lower"
    assert frankfurt.is_pue_counted
    assert frankfurt.site.pue is not None
    assert frankfurt.ratio.value == pytest.approx(frankfurt.site.pue.value / 1.4)


def test_where_one_pue_is_not_known_grids_alone_are_compared() -> None:
    here = sites.with_pue(sites.named("FR", YEAR), "2.0")
    found = choice(compare(here, "FR", energy_kwh=1.0, year=YEAR), "oci/uk-london-1")

    assert found.site.pue is None
    assert not found.is_pue_counted
    # United Kingdom 217 ÷ France 41.44 g/kWh, in which the PUE of 2.0 is not.
    assert found.ratio.value == pytest.approx(217 / 41.44, rel=0.01)


def test_direct_figures_are_not_compared_with_those_of_a_life_cycle() -> None:
    """Virginia's figure is of the stacks (eGRID), Sweden's of the life cycle (Ember)."""
    found = near("US-VA", order="emissions")

    assert choice(found, "aws/eu-north-1").verdict == "not comparable"
    verdicts = [each.verdict == "not comparable" for each in found.choices]
    assert verdicts == sorted(verdicts)


def test_the_table_names_the_scopes_and_years_that_differ(capsys: Said) -> None:
    assert main(["regions", "--near", "US-VA", "--within", "1000", "--top", "40"]) == 0
    out = " ".join(capsys.readouterr().out.split())

    assert "not comparable" in out
    assert "one figure is direct, the other is not" in out
    assert "annual averages of 2023 to 2025" in out


def test_a_figure_of_no_year_is_said_without_one() -> None:
    here = sites.Site("X", "x", "stated", None, "direct", Interval(100.0, 80.0, 120.0), None)
    alone = compare(here, "FR", energy_kwh=2.0, year=YEAR, within_km=0.0, provider="meta")

    assert "annual averages, not marginal" in placetable.table(alone).decode().replace("\n", " ")


def test_a_region_in_a_state_answers_for_its_country_where_the_scopes_agree_then() -> None:
    """Against Germany's life cycle, Virginia counts with that of the United States."""
    found = choice(near("DE"), "gcp/us-east4")

    assert (found.site.zone, found.site.scope) == ("US", "lifecycle")


def test_lowest_emissions_come_first_when_asked() -> None:
    found = near("DE", order="emissions", within_km=1500, top=5)

    ratios = [each.ratio.value for each in found.choices]
    assert ratios == sorted(ratios)
    assert all(each.distance_km <= 1500 for each in found.choices)


def test_a_place_without_a_figure_near_the_year_is_said() -> None:
    with pytest.raises(MissingFactor, match="--year"):
        sites.named("FR", 1960)


def test_regions_without_a_figure_are_counted_and_passed_over() -> None:
    here = sites.Site("X", "x", "stated", 1960, "lifecycle", Interval(100.0, 80.0, 120.0), None)

    found = compare(here, "FR", energy_kwh=1.0, year=1960)

    assert found.choices == ()
    assert found.unknown_count > 50
    assert "no grid figure is known" in placetable.table(found).decode().replace("\n", " ")


def test_the_table_fits_80_columns_and_says_its_caveats(capsys: Said) -> None:
    assert main(["regions", "--near", "FR", "--top", "15"]) == 0
    out = capsys.readouterr().out

    assert all(len(line) <= 80 for line in out.splitlines())
    assert out.startswith("region")
    for said in (
        "+262 % (+120 to +494)",
        "On the grid of FR too: aws/eu-west-3",
        "not marginal",
        "jurisdiction",
        "--pue",
    ):
        assert said in " ".join(out.split())


def test_an_energy_is_shown_in_the_unit_that_reads_best(capsys: Said) -> None:
    """1 200 kWh × 149.82 g/kWh = 179.8 kg."""
    assert main(["regions", "--near", "FR", "--energy", "1200kWh", "--top", "8"]) == 0
    out = capsys.readouterr().out

    assert "kg CO2e" in out
    assert " 180 " in out


def test_json_has_ranges_and_sources(capsys: Said) -> None:
    assert main(["regions", "--near", "FR", "--top", "8", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert found["here"]["source"]["key"] == "ember"
    assert found["regions"][-1]["emissions_gco2e"].keys() == {"value", "low", "high"}
    belgium = next(each for each in found["regions"] if each["region"] == "gcp/europe-west1")
    assert belgium["pue"]["value"] == 1.09
    assert belgium["verdict"] == "higher"


def test_place_and_energy_may_come_from_a_disclosure(tmp_path: Path, capsys: Said) -> None:
    """RTX 4090 × 10 h = 4.5 kWh in Germany."""
    kept = tmp_path / "carbon.json"
    made = carbonlabel.estimate(gpu="RTX 4090", hours=10, region="DE", year=2025)
    kept.write_bytes(carbonlabel.dump(made))

    assert main(["regions", "--from", str(kept), "--top", "3", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert found["energy_kwh"] == 4.5
    assert (found["here"]["region"], found["here"]["year"]) == ("DE", 2025)
    assert "aws/eu-central-1" in found["same_grid"]


def test_a_disclosure_in_a_cloud_region_is_compared_with_its_pue(
    tmp_path: Path, capsys: Said
) -> None:
    kept = tmp_path / "carbon.json"
    made = carbonlabel.estimate(gpu="RTX 4090", hours=10, region="gcp/europe-west1", year=2025)
    kept.write_bytes(carbonlabel.dump(made))

    assert main(["regions", "--from", str(kept), "--top", "60", "--sort", "emissions"]) == 0
    out = capsys.readouterr().out

    assert "grids alone are compared" in out
    assert "gcp/europe-north2" in out


def test_a_disclosure_of_nowhere_or_of_nothing_is_refused(tmp_path: Path, capsys: Said) -> None:
    kept = tmp_path / "carbon.json"
    kept.write_bytes(carbonlabel.dump(carbonlabel.estimate(gpu="RTX 4090", hours=10)))

    with pytest.raises(SystemExit) as nowhere:
        main(["regions", "--from", str(kept)])

    assert nowhere.value.code == 2
    assert "--near" in capsys.readouterr().err


def test_a_disclosure_of_several_places_is_refused() -> None:
    one, two = (
        carbonlabel.estimate(gpu="RTX 4090", hours=10, region=code, year=2025)
        for code in ("DE", "FR")
    )
    both = one.model_copy(update={"activities": (*one.activities, *two.activities)})

    with pytest.raises(carbonlabel.InputError, match="several places"):
        sites.job(both, "carbon.json")


def test_a_disclosure_without_energy_is_refused() -> None:
    made = carbonlabel.estimate(gpu="RTX 4090", hours=10, region="DE", year=2025)
    parts = tuple(each for each in made.activities[0].parts if each.part == "manufacture")
    bare = made.activities[0].model_copy(update={"parts": parts})

    with pytest.raises(carbonlabel.InputError, match="no energy"):
        sites.job(made.model_copy(update={"activities": (bare,)}), "carbon.json")


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (["--near", "Frnace"], 4, "France"),
        (["--near", "FR", "--provider", "googel"], 4, "gcp"),
        (["--near", "FR", "--within", "far"], 3, "1000km"),
        (["--near", "FR", "--energy", "0 kWh"], 3, "more than 0"),
        (["--near", "FR", "--energy", "12"], 3, "unit"),
        (["--near", "FR", "--pue", "0.8"], 3, "no PUE"),
        (["--near", "FR", "--year", "1960"], 4, "--year"),
        (["--near", "US-EGRID-CAMX"], 4, "position"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(
    arguments: list[str], status: int, why: str, capsys: Said
) -> None:
    assert main(["regions", *arguments]) == status
    assert why in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["--near", "FR", "--top", "0"]])
def test_wrong_usage_is_exit_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(["regions", *arguments])

    assert done.value.code == 2


def test_distances_need_no_unit_and_providers_have_several_names(capsys: Said) -> None:
    assert main(["regions", "--near", "FR", "--within", "350", "--provider", "Google"]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert [line.split()[0] for line in lines[2:4]] == ["gcp/europe-west1", "gcp/europe-west2"]
