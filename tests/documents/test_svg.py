"""I hold the picture of the label to its face: every word, in order, inside the frame."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from carbonlabel.documents import typeface
from carbonlabel.documents.anatomy import Context, Face, Quality, Row
from carbonlabel.documents.canvas import THEMES, Lettering
from carbonlabel.documents.language import spoken_in
from carbonlabel.documents.svg import Drawing, automatic, dark, draw, light
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options

HERE = Path(__file__).parent
FACES = HERE.parent / "samples" / "faces"
DISCLOSURES = HERE.parent / "samples" / "disclosures"
GOLD = HERE.parent / "gold"
SVG = "{http://www.w3.org/2000/svg}"
LEFT, RIGHT, MEASURE = 14, 346, 332
LONG = "organisation/" + "a-very-long-model-name-" * 9 + "v2"
PLAIN_FORMS = {ord(form): chr(digit) for digit, form in typeface._tabular_forms().items()}


def sample(name: str) -> Face:
    return TypeAdapter(Face).validate_json((FACES / f"{name}.json").read_bytes())


BLOOM, MISSING = sample("bloom"), sample("missing")


@dataclass(frozen=True)
class Words:
    """One piece of drawn text; the outlines of spaces are empty, so it has none."""

    text: str
    x: float
    end: float
    y: float
    size: float


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own drawing


def outlined(group: ET.Element) -> Words:
    move, scale = group.attrib["transform"].rstrip(")").split(") scale(")
    x, y = map(float, move.removeprefix("translate(").split())
    weight = int(group[0].attrib["href"][2:5])
    letters = [chr(int(use.attrib["href"].split("-")[1], 16)) for use in group]
    advance = typeface._cut_for("".join(letters), weight).glyphs[letters[-1]][0]  # type: ignore[arg-type]
    end = x + float(scale) * (float(group[-1].attrib.get("x", 0)) + advance)
    text = "".join(letters).translate(PLAIN_FORMS)
    return Words(text, x, end, y, float(scale) * typeface.units_per_em())


def live(text: ET.Element) -> Words:
    words, size = text.text or "", float(text.attrib["font-size"])
    width = Lettering(size, int(text.attrib["font-weight"])).width(words)  # type: ignore[arg-type]
    end = float(text.attrib["x"]) + (width if text.attrib["text-anchor"] == "start" else 0)
    return Words("".join(words.split()), end - width, end, float(text.attrib["y"]), size)


def words(svg: str) -> list[Words]:
    """All text from top to bottom and from left to right."""
    root = parsed(svg)
    pieces = [outlined(group) for group in root.iter(SVG + "g") if len(group)]
    pieces += [live(text) for text in root.iter(SVG + "text")]
    return sorted(pieces, key=lambda piece: (piece.y, piece.x))


def rects(svg: str) -> list[tuple[float, float, float, float, str]]:
    return [
        (
            *(float(rect.attrib[name]) for name in ("x", "y", "width", "height")),  # type: ignore[misc]
            rect.attrib["fill"],
        )
        for rect in parsed(svg).findall(SVG + "rect")[1:]
    ]


def spelled(face: Face) -> Iterable[str]:
    """Every word of a face, in the order of the label."""
    yield from (face.title, face.model, face.size, *face.serving, face.per, face.headline)
    yield from (face.value or "", face.unit if face.value else "")
    yield from (text for _, text in face.axis.ticks) if face.axis else ()
    yield from ("Likely range", face.range, "Where it comes from", face.unit, "range", "basis")
    for row in face.rows:
        figures = ("not reported",) if row.value is None else (row.value, row.range)
        yield from (row.name, *figures, row.note)
    yield from ("Left out", ", ".join(face.left_out))
    for each in face.contexts:
        yield from (each.name, each.value or "not reported", each.unit)
    yield from ("Data quality", face.quality.word)
    for basis, percent in face.quality.shares:
        yield from (f"{percent} %", basis)
    yield from (*face.quality.reason, *face.warnings, *face.footnotes)


def missing_words(face: Face) -> list[str]:
    """What of a face is not in its drawing, or not in its order."""
    stream, place, lost = "".join(piece.text for piece in words(draw(face))), 0, []
    for text in spelled(face):
        bare = "".join(text.split())
        found = stream.find(bare, place)
        place = found + len(bare) if found >= 0 else place
        lost += [] if found >= 0 else [text]
    return lost


def height(face: Face) -> float:
    return float(parsed(draw(face)).attrib["height"])


def nothing_known() -> Face:
    return BLOOM._replace(
        headline="Not reported",
        value=None,
        range="",
        axis=None,
        rows=tuple(row._replace(value=None, range="", fill=None) for row in BLOOM.rows),
        quality=Quality(word="not reported", shares=(), reason=("Nothing was reported.",)),
    )


def without_range() -> Face:
    assert BLOOM.axis
    return BLOOM._replace(
        range="range not declared",
        axis=BLOOM.axis._replace(low_ratio=None, high_ratio=None),
        rows=tuple(row._replace(range="") for row in BLOOM.rows),
    )


def warned() -> Face:
    return BLOOM._replace(warnings=("Fails plausibility check: 12 kWh.", "Runs overlap in time."))


@pytest.mark.parametrize(
    "face",
    [BLOOM, MISSING, nothing_known(), without_range(), warned()],
    ids=["complete", "missing", "nothing", "no range", "warned"],
)
def test_every_word_of_the_face_is_drawn_in_its_order(face: Face) -> None:
    assert missing_words(face) == []


def test_those_who_do_not_see_it_get_the_description() -> None:
    root = parsed(draw(BLOOM))

    assert root[0].text == BLOOM.alt
    assert root[1].text == BLOOM.description


def test_it_is_360_wide_and_grows_by_its_rows() -> None:
    one_more = BLOOM._replace(rows=(*BLOOM.rows, BLOOM.rows[-1]))
    one_context_more = BLOOM._replace(contexts=(*BLOOM.contexts, Context(name="PUE", value="1.2")))

    assert parsed(draw(BLOOM)).attrib["width"] == "360"
    assert height(one_more) == height(BLOOM) + 36
    assert height(one_context_more) == height(BLOOM) + 22


def test_electricity_is_a_sum_row_with_its_parts_indented_under_it() -> None:
    begins = {piece.text: piece.x for piece in words(draw(BLOOM))}

    assert begins["Electricity"] == LEFT
    assert begins["Computing"] == begins["Idlenodes"] == LEFT + 30
    assert begins["Hardwaremanufacture"] == LEFT + 15


def test_the_only_electricity_part_is_not_indented() -> None:
    alone = BLOOM.rows[0]._replace(level="part", fill=1, end_ratio=0.49)
    begins = {piece.text: piece.x for piece in words(draw(BLOOM._replace(rows=(alone,))))}

    assert begins["Electricity"] == LEFT + 15


def segments(face: Face) -> list[tuple[float, float]]:
    """Both ends of everything 16 px high, which only the stacked bar is."""
    return [(x, x + width) for x, _, width, tall, _ in rects(draw(face)) if tall == 16]


def test_segments_stand_where_the_axis_says() -> None:
    ends = [LEFT + MEASURE * row.end_ratio for row in BLOOM.rows if row.fill]

    assert [end for _, end in sorted(segments(BLOOM))] == pytest.approx(ends, abs=0.02)
    assert min(start for start, _ in segments(BLOOM)) == LEFT


def test_a_part_too_small_to_see_is_seen() -> None:
    tiny = BLOOM.rows[2]._replace(end_ratio=BLOOM.rows[2].start_ratio + 1e-9)
    drawn = segments(BLOOM._replace(rows=(*BLOOM.rows[:2], tiny, BLOOM.rows[3])))

    assert pytest.approx(1) in [end - start for start, end in drawn]


def test_a_part_of_nothing_takes_no_room() -> None:
    zero = BLOOM.rows[2]._replace(value="0", end_ratio=BLOOM.rows[2].start_ratio)

    assert len(segments(BLOOM._replace(rows=(*BLOOM.rows[:2], zero)))) == 1


def interval(svg: str) -> list[tuple[float, float]]:
    colour = THEMES["light"]["interval"]
    return [(x, x + width) for x, _, width, _, fill in rects(svg) if fill == colour]


def test_the_interval_has_a_track_of_its_own_with_a_diamond_at_the_estimate() -> None:
    svg = draw(BLOOM)
    (line, *caps) = interval(svg)

    assert line == pytest.approx((LEFT + MEASURE * 41 / 80, LEFT + MEASURE * 61 / 80), abs=0.01)
    assert len(caps) == 2
    assert f'd="M{LEFT + MEASURE * 50.5 / 80:.3f}'[:-2] in svg


def test_without_a_range_there_is_no_bracket_and_it_is_said() -> None:
    svg = draw(without_range())

    assert interval(svg) == []
    assert THEMES["light"]["interval"] not in svg
    assert "rangenotdeclared" in [piece.text for piece in words(svg)]


def test_what_nobody_reported_has_dashes_and_no_figure() -> None:
    svg = draw(MISSING)
    (line,) = {piece.y for piece in words(svg) if piece.text == "Hardwaremanufacture"}
    dashes = [x for x, y, _, tall, _ in rects(svg) if tall == 1.4 and line - 8 < y < line]

    assert [piece.text for piece in words(svg) if piece.y == line][1:] == ["notreported"]
    assert len(dashes) == 2


def test_where_nothing_is_known_the_track_is_empty() -> None:
    svg = draw(nothing_known())
    fills = {fill for x, _, _, tall, fill in rects(svg) if x == LEFT and tall == 16}

    assert fills == {THEMES["light"]["hairline"]}
    assert "Notreported" in [piece.text for piece in words(svg)]
    assert "80" not in [piece.text for piece in words(svg)]


def test_what_is_planned_is_drawn_in_outline() -> None:
    fills = {fill for *_, tall, fill in rects(draw(BLOOM._replace(headline="Planned"))) if tall > 9}

    assert THEMES["light"]["s2"] not in fills
    assert THEMES["light"]["s3"] not in fills


def test_five_parts_differ_without_hue() -> None:
    rows = [BLOOM.rows[1]._replace(fill=n + 1, start_ratio=n / 9, end_ratio=(n + 1) / 9)
            for n in range(5)]  # fmt: skip
    svg = draw(BLOOM._replace(rows=tuple(rows)))

    assert svg.count("<pattern ") == 2
    assert len(segments(BLOOM._replace(rows=tuple(rows)))) == 5


def test_quality_shares_are_full_half_full_and_empty() -> None:
    shares = (("measured", 50), ("estimated", 30), ("assumed", 20))
    svg = draw(BLOOM._replace(quality=BLOOM.quality._replace(shares=shares)))
    (full,) = [box for box in rects(svg) if box[3] == 9 and box[2] == MEASURE / 2]
    (half,) = [box for box in rects(svg) if box[3] == 4.5]
    empty = [box for box in rects(svg) if box[3] == 7.7]

    assert full[0] == LEFT
    assert half[0] + half[2] == pytest.approx(LEFT + MEASURE * 0.8, abs=0.02)
    assert [box[4] for box in empty] == ["none", "none"]


def test_warnings_stand_in_a_box_with_a_sign() -> None:
    plain, marked = draw(BLOOM), draw(warned())

    assert marked.count("<path d=") == plain.count("<path d=") + 2
    assert [piece.text for piece in words(marked)].count("!") == 2
    boxes = [box for box in rects(marked) if box[4] == "none" and box[3] > 30]
    assert len(boxes) == 1


def test_a_failed_check_is_seen_beside_the_number_it_is_about() -> None:
    """Five seconds end there: the sentence itself stands further down."""
    pieces = words(draw(warned()))
    (number,) = [piece for piece in pieces if piece.size == pytest.approx(42, abs=0.1)]

    assert any(piece.text == "!" and number.y - 60 < piece.y < number.y for piece in pieces)


LONGEST_OF_THE_HUB = f"{'organisation-' * 3}of/{'a-model-with-every-word-' * 2}v2.1"
"""96 characters, as many as the Hub takes."""


@pytest.mark.parametrize("size", ["", "176 B parameters"])
@pytest.mark.parametrize("name", [LONGEST_OF_THE_HUB, "org/" + "model-" * 11 + "v2"])
def test_a_name_as_long_as_the_hub_takes_it_loses_no_letter(name: str, size: str) -> None:
    pieces = [
        piece
        for piece in words(draw(BLOOM._replace(model=name, size=size)))
        if piece.size == pytest.approx(11, abs=0.01) and piece.y < 105
    ]

    assert "".join(piece.text for piece in pieces) == name
    assert all(piece.x >= LEFT and piece.end <= RIGHT for piece in pieces)


@pytest.mark.parametrize("name", ["A" * 200, "模" * 80, "Ж" * 90])
def test_a_long_name_never_meets_the_size(name: str) -> None:
    model, size = words(draw(BLOOM._replace(model=name)))[1:3]

    assert size.text == "176Bparameters"
    assert model.size == pytest.approx(11, abs=0.01)
    assert model.y < size.y
    assert model.end <= RIGHT
    assert "…" in model.text


def test_the_size_stands_below_a_name_that_fills_its_lines() -> None:
    first, second, size = words(draw(BLOOM._replace(model=LONG)))[1:4]

    assert first.y < second.y < size.y
    assert size.text == "176Bparameters"
    assert first.size == second.size == pytest.approx(11, abs=0.01)
    assert "…" in second.text
    assert max(first.end, second.end) <= RIGHT


def test_a_name_shrinks_before_it_is_shortened() -> None:
    model = words(draw(BLOOM._replace(model="organisation/a-fairly-long-name")))[1]

    assert model.text == "organisation/a-fairly-long-name"
    assert 11 < model.size < 15


def test_a_name_beyond_the_outlines_is_live_text() -> None:
    (text,) = parsed(draw(BLOOM._replace(model="東京/模型"))).iter(SVG + "text")

    assert text.text == "東京/模型"


@pytest.mark.parametrize("title", ["Carbon Facts", "CO₂-Angaben", "Carbon, Qty"])
def test_no_letter_of_the_title_crosses_the_rule_below_it(title: str) -> None:
    drawn = draw(BLOOM._replace(title=title))
    first, rule = words(drawn)[0], rects(drawn)[0]

    descent = 0.21 if set(title) & set("₂gyQ,") else 0.01
    assert rule[3] == 1
    assert first.y + descent * first.size + 2 < rule[1]


def test_boxes_of_codes_are_explained_where_there_are_any() -> None:
    coded = [piece.text for piece in words(draw(BLOOM._replace(model="東京"), letters="coded"))]

    assert "BoxesholdtheUnicodecodesoflettersthispicturelacks." in coded
    assert not [each for each in words(draw(BLOOM, letters="coded")) if "Unicode" in each.text]


def test_a_last_line_is_not_a_lone_word_if_it_can_be_helped() -> None:
    drawn = [piece.text for piece in words(draw(MISSING))]

    assert "cooling,idletime,earlierattempts," in drawn
    assert "network,endoflife" in drawn


def test_wide_figures_move_their_column_instead_of_meeting() -> None:
    wide = [row._replace(value="1 124.7", range="1 019–1 430") for row in BLOOM.rows]

    assert overlapping(draw(BLOOM._replace(rows=tuple(wide)))) == []


def test_numbers_of_a_crowded_axis_do_not_meet() -> None:
    assert BLOOM.axis
    ticks = tuple((n / 6, f"{n * 1_000_000:,}") for n in range(7))

    assert overlapping(draw(BLOOM._replace(axis=BLOOM.axis._replace(ticks=ticks)))) == []


def overlapping(svg: str) -> list[tuple[str, str]]:
    """Neighbours on one line that touch."""
    lines = groupby(words(svg), key=lambda piece: piece.y)
    return [
        (one.text, other.text)
        for _, line in lines
        for one, other in pairwise(list(line))
        if other.x < one.end + 2
    ]


def outside(svg: str) -> list[object]:
    """What leaves the measure; a mark's disc, a title's overhang and a diamond may by a little."""
    texts = [
        piece for piece in words(svg) if not LEFT - 2.01 <= piece.x <= piece.end <= RIGHT + 2.1
    ]
    shapes = [
        rect for rect in rects(svg) if not LEFT - 1 <= rect[0] <= rect[0] + rect[2] < RIGHT + 1
    ]
    return [*texts, *shapes]


FOREIGN = st.text(
    st.characters(codec="utf-8") | st.sampled_from("Wi -<&\"'\u202e\u0301\u200d\n模Ж\ufffe"),
    max_size=150,
)
SEVERAL = st.lists(FOREIGN, max_size=3).map(tuple)
RATIOS = st.floats(0, 1)
AMOUNTS = st.sampled_from(["0", "< 0.001", "50.5", "999", "1 234.5", "123 456"])
BASES = st.sampled_from(["measured", "estimated", "assumed", "not reported"])


@st.composite
def rows(draw_: st.DrawFn) -> Row:
    start, end = sorted(draw_(st.tuples(RATIOS, RATIOS)))
    value = draw_(st.none() | AMOUNTS)
    level = draw_(st.sampled_from(["sum", "child", "part"]))
    return Row(
        part="host",
        name=draw_(st.sampled_from(["Electricity", "Host CPU and memory", "Idle time"])),
        level=level,  # type: ignore[arg-type]
        value=value,
        range=draw_(st.sampled_from(["", "0.7–4.1", "1 019–1 430"])),
        basis=draw_(BASES),  # type: ignore[arg-type]
        note=draw_(FOREIGN)[:40],
        reason=draw_(FOREIGN),
        fill=None if level == "sum" or value is None else draw_(st.integers(1, 5)),
        start_ratio=start,
        end_ratio=end,
    )


CONTEXTS = st.builds(
    Context,
    name=st.sampled_from(["Energy", "Grid", "Abiotic resources"]),
    note=FOREIGN,
    value=st.none() | AMOUNTS,
    unit=st.sampled_from(["", "g CO₂e/kWh", "kWh"]),
    range=st.sampled_from(["", "0.7–4.1", "1 019–1 430"]),
    basis=BASES,
)


@st.composite
def faces(draw_: st.DrawFn) -> Face:
    low, value, high = sorted(draw_(st.tuples(RATIOS, RATIOS, RATIOS)))
    assert BLOOM.axis
    ends = {"value_ratio": value, "low_ratio": low, "high_ratio": high}
    return BLOOM._replace(
        model=draw_(FOREIGN),
        size=draw_(FOREIGN),
        serving=draw_(SEVERAL),
        per=draw_(FOREIGN),
        value=draw_(st.none() | AMOUNTS),
        axis=draw_(st.sampled_from([None, BLOOM.axis._replace(**ends)])),
        rows=tuple(draw_(st.lists(rows(), max_size=6))),
        left_out=draw_(SEVERAL),
        contexts=tuple(draw_(st.lists(CONTEXTS, max_size=3))),
        quality=BLOOM.quality._replace(reason=draw_(SEVERAL)),
        footnotes=draw_(SEVERAL),
        warnings=draw_(SEVERAL),
        alt=draw_(FOREIGN),
        description=draw_(FOREIGN),
    )


@settings(max_examples=100, deadline=None)
@given(faces())
def test_no_stranger_breaks_the_drawing_leaves_the_frame_or_meets_a_neighbour(face: Face) -> None:
    svg = draw(face)

    assert outside(svg) == []
    assert overlapping(svg) == []
    assert float(parsed(svg).attrib["height"]) >= max(piece.y for piece in words(svg))


def test_the_same_face_gives_the_same_bytes_in_any_process() -> None:
    code = (
        "import sys, hashlib; from pathlib import Path; from pydantic import TypeAdapter\n"
        "from carbonlabel.documents.anatomy import Face\n"
        "from carbonlabel.documents.svg import draw\n"
        "face = TypeAdapter(Face).validate_json(Path(sys.argv[1]).read_bytes())\n"
        "print(hashlib.sha256(draw(face).encode()).hexdigest())"
    )
    here = hashlib.sha256(draw(BLOOM).encode()).hexdigest()

    for seed in ("1", "2"):
        command: Sequence[str] = [sys.executable, "-c", code, str(FACES / "bloom.json")]
        there = subprocess.run(
            command, capture_output=True, check=True, text=True, env={"PYTHONHASHSEED": seed}
        )
        assert there.stdout.strip() == here


def test_light_and_dark_differ_in_nothing_but_colour() -> None:
    bright, night = draw(BLOOM, "light"), draw(BLOOM, "dark")
    for role, colour in THEMES["light"].items():
        bright = bright.replace(
            f'"{role}" fill="{colour}"', f'"{role}" fill="{THEMES["dark"][role]}"'
        )
    for role in ("ground", "ink"):
        bright = bright.replace(THEMES["light"][role], THEMES["dark"][role])

    assert bright == night


def test_an_automatic_label_follows_the_system_of_its_reader() -> None:
    assert "prefers-color-scheme:dark" in draw(BLOOM, automatic=True)
    assert "<style>" not in draw(BLOOM)


def test_a_plain_picture_follows_the_theme_that_was_chosen(two_gpus: Disclosure) -> None:
    night = Options(theme="dark")

    assert light.render(two_gpus, night) == dark.render(two_gpus, Options())
    assert dark.render(two_gpus, night) == dark.render(two_gpus, Options())


def test_an_automatic_picture_is_light_where_its_style_is_lost(two_gpus: Disclosure) -> None:
    svg = automatic.render(two_gpus, Options(theme="dark")).decode()

    style = svg[svg.index("<style>") : svg.index("</style>") + len("</style>")]
    assert "prefers-color-scheme:dark" in style
    assert svg.replace(style, "") == light.render(two_gpus, Options()).decode()


def test_an_interval_that_leaves_the_axis_ends_in_an_arrow() -> None:
    assert BLOOM.axis
    gone = BLOOM._replace(axis=BLOOM.axis._replace(high_ratio=1.0, is_open=True))
    svg = draw(gone)

    (line, *caps) = interval(svg)
    assert len(caps) == 1
    assert line[1] < RIGHT
    assert f'd="M{RIGHT} ' in svg


@pytest.mark.parametrize(
    ("renderer", "example", "gold"),
    [(light, "carbon", "label-demo-train"), (dark, "carbon-two-gpus", "label-two-gpus-dark")],
)
def test_the_examples_are_drawn_as_they_were_signed_off(
    renderer: Drawing, example: str, gold: str
) -> None:
    disclosure = Disclosure.model_validate_json((DISCLOSURES / f"{example}.json").read_bytes())

    drawn = renderer.render(disclosure, Options())

    assert drawn == (GOLD / f"{gold}.svg").read_bytes(), "look at it before you accept it"


def test_both_renderers_are_named_for_their_theme() -> None:
    assert (light.format, light.file_name) == ("svg", "label.svg")
    assert (dark.format, dark.file_name) == ("svg-dark", "label-dark.svg")


@pytest.mark.parametrize("language", ["en", "fr", "de", "es"])
def test_a_screen_reader_is_told_the_language_of_the_words(language: str) -> None:
    with spoken_in(language):
        root = parsed(draw(BLOOM))

    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == language
