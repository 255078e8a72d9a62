"""Mastodon, and every server with its client API: reads mentions and replies, and replies.

Follows https://docs.joinmastodon.org/methods/ (notifications, statuses, accounts, instance, oauth, admin/reports). New
statuses come from notifications; what is above them is fetched twenty at once where the server can, else from the
context, once per thread. There are no notifications of edits and deletions, so statuses younger than three days are
fetched again. Mastodon remembers an Idempotency-Key for an hour; after that, and on servers that know none, a reply is
looked up among our own statuses.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import (
    BAN,
    FAVOURITE,
    IN_VIEW,
    KEY,
    MUTE,
    SHOW,
    UNBAN,
    UNMUTE,
    Can,
    Channel,
    Field,
    Files,
    Manners,
    ReactionOffer,
)
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
        Field(
            "moderator",
            N_("I moderate this server"),
            required=False,
            tick=True,
            help=N_("Its reports come in too. Tick it before you sign in: the right to read them is asked for then."),
        ),
    ),
    can=Can(
        private=True,
        addressed=True,
        limit=500 - ROOM,
        moderate=(SHOW, MUTE, UNMUTE, BAN, UNBAN),
        undo=(MUTE, BAN),
        bars=IN_VIEW,
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
    above=("{server}",),
    icon="at-sign",
    reply_words=N_("Reply on Mastodon"),
    browser=True,
    kept=("refresh", "client_id", "client_secret"),
    audience=N_("Visible to everyone who can read the thread."),
    mentions=r"(?<![\w/@.])@\w[\w.-]{0,60}(?:@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8})?",
    handle=r"@[\w.-]{1,60}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}",
    proof="real",
    peer=(
        "snac 2.75 of Debian, the Mastodon API of indiekit-endpoint-activitypub 4.0.0 on Node, and for what they lack "
        "a server played after the source and documents of Mastodon 4.5, opened on 2026-11-30"
    ),
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
    unseen=(
        N_("Nothing comes in that your settings there ignore instead of filtering, under Preferences > Notifications."),
        N_("Only posts that mention or quote you, and answers, come in: not what is said about you without your name."),
        N_("Edits and deletions are noticed for three days; not those of people whose posts are hidden from you."),
        N_("Muting and blocking are for your account alone: everyone else still sees the person and their posts."),
        N_("Reports come in only where you moderate the server. Limiting and suspending accounts is done there."),
        N_("Chosen poll options and the counts of a poll aren't shown."),
    ),
)


def sign_in(fields: Mapping[str, str], redirect: str) -> SignIn:
    """Start a browser login that returns to `redirect`."""
    from app.channels.mastodon.signing import MastodonSignIn, address  # noqa: PLC0415  the form needs no network

    moderator = fields.get("moderator") == "yes"
    return MastodonSignIn(address(fields.get("server", "")), redirect, moderator=moderator)


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; it connects on the first call."""
    from app.channels.mastodon.session import MastodonSession  # noqa: PLC0415  the form needs no network

    return MastodonSession(fields, secrets)
