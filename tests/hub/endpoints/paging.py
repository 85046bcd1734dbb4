"""I cut a listing into pages and link each to the next."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from tests.hub.answers import Answer, reply
from tests.hub.calls import Call
from tests.hub.shelf import Shelf


def page(shelf: Shelf, call: Call, rows: Sequence[object]) -> Answer:
    """One page of the rows; where more follow, a `Link` header leads to them."""
    start = int(call.asked("cursor", "0"))
    limit = call.asked("limit")
    count = min(int(limit), shelf.page_count) if limit else shelf.page_count
    shown = rows[start : start + count]
    if start + count >= len(rows):
        return reply(shown)
    query = urlencode({**call.query, "cursor": [str(start + count)]}, doseq=True)
    return reply(shown, Link=f'<{shelf.endpoint}{call.path}?{query}>; rel="next"')
