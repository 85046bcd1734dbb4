"""I draw tests/gold anew: look at what I changed (out/gold/index.html) before you commit it.

    python scripts/build_gold.py            write, say what changed, and put old beside new
    python scripts/build_gold.py --check    write nothing; fail where something would change

The label of each state is kept as an SVG of live text, one element a line: a browser shows it, and
a reviewer reads its difference. The outlines themselves are held by two whole pictures.
"""

from __future__ import annotations

import html
import sys
from collections.abc import Iterator
from pathlib import Path

from states import STATES, State

from carbonlabel import registry
from carbonlabel.documents import typeface
from carbonlabel.documents.face import face
from carbonlabel.documents.svg import draw
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options
from carbonlabel.record import keeping

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
OUT = ROOT / "out" / "gold"
EXAMPLES = (
    ("carbon", "label-demo-train.svg", "svg"),
    ("carbon", "label-demo.md", "markdown"),
    ("carbon", "card-demo.md", "card"),
    ("carbon", "terminal-demo.txt", "terminal"),
    ("carbon-two-gpus", "label-two-gpus-dark.svg", "svg-dark"),
    ("carbon-two-gpus", "label-two-gpus.md", "markdown"),
    ("carbon-two-gpus", "card-two-gpus.md", "card"),
    ("carbon-two-gpus", "terminal-two-gpus.txt", "terminal"),
)
"""Disclosure, file and document of each example that is held whole."""
FORMATS = {"md": "markdown", "txt": "terminal"}
"""By suffix, what is held of each state beside its picture."""


def gold() -> Iterator[tuple[Path, bytes]]:
    """Every file under tests/gold with what is drawn now."""
    samples = ROOT / "tests" / "samples" / "disclosures"
    for disclosure, file, document in EXAMPLES:
        loaded = keeping.load((samples / f"{disclosure}.json").read_bytes())
        yield GOLD / file, drawn(loaded, document)
    for state in STATES:
        yield from of_state(state)


def of_state(state: State) -> Iterator[tuple[Path, bytes]]:
    """The files of one state."""
    disclosure = state.disclosure()
    stem = GOLD / "states" / state.name
    yield stem.with_suffix(".svg"), readable(draw(face(disclosure), letters="live")).encode()
    for suffix, document in FORMATS.items():
        if document != "badge-json" or state.name != "failed-check":
            yield stem.with_suffix(f".{suffix}"), drawn(disclosure, document)


def drawn(disclosure: Disclosure, document: str) -> bytes:
    """One document with the options that nobody chose."""
    return registry.renderer(document).render(disclosure, Options())


def readable(svg: str) -> str:
    """The same picture with an element a line, its font said once."""
    family = f' font-family="{typeface.FAMILY}"'
    return svg.replace(family, "").replace("<svg", f"<svg{family}", 1).replace("><", ">\n<")


def changed() -> dict[Path, tuple[bytes, bytes]]:
    """The old bytes and the new of each file that is drawn otherwise; empty where none were."""
    found = {}
    for path, new in gold():
        old = path.read_bytes() if path.exists() else b""
        if old != new:
            found[path] = (old, new)
    return found


def page(found: dict[Path, tuple[bytes, bytes]]) -> str:
    """Old beside new, for the eye."""
    rows = []
    for path, pair in found.items():
        cells = "".join(f"<td>{shown(path, content)}</td>" for content in pair)
        rows.append(f"<tr><th colspan=2>{path.relative_to(GOLD)}</th></tr><tr>{cells}</tr>")
    style = "td{vertical-align:top;border:1px solid #888}pre{max-width:45vw;overflow:auto}"
    head = f"<!doctype html><meta charset=utf-8><style>{style}</style>"
    return f"{head}<table>{''.join(rows)}</table>"


def shown(path: Path, content: bytes) -> str:
    """A picture as it is, a text as text."""
    text = content.decode()
    if path.suffix != ".svg":
        return f"<pre>{html.escape(text)}</pre>"
    return f'<iframe width=380 height=900 srcdoc="{html.escape(text)}"></iframe>'


def main() -> None:
    """Write what changed, or with --check only say so."""
    found = changed()
    names = "\n".join(f"  {path.relative_to(GOLD)}" for path in found)
    if "--check" in sys.argv[1:]:
        if found:
            raise SystemExit(f"drawn otherwise than it is kept:\n{names}\nmake gold, and look")
        return
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "index.html").write_text(page(found), encoding="utf-8")
    for path, (_, new) in found.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(new)
    print(f"{len(found)} files changed; look at {OUT / 'index.html'}\n{names}")


if __name__ == "__main__":
    main()
