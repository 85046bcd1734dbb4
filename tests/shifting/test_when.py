"""Other times for a job, in series of the user's own."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from carbonlabel.cli import main
from carbonlabel.shifting.times import change_ratio, emissions

SAMPLES = Path(__file__).parents[1] / "samples" / "grid"
HEADER = "datetime (UTC),zone,intensity lifecycle (gCO2e/kWh)\n"
# The clock in Paris is set back on 2026-10-25 at 01:00 UTC.
FIRST = datetime(2026, 10, 24, 22, tzinfo=UTC)
Said = pytest.CaptureFixture[str]


def written(path: Path, *grams: float | None) -> Path:
    lines = (
        f"{FIRST + timedelta(hours=place):%Y-%m-%d %H:%M},FR,{each}\n"
        for place, each in enumerate(grams)
        if each is not None
    )
    path.write_text(HEADER + "".join(lines))
    return path


@pytest.fixture
def night(tmp_path: Path) -> Path:
    """Eight hours: 80 80 40 20 20 60 100 120 g/kWh."""
    return written(tmp_path / "night.csv", 80, 80, 40, 20, 20, 60, 100, 120)


def facts(capsys: Said, *arguments: object) -> dict[str, Any]:
    assert main(["when", *map(str, arguments), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_best_the_first_the_worst_and_the_mean(night: Path, capsys: Said) -> None:
    """3 h: 20 + 20 + 40 and 20 + 20 + 60; the first 80 + 80 + 40; the worst 60 + 100 + 120."""
    found = facts(capsys, night, "--hours", 3, "--top", 1)

    (best,) = found["best"]
    assert best["intensity_gco2e_per_kwh"] == pytest.approx(80 / 3)
    assert best["begin"] == "2026-10-25T00:00:00+00:00"
    assert best["change_against_first"] == pytest.approx(80 / 200 - 1)
    assert best["change_against_mean"] == pytest.approx(80 / 3 / 65 - 1)
    assert found["first"]["intensity_gco2e_per_kwh"] == pytest.approx(200 / 3)
    assert found["worst"]["intensity_gco2e_per_kwh"] == pytest.approx(280 / 3)
    assert found["mean_gco2e_per_kwh"] == 65


def test_the_hour_that_the_clock_shows_twice_keeps_apart(night: Path, capsys: Said) -> None:
    """The best three hours are 02:00 +02:00 to 04:00 +01:00 on a clock in Paris."""
    found = facts(capsys, night, "--hours", 3, "--top", 1, "--zone", "Europe/Paris")

    (best,) = found["best"]
    assert best["begin"] == "2026-10-25T02:00:00+02:00"
    assert best["end"] == "2026-10-25T04:00:00+01:00"


def test_a_time_that_the_clock_showed_twice_asks_which(night: Path, capsys: Said) -> None:
    told = ["when", str(night), "--hours", "1", "--zone", "Europe/Paris"]

    assert main([*told, "--from", "2026-10-25T02:30"]) == 3
    assert "twice" in capsys.readouterr().err
    assert main([*told, "--from", "2026-10-25T02:30+01:00"]) == 0


def test_the_job_begins_not_before_and_is_over_by_then(night: Path, capsys: Said) -> None:
    """From 02:00 to 05:00 UTC: 20, 60, 100 g/kWh: the best two hours are 20 and 60."""
    found = facts(
        capsys,
        *(night, "--hours", 2, "--from", "2026-10-25T02:00Z", "--until", "2026-10-25T05:00Z"),
    )

    best = found["best"][0]
    assert best["intensity_gco2e_per_kwh"] == 40
    assert best["begin"] == found["first"]["begin"] == "2026-10-25T02:00:00+00:00"


def test_a_day_alone_is_its_midnight_on_the_clock_of_the_zone(night: Path, capsys: Said) -> None:
    """Midnight in Paris is 22:00 UTC of the day before: all eight hours."""
    found = facts(capsys, night, "--hours", 8, "--zone", "Europe/Paris", "--from", "2026-10-25")

    assert found["best"][0]["begin"] == "2026-10-25T00:00:00+02:00"


def test_power_is_an_energy_over_the_hours(night: Path, capsys: Said) -> None:
    """300 W × 2 h = 0.6 kWh × 20 g/kWh = 12 g, ÷ and × 1.42."""
    found = facts(capsys, night, "--hours", 2, "--power", "300W", "--top", 1)

    best = found["best"][0]
    assert found["energy_kwh"] == pytest.approx(0.6)
    assert best["emissions_gco2e"]["value"] == pytest.approx(12)
    assert best["emissions_gco2e"]["high"] == pytest.approx(12 * 1.42)


def test_the_best_hours_of_a_job_that_may_be_interrupted(tmp_path: Path, capsys: Said) -> None:
    """Two of 100 20 200 30 100: in one piece (100 + 20) ÷ 2 = 60, apart (20 + 30) ÷ 2 = 25."""
    series = written(tmp_path / "s.csv", 100, 20, 200, 30, 100)

    found = facts(capsys, series, "--hours", 2, "--interruptible", "--top", 1)

    apart = found["interrupted"]
    assert apart["intensity_gco2e_per_kwh"] == 25
    assert len(apart["pieces"]) == 2
    assert found["best"][0]["intensity_gco2e_per_kwh"] == 60


def test_a_job_in_many_pieces_shows_ten_of_them(tmp_path: Path, capsys: Said) -> None:
    series = written(tmp_path / "s.csv", *([10, 90] * 13))

    assert main(["when", str(series), "--hours", "13", "--interruptible"]) == 0

    out = capsys.readouterr().out
    assert "in 13 pieces" in out
    assert out.count(" to 2026-") == 10
    assert "and 3 more; --json has all" in out


def test_gaps_are_said_and_no_window_goes_over_one(tmp_path: Path, capsys: Said) -> None:
    series = written(tmp_path / "s.csv", 10, 10, None, 10, 90, 90)

    assert main(["when", str(series), "--hours", "3"]) == 0
    out = capsys.readouterr().out
    assert "63.3" in out
    assert "a gap" in out
    assert main(["when", str(series), "--hours", "4"]) == 3
    assert "longest time without a gap is 3 h" in capsys.readouterr().err


def test_the_table_fits_80_columns_and_says_what_a_history_is(night: Path, capsys: Said) -> None:
    assert main(["when", str(night), "--hours", "3", "--energy", "18kWh", "--interruptible"]) == 0
    out = capsys.readouterr().out

    assert all(len(line) <= 80 for line in out.splitlines())
    words = " ".join(out.split())
    for said in ("history, life cycle, average", "−60 %", "The best saves", "not when it will be"):
        assert said in words
    assert "Interrupted" in out


def test_savings_have_a_range(night: Path, capsys: Said) -> None:
    """18 kWh × (200 − 80) ÷ 3 g/kWh = 720 g against the first, 507 to 1 022 g."""
    assert main(["when", str(night), "--hours", "3", "--energy", "18kWh"]) == 0

    out = " ".join(capsys.readouterr().out.split())
    assert "The best saves 720 (500–1 030) g CO₂e against the first" in out


def test_a_forecast_is_said_to_be_one_and_no_label_is_drawn_of_it(
    tmp_path: Path, example: Path, capsys: Said
) -> None:
    hours = [
        {"carbonIntensity": grams, "datetime": f"2026-11-22T{hour:02}:00:00Z"}
        for hour, grams in enumerate((50, 30, 40))
    ]
    forecast = tmp_path / "forecast.json"
    forecast.write_text(json.dumps({"zone": "FR", "forecast": hours}))

    assert main(["when", str(forecast), "--hours", "1"]) == 0
    assert "forecast, life cycle, average" in capsys.readouterr().out
    assert main(["label", str(example), "--grid", str(forecast), "--zone", "UTC"]) == 3
    assert "forecast" in capsys.readouterr().err


def test_a_marginal_series_is_taken_and_said_to_be_one(capsys: Said) -> None:
    assert main(["when", str(SAMPLES / "watttime-moer.json"), "--hours", "5 min"]) == 0

    assert "Marginal intensities" in capsys.readouterr().out


def test_a_national_series_with_its_own_forecast_says_so(capsys: Said) -> None:
    assert main(["when", str(SAMPLES / "uk-national.json"), "--hours", "30 min"]) == 0

    assert "holds its own forecast" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--hours", "0"], "more than 0"),
        (["--hours", "soon"], "no quantity"),
        (["--hours", "1", "--power", "0 W"], "more than 0"),
        (["--hours", "1", "--from", "later"], "no time"),
        (["--hours", "1", "--from", "2030-01-01"], "it is of 2026-10-24 22:00 to"),
        (["--hours", "1", "--zone", "Europe/Atlantis"], "no time zone"),
        (["--hours", "9"], "longest time without a gap is 8 h"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(
    arguments: list[str], why: str, night: Path, capsys: Said
) -> None:
    assert main(["when", str(night), *arguments]) == 3
    assert why in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["--hours", "1", "--top", "0"], ["--hours", "1", "--power", "1W", "--energy", "1kWh"], []],
)
def test_wrong_usage_is_exit_2(arguments: list[str], night: Path) -> None:
    with pytest.raises(SystemExit) as done:
        main(["when", str(night), *arguments])

    assert done.value.code == 2


def test_what_a_reader_noticed_is_told_unless_quiet_is_asked_for(capsys: Said) -> None:
    told = ["when", str(SAMPLES / "carbon-aware-webapi.json"), "--hours", "5 min"]

    assert main(told) == 0
    assert "warning[series-kind-not-stated]" in capsys.readouterr().err
    assert main([*told, "-q"]) == 0
    assert capsys.readouterr().err == ""


def test_a_grid_without_emissions_has_no_changes(tmp_path: Path, capsys: Said) -> None:
    series = written(tmp_path / "s.csv", 0, 0)

    assert main(["when", str(series), "--hours", "1", "--energy", "1kWh"]) == 0
    assert "–" in capsys.readouterr().out
    assert change_ratio(0.0, 0.0) is None
    assert emissions(0.0, 1.0).value == 0
