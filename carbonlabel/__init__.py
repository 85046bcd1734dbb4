"""I am the front desk: the names you may rely on, and nothing else.

    import carbonlabel

    evidence = carbonlabel.read("emissions.csv")
    disclosure = carbonlabel.assess(evidence, region="FR")
    carbonlabel.check(disclosure)
    carbonlabel.render(disclosure, "markdown")

What `__all__` lists and what `carbonlabel.plugins` holds is public; all else may change. Messages
of errors and findings are not promised, their codes are. Names are loaded when they are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carbonlabel.version import __version__

if TYPE_CHECKING:
    from carbonlabel.candidates import compare
    from carbonlabel.checks import check
    from carbonlabel.comparison import Comparison
    from carbonlabel.desk import (
        assess,
        collect,
        embed,
        estimate,
        inventory,
        label,
        read,
        region,
        render,
    )
    from carbonlabel.errors import (
        CarbonLabelError,
        HubError,
        InputError,
        MissingFactor,
        PluginError,
        RenderError,
        WriteError,
    )
    from carbonlabel.explanation import explain
    from carbonlabel.hub import push
    from carbonlabel.model.disclosure import Activity, Disclosure, Part, Subject
    from carbonlabel.model.estimate import Estimate, Missing
    from carbonlabel.model.evidence import Evidence, Served, Work
    from carbonlabel.model.hardware import Device, Inventory
    from carbonlabel.model.provenance import Finding
    from carbonlabel.model.region import Place, Region
    from carbonlabel.plugins import Options
    from carbonlabel.record.keeping import dump, load
    from carbonlabel.verification import Told, Verification, verify

_ROOMS = {
    "candidates": ("compare",),
    "checks": ("check",),
    "comparison": ("Comparison",),
    "desk": (
        "assess",
        "collect",
        "embed",
        "estimate",
        "inventory",
        "label",
        "read",
        "region",
        "render",
    ),
    "errors": (
        "CarbonLabelError",
        "HubError",
        "InputError",
        "MissingFactor",
        "PluginError",
        "RenderError",
        "WriteError",
    ),
    "explanation": ("explain",),
    "hub": ("push",),
    "record.keeping": ("dump", "load"),
    "verification": ("Told", "Verification", "verify"),
    "model.disclosure": ("Activity", "Disclosure", "Part", "Subject"),
    "model.estimate": ("Estimate", "Missing"),
    "model.evidence": ("Evidence", "Served", "Work"),
    "model.hardware": ("Device", "Inventory"),
    "model.provenance": ("Finding",),
    "model.region": ("Place", "Region"),
    "plugins": ("Options",),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = (
    "Activity",
    "CarbonLabelError",
    "Comparison",
    "Device",
    "Disclosure",
    "Estimate",
    "Evidence",
    "Finding",
    "HubError",
    "InputError",
    "Inventory",
    "Missing",
    "MissingFactor",
    "Options",
    "Part",
    "Place",
    "PluginError",
    "Region",
    "RenderError",
    "Served",
    "Subject",
    "Told",
    "Verification",
    "Work",
    "WriteError",
    "__version__",
    "assess",
    "check",
    "collect",
    "compare",
    "dump",
    "embed",
    "estimate",
    "explain",
    "inventory",
    "label",
    "load",
    "push",
    "read",
    "region",
    "render",
    "verify",
)


def __getattr__(name: str) -> object:
    """Load a public name from its room on first use (PEP 562)."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - a bare import should load nothing

    value: object = getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, for completion."""
    return list(__all__)
