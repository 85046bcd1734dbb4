"""I say what a model card declares, here or on the Hugging Face Hub."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from carbonlabel.commands import giving
from carbonlabel.errors import InputError

if TYPE_CHECKING:
    from carbonlabel.linting import Beside, Declaration

EXAMPLES: Final = (
    "carbonlabel read README.md",
    "carbonlabel read hf:acme/tiny",
    "carbonlabel read hf:datasets/acme/words@dev --json",
)
_NAMED: Final = re.compile(r"(?P<file>[\w.-]{1,80})#jcs-sha256=(?P<digest>[0-9a-f]{64})")
_STATEMENT: Final = "carbon.json"
_SHOWN_COUNT: Final = 12
_SHOWN_ABOVE: Final = {"disclosure", "energy_consumed"}
_TOLD: Final = {
    "verified": "{file} beside the card is the one that it names (digest {digest})",
    "another": "{file} beside the card is NOT the one that it names (digest {digest})",
    "unreadable": "{file} beside the card is no disclosure that can be read",
    "missing": "the card names {file} (digest {digest}), which is not there",
    "unnamed": "{file} is beside the card, which does not name it",
    "none": "none",
}


class _Read(NamedTuple):
    """What was read of one card."""

    declaration: Declaration
    beside: Beside
    revision: str | None


class _Statement(NamedTuple):
    """What is known of the disclosure beside a card."""

    state: str
    file: str | None = None
    digest: str | None = None


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("card", metavar="CARD|hf:ORG/NAME[@REV]", help="a README.md, or one there")
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    from carbonlabel.hub import is_address  # noqa: PLC0415 - only this verb needs it

    seen = _fetched(options.card) if is_address(options.card) else _opened(options.card)
    statement = _statement(seen.declaration, seen.beside)
    if options.json:
        giving.write(giving.as_json(_facts(seen, statement)))
    else:
        giving.write(_page(seen, statement))
    return 0


def _opened(name: str) -> _Read:
    from carbonlabel.cardfiles import card_file  # noqa: PLC0415 - costs start-up time
    from carbonlabel.linting import declared  # noqa: PLC0415 - as above

    path = Path(name)
    if path.is_dir():
        path /= "README.md"
    if not path.exists():
        raise InputError("no such card", where=name[:200], hint="on the Hub it is hf:ORG/NAME")
    file = card_file(path)
    return _Read(declared(file.content(), file.name, file.beside), file.beside, None)


def _fetched(name: str) -> _Read:
    from carbonlabel.cardfiles import hub_card  # noqa: PLC0415 - costs start-up time
    from carbonlabel.linting import declared  # noqa: PLC0415 - as above

    found = hub_card(name)
    return _Read(declared(found.card, found.name, found.beside), found.beside, found.revision)


def _statement(declaration: Declaration, beside: Beside) -> _Statement:
    """Whether the disclosure beside the card is the one that it names."""
    said = dict(declaration.others).get("disclosure", "")
    named = _NAMED.search(said)
    kept = beside(named["file"] if named else _STATEMENT)
    if named is None:
        return _Statement("unnamed", _STATEMENT, kept.digest) if kept else _Statement("none")
    state = "missing"
    if kept is not None:
        same = "verified" if kept.digest == named["digest"] else "another"
        state = "unreadable" if kept.digest is None else same
    return _Statement(state, named["file"], named["digest"])


def _facts(seen: _Read, statement: _Statement) -> dict[str, object]:
    """All of it, for programs; what the card does not say is null."""
    told = seen.declaration
    return {
        "card": told.name,
        "revision": seen.revision,
        "is_declared": told.is_declared,
        "emissions_gco2e": _number(told.emissions_gco2e),
        "suggested_gco2e": _number(told.suggested_gco2e),
        "written": told.text or None,
        "energy_kwh": _number(told.energy_kwh),
        "source": told.source,
        "training_type": told.training_type,
        "geographical_location": told.location,
        "hardware_used": told.hardware,
        "duration_s": told.duration_s,
        "base_models": list(told.bases),
        "others": dict(told.others),
        "disclosure": statement._asdict(),
        "findings": [asdict(entry) for entry in told.findings],
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _page(seen: _Read, statement: _Statement) -> bytes:
    from carbonlabel.reporting import report  # noqa: PLC0415 - costs start-up time
    from carbonlabel.reporting.entry import harmless  # noqa: PLC0415 - as above

    told = seen.declaration
    at = f" at {seen.revision}" if seen.revision else ""
    rows = [harmless(f"{name:<14} {text}") for name, text in _rows(told, statement)]
    found = report(told.findings, form="human")
    lines = [f"{told.name}{at}", *(f"  {row}" for row in rows)]
    page = "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
    return b"\n".join([page, found]) if found else page


def _rows(told: Declaration, statement: _Statement) -> Iterator[tuple[str, str]]:
    yield "emissions", _emissions(told)
    if told.energy_kwh is not None:
        yield "energy", f"{told.energy_kwh:f} kWh"
    for name, text in (
        ("source", told.source),
        ("training type", told.training_type),
        ("location", told.location),
        ("hardware", told.hardware),
        ("base models", ", ".join(told.bases)),
    ):
        if text:
            yield name, text
    yield from (each for each in told.others if each[0] not in _SHOWN_ABOVE)
    digest = (statement.digest or "")[:_SHOWN_COUNT]
    yield "disclosure", _TOLD[statement.state].format(file=statement.file, digest=digest)


def _emissions(told: Declaration) -> str:
    if not told.is_declared:
        return "not declared"
    if told.emissions_gco2e is not None:
        return f"{told.emissions_gco2e:f} g CO\u2082e"
    meant = (
        f"; perhaps {told.suggested_gco2e:f} g CO\u2082e is meant" if told.suggested_gco2e else ""
    )
    return f"no figure that can be believed: {told.text or 'there is none'}{meant}"
