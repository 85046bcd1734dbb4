"""I read YAML as the Hub does: by the rules of js-yaml, which are not those of PyYAML."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

NUMBER: Final = re.compile(
    r"""^(?:[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?
        |\.[0-9_]+(?:[eE][-+]?[0-9]+)?
        |[-+]?\.(?:inf|Inf|INF)
        |\.(?:nan|NaN|NAN))$""",
    re.VERBOSE,
)
WHOLE: Final = re.compile(
    r"^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0o[0-7_]+|[0-9][0-9_]*)$",
)
TRUTH: Final = re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$")
NOTHING: Final = re.compile(r"^(?:~|null|Null|NULL|)$")


class JsLoader(yaml.SafeLoader):
    """A safe loader for which `1e6` is a number, `NO` is text, and a key stands once."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the name and shape are PyYAML's

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        """The mapping, unless a key stands in it twice."""
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        twice = {key for key in keys if keys.count(key) > 1 and key != "<<"}
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"duplicated mapping key {min(twice)!r}", node.start_mark
            )
        return super().construct_mapping(node, deep)


def _whole(loader: JsLoader, node: yaml.ScalarNode) -> int:
    text = loader.construct_scalar(node).replace("_", "")
    return int(text, 0 if re.match(r"^[-+]?0[box]", text) else 10)


JsLoader.add_implicit_resolver("tag:yaml.org,2002:null", NOTHING, None)
JsLoader.add_implicit_resolver("tag:yaml.org,2002:bool", TRUTH, None)
JsLoader.add_implicit_resolver("tag:yaml.org,2002:int", WHOLE, None)
JsLoader.add_implicit_resolver("tag:yaml.org,2002:float", NUMBER, None)
JsLoader.add_implicit_resolver(
    "tag:yaml.org,2002:timestamp", re.compile(r"^\d{4}-\d\d-\d\d$"), None
)
JsLoader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"^<<$"), ["<"])
JsLoader.add_constructor("tag:yaml.org,2002:int", _whole)


def load(text: str) -> object:
    """The value of a YAML document.

    >>> load("{a: 1e-05, b: NO, c: 12_000, d: 2026-01-01}")
    {'a': 1e-05, 'b': 'NO', 'c': 12000, 'd': datetime.date(2026, 1, 1)}
    """
    return yaml.load(text, Loader=JsLoader)  # noqa: S506 - JsLoader is a SafeLoader
