"""What a label and a report say of use, compute, scores and base models."""

from __future__ import annotations

import pytest

from carbonlabel.assessment import assess
from carbonlabel.documents.face import face
from carbonlabel.documents.markdown import renderer as markdown
from carbonlabel.documents.numbers import NARROW_SPACE, NO_BREAK_SPACE
from carbonlabel.documents.terminal import renderer as terminal
from carbonlabel.model.base import Base
from carbonlabel.model.disclosure import Disclosure, Subject
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.lineage import Ancestor
from carbonlabel.plugins import Options
from tests.assessment.test_compute import flop, trained
from tests.assessment.test_sci import machines
from tests.assessment.test_use import use
from tests.assessment.test_worked_examples import NOT_HERE, stated, ten_hours_of_four_gpus


def plain(text: str) -> str:
    return text.replace(NO_BREAK_SPACE, " ").replace(NARROW_SPACE, " ")


def told(disclosure: Disclosure) -> dict[str, str]:
    return {each.heading: plain(each.text) for each in face(disclosure).method}


def both() -> Disclosure:
    """12 kWh of training, 6 kWh for 2 000 requests."""
    return assess(
        [ten_hours_of_four_gpus(phase="training", tokens=1e9), use(6, 2000, task="chat")],
        inventory=machines(500_000),
        place=stated(1.0, 450),
        subject=Subject(parameters=10**9),
    )


def lines(disclosure: Disclosure) -> str:
    return plain(terminal.render(disclosure, Options()).decode())


def test_the_label_says_what_a_thousand_requests_take() -> None:
    """BLOOM, with a tracker's doubt: 4.0 kWh."""
    disclosure = assess([use(914, 230_768)], place=stated(1.0, 394))

    (context,) = [each for each in face(disclosure).contexts if each.name == "Use"]
    assert (context.value, context.unit, plain(context.note)) == (
        "4.0",
        "kWh",
        "per 1 000 requests",
    )
    assert "  Use       4.0 kWh (2.8–5.6) per 1 000 requests" in lines(disclosure)
    assert "230 768 requests" in plain(face(disclosure).serving[0])


def test_the_markdown_table_says_it_too() -> None:
    text = plain(markdown.render(both(), Options()).decode())

    assert "| Use, per 1 000 requests | 3.0 kWh | 2.1–4.2 | measured |" in text.replace(
        "estimated |", "measured |"
    )


def test_a_median_is_one() -> None:
    disclosure = assess([use(0.00024, 1, statistic="median")], place=stated(1.0, 345))

    (context,) = [each for each in face(disclosure).contexts if each.name == "Use"]
    assert context.note == "per median request"
    assert plain(face(disclosure).serving[0]).startswith("1 inference run · 1 median request")


def test_several_uses_have_a_line_each() -> None:
    runs = [use(6, 1500.5, unit="page"), use(1, 1, run="b", unit="second of audio")]

    shown = lines(assess(runs, place=stated(1.0, 450)))

    assert "per 1 000 pages" in shown
    assert "per 1 000 seconds of audio" in shown
    assert "1 500.5 pages, 1 second of audio" in shown


def test_a_model_that_is_not_in_use_reports_none() -> None:
    disclosure = trained()

    (context,) = [each for each in face(disclosure).contexts if each.name == "Use"]
    assert (context.value, context.note) == (None, "")
    assert "Use" not in lines(disclosure)


def test_use_whose_energy_is_not_known_is_not_reported() -> None:
    unknown = Missing(missing="not-measured", reason="nothing was read")
    disclosure = assess([use(1, 10, computing=unknown, sensors={})], place=stated(1.0, 450))

    (context,) = [each for each in face(disclosure).contexts if each.name == "Use"]
    assert (context.value, plain(context.note)) == (None, "per 1 000 requests")
    assert told(disclosure)["Use"] == "10 requests; no energy is known."


def test_training_and_use_are_named_apart_in_the_label_s_words() -> None:
    finished = face(both())

    assert finished.per == "Amount for 1 training run and 1 inference run"
    assert finished.runs == "1 training run and 1 inference run"


def test_the_report_tells_use_and_its_break_even() -> None:
    assert told(both())["Use"] == (
        "2 000 requests, chat; 3.0 kWh, 1.35 kg CO₂e per 1 000 requests, electricity only; "
        "4 k requests emit as much as the training did."
    )


def test_the_report_tells_how_the_machines_did() -> None:
    """6 × 1e9 × 1e9; 13.4 % of 4 × 36 000 s × 312 TFLOP/s."""
    text = told(trained(Subject(parameters=10**9), tokens=1e9))["Compute"]

    assert text == (
        "40 GPU-hours; 1 B tokens; 6 × 10¹⁸ FLOP (4.2 to 7.8), 6 × parameters × tokens; model "
        "FLOP utilisation 13 % (9.3 to 17) of 312 TFLOP/s dense 16-bit peak."
    )


