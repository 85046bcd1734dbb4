"""I map a method and a path to an endpoint; the name of a route is what a test calls it by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import unquote, urlsplit

from tests.hub.answers import Answer, refusal
from tests.hub.calls import Call
from tests.hub.endpoints import accounts, commits, community, files, info, large, repos
from tests.hub.shelf import KINDS, Shelf

Endpoint = Callable[[Shelf, Call], Answer]
REPO: Final = "api/{kind}/{org}/{name}"
TALK: Final = f"{REPO}/discussions/{{num}}"


@dataclass(frozen=True)
class Route:
    """One kind of call: `{x}` in the path is one segment, `{x*}` is all that is left."""

    name: str
    method: str
    path: str
    endpoint: Endpoint

    @cached_property
    def parts(self) -> list[str]:
        """The segments of the pattern."""
        return self.path.split("/")

    def places(self, segments: list[str]) -> dict[str, str] | None:
        """What stands in the places of the pattern, or None if the path is another."""
        found: dict[str, str] = {}
        for at, part in enumerate(self.parts):
            if part.endswith("*}") and len(segments) > at:
                return {**found, part[1:-2]: "/".join(map(unquote, segments[at:]))}
            if at >= len(segments):
                return None
            if part.startswith("{"):
                stem, _, end = part[1:].partition("}")
                if not segments[at].endswith(end):
                    return None
                found[stem] = unquote(segments[at].removesuffix(end))
            elif part != segments[at]:
                return None
        return found if len(segments) == len(self.parts) else None


ROUTES: Final = (
    Route("whoami", "GET", "api/whoami-v2", accounts.whoami),
    Route("harnesses", "GET", "api/agent-harnesses", accounts.harnesses),
    Route("validate-yaml", "POST", "api/validate-yaml", commits.validate_card),
    Route("create-repo", "POST", "api/repos/create", repos.create),
    Route("delete-repo", "DELETE", "api/repos/delete", repos.delete),
    Route("large-put", "PUT", "lfs/{oid}", large.put),
    Route("list", "GET", "api/{kind}", info.listing),
    Route("info", "GET", REPO, info.info),
    Route("info", "GET", f"{REPO}/revision/{{rev}}", info.info_at),
    Route("auth-check", "GET", f"{REPO}/auth-check", accounts.may_read),
    Route("auth-check", "GET", f"{REPO}/auth-check/write", accounts.may_write),
    Route("settings", "PUT", f"{REPO}/settings", repos.settings),
    Route("refs", "GET", f"{REPO}/refs", repos.refs),
    Route("branch", "POST", f"{REPO}/branch/{{rev}}", repos.branch),
    Route("branch", "DELETE", f"{REPO}/branch/{{rev}}", repos.drop_branch),
    Route("tag", "POST", f"{REPO}/tag/{{rev}}", repos.tag),
    Route("tree", "GET", f"{REPO}/tree/{{rev}}", files.tree),
    Route("tree", "GET", f"{REPO}/tree/{{rev}}/{{path*}}", files.tree),
    Route("paths-info", "POST", f"{REPO}/paths-info/{{rev}}", files.paths_info),
    Route("history", "GET", f"{REPO}/commits/{{rev}}", files.history),
    Route("preupload", "POST", f"{REPO}/preupload/{{rev}}", commits.preupload),
    Route("commit", "POST", f"{REPO}/commit/{{rev}}", commits.commit),
    Route("discussions", "GET", f"{REPO}/discussions", community.listing),
    Route("discuss", "POST", f"{REPO}/discussions", community.start),
    Route("discussion", "GET", TALK, community.details),
    Route("comment", "POST", f"{TALK}/comment", community.comment),
    Route("title", "POST", f"{TALK}/title", community.title),
    Route("status", "POST", f"{TALK}/status", community.status),
    Route("merge", "POST", f"{TALK}/merge", community.merging),
    Route("large-batch", "POST", "{org}/{name}.git/info/lfs/objects/batch", large.batch),
    Route("large-verify", "POST", "{org}/{name}.git/info/lfs/verify", large.verify),
    Route("resolve", "GET", "{org}/{name}/resolve/{rev}/{path*}", files.resolve),
    Route("raw", "GET", "{org}/{name}/raw/{rev}/{path*}", files.raw),
)
NAMES: Final = frozenset(route.name for route in ROUTES)


def not_found(shelf: Shelf, call: Call) -> Answer:  # noqa: ARG001 - the signature of endpoints
    """404: the real Hub may know this call, this one does not (Xet among them)."""
    return refusal(404, "Sorry, we can't find the page you are looking for.")


def routed(call: Call) -> Endpoint:
    """The endpoint for a call, which learns the name of its route and what is in its path."""
    segments = urlsplit(call.target).path.strip("/").split("/")
    kind = ""
    if segments[0] in KINDS:
        # The web address of a dataset or Space begins with its kind; a model's does not.
        kind, *segments = segments
    method = "GET" if call.method == "HEAD" else call.method
    for route in ROUTES:
        found = route.places(segments) if route.method == method else None
        if found is not None and found.get("kind", "models") in KINDS:
            call.name, call.places = route.name, _with_repo(found, kind)
            return route.endpoint
    return not_found


def _with_repo(found: dict[str, str], kind: str) -> Mapping[str, str]:
    if "org" not in found:
        return found
    return {"kind": kind or "models", **found, "repo": f"{found['org']}/{found['name']}"}
