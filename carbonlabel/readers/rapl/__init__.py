"""I read Intel's and AMD's RAPL counters: what `perf stat` printed, or dumps of powercap."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

# The unit stands before a count of energy; where -x is given, it may be empty.
_PERF: Final = re.compile(rb"(?:\bJoules[ \t]+|[,;|:\t](?:Joules)?[,;|:\t])power/energy-\w+/")
_POWERCAP: Final = re.compile(rb"^\S{0,200}\bintel-rapl:\d[\d:]{0,8}/\w{1,40}:", re.MULTILINE)


class PerfReader:
    """Adds up what `perf stat` counted of packages and memory."""

    format = "perf-stat-energy"
    about = "perf stat -a -e power/energy-pkg/,power/energy-ram/, as text or -x, with or without -I"
    measures = "CPU packages and memory"
    proven = "documented format"
    record = "whole run, or delta per interval"
    pue = "not inside"
    zone = "local, no offset, where `-o` wrote the start"
    columns: ClassVar[Mapping[str, str]] = {
        "host": "power/energy-pkg/",
    }

    def recognises(self, log: Log) -> bool:
        """Whether the first 4 KiB count an event of energy; a command that asks does not."""
        return bool(_PERF.search(log.head))

    def read(self, log: Log) -> tuple[Evidence, ...]:
        """Every run of the output: several where it was appended to.

        Raises:
            InputError: a value is none, or it is the mean of several runs.
        """
        from carbonlabel.readers.rapl.perf import runs  # noqa: PLC0415 - start-up time

        return runs(log, self.format)


class PowercapReader:
    """Takes what the counters of packages and memory gained between dumps."""

    format = "powercap-dump"
    about = "date +%s and grep -H . /sys/class/powercap/intel-rapl:*/{name,*_uj}, again and again"
    measures = "CPU packages and memory"
    proven = "documented format"
    record = "samples of energy counters"
    pue = "not inside"
    zone = "unix seconds"
    columns: ClassVar[Mapping[str, str]] = {
        "host": "energy_uj",
    }

    def recognises(self, log: Log) -> bool:
        """Whether the first 4 KiB hold a file of powercap's."""
        return bool(_POWERCAP.search(log.head))

    def read(self, log: Log) -> tuple[Evidence]:
        """The one run of the dumps.

        Raises:
            InputError: a dump has no time, or a counter has no name.
        """
        from carbonlabel.readers.rapl.dumps import run  # noqa: PLC0415 - start-up time

        return (run(log, self.format),)


reader = PerfReader()
powercap = PowercapReader()
