"""What a paper says of the final model is of the run that made it, and of no other."""

from __future__ import annotations

from pathlib import Path

from carbonlabel.documents.paper import tex
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Missing
from carbonlabel.plugins import Options
from carbonlabel.record import keeping
from carbonlabel.registry import renderer

STATES = Path(__file__).parents[2] / "samples" / "states"


def state(name: str) -> Disclosure:
    return keeping.load((STATES / f"{name}.json").read_bytes(), name)


def drawn(disclosure: Disclosure, form: str) -> str:
    return renderer(form).render(disclosure, Options()).decode().replace("\u00a0", " ")


def answers(disclosure: Disclosure) -> dict[int, str]:
    """The answer to each question by its number."""
    lines = drawn(disclosure, "climate-card").splitlines()
    rows = [line.split(" | ") for line in lines if line[:3].strip("| ").isdigit()]
    return {int(ask[2:].partition(".")[0]): said.rstrip(" |") for ask, said in rows}


def test_time_and_emissions_of_the_final_model_leave_its_use_out() -> None:
    """720 h of fine-tuning and 408 h of use: 900 kg of electricity, 0.28 t of 0.43 t of making."""
    told = answers(state("every-row"))

    assert told[2] == "720 h"
    assert told[3].endswith("1 128 h".replace(" ", "\u202f", 1))
    assert told[7] == "1.2 t CO₂e"
    assert told[8].startswith("1 fine-tuning run and 1 inference run: 1.37 t CO₂e")


def test_one_training_run_alone_is_told_as_on_the_label() -> None:
    told = answers(state("complete"))

    assert told[2] == "12 h"
    assert told[7] == "600 g CO₂e (95 % range 390–1\u202f000)"


def test_a_run_that_only_uses_a_model_tells_nothing_of_its_training() -> None:
    whole = state("complete")
    used = tuple(each.model_copy(update={"phase": "inference"}) for each in whole.activities)

    told = answers(whole.model_copy(update={"activities": used}))

    assert told[2] == told[7] == "the authors' to say"


def test_one_run_without_figures_is_not_reported_and_nobody_s_to_say() -> None:
    told = answers(state("nothing-known"))

    assert told[2] == told[7] == "not reported"


def test_a_final_run_with_a_part_unknown_is_a_lower_bound() -> None:
    whole = state("every-row")
    first, second = whole.activities
    gone = Missing(missing="not-measured", reason="nobody looked")
    parts = tuple(
        each.model_copy(update={"energy": gone, "emissions": gone})
        if each.part == "overhead"
        else each
        for each in first.parts
    )
    cut = whole.model_copy(
        update={"activities": (first.model_copy(update={"parts": parts}), second)}
    )

    assert answers(cut)[7].startswith("at least ")
    assert "cooling and overhead (fine-tuning)" in drawn(cut, "sentence")


def test_what_was_typed_for_one_run_is_no_work_to_cite() -> None:
    paper, works = drawn(state("planned"), "latex"), drawn(state("planned"), "bibtex")

    assert "carbonlabel-statement" not in paper
    assert "carbonlabel-statement" not in works
    assert "carbonlabel-ember" in paper


def test_the_figure_of_a_base_model_is_never_without_its_name() -> None:
    assert r"Base model, acme/tiny-bert, not added & 500~g" in drawn(
        state("every-row"), "latex"
    ).replace("500 g", "500~g")


def test_a_quotation_mark_needs_no_encoding_of_fonts() -> None:
    assert tex.text('"a"') == "''a''"


def test_countries_have_the_article_that_english_gives_them() -> None:
    assert drawn(state("nothing-known"), "sentence").startswith(
        "We trained acme/quoted in the United States."
    )


def test_letters_that_pdflatex_lacks_are_announced_and_others_are_not() -> None:
    first = {name: drawn(state(name), "latex").splitlines()[0] for name in ("arabic", "hostile")}

    assert "LuaLaTeX or XeLaTeX" in first["arabic"]
    assert "LuaLaTeX" not in first["hostile"]
    assert "\ufffd" not in drawn(state("hostile"), "latex")


def test_a_work_without_an_author_is_sorted_by_its_title_whose_capitals_stay() -> None:
    entry = drawn(state("complete"), "bibtex").partition("\n}")[0]

    assert "  key = {Ember, Yearly Electricity Data, via Our World in Data},\n" in entry
    # BibTeX sets a title in small letters, ADPe and GPU too, unless it stands in braces.
    assert "  title = {{Ember, Yearly Electricity Data, via Our World in Data}},\n" in entry
