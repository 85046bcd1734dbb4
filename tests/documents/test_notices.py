"""A finding that somebody answers for shows in every document, and blocks none."""

from __future__ import annotations

from datetime import date

import carbonlabel
from carbonlabel.documents import notices
from carbonlabel.documents.face import face
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.waiver import Waiver
from tests.test_checks import GPU, spoiled

ERROR = {
    "code": "overlapping-runs",
    "severity": "error",
    "place": "/activities/0",
    "message": "Two runs read one machine at the same time.",
}


def waiver(code: str, author: str = "Jane Doe") -> Waiver:
    reason = "the machines were two."
    return Waiver(code=code, author=author, reason=reason, expires=date(2027, 1, 31))


def disclosed(*waivers: Waiver) -> Disclosure:
    return spoiled(GPU, ("/findings", [ERROR])).model_copy(update={"waivers": waivers})


def test_an_error_stands_on_the_label() -> None:
    assert notices.warnings(disclosed()) == (
        "Fails plausibility check: Two runs read one machine at the same time.",
    )
    assert notices.waived(disclosed()) == ()


def test_an_error_that_is_answered_for_is_a_footnote() -> None:
    shown = face(disclosed(waiver("overlapping-runs")))

    assert shown.warnings == ()
    assert "1 finding waived by Jane Doe until 2027-01-31." in shown.footnotes
    (told,) = shown.findings
    assert told == (
        "Error: Two runs read one machine at the same time. "
        "Waived by Jane Doe until 2027-01-31: the machines were two."
    )


def test_a_waiver_of_something_else_changes_nothing() -> None:
    assert notices.warnings(disclosed(waiver("placeholder"))) == notices.warnings(disclosed())
    assert notices.waived(disclosed(waiver("placeholder"))) == ()


def test_each_author_has_a_line() -> None:
    other = ERROR | {"code": "energy-implausible"}
    both = disclosed(waiver("overlapping-runs"), waiver("energy-implausible", "John Roe"))
    both = both.model_copy(
        update={"findings": (*both.findings, spoiled(GPU, ("/findings", [other])).findings[0])}
    )

    assert notices.waived(both) == (
        "1 finding waived by Jane Doe until 2027-01-31.",
        "1 finding waived by John Roe until 2027-01-31.",
    )


def test_label_and_report_name_who_answers() -> None:
    disclosure = disclosed(waiver("overlapping-runs"))

    for name in ("markdown", "html"):
        assert "waived by Jane Doe" in carbonlabel.render(disclosure, name).decode()


def test_who_hears_the_label_hears_that_it_fails_a_check() -> None:
    finished = face(disclosed())

    assert "; fails plausibility check; self-declared." in finished.alt
    assert "Fails plausibility check: Two runs read one machine" in finished.description
