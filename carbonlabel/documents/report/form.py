"""I fill the energy and compute fields of the GPAI Model Documentation Form, by recipient."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from carbonlabel.documents import citing, serving, use, wording
from carbonlabel.documents.language import ENGLISH, spoken_in
from carbonlabel.documents.numbers import (
    Reading,
    decimal,
    ends,
    figure_of,
    raised,
    reading,
    rounded,
    scaled,
    significant,
    total,
)
from carbonlabel.documents.report import formwords as say
from carbonlabel.documents.report import words
from carbonlabel.documents.report.blocks import Cell, Section, Shape, table
from carbonlabel.documents.report.material import Material, Recipient
from carbonlabel.documents.sums import basis_of_sum
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import TRAINING
from carbonlabel.model.units import SCALES

_RECIPIENTS: Final[tuple[Recipient, ...]] = ("aio", "nca", "downstream")
_DIGITS: Final = 2
_MANUFACTURE: Final = "manufacture"
_TOLD_APART: Final = frozenset({"manufacture", "overhead"})
_IN_USE: Final = frozenset({"inference", "deployment"})
_DAY_S: Final = SCALES["s"]["d"]
_MONTH_S: Final = SCALES["s"]["years"] / 12
_MONTHS: Final = (1, 3, 6)

Field = Callable[["_Form", Recipient], Cell]


def form(material: Material) -> Section:
    """The annex, in the English of the form it fills: a column for each recipient, or for one."""
    with spoken_in(ENGLISH):
        return _annex(material)


def _annex(material: Material) -> Section:
    wanted = (material.recipient,) if material.recipient else _RECIPIENTS
    known = _Form(material.disclosure)
    rows = (
        (
            Cell(item, note=say.REFERENCES[item]),
            *(Cell(say.OMITTED) if to == "downstream" else field(known, to) for to in wanted),
        )
        for item, field in _FIELDS
    )
    head = (say.ITEM, *(say.COLUMNS[to] for to in wanted))
    told = (say.DOWNSTREAM,) if material.recipient == "downstream" else say.TRAIL
    title = words.TITLES["form"]
    shape: Shape = "two" if len(wanted) == 1 else "form"
    is_planned = material.disclosure.totals.headline == "planned"
    return Section(
        "form",
        title,
        lead=(*say.LEAD, say.PLANNED) if is_planned else say.LEAD,
        tables=(table(title, head, rows, shape=shape),),
        trail=told,
        is_apart=True,
        tongue=ENGLISH,
    )


@dataclass(frozen=True, slots=True)
class _Form:
    """What the form is filled from."""

    disclosure: Disclosure

    @property
    def training(self) -> tuple[Activity, ...]:
        """The activities that made the weights."""
        return tuple(each for each in self.disclosure.activities if each.phase in TRAINING)

    @property
    def used(self) -> tuple[Activity, ...]:
        """The activities of the model in use."""
        return tuple(each for each in self.disclosure.activities if each.phase in _IN_USE)

    def energy(self, found: Sequence[Estimate]) -> Reading:
        """The energy of training: as the label has it, where training is all that was done."""
        whole = self.disclosure.totals.energy
        is_all = len(self.training) == len(self.disclosure.activities)
        added = _added(found)
        if is_all and isinstance(whole, Estimate) and decimal(whole.value) == added.value:
            return reading(whole)
        return added


def _time(known: _Form, to: Recipient) -> Cell:
    if not known.training:
        return _lacking(say.NO_TRAINING)
    found = [each.duration for each in known.training if isinstance(each.duration, Estimate)]
    if len(found) < len(known.training):
        return _lacking(say.NO_TIME)
    clock_s = sum(each.value for each in found)
    if to == "nca":
        return Cell(say.SPANS[sum(clock_s >= months * _MONTH_S for months in _MONTHS)])
    told = [say.CLOCK.format(days=significant(clock_s / _DAY_S, _DIGITS)), *_device_days(known)]
    return Cell(
        say.JOINED.join(told), note=say.CLOCK_NOTE.format(dates=serving.dates(known.training))
    )


def _device_days(known: _Form) -> Iterator[str]:
    """Accelerator-days, by their name where there is one kind of them."""
    boards = [
        (activity, device)
        for activity in known.training
        for device in activity.hardware
        if device.kind == "accelerator"
    ]
    seconds = [_board_s(activity) for activity in known.training]
    if boards and all(seconds):
        names = {device.name for _, device in boards}
        name = wording.named(names.pop()) if len(names) == 1 else say.ACCELERATOR
        yield say.DEVICES.format(days=significant(sum(seconds) / _DAY_S, _DIGITS), name=name)


def _board_s(activity: Activity) -> float:
    stated = activity.compute.device_time if activity.compute else None
    if isinstance(stated, Estimate):
        return stated.value
    count = sum(each.count for each in activity.hardware if each.kind == "accelerator")
    return count * activity.duration.value if isinstance(activity.duration, Estimate) else 0.0


def _flop(known: _Form, to: Recipient) -> Cell:
    return _operations(known.training, to) or _lacking(
        say.NO_FLOP if known.training else say.NO_TRAINING
    )


def _operations(activities: Sequence[Activity], to: Recipient) -> Cell | None:
    """The operations of some activities, or the order of them; None where none are known."""
    found = [each.compute.flop for each in activities if each.compute]
    stated = [each for each in found if isinstance(each, Estimate)]
    if not stated:
        return None
    whole = _added(stated)
    exponent = whole.value.adjusted()
    power = raised(exponent)
    if to == "nca":
        amount = say.MAGNITUDE.format(power=power)
    else:
        digits = _digits(whole)
        shown = significant(float(whole.value.scaleb(-exponent)), digits)
        amount = say.OPERATIONS.format(amount=shown, power=power)
    return Cell(_least(amount, is_whole=len(stated) == len(activities)))


def _flop_method(known: _Form, to: Recipient) -> Cell:
    del to
    hows = [each.compute.method for each in known.training if each.compute]
    told = dict.fromkeys(use.HOW[each] for each in hows if each)
    return Cell(say.HOW.format(how=say.JOINED.join(told))) if told else _lacking(say.NO_FLOP)


def _energy(known: _Form, to: Recipient) -> Cell:
    """In MWh, to both authorities alike."""
    del to
    if not known.training:
        return _lacking(say.NO_TRAINING)
    found, gaps = _energies(known.training)
    if not found:
        return _kept_back(gaps)
    whole = known.energy(found).over(decimal(SCALES["kWh"]["MWh"]))
    amount = significant(float(whole.value), _digits(whole))
    told = say.MEGAWATT_HOURS.format(amount=amount, basis=_basis(found))
    cooled = all(_is_cooled(each) for each in known.training)
    return Cell(_least(told, is_whole=not gaps and cooled))


def _energy_method(known: _Form, to: Recipient) -> Cell:
    del to
    found, gaps = _energies(known.training)
    if not found:
        return _kept_back(gaps) if known.training else _lacking(say.NO_TRAINING)
    disclosure = known.disclosure
    logs = [log for each in known.training for log in citing.files(disclosure, each)]
    return Cell(
        say.MEASURED.format(
            basis=_basis(found).capitalize(),
            trackers=citing.trackers(dict.fromkeys(logs)) or say.BY_HAND,
            rows=_counted(known.training),
            gaps=_not_counted(known.training),
            cooling=_cooling(known.training),
            doubt=_doubt(known.energy(found)),
            experiments=_experiments(disclosure),
        )
    )


def _basis(found: Sequence[Estimate]) -> str:
    """The basis of some amounts; `mostly measured` where not all have it."""
    basis = basis_of_sum(found)
    alike = len({each.basis for each in found}) == 1
    return basis if alike else say.MOSTLY.format(basis=basis)


def _counted(activities: Sequence[Activity]) -> str:
    """The parts whose energy is known, each with its basis where they differ."""
    found: dict[str, list[Estimate]] = {}
    for part in (part for each in activities for part in each.parts):
        if isinstance(part.energy, Estimate):
            found.setdefault(wording.SHORT_NAMES[part.part], []).append(part.energy)
    bases = {each.basis for of in found.values() for each in of}
    if len(bases) == 1:
        return ", ".join(found)
    return ", ".join(
        say.COUNTED.format(part=name, basis=basis_of_sum(of)) for name, of in found.items()
    )


def _not_counted(activities: Sequence[Activity]) -> str:
    """The parts of the machines whose energy nobody knows; cooling is told apart."""
    names = dict.fromkeys(
        wording.SHORT_NAMES[part.part]
        for each in activities
        for part in each.parts
        if part.part not in _TOLD_APART
        and isinstance(part.energy, Missing)
        and part.energy.missing != "not-applicable"
    )
    return say.NOT_COUNTED.format(rows=", ".join(names)) if names else ""


def _cooling(activities: Sequence[Activity]) -> str:
    """Whether cooling is in the energy, by which PUE; where it is not, why."""
    cooled = [_is_cooled(each) for each in activities]
    if not all(cooled):
        reasons = dict.fromkeys(reason for each in activities for reason in _warm(each))
        text = say.UNCOOLED_IN_PART if any(cooled) else say.UNCOOLED
        return text.format(why=say.JOINED.join(reasons) or say.NO_PUE)
    ratios = {each.region.pue.value for each in activities if isinstance(each.region.pue, Estimate)}
    pue = ", ".join(f"{ratio:g}" for ratio in sorted(ratios))
    return say.COOLED.format(pue=pue) if pue else say.INSIDE


def _warm(activity: Activity) -> Iterator[str]:
    """Why the cooling of an activity is not counted."""
    for part in activity.parts:
        if part.part == "overhead" and isinstance(part.energy, Missing):
            yield wording.sentence(part.energy.reason)


def _use(known: _Form, to: Recipient) -> Cell:
    return _operations(known.used, to) or _lacking(say.NO_FLOP)


def _use_method(known: _Form, to: Recipient) -> Cell:
    del to
    told = [
        say.BENCHMARK.format(
            task=wording.named(each.workload.task or say.UNNAMED_TASK),
            count=use.count(each.workload),
            machines=serving.machines(each.hardware),
        )
        for each in known.used
        if each.workload and each.hardware
    ]
    return Cell(" ".join(told)) if told else _lacking(say.NO_TASK)


_FIELDS: Final[tuple[tuple[str, Field], ...]] = (
    (say.TIME, _time),
    (say.FLOP, _flop),
    (say.FLOP_METHOD, _flop_method),
    (say.ENERGY, _energy),
    (say.ENERGY_METHOD, _energy_method),
    (say.USE, _use),
    (say.USE_METHOD, _use_method),
)


def _energies(activities: Sequence[Activity]) -> tuple[list[Estimate], list[Missing]]:
    """What is known of the machines' and the site's energy, and what of the machines' is not."""
    parts = [part for each in activities for part in each.parts if part.part != _MANUFACTURE]
    known = [part.energy for part in parts if isinstance(part.energy, Estimate)]
    gaps = [part.energy for part in parts if isinstance(part.energy, Missing)]
    machines = [each for each in gaps if each.missing != "not-applicable"]
    return known, machines


