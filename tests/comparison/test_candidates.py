"""What may be compared: disclosures, reports, cards and folders, here or on the Hub."""

from __future__ import annotations

from pathlib import Path

import pytest

import carbonlabel
from carbonlabel import InputError, candidates, compare, dump
from carbonlabel.hub import Fetched
from carbonlabel.intake import FILE_LIMIT
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.record.canonical import digest
from tests.comparison.conftest import Made, place, runs
from tests.comparison.test_compare import figure, names, only, reasons, topic

CARD = """---
co2_eq_emissions:
  emissions: {grams}
  source: CodeCarbon
  training_type: {training}
  geographical_location: France
  energy_consumed: {energy}
---
# A model
"""


def card(grams: object = 1200, energy: object = 20, training: str = "fine-tuning") -> str:
    return CARD.format(grams=grams, energy=energy, training=training)


@pytest.fixture
def kept(made: Made, tmp_path: Path) -> Path:
    path = tmp_path / "one" / "carbon.json"
    path.parent.mkdir()
    path.write_bytes(dump(made("a/one", 10)))
    return path


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_a_folder_and_a_disclosure_are_one(kept: Path, made: Made) -> None:
    one = candidates.side(kept)

    assert candidates.side(str(kept.parent)) == one
    assert candidates.side(made("a/one", 10)).digest == one.digest
    assert candidates.side(one) is one


def test_a_path_that_tells_where_a_file_lies_stays_out(kept: Path) -> None:
    assert candidates.side(kept).file == "carbon.json"


def test_a_report_carries_its_disclosure(kept: Path, made: Made, tmp_path: Path) -> None:
    report = tmp_path / "report.pdf"
    try:
        report.write_bytes(carbonlabel.render(made("a/two", 40), "pdf"))
    except carbonlabel.RenderError:
        pytest.skip("no Pango on this machine")
    found = compare([kept, report])

    assert found.sides[1].file == "report.pdf"
    assert only(found, "energy").order == "higher"


def test_two_statements_are_shown_and_never_told_apart(tmp_path: Path) -> None:
    one = written(tmp_path / "a" / "README.md", card())
    two = written(tmp_path / "b" / "README.md", card(34000, 610))
    found = compare([one, two])

    assert found.verdict == "comparable in part"
    assert [each.value for each in figure(found, "electricity").amounts] == [1200, 34000]
    assert only(found, "electricity").because == "no range is declared"
    assert {"range", "grid"} <= set(reasons(found, "weighs"))


def test_a_statement_beside_a_disclosure_is_taken_as_the_electricity_of_training(
    kept: Path, tmp_path: Path
) -> None:
    found = compare([kept, written(tmp_path / "README.md", card())])

    assert [each.value for each in figure(found, "electricity").amounts] == [500, 1200]
    assert names(found) == {"energy", "electricity"}
    assert topic(found).boundary is not None
    assert reasons(found, "narrows")["declared"].says[1] == "a statement alone"


def test_a_statement_compares_at_the_readers_grid_where_it_says_its_energy(
    kept: Path, tmp_path: Path
) -> None:
    stated = written(tmp_path / "README.md", card())
    found = compare([kept, stated], region=place(100))
    assert [each.value for each in figure(found, "electricity").amounts] == [1000, 2000]

    silent = card().replace("  energy_consumed: 20\n", "")
    found = compare([kept, written(tmp_path / "x" / "README.md", silent)], region=place(100))
    assert not names(found)
    assert reasons(found)["energy"].says == ("known", "not reported")


@pytest.mark.parametrize(
    ("text", "about"),
    [
        (card(training="pre-training"), "phase"),
        (card().replace("  training_type: fine-tuning\n", ""), "phase"),
        ("# A model\n", "declared"),
        (card(grams=-5), "checks"),
    ],
)
def test_a_card_that_says_too_little_or_too_much_does_not_compare(
    kept: Path, tmp_path: Path, text: str, about: str
) -> None:
    found = compare([kept, written(tmp_path / "README.md", text)])

    assert found.verdict == "not comparable"
    assert about in reasons(found)


