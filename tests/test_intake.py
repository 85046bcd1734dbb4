"""How strangers' files are opened."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.intake import LINE_LIMIT, Log, content_of, open_log


def lines(content: bytes) -> list[str]:
    return [line for _, line in Log("x.log", content=content).lines()]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_ends_a_line(end: str) -> None:
    assert lines(f"a{end}b{end}{end}c".encode()) == ["a", "b", "", "c"]


@given(st.lists(st.text(st.characters(exclude_characters="\r\n\0", codec="utf-8"), max_size=9)))
def test_lines_come_back_as_they_were(text: list[str]) -> None:
    content = "".join(f"{line}\n" for line in text).encode()
    assert lines(content) == [line.removeprefix("\ufeff") for line in text[:1]] + text[1:]


def test_a_crlf_over_the_edge_of_a_block_is_one_end() -> None:
    assert lines(b"a" * (LINE_LIMIT - 1) + b"\r\nb\n") == ["a" * (LINE_LIMIT - 1), "b"]


def test_a_line_over_the_limit_is_refused() -> None:
    with pytest.raises(MalformedInput, match="longer than 64 KiB"):
        lines(b"a" * (LINE_LIMIT + 1))
    assert lines(b"a\r" * LINE_LIMIT) == ["a"] * LINE_LIMIT


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"a\nb\0\n", "x.log:2: holds a NUL"), (b"a\nb\xff\n", "x.log:2: byte 1 is not UTF-8")],
)
def test_what_is_no_text_is_refused_with_its_line(content: bytes, said: str) -> None:
    with pytest.raises(MalformedInput, match=said):
        lines(content)


def test_a_byte_order_mark_is_no_content() -> None:
    log = Log("x", content=b"\xef\xbb\xbfa\n")

    assert log.head == b"a\n"
    assert list(log.lines()) == [(1, "a")]
    assert log.document() == "a\n"


def test_the_digest_is_of_all_bytes(tmp_path: Path) -> None:
    content = b"x" * 200_000
    (tmp_path / "a.log").write_bytes(content)

    assert open_log(tmp_path / "a.log").sha256 == hashlib.sha256(content).hexdigest()


def test_a_document_over_the_limit_is_refused() -> None:
    with pytest.raises(MalformedInput, match="larger than 10 MiB"):
        Log("x", content=b"x" * (10 * 2**20 + 1)).document()


def test_siblings_are_files_beside_it(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "c.csv"):
        (tmp_path / name).write_text(name)
    (tmp_path / "folder").mkdir()
    log = open_log(tmp_path / "b.csv")

    assert log.siblings() == ("a.csv", "c.csv")
    assert log.sibling("a.csv").head == b"a.csv"


def test_standard_input_has_no_siblings() -> None:
    log = Log("<stdin>", content=b"")

    assert log.siblings() == ()
    with pytest.raises(InputError, match="no file"):
        log.sibling("a.csv")


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        open_log(tmp_path / "nothing")
    (tmp_path / "gone").write_text("x")
    log = open_log(tmp_path / "gone")
    (tmp_path / "gone").unlink()
    with pytest.raises(InputError, match="no such file"):
        _ = log.head


def test_a_whole_file_is_taken_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"x" * 2**20)
    assert content_of(path, most_bytes=2**20) == b"x" * 2**20
    path.write_bytes(b"x" * (2**20 + 1))
    with pytest.raises(InputError, match="is larger than 1 MiB"):
        content_of(path, most_bytes=2**20)


def test_a_whole_file_that_is_not_there_is_refused_with_what_may_be_meant(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file") as caught:
        content_of(tmp_path / "acme", hint="on the Hub it is hf:acme")
    assert (caught.value.where, caught.value.hint) == ("acme", "on the Hub it is hf:acme")


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "huge.csv").open("wb") as stream:
        stream.truncate(2**30 + 1)

    with pytest.raises(InputError, match="larger than 1 GiB"):
        open_log(tmp_path / "huge.csv")
