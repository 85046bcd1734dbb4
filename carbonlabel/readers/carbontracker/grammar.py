"""I am the grammar of Carbontracker's messages: I turn one log into an account of its run."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from carbonlabel.errors import MalformedInput, UnsupportedVersion
from carbonlabel.intake import Log
from carbonlabel.parsing import amounts
from carbonlabel.readers.carbontracker.account import Account, Block, Component, Epoch
from carbonlabel.readers.carbontracker.messages import Message, messages, number, seconds

_PREFIX: Final = "CarbonTracker:"
_MOST_COMPONENTS: Final = 8
_NEWEST_MAJOR: Final = 2
_FOUND: Final = re.compile(r"\b(\w{1,32}) with device\(s\) ")
_RELEASE: Final = re.compile(r"(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?", re.ASCII)
_DEFAULT: Final = re.compile(r"Defaulted to average carbon intensity for (\S{1,40}) in")
_ADDRESS: Final = re.compile(r", ([A-Z]{2})(?=\.?\s?$|\. |: \[)")
# A mean is a float: without point, exponent or bracket the line was cut.
_WHOLE: Final = re.compile(r"\[.*\]|[^\[]*(?:\.\d|\de-?\d).*|None|nan", re.DOTALL)


def account(log: Log) -> Account:
    """Everything the log tells of its first tracker, in one pass and in memory for one epoch.

    Carbontracker 1.x writes the messages of later trackers of the same process into every open
    log: the reading ends where they begin.

    Raises:
        MalformedInput: a value is none.
        UnsupportedVersion: Carbontracker 3 or later.
    """
    told = Account()
    for message in messages(log):
        is_output = message.text.startswith(_PREFIX)
        text = message.text.removeprefix(_PREFIX).lstrip()
        if _begins_another(told, text, is_output=is_output):
            told.is_shared = True
            break
        told.is_output |= is_output
        _take(told, text, message)
    told.close()
    return told


def _begins_another(told: Account, text: str, *, is_output: bool) -> bool:
    if not is_output:
        return told.version is not None and text.startswith("carbontracker version ")
    if text.startswith("The following components were found"):
        return told.is_output and told.is_inventoried
    return told.actual is not None and text.startswith(("Actual ", "First "))


def _take(told: Account, text: str, message: Message) -> None:
    told.begin = told.begin or message.when
    told.end = message.when
    for pattern, rule in _GRAMMAR:
        if match := pattern.match(text):
            told.is_known = True
            rule(told, match, message)
            return


def _epoch(told: Account, _match: re.Match[str], at: Message) -> None:
    told.close()
    told.epoch = Epoch(at.where)


def _duration(told: Account, match: re.Match[str], at: Message) -> None:
    if told.epoch and not at.last:
        told.epoch.duration_s = seconds(match[1].strip(), at.where)


def _power(told: Account, match: re.Match[str], at: Message) -> None:
    words = (match[2] or match[3]).strip()
    if told.epoch is None or (at.last and not _WHOLE.fullmatch(words)):
        return
    component = _component(told, match[1], at)
    powers_w = [_watts(word, at) for word in _figures(words)]
    component.figures_count = max(component.figures_count, len(powers_w))
    told.epoch.powers_w[match[1].lower()] = _total(powers_w)


def _figures(words: str) -> list[str]:
    if words.startswith("[") and words.endswith("]"):
        return words.strip("[]").replace(",", " ").split()
    return [words]


def _watts(word: str, at: Message) -> float | None:
    return None if word.lower() in {"none", "nan"} else number(word, at.where)


def _total(powers_w: list[float | None]) -> float | None:
    known_w = [power_w for power_w in powers_w if power_w is not None]
    return sum(known_w) if known_w and len(known_w) == len(powers_w) else None


def _component(told: Account, name: str, at: Message) -> Component:
    component = told.components.setdefault(name.lower(), Component())
    if len(told.components) > _MOST_COMPONENTS:
        raise MalformedInput(
            "more than 8 kinds of component", where=at.where, hint="was the file edited?"
        )
    return component


def _found(told: Account, match: re.Match[str], at: Message) -> None:
    if at.last:  # it may be cut behind the first component: nothing was measured yet
        return
    told.is_inventoried = True
    _, *pieces = _FOUND.split(match[1].strip())
    for name, names in zip(pieces[::2], pieces[1::2], strict=True):
        listed = map(amounts.name, names.strip().removesuffix(".").split(","))
        _component(told, name, at).devices = tuple(filter(None, listed))


def _result(told: Account, match: re.Match[str], at: Message) -> None:
    block = _block(match, at)
    if block and match[1] in {"Actual", "First"}:
        told.actual = block
    elif block:
        told.predicted = block


def _block(match: re.Match[str], at: Message) -> Block | None:
    time = re.search(r"Time:\s+(\S+(?: days?, \S+)?)", match.string)
    energy = re.search(r"Energy:\s+(\S+) kWh", match.string)
    if time is None or energy is None:
        _cut(match[1], at)
        return None
    carbon = re.search(r"CO2eq:\s+(\S+) g\b", match.string)
    return Block(
        at.where,
        int(match[2]) if match[2] else None,
        seconds(time[1], at.where),
        number(energy[1], at.where),
        number(carbon[1], at.where) if carbon and carbon[1] != "nan" else None,
    )


def _cut(name: str, at: Message) -> None:
    if not at.last:
        raise MalformedInput(
            f"{name} has no time or no energy", where=at.where, hint="was the file edited?"
        )


def _intensity(told: Account, match: re.Match[str], at: Message) -> None:
    if match[1] != "nan":
        told.intensity_gco2e_per_kwh = number(match[1], at.where)
    _place(told, match, at)


def _place(told: Account, match: re.Match[str], _at: Message) -> None:
    default = _DEFAULT.search(match.string)
    if default and default[1] in {"world", "EU-28"}:
        told.fallback = default[1]
    for address in _ADDRESS.finditer(match.string):
        told.country = address[1]


def _interrupted(told: Account, match: re.Match[str], _at: Message) -> None:
    # Up to 2.3 every stop() writes this line, mostly about "-1 epochs": that tells nothing.
    planned_count = int(match[1])
    told.planned_count = planned_count if planned_count > 0 else None


def _version(told: Account, match: re.Match[str], at: Message) -> None:
    told.version = amounts.name(match[1])
    release = _RELEASE.match(match[1])
    if release is None:
        return
    major, minor, patch = map(int, release.groups(default="0"))
    told.release = major, minor, patch
    if major > _NEWEST_MAJOR:
        raise UnsupportedVersion(
            f"Carbontracker {told.version} is newer than the versions 1.0 to 2.4 that we read",
            where=at.where,
            hint="update carbonlabel",
        )


def _pue(told: Account, match: re.Match[str], at: Message) -> None:
    if at.last and match.end() == len(match.string):
        return
    told.pue_ratio = number(match[1].rstrip("."), at.where)
    if told.pue_ratio < 1:
        raise MalformedInput(
            f"a PUE of {match[1]} is below 1", where=at.where, hint="was the file edited?"
        )


def _started(told: Account, _match: re.Match[str], at: Message) -> None:
    told.begin = at.when


def _ended(told: Account, _match: re.Match[str], _at: Message) -> None:
    told.close()


_Rule = Callable[[Account, re.Match[str], Message], None]
_GRAMMAR: Final[tuple[tuple[re.Pattern[str], _Rule], ...]] = tuple(
    (re.compile(pattern, re.ASCII | re.DOTALL), rule)
    for pattern, rule in (
        (r"Epoch \d{1,9}:", _epoch),
        (r"Duration: ([^\n]*)", _duration),
        # numpy breaks a long list over lines; a single figure never does.
        (r"Average power usage \(W\) for (\w{1,32}):\s*(?:(\[[^\]]*\])|([^\n]*))", _power),
        (r"Average carbon intensity during training was (\S+) gCO2", _intensity),
        (r"(?:Carbon|Live carbon|Current carbon) intensit", _place),
        (
            (
                r"(Actual|Predicted|First|Prediction)(?: consumption)?"
                r"(?:(?: for)? (\d{1,9}) epoch\(s\))?:"
            ),
            _result,
        ),
        (r"Training was interrupted before all (-?\d{1,9}) epochs", _interrupted),
        (r"carbontracker version (\S{1,64})", _version),
        (r"Only .{1,100} multiplied by a PUE coefficient of ([^\s(]+)", _pue),
        (r"The following components were found:(.*)", _found),
        (r"Monitoring thread started", _started),
        (r"Monitoring thread ended|Finished monitoring", _ended),
    )
)
