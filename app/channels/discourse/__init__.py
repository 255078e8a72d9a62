"""Discourse: reads all posts of a forum visible to us and private messages to us; replies and moderates.

Follows https://docs.discourse.org (the API) and https://meta.discourse.org/t/78612 (rate limits). What these do not
document (`take_action`, `unhide`, `recover`, the review queue, the paths of the settings and of solutions) is called as
the forum's own web pages do, by the source of discourse/discourse.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import (
    BAN,
    DELETE,
    HIDE,
    LIKE,
    LOCK,
    LOOK_UP,
    MUTE,
    SHOW,
    SOLVE,
    SPAM,
    UNBAN,
    UNLOCK,
    UNMUTE,
    UNSOLVE,
    Can,
    Channel,
    Field,
    Manners,
    Posting,
    ReactionOffer,
)

if TYPE_CHECKING:
    from app.channels.base import Session

LIMIT = 32_000
CHANNEL = Channel(
    kind="discourse",
    title=N_("Discourse"),
    fields=(
        Field("server", N_("Forum address"), help=N_("As in your browser: https://forum.example.org")),
        Field(
            "key",
            N_("API key"),
            secret=True,
            help=(
                N_(
                    "An administrator creates it under Admin > Advanced > API keys, for a single user "
                    "and with every scope."
                )
            ),
        ),
        Field(
            "login",
            N_("Your name there"),
            required=False,
            help=N_(
                "The user the key was created for. Leave it empty only for a User API key, which a browser app made."
            ),
        ),
    ),
    can=Can(
        private=True,
        limit=LIMIT,
        moderate=(HIDE, SHOW, SPAM, DELETE, SOLVE, UNSOLVE, LOCK, UNLOCK, MUTE, UNMUTE, BAN, UNBAN),
        undo=(HIDE, SPAM, DELETE, SOLVE, LOCK, MUTE, BAN),
        sure=LOOK_UP,
        correct=True,
        withdraw=True,
        begin=True,
        titles=True,
        react=ReactionOffer(
            (LIKE,),
            N_("{name} is notified, and everyone who can read the topic can see who liked it."),
            N_("{name} is notified; only those in the private message see it."),
        ),
        post=Posting(
            N_("Visible to everyone who can read the category “{venue}”."), venue_word=N_("Category"), titles=True
        ),
    ),
    above=("{server}",),
    icon="messages-square",
    reply_words=N_("Reply in the forum"),
    audience=N_("Visible to everyone who can read the topic."),
    private_audience=N_("Visible to everyone in the private message. A whisper is seen by the forum's staff alone."),
    handle=r"@[\w.-]{1,60}",
    proof="played",
    peer="a server played after Discourse's documented API and its source, opened on 2026-11-30",
    line=N_("A forum's topics and private messages"),
    short=N_("Forum"),
    own_export=("topic title", "post raw", "created at"),
    members_export=("username", "last seen at", "group names"),
    manners=Manners(
        custom=N_(
            "Reply to the post itself, quote only what you need, and leave greetings and signatures out. A "
            "like is the usual thank-you."
        ),
        privacy=N_("A forum's staff can read private messages. Members may get your post by e-mail at once."),
        changes=N_(
            "A correction is marked with a pencil, and readers may see what it said before. Deleting an opening post "
            "takes its whole topic away; hiding a post sends its author a message."
        ),
        pace=N_("New logins may post only a few times a day, until the forum trusts them."),
    ),
    unseen=(
        N_("A forum doesn't list its unlisted topics to programs, so what is written there isn't shown."),
        N_("Whispers come in if you may see them, in conversations of their own, from the thirty latest topics."),
        N_("Chat can't be read or answered here. Use it on the forum."),
        N_("Only moderators see the review queue. New members who wait for approval there are never shown."),
        N_("Private messages between others are left out, even where an administrator's key would show them."),
    ),
)


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; it connects on the first call."""
    from app.channels.discourse.session import DiscourseSession  # noqa: PLC0415  the form needs no network

    return DiscourseSession(fields, secrets)
