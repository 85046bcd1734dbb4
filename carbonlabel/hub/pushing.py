"""I bring a label to the Hub: once, whatever happens on the way, and not over another figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from carbonlabel.errors import HubError, HubForbidden, InputError
from carbonlabel.hub import proposals
from carbonlabel.hub.address import MAIN, Address
from carbonlabel.hub.contents import Contents, contents, sound
from carbonlabel.hub.patience import ROUNDS_COUNT, Patience, Setback
from carbonlabel.hub.planning import Plan, planned
from carbonlabel.hub.pulls import Pull
from carbonlabel.hub.remote import Delivered, Remote
from carbonlabel.model.disclosure import Disclosure

Act = Literal["opened", "updated", "committed", "unchanged", "shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a label shall reach a repository."""

    is_direct: bool = False
    """Commit to the branch, instead of opening a pull request."""
    is_forced: bool = False
    """Replace another figure, and let errors in the disclosure pass."""
    replaces_generated: bool = False
    """Take out the sections on emissions that a training library wrote."""
    is_dry: bool = False
    """Find out what would change, and change nothing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a push."""

    act: Act
    url: str
    """Of the pull request, the commit, or the card that was as it should be."""
    diff: bytes = b""
    """What would change in the card, where nothing was sent."""


def pushed(disclosure: Disclosure, address: Address, wish: Wish, patience: Patience) -> Outcome:
    """Bring the label of a disclosure into a repository.

    Raises:
        InputError: a pull request was asked for to another branch than main.
        InvalidDocument: an error was found in the disclosure.
        CardRefused: the card cannot be edited without touching a foreign byte.
        FigureDiffers: the card declares another figure.
        WriteError: a foreign carbon.json is in the way.
        HubError: the Hub says no, or cannot be asked; the repository is as it was, or complete.
    """
    if not wish.is_direct and address.revision != MAIN:
        raise InputError(
            "a pull request goes to main", where=str(address), hint="another branch needs --direct"
        )
    sent = sound(disclosure, force=wish.is_forced)
    made = contents(sent, replaces_generated=wish.replaces_generated)
    errand = _Errand(Remote(address, patience), made, wish)
    return errand.direct() if wish.is_direct else errand.proposed()


