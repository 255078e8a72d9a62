"""Telegram: our own bot reads the groups it is in and private chats with it, and replies there.

Uses the Bot API: https://core.telegram.org/bots/api. Updates are dropped after 24 hours if nobody fetches them; a bot
gets no updates about its own messages or about deletions.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import NONE, Can, Channel, Field, Manners

if TYPE_CHECKING:
    from app.channels.base import Session

CHANNEL = Channel(
    kind="telegram",
    title=N_("Telegram"),
    fields=(
        Field("token", N_("Bot token"), secret=True, help=N_("From @BotFather; it looks like 123456:ABC-DEF.")),
        Field("server", N_("Server"), default="https://api.telegram.org", required=False, help=N_("Telegram's own.")),
    ),
    can=Can(reply=True, private=True, limit=4096, counts="utf16", sure=NONE),
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
        pace=N_("One message a second to a person, and 20 a minute to a group."),
    ),
)


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; it connects on the first call."""
    from app.channels.telegram.session import TelegramSession  # noqa: PLC0415  the form needs no network

    return TelegramSession(fields, secrets)
