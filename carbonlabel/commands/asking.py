"""I declare the arguments that several commands share."""

from __future__ import annotations

import argparse
from typing import Final

_DEFAULT: Final = "default: %(default)s"


class UsageError(Exception):
    """The command line asks for something that cannot be."""


def add_evidence(
    parser: argparse.ArgumentParser,
    *,
    metavar: str = "LOG",
    about: str = "a tracker's log; - for stdin",
) -> argparse.Action:
    """The logs of an assessment, and what only a person knows of them; returns the logs."""
    logs = parser.add_argument("logs", metavar=metavar, nargs="+", help=about)
    parser.add_argument("--from", dest="format", metavar="FORMAT", help="do not guess the format")
    parser.add_argument("--hardware", metavar="FILE", help="the machines, hardware.yaml")
    parser.add_argument(
        "--region", metavar="CODE|FILE", help="FR, US-CA, gcp/europe-west1, or region.yaml"
    )
    parser.add_argument(
        "--grid", metavar="FILE", help="hourly intensities, instead of the annual average"
    )
    parser.add_argument("--zone", help="of a log with local times: Europe/Paris, +01:00 or UTC-5")
    parser.add_argument("--pue", metavar="RATIO", help="PUE of the site, such as 1.2")
    parser.add_argument("--model", metavar="ORG/NAME", help="the model that was made")
    parser.add_argument("--parameters", metavar="N", help="its size, such as 67M")
    parser.add_argument("--phase", metavar="PHASE", help="pre-training, fine-tuning, evaluation …")
    parser.add_argument(
        "--waivers", metavar="FILE", help="findings that somebody answers for, waivers.yaml"
    )
    _add_work(parser)
    _add_lineage(parser)
    _add_verified(parser)
    return logs


def _add_work(parser: argparse.ArgumentParser) -> None:
    work = parser.add_argument_group("what the runs did, all together")
    work.add_argument("--tokens", metavar="N", help="tokens trained on, such as 4T")
    work.add_argument(
        "--active-parameters", metavar="N", help="those that work on one token, if not all"
    )
    work.add_argument("--flop", metavar="N", help="operations of the training, such as 3.8e25")
    work.add_argument("--mfu", metavar="RATIO", help="model FLOP utilisation, such as 40%%")
    work.add_argument(
        "--served", metavar="'N UNIT'", help="of a model in use: '230768 requests', '4M tokens'"
    )


def _add_lineage(parser: argparse.ArgumentParser) -> None:
    lineage = parser.add_argument_group("what the model was made from")
    lineage.add_argument(
        "--base-model",
        metavar="ORG/NAME|hf:ORG/NAME|FILE",
        action="append",
        default=[],
        help="what it was made from (repeatable): a name, its card on the Hub, or its carbon.json",
    )
    lineage.add_argument(
        "--relation", metavar="HOW", help="finetune, adapter, merge, quantized or distilled"
    )


def _add_verified(parser: argparse.ArgumentParser) -> None:
    verified = parser.add_argument_group("who verified it: told on the label, not checked")
    verified.add_argument("--verified-by", metavar="NAME", help="a person or body, none of yours")
    verified.add_argument(
        "--verified-on", metavar="DATE", help="day of their statement, 2026-05-02"
    )
    verified.add_argument("--statement", metavar="FILE", help="the statement, for its digest")


def add_disclosure(parser: argparse.ArgumentParser) -> None:
    """The disclosure that a command is about."""
    parser.add_argument(
        "disclosure", metavar="DISCLOSURE", nargs="?", default="-", help="carbon.json; - for stdin"
    )


def add_findings(parser: argparse.ArgumentParser) -> None:
    """Which findings fail, and how and where to they are written."""
    parser.add_argument("--strict", action="store_true", help="warnings fail as errors do")
    parser.add_argument(
        "--format",
        choices=["human", "json", "sarif", "github"],
        default="human",
        help="how findings are written; default: %(default)s",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="file to write; default: stdout")


def add_documents(parser: argparse.ArgumentParser) -> None:
    """What to draw, and where to."""
    parser.add_argument("-o", "--output", metavar="DIR", help="write every document into DIR")
    parser.add_argument(
        "-t",
        "--to",
        metavar="FORMAT[=FILE]",
        action="append",
        default=[],
        help="draw one document (repeatable); see: carbonlabel list documents",
    )
    looks = parser.add_argument_group("how documents look")
    looks.add_argument("--language", choices=["en", "fr", "de", "es"], default="en", help=_DEFAULT)
    looks.add_argument(
        "--profile",
        choices=["lab", "public", "regulator"],
        default="lab",
        help="whom a report is for; default: %(default)s",
    )
    looks.add_argument(
        "--recipient",
        choices=["aio", "nca", "downstream"],
        help="of a regulator's annex: AI Office, national authority, downstream provider",
    )
    looks.add_argument(
        "--venue",
        choices=["plain", "neurips", "acl"],
        default="plain",
        help="whom a sentence is for; default: %(default)s",
    )
    looks.add_argument(
        "--scope",
        choices=["electricity", "total"],
        default="electricity",
        help="what a badge says; default: %(default)s",
    )
    looks.add_argument("--theme", choices=["light", "dark"], default="light", help=_DEFAULT)
    looks.add_argument(
        "--scale",
        type=int,
        choices=[1, 2, 3],
        default=2,
        help="pixels of a PNG for each unit; default: %(default)s",
    )
    looks.add_argument(
        "--fonts",
        choices=["ours", "machine"],
        default="ours",
        help="of a PNG, for Chinese, Arabic …: codes in boxes, or the fonts that are installed",
    )
    looks.add_argument("--template", metavar="DIR", help="templates that are taken before ours")
