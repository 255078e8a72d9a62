"""WordPress: reads, replies to and moderates a blog's comments through its REST API.

Follows https://developer.wordpress.org/rest-api/reference/comments/, with an application password.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import DELETE, HIDE, LOOK_UP, SHOW, SPAM, Can, Channel, Field, Manners
from app.channels.wordpress.limits import LIMIT

if TYPE_CHECKING:
    from app.channels.base import Session

CHANNEL = Channel(
    kind="wordpress",
    title=N_("WordPress"),
    fields=(
        Field("site", N_("Blog"), help=N_("The address of its home page, such as https://lemonade.example.")),
        Field("name", N_("User name"), help=N_("The one you log in with there. An editor can also moderate.")),
        Field(
            "password",
            N_("Application password"),
            secret=True,
            help=(
                N_(
                    "Created in the blog's dashboard: Users > Profile > Application Passwords. Not the "
                    "one you log in with."
                )
            ),
        ),
    ),
    can=Can(
        limit=LIMIT,
        counts="bytes",
        moderate=(HIDE, SHOW, SPAM, DELETE),
        undo=(HIDE, SPAM, DELETE),
        sure=LOOK_UP,
        correct=True,
        withdraw=True,
        cannot_react=N_(
            "WordPress has no likes for comments. Plugins that add them, Jetpack's too, take them only from a "
            "browser or a "
            "WordPress.com login, which Rapport doesn't have. Send a quick thank-you."
        ),
    ),
    above=("{site}", "{api}"),
    icon="message-square",
    reply_words=N_("Comment on the blog"),
    audience=N_("Visible to everyone who can read the post."),
    proof="real",
    peer="WordPress 6.1 of Debian, on MariaDB",
    line=N_("Comments under a blog's posts"),
    short=N_("Blog"),
    also=("blog",),
    manners=Manners(
        custom=N_(
            "Reply right under the comment and call its writer by name. Others read along for years: answer "
            "so that it helps them too."
        ),
        privacy=N_("Search engines find comments. Some blogs mail new ones to everyone who follows the post."),
        changes=N_("Whoever received it by e-mail keeps the old words."),
        pace=N_("One comment every 15 seconds, unless you may moderate."),
    ),
    unseen=(
        N_("Only WordPress's own comments are read, not those of Disqus or of a Facebook box, and no pingbacks."),
        N_(
            "Without the editor role you see neither what waits for approval nor spam, and of a comment that is "
            "no longer shown only whether it was deleted for good."
        ),
        N_("Edits and deletions are noticed within a day or so among the newest 5,000 comments, not among older ones."),
        N_("An editor gets the spam of the last 15 days, the newest 300 of it."),
        N_("Under a post whose comments are closed nobody can reply."),
        # close_comments_for_old_posts and close_comments_days_old are in no route of the REST API, also for who may
        # manage options, and a post's comment_status stays "open" there (wp-includes/option.php: what
        # register_initial_settings shows; comment.php: _close_comments_for_old_posts, for singular queries only).
        N_("If a blog closes comments on old posts, WordPress doesn't say after how many days, so no time is shown."),
    ),
)


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; it connects on the first call."""
    from app.channels.wordpress.session import WordPressSession  # noqa: PLC0415  the form needs none of it

    return WordPressSession(fields, secrets)
