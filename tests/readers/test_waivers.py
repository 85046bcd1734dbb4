"""Findings that somebody answers for: waivers.yaml."""

from __future__ import annotations

import json
from datetime import date

import pytest

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.waiver import Waiver
from carbonlabel.readers.waivers import load_waivers, schema
from carbonlabel.record.schema import frozen

WHOLE = """\
waivers:
  - code: pue-not-stated
    place: /activities/0/region/pue
    author: Jane Doe
    reason: The operator publishes its PUE in March.
    expires: 2027-03-31
  - {code: placeholder, author: NO, reason: "yes", expires: 2027-01-01}
"""


def read(text: str) -> tuple[Waiver, ...]:
    return load_waivers(Log("waivers.yaml", content=text.encode()))


def test_each_waiver_says_what_who_why_and_until_when() -> None:
    first, second = read(WHOLE)

    assert first == Waiver(
        code="pue-not-stated",
        place="/activities/0/region/pue",
        author="Jane Doe",
        reason="The operator publishes its PUE in March.",
        expires=date(2027, 3, 31),
    )
    # Text stays text: no Norway, no booleans.
    assert (second.author, second.reason, second.place) == ("NO", "yes", None)


@pytest.mark.parametrize("key", ["code", "author", "reason", "expires"])
def test_a_waiver_without_one_of_them_is_refused(key: str) -> None:
    lines = [line for line in WHOLE.splitlines()[:6] if f"{key}:" not in line]
    if key == "code":
        lines[1] = lines[1].replace("    place", "  - place")

    with pytest.raises(MalformedInput, match=f"{key} is missing") as refused:
        read("\n".join(lines))

    assert (refused.value.where or "").startswith("waivers.yaml:2")


@pytest.mark.parametrize(
    ("line", "wrong", "message"),
    [
        ("    expires: 2027-03-31", "    expires: soon", "no time"),
        ("  - code: pue-not-stated", "  - code: PUE not stated", "not valid"),
        ("    place: /activities/0/region/pue", "    place: pue", "not valid"),
        ("    author: Jane Doe", "    author:", "empty"),
        ("    author: Jane Doe", "    autor: Jane Doe", "not known"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(line: str, wrong: str, message: str) -> None:
    with pytest.raises(MalformedInput, match=message) as refused:
        read(WHOLE.replace(line, wrong))

    assert (refused.value.where or "").startswith("waivers.yaml:")


@pytest.mark.parametrize("text", ["", "waivers: []\n", "- code: x\n", "waiver: {}\n"])
def test_a_file_without_waivers_is_refused(text: str) -> None:
    with pytest.raises(MalformedInput):
        read(text)


def test_the_published_schema_is_that_of_the_reader() -> None:
    assert json.loads(frozen("waivers")) == schema()


def test_the_schema_asks_for_all_but_the_place() -> None:
    made = schema()
    items = made["properties"]["waivers"]["items"]  # type: ignore[index]

    assert items["required"] == ["code", "author", "reason", "expires"]
    assert str(made["$id"]).endswith("/waivers/1-0-0")
