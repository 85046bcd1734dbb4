"""I tell a verification to people, group by group, and to programs as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from carbonlabel.record.problems import printable
from carbonlabel.verification.outcome import GROUPS, Check, Group, Verification

_MARKS: Final[dict[bool | None, str]] = {True: "✓", False: "✗", None: "·"}
_TITLES: Final[dict[Group, str]] = {
    "digest": "Digest",
    "documents": "Documents",
    "figures": "Figures",
    "factors": "Factors",
    "inputs": "Files read",
    "assessment": "Assessment",
}
_FIRST: Final[tuple[Group, ...]] = (
    "inputs",
    "factors",
    "figures",
    "digest",
    "documents",
    "assessment",
)
_WIDTH: Final = 11
_MOST: Final = 12
_NO_ANCHOR: Final = (
    "Nothing holds the names, texts and given figures: give --digest, or the files that were read."
)
_ALL_BUT: Final = "Only what was typed is held by nothing: say it again, or give --digest."


def lines(found: Verification, *, quiet: bool = False) -> Iterator[str]:
    """What was checked, each group with its count; with `quiet` only what does not follow."""
    wrong, rest = list(_faults(found)), list(_open(found))
    told = [_heading(found), *_groups(found)]
    for paragraph in (wrong, rest, list(_verdict(found))):
        told += ["", *paragraph] if paragraph else []
    return (printable(line) for line in (wrong if quiet else told))


def document(found: Verification) -> dict[str, Any]:
    """The same for a program."""
    counts = Counter(each.holds for each in found.checks)
    return {
        "file": found.name,
        "digest": f"jcs-sha256={found.digest}",
        "follows": found.holds,
        "everything_checked": found.is_whole,
        "counts": {
            "follow": counts[True],
            "do_not_follow": counts[False],
            "not_checked": counts[None],
        },
        "checks": [_as_json(each) for each in found.checks],
    }


def _as_json(check: Check) -> dict[str, Any]:
    words = {True: "follows", False: "does not follow", None: "not checked"}
    kept = {key: value for key, value in asdict(check).items() if value is not None}
    kept.pop("is_anchor")
    return {**kept, "holds": words[check.holds]}


def _heading(found: Verification) -> str:
    model = found.disclosure.subject.model or "model not named"
    return f"{found.name}: {model}, digest {found.digest}"


def _groups(found: Verification) -> Iterator[str]:
    for group in GROUPS:
        checks = found.of(group)
        if checks:
            yield f"{_mark(checks)} {_TITLES[group]:{_WIDTH}}{_summary(group, checks)}"


def _mark(checks: Iterable[Check]) -> str:
    states = {each.holds for each in checks}
    if False in states:
        return _MARKS[False]
    return _MARKS[True] if True in states else _MARKS[None]


def _summary(group: Group, checks: Sequence[Check]) -> str:
    match group:
        case "figures":
            return _recomputed(checks)
        case "factors":
            follow = sum(each.holds is True for each in checks)
            return f"{follow} of {len(checks)} factors and works are as in the shipped tables"
        case "inputs":
            held = sum(each.holds is True for each in checks)
            return f"{held} of {len(checks)} have the SHA-256 that is stated"
        case "documents":
            return _agreeing(checks)
        case _:
            return "; ".join(dict.fromkeys(_told(each) for each in checks[:1]))


def _told(check: Check) -> str:
    return check.message[0].lower() + check.message[1:] if check.message else ""


def _recomputed(checks: Sequence[Check]) -> str:
    wrong = sum(each.holds is False for each in checks)
    decided = sum(each.holds is True for each in checks)
    if wrong:
        return f"{decided} recomputed figures and shares follow, {wrong} do not"
    return f"{decided} recomputed figures and shares, all follow"


def _agreeing(checks: Sequence[Check]) -> str:
    names = dict.fromkeys(each.place for each in checks)
    agree = [
        name
        for name in names
        if not any(each.holds is False for each in checks if each.place == name)
        and any(each.is_anchor for each in checks if each.place == name)
    ]
    apart = [name for name in names if any(c.holds is False for c in checks if c.place == name)]
    said = (
        [f"{', '.join(agree)} {'prints' if len(agree) == 1 else 'print'} this digest"]
        if agree
        else []
    )
    return "; ".join(
        [
            *said,
            *(
                [f"{', '.join(apart)} {'does' if len(apart) == 1 else 'do'} not agree"]
                if apart
                else []
            ),
        ]
    )


def _faults(found: Verification) -> Iterator[str]:
    wrong = sorted((each for each in found.checks if each.holds is False), key=_rank)
    for each in wrong[:_MOST]:
        yield f"✗ {_line(each)}"
        if each.found is not None or each.expected is not None:
            yield f"    found {each.found}, expected {each.expected}"
    if len(wrong) > _MOST:
        yield f"✗ and {len(wrong) - _MOST} more, with --json"


def _rank(check: Check) -> tuple[int, int]:
    """What others rest on comes first: a file, then a factor, then a row, then a total."""
    return _FIRST.index(check.group), -check.place.count("/")


def _open(found: Verification) -> Iterator[str]:
    unchecked = list(dict.fromkeys(_line(each) for each in found.checks if each.holds is None))
    if unchecked:
        yield "Not checked"
        yield from (f"· {each}" for each in unchecked[:_MOST])
    if len(unchecked) > _MOST:
        yield f"· and {len(unchecked) - _MOST} more, with --json"


def _line(check: Check) -> str:
    return f"{check.place}: {check.message}" if check.place else check.message


def _verdict(found: Verification) -> Iterator[str]:
    wrong = sum(each.holds is False for each in found.checks)
    if wrong:
        yield f"Not verified: {wrong} of {len(found.checks)} checks do not follow."
    elif found.is_whole:
        yield "Verified: every figure follows, and a digest or the files hold every character."
    else:
        yield "Every figure that could be checked follows."
        repeated = any(each.holds for each in found.of("assessment"))
        yield _ALL_BUT if repeated else _NO_ANCHOR
