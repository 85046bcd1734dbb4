"""I am the impacts of one request as EcoLogits writes them: values, or ranges, with units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.units import SCALES, Unit
from carbonlabel.parsing import amounts, jsontext

_SPELLINGS: Final = {"kgCO2eq": "kgCO2e", "gCO2eq": "gCO2e"}


@dataclass(frozen=True, slots=True)
class Span:
    """A figure of EcoLogits in one of our units, from `low` to `high`."""

    low: float
    high: float
    is_range: bool
    """False where EcoLogits gives a single value."""

    @property
    def middle(self) -> float:
        """The mean of both ends."""
        return self.low + (self.high - self.low) / 2


@dataclass(frozen=True, slots=True)
class Request:
    """What EcoLogits says of one request; None where it says nothing."""

    place: str
    energy_kwh: Span | None
    usage_gco2e: Span | None
    """Of the electricity alone."""
    total_gco2e: Span | None
    """With the share of making the servers."""
    water_l: Span | None
    warnings: tuple[str, ...]
    """Codes."""
    errors: tuple[str, ...]
    """Codes."""


def requests(log: Log) -> Iterator[Request]:
    """Every request of a file: one object, a list of them, or one a line.

    Raises:
        MalformedInput: it is no JSON, or a figure or a unit in it is wrong.
    """
    text = log.document()
    begin, line = _next(text, 0, 1)
    while begin < len(text):
        at = f"{log.name}:{line}"
        found, end = jsontext.value_at(text, begin, where=at)
        for place, each in enumerate(found if isinstance(found, list) else [found], 1):
            yield _request(each, at if place == 1 else f"{at} #{place}")
        begin, line = _next(text, end, line + text.count("\n", begin, end))


def _next(text: str, begin: int, line: int) -> tuple[int, int]:
    while begin < len(text) and text[begin] in " \t\r\n":
        line += text[begin] == "\n"
        begin += 1
    return begin, line


def _request(found: object, place: str) -> Request:
    response = _record(found, place)
    # A response that was dumped whole holds its impacts beside the answer, which is not read.
    impacts = _record(response.get("impacts", response), place)
    if "energy" not in impacts or "gwp" not in impacts:
        raise MalformedInput(
            "holds no impacts of a request",
            where=place,
            hint="write response.impacts.model_dump_json() of EcoLogits to a file",
        )
    usage = _record(impacts.get("usage") or {}, f"{place} usage")
    return Request(
        place=place,
        energy_kwh=_span(impacts["energy"], "kWh", f"{place} energy"),
        usage_gco2e=_span(usage.get("gwp"), "gCO2e", f"{place} usage.gwp"),
        total_gco2e=_span(impacts["gwp"], "gCO2e", f"{place} gwp"),
        water_l=_span(impacts.get("wcf"), "L", f"{place} wcf"),
        warnings=_codes(impacts.get("warnings")),
        errors=_codes(impacts.get("errors")),
    )


def _record(found: object, where: str) -> Mapping[str, object]:
    if isinstance(found, dict):
        return found
    raise MalformedInput("is no JSON object", where=where, hint="was the file cut or edited?")


def _span(found: object, unit: Unit, where: str) -> Span | None:
    if found is None:
        return None
    impact = _record(found, where)
    scale = _scale(impact.get("unit"), unit, where)
    match impact.get("value"):
        case None:
            return None
        case dict() as ends:
            low, high = (
                amounts.needed(ends.get(end), where=f"{where} {end}") * scale
                for end in ("min", "max")
            )
        case value:
            low = high = amounts.needed(value, where=where) * scale
    if low > high:
        raise MalformedInput("min is above max", where=where, hint="was the file edited?")
    return Span(low, high, is_range=isinstance(impact["value"], dict))


def _scale(named: object, unit: Unit, where: str) -> float:
    text = str(named)
    scale = SCALES[unit].get(_SPELLINGS.get(text, text))
    if scale is None:
        raise MalformedInput(
            f"{text[:40]!r} is no unit here", where=where, hint=f"EcoLogits writes {unit} or alike"
        )
    return scale


def _codes(found: object) -> tuple[str, ...]:
    listed = found if isinstance(found, list) else []
    codes = (each.get("code") for each in listed if isinstance(each, dict))
    return tuple(code for each in codes if (code := amounts.name(each)))
