"""I say which RAPL counters add up to the host, and word what is told of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from carbonlabel.model.estimate import Missing
from carbonlabel.model.provenance import Finding
from carbonlabel.parsing import series

_MOST_COUNT: Final = 8
NO_BOARDS: Final = Missing(missing="not-measured", reason="RAPL sees CPU packages and memory only")
NO_PACKAGE: Final = Missing(
    missing="not-measured", reason="the log has no counter of a CPU package"
)


def blind_spots(tracker: str, *, has_memory: bool) -> tuple[tuple[str, str], ...]:
    """What RAPL does not see; on many machines memory is among it."""
    if has_memory:
        return series.blind_spots(
            tracker, unseen="GPUs, storage and network", reads="CPU packages and memory"
        )
    return series.blind_spots(
        tracker, unseen="GPUs, memory, storage and network", reads="CPU packages"
    )


def left_out(names: Collection[str]) -> Iterator[Finding]:
    """A finding for counters that hold, or are held by, the packages, where there are any."""
    if names:
        yield Finding(
            code="domains-left-out",
            severity="note",
            place="host",
            message="Cores, graphics and platform are inside or around the packages: adding them "
            "would count the same energy twice.",
            found=", ".join(sorted(names)[:_MOST_COUNT]),
        )


def not_read(names: Collection[str]) -> Iterator[Finding]:
    """A finding for counters that were asked for and gave no figure, where there are any."""
    if names:
        yield Finding(
            code="component-not-read",
            severity="warning",
            place="host",
            message="A counter was asked for and gave no figure.",
            found=", ".join(sorted(names)[:_MOST_COUNT]),
            suggestion="measure the whole machine (-a) with the right to read its counters",
        )


def no_package() -> Iterator[Finding]:
    """A finding for a log without a package."""
    yield Finding(
        code="no-power-metric",
        severity="warning",
        place="host",
        message="The log has no counter of a CPU package: its energy is not known, not zero.",
        suggestion="measure power/energy-pkg/",
    )
