"""I say what went wrong in a call to the Hub, in words that tell a person what to do."""

from __future__ import annotations

import json
import re
from typing import Final

from huggingface_hub import errors
from huggingface_hub.errors import HfHubHTTPError

from carbonlabel.errors import (
    HubBusy,
    HubError,
    HubForbidden,
    HubGated,
    HubLogin,
    HubNotFound,
    HubUnreachable,
)
from carbonlabel.hub.address import MAIN, Address
from carbonlabel.hub.client import httpx, parse_ratelimit_headers
from carbonlabel.hub.patience import Setback

_BRANCHES: Final = "see the branches of the repository"
_LOGIN: Final = "hf auth login, or set HF_TOKEN"
_UNAUTHORISED, _FORBIDDEN, _NOT_FOUND, _CONFLICT = 401, 403, 404, 409
_TIMEOUT, _STALE, _TOO_MANY, _BROKEN = 408, 412, 429, 500
_UNKNOWN: Final = frozenset({_NOT_FOUND, 405, 410, 501})
_CALLS: Final = re.compile(
    r"/api/(?:whoami-v2|validate-yaml)$|/(?:paths-info|preupload|commit|discussions)(?:/|$)|/batch$"
)
_SECRET: Final = re.compile(r"hf_\w+|Bearer\s+\S+|(?<=://)[^/@\s]+@")


def caught() -> tuple[type[Exception], ...]:
    """Everything that a call of the client may raise because of the world outside."""
    outside = (httpx.HTTPError, httpx.InvalidURL, errors.OIDCError, OSError)
    # Pages of proxies are no JSON, or lack what an answer has; uploads wrap what stopped them.
    return (*outside, ValueError, KeyError, TypeError, RuntimeError)


def setback(bad: BaseException, at: Address) -> Setback:
    """What an exception of the client means for a call about this address."""
    where = str(at)
    match bad:
        case errors.OfflineModeIsEnabled():
            told = "offline mode is on, so nothing was sent"
            hint = "unset HF_HUB_OFFLINE and TRANSFORMERS_OFFLINE"
            return Setback(HubUnreachable(told, where=where, hint=hint))
        case errors.LocalTokenNotFoundError():
            return Setback(HubLogin("nobody is logged in", where=where, hint=_LOGIN))
        case errors.OIDCError():
            told = "the trusted publisher gave no token"
            return Setback(HubLogin(told, where=where, hint="check HF_OIDC_RESOURCE, or unset it"))
        case errors.HfHubHTTPError():
            return _answered(bad, at)
        case RuntimeError() if bad.__cause__ is not None:
            return setback(bad.__cause__, at)
    return _unanswered(bad, where) or _unreadable(bad, where)


def _answered(bad: HfHubHTTPError, at: Address) -> Setback:
    """What an answer means that says no."""
    status = bad.response.status_code
    if "text/html" in bad.response.headers.get("content-type", "").lower():
        return _page(status, str(at))
    if (status >= _BROKEN and status not in _UNKNOWN) or status in {
        _TIMEOUT,
        _TOO_MANY,
        _STALE,
        _CONFLICT,
    }:
        return _passing(bad, status, str(at))
    return Setback(_refused(bad, status, at))


def _page(status: int, where: str) -> Setback:
    error = HubUnreachable(
        f"a page in HTML came back instead of data (status {status})",
        where=where,
        hint="does a proxy or a login page stand before the Hub? is HF_ENDPOINT right?",
    )
    return Setback(error, is_passing=status >= _BROKEN)


def _passing(bad: HfHubHTTPError, status: int, where: str) -> Setback:
    if status == _STALE:
        told = "others change this repository faster than it can be read"
        return Setback(HubBusy(told, where=where, hint="try again later"), is_stale=True)
    if status == _TOO_MANY:
        error: HubError = HubBusy(
            "the Hub takes no more calls for now", where=where, hint="try again later"
        )
    else:
        error = HubUnreachable(
            f"the Hub answers with an error of its own (status {status})",
            where=where,
            hint="try again; a second push finds out what the first one did",
        )
    return Setback(error, is_passing=True, wait_s=_asked_wait_s(bad))


def _asked_wait_s(bad: HfHubHTTPError) -> float | None:
    """How many seconds the Hub asks to wait, if it does."""
    headers = bad.response.headers
    limit = parse_ratelimit_headers(headers)
    if limit is not None and limit.remaining == 0 and bad.response.status_code == _TOO_MANY:
        return limit.reset_in_seconds + 1.0
    after = headers.get("retry-after", "").strip()
    return float(after) + 1.0 if after.isdecimal() and after.isascii() else None


def _refused(bad: HfHubHTTPError, status: int, at: Address) -> HubError:
    where = str(at)
    match bad:
        case errors.GatedRepoError():
            told = "the repository lets in only those who asked for access"
            login = f"; with access: {_LOGIN}" if _is_anonymous(bad) else ""
            return HubGated(told, where=where, hint=f"ask for it on the page of {at.repo}{login}")
        case errors.DisabledRepoError():
            told = "the Hub has disabled this repository"
            return HubError(told, where=where, hint=f"see the page of {at.repo}")
        case errors.RevisionNotFoundError():
            told = f"there is no branch, tag or commit {at.revision}"
            hint = "is it empty? make a first commit" if at.revision == MAIN else _BRANCHES
            return HubNotFound(told, where=where, hint=hint)
    if is_unknown(bad) and _CALLS.search(bad.response.request.url.path):
        told = f"this Hub does not answer {bad.response.request.url.path}"
        return HubError(told, where=where, hint="is HF_ENDPOINT a Hub, and one that takes pushes?")
    return _denied(bad, status, at)


