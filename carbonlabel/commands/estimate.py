"""I estimate a run that no tracker watched, or that is still to be."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from carbonlabel import desk
from carbonlabel.commands import asking, giving, label, taking
from carbonlabel.commands.asking import UsageError

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Subject

EXAMPLES: Final = (
    'carbonlabel estimate --gpu "RTX 4090" --hours 6.5 --region DE',
    'carbonlabel estimate --gpu "H100 SXM" --count 64 --hours "12 d" --region gcp/europe-west1 \\',
    '    --cpu "EPYC 7763" --cpu-count 16 --memory 8TB --before -o plan',
    'carbonlabel estimate --gpu "H100 SXM" --hours "1.3M GPU hours" --region US --pue 1.1',
    "carbonlabel estimate --gpu H100 --count 1024 --flop 3e24 --mfu 40% --region US-VA",
    'carbonlabel estimate --cpu "Xeon Platinum 8480+" --hours 3 --region FR --pue 1.2',
)


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    _add_machines(parser.add_argument_group("the machines"))
    _add_time(parser.add_argument_group("the time"))
    place = parser.add_argument_group("the place")
    place.add_argument(
        "--region", metavar="CODE|FILE", help="FR, US-CA, gcp/europe-west1, or region.yaml"
    )
    place.add_argument("--pue", metavar="RATIO", help="PUE of the site, such as 1.2")
    place.add_argument("--year", help="of the grid figure; default: of the run, newest")
    model = parser.add_argument_group("the model")
    model.add_argument("--model", metavar="ORG/NAME", help="the model that is made")
    model.add_argument("--parameters", metavar="N", help="its size, such as 67M")
    model.add_argument("--phase", metavar="PHASE", help="pre-training, fine-tuning, evaluation …")
    asking.add_documents(parser)
    parser.add_argument(
        "--force", action="store_true", help="draw an implausible figure, and say so on the label"
    )


def _add_machines(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--gpu",
        "--accelerator",
        metavar="NAME",
        help='GPU, TPU or another accelerator: H100 SXM, or "8x H100 SXM"; '
        "`carbonlabel list devices` shows all",
    )
    group.add_argument("--count", metavar="N", help="how many; default: 1")
    group.add_argument(
        "--power", metavar="W", help="the most that one may draw: 450W; default: its rated power"
    )
    group.add_argument(
        "--utilisation", metavar="RATIO", help="part of its power that one draws: 0.8 or 80%%"
    )
    group.add_argument("--cpu", metavar="NAME", help="processor of the hosts, or of a run without")
    group.add_argument("--cpu-count", metavar="N", help="of all hosts; default: 1")
    group.add_argument("--memory", metavar="SIZE", help="of all hosts: 64GB")
    group.add_argument(
        "--hardware", metavar="FILE", help="what making the machines cost, hardware.yaml"
    )


def _add_time(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--hours",
        metavar="H",
        help='wall clock: 6.5, 6h30m or "12 d"; or "1.3M GPU hours" of all together',
    )
    group.add_argument("--flop", metavar="N", help="operations, instead of hours: 3e24; with --mfu")
    group.add_argument("--mfu", metavar="RATIO", help="part of the peak that is reached: 40%%")
    group.add_argument("--start", metavar="TIME", help="2026-03-01, or 2026-03-01T09:00+01:00")
    group.add_argument(
        "--before", action="store_true", help='the run is still to be: the label says "Planned"'
    )


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    if not (options.gpu or options.cpu):
        raise UsageError('name what computes: --gpu "RTX 4090", or --cpu NAME for a run without')
    if not (options.hours or options.flop):
        raise UsageError("say how long: --hours 6.5, or --flop 3e24 with --mfu 40%")
    wanted = giving.wanted(options)
    disclosure = desk.estimate(
        gpu=options.gpu,
        count=options.count,
        hours=options.hours,
        power=options.power,
        utilisation=options.utilisation,
        cpu=options.cpu,
        cpu_count=options.cpu_count,
        memory=options.memory,
        flop=options.flop,
        mfu=options.mfu,
        start=options.start,
        year=options.year,
        before=options.before,
        inventory=options.hardware,
        region=taking.place(options),
        subject=_subject(options),
        phase=options.phase,
    )
    return label.show(disclosure, wanted, options)


def _subject(options: argparse.Namespace) -> Subject:
    from carbonlabel.model.disclosure import Subject  # noqa: PLC0415 - as above

    count = desk.parameter_count(options.parameters) if options.parameters else None
    return Subject(model=taking.named(options.model), parameters=count)
