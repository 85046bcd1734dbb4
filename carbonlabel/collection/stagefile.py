"""I read stages.yaml: which runs are final, and which led to them."""

from __future__ import annotations

from typing import Final, cast

from carbonlabel.collection.stages import FIELDS, STAGES, StageRule
from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.evidence import Stage
from carbonlabel.parsing import yamlfile
from carbonlabel.parsing.fields import Choice, Field, Many, Record, Words
from carbonlabel.parsing.yamlfile import Entry

_STAGE: Final = Field(
    "stage", Choice({stage: stage for stage in STAGES}), "What the runs were for.", is_required=True
)
_PATTERNS: Final = tuple(
    Field(name, Words(), f"A pattern for the {name} of a run.") for name in FIELDS
)
_RULE: Final = Record((*_PATTERNS, _STAGE))
_RULES: Final = Field(
    "stages", Many(_RULE), "Rules; the first that fits decides.", is_required=True
)
_FILE: Final = Record((_RULES,))


def load_stages(log: Log) -> tuple[StageRule, ...]:
    """The rules of a file, in their order.

    Raises:
        MalformedInput: it is no YAML or JSON, or has not these fields.
    """
    return tuple(map(_rule, _RULES.need(_FILE.read(yamlfile.load(log)))))


def _rule(entry: Entry) -> StageRule:
    stated = ((field.name, field.of(entry)) for field in _PATTERNS)
    patterns = tuple((name, pattern) for name, pattern in stated if pattern is not None)
    if not patterns:
        names = ", ".join(FIELDS)
        raise MalformedInput("the rule fits no run", where=entry.where, hint=f"add one of {names}")
    return StageRule(patterns, cast("Stage", _STAGE.need(entry)))
