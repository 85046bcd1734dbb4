"""The room of templates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from carbonlabel import render
from carbonlabel.documents import templates
from carbonlabel.errors import RenderError
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    """No template of one test is kept for the next."""
    templates.environment.cache_clear()
    yield
    templates.environment.cache_clear()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ nowhere }}", "'nowhere' is undefined"),
        ("{% if %}", "Expected an expression"),
        (None, "x.md.j2"),
    ],
)
def test_a_template_that_cannot_be_filled_is_an_error_with_its_name(
    source: str | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "_source", lambda _: source)

    with pytest.raises(RenderError, match=said) as refused:
        templates.filled("x.md.j2")

    assert str(refused.value.where).startswith("templates/x.md.j2")


def test_a_template_of_the_users_comes_before_ours(two_gpus: Disclosure, tmp_path: Path) -> None:
    (tmp_path / "label.md.j2").write_text("{{ face.model | md }}: {{ face.value }}", "utf-8")

    made = render(two_gpus, "markdown", options=Options(templates=tmp_path))

    assert made == b"acme/two-gpus: 118.5"  # the gold label's total, mg


def test_a_template_that_the_user_has_not_is_ours(two_gpus: Disclosure, tmp_path: Path) -> None:
    assert render(two_gpus, "markdown", options=Options(templates=tmp_path)) == render(
        two_gpus, "markdown"
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ face.__class__.__mro__ }}",
        "{{ face.alt.__init__.__globals__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{% for x in range(10**9) %}a{% endfor %}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{% include '../../etc/passwd' %}",
    ],
)
def test_a_template_reaches_nothing_but_its_words(
    hostile: str, two_gpus: Disclosure, tmp_path: Path
) -> None:
    (tmp_path / "label.md.j2").write_text(hostile, "utf-8")

    with pytest.raises(RenderError):
        render(two_gpus, "markdown", options=Options(templates=tmp_path))


def test_a_template_outside_its_folder_is_refused(two_gpus: Disclosure, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", "utf-8")
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "label.md.j2").symlink_to(tmp_path / "secret")

    with pytest.raises(RenderError, match="outside its folder"):
        render(two_gpus, "markdown", options=Options(templates=theirs))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff", "not UTF-8"),
        (b"a" * (templates.TEMPLATE_LIMIT + 1), "larger than 1 MiB"),
        (b"one\n{% if %}", "Expected an expression"),
        (b"{{ face.nowhere }}", "nowhere"),
        (b"{{ 1 // 0 }}", "by zero"),
    ],
)
def test_a_broken_template_is_told_by_its_place(
    content: bytes, said: str, two_gpus: Disclosure, tmp_path: Path
) -> None:
    (tmp_path / "label.md.j2").write_bytes(content)

    with pytest.raises(RenderError, match=said) as refused:
        render(two_gpus, "markdown", options=Options(templates=tmp_path))

    assert str(refused.value.where).startswith(f"{tmp_path.name}/label.md.j2")
