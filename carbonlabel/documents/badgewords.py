"""I word a badge: what its figure is of, the figure, and its mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from carbonlabel.documents import hub, wording
from carbonlabel.documents.anatomy import RowBasis
from carbonlabel.documents.column import ELECTRICITY
from carbonlabel.documents.face import face as face_of
from carbonlabel.documents.language import marked, say
from carbonlabel.documents.numbers import NO_BREAK_SPACE, figure, joined, plainly_spaced
from carbonlabel.documents.sums import NOT_REPORTED
from carbonlabel.errors import RenderError
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.provenance import Finding
from carbonlabel.rules import bands, power
from carbonlabel.rules.rows import BESIDE
from carbonlabel.rules.waiving import waiver_of

if TYPE_CHECKING:
    from carbonlabel.documents.anatomy import Face

Scope = Literal["electricity", "total"]

_OF: Final[dict[Scope, str]] = {
    "electricity": marked("{phase} electricity"),
    "total": marked("{phase} electricity and hardware"),
}
_OF_ALL: Final[dict[Scope, str]] = {
    "electricity": marked("electricity"),
    "total": marked("electricity and hardware"),
}
_NOTHING: Final = "<"
_ALOUD: Final = {
    "≥": marked("at least"),
    ">": marked("more than"),
    "<": marked("less than"),
}


@dataclass(frozen=True, slots=True)
class Badge:
    """The words of a badge; the figure is never without what it is of."""

    scope: str
    """`training electricity`."""
    basis: RowBasis
    """Of the figure."""
    figure: str
    """`39.3 t CO₂e`, `≥ 71 g CO₂e`, or `not reported`."""

    @property
    def aloud(self) -> str:
        """The badge in one line of plain characters: for `alt` and `<title>`."""
        figure = self.figure.replace("CO₂e", "CO2e")
        for sign, words in _ALOUD.items():
            figure = figure.replace(sign, say(words))
        basis = "" if self.basis == NOT_REPORTED else f", {wording.BASES[self.basis]}"
        said = say("Carbon, {scope}: {figure}", scope=self.scope, figure=f"{figure}{basis}")
        return plainly_spaced(said)


def badge(disclosure: Disclosure, scope: Scope = "electricity") -> Badge:
    """What a badge says of a disclosure, in the language that is spoken.

    Its electricity is that of the training where there is any, as on the Hub; with the scope
    `total` it is the label's headline.

    Raises:
        RenderError: a figure of the disclosure cannot be.
    """
    wrong = next(_impossible(disclosure), None)
    if wrong is not None:
        raise RenderError(
            f"the figures are implausible, so no badge is drawn: {wording.sentence(wrong.message)}",
            hint="carbonlabel check says what is wrong",
        )
    counted = _counted(disclosure, scope)
    named = _scope(counted, scope)
    if disclosure.totals.headline == "planned":
        named = say("{scope}, planned", scope=named)
    amount, basis = _amount(disclosure, scope)
    if not amount:
        return Badge(named, NOT_REPORTED, wording.BASES[NOT_REPORTED])
    return Badge(named, basis, _at_least(amount) if _has_gap(counted, scope) else amount)


def _impossible(disclosure: Disclosure) -> Iterator[Finding]:
    """The errors that nobody answers for: those on record, and factors or powers that cannot be."""
    found = (*disclosure.findings, *bands.bands(disclosure), *power.rated_power(disclosure))
    waivers = disclosure.waivers or ()
    yield from (
        each for each in found if each.severity == "error" and waiver_of(each, waivers) is None
    )


def _counted(disclosure: Disclosure, scope: Scope) -> list[Activity]:
    """The activities that the figure is of."""
    if scope == "total" or disclosure.totals.training is None:
        return list(disclosure.activities)
    return [each for each in disclosure.activities if each.phase in hub.TRAINING_TYPES]


def _scope(counted: list[Activity], scope: Scope) -> str:
    phases = {each.phase for each in counted}
    if len(phases) == 1:
        return say(_OF[scope], phase=wording.phase_name(phases.pop()))
    if phases <= hub.TRAINING_TYPES.keys():
        return say(_OF[scope], phase=wording.phase_name("training"))
    return say(_OF_ALL[scope])


def _amount(disclosure: Disclosure, scope: Scope) -> tuple[str, RowBasis]:
    """The figure as the label prints it, and its basis; empty where nobody reported it."""
    finished = face_of(disclosure)
    if scope == "total":
        value = finished.value
        return (joined(value, finished.unit) if value else ""), finished.basis
    training = disclosure.totals.training
    if training is None:
        return _row(finished, disclosure.totals.electricity)
    if isinstance(training, Missing):
        return "", NOT_REPORTED
    return figure(training).text, training.basis


def _row(finished: Face, electricity: Estimate | Missing) -> tuple[str, RowBasis]:
    row = next(each for each in finished.rows if each.part == ELECTRICITY)
    if row.value is None or isinstance(electricity, Missing):
        return "", NOT_REPORTED
    if row.value.startswith(_NOTHING):
        # Beside a large total it reads "< 0.1"; alone it has digits of its own.
        return figure(electricity).text, row.basis
    return joined(row.value, finished.unit), row.basis


def _has_gap(counted: list[Activity], scope: Scope) -> bool:
    gaps = (
        part
        for activity in counted
        for part in activity.parts
        if isinstance(part.emissions, Missing) and wording.applies(part.emissions)
    )
    return any(
        part.part not in BESIDE and (scope == "total" or part.part != "manufacture")
        for part in gaps
    )


def _at_least(amount: str) -> str:
    if amount.startswith(_NOTHING):
        return f">{NO_BREAK_SPACE}0{NO_BREAK_SPACE}{amount.split(NO_BREAK_SPACE, 2)[2]}"
    return f"≥{NO_BREAK_SPACE}{amount}"
