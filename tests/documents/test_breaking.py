"""Words break into lines where a reader would break them."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from carbonlabel.documents import breaking, typeface
from carbonlabel.documents.canvas import Lettering

SET = Lettering(11)


def test_a_list_breaks_behind_an_item_rather_than_in_it() -> None:
    text = "idle time, failed and earlier runs, storage and network, end of life"

    lines = breaking.lines(text, SET, 274)

    assert lines == ["idle time, failed and earlier runs,", "storage and network, end of life"]


def test_no_line_ends_in_an_article() -> None:
    text = "Energy was measured in part, the rest comes from a model or a default."

    lines = breaking.lines(text, SET, 332)

    assert len(lines) == 2
    assert lines[0].rpartition(" ")[2] not in {"a", "or"}


def test_a_sign_stays_with_what_it_multiplies() -> None:
    lines = breaking.lines("above their rated power × duration, and so on", SET, 160)

    assert not [line for line in lines if line.startswith("×") or line.endswith("×")]


@settings(max_examples=150, deadline=None)
@example(text=". .a北", measure=20.0)  # a word that is cut fits the line before
@given(
    text=st.text(st.sampled_from("abc ,.×é北"), max_size=120),
    measure=st.floats(20, 400),
)
def test_no_word_is_lost_no_line_too_many_and_none_too_long(text: str, measure: float) -> None:
    fewest = typeface.wrap(text, SET.size, SET.weight, measure)

    lines = breaking.lines(text, SET, measure)

    assert " ".join(lines) == " ".join(fewest)
    assert len(lines) <= len(fewest)
    assert all(SET.width(line) <= measure + 1e-6 for line in lines if " " in line)


def test_a_long_name_is_parted_behind_its_stroke_if_both_halves_fit() -> None:
    whole = "organisation/a-model-of-some-length"

    assert breaking.halves(whole, SET, (150, 150)) == ("organisation/", "a-model-of-some-length")


def test_a_name_whose_model_is_too_long_is_parted_as_late_as_it_can_be() -> None:
    head, tail = breaking.halves("org/a-model-of-quite-some-length", SET, (110, 110))

    assert (head, tail) == ("org/a-model-of-", "quite-some-length")


def test_a_name_of_one_word_is_not_parted() -> None:
    assert breaking.halves("organisation", SET, (20, 20)) == ("organisation", "")
