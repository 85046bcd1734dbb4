"""Eco2AI's emission.csv: runs and epochs, one figure each, with a PUE that nobody wrote down."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from carbonlabel.errors import InputError
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Period
from carbonlabel.readers.eco2ai import reader

SAMPLES = Path(__file__).parents[1] / "samples"
ECO2AI = SAMPLES / "eco2ai"
HEAD, ROW = (ECO2AI / "0.3.12-killed/emission.csv").read_text("utf-8").splitlines()
EPOCHS = (ECO2AI / "0.3.12-training/emission.csv").read_text("utf-8").splitlines()
BAD = {
    "encoded": "encode_file",
    "nan-energy": "'nan' is no figure",
    "infinite-energy": "'inf' is no figure",
    "negative-energy": "cannot be",
    "word-for-energy": "'much' is no number",
    "blank-energy": "'' is no figure",
    "underscored-number": "is no number",
    "endless-energy": "cannot be",
    "negative-duration": "cannot be",
    "endless-duration": "calendar",
    "header-only": "no whole run",
    "cut-only-row": "no whole run",
    "semicolons": "semicolons",
    "no-duration-column": "duration(s) is missing",
    "column-named-twice": "stands twice",
    "falling-energy": "falls",
    "epochs-and-run-of-one-id": "same id",
    "too-few-fields": "3 fields",
    "too-many-fields": "14 fields",
    "unmatched-quotes": "quotes",
    "decimal-comma": "is no number",
}


def runs(folder: str) -> list[Evidence]:
    return list(reader.read(open_log(ECO2AI / folder / "emission.csv")))


def read(*lines: str) -> list[Evidence]:
    text = "".join(f"{line}\n" for line in lines)
    return list(reader.read(Log("emission.csv", content=text.encode())))


def changed(**changes: str) -> Evidence:
    named = dict(zip(HEAD.split(","), next(csv.reader([ROW])), strict=True))
    named |= {name.replace("_in_", "("): told for name, told in changes.items()}
    (run,) = read(HEAD, ",".join(f'"{told}"' for told in named.values()))
    return run


def value(quantity: Estimate | Missing) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def codes(run: Evidence) -> dict[str, str]:
    return {finding.code: finding.severity for finding in run.findings}


@pytest.mark.parametrize("folder", ["0.2.7", "0.3.12-killed", "0.3.12-training"])
def test_every_sample_gives_what_it_is_known_to_hold(folder: str) -> None:
    known = json.loads((ECO2AI / folder / "expected.json").read_text("utf-8"))

    (run,) = runs(folder)

    total = known["total"]
    assert known["runs"] == 1
    assert value(run.computing) == value(run.reported_energy)
    assert value(run.computing) == pytest.approx(total["energy_kwh"], rel=1e-15)
    assert value(run.reported_emissions) == pytest.approx(1000 * total["emissions_kg"], rel=1e-12)
    assert value(run.duration) == pytest.approx(total["duration_s"], rel=1e-15)
    assert run.country == known["country_alpha2"]
    assert [device.name for device in run.devices] == [known["cpu"].partition("/")[0]]
    if "per_run" in known:
        assert run.run == known["per_run"][0]["id"]


def test_all_kinds_of_runs_in_one_file_come_apart() -> None:
    plain, paid, own, epochs = runs("0.3.12-appended")

    assert [value(run.computing) for run in (plain, paid, own)] == [
        0.0004171228745048,
        0.0003266204248791,
        7.853439904700154e-05,
    ]
    assert value(epochs.computing) == pytest.approx(
        2.0582370214583533e-08 + 2.0686095703581487e-08 + 2.0693311234936117e-08, rel=1e-15
    )
    assert [run.country for run in (plain, paid, own, epochs)] == ["FR", "US", "DE", "FR"]
    assert paid.subdivision == "California"
    assert plain.inputs[0].runs == 4


def test_version_0_1_is_separated_by_tabs_and_holds_no_pue() -> None:
    first, second = runs("0.1.1")

    assert value(first.computing) == 0.0003788204759159
    assert (first.pue_in_energy, second.run) == ("no", "emission.csv:3")
    assert (first.country, first.subdivision) == ("FR", "Île-de-France")
    assert "tracker-pue-unknown" not in codes(first)
    assert ("memory", "Eco2AI 0.1 does not count it") in first.blind_spots


def test_row_4_epochs_are_deltas_and_the_last_one_is_not_the_run() -> None:
    (run,) = runs("0.3.12-training")

    last_kwh = float(next(csv.reader([EPOCHS[-1]]))[6])
    assert value(run.computing) > 2.9 * last_kwh
    assert value(run.duration) == pytest.approx(6.544388294219971)
    assert codes(run)["load-sampled-between-epochs"] == "warning"


def test_row_5_zero_energy_is_not_a_measured_zero() -> None:
    run = changed(**{"power_consumption(kWh)": "0", "CO2_emissions(kg)": "0.0"})

    for quantity in (run.computing, run.reported_energy, run.reported_emissions):
        assert isinstance(quantity, Missing)
        assert quantity.missing == "not-measured"
    assert codes(run)["zero-energy"] == "warning"
    assert run.sensors == {}


def test_row_7_the_factor_inside_is_unknown_and_nothing_is_taken_out() -> None:
    run = runs("0.3.12-appended")[1]

    assert run.pue_in_energy == "yes"
    assert isinstance(run.pue, Missing)
    assert value(run.computing) == 0.0003266204248791
    for part in (run.accelerators, run.host):
        assert isinstance(part, Missing)
        assert part.missing == "not-applicable"
    assert codes(run)["tracker-pue-unknown"] == "warning"


def test_row_15_the_figure_is_a_model_of_a_thermal_design_power() -> None:
    (old,), (new,) = runs("0.2.7"), runs("0.3.12-killed")

    for run, tdp in ((old, "300.0 W"), (new, "61.0 W")):
        assert isinstance(run.computing, Estimate)
        assert run.computing.basis == "estimated"
        assert run.sensors == {"computing": "model"}
        (said,) = [each.message for each in run.findings if each.code == "host-modelled"]
        assert tdp in said


def test_row_23_the_time_is_local_and_its_zone_is_not_invented() -> None:
    (run,) = runs("0.3.12-training")

    assert isinstance(run.period, Period)
    assert run.period.zone == "local, not stated"
    assert run.period.start.isoformat() == "2026-11-22T00:30:45"
    assert (run.period.end - run.period.start).total_seconds() >= value(run.duration)


def test_row_25_a_killed_run_cannot_be_told_from_a_whole_one_and_says_so() -> None:
    (run,) = runs("0.3.12-killed")

    assert codes(run)["end-not-logged"] == "note"


def test_below_the_line_emissions_are_kilograms_and_the_factor_is_not_in_the_file() -> None:
    (run,) = runs("0.3.12-killed")

    assert value(run.reported_emissions) == pytest.approx(1.4640304165919207e-03, rel=1e-15)
    assert run.reported_intensity is None


def test_boards_are_counted_and_make_the_run_one_of_the_machine() -> None:
    run = changed(GPU_name="NVIDIA A100-SXM4-40GB 8 device(s)")

    assert run.devices[0] == Device(name="NVIDIA A100-SXM4-40GB", kind="accelerator", count=8)
    assert run.covers == "machine"
    assert changed().covers == "process"


def test_a_board_without_a_name_is_no_device() -> None:
    assert [each.kind for each in changed(GPU_name=" 2 device(s)").devices] == ["host"]
    assert changed(GPU_name="", CPU_name="a chip").devices == ()


def test_a_later_state_of_a_run_replaces_the_earlier_in_any_order() -> None:
    later = ROW.replace("4.234076261520386", "14.5").replace("2.167970408102948e-05", "9e-05")

    for lines in ((HEAD, ROW, later), (HEAD, later, ROW)):
        (run,) = read(*lines)
        assert (value(run.computing), value(run.duration)) == (9e-05, 14.5)
        assert codes(run)["row-repeated"] == "note"


def test_an_epoch_that_stands_twice_is_counted_once() -> None:
    once, twice = read(*EPOCHS), read(*EPOCHS, EPOCHS[1])

    assert value(twice[0].computing) == value(once[0].computing)
    assert codes(twice[0])["row-repeated"] == "note"


def test_an_epoch_without_emissions_leaves_those_of_the_run_unknown() -> None:
    (run,) = read(*EPOCHS[:3], EPOCHS[3].replace("1.2913741915010066e-09", ""))

    assert isinstance(run.reported_emissions, Missing)
    assert value(run.computing) == pytest.approx(5.683079537211219e-08)


@pytest.mark.parametrize("at", [1, 2])
def test_an_epoch_without_a_date_leaves_the_period_unknown(at: int) -> None:
    lines = list(EPOCHS)
    lines[at] = lines[at].replace("2026-11-22 00:30:4", "a day in May ")

    (run,) = read(*lines)

    assert isinstance(run.period, Missing)


def test_a_run_without_a_date_says_so() -> None:
    run = changed(start_time="yesterday")

    assert isinstance(run.period, Missing)
    assert codes(run)["timestamp-unreadable"] == "warning"


@pytest.mark.parametrize("told", ["World", "", "()", "fr/Paris", "FRA", "N/A"])
def test_what_is_no_country_code_is_no_country(told: str) -> None:
    run = changed(**{"region/country": told})

    assert (run.country, run.subdivision) == (None, None)


def test_the_world_mean_of_the_tracker_is_named() -> None:
    run = changed(**{"power_consumption(kWh)": "2", "CO2_emissions(kg)": "0.873058"})

    assert codes(run)["tracker-intensity-is-world-mean"] == "note"


def test_more_than_a_machine_can_draw_is_an_error() -> None:
    # 10 kWh in 23 s, as laptops of one published study: 1.6 MW.
    odd = {"duration(s)": "23", "power_consumption(kWh)": "10"}
    fine = {"duration(s)": "3600", "power_consumption(kWh)": "10"}

    assert codes(changed(**odd))["energy-implausible"] == "error"
    assert "energy-implausible" not in codes(changed(**fine))


def test_a_run_of_less_than_a_second_is_called_short() -> None:
    assert codes(changed(**{"duration(s)": "0.5"}))["very-short-run"] == "note"


def test_an_epoch_of_no_length_is_no_division() -> None:
    (run,) = read(HEAD, EPOCHS[1].replace("2.1896557807922363", "0"))

    assert value(run.duration) == 0


def test_a_last_line_that_breaks_off_is_left_out_and_said() -> None:
    for line in (ROW[:80], '72a77136,demo,"a text that nev'):
        (run,) = read(*EPOCHS, line)
        assert run.findings[0].code == "cut-line"
        assert value(run.computing) == pytest.approx(5.683079537211219e-08)


def test_a_description_of_several_lines_stays_one_row() -> None:
    (run,) = read(HEAD, ROW.replace("tiny net", '"tiny\nnet, deep"'))

    assert value(run.computing) == 2.167970408102948e-05


def test_blank_lines_repeated_headers_bom_and_crlf_are_fine() -> None:
    text = f"\ufeff{HEAD}\r\n\r\n{HEAD}\r\n{ROW}\r\n\r\n"

    (run,) = reader.read(Log("emission.csv", content=text.encode()))

    assert value(run.computing) == 2.167970408102948e-05


@pytest.mark.parametrize("fault", BAD)
def test_a_faulty_file_is_refused_with_its_place_and_reason(fault: str) -> None:
    log = open_log(SAMPLES / "bad" / f"eco2ai-{fault}.csv")

    with pytest.raises(InputError) as caught:
        reader.read(log)

    assert reader.recognises(log) or fault == "no-duration-column"
    assert BAD[fault] in caught.value.message
    assert (caught.value.where or "").startswith(log.name)
    assert caught.value.hint


def test_every_faulty_file_is_tried() -> None:
    assert {f"eco2ai-{fault}.csv" for fault in BAD} == {
        path.name for path in (SAMPLES / "bad").glob("eco2ai-*")
    }


def test_quotes_that_never_close_end_at_the_limit_of_a_line() -> None:
    with pytest.raises(InputError, match="quotes"):
        read(HEAD, '"', *["words and more words"] * 9000)


@pytest.mark.parametrize("text", ["", "\n\n", "duration,emissions,energy_consumed\n1,2,3\n"])
def test_other_files_are_not_recognised(text: str) -> None:
    assert not reader.recognises(Log("emission.csv", content=text.encode()))


def test_nothing_of_the_user_enters_the_evidence() -> None:
    (run,) = runs("0.3.12-killed")

    assert "demo-train" not in repr(run)
    assert "tiny net" not in repr(run)
