"""Bluesky, on its own or another PDS: reads replies, mentions and quotes, and replies in their thread.

Follows https://docs.bsky.app/docs/ and the lexicons app.bsky.feed, app.bsky.notification and com.atproto.repo. A reply
that is indexed before its parent post never creates a notification, so the threads of our own latest posts are read
too. The record key is derived from the reply's key, so that sending twice creates one post.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.bluesky.home import HOME
from app.channels.channel import HIDE, KEY, LIKE, SHOW, Can, Channel, Field, Manners, Posting, ReactionOffer

if TYPE_CHECKING:
    from app.channels.base import Session

CHANNEL = Channel(
    kind="bluesky",
    title=N_("Bluesky"),
    fields=(
        Field("handle", N_("Handle"), help=N_("As others see it, such as jana.bsky.social.")),
        Field(
            "password",
            N_("App password"),
            secret=True,
            help=(
                N_("On bsky.app: Settings > Privacy and security > App passwords. Not the password you log in with.")
            ),
        ),
        Field(
            "server",
            N_("Server"),
            default=HOME,
            required=False,
            help=N_("Bluesky's own, unless your account is elsewhere."),
        ),
    ),
    can=Can(
        limit=300,
        counts="graphemes",
        most_bytes=3_000,  # app.bsky.feed.post, maxLength
        moderate=(HIDE, SHOW),
        undo=(HIDE,),
        threads=True,
        sure=KEY,
        withdraw=True,
        post=Posting(
            N_("On your profile and in your followers' feeds, and visible to everyone, even without an account."),
            venues=(("public", N_("Everyone")),),
            venue_word=N_("Audience"),
        ),
        react=ReactionOffer((LIKE,), N_("{name} is notified, and everyone can see it: likes on Bluesky are public.")),
        cannot_correct=N_("Bluesky goes on showing the old words of a post that was changed."),
    ),
    above=("{server}", "{pds}", "cdn.bsky.app"),
    icon="at-sign",
    reply_words=N_("Reply on Bluesky"),
    kept=("access", "refresh"),
    audience=N_("Visible to everyone, even without an account."),
    proof="real",
    peer="Bluesky's own servers (PDS, AppView, PLC: @atproto/dev-env 0.3.215), and one played after its lexicons",
    line=N_("Responses to your posts, and mentions"),
    also=("bsky",),
    manners=Manners(
        custom=N_("Short and conversational, as if said aloud. People expect an answer within hours, not days."),
        privacy=N_("All of it is public, likes and blocks too, and anyone may keep a copy."),
        changes=N_("Whoever has seen or copied a deleted post may still have it."),
        pace=N_("About 1,600 posts an hour, and 11,000 a day; then Bluesky makes Rapport wait."),
    ),
    unseen=(
        N_("Direct messages aren't read."),
        N_(
            "Only replies, mentions and quotes come in: not likes, reposts, or what is said about you without "
            "your handle."
        ),
        N_(
            "What people write whom you muted or blocked on Bluesky doesn't come in. Blocking someone later takes "
            "nothing away here."
        ),
        N_(
            "Edits, deletions and hidden replies are noticed for three days, replies that Bluesky announces to "
            "nobody only under your ten latest posts."
        ),
        N_(
            "You can hide replies under your own posts only. Nobody's post can be deleted or locked there but "
            "your own, and muting and blocking are for your account alone."
        ),
    ),
)


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; it connects on the first call."""
    from app.channels.bluesky.session import BlueskySession  # noqa: PLC0415  the form needs no network

    return BlueskySession(fields, secrets)
