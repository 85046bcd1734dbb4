"""I am a finding that somebody answers for."""

from datetime import date

from carbonlabel.model.estimate import Model


class Waiver(Model):
    """Who lets which finding stand, why, and until when; it shows in every document."""

    code: str
    """The rule."""
    place: str | None = None
    """JSON pointer of the place; absent for every place."""
    author: str
    """Who answers for it."""
    reason: str
    """Why it may stand."""
    expires: date
    """The last day on which it holds."""
