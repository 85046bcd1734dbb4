"""I sort runs into stages: the final one, and what led to it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, cast, get_args

from carbonlabel.errors import InputError
from carbonlabel.model.evidence import Stage

if TYPE_CHECKING:
    from carbonlabel.collection.sightings import Sighting

STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
FIELDS: Final = ("name", "path", "tracker", "state")
_RULE: Final = re.compile(
    r"\s*(?P<field>[A-Za-z]+)\s*~\s*(?P<pattern>.*\S)\s*=\s*(?P<stage>[A-Za-z]+)\s*"
)
_LONGEST: Final = 200
_FAILED: Final = "job-failed"
"""The finding of a scheduler's log that a job did not complete."""
_SIGNS: Final[Mapping[str, str]] = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_SIGN: Final = re.compile(r"\*\*/|\*\*|\*|\?")


@dataclass(frozen=True)
class StageRule:
    """Runs whose fields look like some patterns are of a stage."""

    patterns: tuple[tuple[str, str], ...]
    """Field and pattern; all have to fit."""
    stage: Stage

    def __str__(self) -> str:
        """As it is typed."""
        terms = " and ".join(f"{name} ~ {pattern}" for name, pattern in self.patterns)
        return f"{terms} = {self.stage}"

    def fits(self, sighting: Sighting) -> bool:
        """Whether a run is meant; one without a name has no name that could fit."""
        return all(
            pattern.fullmatch(_text(sighting, name)) is not None for name, pattern in self._compiled
        )

    @cached_property
    def _compiled(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((name, _compiled(pattern)) for name, pattern in self.patterns)


def stage_rule(text: str) -> StageRule:
    """The rule that `name ~ sweep-* = sweep` says.

    Raises:
        InputError: it is no rule, or names a field or a stage that is none.

    >>> str(stage_rule("name~sweep-*=sweep"))
    'name ~ sweep-* = sweep'
    """
    match = _RULE.fullmatch(text[:_LONGEST])
    if match is None:
        raise InputError(f"{text[:60]!r} is no rule", hint="write it like 'name ~ sweep-* = sweep'")
    name = _known(match["field"], FIELDS, "field")
    return StageRule(((name, match["pattern"]),), stage_named(match["stage"]))


def stage_named(text: str) -> Stage:
    """The stage of this name.

    Raises:
        InputError: there is none.
    """
    return cast("Stage", _known(text, STAGES, "stage"))


def stage_of(sighting: Sighting, rules: Sequence[StageRule]) -> Stage:
    """What a run was for: by the first rule that fits, else by its log, else it is final."""
    has_failed = any(each.code == _FAILED for each in sighting.run.findings)
    otherwise: Stage = "failed" if has_failed else "final"
    ruled = (rule.stage for rule in rules if rule.fits(sighting))
    return next(ruled, sighting.run.stage or otherwise)


def _text(sighting: Sighting, name: str) -> str:
    match name:
        case "name":
            return sighting.run.name or ""
        case "path":
            return sighting.inputs[0]
        case "tracker":
            return sighting.run.tracker
        case _:
            return "complete" if sighting.run.complete else "incomplete"


def _compiled(pattern: str) -> re.Pattern[str]:
    # `*` stays inside a folder, `**` goes below it, as in .gitignore.
    parts = re.split(f"({_SIGN.pattern})", pattern)
    return re.compile("".join(_SIGNS.get(part, re.escape(part)) for part in parts), re.DOTALL)


def _known(text: str, names: Sequence[str], what: str) -> str:
    if text.lower() in names:
        return text.lower()
    near = difflib.get_close_matches(text.lower(), names, n=1)
    meant = f"did you mean {near[0]}? " if near else ""
    raise InputError(f"there is no {what} {text[:40]!r}", hint=f"{meant}one of {', '.join(names)}")
