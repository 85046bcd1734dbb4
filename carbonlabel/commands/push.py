"""I bring the label to a card on the Hugging Face Hub."""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from carbonlabel import console
from carbonlabel.commands import asking, giving, taking
from carbonlabel.commands.asking import UsageError
from carbonlabel.errors import CarbonLabelError, InputError
from carbonlabel.intake import open_log

if TYPE_CHECKING:
    from io import BufferedReader

    from carbonlabel.hub import Address
    from carbonlabel.hub.pushing import Outcome
    from carbonlabel.model.disclosure import Disclosure

EXAMPLES: Final = (
    "carbonlabel push acme/tiny emissions.csv --region FR --dry-run",
    "carbonlabel push acme/tiny carbon.json",
    "carbonlabel push acme/tiny carbon.json --direct",
    "carbonlabel push --list repos.txt",
)
_SEEN_COUNT: Final = 4096
_OURS: Final = frozenset(
    {"verb", "repo", "logs", "direct", "force", "dry_run", "repo_type", "revision", "list"}
    | {"quiet", "debug", "replace_generated"}
)
_SPELT: Final = {"format": "from"}
_SAID: Final = {
    "opened": "A pull request is open",
    "updated": "The open pull request is up to date",
    "committed": "Committed",
    "unchanged": "Nothing to change: all of it is there",
    "shown": "Nothing was sent",
}


class _List(argparse.Action):
    """A list takes the place of the repository and its logs."""

    def __init__(self, *, instead_of: Sequence[argparse.Action] = (), **kwargs: object) -> None:
        """Remember which arguments need not be given then."""
        super().__init__(**kwargs)  # type: ignore[arg-type] # whatever argparse passes on
        self.instead_of = instead_of

    def __call__(
        self,
        _parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        _option: str | None = None,
    ) -> None:
        """Keep the list, and ask for nothing else."""
        setattr(namespace, self.dest, values)
        for action in self.instead_of:
            action.required = False


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    repo = parser.add_argument("repo", metavar="ORG/NAME", help="the repository")
    logs = asking.add_evidence(
        parser,
        metavar="DISCLOSURE|LOG",
        about="carbon.json, or trackers' logs with the flags below; - for stdin",
    )
    parser.add_argument(
        "-n", "--dry-run", "--diff", action="store_true", help="show the change, send nothing"
    )
    parser.add_argument(
        "--direct", action="store_true", help="commit to the branch; default: a pull request"
    )
    parser.add_argument("--revision", metavar="BRANCH", help="with --direct; default: main")
    parser.add_argument(
        "--repo-type",
        choices=["model", "dataset", "space"],
        default="model",
        help="default: %(default)s",
    )
    parser.add_argument(
        "--force", action="store_true", help="replace another figure; let errors found pass"
    )
    parser.add_argument(
        "--replace-generated",
        action="store_true",
        help="take out the section on emissions that a training library wrote",
    )
    parser.add_argument(
        "--list",
        metavar="FILE",
        action=_List,
        instead_of=(repo, logs),
        help="many cards: a line 'ORG/NAME DISCLOSURE' for each",
    )


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    from carbonlabel.hub.client import calm  # noqa: PLC0415 - the Hub's client is heavy

    if options.revision and not options.direct:
        raise UsageError("a pull request goes to main: --revision needs --direct")
    calm()
    with warnings.catch_warnings(record=True) as remarks:
        # The client words what the Hub remarks on a card as a warning of Python.
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", UserWarning)
        status = _sent(options)
    for remark in remarks:
        console.tell(f"The Hub remarks: {' '.join(str(remark.message).split())}")
    return status


def _sent(options: argparse.Namespace) -> int:
    if options.list is None:
        _give(options, _pushed(options, options.repo, _disclosure(options)))
        return 0
    if options.repo is not None:
        raise UsageError("--list names the repositories: leave ORG/NAME out")
    return _each(options)


