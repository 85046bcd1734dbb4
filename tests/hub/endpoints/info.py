"""I tell about repositories: one, or a listing of many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.hub.answers import Answer, reply, stamp
from tests.hub.calls import Call
from tests.hub.cards import Verdict, judge, tags_of
from tests.hub.endpoints.paging import page
from tests.hub.gitobjects import Blob, Commit
from tests.hub.repository import MAIN, Repository
from tests.hub.shelf import KINDS, Shelf

ALWAYS_TOLD = ("_id", "id")
SHORT = ("author", "createdAt", "downloads", "gated", "likes", "private", "tags", "pipeline_tag")


def info(shelf: Shelf, call: Call) -> Answer:
    """A repository at main."""
    repository = shelf.repository(call)
    return reply(_asked_for(call, _told(repository, repository.at(MAIN), call)))


def info_at(shelf: Shelf, call: Call) -> Answer:
    """A repository at a revision; the Hub gates this, but not the one above."""
    repository = shelf.readable(call)
    return reply(_asked_for(call, _told(repository, repository.at(call.places["rev"]), call)))


def listing(shelf: Shelf, call: Call) -> Answer:
    """The repositories of a kind that fit the query, newest first."""
    rows = [
        (each, _told(each, each.at(MAIN), call))
        for each in reversed(shelf.all(KINDS[call.places["kind"]]))
        if shelf.sees(call.bearer, each)
    ]
    fitting = [row for repository, row in rows if _fits(repository, row, call)]
    order = call.asked("sort")
    if order:
        fitting.sort(key=lambda row: row.get(order) or 0, reverse=True)
    return page(shelf, call, [_listed(call, row) for row in fitting])


def _fits(repository: Repository, row: dict[str, Any], call: Call) -> bool:
    wanted = call.query
    return (
        call.asked("author") in {"", repository.namespace}
        and all(text.lower() in repository.id.lower() for text in wanted.get("search", []))
        and all(text in row["tags"] for text in wanted.get("filter", []))
        and call.asked("pipeline_tag") in {"", row.get("pipeline_tag")}
        and ("gated" not in wanted or call.asks("gated") == bool(repository.gated))
    )


def _listed(call: Call, row: dict[str, Any]) -> dict[str, Any]:
    if call.query.get("expand"):
        return _asked_for(call, row)
    told = {*ALWAYS_TOLD, *SHORT}
    if call.asks("full"):
        told |= {"sha", "lastModified", "siblings"}
    if call.asks("cardData"):
        told |= {"cardData"}
    return {name: value for name, value in row.items() if name in told}


def _asked_for(call: Call, row: dict[str, Any]) -> dict[str, Any]:
    asked = call.query.get("expand")
    if not asked:
        return row
    return {name: value for name, value in row.items() if name in {*ALWAYS_TOLD, *asked}}


def _told(repository: Repository, commit: Commit, call: Call) -> dict[str, Any]:
    card = _card(commit)
    metadata = dict(card.metadata or {})
    told = {
        "_id": f"{repository.kind}-{repository.id}",
        "id": repository.id,
        "author": repository.namespace,
        "sha": commit.oid,
        "lastModified": stamp(commit.at),
        "createdAt": stamp(repository.history()[-1].at),
        "private": repository.private,
        "gated": repository.gated or False,
        "disabled": False,
        "downloads": 0,
        "likes": 0,
        "tags": tags_of(metadata),
        "siblings": _siblings(commit.files.items(), blobs=call.asks("blobs")),
    }
    known = {name: metadata[name] for name in ("library_name", "pipeline_tag") if name in metadata}
    return told | known | ({"cardData": metadata} if card.metadata else {})


def _card(commit: Commit) -> Verdict:
    readme = commit.files.get("README.md")
    return judge(readme.stored.decode("utf-8", "replace")) if readme else Verdict()


def _siblings(files: Iterable[tuple[str, Blob]], *, blobs: bool) -> list[dict[str, Any]]:
    return [{"rfilename": path, **(_sizes(blob) if blobs else {})} for path, blob in sorted(files)]


def _sizes(blob: Blob) -> dict[str, Any]:
    size = len(blob.content)
    told: dict[str, Any] = {"size": size, "blobId": blob.oid}
    if blob.lfs:
        told["lfs"] = {"sha256": blob.sha256, "size": size, "pointerSize": len(blob.stored)}
    return told
