"""I quote a text so that every YAML reader and every JSON reader reads the same."""

from __future__ import annotations

import json
import re

_TO_ESCAPE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def quoted(text: str) -> str:
    """Return text as a double-quoted scalar on one line, the same to JSON and to every YAML."""
    plain = json.dumps(_LONE_SURROGATE.sub("\ufffd", text), ensure_ascii=False)
    return _TO_ESCAPE.sub(lambda found: f"\\u{ord(found.group()):04x}", plain)
