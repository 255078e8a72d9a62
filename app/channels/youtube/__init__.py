"""YouTube: reads, replies to and moderates the comments on a channel's videos, with the person's own Google project.

Follows https://developers.google.com/youtube/v3/docs and
https://developers.google.com/identity/protocols/oauth2/native-app.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import BAN, DELETE, HIDE, LOOK_UP, SHOW, SPAM, Can, Channel, Field, Manners, Posting
from app.channels.youtube.units import QUOTA

if TYPE_CHECKING:
    from app.channels.base import Session, SignIn

LIMIT = 10_000
CHANNEL = Channel(
    kind="youtube",
    title=N_("YouTube"),
    fields=(
        Field(
            "client_id",
            N_("OAuth client ID"),
            help=(
                N_(
                    "In the Google Cloud console: APIs & Services > Credentials > Create credentials > "
                    "OAuth client ID > Desktop app. Turn on the YouTube Data API v3 in the same project."
                )
            ),
        ),
        Field("client_secret", N_("Client secret"), secret=True, help=N_("Shown next to the client ID.")),
        QUOTA,
        Field("server", N_("Server"), default="https://www.googleapis.com", required=False, help=N_("Google's own.")),
    ),
    can=Can(
        limit=LIMIT,
        moderate=(HIDE, SHOW, SPAM, DELETE, BAN),
        undo=(HIDE,),
        sure=LOOK_UP,
        correct=True,
        withdraw=True,
        cannot_react=N_("YouTube lets no program like a comment or give it a heart."),
        post=Posting(
            audience=N_("A comment of your channel under “{venue}”, visible to everyone who can see the video."),
            venue_word=N_("Video"),
        ),
    ),
    above=("{server}", "i.ytimg.com"),
    icon="video",
    reply_words=N_("Reply under the video"),
    browser=True,
    kept=("refresh",),
    extra={"units": QUOTA.key},
    audience=N_("Visible to everyone who can see the video."),
    proof="played",
    peer="a server played after the documents of the YouTube Data API v3, opened on 2026-11-30",
    line=N_("Comments under your videos"),
    also=("yt",),
    own_export=("comment id", "video id", "comment text"),
    manners=Manners(
        custom=N_(
            "Many who comment know only this one video. Answer the first ones soon after it is published: "
            "that's when people read along."
        ),
        privacy=N_("Your channel's name stands beside the reply. Search engines find comments."),
        changes=N_("A comment that was changed is marked as edited; one that was deleted takes its replies with it."),
        pace=N_(
            "A reply takes 50 of the 10,000 units that Google grants a day: about 200 replies, with nothing else done."
        ),
    ),
    unseen=(
        N_("YouTube lets no program like a comment, give it a heart, or pin it: do that on the page."),
        N_("A rejected comment can't be brought back: rejecting is final, and so are spam marks and deletions."),
        N_("A ban rejects the comment too. Only YouTube Studio shows who is banned, and lifts a ban."),
        N_("Live chat, the channel's private messages and comments on other channels' videos are not read."),
        N_("New replies under old comments are seen in turn: at once where you took part, else within a few checks."),
    ),
)


def sign_in(fields: Mapping[str, str], redirect: str) -> SignIn:
    """Start a browser login; `fields` are the form's values, including the client secret."""
    from app.channels.youtube.google import GoogleSignIn  # noqa: PLC0415  the form needs no network

    return GoogleSignIn(fields, redirect)


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; it connects on the first call."""
    from app.channels.youtube.session import YouTubeSession  # noqa: PLC0415  the form needs no network

    return YouTubeSession(fields, secrets)
