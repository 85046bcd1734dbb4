"""Every reader of grid intensities refuses what it cannot read, and never breaks."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel import registry
from carbonlabel.errors import InputError
from carbonlabel.intake import Log, open_log
from carbonlabel.model.series import GridSeries
from carbonlabel.plugins import SeriesReader

SAMPLES = Path(__file__).parents[1] / "samples" / "grid"
FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".csv", ".json"})
READERS = [registry.series_reader(name) for name in registry.names(registry.FACTORS)]


def sane(reader: SeriesReader, content: bytes) -> GridSeries | None:
    """What the reader makes of the bytes; None where it refuses them."""
    try:
        series = reader.read(Log("series.txt", content=content))
    except InputError:
        return None
    assert series.points
    assert list(series.points) == sorted(series.points)
    for point in series.points:
        assert math.isfinite(point.intensity_gco2e_per_kwh)
        assert point.intensity_gco2e_per_kwh >= 0
        assert point.length_s > 0
    return series


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_sample_is_recognised_by_content_and_by_one_reader(path: Path) -> None:
    log = Log("anything", content=path.read_bytes())

    found = registry.recognise_series(log)

    assert path.name.startswith(
        {"grid-csv": "plain", "carbon-aware-sdk": "carbon-aware", "uk-carbon-intensity": "uk"}.get(
            found.format, found.format
        )
    )
    assert [reader.recognises(log) for reader in READERS].count(True) == 1
    assert found.read(log).input.format == found.format


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_cut_anywhere_is_read_in_part_or_refused(path: Path) -> None:
    whole = path.read_bytes()
    reader = registry.recognise_series(open_log(path))
    full = {point.begin for point in reader.read(open_log(path)).points}

    for end in range(len(whole)):
        series = sane(reader, whole[:end])
        assert series is None or {point.begin for point in series.points} <= full


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_bom_and_crlf_change_nothing(path: Path) -> None:
    plain = path.read_bytes()
    reader = registry.recognise_series(open_log(path))
    changed = b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n")

    assert reader.recognises(Log("x", content=changed))
    found, expected = sane(reader, changed), sane(reader, plain)
    assert found is not None
    assert expected is not None
    assert found.points == expected.points


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".csv"])
def test_columns_in_another_order_are_found_by_name(path: Path) -> None:
    plain = path.read_text("utf-8")
    reader = registry.recognise_series(open_log(path))
    lines = (",".join(reversed(line.split(","))) for line in plain.splitlines())
    found, expected = sane(reader, "\n".join(lines).encode()), sane(reader, plain.encode())

    assert found is not None
    assert expected is not None
    assert found.points == expected.points


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.format)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"\xff\xfe\x00",
        b"{}",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"data":' * 50_000,
        b'{"data":[{"carbonIntensity":NaN,"datetime":"2025-11-03T09:00Z"}]}',
        b'{"data":[{"point_time":"2025-11-03T09:00Z","value":Infinity}],"meta":{}}',
        b'[{"location":"a","timestamp":"2025-11-03T09:00Z","duration":60,"value":1e999}]',
        b'[{"Location":"a","Time":"2025-11-03T09:00Z","Duration":"1:00","Rating":'
        + b"9" * 5000
        + b"}]",
        b"datetime,intensity (g/kWh)\n2025-11-03T09:00:00Z,\x00\n",
    ],
)
def test_hostile_bytes_are_refused(reader: SeriesReader, content: bytes) -> None:
    assert isinstance(reader.recognises(Log("x", content=content)), bool)
    assert sane(reader, content) is None


@given(content=st.binary(max_size=300))
def test_any_bytes_are_recognised_or_not_without_an_error(content: bytes) -> None:
    for reader in READERS:
        reader.recognises(Log("x", content=content))
        sane(reader, content)


def test_what_nobody_knows_is_said_with_the_formats_that_are_known() -> None:
    with pytest.raises(InputError, match="electricity-maps"):
        registry.recognise_series(Log("x.csv", content=b"a,b\n1,2\n"))


def test_a_million_moments_are_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("carbonlabel.gridseries.points._MOST", 1)

    with pytest.raises(InputError, match="million"):
        registry.series_reader("grid-csv").read(open_log(SAMPLES / "plain.csv"))
