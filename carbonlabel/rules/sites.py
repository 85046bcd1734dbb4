"""I ask whether the site, its country and its machines go together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from carbonlabel.factors import places
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.rows import activities

_CLOUDS: Final = frozenset({"aws", "azure", "gcp"})
_RENTED: Final[tuple[tuple[re.Pattern[str], frozenset[str]], ...]] = (
    (re.compile(r"\b(GeForce|RTX ?[2345]0[5-9]0|GTX)\b", re.IGNORECASE), frozenset()),
    (re.compile(r"\bTPU", re.IGNORECASE), frozenset({"gcp"})),
    (re.compile(r"\b(Trainium|Inferentia)", re.IGNORECASE), frozenset({"aws"})),
)
"""Accelerators that are not to be had everywhere, with the clouds among ours that rent them."""


def countries(disclosure: Disclosure) -> Iterator[Finding]:
    """A cloud region lies in the country that is named."""
    for at, activity in activities(disclosure):
        spot = _cloud(activity.region.site)
        named = activity.region.country
        if spot is None or named is None or named.partition("-")[0] == spot.country:
            continue
        yield Finding(
            code="site-elsewhere",
            severity="warning",
            place=f"{at}/region/site",
            message="The cloud region is not in the country that is named.",
            expected=spot.subdivision or spot.country,
            found=named,
            suggestion=f"--region {spot.code}, or the country alone",
        )


def machines(disclosure: Disclosure) -> Iterator[Finding]:
    """A cloud rents the accelerators that are said to have run in it."""
    for at, activity in activities(disclosure):
        spot = _cloud(activity.region.site)
        provider = spot.provider if spot else None
        if provider not in _CLOUDS:
            continue
        for number, device in enumerate(activity.hardware):
            if not _is_rented(device.name, str(provider)):
                yield Finding(
                    code="device-not-at-site",
                    severity="warning",
                    place=f"{at}/hardware/{number}/name",
                    message="The provider of this cloud region does not rent such a device.",
                    expected=f"a device that {provider} rents",
                    found=device.name,
                    suggestion="check where the machine stands: --region with its country",
                )


def is_cloud(site: str | None) -> bool:
    """Whether a site is a region of a cloud provider that the tables know."""
    return _cloud(site) is not None


def _cloud(site: str | None) -> places.Spot | None:
    provider, slash, region = (site or "").partition("/")
    return places.region_of(provider, region) if slash else None


def _is_rented(name: str, provider: str) -> bool:
    return all(provider in clouds for pattern, clouds in _RENTED if pattern.search(name))
