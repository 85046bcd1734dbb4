"""Sections that training libraries write: known by their very words, taken out only when asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.cards.anatomy import anatomy
from carbonlabel.cards.generated import generated, remarks, without_generated
from carbonlabel.cards.splice import Inscription, splice
from carbonlabel.errors import CardRefused

SAMPLE = Path(__file__).parents[1] / "samples" / "model-card" / "sentence-transformers.md"
# From the card template of sentence-transformers 5.0; SetFit, SpanMarker and PyLate have the same.
MEASURED = (
    "### Environmental Impact\n"
    "Carbon emissions were measured using [CodeCarbon](https://github.com/mlco2/codecarbon).\n"
    "- **Energy Consumed**: 0.015 kWh\n"
    "- **Carbon Emitted**: 0.007 kg of CO2\n"
    "- **Hours Used**: 0.291 hours\n"
    "\n"
)
# From modelcard_template.md of huggingface_hub 2.4.0, which transformers uses too.
ESTIMATED = (
    "## Environmental Impact\n\n"
    "<!-- Total emissions (in grams of CO2eq) and additional considerations, such as electricity"
    " usage, go here. Edit the suggested text below accordingly -->\n\n"
    "Carbon emissions can be estimated using the [Machine Learning Impact calculator]"
    "(https://mlco2.github.io/impact#compute) presented in"
    " [Lacoste et al. (2019)](https://arxiv.org/abs/1910.09700).\n\n"
    "- **Hardware Type:** [More Information Needed]\n"
    "- **Hours used:** 12\n"
    "- **Cloud Provider:** [More Information Needed]\n"
    "- **Compute Region:** [More Information Needed]\n"
    "- **Carbon Emitted:** [More Information Needed]\n\n"
)
ABOVE = "---\nlicense: mit\n---\n\n# M\n\ntext\n\n"
BELOW = "### Training Hardware\n- **On Cloud**: No\n"
LABEL = Inscription((("emissions", "7"), ("disclosure", '"carbon.json#0"')), "## Carbon Facts\n\nx")


def card(*parts: str) -> bytes:
    return "".join(parts).encode()


@pytest.mark.parametrize("section", [MEASURED, ESTIMATED])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_section_goes_up_to_the_next_heading_and_no_further(section: str, newline: str) -> None:
    before = card(ABOVE, section, BELOW).replace(b"\n", newline.encode())

    after = without_generated(before)

    assert after == card(ABOVE, BELOW).replace(b"\n", newline.encode())
    assert without_generated(after) == after


@pytest.mark.parametrize("section", [MEASURED, ESTIMATED])
def test_at_the_end_of_a_card_it_goes_up_to_the_end(section: str) -> None:
    assert without_generated(card(ABOVE, section)) == card(ABOVE)
    assert without_generated(card(ABOVE, section.rstrip("\n"))) == card(ABOVE)


def test_it_is_pointed_at_with_its_line_and_stays() -> None:
    (line,) = remarks(SAMPLE.read_bytes(), "README.md")

    number = SAMPLE.read_text("utf-8").split("\n").index("### Environmental Impact") + 1
    assert line.startswith(f"README.md:{number}:1: sentence-transformers, ")
    assert "--replace-generated" in line


@pytest.mark.parametrize(
    "own",
    [
        "We bought new solar panels for it.\n",
        "- **Carbon Offset**: 3 kg\n",
        "Title of mine\n-----\n",
        "- **Hours Used**: 1 <!-- begins here\n",
        "```\n# no heading\n```\n",
        "<details>\n",
        "\u2028mine\n",
    ],
)
def test_a_section_that_somebody_has_written_in_stays_whole(own: str) -> None:
    before = card(ABOVE, MEASURED, own, "\n", BELOW)

    assert without_generated(before) == before
    (line,) = remarks(before, "README.md")
    assert "somebody has edited it" in line


@pytest.mark.parametrize(
    "text",
    [
        MEASURED.replace("### Environmental", "# Environmental"),
        MEASURED.replace("Impact", "Impacts"),
        MEASURED.replace("measured using", "measured with"),
        f"```\n{MEASURED}```\n\n",
        f"<!--\n{MEASURED}-->\n\n",
        f"<!-- carbonlabel:begin -->\n{MEASURED}<!-- carbonlabel:end -->\n",
        "### Environmental Impact\n\nOur cluster runs on hydropower.\n\n",
    ],
)
def test_what_is_not_in_their_very_words_is_no_section_of_theirs(text: str) -> None:
    before = card(ABOVE, text, BELOW)

    assert generated(anatomy(before, "README.md")) == ()
    assert without_generated(before) == before


def test_a_section_ends_where_our_label_begins() -> None:
    with_label = splice(card(ABOVE, MEASURED.rstrip("\n"), "\n"), LABEL).card

    after = without_generated(with_label)

    assert b"CodeCarbon" not in after
    assert b"<!-- carbonlabel:begin -->\n## Carbon Facts\n\nx\n<!-- carbonlabel:end -->" in after
    assert splice(after, LABEL).card == after


def test_a_cut_that_would_change_how_the_rest_is_read_is_refused() -> None:
    # The fence stands in the last item of the section, and ends with it; alone it would never end.
    before = card(ABOVE, MEASURED.rstrip("\n"), "\n  ## H\n  ```\n")

    with pytest.raises(CardRefused, match="read in another way") as refused:
        without_generated(before)
    assert refused.value.where == "README.md:9:1"


MARKERS = ("<!-- carbonlabel:begin -->\n", "<!-- carbonlabel:end -->\n")
TEXTS = ("```\n", "text\n", "<!--\n", "-->\n", "---\n", "- a\n", "## H\n", "\r\n")
PIECES = st.lists(
    st.sampled_from([MEASURED, ESTIMATED, BELOW, ABOVE, *MARKERS, *TEXTS]), max_size=8
)


@settings(max_examples=200, deadline=None)
@given(PIECES)
def test_only_lines_of_the_templates_ever_go(pieces: list[str]) -> None:
    before = card(*pieces)
    try:
        after = without_generated(before)
    except CardRefused:
        return
    known = {*MEASURED.encode().split(b"\n"), *ESTIMATED.encode().split(b"\n"), b"\r"}
    lines = after.split(b"\n")
    for line in before.split(b"\n"):
        if lines and lines[0] == line:
            lines.pop(0)
        else:
            assert line in known
    assert not lines
    assert without_generated(after) == after
