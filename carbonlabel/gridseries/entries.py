"""I am the objects of a stranger's JSON: texts and numbers under their names, or a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.parsing import jsontext
from carbonlabel.parsing.samples import shown


@dataclass(frozen=True, slots=True)
class Entry:
    """One object."""

    where: str
    """`history.json data[3]`, for errors."""
    fields: dict[str, jsontext.Value]
    """By name in lower case: some serialisers write `Rating`, others `rating`."""

    def place(self, name: str) -> str:
        """`history.json data[3].value`."""
        return f"{self.where}.{name}"

    def has(self, *names: str) -> bool:
        """Whether all these names are there."""
        return all(name.lower() in self.fields for name in names)

    def text(self, name: str) -> str | None:
        """The text under a name; None where it is null or not there.

        Raises:
            MalformedInput: something else than a text stands there.
        """
        found = self.fields.get(name.lower())
        if found is None or isinstance(found, str):
            return found
        raise MalformedInput(f"{shown(str(found))} is no text", where=self.place(name))

    def needed(self, name: str) -> str:
        """The text under a name.

        Raises:
            MalformedInput: there is none.
        """
        found = self.text(name)
        if found is None:
            raise MalformedInput("is missing", where=self.place(name), hint="was the file edited?")
        return found

    def number(self, name: str) -> float | None:
        """The number under a name; None where it is null.

        Raises:
            MalformedInput: it is missing, or no number.
        """
        if name.lower() not in self.fields:
            raise MalformedInput("is missing", where=self.place(name), hint="was the file edited?")
        found = self.fields[name.lower()]
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise MalformedInput(f"{shown(str(found))} is no number", where=self.place(name))
        return float(found)

    def entry(self, name: str) -> Entry:
        """The object under a name.

        Raises:
            MalformedInput: there is none.
        """
        return _entry(self.fields.get(name.lower()), self.place(name))

    def entries(self, name: str) -> Iterator[Entry]:
        """The objects in the list under a name, or the one object there.

        Raises:
            MalformedInput: something else stands there.
        """
        found = self.fields.get(name.lower())
        listed = found if isinstance(found, list) else [found]
        for number, each in enumerate(listed):
            yield _entry(each, f"{self.place(name)}[{number}]")


def document(log: Log) -> Entry:
    """The object that a file holds; a list stands as its `entries`.

    Raises:
        MalformedInput: it is no JSON, too large, or neither an object nor a list.
    """
    found = jsontext.value(log.document(), where=log.name)
    return _entry({"entries": found} if isinstance(found, list) else found, log.name)


def _entry(found: jsontext.Value, where: str) -> Entry:
    if not isinstance(found, dict):
        raise MalformedInput("is no JSON object", where=where, hint="was the file edited?")
    return Entry(where, {name.lower(): value for name, value in found.items()})
