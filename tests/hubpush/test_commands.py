"""`push` and `read` as a person meets them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from huggingface_hub import get_session

from carbonlabel.cli import main
from carbonlabel.hub.contents import contents
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Finding
from carbonlabel.output import write_card
from carbonlabel.record import keeping
from tests.conftest import Run
from tests.hub import ALICE, Broken, Dropped, Hub, Slow
from tests.hub.repository import Repository
from tests.hubpush.conftest import CARD, ROOT, Courier, figure_of

LOG = str(ROOT / "examples" / "emissions.csv")


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str


Say = Callable[..., Said]


@pytest.fixture
def say(courier: Courier, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a command in this process, against the Hub."""
    assert courier

    def run(*arguments: object) -> Said:
        try:
            status = main([str(each) for each in arguments])
        except SystemExit as done:
            status = int(done.code or 0)
        return Said(status, *capsys.readouterr())

    return run


@pytest.fixture
def repository(hub: Hub) -> Repository:
    return hub.create("acme/tiny", {"README.md": CARD})


@pytest.fixture
def kept(tmp_path: Path, disclosure: Disclosure) -> Path:
    path = tmp_path / "carbon.json"
    path.write_bytes(keeping.dump(disclosure))
    return path


@pytest.fixture
def labelled(tmp_path: Path, disclosure: Disclosure) -> Path:
    """A folder with a labelled card, its picture and its disclosure."""
    write_card(disclosure, tmp_path / "README.md")
    return tmp_path


# push


def test_from_a_log_to_a_pull_request(say: Say, hub: Hub, repository: Repository) -> None:
    done = say("push", "acme/tiny", LOG, "--region", "FR")

    assert done.status == 0
    assert done.out == f"{hub.endpoint}/acme/tiny/discussions/1\n"
    assert "Read 1 run from emissions.csv (CodeCarbon 3.3.2)." in done.err
    assert "as a new pull request; to be seen by everybody:" in done.err
    assert done.err.endswith("A pull request is open.\n")
    stated = keeping.load(repository.read("carbon.json", "refs/pr/1"))
    assert stated.subject.model == "acme/tiny", "where nobody says, it is the model of the card"


@pytest.mark.usefixtures("repository")
def test_a_disclosure_goes_as_it_is(say: Say, hub: Hub, kept: Path) -> None:
    done = say("push", "acme/tiny", kept, "--direct")

    repository = hub.repository("acme/tiny")
    assert done.out == f"{hub.endpoint}/acme/tiny/commit/{repository.head}\n"
    assert repository.read("carbon.json") == kept.read_bytes()
    assert say("push", "acme/tiny", kept, "--direct").err == (
        "Nothing to change: all of it is there.\n"
    )


@pytest.mark.usefixtures("repository")
def test_quiet_leaves_the_address(say: Say, kept: Path) -> None:
    done = say("push", "acme/tiny", kept, "-q")

    assert done.err == ""
    assert done.out.endswith("/discussions/1\n")


@pytest.mark.usefixtures("repository")
def test_a_dry_run_prints_the_diff(say: Say, hub: Hub, kept: Path, disclosure: Disclosure) -> None:
    done = say("push", "acme/tiny", kept, "--dry-run")

    assert done.status == 0
    assert done.out.startswith("--- a/README.md\n+++ b/README.md\n")
    assert f"+  emissions: {figure_of(disclosure)}\n" in done.out
    assert done.err.endswith("Nothing was sent.\n")
    assert not hub.calls("commit", "preupload", "validate-yaml")


