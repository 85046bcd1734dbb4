"""I join a hook of ours to the class that its framework asks for, once that is needed."""

from __future__ import annotations

from importlib import import_module


def joined(asked: str, name: str, hooks: type, base: str, *, room: dict[str, object]) -> type:
    """The class `name` of a module: our hooks over a framework's class, made when it is asked for.

    `base` is `package.module:Class`. A framework is loaded here and nowhere before; `room` is the
    namespace of the module, where the class then stands.

    Raises:
        AttributeError: another name is asked for.
        ImportError: the framework is not installed.
    """
    if asked != name:
        raise AttributeError(f"module {room['__name__']!r} has no attribute {asked!r}")
    module, _, wanted = base.partition(":")
    parent = getattr(import_module(module), wanted)
    made = type(name, (hooks, parent), {"__module__": room["__name__"], "__doc__": hooks.__doc__})
    room[name] = made
    return made
