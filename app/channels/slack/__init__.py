"""Slack: our own app in our workspace reads the channels that we are in, and replies in threads under our name.

Uses Slack's Web API: https://docs.slack.dev/reference/methods. A bot token may not read threads in channels, so the app
uses its owner's user token. What is said to us alone is read if the app has the scopes for it.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import DELETE, Can, Channel, Field, Files, Manners, Posting, ReactionOffer

if TYPE_CHECKING:
    from app.channels.base import Session

_FILES = Files(each=100_000_000, total=100_000_000, number=10)
"""Slack takes 1 GB of each (https://slack.com/help/articles/201330736), more than is read here (`app.outbox.files`)."""

CHANNEL = Channel(
    kind="slack",
    title=N_("Slack"),
    fields=(
        Field(
            "token",
            N_("User OAuth token"),
            secret=True,
            help=(
                N_(
                    "Your app > OAuth & Permissions; it starts with xoxp-. Scopes: channels:read, "
                    "channels:history, groups:read, groups:history, users:read, chat:write, reactions:read, "
                    "reactions:write. To read direct messages too: im:read, im:history, mpim:read, mpim:history. To "
                    "write to somebody first: im:write. To send files: files:write."
                )
            ),
        ),
        Field(
            "channels",
            N_("Channels"),
            required=False,
            help=N_("Separated by commas. Leave empty for all the channels you're in."),
        ),
        Field("server", N_("Server"), default="https://slack.com/api", required=False, help=N_("Slack's own.")),
    ),
    can=Can(
        private=True,
        limit=40_000,
        moderate=(DELETE,),
        threads=True,
        correct=True,
        withdraw=True,
        begin=True,
        files=_FILES,
        react=ReactionOffer(
            ("👍", "❤️", "🎉", "🙏", "😄", "👀", "✅"),
            N_("Everyone in the channel can see it, and {name} is told."),
            N_("Everyone in the conversation can see it, and {name} is told."),
        ),
        post=Posting(N_("Visible to everyone in {venue}."), venue_word=N_("Channel")),
    ),
    icon="message-circle",
    reply_words=N_("Reply in the thread"),
    audience=N_("Visible to everyone in the channel."),
    private_audience=N_("Visible to everyone in that private channel or direct conversation, and to nobody else."),
    peer="a server on this machine that plays the documented Web API",
    line=N_("Your workspace's channels"),
    manners=Manners(
        custom=N_("Answer in the thread, so that the channel stays easy to read."),
        privacy=N_(
            "The workspace's owners can export what is said in public channels, and may be able to export more."
        ),
        changes=N_(
            "A correction is marked as edited, unless it has signs such as * or _ that Slack would format. The "
            "workspace may forbid it for messages of some age."
        ),
        pace=N_("One message a second for each channel."),
    ),
    unseen=(
        N_(
            "A new reply in an old thread is noticed if you wrote in that thread, or if its first message is among the "
            "latest 200 of the channel."
        ),
        N_(
            "Direct messages are read only if the app has im:read and im:history, group messages if it has mpim:read "
            "and mpim:history."
        ),
        N_("You can write first only to people who have written where Rapport reads, and only with im:write."),
        N_("On Slack's free plan nothing can be read that is older than 90 days."),
        N_("Files stand in a message of their own, below the words: Slack shows them a moment later."),
        N_("Slack lets no such app mute people or lock threads."),
    ),
)


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; it connects on the first call."""
    from app.channels.slack.session import SlackSession  # noqa: PLC0415  the form needs none

    return SlackSession(fields, secrets)
