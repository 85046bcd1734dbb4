"""What the reader refuses, and that it says where and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.readers.codecarbon import reader

BAD = Path(__file__).parents[1] / "samples" / "bad"
REFUSED = {
    "blank-energy": (":2 energy_consumed", "empty"),
    "column-named-twice": (":1", "duration twice"),
    "cut-only-row": (":2", "fields, its header 38"),
    "decimal-comma": (":2 energy_consumed", "'0,000023' is not a number"),
    "endless-duration": (":2 duration", "before the calendar"),
    "falling-energy": (":3 energy_consumed", "falls while its duration grows"),
    "falling-energy-in-any-order": (":3 energy_consumed", "falls while its duration grows"),
    "header-only": ("", "no run"),
    "infinite-duration": (":2 duration", "not a finite amount"),
    "infinite-energy": (":2 energy_consumed", "not a finite amount"),
    "joined-task-file": (":3", "the same energy twice"),
    "nan-duration": (":2 duration", "not a finite amount"),
    "nan-energy": (":3 energy_consumed", "not a finite amount"),
    "nan-gpu-energy": (":2 gpu_energy", "not a finite amount"),
    "negative-cpu-energy": (":2 cpu_energy", "not a finite amount"),
    "negative-emissions": (":2 emissions", "not a finite amount"),
    "negative-energy": (":2 energy_consumed", "not a finite amount"),
    "no-duration-column": (":1", "no column duration"),
    "no-energy-column": (":1", "no column energy_consumed"),
    "not-utf-8": (":2", "not UTF-8"),
    "nul-byte": (":2", "NUL"),
    "pue-below-one": (":2 pue", "below 1"),
    "pue-no-number": (":2 pue", "'high' is not a number"),
    "semicolons": (":1", "semicolons separate the fields"),
    "tabs": (":1", "tabs separate the fields"),
    "task-file-header-only": ("", "no task"),
    "task-file-uneven": (":2", "34 fields, its header 33"),
    "too-few-fields": (":2", "5 fields, its header 38"),
    "too-many-fields": (":3", "40 fields, its header 38"),
    "underscored-number": (":2 energy_consumed", "'2_3e-05' is not a number"),
    "unmatched-quotes": (":2", "quotes"),
    "words-for-energy": (":2 energy_consumed", "'much' is not a number"),
    "wue-negative": (":2 wue", "not a finite amount"),
}


def test_every_bad_sample_is_expected_to_fail() -> None:
    assert {path.stem.removeprefix("codecarbon-") for path in BAD.glob("codecarbon-*.csv")} == {
        *REFUSED
    }


@pytest.mark.parametrize("fault", REFUSED)
def test_a_faulty_file_is_recognised_and_refused_with_place_and_hint(fault: str) -> None:
    log = open_log(BAD / f"codecarbon-{fault}.csv")
    place, words = REFUSED[fault]

    assert reader.recognises(log)
    with pytest.raises(MalformedInput) as refused:
        reader.read(log)
    assert refused.value.where == log.name + place
    assert words in refused.value.message
    assert refused.value.hint


def test_an_empty_file_is_no_codecarbon_file() -> None:
    with pytest.raises(MalformedInput, match="no column names"):
        reader.read(Log("emissions.csv", content=b""))
