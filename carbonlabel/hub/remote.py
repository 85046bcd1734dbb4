"""I ask one repository of the Hub for what it holds, and bring it what it shall hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final, TypeVar

from huggingface_hub import (
    CommitOperationAdd,
    CommitOperationDelete,
    HfApi,
    constants,
    get_session,
    get_token,
    hf_hub_url,
)
from huggingface_hub.hf_api import RepoFile

from carbonlabel.errors import HubUnreachable, InputError
from carbonlabel.hub.address import Address
from carbonlabel.hub.client import build_hf_headers, hf_raise_for_status
from carbonlabel.hub.patience import Patience, Setback
from carbonlabel.hub.setbacks import caught, setback, without_secrets
from carbonlabel.version import __version__

Answer = TypeVar("Answer")

_TIMEOUT_S: Final = 60.0
_CHUNK_BYTES: Final = 2**16
_MOST_PULLS: Final = 30


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
        blob = b"blob %d\0" % len(content) + content
        return hashlib.sha1(blob, usedforsecurity=False).hexdigest() == self.blob


@dataclass(frozen=True, slots=True)
class Pull:
    """An open pull request of ours."""

    number: int
    url: str
    is_conflicting: bool

    @property
    def revision(self) -> str:
        """The branch behind it."""
        return f"refs/pr/{self.number}"


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
        self._api = _api(constants.ENDPOINT)

    def state(self, revision: str) -> State:
        """The commit that a revision stands for now.

        Raises:
            HubError: the repository or the revision is not there, or cannot be asked.
        """

        def ask() -> State:
            told = self._api.repo_info(
                self.address.repo,
                repo_type=self.address.kind,
                revision=revision,
                timeout=_TIMEOUT_S,
            )
            return State(_text(told.sha), bool(told.private))

        return self.asked(ask)

    def entries(self, paths: Sequence[str], commit: str) -> dict[str, Entry]:
        """Those of some paths that are files at a commit.

        Raises:
            HubError: the Hub cannot be asked.
        """

        def ask() -> dict[str, Entry]:
            told = self._api.get_paths_info(
                self.address.repo, list(paths), revision=commit, repo_type=self.address.kind
            )
            return {
                each.path: Entry(
                    each.path, each.size, each.blob_id, each.lfs.sha256 if each.lfs else None
                )
                for each in told
                if isinstance(each, RepoFile)
            }

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

        Raises:
            HubError: the Hub cannot be asked, or has no pull requests here.
        """
        numbers = self.asked(lambda: self._numbers(author, title))
        found = [self.asked(partial(self._pull, number, marker)) for number in numbers]
        return sorted((pull for pull in found if pull), key=lambda pull: pull.number)

    def deliver(self, parcel: Parcel, revision: str, *, as_pull: bool) -> Delivered:
        """One commit on a branch or, with `as_pull`, on a new pull request; tried once.

        Raises:
            Setback: it was refused, or nobody knows what became of it.
        """
        try:
            done = self._api.create_commit(
                self.address.repo,
                _operations(parcel),
                commit_message=parcel.title,
                commit_description=parcel.description,
                repo_type=self.address.kind,
                revision=revision,
                create_pr=as_pull,
                parent_commit=parcel.parent,
            )
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

    def _whole(self, entry: Entry, content: bytes) -> bytes:
        if entry.is_of(content):
            return content
        error = HubUnreachable(
            f"{entry.path} did not arrive as it is on the Hub",
            where=str(self.address),
            hint="does a proxy stand before the Hub, or change what comes through?",
        )
        raise Setback(error, is_passing=True)

    def _numbers(self, author: str, title: str) -> list[int]:
        found = self._api.get_repo_discussions(
            self.address.repo,
            author=author,
            discussion_type="pull_request",
            discussion_status="open",
            repo_type=self.address.kind,
        )
        open_ones = [
            each
            for each in found
            if each.is_pull_request and each.author == author and each.status in {"open", "draft"}
        ]
        # A title can be changed by those who review: it decides only who is looked at first.
        likely = sorted(open_ones, key=lambda each: (each.title != title, each.num))
        return [each.num for each in likely[:_MOST_PULLS]]

    def _pull(self, number: int, marker: str) -> Pull | None:
        told = self._api.get_discussion_details(
            self.address.repo, number, repo_type=self.address.kind
        )
        texts = [getattr(event, "content", None) or "" for event in told.events[:1]]
        if told.status not in {"open", "draft"} or not any(marker in text for text in texts):
            return None
        # `True` is the Hub's word for conflicts of which it does not say where they are.
        return Pull(number, self.page("discussions", f"{number}"), bool(told.conflicting_files))


@cache
def _api(endpoint: str) -> HfApi:
    """One client for each Hub: it need not ask for every card who we are."""
    return HfApi(endpoint=endpoint, library_name="carbonlabel", library_version=__version__)


def _operations(parcel: Parcel) -> list[CommitOperationAdd | CommitOperationDelete]:
    return [
        *(CommitOperationAdd(path, content) for path, content in parcel.additions.items()),
        *(CommitOperationDelete(path) for path in parcel.deletions),
    ]


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise KeyError("the answer lacks a text")
    return value


def _harmless(bad: Exception) -> Exception | None:
    """The exception as a cause to show, unless a secret stands in it."""
    return bad if without_secrets(str(bad)) == str(bad) else None
