"""I compose YAML into nodes with their places, quickly and without making anything of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

import yaml
from yaml.nodes import Node, ScalarNode
from yaml.resolver import Resolver

_STANDARD: Final = "tag:yaml.org,2002:"
_OPEN: Final = "open"
OTHER: Final = "other"
"""The kind of what is no scalar."""


class _Loader(Protocol):
    """What we need of a loader of PyYAML."""

    def __init__(self, stream: str) -> None: ...

    def get_single_node(self) -> Node | None: ...

    def dispose(self) -> None: ...


def composed(text: str) -> Node | None:
    """The root of the one YAML document in a text; None where there is none.

    Nothing is constructed and no alias is followed. Raises yaml.YAMLError.
    """
    loader = _LOADER(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def kind_of(tag: str, style: str | None, text: str) -> str:
    """How YAML 1.1 takes a scalar: `int`, `float`, `str`, `null`, `bool` and so on.

    >>> [kind_of(each.tag, each.style, each.value) for each in composed("[1e-5, 1.0, '1']").value]
    ['str', 'float', 'str']
    """
    if tag == _OPEN and not style:
        resolve: Callable[..., str] = _RESOLVER.resolve
        tag = resolve(ScalarNode, text, (True, False))
    return "str" if tag == _OPEN else tag.removeprefix(_STANDARD)


def _quick() -> type[_Loader]:
    """A parser in C that leaves the kind of every scalar open, else PyYAML's own."""
    try:
        from yaml._yaml import CParser  # noqa: PLC0415 - PyYAML may be without its C part
    except ImportError:
        return yaml.SafeLoader

    class Quick(CParser):
        # They are called for each node: a constant from a function in C costs next to nothing.
        resolve = _OPEN.format
        descend_resolver = _OPEN.format
        ascend_resolver = _OPEN.format

    return Quick


_LOADER: Final = _quick()
_RESOLVER: Final = Resolver()
