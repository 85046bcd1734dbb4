"""The published JSON Schema says what the program holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from carbonlabel.errors import InputError
from carbonlabel.record import schema
from carbonlabel.record.keeping import load

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "samples" / "disclosures"
EXAMPLES = ("carbon.json", "carbon-two-gpus.json")
Json = dict[str, Any]


@pytest.fixture(scope="module")
def made() -> Json:
    found: Json = json.loads(schema.text())
    return found


@pytest.fixture(scope="module")
def validator(made: Json) -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(made)
    return jsonschema.Draft202012Validator(made)


def example(name: str = "carbon-two-gpus.json") -> Json:
    found: Json = json.loads((SAMPLES / name).read_text("utf-8"))
    return found


def test_the_frozen_file_is_what_the_nouns_say() -> None:
    assert (ROOT / "schemas/disclosure/1-0-0.json").read_text("utf-8") == schema.text()


def test_the_shipped_text_is_the_frozen_file() -> None:
    assert schema.frozen("disclosure") == schema.text()


@pytest.mark.parametrize("name", schema.FORMATS)
def test_every_published_schema_can_be_printed(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema.frozen(name)))


def test_an_unknown_schema_names_the_known_ones() -> None:
    with pytest.raises(InputError, match="known: disclosure, inventory, region, runs"):
        schema.frozen("hardware")


def test_it_is_called_as_documents_call_it(made: Json) -> None:
    assert made["$id"] == example()["$schema"]
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["title"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_are_valid(name: str, validator: jsonschema.Draft202012Validator) -> None:
    assert not list(validator.iter_errors(example(name)))


def places_of_units(found: Json) -> Iterator[Json]:
    activity = found["activities"][0]
    yield from (found["totals"][name] for name in ("emissions", "electricity", "energy"))
    yield from (activity["duration"], activity["region"]["intensity"], activity["region"]["pue"])
    yield from (activity["parts"][0]["energy"], activity["parts"][0]["emissions"])
    yield from (activity["hardware"][0]["making"], activity["hardware"][0]["lifetime"])
    yield from activity["reported"].values()


@pytest.mark.parametrize("place", range(13))
def test_a_changed_unit_is_refused_at_every_place(
    place: int, validator: jsonschema.Draft202012Validator
) -> None:
    found = example()
    quantity = list(places_of_units(found))[place]
    quantity["unit"] = "L" if quantity["unit"] != "L" else "kWh"

    assert not validator.is_valid(found)


GONE = object()
SPOILED = {
    "a negative value": ("/totals/energy/value", -1),
    "one end of a range": ("/totals/energy/high", GONE),
    "a source and a formula": ("/totals/energy/source", "log"),
    "neither source nor formula": ("/totals/energy/formula", GONE),
    "an unknown key": ("/totals/energy/confidence", 0.95),
    "missing without a reason": ("/activities/0/region/wue/reason", GONE),
    "no phase": ("/activities/0/phase", GONE),
    "an unknown basis": ("/totals/shares", {"guessed": 1.0}),
    "another version": ("/$schema", "https://w3id.org/carbonlabel/disclosure/9-0-0"),
    "no activity": ("/activities", []),
    "no time": ("/activities/0/period/start", "yesterday"),
}


@pytest.mark.parametrize(("place", "value"), SPOILED.values(), ids=SPOILED)
def test_schema_and_program_refuse_the_same(
    place: str, value: object, validator: jsonschema.Draft202012Validator
) -> None:
    spoiled = example()
    put(spoiled, place, value)

    assert not validator.is_valid(spoiled)
    with pytest.raises(InputError):
        load(json.dumps(spoiled))


def put(found: Any, place: str, value: object) -> None:  # noqa: ANN401 - a JSON tree of any shape
    *way, last = (int(step) if step.isdigit() else step for step in place.split("/")[1:])
    for step in way:
        found = found[step]
    if value is GONE:
        del found[last]
    else:
        found[last] = value


def undescribed(noun: str, properties: Json) -> Iterator[str]:
    return (f"{noun}.{key}" for key, value in properties.items() if not value.get("description"))


def test_every_key_and_every_noun_is_described(made: Json) -> None:
    nouns = {"Disclosure": made, **made["$defs"]}

    assert not [name for name, noun in nouns.items() if not noun.get("description")]
    assert not [
        key for name, noun in nouns.items() for key in undescribed(name, noun["properties"])
    ]


def test_there_are_at_most_twenty_three_nouns(made: Json) -> None:
    assert len(made["$defs"]) + 1 <= 23


def test_the_schema_speaks_of_no_null_and_no_default(made: Json) -> None:
    text = json.dumps(made)

    assert '"null"' not in text
    assert '"default":' not in text  # a method is called so, no key is
