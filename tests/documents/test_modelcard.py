from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.documents.modelcard import metadata, renderer, section
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options

GOLD = Path(__file__).parents[1] / "gold"
Statement = Callable[..., Disclosure]
Grams = Callable[..., dict[str, object]]
# The digest that the specification prints on its example of this card.
DIGEST = "25737f327def418fc7d5f7684caafb4ec28927bcc925bff21803796f43f553c0"
KEYS = [
    "emissions",
    "source",
    "training_type",
    "geographical_location",
    "hardware_used",
    "energy_consumed",
    "disclosure",
]


def drawn(disclosure: Disclosure) -> str:
    return renderer.render(disclosure, Options()).decode()


def front_matter(card: str) -> dict[str, object]:
    found = re.match(r"---\n(.*?)\n---\n", card, re.DOTALL)
    assert found
    loaded: dict[str, dict[str, object]] = yaml.safe_load(found[1])
    return loaded["co2_eq_emissions"]


@pytest.mark.parametrize("name", ["demo", "two_gpus"])
def test_the_card_is_the_one_that_was_signed_off(name: str, request: pytest.FixtureRequest) -> None:
    gold = (GOLD / f"card-{name.replace('_', '-')}.md").read_bytes()

    assert renderer.render(request.getfixturevalue(name), Options()) == gold


def test_the_metadata_are_the_electricity_of_training_in_grams(demo: Disclosure) -> None:
    assert metadata(demo) == (
        ("emissions", "0.00192413"),
        ("source", '"CodeCarbon 3.3.2, assessed by carbonlabel 0.1.0"'),
        ("training_type", '"fine-tuning"'),
        ("geographical_location", '"France"'),
        ("hardware_used", '"Intel(R) Xeon(R) Processor"'),
        ("energy_consumed", "0.0000464316"),
        (
            "disclosure",
            f'"carbon.json#jcs-sha256={DIGEST}"',
        ),
    )


def test_a_yaml_reader_finds_numbers_and_texts_in_their_order(two_gpus: Disclosure) -> None:
    found = front_matter(drawn(two_gpus))

    assert list(found) == KEYS
    assert found["emissions"] == 0.0556125
    assert found["energy_consumed"] == 0.001342
    assert found["hardware_used"] == "2 x NVIDIA A100-SXM4-80GB"


def test_plain_training_has_no_training_type(statement: Statement, grams: Grams) -> None:
    found = metadata(statement({"host": grams(1.0)}, activities__0__phase="training"))

    assert found is not None
    assert [key for key, _ in found] == [key for key in KEYS if key != "training_type"]


def test_the_figure_is_that_of_the_training_phases_alone(
    statement: Statement, grams: Grams
) -> None:
    disclosure = statement(
        {"host": grams(1.0)},
        {"host": grams(8.0)},
        activities__1__phase="evaluation",
        totals__training=grams(1.0),
    )

    found = dict(metadata(disclosure) or ())

    assert (found["emissions"], found["training_type"]) == ("1", '"fine-tuning"')
    assert "energy_consumed" not in found


def test_two_kinds_of_training_are_no_one_type(statement: Statement, grams: Grams) -> None:
    disclosure = statement(
        {"host": grams(1.0)}, {"host": grams(2.0)}, activities__1__phase="pretraining"
    )

    found = dict(metadata(disclosure) or ())

    assert found["emissions"] == "3"
    assert "training_type" not in found


@pytest.mark.parametrize(
    ("value", "phase", "why"),
    [
        (0.00009, "finetuning", "the electricity of training emitted less than 0.0001 g CO₂e"),
        (5.0, "inference", "no figure for the electricity of training is known"),
    ],
)
def test_without_a_figure_there_is_no_key_and_the_body_says_why(
    statement: Statement, grams: Grams, value: float, phase: str, why: str
) -> None:
    disclosure = statement({"host": grams(value)}, activities__0__phase=phase)

    assert metadata(disclosure) is None
    assert not drawn(disclosure).startswith("---")
    assert f"The metadata of this card hold no emissions: {why}." in section(disclosure)


def test_a_training_figure_that_is_missing_is_no_key(statement: Statement, grams: Grams) -> None:
    missing = {"missing": "not-measured", "reason": "all energies are zero"}

    assert metadata(statement({"host": grams(1.0)}, totals__training=missing)) is None
    assert metadata(statement({"host": missing, "manufacture": grams(1.0)})) is None


