"""I put templates/ and schemas/ inside the wheel; an editable install reads them in place."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Assets(BuildHookInterface[Any]):
    """Force-include the two folders in a standard wheel, and in nothing else."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the folders; `version` is hatchling's name of the build: standard or editable."""
        if version == "standard":
            build_data["force_include"] |= {
                kind: f"carbonlabel/{kind}" for kind in ("templates", "schemas")
            }
