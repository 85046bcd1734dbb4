"""The documents of a comparison, as a reader meets them."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from carbonlabel import InputError, RenderError, compare
from carbonlabel.comparison import Comparison
from carbonlabel.documents.canvas import THEMES
from carbonlabel.documents.comparing import strip
from carbonlabel.documents.comparing.face import face
from carbonlabel.documents.comparing.names import LONGEST, names
from carbonlabel.documents.comparing.renderings import FILES, Looks, rendered
from tests.comparison.conftest import Made, place
from tests.comparison.test_use import served

EVIL = "acme/<b>x</b>|`y`$$\u202eabc\x1b[31m" + "z" * 90
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def two(made: Made) -> Comparison:
    return compare([made("a/one", 10, subject={"parameters": 67_000_000}), made("a/two", 40)])


def text(comparison: Comparison, form: str) -> str:
    return rendered(comparison, form).decode()


def plain(svg: str) -> str:
    found = ET.fromstring(svg)  # noqa: S314 - our own picture
    return " ".join(each.text or "" for each in found if each.tag in {f"{SVG}title", f"{SVG}desc"})


@pytest.mark.parametrize("form", [form for form in FILES if form not in {"png", "svg-dark"}])
def test_every_form_tells_both_figures(two: Comparison, form: str) -> None:
    told = text(two, form).replace("\u202f", " ").replace("\xa0", " ")

    for words in ("one", "two"):
        assert words in told
    told = re.sub(r"\s+", " ", told)
    assert ("500 g CO₂e" in told and "2.00 kg CO₂e" in told) or form == "json"


@pytest.mark.parametrize("form", FILES)
def test_the_same_comparison_gives_the_same_bytes(two: Comparison, form: str) -> None:
    assert rendered(two, form) == rendered(two, form)


def test_a_terminal_has_80_columns_and_nothing_to_obey(made: Made) -> None:
    found = compare([made(EVIL, 10), made("模型/" + "模" * 60, 40, at=place(pue=1.2))])
    for line in text(found, "terminal").splitlines():
        wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in line)
        assert len(line) + wide <= 80
        assert all(letter.isprintable() for letter in line)


def test_a_ratio_is_told_against_the_readers_own(made: Made) -> None:
    sides = [made("a/one", 10), made("a/two", 40)]

    assert "4.0 times one (2.4 to 6.5)" in text(compare(sides), "terminal")
    assert "0.25 times two (0.15 to 0.41)" in text(compare(sides, mine=1), "terminal")


def test_what_cannot_be_told_apart_is_said_so_everywhere(made: Made) -> None:
    found = compare([made("a/one", 10), made("a/two", 12), made("a/three", 13)])
    for form in ("terminal", "markdown", "html", "svg"):
        told = text(found, form) if form != "svg" else plain(text(found, form))
        assert "not distinguishable from one: the ranges overlap" in told
        assert "Not distinguishable either: two and three." in told


def test_correlation_is_said_to_be_counted_or_not(two: Comparison) -> None:
    told = " ".join(text(two, "terminal").split())

    assert "Correlation: none is known" in told
    assert "both are moved alike by the grid factor of FR, 2025" in told


def test_whose_grid_counts_is_marked_on_every_document(made: Made) -> None:
    found = compare([made("a/one", 10), made("a/two", 40)], region=place(100, code="DE"))
    for form in ("terminal", "markdown", "html", "svg"):
        told = text(found, form) if form != "svg" else plain(text(found, form))
        assert "All electricity at the grid of DE, 2025: 100 g" in told.replace("\xa0", " ")
    assert json.loads(text(found, "json"))["grid"]["intensity"]["value"] == 100


def test_what_does_not_compare_has_reasons_and_no_figures(made: Made) -> None:
    found = compare([made("a/one", 10), made("a/two", 40, phase="pre-training")])
    for form in ("terminal", "markdown", "html"):
        told = " ".join(text(found, form).split())
        assert "ot comparable" in told
        assert "they are of different work" in told
        assert "label the same phase on every side" in told
        assert "10.0" not in told
        assert "g CO₂e" not in told
    assert json.loads(text(found, "json"))["topics"][0]["figures"] == []


@pytest.mark.parametrize("form", ["svg", "svg-dark", "png"])
def test_no_strip_is_drawn_of_what_does_not_compare(made: Made, form: str) -> None:
    found = compare([made("a/one", 10), made("a/two", 40, phase="pre-training")])
    with pytest.raises(RenderError, match="nothing compares"):
        rendered(found, form)


def test_the_strip_shows_the_figure_that_is_asked_for(two: Comparison) -> None:
    assert "Electricity of training" in plain(text(two, "svg"))
    energy = rendered(two, "svg", Looks(figure="training/energy")).decode()
    assert "Energy of training" in plain(energy)
    with pytest.raises(InputError, match="does not compare"):
        rendered(two, "svg", Looks(figure="use/energy"))
    with pytest.raises(InputError, match="no form"):
        rendered(two, "docx")


def test_only_the_readers_own_is_ink_and_the_order_is_as_given(made: Made) -> None:
    found = compare([made("a/one", 40), made("a/two", 10), made("a/three", 20)], mine=1)
    drawn = ET.fromstring(text(found, "svg"))  # noqa: S314 - our own picture
    bars = [each for each in drawn.iter(f"{SVG}rect") if each.get("height") == "11"]

    assert [each.get("class") for each in bars] == ["s2", "s1", "s2"]
    assert {each.get("x") for each in bars} == {"14"}
    widths = [float(each.get("width") or 0) for each in bars]
    assert widths[0] / widths[1] == pytest.approx(4, rel=1e-3)


def test_nothing_ranks_and_nothing_wins(two: Comparison) -> None:
    told = " ".join(text(two, form) for form in ("terminal", "markdown", "html"))

    assert not re.search(r"\b(winner|best|worst|rank|greener|★|#1|1st)\b", told, re.IGNORECASE)
    assert "log" not in plain(text(two, "svg"))
    colours = set(re.findall(r"#[0-9a-f]{6}", text(two, "svg")))
    assert colours <= {*THEMES["light"].values()}


def test_intervals_stand_on_tracks_of_their_own_and_missing_ones_are_said(made: Made) -> None:
    found = compare([made("a/one", 10), made("a/two", 40)])
    sheaf = face(found)
    drawn = ET.fromstring(text(found, "svg"))  # noqa: S314 - our own picture
    tracks = [each for each in drawn.iter(f"{SVG}rect") if each.get("class") == "interval"]
    bars = [each for each in drawn.iter(f"{SVG}rect") if each.get("height") == "11"]

    assert len(tracks) == 6
    assert float(tracks[0].get("y") or 0) > float(bars[0].get("y") or 0) + 11
    assert sheaf.amounts[0].sentences[0].startswith("Correlation")


def test_very_unlike_sizes_say_what_is_too_small_to_draw(made: Made) -> None:
    found = compare([made("a/small", 1e-6), made("a/large", 1e9)])
    told = " ".join(text(found, "terminal").split())

    assert "small is too small for a bar to scale." in told
    assert "1.0 × 10¹⁵ times small (0.6 to 1.7 × 10¹⁵)" in told
    drawn = ET.fromstring(text(found, "svg"))  # noqa: S314 - our own picture
    bars = [each for each in drawn.iter(f"{SVG}rect") if each.get("height") == "11"]
    assert all(float(each.get("width") or 0) >= 1 for each in bars)


def test_hostile_names_are_only_text(made: Made) -> None:
    found = compare([made(EVIL, 10), made("a/two", 40)])

    assert "<b>x" not in text(found, "html")
    assert "<b>x" not in text(found, "markdown")
    assert "\x1b" not in "".join(text(found, form) for form in ("html", "markdown", "svg"))
    assert "\u202e" not in "".join(text(found, form) for form in ("html", "markdown", "svg"))
    ET.fromstring(text(found, "svg"))  # noqa: S314 - our own picture


def test_a_page_loads_nothing(two: Comparison) -> None:
    page = text(two, "html")

    assert "default-src 'none'" in page
    assert not re.search(r"<script|https?://(?!www\.w3\.org)", page)
    assert page.count("<img") == len(face(two).amounts)


def test_a_png_has_the_pixels_of_its_scale(two: Comparison) -> None:
    for scale in (1, 2):
        picture = Image.open(io.BytesIO(rendered(two, "png", Looks(scale=scale, theme="dark"))))
        assert picture.width == 360 * scale


def test_a_years_use_stands_beside_the_rate(made: Made) -> None:
    found = compare([made("a/one", served(2)), made("a/two", served(4.4))], requests="2M/year")
    told = " ".join(text(found, "terminal").split())

    assert "a year, for 2 000 000 requests: one 4.00 kWh" in told
    for form in ("markdown", "html"):
        assert "a year, for 2\u202f000\u202f000 requests" in text(found, form).replace(
            "&#8239;", "\u202f"
        )


def test_a_median_is_of_one_unit(made: Made) -> None:
    runs = [served(each, count=1, statistic="median") for each in (0.001, 0.004)]
    found = compare([made("a/one", runs[0]), made("a/two", runs[1])])

    assert "per median request" in text(found, "terminal")


def test_zero_is_told_without_a_ratio(made: Made) -> None:
    from carbonlabel.comparison import compared, disclosed  # noqa: PLC0415 - past the checks

    zero = disclosed(made("a/zero", 10, idle="1 kWh", pue_in_energy="no"), "zero.json")
    other = disclosed(made("a/one", 10), "one.json")
    assert zero.disclosure is not None
    nothing = {"value": 0.0, "low": 0.0, "high": 0.0}
    activity = zero.disclosure.activities[0]
    parts = tuple(
        part.model_copy(
            update={
                "energy": part.energy.model_copy(update=nothing),
                "emissions": part.emissions.model_copy(update=nothing),
            }
        )
        if part.part == "computing" and part.energy
        else part
        for part in activity.parts
    )
    changed = activity.model_copy(update={"parts": parts})
    empty = disclosed(zero.disclosure.model_copy(update={"activities": (changed,)}), "zero.json")
    found = compared([empty, other])

    assert "higher than zero, without a ratio" in text(found, "terminal")
    assert "<rect" in text(found, "svg")


@pytest.mark.parametrize(
    ("models", "expected"),
    [
        (("a/x", "b/y"), ("x", "y")),
        (("a/x", "b/x"), ("a/x", "b/x")),
    ],
)
def test_names_are_short_and_of_one_side_alone(
    made: Made, models: tuple[str, str], expected: tuple[str, str]
) -> None:
    assert names(compare([made(models[0], 10), made(models[1], 40)]).sides) == expected


def test_versions_of_one_model_are_told_apart(made: Made) -> None:
    found = names(compare([made("a/x", 10), made("a/x", 40), made("a/x", 50)]).sides)

    assert len(set(found)) == 3
    assert all(len(each) <= LONGEST for each in found)


def test_one_statement_given_twice_still_has_two_names(made: Made) -> None:
    assert names(compare([made("a/x", 10), made("a/x", 10)]).sides) == ("x, first", "x, second")


def test_the_picture_has_words_for_those_who_do_not_see_it(two: Comparison) -> None:
    amounts = strip.chosen(face(two))

    assert strip.alt(amounts).replace("\xa0", " ") == (
        "Electricity of training: one 500 g CO₂e; two 2.00 kg CO₂e"
    )
