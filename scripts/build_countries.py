"""I write the names of countries in the languages of documents, out of the Unicode CLDR.

Needs Babel 2.18 (`pip install babel`), whose data are CLDR 47 under the Unicode licence. Run it
with the checkout as the working folder; it writes carbonlabel/documents/languages/countries.json.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Final

from babel import Locale

PLACES: Final = Path("carbonlabel/factors/data/places.csv")
TARGET: Final = Path("carbonlabel/documents/languages/countries.json")
LANGUAGES: Final = ("fr", "de", "es")
SHORT: Final = {"HK": "Hong Kong", "MO": "Macao"}
"""CLDR's names of them are too long for a line of the label."""
ALPHA2: Final = 2


def main() -> None:
    """Write the table and say how many names it has."""
    with PLACES.open(encoding="utf-8", newline="") as stream:
        codes = [row["code"] for row in csv.DictReader(stream) if len(row["code"]) == ALPHA2]
    names = {language: _names(language, codes) for language in LANGUAGES}
    TARGET.write_text(f"{json.dumps(names, ensure_ascii=False, indent=1)}\n", encoding="utf-8")
    print(f"{TARGET}: {', '.join(f'{len(of)} {language}' for language, of in names.items())}")


def _names(language: str, codes: list[str]) -> dict[str, str]:
    known = Locale(language).territories
    return {code: SHORT.get(code, known[code]) for code in sorted(codes) if code in known}


if __name__ == "__main__":
    main()
