"""I measure what a command costs beside the imports that it cannot do without."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from pair import ROOT, Goal, report

from carbonlabel import assess, read, render
from carbonlabel.record.canonical import dumps

_BARE_PDF = """
import sys
from weasyprint import HTML
HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/a-3a")
"""


def main() -> None:
    """Draw the documents once, then time each command against its reference."""
    disclosure = assess(read(ROOT / "examples" / "emissions.csv"))
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        kept, page, pdf = room / "carbon.json", room / "report.html", room / "report.pdf"
        kept.write_bytes(dumps(disclosure))
        page.write_bytes(render(disclosure, "html"))
        python = sys.executable
        program = (python, "-m", "carbonlabel")
        libraries = (python, "-c", "from pydantic import BaseModel; import jinja2")
        label = (*program, "label", "examples/emissions.csv", "-q", "-t")
        bare = (python, "-c", _BARE_PDF, str(page), str(room / "bare.pdf"))
        goals = (
            Goal("--help", (*program, "--help"), (python, "-c", "import argparse"), 2.0),
            Goal("label -t markdown", (*label, "markdown"), libraries, 1.5),
            Goal("label -t svg", (*label, "svg"), libraries, 1.5),
            Goal("check", (*program, "check", str(kept)), libraries, 1.3),
            Goal("render -t pdf", (*program, "render", str(kept), "-t", f"pdf={pdf}"), bare, 1.25),
        )
        report(goals, rounds=int(sys.argv[1]) if len(sys.argv) > 1 else 11)


if __name__ == "__main__":
    main()