def test_the_section_of_a_training_library_is_pointed_at_and_goes_only_when_asked(
    say: Say, hub: Hub, kept: Path
) -> None:
    sample = ROOT / "tests" / "samples" / "model-card" / "sentence-transformers.md"
    repository = hub.create("acme/tiny", {"README.md": sample.read_bytes()})

    pointed = say("push", "acme/tiny", kept, "--direct", "--force")
    assert "--replace-generated takes it out" in pointed.err
    assert b"Carbon emissions were measured" in repository.read("README.md")
    done = say("push", "acme/tiny", kept, "--direct", "--replace-generated")
    assert "  -- **Carbon Emitted**: 0.197 kg of CO2" in done.err
    assert b"Carbon emissions were measured" not in repository.read("README.md")
    assert b"### Training Hardware\n- **On Cloud**: No\n" in repository.read("README.md")
    again = say("push", "acme/tiny", kept, "--direct", "--replace-generated")
    assert again.err == "Nothing to change: all of it is there.\n"


@pytest.mark.filterwarnings("ignore:Warnings while validating")
def test_a_run_that_is_still_to_be_brings_no_figure_to_the_hub(
    say: Say, hub: Hub, kept: Path, disclosure: Disclosure
) -> None:
    card = b"---\nlicense: mit\n---\n\n# M\n"
    repository = hub.create("acme/tiny", {"README.md": card})
    totals = disclosure.totals.model_copy(update={"headline": "planned"})
    kept.write_bytes(keeping.dump(disclosure.model_copy(update={"totals": totals})))

    assert say("push", "acme/tiny", kept, "--direct").status == 0
    assert b"co2_eq_emissions" not in repository.read("README.md")
    assert b"the run is planned and has emitted nothing yet" in repository.read("README.md")


@pytest.mark.usefixtures("repository")
def test_a_disclosure_on_stdin(
    say: Say, hub: Hub, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stdin:
        buffer = io.BufferedReader(io.BytesIO(kept.read_bytes()))

        def isatty(self) -> bool:
            return False

    monkeypatch.setattr("sys.stdin", Stdin())

    assert say("push", "acme/tiny", "-", "--direct").status == 0
    assert hub.repository("acme/tiny").read("carbon.json") == kept.read_bytes()


def test_another_figure_is_exit_3_and_both_are_named(
    say: Say, hub: Hub, kept: Path, disclosure: Disclosure
) -> None:
    hub.create("acme/tiny", {"README.md": "---\nco2_eq_emissions: 12.5\n---\n"})

    done = say("push", "acme/tiny", kept)

    assert done.status == 3
    assert done.out == ""
    assert done.err == (
        "hf:acme/tiny README.md\n"
        "error[figure-differs]: the card declares 12.5 (by somebody else), the new label"
        f" {figure_of(disclosure)} g\n"
        "  find out which one is right; --force replaces the old one\n"
        "  (docs/errors.md#figure-differs)\n"
    )
    assert say("push", "acme/tiny", kept, "--force").status == 0


@pytest.mark.usefixtures("repository")
def test_an_error_in_the_disclosure_is_exit_3_and_force_shows_it_on_the_label(
    say: Say, hub: Hub, tmp_path: Path, disclosure: Disclosure
) -> None:
    error = Finding(code="runs-overlap", severity="error", place="", message="Runs overlap.")
    wrong = disclosure.model_copy(update={"findings": (error, *disclosure.findings)})
    path = tmp_path / "wrong.json"
    path.write_bytes(keeping.dump(wrong))

    done = say("push", "acme/tiny", path)
    assert done.status == 3
    assert "runs-overlap" in done.err
    assert "so the card stays as it is" in done.err
    assert not hub.calls()

    assert say("push", "acme/tiny", path, "--force", "--direct").status == 0
    assert b"Runs overlap" in hub.repository("acme/tiny").read("README.md")


@pytest.mark.usefixtures("repository")
def test_a_figure_that_does_not_follow_is_found_before_it_is_sent(
    say: Say, hub: Hub, tmp_path: Path, kept: Path
) -> None:
    text = kept.read_text("utf-8")
    value = json.loads(text)["totals"]["electricity"]["value"]
    path = tmp_path / "edited.json"
    path.write_text(text.replace(f"{value}", f"{value / 1024}"), "utf-8")

    assert say("push", "acme/tiny", path).status == 3
    assert not hub.calls()


def test_a_label_of_another_model_is_remarked(say: Say, hub: Hub, kept: Path) -> None:
    hub.create("acme/tiny-gguf", {"README.md": CARD})

    done = say("push", "acme/tiny-gguf", kept)

    assert "Note: the disclosure is of acme/tiny, and not of acme/tiny-gguf" in done.err


def test_what_the_hub_remarks_on_a_card_is_passed_on(say: Say, hub: Hub, kept: Path) -> None:
    card = "---\nlicense: mit\n---  \n\n# tiny\n"
    hub.create("acme/tiny", {"README.md": card})

    done = say("push", "acme/tiny", kept)

    assert done.status == 0
    assert "The Hub remarks: Warnings while validating metadata" in done.err
    assert "UserWarning" not in done.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("push", "acme/tiny"), "the following arguments are required: DISCLOSURE|LOG"),
        (("push",), "the following arguments are required: ORG/NAME, DISCLOSURE|LOG"),
        (("push", "acme/tiny", LOG, "--revision", "dev"), "--revision needs --direct"),
        (("push", "acme/tiny", LOG, "--list", "x"), "leave ORG/NAME out"),
    ],
)
def test_wrong_usage(say: Say, hub: Hub, arguments: tuple[str, ...], told: str) -> None:
    done = say(*arguments)

    assert done.status == 2
    assert told in done.err
    assert not hub.calls()


