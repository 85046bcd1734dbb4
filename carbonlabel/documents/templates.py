"""I keep the one environment in which templates are filled."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError

from carbonlabel.documents import markup
from carbonlabel.documents.paper import tex
from carbonlabel.errors import RenderError
from carbonlabel.resources import folder


@cache
def environment() -> Environment:
    """The environment: a missing name is an error, HTML is escaped, Markdown by its filters."""
    made = Environment(
        loader=FunctionLoader(_source),
        undefined=StrictUndefined,
        autoescape=_is_html,  # noqa: S701 - HTML is escaped; Markdown by the filter md
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "md": markup.text,
        "attribute": markup.attribute,
        "tex": tex.text,
        "with_code": markup.with_code,
    }
    return made


def filled(template: str, **words: object) -> str:
    """The text of `templates/<template>` with these words in it.

    Raises:
        RenderError: the template is missing, broken, or asks for a word that is not there.
    """
    try:
        return environment().get_template(template).render(**words)
    except TemplateError as bad:
        raise RenderError(
            f"the template cannot be filled: {bad.message}",
            where=f"templates/{template}",
            hint="install carbonlabel anew",
        ) from bad


def _is_html(name: str | None) -> bool:
    return name is None or name.endswith((".html.j2", ".svg.j2"))


def _source(name: str) -> str | None:
    file = folder("templates") / name
    return file.read_text("utf-8") if file.is_file() else None
