"""I hold the canvas to well-formed, repeatable SVG that no name can break."""

from __future__ import annotations

import io
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
import resvg_py
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from carbonlabel.documents import typeface
from carbonlabel.documents.canvas import THEMES, Canvas, Lettering, Theme, number
from carbonlabel.errors import RenderError

SVG = "{http://www.w3.org/2000/svg}"
BODY = Lettering(12)


def parsed(canvas: Canvas, title: str = "Title", desc: str = "Words") -> ET.Element:
    return ET.fromstring(canvas.document(title, desc, 100))  # noqa: S314 - our own drawing


def elements(canvas: Canvas, name: str) -> list[ET.Element]:
    return list(parsed(canvas).iter(SVG + name))


def pixels(canvas: Canvas) -> Image.Image:
    png = bytes(resvg_py.svg_to_bytes(svg_string=canvas.document("t", "d", 100)))
    return Image.open(io.BytesIO(png)).convert("RGB")


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_the_document_says_what_it_shows_to_those_who_do_not_see_it() -> None:
    root = parsed(Canvas(360), "Carbon Facts", "50.5 t")

    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "t d"
    assert root.attrib["viewBox"] == "0 0 360 100"
    title, desc = root[:2]
    assert (title.tag, title.get("id"), title.text) == (SVG + "title", "t", "Carbon Facts")
    assert (desc.tag, desc.get("id"), desc.text) == (SVG + "desc", "d", "50.5 t")


def test_covered_text_is_drawn_as_shared_outlines() -> None:
    canvas = Canvas(360)
    canvas.text(10, 20, "noon", BODY)
    canvas.text(10, 40, "on", BODY)

    drawn = [use.attrib["href"] for use in elements(canvas, "use")]
    defined = [f"#{path.attrib['id']}" for path in elements(canvas, "path")]

    assert Counter(drawn) == {"#g400-6e": 3, "#g400-6f": 3}
    assert defined == ["#g400-6e", "#g400-6f"]
    assert not elements(canvas, "text")


@pytest.mark.parametrize(("anchor", "begins"), [("start", 100), ("middle", 75), ("end", 50)])
def test_text_stands_where_its_anchor_says(anchor: str, begins: float) -> None:
    canvas, lettering = Canvas(360), Lettering(10)
    size = 50 / lettering.width("To") * 10

    width = canvas.text(100, 20, "To", Lettering(size), anchor)  # type: ignore[arg-type]

    assert width == pytest.approx(50)
    (group,) = elements(canvas, "g")
    assert group.attrib["transform"].startswith(f"translate({begins} 20) scale(")


def test_numbers_in_a_column_have_digits_of_one_width() -> None:
    tabular = Lettering(12, 700, tabular=True)

    assert tabular.width("11.1") == tabular.width("24.7")
    assert Lettering(12, 700).width("11.1") < Lettering(12, 700).width("24.7")


def test_other_text_is_live_with_fonts_of_the_reader() -> None:
    canvas = Canvas(360)

    width = canvas.text(100, 20, "东京 <7B>", Lettering(10, 700), "end")

    (text,) = elements(canvas, "text")
    assert text.text == "东京 <7B>"
    assert text.attrib["text-anchor"] == "end"
    assert text.attrib["font-family"] == typeface.FAMILY
    assert text.attrib["font-weight"] == "700"
    assert width > 20


def test_letters_without_an_outline_may_be_drawn_as_their_codes() -> None:
    """北 is U+5317, in two rows of two digits; the letters beside it stay what they are."""
    canvas = Canvas(360, letters="coded")

    width = canvas.text(100, 20, "A北B", Lettering(10, 700))

    assert not elements(canvas, "text")
    drawn = ["".join(chr(int(use.attrib["href"].split("-")[1], 16)) for use in group)
             for group in elements(canvas, "g")]  # fmt: skip
    assert drawn == ["A", "53", "17", "B"]
    box = elements(canvas, "rect")[1:]
    assert len(box) == 4
    assert all(100 < float(each.attrib["x"]) < 100 + width for each in box)


def test_a_code_of_five_digits_and_one_of_a_narrow_letter_stay_in_their_cells() -> None:
    for letter, code in (("🌱", ["01F", "331"]), ("ש", ["05", "E9"])):
        canvas = Canvas(360, letters="coded")
        width = canvas.text(100, 20, letter, Lettering(20))

        drawn = ["".join(chr(int(use.attrib["href"].split("-")[1], 16)) for use in group)
                 for group in elements(canvas, "g")]  # fmt: skip
        assert drawn == code
        ink = pixels(canvas).convert("L").point(lambda level: 255 * (level < 128))
        left, _, right, _ = ink.crop((3, 3, 357, 97)).getbbox() or (0, 0, 0, 0)
        assert 100 <= left + 3 < right + 3 <= 100 + width


