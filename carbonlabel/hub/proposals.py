"""I word the commits and pull requests that bring a label."""

from __future__ import annotations

from typing import Final

from carbonlabel.cards.splice import has_block
from carbonlabel.hub.contents import Contents
from carbonlabel.hub.planning import Plan
from carbonlabel.version import __version__

MARKER: Final = "<!-- carbonlabel:pull-request -->"
"""Stands in the description of every pull request of ours: by it we know them again."""
TITLE: Final = "Add the carbon label"
_UPDATED: Final = "Update the carbon label"
CLOSED: Final = (
    "Closed by carbonlabel: an older pull request of this account brings the same label."
)


def title(plan: Plan) -> str:
    """What a commit to a branch says in its first line."""
    return _UPDATED if has_block(plan.before) else TITLE


def description(plan: Plan, contents: Contents) -> str:
    """What a commit to a branch says below."""
    files = "\n".join(f"- `{line.replace('  ', '`: ', 1)}" for line in plan.files())
    return (
        f"{files}\n\nDisclosure `carbon.json#jcs-sha256={contents.digest}`.\n"
        f"Made with carbonlabel {__version__}."
    )


def invitation(plan: Plan, contents: Contents) -> str:
    """The description of a pull request; it holds no figure, which a later commit could change."""
    return (
        "This adds a carbon label to the card: its footprint with ranges, sources and what was left"
        " out, the figure in `co2_eq_emissions`, and the disclosure that all of it is drawn"
        " from.\n\n"
        "In the card only that key and the section between the `carbonlabel` markers change; every"
        " other byte stays. `carbonlabel embed README.md --remove` takes both out again.\n\n"
        f"{description(plan, contents)}\n\n{MARKER}"
    )
