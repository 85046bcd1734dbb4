"""I draw the pictures of docs/label.md from the kept states; look at them before you commit."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from states import STATES

from carbonlabel import registry
from carbonlabel.plugins import Options

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
SHOWN = (
    "complete",
    "part-missing",
    "nothing-known",
    "beyond-axis",
    "planned",
    "verified",
    "failed-check",
    "five-parts",
)
SHADES = 128
"""So many colours are enough for a label, and make its file a third as large."""


def main() -> None:
    """Write every picture."""
    by_name = {each.name: each.disclosure() for each in STATES}
    for name in SHOWN:
        png = registry.renderer("png").render(by_name[name], Options(scale=1))
        write(f"state-{name}.png", small(png))
    complete = by_name["complete"]
    write("social.png", small(registry.renderer("social").render(complete, Options())))
    for name in ("complete", "part-missing", "nothing-known", "planned"):
        write(f"badge-{name}.svg", registry.renderer("badge").render(by_name[name], Options()))
    write("badge-total.svg", registry.renderer("badge").render(complete, Options(scope="total")))


def small(png: bytes) -> bytes:
    """The same picture in few colours."""
    packed = io.BytesIO()
    few = Image.open(io.BytesIO(png)).convert("RGB").quantize(SHADES, dither=Image.Dither.NONE)
    few.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def write(name: str, content: bytes) -> None:
    """Put a picture into docs/images and say how large it is."""
    (IMAGES / name).write_bytes(content)
    print(f"{len(content):>7} bytes  {name}")


if __name__ == "__main__":
    main()
