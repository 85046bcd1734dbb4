"""The room of templates."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
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


@pytest.mark.parametrize("document", ["markdown", "html", "pdf"])
def test_a_template_that_the_user_has_not_is_ours(
    two_gpus: Disclosure, tmp_path: Path, document: str
) -> None:
    assert render(two_gpus, document, options=Options(templates=tmp_path)) == render(
        two_gpus, document
    )


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("report.html.j2", "<!DOCTYPE html><title>{{ face.model }}</title>mine"),
        ("label.html.j2", "<p>mine {{ label.face.value }}</p>"),
        ("section.html.j2", "<h2>mine {{ section.title }}</h2>"),
        ("table.html.j2", "<p>mine {{ table.caption }}</p>"),
        ("report.css", "/* mine */"),
        ("label.css", "/* mine */"),
        ("screen.css", "/* mine */"),
    ],
)
def test_each_piece_of_the_page_may_be_the_users(
    two_gpus: Disclosure, tmp_path: Path, name: str, source: str
) -> None:
    (tmp_path / name).write_text(source, "utf-8")

    made = render(two_gpus, "html", options=Options(templates=tmp_path)).decode()

    assert "mine" in made
    assert "mine" not in render(two_gpus, "html").decode()


def test_a_page_of_the_users_is_bound_as_a_pdf_too(two_gpus: Disclosure, tmp_path: Path) -> None:
    (tmp_path / "report.html.j2").write_text(
        "<html lang=en><title>{{ face.model }}</title><h1>{{ report.title }}</h1>"
        "{% for each in report.sections %}<h2>{{ each.title }}</h2>{% endfor %}",
        "utf-8",
    )

    made = render(two_gpus, "pdf", options=Options(templates=tmp_path))

    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == 1
        assert set(pdf.attachments) == {"carbon.json", "evidence.csv"}


def test_a_page_of_the_users_that_asks_outside_is_refused(
    two_gpus: Disclosure, tmp_path: Path
) -> None:
    (tmp_path / "report.html.j2").write_text(
        "<html lang=en><title>a</title><img alt='' src='http://127.0.0.1:9/a.png'>", "utf-8"
    )

    with pytest.raises(RenderError, match="outside itself"):
        render(two_gpus, "pdf", options=Options(templates=tmp_path))


def test_a_name_in_a_page_of_the_users_is_escaped(two_gpus: Disclosure, tmp_path: Path) -> None:
    (tmp_path / "report.html.j2").write_text("<p>{{ face.model }}</p>", "utf-8")
    subject = two_gpus.subject.model_copy(update={"model": "<script>x</script>"})
    strange = two_gpus.model_copy(update={"subject": subject})

    assert render(strange, "html", options=Options(templates=tmp_path)) == (
        b"<p>&lt;script&gt;x&lt;/script&gt;</p>"
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
