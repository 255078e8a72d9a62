"""What a token may do there, by its scopes, and what is said where it may not.

By https://docs.joinmastodon.org/api/oauth-scopes; which scopes a token has is told by /methods/apps#verify_credentials
since Mastodon 4.3.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.base.words import N_, tr
from app.channels.base import AuthNeeded
from app.channels.channel import BAN, MUTE, SHOW, UNBAN, UNMUTE
from app.channels.http.parts import as_dict
from app.channels.mastodon.server import Server, is_outside

NEEDED = ("read:accounts", "read:notifications", "read:statuses", "write:statuses")
"""Scopes without which nothing can be read or answered."""
USEFUL = ("read:follows", "write:favourites", "write:mutes", "write:blocks", "write:media")
"""Scopes without which something else can't be done."""
MODERATING = ("admin:read:reports", "admin:write:reports")
"""Scopes for the server's reports; only its moderators can use them."""
_VERBS = {"write:mutes": (MUTE, UNMUTE), "write:blocks": (BAN, UNBAN), "admin:write:reports": (SHOW,)}
_FOLLOW = ("read:follows", "write:follows", "read:blocks", "write:blocks", "read:mutes", "write:mutes")
_MISSING = N_(
    "This login of {host} lacks {scopes}. Sign in again, and it's asked for; an access token of your own gets them "
    "under Preferences > Development."
)
_POLICY = (
    ("for_private_mentions", N_("private mentions from people you don't follow")),
    ("for_not_following", N_("mentions from people you don't follow")),
    ("for_not_followers", N_("mentions from people who don't follow you")),
    ("for_new_accounts", N_("mentions from new accounts")),
    ("for_limited_accounts", N_("mentions from accounts that its moderators have limited")),
)
_DROPPED = N_(
    "By its settings, {host} ignores {what}: they never come in. Change that there under Preferences > Notifications."
)


def granted(server: Server) -> frozenset[str] | None:
    """The scopes of the token; None where the server does not tell."""
    answer = server.raw("GET", "/api/v1/apps/verify_credentials", scoped=True)
    scopes = answer.as_dict().get("scopes") if answer.ok else None
    if not isinstance(scopes, list) or not scopes:
        return None
    return frozenset(scope for scope in scopes if isinstance(scope, str))


def covers(scopes: Iterable[str], wanted: str) -> bool:
    """Whether the scopes include that one: "write" includes "write:mutes", "follow" what is about relationships."""
    return any(
        wanted == scope or wanted.startswith(f"{scope}:") or (scope == "follow" and wanted in _FOLLOW)
        for scope in scopes
    )


def lacking(host: str, scopes: frozenset[str] | None) -> str:
    """A sentence on scopes that would be useful, "" where all are there. Raises AuthNeeded for one that is needed."""
    if scopes is None:
        return ""
    sentence = tr(_MISSING)
    needed = [scope for scope in NEEDED if not covers(scopes, scope)]
    if needed:
        raise AuthNeeded(sentence.format(host=host, scopes=", ".join(needed)))
    useful = [scope for scope in USEFUL if not covers(scopes, scope)]
    return sentence.format(host=host, scopes=", ".join(useful)) if useful else ""


def may(scopes: frozenset[str] | None, *, reports: bool) -> str | None:
    """The verbs that the account has the right to, as the fact `may`; None where that is not known.

    `reports`: the account is a moderator's, who can read them.
    """
    if scopes is None:
        return None
    verbs = (verb for scope, verbs in _VERBS.items() if covers(scopes, scope) for verb in verbs)
    return " ".join(verb for verb in verbs if verb != SHOW or reports)


def reads_reports(server: Server) -> bool:
    """Whether the account may read the reports: it takes the scope, and a role that manages them."""
    answer = server.raw("GET", "/api/v1/admin/reports", scoped=True, params={"limit": 1})
    # servers that know no reports may answer with their web page
    return answer.ok and answer.body.lstrip().startswith(b"[")


def dropped(server: Server) -> str:
    """A sentence on what the account's settings keep from being told at all, "" where that is nothing (since 4.3)."""
    answer = server.raw("GET", "/api/v2/notifications/policy", scoped=True)
    if not answer.ok or is_outside(answer):
        return ""
    policy = as_dict(answer.as_dict())
    what = [tr(words) for name, words in _POLICY if policy.get(name) == "drop"]
    return tr(_DROPPED).format(host=answer.host, what=", ".join(what)) if what else ""