def is_unknown(bad: HfHubHTTPError) -> bool:
    """Whether an answer is that of a server which does not know the call itself.

    The Hub gives a code with all that it knows of and has not.
    """
    return bad.response.status_code in _UNKNOWN and "x-error-code" not in bad.response.headers


def _denied(bad: HfHubHTTPError, status: int, at: Address) -> HubError:
    """What a status means that no code of the Hub goes with."""
    where = str(at)
    if status == _NOT_FOUND or _is_hidden(bad, status):
        return _not_found(at, is_anonymous=_is_anonymous(bad))
    if status == _UNAUTHORISED:
        told = "nobody is logged in" if _is_anonymous(bad) else "the token is not valid"
        return HubLogin(told, where=where, hint=_LOGIN)
    if status == _FORBIDDEN:
        return _forbidden(_said(bad), where)
    return HubError(f"the Hub refuses: {_said(bad) or f'status {status}'}", where=where)


def _is_hidden(bad: HfHubHTTPError, status: int) -> bool:
    # To those who are not logged in the Hub does not say what is there.
    is_question = bad.response.request.method in {"GET", "HEAD"}
    return status == _UNAUTHORISED and _is_anonymous(bad) and is_question


def _is_anonymous(bad: HfHubHTTPError) -> bool:
    return "authorization" not in bad.response.request.headers


def _not_found(at: Address, *, is_anonymous: bool) -> HubError:
    login = f"; if it is private: {_LOGIN}" if is_anonymous else ""
    other = "" if at.kind != "model" else ", and --repo-type if it is a dataset"
    return HubNotFound(
        f"there is no such {at.kind}, or it is private",
        where=str(at),
        hint=f"check the name{other}{login}",
    )


def _forbidden(said: str, where: str) -> HubError:
    if "create_pr=1" in said:
        told = "this account may not write here"
        return HubForbidden(told, where=where, hint="leave out --direct: a pull request is opened")
    if "disabled" in said.lower():
        told = f"the Hub refuses: {said}"
        return HubError(told, where=where, hint="with --direct, an account that may write can push")
    return HubForbidden(
        f"this account, or its token, may not do that: {said or 'the Hub does not say why'}",
        where=where,
        hint="take a token that may write: https://huggingface.co/settings/tokens",
    )


def _said(bad: HfHubHTTPError) -> str:
    """The server's own words, without a secret in them."""
    said = bad.server_message or bad.response.headers.get("x-error-message") or ""
    return _without_token(" ".join(said.split()).rstrip("."), bad)


def _unanswered(bad: BaseException, where: str) -> Setback | None:
    """What it means that no answer came; None where one did."""
    told, hint = "the line dropped before the answer came", "try again"
    match bad:
        case httpx.LocalProtocolError() | UnicodeEncodeError():
            told = "the token holds characters that no token has"
            return Setback(HubLogin(told, where=where, hint=_LOGIN))
        case httpx.UnsupportedProtocol() | httpx.InvalidURL():
            told, hint = "HF_ENDPOINT is no address of a Hub", "it looks like https://example.org"
            return Setback(HubUnreachable(told, where=where, hint=hint))
        case httpx.TimeoutException():
            told = "no answer came in time"
        case httpx.ConnectError():
            told, hint = "the Hub cannot be reached", f"is there a network? {_reason(bad)}"
        case errors.HfUriError():
            # A commit was made; the client does not know where, as the Hub has another name.
            told = "the answer names an address of another Hub"
            hint = "is HF_ENDPOINT the name that this Hub has for itself?"
        case httpx.HTTPError():
            pass
        case OSError() | RuntimeError():
            told, hint = "the Hub's client failed", _reason(bad)
        case _:
            return None
    return Setback(HubUnreachable(told, where=where, hint=hint), is_passing=True)


def _reason(bad: BaseException) -> str:
    return without_secrets(" ".join(str(bad).split()))[:200]


def _unreadable(bad: BaseException, where: str) -> Setback:
    """What it means that an answer is none, or that the client itself refuses to ask."""
    is_no_answer = isinstance(bad, json.JSONDecodeError | UnicodeDecodeError)
    if isinstance(bad, ValueError) and not is_no_answer:
        told = f"the Hub refuses: {_reason(bad)}"
        return Setback(HubError(told, where=where, hint="correct it, and push again"))
    return Setback(
        HubUnreachable(
            "an answer came that no Hub gives",
            where=where,
            hint="does a proxy or a login page stand before the Hub? is HF_ENDPOINT right?",
        ),
        is_passing=True,
    )


def without_secrets(text: str) -> str:
    """The text without tokens, and without the names and passwords of addresses.

    >>> without_secrets("Bearer hf_abc at http://me:pw@mirror/x")
    '… at http://…mirror/x'
    """
    return _SECRET.sub("…", text)


def is_harmless(bad: BaseException) -> bool:
    """Whether the words of an exception hold no secret."""
    said = str(bad)
    return _without_token(said, bad) == said


def _without_token(text: str, bad: BaseException) -> str:
    """The text without secrets, and without the token that was sent: not all begin with `hf_`."""
    if isinstance(bad, HfHubHTTPError):
        sent = bad.response.request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        text = text.replace(sent, "…") if sent else text
    return without_secrets(text)
