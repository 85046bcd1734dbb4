"""I finish the rows and words of a label: the only place that rounds."""

from __future__ import annotations

from carbonlabel.documents.anatomy import Axis, Context, Face, Method, Quality, Row
from carbonlabel.model.disclosure import Disclosure

__all__ = ["Axis", "Context", "Face", "Method", "Quality", "Row", "face"]


def face(disclosure: Disclosure) -> Face:
    """The finished label of a disclosure."""
    raise NotImplementedError
