"""I publish the formats: JSON Schemas in which every key is described and every unit is fixed.

The descriptions are the docstrings under the attributes of `carbonlabel.model`. They are read from
the source here, when a schema is made, so that nobody pays for them who only uses the nouns.
"""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from carbonlabel import resources
from carbonlabel.errors import InputError
from carbonlabel.model.disclosure import SCHEMA, Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.project import PROJECT_SCHEMA, Project
from carbonlabel.model.units import Unit

if TYPE_CHECKING:
    from pydantic_core import core_schema

FORMATS: Final[Mapping[str, str]] = {
    "disclosure": "disclosure/1-0-0.json",
    "inventory": "inventory/1-0-0.json",
    "region": "region/1-0-0.json",
    "runs": "runs/1-0-0.json",
    "project": "project/1-0-0.json",
    "waivers": "waivers/1-0-0.json",
}
"""Each published format, and where its schema stands in the folder schemas/."""
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TIME: Final = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$"


def frozen(name: str) -> str:
    """The published JSON Schema called `name`, as its file holds it.

    Raises:
        InputError: no format has that name.
    """
    if name not in FORMATS:
        raise InputError(f"there is no schema {name!r}", hint=f"known: {', '.join(FORMATS)}")
    return (resources.folder("schemas") / FORMATS[name]).read_text("utf-8")


def text(name: str = "disclosure") -> str:
    """The JSON Schema 2020-12 of a disclosure, or of a project, made anew from the nouns."""
    noun, address = (Project, PROJECT_SCHEMA) if name == "project" else (Disclosure, SCHEMA)
    made = noun.model_json_schema(by_alias=True, schema_generator=_Wire)
    head = {"$schema": _DIALECT, "$id": address, "title": f"carbonlabel {name} 1-0-0"}
    return json.dumps({**head, **made, **head}, indent=2, ensure_ascii=False) + "\n"


class _Wire(GenerateJsonSchema):
    """The format as it is written: absent keys instead of null, units and descriptions in place."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Describe every key; say of a quantity what its own validator holds."""
        made = super().model_schema(schema)
        for key, description in _descriptions(schema["cls"]).items():
            made["properties"][key]["description"] = description
        return _whole_quantity(made) if schema["cls"] is Estimate else made

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> Any:  # noqa: ANN401 - JsonSchemaValue is dict[str, Any]; the two places of pydantic disagree on it
        """Fix the unit of a quantity where its place does."""
        made = super().function_after_schema(schema)
        if schema["schema"].get("cls", Estimate) is not Estimate:
            return made
        unit = _unit(schema["function"]["function"])
        return made if unit is None else {**made, "properties": {"unit": {"const": unit}}}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Leave null out: an optional key is absent."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave defaults out: an absent key has no value."""
        return self.generate_inner(schema["schema"])

    def datetime_schema(self, schema: core_schema.DatetimeSchema) -> JsonSchemaValue:  # noqa: ARG002 - pydantic names it
        """Allow a naive time, which the format `date-time` does not."""
        return {"type": "string", "pattern": _TIME}

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - pydantic names it
        """Leave titles of keys out: they would repeat the key."""
        return False


def _whole_quantity(made: JsonSchemaValue) -> JsonSchemaValue:
    for key in ("value", "low", "high"):
        made["properties"][key]["minimum"] = 0
    return {
        **made,
        "oneOf": [{"required": ["source"]}, {"required": ["formula"]}],
        "dependentRequired": {"low": ["high"], "high": ["low"]},
    }


def _unit(check: Callable[..., Any]) -> str | None:
    # Only the check of a place knows its unit, so it is asked: the one unit it lets pass.
    passed = [unit for unit in get_args(Unit) if _passes(check, unit)]
    return passed[0] if len(passed) == 1 else None


def _passes(check: Callable[..., Any], unit: Unit) -> bool:
    try:
        check(Estimate(value=0, unit=unit, basis="assumed", source="none"))
    except ValueError:
        return False
    return True


def _descriptions(noun: type[BaseModel]) -> dict[str, str]:
    body = ast.parse(textwrap.dedent(inspect.getsource(noun))).body[0]
    statements = body.body if isinstance(body, ast.ClassDef) else []
    pairs = pairwise(statements)
    return {
        noun.model_fields[field.target.id].alias or field.target.id: words
        for field, after in pairs
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if (words := _docstring(after))
    }


def _docstring(statement: ast.stmt) -> str | None:
    match statement:
        case ast.Expr(value=ast.Constant(value=str() as words)):
            return " ".join(words.split())
        case _:
            return None