def test_flags_of_logs_do_not_go_with_a_disclosure(say: Say, kept: Path) -> None:
    done = say("push", "acme/tiny", kept, "--from", "codecarbon")

    assert done.status == 2
    assert "--from goes with logs, and this is a disclosure" in done.err


@pytest.mark.parametrize("name", ["nowhere.csv", "README.md"])
def test_an_input_that_is_no_log_is_exit_3(say: Say, hub: Hub, name: str) -> None:
    assert say("push", "acme/tiny", ROOT / name).status == 3
    assert not hub.calls()


def test_options_may_stand_between_the_arguments(say: Say, hub: Hub, kept: Path) -> None:
    hub.create("acme/words", {"README.md": CARD}, kind="dataset")

    done = say("push", "acme/words", "--direct", kept, "--repo-type", "dataset")

    assert done.status == 0
    assert "/datasets/acme/words/commit/" in done.out


def test_a_log_pushed_to_a_data_set_names_no_model(say: Say, hub: Hub) -> None:
    repository = hub.create("acme/words", {"README.md": CARD}, kind="dataset")

    done = say("push", "hf:datasets/acme/words", LOG, "--direct")

    assert done.status == 0
    assert keeping.load(repository.read("carbon.json")).subject.model is None


def test_the_token_is_never_shown(
    say: Say, repository: Repository, hub: Hub, kept: Path, hub_settings: dict[str, str]
) -> None:
    hub.on("commit", Broken(403, f"the token {ALICE} may not"), Dropped())
    said = [say("push", "acme/tiny", kept, "--direct"), say("push", "acme/tiny", kept)]

    assert [done.status for done in said] == [6, 0]
    assert not any(ALICE in done.out + done.err for done in said)
    assert hub_settings["HF_TOKEN"] == ALICE
    assert ALICE.encode() not in repository.read("README.md", "refs/pr/1")


# push --list


def test_a_list_is_worked_off_whatever_becomes_of_each(
    say: Say, hub: Hub, kept: Path, tmp_path: Path
) -> None:
    hub.create("acme/tiny", {"README.md": CARD})
    hub.create("acme/taken", {"README.md": "---\nco2_eq_emissions: 12.5\n---\n"})
    hub.create("acme/last", {"README.md": CARD})
    listed = tmp_path / "repos.txt"
    listed.write_text(
        f"# ours\nacme/tiny {kept}\n\nacme/taken  {kept}\nacme/gone {kept}\nacme/last {kept}\n"
    )

    done = say("push", "--list", listed, "--direct")

    assert done.status == 1
    assert [line.split()[0] for line in done.out.splitlines()] == ["acme/tiny", "acme/last"]
    assert "error[figure-differs]" in done.err
    assert "error[hub-not-found]" in done.err
    assert done.err.endswith("4 repositories: 2 done, 2 failed\n")


