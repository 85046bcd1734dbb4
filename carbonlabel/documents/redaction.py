"""I make the version of a disclosure that is for the public: a statement of its own, and valid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from carbonlabel.model.disclosure import Activity, Disclosure, Withheld
from carbonlabel.model.market import Instrument
from carbonlabel.model.region import Region

_ALWAYS: Final[tuple[Withheld, ...]] = ("file-names", "sites", "contracts")
_PUBLIC: Final = "public"
_FILE: Final = "file {number}"
_CONTRACT: Final = "contract {number}"
_SITE: Final = "the site"
_SAID: Final = frozenset(
    {"message", "expected", "found", "suggestion", "reason", "why", "what", "title"}
)
"""Keys under which sentences stand."""
_CLOUD: Final = re.compile(r"[a-z]{2,12}/[a-z0-9-]{2,40}")
"""The code of a cloud region, which its provider publishes."""


def version(disclosure: Disclosure, profile: str) -> Disclosure:
    """The disclosure as readers of a profile get it: for the public without what is withheld."""
    return redacted(disclosure) if profile == _PUBLIC else disclosure


def redacted(disclosure: Disclosure) -> Disclosure:
    """The disclosure without names of files and sites and without references of contracts.

    No figure changes, and every figure still follows. What was taken out stands under `withheld`;
    a version that was made for the public before stays as it is.
    """
    told = disclosure.withheld or ()
    if set(_ALWAYS) <= set(told):
        return disclosure
    files = {key: _FILE.format(number=at) for at, key in _numbered(disclosure.inputs)}
    inputs = {
        key: each.model_copy(update={"file": files[key]}) for key, each in disclosure.inputs.items()
    }
    contracts = _contracts(disclosure)
    hidden: dict[str | None, str] = {
        **{each.reference: contracts[each.reference] for each in _instruments(disclosure)},
        **dict.fromkeys(_sites(disclosure), _SITE),
        **{each.file: files[key] for key, each in reversed(disclosure.inputs.items())},
    }
    cleaned = disclosure.model_copy(
        update={
            "inputs": inputs,
            "activities": tuple(_activity(each, contracts) for each in disclosure.activities),
            "withheld": tuple(dict.fromkeys((*_ALWAYS, *told))),
        }
    )
    return Disclosure.model_validate(_without(cleaned.model_dump(by_alias=True), _names(hidden)))


def _numbered(keys: Mapping[str, object]) -> Iterator[tuple[int, str]]:
    return enumerate(keys, start=1)


def _contracts(disclosure: Disclosure) -> dict[str | None, str]:
    """A number for each reference: contracts that were told apart by it still are."""
    references = dict.fromkeys(each.reference for each in _instruments(disclosure))
    return {each: _CONTRACT.format(number=at) for at, each in enumerate(references, start=1)}


def _instruments(disclosure: Disclosure) -> Iterator[Instrument]:
    for activity in disclosure.activities:
        yield from (each for each in activity.instruments or () if each.reference)


def _sites(disclosure: Disclosure) -> Iterator[str]:
    for activity in disclosure.activities:
        if _is_private(activity.region):
            yield activity.region.site or ""


def _is_private(region: Region) -> bool:
    return region.site is not None and _CLOUD.fullmatch(region.site) is None


def _activity(activity: Activity, contracts: Mapping[str | None, str]) -> Activity:
    region = activity.region
    if _is_private(region):
        region = region.model_copy(update={"site": None})
    instruments = activity.instruments and tuple(
        each.model_copy(update={"reference": contracts.get(each.reference)})
        for each in activity.instruments
    )
    return activity.model_copy(update={"region": region, "instruments": instruments})


def _names(hidden: Mapping[str | None, str]) -> _Names:
    """The names to be taken out of sentences, the longest first."""
    known = {each: instead for each, instead in hidden.items() if each}
    longest = sorted(known, key=len, reverse=True)
    return re.compile(rf"(?<![\w.-])({'|'.join(map(re.escape, longest))})(?![\w-])"), known


_Names = tuple[re.Pattern[str], Mapping[str, str]]


def _without(value: Any, names: _Names, key: object = None) -> Any:  # noqa: ANN401 - any part of a document
    """The same document with other words for the names, in sentences only."""
    pattern, instead = names
    match value:
        case dict():
            return {name: _without(each, names, name) for name, each in value.items()}
        case tuple() | list():
            return type(value)(_without(each, names, key) for each in value)
        case str() if key in _SAID and instead:
            return pattern.sub(lambda found: instead[found[1]], value)
        case _:
            return value
