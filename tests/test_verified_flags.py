"""Who says to have verified a disclosure: told on the command line, kept, and shown as a claim."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import carbonlabel
from carbonlabel.cli import main
from carbonlabel.documents.face import face
from carbonlabel.model.provenance import Verified

LOG = str(Path(__file__).parents[1] / "examples" / "emissions.csv")
TOLD = ("--verified-by", "Example Assurance", "--verified-on", "2027-01-31")


def assessed(tmp_path: Path, *flags: str) -> carbonlabel.Disclosure:
    """What `assess` writes with these flags; the log's run ended on 2026-11-22."""
    kept = tmp_path / "carbon.json"
    assert main(["label", LOG, "-q", "-t", f"json={kept}", *flags]) == 0
    return carbonlabel.load(kept.read_bytes())


def test_a_verifier_is_kept_with_the_day_and_the_digest_of_the_statement(tmp_path: Path) -> None:
    statement = tmp_path / "statement.pdf"
    statement.write_bytes(b"We have examined")

    made = assessed(tmp_path, *TOLD, "--statement", str(statement))

    assert made.verified is not None
    assert (made.verified.by, made.verified.on.isoformat()) == ("Example Assurance", "2027-01-31")
    assert made.verified.statement_sha256 == hashlib.sha256(b"We have examined").hexdigest()


def test_the_label_names_verifier_and_day_and_still_says_who_declares(tmp_path: Path) -> None:
    finished = face(assessed(tmp_path, *TOLD))

    told = "Self-declared; verified by Example Assurance, statement of 2027-01-31."
    assert told in finished.footnotes
    assert finished.alt.endswith("; verified by Example Assurance.")
    assert told in finished.description


def test_a_statement_is_named_by_the_begin_of_its_digest(tmp_path: Path) -> None:
    made = assessed(tmp_path, *TOLD)
    cited = Verified(by="X", on=made.verified.on, statement_sha256="0123456789ab" + "c" * 52)  # type: ignore[union-attr]

    finished = face(made.model_copy(update={"verified": cited}))

    assert "statement of 2027-01-31 (sha256 0123 4567 89ab)." in finished.declared


def test_without_a_verifier_nothing_is_claimed(tmp_path: Path) -> None:
    made = assessed(tmp_path)

    assert made.verified is None
    assert b"verified" not in carbonlabel.dump(made)
    assert "Self-declared, not verified by a third party." in face(made).footnotes


@pytest.mark.parametrize(
    ("flags", "why"),
    [
        (TOLD[:2], "needs --verified-by NAME and --verified-on DATE"),
        (TOLD[2:], "needs --verified-by NAME and --verified-on DATE"),
        (("--statement", "s.pdf"), "needs --verified-by NAME and --verified-on DATE"),
        (("--verified-by", " ", *TOLD[2:]), "needs --verified-by NAME"),
        ((*TOLD[:2], "--verified-on", "January"), "'January' is no day"),
        ((*TOLD[:2], "--verified-on", "2026-11-21"), "before the last run ended, 2026-11-22"),
    ],
)
def test_half_a_claim_is_refused(
    flags: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["label", LOG, "-q", *flags])

    assert why in capsys.readouterr().err


def test_a_statement_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["label", LOG, "-q", *TOLD, "--statement", "nowhere.pdf"]) == 3

    assert "nowhere.pdf" in capsys.readouterr().err
