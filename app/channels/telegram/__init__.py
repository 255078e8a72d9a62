"""Telegram: our own bot reads the groups it is in and private chats with it, replies, posts and moderates there.

Uses the Bot API: https://core.telegram.org/bots/api. Updates are dropped after 24 hours if nobody fetches them; a bot
gets no updates about its own messages and reactions, or about deletions, and cannot list its chats.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import (
    BAN,
    DELETE,
    IN_CHAT,
    MUTE,
    NONE,
    UNBAN,
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

_FILES = Files(each=50_000_000, total=50_000_000, number=10)
"""As many as an album has, and all of them of what a bot may send in one (https://core.telegram.org/bots/api,
sendDocument and sendMediaGroup)."""

CHANNEL = Channel(
    kind="telegram",
    title=N_("Telegram"),
    fields=(
        Field(
            "token",
            N_("Bot token"),
            secret=True,
            help=N_("From @BotFather; it looks like 123456:ABC-DEF. For groups, turn its privacy mode off there too."),
        ),
        Field("server", N_("Server"), default="https://api.telegram.org", required=False, help=N_("Telegram's own.")),
    ),
    can=Can(
        private=True,
        limit=4096,
        counts="utf16",
        moderate=(DELETE, MUTE, UNMUTE, BAN, UNBAN),
        undo=(MUTE, BAN),
        bars=IN_CHAT,
        sure=NONE,
        correct=True,
        withdraw=True,
        files=_FILES,
        react=ReactionOffer(
            # some of https://core.telegram.org/bots/api#reactiontypeemoji, which a chat allows unless it says otherwise
            ("👍", "❤️", "🙏", "🎉", "😁", "👏", "🔥"),
            N_("Everyone in the group can see it, as your bot's only reaction to this message."),
            N_("{name} can see it, as your bot's only reaction to this message."),
        ),
        post=Posting(N_("Visible to everyone in {venue}."), venue_word=N_("Chat")),
    ),
    icon="send",
    reply_words=N_("Reply on Telegram"),
    audience=N_("Visible to everyone in the group."),
    proof="played",
    peer="a server on this machine that plays the Bot API's documented answers",
    line=N_("Groups and chats, through your own bot"),
    manners=Manners(
        custom=N_("Short messages, quick answers. In a group, reply to the very message you're answering."),
        privacy=N_(
            "Chats with a bot aren't end-to-end encrypted. Rapport writes as your bot, and nobody sees which person "
            "it was."
        ),
        changes=N_("A bot can correct what it wrote, and delete it for 48 hours. A corrected message says “edited”."),
        pace=N_("One message a second to a person, and 20 a minute to a group."),
    ),
    unseen=(
        N_("A bot reads only what is written while it is in a chat."),
        N_("Telegram keeps messages for a bot for 24 hours: open Rapport every day."),
        N_("Telegram tells a bot of no deletions, so deleted messages stay here."),
        N_("A bot can't write first to somebody who hasn't written to it."),
        N_("A bot is shown none of its own messages: after a broken connection you're asked whether a reply arrived."),
        N_("Below files Telegram takes 1,024 characters: longer words follow the files in a message of their own."),
        N_("Where people can post, Rapport learns when something is written there, or when the bot is added."),
        N_("Pictures, voice messages and files are named here; open them in Telegram."),
    ),
)


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; it connects on the first call."""
    from app.channels.telegram.session import TelegramSession  # noqa: PLC0415  the form needs no network

    return TelegramSession(fields, secrets)
