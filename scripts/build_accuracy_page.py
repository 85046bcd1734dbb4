"""I write the tables of docs/accuracy.md: run me after a factor, a formula or a case changed.

    python scripts/build_accuracy_page.py

The words above the mark are written by people and stay. What follows is worked out: the published
cases through the public door, and the ranges of many disclosures against seeded draws.
"""

from __future__ import annotations

import tempfile
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import published_cases
from chance import DRAWS_COUNT
from published_cases import ROOT, Case, Pair
from simulated_samples import simulated
from simulation import Result

import carbonlabel
from carbonlabel import Disclosure, Estimate, Finding

PAGE: Final = ROOT / "docs" / "accuracy.md"
MARK: Final = "<!-- What follows is written by scripts/build_accuracy_page.py. -->\n"
_WIDTH: Final = 100
_DRAWS: Final = f"{DRAWS_COUNT:,}".replace(",", "\u202f")
_ROUND: Final = 1e4
"""From here on a figure has no decimals."""
_STEPS_PCT: Final = (1, 3, 5, 10, 15, 20, 25, 35, 50)
"""To which of these a miss is rounded up: a draw more or less changes no page."""
_ESTIMATE: Final = "estimate-only"
_COMPARED: Final = ("exact", "tolerance", "unit", "sum")


def page(text: str) -> str:
    """The page with its tables written anew below its words."""
    return text.partition(MARK)[0] + MARK + "\n" + "\n".join(sections())


def sections() -> Iterator[str]:
    """What comes out, what is refused, what is estimated, and how well ranges hold."""
    with tempfile.TemporaryDirectory() as folder:
        worked = [(case, case.disclosure(Path(folder))) for case in published_cases.cases()]
    yield from _published(worked)
    yield from _refused(worked)
    yield from _estimated(worked)
    yield from _ranges()
    yield ""


Worked = Sequence[tuple[Case, Disclosure]]


def _published(worked: Worked) -> Iterator[str]:
    lines = [
        (case, pair)
        for case, disclosure in worked
        if case.kind in _COMPARED and case.is_read
        for pair in published_cases.pairs(case, disclosure)
    ]
    count = len({case.name for case, _ in lines})
    yield "## What was published, and what comes out\n"
    yield _prose(
        f"{len(lines)} figures of {count} published footprints, stated in a `manual.yaml`, a "
        "`region.yaml` and a `hardware.yaml` as a user would. The ratio is ours ÷ published; the "
        "tolerance is what the rounding of the source and the inputs that it leaves open allow. "
        "Where a source names no inputs its figure is quoted: only its unit can be tested, and the "
        'label reads "not reported". The cases with all inputs are in '
        "[a table](../tests/samples/published_cases.csv). Where device-hours are among them, "
        "[`carbonlabel estimate`](estimate.md) from these and the place alone gives a range that "
        "holds what was published."
    )
    heads = ("case", "figure", "published", "ours", "ratio", "tolerance", "inputs", "source")
    yield _table(heads, (_line(case, pair) for case, pair in lines))


def _line(case: Case, pair: Pair) -> Sequence[str]:
    ratio = "–" if pair.ratio is None else f"{pair.ratio:.4f}"
    return (
        case.text("model"),
        pair.what,
        f"{_number(pair.published)} {pair.unit}",
        f"{_number(pair.ours)} {pair.unit}",
        ratio,
        f"{case.tolerance_pct:g} %",
        case.more.whom,
        _source(case),
    )


def _refused(worked: Worked) -> Iterator[str]:
    yield "## What contradicts itself\n"
    yield _prose(
        "Figures of one source that cannot all be true. `carbonlabel check` finds both, and "
        "nothing of the kind in the others."
    )
    heads = ("case", "code", "published", "would be", "what the check says", "source")
    lines = (
        (
            case.text("model"),
            f"[`{finding.code}`](errors.md)",
            finding.found or "",
            finding.expected or "",
            finding.message,
            _source(case),
        )
        for case, disclosure in worked
        if case.kind == "reject"
        for finding in carbonlabel.check(disclosure)
        if _is_refusal(finding)
    )
    yield _table(heads, lines)


