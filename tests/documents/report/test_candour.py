"""No sentence and no figure of a report says more than its disclosure: worked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from carbonlabel.documents import apart, serving
from carbonlabel.documents.face import face
from carbonlabel.documents.language import spoken_in
from carbonlabel.documents.report import assembly, cover, energy, facts
from carbonlabel.documents.report.blocks import Section
from carbonlabel.documents.report.form import form
from carbonlabel.documents.report.material import Material
from carbonlabel.model.disclosure import Activity, Disclosure, Doubt
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.record import keeping

STATES = Path(__file__).parents[2] / "samples" / "states"
SPACE = "\u00a0"


def state(name: str) -> Disclosure:
    return keeping.load((STATES / f"{name}.json").read_bytes(), name)


def of(disclosure: Disclosure) -> Material:
    return Material(face=face(disclosure), disclosure=disclosure, audience="regulator")


def section(disclosure: Disclosure, key: str) -> Section:
    return next(each for each in assembly.sections(of(disclosure)) if each.key == key)


def texts(section: Section) -> list[tuple[str, ...]]:
    tables = (*(chart.figures for chart in section.charts), *section.tables)
    return [tuple(cell.text for cell in row) for each in tables for row in each.rows]


def with_activities(disclosure: Disclosure, *activities: Activity) -> Disclosure:
    return disclosure.model_copy(update={"activities": activities})


def without_host(activity: Activity) -> Activity:
    """The activity whose host nobody looked at."""
    gone = Missing(missing="not-measured", reason="the log reads boards only")
    parts = tuple(
        each.model_copy(update={"energy": gone, "emissions": gone}) if each.part == "host" else each
        for each in activity.parts
    )
    return activity.model_copy(update={"parts": parts})


def test_energy_has_a_basis_of_its_own_beside_that_of_what_it_emitted() -> None:
    found = {row[0]: (row[3], row[6]) for row in texts(section(state("complete"), "energy"))}

    # A meter on the boards, a model of the host, a yearly factor for both.
    assert found["Accelerators"] == ("measured", "estimated")
    assert found["CPU and memory"] == ("estimated", "estimated")


def test_a_stage_of_three_in_ten_thousand_is_no_percent_of_it() -> None:
    whole = state("complete")
    (run,) = whole.activities
    shares = {"final": 0.9997, "sweep": 0.0003}
    staged = run.model_copy(update={"stages": shares, "stage_runs": {"final": 1, "sweep": 3}})

    found = texts(section(with_activities(whole, staged), "stages"))

    assert [row[4] for row in found] == [f">{SPACE}99{SPACE}%", f"<{SPACE}1{SPACE}%"]


def test_even_stages_add_up_to_all_of_it() -> None:
    whole = state("complete")
    (run,) = whole.activities
    staged = run.model_copy(
        update={"stages": {"final": 0.66, "failed": 0.34}, "stage_runs": {"final": 1, "failed": 1}}
    )

    found = texts(section(with_activities(whole, staged), "stages"))

    assert [row[4] for row in found] == [f"66{SPACE}%", f"34{SPACE}%"]


def test_stages_without_any_energy_have_no_shares() -> None:
    whole = state("complete")
    (run,) = whole.activities
    nothing = Estimate(value=0.0, unit="gCO2e", basis="estimated", formula="energy * intensity")
    used = Estimate(value=0.0, unit="kWh", basis="measured", source="log")
    parts = tuple(
        each.model_copy(update={"energy": used, "emissions": nothing}) for each in run.parts
    )
    idle = run.model_copy(update={"parts": parts, "stages": {"final": 1.0}, "stage_runs": None})

    found = energy.stages(of(with_activities(whole, idle)))

    assert found is not None
    assert found.charts[0].drawing is None
    assert texts(found)[0][4] == "–"


def test_a_source_of_doubt_is_small_and_never_nothing() -> None:
    whole = state("complete")
    doubts = (
        Doubt(of="/activities/0/region/intensity", share=1.0, low=0.7, high=1.4),
        Doubt(of="/activities/0/region/pue", share=0.0, low=0.997, high=1.002),
        Doubt(of="/activities/0/duration", share=0.0, low=1.0, high=1.0),
    )
    totals = whole.totals.model_copy(update={"doubt": doubts})

    found = texts(section(whole.model_copy(update={"totals": totals}), "doubt"))

    assert found[0] == (
        "grid factor", f"100{SPACE}%", f"70{SPACE}% to 140{SPACE}% of its value",
    )  # fmt: skip
    assert found[1][1:] == (f"<{SPACE}1{SPACE}%", f"99.7{SPACE}% to 100.2{SPACE}% of its value")
    assert found[2][1:] == (f"<{SPACE}1{SPACE}%", "–")


def test_causes_of_one_name_tell_each_how_far_they_move_the_amount() -> None:
    whole = state("every-row")
    doubts = tuple(
        Doubt(of=f"/activities/{at}/region/intensity", share=0.4, low=0.7, high=high)
        for at, high in ((0, 1.4), (1, 1.2))
    )
    other = Doubt(of="/activities/0/region/pue", share=0.2, low=0.9, high=1.1)
    totals = whole.totals.model_copy(update={"doubt": (*doubts, other)})

    found = texts(section(whole.model_copy(update={"totals": totals}), "doubt"))

    assert found[0][2] == (
        f"70{SPACE}% to 140{SPACE}% of its value; 70{SPACE}% to 120{SPACE}% of its value"
    )


def test_the_summary_names_the_largest_source_of_doubt_and_not_most_of_it() -> None:
    told = " ".join(cover.summary(of(state("hostile"))))

    # 42 % are the largest part of the doubt, and not most of it.
    assert f"its largest source of doubt: making the host (42{SPACE}%)." in told
    assert "most of its doubt" not in told


def test_the_summary_tells_the_lowest_and_the_highest_of_several_factors() -> None:
    whole = state("every-row")
    first, second = whole.activities
    cleaner = second.region.intensity.model_copy(update={"value": 20.0, "low": 15.0, "high": 25.0})
    moved = second.model_copy(
        update={"region": second.region.model_copy(update={"intensity": cleaner})}
    )

    told = " ".join(cover.summary(of(with_activities(whole, first, moved))))

    assert f"at 20 to 41{SPACE}g{SPACE}CO₂e/kWh)" in told


def test_english_puts_an_article_before_some_countries_and_no_other_language_does() -> None:
    activities = state("nothing-known").activities

    assert serving.within(activities) == "the United States"
    with spoken_in("de"):
        assert serving.within(activities) == "Vereinigte Staaten"
    assert serving.within(state("hostile").activities) == "France"


def test_a_part_that_one_of_two_activities_lacks_is_among_what_is_not_counted() -> None:
    whole = state("complete")
    (run,) = whole.activities
    other = without_host(run.model_copy(update={"phase": "evaluation"}))

    found = texts(section(with_activities(whole, run, other), "left-out"))

    assert ("Host CPU and memory, evaluation", "the log reads boards only") in found


def test_an_amount_without_doubt_has_no_range_from_nothing_to_nothing() -> None:
    (bought,) = [row for row in texts(section(state("every-row"), "contracts")) if "ppa" in row[0]
                 or "power purchase agreement, inference" in row[0]]  # fmt: skip

    assert bought[4] == f"0{SPACE}g CO₂e"


def test_contracts_of_two_activities_say_which_they_are_of() -> None:
    names = [row[0] for row in texts(section(state("every-row"), "contracts"))[2:]]

    assert names == [
        "power purchase agreement, fine-tuning", "power purchase agreement, inference",
    ]  # fmt: skip


def test_methods_that_differ_by_activity_are_told_apart() -> None:
    first, second = state("every-row").activities

    alike = [each.heading for each in apart.methods("Grid", ((first, "a"), (second, "a")))]
    same = [each.heading for each in apart.methods("Grid", ((first, "a"), (first, "b")))]
    unlike = [each.heading for each in apart.methods("Grid", ((first, "a"), (second, "b")))]

    assert alike == ["Grid"]
    assert same == ["Grid", "Grid"]
    assert unlike == ["Grid, fine-tuning", "Grid, inference"]


def test_a_zone_that_nobody_names_has_no_name() -> None:
    whole = state("complete")
    (run,) = whole.activities
    own = run.model_copy(update={"region": run.region.model_copy(update={"zone": "stated"})})

    (place, *_) = section(with_activities(whole, own), "place").tables

    assert "zone not stated" in place.caption
    with spoken_in("fr"):
        (place, *_) = section(with_activities(whole, own), "place").tables
        assert "zone non indiquée" in place.caption


def test_what_a_tracker_said_has_the_decimal_sign_of_the_reader() -> None:
    energy_kwh = Estimate(value=0.02056, unit="kWh", basis="estimated", source="log")

    with spoken_in("fr"):
        told = facts.given(state("complete"), "x", energy_kwh)[1].text

    assert told == f"20,56{SPACE}Wh"


def test_the_recipient_follows_a_colon_as_the_language_sets_it() -> None:
    whole = state("complete")
    to = Material(face=face(whole), disclosure=whole, audience="regulator", recipient="aio")

    with spoken_in("fr"):
        assert cover.facts(to)[0][1].text == f"Rapport pour une autorité{SPACE}: Bureau de l’IA"


def test_long_numbers_of_formulas_stand_in_threes_and_keep_their_fractions() -> None:
    found = {row[0]: row[2] for row in worked(state("kilotonnes"))}

    # 110.1 GWh × 588.6 g/kWh = 64.8 kt
    thin = "\u202f"
    assert found["/activities/0/parts/0/emissions"] == (
        "110 100 000 kWh × 588.6 gCO2e/kWh = 64 805 100 000 gCO2e".replace(" 000", f"{thin}000")
        .replace("110 100", f"110{thin}100").replace("64 805 100", f"64{thin}805{thin}100")
    )  # fmt: skip


def worked(disclosure: Disclosure) -> list[tuple[str, ...]]:
    (only,) = section(disclosure, "formulas").tables
    return [tuple(f"{cell.text}{cell.code}" for cell in row) for row in only.rows]


def test_many_machines_are_counted_in_threes() -> None:
    assert [row[2] for row in texts(section(state("kilotonnes"), "hardware"))] == [
        "65\u202f536", "8\u202f192",
    ]  # fmt: skip


def test_a_plan_has_not_ended_and_its_annex_says_that_it_is_one() -> None:
    planned, done = state("planned"), state("complete")

    names = [name.text for name, _ in cover.facts(of(planned))]
    leads = [form(of(each)).lead for each in (planned, done)]

    assert "Last run would end" in names
    assert "Last run ended" not in names
    assert "still to be" in " ".join(leads[0])
    assert "still to be" not in " ".join(leads[1])


def test_a_range_whose_ends_print_alike_is_none() -> None:
    near = Estimate(
        value=3.12e14, low=3.115e14, high=3.125e14, unit="FLOP/s", basis="estimated", source="x"
    )
    wide = near.model_copy(update={"high": 3.6e14})

    assert facts.amount(near)[1] == ""
    assert facts.amount(wide)[1] == "3.1 to 3.6"


def annex(disclosure: Disclosure, to: Literal["aio", "nca"] = "aio") -> dict[str, str]:
    (only,) = form(
        Material(face=face(disclosure), disclosure=disclosure, audience="regulator", recipient=to)
    ).tables
    return {row[0].text: row[1].text for row in only.rows}


def test_the_annex_gives_the_range_of_the_label_where_training_is_all() -> None:
    whole = state("complete")
    energy_kwh = whole.totals.energy
    assert isinstance(energy_kwh, Estimate)
    assert energy_kwh.low is not None
    assert energy_kwh.high is not None

    told = annex(whole)["Measurement methodology of the energy"]

    low, high = told.partition("range is ")[2].partition(" MWh")[0].split(" to ")
    assert float(low) == pytest.approx(energy_kwh.low / 1000, abs=1e-4)
    assert float(high) == pytest.approx(energy_kwh.high / 1000, abs=1e-4)


def test_the_annex_says_what_is_measured_and_what_is_not_counted() -> None:
    whole = state("complete")

    told = annex(whole)
    gone = annex(with_activities(whole, without_host(whole.activities[0])))

    method = "Measurement methodology of the energy"
    assert told["Amount of energy used for training"].endswith("(mostly measured)")
    assert "accelerators (measured), host (estimated), cooling (estimated)" in told[method]
    assert "Not counted" not in told[method]
    assert "Not counted: host." in gone[method]
    assert gone["Amount of energy used for training"].startswith("at least ")


def test_the_annex_gives_the_reason_why_cooling_is_not_in_it() -> None:
    whole = state("complete")
    (run,) = whole.activities
    gone = Missing(missing="not-stated", reason="the PUE of 1.2 is stated as not counted")
    parts = tuple(
        each.model_copy(update={"energy": gone}) if each.part == "overhead" else each
        for each in run.parts
    )
    warm = run.model_copy(update={"parts": parts})
    inside = run.model_copy(
        update={
            "parts": parts[:1], "pue_in_energy": "unknown",
            "region": run.region.model_copy(update={"pue": gone}),
        }
    )  # fmt: skip
    method = "Measurement methodology of the energy"

    assert (
        "Cooling and overhead are not in it: the PUE of 1.2 is stated as not counted."
        in annex(with_activities(whole, warm))[method]
    )
    assert "not in all of it" in annex(with_activities(whole, run, warm))[method]
    assert "by a ratio that is not known" in annex(with_activities(whole, inside))[method]
