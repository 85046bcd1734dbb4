"""Where runs took place: whose word counts for what."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from carbonlabel.assessment import assess
from carbonlabel.desk import read
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Input
from carbonlabel.model.region import Place, Region
from tests.assessment.test_worked_examples import ten_hours_of_four_gpus

EXAMPLE = Path(__file__).parents[2] / "examples" / "emissions.csv"
REGION_YAML = Input(file="region.yaml", sha256="1" * 64, format="region")


def region_of(run: Evidence, place: Place) -> Region:
    (activity,) = assess([run], place=place).activities
    return activity.region


def test_water_of_the_log_counts_where_the_region_file_is_silent() -> None:
    water = Estimate(value=0.5, unit="L/kWh", basis="estimated", source="log")
    silent = Place(code="FR", inputs={"region": REGION_YAML})

    assert region_of(ten_hours_of_four_gpus(wue=water), silent).wue.value == 0.5
    assert region_of(ten_hours_of_four_gpus(), silent).wue == Missing(
        missing="not-stated", reason="not in region.yaml"
    )


def test_the_ends_of_a_published_pue_are_as_round_as_it() -> None:
    # Azure West Europe publishes 1.14; ± 0.02 are 1.12 and 1.16, not 1.1199999999999999.
    pue = region_of(ten_hours_of_four_gpus(), Place(code="azure/westeurope")).pue

    assert (pue.value, pue.low, pue.high) == (1.14, 1.12, 1.16)


def test_who_leaves_cooling_out_by_choice_is_not_warned_that_nobody_stated_it() -> None:
    chosen = Missing(missing="not-stated", reason="not counted, by choice")

    told = assess([ten_hours_of_four_gpus()], place=Place(code="FR", pue=chosen))
    untold = assess([ten_hours_of_four_gpus()], place=Place(code="FR"))

    assert "pue-not-stated" not in {each.code for each in told.findings}
    assert "pue-not-stated" in {each.code for each in untold.findings}
    assert told.totals.headline == "at least"
    assert told.left_out[0].adds == untold.left_out[0].adds


def test_a_cloud_region_that_no_table_has_is_said_and_its_country_counts(tmp_path: Path) -> None:
    log = EXAMPLE.read_text(encoding="utf-8").replace(",France,FRA,,,,", ",France,FRA,,aws,mars-1,")
    (tmp_path / "emissions.csv").write_text(log, encoding="utf-8")

    disclosure = assess(read(tmp_path / "emissions.csv"))

    assert disclosure.activities[0].region.zone == "FR"
    assert "cloud-region-unknown" in [finding.code for finding in disclosure.findings]


@pytest.mark.parametrize(
    ("code", "zone"),
    [("CA-QC", "CA"), ("aws/ca-central-1", "CA"), ("JP-13", "JP"), ("US-CA", None), ("FR", None)],
)
def test_a_country_that_answers_for_its_province_is_said(code: str, zone: str | None) -> None:
    found = {
        each.code: each
        for each in assess([ten_hours_of_four_gpus()], place=Place(code=code)).findings
    }

    said = found.get("intensity-of-the-country")
    assert (said and said.found) == zone


def test_runs_without_a_date_take_the_newest_figure_with_a_wider_range(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "carbonlabel: runs\nruns:\n  - name: a\n    energy: 1 kWh\n    country: FR\n"
    )

    disclosure = assess(read(tmp_path / "a.yaml"))

    # Publishers differ by 1.42; over five years a grid changes by 1.61: √(ln² 1.42 + ln² 1.61).
    ratio = math.exp(math.hypot(math.log(1.42), math.log(1.61)))
    intensity = disclosure.activities[0].region.intensity
    assert intensity.high == pytest.approx(intensity.value * ratio, abs=0.005)
    assert "year-not-known" in [finding.code for finding in disclosure.findings]
