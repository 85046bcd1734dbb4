"""Damaged rows that CodeCarbon really wrote, and what of them can be saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.readers.codecarbon import reader

SAMPLE = Path(__file__).parents[1] / "samples" / "codecarbon" / "3.3.2" / "append" / "emissions.csv"
HEAD, *ROWS = SAMPLE.read_text("utf-8").splitlines()
NAMES = HEAD.split(",")
GPU = {"gpu_count": "2", "gpu_model": "2 x NVIDIA A100-SXM4-80GB"}


def cells(**changes: str) -> dict[str, str]:
    named = dict(zip(NAMES, ROWS[0].split(","), strict=True))
    return named | {"cpu_model": "AMD EPYC 7763", "cpu_energy": "1", "ram_energy": "1"} | changes


def line(without: tuple[str, ...] = (), **changes: str) -> str:
    """A row that leaves the fields `without` out and puts nothing in their place."""
    return ",".join(text for name, text in cells(**changes).items() if name not in without)


def read(*lines: str, head: str = HEAD) -> Evidence:
    """The first run of a file that ends with a sound row."""
    whole = line(run_id="last", energy_consumed="2")
    return reader.read(Log("emissions.csv", content="\n".join((head, *lines, whole)).encode()))[0]


def repairs(run: Evidence) -> list[tuple[str, str | None]]:
    return [(f.severity, f.found) for f in run.findings if f.code == "row-realigned"]


@pytest.mark.parametrize(
    ("without", "given"),
    [
        (("region", "longitude", "latitude"), {}),
        (("region", "cloud_provider", "cloud_region"), {"longitude": "2.35", "latitude": "48.85"}),
        (("longitude", "latitude"), {"region": "bavaria"}),
        (("cloud_provider", "cloud_region", "longitude", "latitude"), {"region": "bavaria"}),
        (("region",), {"cloud_provider": "gcp", "cloud_region": "europe-west1", "latitude": ""}),
        (("region", "gpu_model", "longitude", "latitude"), {"gpu_count": "0"}),
        (("region", "gpu_count", "gpu_model", "longitude", "latitude"), {}),
        (("region", "longitude", "latitude"), GPU),
    ],
)
def test_a_row_that_lacks_its_empty_fields_reads_like_the_whole_row(
    without: tuple[str, ...], given: dict[str, str]
) -> None:
    empty = dict.fromkeys(without, "")
    given = {"energy_consumed": "2", "pue": "1.25", "wue": "1.8"} | given
    if {"longitude", "latitude"} & given.keys() and "longitude" not in without:
        given |= {"longitude": "2.35", "latitude": "48.85"}

    short, whole = read(line(without, **given)), read(line(**given | empty))

    assert repairs(short) == [("note", f"{38 - len(without)} fields")]
    for field in ("host", "pue", "wue", "cloud", "subdivision", "devices", "version", "covers"):
        assert getattr(short, field) == getattr(whole, field)
    assert isinstance(short.host, Estimate)
    assert short.host.value == (1 + 1) / 1.25


def test_a_row_that_reads_in_several_ways_keeps_what_they_agree_on() -> None:
    # One number that counts no GPU stands for half a place: which half?
    half = {"longitude": "2.5", "pue": "1.5", "energy_consumed": "2"}
    run = read(line(("gpu_count", "gpu_model", "latitude"), **half))

    assert repairs(run) == [("warning", "35 fields")]
    assert run.version == "3.3.2"
    assert isinstance(run.accelerators, Missing)
    assert run.accelerators.missing == "not-measured"
    assert run.pue == Estimate(value=1.5, unit="ratio", basis="estimated", source="log")


def test_a_row_without_anchors_keeps_its_energy_and_nothing_that_could_be_wrong() -> None:
    damaged = line(("region", "os", "tracking_mode"), energy_consumed="2")

    run = read(damaged)

    assert repairs(run) == [("warning", "35 fields")]
    assert run.pue_in_energy == "unknown"
    assert isinstance(run.computing, Estimate)
    assert run.computing.value == 2
    assert (run.version, run.cloud, run.devices, run.country) == (None, None, (), None)


def reordered() -> list[str]:
    moved = ["cloud_provider", "cloud_region"]
    return [name for name in NAMES if name not in moved] + moved


def test_a_row_in_the_writers_order_under_a_reordered_header_is_read_in_its_own() -> None:
    head = ",".join(reordered())

    run = read(line(pue="1.5", wue="1.8", cloud_provider="gcp", cloud_region="us-x1"), head=head)

    assert repairs(run) == [("note", "38 fields")]
    assert run.cloud == "gcp/us-x1"
    assert run.pue == Estimate(value=1.5, unit="ratio", basis="estimated", source="log")


def test_a_row_in_the_order_of_a_reordered_header_is_read_by_name() -> None:
    named = cells(pue="1.5", cloud_provider="gcp", cloud_region="us-x1")
    own = ",".join(named[name] for name in reordered())

    run = read(own, head=",".join(reordered()))

    assert repairs(run) == []
    assert (run.cloud, run.pue_in_energy) == ("gcp/us-x1", "yes")


def test_columns_that_were_dropped_because_they_were_empty_are_not_missed() -> None:
    dropped = {"region", "cloud_provider", "cloud_region", "longitude", "latitude"}
    kept = [name for name in NAMES if name not in dropped]
    row = ",".join(cells(energy_consumed="2")[name] for name in kept)
    log = Log("emissions.csv", content=f"{','.join(kept)}\n{row}\n".encode())

    assert reader.recognises(log)
    (run,) = reader.read(log)
    assert isinstance(run.host, Estimate)
    assert (run.host.value, run.cloud) == (2, None)
    assert "row-realigned" not in {each.code for each in run.findings}


def test_columns_that_somebody_added_are_passed_over() -> None:
    log = Log(
        "emissions.csv",
        content=f"note,{HEAD},mine\nx,{line(energy_consumed='2')},7\n".encode(),
    )

    (run,) = reader.read(log)

    assert isinstance(run.host, Estimate)
    assert run.host.value == 2


def test_empty_fields_at_the_end_of_a_row_are_no_fault() -> None:
    run = read(line(energy_consumed="2") + ",,")

    assert isinstance(run.host, Estimate)
    assert run.host.value == 2
    assert repairs(run) == []


def test_a_row_of_another_version_under_this_header_is_known_by_its_looks() -> None:
    old = (SAMPLE.parents[2] / "2.2.7" / "append" / "emissions.csv").read_text("utf-8")

    run = read(old.splitlines()[1])

    assert run.version == "2.2.7"
    assert repairs(run) == [("note", "31 fields")]


def test_a_newer_row_under_an_older_header_is_known_by_its_looks() -> None:
    old = (SAMPLE.parents[2] / "2.2.7" / "append" / "emissions.csv").read_text("utf-8")
    log = Log("emissions.csv", content=(old.rstrip() + f"\n{line(energy_consumed='2')}\n").encode())

    _, run = reader.read(log)

    assert run.version == "3.3.2"


def test_a_row_that_no_version_wrote_is_refused() -> None:
    with pytest.raises(MalformedInput, match="the row has 41 fields, its header 38"):
        read(line() + ",a,b,c")


def test_quoted_names_with_commas_stay_one_field() -> None:
    model = '"2 x NVIDIA A100, 80GB, 1 x Tesla T4"'

    run = read(line(gpu_count="3", gpu_model=model, gpu_energy="3", energy_consumed="5"))

    named = [(device.name, device.kind, device.count) for device in run.devices]
    assert named == [
        ("NVIDIA A100, 80GB", "accelerator", 2),
        ("Tesla T4", "accelerator", 1),
        ("AMD EPYC 7763", "host", 1),
    ]
    assert run.accelerators == Estimate(value=3, unit="kWh", basis="measured", source="log")
    assert run.sensors == {"accelerators": "counter", "host": "model"}


def test_kinds_of_gpus_that_codecarbon_writes_without_a_gap_are_told_apart() -> None:
    run = read(
        line(
            gpu_count="3",
            gpu_model="2 x NVIDIA A100-SXM4-80GB1 x Tesla T4",
            gpu_energy="3",
            energy_consumed="5",
        )
    )

    named = [(device.name, device.count) for device in run.devices if device.kind == "accelerator"]
    assert named == [("NVIDIA A100-SXM4-80GB", 2), ("Tesla T4", 1)]
    assert not [found for found in run.findings if found.code == "gpu-count-differs"]


def test_a_gpu_name_without_a_count_takes_the_count_column() -> None:
    run = read(line(gpu_count="4.0", gpu_model="Tesla T4", gpu_energy="3", energy_consumed="5"))

    assert run.devices[0].count == 4


def test_counts_of_gpus_that_disagree_are_found() -> None:
    run = read(line(gpu_count="4", gpu_model="2 x T4", gpu_energy="3", energy_consumed="5"))

    (finding,) = [f for f in run.findings if f.code == "gpu-count-differs"]
    assert (finding.expected, finding.found) == ("4 GPUs", "2 GPUs")


def test_strangers_words_are_bounded_and_without_control_characters() -> None:
    hostile = "gcp\x1b[31m\u202e" + "x" * 500

    run = read(line(cloud_provider=hostile, cloud_region="a\u2028b", energy_consumed="2"))

    assert run.cloud is not None
    provider, _, region = run.cloud.partition("/")
    assert (len(provider), region) == (200, "ab")
    assert provider.startswith("gcp[31mxxx")


def test_a_gpu_without_energy_was_not_measured() -> None:
    run = read(line(**GPU, energy_consumed="2"))

    assert run.accelerators == Missing(
        missing="not-measured", reason="gpu_count is 2, yet gpu_energy is 0: no board was read"
    )
