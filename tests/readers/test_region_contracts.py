"""Contracts for electricity and the residual mix in region.yaml."""

from __future__ import annotations

import pytest

from carbonlabel.assessment import assess
from carbonlabel.errors import CarbonLabelError, MalformedInput, MissingFactor
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.market import Contract
from carbonlabel.model.region import Place
from carbonlabel.readers.region import load_place
from tests.assessment.test_worked_examples import ten_hours_of_four_gpus

GOOD = {
    "kind": "certificate",
    "energy": "18 MWh",
    "zone": "FR",
    "vintage": "2026",
    "intensity": "0 gCO2e/kWh",
}


def stated(text: str) -> Place:
    return load_place(Log("region.yaml", content=text.encode()))


def listed(**changes: str | None) -> str:
    fields = {key: value for key, value in (GOOD | changes).items() if value is not None}
    inside = ", ".join(f"{key}: {value}" for key, value in fields.items())
    return f"country: FR\ninstruments:\n  - {{{inside}}}\n"


def contract(**changes: str | None) -> Contract:
    (only,) = stated(listed(**changes)).instruments
    return only


def test_a_contract_is_read_with_its_unit_and_the_range_of_its_last_place() -> None:
    found = contract(reference="'EECS 17'")

    assert (found.kind, found.zone, found.vintage) == ("certificate", "FR", 2026)
    assert found.energy == Estimate(
        value=18_000, low=17_500, high=18_500, unit="kWh", basis="estimated", source="region"
    )
    assert found.reference == "EECS 17"


def test_a_claim_of_zero_is_zero_and_another_is_rounded() -> None:
    zero, some = contract().intensity, contract(intensity="20 g/kWh").intensity

    assert (zero.low, zero.high) == (0, 0)
    assert (some.low, some.high) == (19.5, 20.5)


def test_a_stated_range_of_a_claim_is_kept() -> None:
    claim = contract(intensity="{value: 0 g/kWh, low: 0 g/kWh, high: 5 g/kWh}").intensity

    assert claim.high == 5


@pytest.mark.parametrize("kind", ["go", "rec", "certificate"])
def test_certificates_go_by_several_names(kind: str) -> None:
    assert contract(kind=kind).kind == "certificate"


@pytest.mark.parametrize(("zone", "code"), [("Norway", "NO"), ("us-ca", "US-CA"), ("deu", "DE")])
def test_a_zone_is_a_country_or_a_state(zone: str, code: str) -> None:
    assert contract(zone=zone).zone == code


def test_what_is_cited_for_a_figure_becomes_a_source() -> None:
    place = stated(listed(intensity="{value: 20 g/kWh, source: 'the supplier, 2026'}"))

    key = "region-contract-1-intensity"
    assert place.instruments[0].intensity.source == key
    assert place.sources[key].title == "the supplier, 2026"


def test_the_residual_mix_is_read_with_its_year_and_its_source() -> None:
    place = stated("residual: {value: 40 g/kWh, year: 2025, source: AIB}")

    assert place.residual == Estimate(
        value=40, unit="gCO2e/kWh", basis="estimated", year=2025, source="region-residual"
    )
    assert place.sources["region-residual"].title == "AIB"


def test_a_residual_mix_with_a_range_keeps_it() -> None:
    text = listed() + "residual: {value: 40 g/kWh, low: 30 g/kWh, high: 50 g/kWh}\n"

    disclosure = assess([ten_hours_of_four_gpus()], place=stated(text))

    residual = disclosure.activities[0].region.residual
    assert (residual.low, residual.high, residual.year) == (30, 50, 2026)
    assert residual.source == "region"


@pytest.mark.parametrize("field", GOOD)
def test_what_is_left_out_of_a_contract_is_asked_for(field: str) -> None:
    with pytest.raises(MalformedInput, match=f"{field} is missing") as refused:
        contract(**{field: None})

    assert refused.value.where == "region.yaml:3 instruments[0]"


@pytest.mark.parametrize(
    ("field", "text", "message", "kind"),
    [
        ("kind", "offset", "'offset' is not known here", MalformedInput),
        ("energy", "0 MWh", "more than 0 kWh", MalformedInput),
        ("energy", "18", "no unit", MalformedInput),
        ("energy", "-18 MWh", "negative", MalformedInput),
        ("zone", "Atlantis", "Atlantis", MissingFactor),
        ("vintage", "26", "no year", MalformedInput),
        ("intensity", "0", "no unit", MalformedInput),
        ("intensity", "2000 g/kWh", "more than any grid emits", MalformedInput),
        ("tonnes", "3", "not known", MalformedInput),
    ],
)
def test_a_contract_that_cannot_be_is_refused_with_its_place(
    field: str, text: str, message: str, kind: type[CarbonLabelError]
) -> None:
    with pytest.raises(kind, match=message) as refused:
        contract(**{field: text})

    assert f"instruments[0].{field}" in str(refused.value.where)


@pytest.mark.parametrize("key", ["offsets", "offset", "credits", "removals"])
def test_offsets_are_never_read(key: str) -> None:
    with pytest.raises(MalformedInput, match="this key is not known"):
        stated(f"country: FR\n{key}: 3 tCO2e\n")


def test_an_empty_list_of_contracts_is_refused() -> None:
    with pytest.raises(MalformedInput, match="empty"):
        stated("instruments: []\n")


def test_a_pue_that_is_known_and_not_counted_sizes_what_is_left_out() -> None:
    place = stated("country: FR\npue: {value: 1.2, counted: no, source: the paper}\n")

    disclosure = assess([ten_hours_of_four_gpus()], place=place)

    assert place.pue.reason == "the PUE of 1.2 is stated as not counted"
    assert (place.uncounted_pue.value, place.uncounted_pue.source) == (1.2, "region-pue")
    (cooling,) = [each for each in disclosure.left_out if each.what == "cooling and overhead"]
    intensity = disclosure.activities[0].region.intensity.value
    assert cooling.adds.value == pytest.approx(12 * 0.2 * intensity)
    assert cooling.adds.basis == "estimated"
    assert "uptime" not in disclosure.sources
    assert disclosure.totals.headline == "at least"


def test_a_pue_that_is_said_to_count_counts() -> None:
    assert stated("pue: {value: 1.2, counted: yes}").pue.value == 1.2
    assert stated("pue: {value: 1.2, counted: yes}").uncounted_pue is None


def test_what_is_not_counted_and_not_known_takes_the_survey() -> None:
    place = stated("country: FR\npue: not counted\n")

    (cooling, *_) = assess([ten_hours_of_four_gpus()], place=place).left_out

    assert place.uncounted_pue is None
    assert "the survey mean, 1.56 (1.00 to 1.89), would add this" in cooling.why
