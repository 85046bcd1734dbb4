"""I am the PUE that sizes cooling where it is not counted: the site's own, else a survey's."""

from __future__ import annotations

from typing import NamedTuple

from carbonlabel.assessment.citations import Citations
from carbonlabel.factors import assumed, efficiency
from carbonlabel.method.propagate import Term
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.region import Place


class Supposed(NamedTuple):
    """A PUE that is in no total."""

    ratio: Estimate
    """With its interval."""
    words: str
    """What it is, for a sentence that says what it would add."""
    is_shipped: bool
    """Whether it is of a shipped table, and not of the user's own file."""

    def cite(self, citations: Citations) -> None:
        """List the shipped work behind it; the user's own stands there already."""
        if self.is_shipped and self.ratio.source is not None:
            citations.cite(self.ratio.source)


class IfCooled(NamedTuple):
    """What the supposed PUE would add, as terms in gCO2e."""

    terms: tuple[Term, ...]
    supposed: Supposed


def supposed(place: Place) -> Supposed:
    """The PUE that the user knows and does not count, else the mean of a survey."""
    own = place.uncounted_pue
    if own is None:
        return survey()
    return Supposed(own, f"that PUE, {own.value:g},", is_shipped=False)


def survey() -> Supposed:
    """The mean of the survey of data centres."""
    found = efficiency.survey()
    ends = f"{found.low_ratio:.2f} to {found.high_ratio:.2f}"
    words = f"the survey mean, {found.ratio:g} ({ends}),"
    return Supposed(assumed.pue(found), words, is_shipped=True)
