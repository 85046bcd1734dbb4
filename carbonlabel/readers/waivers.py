"""I read waivers.yaml: which findings may stand, who answers for them, and until when."""

from __future__ import annotations

from datetime import date
from typing import Final

from carbonlabel.intake import Log
from carbonlabel.model.waiver import Waiver
from carbonlabel.parsing import yamlfile
from carbonlabel.parsing.fields import Field, Many, Moment, Record, Schema, Words, published
from carbonlabel.parsing.yamlfile import Entry

_CODE = Field(
    "code",
    Words(r"^\s*[a-z0-9]+(?:-[a-z0-9]+)*\s*$", "as carbonlabel check prints it: pue-not-stated"),
    "The rule, as `carbonlabel check` prints it.",
    is_required=True,
)
_PLACE = Field(
    "place",
    Words(r"^\s*/", "a JSON pointer such as /totals/emissions"),
    "JSON pointer of the place, as the check prints it; every place where it is not said.",
)
_AUTHOR = Field("author", Words(), "Who answers for it, by name.", is_required=True)
_REASON = Field("reason", Words(), "Why it may stand, in a sentence.", is_required=True)
_EXPIRES = Field(
    "expires", Moment(), "The last day on which it holds: 2027-06-30.", is_required=True
)
WAIVER: Final = Record((_CODE, _PLACE, _AUTHOR, _REASON, _EXPIRES))
_WAIVERS = Field("waivers", Many(WAIVER), "The waivers.", is_required=True)
FILE: Final = Record((_WAIVERS,))


def schema() -> Schema:
    """The JSON Schema of waivers.yaml."""
    return published(FILE, "waivers", "Waived findings")


def load_waivers(log: Log) -> tuple[Waiver, ...]:
    """What waivers.yaml lists, in its order.

    Raises:
        InputError: the file is not what it should be.
    """
    return tuple(_waiver(entry) for entry in _WAIVERS.need(FILE.read(yamlfile.load(log))))


def _waiver(entry: Entry) -> Waiver:
    return Waiver(
        code=_CODE.need(entry),
        place=_PLACE.of(entry),
        author=_AUTHOR.need(entry),
        reason=_REASON.need(entry),
        expires=_day(entry),
    )


def _day(entry: Entry) -> date:
    return _EXPIRES.need(entry).moment.date()
