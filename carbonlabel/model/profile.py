"""I am what runs used over time, and how clean the grid was then."""

from datetime import MAXYEAR, datetime
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from carbonlabel.model.estimate import Model

MOST_POINTS: Final = 744
"""The hours of a month of 31 days: a longer profile is told by day."""
Step = Literal["hour", "day"]
Moment = tuple[datetime, Annotated[float, Field(ge=0)]]
"""The begin of an hour or day, and the figure that holds for it."""


class Profile(Model):
    """IT energy and grid intensity of one activity over time, as far as its logs are series."""

    step: Step
    """Whether a figure is of an hour or of a day."""
    energy: Annotated[tuple[Moment, ...], Field(min_length=2, max_length=MOST_POINTS)]
    """IT energy of accelerators and host in kWh, by the begin of each hour or day; in the order
    of time, and without those in which nothing ran."""
    intensity: Annotated[tuple[Moment, ...], Field(min_length=1, max_length=MOST_POINTS)] | None = (
        None
    )
    """Grid intensity in gCO2e/kWh by the same begins; absent where it is one figure for all."""

    @model_validator(mode="after")
    def _on_one_clock(self) -> Self:
        moments = [begin for begin, _ in (*self.energy, *(self.intensity or ()))]
        if len({begin.tzinfo is None for begin in moments}) > 1:
            raise ValueError("the times of a profile all tell their zone, or none does")
        if any(begin.year == MAXYEAR for begin in moments):
            raise ValueError(f"a profile ends before the year {MAXYEAR}")
        return self
