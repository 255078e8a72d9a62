"""Mastodon, and every server that speaks its client API: mentions and answers come in, answers go out.

By https://docs.joinmastodon.org/methods/ (notifications, statuses, accounts, instance, oauth). A notification brings
what is new; in which thread it stands is asked of its context, once for each thread. Nobody tells of an edit or a
deletion: what is younger than three days is asked for again. An Idempotency-Key is known for an hour, so the look-up
reads what we have said ourselves.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import KEY, Can, Channel, Field
from app.channels.mastodon.limits import ROOM

if TYPE_CHECKING:
    from app.channels.base import Session, SignIn

CHANNEL = Channel(
    kind="mastodon",
    title=N_("Mastodon"),
    fields=(
        Field("server", N_("Server"), help=N_("Where your account is, such as mastodon.social.")),
        Field(
            "token",
            N_("Access token"),
            secret=True,
            required=False,
            help=(
                N_(
                    "Not needed after “Sign in”. Otherwise: Preferences > Development > New application "
                    "> Your access token."
                )
            ),
        ),
    ),
    can=Can(private=True, addressed=True, limit=500 - ROOM, threads=True, sure=KEY),
    icon="at-sign",
    reply_words=N_("Reply on Mastodon"),
    browser=True,
    kept=("refresh", "client_id", "client_secret"),
    audience=N_("Visible to everyone who can read the thread."),
    mentions=r"(?<![\w/@.])@\w[\w.-]{0,60}(?:@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8})?",
    proof="real",
    peer="the Mastodon API of indiekit-endpoint-activitypub 4.0.0 on Node, and a played server for what that one lacks",
    line=N_("Mentions and responses, on any server"),
    also=("toot",),
)


def sign_in(fields: Mapping[str, str], redirect: str) -> SignIn:
    """Begin a login by the browser that comes back to `redirect`."""
    from app.channels.mastodon.signing import MastodonSignIn, address  # noqa: PLC0415  the form needs no network

    return MastodonSignIn(address(fields.get("server", "")), redirect)


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the word that every channel has
    """A session; it connects at the first call on it."""
    from app.channels.mastodon.session import MastodonSession  # noqa: PLC0415  the form needs no network

    return MastodonSession(fields, secrets)
