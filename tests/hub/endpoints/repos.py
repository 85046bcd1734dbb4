"""I make, change and delete repositories, their branches and their tags."""

from __future__ import annotations

from tests.hub.answers import Answer, Refused, reply
from tests.hub.calls import Call
from tests.hub.repository import MAIN, Kind, Repository
from tests.hub.shelf import Shelf


def create(shelf: Shelf, call: Call) -> Answer:
    """A new repository; 409 with its address if there is one of that name."""
    wanted = call.json()
    kind, repo_id = _named(shelf, call)
    if not shelf.known(call).may_write(repo_id):
        space = repo_id.partition("/")[0]
        raise Refused(
            403, f'You don\'t have the rights to create a {kind} under the namespace "{space}"'
        )
    with shelf.lock:
        if (kind, repo_id) in shelf.repositories:
            told = {
                "error": f"You already created this {kind} repo",
                "url": shelf.web(shelf.repositories[kind, repo_id]),
            }
            return reply(told, 409, X_Error_Message=told["error"])
        made = Repository(repo_id, kind, shelf.clock)
        made.private = wanted.get("visibility") == "private"
        shelf.repositories[kind, repo_id] = made
    return reply({"url": shelf.web(made), "name": repo_id, "id": repo_id})


def delete(shelf: Shelf, call: Call) -> Answer:
    """The end of a repository."""
    kind, repo_id = _named(shelf, call)
    found = shelf.repositories.get((kind, repo_id))
    if found is None or not shelf.sees(call.bearer, found):
        raise Refused(404, "Repository not found", "RepoNotFound")
    if not shelf.known(call).may_write(repo_id):
        raise Refused(403, "Forbidden")
    with shelf.lock:
        del shelf.repositories[kind, repo_id]
    return reply({})


def _named(shelf: Shelf, call: Call) -> tuple[Kind, str]:
    wanted = call.json()
    namespace = wanted.get("organization") or shelf.known(call).name
    kind: Kind = wanted.get("type") or "model"
    if kind not in {"model", "dataset", "space"}:
        raise Refused(400, "Invalid repo type")
    return kind, f"{namespace}/{wanted['name']}"


def settings(shelf: Shelf, call: Call) -> Answer:
    """Who may see a repository, and whether its files are gated."""
    repository, wanted = shelf.writable(call), call.json()
    if "visibility" in wanted:
        repository.private = wanted["visibility"] == "private"
    if "gated" in wanted:
        repository.gated = wanted["gated"] or None
    return reply({"private": repository.private, "gated": repository.gated or False})


def refs(shelf: Shelf, call: Call) -> Answer:
    """The branches and tags and, if asked for, the pull requests."""
    repository = shelf.repository(call)
    with repository.lock:
        branches, tags = dict(repository.branches), dict(repository.tags)
    pulls = {name: oid for name, oid in branches.items() if name.startswith("refs/")}
    told: dict[str, object] = {
        "branches": [_ref(name, "refs/heads/", branches[name]) for name in branches.keys() - pulls],
        "converts": [],
        "tags": [_ref(name, "refs/tags/", oid) for name, oid in tags.items()],
    }
    if call.asks("include_prs"):
        told["pullRequests"] = [_ref(name, "", oid) for name, oid in pulls.items()]
    return reply(told)


def _ref(name: str, prefix: str, oid: str) -> dict[str, str]:
    return {"name": name, "ref": f"{prefix}{name}", "targetCommit": oid}


def branch(shelf: Shelf, call: Call) -> Answer:
    """A new branch."""
    repository, name = shelf.writable(call), call.places["rev"]
    with repository.lock:
        if name in repository.branches:
            raise Refused(409, f"Reference already exists: {name}")
        start = repository.at(call.json().get("startingPoint") or MAIN)
        repository.branches[name] = start.oid
    return reply({})


def drop_branch(shelf: Shelf, call: Call) -> Answer:
    """The end of a branch."""
    repository, name = shelf.writable(call), call.places["rev"]
    if name == MAIN or name not in repository.branches:
        raise Refused(404, f"Invalid rev id: {name}", "RevisionNotFound")
    with repository.lock:
        del repository.branches[name]
    return reply({})


def tag(shelf: Shelf, call: Call) -> Answer:
    """A new tag on a revision."""
    repository, name = shelf.writable(call), call.json()["tag"]
    with repository.lock:
        if name in repository.tags:
            raise Refused(409, f"Tag already exists: {name}")
        repository.tags[name] = repository.at(call.places["rev"]).oid
    return reply({})
