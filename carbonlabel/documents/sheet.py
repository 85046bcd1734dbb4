"""I am the sheet a drawing grows down: its measure, its rules, and a cursor that only descends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from carbonlabel.documents import breaking, typeface
from carbonlabel.documents.anatomy import RowBasis
from carbonlabel.documents.canvas import Canvas, Lettering

WIDTH: Final = 360.0
LEFT: Final = 14.0
RIGHT: Final = WIDTH - LEFT
MEASURE: Final = RIGHT - LEFT

_HAIRLINE: Final = 0.75
_MARK_INSET: Final = 9.0
_MARK_LIFT: Final = 4.3


def fitted(
    text: str, lettering: Lettering, size_min: float, measure: float
) -> tuple[str, Lettering]:
    """The words and the lettering that fit `measure`: smaller first, then shortened."""
    line, size = typeface.fit(text, lettering.size, size_min, lettering.weight, measure)
    return line, lettering._replace(size=size)


@dataclass(slots=True)
class Sheet:
    """A canvas with a cursor: `y` is the edge or the baseline where the next thing is drawn.

    What is drawn keeps between `left` and `right`, the margins of a label unless told otherwise.
    """

    canvas: Canvas
    outlined: bool = False
    """Whether parts are drawn as outlines alone: what they stand for has not happened yet."""
    y: float = 0.0
    left: float = LEFT
    right: float = RIGHT

    @property
    def measure(self) -> float:
        """The room from the left margin to the right."""
        return self.right - self.left

    def place(self, ratio: float) -> float:
        """Where a share of the measure ends, in px."""
        return self.left + self.measure * ratio

    def down(self, distance: float) -> None:
        """Move the cursor down by px."""
        self.y += distance

    def bar(self, thickness: float) -> None:
        """A rule in ink over the whole measure; the cursor ends at its foot."""
        self.canvas.rect(self.left, self.y, self.measure, thickness)
        self.down(thickness)

    def hairline(self, left: float | None = None) -> None:
        """A thin rule at the cursor, which stays."""
        start = self.left if left is None else left
        self.canvas.rect(start, self.y, self.right - start, _HAIRLINE, "hairline")

    def put(
        self,
        text: str,
        lettering: Lettering,
        left: float | None = None,
        right: float | None = None,
    ) -> float:
        """Write from `left`, shortened before `right`; the end of what was written, in px."""
        start, end = self._between(left, right)
        line = typeface.shorten(text, lettering.size, lettering.weight, end - start)
        return start + self.canvas.text(start, self.y, line, lettering)

    def put_back(
        self,
        text: str,
        lettering: Lettering,
        right: float | None = None,
        left: float | None = None,
    ) -> float:
        """Write up to `right`, shortened behind `left`; the beginning of what was written."""
        start, end = self._between(left, right)
        line = typeface.shorten(text, lettering.size, lettering.weight, end - start)
        return end - self.canvas.text(end, self.y, line, lettering, "end")

    def lines(
        self,
        text: str,
        lettering: Lettering,
        leading: float,
        left: float | None = None,
        right: float | None = None,
    ) -> None:
        """Write `text` in as many lines as it takes, each `leading` below the one before."""
        start, end = self._between(left, right)
        for line in breaking.lines(text, lettering, end - start):
            self.down(leading)
            self.put(line, lettering, start, end)

    def mark(self, basis: RowBasis) -> None:
        """The mark of a basis, at the right end of the line on the cursor."""
        shape = "none" if basis == "not reported" else basis
        self.canvas.mark(self.right - _MARK_INSET, self.y - _MARK_LIFT, shape)

    def part(self, x: float, y: float, width: float, height: float, fill: int) -> None:
        """A patch in the fill of part 1 to 7."""
        if self.outlined:
            self.canvas.box(x, y, width, height)
        else:
            self.canvas.part(x, y, width, height, part_number=fill)

    def track(self, height: float) -> None:
        """An empty bar at the cursor, over the whole measure."""
        self.canvas.rect(self.left, self.y, self.measure, height, "hairline")
        inside = height - 2 * _HAIRLINE
        across = self.measure - 2 * _HAIRLINE
        self.canvas.rect(self.left + _HAIRLINE, self.y + _HAIRLINE, across, inside, "ground")

    def _between(self, left: float | None, right: float | None) -> tuple[float, float]:
        return self.left if left is None else left, self.right if right is None else right
