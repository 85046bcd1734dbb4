"""I read the system metrics that MLflow keeps in its file store: GPU power of one run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_NAME: Final = re.compile(
    r"gpu_\d{1,4}_(?:power_usage_watts|power_usage_percentage|utilization_percentage"
    r"|memory_usage_(?:percentage|megabytes))|cpu_utilization_percentage"
    r"|system_memory_usage_(?:percentage|megabytes)|network_(?:receive|transmit)_megabytes"
    r"|disk_(?:usage_percentage|usage_megabytes|available_megabytes)"
)
_LINE: Final = re.compile(rb"\d{10,16} \S{1,40} \d{1,12}(?:\r?\n|\Z)")


class MlflowReader:
    """Integrates the power of all GPUs of the folder, whichever of its files was named."""

    format = "mlflow-metrics"
    about = "MLflow 2.8 to 3.17, metrics/system of a file store"
    measures = "GPU boards"
    proven = "real output"
    record = "samples of power"
    pue = "not inside"
    zone = "unix milliseconds"
    columns: ClassVar[Mapping[str, str]] = {
        "accelerators": "power_usage_watts",
    }

    def recognises(self, log: Log) -> bool:
        """Whether the file is called as a system metric, and begins with time, value, step."""
        return bool(_NAME.fullmatch(log.name) and _LINE.match(log.head))

    def read(self, log: Log) -> tuple[Evidence]:
        """The run that the file belongs to, with the files beside it.

        Raises:
            InputError: a line is none.
        """
        from carbonlabel.readers.mlflow.metrics import run  # noqa: PLC0415 - start-up time

        return (run(log, self.format),)


reader = MlflowReader()
