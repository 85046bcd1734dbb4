"""I draw every comparison in every form for the gallery, and show them behind the labels."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from comparisons import Case

from carbonlabel.documents.comparing.face import face
from carbonlabel.documents.comparing.renderings import FILES, STRIPS, Looks, rendered
from carbonlabel.documents.language import ENGLISH

FOLDER: Final = "compared"
ABROAD: Final = ("terminal", "markdown", "html", "svg", "svg-dark")
"""What is drawn in the other languages."""


@dataclass(frozen=True, slots=True)
class Held:
    """One comparison in one language, and where it goes."""

    case: Case
    language: str
    folder: Path


def jobs(cases: Sequence[Case], languages: Sequence[str], out: Path) -> list[Held]:
    """Every comparison in every language."""
    return [
        Held(case, language, out / FOLDER / case.name / language)
        for case in cases
        for language in languages
    ]


def drawn(job: Held) -> None:
    """Write every form of a comparison, the strip once for each figure that compares."""
    job.folder.mkdir(parents=True, exist_ok=True)
    found = job.case.make()
    for form in FILES if job.language == ENGLISH else ABROAD:
        if form in STRIPS:
            continue
        content = rendered(found, form, Looks(language=job.language))
        (job.folder / FILES[form]).write_bytes(content)
    for number, each in enumerate(face(found).amounts):
        for form in ("svg", "svg-dark", *(("png",) if job.language == ENGLISH else ())):
            looks = Looks(figure=each.key, language=job.language)
            file = job.folder / f"{number}-{FILES[form]}"
            file.write_bytes(rendered(found, form, looks))


def chapter(cases: Sequence[Case], languages: Sequence[str], out: Path) -> str:
    """All comparisons, behind the labels."""
    if not cases:
        return ""
    sections = "".join(_section(each, languages, out) for each in cases)
    links = (f'<a href="#{FOLDER}-{each.name}">{html.escape(each.head)}</a>' for each in cases)
    return f"<h1>Comparisons</h1><nav>{' '.join(links)}</nav>{sections}"


def _section(case: Case, languages: Sequence[str], out: Path) -> str:
    parts = (
        f'<section id="{FOLDER}-{case.name}"><h2>{html.escape(case.head)}</h2>',
        *(_shelf(case, each, out) for each in languages),
        "</section>",
    )
    return "".join(parts)


def _shelf(case: Case, language: str, out: Path) -> str:
    folder = f"{FOLDER}/{case.name}/{language}"
    shown = "".join(_parts(out, folder))
    if language == ENGLISH:
        return shown
    return f"<details><summary>{language}</summary>{shown}</details>"


def _parts(out: Path, folder: str) -> Iterator[str]:
    yield '<div class="row">'
    for file in sorted((out / folder).glob("*-strip*")):
        kind = "night" if "dark" in file.name else ""
        yield (
            f'<figure class="{kind}"><img src="{folder}/{file.name}" width="360" loading="lazy" '
            f'alt="{file.stem}"><figcaption>{file.name}</figcaption></figure>'
        )
    told = (out / folder / FILES["terminal"]).read_text("utf-8")
    yield f"<pre>{html.escape(told)}</pre></div>"
    files = (FILES[each] for each in ("html", "markdown", "json"))
    here = (each for each in files if (out / folder / each).is_file())
    links = (f'<a href="{folder}/{each}">{each}</a>' for each in here)
    yield f"<p>{' · '.join(links)}</p>"
