"""A badge never stands without what its figure is of, and never says more than is known."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

import carbonlabel
from carbonlabel.cli import main
from carbonlabel.documents import badge as drawing
from carbonlabel.documents.badgewords import Badge, badge
from carbonlabel.documents.face import face
from carbonlabel.documents.png import rasterised
from carbonlabel.errors import RenderError
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options

Statement = Callable[..., Disclosure]
Grams = Callable[..., object]
MISSING = {"missing": "not-stated", "reason": "nobody said so"}
SVG = "{http://www.w3.org/2000/svg}"


def plain(words: Badge) -> tuple[str, str, str]:
    return words.scope, words.basis, words.figure.replace("\u00a0", " ").replace("\u202f", " ")


def test_it_says_what_its_figure_is_of(two_gpus: Disclosure) -> None:
    finished = face(two_gpus)
    (electricity,) = [row for row in finished.rows if row.part == "electricity"]

    assert plain(badge(two_gpus)) == (
        "fine-tuning electricity", electricity.basis, f"{electricity.value} {finished.unit}"
    )  # fmt: skip
    assert plain(badge(two_gpus, "total")) == (
        "fine-tuning electricity and hardware", finished.basis, f"{finished.value} {finished.unit}"
    )  # fmt: skip


def test_a_missing_part_of_its_scope_makes_it_a_lower_bound(
    statement: Statement, grams: Grams
) -> None:
    no_cooling = statement({"host": grams(25.0), "overhead": MISSING, "manufacture": grams(5.0)})
    no_hardware = statement({"host": grams(25.0), "overhead": grams(5.0), "manufacture": MISSING})

    assert badge(no_cooling).figure.startswith("≥")
    assert badge(no_cooling, "total").figure.startswith("≥")
    assert not badge(no_hardware).figure.startswith("≥")
    assert badge(no_hardware, "total").figure.startswith("≥")


def test_what_does_not_apply_is_not_missing(statement: Statement, grams: Grams) -> None:
    none = {"missing": "not-applicable", "reason": "no accelerators"}

    made = statement({"accelerators": none, "host": grams(25.0), "idle": MISSING})

    assert badge(made).figure == "25\u00a0g CO₂e"


def test_nothing_known_is_not_zero(statement: Statement) -> None:
    made = statement(
        {"computing": MISSING}, totals__headline="not reported", totals__shares={}
    )  # fmt: skip

    assert plain(badge(made)) == ("fine-tuning electricity", "not reported", "not reported")
    assert badge(made, "total").figure == "not reported"


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        ("pretraining", "pre-training electricity"),
        ("inference", "inference electricity"),
        ("data_preparation", "data preparation electricity"),
        ("training", "training electricity"),
    ],
)
def test_the_phase_is_named(statement: Statement, grams: Grams, phase: str, words: str) -> None:
    assert badge(statement({"host": grams(2.0)}, activities__0__phase=phase)).scope == words


def test_of_several_phases_the_training_counts_as_on_the_hub(
    statement: Statement, grams: Grams
) -> None:
    made = statement(
        {"host": grams(20.0)},
        {"host": MISSING},
        activities__0__phase="finetuning",
        activities__1__phase="inference",
        totals__training=grams(20.0, 14.0, 28.0, "measured"),
    )

    assert plain(badge(made)) == ("fine-tuning electricity", "measured", "20 g CO₂e")
    assert badge(made, "total").scope == "electricity and hardware"


def test_training_phases_together_are_training(statement: Statement, grams: Grams) -> None:
    made = statement(
        {"host": grams(20.0)},
        {"host": grams(5.0)},
        activities__0__phase="finetuning",
        activities__1__phase="pretraining",
    )

    assert badge(made).scope == "training electricity"


def test_training_that_nobody_reported_is_not_replaced_by_use(
    statement: Statement, grams: Grams
) -> None:
    made = statement(
        {"host": MISSING},
        {"host": grams(5.0)},
        activities__1__phase="inference",
        totals__training=MISSING,
    )

    assert badge(made).figure == "not reported"


def test_a_figure_that_is_tiny_beside_its_label_has_digits_of_its_own(
    statement: Statement, grams: Grams
) -> None:
    made = statement({"host": grams(0.0123), "manufacture": grams(5e6, 4e6, 6e6)})

    assert badge(made).figure == "12\u00a0mg CO₂e"


def test_less_than_can_be_shown_is_never_at_least_that(statement: Statement, grams: Grams) -> None:
    made = statement({"host": grams(1e-9), "overhead": MISSING})

    assert badge(made).figure == ">\u00a00\u00a0mg CO₂e"


def test_what_is_planned_says_so(statement: Statement, grams: Grams) -> None:
    made = statement({"host": grams(2.0)}, totals__headline="planned")

    assert badge(made).scope == "fine-tuning electricity, planned"


@pytest.mark.parametrize("scope", ["electricity", "total"])
def test_what_failed_a_check_gets_no_badge(statement: Statement, grams: Grams, scope: str) -> None:
    error = {"code": "x", "severity": "error", "place": "/", "message": "More than rated."}
    on_record = statement({"host": grams(1.0)}, findings=[error])
    impossible = statement({"host": grams(1.0)}, activities__0__region__intensity__value=1600.0,
                           activities__0__region__intensity__high=1700.0)  # fmt: skip

    with pytest.raises(RenderError, match="no badge is drawn: More than rated"):
        badge(on_record, scope)  # type: ignore[arg-type]
    with pytest.raises(RenderError, match="no badge is drawn: The grid intensity"):
        badge(impossible, scope)  # type: ignore[arg-type]


def test_what_somebody_answers_for_gets_one(statement: Statement, grams: Grams) -> None:
    error = {"code": "x", "severity": "error", "place": "/", "message": "More than rated."}
    waiver = {"code": "x", "author": "A", "reason": "known", "expires": "2030-01-01"}

    made = statement({"host": grams(1.0)}, findings=[error], waivers=[waiver])

    assert badge(made).figure == "1\u00a0g CO₂e"


def test_it_is_read_aloud_in_plain_words(statement: Statement, grams: Grams) -> None:
    made = badge(statement({"host": grams(2500.0), "overhead": MISSING}))

    assert made.aloud == "Carbon, fine-tuning electricity: at least 2.5 kg CO2e, estimated"
    assert Badge("x", "not reported", "not reported").aloud == "Carbon, x: not reported"


def test_the_picture_is_twenty_high_and_titled(two_gpus: Disclosure) -> None:
    svg = drawing.picture.render(two_gpus, Options()).decode()
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing

    assert root.attrib["height"] == "20"
    assert root.attrib["role"] == "img"
    assert (root[0].text or "").startswith("Carbon, fine-tuning electricity: ")
    assert not list(root.iter(SVG + "text"))


def test_its_corners_are_round_and_its_edge_stands_out(two_gpus: Disclosure) -> None:
    svg = drawing.picture.render(two_gpus, Options()).decode()
    image = Image.open(io.BytesIO(rasterised(svg, 1))).convert("RGBA")

    assert image.getpixel((0, 0))[3] < 128  # type: ignore[index]
    assert image.getpixel((40, 0)) == (0x57, 0x60, 0x6A, 255)
    assert image.getpixel((4, 2)) == (0x24, 0x29, 0x2F, 255)
    assert image.getpixel((image.width - 4, 2)) == (0xF6, 0xF8, 0xFA, 255)


def test_the_endpoint_has_the_schema_of_shields(two_gpus: Disclosure) -> None:
    said = json.loads(drawing.endpoint.render(two_gpus, Options(scope="total")))

    assert said["schemaVersion"] == 1
    assert said["label"] == "fine-tuning electricity and hardware"
    assert said["message"].startswith("○ " if badge(two_gpus, "total").basis == "assumed" else "◐ ")
    assert set(said) == {"schemaVersion", "label", "message", "labelColor", "color"}
    assert not {"\u00a0", "\u202f"} & set(said["message"])


def test_the_command_line_refuses_a_badge_of_what_cannot_be(
    tmp_path: Path, statement: Statement, grams: Grams, capsys: pytest.CaptureFixture[str]
) -> None:
    made = statement({"host": grams(1.0)}, activities__0__region__intensity__value=1600.0,
                     activities__0__region__intensity__high=1700.0)  # fmt: skip
    kept = tmp_path / "carbon.json"
    kept.write_bytes(carbonlabel.dump(made))

    assert main(["render", str(kept), "-t", "badge"]) == 3
    assert "no badge is drawn" in capsys.readouterr().err
