"""Ghost: reads the comments on a site's posts and replies to them, through its Admin API.

Authentication: https://docs.ghost.org/admin-api/#token-authentication. The comments API is undocumented; observed on
Ghost 6: ids ascend by the second of creation; a timestamp in a filter must be `YYYY-MM-DD HH:MM:SS` in UTC (any other
form matches nothing); deleted comments are no longer listed; threads are one level deep: a reply to a reply has the
first comment as `parent_id` too, and the comment it answers as `in_reply_to_id`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import DELETE, HIDE, LOOK_UP, SHOW, Can, Channel, Field, Manners

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
    can=Can(
        moderate=(HIDE, SHOW, DELETE),
        undo=(HIDE, DELETE),
        sure=LOOK_UP,
        withdraw=True,
        cannot_correct=N_("Ghost lets no program change a comment's words."),
    ),
    above=("{server}", "{home}"),
    icon="message-square",
    reply_words=N_("Comment on the site"),
    audience=N_("Visible to everyone who can read the post."),
    proof="real",
    peer="Ghost 6.65, and one played after its Admin API for failures",
    line=N_("Comments under a Ghost site's posts"),
    short=N_("Blog"),
    manners=Manners(
        custom=N_("Those who comment are members of the site, some of them paying. Call them by name."),
        privacy=N_("Whoever you reply to is told by e-mail, with your words in it."),
    ),
    unseen=(
        N_("Comments that members report aren't marked: Ghost tells its staff by e-mail."),
        N_("Deletions are noticed for three days after a comment was written."),
        N_("Likes of comments aren't shown and can't be given: only members' browsers can do that."),
        N_("You can reply only as a member of the site, and nowhere while comments are turned off."),
    ),
)


def open(fields: Mapping[str, str], secrets: Mapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; it connects on the first call."""
    from app.channels.ghost.session import GhostSession  # noqa: PLC0415  the form needs no network

    return GhostSession(fields, secrets)
