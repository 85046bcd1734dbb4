"""The program as a user meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

SET = {
    "carbon.json",
    "label.svg",
    "label-dark.svg",
    "label.png",
    "LABEL.md",
    "README.md",
    "report.html",
    "report.pdf",
}
VERBS = [
    "label",
    "collect",
    "estimate",
    "assess",
    "render",
    "check",
    "lint",
    "embed",
    "push",
    "read",
    "explain",
    "compare",
    "regions",
    "when",
    "list",
    "schema",
    "doctor",
]


def test_a_log_alone_prints_the_label(carbonlabel: Run, example: Path) -> None:
    done = carbonlabel("label", example)

    assert done.status == 0
    assert "Carbon Facts" in done.out.decode()
    assert "Read 1 run from emissions.csv (CodeCarbon 3.3.2)." in done.err


def test_a_folder_gets_the_whole_set_and_the_same_bytes_twice(
    carbonlabel: Run, example: Path, tmp_path: Path
) -> None:
    for name in ("first", "second"):
        done = carbonlabel(
            "label", example, "--model", "a/b", "-o", tmp_path / name, TZ="Asia/Tokyo"
        )
        assert done.status == 0, done.err
    again = carbonlabel("label", example, "--model", "a/b", "-o", tmp_path / "second")

    assert again.status == 0
    files = {path.name: path.read_bytes() for path in (tmp_path / "first").iterdir()}
    assert set(files) == SET
    assert files == {path.name: path.read_bytes() for path in (tmp_path / "second").iterdir()}


def test_every_verb_explains_itself_with_examples(carbonlabel: Run) -> None:
    for verb in VERBS:
        done = carbonlabel(verb, "--help")
        assert done.status == 0
        assert f"carbonlabel {verb}" in done.out.decode()


def test_no_command_is_a_short_help_and_wrong_usage(carbonlabel: Run) -> None:
    done = carbonlabel()

    assert done.status == 2
    assert "commands:" in done.err


def test_verbs_pipe(carbonlabel: Run, example: Path) -> None:
    disclosure = carbonlabel("assess", example, "--region", "DE", "-q").out

    checked = carbonlabel("check", stdin=disclosure)
    drawn = carbonlabel("render", "-t", "markdown", stdin=disclosure)
    explained = carbonlabel("explain", "/totals/electricity", stdin=disclosure)

    assert checked.status == 0, checked.out.decode()
    assert "Germany" in drawn.out.decode()
    assert "intensity" in explained.out.decode()


def test_standard_input_is_a_log_too(carbonlabel: Run, example: Path) -> None:
    done = carbonlabel("assess", "-", "-q", stdin=example.read_bytes())

    assert json.loads(done.out)["inputs"]["log"]["file"] == "<stdin>"


def test_a_flag_that_names_another_place_wins_with_a_warning(
    carbonlabel: Run, example: Path
) -> None:
    done = carbonlabel("assess", example, "--region", "SE")

    assert json.loads(done.out)["activities"][0]["region"]["zone"] == "SE"
    assert "warning[region-differs-from-log]" in done.err


def test_an_unknown_place_is_exit_4_with_near_names(carbonlabel: Run, example: Path) -> None:
    done = carbonlabel("label", example, "--region", "Frnace")

    assert done.status == 4
    assert "error[missing-factor]" in done.err
    assert "France" in done.err


def test_a_file_that_nobody_knows_is_exit_3_and_says_what_was_tried(
    carbonlabel: Run, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("hello\n")

    done = carbonlabel("label", tmp_path / "notes.txt")

    assert done.status == 3
    assert "error[unknown-format]" in done.err
    assert "carbonlabel list formats" in done.err


def test_a_folder_of_logs_is_an_error_that_lists_them(
    carbonlabel: Run, example: Path, tmp_path: Path
) -> None:
    (tmp_path / "emissions.csv").write_bytes(example.read_bytes())
    (tmp_path / "notes.txt").write_text("hello\n")

    done = carbonlabel("label", tmp_path)

    assert done.status == 3
    assert "emissions.csv" in done.err
    assert "notes.txt" not in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["label"], "required"),
        (["label", "x.csv", "-t", "svg", "-t", "markdown"], "only one document"),
        (["render", "x.json"], "-t FORMAT"),
        (["nonsense"], "invalid choice"),
        (["label", "x.csv", "--reg", "FR"], "unrecognized"),
    ],
)
def test_wrong_usage_is_exit_2(carbonlabel: Run, arguments: list[str], said: str) -> None:
    done = carbonlabel(*arguments)

    assert done.status == 2
    assert said in done.err


def test_a_missing_file_is_exit_3(carbonlabel: Run) -> None:
    done = carbonlabel("label", "nowhere.csv")

    assert done.status == 3
    assert "nowhere.csv" in done.err
    assert "no such file" in done.err


def test_an_implausible_figure_is_refused_and_drawn_only_by_force(
    carbonlabel: Run, tmp_path: Path
) -> None:
    # One T4 (70 W) cannot draw 5 kWh in 10 h: at most 0.7 kWh.
    (tmp_path / "runs.yaml").write_text(
        "carbonlabel: runs\nruns:\n  - name: a\n    energy: 5 kWh\n    hours: 10\n"
        "    covers: [accelerators]\n    pue_in_energy: no\n    ended: 2025-06-01\n"
    )
    (tmp_path / "hw.yaml").write_text("devices:\n  - name: Tesla T4\n    count: 1\n")
    arguments = ["label", "runs.yaml", "--hardware", "hw.yaml", "--region", "FR"]

    refused = carbonlabel(*arguments, "-t", "svg=label.svg", cwd=tmp_path)
    forced = carbonlabel(*arguments, "--force", cwd=tmp_path)

    assert refused.status == 3
    assert "implausible" in refused.err
    assert not (tmp_path / "label.svg").exists()
    assert forced.status == 0


def test_a_foreign_readme_in_the_folder_is_left_alone(
    carbonlabel: Run, example: Path, tmp_path: Path
) -> None:
    (tmp_path / "README.md").write_text("# Mine\n")

    done = carbonlabel("label", example, "-o", tmp_path)

    assert done.status == 0
    assert (tmp_path / "README.md").read_text() == "# Mine\n"
    assert "carbonlabel embed" in done.err


def test_a_card_takes_the_label_and_gives_it_back(
    carbonlabel: Run, example: Path, tmp_path: Path
) -> None:
    card = tmp_path / "README.md"
    card.write_bytes(b"---\nlicense: mit\n---\n\n# Model\n")
    before = card.read_bytes()
    disclosure = tmp_path / "statement.json"
    disclosure.write_bytes(carbonlabel("assess", example, "-q").out)

    shown = carbonlabel("embed", card, disclosure, "--dry-run")
    assert card.read_bytes() == before
    assert b"+co2_eq_emissions:" in shown.out
    assert carbonlabel("embed", card, disclosure).status == 0
    assert b"carbonlabel:begin" in card.read_bytes()
    assert (tmp_path / "label.png").exists()
    assert carbonlabel("embed", card, "--remove").status == 0
    assert card.read_bytes() == before


def test_a_figure_that_does_not_follow_gets_into_no_card_and_by_force_not_to_the_hub(
    carbonlabel: Run, example: Path, tmp_path: Path
) -> None:
    card, statement = tmp_path / "README.md", tmp_path / "statement.json"
    card.write_bytes(b"---\nlicense: mit\n---\n\n# Model\n")
    told = json.loads(carbonlabel("assess", example, "-q").out)
    told["totals"]["electricity"].update(value=0.0002, low=0.0001, high=0.0003)
    statement.write_text(json.dumps(told), "utf-8")

    refused = carbonlabel("embed", card, statement)
    assert refused.status == 3
    assert "sum-mismatch" in refused.err
    assert card.read_bytes() == b"---\nlicense: mit\n---\n\n# Model\n"
    assert carbonlabel("embed", card, statement, "--force").status == 0
    assert b"co2_eq_emissions" not in card.read_bytes()
    assert b"hold no emissions: an error was found in the figures." in card.read_bytes()


def test_the_section_of_a_training_library_is_pointed_at_and_goes_only_when_asked(
    carbonlabel: Run, example: Path, tmp_path: Path
) -> None:
    card, disclosure = tmp_path / "README.md", tmp_path / "statement.json"
    sample = Path(__file__).parent / "samples" / "model-card" / "sentence-transformers.md"
    card.write_bytes(sample.read_bytes())
    disclosure.write_bytes(carbonlabel("assess", example, "-q").out)

    kept = carbonlabel("embed", card, disclosure)
    assert b"### Environmental Impact\nCarbon emissions" in card.read_bytes()
    number = card.read_text("utf-8").split("\n").index("### Environmental Impact") + 1
    assert f"README.md:{number}:1: sentence-transformers, " in kept.err
    shown = carbonlabel("embed", card, disclosure, "--replace-generated", "--diff")
    assert b"-### Environmental Impact\n-Carbon emissions were measured" in shown.out
    done = carbonlabel("embed", card, disclosure, "--replace-generated")
    assert "-- **Carbon Emitted**: 0.197 kg of CO2" in done.err.split("\n")
    assert b"Environmental Impact" not in card.read_bytes()
    assert b"\n\n### Training Hardware\n- **On Cloud**: No\n" in card.read_bytes()
    assert carbonlabel("embed", card, "--remove", "--replace-generated").status == 2


def test_a_read_only_target_is_an_error_and_nothing_is_left_behind(
    carbonlabel: Run, example: Path, tmp_path: Path
) -> None:
    target = tmp_path / "label.svg"
    target.write_text("old")
    target.chmod(0o444)

    done = carbonlabel("label", example, "-t", f"svg={target}")

    assert done.status == 3
    assert "error[write]" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["label.svg"]
    assert target.read_text() == "old"


def test_a_full_disk_is_an_error(carbonlabel: Run, example: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = carbonlabel("label", example, "-o", "/dev/full/out")

    assert done.status == 3
    assert "error[write]" in done.err


def test_lists_say_what_is_known(carbonlabel: Run) -> None:
    assert "CodeCarbon" in carbonlabel("list", "formats").out.decode()
    assert "label.svg" in carbonlabel("list", "documents").out.decode()
    assert "gcp/europe-west1" in carbonlabel("list", "regions", "belgium").out.decode()
    assert "400 W" in carbonlabel("list", "devices", "A100-SXM4").out.decode()
    rows = json.loads(carbonlabel("list", "formats", "--json").out)
    assert {"format", "reads"} <= set(rows[0])


def test_the_schema_is_printed(carbonlabel: Run) -> None:
    assert json.loads(carbonlabel("schema").out)["$id"].endswith("disclosure/1-0-0")


def test_the_doctor_says_what_works(carbonlabel: Run) -> None:
    done = carbonlabel("doctor")

    assert done.status == 0
    assert "PDF: weasyprint" in done.out.decode()


def test_a_reader_of_our_output_that_goes_away_is_no_fault() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "carbonlabel", "list", "devices"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_behind_standard_output_is_no_fault_of_ours(example: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "carbonlabel", "label", str(example), "-q", "-t", "markdown"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert done.returncode == 3
    assert b"<stdout>\nerror[write]: cannot be written" in done.stderr


def test_a_warning_on_two_activities_is_said_once(
    carbonlabel: Run, example: Path, tmp_path: Path
) -> None:
    log = example.read_text(encoding="utf-8")
    header, row = log.splitlines()
    before = row.replace(row[:4], "2024", 1).replace(row.split(",")[2], "another-run")
    (tmp_path / "two.csv").write_text(f"{header}\n{before}\n{row}\n", encoding="utf-8")

    done = carbonlabel("label", tmp_path / "two.csv")

    assert done.err.count("warning[pue-not-stated]") == 1


def test_a_card_that_is_not_there_is_not_made_by_a_typing_error(
    carbonlabel: Run, example: Path, tmp_path: Path
) -> None:
    disclosure = carbonlabel("assess", example, "-q").out

    done = carbonlabel("embed", tmp_path / "REDAME.md", stdin=disclosure)

    assert done.status == 3
    assert "no such card" in done.err
    assert not list(tmp_path.iterdir())


def test_a_file_in_utf_16_is_told_from_one_that_nobody_knows(
    carbonlabel: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_bytes("timestamp,emissions".encode("utf-16"))

    assert "save it as UTF-8" in carbonlabel("label", tmp_path / "a.csv").err
