"""I say what works on this machine, and what to install where something does not."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from carbonlabel.errors import RenderError
from carbonlabel.version import __version__


def examine() -> tuple[str, bool]:
    """A report of a few lines, and whether every document can be drawn here."""
    checks = (_python, _program, _pictures, _pdf)
    lines = [check() for check in checks]
    well = all(fine for fine, _ in lines)
    return "".join(f"{'ok  ' if fine else 'FAIL'}  {text}\n" for fine, text in lines), well


def _python() -> tuple[bool, str]:
    return True, f"Python {platform.python_version()} on {platform.system()}"


def _program() -> tuple[bool, str]:
    return True, f"carbonlabel {__version__}: JSON, SVG, Markdown, HTML, card, terminal"


def _pictures() -> tuple[bool, str]:
    return _installed("resvg-py", "PNG")


def _pdf() -> tuple[bool, str]:
    from carbonlabel.documents.pdf import weasyprint  # noqa: PLC0415 - it is slow to load

    try:
        weasyprint()
    except RenderError as bad:
        return False, f"PDF: {bad.message}; {bad.hint}"
    return _installed("weasyprint", "PDF")


def _installed(package: str, document: str) -> tuple[bool, str]:
    try:
        return True, f"{document}: {package} {version(package)}"
    except PackageNotFoundError:
        return False, f"{document}: {package} is not installed; pip install {package}"
