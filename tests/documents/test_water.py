"""How the label tells of water and minerals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from carbonlabel.documents import markdown, modelcard, svg, terminal
from carbonlabel.documents.face import face
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options

SAMPLE = Path(__file__).parents[1] / "samples" / "disclosures" / "carbon-water.json"
MISSING = {"missing": "not-stated", "reason": "nobody said so"}


def disclosure(**changes: object) -> Disclosure:
    text: Any = json.loads(SAMPLE.read_text("utf-8"))
    for path, value in changes.items():
        *way, last = (int(step) if step.isdigit() else step for step in path.split("__"))
        found = text
        for step in way:
            found = found[step]
        found[last] = value
    return Disclosure.model_validate_json(json.dumps(text))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def contexts(of: Disclosure) -> dict[str, tuple[str | None, str, str, str]]:
    return {each.name: (each.value, each.unit, each.range, each.note) for each in face(of).contexts}


def method(of: Disclosure, heading: str) -> str:
    return plain(next(each.text for each in face(of).method if each.heading == heading))


def test_on_site_and_off_site_stand_apart_and_are_never_added_up() -> None:
    told = contexts(disclosure())

    # 12 kWh × 0.5 L/kWh, 18 kWh × 3.6737 L/kWh
    assert told["Water, on site"] == ("6.00", "L", "5.3–6.7", "cooling of the site")
    assert told["Water, off site"] == ("66", "L", "37–161", "power plants")
    assert "72" not in {value for value, *_ in told.values()}


def test_a_side_that_nobody_reported_stays_on_the_label() -> None:
    dry = disclosure(activities__0__water__on_site=MISSING, totals__water__on_site=MISSING)

    assert contexts(dry)["Water, on site"] == (None, "", "", "")
    assert "on site not reported: nobody said so; off site 18 kWh" in method(dry, "Water")
    assert "on site not reported" in terminal.renderer.render(dry, Options()).decode()


def test_where_nothing_of_water_is_known_there_is_one_line() -> None:
    nothing = {"on_site": MISSING, "off_site": MISSING}
    dry = disclosure(activities__0__water=nothing, totals__water=nothing)

    assert contexts(dry)["Water"] == (None, "", "", "")
    assert "Water, on site" not in contexts(dry)


def test_water_without_overhead_says_so() -> None:
    bare = disclosure(activities__0__water__off_site__formula="it_energy * ewif")

    assert contexts(bare)["Water, off site"][3] == "power plants, without overhead"
    assert "as no PUE is known" in method(bare, "Water")


def test_water_of_some_activities_says_of_how_many() -> None:
    text = json.loads(SAMPLE.read_text("utf-8"))
    first = text["activities"][0]
    second = {**first, "water": {**first["water"], "off_site": MISSING}}
    some = disclosure(activities=[first, second])

    assert contexts(some)["Water, off site"][3] == "of 1 of 2 activities"


def test_the_method_gives_the_formula_in_numbers_with_who_said_the_factor() -> None:
    assert method(disclosure(), "Water") == (
        "on site 12 kWh × 0.5 L/kWh (region.yaml, 2026) = 6.00 L; "
        "off site 18 kWh × 3.674 L/kWh (Reig et al., 2020) = 66 L."
    )


def test_minerals_have_a_line_of_their_own_in_antimony() -> None:
    assert contexts(disclosure())["Minerals (ADPe)"] == ("37", "mg Sb eq", "21–61", "hardware")
    told = method(disclosure(), "Minerals")
    assert "4 × NVIDIA H100 80GB HBM3 at 5.832 g Sb eq each (3.645 to 9.331; " in told
    assert told.endswith("Those behind the electricity are left out.")
    assert "minerals of electricity" in face(disclosure()).left_out


@pytest.mark.parametrize(
    ("kgsbeq", "shown"),
    [
        (2.1e-10, ("0.21", "µg Sb eq")),
        (3.7e-5, ("37", "mg Sb eq")),
        (0.0123, ("12", "g Sb eq")),
        (660.0, ("660", "kg Sb eq")),
    ],
)
def test_minerals_are_printed_in_the_unit_that_reads_best(
    kgsbeq: float, shown: tuple[str, str]
) -> None:
    total = {"value": kgsbeq, "unit": "kgSbeq", "basis": "assumed", "formula": "sum"}

    assert contexts(disclosure(totals__minerals=total))["Minerals (ADPe)"][:2] == shown


@pytest.mark.parametrize(
    ("litres", "shown"),
    [
        (0.00017, ("0.17", "mL")),
        (0.66, ("660", "mL")),
        (66.0, ("66", "L")),
        (281_000_000.0, ("280\u202f000", "m³")),
    ],
)
def test_water_is_printed_in_the_unit_that_reads_best(
    litres: float, shown: tuple[str, str]
) -> None:
    total = {"value": litres, "unit": "L", "basis": "estimated", "formula": "sum"}

    told = contexts(disclosure(totals__water__off_site=total))
    assert told["Water, off site"][:2] == shown


def test_the_method_of_each_making_is_named_with_what_its_range_spans() -> None:
    row = next(each for each in face(disclosure()).rows if each.part == "manufacture")
    told = method(disclosure(), "Hardware manufacture")

    assert row.note == "share of life: vendor PCF, parts model"
    assert len(row.note) <= 56
    assert (
        "4 × NVIDIA H100 80GB HBM3 at 164 kg CO₂e each over 4 years, of which 85 % at work "
        "(164 to 575.1; vendor PCF: NVIDIA, HGX H100 PCF summary" in told
    )
    assert "1 × our node, 50 % of it, at 1.622 t CO₂e each" in told


def test_many_methods_are_counted() -> None:
    text = json.loads(SAMPLE.read_text("utf-8"))
    board = text["activities"][0]["hardware"][0]
    many = [{**board, "method": each} for each in ("vendor PCF", "teardown LCA", "proxy")]

    row = next(
        each
        for each in face(disclosure(activities__0__hardware=many)).rows
        if each.part == "manufacture"
    )

    assert row.note == "share of life: 3 methods"


def test_a_making_without_range_or_lifetime_is_told_as_far_as_it_goes() -> None:
    bare = {
        "name": "our node",
        "kind": "host",
        "count": 1,
        "making": {"value": 9e5, "unit": "gCO2e", "basis": "estimated", "source": "hardware"},
        "method": "stated",
    }

    told = method(disclosure(activities__0__hardware=[bare]), "Hardware manufacture")

    assert told.startswith("1 × our node at 900 kg CO₂e each (hardware.yaml)")


def test_every_document_shows_both_sides_and_the_minerals() -> None:
    of = disclosure()

    card = plain(modelcard.renderer.render(of, Options()).decode())
    table = plain(markdown.renderer.render(of, Options()).decode())
    screen = plain(terminal.renderer.render(of, Options()).decode())
    for text in (card, table):
        assert "| Water, on site | 6.00 L | 5.3–6.7 | estimated |" in text
        assert "| Water, off site | 66 L | 37–161 | estimated |" in text
        assert "| Minerals (ADPe) | 37 mg Sb eq | 21–61 | assumed |" in text
    assert "on site 6.00 L (5.3–6.7)" in screen
    assert "off site 66 L (37–161)" in screen
    assert "Minerals  37 mg Sb eq (21–61)" in screen
    assert "Water, off site, power plants: 66 L" in face(of).description
    assert svg.light.render(of, Options()).count(b"<svg") == 1
