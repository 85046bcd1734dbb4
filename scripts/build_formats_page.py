"""I write the tables of docs/formats.md and the counts in README.md: run me after a reader changed.

The words of both pages are written by people and stay; the tables come from what readers say of
themselves, so that neither can drift from the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from carbonlabel import catalogue, registry
from carbonlabel.plugins import Reader, SeriesReader

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "formats.md"
README = ROOT / "README.md"
MARK = "<!-- What follows is written by scripts/build_formats_page.py. -->\n"
COUNTS = re.compile(r"knows \d+ formats of logs and statements, and \d+ of")
LOGS = {
    "format": "format",
    "reads": "reads",
    "measures": "measures",
    "record": "a record is",
    "pue": "PUE in the energy",
    "zone": "times",
    "proven": "proven on",
}
SERIES = {"format": "format", "reads": "reads", "measures": "figures", "proven": "proven on"}
Row = Mapping[str, str]


def logs() -> list[Row]:
    """What our readers of logs say of themselves."""
    return ours(map(registry.reader, registry.names(registry.READERS)))


def series() -> list[Row]:
    """What our readers of grid intensities say of themselves."""
    return ours(map(registry.series_reader, registry.names(registry.FACTORS)))


def ours(readers: Iterable[Reader | SeriesReader]) -> list[Row]:
    """What some readers say of themselves; strangers' are left out, wherever this is run."""
    built_in = (each for each in readers if type(each).__module__.startswith("carbonlabel."))
    return [catalogue.format_row(each, each.about) for each in built_in]


def page(text: str) -> str:
    """The page with its tables written anew below its words."""
    return text.partition(MARK)[0] + MARK + "\n" + "\n".join(sections())


def front(text: str) -> str:
    """The front page with the counts of today."""
    counts = f"knows {len(logs())} formats of logs and statements, and {len(series())} of"
    return COUNTS.sub(counts, text)


def sections() -> Iterator[str]:
    """Both tables, each with its heading, and who was proven on what."""
    both = {"logs and statements": (logs(), LOGS), "grid intensities": (series(), SERIES)}
    for what, (rows, columns) in both.items():
        yield f"## {len(rows)} formats of {what}\n"
        yield table(rows, columns)
    yield "## Who was proven on what\n"
    every = [row for rows, _ in both.values() for row in rows]
    for proof in dict.fromkeys(row["proven"] for row in every):
        names = [f"`{row['format']}`" for row in every if row["proven"] == proof]
        yield f"* **{proof}** ({len(names)}): {', '.join(names)}"
    yield ""


def table(rows: Sequence[Row], columns: Mapping[str, str]) -> str:
    """A Markdown table of some rows."""
    lines = [columns.values(), ["---"] * len(columns)]
    cells = [[cell(row, column) for column in columns] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in (*lines, *cells))


def cell(row: Row, column: str) -> str:
    """One cell; a name is code, and what Markdown would read as a mark is escaped."""
    if column == "format":
        return f"`{row[column]}`"
    return re.sub(r"([|*<])", r"\\\1", row[column])


def main() -> None:
    """Write both pages and say where."""
    for path, written in ((PAGE, page), (README, front)):
        path.write_text(written(path.read_text("utf-8")), encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
