"""What the tests of a comparison's documents share."""

from __future__ import annotations

from tests.comparison.conftest import logged, made

__all__ = ["logged", "made"]
