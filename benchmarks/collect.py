"""I time `collect` over ten thousand small logs, and measure what it holds.

python benchmarks/collect.py [COUNT] [PER_FOLDER]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
import uuid
from datetime import datetime, timedelta
from pathlib import Path

from carbonlabel import collection
from carbonlabel.record import canonical

EXAMPLE = Path(__file__).parents[1] / "examples" / "emissions.csv"
BEGIN = datetime(2026, 1, 1)  # noqa: DTZ001 - CodeCarbon writes local times


def write_logs(folder: Path, count: int, per_folder: int) -> None:
    """Copies of the example, each a run of its own that follows the one before it."""
    head, row = EXAMPLE.read_text("utf-8").splitlines()
    fields = row.split(",")
    for number in range(count):
        fields[0] = (BEGIN + number * timedelta(minutes=12)).isoformat()
        fields[2] = str(uuid.UUID(int=number))
        path = folder / f"batch-{number // per_folder:05}" / f"emissions-{number:05}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{head}\n{','.join(fields)}\n", "utf-8")


def main() -> None:
    """Print how long it took and how much memory was in use at most."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    per_folder = int(sys.argv[2]) if len(sys.argv) > 2 else 100  # noqa: PLR2004 - position of an argument
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_logs(folder, count, per_folder)
        before_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
        begin = time.perf_counter()
        project = collection.collect([folder])
        collected = time.perf_counter()
        size = len(canonical.dumps(project))
        written = time.perf_counter()
    most_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    print(f"{count} logs, {per_folder} a folder: {len(project.runs)} runs")
    print(f"collected in {collected - begin:.1f} s, written in {written - collected:.1f} s")
    print(f"{size / 2**20:.1f} MiB of JSON, {most_mib - before_mib:.0f} MiB more memory")


if __name__ == "__main__":
    main()
