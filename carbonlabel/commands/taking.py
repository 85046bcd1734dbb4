"""I take what a command is given: logs, places, subjects, disclosures."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from carbonlabel import desk
from carbonlabel.commands.asking import UsageError
from carbonlabel.commands.giving import say
from carbonlabel.intake import content_of

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure, Subject
    from carbonlabel.model.evidence import Evidence, Work
    from carbonlabel.model.provenance import Verified
    from carbonlabel.model.region import Place
    from carbonlabel.model.series import GridSeries


def assessed(options: argparse.Namespace) -> Disclosure:
    """The disclosure of the logs that the options name."""
    if options.logs.count("-") > 1:
        raise UsageError("standard input can be read once: name - once")
    evidence: list[Evidence] = []
    for name in options.logs:
        runs = _read(name, options.format)
        evidence += runs
        say(options, _was_read(runs))
    made = desk.assess(
        evidence,
        inventory=options.hardware,
        region=place(options),
        grid=_grid(options),
        zone=options.zone,
        subject=_subject(options),
        phase=options.phase,
        work=_work(options),
        base_models=options.base_model,
        relation=options.relation,
    )
    if options.waivers is not None:
        made = made.model_copy(update={"waivers": desk.waivers(options.waivers)})
    return made.model_copy(update={"verified": _verified(options, made.issued)})


def _verified(options: argparse.Namespace, issued: date | None) -> Verified | None:
    """Who says to have verified it; None where nobody is named."""
    name, told, statement = options.verified_by, options.verified_on, options.statement
    if not name and not told and not statement:
        return None
    if not (name or "").strip() or not told:
        raise UsageError("who verified it needs --verified-by NAME and --verified-on DATE")
    from carbonlabel.model.provenance import Verified  # noqa: PLC0415 - few labels are verified

    digest = hashlib.sha256(content_of(Path(statement))).hexdigest() if statement else None
    return Verified(by=name.strip(), on=_statement_day(told, issued), statement_sha256=digest)


def _statement_day(text: str, issued: date | None) -> date:
    from carbonlabel.commands.today import day  # noqa: PLC0415 - few labels are verified

    on = day(text)
    if issued is not None and on < issued:
        raise UsageError(f"--verified-on {text} is before the last run ended, {issued}")
    return on


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
    say(options, f"Read {len(series.points)} {values} from {series.input.file} ({facts}).")
    return series


def place(options: argparse.Namespace) -> Place | None:
    """The place that --region and --pue say; None where they say nothing."""
    from carbonlabel.model.region import Place  # noqa: PLC0415 - loaded with the first disclosure

    named = desk.region(options.region) if options.region else None
    if options.pue is None:
        return named
    from carbonlabel.readers.region import with_pue  # noqa: PLC0415 - only this flag needs it

    return with_pue(named or Place(), options.pue, where="--pue")


def _subject(options: argparse.Namespace) -> Subject:
    from carbonlabel.model.disclosure import Subject  # noqa: PLC0415 - loaded anyway by now

    parameters, active = map(_count, (options.parameters, options.active_parameters))
    if parameters and active and active > parameters:
        raise UsageError("--active-parameters are part of --parameters, and cannot be more")
    return Subject(model=named(options.model), parameters=parameters, active_parameters=active)


def named(model: str | None) -> str | None:
    """The name of a model, as --model has it.

    Raises:
        UsageError: it is an address, or no text.
    """
    if model is None:
        return None
    if any("\ud800" <= letter <= "\udfff" for letter in model):
        raise UsageError("--model is no text in the encoding of this terminal: set LC_ALL=C.UTF-8")
    _, is_address, name = model.rpartition("huggingface.co/")
    if is_address or model.startswith("hf:"):
        wanted = name if is_address else model.removeprefix("hf:")
        raise UsageError(f"--model is a name and no address: --model {wanted}")
    return model


def _count(text: str | None) -> int | None:
    return desk.parameter_count(text) if text else None


def _work(options: argparse.Namespace) -> Work | None:
    told = {name: getattr(options, name) for name in ("tokens", "flop", "mfu", "served")}
    if not any(told.values()):
        return None
    from carbonlabel.parsing.doing import work  # noqa: PLC0415 - few runs say it

    return work(**told)


def disclosure(options: argparse.Namespace) -> Disclosure:
    """The disclosure that the options name: a file, or standard input."""
    if options.disclosure == "-" and sys.stdin.isatty():
        raise UsageError(f"{options.verb} needs a DISCLOSURE: a file, or one on stdin")
    return kept(options.disclosure)


def kept(name: str) -> Disclosure:
    """The disclosure in a file; `-` is standard input."""
    from carbonlabel.record import keeping  # noqa: PLC0415 - the verbs that begin with a log need it not

    if name == "-":
        return keeping.load(sys.stdin.buffer.read(), "<stdin>")
    path = Path(name)
    return keeping.load(content_of(path), path.name)
