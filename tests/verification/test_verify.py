"""What a verification looks at, and what it says of it."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import carbonlabel
from carbonlabel import Verification, verify
from carbonlabel.documents.pdf import bound
from carbonlabel.errors import InputError, UnsupportedVersion
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Source, Verified
from carbonlabel.record.canonical import digest, dumps
from carbonlabel.record.keeping import load
from tests.verification.conftest import Made

SAMPLES = Path(__file__).parents[1] / "samples"


def changed(disclosure: Disclosure, **changes: Any) -> Disclosure:  # noqa: ANN401 - JSON of any shape
    return load(json.dumps(json.loads(dumps(disclosure)) | changes))


def wrong(found: Verification) -> list[str]:
    return [f"{each.place}: {each.message}" for each in found.checks if each.holds is False]


def unchecked(found: Verification) -> list[str]:
    return [f"{each.place}: {each.message}" for each in found.checks if each.holds is None]


# Figures


def logs() -> list[Path]:
    return [
        path
        for path in sorted(SAMPLES.rglob("*"))
        if path.is_file() and not {"bad", "disclosures", "grid"} & {*path.parts}
    ]


def test_every_disclosure_that_we_make_of_a_sample_follows(made: Made) -> None:
    hardware = made.files[2]
    followed = 0
    for path in logs():
        try:
            disclosure = carbonlabel.assess(
                carbonlabel.read(path), region="gcp/europe-west1", inventory=hardware
            )
        except InputError:
            continue
        assert wrong(verify(disclosure)) == [], path
        followed += 1
    assert followed > 90


def test_contracts_idle_time_and_scores_follow(made: Made, tmp_path: Path) -> None:
    region = tmp_path / "region.yaml"
    region.write_text(
        "country: FR\npue: 1.2\nwue: 0.3 L/kWh\n"
        "instruments:\n"
        "  - {kind: ppa, energy: 2 Wh, zone: FR, vintage: 2026, intensity: 0 gCO2e/kWh}\n"
        "  - {kind: go, energy: 900 Wh, zone: FR, vintage: 2026, intensity: 5 gCO2e/kWh}\n"
        "residual: {value: 40 gCO2e/kWh, year: 2025, source: AIB}\n",
        encoding="utf-8",
    )
    disclosure = carbonlabel.assess(
        carbonlabel.read(made.files[0]),
        region=region,
        inventory=made.files[2],
        subject=made.told.subject,
    )

    assert disclosure.totals.market is not None
    assert disclosure.totals.sci is not None
    assert wrong(verify(disclosure, [made.files[0], region, made.files[2]])) == []


@pytest.mark.parametrize("energy", ["914 kWh", "914321 kWh", "0.914 kWh", "9.1 MWh"])
@pytest.mark.parametrize("pue", ["1.2", "1.07", "1"])
def test_a_meter_out_of_which_a_pue_was_divided_follows(
    tmp_path: Path, energy: str, pue: str
) -> None:
    """The range of the meter, ± 0.05 % and less, is beside ± 4 % of the PUE in the row alone."""
    log, region = tmp_path / "runs.yaml", tmp_path / "region.yaml"
    log.write_text(
        "carbonlabel: runs\nruns:\n"
        f"  - {{name: use, energy: {energy}, meter: PDU, pue_in_energy: yes, ended: 2026-01-19, "
        "hours: 432, served: {unit: requests, count: 230768}}\n",
        encoding="utf-8",
    )
    region.write_text(f"country: DE\npue: {pue}\nwue: 0.3 L/kWh\n", encoding="utf-8")
    disclosure = carbonlabel.assess(carbonlabel.read(log), region=region)

    assert wrong(verify(disclosure, [log, region])) == []


def test_a_formula_that_nothing_gives_is_no_way_around_the_arithmetic(made: Made) -> None:
    whole = made.whole
    whole["activities"][0]["parts"][1]["emissions"]["formula"] = "energy * intensitx"
    found = verify(load(json.dumps(whole)))

    assert any("Nothing stands beside it that gives" in each for each in wrong(found))


def test_a_computed_figure_cannot_be_passed_off_as_given(made: Made) -> None:
    whole = made.whole
    total = whole["totals"]["electricity"]
    del total["formula"]
    total["source"] = "log"

    found = verify(load(json.dumps(whole)))
    place = "/totals/electricity"
    assert f"{place}: The figure is given, though it is always worked out" in wrong(found)


def test_a_formula_that_leads_back_to_itself_is_no_formula(made: Made) -> None:
    whole = made.whole
    energy = whole["activities"][0]["parts"][1]["energy"]
    del energy["source"]
    energy["formula"] = "emissions / intensity"

    assert not verify(load(json.dumps(whole))).holds


def test_figures_beyond_floating_point_are_wrong_and_no_fault_of_ours(made: Made) -> None:
    whole = made.whole
    whole["activities"][0]["parts"][1]["energy"] |= {"value": 1e308, "low": 1e300, "high": 1e308}

    assert not verify(load(json.dumps(whole))).holds


def test_a_sum_over_files_is_said_to_need_them(made: Made, tmp_path: Path) -> None:
    log = made.files[0]
    run_id = carbonlabel.read(log)[0].run
    other = tmp_path / "other.csv"
    other.write_text(log.read_text("utf-8").replace(run_id, "another"), encoding="utf-8")
    disclosure = carbonlabel.assess((*carbonlabel.read(log), *carbonlabel.read(other)), region="FR")
    alone, given = verify(disclosure), verify(disclosure, [log, other])

    assert alone.holds
    assert any("sum over several files" in each for each in unchecked(alone))
    assert wrong(given) == []


# Factors


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        ("intensity", "value", 42.44),
        ("intensity", "year", 2024),
        ("ewif", "high", 9.0),
    ],
)
def test_a_factor_that_is_not_in_the_table_is_found(
    made: Made, place: str, key: str, value: float
) -> None:
    whole = made.whole
    whole["activities"][0]["region"][place][key] = value
    found = verify(load(json.dumps(whole)))

    assert f"/activities/0/region/{place}: The factor is not in the table" in wrong(found)


def test_a_work_that_was_put_otherwise_is_found(made: Made) -> None:
    whole = made.whole
    whole["sources"]["ember"]["year"] = 2021

    assert wrong(verify(load(json.dumps(whole)))) == [
        "/sources/ember: The work cited as ember is not in the table"
    ]


def test_what_an_older_version_took_from_its_tables_is_no_error(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("factors", "evidence", "documents"):
        monkeypatch.setattr(f"carbonlabel.verification.{module}.__version__", "0.2.0")
    whole = made.whole
    whole["sources"]["ember"]["year"] = 2021
    found = verify(load(json.dumps(whole)), made.files, told=made.told)

    assert wrong(found) == []
    assert any("tables are restated between versions" in each for each in unchecked(found))
    assert "/sources/ember/year: The files give something else" in unchecked(found)
    assert not found.is_whole


def test_a_newer_version_s_disclosure_is_refused(made: Made) -> None:
    newer = changed(made.disclosure, generator={"name": "carbonlabel", "version": "99.0.0"})

    with pytest.raises(UnsupportedVersion, match=r"carbonlabel 99\.0\.0 made it"):
        verify(newer)


@pytest.mark.parametrize("version", ["0.0.9", "0.1", "one"])
def test_a_version_that_never_was_is_found(made: Made, version: str) -> None:
    never = changed(made.disclosure, generator={"name": "carbonlabel", "version": version})

    assert "/generator/version: There is no such version of carbonlabel" in wrong(verify(never))


# Files


def test_a_file_of_the_same_name_with_other_bytes_is_found(made: Made, tmp_path: Path) -> None:
    log = Path(shutil.copy(made.files[0], tmp_path))
    log.write_bytes(log.read_bytes() + b"\n")
    found = verify(made.disclosure, [log, *made.files[1:]])

    assert wrong(found) == ["emissions.csv: It is not the file that was read: its bytes differ"]


def test_a_stranger_s_file_is_found(made: Made) -> None:
    stranger = SAMPLES / "disclosures" / "carbon.json"

    assert wrong(verify(made.disclosure, [stranger])) == [
        "carbon.json: It is none of the files that were read"
    ]


def test_what_is_not_given_is_said_not_to_be_checked(made: Made) -> None:
    found = verify(made.disclosure, made.files[:1])

    assert found.holds
    assert not found.is_whole
    assert "/inputs/region: region.yaml was not given" in unchecked(found)
    assert any(
        "not repeated without hardware.yaml, region.yaml" in each for each in unchecked(found)
    )


def test_files_beside_the_disclosure_are_found(made: Made, tmp_path: Path) -> None:
    for file in made.files:
        shutil.copy(file, tmp_path)
    kept = tmp_path / "carbon.json"
    kept.write_bytes(dumps(made.disclosure))

    assert verify(kept, told=made.told).is_whole
    assert not verify(kept, told=made.told, alone=True).is_whole


def test_what_nobody_says_again_is_taken_from_the_disclosure_and_said(made: Made) -> None:
    found = verify(made.disclosure, made.files)

    assert found.holds
    assert not found.is_whole
    assert [each.partition(":")[2].partition(":")[0] for each in unchecked(found)] == [
        " No file says the subject",
        " No file says the phase",
    ]


def test_what_was_typed_is_held_when_it_is_typed_again(made: Made) -> None:
    typed = carbonlabel.Told(subject=made.told.subject, phase="pretraining")

    assert "/activities/0/phase: The files give something else" in wrong(
        verify(made.disclosure, made.files, told=typed)
    )


def test_two_logs_of_a_tracker_that_belong_together_are_read_once() -> None:
    folder = SAMPLES / "carbontracker" / "2.4.7-two-gpus"
    logs = sorted(
        path for path in folder.iterdir() if path.name.endswith(("tracker.log", "_output.log"))
    )
    disclosure = carbonlabel.assess(carbonlabel.read(logs[0]), region="FR")
    found = verify(disclosure, logs, told=carbonlabel.Told(region="FR"))

    assert wrong(found) == []
    assert found.is_whole


def test_a_log_that_cannot_be_read_any_more_is_found(made: Made, tmp_path: Path) -> None:
    broken = tmp_path / "emissions.csv"
    broken.write_bytes(made.files[0].read_bytes()[:900])
    whole = made.whole
    whole["inputs"]["log"]["sha256"] = hashlib.sha256(broken.read_bytes()).hexdigest()
    found = verify(load(json.dumps(whole)), [broken, *made.files[1:]])

    assert any("The files give" in each for each in wrong(found))


def test_a_name_with_a_folder_in_it_is_not_looked_for(made: Made, tmp_path: Path) -> None:
    whole = made.whole
    whole["inputs"]["log"]["file"] = "../emissions.csv"
    kept = tmp_path / "carbon.json"
    kept.write_text(json.dumps(whole), encoding="utf-8")

    assert "/inputs/log: ../emissions.csv was not given" in unchecked(verify(kept))


def test_a_label_that_was_forced_is_repeated_with_what_was_wrong(made: Made) -> None:
    log = made.files[0]
    hot = carbonlabel.assess(carbonlabel.read(log), region=hot_place(made))
    errors = tuple(each for each in carbonlabel.check(hot) if each.severity == "error")
    forced = hot.model_copy(update={"findings": (*errors, *hot.findings)})

    assert wrong(verify(forced, [log], told=carbonlabel.Told(region=hot_place(made)))) == []


def hot_place(made: Made) -> carbonlabel.Place:
    given = made.disclosure.activities[0].region.pue
    assert isinstance(given, carbonlabel.Estimate)
    pue = given.model_copy(update={"value": 9.0, "low": 8.9, "high": 9.1, "source": "typed"})
    typed = {"typed": Source(title="stated on the command line")}
    return carbonlabel.Place(code="FR", pue=pue, sources=typed)


def test_a_series_of_the_grid_is_read_again(made: Made, tmp_path: Path) -> None:
    grid = tmp_path / "grid.csv"
    rows = "\n".join(
        f"2026-11-{day:02d}T{hour:02d}:00:00Z,{40 + hour}"
        for day in (21, 22, 23)
        for hour in range(24)
    )
    grid.write_text(f"datetime,intensity lifecycle (gCO2e/kWh)\n{rows}\n", encoding="utf-8")
    log = made.files[0]
    disclosure = carbonlabel.assess(carbonlabel.read(log), region="FR", grid=grid, zone="+01:00")
    known = carbonlabel.Told(region="FR", zone="+01:00")

    assert verify(disclosure, [log, grid], told=known).is_whole
    assert any("zone" in each for each in unchecked(verify(disclosure, [log, grid])))


def test_the_place_of_the_log_and_no_place_are_taken_for_what_they_are(made: Made) -> None:
    log = made.files[0]
    here = carbonlabel.assess(carbonlabel.read(log))
    cloud = carbonlabel.assess(carbonlabel.read(log), region="gcp/europe-west1")

    assert verify(here, [log]).is_whole
    assert wrong(verify(cloud, [log])) == []


def test_base_models_are_read_again_from_their_disclosures(made: Made, tmp_path: Path) -> None:
    base = tmp_path / "base.json"
    base.write_bytes(dumps(made.disclosure))
    log = made.files[0]
    child = carbonlabel.assess(
        carbonlabel.read(log),
        base_models=[base],
        relation="finetune",
        subject=carbonlabel.Subject(model="a/b"),
    )
    known = carbonlabel.Told(subject=carbonlabel.Subject(model="a/b"))
    named = carbonlabel.Told(subject=known.subject, base_models=[str(base)], relation="finetune")

    assert wrong(verify(child, [log, base], told=known)) == []
    assert wrong(verify(child, [log, base], told=named)) == []


# Documents


def test_a_folder_of_documents_holds_its_disclosure(made: Made) -> None:
    found = verify(made.folder / "carbon.json")

    assert found.is_whole
    assert {each.place for each in found.of("documents")} == {
        "LABEL.md",
        "README.md",
        "label-dark.svg",
        "label.png",
        "label.svg",
        "report.html",
        "report.pdf",
    }


@pytest.mark.parametrize(
    "name", ["LABEL.md", "README.md", "report.html", "label.svg", "report.pdf"]
)
def test_another_disclosure_is_not_the_one_whose_digest_a_document_prints(
    made: Made, folder: Path, name: str
) -> None:
    other = changed(made.disclosure, subject={"model": "acme/other", "parameters": 67_000_000})
    (folder / "carbon.json").write_bytes(dumps(other))
    kept = folder / name
    for path in folder.iterdir():
        if path not in {kept, folder / "carbon.json"}:
            path.unlink()

    found = verify(folder / "carbon.json")
    assert not found.holds
    assert {each.place for each in found.checks if each.holds is False} == {name}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("LABEL.md", "acme/demo", "acme/damo"),
        ("report.html", "Left out", "Left in"),
        ("README.md", "emissions: 0", "emissions: 1"),
        ("label.svg", 'width="360"', 'width="361"'),
    ],
)
def test_a_word_changed_in_a_document_is_found_though_its_digest_stays(
    folder: Path, name: str, old: str, new: str
) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    assert {each.place for each in verify(path).checks if each.holds is False} == {name}


@pytest.mark.parametrize("name", ["LABEL.md", "README.md", "report.html"])
def test_a_digit_changed_in_a_printed_digest_is_found(made: Made, folder: Path, name: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    whole = digest(made.disclosure)
    other = ("0" if whole[0] != "0" else "1") + whole[1:]
    path.write_text(text.replace(whole, other).replace(whole[:12], other[:12]), encoding="utf-8")

    assert not verify(path).holds


def test_a_readme_that_is_none_of_ours_says_nothing(folder: Path) -> None:
    (folder / "README.md").write_text("# Something else\n", encoding="utf-8")
    (folder / "LABEL.md").write_text("# Something else\n", encoding="utf-8")
    found = verify(folder / "carbon.json")

    assert found.holds
    assert not {"README.md", "LABEL.md"} & {each.place for each in found.checks}


def test_a_picture_of_other_libraries_is_not_compared(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It is held against every drawing there may be; those of one language are enough here.
    monkeypatch.setattr("carbonlabel.verification.documents._LANGUAGES", ("en",))
    (tmp_path / "carbon.json").write_bytes(dumps(made.disclosure))
    (tmp_path / "label.png").write_bytes(b"\x89PNG another")

    assert any("label.png" in each for each in unchecked(verify(tmp_path / "carbon.json")))


def test_a_card_whose_section_was_worded_otherwise_is_not_compared(folder: Path) -> None:
    card = folder / "README.md"
    text = card.read_text("utf-8")
    card.write_text(text.replace("Location-based", "Location based"), encoding="utf-8")
    found = verify(card)

    assert found.holds
    assert any("worded otherwise" in each for each in unchecked(found))


def test_labels_drawn_in_other_ways_are_known_for_ours(made: Made, tmp_path: Path) -> None:
    (tmp_path / "carbon.json").write_bytes(dumps(made.disclosure))
    options = carbonlabel.Options(theme="dark", scale=3)
    png = tmp_path / "label.png"
    png.write_bytes(carbonlabel.render(made.disclosure, "png", options=options))

    assert verify(png).is_whole


# Reports


def test_a_report_carries_what_it_is_verified_by(made: Made) -> None:
    found = verify(made.folder / "report.pdf", alone=True)

    assert found.is_whole
    assert found.disclosure == made.disclosure


def test_a_report_with_another_file_in_it_is_found(made: Made, tmp_path: Path) -> None:
    other = changed(made.disclosure, subject={"model": "acme/other", "parameters": 67_000_000})
    report = tmp_path / "report.pdf"
    report.write_bytes(pdf_of(digest(made.disclosure), attached=dumps(other)))

    messages = [each.message for each in verify(report).checks if each.holds is False]
    assert "It was made for another disclosure, as its identifier says" in messages
    assert "Its pages print the digest of another disclosure" in messages


def test_a_report_that_prints_another_digest_is_found(made: Made, tmp_path: Path) -> None:
    own = digest(made.disclosure)
    report = tmp_path / "report.pdf"
    report.write_bytes(pdf_of("0" * 64, attached=dumps(made.disclosure), identifier=own))

    assert wrong(verify(report)) == ["report.pdf: Its pages print the digest of another disclosure"]


def test_a_report_beside_another_disclosure_is_found(made: Made, tmp_path: Path) -> None:
    other = changed(made.disclosure, subject={"model": "acme/other", "parameters": 67_000_000})
    (tmp_path / "carbon.json").write_bytes(dumps(other))
    shutil.copy(made.folder / "report.pdf", tmp_path)

    assert "report.pdf: It carries another disclosure" in wrong(verify(tmp_path / "carbon.json"))


def test_a_file_called_report_that_is_none_is_not_compared(made: Made, tmp_path: Path) -> None:
    (tmp_path / "carbon.json").write_bytes(dumps(made.disclosure))
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.4 of somebody else")

    assert any(
        "report.pdf: It was not compared" in x for x in unchecked(verify(tmp_path / "carbon.json"))
    )


def test_a_document_without_its_disclosure_is_refused(folder: Path) -> None:
    (folder / "carbon.json").unlink()

    with pytest.raises(InputError, match=r"no carbon\.json beside it"):
        verify(folder / "LABEL.md")


def test_a_document_without_a_digest_is_refused(folder: Path) -> None:
    (folder / "LABEL.md").write_text("# Something else\n", encoding="utf-8")

    with pytest.raises(InputError, match="no digest"):
        verify(folder / "LABEL.md")


# Digests


@pytest.mark.parametrize(
    "stated",
    [
        "{0}",
        "carbon.json#jcs-sha256={0}",
        "sha256 {0}",
        "{1}",
        "{2}",
        "disclosure sha256 {2}",
    ],
)
def test_a_digest_is_known_however_it_was_copied(made: Made, stated: str) -> None:
    whole = digest(made.disclosure)
    grouped = f"{whole[:4]} {whole[4:8]}\u202f{whole[8:12]}"
    told = stated.format(whole, whole[:12].upper(), grouped).replace("disclosure ", "")

    assert verify(made.disclosure, digest=told).is_whole


def test_another_digest_is_found(made: Made) -> None:
    found = verify(made.disclosure, digest="0" * 64)

    assert wrong(found) == [": The disclosure has another digest than the one given"]


@pytest.mark.parametrize("text", ["", "12345", "z" * 64, "0" * 65])
def test_what_is_no_digest_is_refused(made: Made, text: str) -> None:
    with pytest.raises(InputError, match="is no digest"):
        verify(made.disclosure, digest=text)


def pdf_of(printed: str, *, attached: bytes, identifier: str | None = None) -> bytes:
    """A PDF of one line of text, with a disclosure in it."""
    page = f"<html lang=en><title>t</title><p>carbon.json#jcs-sha256={printed}</p></html>"
    return bound(page, attached, digest=identifier or printed, dated="2026-11-22")


@pytest.mark.parametrize("name", ["label.svg", "LABEL.md", "README.md", "report.html"])
def test_the_digest_of_a_verifiers_statement_is_not_taken_for_that_of_a_disclosure(
    made: Made, tmp_path: Path, name: str
) -> None:
    verified = Verified(by="Example Assurance", on=date(2026, 12, 1), statement_sha256="d4" * 32)
    document = {"label.svg": "svg", "LABEL.md": "markdown", "README.md": "card"}.get(name, "html")
    disclosure = made.disclosure.model_copy(update={"verified": verified})
    (tmp_path / "carbon.json").write_bytes(carbonlabel.dump(disclosure))
    (tmp_path / name).write_bytes(carbonlabel.render(disclosure, document))

    assert wrong(verify(tmp_path / name)) == []
