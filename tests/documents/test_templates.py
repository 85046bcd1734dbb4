"""The room of templates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from carbonlabel.documents import templates
from carbonlabel.errors import RenderError


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

    assert refused.value.where == "templates/x.md.j2"
