"""Market-based electricity: by its contracts, beside what the grid emits, never in its place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from carbonlabel.assessment import assess
from carbonlabel.checks import check
from carbonlabel.documents import hub
from carbonlabel.documents.face import face
from carbonlabel.documents.terminal import renderer as terminal
from carbonlabel.explanation import explain
from carbonlabel.intake import Log
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Period
from carbonlabel.model.region import Place
from carbonlabel.plugins import Options
from carbonlabel.readers.region import load_place
from carbonlabel.verification import verify
from tests.assessment.test_worked_examples import NOT_HERE, kwh, ten_hours_of_four_gpus

SITE = "country: FR\npue: 1.5\nintensity: {value: 450 g/kWh, scope: lifecycle, year: 2026}\n"
RESIDUAL = "residual: {value: 500 g/kWh, year: 2026, source: 'AIB, residual mixes'}\n"


def contract(energy: str, intensity: str = "0 g/kWh", **changes: object) -> str:
    fields = {"kind": "ppa", "zone": "FR", "vintage": 2026} | changes
    stated = {**fields, "energy": energy, "intensity": intensity}
    return "  - {" + ", ".join(f"{key}: '{value}'" for key, value in stated.items()) + "}\n"


def site(*contracts: str, text: str = SITE + RESIDUAL) -> Place:
    listed = "instruments:\n" + "".join(contracts) if contracts else ""
    return load_place(Log("region.yaml", content=(text + listed).encode()))


def of_year(year: int, **changes: object) -> Evidence:
    begin = datetime(year, 6, 1, tzinfo=UTC)
    period = Period(start=begin, end=begin.replace(hour=10), zone="UTC")
    return ten_hours_of_four_gpus(run=str(year), place=f"log:{year}", period=period, **changes)


def assessed(*contracts: str, text: str = SITE + RESIDUAL) -> Disclosure:
    """12 kWh of IT energy and 6 kWh of cooling at 450 g/kWh."""
    return assess([ten_hours_of_four_gpus()], place=site(*contracts, text=text))


def codes(disclosure: Disclosure) -> set[str]:
    return {each.code for each in disclosure.findings}


def market(disclosure: Disclosure) -> Estimate:
    found = disclosure.totals.market
    assert isinstance(found, Estimate)
    return found


def errors(disclosure: Disclosure) -> list[str]:
    return [each.code for each in check(disclosure) if each.severity == "error"]


def test_covered_energy_takes_the_contracts_and_the_rest_the_residual_mix() -> None:
    disclosure = assessed(contract("10 kWh"), contract("4 kWh", "100 g/kWh"))

    # 10 × 0 + 4 × 100 + (18 − 14) × 500
    assert market(disclosure).value == pytest.approx(2400)
    assert disclosure.totals.electricity.value == pytest.approx(8100)
    assert [each.emissions.value for each in disclosure.activities[0].instruments] == [0, 400]
    assert errors(disclosure) == []


def test_location_based_figures_are_the_same_with_contracts_and_without() -> None:
    without, with_all = assessed(), assessed(contract("18 kWh"))

    assert market(with_all).value == 0
    same = {"market", "findings", "activities", "sources", "inputs"}
    assert with_all.totals.model_copy(update={"market": None}) == without.totals
    assert with_all.model_dump(exclude=same | {"totals"}) == without.model_dump(
        exclude=same | {"totals"}
    )
    assert hub.emissions(with_all) == hub.emissions(without)
    assert (face(with_all).value, face(with_all).alt) == (face(without).value, face(without).alt)
    assert [each.value for each in face(with_all).rows] == [
        each.value for each in face(without).rows
    ]


def test_without_a_contract_there_is_no_market_based_figure() -> None:
    disclosure = assessed()

    assert disclosure.totals.market is None
    assert disclosure.activities[0].market is None
    assert "residual-without-contract" in codes(disclosure)
    assert "Market-based electricity" not in [each.name for each in face(disclosure).contexts]


def test_without_a_residual_mix_the_rest_takes_the_average_and_a_finding_says_so() -> None:
    disclosure = assessed(contract("10 kWh"), text=SITE)

    assert market(disclosure).value == pytest.approx(8 * 450)
    assert disclosure.activities[0].market.formula.endswith("* intensity")
    (finding,) = [each for each in disclosure.findings if each.code == "residual-not-stated"]
    assert (finding.severity, finding.found) == ("warning", "8 kWh")
    assert errors(disclosure) == []


def test_contracts_for_all_of_it_need_no_residual_mix() -> None:
    assert "residual-not-stated" not in codes(assessed(contract("18 kWh"), text=SITE))


def test_contracts_cover_no_more_than_was_taken() -> None:
    disclosure = assessed(contract("1 MWh", "20 g/kWh"))

    (instrument,) = disclosure.activities[0].instruments
    assert instrument.energy.value == pytest.approx(18)
    assert instrument.contract.value == 1000
    assert market(disclosure).value == pytest.approx(18 * 20)
    assert "contract-surplus" in codes(disclosure)
    assert errors(disclosure) == []


def test_more_energy_within_its_doubt_is_covered_by_the_spare_and_by_no_zero_claim() -> None:
    # A meter may be off by 1.4: 1 MWh covers that too, 18 kWh do not.
    spare, tight = assessed(contract("1 MWh", "20 g/kWh")), assessed(contract("18 kWh", "20 g/kWh"))

    assert market(spare).high < 18 * 1.5 * 20.5
    assert market(tight).high > 18 * 20 + 5 * 500


def test_two_years_share_a_contract_in_proportion_and_no_kwh_twice() -> None:
    place = site(contract("9 kWh", "100 g/kWh", vintage=2025))

    disclosure = assess([of_year(2025), of_year(2026, accelerators=kwh(24.0))], place=place)

    # The year of the contract goes first: 18 kWh of 2025 take all 9 kWh, 36 kWh of 2026 none.
    first, second = disclosure.activities
    assert first.market.value == pytest.approx(9 * 100 + 9 * 500)
    assert (second.instruments, second.market.value) == (None, pytest.approx(36 * 500))
    assert market(disclosure).value == pytest.approx(9 * 100 + 45 * 500)
    assert errors(disclosure) == []


def test_two_activities_of_one_year_share_a_contract_in_proportion_to_their_energy() -> None:
    share = {"covers": "device"}
    larger = {"phase": "evaluation", "accelerators": kwh(24.0)}
    runs = [
        ten_hours_of_four_gpus(run="a", place="log:1", **share),
        ten_hours_of_four_gpus(run="b", place="log:2", **share, **larger),
    ]

    disclosure = assess(runs, place=site(contract("27 kWh", "100 g/kWh")))

    parts = [activity.instruments[0] for activity in disclosure.activities]
    assert [each.energy.value for each in parts] == pytest.approx([9, 18])
    assert {each.contract.value for each in parts} == {27}
    assert market(disclosure).value == pytest.approx(27 * 100 + 27 * 500)
    assert errors(disclosure) == []


@pytest.mark.parametrize("changes", [{"zone": "US"}, {"vintage": 2024}, {"vintage": 2028}])
def test_a_contract_of_another_market_or_time_counts_for_nothing(
    changes: dict[str, object],
) -> None:
    disclosure = assessed(contract("18 kWh", **changes))

    assert disclosure.totals.market is None
    (finding,) = [each for each in disclosure.findings if each.code == "contract-not-counted"]
    assert (finding.severity, finding.expected) == ("warning", "FR 2026")


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"zone": "NO"}, "contract-of-neighbour"), ({"vintage": 2025}, "contract-of-other-year")],
)
def test_a_contract_nearby_counts_and_says_so(changes: dict[str, object], code: str) -> None:
    disclosure = assessed(contract("18 kWh", **changes))

    assert market(disclosure).value == 0
    assert code in codes(disclosure)


def test_a_contract_that_others_left_nothing_to_cover_is_noted() -> None:
    disclosure = assessed(contract("18 kWh"), contract("1 kWh", vintage=2025))

    (finding,) = [each for each in disclosure.findings if each.code == "contract-not-counted"]
    assert finding.severity == "note"


def test_runs_without_place_or_date_say_that_contracts_cannot_be_compared() -> None:
    text = "pue: 1.5\nintensity: {value: 450 g/kWh, scope: lifecycle, year: 2026}\n"
    undated = ten_hours_of_four_gpus(period=Missing(missing="not-stated", reason="no date"))

    disclosure = assess([undated], place=site(contract("18 kWh"), text=text))

    assert {"contract-place-unknown", "contract-year-unknown"} <= codes(disclosure)
    assert market(disclosure).value == 0


def test_an_activity_without_energy_has_no_market_based_figure() -> None:
    nothing = Missing(missing="not-measured", reason="the log is empty")
    runs = [
        ten_hours_of_four_gpus(run="a", place="log:1"),
        ten_hours_of_four_gpus(
            run="b", place="log:2", phase="evaluation", accelerators=nothing, host=NOT_HERE
        ),
    ]

    disclosure = assess(runs, place=site(contract("18 kWh")))

    assert isinstance(disclosure.activities[1].market, Missing)
    assert market(disclosure).value == 0


def test_the_residual_mix_has_the_doubt_of_an_annual_factor() -> None:
    disclosure = assessed(contract("10 kWh"))

    residual = disclosure.activities[0].region.residual
    assert (residual.low, residual.high) == pytest.approx((500 / 1.42, 500 * 1.42))
    assert disclosure.sources["region-residual"].title == "AIB, residual mixes"


def test_it_shows_below_the_rule_and_in_no_headline() -> None:
    disclosure = assessed(contract("10 kWh", reference="PPA 17"))
    shown = face(disclosure)

    (context,) = [each for each in shown.contexts if each.name == "Market-based electricity"]
    # 8 kWh × 500 g; 10 of 18 kWh are 56 %.
    assert (context.value, context.unit) == ("4.0", "kg CO₂e")
    assert context.note == "contracts for 56\u00a0% of it"
    (method,) = [each for each in shown.method if each.heading == "Market-based electricity"]
    assert "10.0 kWh at 0 g CO₂e/kWh (power purchase agreement, FR 2026, PPA 17)" in (
        method.text.replace("\u00a0", " ")
    )
    assert "(residual mix, AIB, 2026)" in method.text
    text = terminal.render(disclosure, Options()).decode()
    assert "Contracts 4.0 kg CO₂e" in text
    assert "market-based" in text


def test_a_region_without_contract_and_residual_mix_says_nothing_of_either() -> None:
    disclosure = assessed(text=SITE)

    assert disclosure.totals.market is None
    assert disclosure.activities[0].region.residual is None
    assert not {each for each in codes(disclosure) if each.startswith(("contract", "residual"))}


def test_explain_leads_from_the_total_to_the_contracts_and_the_residual_mix() -> None:
    told = explain(assessed(contract("10 kWh"), contract("4 kWh", "100 g/kWh")), "/totals/market")

    assert "0 gCO2e + 400 gCO2e + (12 kWh + 6 kWh − (10 kWh + 4 kWh)) × 500 gCO2e/kWh" in told
    assert "= energy * intensity = 4 kWh × 100 gCO2e/kWh = 400 gCO2e" in told
    assert "AIB, residual mixes" in told


def test_explain_works_a_shared_contract_out() -> None:
    disclosure = assessed(contract("1 MWh", "20 g/kWh"))

    told = explain(disclosure, "/activities/0/instruments/0/energy")
    assert "= contract * 0.018 = 1000 kWh × 0.018 = 18 kWh" in told


def test_a_part_of_a_contract_is_shown_with_its_whole_and_all_covered_energy_as_all() -> None:
    shown = face(assessed(contract("1 MWh", "20 g/kWh")))

    (context,) = [each for each in shown.contexts if each.name == "Market-based electricity"]
    (method,) = [each for each in shown.method if each.heading == "Market-based electricity"]
    assert context.note == "contracts for all of it"
    assert "of 1.0 MWh at 20 g CO₂e/kWh" in method.text.replace("\u00a0", " ")
    assert "left at" not in method.text


def test_a_disclosure_that_misses_its_market_based_figure_says_so_on_the_label() -> None:
    whole = assessed(contract("10 kWh"))
    gap = Missing(missing="withheld", reason="the contracts are confidential")
    bare = whole.model_copy(
        update={
            "totals": whole.totals.model_copy(update={"market": gap}),
            "activities": tuple(
                each.model_copy(update={"market": gap}) for each in whole.activities
            ),
        }
    )

    shown = face(bare)

    (context,) = [each for each in shown.contexts if each.name == "Market-based electricity"]
    assert context.value is None
    (method,) = [each for each in shown.method if each.heading == "Market-based electricity"]
    assert method.text == "not reported: the contracts are confidential."


@pytest.mark.parametrize(
    ("first", "second"),
    [("84 kWh", "84 kWh"), ("27 kWh", "10 kWh"), ("54 kWh", "1 kWh"), ("20 kWh", "1 GWh")],
)
def test_every_figure_and_range_follows_from_the_disclosure_alone(first: str, second: str) -> None:
    share = {"covers": "device"}
    larger = {"phase": "evaluation", "accelerators": kwh(24.0)}
    runs = [
        ten_hours_of_four_gpus(run="a", place="log:1", **share),
        ten_hours_of_four_gpus(run="b", place="log:2", **share, **larger),
    ]

    disclosure = assess(
        runs, place=site(contract(first, "3 g/kWh"), contract(second, "20 g/kWh", vintage=2025))
    )

    about = [
        each
        for each in verify(disclosure).checks
        if "market" in each.place or "instr" in each.place
    ]
    assert about
    assert [each for each in about if each.holds is False] == []
