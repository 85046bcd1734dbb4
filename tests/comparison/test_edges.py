"""Seldom boundaries: several sites, tools that do not speak of cooling, bare figures."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import carbonlabel
from carbonlabel import compare
from carbonlabel.comparison import Comparison, compared, disclosed
from carbonlabel.comparison.pairs import pairs
from carbonlabel.documents.comparing.face import face
from carbonlabel.documents.comparing.renderings import rendered
from carbonlabel.model.disclosure import Disclosure, Subject
from tests.comparison.conftest import Made, place, run
from tests.comparison.test_compare import figure, names, only, reasons, topic

ECO2AI = Path(__file__).parents[1] / "samples" / "eco2ai"


def of_two_sites(model: str, *intensities: str) -> Disclosure:
    """Two runs of one phase, each in a country of its own."""
    told = [run(10, country=each, name=f"run-{each}") for each in intensities]
    text = "carbonlabel: runs\nruns:\n" + "".join(told)
    return carbonlabel.assess(
        carbonlabel.read(io.BytesIO(text.encode())), subject=Subject(model=model)
    )


def test_the_sites_of_one_side_are_added_up() -> None:
    found = compare([of_two_sites("a/one", "FR", "DE"), of_two_sites("a/two", "SE", "NO")])

    assert [each.value for each in figure(found, "energy").amounts] == [20, 20]
    assert reasons(found, "weighs")["grid"].says == ("FR, DE", "SE, NO")


def test_a_sum_of_life_cycle_and_direct_emissions_compares_with_nothing(made: Made) -> None:
    one = of_two_sites("a/one", "FR", "US-CA")
    two = of_two_sites("a/two", "FR", "US-TX")
    found = compare([one, two])

    assert reasons(found)["scope"].says == ("life cycle, direct",) * 2
    assert names(found) == {"energy"}
    assert reasons(compare([one, made("a/x", 20)])).keys() >= {"runs"}


def with_pue_state(disclosure: Disclosure, state: str) -> Disclosure:
    """The same, its energy said to hold cooling, or not known to."""
    activity = disclosure.activities[0]
    parts = tuple(
        part.model_copy(
            update={
                "energy": None,
                "emissions": part.emissions.model_copy(update={"missing": "not-applicable"}),
            }
        )
        if part.part == "overhead" and state == "yes"
        else part
        for part in activity.parts
    )
    changed = activity.model_copy(update={"pue_in_energy": state, "parts": parts})
    return disclosure.model_copy(update={"activities": (changed,)})


def held(*sides: Disclosure) -> Comparison:
    """What compares of disclosures that no check has seen."""
    return compared([disclosed(each, f"{at}.json") for at, each in enumerate(sides)])


def test_cooling_inside_compares_with_cooling_counted_and_not_with_none(made: Made) -> None:
    inside = with_pue_state(made("a/one", 12), "yes")
    found = held(inside, made("a/two", 40, at=place(pue=1.2)))
    assert [each.value for each in figure(found, "energy").amounts] == pytest.approx([12, 48])

    found = held(inside, made("a/two", 40))
    assert reasons(found)["cooling"].says == ("inside the energy", "not counted")


def test_one_tool_that_says_nothing_of_cooling_compares_with_itself(logged: Made) -> None:
    sides = [
        with_pue_state(logged("a/one", cpu_energy=0.001, run_id="one"), "unknown"),
        with_pue_state(logged("a/two", cpu_energy=0.02, run_id="two"), "unknown"),
    ]
    found = held(*sides)

    assert topic(found).boundary is not None
    assert topic(found).boundary.cooling == "unknown"
    assert "cooling" in reasons(found, "weighs")


def test_a_figure_without_range_is_drawn_with_a_sentence(made: Made) -> None:
    bare = {"low": None, "high": None}
    loose = made("a/one", 10)
    activity = loose.activities[0]
    parts = tuple(
        part.model_copy(update={"energy": part.energy and part.energy.model_copy(update=bare)})
        if part.part == "computing"
        else part
        for part in activity.parts
    )
    unranged = loose.model_copy(
        update={"activities": (activity.model_copy(update={"parts": parts}),)}
    )
    found = held(unranged, made("a/two", 40))
    sentences = face(found).amounts[0].sentences

    assert sentences == ("one declares no range, so that small differences mean nothing.",)
    assert "declares no range" in rendered(found, "svg").decode()


def test_statements_alone_have_a_strip_without_intervals(tmp_path: Path) -> None:
    paths = []
    for name, grams in (("a", 1200), ("b", 3400)):
        path = tmp_path / name / "README.md"
        path.parent.mkdir()
        path.write_text(
            f"---\nco2_eq_emissions:\n  emissions: {grams}\n  source: CodeCarbon\n"
            "  training_type: fine-tuning\n---\n",
            encoding="utf-8",
        )
        paths.append(path)
    found = compare(paths)
    drawn = rendered(found, "svg").decode()

    assert " declare no range, so that small differences mean nothing." in drawn
    assert 'class="interval"' not in drawn
    assert "each at its own grid" not in rendered(found, "terminal").decode()
    assert names(found) == {"electricity"}


def test_figures_beyond_arithmetic_are_not_told_apart(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overflow(*_: object) -> None:
        raise OverflowError

    found = compare([made("a/one", 10), made("a/two", 40)])
    monkeypatch.setattr("carbonlabel.comparison.pairs.propagate", overflow)
    again = compare([made("a/one", 10), made("a/two", 40)])

    assert only(found, "energy").order == "higher"
    assert only(again, "energy").because == "the figures are too far apart for arithmetic"
    assert pairs([], []) == ()


def test_the_pue_of_one_named_site_is_shared(made: Made) -> None:
    def sited() -> object:
        return place(pue=1.2, site="Example cluster")

    pair = only(compare([made("a/one", 10, at=sited()), made("a/two", 40, at=sited())]), "energy")

    assert "the PUE of Example cluster" in pair.shared


def test_the_terminal_tells_notes_and_general_reasons(made: Made) -> None:
    same = compare([made("a/one", 10), made("a/one", 10)])
    asked = compare([made("a/one", 10), made("a/two", 40)], requests="2M/year")

    assert "one statement was given twice" in rendered(same, "terminal").decode()
    assert "There is no use of a year" in rendered(asked, "terminal").decode()
    for form in ("markdown", "html"):
        assert "There is no use of a year" in rendered(asked, form).decode()
        assert "one statement was given twice" in rendered(same, form).decode()
