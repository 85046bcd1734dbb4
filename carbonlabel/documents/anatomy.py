"""I am what a face is made of: finished words in their order, and places on its bar."""

from __future__ import annotations

from typing import Literal, NamedTuple

RowBasis = Literal["measured", "estimated", "assumed", "not reported"]
Level = Literal["sum", "child", "part"]


class Row(NamedTuple):
    """One line of "Where it comes from", already rounded, in the unit of the label."""

    part: str
    """`electricity`, or the part's key in the disclosure: `host`, `manufacture` …"""
    name: str
    """`Host CPU and memory`."""
    level: Level
    """`sum`: bold, without swatch; `child`: indented under the sum; `part`: bold, with swatch."""
    value: str | None
    """`1.9` or `< 0.1`; None where nobody reported it: print "not reported", never 0."""
    basis: RowBasis
    """How it was obtained."""
    range: str = ""
    """`0.7–4.1`, rounded outwards; empty where no interval is known."""
    note: str = ""
    """Scope or method in about six words, at most 56 characters in English."""
    reason: str = ""
    """Why it is not reported, in full."""
    fill: int | None = None
    """1 to 7, the order of its segment in the bar; None for sums and rows without a value."""
    start_ratio: float = 0.0
    """Where its segment begins, 0 to 1 of the axis."""
    end_ratio: float = 0.0
    """Where its segment ends, 0 to 1 of the axis."""


class Context(NamedTuple):
    """One line under the parts: energy, grid, PUE, use, water."""

    name: str
    """`Grid`."""
    note: str = ""
    """`France 2025`."""
    value: str | None = None
    """`41`; None where nobody reported it."""
    unit: str = ""
    """`g CO₂e/kWh`; empty for a ratio."""
    range: str = ""
    """`27–64`, in the same unit."""
    basis: RowBasis = "not reported"
    """How it was obtained."""


class Axis(NamedTuple):
    """The scale under the bar, from zero to beyond the high end of the interval, if it can be."""

    ticks: tuple[tuple[float, str], ...]
    """Each as its place from 0 to 1 and its text; at most seven."""
    value_ratio: float
    """Where the diamond stands, 0 to 1."""
    low_ratio: float | None = None
    """Where the interval begins, 0 to 1; None where no range is declared."""
    high_ratio: float | None = None
    """Where the interval ends, 0 to 1."""
    is_open: bool = False
    """Whether the interval goes on beyond the axis: draw an arrow instead of its end."""


class Quality(NamedTuple):
    """How much of the total was measured, estimated and assumed."""

    word: str
    """`mostly estimated`; `estimated` where all of it is; `not reported` without a total."""
    shares: tuple[tuple[Literal["measured", "estimated", "assumed"], int], ...]
    """All three in this order, in percent, which add up to 100; empty without a total."""
    reason: tuple[str, ...]
    """Sentences that say why."""


class Method(NamedTuple):
    """One paragraph of how a figure came about."""

    heading: str
    """`Energy`."""
    text: str
    """One or more sentences."""
    verbatim: str = ""
    """A file's name that stands in the text, for a document that sets such names apart."""


class Face(NamedTuple):
    """A finished label: whoever draws it adds no figure, no rounding and no word of its own.

    All texts are plain: foreign names hold no control or bidirectional characters, but each
    document escapes them for its own target.
    """

    title: str
    """`Carbon Facts`."""
    model: str
    """`acme/demo-train`, or `model not named`."""
    size: str
    """`67 M parameters`, or empty."""
    serving: tuple[str, ...]
    """What one serving is, in lines of at most 56 characters."""
    runs: str
    """`2 fine-tuning runs`."""
    per: str
    """`Amount for 2 fine-tuning runs`, or `Amount per training run` for one run."""
    headline: str
    """`Total`, `At least`, `Planned` or `Not reported`."""
    value: str | None
    """`1.9`; None where nothing is reported."""
    unit: str
    """`mg CO₂e`: the unit of the headline, of all rows and of the axis."""
    range: str
    """`0.7 to 4.1 mg CO₂e (95 %)`, `range not declared`, or empty where nothing is reported."""
    range_short: str
    """`0.7–4.1`, or empty."""
    basis: RowBasis
    """Of the headline: the word without its shares."""
    axis: Axis | None
    """None where nothing is reported or all of it is zero: an empty track."""
    rows: tuple[Row, ...]
    """Electricity with its parts, then manufacture."""
    left_out: tuple[str, ...]
    """Short items: `cooling (PUE 1.56 would add 1.1 mg)`; never empty."""
    left_out_sentence: str
    """The same in full words: `cooling (a PUE of 1.56 would add 1.1 mg), idle time of …`."""
    contexts: tuple[Context, ...]
    """Energy, Grid, PUE where it is stated, Use, Water."""
    quality: Quality
    """Data quality."""
    declared: str
    """`Self-declared, not verified by a third party.`, or who says to have verified it."""
    footnotes: tuple[str, ...]
    """Offsets, verification, source, the program and the digest's first 12 digits."""
    warnings: tuple[str, ...]
    """What is wrong with the figures and must stand on the label; usually empty."""
    alt: str
    """A text for `alt`, at most 150 characters, with plain `CO2e` and spaces."""
    description: str
    """The whole label in sentences, for `<desc>` of a picture."""
    method: tuple[Method, ...]
    """How the figures came about, what they doubt, and where they come from."""
    findings: tuple[str, ...]
    """What was noticed on the way, as sentences that begin with their severity."""
    digest: str
    """SHA-256 of the disclosure's canonical JSON, 64 hexadecimal digits."""
    generator: str
    """`carbonlabel 0.1.0`."""
    issued: str
    """`2026-11-22`, or empty."""
