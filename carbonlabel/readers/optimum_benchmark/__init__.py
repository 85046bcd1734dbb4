"""I recognise the reports of optimum-benchmark: energy by target, as JSON or flat CSV."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_TARGETS: Final = rb"(?:load_model|load_dataset|preprocess_dataset|overall|prefill|forward|call)"
_REPORT: Final = re.compile(
    rb'\A\s*\{\s*(?:"report"\s*:\s*\{\s*)?"' + _TARGETS + rb'"\s*:\s*\{\s*"(?:memory|latency)"\s*:'
)
_BENCHMARK: Final = re.compile(rb'\A\s*\{\s*"config"\s*:\s*\{.*"optimum_benchmark\.', re.DOTALL)
_TABLE: Final = re.compile(
    rb"\A(?:report\.)?" + _TARGETS + rb"\.(?:memory|latency)[.,\w]|\Aconfig\.name,config\.backend\."
)


class OptimumBenchmarkReader:
    """Turns one report into evidence: a call of inference, a data set, or a training loop."""

    format = "optimum-benchmark"
    about = "optimum-benchmark 0.2 to 0.6: benchmark_report.json, benchmark.json, flat CSV"
    measures = "GPU boards (NVML), CPU and memory (RAPL or a model), by CodeCarbon"
    proven: Literal["real output"] = "real output"
    record = "mean of a call (inference), total (training, energy_star)"
    pue = "not inside"
    zone = "none"

    def recognises(self, log: Log) -> bool:
        """Whether it begins with the targets of a report, or with a configuration of the tool."""
        return any(sign.search(log.head) for sign in (_REPORT, _BENCHMARK, _TABLE))

    def read(self, log: Log) -> tuple[Evidence]:
        """The one run of the report.

        Raises:
            InputError: it holds no energy, or a figure or a unit in it is wrong.
        """
        from carbonlabel.readers.optimum_benchmark.evidence import evidence  # noqa: PLC0415 - start

        return (evidence(log, self.format),)


reader: Final = OptimumBenchmarkReader()
