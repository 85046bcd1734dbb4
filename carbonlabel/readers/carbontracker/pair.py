"""I am the two logs of one Carbontracker run read as one, with the tracker's PUE settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from carbonlabel.model.evidence import PueState
from carbonlabel.readers.carbontracker.account import Account, Block, Component

# Constants of the released packages, for logs that lost their PUE line; 1.0 has none.
_PUES: Final = (
    ((2, 0, 0), 1.58),
    ((1, 1, 7), 1.55),
    ((1, 1, 5), 1.59),
    ((1, 1, 3), 1.67),
    ((1, 1, 0), 1.58),
)
_AVERAGING: Final = (2, 0, 0)


@dataclass(frozen=True, slots=True)
class Pair:
    """The standard log and the output log of one tracker object; one of them may be missing."""

    standard: Account | None
    """Holds versions, epochs, watts."""
    output: Account | None
    """Holds the results."""

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The logs that there are, the standard log first."""
        return tuple(told for told in (self.standard, self.output) if told)

    @property
    def primary(self) -> Account:
        """The standard log, or the output log that is alone."""
        return self.accounts[0]

    @property
    def release(self) -> tuple[int, int, int] | None:
        """The version of the tracker as numbers."""
        return self.primary.release

    @property
    def pue_ratio(self) -> float | None:
        """What every printed kWh was multiplied by; 1 where nothing was, None where unknown.

        The line of the log, else the constant of the version.
        """
        return self.primary.pue_ratio or _constant(self.release)

    @property
    def pue_in_energy(self) -> PueState:
        """Whether the energy that is used holds cooling and overhead."""
        if self.pue_ratio is None:
            # The watts of the epochs hold none, whatever the printed result holds.
            return "no" if self.rebuilt_kwh > 0 else "unknown"
        return "no" if self.primary.pue_ratio is None and self.pue_ratio == 1 else "yes"

    @property
    def actual(self) -> Block | None:
        """What was measured."""
        return next((told.actual for told in self.accounts if told.actual), None)

    @property
    def predicted(self) -> Block | None:
        """What was forecast."""
        return next((told.predicted for told in self.accounts if told.predicted), None)

    @property
    def components(self) -> dict[str, Component]:
        """The components by lower-case name, as the first log that lists any has them."""
        return next((told.components for told in self.accounts if told.components), {})

    @property
    def is_inventoried(self) -> bool:
        """Whether a log lists the components that were found."""
        return any(told.is_inventoried for told in self.accounts)

    @property
    def rebuilt_kwh(self) -> float:
        """Σ watts × seconds of the epochs: IT energy, as the tracker counted the devices."""
        return sum(component.energy_kwh for component in self.components.values())

    @property
    def planned_count(self) -> int | None:
        """Epochs that the training was to have."""
        predicted_count = self.predicted.epochs_count if self.predicted else None
        return predicted_count or self.primary.planned_count

    @property
    def measured_count(self) -> int | None:
        """Finished epochs behind the energy: blocks count, since `stop()` prints one too few."""
        printed_count = (self.actual and self.actual.epochs_count) or 0
        return max(self.primary.epochs_count, printed_count) or None

    @property
    def is_complete(self) -> bool:
        """Whether a result was printed that covers every planned epoch."""
        planned_count, measured_count = self.planned_count, self.measured_count
        if planned_count is None or measured_count is None:
            return self.actual is not None
        return self.actual is not None and measured_count >= planned_count

    @property
    def intensity_gco2e_per_kwh(self) -> float | None:
        """Average intensity during training, as the first log that states it."""
        stated = (told.intensity_gco2e_per_kwh for told in self.accounts)
        return next((value for value in stated if value is not None), None)

    @property
    def actual_key(self) -> str:
        """The key in `inputs` of the log that holds the result: `log` or `log-2`."""
        return "log" if self.primary.actual or self.actual is None else "log-2"

    @property
    def intensity_key(self) -> str:
        """The key in `inputs` of the log that states the intensity."""
        return "log-2" if self.primary.intensity_gco2e_per_kwh is None else "log"

    def averages(self, component: Component) -> bool:
        """Whether several devices were pooled into one mean, as Carbontracker does from 2.0 on."""
        is_pooling = self.release is None or self.release >= _AVERAGING
        several = len(component.devices) > 1 and component.figures_count <= 1
        return is_pooling and several and not component.is_apple


def _constant(release: tuple[int, int, int] | None) -> float | None:
    if release is None:
        return None
    return next((ratio for since, ratio in _PUES if release >= since), 1.0)
