"""I read the boxes of texts and bars out of a drawing, for tests of what may touch what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

from carbonlabel.documents import typeface

SVG = "{http://www.w3.org/2000/svg}"
ASCENT, DESCENT = 0.73, 0.2
"""Of Inter, in em: capitals and digits reach so high, descenders so low."""


@dataclass(frozen=True)
class Box:
    """A rectangle in px, with its text if it is one."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""

    def meets(self, other: Box) -> bool:
        """Whether they share more than an edge."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > 0.1
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.1
        )


def texts(svg: str) -> list[Box]:
    """Every text of a drawing whose letters are live."""
    return [_text(each) for each in _parsed(svg).iter(SVG + "text") if (each.text or "").strip()]


def bars(svg: str) -> list[Box]:
    """Every filled rectangle that is thick enough to hide a letter."""
    found = (each for each in _parsed(svg).iter(SVG + "rect") if each.get("fill") != "none")
    boxes = [_rect(each) for each in found if "ring" not in each.get("class", "")]
    return [box for box in boxes if box.bottom - box.top >= 4 and box.right - box.left >= 4]


def rings(svg: str) -> list[Box]:
    """Every outline that may hold text: the box of a warning, not a swatch or a bar."""
    found = (each for each in _parsed(svg).iter(SVG + "rect") if each.get("class") == "ring")
    return [box for box in map(_rect, found) if box.bottom - box.top > 20]


def size(svg: str) -> tuple[float, float]:
    """Width and height in the units of the drawing."""
    _, _, width, height = map(float, _parsed(svg).attrib["viewBox"].split())
    return width, height


def faults(svg: str, margin: float = 2.0) -> list[str]:
    """Texts that meet a text or a bar, or that leave the frame."""
    words, (width, height) = texts(svg), size(svg)
    frame = (margin, margin, width - margin, height - margin)
    crossing = _crossing(words, rings(svg))
    return [*_outside(words, frame), *_touching(words), *_hidden(words, bars(svg)), *crossing]


def _outside(words: Sequence[Box], frame: tuple[float, float, float, float]) -> Iterator[str]:
    left, top, right, bottom = frame
    for box in words:
        if box.left < left or box.top < top or box.right > right or box.bottom > bottom:
            yield f"{box.text!r} leaves the frame"


def _touching(words: Sequence[Box]) -> Iterator[str]:
    for one, other in combinations(words, 2):
        if one.meets(other):
            yield f"{one.text!r} meets {other.text!r}"


def _hidden(words: Sequence[Box], thick: Sequence[Box]) -> Iterator[str]:
    for word in words:
        if any(word.meets(bar) for bar in thick):
            yield f"{word.text!r} meets a bar"


def _crossing(words: Sequence[Box], outlines: Sequence[Box]) -> Iterator[str]:
    for word in words:
        for ring in outlines:
            inside = ring.left + 4 <= word.left and word.right <= ring.right - 4
            if word.meets(ring) and not inside:
                yield f"{word.text!r} meets the box around it"


def _parsed(svg: str) -> ET.Element:
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    for pattern in list(root.iter(SVG + "defs")):
        pattern.clear()
    return root


def _text(element: ET.Element) -> Box:
    words, at = element.text or "", element.attrib
    points, weight = float(at["font-size"]), int(at["font-weight"])
    tabular = "tabular" in at.get("style", "")
    wide = typeface.width(words, points, weight, tabular=tabular)  # type: ignore[arg-type]
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}[at["text-anchor"]] * wide
    left, y = float(at["x"]) - before, float(at["y"])
    return Box(left, y - ASCENT * points, left + wide, y + DESCENT * points, words)


def _rect(element: ET.Element) -> Box:
    x, y, width, height = (float(element.attrib[name]) for name in ("x", "y", "width", "height"))
    return Box(x, y, x + width, y + height)
