from __future__ import annotations

import json
from pathlib import Path

import pytest

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import rows
from carbonlabel.factors.sources import source

EXAMPLES = Path(__file__).parents[2] / ".." / "shared" / "spec-examples"


def test_ember_is_cited_in_full() -> None:
    work = source("ember")

    assert (work.title, work.year) == (
        "Ember, Yearly Electricity Data, via Our World in Data",
        2026,
    )
    assert work.url == "https://ourworldindata.org/grapher/carbon-intensity-electricity"
    assert work.licence == "CC-BY-4.0"


def test_a_work_without_a_licence_has_none() -> None:
    assert source("lifetimes").licence is None


def test_a_work_that_restates_its_past_says_when_it_was_copied() -> None:
    assert source("ember").retrieved == "2026-04-29"
    assert source("gum").retrieved is None


def test_an_unknown_work_is_refused() -> None:
    with pytest.raises(MissingFactor):
        source("hearsay")


def test_no_share_alike_work_is_cited() -> None:
    for row in rows.every("sources.csv"):
        assert not {"ODbL", "SA", "MPL"} & set(row["licence"].split("-"))


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the worked examples are not beside the checkout")
@pytest.mark.parametrize("example", ["carbon.json", "carbon-two-gpus.json"])
def test_works_are_cited_as_in_the_worked_examples(example: str) -> None:
    cited = json.loads((EXAMPLES / example).read_text("utf-8"))["sources"]

    for key, expected in cited.items():
        work = source(key)
        assert (work.title, work.year) == (expected["title"], expected["year"])
        assert (work.url, work.licence) == (expected["url"], expected.get("licence"))
