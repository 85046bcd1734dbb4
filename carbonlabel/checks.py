"""I check a disclosure against its own arithmetic and against what is possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from carbonlabel import kinds
from carbonlabel.errors import InvalidDocument
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Finding, Severity
from carbonlabel.rules import (
    age,
    allocation,
    bands,
    citations,
    completeness,
    compute,
    coverage,
    crosscheck,
    dates,
    facility,
    grids,
    honesty,
    hours,
    lineage,
    market,
    minerals,
    phases,
    power,
    presence,
    products,
    profile,
    profiles,
    proportions,
    reported,
    sci,
    scopes,
    sites,
    sums,
    use,
    waiving,
    water,
)

if TYPE_CHECKING:
    from carbonlabel.reporting import RuleNote

Rule = Callable[[Disclosure], Iterator[Finding]]
DatedRule = Callable[[Disclosure, date], Iterator[Finding]]

RULES: Final[tuple[Rule, ...]] = (
    sums.sums,
    sums.shares,
    sums.doubt,
    profile.profiles,
    products.emissions,
    products.cooling,
    products.manufacture,
    allocation.lifetimes,
    allocation.shares,
    minerals.minerals,
    water.water,
    market.method_separation,
    market.arithmetic,
    bands.bands,
    power.idle_machines,
    power.rated_power,
    proportions.hosts,
    proportions.facilities,
    hours.device_hours,
    compute.operations,
    compute.utilisation,
    use.rates,
    use.break_even,
    lineage.double_counts,
    lineage.circles,
    sci.scores,
    dates.periods,
    dates.years,
    grids.fallback,
    grids.dated,
    grids.zones,
    grids.stated,
    scopes.scopes,
    sites.countries,
    sites.machines,
    completeness.headline,
    completeness.parts,
    completeness.outside,
    facility.stated,
    facility.likely,
    facility.once,
    phases.split,
    phases.named,
    coverage.complete,
    coverage.noticed,
    honesty.metered,
    honesty.ranged,
    honesty.done,
    presence.model,
    presence.machines,
    presence.times,
    completeness.placeholders,
    citations.sources,
    citations.places,
    reported.emissions,
    reported.energy,
    reported.water,
    crosscheck.tracker,
    crosscheck.stored,
)
"""Every rule; the first sentence of its docstring is what it demands."""
DATED: Final[tuple[DatedRule, ...]] = (age.future, age.stale)
"""The rules that need to know on which day the disclosure is looked at."""
_BY_FORCE: Final = "correct the input; or with --force the label says what is wrong"
_ORDER: Final[tuple[Severity, ...]] = ("error", "warning", "note")


def check(
    disclosure: Disclosure, *, profile: str = profiles.PUBLISH, on: date | None = None
) -> tuple[Finding, ...]:
    """What breaks a rule, errors first; the disclosure is recomputed and stays as it is.

    `profile` is `draft`, `publish` or `regulator`; with a day in `on`, what is too old on it is
    found too. What a waiver of the disclosure covers is left out, unless it has expired by then.

    Raises:
        InputError: no profile is called so.
    """
    waivers = kinds.disclosure(disclosure).waivers or ()
    found = findings(disclosure, on)
    kept = (each for each in found if waiving.waiver_of(each, waivers, on) is None)
    return ranked(profiles.weighed(kept, profile))


def findings(disclosure: Disclosure, on: date | None = None) -> tuple[Finding, ...]:
    """What breaks a rule, each with its own severity, waived or not."""
    found = [each for rule in RULES for each in rule(disclosure)]
    if on is not None:
        found += [each for rule in DATED for each in rule(disclosure, on)]
    return tuple(dict.fromkeys(found))


def sound(
    disclosure: Disclosure, *, undone: str, hint: str = _BY_FORCE, force: bool = False
) -> Disclosure:
    """The disclosure, unless an error was found in it that nobody answers for.

    With `force` it carries what is wrong, and the label says it. `undone` says what was not done,
    `hint` what to do.

    Raises:
        InvalidDocument: a figure in it cannot be; `problems` names each.
    """
    told = {(each.code, each.place) for each in disclosure.findings}
    new = [each for each in findings(disclosure) if (each.code, each.place) not in told]
    wrong = tuple(each for each in new if each.severity == "error")
    waivers = disclosure.waivers or ()
    errors = [
        each
        for each in (*wrong, *disclosure.findings)
        if each.severity == "error" and waiving.waiver_of(each, waivers) is None
    ]
    if errors and not force:
        raise InvalidDocument(
            f"the figures cannot be trusted, so {undone}",
            hint=hint,
            problems=tuple(map(_in_a_line, errors)),
        )
    return disclosure.model_copy(update={"findings": (*wrong, *disclosure.findings)})


def _in_a_line(finding: Finding) -> str:
    found = f" Found {finding.found}, expected {finding.expected}." if finding.found else ""
    return f"{finding.code} {finding.place}: {finding.message}{found}"


def ranked(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then warnings, then notes, else in the order they came."""
    return tuple(sorted(found, key=lambda each: _ORDER.index(each.severity)))


def notes(profile: str) -> tuple[RuleNote, ...]:
    """What a report says of the rules themselves, as a profile weighs them.

    Raises:
        InputError: no profile is called so.
    """
    from carbonlabel.reporting import RuleNote  # noqa: PLC0415 - only reports need it
    from carbonlabel.rules import register  # noqa: PLC0415 - as above

    told = profiles.weights(profile)
    rules = {
        code: (demand, own) for demand in register.DEMANDS for code, own in demand.codes.items()
    }
    weighed = ((code, demand, told.get(code, own)) for code, (demand, own) in rules.items())
    return tuple(
        RuleNote(code, severity, demand.asks)
        for code, demand, severity in weighed
        if severity is not None
    )
