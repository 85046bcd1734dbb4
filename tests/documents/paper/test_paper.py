from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.documents.paper import tex
from carbonlabel.model.disclosure import Disclosure, Subject
from carbonlabel.plugins import Options
from carbonlabel.registry import renderer

HOSTILE = 'a\\input{/etc/passwd}%$x_1^2~{b}&#<c>|"\n=cmd()\u202e'


def drawn(disclosure: Disclosure, form: str, options: Options | None = None) -> str:
    return renderer(form).render(disclosure, options or Options()).decode()


def hostile(disclosure: Disclosure) -> Disclosure:
    return disclosure.model_copy(update={"subject": Subject(model=HOSTILE)})


def test_the_table_says_the_headline_and_every_row_of_the_label(two_gpus: Disclosure) -> None:
    table = drawn(two_gpus, "latex")

    assert r"\textbf{Total} & \textbf{" in table
    for name in ("Electricity", "Accelerators", "Host CPU and memory", "Hardware manufacture"):
        assert re.search(rf"{name} & [^&]+ & [^&]+ & \w+ \\\\", table)


def test_each_row_of_the_table_has_four_cells(two_gpus: Disclosure, demo: Disclosure) -> None:
    for disclosure in (two_gpus, demo):
        rows = [line for line in drawn(disclosure, "latex").splitlines() if line.endswith(r"\\")]
        assert len(rows) >= 8
        assert {len(re.findall(r"(?<!\\)&", row)) for row in rows} == {3}


def test_a_name_can_run_nothing_in_latex(two_gpus: Disclosure) -> None:
    made = drawn(hostile(two_gpus), "latex")

    assert r"\input" not in made
    assert r"a\textbackslash{}input\{/etc/passwd\}\%\$x\_1\textasciicircum{}2" in made


@given(st.text())
def test_no_letter_with_a_meaning_in_latex_stays_bare(plain: str) -> None:
    commands = re.compile(r"\\[A-Za-z]+(\{2?\})?|\\[&%$#_{},]|~|--")

    assert not set(commands.sub("", tex.text(plain))) & set("\\&%$#_{}^")


def test_every_work_that_is_cited_has_an_entry(two_gpus: Disclosure) -> None:
    cited = re.search(r"\\cite\{([^}]*)\}", drawn(two_gpus, "latex"))
    entries = re.findall(r"@misc\{([^,]+),", drawn(two_gpus, "bibtex"))

    assert cited is not None
    assert cited[1].split(", ") == entries
    assert len(entries) == len(two_gpus.sources)


def test_the_paragraph_names_model_energy_emissions_and_what_is_left_out(
    two_gpus: Disclosure,
) -> None:
    said = drawn(two_gpus, "sentence")

    for words in ("acme/two-gpus", "2 × NVIDIA A100-SXM4-80GB", "Carbontracker", "Not counted:"):
        assert words in said
    assert said.count("\n") == 1


def test_the_neurips_answer_begins_with_the_compute_resources(two_gpus: Disclosure) -> None:
    said = drawn(two_gpus, "sentence", Options(venue="neurips"))

    assert said.startswith("Compute resources: 2 × NVIDIA A100-SXM4-80GB;")
    assert "13 GPU-seconds" in said  # 2 boards × 6.6 s
    assert "Not included: " in said


def test_the_acl_answer_gives_parameters_budget_and_infrastructure(two_gpus: Disclosure) -> None:
    said = drawn(two_gpus, "sentence", Options(venue="acl"))

    assert said.startswith("Model size: 67\u00a0M parameters.")
    assert "Computational budget: 13 GPU-seconds" in said


def test_a_sentence_without_figures_claims_none(two_gpus: Disclosure) -> None:
    told = two_gpus.model_dump(mode="json", by_alias=True, exclude_none=True)
    gap = {"missing": "not-stated", "reason": "nobody told"}
    told["totals"] |= {"headline": "not reported", "emissions": gap, "shares": {}, "doubt": []}
    empty = Disclosure.model_validate_json(json.dumps(told))

    assert "Its footprint is not reported." in drawn(empty, "sentence")


def test_the_climate_card_answers_eleven_questions(two_gpus: Disclosure) -> None:
    rows = [line for line in drawn(two_gpus, "climate-card").splitlines() if line.startswith("| ")]

    assert [int(row[2:].partition(".")[0]) for row in rows[1:]] == list(range(1, 12))
    assert "| 9. What is the average CO2eq emission for the inference of one sample? | not" in (
        "\n".join(rows)
    )


def test_the_data_hold_every_quantity_as_it_stands(two_gpus: Disclosure) -> None:
    rows = list(csv.DictReader(io.StringIO(drawn(two_gpus, "csv"))))
    found = {row["pointer"]: row for row in rows}

    assert float(found["/totals/emissions"]["value"]) == 0.118397868  # the worked example's total
    assert found["/activities/0/region/intensity"]["source"] == "ember"
    assert found["/activities/0/region/wue"]["missing"] == "not-stated"


def test_no_cell_begins_as_a_formula(two_gpus: Disclosure) -> None:
    told = two_gpus.model_dump(mode="json", by_alias=True, exclude_none=True)
    told["activities"][0]["region"]["wue"]["reason"] = "=1+1"
    active = Disclosure.model_validate_json(json.dumps(told))

    rows = list(csv.DictReader(io.StringIO(drawn(active, "csv"))))

    assert "'=1+1" in {row["reason"] for row in rows}


@pytest.mark.parametrize("form", ["latex", "bibtex", "sentence", "climate-card", "csv"])
def test_a_hostile_name_breaks_no_line(form: str, two_gpus: Disclosure) -> None:
    made = drawn(hostile(two_gpus), form)

    assert "\u202e" not in made
    assert "\n=cmd()" not in made
