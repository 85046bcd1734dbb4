"""I take the place of a method that writes a card, and have the label put in after it."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Generic, ParamSpec, TypeVar

Said = ParamSpec("Said")
Got = TypeVar("Got")


class CardWriter(Generic[Said, Got]):
    """Writes as the method does, and then calls `after` with the same arguments."""

    def __init__(
        self, written: Callable[Said, Got], after: Callable[Said, object], hooks: object
    ) -> None:
        """Take the place of the method `written`; `hooks` is what was attached with it."""
        update_wrapper(self, written)
        self.written = written
        self.after = after
        self.hooks = hooks

    def __call__(self, *args: Said.args, **kwargs: Said.kwargs) -> Got:
        """What the method returns."""
        result = self.written(*args, **kwargs)
        self.after(*args, **kwargs)
        return result

    def __reduce__(self) -> tuple[object, ...]:
        """The method itself: a copy of the object, or one in another process, is without us.

        What is attached leads to the Trainer and all its data, which no copy shall drag along.
        """
        owner = getattr(self.written, "__self__", None)
        if owner is None:
            return _itself, (self.written,)
        return getattr, (owner, self.written.__name__)


def _itself(written: object) -> object:
    return written
