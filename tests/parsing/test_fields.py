"""Our three input files: every fault is named with its place, and the schemas say the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from carbonlabel.errors import CarbonLabelError, InputError, MalformedInput, MissingFactor
from carbonlabel.intake import Log, open_log
from carbonlabel.parsing.yamlfile import Entry
from carbonlabel.readers import inventory, region
from carbonlabel.readers.manual import fields as manual_fields
from carbonlabel.readers.manual import reader

SAMPLES = Path(__file__).parents[1] / "samples"
SCHEMAS = Path(__file__).parents[2] / "schemas"
LOADERS: dict[str, Callable[[Log], object]] = {
    "manual": reader.read,
    "hardware": inventory.load_inventory,
    "region": region.load_place,
}
MADE = {
    "manual": ("runs", manual_fields.schema()),
    "hardware": ("inventory", inventory.schema()),
    "region": ("region", region.schema()),
}
GOOD = {
    "two-runs.yaml": "manual",
    "published.yaml": "manual",
    "rated.yaml": "manual",
    "parts.yaml": "manual",
    "runs.json": "manual",
    "hardware.yaml": "hardware",
    "many-machines.yaml": "hardware",
    "region.yaml": "region",
    "published-region.yaml": "region",
    "cloud-region.yaml": "region",
}
BAD = sorted(
    path for path in (SAMPLES / "bad").glob("*-*.yaml") if path.stem.partition("-")[0] in LOADERS
)


def fault(path: Path) -> tuple[str, str, str, str]:
    """Line, field, words and level of the fault, as the sample's first line has them."""
    place, words, level = path.read_text("utf-8").partition("\n")[0].removeprefix("# ").split(" | ")
    line, _, field = place.partition(" ")
    return line, field, words, level


def plain(path: Path) -> object:
    text = path.read_text("utf-8")
    return json.loads(text) if path.suffix == ".json" else yaml.load(text, yaml.BaseLoader)  # noqa: S506 - BaseLoader makes text only


def refused_at(loader: Callable[[Log], object], content: bytes) -> str:
    """Where the loader refuses the content, or the name of the file that it takes."""
    try:
        loader(Log("any.yaml", content=content))
    except CarbonLabelError as wrong:
        return wrong.where or ""
    return "any.yaml"


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_fault_is_named_with_its_file_line_and_field(path: Path) -> None:
    line, field, words, level = fault(path)

    with pytest.raises(MissingFactor if level == "factor" else InputError) as caught:
        LOADERS[path.stem.partition("-")[0]](open_log(path))

    where, _, inside = (caught.value.where or "").partition(" ")
    assert where == f"{path.name}:{line}"
    assert inside.endswith(field)
    assert words in str(caught.value)


def test_a_key_that_a_record_lacks_is_named_with_what_it_means() -> None:
    empty = Entry("m.yaml:1", 1, {}, {})

    with pytest.raises(MalformedInput, match=r"m.yaml:1: runs is missing \(The runs.\)"):
        manual_fields.RUNS.need(empty)


@pytest.mark.parametrize("name", GOOD)
def test_what_a_loader_takes_its_schema_takes(name: str) -> None:
    path = SAMPLES / "manual" / name

    LOADERS[GOOD[name]](open_log(path))

    assert list(Draft202012Validator(MADE[GOOD[name]][1]).iter_errors(plain(path))) == []


@pytest.mark.parametrize(
    "path", [path for path in BAD if fault(path)[3] != "yaml"], ids=lambda path: path.stem
)
def test_a_schema_refuses_every_wrong_shape_and_leaves_meaning_to_the_loader(path: Path) -> None:
    validator = Draft202012Validator(MADE[path.stem.partition("-")[0]][1])

    assert validator.is_valid(plain(path)) == (fault(path)[3] != "shape")


@pytest.mark.parametrize("name", MADE)
def test_the_published_schema_is_the_one_that_the_loader_follows(name: str) -> None:
    folder, made = MADE[name]
    Draft202012Validator.check_schema(made)

    assert json.loads((SCHEMAS / folder / "1-0-0.json").read_text("utf-8")) == made


@pytest.mark.parametrize("name", MADE)
def test_every_field_of_a_schema_is_described(name: str) -> None:
    def undescribed(schema: object) -> list[str]:
        if isinstance(schema, list):
            return [each for inner in schema for each in undescribed(inner)]
        if not isinstance(schema, dict):
            return []
        fields = schema.get("properties", {})
        missing = [key for key, inner in fields.items() if not inner.get("description")]
        return missing + [each for inner in schema.values() for each in undescribed(inner)]

    assert undescribed(MADE[name][1]) == []


