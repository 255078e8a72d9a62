"""RSS, Atom and JSON Feed: reads a blog's posts and comments from its feeds; the person replies on its pages.

RSS 2.0 with `wfw:commentRss`, RSS 1.0, Atom (RFC 4287) with `thr:in-reply-to` and links to replies (RFC 4685), JSON
Feed 1.0 and 1.1. Feeds do not report deletions.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import NONE, Can, Channel, Field, Manners

if TYPE_CHECKING:
    from app.channels.base import Session

_IMPORT_CHOICES = ("posts and comments", "comments", "posts")
CHANNEL = Channel(
    kind="feed",
    title=N_("RSS, Atom or JSON feed"),
    fields=(
        Field("address", N_("Address"), help=N_("Of the feed, or of the blog that links to it.")),
        Field(
            "take",
            N_("Import"),
            default=_IMPORT_CHOICES[0],
            choices=_IMPORT_CHOICES,
            required=False,
            help=N_("Comments are found if the feed links to them, as WordPress feeds do."),
        ),
        Field(
            "own",
            N_("Your name there"),
            required=False,
            help=N_("As shown on your posts. Separate several with commas."),
        ),
        Field(
            "own_server",
            N_("My own server"),
            tick=True,
            required=False,
            help=N_("Tick this if the address is on your own network. Otherwise such addresses are refused."),
        ),
        Field("login", N_("Name"), required=False, help=N_("Only if the feed asks for one.")),
        Field("password", N_("Password"), secret=True, required=False, help=N_("Only if the feed asks for one.")),
    ),
    can=Can(reply=False, sure=NONE),
    icon="rss",
    reply_words=N_("Reply on the page"),
    audience=N_("Visible to everyone who can read the page."),
    proof="real",
    peer="WordPress 6.1 of Debian, on MariaDB, and feeds played after RFC 4287, RSS 2.0 and JSON Feed 1.1",
    line=N_("Comments and posts from any site with a feed"),
    short=N_("Feed"),
    handles=False,
    above=("{feed}", "{address}"),
    manners=Manners(
        custom=N_("Rapport only reads here. Reply on the page itself."),
    ),
    unseen=(
        N_("A feed is read-only: you reply on the page, and Rapport asks whether it is posted."),
        N_("A feed holds only its latest entries. What came and went while Rapport wasn't open is missing."),
        N_("Comments come from the feeds of the ten latest posts, if the feed links to these."),
        N_(
            "A feed tells of no deletions, so deleted posts and comments stay here. What waits for approval isn't "
            "in it."
        ),
    ),
)


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; it connects on the first call."""
    from app.channels.feed.session import FeedSession  # noqa: PLC0415  the form needs no network

    return FeedSession(fields, secrets)
