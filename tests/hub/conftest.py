"""The Hub's fixtures, for the tests beside me."""

from __future__ import annotations

from tests.hub.fixtures import api, api_of, at_hub, hub, hub_settings

__all__ = ["api", "api_of", "at_hub", "hub", "hub_settings"]