def _is_refusal(finding: Finding) -> bool:
    return finding.severity == "error" and finding.code.startswith("reported-")


def _estimated(worked: Worked) -> Iterator[str]:
    yield "## What is an estimate, and says so\n"
    heads = ("case", "electricity", "range", "basis", "inputs", "source")
    totals = ((case, made.totals.electricity) for case, made in worked if case.kind == _ESTIMATE)
    lines = (
        (
            case.text("model"),
            f"{_tonnes(total.value)} t",
            f"{_tonnes(total.low)} to {_tonnes(total.high)} t",
            total.basis,
            case.more.whom,
            _source(case),
        )
        for case, total in totals
        if isinstance(total, Estimate)
    )
    yield _table(heads, lines)


def _ranges() -> Iterator[str]:
    found = [each for results in simulated().values() for each in results]
    yield "## How well ranges hold\n"
    yield _prose(
        f"{len(found)} figures of {len(simulated())} disclosures, from the logs of many trackers, "
        f"statements and the cases above. Every source with a range was drawn {_DRAWS} times "
        "(JCGM 101:2008; how, says [the method](method.md#ranges)), and each figure was worked out "
        "anew by formulas that share no code with the program. A range is off by the distance of "
        "its end from that of the draws, in half-widths of the drawn range on that side. A source "
        "is one-sided where one half of its range is more than twice as wide as the other, as that "
        "of rated power × hours is (× 0.15 to × 1.05)."
    )
    heads = ("figures", "how many", "too wide by at most", "too narrow by at most")
    yield _table(heads, (_held(name, [r for r in found if is_it(r)]) for name, is_it in _KINDS))


_KINDS: Final[tuple[tuple[str, Callable[[Result], bool]], ...]] = (
    ("products of two-sided sources", lambda r: r.shape == "product" and not r.skewed_count),
    ("products with one-sided sources", lambda r: r.shape == "product" and r.skewed_count > 0),
    ("sums of two-sided sources", lambda r: r.shape == "sum" and not r.skewed_count),
    ("sums with one one-sided source", lambda r: r.shape == "sum" and r.skewed_count == 1),
    ("sums with several", lambda r: r.shape == "sum" and r.skewed_count > 1),
)


def _held(name: str, found: Sequence[Result]) -> Sequence[str]:
    ends = [end for each in found for end in (each.wider_below, each.wider_above)]
    return name, str(len(found)), _at_most(max(ends)), _at_most(-min(ends))


def _at_most(miss_ratio: float) -> str:
    return f"{next(step for step in _STEPS_PCT if 100 * miss_ratio <= step)} %"


def _source(case: Case) -> str:
    cited = f"[{case.text('source_title')}]({case.text('source_url')})"
    return f"{cited}, as quoted elsewhere" if case.is_secondhand else cited


def _prose(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False) + "\n"


def _number(value: float) -> str:
    """Four digits, without an exponent, thousands apart."""
    digits = f"{value:,.4g}" if value < _ROUND else f"{value:,.0f}"
    if "e" in digits:
        digits = f"{value:.10f}".rstrip("0")
    return digits.replace(",", "\u202f")


def _tonnes(value_g: float | None) -> str:
    return _number((value_g or 0.0) / 1e6)


def _table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    every = [heads, ["---"] * len(heads), *([_escaped(cell) for cell in line] for line in lines)]
    return "".join(f"| {' | '.join(line)} |\n" for line in every)


def _escaped(cell: str) -> str:
    return cell.replace("|", r"\|").replace("*", r"\*")


def main() -> None:
    """Write the page and say where."""
    PAGE.write_text(page(PAGE.read_text("utf-8")), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
