"""The logs of all ranks come to rank zero, or the label is not made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Unpack

import pytest

from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.integrations import Labelling, Wishes, labelled
from carbonlabel.integrations.ranks import Parcel, Seat, machine_count, received, sent
from tests.integrations.conftest import EXAMPLE, Frameworks
from tests.integrations.test_loops import energy_kwh


@dataclass
class Store:
    """A store of torch.distributed, which all ranks see."""

    kept: dict[str, bytes] = field(default_factory=dict)
    waited_s: list[float] = field(default_factory=list)

    def set(self, key: str, value: str) -> None:
        self.kept[key] = value.encode()

    def get(self, key: str) -> bytes:
        return self.kept[key]

    def add(self, key: str, amount: int) -> int:
        self.kept[key] = b"%d" % (int(self.kept.get(key, b"0")) + amount)
        return int(self.kept[key])

    def check(self, keys: list[str]) -> bool:
        return all(key in self.kept for key in keys)

    def wait(self, keys: list[str], patience: timedelta) -> None:
        self.waited_s.append(patience.total_seconds())
        if not self.check(keys):
            raise RuntimeError("wait timeout")


@dataclass
class Group:
    """torch.distributed, as one process after the other sees it."""

    store: Store = field(default_factory=Store)
    rank: int = 0
    size: int = 2
    local: int = 0
    is_open: bool = True

    def names(self) -> dict[str, Any]:
        return {
            "is_available": lambda: True,
            "is_initialized": lambda: self.is_open,
            "get_rank": lambda: self.rank,
            "get_world_size": lambda: self.size,
            "get_node_local_rank": lambda fallback_rank: (
                fallback_rank if self.local < 0 else self.local
            ),
        }


@pytest.fixture
def group(framework: Frameworks) -> Group:
    group = Group()
    framework("torch.distributed", **group.names())
    framework("torch.distributed.distributed_c10d", _get_default_store=lambda: group.store)
    return group


def log_of(run: int) -> bytes:
    return EXAMPLE.replace(b"ae7ca1c6-b2db", b"ae7ca1c6-%04d" % run)


Train = Callable[..., Labelling]


@pytest.fixture
def train(group: Group, tmp_path: Path) -> Train:
    """Lets one rank train in a folder of its own."""

    def train(
        rank: int, *, local: int = 0, log: bytes = b"", **wishes: Unpack[Wishes]
    ) -> Labelling:
        group.rank, group.local = rank, local
        folder = tmp_path / f"node-{rank}"
        folder.mkdir(exist_ok=True)
        (folder / "emissions.csv").write_bytes(log or log_of(rank))
        with labelled(
            folder / "emissions.csv", card=folder / "README.md", region="FR", **wishes
        ) as label:
            pass
        return label

    return train


def test_the_logs_of_two_machines_are_added_up(train: Train, tmp_path: Path) -> None:
    train(1)
    label = train(0)

    assert energy_kwh(label.disclosure) == pytest.approx(2 * 0.005140261714)
    assert (tmp_path / "node-0" / "README.md").exists()
    assert not (tmp_path / "node-1" / "README.md").exists()


def test_ranks_on_one_machine_that_read_all_of_it_count_once(train: Train) -> None:
    train(1, local=1)
    label = train(0)

    assert energy_kwh(label.disclosure) == pytest.approx(0.005140261714)


def test_a_file_that_all_ranks_share_counts_once(train: Train) -> None:
    train(1, local=1, log=EXAMPLE)
    label = train(0, log=EXAMPLE)

    assert energy_kwh(label.disclosure) == pytest.approx(0.005140261714)
    assert label.disclosure is not None
    assert label.disclosure.inputs["log"].file == "emissions.csv"


def test_two_machines_that_append_to_one_shared_file_both_count(train: Train) -> None:
    header, row = EXAMPLE.splitlines(keepends=True)
    both = header + row + log_of(1).splitlines(keepends=True)[1]

    train(1, log=both)
    label = train(0, log=both)

    assert energy_kwh(label.disclosure) == pytest.approx(2 * 0.005140261714)


def test_a_rank_that_sends_nothing_means_no_label_and_a_word_on_what_to_do(
    train: Train, group: Group, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    group.size = 3
    train(1)

    label = train(0, wait_s=7.0)

    assert label.disclosure is None
    assert group.store.waited_s == [7.0]
    assert "rank 2 sent no word within 7 s" in caplog.text
    assert "nodes=1" in caplog.text
    assert not (tmp_path / "node-0" / "README.md").exists()


def test_nobody_is_waited_for_where_one_machine_did_it_all(train: Train, group: Group) -> None:
    label = train(0, nodes=1)

    assert energy_kwh(label.disclosure) == pytest.approx(0.005140261714)
    assert not group.store.waited_s


def test_nobody_is_waited_for_after_a_failure(group: Group, tmp_path: Path) -> None:
    with (
        pytest.raises(RuntimeError, match="loss"),
        labelled(tmp_path / "emissions.csv", card=tmp_path / "README.md"),
    ):
        raise RuntimeError("loss is NaN")

    assert group.store.waited_s == [0.0]


def test_a_second_training_does_not_take_the_parcels_of_the_first(train: Train) -> None:
    train(1)
    train(0)
    train(1, log=log_of(7))
    label = train(0)

    assert label.others is not None
    assert b"0007" in label.others[0].files["emissions.csv"]


def test_where_nobody_knows_how_many_machines_there_were_it_has_to_be_said(
    train: Train, caplog: pytest.LogCaptureFixture
) -> None:
    train(1, local=-1)
    label = train(0, local=-1)

    assert label.disclosure is None
    assert "say it: nodes=2" in caplog.text

    train(1, local=-1, nodes=2)
    told = train(0, local=-1, nodes=2)
    assert energy_kwh(told.disclosure) == pytest.approx(2 * 0.005140261714)


@pytest.mark.parametrize(("rank", "words"), [(0, "closed before the logs came together"), (1, "")])
def test_a_group_that_was_closed_too_early_is_told_of_by_rank_zero_alone(
    group: Group, folder: Path, caplog: pytest.LogCaptureFixture, rank: int, words: str
) -> None:
    group.rank = rank
    with labelled(folder / "emissions.csv", card=folder / "README.md", region="FR") as label:
        group.is_open = False

    assert label.disclosure is None
    assert words in caplog.text
    assert bool(words) == bool(caplog.records)


def test_a_group_that_was_closed_is_not_missed_where_one_machine_did_it_all(
    group: Group, folder: Path
) -> None:
    wishes = {"region": "FR", "nodes": 1}
    with labelled(folder / "emissions.csv", card=folder / "README.md", **wishes) as label:  # type: ignore[arg-type] # a plain dict
        group.is_open = False

    assert label.disclosure is not None


def test_a_log_that_is_too_large_to_send_is_refused(group: Group) -> None:
    assert group.size == 2
    with pytest.raises(InputError, match="larger than 8 MiB"):
        sent(Parcel({"emissions.csv": bytes(2**23 + 1)}, is_first_here=True), Seat(1, 2))


@pytest.mark.parametrize("text", ["", "[]", '{"files": {"a": "?"}}', '{"files": 3}'])
def test_a_parcel_that_is_none_is_refused(group: Group, text: str) -> None:
    group.store.set("carbonlabel/1/1", text)

    with pytest.raises(MalformedInput, match="cannot be read"):
        received(Seat(0, 2), wait_s=1)


def test_names_in_a_parcel_stay_below_the_folder_they_are_laid_out_in(group: Group) -> None:
    sent(Parcel({"../../etc/x.csv": b"a", "/b.csv": b"b"}, is_first_here=None), Seat(1, 2))

    assert [*received(Seat(0, 2), wait_s=1)[0].files] == ["etc/x.csv", "b.csv"]
    assert group.store.waited_s == [1]


def test_machines_are_counted_by_their_first_processes() -> None:
    first, other, unknown = (
        Parcel({}, is_first_here=True),
        Parcel({}, is_first_here=False),
        Parcel({}, is_first_here=None),
    )

    assert machine_count([first, other, first, other]) == 2
    assert machine_count([other]) == 1
    assert machine_count([first, unknown]) is None