def _each(options: argparse.Namespace) -> int:
    """Push every card of the list, whatever becomes of the others."""
    _refuse_flags(options, "a list of disclosures")
    pairs = list(_listed(Path(options.list)))
    failed_count = 0
    for repo, file in pairs:
        giving.say(options, f"{repo}:")
        try:
            _give(options, _pushed(options, repo, _kept(file)), name=repo)
        except CarbonLabelError as bad:
            failed_count += 1
            console.tell_error(bad, page="docs/errors.md")
    done_count = len(pairs) - failed_count
    giving.say(options, f"{len(pairs)} repositories: {done_count} done, {failed_count} failed")
    return int(bool(failed_count))


def _listed(path: Path) -> Iterator[tuple[str, str]]:
    for number, line in open_log(path).lines():
        repo, _, file = line.strip().partition(" ")
        if not repo or repo.startswith("#"):
            continue
        if not file.strip():
            raise InputError(
                "a line needs two words", where=f"{path.name}:{number}", hint="ORG/NAME DISCLOSURE"
            )
        yield repo, file.strip()


def _pushed(options: argparse.Namespace, repo: str, disclosure: Disclosure) -> Outcome:
    from carbonlabel.hub import Patience  # noqa: PLC0415 - loaded by now
    from carbonlabel.hub.pushing import Wish, pushed  # noqa: PLC0415 - as above

    place, model = _place(options, repo), disclosure.subject.model
    if place.kind == "model" and model and model.lower() != place.repo.lower():
        console.tell(
            f"Note: the disclosure is of {model}, and not of {place.repo}: a model made from"
            " another has a footprint of its own."
        )
    wish = Wish(
        is_direct=options.direct,
        is_forced=options.force,
        is_dry=options.dry_run,
        replaces_generated=options.replace_generated,
    )
    return pushed(disclosure, place, wish, Patience(lambda line: giving.say(options, line)))


def _place(options: argparse.Namespace, repo: str) -> Address:
    from carbonlabel.hub import address  # noqa: PLC0415 - loaded by now

    kind = None if options.repo_type == "model" else options.repo_type
    return address(repo, kind=kind, revision=options.revision)


def _give(options: argparse.Namespace, outcome: Outcome, name: str = "") -> None:
    """The diff or the address on stdout, the rest for the person."""
    giving.say(options, f"{_SAID[outcome.act]}.")
    if outcome.act == "shown":
        giving.write(outcome.diff)
    else:
        giving.write(f"{name and f'{name} '}{outcome.url}\n".encode())


def _disclosure(options: argparse.Namespace) -> Disclosure:
    """The disclosure that is given, or the one of the logs."""
    if len(options.logs) == 1 and _is_disclosure(options.logs[0]):
        _refuse_flags(options, "a disclosure")
        return _kept(options.logs[0])
    place = _place(options, options.repo)
    if place.kind == "model":
        options.model = options.model or place.repo
    disclosure = taking.assessed(options)
    if not options.quiet:
        console.tell_findings(disclosure.findings, least=("error", "warning"))
    return disclosure


def _is_disclosure(name: str) -> bool:
    try:
        if name == "-":
            head = cast("BufferedReader", sys.stdin.buffer).peek(_SEEN_COUNT)
        else:
            with Path(name).open("rb") as stream:
                head = stream.read(_SEEN_COUNT)
    except OSError:
        return False
    return b'"$schema"' in head and b"/disclosure/" in head


def _kept(name: str) -> Disclosure:
    return taking.disclosure(argparse.Namespace(disclosure=name, verb="push"))


def _refuse_flags(options: argparse.Namespace, given: str) -> None:
    flags = [name for name, value in vars(options).items() if value and name not in _OURS]
    if flags:
        flag = _SPELT.get(flags[0], flags[0]).replace("_", "-")
        raise UsageError(f"--{flag} goes with logs, and this is {given}")
