"""I carry out one command: each verb is one function over the front desk."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from carbonlabel import console, desk, registry
from carbonlabel.errors import InputError, InvalidDocument, WriteError
from carbonlabel.intake import open_log

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure, Subject
    from carbonlabel.model.evidence import Evidence
    from carbonlabel.model.project import Project
    from carbonlabel.model.provenance import Finding
    from carbonlabel.model.region import Place
    from carbonlabel.model.series import GridSeries

_BINARY: Final = frozenset({"pdf", "png"})
_FOUND, _DONE = 1, 0

Wanted = tuple[str, Path | None]


class UsageError(Exception):
    """The command line asks for something that cannot be."""


def run(options: argparse.Namespace) -> int:
    """Carry out the command that `options.verb` names; returns the exit code."""
    return _VERBS[options.verb](options)


def _label(options: argparse.Namespace) -> int:
    wanted = _wanted(options)
    disclosure = _assessed(options)
    disclosure = _plausible(disclosure, force=options.force)
    if not options.quiet:
        console.tell_findings(disclosure.findings, least=("error", "warning"))
    _draw(disclosure, wanted, options)
    to_stdout = any(file is None for _, file in wanted)
    if not options.quiet and not to_stdout:
        _print(desk.render(disclosure, "terminal"))
    return _DONE


def _collect(options: argparse.Namespace) -> int:
    from carbonlabel import gathering  # noqa: PLC0415 - only this verb needs it

    _put(gathering.collect(options), options.output)
    return _DONE


def _assess(options: argparse.Namespace) -> int:
    disclosure = _assessed(options)
    if not options.quiet:
        console.tell_findings(disclosure.findings, least=("error", "warning"))
    _put(desk.render(disclosure, "json"), options.output)
    return _DONE


def _render(options: argparse.Namespace) -> int:
    wanted = _wanted(options)
    if not wanted and options.output is None:
        raise UsageError("render needs -t FORMAT[=FILE] or -o DIR")
    _draw(_disclosure(options), wanted, options)
    return _DONE


def _check(options: argparse.Namespace) -> int:
    from carbonlabel.checks import check  # noqa: PLC0415 - only this verb and label need it

    findings = check(_disclosure(options))
    if options.json:
        _print(_json([finding.model_dump(exclude_none=True) for finding in findings]))
    else:
        _print_findings(findings, quiet=options.quiet)
    return _FOUND if any(finding.severity == "error" for finding in findings) else _DONE


def _embed(options: argparse.Namespace) -> int:
    from carbonlabel import output  # noqa: PLC0415 - only verbs that write need it

    card = Path(options.card)
    if options.dry_run:
        _show_change(options, card)
    elif options.remove:
        before, after = output.read_card(card), output.without_label(card)
        if before != after:
            output.write(card, after)
        _say(options, f"{card.name}: {'label removed' if before != after else 'has no label'}")
    elif not card.exists():
        raise InputError(
            "no such card", where=card.name, hint=f"to begin one: carbonlabel render -t card={card}"
        )
    else:
        edited = output.write_card(_disclosure(options), card, force=options.force)
        if edited.replaced is not None:
            _say(options, f"{card.name}: the figure {edited.replaced} was replaced")
        _say(options, f"Wrote {card.name}, carbon.json, label.png")
    return _DONE


def _show_change(options: argparse.Namespace, card: Path) -> None:
    from carbonlabel import output  # noqa: PLC0415 - only verbs that write need it
    from carbonlabel.cards.changes import unified  # noqa: PLC0415 - a dry run alone needs it

    before = output.read_card(card) if card.exists() else b""
    if options.remove:
        after = output.without_label(card)
    else:
        after = output.inscribed(_disclosure(options), before, card.name).card
    _print(unified(before, after, card.name))


def _explain(options: argparse.Namespace) -> int:
    from carbonlabel.explanation import explain  # noqa: PLC0415 - only this verb needs it

    if options.disclosure.startswith("/") and not Path(options.disclosure).exists():
        options.disclosure, options.pointer = "-", options.disclosure
    _print(explain(_project(options) or _disclosure(options), options.pointer).encode())
    return _DONE


def _project(options: argparse.Namespace) -> Project | None:
    path = Path(options.disclosure)
    log = open_log(path) if path.is_file() else None
    if log is None or not registry.reader("project").recognises(log):
        return None
    from carbonlabel.record import projects  # noqa: PLC0415 - few explanations need it

    return projects.load(log)


def _list(options: argparse.Namespace) -> int:
    from carbonlabel import catalogue  # noqa: PLC0415 - only this verb needs it

    rows = catalogue.rows(options.what, options.search)
    if not rows:
        raise InputError(f"no {options.what} hold {options.search!r}")
    _print(_json(rows) if options.json else catalogue.table(rows))
    return _DONE


def _schema(options: argparse.Namespace) -> int:
    from carbonlabel.record import schema  # noqa: PLC0415 - only this verb needs it

    _print(schema.frozen(options.name).encode())
    return _DONE


def _doctor(options: argparse.Namespace) -> int:
    from carbonlabel import doctor  # noqa: PLC0415 - only this verb needs it

    report, well = doctor.examine()
    if not (options.quiet and well):
        _print(report.encode())
    return _DONE if well else _FOUND


_VERBS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "label": _label,
    "collect": _collect,
    "assess": _assess,
    "render": _render,
    "check": _check,
    "embed": _embed,
    "explain": _explain,
    "list": _list,
    "schema": _schema,
    "doctor": _doctor,
}


def _assessed(options: argparse.Namespace) -> Disclosure:
    evidence: list[Evidence] = []
    for name in options.logs:
        runs = _read(name, options.format)
        evidence += runs
        _say(options, _was_read(runs))
    return desk.assess(
        evidence,
        inventory=options.hardware,
        region=_place(options),
        grid=_grid(options),
        zone=options.zone,
        subject=_subject(options),
        phase=options.phase,
    )


def _read(name: str, form: str | None) -> tuple[Evidence, ...]:
    return desk.read(sys.stdin.buffer if name == "-" else name, format=form)


def _was_read(runs: Sequence[Evidence]) -> str:
    file = runs[0].inputs[0]
    version = f" {file.version}" if file.version else ""
    several = "run" if len(runs) == 1 else "runs"
    return f"Read {len(runs)} {several} from {file.file} ({file.tracker or file.format}{version})."


def _grid(options: argparse.Namespace) -> GridSeries | None:
    if options.grid is None:
        return None
    series = desk.grid(options.grid)
    facts = ", ".join(filter(None, (series.title, series.zone, series.scope, series.accounting)))
    values = "value" if len(series.points) == 1 else "values"
    _say(options, f"Read {len(series.points)} {values} from {series.input.file} ({facts}).")
    return series


def _place(options: argparse.Namespace) -> Place | None:
    from carbonlabel.model.region import Place  # noqa: PLC0415 - loaded with the first disclosure

    place = desk.region(options.region) if options.region else None
    if options.pue is None:
        return place
    from carbonlabel.readers.region import with_pue  # noqa: PLC0415 - only this flag needs it

    return with_pue(place or Place(), options.pue, where="--pue")


def _subject(options: argparse.Namespace) -> Subject:
    from carbonlabel.model.disclosure import Subject  # noqa: PLC0415 - loaded anyway by now

    parameters = desk.parameter_count(options.parameters) if options.parameters else None
    return Subject(model=options.model, parameters=parameters)


def _plausible(disclosure: Disclosure, *, force: bool) -> Disclosure:
    """The disclosure, unless a figure in it cannot be; with `force` it carries what is wrong."""
    from carbonlabel.checks import check  # noqa: PLC0415 - only label and check need it

    told = {(each.code, each.place) for each in disclosure.findings}
    wrong = tuple(
        each
        for each in check(disclosure)
        if each.severity == "error" and (each.code, each.place) not in told
    )
    if wrong and not force:
        raise InvalidDocument(
            "the figures are implausible, so no label was drawn",
            hint="correct the input, or draw it all the same with --force",
            problems=tuple(_in_a_line(each) for each in wrong),
        )
    return disclosure.model_copy(update={"findings": (*wrong, *disclosure.findings)})


def _in_a_line(finding: Finding) -> str:
    found = f" Found {finding.found}, expected {finding.expected}." if finding.found else ""
    return f"{finding.code} {finding.place}: {finding.message}{found}"


def _disclosure(options: argparse.Namespace) -> Disclosure:
    from carbonlabel.record import keeping  # noqa: PLC0415 - the verbs that begin with a log need it not

    name = options.disclosure
    if name == "-":
        if sys.stdin.isatty():
            raise UsageError(f"{options.verb} needs a DISCLOSURE: a file, or one on stdin")
        return keeping.load(sys.stdin.buffer.read(), "<stdin>")
    path = Path(name)
    try:
        content = path.read_bytes()
    except OSError as bad:
        raise InputError((bad.strerror or "cannot be read").lower(), where=path.name) from bad
    return keeping.load(content, path.name)


def _wanted(options: argparse.Namespace) -> list[Wanted]:
    """Each `FORMAT[=FILE]` as a format and a file; None is standard output.

    One format without a file takes the name that -o gives, instead of the whole set.
    """
    wanted: list[Wanted] = []
    for specification in options.to:
        name, _, file = specification.partition("=")
        registry.renderer(name)
        wanted.append((name, None if file in {"", "-"} else Path(file)))
    loose = [name for name, file in wanted if file is None]
    if len(loose) > 1:
        raise UsageError(f"only one document fits on stdout; say where: -t {loose[-1]}=FILE")
    if loose and options.output is not None:
        target, options.output = _target(Path(options.output), loose[0]), None
        return [(name, file or target) for name, file in wanted]
    if loose and loose[0] in _BINARY and sys.stdout.isatty():
        raise UsageError(f"{loose[0]} is no text for a terminal; say -t {loose[0]}=FILE")
    return wanted


def _target(path: Path, name: str) -> Path:
    return path / registry.renderer(name).file_name if path.is_dir() else path


def _draw(disclosure: Disclosure, wanted: Sequence[Wanted], options: argparse.Namespace) -> None:
    from carbonlabel import output  # noqa: PLC0415 - only verbs that write need it

    drawn = [(desk.render(disclosure, name), file) for name, file in wanted]
    for content, file in drawn:
        if file is None:
            _print(content)
        else:
            output.write(file, content)
            _say(options, f"Wrote {file}")
    if options.output is not None:
        written = output.write_set(disclosure, Path(options.output))
        _say(options, f"Wrote {', '.join(written.files)} in {options.output}")
        if written.kept:
            card = Path(options.output) / written.kept
            _say(options, f"Left {card} as it is; to put the label in:")
            _say(options, f"  carbonlabel embed {card} {card.with_name('carbon.json')}")


def _print_findings(findings: Sequence[Finding], *, quiet: bool) -> None:
    shown = [each for each in findings if each.severity == "error" or not quiet]
    lines = [line for each in shown for line in _finding_lines(each)]
    errors = sum(each.severity == "error" for each in findings)
    if not quiet:
        others = len(findings) - errors
        lines.append(f"{_count(errors, 'error')}, {_count(others, 'other finding')}")
    _print("".join(f"{line}\n" for line in lines).encode())


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _finding_lines(finding: Finding) -> Iterable[str]:
    yield f"{finding.severity}[{finding.code}] {finding.place}"
    yield f"  {finding.message}"
    if finding.found is not None:
        yield f"  found {finding.found}, expected {finding.expected}"
    if finding.suggestion:
        yield f"  {finding.suggestion}"


def _json(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()


def _put(content: bytes, file: str | None) -> None:
    if file in {None, "-"}:
        _print(content)
    else:
        from carbonlabel import output  # noqa: PLC0415 - only verbs that write need it

        output.write(Path(str(file)), content)


def _say(options: argparse.Namespace, line: str) -> None:
    if not options.quiet:
        console.tell(line)


def _print(content: bytes) -> None:
    # Bytes, not text: the same document in every locale.
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as bad:
        raise WriteError(
            f"cannot be written: {(bad.strerror or 'unknown reason').lower()}", where="<stdout>"
        ) from bad
