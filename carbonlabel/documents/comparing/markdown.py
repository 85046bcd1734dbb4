"""I write a comparison as Markdown: tables and lists that every reader, ear and search can use."""

from __future__ import annotations

import re
from typing import Final

from carbonlabel.documents.comparing.anatomy import Sheaf
from carbonlabel.documents.templates import filled

_GAPS: Final = re.compile("\n{3,}")
_GAP: Final = "\n\n"


def document(sheaf: Sheaf) -> bytes:
    """The comparison as UTF-8."""
    text = filled("compare.md.j2", sheaf=sheaf)
    return f"{_GAPS.sub(_GAP, text).strip()}\n".encode()
