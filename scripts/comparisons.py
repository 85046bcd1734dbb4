"""I am comparisons of every kind: what each shows, and the footprints that are held together.

No log is read for them: each footprint is stated in the words of a manual.yaml, or is one of the
states of the label.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from footprints import BOARD, CARD, card, made, place, run, served, side_of
from states import STATES

import carbonlabel
from carbonlabel import comparison
from carbonlabel.comparison import Comparison
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.region import Place

NAMES = (
    "organisation-internationale-longue/grand-modele-polyvalent-v2.1-instruct",
    "模型/通用语言模型-第二代-指令微调",
    "会社/日本語大規模言語モデル-13B-指示調整済み",
    "모델/한국어-거대-언어-모형-70B",
    "a/Straßenverkehrsvorhersagemodell-groß-und-klein",
    "b/modèle-à-l’œuvre-très-détaillé",
    "c/x",
    "γλώσσα/μοντέλο-μεγάλο",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One comparison."""

    name: str
    """Of its folder."""
    head: str
    """What it shows, in a few words."""
    make: Callable[[], Comparison]


def state(name: str) -> Disclosure:
    """One of the states of the label."""
    return next(each for each in STATES if each.name == name).disclosure()


def whole() -> Comparison:
    """All compares."""
    one = made("a/small", 10, parameters=67_000_000, base_models=("big/base",))
    return carbonlabel.compare([one, made("a/large", 40, parameters=7_000_000_000)])


def many() -> Comparison:
    """Eight sides, whose names have letters that are wide or have no outline."""
    energies = (40, 10, 12, 90, 41, 300, 13, 700)
    sides = [made(name, each) for name, each in zip(NAMES, energies, strict=True)]
    return carbonlabel.compare(sides, mine=1)


def at_one_grid() -> Comparison:
    """Sides of several places, years and scopes at the reader's grid; use for a year."""
    far = place(620, code="PL", scope="direct")
    one = made("a/one", 10, served(2))
    return carbonlabel.compare(
        [one, made("a/two", 40, served(4.4), at=far)], region="FR", requests="2M/year"
    )


def at_own_place() -> Comparison:
    """The reader's grid is one that nobody named."""
    nameless = replace(place(123.4), code=None)
    return carbonlabel.compare([made("a/one", 10), made("a/two", 40)], region=nameless)


def unknown_energy() -> Comparison:
    """A side that states no energy is held to the reader's grid."""
    return carbonlabel.compare([made("a/one", 10), card(900)], region="US-CA")


def other_phases() -> Comparison:
    """Nothing compares."""
    return carbonlabel.compare([made("a/one", 10), made("a/two", run(40, phase="pre-training"))])


def in_part() -> Comparison:
    """Some phases, parts, cooling and idle time are not counted by all."""
    one = made(
        "a/one",
        run(10, idle="5 kWh", shared="2 kWh"),
        run(70, phase="pre-training"),
        run(3, phase="evaluation"),
        at=place(pue=1.25, site="Orsay"),
    )
    two = made("a/two", run(40, phase="fine-tuning"), run(4, phase="data-collection"))
    return carbonlabel.compare([one, two])


def accelerators_alone() -> Comparison:
    """One side counts accelerators alone, the other splits what it counts."""
    one = made("a/one", run(10, covers="[accelerators]", phase="training"))
    return carbonlabel.compare([one, state("complete")])


def other_parts() -> Comparison:
    """No part is counted by all."""
    one = made("a/one", run(10, covers="[accelerators]"))
    return carbonlabel.compare([one, made("a/two", 40)])


def other_grids() -> Comparison:
    """Grid factors of other scopes, kinds, years and places; unlike bases and tools."""
    one = made("a/one", run(10, meter="PDU"))
    two = made("a/two", 40, at=place(400, code="DE", accounting="consumption", year=2023))
    three = made("a/three", 30, at=Place(pue=place().pue))
    return carbonlabel.compare([one, two, three])


