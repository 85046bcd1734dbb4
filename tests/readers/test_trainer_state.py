"""What the reader takes out of a Hugging Face Trainer's state: a duration, and never energy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.readers.trainer_state import reader

SAMPLES = Path(__file__).parents[1] / "samples" / "trainer-state"
FINISHED: dict[str, Any] = json.loads((SAMPLES / "finished" / "trainer_state.json").read_text())
RUN_S = FINISHED["log_history"][-1]["train_runtime"]


def read(name: str) -> Evidence:
    (run,) = reader.read(open_log(SAMPLES / name))
    return run


def of(state: object, name: str = "trainer_state.json") -> Evidence:
    (run,) = reader.read(Log(name, content=json.dumps(state).encode()))
    return run


def found(run: Evidence) -> dict[str, str | None]:
    return {finding.code: finding.found for finding in run.findings}


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*/*.json")), ids=lambda path: path.name)
def test_no_file_of_the_trainer_holds_energy(path: Path) -> None:
    log = open_log(path)
    (run,) = reader.read(log)

    assert reader.recognises(log)
    for energy in (run.accelerators, run.host, run.computing, run.reported_energy):
        assert energy == Missing(missing="not-measured", reason="the Trainer measures no energy")
    assert isinstance(run.period, Missing)
    assert isinstance(run.reported_emissions, Missing)
    assert "trainer-without-energy" in found(run)


def test_a_finished_training_says_its_run_time_and_its_operations() -> None:
    run = read("finished/trainer_state.json")

    assert isinstance(run.duration, Estimate)
    assert (run.duration.value, run.duration.basis) == (RUN_S, "measured")
    assert run.complete
    assert found(run)["training-operations"] == "1.793e+08 FLOP"
    assert "training-resumed" not in found(run)


@pytest.mark.parametrize("name", ["train_results.json", "all_results.json"])
def test_results_hold_the_same_run_time(name: str) -> None:
    run = read(f"finished/{name}")

    assert isinstance(run.duration, Estimate)
    assert run.duration.value == RUN_S
    assert run.complete


def test_row_25_a_resumed_training_is_not_taken_for_a_whole_one() -> None:
    run = read("resumed/trainer_state.json")

    # Two of three epochs of 8 steps; 0.1293 s x 123.786 steps/s.
    (finding,) = [each for each in run.findings if each.code == "training-resumed"]
    assert (finding.expected, finding.found) == ("24 steps", "16 steps")
    assert not run.complete
    assert found(run)["training-operations"] == "1.793e+08 FLOP"  # those of all launches


def test_row_25_every_run_time_is_called_that_of_the_last_launch() -> None:
    assert found(read("finished/trainer_state.json"))["last-launch-only"] == f"{RUN_S:.4g} s"


def test_row_25_a_checkpoint_is_not_taken_for_a_finished_training() -> None:
    run = read("checkpoint/trainer_state.json")

    assert isinstance(run.duration, Missing)
    assert not run.complete
    (finding,) = [each for each in run.findings if each.code == "training-unfinished"]
    assert (finding.expected, finding.found) == ("24 steps", "16 steps")


def test_several_finished_launches_add_up() -> None:
    last = FINISHED["log_history"][-1]
    run = of(FINISHED | {"log_history": [last, last]})

    assert isinstance(run.duration, Estimate)
    assert run.duration.value == pytest.approx(2 * RUN_S)


def test_operations_of_zero_were_not_counted() -> None:
    run = of(FINISHED | {"total_flos": 0})

    (finding,) = [each for each in run.findings if each.code == "training-operations"]
    assert "no method" in finding.message


def test_a_state_without_steps_and_operations_is_read() -> None:
    kept = {"log_history": [{"train_runtime": 3.0}]}

    run = of(kept)
    assert run.complete
    assert "training-operations" not in found(run)
    assert not of({"log_history": []}).complete


def test_a_loss_that_is_no_number_is_no_matter() -> None:
    diverged = [{"loss": float("nan"), "grad_norm": float("inf")}, FINISHED["log_history"][-1]]
    run = of(FINISHED | {"log_history": diverged})

    assert isinstance(run.duration, Estimate)


def test_no_path_enters() -> None:
    told = repr(of(FINISHED | {"best_model_checkpoint": "/home/somebody/out/checkpoint-8"}))

    assert "somebody" not in told


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ([], "no object"),
        ({"log_history": 3}, "no list"),
        ({"log_history": [3]}, "no object"),
        ({"log_history": [{"train_runtime": "long"}]}, "not a number"),
        ({"log_history": [{"train_runtime": -1}]}, "cannot be"),
        ({"log_history": [{"train_runtime": True}]}, "not a number"),
        ({"total_flos": 1e300}, "cannot be"),
    ],
)
def test_a_wrong_value_is_refused(state: object, words: str) -> None:
    with pytest.raises(MalformedInput, match=words) as refused:
        of(state)
    assert (refused.value.where or "").startswith("trainer_state.json")


def test_operations_of_large_models_are_no_fault() -> None:
    run = of(FINISHED | {"total_flos": 3.8e25})

    assert found(run)["training-operations"] == "3.8e+25 FLOP"


def test_other_json_is_not_recognised() -> None:
    for content in (b"", b"[]", b'{"global_step": 3}', b'{"train_loss": 1}', b'"log_history":'):
        assert not reader.recognises(Log("x.json", content=content))


def test_deep_nesting_and_keys_that_stand_twice_are_refused() -> None:
    for content in (b"[" * 100_000, b'{"a":' * 100_000, b'{"max_steps": 1, "max_steps": 2}'):
        with pytest.raises(MalformedInput):
            reader.read(Log("trainer_state.json", content=content))


def test_a_file_cut_anywhere_is_read_or_refused() -> None:
    content = (SAMPLES / "finished" / "trainer_state.json").read_bytes()
    for end in range(len(content) - 1):
        with pytest.raises(InputError):
            reader.read(Log("trainer_state.json", content=content[:end]))


def test_a_byte_order_mark_and_other_line_ends_change_nothing() -> None:
    content = (SAMPLES / "finished" / "trainer_state.json").read_bytes()
    for changed in (b"\xef\xbb\xbf" + content, content.replace(b"\n", b"\r\n")):
        (run,) = reader.read(Log("trainer_state.json", content=changed))
        assert isinstance(run.duration, Estimate)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_value_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(list(FINISHED)))
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    odd = data.draw(scalars | st.lists(st.dictionaries(st.just("train_runtime"), scalars)))
    try:
        run = of(FINISHED | {key: odd})
    except InputError:
        return
    assert isinstance(run.computing, Missing)
