"""I draw every state of the label in every format on one page, for the eye: out/gallery/index.html.

    python scripts/build_gallery.py [--out DIR] [--states [NAME …]] [--comparisons [NAME …]]
        [--languages LANGUAGE …]

Behind the labels come comparisons of every kind.
English has every format; the other languages have those in which words run out of room. Nothing on
the page comes from elsewhere: it works from a folder, without a server.
"""

from __future__ import annotations

import argparse
import html
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import gallery_comparisons
from comparisons import COMPARISONS, Case
from states import STATES, State

from carbonlabel import registry
from carbonlabel.documents.language import ENGLISH, LANGUAGES
from carbonlabel.errors import CarbonLabelError
from carbonlabel.plugins import Options

ROOT: Final = Path(__file__).resolve().parents[1]
PICTURES: Final = ("svg", "svg-dark", "svg-auto", "png", "badge", "social")
TEXTS: Final = ("terminal", "markdown", "card", "badge-json", "sentence")
PAGES: Final = ("html", "pdf")
ABROAD: Final = ("svg", "badge", "social-svg", "terminal", "markdown", "html")
"""What is drawn in the other languages."""
TOTAL: Final = "badge-total.svg"
Refused = dict[tuple[str, str], dict[str, str]]
"""By state and language: the files that were not drawn, and why."""
STYLE: Final = """
body{font:15px/1.5 system-ui,sans-serif;margin:2rem;max-width:1900px;color:#111;background:#fff}
h2{border-top:6px solid #111;padding-top:.6rem;margin-top:3rem}
.row{display:flex;flex-wrap:wrap;gap:1.2rem;align-items:flex-start}
figure{margin:0}figcaption{color:#4d4d4d;font-size:13px}
.night{background:#0d1117;padding:10px}.night figcaption{color:#b1bac4}
.grey img{filter:grayscale(1)}
pre{font:12px/1.35 "DejaVu Sans Mono",Menlo,monospace;margin:0;overflow:auto;max-width:62em}
code{background:#f2f2f2;padding:1px 4px}nav a{margin-right:1em;white-space:nowrap}
.gone{border:1px dashed #8a8a8a;padding:.5em 1em;color:#4d4d4d;max-width:24em}
"""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the documents of a state in a language are, and why some are not."""

    folder: str
    refused: dict[str, str]


@dataclass(frozen=True, slots=True)
class Job:
    """One state in one language."""

    state: State
    language: str
    folder: Path


def drawn(job: Job) -> tuple[str, str, dict[str, str]]:
    """State, language and, by format, why a document was not drawn; the others are on disk."""
    job.folder.mkdir(parents=True, exist_ok=True)
    refused = {}
    disclosure = job.state.disclosure()
    for name, options, file in wanted(job.language):
        try:
            content = registry.renderer(name).render(disclosure, options)
        except CarbonLabelError as bad:
            refused[file] = bad.message
            continue
        (job.folder / file).write_bytes(content)
    return job.state.name, job.language, refused


def wanted(language: str) -> Iterator[tuple[str, Options, str]]:
    """Format, options and file of everything that is drawn in a language."""
    names = (*PICTURES, *TEXTS, *PAGES) if language == ENGLISH else ABROAD
    for name in names:
        yield name, Options(language=language), registry.renderer(name).file_name
    yield "badge", Options(language=language, scope="total"), TOTAL
    if language == ENGLISH:
        yield "png", Options(scale=1), "label-1x.png"
        yield "png", Options(scale=3), "label-3x.png"


def page(
    states: Sequence[State],
    languages: Sequence[str],
    refused: Refused,
    out: Path,
    cases: Sequence[Case] = (),
) -> str:
    """The whole page."""
    links = " ".join(f'<a href="#{each.name}">{html.escape(each.head)}</a>' for each in states)
    sections = "".join(section(each, languages, refused, out) for each in states)
    head = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery of the label</title>'
    )
    body = f"<h1>Every state of the label</h1><nav>{links}</nav>{sections}"
    body += gallery_comparisons.chapter(cases, languages, out)
    return f"{head}<style>{STYLE}</style>{body}</html>"


def section(state: State, languages: Sequence[str], refused: Refused, out: Path) -> str:
    """A state: what to look at, how it is made, its pictures, its texts, its pages."""
    shelf = Shelf(f"{state.name}/{ENGLISH}", refused[state.name, ENGLISH])
    command = html.escape("carbonlabel " + " ".join(state.arguments))
    parts = [
        f'<section id="{state.name}"><h2>{html.escape(state.head)}</h2>',
        f"<p>{html.escape(state.about)}<br><code>{command}</code></p>",
        '<div class="row">',
        picture(shelf, "label.svg", "light"),
        picture(shelf, "label-dark.svg", "dark", kind="night"),
        picture(shelf, "label-auto.svg", "as your system"),
        picture(shelf, "label.svg", "grey", kind="grey"),
        picture(shelf, "label.svg", "320 px", width=320),
        picture(shelf, "label.png", "PNG", width=360),
        '</div><div class="row">',
        *(
            picture(shelf, file, file, kind=kind, width=None)
            for kind in ("", "night")
            for file in ("badge.svg", TOTAL)
        ),
        '</div><div class="row">',
        picture(shelf, "social.png", "where a link is shared", width=600),
        text(out, shelf.folder, "label.txt"),
        "</div>",
        *(unfolded(out, shelf.folder, registry.renderer(name).file_name) for name in TEXTS[1:]),
        f"<p>{' · '.join(pages(shelf))}</p>",
        *(abroad(state, each, refused, out) for each in languages if each != ENGLISH),
        "</section>",
    ]
    return "".join(parts)


def picture(
    shelf: Shelf, file: str, caption: str, *, kind: str = "", width: int | None = 360
) -> str:
    """A picture with its caption, or why there is none."""
    if file in shelf.refused:
        return f'<p class="gone">{html.escape(caption)}: {html.escape(shelf.refused[file])}</p>'
    size = f' width="{width}"' if width else ""
    image = f'<img src="{shelf.folder}/{file}"{size} alt="{html.escape(caption)}" loading="lazy">'
    return f'<figure class="{kind}">{image}<figcaption>{html.escape(caption)}</figcaption></figure>'


def text(out: Path, folder: str, file: str) -> str:
    """A text as it is, if it was drawn."""
    path = out / folder / file
    return f"<pre>{html.escape(path.read_text('utf-8'))}</pre>" if path.exists() else ""


def unfolded(out: Path, folder: str, file: str) -> str:
    """A longer text behind its name."""
    shown = text(out, folder, file)
    return f"<details><summary>{file}</summary>{shown}</details>" if shown else ""


def pages(shelf: Shelf) -> Iterator[str]:
    """Links to what a browser opens by itself, or why there is none."""
    for name in PAGES:
        file = registry.renderer(name).file_name
        if file in shelf.refused:
            yield f"{file}: {html.escape(shelf.refused[file])}"
        else:
            yield f'<a href="{shelf.folder}/{file}">{file}</a>'


def abroad(state: State, language: str, refused: Refused, out: Path) -> str:
    """The state in another language, folded away."""
    shelf = Shelf(f"{state.name}/{language}", refused[state.name, language])
    parts = (
        f"<details><summary>{language}</summary>",
        '<div class="row">',
        picture(shelf, "label.svg", "light"),
        picture(shelf, "social.svg", "where a link is shared", width=600),
        picture(shelf, "badge.svg", "badge", width=None),
        text(out, shelf.folder, "label.txt"),
        "</div>",
        unfolded(out, shelf.folder, "LABEL.md"),
        f'<p><a href="{shelf.folder}/report.html">report.html</a></p></details>',
    )
    return "".join(parts)


def chosen(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    names = [each.name for each in STATES]
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "gallery")
    parser.add_argument("--states", nargs="*", choices=names, default=names, metavar="NAME")
    cases = [each.name for each in COMPARISONS]
    parser.add_argument("--comparisons", nargs="*", choices=cases, default=cases, metavar="NAME")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw everything, a state at a time on each processor, and write the page."""
    began, options = time.monotonic(), chosen(arguments)
    states = [each for each in STATES if each.name in options.states]
    cases = [each for each in COMPARISONS if each.name in options.comparisons]
    languages = tuple(dict.fromkeys((ENGLISH, *options.languages)))
    held = gallery_comparisons.jobs(cases, languages, options.out)
    jobs = [
        Job(state, language, options.out / state.name / language)
        for language in languages
        for state in states
    ]
    with ProcessPoolExecutor(max_workers=min(os.cpu_count() or 1, 4)) as workers:
        refused = {(name, language): why for name, language, why in workers.map(drawn, jobs)}
        list(workers.map(gallery_comparisons.drawn, held))
    target = options.out / "index.html"
    target.write_text(page(states, languages, refused, options.out, cases), encoding="utf-8")
    took_s = time.monotonic() - began
    print(f"{len(jobs)} labels and {len(held)} comparisons in {took_s:.0f} s: {target}")


if __name__ == "__main__":
    main()