def test_a_list_that_went_well_is_exit_0_and_asks_once_who_we_are(
    say: Say, repository: Repository, hub: Hub, kept: Path, tmp_path: Path
) -> None:
    hub.create("acme/second", {"README.md": CARD})
    listed = tmp_path / "repos.txt"
    listed.write_text(f"acme/tiny {kept}\nacme/second {kept}\n")

    done = say("push", "--list", listed)

    assert (done.status, len(repository.discussions)) == (0, 1)
    assert len(hub.calls("whoami")) == 1


@pytest.mark.parametrize("text", [b"acme/tiny\n", b"\xff\xfe"])
def test_a_list_that_cannot_be_read_sends_nothing(
    say: Say, hub: Hub, tmp_path: Path, text: bytes
) -> None:
    listed = tmp_path / "repos.txt"
    listed.write_bytes(text)

    assert say("push", "--list", listed).status == 3
    assert not hub.calls()


# read


def test_a_card_of_ours_is_verified(say: Say, hub: Hub, kept: Path, disclosure: Disclosure) -> None:
    repository = hub.create("acme/tiny", {"README.md": CARD})
    say("push", "acme/tiny", kept, "--direct")

    done = say("read", "hf:acme/tiny")

    assert done.status == 0
    lines = [line.split(maxsplit=1) for line in done.out.splitlines()]
    assert done.out.startswith(f"hf:acme/tiny at {repository.head}\n")
    assert ["emissions", f"{figure_of(disclosure)} g CO₂e"] in lines
    assert ["location", "France"] in lines
    digest = contents(disclosure).digest
    assert [
        "disclosure",
        f"carbon.json beside the card is the one that it names (digest {digest[:12]})",
    ] in lines


def test_the_same_for_programs(say: Say, hub: Hub, kept: Path, disclosure: Disclosure) -> None:
    repository = hub.create("acme/tiny", {"README.md": CARD})
    say("push", "acme/tiny", kept, "--direct")

    told = json.loads(say("read", "hf:acme/tiny", "--json").out)

    assert told["revision"] == repository.head
    assert told["emissions_gco2e"] == float(figure_of(disclosure))
    assert told["disclosure"] == {
        "state": "verified",
        "file": "carbon.json",
        "digest": contents(disclosure).digest,
    }
    assert [finding["code"] for finding in told["findings"]] == ["no-training-type"]


@pytest.mark.parametrize(
    ("beside", "state"),
    [(b"{}", "unreadable"), (b"other", "another"), (None, "missing")],
)
def test_a_disclosure_that_is_not_the_named_one_is_said(
    say: Say, labelled: Path, other: Disclosure, beside: bytes | None, state: str
) -> None:
    card = labelled / "README.md"
    (labelled / "carbon.json").unlink()
    if beside is not None:
        kept = keeping.dump(other) if beside == b"other" else beside
        (labelled / "carbon.json").write_bytes(kept)

    assert json.loads(say("read", card, "--json").out)["disclosure"]["state"] == state


def test_a_label_beside_its_disclosure_is_verified_without_a_hub(
    say: Say, hub: Hub, labelled: Path
) -> None:
    assert "is the one that it names" in say("read", labelled / "README.md").out
    assert not hub.calls()


@pytest.mark.parametrize(("is_there", "state"), [(True, "unnamed"), (False, "none")])
def test_a_card_that_names_no_disclosure(
    say: Say, tmp_path: Path, kept: Path, state: str, *, is_there: bool
) -> None:
    folder = tmp_path / "repo"
    folder.mkdir()
    (folder / "README.md").write_text("---\nco2_eq_emissions: 12.5\nlicense: mit\n---\n")
    if is_there:
        kept.rename(folder / "carbon.json")

    told = json.loads(say("read", folder, "--json").out)

    assert told["disclosure"]["state"] == state
    assert told["revision"] is None


