"""I say what compares of two or more footprints, and how far apart they are."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from carbonlabel.commands import giving
from carbonlabel.commands.asking import UsageError
from carbonlabel.errors import WriteError

if TYPE_CHECKING:
    from carbonlabel.comparison import Comparison, Side
    from carbonlabel.documents.comparing.renderings import Looks

EXAMPLES: Final = (
    "carbonlabel compare mine/carbon.json theirs/carbon.json",
    "carbonlabel compare hf:acme/small hf:acme/large --my-region FR --queries 2M/year",
    "carbonlabel compare a.json b.json report.pdf -o out",
    "carbonlabel compare a.json b.json -t svg=strip.svg --figure training/energy",
    "carbonlabel compare a.json b.json --language fr -t html=compare.html",
)
_DEFAULT: Final = "default: %(default)s"
_NOTHING: Final = 1


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "subjects",
        metavar="FILE|hf:ORG/NAME",
        nargs="+",
        help="2 to 8: carbon.json, report.pdf, README.md, a folder with one, or a card on the Hub",
    )
    parser.add_argument(
        "--mine", metavar="FILE", help="whom the others are measured by; default: the first"
    )
    parser.add_argument(
        "--my-region", metavar="CODE|FILE", help="count all electricity at this grid: FR"
    )
    parser.add_argument("--year", type=int, help="of the grid of --my-region; default: the newest")
    parser.add_argument(
        "--queries",
        "--requests",
        dest="queries",
        metavar="N/TIME",
        help="what use takes in a year: 2M/year, '5000 requests/day'",
    )
    _declare_documents(parser)


def _declare_documents(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="DIR", help="write every form into DIR")
    parser.add_argument(
        "-t",
        "--to",
        metavar="FORM[=FILE]",
        action="append",
        default=[],
        help="terminal, markdown, html, json, svg, svg-dark or png (repeatable)",
    )
    looks = parser.add_argument_group("how documents look")
    looks.add_argument(
        "--figure",
        metavar="NAME",
        help="what the strip shows, such as training/energy or use/electricity",
    )
    looks.add_argument("--language", choices=["en", "fr", "de", "es"], default="en", help=_DEFAULT)
    looks.add_argument("--theme", choices=["light", "dark"], default="light", help=_DEFAULT)
    looks.add_argument("--scale", type=int, choices=[1, 2, 3], default=2, help="pixels of a PNG")


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    wanted = _wanted(options)
    found = _compared(options)
    _write(found, wanted, options)
    to_stdout = any(file is None for _, file in wanted)
    if not to_stdout and not options.quiet:
        giving.write(_rendered(found, "terminal", options))
    return 0 if found.is_comparable else _NOTHING


def _wanted(options: argparse.Namespace) -> list[tuple[str, Path | None]]:
    """Each FORM[=FILE]; None is standard output."""
    from carbonlabel.documents.comparing.renderings import FILES, SET  # noqa: PLC0415 - as below

    wanted: list[tuple[str, Path | None]] = []
    for each in options.to:
        name, _, file = each.partition("=")
        if name not in FILES:
            raise UsageError(f"-t {name[:40]}: a comparison is one of {', '.join(FILES)}")
        wanted.append((name, None if file in {"", "-"} else Path(file)))
    if sum(file is None for _, file in wanted) > 1:
        raise UsageError(f"only one form fits on stdout; say where: -t {wanted[-1][0]}=FILE")
    if any(name == "png" and file is None for name, file in wanted) and sys.stdout.isatty():
        raise UsageError("png is no text for a terminal; say -t png=FILE")
    if options.output is not None:
        wanted += [(name, Path(options.output) / FILES[name]) for name in SET]
    return wanted


def _compared(options: argparse.Namespace) -> Comparison:
    from carbonlabel.candidates import compare  # noqa: PLC0415 - only this verb needs it

    if options.year is not None and not options.my_region:
        raise UsageError("--year is that of the grid of --my-region, which is not given")
    return compare(
        [_subject(each) for each in options.subjects],
        mine=_place_of(options.mine, options.subjects),
        region=options.my_region,
        year=options.year,
        requests=options.queries,
    )


def _subject(name: str) -> Side | str:
    """A name to look up, or what comes on standard input."""
    from carbonlabel.hub import is_address  # noqa: PLC0415 - only this verb needs it

    if is_address(name):
        from carbonlabel.hub.client import calm  # noqa: PLC0415 - the Hub's client is heavy

        calm()
    if name != "-":
        return name
    from carbonlabel.candidates import side  # noqa: PLC0415 - only this verb needs it
    from carbonlabel.record import keeping  # noqa: PLC0415 - few come from a pipe

    return side(keeping.load(sys.stdin.buffer.read(), "<stdin>"))


def _place_of(mine: str | None, subjects: Sequence[str]) -> int:
    if mine is None:
        return 0
    if mine not in subjects:
        raise UsageError(f"--mine {mine}: it is none of what is compared")
    return subjects.index(mine)


def _write(
    found: Comparison, wanted: Sequence[tuple[str, Path | None]], options: argparse.Namespace
) -> None:
    """Draw all that is wanted before any of it is written; no strip of what does not compare."""
    from carbonlabel import output  # noqa: PLC0415 - only verbs that write need it
    from carbonlabel.documents.comparing.renderings import STRIPS  # noqa: PLC0415 - as above

    drawn = [each for each in wanted if found.is_comparable or each[0] not in STRIPS]
    contents = [(_rendered(found, name, options), file) for name, file in drawn]
    if options.output is not None:
        _make(Path(options.output))
    for content, file in contents:
        if file is None:
            giving.write(content)
        else:
            output.write(file, content)
            giving.say(options, f"Wrote {file}")
    if len(drawn) < len(wanted):
        giving.say(options, "Drew no strip: nothing compares.")


def _rendered(found: Comparison, form: str, options: argparse.Namespace) -> bytes:
    from carbonlabel.documents.comparing.renderings import rendered  # noqa: PLC0415 - as above

    return rendered(found, form, _looks(options))


def _looks(options: argparse.Namespace) -> Looks:
    from carbonlabel.documents.comparing.renderings import Looks  # noqa: PLC0415 - as above

    return Looks(
        figure=options.figure,
        theme=options.theme,
        scale=options.scale,
        language=options.language,
    )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as bad:
        raise WriteError(
            f"cannot be made: {(bad.strerror or 'unknown reason').lower()}",
            where=str(folder),
            hint="name another folder with -o",
        ) from bad
