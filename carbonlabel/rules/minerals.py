"""I work the minerals in the machines out again, and their sum."""

from __future__ import annotations

from collections.abc import Iterator

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.comparison import Comparison, shown
from carbonlabel.rules.devices import paid
from carbonlabel.rules.rows import Row, known, rows
from carbonlabel.rules.sums import Sum, held


def minerals(disclosure: Disclosure) -> Iterator[Finding]:
    """Minerals are shared out as making the hardware is, and their total is the sum."""
    for row in rows(disclosure):
        if isinstance(row.part.minerals, Estimate):
            yield from _shared(row, row.part.minerals)
    if disclosure.totals.minerals is not None:
        terms = known(row.part.minerals for row in rows(disclosure))
        yield from held(Sum("minerals", disclosure.totals.minerals, terms))


def _shared(row: Row, used_up: Estimate) -> Iterator[Finding]:
    duration, machines = row.activity.duration, tuple(paid(row.activity, "minerals"))
    if isinstance(duration, Missing) or not machines:
        yield Finding(
            code="minerals-without-origin",
            severity="error",
            place=f"{row.place}/minerals",
            message="Minerals are declared, but those of the machines, their lifetime or the "
            "duration of the runs are not.",
            found=shown(used_up.value, used_up.unit),
            suggestion="name the machines in a hardware.yaml and assess again",
        )
        return
    yield from Comparison(
        code="minerals-mismatch",
        place=f"{row.place}/minerals",
        claim="Minerals are not minerals × count × share × duration ÷ lifetime",
        found=used_up.value,
        expected=sum(each.part(duration.value) for each in machines),
        unit=used_up.unit,
        working=" + ".join(each.working(duration.value) for each in machines),
    ).findings(row.activity)
