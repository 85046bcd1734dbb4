"""What a benchmark used for each unit of its work."""

from __future__ import annotations

import pytest

from carbonlabel.parsing.workload import energy_text, per_unit


@pytest.mark.parametrize(
    ("energy_kwh", "text"),
    [(1.5, "1.5 kWh"), (0.0023, "2.3 Wh"), (2e-6, "2 mWh"), (2e-8, "0.02 mWh"), (-0.002, "-2 Wh")],
)
def test_an_energy_is_said_in_a_unit_that_fits(energy_kwh: float, text: str) -> None:
    assert energy_text(energy_kwh) == text


def test_the_figure_is_kept_as_it_was_said() -> None:
    found = per_unit("2.3 Wh per 1 000 queries", "accelerators", "Of the GPUs.")

    assert (found.code, found.severity, found.place) == (
        "inference-per-unit",
        "note",
        "accelerators",
    )
    assert found.found == "2.3 Wh per 1 000 queries"
