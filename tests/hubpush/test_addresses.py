"""How a person writes where something is."""

from __future__ import annotations

import pytest

from carbonlabel.errors import InputError
from carbonlabel.hub import Address, address, is_address


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("acme/tiny", Address("acme/tiny")),
        ("hf:acme/tiny", Address("acme/tiny")),
        ("hf://acme/tiny/", Address("acme/tiny")),
        ("hf:gpt2", Address("gpt2")),
        ("hf:acme/tiny@v1.0", Address("acme/tiny", revision="v1.0")),
        ("hf:acme/tiny@refs/pr/3", Address("acme/tiny", revision="refs/pr/3")),
        ("datasets/acme/words", Address("acme/words", "dataset")),
        ("hf:spaces/acme/demo", Address("acme/demo", "space")),
        ("https://huggingface.co/acme/tiny", Address("acme/tiny")),
        ("https://huggingface.co/datasets/acme/words", Address("acme/words", "dataset")),
    ],
)
def test_an_address_names_a_repository_a_kind_and_a_revision(text: str, meant: Address) -> None:
    assert address(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        *("", "hf:", "hf:acme/tiny/README.md", "a/b/c", "acme/-", "acme/a--b", "acme/.."),
        *("a b/c", "é/x", "acme/tiny@", f"acme/{'x' * 97}", "../x"),
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is no repository of the Hub"):
        address(text)


def test_options_count_where_the_address_is_silent() -> None:
    assert address("acme/words", kind="dataset", revision="dev") == Address(
        "acme/words", "dataset", "dev"
    )


@pytest.mark.parametrize("text", ["hf:spaces/acme/words", "hf:acme/words@main"])
def test_options_may_not_contradict_the_address(text: str) -> None:
    with pytest.raises(InputError, match="different places"):
        address(text, kind="dataset", revision="dev")


@pytest.mark.parametrize("text", ["hf:acme/tiny@dev", "hf:datasets/acme/words", "hf:gpt2"])
def test_an_address_is_written_as_it_is_read(text: str) -> None:
    assert str(address(text)) == text


def test_a_path_is_no_address() -> None:
    assert [is_address(text) for text in ("hf:acme/tiny", "acme/tiny", "./hf/README.md")] == [
        True,
        False,
        False,
    ]
