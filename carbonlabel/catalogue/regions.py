"""I list the places that are known, with what their electricity emits."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from carbonlabel.catalogue.columns import Fact, cited, columns, right
from carbonlabel.catalogue.searching import fitting
from carbonlabel.factors import distances, grid, places, rows, water
from carbonlabel.factors import near as naming

_HEADS = ("region", "place", "zone", "year", "g/kWh", "scope", "source")
_SCOPES = {"lifecycle": "life", "direct": "direct"}
_UNKNOWN = "–"


def facts(words: Sequence[str]) -> list[Fact]:
    """All that the tables have of each country, state, grid and cloud region, cloud regions last.

    The grid figure is the newest of the finest zone; the disclosure of a run takes the one of its
    year. Codes, names, other names, providers and the words of a location are looked at.
    """
    return [_fact(spot) for spot in fitting(places.list_regions(), words, _told)]


def table(listed: Sequence[Fact]) -> list[str]:
    """A line each, and below them what the columns mean."""
    found = [_cells(fact) for fact in listed]
    numbers = right([_HEADS[4], *(cells[4] for cells in found)])
    lines = [
        (*cells[:4], number, *cells[5:]) for cells, number in zip(found, numbers[1:], strict=True)
    ]
    return [
        *columns((*_HEADS[:4], numbers[0], *_HEADS[5:]), lines, gives_way=1),
        "",
        "Newest annual averages of the finest zone. Scope: life cycle of the plants, or",
        "direct, their stacks alone. --json has all facts, with PUE, water and sources.",
    ]


def near(text: str) -> tuple[str, ...]:
    """Places that are called nearly so."""
    known = {naming.plain(name): name for spot in places.list_regions() for name in _names(spot)}
    return naming.names(text, known)


def _names(spot: places.Spot) -> Iterable[str]:
    return (spot.name.partition(",")[0], spot.code, spot.location or "")


def _told(spot: places.Spot) -> Iterable[str]:
    """Every text that a search looks at."""
    houses = (name for name, house in _HOUSES if house == spot.provider)
    codes = {spot.code, spot.country, spot.subdivision}
    others = (row["name"] for row in rows.every("place_names.csv") if row["code"] in codes)
    alpha3 = rows.only("places.csv", spot.country)
    return (
        *(spot.code, spot.name, spot.location or "", spot.country, spot.subdivision or ""),
        *((alpha3["alpha3"],) if alpha3 else ()),
        *houses,
        *others,
    )


def _fact(spot: places.Spot) -> Fact:
    """Everything of one place, down to the works that say so."""
    figure, at = grid.newest(spot.zones), distances.position(spot.code)
    year = figure.year if figure else grid.newest_year()
    own, behind = water.wue_of(spot.code, year), water.ewif(spot.zones, year)
    return {
        "region": spot.code,
        "name": spot.name,
        "location": spot.location,
        "provider": spot.provider,
        "country": spot.country,
        "subdivision": spot.subdivision,
        "zones": list(spot.zones),
        "grid": _cited(figure),
        "provider_intensity_gco2e_per_kwh": spot.provider_intensity_gco2e_per_kwh,
        "provider_intensity_year": spot.provider_intensity_year,
        "provider_intensity_source": _work(spot.provider_intensity_source),
        "pue_ratio": spot.pue_ratio,
        "pue_year": spot.pue_year,
        "pue_source": _work(spot.pue_source),
        "wue": _cited(own),
        "ewif": _cited(behind),
        "position": None if at is None else dataclasses.asdict(at),
    }


def _cited(figure: grid.GridFigure | water.WaterFigure | None) -> Fact | None:
    """A figure with its source written out."""
    if figure is None:
        return None
    return figure._asdict() | {"source": _work(figure.source)}


def _work(key: str | None) -> Fact | None:
    return None if key is None else cited(key)


def _cells(fact: Fact) -> tuple[str, ...]:
    place, figure = str(fact["location"] or fact["name"]), fact["grid"]
    if not isinstance(figure, dict):
        return (str(fact["region"]), place, _UNKNOWN, _UNKNOWN, _UNKNOWN, "", "")
    said = figure["source"]
    return (
        str(fact["region"]),
        place,
        str(figure["zone"]),
        str(figure["year"]),
        f"{figure['intensity_gco2e_per_kwh']:.0f}",
        _SCOPES[str(figure["scope"])],
        str(said["key"]).removesuffix("-subregions"),
    )


_HOUSES = (
    *places.PROVIDERS.items(),
    ("Google Cloud Platform", "gcp"),
    ("Amazon Web Services", "aws"),
    ("Microsoft Azure", "azure"),
    ("Oracle Cloud", "oci"),
)
