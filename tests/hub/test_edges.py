"""The edges of the protocol, as a client other than the usual one would find them."""

from __future__ import annotations

import hashlib
import http.client
import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import closing
from urllib.parse import quote

import pytest

from tests.hub import ALICE, BOB, Hub
from tests.hub.answers import Answer
from tests.hub.calls import Call
from tests.hub.faults import Proceed

TINY = "/api/models/acme/tiny"
AS_ALICE = {"Authorization": f"Bearer {ALICE}"}


@pytest.fixture
def line(hub: Hub) -> Iterator[http.client.HTTPConnection]:
    with connected(hub) as connection:
        yield connection


def connected(hub: Hub) -> closing[http.client.HTTPConnection]:
    return closing(http.client.HTTPConnection(hub.endpoint.removeprefix("http://")))


def asked(
    line: http.client.HTTPConnection,
    method: str,
    path: str,
    body: object = None,
    headers: Mapping[str, str] = AS_ALICE,
) -> tuple[int, str]:
    """The status of an answer and what it says; the body goes as JSON unless it is bytes."""
    sent = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    line.request(method, path, sent, dict(headers))
    answer = line.getresponse()
    return answer.status, answer.read().decode()


def lines(*operations: object) -> bytes:
    header = {"key": "header", "value": {"summary": "x"}}
    return b"\n".join(json.dumps(each).encode() for each in (header, *operations))


def file(path: str, content: str = "text") -> dict[str, object]:
    return {"key": "file", "value": {"path": path, "content": content}}


def test_one_line_carries_many_calls(hub: Hub, line: http.client.HTTPConnection) -> None:
    hub.create("acme/tiny")

    statuses = [asked(line, "GET", TINY)[0] for _ in range(3)]
    taken = line.sock
    statuses += [asked(line, "HEAD", TINY)[0], asked(line, "GET", "/api/nothing")[0]]

    assert statuses == [200, 200, 200, 200, 404]
    assert line.sock is taken
    assert [call.number for call in hub.calls()] == [1, 2, 3, 4, 5]
    assert hub.calls()[-1].name == "unknown"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"{", "not NDJSON"),
        (b"", "no header"),
        (lines({"key": "rename", "value": {}}), "Unknown operation"),
        (lines(file("../a")), "Invalid path"),
        (lines(file("a/.git/b")), "Invalid path"),
        (lines({"key": "lfsFile", "value": {"path": "a", "oid": "0" * 64}}), "does not exist"),
    ],
)
def test_a_commit_without_sense_changes_nothing(
    hub: Hub, line: http.client.HTTPConnection, body: bytes, told: str
) -> None:
    head = hub.create("acme/tiny").head

    status, text = asked(line, "POST", f"{TINY}/commit/main", body)

    assert status == 400
    assert told in text
    assert hub.repository("acme/tiny").head == head


def test_a_commit_on_a_branch_that_is_not_there_is_refused(
    hub: Hub, line: http.client.HTTPConnection
) -> None:
    hub.create("acme/tiny")

    status, text = asked(line, "POST", f"{TINY}/commit/{quote('refs/pr/9', safe='')}", lines())

    assert (status, "Invalid rev id: refs/pr/9" in text) == (404, True)


def test_a_name_is_a_file_or_a_folder_but_never_both(
    hub: Hub, line: http.client.HTTPConnection
) -> None:
    repository = hub.create("acme/tiny", {"a": "1", "b/c": "2"})

    asked(line, "POST", f"{TINY}/commit/main", lines(file("a/d"), file("b")))

    assert repository.paths() == [".gitattributes", "a/d", "b"]


def test_the_store_takes_only_what_was_announced(
    hub: Hub, line: http.client.HTTPConnection
) -> None:
    hub.create("acme/tiny")
    oid = hashlib.sha256(b"large").hexdigest()
    whole, half = {"oid": oid, "size": 5}, {"oid": oid, "size": 4}
    verify = "/acme/tiny.git/info/lfs/verify"

    assert asked(line, "POST", verify, whole)[0] == 404
    assert asked(line, "PUT", f"/lfs/{oid}", b"small")[0] == 400
    assert asked(line, "PUT", f"/lfs/{oid}", b"large")[0] == 200
    assert asked(line, "POST", verify, half)[0] == 404
    assert asked(line, "POST", verify, whole)[0] == 200


def test_a_body_may_come_in_chunks(hub: Hub, line: http.client.HTTPConnection) -> None:
    repository = hub.create("acme/tiny")
    body = lines(file("a", "x" * 100))

    line.request(
        "POST", f"{TINY}/commit/main", iter([body[:50], body[50:]]), AS_ALICE, encode_chunked=True
    )

    with line.getresponse() as answer:
        assert answer.status == 200
    assert repository.read("a") == b"x" * 100
    assert hub.calls("commit")[0].body_bytes == len(body)


