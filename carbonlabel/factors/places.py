"""I am the places we know: countries, states, grids and the regions of cloud providers."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import near, rows

PROVIDERS = {
    "amazon": "aws",
    "amazonwebservices": "aws",
    "google": "gcp",
    "googlecloud": "gcp",
    "googlecloudplatform": "gcp",
    "microsoft": "azure",
    "microsoftazure": "azure",
    "oracle": "oci",
    "oraclecloud": "oci",
    "ovhcloud": "ovh",
}
"""What providers are called besides the name in the table."""

_SUBDIVISION = re.compile(r"[A-Za-z]{2}-[A-Za-z0-9]{1,3}")
_AVAILABILITY_ZONE = re.compile(r"(?<=[0-9])-?[a-z]$")


class Spot(NamedTuple):
    """A place of the table, with the grid zones that may answer for it."""

    code: str
    """`FR`, `US-CA`, `US-EGRID-CAMX` or `gcp/europe-west1`."""
    country: str
    """ISO 3166-1 alpha-2."""
    subdivision: str | None
    """ISO 3166-2."""
    zones: tuple[str, ...]
    """Zones of the grid table, the finest first."""
    name: str
    """For people: `California, United States`; of a cloud region the state or country it is in."""
    provider: str | None = None
    location: str | None = None
    """What the provider calls the region: `St. Ghislain, Belgium`."""
    pue_ratio: float | None = None
    pue_year: int | None = None
    pue_source: str | None = None
    provider_intensity_gco2e_per_kwh: float | None = None
    """The provider's own figure: for a cross-check only."""
    provider_intensity_year: int | None = None
    provider_intensity_source: str | None = None


def find(code: str) -> Spot:
    """The place with this code or English name: `FR`, `fra`, `Norway`, `US-CA`, `gcp/europe-west1`.

    `aws:us-east-1`, `AWS us-east-1` and `Azure West Europe` are cloud regions too.

    Raises:
        MissingFactor: no table has it; the hint has near names.
    """
    text = code.strip()
    provider, slash, region = text.replace(":", "/").partition("/")
    if not slash:
        provider, _, region = text.partition(" ")
        region = region.replace(" ", "")
    spot = region_of(provider, region) if region else None
    if spot is None and (row := _place(text)) is not None:
        spot = _spot(row)
    if spot is None:
        raise _unknown(text)
    return spot


def region_of(provider: str, region: str) -> Spot | None:
    """The region of a cloud provider, as its own tools and the trackers write it, or None.

    `us-east-1a` and `europe-west1-b` are taken for the regions that these zones belong to.
    """
    house = provider_of(provider)
    wanted = region.strip().lower()
    for each in (wanted, _AVAILABILITY_ZONE.sub("", wanted)):
        row = rows.only("regions.csv", f"{house}/{each}")
        if row is not None:
            return _cloud_spot(row)
    return None


def provider_of(name: str) -> str:
    """The name under which the tables file a cloud provider: `aws` for "Amazon Web Services"."""
    short = near.plain(name)
    return PROVIDERS.get(short, short)


def country_of(country: str, subdivision: str | None = None) -> Spot | None:
    """The state, else the country, that a tracker names by code and by name; None if unknown.

    `country` is alpha-3 or alpha-2; `subdivision` is a name in any case ("new south wales") or
    the second half of its code ("NSW"). A subdivision that no table has gives its country.
    """
    code = _by_alpha3().get(country.strip().upper(), country.strip().upper())
    row = rows.only("places.csv", code)
    if row is None or not _is_country(code):
        return None
    state = _subdivisions(code).get(near.plain(subdivision)) if subdivision else None
    return _spot(_named(state) if state else row)


def list_regions(search: str = "") -> Iterator[Spot]:
    """All places, cloud regions last, whose code, name or location contains `search`."""
    wanted = near.plain(search)
    places = (_spot(row) for row in rows.every("places.csv"))
    clouds = (_cloud_spot(row) for row in rows.every("regions.csv"))
    for spot in (*places, *clouds):
        if any(wanted in near.plain(text or "") for text in (spot.code, spot.name, spot.location)):
            yield spot


def _is_country(code: str) -> bool:
    return "-" not in code


