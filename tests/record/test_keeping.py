"""Taking a kept disclosure up again: what passes, what is refused, and in which words."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.errors import InputError, InvalidDocument, MalformedInput
from carbonlabel.intake import DOCUMENT_LIMIT
from carbonlabel.record.keeping import dump, load

SAMPLES = Path(__file__).parents[1] / "samples" / "disclosures"
EXAMPLES = ("carbon.json", "carbon-two-gpus.json")
Json = dict[str, Any]


def document(name: str = "carbon-two-gpus.json") -> Json:
    found: Json = json.loads((SAMPLES / name).read_text("utf-8"))
    return found


def problems(spoil: Callable[[Json], object]) -> tuple[str, ...]:
    spoiled = document()
    spoil(spoiled)
    with pytest.raises(InvalidDocument) as refused:
        load(json.dumps(spoiled))
    return refused.value.problems


def put(place: str, value: object) -> Callable[[Json], None]:
    def spoil(found: Any) -> None:  # noqa: ANN401 - a JSON tree of any shape
        *way, last = (int(step) if step.isdigit() else step for step in place.split("/")[1:])
        for step in way:
            found = found[step]
        found[last] = value

    return spoil


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_was_dumped_loads_as_the_same_statement(name: str) -> None:
    disclosure = load((SAMPLES / name).read_bytes())

    assert load(dump(disclosure)) == disclosure
    assert load(dump(disclosure).decode()) == disclosure


def test_a_byte_order_mark_and_crlf_are_fine() -> None:
    text = (SAMPLES / "carbon.json").read_text("utf-8")

    assert load(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()) == load(text)


def test_a_key_that_stands_twice_is_refused_with_its_place() -> None:
    text = (SAMPLES / "carbon.json").read_text("utf-8")
    twice = text.replace('"phase": "finetuning",', '"phase": "finetuning", "phase": "training",')

    with pytest.raises(InvalidDocument, match="'phase' twice") as refused:
        load(twice)

    assert refused.value.problems == ("/activities/0: holds the key 'phase' twice",)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "1" * 30])
def test_a_number_that_is_not_finite_is_refused_with_its_place(number: str) -> None:
    text = (SAMPLES / "carbon.json").read_text("utf-8").replace("41.44,", f"{number},")

    with pytest.raises(InvalidDocument, match="no finite number") as refused:
        load(text)

    assert refused.value.problems[0].startswith("/activities/0/region/intensity/value: ")


def test_a_whole_number_that_programs_read_differently_is_refused() -> None:
    (found,) = problems(put("/subject/parameters", 2**53 + 1))

    assert found.startswith("/subject/parameters: is a whole number above 9007199254740991")


def test_half_a_character_is_refused() -> None:
    assert "lone surrogate" in problems(put("/subject/model", "\ud800"))[0]
    assert problems(lambda found: found.update({"\ud800": 1}))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON"),
        ('{"a": 1', "not JSON"),
        ("{'a': 1}", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"{\0}", "NUL"),
        (b" " * (DOCUMENT_LIMIT + 1), "10 MiB"),
        ("[" * 100_000, "nested deeper"),
    ],
)
def test_what_is_no_json_in_utf8_is_malformed(text: str | bytes, words: str) -> None:
    with pytest.raises(MalformedInput, match=words):
        load(text)


def test_a_fault_of_syntax_names_its_line() -> None:
    with pytest.raises(MalformedInput) as refused:
        load('{\n"a": 1,\n"b" 2}', "kept.json")

    assert refused.value.where == "kept.json:3"


@pytest.mark.parametrize("text", ["[]", "3", '"x"', "null", "[" * 40 + "]" * 40])
def test_json_that_is_no_disclosure_is_refused(text: str) -> None:
    with pytest.raises(InvalidDocument):
        load(text)


def test_a_document_of_far_too_many_values_is_refused_before_it_is_validated() -> None:
    with pytest.raises(InvalidDocument, match="200000 values"):
        load('{"findings": [' + "1," * 200_000 + "1]}")


def test_all_faults_are_told_at_once() -> None:
    def spoil(found: Json) -> None:
        put("/totals/energy/value", "3")(found)
        put("/activities/0/runs", 0)(found)
        put("/generator/name", 1)(found)

    assert problems(spoil) == (
        "/totals/energy/value: is not a number",
        "/activities/0/runs: should be greater than or equal to 1",
        "/generator/name: is not text",
    )


def profile(*begins: str) -> dict[str, object]:
    """The energy of the hours that begin then."""
    return {"step": "hour", "energy": [[begin, 1.5] for begin in begins]}


def test_at_most_a_hundred_faults_are_told() -> None:
    found = problems(put("/findings", [1] * 500))

    assert len(found) == 100


@pytest.mark.parametrize(
    ("place", "value", "problem"),
    [
        (
            "/totals/emissions/unit",
            "kWh",
            "/totals/emissions: this quantity is in gCO2e, not in kWh",
        ),
        ("/totals/emissions", None, "/totals/emissions: is not an object"),
        (
            "/totals/emissions/low",
            9.0,
            "/totals/emissions: an interval contains its value and is never negative",
        ),
        ("/totals/emissions/value", -1, "/totals/emissions: a quantity is never negative"),
        (
            "/totals/emissions/source",
            "log",
            "/totals/emissions: a quantity has a source or a formula, not both",
        ),
        (
            "/totals/manufacture",
            {"missing": "not-stated"},
            "/totals/manufacture/reason: is required",
        ),
        ("/activities/0/region/wue/missing", "gone", None),
        ("/activities/0/phase", 3, None),
        ("/activities/0/complete", "yes", "/activities/0/complete: is neither true nor false"),
        (
            "/activities/0/period/start",
            "now",
            "/activities/0/period/start: is not a time such as 2026-11-22T00:36:37",
        ),
        ("/issued", "today", "/issued: is not a date such as 2026-11-22"),
        (
            "/activities/0/region/intensiti",
            1,
            "/activities/0/region: has no key 'intensiti': did you mean 'intensity'?",
        ),
        (
            "/activities/0/profile",
            profile("2025-11-03T09:00:00+01:00", "2025-11-03T10:00:00"),
            "/activities/0/profile: the times of a profile all tell their zone, or none does",
        ),
        (
            "/activities/0/profile",
            profile("2025-11-03T09:00:00", "9999-12-31T23:00:00"),
            "/activities/0/profile: a profile ends before the year 9999",
        ),
        ("/qqqqq", 1, "the document: has no key 'qqqqq'"),
        ("/left_out", {}, "/left_out: is not an array"),
        ("/inputs/log/sha256", "x", None),
        ("/activities", [], None),
    ],
)
def test_one_fault_is_one_clear_sentence(place: str, value: object, problem: str | None) -> None:
    found = problems(put(place, value))

    assert len(found) == 1
    assert found[0].startswith(place) if problem is None else found[0] == problem


def test_a_name_with_control_characters_cannot_steer_the_terminal() -> None:
    found = problems(lambda each: each.update({"\x1b[31m": 1}))

    assert all(line.isprintable() for line in found)


def test_an_optional_key_may_be_null_and_is_left_out_again() -> None:
    nulled = document()
    nulled["subject"]["revision"] = None

    assert dump(load(json.dumps(nulled))) == (SAMPLES / "carbon-two-gpus.json").read_bytes()


def test_a_newer_version_is_refused_before_its_keys_are_looked_at() -> None:
    newer = document() | {"$schema": "https://w3id.org/carbonlabel/disclosure/2-0-0", "new": 1}

    with pytest.raises(InputError, match="newer than 1-0-0"):
        load(json.dumps(newer))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@settings(max_examples=150)
@given(st.binary(max_size=200) | st.text(max_size=200) | JSON.map(json.dumps))
def test_whatever_the_bytes_only_an_input_error_is_raised(text: str | bytes) -> None:
    with pytest.raises(InputError):
        load(text)


PLACES = (
    "/totals/emissions",
    "/totals/energy/value",
    "/activities/0/period",
    "/activities/0/hardware/0/making",
    "/activities/0/parts/0/energy",
    "/activities/0/reported/intensity",
    "/sources",
    "/subject/model",
)


@settings(max_examples=150)
@given(st.sampled_from(PLACES), JSON)
def test_a_spoiled_example_is_refused_or_kept_as_it_is(place: str, value: object) -> None:
    spoiled = document()
    put(place, value)(spoiled)

    with contextlib.suppress(InvalidDocument):
        disclosure = load(json.dumps(spoiled))
        assert load(dump(disclosure)) == disclosure


@settings(max_examples=100)
@given(
    value=st.floats(min_value=0, allow_infinity=False),
    name=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
def test_numbers_and_names_survive_dump_and_load(value: float, name: str) -> None:
    kept = document()
    kept["activities"][0]["reported"]["energy"]["value"] = value
    kept["subject"]["model"] = name

    disclosure = load(json.dumps(kept))

    assert load(dump(disclosure)) == disclosure
    assert disclosure.subject.model == name