def test_ignored_files_are_named_in_the_plan(hub: Hub, line: http.client.HTTPConnection) -> None:
    hub.create("acme/tiny")
    files = [{"path": path, "sample": "", "size": 1} for path in ("a.log", "b/c", "d")]

    _, text = asked(
        line, "POST", f"{TINY}/preupload/main", {"files": files, "gitIgnore": "*.log\nb/\n# d\n"}
    )

    assert [each["shouldIgnore"] for each in json.loads(text)["files"]] == [True, True, False]


def test_branches_and_discussions_that_make_no_sense_are_refused(
    hub: Hub, line: http.client.HTTPConnection
) -> None:
    hub.create("acme/tiny")

    assert asked(line, "POST", f"{TINY}/branch/dev", {})[0] == 200
    assert asked(line, "POST", f"{TINY}/branch/dev", {})[0] == 409
    assert asked(line, "DELETE", f"{TINY}/branch/dev")[0] == 200
    assert asked(line, "DELETE", f"{TINY}/branch/dev")[0] == 404
    assert asked(line, "DELETE", f"{TINY}/branch/main")[0] == 404
    assert asked(line, "POST", f"{TINY}/tag/main", {"tag": "v1"})[0] == 200
    assert asked(line, "POST", f"{TINY}/tag/main", {"tag": "v1"})[0] == 409
    assert asked(line, "GET", f"{TINY}/tree/main/none")[0] == 404
    assert asked(line, "GET", f"{TINY}/discussions/7")[0] == 404
    assert asked(line, "POST", f"{TINY}/discussions", {"title": "no"})[0] == 400
    assert asked(line, "POST", f"{TINY}/discussions", b"{")[0] == 400


def test_a_discussion_obeys_its_author_and_the_owners(
    hub: Hub, line: http.client.HTTPConnection
) -> None:
    hub.create("acme/tiny")
    as_bob = {"Authorization": f"Bearer {BOB}"}
    talk = f"{TINY}/discussions"
    asked(line, "POST", talk, {"title": "A question"})
    asked(line, "POST", talk, {"title": "An answer", "pullRequest": True}, as_bob)

    assert asked(line, "POST", f"{talk}/1/status", {"status": "closed"}, as_bob)[0] == 403
    assert asked(line, "POST", f"{talk}/2/status", {"status": "open"}, as_bob)[0] == 200
    assert asked(line, "POST", f"{talk}/2/status", {"status": "merged"})[0] == 400
    assert asked(line, "POST", f"{talk}/1/merge", {})[0] == 400
    assert asked(line, "POST", f"{talk}/1/comment", {})[0] == 400
    assert asked(line, "POST", f"{talk}/2/merge", {})[0] == 200
    assert asked(line, "POST", f"{talk}/2/status", {"status": "closed"})[0] == 400
    pull = quote("refs/pr/2", safe="")
    assert asked(line, "POST", f"{TINY}/commit/{pull}", lines(file("a")))[0] == 403


def test_repositories_of_no_known_kind_are_refused(line: http.client.HTTPConnection) -> None:
    wanted = {"name": "x", "organization": "acme", "type": "bucket"}

    assert asked(line, "POST", "/api/repos/create", wanted)[0] == 400
    assert asked(line, "DELETE", "/api/repos/delete", {"name": "x"})[0] == 404
    assert asked(line, "GET", "/api/buckets/acme/x")[0] == 404


def test_what_breaks_inside_the_hub_breaks_the_test() -> None:
    def crash(_call: Call, _proceed: Proceed) -> Answer:
        raise ZeroDivisionError("a mistake in the Hub")

    def drive() -> None:
        with Hub() as hub:
            hub.on("whoami", crash)
            with connected(hub) as line, pytest.raises(http.client.RemoteDisconnected):
                asked(line, "GET", "/api/whoami-v2")

    with pytest.raises(ExceptionGroup) as broken:
        drive()
    assert isinstance(broken.value.exceptions[0], ZeroDivisionError)


def test_a_client_that_leaves_is_no_crash() -> None:
    with Hub() as hub:
        port = int(hub.endpoint.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(
                b"POST /api/models/acme/tiny/commit/main HTTP/1.1\r\nContent-Length: 9\r\n\r\n{"
            )
            client.shutdown(socket.SHUT_WR)
            assert client.recv(1) == b""

    assert hub.calls() == []


def test_what_was_recorded_can_be_dropped(hub: Hub, line: http.client.HTTPConnection) -> None:
    asked(line, "GET", "/api/whoami-v2")
    (call,) = hub.calls()

    assert (call.method, call.path, call.status) == ("GET", "/api/whoami-v2", 200)
    assert call.bearer is hub.shelf.bearers[ALICE]
    hub.forget()
    assert hub.calls() == []
