"""I recognise the state and the results that a Hugging Face Trainer leaves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_STATE: Final = re.compile(rb'"(?:global_step|log_history)"\s*:')
_OWN: Final = re.compile(rb'"(?:is_(?:world|local)_process_zero|best_model_checkpoint)"\s*:')
_RESULTS: Final = re.compile(rb'"train_runtime"\s*:')
_RATE: Final = re.compile(rb'"train_(?:samples|steps)_per_second"\s*:')


@dataclass(frozen=True, slots=True)
class TrainerStateReader:
    """Reads `trainer_state.json`, `train_results.json` and `all_results.json`."""

    format: str = "trainer-state"
    about: str = "Hugging Face Trainer 4 and 5: trainer_state.json, train_results.json"
    measures: str = "nothing: run time and floating-point operations only"
    proven: Literal["real output", "documented format"] = "real output"
    record: str = "one training; run time of its last launch"
    pue: str = "no energy inside"
    zone: str = "no time stamps"

    def recognises(self, log: Log) -> bool:
        """Whether the first 4 KiB hold the keys that the Trainer alone writes together."""
        head = log.head
        if not head.lstrip().startswith(b"{"):
            return False
        is_state = len(_STATE.findall(head)) > 1 and _OWN.search(head) is not None
        return is_state or (_RESULTS.search(head) is not None and _RATE.search(head) is not None)

    def read(self, log: Log) -> Sequence[Evidence]:
        """One piece of evidence without energy: the duration, and what else the file tells.

        Raises:
            MalformedInput: it is no JSON object, or a figure in it is wrong.
        """
        from carbonlabel.readers.trainer_state.state import (  # noqa: PLC0415 - recognition is quick
            evidence,
        )

        return (evidence(log),)


reader: Final = TrainerStateReader()
