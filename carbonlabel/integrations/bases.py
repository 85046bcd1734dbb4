"""I join a hook of ours to the class that its framework asks for, once that is needed."""

from __future__ import annotations

from importlib import import_module


def joined(name: str, hooks: type, base: str, *, room: str) -> type:
    """The class `name` of the module `room`: our hooks over a framework's class.

    `base` is `package.module:Class`. A framework is loaded here and nowhere before.

    Raises:
        ImportError: it is not installed.
    """
    module, _, wanted = base.partition(":")
    parent = getattr(import_module(module), wanted)
    return type(name, (hooks, parent), {"__module__": room, "__doc__": hooks.__doc__})
