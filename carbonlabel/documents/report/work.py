"""I tell the work: operations, use, scores, and the models that this one was made from."""

from __future__ import annotations

from collections.abc import Iterator

from carbonlabel.documents import language, wording
from carbonlabel.documents import use as using
from carbonlabel.documents.numbers import figure
from carbonlabel.documents.report import facts, words
from carbonlabel.documents.report.blocks import Cell, Section, cells, table
from carbonlabel.documents.report.facts import Named
from carbonlabel.documents.report.material import Material
from carbonlabel.model.compute import Compute
from carbonlabel.model.disclosure import Activity
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.lineage import Ancestor
from carbonlabel.model.workload import Workload


def compute(material: Material) -> Section | None:
    """Accelerator time, operations and utilisation of each activity that states them."""
    done = [each for each in material.disclosure.activities if _says(each)]
    if not done:
        return None
    several = len(done) > 1
    named = (
        (_of(name, activity) if several else name, quantity)
        for activity in done
        for name, quantity in _computed(activity, activity.compute)
    )
    rows = facts.rows(material.disclosure, named)
    lead = [
        words.COMPUTE["tokens"].format(tokens=wording.prefixed(each.compute.tokens))
        for each in done
        if each.compute and each.compute.tokens
    ]
    found = table(
        words.TITLES["compute"], words.QUANTITY_HEAD, rows, shape="figures", rest=words.MORE
    )
    return Section("compute", words.TITLES["compute"], lead=tuple(lead), tables=(found,))


def use(material: Material) -> Section | None:
    """What a unit of the model's work takes, and what it served in all."""
    works = [each.workload for each in material.disclosure.activities if each.workload]
    if not works:
        return None
    named = (each for work in works for each in _used(work))
    rows = facts.rows(material.disclosure, named)
    title = words.TITLES["use"]
    return Section(
        "use",
        title,
        lead=tuple(map(_served, works)),
        tables=(table(title, words.QUANTITY_HEAD, rows, shape="figures", rest=words.MORE),),
    )


def scores(material: Material) -> Section | None:
    """The software carbon intensity by each functional unit, and why others are not known."""
    found = material.disclosure.totals.sci or {}
    if not found:
        return None
    named = [
        (words.SCORES["per"].format(unit=using.unit(name)), each) for name, each in found.items()
    ]
    rows = facts.rows(material.disclosure, named)
    title = words.TITLES["scores"]
    return Section(
        "scores",
        title,
        lead=(words.SCORES["lead"],),
        tables=(table(title, words.QUANTITY_HEAD, rows, shape="figures"),),
    )


def lineage(material: Material) -> Section | None:
    """Every model of the chain with what it declares, beside and never added."""
    disclosure, say = material.disclosure, words.LINEAGE
    rows = [_ancestor(each) for each in disclosure.lineage or ()]
    rows = rows or [
        cells(wording.named(each), "", wording.BASES["not reported"], "")
        for each in disclosure.subject.base_models or ()
    ]
    if not rows:
        return None
    head = [say[key] for key in ("model", "how", "electricity", "digest")]
    title = words.TITLES["lineage"]
    found = table(title, head, rows, rest=words.MORE)
    return Section("lineage", title, lead=(say["lead"],), tables=(found,))


def _says(activity: Activity) -> bool:
    done = activity.compute
    told = (done.device_time, done.flop) if done else ()
    return any(isinstance(each, Estimate) for each in told)


def _of(name: str, activity: Activity) -> str:
    return language.say(words.SEVERAL).format(name=name, activity=facts.activity_name(activity))


def _computed(activity: Activity, done: Compute | None) -> Iterator[Named]:
    if done is None:
        return
    say = words.COMPUTE
    yield say["duration"], activity.duration
    yield say["device"], done.device_time
    how = using.HOW[done.method] if done.method else ""
    yield say["flop how"].format(how=how) if how else say["flop"], done.flop
    yield say["peak"], done.peak
    yield say["mfu"], done.mfu


def _used(work: Workload) -> Iterator[Named]:
    say, per = words.USE, using.per(work)
    yield say["energy"].format(per=per), work.energy
    yield say["emissions"].format(per=per), work.emissions
    yield say["water"].format(per=per), work.water


def _served(work: Workload) -> str:
    task = wording.named(work.task or "")
    return words.USE["served"].format(
        count=using.count(work),
        task=words.USE["task"].format(task=task) if task else "",
        batch=words.USE["batch"].format(batch=work.batch) if work.batch else "",
    )


def _ancestor(each: Ancestor) -> tuple[Cell, ...]:
    how = words.RELATIONS[each.relation] if each.relation else ""
    if each.child:
        how = words.LINEAGE["of"].format(how=how, child=wording.named(each.child)).strip()
    told = each.emissions
    amount = figure(told).text if isinstance(told, Estimate) else wording.BASES["not reported"]
    gap = "" if isinstance(told, Estimate) else wording.sentence(told.reason)
    digest = Cell(code=each.digest) if each.digest else Cell(words.DASH)
    return (*cells(wording.named(each.model), how), Cell(amount, note=gap), digest)
