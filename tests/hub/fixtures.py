"""I start a Hub for a test, and point the client of this process and of others at it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.hub.accounts import ALICE
from tests.hub.server import Hub
from tests.hub.settings import settings

if TYPE_CHECKING:
    from huggingface_hub import HfApi

Apis = Callable[[str], "HfApi"]
CLEARED = ("HF_OIDC_RESOURCE", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HUGGING_FACE_HUB_TOKEN")


@pytest.fixture
def hub() -> Iterator[Hub]:
    """A Hub that serves for as long as the test runs."""
    with Hub() as serving:
        yield serving


@pytest.fixture
def hub_settings(hub: Hub, tmp_path: Path) -> dict[str, str]:
    """The environment that sends the client to the Hub as Alice, with a home of its own."""
    return settings(hub.endpoint, tmp_path / "hf")


@pytest.fixture
def at_hub(hub: Hub, hub_settings: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Hub:
    """The Hub, with the settings in force for this process and for those that it starts."""
    from huggingface_hub import constants  # noqa: PLC0415 - half a second that other tests spare

    for name in CLEARED:
        monkeypatch.delenv(name, raising=False)
    for name, value in hub_settings.items():
        monkeypatch.setenv(name, value)
    # The client reads its environment once, when it is imported: long before this test.
    monkeypatch.setattr(constants, "ENDPOINT", hub.endpoint)
    template = hub.endpoint + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    monkeypatch.setattr(constants, "HF_HOME", hub_settings["HF_HOME"])
    monkeypatch.setattr(constants, "HF_HUB_CACHE", hub_settings["HF_HUB_CACHE"])
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", hub_settings["HF_TOKEN_PATH"])
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
    # The client sends large files in a way that its own HTTP library warns of.
    warnings.filterwarnings("ignore", "Use 'content=", DeprecationWarning)
    return hub


@pytest.fixture
def api_of(at_hub: Hub) -> Apis:
    """The client of whoever holds a token; an empty token stands for nobody."""
    from huggingface_hub import HfApi  # noqa: PLC0415 - half a second that other tests spare

    return lambda token: HfApi(endpoint=at_hub.endpoint, token=token or False)


@pytest.fixture
def api(api_of: Apis) -> HfApi:
    """The client of Alice, who writes to the repositories of `acme`."""
    return api_of(ALICE)
