"""I ask one repository of the Hub for what it holds, and bring it what it shall hold."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO
from typing import Final, TypeVar

from huggingface_hub import (
    CommitInfo,
    CommitOperationAdd,
    CommitOperationDelete,
    Discussion,
    HfApi,
    constants,
    get_session,
    get_token,
    hf_hub_url,
)
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.hf_api import RepoFile

from carbonlabel.errors import HubUnreachable, InputError
from carbonlabel.hub.address import MAIN, Address
from carbonlabel.hub.client import build_hf_headers, hf_raise_for_status
from carbonlabel.hub.patience import Patience, Setback
from carbonlabel.hub.pulls import Pull, is_ours, proposed, told
from carbonlabel.hub.setbacks import caught, is_harmless, is_unknown, setback
from carbonlabel.version import __version__

Answer = TypeVar("Answer")
Operation = CommitOperationAdd | CommitOperationDelete

_TIMEOUT_S: Final = 60.0
_CHUNK_BYTES: Final = 2**16
_LARGEST_BYTES: Final = 2**25
_NOT_FOUND: Final = 404


@dataclass(frozen=True, slots=True)
class State:
    """A repository at one moment."""

    commit: str
    """The full id of the commit that the revision stood for."""
    is_private: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A file at one commit."""

    path: str
    size_bytes: int
    blob: str
    """Its id in git."""
    sha256: str | None
    """Of a file in the large-file store, the digest of its content."""

    def is_of(self, content: bytes) -> bool:
        """Whether the file has this content."""
        if self.sha256 is not None:
            return hashlib.sha256(content).hexdigest() == self.sha256
        return _blob(content) == self.blob


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What one commit brings, and what it says of itself."""

    parent: str
    """The commit that was read; on a branch the Hub refuses the parcel if there is a newer one."""
    title: str
    description: str
    additions: Mapping[str, bytes]
    deletions: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a parcel: its commit, and the pull request that it opened."""

    url: str
    pull_number: int | None


