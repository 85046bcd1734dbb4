"""I recognise the results of AI Energy Score: reports, summaries and the table of all runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_SIGNS: Final = (
    re.compile(rb'"gpu_energy_wh"\s*:'),
    re.compile(rb'"format"\s*:\s*"(?:optimum|ai_energy_benchmarks)"'),
    re.compile(rb'\A\s*\{\s*"config"\s*:.*"successful_prompts"\s*:', re.DOTALL),
    re.compile(rb"\A[^\r\n]*\bgpu_energy_wh\b[^\r\n]*\bwh_per_1000_queries\b"),
)
_ONE_FIGURE: Final = re.compile(rb"\s*\d{1,12}(?:\.\d{1,6})?\s*")


class AiEnergyScoreReader:
    """Turns each benchmark into evidence of inference on GPU boards."""

    format = "ai-energy-score"
    about = "AI Energy Score: benchmark_report.json, GPU_ENERGY_SUMMARY.json, master_results.csv"
    measures = "GPU boards (NVML); CPU and memory by a model where the report has them"
    proven: Literal["documented format"] = "documented format"
    record = "total of all prompts"
    pue = "not inside"
    zone = "local, no offset"

    def recognises(self, log: Log) -> bool:
        """Whether it holds the tool's names of figures, or is its file of a single figure."""
        if log.name == "GPU_ENERGY_WH.txt":
            return bool(_ONE_FIGURE.fullmatch(log.head))
        return any(sign.search(log.head) for sign in _SIGNS)

    def read(self, log: Log) -> tuple[Evidence, ...]:
        """Each benchmark of the file that was finished.

        Raises:
            InputError: there is none, or a figure is wrong.
        """
        from carbonlabel.readers.ai_energy_score.evidence import evidence  # noqa: PLC0415 - start-up

        return evidence(log, self.format)


reader: Final = AiEnergyScoreReader()
