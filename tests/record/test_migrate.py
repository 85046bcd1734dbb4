"""Older and newer versions of the format at the door."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from carbonlabel.errors import InvalidDocument, UnsupportedVersion
from carbonlabel.record.migrate import STEPS, migrated

ADDRESS = "https://w3id.org/carbonlabel/disclosure/"


def test_the_newest_version_passes_as_it_is() -> None:
    document = {"$schema": f"{ADDRESS}1-0-0", "x": 1}

    assert migrated(document, "carbon.json") is document


@pytest.mark.parametrize("version", ["2-0-0", "1-1-0", "1-0-1"])
def test_a_newer_version_is_refused_with_the_way_to_read_it(version: str) -> None:
    with pytest.raises(UnsupportedVersion, match=f"version {version}") as refused:
        migrated({"$schema": ADDRESS + version}, "carbon.json")

    assert refused.value.hint is not None
    assert "upgrade carbonlabel" in refused.value.hint
    assert refused.value.where == "carbon.json /$schema"


def test_a_version_never_published_is_refused() -> None:
    with pytest.raises(UnsupportedVersion, match="no version 0-9-0"):
        migrated({"$schema": f"{ADDRESS}0-9-0"}, "carbon.json")


@pytest.mark.parametrize(
    "address", ["https://example.org/1-0-0", f"{ADDRESS}1-0", f"{ADDRESS}1-0-0 ", 7, [], ""]
)
def test_a_foreign_schema_is_no_disclosure(address: object) -> None:
    with pytest.raises(InvalidDocument, match="names no disclosure"):
        migrated({"$schema": address}, "carbon.json")


def test_a_document_without_schema_is_told_how_one_begins() -> None:
    with pytest.raises(InvalidDocument, match=r"\$schema is missing") as refused:
        migrated({"co2": 3}, "x.json")

    assert refused.value.hint is not None
    assert ADDRESS in refused.value.hint


def test_no_step_is_invented_before_a_version_is_superseded() -> None:
    assert not STEPS


def test_steps_lead_from_version_to_version_and_leave_the_original_alone() -> None:
    def first(document: Mapping[str, object]) -> Mapping[str, object]:
        return {**document, "$schema": f"{ADDRESS}0-2-0", "first": True}

    def second(document: Mapping[str, object]) -> Mapping[str, object]:
        return {**document, "$schema": f"{ADDRESS}1-0-0", "second": True}

    old = {"$schema": f"{ADDRESS}0-1-0"}
    new = migrated(old, "carbon.json", steps={(0, 1, 0): first, (0, 2, 0): second})

    assert new == {"$schema": f"{ADDRESS}1-0-0", "first": True, "second": True}
    assert old == {"$schema": f"{ADDRESS}0-1-0"}
