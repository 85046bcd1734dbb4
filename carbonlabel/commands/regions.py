"""I say what a job would emit in the cloud regions near a place."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Final

from carbonlabel.commands import giving
from carbonlabel.commands.asking import UsageError
from carbonlabel.errors import MalformedInput, MissingFactor

if TYPE_CHECKING:
    from carbonlabel.shifting.regions import Comparison
    from carbonlabel.shifting.sites import Job, Site

EXAMPLES: Final = (
    "carbonlabel regions --near FR --top 10",
    "carbonlabel regions --near gcp/us-east4 --within 2000km --sort emissions",
    "carbonlabel regions --from carbon.json --provider aws --sort emissions --top 5",
    "carbonlabel regions --near DE --pue 1.4 --energy 1200kWh --json",
)
_KILOMETRES: Final = re.compile(r"\s*(?P<number>[0-9]{1,6}(\.[0-9]{1,3})?)\s*(km)?\s*")
_TOP: Final = 10


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "--near", metavar="CODE", help="the place to compare with: FR, US-CA, gcp/europe-west1"
    )
    parser.add_argument(
        "--from", dest="disclosure", metavar="FILE", help="place and energy of a carbon.json"
    )
    parser.add_argument("--energy", metavar="KWH", help="IT energy of the job: 1200kWh")
    parser.add_argument("--pue", metavar="RATIO", help="PUE of the place to compare with: 1.2")
    parser.add_argument("--year", type=int, help="of the grid figures; default: the newest")
    parser.add_argument("--within", metavar="KM", help="no farther away than this: 1000km")
    parser.add_argument("--provider", default="", help="regions of one provider: aws, gcp, azure …")
    parser.add_argument(
        "--sort",
        choices=["distance", "emissions"],
        default="distance",
        help="what comes first; default: the nearest",
    )
    parser.add_argument(
        "--top", type=int, default=_TOP, metavar="N", help="how many; default: %(default)s"
    )
    parser.add_argument("--json", action="store_true", help="print all facts as JSON")


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    from carbonlabel.shifting import placetable  # noqa: PLC0415 - only this verb needs it

    found = _compared(options)
    facts = placetable.facts(found)
    giving.write(giving.as_json(facts) if options.json else placetable.table(found))
    return 0


def _compared(options: argparse.Namespace) -> Comparison:
    from carbonlabel.shifting.regions import compare  # noqa: PLC0415 - only this verb needs it

    if options.top < 1:
        raise UsageError("--top is at least 1")
    job = _job(options)
    near = options.near or (job.near if job else None)
    if near is None:
        raise UsageError("name the place to compare with: --near FR, or --from carbon.json")
    here, year = _here(options, job)
    return compare(
        here,
        near,
        energy_kwh=_energy_kwh(options, job),
        year=year,
        within_km=_kilometres(options.within),
        provider=_provider(options.provider),
        order=options.sort,
        top=options.top,
    )


def _job(options: argparse.Namespace) -> Job | None:
    if options.disclosure is None:
        return None
    from carbonlabel.commands import taking  # noqa: PLC0415 - few calls name a file
    from carbonlabel.shifting.sites import job  # noqa: PLC0415 - as above

    return job(taking.disclosure(options), options.disclosure.rpartition("/")[2])


def _here(options: argparse.Namespace, job: Job | None) -> tuple[Site, int]:
    """The place to compare with, and the year of the figures."""
    from carbonlabel.factors import grid  # noqa: PLC0415 - only this verb needs it
    from carbonlabel.shifting.sites import named, with_pue  # noqa: PLC0415 - as above

    stated = job.site if job and options.near is None and options.year is None else None
    told = options.year or (job.site.year if job else None)
    year = told or grid.newest_year()
    here = stated or named(options.near or (job.near if job else "") or "", year)
    return (with_pue(here, options.pue) if options.pue else here), year


def _energy_kwh(options: argparse.Namespace, job: Job | None) -> float:
    """IT energy in kWh; one where nobody says how much."""
    if options.energy is None:
        return job.energy_kwh if job else 1.0
    from carbonlabel.parsing.quantities import quantity  # noqa: PLC0415 - few calls state it

    found = quantity(options.energy, "kWh", where="--energy").value
    if not found:
        raise MalformedInput("must be more than 0", where="--energy")
    return found


def _kilometres(text: str | None) -> float | None:
    if text is None:
        return None
    found = _KILOMETRES.fullmatch(text)
    if found is None:
        raise MalformedInput(
            f"{text[:40]!r} is no distance", where="--within", hint="write it like 1000km"
        )
    return float(found["number"])


def _provider(name: str) -> str:
    if not name:
        return ""
    from carbonlabel.factors import places  # noqa: PLC0415 - few calls name one

    houses = {spot.provider: spot.provider for spot in places.list_regions() if spot.provider}
    if places.provider_of(name) in houses:
        return name
    raise MissingFactor(
        f"no region of a provider {name[:40]!r} is known",
        where="--provider",
        hint=f"one of {', '.join(sorted(houses))}",
    )
