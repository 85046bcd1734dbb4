"""I say when a job would emit least, from a grid series of the user's own."""

from __future__ import annotations

import argparse
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Final

from carbonlabel import console, desk
from carbonlabel.commands import giving
from carbonlabel.commands.asking import UsageError

if TYPE_CHECKING:
    from carbonlabel.model.series import GridSeries
    from carbonlabel.shifting.times import Times

EXAMPLES: Final = (
    "carbonlabel when forecast.json --hours 6 --energy 18kWh --zone Europe/Paris",
    "carbonlabel when FR_2025_hourly.csv --hours 6 --power 300W --from 2025-11-03 --top 3",
    "carbonlabel when moer.json --hours 12 --interruptible --json",
)
_TOP: Final = 5


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "series", metavar="SERIES", help="intensities over time; see: carbonlabel list formats"
    )
    parser.add_argument(
        "--hours", metavar="H", required=True, help='how long the job takes: 6, or "90 min"'
    )
    parser.add_argument("--energy", metavar="KWH", help="what it draws from the grid: 18kWh")
    parser.add_argument("--power", metavar="W", help="or its mean power, with cooling: 300W")
    parser.add_argument(
        "--from", dest="earliest", metavar="TIME", help="not before: 2026-11-03T18:00"
    )
    parser.add_argument("--until", dest="latest", metavar="TIME", help="over by then")
    parser.add_argument(
        "--zone", help="of these times, and of those printed: Europe/Paris; default: UTC"
    )
    parser.add_argument(
        "--top", type=int, default=_TOP, metavar="N", help="how many; default: %(default)s"
    )
    parser.add_argument(
        "--interruptible", action="store_true", help="also the best hours, not in one piece"
    )
    parser.add_argument("--json", action="store_true", help="print all facts as JSON")


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    from carbonlabel.parsing.clocks import zone_named  # noqa: PLC0415 - only --zone needs it
    from carbonlabel.shifting import timetable  # noqa: PLC0415 - only this verb needs it

    if options.energy and options.power:
        raise UsageError("--energy and --power both say how much; leave one out")
    if options.top < 1:
        raise UsageError("--top is at least 1")
    zone = zone_named(options.zone) if options.zone else UTC
    series = desk.grid(options.series)
    found = _times(options, series, zone)
    if not options.quiet:
        console.tell_findings(series.findings, least=("error", "warning"))
    if options.json:
        giving.write(giving.as_json(timetable.facts(found, zone)))
    else:
        giving.write(timetable.table(found, zone))
    return 0


def _times(options: argparse.Namespace, series: GridSeries, zone: tzinfo) -> Times:
    from carbonlabel.model.units import kwh_from_watt_seconds  # noqa: PLC0415 - as above
    from carbonlabel.shifting.times import moment, stated, times  # noqa: PLC0415 - as above

    length_s = stated(options.hours, "s", "--hours")
    energy_kwh = stated(options.energy, "kWh", "--energy") if options.energy else None
    if options.power:
        energy_kwh = kwh_from_watt_seconds(stated(options.power, "W", "--power"), length_s)
    earliest, latest = (
        moment(text, zone, where=flag) if text else None
        for text, flag in ((options.earliest, "--from"), (options.latest, "--until"))
    )
    return times(
        series,
        length_s=length_s,
        energy_kwh=energy_kwh,
        earliest=earliest,
        latest=latest,
        top=options.top,
        interruptible=options.interruptible,
    )
