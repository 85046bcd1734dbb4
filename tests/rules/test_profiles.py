"""A profile weighs findings, and names no code that nothing finds."""

from __future__ import annotations

import pytest

from carbonlabel.checks import check, notes
from carbonlabel.errors import InputError
from carbonlabel.rules.profiles import PROFILES, weighed, weights
from carbonlabel.rules.register import DEMANDS
from tests.test_checks import CPU, GPU, spoiled

KNOWN = {code for demand in DEMANDS for code in demand.codes}


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_weighs_codes_that_a_check_may_find(name: str) -> None:
    assert set(PROFILES[name]) <= KNOWN


def test_a_regulator_is_never_milder_than_the_public() -> None:
    order = {None: 0, "note": 1, "warning": 2, "error": 3}
    own = {code: severity for demand in DEMANDS for code, severity in demand.codes.items()}

    def weight(profile: str, code: str) -> int:
        return order[PROFILES[profile].get(code, own[code])]

    assert all(
        weight("draft", code) <= weight("publish", code) <= weight("regulator", code)
        for code in own
    )


def test_a_missing_pue_is_a_note_a_warning_or_an_error() -> None:
    told = {
        name: {each.code: each.severity for each in check(spoiled(CPU), profile=name)}
        for name in PROFILES
    }

    assert [told[name]["pue-not-stated"] for name in ("draft", "publish", "regulator")] == [
        "note",
        "warning",
        "error",
    ]


def test_a_sound_disclosure_passes_as_a_draft_without_a_word() -> None:
    assert not check(spoiled(GPU), profile="draft")


def test_an_unknown_profile_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="no profile") as refused:
        weights("strict")

    assert refused.value.hint == "one of draft, publish, regulator"
    with pytest.raises(InputError):
        list(weighed(check(spoiled(CPU)), "strict"))


def test_the_rules_of_a_report_are_those_that_the_profile_looks_at() -> None:
    public = {each.code for each in notes("publish")}

    assert "phases-not-declared" not in public
    assert "phases-not-declared" in {each.code for each in notes("regulator")}
    assert all(each.demand.endswith(".") for each in notes("publish"))
