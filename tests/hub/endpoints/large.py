"""I am the large-file store: told what is to come, I take it and check it."""

from __future__ import annotations

import hashlib
from typing import Any

from tests.hub.answers import Answer, Refused, reply
from tests.hub.calls import Call
from tests.hub.shelf import Shelf


def batch(shelf: Shelf, call: Call) -> Answer:
    """Where to put each object; those that are here already need no upload."""
    asked = call.json()
    # Without a `ref` the upload is for a pull request, which many may open.
    if "ref" in asked:
        shelf.writable(call, asked["ref"]["name"])
    else:
        shelf.proposable(call)
    return reply(
        {"transfer": "basic", "objects": [_slot(shelf, call, each) for each in asked["objects"]]}
    )


def _slot(shelf: Shelf, call: Call, asked: dict[str, Any]) -> dict[str, Any]:
    slot = {"oid": asked["oid"], "size": asked["size"]}
    if asked["oid"] in shelf.large_files:
        return slot
    href = f"{shelf.endpoint}/lfs/{asked['oid']}"
    verify = f"{shelf.endpoint}{call.path.removesuffix('/objects/batch')}/verify"
    return {**slot, "actions": {"upload": {"href": href}, "verify": {"href": verify}}}


def put(shelf: Shelf, call: Call) -> Answer:
    """The bytes of an object, kept if they are those that were announced."""
    oid = call.places["oid"]
    if hashlib.sha256(call.body).hexdigest() != oid:
        raise Refused(400, "The content does not match its sha256")
    with shelf.lock:
        shelf.large_files[oid] = call.body
    return Answer(200, {"ETag": f'"{oid}"'})


def verify(shelf: Shelf, call: Call) -> Answer:
    """200 if an object has arrived in its full size."""
    asked = call.json()
    content = shelf.large_files.get(asked["oid"])
    if content is None or len(content) != asked["size"]:
        raise Refused(404, "Object not found")
    return reply({})
