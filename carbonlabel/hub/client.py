"""I am what the Hub's client offers beside its `HfApi`, all of it public in `utils`."""

from __future__ import annotations

from logging import ERROR
from typing import Final

from huggingface_hub import get_session

# Its lazy package has these names without saying so to type checkers.
from huggingface_hub.utils import (  # type: ignore[attr-defined] # as said above
    build_hf_headers,
    disable_progress_bars,
    hf_raise_for_status,
    httpx,
    logging,
    parse_ratelimit_headers,
)

__all__ = ["build_hf_headers", "calm", "hf_raise_for_status", "httpx", "parse_ratelimit_headers"]

_TIMEOUT_S: Final = 120.0


def calm() -> None:
    """Let the client of this program speak through us alone, and wait for no answer for ever.

    It changes the client for the whole program: for our commands, not for those who import us.
    """
    logging.set_verbosity(ERROR)
    disable_progress_bars()
    get_session().timeout = httpx.Timeout(_TIMEOUT_S)