@pytest.mark.parametrize(
    ("card", "told"),
    [
        ("# nothing\n", "not declared"),
        ("---\nco2_eq_emissions: 12.5\n---\n", "12.5 g CO₂e"),
        ("---\nco2_eq_emissions: 0.5 kg\n---\n", "500.0 g CO₂e"),
        ("---\nco2_eq_emissions: TBD\n---\n", "no figure that can be believed: TBD"),
        ("---\nco2_eq_emissions: {source: me}\n---\n", "no figure that can be believed: there is"),
    ],
)
def test_what_cards_of_others_say(say: Say, tmp_path: Path, card: str, told: str) -> None:
    path = tmp_path / "README.md"
    path.write_text(card)

    done = say("read", path)

    assert done.status == 0
    assert told in done.out


def test_words_of_a_card_cannot_steer_a_terminal(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text('---\nco2_eq_emissions: {emissions: 1, source: "\\e[2Jx", "k\\e": 1}\n---\n')

    assert "\x1b" not in say("read", path).out


@pytest.mark.parametrize(
    ("name", "status"),
    [("nowhere.md", 3), ("hf:acme/nowhere", 6), ("hf:not an address", 3)],
)
def test_a_card_that_is_not_there(say: Say, name: str, status: int) -> None:
    assert say("read", name).status == status


def test_a_card_without_a_disclosure_beside_it_there(say: Say, hub: Hub, labelled: Path) -> None:
    hub.create("acme/tiny", {"README.md": (labelled / "README.md").read_bytes()})

    assert json.loads(say("read", "hf:acme/tiny", "--json").out)["disclosure"]["state"] == "missing"


def test_a_hub_that_never_answers_is_not_waited_for(
    say: Say, repository: Repository, hub: Hub, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("carbonlabel.hub.client._TIMEOUT_S", 0.5)
    slow = Slow(60, done=True)
    hub.on("commit", slow)

    done = say("push", "acme/tiny", kept, "--direct")

    slow.woken.set()
    get_session().timeout = None
    assert done.status == 0
    assert "no answer came in time; trying again in 1 s …" in done.err
    assert len(repository.history()) == 3


def test_nothing_else_touches_the_network(
    carbonlabel: Run, hub: Hub, hub_settings: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "README.md").write_text(CARD)
    for arguments in (
        ("read", tmp_path / "README.md"),
        ("label", LOG, "-q", "-o", tmp_path / "out"),
        ("embed", tmp_path / "README.md", tmp_path / "out" / "carbon.json"),
        ("check", tmp_path / "out" / "carbon.json"),
    ):
        assert carbonlabel(*arguments, **hub_settings).status == 0

    assert not hub.calls()


@pytest.mark.usefixtures("at_hub")
def test_lint_reads_cards_on_the_hub_and_changes_none(
    hub: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    placeholder = b"---\nco2_eq_emissions:\n  emissions: TBD\n---\n# Tiny\n"
    repo = hub.create("acme/tiny", {"README.md": placeholder})

    assert main(["lint", "hf:acme/tiny"]) == 1
    assert "hf:acme/tiny:3:" in capsys.readouterr().out
    assert repo.read("README.md") == placeholder


@pytest.mark.usefixtures("at_hub")
def test_a_card_on_the_hub_is_not_fixed_by_lint(
    hub: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["lint", "--fix", "hf:acme/tiny"])

    assert ended.value.code == 2
    assert "push to it" in capsys.readouterr().err
    assert not hub.requests


@pytest.mark.parametrize("flags", [(), ("--dry-run",)])
def test_embed_says_that_a_card_on_the_hub_is_for_push(
    say: Say, repository: Repository, flags: tuple[str, ...], tmp_path: Path
) -> None:
    disclosure = tmp_path / "carbon.json"
    say("assess", LOG, "--region", "FR", "-o", disclosure)

    said = say("embed", "hf:acme/tiny", disclosure, *flags)

    assert (said.status, said.out) == (3, "")
    assert "carbonlabel push acme/tiny carbon.json" in said.err
    assert repository.read("README.md") == CARD.encode()
