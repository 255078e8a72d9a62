"""Mastodon, and every server with its client API: reads mentions and replies, and replies.

Follows https://docs.joinmastodon.org/methods/ (notifications, statuses, accounts, instance, oauth). New statuses come
from notifications; their thread is looked up from the context, once per thread. There are no notifications of edits
and deletions, so statuses younger than three days are fetched again. The server remembers an Idempotency-Key for an
hour; after that a reply is looked up among our own statuses.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import FAVOURITE, KEY, Can, Channel, Field, Files, Manners, ReactionOffer
from app.channels.mastodon.limits import ROOM
from app.channels.mastodon.posting import POSTING

if TYPE_CHECKING:
    from app.channels.base import Session, SignIn

_PICTURES = Files(each=16_000_000, total=4 * 16_000_000, number=4, types=("image/",))
"""By docs.joinmastodon.org/user/posting (four pictures of 16 MB), the default of its servers."""

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
    can=Can(
        private=True,
        addressed=True,
        limit=500 - ROOM,
        threads=True,
        sure=KEY,
        correct=True,
        withdraw=True,
        begin=True,
        files=_PICTURES,
        post=POSTING,
        react=ReactionOffer(
            (FAVOURITE,),
            N_("{name} is notified, and everyone who can see the post can see who favourited it."),
            N_("{name} is notified; nobody outside the conversation sees it."),
        ),
    ),
    icon="at-sign",
    reply_words=N_("Reply on Mastodon"),
    browser=True,
    kept=("refresh", "client_id", "client_secret"),
    audience=N_("Visible to everyone who can read the thread."),
    mentions=r"(?<![\w/@.])@\w[\w.-]{0,60}(?:@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8})?",
    handle=r"@[\w.-]{1,60}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}",
    proof="real",
    peer="the Mastodon API of indiekit-endpoint-activitypub 4.0.0 on Node, and a played server for what that one lacks",
    line=N_("Mentions and responses, on any server"),
    also=("toot",),
    members_export=("account address",),
    manners=Manners(
        custom=N_(
            "People talk with each other here; advertising isn't welcome. Describe pictures in words, and keep the "
            "content warning of what you reply to."
        ),
        privacy=N_(
            "Private messages aren't encrypted: those who run the servers can read them. Naming someone in one "
            "shows it to them."
        ),
        changes=N_(
            "A correction is marked as one, and anyone can look up the old words. Not every server honours a deletion."
        ),
        pace=N_("300 requests in five minutes; a busy day stays far below that."),
    ),
)


def sign_in(fields: Mapping[str, str], redirect: str) -> SignIn:
    """Start a browser login that returns to `redirect`."""
    from app.channels.mastodon.signing import MastodonSignIn, address  # noqa: PLC0415  the form needs no network

    return MastodonSignIn(address(fields.get("server", "")), redirect)


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; it connects on the first call."""
    from app.channels.mastodon.session import MastodonSession  # noqa: PLC0415  the form needs no network

    return MastodonSession(fields, secrets)