def test_a_place_and_hardware_that_nobody_named_are_no_keys(
    statement: Statement, grams: Grams
) -> None:
    region = json.loads(statement({"host": grams(1.0)}).activities[0].region.model_dump_json())
    nowhere = {key: each for key, each in region.items() if each is not None} | {
        "given_by": "nobody"
    }
    del nowhere["country"]
    for quantity in ("intensity", "pue", "wue"):
        nowhere[quantity] = {k: v for k, v in nowhere[quantity].items() if v is not None}

    found = dict(
        metadata(
            statement(
                {"host": grams(1.0)}, activities__0__region=nowhere, activities__0__hardware=[]
            )
        )
        or ()
    )

    assert not {"geographical_location", "hardware_used"} & set(found)


def test_the_shares_stand_on_the_card_where_the_basis_is_mixed(two_gpus: Disclosure) -> None:
    assert "Data quality: mostly assumed (0 % measured, 47 % estimated, 53 % assumed)." in section(
        two_gpus
    )


def test_a_card_without_a_model_is_called_model_card(demo: Disclosure) -> None:
    nameless = demo.model_copy(update={"subject": demo.subject.model_copy(update={"model": None})})

    assert "# Model card\n" in drawn(nameless)
    assert "Carbon Facts for model not named" in drawn(nameless)


@settings(max_examples=100)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_any_name_is_one_yaml_text_and_one_attribute(demo: Disclosure, name: str) -> None:
    host = demo.activities[0].hardware[0].model_copy(update={"name": name})
    activity = demo.activities[0].model_copy(update={"hardware": (host,)})
    subject = demo.subject.model_copy(update={"model": name})

    card = drawn(demo.model_copy(update={"subject": subject, "activities": (activity,)}))

    assert set(front_matter(card)) <= set(KEYS)
    assert card.count("<!-- carbonlabel:begin -->") == card.count("<!-- carbonlabel:end -->") == 1
    picture = next(line for line in card.splitlines() if line.startswith("<img"))
    assert re.fullmatch(r'<img src="label\.png" width="360" alt="[^"<>$]*">', picture)


@settings(max_examples=100)
@given(st.floats(1e-4, 1e15))
def test_emissions_have_six_digits_and_no_exponent(
    statement: Statement, grams: Grams, value: float
) -> None:
    found = dict(metadata(statement({"host": grams(value)})) or ())

    assert re.fullmatch(r"\d+(\.\d+)?", found["emissions"])
    assert float(found["emissions"]) == pytest.approx(value, rel=5e-6)


def test_a_run_that_is_still_to_be_declares_nothing_to_the_hub(
    statement: Statement, grams: Grams
) -> None:
    planned = statement({"host": grams(5.0)}, totals__headline="planned")

    assert metadata(planned) is None
    assert not drawn(planned).startswith("---")
    assert "hold no emissions: the run is planned and has emitted nothing yet." in section(planned)


def test_a_figure_drawn_by_force_is_not_declared_to_the_hub_until_somebody_answers_for_it(
    statement: Statement, grams: Grams
) -> None:
    error = {"code": "energy-implausible", "severity": "error", "place": "", "message": "Too low."}
    forced = statement({"host": grams(5.0)}, findings=[error])
    waiver = {
        "code": "energy-implausible",
        "reason": "a meter was read beside it",
        "author": "Ada",
        "expires": "2030-01-01",
    }
    answered = statement({"host": grams(5.0)}, findings=[error], waivers=[waiver])

    assert metadata(forced) is None
    assert "hold no emissions: an error was found in the figures." in section(forced)
    assert dict(metadata(answered) or ())["emissions"] == "5"


def test_place_and_hardware_are_those_of_the_training_that_the_figure_is_of(
    statement: Statement, grams: Grams
) -> None:
    used = {"name": "Used Only 9000", "kind": "accelerator", "count": 1}
    disclosure = statement(
        {"host": grams(1.0)},
        {"host": grams(2.0)},
        activities__1__phase="inference",
        activities__1__region__country="DE",
        activities__1__hardware=[used],
        totals__training=grams(1.0),
    )

    found = dict(metadata(disclosure) or ())

    assert found["emissions"] == "1"
    assert found["geographical_location"] == '"France"'
    assert "Used Only 9000" not in found["hardware_used"]
