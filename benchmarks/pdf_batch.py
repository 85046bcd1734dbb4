"""I measure the PDF: against bare WeasyPrint, in a batch against one long document, and in memory.

python benchmarks/pdf_batch.py            1 report, 100 reports
python benchmarks/pdf_batch.py 1000       and the memory after so many
"""

from __future__ import annotations

import gc
import io
import re
import resource
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pikepdf

from carbonlabel.documents import html, pdf
from carbonlabel.documents.pdf import renderer
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options

SAMPLE = Path(__file__).parents[1] / "tests/samples/disclosures/carbon-two-gpus.json"
ROUNDS = 7
BATCH = 100
MOST_BARE_RATIO = 1.25
MOST_BATCH_RATIO = 1.2
MOST_GROWTH_MB = 20


def disclosures(count: int) -> list[Disclosure]:
    """As many statements, of models with names of their own."""
    read = Disclosure.model_validate_json(SAMPLE.read_bytes())
    return [
        read.model_copy(
            update={"subject": read.subject.model_copy(update={"model": f"acme/model-{number}"})}
        )
        for number in range(count)
    ]


def page_of(disclosure: Disclosure) -> str:
    """The HTML of the report, before it is bound."""
    material = html.material_of(disclosure, Options(), renderer.file_name)
    return html.written(material, Options(), style=html.for_paper(), statement="It is attached.")


def bare(page: str) -> bytes:
    """The same HTML through WeasyPrint alone, tagged and for the archive as ours is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made: bytes = pdf.weasyprint().HTML(string=page).write_pdf(pdf_variant="pdf/a-3a")
    return made


def middle_s(draw: Callable[[], bytes]) -> float:
    """The median processor time in s of some rounds: others may use the machine too."""
    times = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        draw()
        times.append(time.process_time() - begin)
    return statistics.median(times)


def long_document(pages: list[str]) -> str:
    """One document that holds the contents of many."""
    inside = [re.search(r"<main.*</main>", each, re.DOTALL) for each in pages]
    joined = "<hr style='break-after:page;border:0'>".join(each[0] for each in inside if each)
    head, _, rest = pages[0].partition("<main")
    return re.sub(r' id="[^"]*"', "", f"{head}{joined}{rest.partition('</main>')[2]}")


def page_count(made: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(made)) as opened:
        return len(opened.pages)


def resident_mb() -> float:
    """What the process holds at this moment, in MB."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * resource.getpagesize() / 2**20


def against_bare() -> bool:
    """One report of three pages, ours and bare."""
    (one,) = disclosures(1)
    page = page_of(one)
    pages = page_count(renderer.render(one, Options()))
    ours_s, bare_s = middle_s(lambda: renderer.render(one, Options())), middle_s(lambda: bare(page))
    ratio = ours_s / bare_s
    print(f"{pages} pages: {ours_s:.3f} s, bare WeasyPrint {bare_s:.3f} s: {ratio:.2f} ×")
    return ratio <= MOST_BARE_RATIO


def against_one_document() -> bool:
    """A batch of reports, a page of it against a page of one document as long."""
    batch = disclosures(BATCH)
    begin = time.process_time()
    pages = sum(page_count(renderer.render(each, Options())) for each in batch)
    ours_s = (time.process_time() - begin) / pages
    long = long_document([page_of(each) for each in batch[: BATCH // 3 + 1]])
    begin = time.process_time()
    made = bare(long)
    one_s = (time.process_time() - begin) / page_count(made)
    ratio = ours_s / one_s
    print(
        f"{BATCH} reports, {pages} pages: {ours_s * 1e3:.0f} ms a page; one document of "
        f"{page_count(made)} pages: {one_s * 1e3:.0f} ms a page: {ratio:.2f} ×"
    )
    return ratio <= MOST_BATCH_RATIO


def in_memory(count: int) -> bool:
    """What the process holds after 100 reports and after many."""
    early_mb = 0.0
    for number, each in enumerate(disclosures(count), start=1):
        renderer.render(each, Options())
        if number in {BATCH, count}:
            gc.collect()
            held_mb = resident_mb()
            early_mb = early_mb or held_mb
            print(f"after {number} reports: {held_mb:.0f} MB")
    return held_mb - early_mb <= MOST_GROWTH_MB


def main() -> int:
    """Measure, and fail where a promise is broken."""
    renderer.render(disclosures(1)[0], Options())
    kept = [against_bare(), against_one_document()]
    if len(sys.argv) > 1:
        kept.append(in_memory(int(sys.argv[1])))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
