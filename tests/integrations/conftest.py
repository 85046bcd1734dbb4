"""What these tests share: a log with a place in it, and frameworks in miniature."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.hub.fixtures import at_hub, hub, hub_settings

__all__ = ["at_hub", "hub", "hub_settings"]

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "examples" / "emissions.csv").read_bytes()
LONGITUDE, LATITUDE = b"2.29448", b"48.85837"
PLACED = EXAMPLE.replace(b"AMD EPYC,0,,,,", b"AMD EPYC,0,,%b,%b," % (LONGITUDE, LATITUDE))
"""The log of the example, with the coordinates that CodeCarbon writes where it has a network."""
CARD = "---\nlicense: mit # as agreed\n---\n\n# tiny\n\nA model.\n"

Frameworks = Callable[..., ModuleType]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a card and a log that holds coordinates."""
    (tmp_path / "README.md").write_text(CARD, encoding="utf-8")
    (tmp_path / "emissions.csv").write_bytes(PLACED)
    return tmp_path


@pytest.fixture
def framework(monkeypatch: pytest.MonkeyPatch) -> Frameworks:
    """Puts a module in the place of a framework that is too heavy to be installed for this."""

    def install(name: str, **contents: object) -> ModuleType:
        module = ModuleType(name)
        vars(module).update(contents)
        monkeypatch.setitem(sys.modules, name, module)
        return module

    return install


@pytest.fixture(autouse=True)
def _made_anew() -> Iterator[None]:
    """Classes that were made over a framework in miniature are not kept for the next test."""
    yield
    for name, module in list(sys.modules.items()):
        if name.startswith("carbonlabel.integrations."):
            for made in ("LabelCallback", "LabelTracker"):
                vars(module).pop(made, None)
