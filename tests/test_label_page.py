"""The page of the label: its pictures are there, and it names what there is."""

from __future__ import annotations

import re
import struct
from pathlib import Path

from carbonlabel import registry
from carbonlabel.documents import badge, png, social, svg
from carbonlabel.documents.canvas import Canvas, Lettering

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "label.md").read_text("utf-8")


def test_every_picture_of_the_page_is_there_and_has_words_for_those_who_do_not_see_it() -> None:
    pictures = re.findall(r'<img src="(images/[^"]+)"[^>]* alt="([^"]+)"', PAGE)

    assert len(pictures) >= 14
    assert not [path for path, _ in pictures if not (DOCS / path).is_file()]


def test_the_alternative_texts_of_badges_are_what_the_badges_say() -> None:
    told = re.findall(r'<img src="(images/badge-[^"]+)" alt="([^"]+)"', PAGE)

    for path, words in told:
        title = re.search(r'<title id="t">([^<]+)</title>', (DOCS / path).read_text("utf-8"))
        assert title is not None
        assert title[1] == words


def test_the_table_of_pictures_names_each_with_its_file_and_its_options() -> None:
    rows = {
        row[0]: row
        for row in re.findall(r"^\| `([a-z-]+)` \| `([^`]+)` \|(.*)\|$", PAGE, re.MULTILINE)
    }
    drawn = (svg.light, svg.dark, svg.automatic, png.renderer, badge.picture, badge.endpoint,
             social.picture, social.source)  # fmt: skip

    assert set(rows) == {each.format for each in drawn}
    for each in drawn:
        _, file, rest = rows[each.format]
        assert file == each.file_name
        named = set(re.findall(r"--([a-z]+)", rest))
        assert named == set(each.heeds) - {"language"}


def test_the_social_picture_has_the_size_that_is_promised() -> None:
    width, height = struct.unpack(">II", (DOCS / "images" / "social.png").read_bytes()[16:24])

    assert (width, height) == (1200, 630)


def test_a_letter_is_shown_by_its_code_as_the_page_says() -> None:
    canvas = Canvas(99, letters="coded")
    canvas.text(0, 9, "北", Lettering(9))

    digits = re.findall(r'href="#g600-3(\d)"', canvas.document("t", "d", 9))
    assert "".join(digits) == "5317"
    assert "(北 is 53 over 17)" in PAGE


def test_every_verb_on_the_page_is_known() -> None:
    formats = set(re.findall(r"-t ([a-z-]+)", PAGE))

    assert formats <= set(registry.names(registry.DOCUMENTS))
