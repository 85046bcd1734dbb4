"""I see to it that grid factors of the life cycle and of the stacks are not added up unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.provenance import Finding


def scopes(disclosure: Disclosure) -> Iterator[Finding]:
    """All grid factors of a total are of one scope, life-cycle or direct."""
    yield from mixed(disclosure.activities)


def mixed(activities: Sequence[Activity]) -> Iterator[Finding]:
    """One warning where the emissions of some activities are life-cycle ones and others direct."""
    counted = [each for each in activities if _counts(each)]
    found = {each.region.scope: each.region.zone for each in reversed(counted)}
    if len(found) > 1:
        yield Finding(
            code="scopes-mixed",
            severity="warning",
            place="/totals/electricity",
            message="The total adds up life-cycle emissions and direct ones, which leave out "
            "making fuel and plants: it is too low to compare with a life-cycle total.",
            found=", ".join(f"{zone} {scope}" for scope, zone in sorted(found.items())),
            suggestion="state a life-cycle intensity in region.yaml where the table has none",
        )


def _counts(activity: Activity) -> bool:
    return any(
        part.part != "manufacture" and isinstance(part.emissions, Estimate)
        for part in activity.parts
    )
