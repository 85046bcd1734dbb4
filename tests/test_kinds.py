"""Arguments of a wrong kind, as somebody writes them who has no type checker."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import carbonlabel

EXAMPLE = Path(__file__).parents[1] / "examples" / "emissions.csv"
DISCLOSURE = carbonlabel.assess(carbonlabel.read(EXAMPLE), region="FR")
# What is said here is refused by a type checker, and so goes through a name without types.
untyped: Any = carbonlabel


@pytest.mark.parametrize(
    ("mistake", "way"),
    [
        (lambda: untyped.read([EXAMPLE]), "give one path"),
        (lambda: untyped.read(EXAMPLE.read_bytes()), "io.BytesIO"),
        (lambda: untyped.read(None), "give one path"),
        (lambda: untyped.read(io.StringIO(EXAMPLE.read_text())), "binary mode"),
        (lambda: untyped.label([EXAMPLE]), "give one path"),
        (lambda: untyped.assess(str(EXAMPLE)), "assess(read(path))"),
        (lambda: untyped.assess(EXAMPLE), "assess(read(path))"),
        (lambda: untyped.assess(untyped.read(EXAMPLE)[0]), "assess(read(path))"),
        (lambda: untyped.assess([EXAMPLE]), "assess([*read(one), *read(other)])"),
        (lambda: untyped.render("carbon.json", "svg"), "load(Path(...).read_bytes())"),
        (lambda: untyped.check("carbon.json"), "load(Path(...).read_bytes())"),
        (lambda: untyped.embed("carbon.json", b"# a"), "load(Path(...).read_bytes())"),
        (lambda: untyped.embed(DISCLOSURE, "# a"), "give its bytes"),
        (lambda: untyped.load(Path("carbon.json")), "load(Path(...).read_bytes())"),
        (lambda: untyped.load("carbon.json"), "a carbon.json is expected"),
    ],
)
def test_a_wrong_kind_is_an_error_of_ours_that_says_the_right_one(
    mistake: Callable[[], object], way: str
) -> None:
    with pytest.raises(carbonlabel.InputError) as raised:
        mistake()

    assert way in str(raised.value.hint)


def test_a_stream_of_bytes_is_read() -> None:
    with EXAMPLE.open("rb") as stream:
        assert len(carbonlabel.read(stream)) == 1
    assert len(carbonlabel.read(io.BytesIO(EXAMPLE.read_bytes()))) == 1


@pytest.mark.parametrize("name", ["label.svg", "report.pdf", "carbon.json"])
def test_all_documents_do_not_go_into_what_is_called_like_one(tmp_path: Path, name: str) -> None:
    with pytest.raises(carbonlabel.WriteError, match="like one document"):
        carbonlabel.label(EXAMPLE, region="FR", to=tmp_path / name)

    assert not list(tmp_path.iterdir())
