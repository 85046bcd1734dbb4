"""I fill the climate performance model card of Hershcovich et al. (2022, arXiv:2205.05071)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from carbonlabel.documents.markup import text
from carbonlabel.documents.paper.facts import NOT_REPORTED, Facts, facts
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options

_MINE: Final = "the authors' to say"


@dataclass(frozen=True, slots=True)
class ClimateCard:
    """The eleven questions with the answers that the disclosure holds."""

    format: str = "climate-card"
    file_name: str = "CLIMATE.md"
    about: str = "the climate performance card of Hershcovich et al., as Markdown"

    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """A Markdown table as UTF-8; no option changes it."""
        del options
        found = facts(disclosure)
        lines = [f"| {at}. {text(ask)} | {text(said)} |" for at, (ask, said) in _all(found)]
        head = (
            f"# Climate performance: {text(found.face.model)}\n\n| Question | Answer |\n|---|---|"
        )
        note = (
            "Form: Hershcovich et al., Towards Climate Awareness in NLP Research, EMNLP 2022. "
            f"Not counted: {found.not_counted}."
        )
        return "\n".join((head, *lines, "", text(note), "")).encode()


def _all(found: Facts) -> Iterator[tuple[int, tuple[str, str]]]:
    yield from enumerate(_minimum(found), start=1)
    yield from enumerate(_extended(found), start=6)


def _minimum(found: Facts) -> Iterator[tuple[str, str]]:
    yield "Is the resulting model publicly available?", _MINE
    time = found.duration or NOT_REPORTED
    final = _final(found, found.final_time)
    yield "How much time does the training of the final model take?", final
    yield "How much time did all experiments take?", f"{found.face.runs}: {time}"
    yield "What was the energy consumption (GPU/CPU)?", f"{found.said('Energy')}{_on(found)}"
    yield "At which geographical location were the computations performed?", found.places


def _extended(found: Facts) -> Iterator[tuple[str, str]]:
    grid = found.context("Grid")
    mix = f"{grid.note}: {found.said('Grid')}, location-based" if grid else NOT_REPORTED
    yield "What was the energy mix at the geographical location?", mix
    final = _final(found, found.total if found.is_alone else found.final_total)
    yield "How much CO2eq was emitted to train the final model?", final
    yield "How much CO2eq was emitted for all experiments?", f"{found.face.runs}: {found.total}"
    sample = found.use or NOT_REPORTED
    yield "What is the average CO2eq emission for the inference of one sample?", sample
    yield "Which positive environmental impact can be expected from this work?", _MINE
    yield "Comments", "; ".join(_remarks(found))


def _final(found: Facts, told: str) -> str:
    """What is known of the run that made the model; the authors know it where no log tells."""
    if told:
        return told
    return NOT_REPORTED if found.is_alone else _MINE


def _remarks(found: Facts) -> Iterator[str]:
    if found.is_planned:
        yield "planned: the run is still to be"
    yield from found.face.warnings or (found.face.quality.word,)


def _on(found: Facts) -> str:
    return f" on {found.hardware}" if found.hardware else ""


renderer = ClimateCard()
