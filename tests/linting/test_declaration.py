"""A card's declaration: what is read, what is refused, and where the findings point."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.linting import Kept, declared, inherited, unreadable
from carbonlabel.linting.catalogue import RULES

SAMPLE: Final = """---
co2_eq_emissions:
  emissions: 196.7
  energy_consumed: 0.506
  source: codecarbon
  training_type: fine-tuning
  geographical_location: Spain
  hardware_used: 1 x NVIDIA GeForce RTX 3090
  hours_used: 3.163
  cpu_model: x
---
"""
DIGEST: Final = 64 * "a"
LABELLED: Final = f"""---
co2_eq_emissions:
  emissions: 12.5
  source: "CodeCarbon 3.3.2"
  training_type: "fine-tuning"
  energy_consumed: 0.05
  disclosure: "carbon.json#jcs-sha256={DIGEST}"
---

<!-- carbonlabel:begin -->
| For 1 run | Amount | 95 % range | Basis |
|---|--:|--:|---|
| **Electricity** | 13 g CO₂e | 10\u201315 | estimated |

- Disclosure: [carbon.json](carbon.json), digest `{DIGEST[:12]}`, made with carbonlabel 0.1.0.
<!-- carbonlabel:end -->
"""


def codes(text: str | bytes, beside: Kept | None = None) -> list[str]:
    card = text.encode() if isinstance(text, str) else text
    return [entry.code for entry in declared(card, "README.md", lambda _: beside).findings]


def card(*lines: str, body: str = "") -> str:
    inside = "".join(f"  {line}\n" for line in lines)
    return f"---\nco2_eq_emissions:\n{inside}---\n{body}"


def test_everything_that_a_card_says_is_there() -> None:
    found = declared(SAMPLE.encode(), "a/README.md")

    assert found.is_declared
    assert found.emissions_gco2e == Decimal("196.7")
    assert found.energy_kwh == Decimal("0.506")
    assert (found.source, found.training_type) == ("codecarbon", "fine-tuning")
    assert (found.location, found.hardware) == ("Spain", "1 x NVIDIA GeForce RTX 3090")
    assert dict(found.others)["cpu_model"] == "x"
    assert found.duration_s == pytest.approx(3.163 * 3600)
    assert (found.line, found.column) == (3, 14)
    assert found.findings == ()


def test_a_card_without_the_key_declares_nothing_and_that_is_no_fault() -> None:
    found = declared(b"---\nlicense: mit\n---\n\n# Model\n", "README.md")

    assert not found.is_declared
    assert found.findings == ()


def test_lines_and_columns_are_those_of_an_editor_whatever_the_line_ends() -> None:
    windows = SAMPLE.replace("196.7", "-5").replace("\n", "\r\n").encode()
    (entry,) = declared(b"\xef\xbb\xbf" + windows, "README.md").findings

    assert (entry.line, entry.column, entry.end_column) == (3, 14, 16)


@pytest.mark.parametrize(
    ("value", "grams"),
    [
        ("17g", "17"),
        ("1.2g CO2", "1.2"),
        ("0.5 tonnes of CO2eq", "500000"),
        ("'1,234.5'", "1234.5"),
        ("about 3 kg", "3000"),
        ("1_000", "1000"),
        ("149200 g", "149200"),
        ("1,234", None),
        ("2 x 350 g", None),
        ("5 Mg", None),
        ("012", None),
        ("1:30", None),
        (".inf", None),
        (".nan", None),
        ("1e400", None),
        ("[1, 2]", None),
        ("yes", None),
        ("0x1F", None),
        ('"' + 300 * "9" + '"', None),
    ],
)
def test_a_figure_is_read_in_its_unit_or_refused(value: str, grams: str | None) -> None:
    found = declared(card(f"emissions: {value}").encode(), "README.md")

    assert found.emissions_gco2e == (None if grams is None else Decimal(grams))
    assert {entry.code for entry in found.findings} & {"value-is-string", "number-misread"}


@pytest.mark.parametrize(
    "value",
    ["NA", "n/a", "'-'", "unknown", "tbd", "'?'", "'[More Information Needed]'", '""', "null"],
)
def test_a_placeholder_is_no_figure(value: str) -> None:
    assert codes(card(f"emissions: {value}")) == ["placeholder"]


def test_a_key_without_value_misses_its_figure() -> None:
    assert codes(card("emissions:")) == ["emissions-missing"]
    assert codes("---\nco2_eq_emissions:\nlicense: mit\n---\n") == ["emissions-missing"]


def test_a_figure_that_stands_twice_is_nobodys() -> None:
    found = declared(card("emissions: 5", "emissions: 6").encode(), "README.md")

    assert found.emissions_gco2e is None
    assert [entry.code for entry in found.findings] == ["key-twice"]


def test_a_license_that_stands_twice_leaves_the_figure_alone() -> None:
    twice = f"---\nlicense: a\nlicense: b\n{SAMPLE[4:]}".encode()

    assert declared(twice, "README.md").emissions_gco2e == Decimal("196.7")


def test_an_alias_is_not_followed() -> None:
    assert codes("---\na: &x {emissions: 5}\nco2_eq_emissions: *x\n---\n") == ["yaml-broken"]


class TestSlips:
    """Kilograms and tonnes in the field of grams."""

    @pytest.mark.parametrize("body", ["5.6 kg of CO2", "5.6 kgCO₂eq", "5600 g CO2e, 5.60 KgCO2"])
    def test_the_text_tells_kilograms(self, body: str) -> None:
        found = declared(card("emissions: 5.6", body=body).encode(), "README.md")

        assert found.suggested_gco2e == 5600
        assert found.findings[0].fix == "5600"

    def test_the_text_tells_tonnes(self) -> None:
        found = declared(card("emissions: 4.4", body="It took 4.4 tCO2eq.").encode(), "README.md")

        assert found.suggested_gco2e == 4_400_000
        assert found.findings[0].code == "unit-slip-1000000"

    @pytest.mark.parametrize(
        "body",
        [
            "5.6 g CO2, its base 5.6 kg CO2",  # the figure itself stands there
            "```\n5.6 kg CO2\n```",  # code is no statement
            "<!-- carbonlabel:begin -->\n5.6 kg CO2\n<!-- carbonlabel:end -->",
            "a grid of 5.6 kg CO2/kWh",
            "7 kg CO2 and 5.6 t of sand",
        ],
    )
    def test_what_does_not_prove_a_slip(self, body: str) -> None:
        found = declared(card("emissions: 5.6", body=body).encode(), "README.md")

        assert found.emissions_gco2e == Decimal("5.6")

    def test_an_energy_that_fits_outweighs_the_text(self) -> None:
        text = card("emissions: 5.6", "energy_consumed: 0.015", body="like 5.6 kg CO2 of driving")

        assert "unit-slip-1000" not in codes(text)

    def test_milligrams_are_a_thousand_times_too_large(self) -> None:
        # 400 000 ÷ 1 kWh is no grid's; 400 is.
        found = declared(card("emissions: 400000", "energy_consumed: 1.0").encode(), "README.md")

        assert found.suggested_gco2e == 400
        assert "too large" in found.findings[0].message

    def test_an_energy_that_no_machine_draws_is_the_fault_and_not_the_emissions(self) -> None:
        # 506 Wh written as kWh: one RTX 3090 does not draw 160 kW.
        slipped = SAMPLE.replace("0.506", "506")

        assert codes(slipped) == ["energy-impossible"]

    def test_a_clean_grid_is_no_slip(self) -> None:
        clean = ("emissions: 8", "energy_consumed: 1.0", "geographical_location: Norway")

        assert "unit-slip-1000" not in codes(card(*clean))

    def test_two_factors_that_fit_prove_nothing(self) -> None:
        found = declared(card("emissions: 0.0015", "energy_consumed: 1.0").encode(), "README.md")

        # ×1000 gives 1.5 g/kWh, a million 1500: only the second is a grid's by far.
        assert found.suggested_gco2e in {None, Decimal(1500)}

    def test_emissions_that_no_grid_makes_are_refused(self) -> None:
        found = declared(card("emissions: 20000", "energy_consumed: 9").encode(), "README.md")

        assert found.emissions_gco2e is None
        assert [entry.code for entry in found.findings] == ["intensity-impossible"]

    def test_an_energy_of_the_text_that_fits_no_grid_is_a_warning(self) -> None:
        # A correction that was itself wrong: 411000 for 41.1 kg.
        body = "41.1 KgCO2eq; 115.69 kWh"
        found = declared(card("emissions: 411000", body=body).encode(), "README.md")

        assert found.emissions_gco2e == 411_000
        assert (found.findings[0].code, found.findings[0].severity) == (
            "intensity-impossible",
            "warning",
        )

    def test_very_little_for_its_energy_is_a_warning(self) -> None:
        text = card("emissions: 5", "energy_consumed: 10", "geographical_location: Norway")
        found = declared(text.encode(), "README.md")

        assert found.emissions_gco2e == 5
        assert found.findings[0].severity == "warning"


class TestHardware:
    """What a machine can do in its time."""

    @pytest.mark.parametrize(
        ("said", "hours"), [("two days", 0), ("2 days", 48), ("1.5 weeks", 252), ("90 min", 1.5)]
    )
    def test_a_duration_is_read_in_its_unit(self, said: str, hours: float) -> None:
        text = card("emissions: 5", f"source: {said} of training")

        assert (declared(text.encode(), "c").duration_s or 0) == pytest.approx(hours * 3600)

    def test_more_than_it_can_draw(self) -> None:
        lines = ("emissions: 90000", "hardware_used: 1 x T4", "hours_used: 2")

        assert codes(card(*lines)) == ["implausible-high"]

    def test_below_what_it_needs(self) -> None:
        lines = ("emissions: 0.000001", "source: 9 hours of it", "hardware_used: 1 x A100")

        assert codes(card(*lines)) == ["tiny-figure", "implausible-low"]

    def test_several_kinds_of_machines_are_not_judged(self) -> None:
        lines = ("emissions: 9000000", "hardware_used: 1 x T4 and 64 x A100", "hours_used: 2")

        assert "implausible-high" not in codes(card(*lines))

    @pytest.mark.parametrize(
        ("hardware", "is_suspect"),
        [
            ("12 x 13th Gen Intel(R) Core(TM) i7-1355U (CPU)", True),
            ("16 x AMD Ryzen 9 5950X 16-Core Processor", True),
            ("128 x AMD EPYC 7763 64-Core Processor", True),
            ("2 x Intel(R) Xeon(R) Gold 6226R CPU", False),
            ("1 x Intel Core i7-1355U", False),
            ("12 x NVIDIA A100-SXM4-80GB", False),
        ],
    )
    def test_cores_are_no_processors(self, hardware: str, *, is_suspect: bool) -> None:
        found = codes(card("emissions: 5", f"hardware_used: {hardware}"))

        assert ("hardware-count-suspect" in found) is is_suspect

    @pytest.mark.parametrize("vague", ["GPU", "NVIDIA GPU", "2 GPUs on Google Colab", "a laptop"])
    def test_a_kind_is_no_device(self, vague: str) -> None:
        assert "hardware-vague" in codes(card("emissions: 5", f"hardware_used: {vague}"))

    def test_a_consumers_card_stands_under_a_desk_of_a_country(self) -> None:
        lines = ("emissions: 5", "hardware_used: RTX 4090", "geographical_location: {}")
        region, country = (card(*lines).format(each) for each in ("us-east-1", "Finland"))

        assert "hardware-place-mismatch" in codes(region)
        assert "hardware-place-mismatch" not in codes(country)


def test_a_zero_with_a_training_time_is_no_figure() -> None:
    assert codes(card("emissions: 0", "training_time: 90 minutes"))[0] == "zero-with-runtime"


class TestBody:
    """Front matter and text."""

    def test_a_section_that_says_otherwise(self) -> None:
        body = "- **Energy Consumed**: 0.700 kWh\n- **Carbon Emitted**: 0.250 kg of CO2\n"
        found = declared((SAMPLE + body).encode(), "README.md").findings

        assert [(entry.code, entry.line) for entry in found] == [
            ("body-disagrees", 12),
            ("body-disagrees", 13),
        ]
        assert found[0].expected == "0.506 kWh"
        assert found[1].found == "0.250 kg of CO2"

    def test_a_section_that_rounds_the_same_figure(self) -> None:
        body = "- **Energy Consumed**: 0.51 kWh\n- **Carbon Emitted**: 0.197 kg of CO2\n"

        assert codes(SAMPLE + body) == []

    def test_the_template_still_asks(self) -> None:
        assert codes(SAMPLE + "- **Carbon Emitted:** [More Information Needed]\n") == [
            "body-placeholder"
        ]

    def test_the_template_is_filled_in(self) -> None:
        assert codes(SAMPLE + "- **Carbon Emitted:** 0.2 kg\n") == []
        assert codes(SAMPLE + "- **Carbon Emitted:** 0.9 kg\n") == ["body-disagrees"]

    def test_a_figure_in_the_text_alone(self) -> None:
        text = "---\nlicense: mit\n---\n- **Energy Consumed**: 14.3 kWh\n"

        assert codes(text) == ["only-in-prose"]

    def test_any_other_talk_of_carbon_is_none_of_our_business(self) -> None:
        talk = "A car emits 120 g CO2 per km; hydrocarbons, 5 kWh; Carbon Emissions matter.\n"

        assert codes(f"---\nlicense: mit\n---\n{talk}") == []


class TestLabel:
    """Our own block, and the disclosure beside the card."""

    def test_a_whole_label_is_fine(self) -> None:
        assert codes(LABELLED) == []
        assert codes(LABELLED, Kept(DIGEST, 12.50001)) == []

    def test_another_digest_in_the_text(self) -> None:
        assert codes(LABELLED.replace("`aaaa", "`bbbb")) == ["label-stale"]

    def test_another_figure_in_the_text(self) -> None:
        assert codes(LABELLED.replace("| 13 g", "| 130 g")) == ["label-stale"]

    def test_another_disclosure_beside(self) -> None:
        found = declared(LABELLED.encode(), "c", lambda _: Kept(64 * "b", 12.5)).findings

        assert [(entry.code, entry.line) for entry in found] == [("label-stale", 7)]

    def test_no_disclosure_at_all_beside(self) -> None:
        assert codes(LABELLED, Kept(None)) == ["label-stale"]

    def test_another_figure_beside(self) -> None:
        assert codes(LABELLED, Kept(DIGEST, 13.0)) == ["label-stale"]

    def test_a_disclosure_beside_without_a_figure_of_training(self) -> None:
        assert codes(LABELLED, Kept(DIGEST, None)) == []

    def test_a_text_that_only_names_the_program(self) -> None:
        assert codes(SAMPLE + "made by carbonlabel: see there\n") == []

    def test_a_label_without_an_end(self) -> None:
        assert codes(LABELLED.replace("<!-- carbonlabel:end -->", "")) == ["label-broken"]

    def test_a_label_that_shows_no_number(self) -> None:
        assert codes(LABELLED.replace("| 13 g", "| ,. g")) == []


class TestLineage:
    """Figures taken over from a base model."""

    BASE: Final = card("emissions: 5600", "source: x y")
    HEIR: Final = BASE.replace("---\n", "---\nbase_model: [org/base]\n", 1)

    def test_the_very_figure_of_the_base(self) -> None:
        base = declared(self.BASE.encode(), "hub/org/base/README.md")
        heir = declared(self.HEIR.encode(), "hub/me/mine/README.md")
        first, second = inherited([base, heir])

        assert first is base
        assert [entry.code for entry in second.findings if entry.severity == "error"] == [
            "inherited-figure"
        ]
        assert second.findings[-1].line == 4

    @pytest.mark.parametrize("name", ["hf:org/base", "hf:org/base@main", "base/README.md"])
    def test_the_base_by_other_names(self, name: str) -> None:
        both = [declared(self.HEIR.encode(), "me/README.md"), declared(self.BASE.encode(), name)]

        assert "inherited-figure" in [entry.code for entry in next(iter(inherited(both))).findings]

    def test_another_figure_than_the_base(self) -> None:
        base = declared(self.BASE.replace("5600", "5601").encode(), "org/base/README.md")
        heir = declared(self.HEIR.encode(), "me/mine/README.md")

        assert list(inherited([base, heir])) == [base, heir]

    def test_a_card_is_not_its_own_base(self) -> None:
        own = declared(self.HEIR.encode(), "org/base/README.md")

        assert list(inherited([own])) == [own]

    @pytest.mark.parametrize(
        "line",
        ["tags: [gguf]", "base_model_relation: quantized", "tags:\n- AWQ\n", "library_name: mlx"],
    )
    def test_a_quantised_model_was_not_trained(self, line: str) -> None:
        suspect = self.HEIR.replace("---\n", f"---\n{line}\n", 1)

        assert "inherited-figure" in codes(suspect)

    def test_an_adapter_was_not_pretrained(self) -> None:
        line = "base_model_relation: adapter"
        suspect = self.HEIR.replace("---\n", f"---\n{line}\n", 1).replace(
            "x y", "x y\n  training_type: pre-training"
        )

        assert "inherited-figure" in codes(suspect)
        assert "inherited-figure" not in codes(suspect.replace("pre-tr", "fine-tun"))


class TestHostile:
    """Any bytes at all."""

    @pytest.mark.parametrize(
        "front",
        [
            "[" * 5000,
            "- " * 5000 + "x",
            "? " * 5000,
            "\n".join(" " * at + "a:" for at in range(2000)),
            "a: &a [1]\nb: [*a, *a]\nco2_eq_emissions: {emissions: *a}",
            "co2_eq_emissions: &x\n  emissions: *x",
            "? [a]\n: b\nco2_eq_emissions: {? [x] : 1, emissions: !!float 5}",
            "co2_eq_emissions: !!python/object:os.system {emissions: 5}",
            "co2_eq_emissions:\n" + "".join(f"  k{at}: 1\n" for at in range(3000)),
            "\x01: 1",
            "a: b\n...\nc: d",
        ],
        ids=range(11),
    )
    def test_strange_yaml_is_told_and_not_obeyed(self, front: str) -> None:
        assert isinstance(codes(f"---\n{front}\n---\n"), list)

    def test_a_control_character_is_told_at_its_line(self) -> None:
        (entry,) = declared(b"---\na: b\nc: \x1b[2J\n---\n", "c").findings

        assert (entry.code, entry.line, entry.column) == ("yaml-broken", 3, 4)
        assert "\x1b" not in entry.message

    def test_a_card_of_six_mebibytes_is_refused(self) -> None:
        assert codes(b"-" * (6 * 2**20)) == ["card-unreadable"]

    def test_a_card_that_nobody_gets_is_told(self) -> None:
        (entry,) = unreadable("x.md", "permission denied").findings

        assert entry.message == "The card cannot be read: permission denied."

    @settings(max_examples=200, deadline=None)
    @given(st.binary(max_size=400), st.sampled_from([b"", b"---\n", b"---\nco2_eq_emissions:"]))
    def test_no_bytes_raise(self, card: bytes, before: bytes) -> None:
        for each in (card, before + card, before + card + b"\n---\n" + card):
            assert {entry.code for entry in declared(each, "c").findings} <= RULES.keys()

    @settings(max_examples=150, deadline=None)
    @given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
    def test_no_value_raises(self, emissions: str, hardware: str, place: str) -> None:
        import json  # noqa: PLC0415 - of this test alone

        pairs = {
            "emissions": emissions,
            "hardware_used": hardware,
            "geographical_location": place,
            "hours_used": emissions,
            "energy_consumed": hardware,
        }
        text = f"---\nco2_eq_emissions: {json.dumps(pairs)}\n---\n{place} kg CO2 {emissions} kWh"
        found = declared(text.encode("utf-8", "replace"), "c")
        assert {entry.code for entry in found.findings} <= RULES.keys()


def test_a_suggestion_has_no_zeros_at_its_end() -> None:
    text = "emissions: 266.03\n  source: CodeCarbon\n  energy_consumed: 1330.13"
    found = declared(card(text).encode(), "README.md")

    assert str(found.suggested_gco2e) == "266030"


class TestWhereTheFrontMatterStands:
    """Metadata that only some programs see."""

    TEXT = "co2_eq_emissions:\n  emissions: 5\n  source: CodeCarbon\n  training_type: fine-tuning\n"

    def test_one_below_a_title_is_seen_by_nobody(self) -> None:
        late = declared(f"# T\n\n---\n{self.TEXT}---\n\ntext\n".encode(), "README.md")

        assert [(each.code, each.line) for each in late.findings] == [("front-matter-late", 3)]
        assert not late.is_declared

    def test_one_below_a_comment_is_late_too(self) -> None:
        assert codes(f"<!-- made by hand -->\n---\n{self.TEXT}---\n") == ["front-matter-late"]

    def test_what_code_shows_as_an_example_is_no_front_matter(self) -> None:
        assert codes(f"# How to\n\n```yaml\n---\n{self.TEXT}---\n```\n") == []
        assert codes(f"# How to\n\n---\n\n{self.TEXT}\nSo it goes.\n\n---\n") == []
        assert codes(f"# How to\n\n{self.TEXT}") == []
        assert codes("# How to\n\nWrite co2_eq_emissions: so.\n\n---\n") == []

    def test_a_tab_between_words_is_a_warning_and_the_figure_is_read(self) -> None:
        found = declared(f"---\nlicense:\tmit\n{self.TEXT}---\n".encode(), "README.md")

        assert [(each.code, each.severity) for each in found.findings] == [("yaml-tab", "warning")]
        assert (found.findings[0].line, found.findings[0].column) == (2, 9)
        assert found.emissions_gco2e == 5

    def test_a_tab_inside_a_text_is_nobody_s_trouble(self) -> None:
        assert codes(f'---\nname: "a\tb"\nmore: |\n  a\tb\n{self.TEXT}---\n') == []

    def test_a_figure_that_is_no_scalar_is_shown_as_it_stands(self) -> None:
        found = declared(b"---\nco2_eq_emissions: {emissions: {train: 5}}\n---\n", "c").findings[0]

        assert (found.code, found.found) == ("value-is-string", "{train: 5}")
        free = declared(b"---\nco2_eq_emissions: {emissions: [TBD]}\n---\n", "c").findings[0]
        assert (free.code, free.found) == ("placeholder", "[TBD]")
