"""Ghost: the comments under a site's posts, read and answered through its Admin API.

Authentication by https://docs.ghost.org/admin-api/#token-authentication. The API's comments have no page there; what is
written here was seen on Ghost 6: ids are ordered by the second in which a comment was made, a time in a filter has to
be `YYYY-MM-DD HH:MM:SS` in UTC (any other form finds nothing), what was deleted is not listed any more, and replies go
one level deep: one to a reply stands under the first comment too, and names what it answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import DELETE, HIDE, LOOK_UP, SHOW, Can, Channel, Field

if TYPE_CHECKING:
    from app.channels.base import Session

CHANNEL = Channel(
    kind="ghost",
    title=N_("Ghost"),
    fields=(
        Field("server", N_("Site address"), help=N_("The home page, such as https://blog.example.org.")),
        Field(
            "key",
            N_("Admin API key"),
            secret=True,
            help=N_("In Ghost: Settings > Integrations > Add custom integration. The key contains a colon."),
        ),
        Field(
            "member",
            N_("E-mail you comment with"),
            required=False,
            help=N_("Replies are posted as this member. If empty, as a member who is on the staff."),
        ),
    ),
    can=Can(moderate=(HIDE, SHOW, DELETE), undo=(HIDE, DELETE), sure=LOOK_UP),
    icon="message-square",
    reply_words=N_("Comment on the site"),
    audience=N_("Visible to everyone who can read the post."),
    proof="real",
    peer="Ghost 6.65",
    line=N_("Comments under a Ghost site's posts"),
    short=N_("Blog"),
)


def open(fields: Mapping[str, str], secrets: Mapping[str, str]) -> Session:  # noqa: A001  the word that every channel has
    """A session; it connects at the first call on it."""
    from app.channels.ghost.session import GhostSession  # noqa: PLC0415  the form needs no network

    return GhostSession(fields, secrets)
