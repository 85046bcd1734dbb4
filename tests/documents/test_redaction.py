"""The version for the public: no name is left, every figure stays and follows."""

from __future__ import annotations

import json

import pytest

import carbonlabel
from carbonlabel.checks import check
from carbonlabel.documents.redaction import redacted, version
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.plugins import Options
from carbonlabel.record import canonical
from carbonlabel.record.pointers import quantities
from tests.documents.trials import trial

PRIVATE = ("power-of-the-cluster", "FR_2025_hourly", "Wombat", "Quokka")
PUBLIC = Options(profile="public")


@pytest.fixture(scope="module")
def whole() -> Disclosure:
    return trial()


def told(disclosure: Disclosure) -> str:
    return canonical.dumps(disclosure).decode()


def test_no_name_of_file_site_or_contract_is_left(whole: Disclosure) -> None:
    assert all(each in told(whole) for each in PRIVATE)

    assert not [each for each in PRIVATE if each in told(redacted(whole))]


def test_no_figure_changes(whole: Disclosure) -> None:
    def figures(disclosure: Disclosure) -> list[tuple[str, object]]:
        return [
            (place, each.value if isinstance(each, Estimate) else each.missing)
            for place, each in quantities(disclosure)
            if isinstance(each, Estimate | Missing)
        ]

    assert figures(redacted(whole)) == figures(whole)


def test_it_says_what_was_taken_out_and_has_a_digest_of_its_own(whole: Disclosure) -> None:
    made = redacted(whole)

    assert made.withheld == ("file-names", "sites", "contracts")
    assert canonical.digest(made) != canonical.digest(whole)


def test_it_is_valid_and_still_follows(whole: Disclosure) -> None:
    made = redacted(whole)

    assert Disclosure.model_validate_json(told(made)) == made
    assert carbonlabel.verify(made).holds
    assert [each.code for each in check(made)] == [each.code for each in check(whole)]


def test_redacting_it_again_changes_nothing(whole: Disclosure) -> None:
    once = redacted(whole)

    assert redacted(once) == once
    assert version(once, "public") == once
    assert version(whole, "lab") == whole


def test_names_in_sentences_go_and_what_holds_them_by_chance_stays(demo: Disclosure) -> None:
    spoken = demo.findings[0].model_copy(
        update={"message": "emissions.csv:3 and my-emissions.csv, not emissions.csv2."}
    )
    named = demo.model_copy(update={"findings": (spoken,)})

    assert redacted(named).findings[0].message == (
        "file 1:3 and my-emissions.csv, not emissions.csv2."
    )


def test_a_name_that_is_a_word_of_the_format_harms_nothing(demo: Disclosure) -> None:
    log = demo.inputs["log"].model_copy(update={"file": "finetuning"})
    strange = demo.model_copy(update={"inputs": {"log": log}})

    made = redacted(strange)

    assert made.activities[0].phase == "finetuning"
    assert made.inputs["log"].file == "file 1"


def test_a_cloud_region_is_no_private_name(two_gpus: Disclosure) -> None:
    activity = two_gpus.activities[0]
    region = activity.region.model_copy(update={"site": "gcp/europe-west9"})
    cloud = two_gpus.model_copy(
        update={"activities": (activity.model_copy(update={"region": region}),)}
    )

    assert redacted(cloud).activities[0].region.site == "gcp/europe-west9"
    assert redacted(two_gpus).activities[0].region.site is None


@pytest.mark.parametrize("name", ["json", "markdown", "html", "svg", "terminal", "card", "csv"])
def test_every_document_for_the_public_is_of_that_version(whole: Disclosure, name: str) -> None:
    made = carbonlabel.render(whole, name, options=PUBLIC).decode()

    assert not [each for each in PRIVATE if each in made]
    digest = canonical.digest(redacted(whole))
    if name == "json":
        assert Disclosure.model_validate(json.loads(made), strict=False) == redacted(whole)
    elif name == "html":
        assert f"jcs-sha256={digest}" in made
        assert "Withheld from this version" in made


def test_without_any_file_site_or_contract_it_is_still_a_version_of_its_own(
    demo: Disclosure,
) -> None:
    bare = demo.model_copy(update={"inputs": {}})

    assert redacted(bare).withheld == ("file-names", "sites", "contracts")
