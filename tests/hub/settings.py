"""I am the environment that sends a client to a Hub, with a home of its own."""

from __future__ import annotations

from pathlib import Path

from tests.hub.accounts import ALICE


def settings(endpoint: str, home: Path, token: str = ALICE) -> dict[str, str]:
    """The environment of a client of a Hub; an empty token stands for nobody."""
    return {
        "HF_ENDPOINT": endpoint,
        "HF_TOKEN": token,
        "HF_HOME": str(home),
        "HF_HUB_CACHE": str(home / "hub"),
        "HF_TOKEN_PATH": str(home / "token"),
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_HUB_ETAG_TIMEOUT": "10",
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
    }
