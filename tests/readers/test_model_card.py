"""What a card declares, as evidence that nobody measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel import assess, registry
from carbonlabel.errors import InputError
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence

SAMPLES = Path(__file__).parents[1] / "samples" / "model-card"


def read(*lines: str) -> Evidence:
    inside = "".join(f"  {line}\n" for line in lines)
    text = f"---\nco2_eq_emissions:\n{inside}---\n"
    (found,) = registry.reader("model-card").read(Log("README.md", content=text.encode()))
    return found


def value(quantity: Estimate | Missing) -> float | None:
    return quantity.value if isinstance(quantity, Estimate) else None


def test_a_card_of_sentence_transformers_gives_energy_hours_and_its_figure() -> None:
    log = open_log(SAMPLES / "sentence-transformers.md")
    (run,) = registry.recognise(log).read(log)

    assert value(run.computing) == 0.5060646201491896
    assert value(run.reported_emissions) == 196.7083299812303
    assert value(run.duration) == pytest.approx(3.163 * 3600)
    assert run.sensors == {"computing": "stated"}
    assert run.phase == "finetuning"
    assert [(each.name, each.count) for each in run.devices] == [("NVIDIA GeForce RTX 3090", 1)]
    assert run.pue_in_energy == "no"
    assert run.place == "sentence-transformers.md:13"


def test_a_figure_alone_is_reported_and_no_energy_is_made_up() -> None:
    log = open_log(SAMPLES / "written.md")
    (run,) = registry.recognise(log).read(log)

    assert isinstance(run.computing, Missing)
    assert value(run.reported_emissions) == 1710
    assert (run.country, run.subdivision) == ("CA", "QC")
    assert run.pue_in_energy == "unknown"


def test_the_emissions_are_computed_anew_and_the_declared_ones_stand_beside() -> None:
    log = open_log(SAMPLES / "sentence-transformers.md")
    disclosure = assess(registry.recognise(log).read(log))
    (activity,) = disclosure.activities

    assert activity.reported is not None
    assert value(activity.reported.emissions) == 196.7083299812303
    assert activity.parts[0].part == "computing"


def test_a_region_of_a_cloud_is_told() -> None:
    run = read("emissions: 500", "geographical_location: europe-north1")

    assert (run.cloud, run.country) == ("gcp/europe-north1", "FI")


def test_a_figure_with_a_slip_is_refused_and_its_energy_kept() -> None:
    run = read("emissions: 5.6", "energy_consumed: 15.5")

    assert isinstance(run.reported_emissions, Missing)
    assert "unit-slip-1000" in run.reported_emissions.reason
    assert value(run.computing) == 15.5
    assert [(each.code, each.severity) for each in run.findings] == [("unit-slip-1000", "warning")]


def test_an_energy_that_cannot_be_is_not_counted() -> None:
    run = read("emissions: 196", "energy_consumed: 506", "hours_used: 3", "hardware_used: 1 x T4")

    assert isinstance(run.computing, Missing)
    assert value(run.reported_emissions) == 196


@pytest.mark.parametrize(
    ("line", "told"),
    [("emissions: TBD", "placeholder"), ("emissions: 0", "0 g"), ("source: x1", "no emissions")],
)
def test_a_card_that_declares_nothing_is_refused_with_its_line(line: str, told: str) -> None:
    with pytest.raises(InputError) as refused:
        read(line)
    assert told in str(refused.value)
    assert (refused.value.where or "").startswith("README.md")


def test_an_unknown_training_and_place_stay_unknown() -> None:
    run = read("emissions: 5", "training_type: cooking", "geographical_location: Narnia")

    assert (run.phase, run.country, run.cloud, run.devices) == (None, None, None, ())


@pytest.mark.parametrize(
    ("head", "is_card"),
    [
        (b"---\nco2_eq_emissions: 5\n---\n", True),
        (b"\xef\xbb\xbf\n---\r\nlicense: mit\r\n'co2_eq_emissions':\r\n", True),
        (b"# Model\nco2_eq_emissions: 5\n", False),
        (b"---\nlicense: mit\n---\n", False),
        (b"---\nco2_eq_emissions: 5\n---\nA cumulative of 40 hours", False),
    ],
)
def test_only_a_front_matter_with_the_key_is_a_card(head: bytes, *, is_card: bool) -> None:
    assert registry.reader("model-card").recognises(Log("x", content=head)) is is_card


def test_a_widget_of_many_examples_may_stand_before_the_key() -> None:
    widget = "".join(f"- text: {number} {'word ' * 40}\n" for number in range(100))
    text = f"---\nwidget:\n{widget}co2_eq_emissions:\n  emissions: 5\n---\n# M\n"
    (run,) = registry.recognise(Log("README.md", content=text.encode())).read(
        Log("README.md", content=text.encode())
    )

    assert value(run.reported_emissions) == 5


def test_a_key_below_the_front_matter_is_no_declaration() -> None:
    for front in (f"widget: {'word ' * 2000}\n", "license: mit\n"):
        text = f"---\n{front}---\n```yaml\n{'x' * 5000}\nco2_eq_emissions: 5\n```\n"
        with pytest.raises(InputError):
            registry.recognise(Log("README.md", content=text.encode()))
    with pytest.raises(InputError):
        registry.recognise(Log("a.md", content=b"---\na: " + b"b" * 5000 + b"\xff\n---\n"))


def test_a_continent_behind_a_country_hides_it_not() -> None:
    run = read("emissions: 5", 'geographical_location: "Eemshaven, Netherlands, Europe"')

    assert run.country == "NL"
    assert read("emissions: 5", "geographical_location: Europe").country is None


def test_a_card_without_energy_says_why_nothing_is_computed() -> None:
    codes = [each.code for each in read("emissions: 5", "source: AutoTrain").findings]

    assert "card-without-energy" in codes
    assert "card-without-energy" not in [
        each.code for each in read("emissions: 5", "energy_consumed: 0.01").findings
    ]
