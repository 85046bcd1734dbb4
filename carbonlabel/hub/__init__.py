"""What goes to the Hugging Face Hub and what is read from it.

`push(disclosure, to)` brings a label to a repository; `fetch(address)` reads a card, and the
disclosure beside it, at one commit; `is_address(text)` knows `hf:ORG/NAME` from a file. Nothing
else in the package touches the network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carbonlabel.hub.address import Address, Kind, address, is_address
from carbonlabel.hub.fetching import Fetched, fetch
from carbonlabel.hub.patience import Patience

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure

__all__ = ["Address", "Fetched", "Patience", "address", "fetch", "is_address", "push"]


def push(  # noqa: PLR0913 - what the command line can say, each by name
    disclosure: Disclosure,
    to: str,
    *,
    direct: bool = False,
    revision: str | None = None,
    repo_type: Kind = "model",
    force: bool = False,
) -> str:
    """Bring the label into a card on the Hub; returns the address of the pull request or commit.

    `to` is `ORG/NAME`. A pull request is opened, or the one that is open is brought up to date;
    with `direct` the change is committed to main, or to `revision`. The card, the picture and
    carbon.json change in one commit, made from what was read; a card that has all of it already is
    left alone. `force` replaces another figure, and lets errors found in the disclosure pass.

    Raises:
        FigureDiffers: the card declares another figure.
        CardRefused: the card cannot be edited without touching a foreign byte.
        HubError: the Hub says no, or cannot be asked; the repository is as it was, or complete.
        InputError: an error was found in the disclosure, or `to` is no repository.
    """
    from carbonlabel.hub.pushing import Wish, pushed  # noqa: PLC0415 - reading needs it not

    place = address(to, kind=None if repo_type == "model" else repo_type, revision=revision)
    wish = Wish(is_direct=direct, is_forced=force)
    return pushed(disclosure, place, wish, Patience()).url
