"""I answer who somebody is and what they may do."""

from __future__ import annotations

from tests.hub.answers import Answer, reply
from tests.hub.calls import Call
from tests.hub.shelf import Shelf


def whoami(shelf: Shelf, call: Call) -> Answer:
    """The holder of the token."""
    bearer = shelf.known(call)
    orgs = [{"type": "org", "name": name, "roleInOrg": role} for name, role in bearer.orgs.items()]
    token = {"displayName": "test", "role": bearer.role}
    return reply(
        {
            "type": "user",
            "id": bearer.name,
            "name": bearer.name,
            "fullname": bearer.name.title(),
            "isPro": False,
            "orgs": orgs,
            "auth": {"type": "access_token", "accessToken": token},
        }
    )


def may_read(shelf: Shelf, call: Call) -> Answer:
    """200 if the files of the repository can be read."""
    shelf.readable(call)
    return reply({})


def may_write(shelf: Shelf, call: Call) -> Answer:
    """200 if the branches of the repository can be written."""
    shelf.writable(call)
    return reply({})


def harnesses(shelf: Shelf, call: Call) -> Answer:  # noqa: ARG001 - the signature of endpoints
    """The empty register of coding agents that the client asks for once a day."""
    return reply({"harnesses": {}})