def test_what_is_not_known_of_the_machines_is_left_out_of_the_sentence() -> None:
    bare = trained(devices=(), flop=flop(5e18))

    assert told(bare)["Compute"] == "5 × 10¹⁸ FLOP, as stated."
    assert "Compute" not in told(trained())
    tokens = told(trained(devices=(), tokens=4e12))
    assert tokens["Compute"] == "4 T tokens."


def test_a_stated_utilisation_has_the_range_it_was_given() -> None:
    mfu = Estimate(value=0.4, unit="ratio", basis="estimated", source="log")

    assert "model FLOP utilisation 40 % of 312 TFLOP/s" in told(trained(mfu=mfu))["Compute"]


def test_the_report_tells_the_scores_and_why_others_are_not_known() -> None:
    text = told(both())["SCI score"]

    assert "per billion parameters" in text
    assert "per 1 000 requests" in text
    bare = told(trained(Subject(parameters=10**9), devices=()))["SCI score"]
    assert bare.endswith(
        "not known per billion parameters: the making of the machines (M) is not known, no "
        "hardware inventory was given."
    )


def test_the_label_shows_no_score() -> None:
    assert "SCI" not in lines(both())
    assert not any("SCI" in each.name for each in face(both()).contexts)


def made_from(*chain: Ancestor) -> Disclosure:
    return trained().model_copy(update={"lineage": chain})


def base(model: str = "a/base", **more: object) -> Ancestor:
    emissions = {
        "value": 1.2e6,
        "low": 1e6,
        "high": 1.5e6,
        "unit": "gCO2e",
        "basis": "measured",
        "source": "base",
    }
    return Ancestor.model_validate({"model": model, "emissions": emissions} | more)


def test_a_base_model_stands_beside_the_own_figure_and_says_that_it_is_not_added() -> None:
    disclosure = made_from(base())

    (context,) = [each for each in face(disclosure).contexts if each.name == "Base model"]
    assert (context.value, context.unit, context.note) == ("1.2", "t CO₂e", "a/base, not added")
    assert context.basis == "measured"
    assert face(disclosure).value == face(trained()).value
    assert "  Base      a/base, not added: 1.2 t CO₂e (1.0–1.5)" in lines(disclosure)


def test_a_base_model_that_declares_nothing_is_not_reported() -> None:
    unknown = Missing(missing="not-stated", reason="no disclosure of the base model was given")
    disclosure = made_from(base(emissions=unknown))

    assert "a/base, not added: not reported" in lines(disclosure)
    assert "| Base model, a/base, not added | not reported |" in plain(
        markdown.render(disclosure, Options()).decode()
    )
    assert told(disclosure)["Made from"] == (
        "a/base, not reported, no disclosure of the base model was given. Own and inherited "
        "footprint are never added."
    )


def test_the_report_tells_the_whole_chain() -> None:
    disclosure = made_from(
        base("a/chat", relation="adapter", digest="0" * 64),
        base("b/base", relation="finetune", child="a/chat"),
    )

    assert told(disclosure)["Made from"] == (
        "a/chat (an adapter of it), electricity of its training 1.2 t CO₂e (1.0–1.5), disclosure "
        "sha256 000000000000; a/chat made from b/base (fine-tuned), electricity of its training "
        "1.2 t CO₂e (1.0–1.5). Own and inherited footprint are never added."
    )
    assert [each.name for each in face(disclosure).contexts].count("Base model") == 1


def test_of_many_parents_the_label_names_three() -> None:
    parents = [base(f"a/parent-{number}", relation="merge") for number in range(5)]

    notes = [each.note for each in face(made_from(*parents)).contexts if each.name == "Base model"]

    assert notes == [
        "a/parent-0, not added",
        "a/parent-1, not added",
        "a/parent-2, not added, and 2 more",
    ]


def test_a_figure_without_a_range_has_none() -> None:
    bare = {"value": 1.2e6, "unit": "gCO2e", "basis": "measured", "source": "base"}

    assert (
        "electricity of its training 1.2 t CO₂e."
        in told(made_from(base(emissions=bare)))["Made from"]
    )


def test_names_of_strangers_do_no_harm() -> None:
    evil = "a/<script>alert(1)</script>\u202e|"

    shown = lines(made_from(base(evil, child=evil, relation="merge")))

    assert "\u202e" not in shown


@pytest.mark.parametrize("given", [True, False])
def test_the_time_of_accelerators_is_that_which_is_declared(given: bool) -> None:  # noqa: FBT001 - a case of a table
    time = Estimate(value=7.2e6, unit="s", basis="estimated", source="log")
    disclosure = trained(device_time=time) if given else trained()

    expected = "2 000 GPU-hours" if given else "40 GPU-hours"
    assert expected in plain(face(disclosure).serving[0])


def test_bases_that_the_assessment_was_told_are_on_the_label() -> None:
    disclosure = assess(
        [ten_hours_of_four_gpus(host=NOT_HERE)],
        place=stated(1.0, 450),
        bases=[Base(model="a/b")],
        relation="quantized",
    )

    assert "a/b, not added: not reported" in lines(disclosure)
    assert told(disclosure)["Made from"].startswith("a/b (quantised), not reported")
