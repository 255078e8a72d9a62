"""GitHub: reads, replies in and moderates the discussions of a repository.

Follows https://docs.github.com/en/graphql/guides/using-the-graphql-api-for-discussions and the schema linked there.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import (
    DELETE,
    HIDE,
    LOCK,
    LOOK_UP,
    SHOW,
    SOLVE,
    SPAM,
    UNLOCK,
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

CHANNEL = Channel(
    kind="github",
    title=N_("GitHub discussions"),
    fields=(
        Field("repository", N_("Repository"), help=N_("Owner and name, as in the address: lemonade/club")),
        Field(
            "token",
            N_("Token"),
            secret=True,
            help=N_(
                "Settings > Developer settings > Personal access tokens > Fine-grained: for this "
                "repository, with “Discussions: Read and write”."
            ),
        ),
        Field("server", N_("Server"), default="https://api.github.com", required=False, help=N_("GitHub's own.")),
    ),
    can=Can(
        limit=65_536,
        moderate=(HIDE, SHOW, SPAM, DELETE, SOLVE, UNSOLVE, LOCK, UNLOCK),
        undo=(HIDE, SPAM, SOLVE, LOCK),
        sure=LOOK_UP,
        correct=True,
        withdraw=True,
        react=ReactionOffer(
            ("👍", "❤️", "🎉", "🚀", "😄", "👀", "⬆️"),
            N_("Everyone who can see the repository can see it; nobody is notified. ⬆️ is an upvote."),
        ),
        post=Posting(
            audience=N_("A discussion in {venue}, visible to everyone who can see the repository."),
            venue_word=N_("Category"),
            titles=True,
        ),
    ),
    above=("{server}",),
    icon="messages-square",
    reply_words=N_("Reply in the discussion"),
    audience=N_("Visible to everyone who can see the repository."),
    private_audience=N_("Visible to everyone who can see the repository."),
    proof="played",
    peer="a server that answers queries by GitHub's published schema of 2026-07-22, opened on 2026-11-30",
    line=N_("A repository's discussions"),
    short=N_("GitHub"),
    manners=Manners(
        custom=N_(
            "Friendly and to the point. Each comment notifies everyone who follows the discussion, so a reaction "
            "says thanks better than a comment."
        ),
        privacy=N_("Followers get your comment by e-mail at once, as it was when you posted it."),
        changes=N_("Everyone can see that a comment was edited, and what it said before. Deleting leaves no trace."),
        pace=N_("80 comments a minute and 500 an hour; then GitHub makes Rapport wait."),
    ),
    unseen=(
        N_("Issues, pull requests, and the discussions of an organization's other repositories are not read."),
        N_("GitHub lets no program see who was mentioned or what was reported to the moderators."),
        N_("A program can't vote in a poll, begin one, or pin a discussion."),
        N_(
            "Nobody is blocked from here: that takes rights over your whole account or organization, which Rapport "
            "doesn't ask for. Do it on the person's page."
        ),
        N_("An opening post can't be hidden, only deleted with its whole discussion."),
        N_("Edits in older discussions are seen within a few checks, reactions there when their turn comes."),
    ),
)


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; it connects on the first call."""
    from app.channels.github.session import GitHubSession  # noqa: PLC0415  the form needs no network

    return GitHubSession(fields, secrets)
