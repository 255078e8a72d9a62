"""Isso: reads the comments of a site page by page, replies, and moderates with the admin password.

Follows https://isso-comments.de/docs/reference/server-api/ and Isso's own source.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import DELETE, LOOK_UP, SHOW, Can, Channel, Field, Manners
from app.channels.isso.limits import LIMIT

if TYPE_CHECKING:
    from app.channels.base import Session

CHANNEL = Channel(
    kind="isso",
    title=N_("Isso"),
    fields=(
        Field("server", N_("Isso server"), help=N_("The value of data-isso in your page's source.")),
        Field("site", N_("Website"), help=N_("The site with the comments, such as https://lemonade.example.")),
        Field("name", N_("Your name"), help=N_("Shown with your replies.")),
        Field(
            "password",
            N_("Admin password"),
            secret=True,
            required=False,
            help=N_("The [admin] password in Isso's configuration, for approving and deleting comments."),
        ),
        Field("email", N_("Your e-mail"), required=False, help=N_("Never shown; it marks your replies as yours.")),
        Field(
            "pages",
            N_("Pages"),
            required=False,
            help=(
                N_(
                    "Paths such as /flavours/, separated by spaces. Needed if Isso lists neither its "
                    "latest comments (latest-enabled) nor, with the admin password, all of them."
                )
            ),
        ),
    ),
    can=Can(limit=LIMIT, moderate=(SHOW, DELETE), sure=LOOK_UP),
    icon="message-square",
    reply_words=N_("Comment on the site"),
    audience=N_("Visible to everyone who can read the page."),
    kept=("hash",),
    proof="real",
    peer="Isso 0.14, and one played after its API for failures",
    line=N_("Comments on a site that uses Isso"),
    short=N_("Blog"),
    handles=False,
    manners=Manners(
        custom=N_(
            "Anyone comments here without a login, under any name. Be kind, and remember that a name proves nothing."
        ),
        privacy=N_("Search engines find comments. Your e-mail address isn't shown."),
    ),
    unseen=(
        N_("Without the admin password you don't see what waits for approval."),
        N_(
            "If Isso lists neither its latest comments nor, with the admin password, all of them, only the pages "
            "in the account are read."
        ),
        N_("Edits are noticed for three days."),
        N_(
            "A comment can be approved or deleted, not hidden, and neither can be taken back. Your own comments "
            "can't be corrected here: Isso lets only the browser do that which wrote them."
        ),
        N_("Likes aren't shown and can't be given."),
    ),
)


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; it connects on the first call."""
    from app.channels.isso.session import IssoSession  # noqa: PLC0415  the form needs none of it

    return IssoSession(fields, secrets)
