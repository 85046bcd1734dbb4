"""I start the Hub by hand: `python -m tests.hub`."""

from __future__ import annotations

import argparse
import shlex
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.hub.accounts import Bearer
from tests.hub.calls import Call
from tests.hub.server import Hub
from tests.hub.settings import settings

EXAMPLE = """examples:
  python -m tests.hub
  python -m tests.hub --port 8765 --repo acme/tiny=out --token hf_carol=carol:read
"""


def run(arguments: Sequence[str] | None = None) -> int:
    """Serve until the key for interrupt; 2 if a port, a folder or a token makes no sense."""
    given = _parser().parse_args(arguments)
    # A shell starts what it puts into the background deaf to the key for interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with Hub(port=given.port, told=_say) as hub, TemporaryDirectory(prefix="hub-") as home:
            _fill(hub, given)
            _introduce(hub, Path(home))
            threading.Event().wait()
    except KeyboardInterrupt:
        sys.stdout.write("\n")
    except (ValueError, OSError, OverflowError) as bad:
        sys.stderr.write(f"{bad}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.hub",
        description="A Hugging Face Hub on this machine, for trying things out.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=0, help="the port; a free one by default")
    parser.add_argument(
        "--repo",
        action="append",
        default=[],
        metavar="ORG/NAME[=FOLDER]",
        help="a model repository, with the files of a folder",
    )
    parser.add_argument(
        "--token",
        action="append",
        default=[],
        metavar="TOKEN=NAME[:ROLE]",
        help="a token, who holds it, and its role: read or write",
    )
    return parser


def _fill(hub: Hub, given: argparse.Namespace) -> None:
    for named in given.repo or ["acme/tiny"]:
        repo_id, _, folder = named.partition("=")
        if repo_id.count("/") != 1:
            raise ValueError(f"--repo {named}: write ORG/NAME or ORG/NAME=FOLDER")
        hub.create(repo_id, _files(Path(folder)) if folder else {})
    for named in given.token:
        token, _, holder = named.partition("=")
        name, _, role = holder.partition(":")
        if not name or role not in {"", "read", "write"}:
            raise ValueError(
                f"--token {named}: write TOKEN=NAME, TOKEN=NAME:read or TOKEN=NAME:write"
            )
        hub.admit(token, Bearer(name, "read" if role == "read" else "write"))


def _files(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        raise ValueError(f"--repo: {folder} is no folder")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def _introduce(hub: Hub, home: Path) -> None:
    needed = settings(hub.endpoint, home).items()
    line = " ".join(f"{name}={shlex.quote(value)}" for name, value in needed)
    people = "".join(
        f"  {token:16} {bearer.name}, may {bearer.role} {' '.join(bearer.orgs)}".rstrip() + "\n"
        for token, bearer in hub.shelf.bearers.items()
    )
    repositories = "".join(f"  {hub.endpoint}/{each.id}\n" for each in hub.shelf.all("model"))
    sys.stdout.write(
        f"export {line}\n\nTokens:\n{people}Repositories:\n{repositories}\n"
        "Calls (end with Ctrl-C):\n"
    )
    sys.stdout.flush()


def _say(call: Call) -> None:
    status = call.status or "hung up"
    who = call.bearer.name if call.bearer else "nobody"
    sys.stdout.write(f"{call.method:6} {call.target}  {who}  {status}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(run())
