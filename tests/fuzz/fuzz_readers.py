"""I hunt for crashes with Atheris: bytes that are neither understood nor refused.

    pip install atheris
    python tests/fuzz/fuzz_readers.py codecarbon CORPUS -max_total_time=600

The first word is one of the targets below, CORPUS a folder that keeps what was found; an empty one
is filled with the samples of the target. Everything else is an option of libFuzzer. Bytes that
break a promise are left as `crash-…` in the working folder: `… codecarbon crash-…` tries one again.
Pytest does not collect this file.

Targets: `codecarbon`, `carbontracker`, `csv`, `text`, `json` and `yaml` read, assess and check what
a reader made of the bytes; `series` reads grid intensities; `splice` puts a label into a card and
takes it out again; `keeping` loads a disclosure.
"""

from __future__ import annotations

import hashlib
import pkgutil
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

import atheris

ROOT: Final = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import carbonlabel  # noqa: E402 - found through the line above

with atheris.instrument_imports(include=["carbonlabel"], enable_loader_override=False):
    for _module in pkgutil.walk_packages(carbonlabel.__path__, "carbonlabel."):
        if not _module.name.endswith("__main__"):
            import_module(_module.name)

from carbonlabel import checks, registry  # noqa: E402 - instrumented above
from carbonlabel.cards.splice import Inscription, has_block, splice, unsplice  # noqa: E402
from carbonlabel.errors import CarbonLabelError, CardRefused, InputError  # noqa: E402
from carbonlabel.intake import Log  # noqa: E402
from carbonlabel.plugins import Reader, SeriesReader  # noqa: E402
from carbonlabel.record import keeping  # noqa: E402 - instrumented above
from tests.conformance import attempt, said_plainly  # noqa: E402

SAMPLES: Final = ROOT / "tests" / "samples"
NAME: Final = "gpu_0_power_usage_watts"
"""The one name that a reader knows its files by; the others go by content."""
LARGEST: Final = 20_000
"""Bytes of the largest sample to begin with."""
READERS: Final[tuple[Reader, ...]] = tuple(map(registry.reader, registry.names(registry.READERS)))
SERIES: Final[tuple[SeriesReader, ...]] = tuple(
    map(registry.series_reader, registry.names(registry.FACTORS))
)
FAMILIES: Final = {
    "codecarbon": ("codecarbon-csv",),
    "carbontracker": ("carbontracker-log",),
    "csv": (
        "eco2ai-csv",
        "zeus-csv",
        "green-algorithms-csv",
        "nvidia-smi-csv",
        "wandb-system-metrics",
        "perun",
        "ai-energy-score",
        "sacct",
        "cloud-aws",
        "cloud-google",
        "codecarbon-dashboard",
    ),
    "text": (
        "green-algorithms-hpc",
        "mlco2-impact",
        "perf-stat-energy",
        "powercap-dump",
        "mlflow-metrics",
        "codecarbon-logger",
    ),
    "json": (
        "ecologits-json",
        "impact-tracker-jsonl",
        "optimum-benchmark",
        "scaphandre-json",
        "dcgm-prometheus",
        "boamps",
        "trainer-state",
        "codecarbon-dashboard",
        "codecarbon-logger",
        "perun",
        "cloud-aws",
        "cloud-google",
        "cloud-azure",
        "project",
    ),
    "yaml": ("manual", "project"),
}
FOLDERS: Final = {
    "codecarbon": "codecarbon/*/*/emissions*.csv*",
    "carbontracker": "carbontracker/*/*.log",
    "csv": "*/**/*.[cp]sv",
    "text": "*/**/*",
    "json": "*/**/*.json*",
    "yaml": "*/*.yaml",
    "series": "grid/*",
    "splice": "cards/*.md",
    "keeping": "disclosures/*.json",
}
WORDS: Final = """
    NaN Infinity -1 1e999 1e-400 0 -0 9999999999999999999 true null None [] {} \\ud800 \\u0000
    "" "," ":" ";" | --- ... &a *a <<: !!python/object !!binary 2026-02-30 2026-11-22T00:00:00
    +25:00 Z kWh kgCO2e J mJ W € \ufeff \u202e co2_eq_emissions: emissions: ``` ~~~
    <!--␣carbonlabel:begin␣--> <!--␣carbonlabel:end␣-->
"""
LABEL: Final = Inscription(
    (("emissions", "41.5"), ("source", '"x"'), ("disclosure", '"carbon.json#0"')),
    "## Carbon Facts\n\n41.5 g",
)


def main() -> None:
    """Run libFuzzer on the target that the first argument names."""
    target, *options = sys.argv[1:]
    corpus = next((Path(each) for each in options if Path(each).is_dir()), None)
    if corpus and not any(corpus.iterdir()):
        _sow(target, corpus)
    words = Path(f"{target}.dict")
    words.write_text("\n".join(map(_entry, WORDS.split())), "ascii")
    atheris.Setup([sys.argv[0], f"-dict={words}", "-max_len=8192", *options], _hunt(target))
    atheris.Fuzz()


def read(family: Sequence[Reader], content: bytes) -> None:
    """No reader raises while it recognises; the ones that know the bytes read, or refuse."""
    log = Log(NAME, content=content)
    known = [reader for reader in READERS if reader.recognises(log)]
    chosen = family[len(content) % len(family)]
    for reader in {each.format: each for each in (chosen, *known) if each in family}.values():
        runs = attempt(reader, log)
        if runs:
            _assess(runs)


def read_series(content: bytes) -> None:
    """The same for grid intensities."""
    log = Log("series", content=content)
    for reader in SERIES:
        reader.recognises(log)
        try:
            reader.read(log)
        except InputError as refused:
            said_plainly(refused, log.name)


def label(card: bytes) -> None:
    """A label goes in, is found again, stays the same a second time, and goes out."""
    has_block(card)
    try:
        after = splice(card, LABEL).card
    except CardRefused:
        return
    assert has_block(after)
    assert splice(after, LABEL).card == after
    had_key = b"co2_eq" in card or b"carbonlabel:" in card or b"\\" in card
    try:
        once = unsplice(after)
    except CardRefused:
        assert had_key
        return
    assert unsplice(once) == once
    assert once == card or had_key


def load(content: bytes) -> None:
    """A disclosure is valid and the same after a second reading, or refused."""
    try:
        disclosure = keeping.load(content)
    except CarbonLabelError as refused:
        said_plainly(refused, "carbon.json")
        return
    checks.check(disclosure)
    assert keeping.load(keeping.dump(disclosure)) == disclosure


def _assess(runs: Sequence[object]) -> None:
    try:
        disclosure = carbonlabel.assess(runs, region="FR")
    except CarbonLabelError:
        return
    checks.check(disclosure)
    carbonlabel.render(disclosure, "terminal")


def _hunt(target: str) -> Callable[[bytes], None]:
    others = {"series": read_series, "splice": label, "keeping": load}
    if target in others:
        return others[target]
    family = [reader for reader in READERS if reader.format in FAMILIES[target]]
    return lambda content: read(family, content)


def _sow(target: str, corpus: Path) -> None:
    for path in sorted(SAMPLES.glob(FOLDERS[target])):
        is_log = path.is_file() and path.name not in {"README.md", "expected.json"}
        content = path.read_bytes() if is_log else b""
        if 0 < len(content) <= LARGEST:
            (corpus / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)


def _entry(word: str) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in word.replace("␣", " ").encode()) + '"'


if __name__ == "__main__":
    main()