def _place(text: str) -> rows.Row | None:
    """The row of a country, state or grid, by code or by English name."""
    row = rows.only("places.csv", text.upper())
    if row is not None:
        return row
    code = _by_alpha3().get(text.upper()) or _by_name().get(near.plain(text))
    return rows.only("places.csv", code) if code else None


@functools.cache
def _by_alpha3() -> dict[str, str]:
    return {row["alpha3"]: row["code"] for row in rows.every("places.csv") if row["alpha3"]}


@functools.cache
def _by_name() -> dict[str, str]:
    """Code by plain name: countries, what else they are called, and "California, United States"."""
    codes = {near.plain(row["name"]): row["code"] for row in rows.every("place_names.csv")}
    own = {near.plain(_full_name(row)): row["code"] for row in rows.every("places.csv")}
    return {name: code for name, code in codes.items() if _is_country(code)} | own


@functools.cache
def _subdivisions(country: str) -> dict[str, str]:
    """Codes of the subdivisions of a country, by plain name and by the second half of the code."""
    tables = (*rows.every("places.csv"), *rows.every("place_names.csv"))
    inside = [row for row in tables if row["code"].startswith(f"{country}-")]
    halves = {near.plain(row["code"].partition("-")[2]): row["code"] for row in inside}
    return halves | {near.plain(row["name"]): row["code"] for row in inside}


@functools.cache
def _named(code: str) -> rows.Row:
    row = rows.only("places.csv", code)
    if row is None:
        raise _unknown(code)
    return row


def _full_name(row: rows.Row) -> str:
    """The name for people, with the country behind a subdivision's."""
    if _is_country(row["code"]):
        return row["name"]
    return f"{row['name']}, {_named(row['code'].partition('-')[0])['name']}"


def _spot(row: rows.Row) -> Spot:
    code = row["code"]
    country = code.partition("-")[0]
    inside = () if _is_country(code) else (row["zone"] or code,)
    return Spot(
        code=code,
        country=country,
        subdivision=code if code.count("-") == 1 else None,
        zones=(*inside, country),
        name=_full_name(row),
    )


def _cloud_spot(row: rows.Row) -> Spot:
    spot = _spot(_named(row["subdivision"] or row["country"]))
    return Spot(
        code=row["code"],
        country=spot.country,
        subdivision=spot.subdivision,
        zones=tuple(dict.fromkeys((*row["zone"].split(), *spot.zones))),
        name=spot.name,
        provider=row["code"].partition("/")[0],
        location=row["location"],
        pue_ratio=rows.number(row["pue_ratio"]),
        pue_year=_year(row["pue_year"]),
        pue_source=row["pue_source"] or None,
        provider_intensity_gco2e_per_kwh=rows.number(row["intensity_gco2e_per_kwh"]),
        provider_intensity_year=_year(row["intensity_year"]),
        provider_intensity_source=row["intensity_source"] or None,
    )


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


def _unknown(text: str) -> MissingFactor:
    return MissingFactor(
        f"no place is known as {text[: near.LONGEST_COUNT]!r}",
        hint=near.hint(_near(text), command="carbonlabel list regions"),
    )


def _near(text: str) -> tuple[str, ...]:
    """What may be meant: the country of an unknown subdivision, then names that look alike."""
    country = rows.only("places.csv", text[:2].upper()) if _SUBDIVISION.fullmatch(text) else None
    same = (row for row in rows.every("regions.csv") if row["code"].endswith(f"/{text.lower()}"))
    first = (_shown(_spot(country)),) if country else tuple(map(_shown, map(_cloud_spot, same)))
    return tuple(dict.fromkeys((*first, *near.names(text, _spoken()))))[:3]


@functools.cache
def _spoken() -> dict[str, str]:
    """Every name and code in its plain form, with how to show the place that it means."""
    known: dict[str, str] = {}
    for spot in list_regions():
        inside = spot.code.partition("/")[2]
        for name in (spot.name.partition(",")[0], spot.name, spot.code, inside or spot.code):
            known.setdefault(near.plain(name), _shown(spot))
    return known


def _shown(spot: Spot) -> str:
    return f"{spot.code} ({spot.location or spot.name})"
