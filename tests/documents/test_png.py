"""I hold the pixels of the label to its face."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
import resvg_py
from PIL import Image
from pydantic import TypeAdapter

from carbonlabel.documents.anatomy import Face
from carbonlabel.documents.canvas import THEMES, Theme
from carbonlabel.documents.face import face
from carbonlabel.documents.png import rasterised, renderer, undrawn
from carbonlabel.documents.svg import draw
from carbonlabel.errors import RenderError
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options
from tests.conftest import Run

SAMPLES = Path(__file__).parent.parent / "samples"
BLOOM = TypeAdapter(Face).validate_json((SAMPLES / "faces" / "bloom.json").read_bytes())
DISCLOSURE = Disclosure.model_validate_json(
    (SAMPLES / "disclosures" / "carbon-two-gpus.json").read_bytes()
)
LEFT, MEASURE = 14, 332


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def hexadecimal(image: Image.Image, x: float, y: float) -> str:
    red, green, blue = image.getpixel((round(x), round(y)))  # type: ignore[misc]
    return f"#{red:02x}{green:02x}{blue:02x}"


def bar_middle(svg: str) -> float:
    """The middle of the stacked bar, whose first segment alone is 16 px high at the margin."""
    place = next(piece for piece in svg.split("<rect ") if 'x="14"' in piece and 'ht="16"' in piece)
    return float(place.partition(' y="')[2].partition('"')[0]) + 8


def test_it_has_two_pixels_for_each_unit_unless_told_otherwise() -> None:
    twice = picture(renderer.render(DISCLOSURE, Options()))
    once = picture(renderer.render(DISCLOSURE, Options(scale=1)))

    assert twice.width == 720
    assert twice.size == (2 * once.width, 2 * once.height)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_drawn_in_the_chosen_theme(theme: Theme) -> None:
    image = picture(renderer.render(DISCLOSURE, Options(theme=theme)))

    assert hexadecimal(image, 10, 10) == THEMES[theme]["ground"]
    assert hexadecimal(image, 0, 300) == THEMES[theme]["ink"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_segments_fill_the_bar_where_the_axis_says(theme: Theme) -> None:
    svg = draw(BLOOM, theme)
    image, y = picture(rasterised(svg)), 2 * bar_middle(svg)
    parts = [row for row in BLOOM.rows if row.fill]

    seen = [
        hexadecimal(image, 2 * (LEFT + MEASURE * (row.start_ratio + row.end_ratio) / 2), y)
        for row in parts
    ]
    beyond = hexadecimal(image, 2 * (LEFT + MEASURE * parts[-1].end_ratio) + 6, y)

    assert seen == [THEMES[theme][fill] for fill in ("s1", "s2", "s3")]
    assert beyond == THEMES[theme]["ground"]


def test_the_same_picture_has_the_same_bytes() -> None:
    assert rasterised(draw(BLOOM)) == rasterised(draw(BLOOM))


@pytest.mark.parametrize(("model", "needs_fonts"), [("é–Ł₂ <text >", False), ("東京", True)])
def test_fonts_of_the_machine_are_loaded_only_for_names_beyond_the_outlines(
    monkeypatch: pytest.MonkeyPatch, model: str, *, needs_fonts: bool
) -> None:
    asked: list[Mapping[str, object]] = []

    def noted(**options: object) -> bytes:
        asked.append(options)
        return b""

    monkeypatch.setattr(resvg_py, "svg_to_bytes", noted)
    rasterised(draw(BLOOM._replace(model=model)))

    assert [options["skip_system_fonts"] for options in asked] == [not needs_fonts]


@pytest.mark.parametrize(
    ("model", "fonts", "needs_fonts"),
    [("東京/模型", "ours", False), ("東京/模型", "machine", True), ("Сбер", "machine", False)],
)
def test_a_name_beyond_the_outlines_needs_no_font_unless_fonts_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, model: str, fonts: str, *, needs_fonts: bool
) -> None:
    named = DISCLOSURE.model_copy(
        update={"subject": DISCLOSURE.subject.model_copy(update={"model": model})}
    )
    asked: list[Mapping[str, object]] = []

    def noted(**options: object) -> bytes:
        asked.append(options)
        return b""

    monkeypatch.setattr(resvg_py, "svg_to_bytes", noted)
    renderer.render(named, Options(fonts=fonts))  # type: ignore[arg-type]

    assert [options["skip_system_fonts"] for options in asked] == [not needs_fonts]


@pytest.mark.parametrize("scale", [0, -2, 11])
def test_a_scale_without_sense_is_refused(scale: int) -> None:
    with pytest.raises(RenderError, match="choose from 1 to 10"):
        renderer.render(DISCLOSURE, Options(scale=scale))


def test_a_picture_that_cannot_be_drawn_is_our_error() -> None:
    with pytest.raises(RenderError, match="no picture"):
        rasterised("<svg")


def test_the_renderer_names_its_file() -> None:
    assert (renderer.format, renderer.file_name) == ("png", "label.png")


def test_it_carries_the_words_of_the_label_for_those_who_do_not_see_it() -> None:
    image = Image.open(io.BytesIO(renderer.render(DISCLOSURE, Options())))
    image.load()

    finished = face(DISCLOSURE)
    assert image.text["Title"] == finished.alt  # type: ignore[attr-defined]
    assert image.text["Description"] == finished.description  # type: ignore[attr-defined]


def test_what_is_drawn_as_codes_is_named() -> None:
    assert undrawn(BLOOM) == ()
    assert undrawn(BLOOM._replace(model="東京/模型")) == ("東京/模型",)
    assert undrawn(BLOOM._replace(serving=("1 run · \u2068مركز\u2069",))) == ("1 run · مركز",)


def test_a_person_is_told_of_codes_and_how_to_have_letters(
    carbonlabel: Run, tmp_path: Path
) -> None:
    chinese, picture = SAMPLES / "states" / "chinese.json", tmp_path / "label.png"
    wanted = ("render", chinese, "-t", f"png={picture}")

    told = carbonlabel(*wanted).err
    quiet = carbonlabel(*wanted, "-q").err
    lettered = carbonlabel(*wanted, "--fonts", "machine").err

    assert "boxes of codes stand for letters of 智源研究院/悟道大模型-7B" in told
    assert "--fonts machine" in told
    assert quiet == ""
    assert "boxes" not in lettered
