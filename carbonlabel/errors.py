"""I am every way we fail on purpose.

CarbonLabelError
├─ InputError            a file given to us is wrong                        exit 3
│  ├─ UnknownFormat      no reader knows this file
│  ├─ AmbiguousFormat    several readers claim this file
│  ├─ UnsupportedVersion we know the format, but not this version of it
│  ├─ MalformedInput     a value in the file is wrong
│  ├─ CardRefused        a card cannot be edited without harm
│  └─ InvalidDocument    a disclosure breaks its schema or its own arithmetic
├─ MissingFactor         nothing is known of this place, device or year     exit 4
├─ RenderError           a template, a font or a library failed             exit 3
├─ WriteError            a file could not be written                        exit 3
├─ PluginError           a stranger's code failed                           exit 5
├─ FigureDiffers         a card on the Hub declares another figure          exit 3
└─ HubError              the Hub says no                                    exit 6
   ├─ HubLogin           nobody is logged in, or the token is not valid
   ├─ HubForbidden       the account may not do this
   ├─ HubGated           the repository lets in only those who asked
   ├─ HubNotFound        there is no such repository, branch or file
   ├─ HubUnreachable     no answer, or none that can be read                exit 7
   └─ HubBusy            it asks to come back later, or others write        exit 7
"""

from __future__ import annotations

from typing import ClassVar, Final

_LONGEST_COUNT: Final = 2000


class CarbonLabelError(Exception):
    """Something went wrong that we foresaw: what, where, and what to do about it."""

    code: ClassVar[str] = "error"
    exit_status: ClassVar[int] = 3

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        """Say what is wrong, at which file, line and field, and what to do (`hint`).

        Each is one bounded line: foreign text in it cannot command a terminal.
        """
        super().__init__(message)
        self.message = _harmless(message)
        self.where = None if where is None else _harmless(where)
        self.hint = None if hint is None else _harmless(hint)

    def __str__(self) -> str:
        """Return `where: message (hint)`, leaving out what is not known."""
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text} ({self.hint})" if self.hint else text


class InputError(CarbonLabelError):
    """A file given to us is wrong."""

    code = "input"


class UnknownFormat(InputError):
    """No reader recognises the file."""

    code = "unknown-format"


class AmbiguousFormat(InputError):
    """Several readers recognise the file."""

    code = "ambiguous-format"


class UnsupportedVersion(InputError):
    """The format is known, this version of it is not."""

    code = "unsupported-version"


class MalformedInput(InputError):
    """A value, a line or the whole file is not what its format promises."""

    code = "malformed-input"


class CardRefused(InputError):
    """A model card cannot be edited without touching a foreign byte."""

    code = "card-refused"


class InvalidDocument(InputError):
    """A disclosure breaks its schema; `problems` names every fault with its JSON pointer."""

    code = "invalid-document"

    def __init__(
        self,
        message: str,
        *,
        where: str | None = None,
        hint: str | None = None,
        problems: tuple[str, ...] = (),
    ) -> None:
        """Keep all `problems`, not just the first."""
        super().__init__(message, where=where, hint=hint)
        self.problems = problems


class MissingFactor(CarbonLabelError):
    """Nothing is known of this place, device or year."""

    code = "missing-factor"
    exit_status = 4


class RenderError(CarbonLabelError):
    """A document could not be drawn."""

    code = "render"


class WriteError(CarbonLabelError):
    """A document could not be written; nothing was left half-written."""

    code = "write"


class PluginError(CarbonLabelError):
    """Code of another package failed; the message names its distribution."""

    code = "plugin"
    exit_status = 5


class FigureDiffers(CarbonLabelError):
    """A card on the Hub declares another figure, which is not replaced without a word."""

    code = "figure-differs"


class HubError(CarbonLabelError):
    """The Hub says no; nothing was changed there."""

    code = "hub"
    exit_status = 6


class HubLogin(HubError):
    """Nobody is logged in, or the token is not valid."""

    code = "hub-login"


class HubForbidden(HubError):
    """The account or its token may not do this."""

    code = "hub-forbidden"


class HubGated(HubError):
    """The repository shows its files only to those who were let in."""

    code = "hub-gated"


class HubNotFound(HubError):
    """There is no such repository, revision or file, or it is hidden."""

    code = "hub-not-found"


class HubUnreachable(HubError):
    """The Hub gives no answer, or none that can be read; another try may work."""

    code = "hub-unreachable"
    exit_status = 7


class HubBusy(HubError):
    """The Hub asks to come back later, or others keep changing the repository."""

    code = "hub-busy"
    exit_status = 7


def _harmless(text: str) -> str:
    short = text if len(text) <= _LONGEST_COUNT else f"{text[:_LONGEST_COUNT]}…"
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in short)