def _is_cooled(activity: Activity) -> bool:
    """Whether cooling and overhead are in the energies, as a row or inside of one."""
    rows = (part.energy for part in activity.parts if part.part == "overhead")
    return activity.pue_in_energy == "unknown" or any(_is_known(each) for each in rows)


def _is_known(quantity: Estimate | Missing | None) -> bool:
    return isinstance(quantity, Estimate)


def _kept_back(gaps: Sequence[Missing]) -> Cell:
    withheld = [each for each in gaps if each.missing in {"withheld", "confidential"}]
    why = say.JOINED.join(dict.fromkeys(wording.sentence(each.reason) for each in withheld or gaps))
    return Cell((say.WITHHELD if withheld else say.NOT_AVAILABLE).format(why=why or words.DASH))


def _lacking(why: str) -> Cell:
    return Cell(say.NOT_AVAILABLE.format(why=why))


def _least(amount: str, *, is_whole: bool) -> str:
    return amount if is_whole else say.AT_LEAST.format(amount=amount)


def _added(found: Sequence[Estimate]) -> Reading:
    """The sum with the sum of the ends, which is no narrower than its interval."""
    value = total([decimal(each.value) for each in found])
    if any(each.low is None or each.high is None for each in found):
        return Reading(value)
    low = total([decimal(each.low or 0.0) for each in found])
    return Reading(value, low, total([decimal(each.high or 0.0) for each in found]))


def _digits(amount: Reading) -> int:
    """Two significant digits, and as many more as stand before the first that is in doubt."""
    if not amount.value or not amount.half_width:
        return _DIGITS
    return max(_DIGITS, amount.value.adjusted() - amount.half_width.adjusted() + 1)


def _doubt(energy: Reading) -> str:
    """The range in MWh, rounded outwards at the second digit of its low end."""
    whole = energy.over(decimal(SCALES["kWh"]["MWh"]))
    if whole.low is None:
        return ""
    place = whole.low.adjusted() - _DIGITS + 1
    low, high = ends(whole, place, rounded(whole.value, place)) or ("", "")
    return say.DOUBTED.format(low=low, high=high)


def _experiments(disclosure: Disclosure) -> str:
    tried = [each for each in disclosure.activities if each.phase == "experimentation"]
    found, _ = _energies(tried)
    if not found:
        return ""
    amount: Decimal = total([decimal(each.value) for each in found])
    return say.EXPERIMENTS.format(amount=figure_of(scaled(Reading(amount), "kWh")).text)