def other_scopes() -> Comparison:
    """A life-cycle factor and a direct one."""
    direct = place(scope="direct")
    return carbonlabel.compare([made("a/one", 10), made("a/two", 40, at=direct)])


def statements() -> Comparison:
    """Cards without a disclosure."""
    one, other = card(900, more="  energy_consumed: 20\n"), card(1200, name="c/other")
    return carbonlabel.compare([made("a/one", 10), one, other])


def bare_statements() -> Comparison:
    """A figure that may be that of a base."""
    heir = card(1200, name="c/heir")
    stated = heir.stated and replace(heir.stated, is_inherited=True)
    return carbonlabel.compare([made("a/one", 10), replace(heir, stated=stated)])


def unsaid_training() -> Comparison:
    """Which training the figures are of is not said; one has no figure."""
    cards = [card(900, training="other"), card(1200, training="other", name="c/other")]
    return carbonlabel.compare(cards)


def without_figure() -> Comparison:
    """A card that states no figure."""
    return carbonlabel.compare([made("a/one", 10), card(0, name="c/none")])


def doubtful_cards() -> Comparison:
    """Cards in which lint finds much, such as grams that slipped."""
    more = "  hardware_used: GPU\n  hardware: A100\n"
    vague = CARD.replace("geographical_location: France", "geographical_location: TBD")
    text = side_of(vague.format(grams="'1200'", training="fine-tuning", more=""), "d/text")
    slipped = card(0.9, more="  energy_consumed: 20\n", name="c/slipped")
    return carbonlabel.compare([made("a/one", 10), card(900, more=more), slipped, text])


def in_use() -> Comparison:
    """Use by task, batch, unit and statistic."""
    other = served(4.4, task="summarisation", batch=32, board="NVIDIA A100-SXM4-80GB")
    return carbonlabel.compare(
        [made("a/one", served(2)), made("a/two", other)], requests="2M tokens/year"
    )


def other_units() -> Comparison:
    """Images are not requests, and a median is no mean."""
    other = served(0.004, unit="images", count=1, statistic="median")
    return carbonlabel.compare([made("a/one", served(2)), made("a/two", other)])


def other_hosts() -> Comparison:
    """Use on hosts of two kinds."""
    board = f"devices:\n  - name: {BOARD}\n    count: 1\n  - name: {{}}\n    kind: host\n"
    hosts = (board.format(each) for each in ("1-socket server", "2-socket server"))
    one, two = hosts
    return carbonlabel.compare(
        [
            made("a/one", served(2), machines=one),
            made("a/two", served(4.4, batch=None), machines=two),
        ],
        requests="2M/year",
    )


def medians() -> Comparison:
    """The median of one request has no multiples."""
    runs = [served(each, count=1, statistic="median", task=None) for each in (0.001, 0.004)]
    return carbonlabel.compare(
        [made("a/one", runs[0]), made("a/two", runs[1])], requests="5000 requests/day"
    )


def uncounted_use() -> Comparison:
    """One side says what its use served, the other does not."""
    bare = run(4.4, phase="inference")
    sides = [made("a/one", served(2)), made("a/two", bare)]
    return carbonlabel.compare(sides, requests="2M/year")


def no_use() -> Comparison:
    """Use of a year is asked for, and nobody discloses use."""
    return carbonlabel.compare([made("a/one", 10), made("a/two", 40)], requests="2M/year")


def use_of_one() -> Comparison:
    """One side was trained, the other is in use."""
    return carbonlabel.compare([made("a/one", 10), made("a/two", served(4.4))])


def machines() -> Comparison:
    """The making of machines by other studies."""
    study = "devices:\n  - name: {name}\n    count: 8\n    making: {making}\nlifetime: 4 years\n"
    board = {"device": BOARD, "count": 8, "hours": 100, "country": "FR"}
    listed = study.format(name=BOARD, making="150 kgCO2e")
    return carbonlabel.compare(
        [
            made(
                "a/one", run(10, **board), machines=listed.replace("    making: 150 kgCO2e\n", "")
            ),
            made("a/two", run(40, **board), machines=listed.replace("150", "310")),
        ]
    )


