"""I know the words that stand in cards where a figure, a place or a device should."""

from __future__ import annotations

import difflib
import functools
import re
from typing import Final

_NOTHING: Final = frozenset(
    {"", "?", "-", "--", "–", "...", "…", "n/a", "n.a.", "na", "none", "null", "nil", "nan", "~"}
    | {"tbd", "tba", "tbc", "todo", "to be determined", "to be added", "xxx", "x", "unknown"}
    | {"not available", "not applicable", "not specified", "not stated", "not known", "unspecified"}
    | {"not reported", "not measured", "undisclosed", "more information needed", "your value here"}
    | {"http://", "https://"}
)
# What the Hub's documentation and its template print where a value belongs.
_DOCUMENTATION: Final = (
    "in grams of co2",
    "number (in grams of co2",
    "source of the information, either directly from",
    "pre-training or fine-tuning",
    "as granular as possible",
    "how much compute and what kind",
    "more information needed",
)
_EDGES: Final = " \t\r\n[]<>(){}*_`\"'.:"

PLACED: Final = ("emissions", "source", "training_type", "geographical_location", "hardware_used")
"""The keys of the Hub's documentation."""
ENERGY: Final = "energy_consumed"
KNOWN: Final = frozenset(
    (*PLACED, ENERGY, "disclosure", "on_cloud", "cpu_model", "ram_total_size", "hours_used")
)
"""Keys that the Hub's documentation has or that a known tool writes."""
_OTHER_NAMES: Final = {
    "emission": "emissions",
    "co2": "emissions",
    "co2_emission": "emissions",
    "co2_emissions": "emissions",
    "co2_eq_emissions": "emissions",
    "co2eq": "emissions",
    "carbon_emission": "emissions",
    "carbon_emissions": "emissions",
    "geographic_location": "geographical_location",
    "location": "geographical_location",
    "geo_location": "geographical_location",
    "geolocation": "geographical_location",
    "hardware": "hardware_used",
    "hardware_type": "hardware_used",
    "training": "training_type",
    "sources": "source",
    "energy_consumption": ENERGY,
}
_MEANT: Final = {
    "power_consumption": ENERGY,
    "energy": ENERGY,
    "energy_kwh": ENERGY,
    "energy_used": ENERGY,
    "training_hours": "hours_used",
}
"""Home-made keys that are nobody's, with the known key whose value they hold."""
_TOP_LEVEL: Final = frozenset(
    {"co2_eq_emission", "co2_emissions", "co2_emission", "co2eq_emissions", "co2_equivalent"}
    | {"co2_eq", "co2eq", "co2_eq_emissons", "co2-eq-emissions", "carbon_emissions"}
)
_LIKE: Final = 0.85

_VAGUE: Final = frozenset(
    {"a", "an", "the", "one", "single", "some", "several", "multiple", "of", "on", "with", "in"}
    | {"gpu", "gpus", "cpu", "cpus", "tpu", "tpus", "graphics", "card", "processor", "accelerator"}
    | {"nvidia", "amd", "intel", "google", "colab", "kaggle", "cloud", "aws", "azure", "gcp"}
    | {"server", "laptop", "local", "machine", "desktop", "computer", "pc", "cluster", "hpc"}
    | {"free", "tier", "pro", "notebook", "hardware", "x", "and", "my", "own", "high", "end"}
)
_WORD: Final = re.compile(r"[a-z0-9]+")


def is_placeholder(text: str) -> bool:
    """Whether the text only keeps a place free: `TBD`, `NA`, the documentation's own words.

    >>> is_placeholder("[More Information Needed]"), is_placeholder("in grams of CO2")
    (True, True)
    """
    bare = text.strip(_EDGES).lower()
    return bare in _NOTHING or text.strip() in _NOTHING or bare.startswith(_DOCUMENTATION)


def is_vague(hardware: str) -> bool:
    """Whether a hardware names a kind of device and no device: `NVIDIA GPU`, `2 GPUs on Colab`."""
    words = _WORD.findall(hardware.lower())
    return bool(words) and all(word in _VAGUE or word.isdigit() for word in words)


def right_spelling(key: str) -> str | None:
    """The known key that a misspelt one is; None for a known key and for one of its own kind.

    >>> right_spelling("hardware used"), right_spelling("geographic_location")
    ('hardware_used', 'geographical_location')
    """
    return None if key in KNOWN else _nearest(key[:60])


def meant(key: str) -> str:
    """The known key whose value a key holds: itself, where nothing else is known of it."""
    return right_spelling(key) or _MEANT.get(_plain(key), key)


def is_meant_for_emissions(top_level: str) -> bool:
    """Whether a top-level key was meant for `co2_eq_emissions`."""
    return _plain(top_level) in _TOP_LEVEL or top_level in _TOP_LEVEL


@functools.cache
def _nearest(key: str) -> str | None:
    plain = _plain(key)
    if plain in KNOWN:
        return plain
    if plain in _OTHER_NAMES or plain in _MEANT:
        return _OTHER_NAMES.get(plain)
    near = difflib.get_close_matches(plain, (*PLACED, ENERGY), n=1, cutoff=_LIKE)
    return near[0] if near else None


def _plain(key: str) -> str:
    return key.strip().lower().replace(" ", "_").replace("-", "_")
