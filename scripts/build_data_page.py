"""I write the tables of docs/data.md: run me after a reference table changed.

    python scripts/build_data_page.py

The words above the mark are written by people and stay; what follows comes from the shipped tables
and from ATTRIBUTION.md beside them, so that the page cannot drift from what is shipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from carbonlabel import resources
from carbonlabel.factors import doubts, rows, sources

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "data.md"
MARK = "<!-- What follows is written by scripts/build_data_page.py. -->\n"

WHAT = {"factor": "×", "offset": "+", "ends": "from", "places": "units of the last place"}
MOST_KEYS_COUNT = 6
"""How many works one cell names."""


def page(text: str) -> str:
    """The page with its tables written anew below its words."""
    return text.partition(MARK)[0] + MARK + "\n" + "\n".join(sections())


def sections() -> Iterator[str]:
    """What is shipped, how far it may be off, who said it, and whom to name."""
    listed = list(rows.every("tables.csv"))
    yield f"## The {len(listed) + 1} tables\n"
    yield markdown(("table", "holds", "rows", "years", "unit", "from"), map(shipped, listed))
    yield "## What was changed\n"
    yield markdown(
        ("table", "transformation"),
        ((code(row["table"]), row["transformation"]) for row in listed),
    )
    yield "## Default 95 % intervals\n"
    yield "What a figure gets whose origin states no range.\n"
    yield markdown(("name", "interval", "why", "source"), map(interval, doubts.every()))
    yield "## Sources\n"
    yield markdown(("key", "work", "year", "licence", "copied on"), map(work, keys()))
    yield "## Attribution\n"
    yield attribution()
    yield ""


def shipped(row: rows.Row) -> Sequence[str]:
    """One table: how many rows, which years, and from whom."""
    name = row["table"]
    held = list(rows.every(name))
    cited = sorted({row["source"], *(key for each in held for key in works(each))} - {""})
    return (
        code(name),
        row["holds"],
        str(len(held)),
        span(held),
        row["unit"],
        ", ".join(f"[{key}](#{key})" for key in cited[:MOST_KEYS_COUNT])
        + (" …" if len(cited) > MOST_KEYS_COUNT else ""),
    )


def works(row: rows.Row) -> Iterator[str]:
    """The keys of the works that a row names."""
    yield from (cell for column, cell in row.items() if column.endswith("source"))


def span(held: Iterable[rows.Row]) -> str:
    """The years that a table has figures for; empty where they have none."""
    years = sorted({year for row in held for year in dated(row)})
    return "" if not years else f"{years[0]}–{years[-1]}" if years[0] != years[-1] else years[0]


def dated(row: rows.Row) -> Iterator[str]:
    """The years of one row: columns of that name, or columns that are years and hold a figure."""
    for column, cell in row.items():
        if cell and (column == "year" or column.endswith("_year")):
            yield cell
        elif cell and column.isdigit():
            yield column


def interval(doubt: doubts.Doubt) -> Sequence[str]:
    """One default interval, with the default itself where the row gives one."""
    ends = f"{WHAT[doubt.kind]} {doubt.low:.3g} to {doubt.high:.3g}"
    if doubt.kind == "places":
        ends = f"{doubt.low:+.1g} to {doubt.high:+.1g} {WHAT[doubt.kind]}"
    default = "" if doubt.value is None else f"; default {doubt.value:g}"
    return code(doubt.name), ends + default, doubt.because, f"[{doubt.source}](#{doubt.source})"


def keys() -> Iterator[str]:
    """Every work, by its key."""
    return (row["key"] for row in rows.every("sources.csv"))


def work(key: str) -> Sequence[str]:
    """One work; its key is the anchor that the other tables lead to."""
    said = sources.source(key)
    title = f"[{said.title}]({said.url})" if said.url else said.title
    year = "" if said.year is None else str(said.year)
    return (
        f'<a id="{key}"></a>`{key}`',
        title,
        year,
        said.licence or "facts",
        said.retrieved or "",
    )


def attribution() -> str:
    """The text to ship, as it stands beside the tables."""
    text = resources.table("ATTRIBUTION.md")
    return text.partition("Attribution: ")[2].strip() + "\n"


def markdown(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    every = [heads, ["---"] * len(heads), *([escaped(cell) for cell in line] for line in lines)]
    return "".join(f"| {' | '.join(line)} |\n" for line in every)


def escaped(cell: str) -> str:
    """A cell without what would end it or read as a mark."""
    return re.sub(r"([|*])", r"\\\1", cell)


def code(name: str) -> str:
    """A name of the program."""
    return f"`{name}`"


def main() -> None:
    """Write the page and say where."""
    PAGE.write_text(page(PAGE.read_text("utf-8")), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
