"""The Hub as a person starts it, and as another process sees it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.hub import Hub

ROOT = Path(__file__).parents[2]
SERVE = [sys.executable, "-u", "-m", "tests.hub"]
PUSH = """
from huggingface_hub import HfApi, ModelCard
done = HfApi().upload_file(
    path_or_fileobj=b"\\0" * 99, path_in_repo="a.bin", repo_id="acme/tiny"
)
print(done.oid, ModelCard.load("acme/tiny").data.to_dict())
"""


def test_another_process_needs_only_the_environment(hub: Hub, hub_settings: dict[str, str]) -> None:
    repository = hub.create("acme/tiny", {"README.md": "---\nlicense: mit\n---\n"})

    done = subprocess.run(
        [sys.executable, "-c", PUSH],
        env={**os.environ, **hub_settings},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split(" ", 1) == [repository.head, "{'license': 'mit'}\n"]
    assert repository.read("a.bin") == b"\0" * 99
    assert "python" in hub.calls("commit")[0].headers["user-agent"]


def test_a_hub_starts_and_ends_in_no_time() -> None:
    assert min(_taken_s() for _ in range(10)) < 0.05


def _taken_s() -> float:
    began_s = time.perf_counter()
    with Hub():
        pass
    return time.perf_counter() - began_s


def test_by_hand_it_prints_what_to_copy(tmp_path: Path) -> None:
    (tmp_path / "carbon").mkdir()
    (tmp_path / "carbon" / "carbon.json").write_text("{}")
    arguments = ["--repo", f"acme/mine={tmp_path}", "--token", "hf_carol=carol:read"]

    with subprocess.Popen([*SERVE, *arguments], cwd=ROOT, stdout=subprocess.PIPE) as serving:
        assert serving.stdout is not None
        first = serving.stdout.readline().decode()
        address = re.search(r"HF_ENDPOINT=(http://127\.0\.0\.1:\d+) ", first)
        assert address is not None
        with urlopen(f"{address[1]}/api/models?full=1") as answer:  # noqa: S310 - our own address
            listed = answer.read()
        serving.send_signal(signal.SIGINT)
        rest = serving.stdout.read().decode()

    (row,) = json.loads(listed)
    files = [each["rfilename"] for each in row["siblings"]]
    assert (row["id"], files) == ("acme/mine", [".gitattributes", "carbon/carbon.json"])
    assert "hf_carol" in rest
    assert "GET    /api/models?full=1  nobody  200" in rest
    assert serving.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--repo", "tiny"], "write ORG/NAME"),
        (["--repo", "acme/tiny=/no/such/folder"], "is no folder"),
        (["--token", "hf_x=carol:admin"], "write TOKEN=NAME"),
    ],
)
def test_by_hand_a_mistake_is_told_in_a_line(arguments: list[str], told: str) -> None:
    done = subprocess.run([*SERVE, *arguments], cwd=ROOT, capture_output=True, check=False)

    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1
