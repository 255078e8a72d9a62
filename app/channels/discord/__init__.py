"""Discord: our own bot reads the channels and threads of the servers it is in, replies, posts and moderates there.

Uses Discord's HTTP API, version 10: https://docs.discord.com/developers/resources/message. Discord deduplicates by our
`nonce` for a few minutes; after that a reply is looked up. Edits, deletions and our own reactions within three days are
found by fetching again.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import (
    BAN,
    DELETE,
    IN_CHAT,
    KEY,
    LOCK,
    MUTE,
    UNBAN,
    UNLOCK,
    UNMUTE,
    Can,
    Channel,
    Field,
    Files,
    Manners,
    Posting,
    ReactionOffer,
)

if TYPE_CHECKING:
    from app.channels.base import Session

_FILES = Files(each=10 * 1024 * 1024, total=10 * 10 * 1024 * 1024, number=10)
"""What every server takes (https://docs.discord.com/developers/reference#uploading-files; code 30015 of its errors):
one with boosts takes more, and its documents do not say how much."""

CHANNEL = Channel(
    kind="discord",
    title=N_("Discord"),
    fields=(
        Field(
            "token",
            N_("Bot token"),
            secret=True,
            help=(
                N_("Developer Portal > your application > Bot > Reset Token. Turn on Message Content Intent there too.")
            ),
        ),
        Field(
            "channels",
            N_("Channels"),
            required=False,
            help=N_("Names, separated by commas. Leave empty for all the bot can read."),
        ),
        Field("server", N_("Server"), default="https://discord.com/api/v10", required=False, help=N_("Discord's own.")),
    ),
    can=Can(
        limit=2000,
        moderate=(DELETE, LOCK, UNLOCK, MUTE, UNMUTE, BAN, UNBAN),
        undo=(LOCK, MUTE, BAN),
        bars=IN_CHAT,
        threads=True,
        sure=KEY,
        correct=True,
        withdraw=True,
        files=_FILES,
        react=ReactionOffer(
            ("👍", "❤️", "🎉", "🙏", "😄", "👀"), N_("Everyone in the channel can see it."), any_emoji=True
        ),
        post=Posting(N_("Visible to everyone in {venue}."), venue_word=N_("Channel"), titles=True),
    ),
    icon="message-circle",
    reply_words=N_("Reply on Discord"),
    audience=N_("Visible to everyone in the channel."),
    private_audience=N_("Visible to everyone in that private thread, and to the server's moderators."),
    peer="a server on this machine that plays the documented HTTP API",
    line=N_("A server's channels, through your own bot"),
    short=N_("Chat"),
    manners=Manners(
        custom=N_("A chat among regulars: short, informal, emoji are fine. Nobody likes being pinged needlessly."),
        privacy=N_(
            "Everyone in the channel can read back to its beginning, and so can its bots. Rapport writes as your bot."
        ),
        changes=N_("A corrected message says “edited”; its old words stay in the logs of the server's other bots."),
        pace=N_(
            "Discord slows down whoever posts many messages in a row, and a channel may have a slow mode of its own."
        ),
    ),
    unseen=(
        N_("A bot can't read private messages to it: Discord lists them nowhere."),
        N_("Private threads are read only if the bot is in them, or has the permission Manage Threads."),
        N_("Edits, deletions and reactions are seen for three days."),
        N_("Pictures and files are named here; open them in Discord."),
    ),
)


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; it connects on the first call."""
    from app.channels.discord.session import DiscordSession  # noqa: PLC0415  the form needs no network

    return DiscordSession(fields, secrets)