def test_two_cards_that_do_not_say_which_training_do_not_compare(tmp_path: Path) -> None:
    bare = card().replace("  training_type: fine-tuning\n", "")
    one = written(tmp_path / "a" / "README.md", bare)
    two = written(tmp_path / "b" / "README.md", bare.replace("1200", "800"))

    assert reasons(compare([one, two]))["phase"].says == ("not stated", "not stated")


def test_the_figure_of_a_base_is_not_that_of_its_heir(kept: Path, tmp_path: Path) -> None:
    heir = card().replace("co2_eq", "base_model: a/base\nbase_model_relation: quantized\nco2_eq")
    found = compare([kept, written(tmp_path / "README.md", heir)])

    assert reasons(found)["inherited"].says == ("own", "perhaps that of its base")


def test_the_disclosure_that_a_card_names_is_taken(kept: Path, made: Made, tmp_path: Path) -> None:
    other = made("a/two", 40)
    folder = tmp_path / "card"
    named = card().replace(
        "---\n# A", f"  disclosure: carbon.json#jcs-sha256={digest(other)}\n---\n# A"
    )
    path = written(folder / "README.md", named)
    (folder / "carbon.json").write_bytes(dump(other))
    found = compare([kept, path])
    assert found.sides[1].disclosure is not None
    assert only(found, "energy").ratio is not None

    (folder / "carbon.json").write_bytes(dump(made("a/two", 41)))
    assert "is not the one that it names" in candidates.side(path).notes[0]
    path.write_text(card(), encoding="utf-8")
    assert "does not name it" in candidates.side(path).notes[0]
    (folder / "carbon.json").write_text("{}", encoding="utf-8")
    assert candidates.side(path).disclosure is None


def test_a_card_on_the_hub_is_fetched(
    kept: Path, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetched(where: str) -> Fetched:
        named = f"  disclosure: carbon.json#jcs-sha256={digest(other)}\n---\n# A"
        text = card().replace("---\n# A", named)
        return Fetched(where, text.encode(), dump(other), "0" * 40)

    other: Disclosure = made("a/two", 40)
    monkeypatch.setattr(candidates, "fetch", fetched)
    found = compare([kept, "hf:a/two"])

    assert found.sides[1].name == "a/two"
    assert found.sides[1].file == "hf:a/two with carbon.json"
    assert only(found, "energy").order == "higher"


def test_a_statement_on_the_hub_has_the_name_of_its_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        candidates, "fetch", lambda where: Fetched(where, card().encode(), None, "0" * 40)
    )

    assert candidates.side("hf:acme/tiny@dev").name == "acme/tiny"


def test_emissions_that_were_only_quoted_are_a_statement(kept: Path) -> None:
    told = "  - phase: fine-tuning\n    reported: {emissions: 502 t}\n    started: 2020-05-01\n"
    quoted = carbonlabel.assess(carbonlabel.read(runs(told)), region=place())
    side = candidates.side(quoted)
    found = compare([kept, quoted])

    assert side.disclosure is None
    assert side.stated is not None
    assert [each.value for each in figure(found, "electricity").amounts] == [500, 502e6]


@pytest.mark.parametrize("name", ["nothing.json", "empty"])
def test_what_is_not_there_is_an_error(tmp_path: Path, kept: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError):
        compare([kept, tmp_path / name])


def test_what_is_too_large_is_an_error(kept: Path, tmp_path: Path) -> None:
    with (tmp_path / "huge.json").open("wb") as stream:
        stream.truncate(FILE_LIMIT + 1)
    with pytest.raises(InputError, match="larger than 64 MiB"):
        compare([kept, tmp_path / "huge.json"])


def test_another_version_of_the_format_is_an_error(tmp_path: Path, kept: Path) -> None:
    newer = kept.read_text("utf-8").replace("/1-0-0", "/9-0-0")
    with pytest.raises(InputError, match="version 9-0-0"):
        compare([kept, written(tmp_path / "new.json", newer)])
