"""What a verification says where something stands in the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import carbonlabel
from carbonlabel import Evidence, verify
from carbonlabel.errors import InputError
from carbonlabel.intake import FILE_LIMIT
from carbonlabel.model.disclosure import Subject
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.record.canonical import dumps
from carbonlabel.record.keeping import load
from tests.verification.conftest import Made
from tests.verification.test_verify import changed, pdf_of, unchecked, wrong

SAMPLES = Path(__file__).parents[1] / "samples"


def runs(*places: str) -> tuple[Evidence, ...]:
    return tuple(run for place in places for run in carbonlabel.read(SAMPLES / place))


def test_which_of_two_trackers_is_in_doubt_only_the_logs_tell() -> None:
    disclosure = carbonlabel.assess(
        runs("rapl/perf-german.txt", "scaphandre/array.json"), region="FR"
    )
    found = verify(disclosure)

    assert found.holds
    assert any("only the logs tell" in each for each in unchecked(found))


def test_contracts_of_two_activities_were_shared_out_by_what_stands_in_region_yaml(
    made: Made, tmp_path: Path
) -> None:
    region = tmp_path / "region.yaml"
    region.write_text(
        "country: FR\n"
        "instruments:\n"
        "  - {kind: ppa, energy: 4 Wh, zone: FR, vintage: 2026, intensity: 9 gCO2e/kWh}\n",
        encoding="utf-8",
    )
    here = carbonlabel.read(made.files[0])
    there = runs("rapl/powercap.txt")
    found = verify(carbonlabel.assess((*here, *there), region=region))

    assert wrong(found) == []


def test_a_pue_that_was_not_counted_has_its_range_in_region_yaml(
    made: Made, tmp_path: Path
) -> None:
    region = tmp_path / "region.yaml"
    region.write_text(
        "country: FR\npue: {value: 1.3, low: 1.1, high: 1.6, counted: no}\n", encoding="utf-8"
    )
    disclosure = carbonlabel.assess(carbonlabel.read(made.files[0]), region=region)
    alone, given = verify(disclosure), verify(disclosure, [made.files[0], region])

    assert any("not counted stands in region.yaml only" in each for each in unchecked(alone))
    assert wrong(alone) == wrong(given) == []


def test_a_share_of_the_facility_s_energy_cannot_be_followed_where_two_rows_have_it() -> None:
    whole = json.loads((SAMPLES / "disclosures" / "carbon-two-gpus.json").read_text("utf-8"))
    for row in whole["activities"][0]["parts"][:2]:
        del row["energy"]["source"]
        row["energy"]["formula"] = "facility_energy / pue"
    told = unchecked(verify(load(json.dumps(whole))))

    assert (
        "/activities/0/parts/0/energy: The log's share of the row is not in the disclosure" in told
    )


def test_the_world_s_mean_is_that_of_the_table() -> None:
    nowhere = tuple(carbonlabel.read(SAMPLES / "zeus" / "two-gpus.csv"))
    disclosure = carbonlabel.assess(nowhere)
    assert disclosure.activities[0].region.zone == "World"
    whole = json.loads(dumps(disclosure))
    whole["activities"][0]["region"]["intensity"]["high"] = 815.0

    assert wrong(verify(disclosure)) == []
    assert "/activities/0/region/intensity: The factor is not in the table" in wrong(
        verify(load(json.dumps(whole)))
    )


def test_scores_of_a_model_in_use_follow(made: Made) -> None:
    used = runs("ai-energy-score/benchmark_report.json")
    trained = carbonlabel.read(made.files[0])
    disclosure = carbonlabel.assess(
        (*trained, *used), region="FR", inventory=made.files[2], subject=Subject(parameters=10**9)
    )
    named = disclosure.totals.sci or {}

    assert any(name[0].isdigit() for name in named)
    assert isinstance(disclosure.activities[1].workload.break_even, Estimate)  # type: ignore[union-attr]  # it is in use
    assert wrong(verify(disclosure)) == []


@pytest.mark.parametrize("figure", [0.0, 5e-324, 1e308])
def test_no_figure_is_a_fault_of_ours(made: Made, figure: float) -> None:
    whole = made.whole
    for quantity in (
        whole["activities"][0]["region"]["intensity"],
        whole["activities"][0]["parts"][1]["energy"],
        whole["activities"][0]["duration"],
    ):
        quantity |= {"value": figure, "low": figure, "high": figure}

    assert not verify(load(json.dumps(whole))).holds


def test_a_machine_without_a_lifetime_shares_nothing_out(made: Made) -> None:
    whole = made.whole
    for machine in whole["activities"][0]["hardware"]:
        del machine["lifetime"]
    found = verify(load(json.dumps(whole)))

    assert "/activities/0/parts/3/emissions: Nothing stands beside it that gives" in " ".join(
        wrong(found)
    )


def test_a_part_that_is_missing_is_in_no_sum(made: Made) -> None:
    missing = [
        part.emissions
        for part in made.disclosure.activities[0].parts
        if part.part == "accelerators"
    ]

    assert isinstance(missing[0], Missing)
    assert verify(made.disclosure).holds


def test_a_report_that_prints_no_digest_is_said_to_print_none(made: Made, tmp_path: Path) -> None:
    report = tmp_path / "report.pdf"
    content = pdf_of("none", attached=dumps(made.disclosure), identifier="0" * 64)
    report.write_bytes(content)
    found = verify(report)

    assert "report.pdf: No digest was found on its pages" in unchecked(found)
    assert not found.holds


def test_a_card_of_which_nobody_can_say_what_it_means_is_not_compared(folder: Path) -> None:
    card = folder / "README.md"
    text = card.read_text("utf-8")
    card.write_text(text.replace("---\nco2_eq", "---\na: 1\na: 2\nco2_eq", 1), encoding="utf-8")

    assert any("Its section was not compared" in each for each in unchecked(verify(card)))


def test_what_another_version_wrote_is_not_compared_word_by_word(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("carbonlabel.verification.documents.__version__", "0.2.0")
    found = verify(folder / "LABEL.md")

    assert found.holds
    assert "LABEL.md: Its words were not compared: another version wrote them" in unchecked(found)


def test_a_document_beyond_64_mebibytes_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "carbon.json").write_bytes((folder / "carbon.json").read_bytes())
    with (tmp_path / "report.html").open("wb") as stream:
        stream.truncate(FILE_LIMIT + 1)

    with pytest.raises(InputError, match="64 MiB"):
        verify(tmp_path / "report.html")


def test_a_folder_is_no_document(folder: Path) -> None:
    with pytest.raises(InputError):
        verify(folder)


def test_a_disclosure_that_differs_in_many_fields_is_told_in_thirty(made: Made) -> None:
    other = carbonlabel.assess(carbonlabel.read(made.files[0]), region="DE")
    pretended = changed(other, inputs=made.whole["inputs"], sources=made.whole["sources"])
    found = verify(pretended, made.files)

    assert any("more fields differ" in each for each in wrong(found))


def test_ranges_beyond_floating_point_are_wrong_and_no_fault_of_ours(made: Made) -> None:
    whole = made.whole
    for quantity in (
        whole["activities"][0]["region"]["intensity"],
        whole["activities"][0]["parts"][1]["energy"],
    ):
        quantity |= {"value": 1e-150, "low": 0.0, "high": 1e150}
    disclosure = load(json.dumps(whole))

    assert any("cannot be worked out" in each for each in wrong(verify(disclosure)))
    assert "doubt:" not in carbonlabel.explain(disclosure, "/activities/0/parts/1/emissions")


def test_where_two_trackers_stand_behind_a_row_their_split_is_left_open() -> None:
    disclosure = carbonlabel.assess(
        runs("mlflow/two-gpus/gpu_0_utilization_percentage", "zeus/monitor-power.txt"), region="FR"
    )
    whole = json.loads(dumps(disclosure))
    whole["totals"]["doubt"][0]["share"] = 0.001
    told = unchecked(verify(load(json.dumps(whole))))

    assert any(each.startswith("/totals/doubt") for each in told)
