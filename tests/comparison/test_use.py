"""Models in use: what one unit takes is held against what one unit takes."""

from __future__ import annotations

import pytest

from carbonlabel import MissingFactor, compare
from carbonlabel.comparison.volume import volume
from carbonlabel.errors import MalformedInput
from tests.comparison.conftest import Made, place, run
from tests.comparison.test_compare import figure, names, only, reasons, topic

BOARD = {"device": "NVIDIA H100 80GB HBM3", "count": 1, "hours": 10}


def served(energy: float, **told: object) -> str:
    """A run of a model in use, of 1 000 000 requests unless another count is told."""
    facts = {"unit": "requests", "count": 1_000_000, "task": "text-generation", "batch": 1, **told}
    listed = ", ".join(f"{key}: {value}" for key, value in facts.items() if value is not None)
    return run(energy, 1.1, phase="inference", served=f"{{{listed}}}", **BOARD)


def test_what_1_000_requests_take_is_compared(made: Made) -> None:
    found = compare([made("a/one", served(1.9)), made("a/two", served(4.4, count=500_000))])
    energy = figure(found, "energy", "use")

    assert found.verdict == "comparable"
    assert [each.value for each in energy.amounts] == pytest.approx([0.0019, 0.0088])
    assert only(found, "energy", "use").order == "higher"
    unit = topic(found, "use").unit
    assert unit is not None
    assert (unit.per, unit.unit, unit.task) == (1000, "request", "text-generation")


def test_a_years_use_is_the_rate_times_the_volume(made: Made) -> None:
    # 2 Wh for 1 000 requests, 2 000 000 requests a year: 4 kWh, and 200 g at 50 g/kWh.
    sides = [made("a/one", served(2)), made("a/two", served(4.4))]
    found = compare(sides, requests="2M/year")

    assert figure(found, "energy", "use").yearly[0].value == pytest.approx(4)
    assert figure(found, "electricity", "use").yearly[0].value == pytest.approx(200)
    assert not found.notes


@pytest.mark.parametrize(
    ("told", "about"),
    [
        ({"task": "summarisation"}, "task"),
        ({"batch": 32}, "batch"),
        ({"unit": "images"}, "unit"),
        ({"count": 1, "statistic": "median"}, "statistic"),
    ],
)
def test_another_use_does_not_compare(made: Made, told: dict[str, object], about: str) -> None:
    found = compare([made("a/one", served(2)), made("a/two", served(4.4, **told))])

    assert not names(found)
    assert about in reasons(found)


def test_another_machine_does_not_compare(made: Made) -> None:
    other = served(4.4).replace("H100 80GB HBM3", "A100-SXM4-80GB")
    found = compare([made("a/one", served(2)), made("a/two", other)])

    assert reasons(found)["accelerators"].says == (
        "1 × NVIDIA H100 80GB HBM3",
        "1 × NVIDIA A100-SXM4-80GB",
    )


def test_what_nobody_says_is_borne_in_mind(made: Made) -> None:
    bare = [served(energy, task=None, batch=None) for energy in (2, 4.4)]
    for line in ("device", "count: 1\n", "hours"):
        bare = [
            "".join(each for each in run.splitlines(keepends=True) if line not in each)
            for run in bare
        ]
    found = compare([made("a/one", bare[0]), made("a/two", bare[1])])

    assert found.verdict == "comparable"
    assert {"task", "accelerators"} <= set(reasons(found, "weighs"))


def test_a_batch_that_one_side_does_not_say_is_borne_in_mind(made: Made) -> None:
    found = compare([made("a/one", served(2)), made("a/two", served(4.4, batch=None))])

    assert found.is_comparable
    assert reasons(found, "weighs")["batch"].says == ("1", "not stated")


def test_use_without_a_count_has_no_unit(made: Made) -> None:
    found = compare([made("a/one", served(2)), made("a/two", 4.4, phase="inference")])

    assert reasons(found)["served"].says == ("counted", "not stated")


def test_of_several_uses_those_that_are_alike_are_compared(made: Made) -> None:
    one = made("a/one", served(2), served(3, task="translation"))
    two = made("a/two", served(9, task="translation"), served(4.4))
    found = compare([one, two])
    tasks = [each.unit.task for each in found.topics if each.unit]

    assert found.verdict == "comparable"
    assert sorted(filter(None, tasks)) == ["text-generation", "translation"]


def test_training_and_use_are_topics_of_their_own(made: Made) -> None:
    one = made("a/one", run(10), served(2))
    found = compare([one, made("a/two", served(4.4))])

    assert found.verdict == "comparable in part"
    assert topic(found, "training").verdict == "not comparable"
    assert topic(found, "use").verdict == "comparable"


@pytest.mark.parametrize(
    ("sides", "asked", "said"),
    [
        (("train", "train"), "2M/year", "none of them discloses"),
        (("use", "other"), "2M/year", "use does not compare"),
        (("use", "use"), "2M tokens/year", "what is known is of requests"),
        (("median", "median"), "2M/year", "of a median there are no multiples"),
    ],
)
def test_why_there_is_no_use_of_a_year(
    made: Made, sides: tuple[str, ...], asked: str, said: str
) -> None:
    runs = {
        "train": run(10),
        "use": served(2),
        "other": served(2, task="x"),
        "median": served(0.001, count=1, statistic="median"),
    }
    models = [made(f"a/m{place}", runs[each]) for place, each in enumerate(sides)]
    found = compare(models, requests=asked)

    assert said in found.notes[0]


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("2M/year", 2e6, "request"),
        ("100 queries/day", 36_500, "request"),
        ("3B output tokens / month", 36e9, "output token"),
        ("7 images per hour", 61_320, "image"),
        ("8760 pages/year", 8760, "page"),
    ],
)
def test_a_volume_may_be_typed_in_several_ways(text: str, count: float, unit: str) -> None:
    assert volume(text).count == pytest.approx(count)
    assert volume(text).unit == unit


def test_a_week_is_seven_days_of_a_year_of_8_760_hours() -> None:
    assert volume("7/week").count == pytest.approx(365)


@pytest.mark.parametrize("text", ["", "2M", "lots/year", "2M/decade", "2M cats/year", "-1/year"])
def test_what_is_no_volume_is_refused(text: str) -> None:
    with pytest.raises(MalformedInput):
        volume(text)


def test_the_readers_place_must_be_known(made: Made) -> None:
    with pytest.raises(MissingFactor):
        compare([made("a/one", served(2)), made("a/two", served(4))], region="Atlantis")


def test_cooling_is_in_the_rates_where_all_count_it(made: Made) -> None:
    at = place(pue=1.5)
    found = compare([made("a/one", served(2), at=at), made("a/two", served(4), at=at)])

    assert figure(found, "energy", "use").amounts[0].value == pytest.approx(0.003)
