"""Text in the columns of a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.documents.monospace import columns, words


def test_the_marks_around_a_name_from_right_to_left_take_no_column() -> None:
    assert columns("\u2068שלום\u2069") == 4


def test_a_word_that_is_too_wide_breaks_behind_a_stroke_unless_that_leaves_much_room() -> None:
    assert list(words("organisation/model-name", 14)) == ["organisation/", "model-name"]
    assert list(words("a/organisation", 8)) == ["a/organi", "sation"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.integers(2, 20))
def test_no_piece_is_wider_than_the_room_and_no_character_is_lost(text: str, room: int) -> None:
    pieces = list(words(text, room))
    assert all(columns(piece) <= room for piece in pieces)
    assert "".join(pieces) == text.replace(" ", "")