@pytest.mark.parametrize("loader", LOADERS.values(), ids=LOADERS)
@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
def test_arbitrary_bytes_raise_nothing_but_our_errors(
    loader: Callable[[Log], object], content: bytes
) -> None:
    assert refused_at(loader, content).startswith("any.yaml")


KEYS = st.sampled_from(
    [
        "carbonlabel",
        "runs",
        "name",
        "energy",
        "hours",
        "device_hours",
        "count",
        "power",
        "device",
        "pue_in_energy",
        "covers",
        "meter",
        "started",
        "ended",
        "phase",
        "country",
        "provider",
        "reported",
        "devices",
        "kind",
        "making",
        "lifetime",
        "share",
        "site",
        "pue",
        "wue",
        "intensity",
        "value",
        "low",
        "high",
        "unit",
        "source",
        "scope",
        "year",
        "emissions",
    ]
)
VALUES = st.text(max_size=12) | st.sampled_from(
    [
        "18 kWh",
        "1e300 kWh",
        "runs",
        "300 W",
        "10",
        "1e99 years",
        "2026-11-03",
        "0001-01-01",
        "1999-01-01T00:00:00+23:59",
        "2026-11-03T09:00:00Z",
        "yes",
        "accelerators",
        "A100",
        "FR",
        "900 kgCO2e",
        "4 years",
        "0",
        "1e-300",
        "50 %",
        "lifecycle",
        "57 g/kWh",
        "not counted",
        "gcp/europe-west1",
        "1e200 W",
        "1e15",
        "host",
        "Tesla T4",
    ]
)
TREES = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=20,
)


@pytest.mark.parametrize("loader", LOADERS.values(), ids=LOADERS)
@settings(max_examples=150, deadline=None)
@given(tree=st.dictionaries(KEYS, TREES, max_size=6))
def test_arbitrary_trees_of_our_keys_raise_nothing_but_our_errors(
    loader: Callable[[Log], object], tree: dict[str, object]
) -> None:
    content = json.dumps({"carbonlabel": "runs"} | tree).encode()
    bare = json.dumps(tree).encode()

    assert refused_at(loader, content).startswith("any.yaml")
    assert refused_at(loader, bare).startswith("any.yaml")


NUMBERS = st.sampled_from(["0", "1e-300", "1e-9", "0.5", "10", "11", "1e15", "1e200", "1e300"])
STATED = {
    "energy": NUMBERS.map(lambda number: f"{number} kWh"),
    "hours": NUMBERS,
    "device_hours": NUMBERS,
    "count": st.sampled_from(("1", "4", "999999999")),
    "power": NUMBERS.map(lambda number: f"{number} MW"),
    "device": st.sampled_from(("Tesla T4", "A100", "Apple M1", "Abacus")),
    "pue_in_energy": st.sampled_from(("yes", "no", "unknown")),
    "covers": st.sampled_from((["host"], ["accelerators"], ["accelerators", "host"])),
    "meter": st.just("PDU"),
    "started": st.sampled_from(
        ("1900-01-01", "1900-01-01T00:00:00+23:59", "2026-11-03T09:00:00Z", "2026-11-03")
    ),
    "ended": st.sampled_from(
        ("2026-11-03T19:00:00+00:00", "2026-11-03T20:00", "2026-11-03", "2099-12-31T23:59:59-23:59")
    ),
    "phase": st.sampled_from(("training", "fine-tuning")),
    "country": st.sampled_from(("FR", "US-CA")),
}
OFTEN = st.sampled_from(
    (("energy",), ("hours", "power"), ("device_hours", "power"), ("hours", "device"), ())
)
RUNS = OFTEN.flatmap(
    lambda keys: st.fixed_dictionaries(
        {key: STATED[key] for key in keys},
        optional={
            key: kind
            for key, kind in STATED.items()
            if key not in ("energy", "hours", "device_hours", "power", *keys)
        },
    )
)


@settings(max_examples=200, deadline=None)
@given(runs=st.lists(RUNS, min_size=1, max_size=2))
def test_extreme_runs_are_read_or_refused_with_our_errors(runs: list[dict[str, object]]) -> None:
    content = json.dumps({"carbonlabel": "runs", "runs": runs}).encode()

    assert refused_at(reader.read, content).startswith("any.yaml")
