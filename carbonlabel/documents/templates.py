"""I fill templates: those of the user first, in a sandbox, then ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from carbonlabel.documents import language, markup
from carbonlabel.documents.paper import tex
from carbonlabel.errors import RenderError
from carbonlabel.resources import folder

if TYPE_CHECKING:
    from jinja2.environment import Template

TEMPLATE_LIMIT: Final = 2**20
"""A template of a user's has at most so many bytes."""


@cache
def environment(theirs: Path | None = None) -> Environment:
    """The environment: a missing name is an error, HTML is escaped, Markdown by its filters.

    `theirs` is a folder whose templates come before ours; then every template runs in a sandbox,
    which reaches the words that it is given and nothing else.
    """
    made = _kind(theirs)(
        loader=FunctionLoader(_finder(theirs)),
        undefined=StrictUndefined,
        autoescape=_is_html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["say"] = language.say
    made.filters |= {
        "md": markup.text,
        "attribute": markup.attribute,
        "tex": tex.text,
        "with_code": markup.with_code,
        "tongue": _tongue,
    }
    return made


def filled(template: str, *, theirs: Path | None = None, **words: object) -> str:
    """The text of `templates/<template>`, or of the user's own of that name, with these words.

    Raises:
        RenderError: the template is missing, broken, or asks for a word that is not there.
    """
    try:
        return _template(template, theirs).render(**words)
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as bad:
        own = theirs is not None and (theirs / template).is_file()
        raise RenderError(
            f"the template cannot be filled: {getattr(bad, 'message', None) or bad}",
            where=f"{theirs.name if own and theirs else 'templates'}/{template}{_line(bad)}",
            hint="docs/templates.md lists what a template can say"
            if own
            else "install carbonlabel anew",
        ) from bad


def sheet(name: str, theirs: Path | None = None) -> str:
    """The text of a style sheet: the user's own of that name, else ours.

    Raises:
        RenderError: it cannot be read, or is larger than 1 MiB.
    """
    return _finder(theirs)(name) or ""


def _template(name: str, theirs: Path | None) -> Template:
    return environment(theirs).get_template(name)


def _kind(theirs: Path | None) -> type[Environment]:
    if theirs is None:
        return Environment
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 - few users need it

    return ImmutableSandboxedEnvironment


def _line(bad: Exception) -> str:
    number = getattr(bad, "lineno", None)
    return f":{number}" if number else ""


def _tongue(text: str) -> str:
    """A text for a page, with what stayed English in it marked as such."""
    left = language.foreign(text)
    if not left:
        return text
    parts = re.split(f"({'|'.join(map(re.escape, left))})", text)
    return Markup().join(
        Markup('<span lang="en">{}</span>').format(part) if at % 2 else part
        for at, part in enumerate(parts)
    )


def _is_html(name: str | None) -> bool:
    return name is None or name.endswith((".html.j2", ".svg.j2"))


def _finder(theirs: Path | None) -> Callable[[str], str | None]:
    def find(name: str) -> str | None:
        return (_read(theirs, name) if theirs else None) or _source(name)

    return find


def _read(theirs: Path, name: str) -> str | None:
    """The user's own template; None where there is none. It stays inside its folder."""
    file = theirs / name
    where = f"{theirs.name}/{name}"
    if not file.is_file():
        return None
    if not file.resolve().is_relative_to(theirs.resolve()):
        raise RenderError("the template lies outside its folder", where=where)
    content = file.read_bytes()
    if len(content) > TEMPLATE_LIMIT:
        raise RenderError("the template is larger than 1 MiB", where=where)
    try:
        return content.decode()
    except UnicodeDecodeError as bad:
        raise RenderError("the template is not UTF-8", where=where) from bad


def _source(name: str) -> str | None:
    file = folder("templates") / name
    return file.read_text("utf-8") if file.is_file() else None
