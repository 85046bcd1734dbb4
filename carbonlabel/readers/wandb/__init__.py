"""I read system metrics that a user exported from Weights & Biases: GPU power of its runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_BINARY: Final = b":W&B"
_METRIC: Final = re.compile(rb"\bsystem[./](?:gpu|cpu|memory|disk|network|proc)\b")
_CLOCK: Final = re.compile(rb"\b_(?:timestamp|runtime|wandb)\b|\bRelative Time\b")
_POWER: Final = re.compile(rb"\bsystem[./](?:gpu\.\d+|cpu)\.powerWatts\b")


class WandbReader:
    """Integrates the power of all GPUs of a run; the processor's too, where it is there."""

    format = "wandb-system-metrics"
    about = "W&B system metrics: history(stream='events') as CSV, JSON or JSON lines; chart CSV"
    measures = "GPU boards; Apple's processor"
    proven = "documented format"
    record = "samples of power"
    pue = "not inside"
    zone = "unix seconds, or seconds of the run"
    columns: ClassVar[Mapping[str, str]] = {
        "accelerators": "system.gpu.N.powerWatts",
    }

    def recognises(self, log: Log) -> bool:
        """Whether the first 4 KiB name system metrics beside a time, or are a .wandb file's."""
        head = log.head
        is_export = _METRIC.search(head) and (_CLOCK.search(head) or _POWER.search(head))
        return head.startswith(_BINARY) or bool(is_export)

    def read(self, log: Log) -> tuple[Evidence, ...]:
        """The run of the file; every run of a chart's CSV.

        Raises:
            InputError: a value is none, there is no time, or it is a binary .wandb file.
        """
        from carbonlabel.readers.wandb.run import runs  # noqa: PLC0415 - start-up time

        return runs(log, self.format)


reader = WandbReader()
