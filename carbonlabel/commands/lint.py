"""I look for faults in what model cards declare of their footprint."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Final, TypeVar

from carbonlabel import console
from carbonlabel.commands import asking, giving
from carbonlabel.commands.asking import UsageError
from carbonlabel.errors import CardRefused, InputError

if TYPE_CHECKING:
    from carbonlabel.cardfiles import CardFile, HubCard
    from carbonlabel.linting import Declaration
    from carbonlabel.linting.fixing import Fixed
    from carbonlabel.reporting import Entry

EXAMPLES: Final = (
    "carbonlabel lint README.md",
    "carbonlabel lint models --strict --format github",
    "carbonlabel lint README.md --fix --diff",
    "carbonlabel lint hf:acme/tiny hf:acme/tiny-gguf",
)
_Each = TypeVar("_Each")
_MANY: Final = 200
"""From so many cards on a bar shows how far the work is."""


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "cards",
        metavar="CARD|FOLDER|hf:ORG/NAME",
        nargs="+",
        help="model cards, folders of them, and cards on the Hub",
    )
    parser.add_argument("--fix", action="store_true", help="make the fixes that are certain")
    parser.add_argument(
        "--diff",
        "-n",
        "--dry-run",
        action="store_true",
        help="show what --fix would change, and change nothing",
    )
    asking.add_findings(parser)


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    if options.diff and options.format != "human":
        raise UsageError("--diff writes a diff, which has no --format")
    files, remote = _named(options)
    if not files and not remote:
        raise InputError(
            "no model card here", where=options.cards[0], hint="a card is a README.md, or any .md"
        )
    if options.diff:
        return _show(files, options)
    if options.fix:
        _fix(files, options)
    declarations = _declarations([*files, *remote])
    _tell(declarations, options)
    return _status(declarations, options)


def _named(options: argparse.Namespace) -> tuple[Sequence[CardFile], Sequence[HubCard]]:
    """The cards here and those on the Hub, which nothing but `push` changes."""
    from carbonlabel.cardfiles import card_files, hub_card  # noqa: PLC0415 - this verb needs them
    from carbonlabel.hub import is_address  # noqa: PLC0415 - as above

    addresses = [name for name in options.cards if is_address(name)]
    if addresses and (options.fix or options.diff):
        raise UsageError(f"{addresses[0]}: a card on the Hub is not fixed from here; push to it")
    paths = [name for name in options.cards if name not in addresses]
    return card_files(paths), [hub_card(each) for each in _watched(addresses)]


def _declarations(files: Sequence[CardFile | HubCard]) -> list[Declaration]:
    from carbonlabel.linting import inherited  # noqa: PLC0415 - only this verb needs it

    return list(inherited([_declaration(each) for each in _watched(files)]))


def _declaration(file: CardFile | HubCard) -> Declaration:
    from carbonlabel.linting import declared, unreadable  # noqa: PLC0415 - as above

    try:
        return declared(file.content(), file.name, file.beside)
    except InputError as bad:
        return unreadable(file.name, bad.message)


def _tell(declarations: Sequence[Declaration], options: argparse.Namespace) -> None:
    from carbonlabel.linting import notes  # noqa: PLC0415 - only this verb needs it
    from carbonlabel.reporting import report, summary  # noqa: PLC0415 - as above

    entries = [entry for each in declarations for entry in each.findings]
    shown = [each for each in entries if not options.quiet or each.severity == "error"]
    giving.put(report(shown, form=options.format, rules=notes()), options.output)
    with_figure = sum(each.is_declared for each in declarations)
    giving.say(
        options,
        f"{summary(entries, files_count=len(declarations))}, {with_figure} with co2_eq_emissions",
    )


def _status(declarations: Iterable[Declaration], options: argparse.Namespace) -> int:
    failing = {"error", "warning"} if options.strict else {"error"}
    return int(any(entry.severity in failing for each in declarations for entry in each.findings))


def _fix(files: Sequence[CardFile], options: argparse.Namespace) -> None:
    from carbonlabel import output  # noqa: PLC0415 - only a fix writes

    for file, _, after in _fixed(files):
        if after.made:
            output.write(file.path, after.card)
            for entry in after.made:
                giving.say(options, _told(entry))


def _fixed(files: Sequence[CardFile]) -> Iterator[tuple[CardFile, bytes, Fixed]]:
    """Each card that can be edited, before and after its fixes."""
    from carbonlabel.linting.fixing import fixed  # noqa: PLC0415 - only a fix needs it

    for file in _watched(files):
        try:
            before = file.content()
            yield file, before, fixed(before, file.name, file.beside)
        except CardRefused as bad:
            console.tell(f"left as it is: {bad}")
        except InputError:
            # The findings say so.
            continue


def _told(entry: Entry) -> str:
    return f"{entry.place}: fixed [{entry.code}] {entry.found} is now {entry.fix}"


def _show(files: Sequence[CardFile], options: argparse.Namespace) -> int:
    from carbonlabel.cards.changes import unified  # noqa: PLC0415 - a dry run alone needs it

    changes = [unified(before, after.card, file.name) for file, before, after in _fixed(files)]
    giving.put(b"".join(changes), options.output)
    return int(any(changes))


def _watched(files: Sequence[_Each]) -> Iterable[_Each]:
    """The cards one by one, with a bar on long work in front of a person."""
    if len(files) < _MANY or not sys.stderr.isatty():
        return files
    try:
        bar = import_module("tqdm").tqdm
    except ImportError:
        return files
    watched: Iterable[_Each] = bar(files, unit="card", leave=False)
    return watched
