"""The front desk, as a training script uses it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

import carbonlabel
from carbonlabel import desk, output
from carbonlabel.errors import InvalidDocument

HARDWARE = "devices:\n  - name: NVIDIA A100-SXM4-80GB\n    count: 2\n"


def test_a_log_is_a_path_a_name_or_a_stream(example: Path) -> None:
    by_path = carbonlabel.read(example)
    by_name = carbonlabel.read(str(example))
    by_stream = carbonlabel.read(BytesIO(example.read_bytes()))

    assert by_path == by_name
    assert by_path[0].reported_energy == by_stream[0].reported_energy


def test_a_format_that_is_named_is_not_guessed(example: Path) -> None:
    with pytest.raises(carbonlabel.InputError, match="did you mean codecarbon-csv"):
        carbonlabel.read(example, format="codecarbon-csw")
    assert carbonlabel.read(example, format="codecarbon-csv")


def test_a_stream_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "LOG_LIMIT", 3)

    with pytest.raises(carbonlabel.InputError, match="larger than"):
        carbonlabel.read(BytesIO(b"1234"))


def test_files_of_the_user_may_be_given_by_name(example: Path, tmp_path: Path) -> None:
    (tmp_path / "hw.yaml").write_text(HARDWARE)
    (tmp_path / "place.yaml").write_text("country: SE\npue: 1.2\n")

    disclosure = carbonlabel.assess(
        carbonlabel.read(example),
        inventory=tmp_path / "hw.yaml",
        region=str(tmp_path / "place.yaml"),
        subject=carbonlabel.Subject(model="a/b"),
        phase="Fine-Tuning",
    )

    assert disclosure.activities[0].phase == "finetuning"
    assert disclosure.activities[0].region.zone == "SE"
    assert set(disclosure.inputs) == {"log", "hardware", "region"}
    assert disclosure.totals.headline == "total"


def test_a_grid_year_can_be_pinned(example: Path) -> None:
    place = carbonlabel.region("FR", year=2020)

    disclosure = carbonlabel.assess(carbonlabel.read(example), region=place)

    assert disclosure.activities[0].region.intensity.year == 2020


def test_nothing_to_assess_is_an_error() -> None:
    with pytest.raises(carbonlabel.InputError, match="no run"):
        carbonlabel.assess([])


@pytest.mark.parametrize(("text", "size"), [("67M", 67_000_000), ("7b", 7 * 10**9), ("12", 12)])
def test_a_size_is_a_number_with_or_without_a_letter(text: str, size: int) -> None:
    assert desk.parameter_count(text) == size


@pytest.mark.parametrize("text", ["", "M", "-3", "1e9", "0", "many"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(carbonlabel.InputError, match="no number of parameters"):
        desk.parameter_count(text)


def test_one_line_labels_a_card(example: Path, tmp_path: Path) -> None:
    card = tmp_path / "README.md"
    card.write_bytes(b"# Mine\r\n")

    disclosure = carbonlabel.label(example, region="FR", to=card, model="a/b", phase="pretraining")

    assert card.read_bytes().startswith(b"---\r\nco2_eq_emissions:\r\n")
    assert carbonlabel.load((tmp_path / "carbon.json").read_bytes()) == disclosure
    assert carbonlabel.embed(disclosure, into=card.read_bytes()) == card.read_bytes()


def test_one_line_writes_every_document(example: Path, tmp_path: Path) -> None:
    carbonlabel.label(example, to=tmp_path / "out")

    assert len(list((tmp_path / "out").iterdir())) == 8


def test_one_line_draws_no_figure_that_cannot_be(tmp_path: Path) -> None:
    """One T4 of 70 W draws at most 0.7 kWh in 10 h."""
    log, card = tmp_path / "runs.yaml", tmp_path / "README.md"
    log.write_text(
        "carbonlabel: runs\nruns:\n  - {name: a, energy: 5 kWh, hours: 10, device: Tesla T4, "
        "covers: [accelerators], pue_in_energy: no, ended: 2025-06-01, country: FR}\n"
    )

    with pytest.raises(InvalidDocument, match="cannot be trusted"):
        carbonlabel.label(log, to=card)
    assert not card.exists()
    assert carbonlabel.label(log).totals.headline == "at least"


def test_a_foreign_carbon_json_beside_a_card_is_not_overwritten(
    example: Path, tmp_path: Path
) -> None:
    (tmp_path / "README.md").write_text("# Mine\n")
    (tmp_path / "carbon.json").write_text("{}")

    with pytest.raises(carbonlabel.WriteError, match="it is no disclosure"):
        carbonlabel.label(example, to=tmp_path / "README.md")

    assert (tmp_path / "README.md").read_text() == "# Mine\n"
    assert (tmp_path / "carbon.json").read_text() == "{}"


def test_a_card_of_ours_in_the_folder_is_updated(example: Path, tmp_path: Path) -> None:
    first = carbonlabel.label(example, to=tmp_path, model="a/b")
    card = tmp_path / "README.md"
    card.write_bytes(card.read_bytes() + b"\nMore words.\n")

    written = output.write_set(first, tmp_path)

    assert written.kept is None
    assert card.read_bytes().endswith(b"\nMore words.\n")


def test_a_mode_is_kept_and_no_temporary_file_stays(tmp_path: Path) -> None:
    target = tmp_path / "label.svg"
    target.write_text("old")
    target.chmod(0o600)

    output.write(target, b"new")

    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["label.svg"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(carbonlabel.WriteError, match="its folder is not there"):
        output.write(tmp_path / "nowhere" / "x.svg", b"")


def test_a_card_over_the_limit_is_refused(tmp_path: Path) -> None:
    card = tmp_path / "README.md"
    card.write_bytes(b"x" * (5 * 2**20 + 1))

    with pytest.raises(carbonlabel.InputError, match="larger than 5 MiB"):
        output.read_card(card)
    with pytest.raises(carbonlabel.InputError, match="no such file"):
        output.read_card(tmp_path / "nothing.md")


def test_a_set_is_all_or_nothing(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disclosure = carbonlabel.label(example)
    monkeypatch.setattr(output, "SET", ("json", "nonsense"))

    with pytest.raises(carbonlabel.InputError):
        output.write_set(disclosure, tmp_path / "out")

    assert not (tmp_path / "out").exists()
