"""What the tests of pushing share: a Hub, two disclosures, and a push that waits for nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import carbonlabel
from carbonlabel.hub import Patience, address
from carbonlabel.hub.pushing import Outcome, Wish, pushed
from carbonlabel.model.disclosure import Disclosure
from tests.hub import Hub
from tests.hub.fixtures import api, api_of, at_hub, hub, hub_settings

__all__ = ["api", "api_of", "at_hub", "hub", "hub_settings"]

ROOT = Path(__file__).parents[2]
CARD = "---\nlicense: mit # as agreed\n---\n\n# tiny\n\nA model.\n"


@dataclass
class Courier:
    """Pushes with the real client; keeps what was told, and the waits instead of waiting."""

    disclosure: Disclosure
    told: list[str] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def __call__(
        self,
        *,
        to: str = "acme/tiny",
        what: Disclosure | None = None,
        direct: bool = False,
        force: bool = False,
        dry: bool = False,
    ) -> Outcome:
        """One push."""
        return pushed(
            what or self.disclosure,
            address(to),
            Wish(is_direct=direct, is_forced=force, is_dry=dry),
            Patience(self.told.append, self.waited.append),
        )


Push = Callable[..., Outcome]


@pytest.fixture(scope="session")
def disclosure() -> Disclosure:
    """The label of the log that the project ships."""
    return carbonlabel.label(ROOT / "examples" / "emissions.csv", region="FR", model="acme/tiny")


@pytest.fixture(scope="session")
def other() -> Disclosure:
    """The same run in another country: another figure."""
    return carbonlabel.label(ROOT / "examples" / "emissions.csv", region="PL", model="acme/tiny")


@pytest.fixture
def courier(at_hub: Hub, disclosure: Disclosure, monkeypatch: pytest.MonkeyPatch) -> Courier:
    """Pushes as Alice, who writes to the repositories of `acme`."""
    assert at_hub.endpoint
    courier = Courier(disclosure)
    monkeypatch.setattr("huggingface_hub.utils._http.time.sleep", courier.waited.append)
    return courier


def figure_of(disclosure: Disclosure) -> str:
    """The electricity in grams, in the six digits of a card."""
    electricity = disclosure.totals.electricity
    assert isinstance(electricity, carbonlabel.Estimate)
    return f"{electricity.value:.6g}"
