"""I keep the community tab: listings, discussions, comments, titles, statuses and merges."""

from __future__ import annotations

from typing import Any

from tests.hub.answers import Answer, Refused, reply, stamp
from tests.hub.calls import Call
from tests.hub.discussions import Discussion
from tests.hub.pulls import conflicts, diff, listed, merge, open_discussion, settle
from tests.hub.repository import Repository
from tests.hub.shelf import Shelf


def listing(shelf: Shelf, call: Call) -> Answer:
    """A page of the discussions that fit, newest first."""
    repository = _with_discussions(shelf, call)
    kind, status, author = (call.asked(name) for name in ("type", "status", "author"))
    fitting = listed(repository, kind, status, author)
    start = int(call.asked("p", "0")) * shelf.page_count
    shown = fitting[start : start + shelf.page_count]
    rows = [_row(repository, each) for each in shown]
    return reply({"discussions": rows, "count": len(fitting), "start": start})


def _with_discussions(shelf: Shelf, call: Call) -> Repository:
    repository = shelf.repository(call)
    if repository.discussions_off:
        raise Refused(403, "Discussions are disabled for this repo")
    return repository


def _row(repository: Repository, discussion: Discussion) -> dict[str, Any]:
    return {
        "num": discussion.num,
        "title": discussion.title,
        "status": discussion.status,
        "createdAt": stamp(discussion.at),
        "author": {"name": discussion.author},
        "isPullRequest": discussion.is_pull_request,
        "repo": {"name": repository.id, "type": repository.kind},
    }


def details(shelf: Shelf, call: Call) -> Answer:
    """One discussion with its events and, for a pull request, what it changes."""
    repository = _with_discussions(shelf, call)
    with repository.lock:
        found = shelf.discussion(call, repository)
        told = {**_row(repository, found), "events": list(found.events)}
        if found.is_pull_request:
            changes = {"base": "refs/heads/main"}
            if found.merged_as:
                changes["mergeCommitId"] = found.merged_as
            told |= {"changes": changes, "filesWithConflicts": conflicts(repository, found)}
            told["diff"] = diff(repository, found)
    return reply(told)


def start(shelf: Shelf, call: Call) -> Answer:
    """A new discussion, or an empty pull request, which begins as a draft."""
    repository, asked = shelf.proposable(call), call.json()
    author = shelf.known(call).name
    base = repository.head if asked.get("pullRequest") else None
    opened = open_discussion(repository, asked["title"], author, base=base)
    opened.comment(author, opened.at, asked.get("description", ""))
    if base:
        opened.status = "draft"
    return reply({"num": opened.num})


def comment(shelf: Shelf, call: Call) -> Answer:
    """A comment."""
    repository = shelf.proposable(call)
    found, author = shelf.discussion(call, repository), shelf.known(call).name
    text = call.json().get("comment")
    if not text:
        raise Refused(400, "A comment needs text")
    return reply({"newMessage": found.comment(author, repository.clock.tick(), text)})


def title(shelf: Shelf, call: Call) -> Answer:
    """A new title."""
    repository, found = _steered(shelf, call)
    author, text = shelf.known(call).name, call.json()["title"]
    return reply({"newTitle": found.rename(author, repository.clock.tick(), text)})


def status(shelf: Shelf, call: Call) -> Answer:
    """A discussion closed or opened again, with a comment if one came along."""
    repository, found = _steered(shelf, call)
    author, asked = shelf.known(call).name, call.json()
    if asked.get("status") not in {"open", "closed"}:
        raise Refused(400, "The status must be open or closed")
    if asked.get("comment"):
        found.comment(author, repository.clock.tick(), asked["comment"])
    return reply({"newStatus": settle(repository, found, author, asked["status"])})


def _steered(shelf: Shelf, call: Call) -> tuple[Repository, Discussion]:
    """The discussion, if it is the caller's own or in a repository they write to."""
    repository = shelf.proposable(call)
    found, bearer = shelf.discussion(call, repository), shelf.known(call)
    if bearer.name != found.author and not bearer.may_write(repository.id):
        raise Refused(403, "Forbidden")
    return repository, found


def merging(shelf: Shelf, call: Call) -> Answer:
    """A pull request merged into main."""
    repository = shelf.writable(call)
    found, author = shelf.discussion(call, repository), shelf.known(call).name
    if call.json().get("comment"):
        found.comment(author, repository.clock.tick(), call.json()["comment"])
    merge(repository, found, author)
    return reply({})
