"""Matrix: the rooms that our account is in, group and direct ones, on any homeserver.

Follows the Client-Server API, https://spec.matrix.org/latest/client-server-api/. Encrypted rooms cannot be read, and
nothing is sent to them unencrypted.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import DELETE, KEY, Can, Channel, Field, Manners, ReactionOffer

if TYPE_CHECKING:
    from app.channels.base import Session

CHANNEL = Channel(
    kind="matrix",
    title=N_("Matrix"),
    fields=(
        Field("user", N_("Matrix name"), help=N_("As others see it, such as @jana:matrix.org.")),
        Field(
            "password", N_("Password"), secret=True, required=False, help=N_("Leave empty if you use an access token.")
        ),
        Field(
            "rooms",
            N_("Rooms to read"),
            required=False,
            help=N_("Separated by commas. Leave empty for all the rooms you're in."),
        ),
        Field(
            "token",
            N_("Access token"),
            secret=True,
            required=False,
            help=N_("Instead of a password, if the server requires it. In Element: All settings > Help & About."),
        ),
        Field(
            "server", N_("Homeserver"), required=False, help=N_("Its address. If empty, found from your Matrix name.")
        ),
    ),
    # an event may have 65,536 bytes, including what the servers add
    can=Can(
        private=True,
        limit=60_000,
        counts="bytes",
        moderate=(DELETE,),
        sure=KEY,
        correct=True,
        withdraw=True,
        begin=True,
        react=ReactionOffer(
            ("❤️", "👍", "🎉", "🙏", "😄", "👀"), N_("Everyone in the room can see it."), any_emoji=True
        ),
    ),
    icon="message-circle",
    reply_words=N_("Reply in the room"),
    kept=("login",),
    audience=N_("Visible to everyone in the room."),
    private_audience=N_("Visible to everyone in the room."),
    handle=r"@[^\s:@]{1,200}:[\w.-]{1,200}(?::\d{1,5})?",
    proof="real",
    peer="Synapse 1.163, and one played after the Client-Server API for failures and absences",
    line=N_("The rooms you are in"),
    short=N_("Chat"),
    manners=Manners(
        custom=N_(
            "A room is a chat: short messages, replies in the thread that they belong to, and a reaction rather "
            "than another “thanks”."
        ),
        privacy=N_("Whoever joins the room later may be able to read it too, and so can those who run the servers."),
        changes=N_(
            "A correction is marked as edited, and its old words stay in the history. Not every server honours a "
            "deletion."
        ),
        pace=N_("Servers slow down whoever writes many messages in a row."),
    ),
    unseen=(
        N_(
            "Nothing in an end-to-end encrypted room can be read, and nothing is written there. Use your Matrix "
            "app for those rooms."
        ),
        N_("Only rooms that you are in are read, and of a room that is new to Rapport about the latest 500 messages."),
        N_(
            "Invitations to group rooms don't come in; join in your Matrix app. What people write whom you ignore "
            "there doesn't come in either."
        ),
        N_(
            "A poll comes with its choices, but not with its votes; pictures and files are named here. Open them "
            "in your Matrix app."
        ),
        N_(
            "Deleting what others wrote takes a moderator's rights in the room. Kicking and banning is done in "
            "your Matrix app."
        ),
    ),
)


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; it connects on the first call."""
    from app.channels.matrix.session import MatrixSession  # noqa: PLC0415  the form needs no network

    return MatrixSession(fields, secrets)
