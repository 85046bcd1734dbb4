"""I am every state that a label can be in: what it shows, and the command that makes it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carbonlabel.cli import main as command_line
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.record import keeping

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "samples" / "states"
INPUTS = FOLDER / "inputs"

WHOLE = ("label", "two-gpus.csv", "--region", "site.yaml", "--hardware", "hardware.yaml")
HOSTILE = "</title><script>alert(1)</script>\u202e|[x](javascript:y)\x1b[2J*`$&amp;"
LONG = "an-organisation-with-a-long-name/a-model-whose-name-says-everything-about-it-v2.1-instruct"


def as_it_is(text: Any) -> Any:  # noqa: ANN401 - any part of a JSON text
    """The same statement."""
    return text


@dataclass(frozen=True, slots=True)
class State:
    """One state of a label."""

    name: str
    """Of its file."""
    head: str
    """What it shows, in a few words."""
    about: str
    """What to look at."""
    arguments: tuple[str, ...]
    """The command line that makes it, run in the folder of the inputs."""
    change: Callable[[Any], Any] = as_it_is
    """What no command line can do, done to its JSON."""

    def disclosure(self) -> Disclosure:
        """The kept disclosure."""
        return keeping.load((FOLDER / f"{self.name}.json").read_bytes(), self.name)


def without_ranges(text: Any) -> Any:  # noqa: ANN401 - any part of a JSON text
    """The same statement with no interval in it."""
    if isinstance(text, dict):
        return {
            key: [] if key == "doubt" else without_ranges(value)
            for key, value in text.items()
            if not (key in {"low", "high"} and "value" in text)
        }
    return [without_ranges(each) for each in text] if isinstance(text, list) else text


STATES = (
    State(
        "complete",
        "Complete",
        "Every part is there: the headline reads “Total”, and five marks of two kinds.",
        (*WHOLE, "--model", "acme/tiny-bert", "--parameters", "67M", "--phase", "fine-tuning"),
    ),
    State(
        "part-missing",
        "A part is missing",
        "“At least”; a dash for swatch and mark; “Left out” says what cooling would add.",
        ("label", "two-gpus.csv", "--model", "acme/tiny-bert", "--parameters", "67M"),
    ),
    State(
        "nothing-known",
        "Nothing is known",
        "Emissions were published without what they are of: an empty track, and no figure.",
        ("label", "published.yaml", "--model", "acme/quoted", "--parameters", "175B"),
    ),
    State(
        "no-range",
        "No interval",
        "“range not declared”: no bracket, two digits at most.",
        (*WHOLE, "--model", "acme/tiny-bert", "--parameters", "67M"),
        without_ranges,
    ),
    State(
        "beyond-axis",
        "An interval beyond the axis",
        "The high end is 33 times the estimate: the track ends in an arrow, the words say all.",
        ("label", "wide.yaml", "--model", "acme/guess"),
    ),
    State(
        "planned",
        "Planned",
        "The run is still to be: “Planned”, and a bar in outline.",
        ("estimate", "--gpu", "H100 SXM", "--count", "64", "--hours", "12 d", "--cpu",
         "EPYC 7763", "--cpu-count", "16", "--memory", "8TB", "--region", "gcp/europe-west1",
         "--start", "2027-03-01", "--before", "--model", "acme/next", "--parameters", "30B",
         "--phase", "pre-training"),
    ),
    State(
        "verified",
        "Verified by a third party",
        "A footnote names the verifier, the day and the digest of the statement.",
        (*WHOLE, "--model", "acme/tiny-bert", "--parameters", "67M", "--verified-by",
         "Example Assurance GmbH", "--verified-on", "2026-05-02", "--statement", "metered.yaml"),
    ),
    State(
        "failed-check",
        "A check failed",
        "Drawn by force: the label says what cannot be. No badge is drawn.",
        ("label", "impossible.yaml", "--force", "--model", "acme/slip"),
    ),
    State(
        "one-part",
        "One electricity part",
        "No indentation: the part carries the name of the sum.",
        ("label", "metered.yaml", "--region", "NO", "--model", "acme/one"),
    ),
    State(
        "five-parts",
        "Five parts",
        "Black, grey, light grey, and two hatchings: luminance first, never hues.",
        ("label", "cluster.yaml", "--hardware", "hardware.yaml", "--region", "site.yaml",
         "--model", "acme/cluster", "--parameters", "7B"),
    ),
    State(
        "seven-parts",
        "Seven parts",
        "As many as there can be, each with a fill of its own.",
        ("label", "two-gpus.csv", "cluster.yaml", "--hardware", "hardware.yaml", "--region",
         "site.yaml", "--model", "acme/two-logs", "--parameters", "7B"),
    ),
    State(
        "milligrams",
        "Milligrams",
        "The smallest unit; nothing reads 0 that is not.",
        ("label", "instant.yaml", "--model", "acme/instant"),
    ),
    State(
        "kilotonnes",
        "Kilotonnes",
        "The largest unit, wide ranges, large counts.",
        ("label", "huge.yaml", "--model", "acme/largest", "--parameters", "4T"),
    ),
    State(
        "every-row",
        "Every row",
        "Two phases, use, water on both sides, minerals, contracts, base models.",
        ("label", "rich.yaml", "--region", "rich-site.yaml", "--hardware", "rich-hardware.yaml",
         "--base-model", "acme/base", "--base-model", "../complete.json", "--relation", "merge",
         "--model", "acme/every-row", "--parameters", "13B", "--active-parameters", "3B"),
    ),
    State(
        "long-name",
        "A long name",
        "Smaller first, then an ellipsis in the middle; it never meets the size.",
        ("label", "two-gpus.csv", "--model", LONG, "--parameters", "70.6B"),
    ),
    State(
        "greek-cyrillic",
        "Greek, Cyrillic, Vietnamese",
        "Scripts that our outlines have.",
        ("label", "two-gpus.csv", "--model", "Αθήνα/Модель-Huyền-thoại", "--parameters", "7B"),
    ),
    State(
        "chinese",
        "A name in Chinese",
        "The SVG asks for the reader's font; pixels show the codes of the characters.",
        ("label", "two-gpus.csv", "--model", "智源研究院/悟道大模型-7B", "--parameters", "7B"),
    ),
    State(
        "arabic",
        "A name from right to left",
        "The same, and the direction of the name does not turn the line.",
        ("label", "two-gpus.csv", "--model", "جامعة/نموذج-عربي-7B", "--parameters", "7B"),
    ),
    State(
        "hostile",
        "A hostile name",
        "Markup, a right-to-left override and an escape sequence: words, nothing more.",
        ("label", "two-gpus.csv", "--model", HOSTILE, "--parameters", "7B"),
    ),
)  # fmt: skip


def made(state: State) -> bytes:
    """The disclosure of a state, made anew; the working folder must be that of the inputs."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(out):
        status = command_line([*state.arguments, "-q", "-t", "json"])
    if status:
        raise SystemExit(f"{state.name}: exit {status}")
    out.flush()
    text = state.change(json.loads(out.buffer.getvalue()))  # type: ignore[attr-defined]
    return keeping.dump(keeping.load(json.dumps(text), state.name))
