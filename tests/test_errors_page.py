"""The page of errors and findings lists every code of the program, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from carbonlabel import errors

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "errors.md").read_text("utf-8")
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
COINED = {"Finding", "Comparison", "Band"}


def words(node: ast.expr) -> Iterator[str]:
    """Every text that an expression may come to."""
    match node:
        case ast.Constant(value=str() as word):
            yield word
        case ast.IfExp(body=one, orelse=other):
            yield from (*words(one), *words(other))


def makers(tree: ast.Module) -> dict[str, int]:
    """Functions and methods that are told a code, and at which place of a call it stands."""
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [each.arg for each in node.args.args if each.arg != "self"]
            found |= {node.name: names.index("code")} if "code" in names else {}
    return found


def coined(tree: ast.Module) -> Iterator[str]:
    """Codes as keywords of findings, as words told to their makers, and as names given first."""
    places = makers(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), keywords=keywords) if name in COINED:
                for keyword in keywords:
                    yield from words(keyword.value) if keyword.arg == "code" else ()
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=told):
                if name in places:
                    yield from words(told[places[name]])
            case ast.Assign(
                targets=[ast.Tuple(elts=[ast.Name(id="code"), *_])],
                value=ast.Tuple(elts=[first, *_]),
            ):
                yield from words(first)


def severities(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each code with each severity that a finding spelled out in the source may give it."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Finding"), keywords=keywords):
                told = {each.arg: list(words(each.value)) for each in keywords}
                # Where both depend, not every severity goes with every code.
                codes = told.get("code", [])
                yield from product(codes, told.get("severity", ())) if len(codes) == 1 else ()


def trees() -> Iterator[ast.Module]:
    for path in sorted((ROOT / "carbonlabel").rglob("*.py")):
        yield ast.parse(path.read_text("utf-8"))


def codes_of_findings() -> set[str]:
    return {code for tree in trees() for code in coined(tree)}


def codes_of_errors(kind: type[errors.CarbonLabelError]) -> set[str]:
    below = (codes_of_errors(each) for each in kind.__subclasses__())
    ours = {kind.code} if kind.__module__.startswith("carbonlabel.") else set()
    return ours.union(*below)


def test_every_error_has_its_heading_and_no_other_has_one() -> None:
    assert set(re.findall(r"^### (\S+)$", PAGE, re.MULTILINE)) == codes_of_errors(
        errors.CarbonLabelError
    )


def test_every_finding_has_its_row_and_no_other_has_one() -> None:
    listed = re.findall(r"^\| `([a-z0-9-]+)` \|", PAGE, re.MULTILINE)

    assert sorted(listed) == sorted(codes_of_findings())


def test_a_code_is_words_joined_by_hyphens() -> None:
    assert all(CODE.fullmatch(code) or code == "placeholder" for code in codes_of_findings())


def test_every_row_says_what_it_means_and_what_to_do() -> None:
    for row in re.findall(r"^\| `.*$", PAGE, re.MULTILINE):
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 4
        assert all(cells)


def test_every_row_names_the_severities_that_its_code_may_have() -> None:
    rows = dict(re.findall(r"^\| `([a-z0-9-]+)` \| ([^|]+) \|", PAGE, re.MULTILINE))
    told = {pair for tree in trees() for pair in severities(tree)}

    assert not [(code, severity) for code, severity in told if severity not in rows[code]]
