"""What a model was made from stands beside its own figure and is never added."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel.assessment import assess
from carbonlabel.checks import check
from carbonlabel.errors import InputError
from carbonlabel.intake import Log, open_log
from carbonlabel.model.base import Base
from carbonlabel.model.disclosure import Disclosure, Subject
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.lineage import Relation
from carbonlabel.model.provenance import Input
from carbonlabel.readers.base import load_base
from carbonlabel.record.keeping import dump
from tests.assessment.test_use import use
from tests.assessment.test_worked_examples import stated, ten_hours_of_four_gpus

SAMPLES = Path(__file__).parents[1] / "samples" / "disclosures"
TWO_GPUS = load_base(open_log(SAMPLES / "carbon-two-gpus.json"))


def made(
    *bases: Base,
    relation: Relation | None = None,
    runs: tuple[Evidence, ...] = (),
    model: str = "me/mine",
) -> Disclosure:
    return assess(
        runs or (ten_hours_of_four_gpus(),),
        place=stated(1.0, 450),
        subject=Subject(model=model),
        bases=bases,
        relation=relation,
    )


def kept(disclosure: Disclosure) -> Base:
    return load_base(Log("base.json", content=dump(disclosure)))


def codes(disclosure: Disclosure) -> set[str]:
    return {each.code for each in check(disclosure)}


def test_a_base_that_is_only_named_is_not_reported() -> None:
    disclosure = made(Base(model="a/b@v1"), relation="finetune")

    assert disclosure.subject.base_models == ("a/b@v1",)
    assert disclosure.subject.relation == "finetune"
    (ancestor,) = disclosure.lineage or ()
    assert (ancestor.model, ancestor.relation, ancestor.child) == ("a/b@v1", "finetune", None)
    assert isinstance(ancestor.emissions, Missing)


def test_a_base_with_a_disclosure_is_told_with_its_figure_and_digest_and_not_added() -> None:
    disclosure = made(TWO_GPUS, relation="adapter")

    (ancestor,) = disclosure.lineage or ()
    assert isinstance(ancestor.emissions, Estimate)
    assert ancestor.emissions.value == 0.05561248
    assert (ancestor.emissions.source, ancestor.emissions.formula) == ("base", None)
    assert ancestor.digest == TWO_GPUS.digest
    assert disclosure.inputs["base"].file == "carbon-two-gpus.json"
    assert disclosure.totals == made().totals
    assert not {code for code in codes(disclosure) if "lineage" in code}


def test_the_lineage_of_a_base_becomes_the_chain() -> None:
    middle = kept(made(TWO_GPUS, relation="finetune"))

    disclosure = made(middle, relation="quantized", model="me/small")

    direct, above = disclosure.lineage or ()
    assert (direct.model, direct.relation, direct.child) == ("me/mine", "quantized", None)
    assert (above.model, above.relation, above.child) == ("acme/two-gpus", "finetune", "me/mine")
    assert isinstance(above.emissions, Estimate)
    assert above.emissions.source == "base"
    assert "lineage-broken" not in codes(disclosure)


def test_a_merge_has_several_bases_each_cited_apart() -> None:
    first, second = TWO_GPUS, kept(made(model="a/other"))

    disclosure = made(first, second, Base(model="a/third"), relation="merge", model="me/merged")

    assert disclosure.subject.base_models == ("acme/two-gpus", "a/other", "a/third")
    assert {"base", "base-2"} <= disclosure.inputs.keys()
    assert [each.relation for each in disclosure.lineage or ()] == ["merge"] * 3


def test_a_base_in_use_tells_of_its_training_alone() -> None:
    both = made(runs=(ten_hours_of_four_gpus(), use(6, 1000)))
    in_use = made(runs=(use(6, 1000),))

    trained, served = made(kept(both), kept(in_use), model="me/new").lineage or ()

    assert isinstance(trained.emissions, Estimate)
    assert trained.emissions.value == 12 * 450
    assert served.emissions == Missing(
        missing="not-stated", reason="its disclosure is not of a training"
    )


def test_the_relation_may_come_with_the_file() -> None:
    disclosure = made(Base(model="a/b", relation="adapter"))

    assert disclosure.subject.relation == "adapter"
    assert disclosure.lineage is not None
    assert disclosure.lineage[0].relation == "adapter"


def test_a_relation_that_the_file_contradicts_is_refused() -> None:
    with pytest.raises(InputError, match="the relation is merge"):
        made(Base(model="a/b", relation="adapter"), relation="merge")


def test_files_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(InputError, match="the relation is adapter and quantized"):
        made(Base(model="a/b", relation="adapter"), Base(model="a/c", relation="quantized"))


def test_a_model_is_not_its_own_base() -> None:
    with pytest.raises(InputError, match="its own base model"):
        made(Base(model="me/mine"))


def test_a_log_that_the_base_counts_already_is_no_run_of_the_model() -> None:
    """The same log, and with it the same figure: both are said."""
    base = kept(made(model="a/base"))

    disclosure = made(base)

    (finding,) = [each for each in disclosure.findings if each.code == "lineage-double-count"]
    assert (finding.severity, finding.place) == ("error", "/inputs/log")
    places = {each.place for each in check(disclosure) if each.code == "lineage-double-count"}
    assert "/lineage/0/emissions" in places


def test_a_run_of_its_own_is_no_double_count() -> None:
    own = Input(file="own.csv", sha256="5" * 64, format="test")
    base = kept(made(model="a/base"))

    disclosure = made(base, runs=(ten_hours_of_four_gpus(inputs=(own,)),))

    assert "lineage-double-count" not in {each.code for each in disclosure.findings}


def test_without_bases_a_disclosure_has_no_lineage() -> None:
    assert made().lineage is None
    assert made().subject.base_models is None
