"""I hold a run to the budget and the baseline that `check` was given."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from carbonlabel.commands import taking
from carbonlabel.commands.asking import UsageError

if TYPE_CHECKING:
    from carbonlabel.budgets import Change
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.model.provenance import Finding


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of a gate in CI."""
    gate = parser.add_argument_group("budget and baseline, for CI")
    gate.add_argument("--budget", metavar="AMOUNT", help="the most it may be: 18kWh, 1.5kgCO2e")
    gate.add_argument(
        "--upper", action="store_true", help="hold the high end of the range to the budget"
    )
    gate.add_argument(
        "--baseline",
        metavar="FILE",
        action="append",
        default=[],
        help="disclosure of an earlier run; three or more show how runs scatter (repeatable)",
    )
    gate.add_argument(
        "--fail-on",
        metavar="RATIO",
        help="how much more than the baseline is too much; default: 0%%",
    )
    gate.add_argument("--noise", metavar="RATIO", help="how far two equal runs lie apart: 5%%")
    gate.add_argument(
        "--carbon",
        action="store_true",
        help="compare emissions, at the grid factor of the baseline; default: energy",
    )


def findings(disclosure: Disclosure, options: argparse.Namespace) -> Iterator[Finding]:
    """What the budget and the baseline say of a disclosure."""
    _refuse_idle_flags(options)
    if not options.budget and not options.baseline:
        return
    from carbonlabel import budgets  # noqa: PLC0415 - only these flags need it

    if options.budget:
        most = budgets.limit(options.budget, where="--budget")
        yield from budgets.held(disclosure, most, upper=options.upper)
    if options.baseline:
        earlier = [taking.kept(name) for name in options.baseline]
        yield from budgets.changes(disclosure, earlier, _how(options))


def _refuse_idle_flags(options: argparse.Namespace) -> None:
    """A gate that nothing is held to is always open: nobody shall take it for one."""
    needs = {"baseline": ("fail_on", "noise", "carbon"), "budget": ("upper",)}
    for what, flags in needs.items():
        idle = [flag for flag in flags if getattr(options, flag)]
        if idle and not getattr(options, what):
            raise UsageError(f"--{idle[0].replace('_', '-')} does nothing without --{what}")


def _how(options: argparse.Namespace) -> Change:
    from carbonlabel.budgets import Change  # noqa: PLC0415 - only these flags need it
    from carbonlabel.errors import MalformedInput  # noqa: PLC0415 - as above
    from carbonlabel.parsing.quantities import quantity  # noqa: PLC0415 - as above

    def ratio(text: str, where: str) -> float:
        told = text.removeprefix("+").strip()
        found = quantity(told, "ratio", where=where).value
        if found >= 1 and not told.endswith("%"):
            # "15" is meant as 15 %; as 1 500 % the gate would never close.
            hint = f"write {told}%, or a ratio below 1 such as 0.15"
            raise MalformedInput(f"{told[:40]!r} is {found:.0%}", where=where, hint=hint)
        return found

    return Change(
        unit="gCO2e" if options.carbon else "kWh",
        allowed_ratio=ratio(options.fail_on or "0%", "--fail-on"),
        noise_ratio=ratio(options.noise, "--noise") if options.noise else None,
    )
