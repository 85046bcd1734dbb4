"""The names that users may rely on."""

from __future__ import annotations

import inspect

import pytest

import carbonlabel

PROMISED = [
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
]


def test_the_public_names_are_exactly_the_promised_ones() -> None:
    assert sorted(carbonlabel.__all__) == sorted(PROMISED)


@pytest.mark.parametrize("name", [name for name in PROMISED if name != "__version__"])
def test_every_public_name_loads_and_says_what_it_is(name: str) -> None:
    thing = getattr(carbonlabel, name)

    assert inspect.getdoc(thing)
    assert name in dir(carbonlabel)


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = carbonlabel.nonsense
