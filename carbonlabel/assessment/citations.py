"""I give every file that was read one key, and rewrite the readers' keys to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from carbonlabel.factors.sources import source as work
from carbonlabel.method.basis import sum_basis
from carbonlabel.method.digits import nine
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Input, Source


@dataclass(slots=True)
class Citations:
    """The `inputs` and `sources` of a disclosure while it is being made."""

    inputs: dict[str, Input] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    _keys: dict[Input, str] = field(default_factory=dict)

    def add_runs(self, evidence: Iterable[Evidence]) -> None:
        """Give the logs of all runs their keys: log, log-2, log-3 and so on."""
        runs = tuple(evidence)
        for file in dict.fromkeys(file for run in runs for file in run.inputs):
            key = f"log-{len(self._keys) + 1}" if self._keys else "log"
            self._keys[file] = key
            self.inputs[key] = file
        for run in runs:
            self.sources.update(run.sources)

    def key_of(self, run: Evidence, local: str = "log") -> str:
        """The key of one of a run's files, or of what it cites, as its reader names it."""
        if local in run.sources:
            return local
        _, _, number = local.partition("-")
        position = int(number) - 1 if number.isdigit() else 0
        return self._keys[run.inputs[position]]

    def cite(self, key: str, own: Mapping[str, Source] | None = None) -> str:
        """Cite a work of the user's `own`, else a shipped one; returns its key."""
        if own and key in own:
            self.sources[key] = own[key]
        elif key not in self.sources:
            cited = work(key)
            self.sources[key] = Source(
                title=cited.title, year=cited.year, url=cited.url, licence=cited.licence
            )
        return key

    def take(self, inputs: Mapping[str, Input], sources: Mapping[str, Source]) -> None:
        """Add what a file of the user's own brings along."""
        self.inputs.update(inputs)
        self.sources.update(sources)

    def total(
        self, quantities: Iterable[tuple[Evidence, Estimate | Missing]]
    ) -> Estimate | Missing:
        """The sum of one quantity over runs; missing as soon as one is.

        It cites the one file that all came from; over several files it is a sum.
        """
        found: list[Estimate] = []
        keys: set[str] = set()
        for run, quantity in quantities:
            if isinstance(quantity, Missing):
                return quantity
            found.append(quantity)
            keys.add(self.key_of(run, quantity.source or "log"))
        return _added(found, keys.pop() if len(keys) == 1 else None)


def _added(found: list[Estimate], key: str | None) -> Estimate:
    one = len(found) == 1
    return Estimate(
        value=found[0].value if one else nine(sum(each.value for each in found)),
        unit=found[0].unit,
        basis=sum_basis((each.basis, each.value) for each in found),
        source=key,
        formula=None if key else "sum",
    )