def unmade() -> Comparison:
    """Not all count the making of machines."""
    return carbonlabel.compare([state("complete"), state("every-row"), state("planned")])


def several_runs() -> Comparison:
    """One run, and a sum of several."""
    both = made("a/two", run(40, name="x"), run(41, name="y"))
    return carbonlabel.compare([made("a/one", 10), both])


def cut_off() -> Comparison:
    """A run that was cut off."""
    one = made("a/one", 10)
    activity = one.activities[0].model_copy(update={"complete": False})
    return unchecked(one.model_copy(update={"activities": (activity,)}))


def planned() -> Comparison:
    """A planned run."""
    one = made("a/one", 10)
    totals = one.totals.model_copy(update={"headline": "planned"})
    return unchecked(one.model_copy(update={"totals": totals}))


def unchecked(one: Disclosure) -> Comparison:
    """A disclosure that no check has seen against another."""
    sides = (comparison.disclosed(each, "carbon.json") for each in (one, made("a/two", 40)))
    return comparison.compared(list(sides))


def without_ranges() -> Comparison:
    """No energy has a range."""
    return carbonlabel.compare([state("no-range"), made("a/two", run(40, None, phase="training"))])


def far_apart() -> Comparison:
    """One is so small that its bar cannot be drawn."""
    return carbonlabel.compare([made("a/small", 1e-6), made("a/large", 1e9), made("a/tiny", 2e-6)])


def twice() -> Comparison:
    """One statement was given twice."""
    one = made("a/one", 10)
    return carbonlabel.compare([one, one, made("a/two", 40)])


def faulty() -> Comparison:
    """A check found an error."""
    return carbonlabel.compare([made("a/one", 10), state("failed-check")])


def unknown_cooling() -> Comparison:
    """Whether cooling is in a figure is not known."""
    return carbonlabel.compare([made("a/one", run(10, pue_in_energy="unknown")), made("a/two", 40)])


COMPARISONS = (
    Case("whole", "All compares", whole),
    Case("many", "Eight sides with names of every kind", many),
    Case("at-one-grid", "At the reader's grid, for a year's use", at_one_grid),
    Case("at-own-place", "At a grid of the reader's own", at_own_place),
    Case("unknown-energy", "No energy for another grid", unknown_energy),
    Case("other-phases", "Nothing compares", other_phases),
    Case("in-part", "Some of it compares", in_part),
    Case("accelerators-alone", "Parts that not all count", accelerators_alone),
    Case("other-parts", "No part in common", other_parts),
    Case("other-grids", "Other grids, years and bases", other_grids),
    Case("other-scopes", "Life-cycle and direct", other_scopes),
    Case("statements", "Cards without a disclosure", statements),
    Case("bare-statements", "A figure of the base", bare_statements),
    Case("unsaid-training", "Which training is not said", unsaid_training),
    Case("without-figure", "A card without a figure", without_figure),
    Case("doubtful-cards", "Cards that lint doubts", doubtful_cards),
    Case("in-use", "Use of other tasks", in_use),
    Case("other-units", "Use in other units", other_units),
    Case("other-hosts", "Use on other hosts", other_hosts),
    Case("medians", "Medians", medians),
    Case("uncounted-use", "Use without a count", uncounted_use),
    Case("no-use", "No use to multiply", no_use),
    Case("use-of-one", "Training against use", use_of_one),
    Case("machines", "The making of machines", machines),
    Case("unmade", "Making that not all count", unmade),
    Case("several-runs", "Several runs", several_runs),
    Case("cut-off", "A run cut off", cut_off),
    Case("planned", "Planned", planned),
    Case("without-ranges", "No ranges", without_ranges),
    Case("far-apart", "Too small for a bar", far_apart),
    Case("twice", "The same twice", twice),
    Case("faulty", "An error in it", faulty),
    Case("unknown-cooling", "Cooling that may be inside", unknown_cooling),
)
"""Every case, those that compare best first."""
