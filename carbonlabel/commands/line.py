"""I read a command line, and say in two lines what is wrong with it and what may be meant."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NoReturn

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_USAGE: Final = 2
_NEAR: Final = 2


class Line(argparse.ArgumentParser):
    """A parser that knows near names, and whose help can be printed in every encoding."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - argparse's own settings
        """Take the settings of argparse; a flag has to be written out."""
        super().__init__(
            formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **settings
        )

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and leave with exit code 2: the usage is longer than most screens."""
        from carbonlabel import console  # noqa: PLC0415 - only a failure says something

        console.tell(f"{self.prog}: error: {message}")
        console.tell(f"  {self.prog} --help shows what there is")
        sys.exit(_USAGE)

    def refuse(self, words: Sequence[str]) -> NoReturn:
        """Say which words were not understood, and the flags that may be meant."""
        flags = [word.partition("=")[0] for word in words if word.startswith("--")]
        known = [flag for flag in self._option_string_actions if flag.startswith("--")]
        meant = [near for flag in flags for near in _near(flag, known)[:1]]
        self.error(f"unrecognized arguments: {' '.join(words)}{_asked(meant)}")

    def _check_value(self, action: argparse.Action, value: object) -> None:
        choices = action.choices
        if choices is None or value in choices:
            return
        known = [str(each) for each in choices]
        asked = _asked(_near(str(value), known))
        told = asked or f" (choose from {', '.join(known)})"
        raise argparse.ArgumentError(action, f"invalid choice: {value!r}{told}")

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        encoding = getattr(file, "encoding", None) or "utf-8"
        super()._print_message(_in_letters_of(encoding, message), file)


def _in_letters_of(encoding: str, text: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.replace("…", "...").encode(encoding, "replace").decode(encoding)
    return text


def _near(word: str, known: Iterable[str]) -> list[str]:
    import difflib  # noqa: PLC0415 - only a slip asks for names like it

    return difflib.get_close_matches(word.lower(), list(known), n=_NEAR)


def _asked(names: Iterable[str]) -> str:
    several = list(dict.fromkeys(names))
    return f"; did you mean {' or '.join(several)}?" if several else ""
