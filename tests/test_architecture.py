"""What the structure promises, held by reading the source."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "carbonlabel"
MODULES = sorted(PACKAGE.rglob("*.py"))
SUFFIXES = [
    "_kwh",
    "_gco2e",
    "_gco2e_per_kwh",
    "_l",
    "_kgsbeq",
    "_w",
    "_s",
    "_h",
    "_j",
    "_kg",
    "_years",
    "_ratio",
    "_count",
    "_flop",
]
WORLD = {
    "datetime.now",
    "datetime.utcnow",
    "date.today",
    "datetime.today",
    "time.time",
    "os.environ",
    "os.getenv",
    "random",
    "secrets",
    "uuid",
    "socket",
    "urllib.request",
    "http.client",
    "requests",
    "httpx",
}
CONVERSIONS = {1000, 3600, 3.6e6, 1e6, 1e-3, 1e-6, 8760, 86400, 453.59237}


def names_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module)):
                yield module
            case ast.Attribute(value=ast.Name(id=base), attr=attribute):
                yield f"{base}.{attribute}"


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def inside(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=inside)
def test_no_room_looks_at_the_clock_the_environment_chance_or_the_network(path: Path) -> None:
    # A check may ask which day it is; no document does, for none is drawn there.
    allowed = {"datetime.now"} if inside(path) == "commands/today.py" else set()
    assert not (WORLD - allowed) & set(names_of(tree_of(path)))


@pytest.mark.parametrize("path", MODULES, ids=inside)
def test_units_are_converted_in_units_only(path: Path) -> None:
    if inside(path) == "model/units.py":
        return
    used = {
        node.value
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and type(node.value) in {int, float}
    }
    if inside(path).startswith(("documents/", "cards/", "fonts/")):
        used -= {1000}  # font units and digits are no physical units
    assert not used & CONVERSIONS


@pytest.mark.parametrize("path", sorted((PACKAGE / "method").glob("*.py")), ids=inside)
def test_every_number_that_a_formula_takes_or_is_named_for_has_its_unit(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            floats = [
                argument.arg
                for argument in (*node.args.args, *node.args.kwonlyargs)
                if isinstance(argument.annotation, ast.Name) and argument.annotation.id == "float"
            ]
            bare = [name for name in floats if not name.endswith(tuple(SUFFIXES))]
            assert not bare or path.name in {"digits.py", "propagate.py"}, (node.name, bare)


@pytest.mark.parametrize("path", MODULES, ids=inside)
def test_a_file_says_one_sentence_in_the_first_person_and_stays_short(path: Path) -> None:
    said = ast.get_docstring(tree_of(path)) or ""
    assert said.startswith(("I ", "One ", "The ", "What "))
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_the_page_of_the_structure_names_every_package_and_no_other() -> None:
    page = (ROOT / "docs" / "structure.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(named) == sorted(p.parent.name for p in PACKAGE.glob("*/__init__.py"))


def test_annotations_are_postponed_but_where_pydantic_would_read_them_again() -> None:
    for path in MODULES:
        body = tree_of(path).body
        postponed = any(isinstance(n, ast.ImportFrom) and n.module == "__future__" for n in body)
        says_something = len(body) > 1 and path.name != "version.py"
        has_nouns = any(map(is_noun, body)) and inside(path) != "model/region.py"
        assert postponed == (says_something and not has_nouns), inside(path)


def is_noun(node: ast.stmt) -> bool:
    bases = node.bases if isinstance(node, ast.ClassDef) else []
    return any(isinstance(base, ast.Name) and base.id in {"Model", "BaseModel"} for base in bases)


@pytest.mark.parametrize("path", MODULES, ids=inside)
def test_no_function_is_longer_than_sixty_lines(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            assert lines <= 60, node.name


def test_the_median_function_body_has_at_most_six_lines() -> None:
    lengths = sorted(
        (body[-1].end_lineno or 0) - body[0].lineno + 1
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef)
        and (body := node.body[1:] if ast.get_docstring(node) else node.body)
    )
    assert lengths[len(lengths) // 2] <= 6


def test_only_the_outermost_frames_catch_everything() -> None:
    blind = [
        inside(path)
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
        )
    ]
    assert blind == ["outermost.py"]


def loaded_by(code: str) -> set[str]:
    script = f"{code}\nimport sys; print(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


HEAVY = {"weasyprint", "huggingface_hub", "jinja2", "pydantic", "yaml", "resvg_py", "segno"}
SHORT = "from carbonlabel.cli import main\nimport io, contextlib\n"


@pytest.mark.parametrize(
    ("code", "allowed"),
    [
        ("import carbonlabel", set()),
        (f"{SHORT}\ntry:\n  main(['--help'])\nexcept SystemExit: pass", set()),
        (f"{SHORT}\nmain(['label', 'examples/emissions.csv', '-q'])", {"pydantic"}),
        (
            f"{SHORT}\nmain(['label', 'examples/emissions.csv', '-q', '-t', 'svg'])",
            {"pydantic"},
        ),
        (
            f"{SHORT}\nmain(['label', 'examples/emissions.csv', '-q', '-t', 'markdown'])",
            {"pydantic", "jinja2"},
        ),
        (f"{SHORT}\nmain(['assess', 'examples/emissions.csv', '-q'])", {"pydantic"}),
    ],
)
def test_a_command_loads_no_more_than_it_needs(code: str, allowed: set[str]) -> None:
    assert not (loaded_by(code) & HEAVY) - allowed