@dataclass(slots=True)
class _Errand:
    """One push, with what it has tried so far."""

    remote: Remote
    contents: Contents
    wish: Wish
    tried_count: int = field(default=0, init=False)
    stale_count: int = field(default=0, init=False)
    is_sent: bool = field(default=False, init=False)
    """Whether a parcel went out of which nobody knows what became of it."""
    announced: tuple[str, ...] = field(default=(), init=False)

    def direct(self) -> Outcome:
        """Commit to the branch."""
        branch = self.remote.address.revision
        while True:
            plan = self._planned(branch)
            if plan.is_empty:
                url = self.remote.page("commit", plan.state.commit)
                return Outcome("committed" if self.is_sent else "unchanged", url)
            self._announce(plan, f"branch {branch}")
            if self.wish.is_dry:
                return self._shown(plan)
            done = self._delivered(plan, branch)
            if done is not None:
                return Outcome("committed", done.url)

    def proposed(self) -> Outcome:
        """Open a pull request, or bring our open one up to date."""
        author = None
        while True:
            plan = self._planned(MAIN)
            if plan.is_empty:
                return Outcome("unchanged", self.remote.page())
            if self.wish.is_dry and not self.remote.has_token():
                self._announce(plan, "a new pull request")
                return self._shown(plan)
            author = author or self.remote.account()
            pull = self._own_pull(author)
            outcome = self._update(pull) if pull else self._open(plan, author)
            if outcome is not None:
                return outcome

    def _update(self, pull: Pull) -> Outcome | None:
        """Commit to our pull request; None where all must be looked at again."""
        plan = self._planned(pull.revision, is_ours=True)
        if plan.is_empty:
            return Outcome("opened" if self.is_sent else "unchanged", pull.url)
        self._announce(plan, f"our pull request #{pull.number}")
        if pull.is_conflicting:
            self._tell(
                f"Pull request #{pull.number} conflicts with main: to begin anew, close it and"
                " push again."
            )
        if self.wish.is_dry:
            return self._shown(plan)
        done = self._delivered(plan, pull.revision)
        return Outcome("updated", pull.url) if done else None

    def _open(self, plan: Plan, author: str) -> Outcome | None:
        """Open a pull request; None where all must be looked at again."""
        self._announce(plan, "a new pull request")
        if self.wish.is_dry:
            return self._shown(plan)
        done = self._delivered(plan, MAIN, as_pull=True)
        if done is None or done.pull_number is None:
            return None
        return Outcome("opened", done.url) if self._is_first(done.pull_number, author) else None

    def _is_first(self, number: int, author: str) -> bool:
        """Whether no older pull request of ours is open: an answer may come very late."""
        try:
            pulls = self._pulls(author)
        except HubError:
            return True
        return not pulls or pulls[0].number >= number

    def _own_pull(self, author: str) -> Pull | None:
        """The pull request of ours that stays open; any others are closed."""
        pulls = self._pulls(author)
        for extra in pulls[1:] if not self.wish.is_dry else ():
            self._tell(f"Closing pull request #{extra.number}, for #{pulls[0].number} is older.")
            self.remote.close(extra, proposals.CLOSED)
        return pulls[0] if pulls else None

    def _pulls(self, author: str) -> list[Pull]:
        return self.remote.pulls(author, proposals.MARKER, proposals.TITLE)

    def _planned(self, revision: str, *, is_ours: bool = False) -> Plan:
        return planned(
            self.remote, self.contents, revision, force=self.wish.is_forced, is_ours=is_ours
        )

    def _delivered(self, plan: Plan, revision: str, *, as_pull: bool = False) -> Delivered | None:
        """Send the plan once; None where nobody knows what became of it, or others were faster.

        Raises:
            HubError: the Hub says no, or has said too often that it cannot.
        """
        words = proposals.invitation if as_pull else proposals.description
        title = proposals.TITLE if as_pull else proposals.title(plan)
        parcel = plan.parcel(title, words(plan, self.contents))
        try:
            return self.remote.deliver(parcel, revision, as_pull=as_pull)
        except Setback as trouble:
            self._recover(trouble, plan, is_pull=revision.startswith("refs/pr/"))
            return None

    def _recover(self, trouble: Setback, plan: Plan, *, is_pull: bool) -> None:
        """Wait for the next try, if there should be one."""
        if trouble.is_stale and self.stale_count < ROUNDS_COUNT:
            self.stale_count += 1
            self._tell("Somebody else was faster; reading the card again.")
            self.remote.patience.give_way(self.stale_count, plan.after)
            return
        self.tried_count += 1
        if is_pull and isinstance(trouble.error, HubForbidden) and self.tried_count == 1:
            # It may have been merged or closed between reading and writing.
            self._tell("Our pull request cannot be written to; looking at it again.")
            return
        self.is_sent = self.is_sent or trouble.is_passing
        if not self.remote.lists_pulls:
            # Nobody could tell whether it arrived.
            raise trouble.error from trouble.__cause__
        self.remote.patience.endure(trouble, self.tried_count)

    def _announce(self, plan: Plan, goal: str) -> None:
        """Say what will be seen by whom, before anything is sent."""
        repo, files = self.remote.address.repo, tuple(plan.files())
        if (goal, *files) == self.announced:
            return
        self.announced = (goal, *files)
        seen = "those who see this private repository" if plan.state.is_private else "everybody"
        self._tell(f"{repo} at {plan.state.commit[:8]}, as {goal}; to be seen by {seen}:")
        for line in files:
            self._tell(f"  {line}")
        if plan.replaced is not None:
            self._tell(f"  the figure {plan.replaced} goes, {self.contents.figure} comes")
        # A dry run shows the whole change.
        cut = b"" if self.wish.is_dry else plan.cut()
        for line in (*cut.decode().splitlines(), *plan.remarks()):
            self._tell(f"  {line}")

    def _shown(self, plan: Plan) -> Outcome:
        return Outcome("shown", self.remote.page(), plan.diff())

    def _tell(self, line: str) -> None:
        self.remote.patience.tell(line)