def test_marks_on_a_letter_without_an_outline_take_no_room() -> None:
    canvas = Canvas(360, letters="coded")

    assert canvas.text(0, 20, "ש\u05c1", BODY) == canvas.text(0, 40, "ש", BODY)


def test_all_text_may_be_live() -> None:
    canvas = Canvas(360, letters="live")
    canvas.text(100, 20, "noon", Lettering(10, tabular=True))

    (text,) = elements(canvas, "text")
    assert (text.text, text.attrib["style"]) == ("noon", "font-variant-numeric:tabular-nums")


def test_a_drawing_may_be_shown_larger_than_it_was_drawn() -> None:
    root = ET.fromstring(Canvas(500).document("t", "d", 262.5, enlarged=2.4))  # noqa: S314 - ours

    assert (root.attrib["width"], root.attrib["height"]) == ("1200", "630")
    assert root.attrib["viewBox"] == "0 0 500 262.5"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_element_has_the_colours_of_its_theme(theme: Theme) -> None:
    canvas = Canvas(360, theme)
    canvas.rect(10, 10, 20, 20, "interval")
    canvas.text(10, 50, "x", Lettering(12, colour="secondary"))

    frame, rect = elements(canvas, "rect")
    assert frame.attrib["fill"] == THEMES[theme]["ground"]
    assert frame.attrib["stroke"] == THEMES[theme]["ink"]
    assert frame.attrib["stroke-width"] == "2"
    assert (frame.attrib["x"], frame.attrib["width"], frame.attrib["height"]) == ("1", "358", "98")
    assert rect.attrib["fill"] == THEMES[theme]["interval"]
    assert elements(canvas, "g")[0].attrib["fill"] == THEMES[theme]["secondary"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_graphics_stand_out_from_the_ground(theme: Theme) -> None:
    colours = THEMES[theme]

    assert all(contrast(colours[c], colours["ground"]) >= 7 for c in ("ink", "secondary"))
    graphics = ("s1", "s2", "interval", "hairline")
    assert all(contrast(colours[c], colours["ground"]) >= 3 for c in graphics)


def test_automatic_dark_mode_is_a_style_over_light_attributes() -> None:
    canvas = Canvas(360, automatic=True)
    canvas.rect(0, 0, 10, 10)

    (style,) = elements(canvas, "style")
    assert style.text is not None
    assert style.text.startswith("@media (prefers-color-scheme:dark){")
    assert all(f".{name}{{fill:{colour}}}" in style.text for name, colour in THEMES["dark"].items())
    assert elements(canvas, "rect")[1].attrib["fill"] == "#111111"
    assert not elements(Canvas(360), "style")


def test_a_badge_has_no_frame() -> None:
    assert "<rect" not in Canvas(90).document("t", "d", 20, framed=False)


@pytest.mark.parametrize(("width", "height"), [(0, 5), (5, -1), (0.001, 5)])
def test_a_rectangle_without_area_is_not_drawn(width: float, height: float) -> None:
    canvas = Canvas(360)
    canvas.rect(0, 0, width, height)
    canvas.box(0, 0, width, height)

    assert len(elements(canvas, "rect")) == 1


def test_seven_parts_differ_without_hue() -> None:
    canvas = Canvas(480)
    for part_number in range(1, 8):
        canvas.part(60 * part_number, 10, 50, 50, part_number=part_number)

    drawn = pixels(canvas)
    areas = [drawn.crop((60 * n + 5, 15, 60 * n + 45, 55)) for n in range(1, 8)]

    assert all(abs(r - g) < 3 > abs(g - b) for area in areas for r, g, b in pixel_colours(area))
    assert [len(set(pixel_colours(area))) > 1 for area in areas] == [False] * 3 + [True] * 4
    assert areas[0].getpixel((5, 5)) == (0x11, 0x11, 0x11)
    assert areas[1].getpixel((5, 5)) == (0x76, 0x76, 0x76)
    assert areas[2].getpixel((5, 5)) == (0xC4, 0xC4, 0xC4)
    assert len({area.tobytes() for area in areas}) == 7


def pixel_colours(area: Image.Image) -> list[tuple[int, int, int]]:
    raw = area.tobytes()
    return [(raw[i], raw[i + 1], raw[i + 2]) for i in range(0, len(raw), 3)]


def test_the_third_part_is_outlined_and_a_sliver_is_only_its_outline() -> None:
    canvas = Canvas(360)
    canvas.part(10, 10, 50, 16, part_number=3)
    canvas.part(70, 10, 1.5, 16, part_number=3)

    _, outline, inside, sliver = elements(canvas, "rect")
    assert (outline.attrib["fill"], inside.attrib["fill"]) == ("#767676", "#c4c4c4")
    assert (inside.attrib["x"], inside.attrib["width"]) == ("11", "48")
    assert sliver.attrib["fill"] == "#767676"


def test_a_hatch_is_defined_once() -> None:
    canvas = Canvas(360)
    canvas.part(10, 10, 50, 16, part_number=5)
    canvas.part(10, 40, 9, 9, part_number=5)

    (pattern,) = elements(canvas, "pattern")
    uses = [r for r in elements(canvas, "rect") if r.get("fill") == f"url(#{pattern.get('id')})"]
    assert len(uses) == 2


@pytest.mark.parametrize("part_number", [0, 8])
def test_there_are_only_seven_parts(part_number: int) -> None:
    with pytest.raises(RenderError, match="no fill for part"):
        Canvas(360).part(0, 0, 9, 9, part_number=part_number)


def test_marks_of_basis_differ_in_fill() -> None:
    canvas = Canvas(360)
    for place, basis in enumerate(("measured", "estimated", "assumed", "none"), 1):
        canvas.mark(40 * place, 50, basis)  # type: ignore[arg-type]

    drawn = pixels(canvas)
    dark = [
        tuple(drawn.getpixel((40 * place + dx, 50)) < (128, 128, 128) for dx in (-2, 2))  # type: ignore[operator]
        for place in (1, 2, 3)
    ]
    assert dark == [(True, True), (True, False), (False, False)]
    assert drawn.getpixel((160, 46)) == (255, 255, 255)
    assert drawn.getpixel((160, 50)) != (255, 255, 255)


def test_a_box_keeps_its_stroke_inside() -> None:
    canvas = Canvas(360)
    canvas.box(10, 10, 100, 9)

    box = elements(canvas, "rect")[1].attrib
    assert (box["x"], box["width"], box["height"]) == ("10.65", "98.7", "7.7")
    assert (box["fill"], box["stroke"], box["stroke-width"]) == ("none", "#111111", "1.3")


def test_a_path_is_filled() -> None:
    canvas = Canvas(360)
    canvas.path("M0 0l4 4l-4 4z", "interval")

    (path,) = elements(canvas, "path")
    assert (path.attrib["d"], path.attrib["class"]) == ("M0 0l4 4l-4 4z", "interval")


@settings(max_examples=150)
@given(st.text(max_size=30), st.text(max_size=30))
def test_no_text_breaks_the_document(name: str, words: str) -> None:
    canvas = Canvas(360)
    canvas.text(0, 0, name, BODY)

    root = parsed(canvas, words, f"{name}]]>&<!--{words}")

    assert (root[0].text or "") == typeface.plain(words)
    assert {e.tag for e in root} <= {
        SVG + t for t in ("title", "desc", "defs", "rect", "g", "text")
    }


@pytest.mark.parametrize("hostile", ["</text><script>x</script>", "东\0\ud800\uffff", '东"><b'])
def test_hostile_names_stay_words(hostile: str) -> None:
    canvas = Canvas(360)
    canvas.text(0, 0, hostile, BODY)

    assert not elements(canvas, "script")
    assert canvas.document(hostile, hostile, 10).encode()


def test_the_same_drawing_has_the_same_bytes() -> None:
    def drawn() -> str:
        canvas = Canvas(360, "dark", automatic=True)
        canvas.text(1 / 3, 20, "CO₂e 东京", BODY)
        canvas.text(1 / 3, 40, "To AV", BODY)
        canvas.part(0, 50, 20, 20, part_number=5)
        canvas.part(0, 80, 20, 20, part_number=4)
        return canvas.document("t", "d", 100)

    assert drawn() == drawn()


def test_a_document_may_be_taken_twice() -> None:
    canvas = Canvas(360)
    canvas.text(10, 20, "x", BODY)

    assert canvas.document("t", "d", 50) == canvas.document("t", "d", 50)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.0, "0"), (-0.004, "0"), (12.5, "12.5"), (100, "100"), (1 / 3, "0.33")],
)
def test_coordinates_have_at_most_two_decimals(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_coordinate_that_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(RenderError, match="coordinate"):
        Canvas(360).rect(value, 0, 1, 1)


def test_kerned_words_are_narrower_on_the_picture_too() -> None:
    canvas = Canvas(360)
    width = canvas.text(20, 60, "AV", Lettering(40, 700))

    ink = pixels(canvas).crop((3, 3, 357, 97)).convert("L").point(lambda level: 255 * (level < 128))
    left, _, right, bottom = ink.getbbox() or (0, 0, 0, 0)

    assert 20 <= left + 3 <= 22
    assert 20 + width - 2 <= right + 3 <= 20 + width
    assert bottom + 3 == 60


@pytest.mark.parametrize(
    ("name", "tongue"),
    [("東京モデル", ' xml:lang="ja"'), ("서울/모형", ' xml:lang="ko"'), ("北京/模型", "")],
)
def test_kana_and_hangul_ask_for_the_shapes_of_their_language(name: str, tongue: str) -> None:
    canvas = Canvas(100)
    canvas.text(0, 20, name, Lettering(15))

    assert f"{tongue}>{name}</text>" in canvas.document("t", "d", 30)
