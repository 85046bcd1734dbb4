"""I write the schemas of disclosure and project into schemas/: run me after a noun has changed.

A published version never changes but in its descriptions; anything else is a new version.
"""

from __future__ import annotations

from pathlib import Path

from carbonlabel.record import schema

FOLDER = Path(__file__).parents[1] / "schemas"


def main() -> None:
    """Write the schemas and say where."""
    for name in ("disclosure", "project"):
        target = FOLDER / schema.FORMATS[name]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(schema.text(name), encoding="utf-8")
        print(f"wrote schemas/{schema.FORMATS[name]}")


if __name__ == "__main__":
    main()
