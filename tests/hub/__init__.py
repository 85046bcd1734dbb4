"""I am a Hugging Face Hub for tests: the protocol on this machine, with faults and races.

```python
def test_a_lost_answer_is_not_a_second_commit(hub: Hub, api: HfApi) -> None:
    repository = hub.create("acme/tiny", {"README.md": CARD})
    hub.on("commit", LostAnswer())
    ...  # drive the client, or the program, at hub.endpoint
    assert len(repository.history()) == 3
    assert [call.status for call in hub.calls("commit")] == [None]
```

The fixtures `hub`, `api` and `hub_settings` are in `tests.hub.fixtures`;
`python -m tests.hub --help` starts a Hub by hand. It keeps everything in memory, knows the
calls named in `tests.hub.routes`, and offers no Xet: other clients
need `HF_HUB_DISABLE_XET=1`.
"""

from __future__ import annotations

from tests.hub.accounts import ALICE, ALICE_READS, BOB, Bearer
from tests.hub.faults import (
    Altered,
    Broken,
    Dropped,
    Hook,
    LostAnswer,
    ProxyPage,
    Slow,
    Truncated,
    Well,
    stale,
    too_many,
)
from tests.hub.repository import Repository
from tests.hub.script import ALWAYS
from tests.hub.server import Hub

__all__ = [
    "ALICE",
    "ALICE_READS",
    "ALWAYS",
    "BOB",
    "Altered",
    "Bearer",
    "Broken",
    "Dropped",
    "Hook",
    "Hub",
    "LostAnswer",
    "ProxyPage",
    "Repository",
    "Slow",
    "Truncated",
    "Well",
    "stale",
    "too_many",
]
