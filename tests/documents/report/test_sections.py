"""What stands in a report, for whom: sections that have something to say, and no others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from carbonlabel.documents import language
from carbonlabel.documents.face import face
from carbonlabel.documents.report import assembly, cover
from carbonlabel.documents.report.blocks import Section, cells, table
from carbonlabel.documents.report.material import Audience, Material
from carbonlabel.model.compute import Compute
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.lineage import Ancestor
from carbonlabel.rules.register import DEMANDS
from tests.documents.trials import trial

Statement = Callable[..., Disclosure]
Grams = Callable[..., dict[str, Any]]
AUDIENCES: tuple[Audience, ...] = ("lab", "public", "regulator")


@pytest.fixture(scope="module")
def rich() -> Disclosure:
    return trial()


def sections(disclosure: Disclosure, audience: Audience = "regulator") -> dict[str, Section]:
    material = Material(face=face(disclosure), disclosure=disclosure, audience=audience)
    return {each.key: each for each in assembly.sections(material)}


def rows(section: Section) -> list[tuple[str, ...]]:
    tables = [chart.figures for chart in section.charts] + list(section.tables)
    return [
        tuple(f"{cell.text}{cell.code}{cell.after} {cell.note}".strip() for cell in row)
        for each in tables
        for row in each.rows
    ]


def changed(disclosure: Disclosure, **changes: object) -> Disclosure:
    """The disclosure with other fields in its first activity."""
    first, *others = disclosure.activities
    return disclosure.model_copy(update={"activities": (first.model_copy(update=changes), *others)})


def test_a_rich_disclosure_fills_every_section_but_those_of_redaction_and_lineage(
    rich: Disclosure,
) -> None:
    assert set(assembly.keys()) - set(sections(rich)) == {"withheld", "lineage"}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_sections_without_content_do_not_appear(
    statement: Statement, grams: Grams, audience: Audience
) -> None:
    bare = statement(
        {"host": grams(1.0)}, findings=[], sources={}, left_out=[], activities__0__hardware=[]
    )

    found = sections(bare, audience)

    assert not {"time", "stages", "doubt", "hardware", "manufacture", "water"} & set(found)
    assert not {"use", "compute", "lineage", "scores", "contracts", "waivers"} & set(found)
    assert all(each.lead or each.charts or each.tables or each.lines for each in found.values())


def test_a_lab_gets_an_appendix_and_the_public_no_formulas(rich: Disclosure) -> None:
    lab, public, regulator = (set(sections(rich, each)) for each in AUDIENCES)

    assert lab < public < regulator
    assert regulator - public == {"formulas", "completeness", "form", "signature"}
    assert len(lab) == 12


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_table_has_a_cell_for_each_head(rich: Disclosure, audience: Audience) -> None:
    for section in sections(rich, audience).values():
        for each in (*(chart.figures for chart in section.charts), *section.tables):
            assert {len(row) for row in each.rows} <= {len(each.head)}, section.key
            assert each.caption


def test_what_was_counted_stands_with_its_energy_and_its_electricity(
    two_gpus: Disclosure,
) -> None:
    (row,) = rows(sections(two_gpus)["counted"])

    assert row == (
        "1 fine-tuning run", "2026-11-22", "Example cluster, Orsay, France",
        "6.6\u00a0s", "1.34\u00a0Wh", "55.7\u00a0mg CO₂e",
    )  # fmt: skip


def test_emissions_read_as_on_the_label(two_gpus: Disclosure) -> None:
    shown = {row.part: row.value for row in face(two_gpus).rows}

    found = {row[0]: row[4] for row in rows(sections(two_gpus)["energy"])}

    assert found["Accelerators"] == f"{shown['accelerators']}\u00a0mg CO₂e"
    assert found["CPU and memory"] == f"{shown['host']}\u00a0mg CO₂e"
    assert rows(sections(two_gpus)["manufacture"])[0][1] == f"{shown['manufacture']}\u00a0mg CO₂e"


def test_stages_share_the_electricity_of_their_activity(rich: Disclosure) -> None:
    found = {row[0]: row for row in rows(sections(rich)["stages"])}

    assert list(found) == [
        "Final", "Development: sweeps", "Development: debugging", "Failed",
    ]  # fmt: skip
    assert [each[1] for each in found.values()] == ["1", "6", "1", "1"]
    assert sum(int(each[4].split("\u00a0")[0]) for each in found.values()) == 100


def test_hours_become_days_where_there_are_many(rich: Disclosure) -> None:
    first, second, third = sections(rich)["time"].charts

    # Ten days from 9:00, 45 hours of experiments over four days, 30 hours of use over two.
    assert len(first.figures.rows) == 11
    assert len(second.figures.rows) == 4
    assert len(third.figures.rows) == 2
    assert first.figures.head == ("Start", "IT energy", "Grid intensity")
    assert "grid intensity from the hourly figures" in first.caption


def test_without_a_series_of_the_grid_time_shows_energy_alone(rich: Disclosure) -> None:
    profile = rich.activities[0].profile
    assert profile is not None
    bare = changed(rich, profile=profile.model_copy(update={"intensity": None}))

    chart = sections(bare)["time"].charts[0]

    assert chart.figures.head == ("Start", "IT energy")
    assert "one grid factor was used for all of it" in chart.caption


def test_location_based_and_market_based_stand_apart(rich: Disclosure) -> None:
    contracts = sections(rich)["contracts"]
    both, listed = contracts.tables

    assert [row[0].text for row in both.rows] == [
        "Electricity, location-based", "Electricity, market-based",
    ]  # fmt: skip
    assert {row[5].text for row in listed.rows} == {"PPA 7 of Quokka Power"}


def test_every_computed_figure_has_its_formula_in_numbers(two_gpus: Disclosure) -> None:
    found = {row[0]: row[1:] for row in rows(sections(two_gpus)["formulas"])}

    assert found["/activities/0/parts/0/emissions"] == (
        "energy * intensity", "0.00100833 kWh × 41.44 gCO2e/kWh = 0.0417853 gCO2e",
    )  # fmt: skip
    assert found["/activities/0/parts/2/energy"][1] == (
        "(0.00100833 kWh + 0.00011 kWh) × (1.2 − 1) = 0.000223667 kWh"
    )
    assert {"/totals/emissions", "/totals/electricity", "/totals/manufacture"} < set(found)


def test_waivers_stand_with_author_reason_and_day(rich: Disclosure) -> None:
    (row,) = rows(sections(rich)["waivers"])

    assert row == (
        "residual-not-stated", "Ada Example, head of computing", "2026-12-31",
        "no residual mix is published for the market yet",
    )  # fmt: skip


def test_forms_are_counted_and_nothing_is_claimed(two_gpus: Disclosure) -> None:
    section = sections(two_gpus)["completeness"]

    found = {row[0]: row[1:] for row in rows(section)}

    assert found["Hugging Face co2_eq_emissions"] == ("5 of 5", "all answered")
    assert found["ISO/IEC 21031 (SCI)"][1].startswith("needed: R, unit and count; also: water")
    assert "says nothing about compliance" in section.lead[0]


def test_nothing_in_any_report_claims_compliance(rich: Disclosure) -> None:
    for section in sections(rich).values():
        words = " ".join((*section.lead, *section.trail, *(" ".join(row) for row in rows(section))))
        assert "compliant" not in words.casefold()
        assert "certified" not in words.casefold()
        if "complian" in words.casefold():
            assert "nothing" in words.casefold()


def test_base_models_stand_with_what_they_declare(two_gpus: Disclosure) -> None:
    declared = Estimate(value=5.0e6, unit="gCO2e", basis="estimated", source="base")
    gone = Missing(missing="not-stated", reason="its card declares none")
    chain = (
        Ancestor(model="acme/base", relation="finetune", emissions=declared, digest="ab" * 32),
        Ancestor(model="acme/older", relation="distilled", child="acme/base", emissions=gone),
    )
    derived = two_gpus.model_copy(update={"lineage": chain})

    first, second = rows(sections(derived)["lineage"])

    assert first == ("acme/base", "fine-tuned", "5\u00a0t CO₂e", "ab" * 32)
    assert second[1:3] == ("distilled of acme/base", "not reported its card declares none")


def test_named_bases_without_a_figure_are_told(two_gpus: Disclosure) -> None:
    subject = two_gpus.subject.model_copy(update={"base_models": ("acme/base",)})
    derived = two_gpus.model_copy(update={"subject": subject})

    assert rows(sections(derived)["lineage"]) == [("acme/base", "", "not reported", "")]


def test_compute_tells_operations_and_how_they_were_found(two_gpus: Disclosure) -> None:
    flop = Estimate(
        value=3.9e23, low=2.7e23, high=5.0e23, unit="FLOP", basis="estimated", source="log"
    )
    gone = Missing(missing="not-stated", reason="nobody said")
    done = Compute(device_time=gone, flop=flop, method="6ND", tokens=1.0e12)

    section = sections(changed(two_gpus, compute=done))["compute"]

    found = {row[0]: row[1:3] for row in rows(section)}
    assert found["Operations: 6 × parameters × tokens"] == (
        "3.9 × 10²³\u00a0FLOP", "2.7 to 5",
    )  # fmt: skip
    assert section.lead == ("Tokens trained on: 1\u00a0T.",)


def test_a_long_table_says_where_the_rest_is() -> None:
    long = table("c", ("a",), (cells(str(each)) for each in range(70)), rest="{count} more")

    assert len(long.rows) == 60
    assert long.rest == "10 more"
    assert table("c", ("a",), [cells("1")], rest="{count} more").rest == ""


def test_the_summary_has_three_to_five_sentences(
    demo: Disclosure, two_gpus: Disclosure, rich: Disclosure
) -> None:
    for each in (demo, two_gpus, rich):
        told = cover.summary(Material(face=face(each), disclosure=each))
        assert 3 <= len(told) <= 5
        assert all(sentence.endswith(".") for sentence in told)


def test_the_summary_says_amount_range_and_that_it_is_a_lower_bound(demo: Disclosure) -> None:
    told = cover.summary(Material(face=face(demo), disclosure=demo))

    shown = face(demo)
    amount = f"{shown.value}\u00a0mg\u00a0CO₂e"
    assert told[0].startswith(
        f"2 fine-tuning runs of acme/demo-train emitted at least {amount}, likely"
    )
    assert "not reported" in told[2]
    assert told[3].startswith("The amount is estimated (0\u00a0% measured, 100\u00a0% estimated")


def test_the_summary_of_nothing_says_so(demo: Disclosure) -> None:
    empty = face(demo)._replace(value=None, headline="Not reported", range_short="", rows=())
    gone = Missing(missing="not-measured", reason="nobody looked")
    totals = demo.totals.model_copy(
        update={"headline": "not reported", "emissions": gone, "electricity": gone, "energy": gone}
    )
    bare = demo.model_copy(
        update={"totals": totals, "subject": demo.subject.model_copy(update={"model": None})}
    )

    told = cover.summary(Material(face=empty, disclosure=bare))

    assert (
        told[0] == "What 2 fine-tuning runs of a model that is not named emitted is not reported."
    )


def test_the_summary_of_a_plan_does_not_say_that_it_was_done(demo: Disclosure) -> None:
    totals = demo.totals.model_copy(update={"headline": "planned"})
    plan = demo.model_copy(update={"totals": totals})

    told = cover.summary(Material(face=face(plan), disclosure=plan))[1]

    assert told.startswith("The work is planned for ")


def test_a_plan_of_unknown_length_tells_no_time(demo: Disclosure) -> None:
    gone = Missing(missing="not-stated", reason="nobody says")
    totals = demo.totals.model_copy(update={"headline": "planned"})
    plan = changed(demo.model_copy(update={"totals": totals}), duration=gone)

    told = cover.summary(Material(face=face(plan), disclosure=plan))[1]

    assert told.startswith("The work is planned on ")


def test_a_place_that_nobody_knows_is_said(demo: Disclosure) -> None:
    region = demo.activities[0].region.model_copy(update={"given_by": "nobody"})
    nowhere = changed(demo, region=region)

    assert (
        "in a place that is not known"
        in cover.summary(Material(face=face(nowhere), disclosure=nowhere))[1]
    )
    assert sections(nowhere)["place"].tables[0].caption.endswith("world mean, as no place is known")


@pytest.mark.parametrize(
    ("tongue", "first", "last"),
    [("fr", "Activité", "WUE"), ("de", "ADPe", "WUE"), ("es", "Actividad", "WUE")],
)
def test_the_glossary_is_sorted_in_the_language_of_its_reader(
    rich: Disclosure, tongue: str, first: str, last: str
) -> None:
    with language.spoken_in(tongue):
        names = [row[0] for row in rows(sections(rich)["glossary"])]

    assert (names[0], names[-1]) == (first, last)


@pytest.mark.parametrize("tongue", ["fr", "de", "es"])
def test_no_basis_of_a_report_is_left_in_english(rich: Disclosure, tongue: str) -> None:
    with language.spoken_in(tongue):
        told = [row for each in sections(rich).values() for row in rows(each)]

    assert not {"measured", "estimated", "assumed"} & {cell for row in told for cell in row}


def test_the_glossary_is_sorted_and_names_no_rule(rich: Disclosure) -> None:
    names = [row[0].casefold() for row in rows(sections(rich)["glossary"])]

    assert names == sorted(names)
    assert not {demand.name.casefold() for demand in DEMANDS} & set(names)
