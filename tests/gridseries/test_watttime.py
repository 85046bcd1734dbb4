from __future__ import annotations

import json
from pathlib import Path

import pytest

from carbonlabel.errors import InputError
from carbonlabel.gridseries.watttime import reader
from carbonlabel.intake import Log, open_log

SAMPLES = Path(__file__).parents[1] / "samples" / "grid"


def test_pitfall_20_pounds_a_megawatt_hour_are_converted_and_marked_as_marginal() -> None:
    """900 lb/MWh are 408 g/kWh, and marginal: no average."""
    series = reader.read(open_log(SAMPLES / "watttime-moer.json"))

    assert series.points[0].intensity_gco2e_per_kwh == pytest.approx(408.233133)
    assert series.points[0].length_s == 300
    assert (series.kind, series.scope) == ("marginal", "direct")


def test_the_average_signal_is_an_average() -> None:
    series = reader.read(open_log(SAMPLES / "watttime-aoer.json"))

    # 1 000 and 500 lb/MWh × 0.45359237
    assert [point.intensity_gco2e_per_kwh for point in series.points] == pytest.approx(
        [453.59237, 226.796185]
    )
    assert (series.kind, series.zone) == ("average", "CAISO_NORTH")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"units": "percentile"}, "'percentile' is no grid intensity"),
        ({"signal_type": "health_damage"}, "no grid intensity"),
        ({"signal_type": None}, "missing"),
        ({"data_point_period_seconds": 0}, "no interval"),
        ({"data_point_period_seconds": 1e300}, "no interval"),
        ({"data_point_period_seconds": 600}, "begins before this one ends"),
    ],
)
def test_another_signal_is_refused(change: dict[str, object], why: str) -> None:
    answer = json.loads((SAMPLES / "watttime-moer.json").read_bytes())
    answer["meta"] |= change

    with pytest.raises(InputError, match=why):
        reader.read(Log("w.json", content=json.dumps(answer).encode()))


def test_a_forecast_is_marked_as_one() -> None:
    answer = json.loads((SAMPLES / "watttime-moer.json").read_bytes())
    answer["meta"] |= {"generated_at": "2025-11-03T09:00:00+00:00"}

    forecast = reader.read(Log("w.json", content=json.dumps(answer).encode()))

    assert forecast.is_forecast
    assert not reader.read(open_log(SAMPLES / "watttime-moer.json")).is_forecast


def test_version_2_is_refused_since_it_does_not_say_its_unit() -> None:
    with pytest.raises(InputError, match="v2"):
        reader.read(Log("w.json", content=b'[{"point_time":"2022-07-15T00:00:00Z","value":870}]'))
