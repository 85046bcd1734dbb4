"""I know our own pull requests among those that are open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from huggingface_hub import Discussion, DiscussionComment, DiscussionWithDetails, HfApi
from huggingface_hub.errors import HfHubHTTPError

from carbonlabel.hub.address import Address
from carbonlabel.hub.setbacks import is_unknown

_MOST_PULLS: Final = 30


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


def proposed(api: HfApi, address: Address, author: str, title: str) -> list[Discussion] | None:
    """The open pull requests of an author, the likely ones first; None if the Hub lists none.

    Raises:
        HfHubHTTPError: the Hub says no.
    """
    try:
        found = list(
            api.get_repo_discussions(
                address.repo,
                author=author,
                discussion_type="pull_request",
                discussion_status="open",
                repo_type=address.kind,
            )
        )
    except HfHubHTTPError as bad:
        if not is_unknown(bad):
            raise
        return None
    open_ones = [
        each for each in found if each.is_pull_request and each.author == author and _is_open(each)
    ]
    # A title can be changed by those who review: it decides only who is looked at first.
    likely = sorted(open_ones, key=lambda each: (each.title != title, each.num))
    return likely[:_MOST_PULLS]


def told(api: HfApi, address: Address, listed: Discussion) -> DiscussionWithDetails | None:
    """What is said in a pull request; None from a Hub that tells of none.

    Raises:
        HfHubHTTPError: the Hub says no.
    """
    try:
        return api.get_discussion_details(address.repo, listed.num, repo_type=address.kind)
    except HfHubHTTPError as bad:
        if not is_unknown(bad):
            raise
        return None


def is_ours(
    listed: Discussion, details: DiscussionWithDetails | None, marker: str, title: str
) -> bool:
    """Whether a pull request of this account is open and brings a label.

    The marker in its description says so; where the Hub does not tell the description, the title.
    """
    if details is None:
        return listed.title == title
    comments = [each for each in details.events if isinstance(each, DiscussionComment)]
    # The first is the description, wherever it stands among the events.
    is_marked = marker in (comments[0].content or "") if comments else listed.title == title
    return is_marked and _is_open(details)


def _is_open(pull: Discussion) -> bool:
    return pull.status in {"open", "draft"}
