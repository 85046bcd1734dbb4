"""I find templates/ and schemas/, in a checkout or in a wheel, and tables, fonts and words."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal


def folder(kind: Literal["templates", "schemas"]) -> Traversable:
    """Where `kind` lives: inside an installed package, or beside it in a checkout."""
    packaged = files("carbonlabel") / kind
    return packaged if packaged.is_dir() else files("carbonlabel") / ".." / kind


def table(name: str) -> str:
    """The text of a shipped reference table, `factors/data/<name>`."""
    return (files("carbonlabel") / "factors" / "data" / name).read_text("utf-8")


def font(name: str) -> bytes:
    """The bytes of a shipped font file, `fonts/<name>`."""
    return (files("carbonlabel") / "fonts" / name).read_bytes()


def catalogue(name: str) -> str:
    """The text of a shipped catalogue of words, `documents/languages/<name>.json`."""
    return (files("carbonlabel") / "documents" / "languages" / f"{name}.json").read_text("utf-8")