class Remote:
    """One repository; questions are repeated patiently, commits never."""

    def __init__(self, address: Address, patience: Patience) -> None:
        """Take up the client, which finds the token and the address of the Hub by itself."""
        self.address = address
        self.patience = patience
        self.lists_pulls = True
        self._api = _api(constants.ENDPOINT)

    def state(self, revision: str) -> State:
        """The commit that a revision stands for now.

        Raises:
            HubError: the repository or the revision is not there, or cannot be asked.
        """

        def ask() -> State:
            try:
                return self._state(revision)
            except HfHubHTTPError as bad:
                if revision != MAIN or not is_unknown(bad):
                    raise
            return self._state(None)

        return self.asked(ask)

    def entries(self, paths: Sequence[str], commit: str) -> dict[str, Entry]:
        """Those of some paths that are files at a commit.

        Raises:
            HubError: the Hub cannot be asked.
        """

        def ask() -> dict[str, Entry]:
            try:
                return self._listed(paths, commit)
            except HfHubHTTPError as bad:
                if not is_unknown(bad):
                    raise
            # Mirrors that only pass files on do not list them.
            tried = [self._tried(path, commit) for path in paths]
            return {entry.path: entry for entry in tried if entry}

        return self.asked(ask)

    def content(self, entry: Entry, commit: str, most_bytes: int) -> bytes:
        """The bytes of a file at a commit, which are those that git knows by the same id.

        Raises:
            HubError: they did not come, or not as they are.
            InputError: they are more than `most_bytes`.
        """
        if entry.size_bytes > most_bytes:
            raise InputError(
                f"is larger than {most_bytes // 2**20} MiB", where=f"{self.address} {entry.path}"
            )
        return self.asked(lambda: self._whole(entry, self._fetched(entry.path, commit, most_bytes)))

    def has_token(self) -> bool:
        """Whether the client knows who we are."""
        return self.asked(get_token) is not None

    def account(self) -> str:
        """The name of whoever is logged in.

        Raises:
            HubLogin: nobody is, or the token is not valid.
        """
        return self.asked(lambda: _text(self._api.whoami(cache=True)["name"]))

    def pulls(self, author: str, marker: str, title: str) -> list[Pull]:
        """The open pull requests of an author that carry the marker, the oldest first.

        A Hub that does not list them has none that could be found: `lists_pulls` says so then.

        Raises:
            HubError: the Hub cannot be asked, or has no pull requests here.
        """
        found = self.asked(lambda: proposed(self._api, self.address, author, title))
        self.lists_pulls = found is not None
        pulls = [self.asked(partial(self._pull, each, marker, title)) for each in found or ()]
        return sorted((pull for pull in pulls if pull), key=lambda pull: pull.number)

    def deliver(self, parcel: Parcel, revision: str, *, as_pull: bool) -> Delivered:
        """One commit on a branch or, with `as_pull`, on a new pull request; tried once.

        Raises:
            Setback: it was refused, or nobody knows what became of it.
        """
        commit = partial(
            self._api.create_commit,
            self.address.repo,
            commit_message=parcel.title,
            commit_description=parcel.description,
            repo_type=self.address.kind,
            revision=revision,
            create_pr=as_pull,
            parent_commit=parcel.parent,
        )
        try:
            done = _plainly(commit, parcel)
            return Delivered(done.pr_url or done.commit_url, done.pr_num)
        except caught() as bad:
            raise setback(bad, self.address) from _harmless(bad)

    def close(self, pull: Pull, why: str) -> None:
        """Close a pull request that is one too many.

        Raises:
            HubError: the Hub cannot be asked, or does not do it.
        """
        self.asked(
            lambda: self._api.change_discussion_status(
                self.address.repo,
                pull.number,
                "closed",
                repo_type=self.address.kind,
                comment=why,
            )
        )

    def page(self, *steps: str) -> str:
        """The address of a page of the repository."""
        kind = "" if self.address.kind == "model" else f"{self.address.kind}s/"
        return "/".join((self._api.endpoint, f"{kind}{self.address.repo}", *steps))

    def asked(self, ask: Callable[[], Answer]) -> Answer:
        """The answer to a question that may be put again, put again where that may help.

        Raises:
            HubError: no try gave an answer.
        """
        tried_count = 0
        while True:
            try:
                return ask()
            except Setback as found:
                trouble = found
            except caught() as bad:
                trouble = setback(bad, self.address)
                trouble.__cause__ = _harmless(bad)
            tried_count += 1
            self.patience.endure(trouble, tried_count)

    def _fetched(self, path: str, commit: str, most_bytes: int) -> bytes:
        url = hf_hub_url(
            self.address.repo,
            path,
            repo_type=self.address.kind,
            revision=commit,
            endpoint=self._api.endpoint,
        )
        headers = build_hf_headers(library_name="carbonlabel", library_version=__version__)
        with get_session().stream("GET", url, headers=headers, timeout=_TIMEOUT_S) as answer:
            hf_raise_for_status(answer)
            content = bytearray()
            for chunk in answer.iter_bytes(_CHUNK_BYTES):
                content += chunk
                if len(content) > most_bytes:
                    break
            return bytes(content)

    def _pull(self, listed: Discussion, marker: str, title: str) -> Pull | None:
        details = told(self._api, self.address, listed)
        if not is_ours(listed, details, marker, title):
            return None
        # `True` is the Hub's word for conflicts of which it does not say where they are.
        conflicts = bool(details and details.conflicting_files)
        return Pull(listed.num, self.page("discussions", f"{listed.num}"), conflicts)

    def _state(self, revision: str | None) -> State:
        info = self._api.repo_info(
            self.address.repo, repo_type=self.address.kind, revision=revision, timeout=_TIMEOUT_S
        )
        return State(_text(info.sha), bool(info.private))

    def _listed(self, paths: Sequence[str], commit: str) -> dict[str, Entry]:
        found = self._api.get_paths_info(
            self.address.repo, list(paths), revision=commit, repo_type=self.address.kind
        )
        return {
            each.path: Entry(
                each.path, each.size, each.blob_id, each.lfs.sha256 if each.lfs else None
            )
            for each in found
            if isinstance(each, RepoFile)
        }

    def _tried(self, path: str, commit: str) -> Entry | None:
        """A file as it arrives; None where there is none."""
        try:
            content = self._fetched(path, commit, _LARGEST_BYTES)
        except HfHubHTTPError as bad:
            if bad.response.status_code != _NOT_FOUND:
                raise
            return None
        return Entry(path, len(content), _blob(content), None)

    def _whole(self, entry: Entry, content: bytes) -> bytes:
        if entry.is_of(content):
            return content
        error = HubUnreachable(
            f"{entry.path} did not arrive as it is on the Hub",
            where=str(self.address),
            hint="does a proxy stand before the Hub, or change what comes through?",
        )
        raise Setback(error, is_passing=True)


@cache
def _api(endpoint: str) -> HfApi:
    """One client for each Hub: it need not ask for every card who we are."""
    return HfApi(endpoint=endpoint, library_name="carbonlabel", library_version=__version__)


def _plainly(commit: Callable[[list[Operation]], CommitInfo], parcel: Parcel) -> CommitInfo:
    """Commit, with a picture that goes to the large-file store sent by plain HTTP.

    The client sends bytes through its Xet library alone, which some Hubs lack and some networks
    keep out, and which then waits for minutes; a buffer it sends as Git LFS does.
    """
    try:
        with warnings.catch_warnings():
            # The client sends buffers in a way that its own HTTP library warns of.
            warnings.simplefilter("ignore", DeprecationWarning)
            return commit(_operations(parcel, BytesIO))
    except HfHubHTTPError as bad:
        if not _lacks_lfs(bad):
            raise
    return commit(_operations(parcel, bytes))


def _lacks_lfs(bad: HfHubHTTPError) -> bool:
    """Whether it says that a Hub knows no Git LFS: nothing has been committed then."""
    return bad.response.request.url.path.endswith("/info/lfs/objects/batch") and is_unknown(bad)


def _operations(parcel: Parcel, form: type[BytesIO | bytes]) -> list[Operation]:
    return [
        *(CommitOperationAdd(path, form(content)) for path, content in parcel.additions.items()),
        *(CommitOperationDelete(path) for path in parcel.deletions),
    ]


def _blob(content: bytes) -> str:
    """The id that git gives a content."""
    head = b"blob %d\0" % len(content)
    return hashlib.sha1(head + content, usedforsecurity=False).hexdigest()


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise KeyError("the answer lacks a text")
    return value


def _harmless(bad: Exception) -> Exception | None:
    """The exception as a cause to show, unless a secret stands in it."""
    return bad if is_harmless(bad) else None
