"""I write the JSON Schema of the disclosure into schemas/: run me after a noun has changed.

A published version never changes but in its descriptions; anything else is a new version.
"""

from __future__ import annotations

from pathlib import Path

from carbonlabel import schema

FOLDER = Path(__file__).parents[1] / "schemas"


def main() -> None:
    """Write the schema and say where."""
    target = FOLDER / schema.FORMATS["disclosure"]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(schema.text(), encoding="utf-8")
    print(f"wrote schemas/{schema.FORMATS['disclosure']}")


if __name__ == "__main__":
    main()
