"""What a paper says was done, used and emitted, is what was."""

from __future__ import annotations

import carbonlabel
from carbonlabel import Disclosure
from carbonlabel.documents import citing, modelcard
from carbonlabel.documents.face import face
from carbonlabel.model.base import Base
from carbonlabel.model.disclosure import Subject
from carbonlabel.model.estimate import Missing
from carbonlabel.plugins import Options
from carbonlabel.registry import renderer
from tests.assessment.test_lineage import TWO_GPUS, made
from tests.assessment.test_use import use
from tests.assessment.test_worked_examples import stated, ten_hours_of_four_gpus
from tests.documents.test_use_and_ancestry import plain


def plan() -> Disclosure:
    """4 RTX 4090 of 450 W for 10 h: 18 kWh, 8.1 kg at 450 g/kWh; the host is not stated."""
    mine = Subject(model="me/mine")
    return carbonlabel.estimate(
        gpu="RTX 4090", count=4, hours=10, region=stated(1.0, 450), subject=mine, before=True
    )


def sentence(disclosure: Disclosure, form: str = "sentence", venue: str = "plain") -> str:
    return plain(renderer(form).render(disclosure, Options(venue=venue)).decode())


def test_a_base_that_is_planned_has_emitted_nothing() -> None:
    (ancestor,) = made(Base(model="a/b", disclosure=plan())).lineage or ()

    assert isinstance(ancestor.emissions, Missing)
    assert "planned" in ancestor.emissions.reason


def test_a_sentence_of_a_plan_says_what_would_be() -> None:
    said = sentence(plan())

    assert said.startswith("We plan to train me/mine on 4 × NVIDIA GeForce RTX 4090 for 10 h")
    assert "1 training run would use 18.0 kWh" in said
    assert "and emit at least " in said
    assert "The run is still to be" in said
    assert "Not counted: host CPU and memory, idle time of the machine" in said
    assert "emitted" not in said
    for venue in ("neurips", "acl"):
        assert "The run is still to be" in sentence(plan(), venue=venue)
    assert "| 11. Comments | planned: the run is still to be;" in sentence(plan(), "climate-card")


def test_an_estimate_names_no_hand_and_no_log() -> None:
    told = {each.heading: plain(each.text) for each in face(plan()).method}

    assert told["Energy"].startswith("estimated without a log, 1 run, 10 h")
    assert "the log" not in told["Cooling and overhead"]


def test_a_sentence_says_what_was_done_to_the_model() -> None:
    training, using = ten_hours_of_four_gpus(phase="training"), use(914, 230_768)
    place = stated(1.0, 394)

    for runs, said in (
        ((training,), "We trained "),
        ((using,), "We used "),
        ((training, using), "We trained and used "),
    ):
        assert sentence(carbonlabel.assess(runs, region=place)).startswith(said)


def test_the_emissions_of_a_sample_are_emissions_and_say_of_how_many() -> None:
    """914 kWh × 394 g/kWh ÷ 230 768 requests = 1.56 g: 1.56 kg for a thousand."""
    disclosure = carbonlabel.assess([use(914, 230_768)], region=stated(1.0, 394))

    (row,) = [
        line for line in sentence(disclosure, "climate-card").splitlines() if "one sample" in line
    ]
    assert "1.56 kg CO₂e" in row
    assert "per 1 000 requests" in row
    assert "kWh" not in row
    assert r"Use, per 1\,000 requests & 4.0~kWh" in renderer("latex").render(
        disclosure, Options()
    ).decode().replace("\u202f", r"\,").replace("\u00a0", "~")


def test_energy_is_from_the_logs_and_from_no_other_file() -> None:
    """A base's file and a region.yaml give no energy."""
    disclosure = made(TWO_GPUS)
    names = {each.file for each in disclosure.inputs.values()}

    assert "carbon-two-gpus.json" in names
    assert "carbon-two-gpus.json" not in citing.origin(disclosure)
    assert "carbon-two-gpus.json" not in citing.metered(disclosure)
    assert "carbon-two-gpus.json" not in dict(modelcard.metadata(disclosure) or ())["source"]
