"""Cards in folders, and what lies beside them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from carbonlabel.cardfiles import card_files, kept, kept_in
from carbonlabel.cards.text import LARGEST_CARD_BYTES
from carbonlabel.errors import InputError

SAMPLES = Path(__file__).parent / "samples"
# Of carbon.json as the sample card that was made from it states them.
DIGEST_LENGTH = 64


def laid(folder: Path, name: str, text: str = "---\na: b\n---\n") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_folder_holds_its_cards_sorted_and_none_of_what_is_hidden(tmp_path: Path) -> None:
    laid(tmp_path, "b/README.md")
    laid(tmp_path, "a/README.md", "no front matter")
    laid(tmp_path, "a/notes.md", "no front matter")
    laid(tmp_path, "a/model.md")
    laid(tmp_path, "a/data.txt")
    laid(tmp_path, ".git/README.md")
    laid(tmp_path, "b/.cache/README.md")

    found = card_files([str(tmp_path)])
    assert [each.path.relative_to(tmp_path).as_posix() for each in found] == [
        "a/README.md",
        "a/model.md",
        "b/README.md",
    ]


def test_a_card_that_is_named_counts_once_whatever_it_is_called(tmp_path: Path) -> None:
    odd = laid(tmp_path, "odd.txt")

    assert [each.path for each in card_files([str(odd), str(odd)])] == [odd]


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such card"):
        card_files([str(tmp_path / "none.md")])


def test_of_a_card_that_is_too_large_only_as_much_is_read_as_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_bytes(bytes(LARGEST_CARD_BYTES + 100))
    (found,) = card_files([str(path)])

    assert len(found.content()) == LARGEST_CARD_BYTES + 1


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser reads everything")
def test_a_card_that_may_not_be_read_is_an_error_of_its_own(tmp_path: Path) -> None:
    path = laid(tmp_path, "README.md")
    path.chmod(0)
    (found,) = card_files([str(path)])

    with pytest.raises(InputError):
        found.content()


def test_a_card_that_went_away_is_an_error_of_its_own(tmp_path: Path) -> None:
    path = laid(tmp_path, "README.md")
    (found,) = card_files([str(path)])
    path.unlink()

    with pytest.raises(InputError, match="no such file"):
        found.content()


def test_a_disclosure_beside_a_card_is_known_by_digest_and_figure(tmp_path: Path) -> None:
    content = (SAMPLES / "disclosures" / "carbon.json").read_bytes()
    (tmp_path / "carbon.json").write_bytes(content)
    (found,) = card_files([str(laid(tmp_path, "README.md"))])
    known = found.beside("carbon.json")

    assert known is not None
    assert len(known.digest or "") == DIGEST_LENGTH
    assert known == kept(content, "carbon.json")
    assert found.beside("../carbon.json") == known
    assert found.beside("other.json") is None


def test_a_file_beside_a_card_that_is_no_disclosure_is_known_as_such(tmp_path: Path) -> None:
    assert kept_in(laid(tmp_path, "carbon.json", "{}")) == kept(b"[", "carbon.json")
    assert kept(b"{}", "carbon.json").digest is None
