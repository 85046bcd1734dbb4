"""I say what was meant by an argument of a wrong kind, where no type checker did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from carbonlabel.errors import InputError

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.model.evidence import Evidence


def content(source: object, most_bytes: int) -> bytes:
    """What a binary stream holds, `most_bytes` of it at most.

    Raises:
        InputError: it is no stream, or one of text.
    """
    if not hasattr(source, "read"):
        raise _wrong("a log", source, "give one path, or io.BytesIO(...) for bytes")
    found: object = source.read(most_bytes)
    if not isinstance(found, bytes):
        raise _wrong("a log", found, 'open it in binary mode: open(path, "rb")')
    return found


def runs(evidence: object) -> Sequence[Evidence]:
    """The same runs, every one of them read.

    Raises:
        InputError: they are paths, or one run outside a sequence.
    """
    from carbonlabel.model.evidence import Evidence  # noqa: PLC0415 - costs start-up time

    if isinstance(evidence, str) or not isinstance(evidence, Sequence):
        raise _wrong("the runs", evidence, "read gives them: assess(read(path))")
    stranger = next((each for each in evidence if not isinstance(each, Evidence)), None)
    if stranger is not None:
        raise _wrong("a run", stranger, "read gives them: assess([*read(one), *read(other)])")
    return evidence


def disclosure(made: object) -> Disclosure:
    """The same disclosure.

    Raises:
        InputError: it is none, but such as the path of one.
    """
    from carbonlabel.model.disclosure import Disclosure  # noqa: PLC0415 - costs start-up time

    if not isinstance(made, Disclosure):
        raise _wrong("a disclosure", made, "assess gives one, and load(Path(...).read_bytes())")
    return made


def card(content: object) -> bytes:
    """The same bytes of a card.

    Raises:
        InputError: they are text, or a path.
    """
    if not isinstance(content, bytes):
        raise _wrong("a card", content, "give its bytes: Path(...).read_bytes()")
    return content


def text(content: object) -> str | bytes:
    """The same text.

    Raises:
        InputError: it is none, but such as the path of a file.
    """
    if not isinstance(content, str | bytes):
        raise _wrong("the text of a disclosure", content, "load(Path(...).read_bytes())")
    return content


def _wrong(wanted: str, given: object, hint: str) -> InputError:
    return InputError(f"{type(given).__name__} is not {wanted}", hint=hint)
