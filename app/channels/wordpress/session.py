"""A session with a blog.

WordPress rejects the same text by the same author under the same parent: on a retry after an unknown outcome, that
means that the first try was accepted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from app.base import clock
from app.base.message import Change, Reply, Target
from app.base.words import N_, tr
from app.channels.base import (
    DELETE,
    HIDE,
    SHOW,
    SPAM,
    Above,
    AuthNeeded,
    Found,
    Page,
    PostAbove,
    Refused,
    Sent,
    UnknownOutcome,
)
from app.channels.http import Response
from app.channels.wordpress.above import post_above
from app.channels.wordpress.comments import PAGE_ROWS, Comments
from app.channels.wordpress.limits import LIMIT
from app.channels.wordpress.reading import Reading
from app.channels.wordpress.rows import FIELDS, host_of, plain, same, seconds, sent, words_of
from app.channels.wordpress.site import NO_PASSWORDS, NO_WORDPRESS, Site, problem

_MAX_SEARCHED_PAGES = 10  # maximum pages searched for a sent reply
_DAY_SECONDS, _CLOCK_SLACK_SECONDS = 86_400, 600
_STATUS = {HIDE: "hold", SHOW: "approve", SPAM: "spam"}
_NO_LONGER_THERE = N_("This comment is no longer on the blog.")


class WordPressSession:
    """A session of one user of a blog."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Take the form's fields and the facts of the last `check`."""
        self._name = fields.get("name", "").strip()
        self._site = Site(fields.get("site", ""), self._name, secrets.get("password", ""), fields.get("api", ""))
        self._comments = Comments(self._site, fields.get("me", ""), moderates=fields.get("moderates", "") == "yes")

    def _known(self) -> Comments:
        """The comments, once we know who we are on this blog."""
        if not self._site.api:
            self.check()
        return self._comments

    # --- logging in

    def check(self) -> Found:
        """Discover the REST API, then return who we are and whether we can moderate."""
        index = self._site.find()
        if index.get("authentication") == []:  # application passwords are off, as without https: do not send ours
            raise AuthNeeded(tr(NO_PASSWORDS).format(host=self._site.host))
        answer = self._comments.ask(
            "GET", "wp/v2/users/me", params={"context": "edit", "_fields": "id,name,capabilities"}
        )
        me = answer.json()
        if not isinstance(me, dict) or not isinstance(me.get("id"), int):
            raise Refused(tr(NO_WORDPRESS).format(host=answer.host))
        powers = me.get("capabilities")
        moderates = isinstance(powers, dict) and bool(powers.get("moderate_comments"))
        self._comments = Comments(self._site, str(me["id"]), moderates=moderates)
        blog, name = plain(index.get("name")) or answer.host, str(me.get("name") or self._name)
        sentence = tr("“{blog}” is connected as {name}: you can reply; moderating needs the editor role.")
        if moderates:
            sentence = tr("“{blog}” is connected as {name}: you can reply and moderate.")
        facts = {"api": self._site.api, "me": self._comments.me, "moderates": "yes" if moderates else ""}
        return Found(
            sentence.format(blog=blog, name=name),
            own=(f"{host_of(self._site.api)}/{self._comments.me}",),
            facts=facts,
        )

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield what is new, what became of comments read before, and spam."""
        comments = self._known()
        if not comments.moderates:  # public comments are served even with a wrong password, so check it
            comments.ask("GET", "wp/v2/users/me", params={"_fields": "id"})
        yield from Reading(comments, cursor).pages()

    def _raw(self, method: str, path: str, **more: Any) -> Response:  # noqa: ANN401  as Http takes them
        self._known()
        return self._site.raw(method, path, **more)

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Comment below the parent comment."""
        post, content = self._post_of(reply), _content(reply.text)
        body = {"post": post, "parent": int(reply.parent or 0), "content": content}
        answer = self._raw("POST", "wp/v2/comments", writing=True, json=body)
        if answer.status == 409 and answer.as_dict().get("code") == "comment_duplicate":  # noqa: PLR2004  "Conflict"
            return self._handle_duplicate(reply, answer.host)
        if not answer.ok:
            raise problem(answer, writing=True)
        made = answer.as_dict()
        if not isinstance(made.get("id"), int):
            msg = tr("{host} may have accepted this: its response broke off.").format(host=answer.host)
            raise UnknownOutcome(msg)
        return sent(made)

    def _handle_duplicate(self, reply: Reply, host: str) -> Sent:
        """Handle `comment_duplicate`: on a retry, find the comment that the first try created; else raise Refused."""
        if not reply.tried:
            msg = tr("You've already posted exactly this in the same place on {host}. Reword it.").format(host=host)
            raise Refused(msg)
        sent = self.find_sent(reply)
        if sent is None:
            msg = tr("{host} already has this comment, but doesn't show where.").format(host=host)
            raise UnknownOutcome(msg)
        return sent

    def _post_of(self, reply: Reply) -> int:
        post = reply.thread.partition("/")[0]
        if post.isdecimal():
            return int(post)
        asked = [int(reply.parent)] if reply.parent.isdecimal() else []
        comments = self._known().by_ids(asked, _fields="id,post", _embed="") if asked else []
        if not comments or not isinstance(comments[0].get("post"), int):
            msg = tr("The comment you're replying to is no longer there.")
            raise Refused(msg)
        return int(comments[0]["post"])

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for our comment with the same text and parent, whatever its date: WordPress allows only one.

        One of before whose punctuation is another is not it.

        Raises UnknownOutcome if we cannot see held comments, or there are too many.
        """
        comments = self._known()
        asked: dict[str, object] = {"post": self._post_of(reply), "parent": int(reply.parent or 0), "orderby": "id"}
        asked |= {"status": "any", "author": comments.me} if comments.moderates else {}
        for page in range(1, _MAX_SEARCHED_PAGES + 1):
            rows, answer = comments.rows(page=page, _fields=FIELDS, **asked)
            since = reply.at + answer.ahead(clock.now()) - _CLOCK_SLACK_SECONDS
            for row in rows:
                lost = row.get("status") == "trash" and seconds(row) < reply.at - _DAY_SECONDS
                if str(row.get("author")) == comments.me and _is_reply(row, reply, since) and not lost:
                    return sent(row)
            total = answer.headers.get("x-wp-totalpages") or ""  # which something in between may take away
            if page >= int(total) if total.isdecimal() else len(rows) < PAGE_ROWS:
                if self._known().moderates:
                    return None
                break  # it may be held, which only moderators can see
        msg = tr("The blog doesn't show all comments. Check there, then say whether yours has arrived.")
        raise UnknownOutcome(msg)

    def moderate(self, verb: str, on: Target) -> None:
        """Hold, approve, mark as spam or trash a comment; approving restores it from the trash."""
        path = f"wp/v2/comments/{int(on.message)}"
        if verb == DELETE:
            answer = self._raw("DELETE", path)
            if answer.status in (404, 410):  # deleted, or in the trash already
                return
        else:
            answer = self._raw("POST", path, json={"status": _STATUS[verb]})
        if answer.status == 404:  # noqa: PLR2004  "Not Found"
            raise Refused(tr(_NO_LONGER_THERE))
        if answer.status == 403:  # noqa: PLR2004  "Forbidden"
            msg = tr("{host} doesn't let this account moderate. That needs the editor role.").format(host=answer.host)
            raise Refused(msg)
        if not answer.ok:
            raise problem(answer, writing=False)

    # --- our own comments, changed

    def correct(self, change: Change) -> None:
        """Replace the words of our comment; one in the trash counts as gone."""
        if self._known().moderates and self._own_comment(change) is None:
            raise Refused(tr(_NO_LONGER_THERE))
        body = {"content": _content(change.text)}
        self._judge_edit(self._raw("POST", f"wp/v2/comments/{int(change.remote_id)}", writing=True, json=body))

    def withdraw(self, change: Change) -> None:
        """Move our comment to the trash; delete it where the blog has none."""
        path = f"wp/v2/comments/{int(change.remote_id)}"
        answer = self._raw("DELETE", path, writing=True)
        if answer.as_dict().get("code") == "rest_trash_not_supported":
            answer = self._raw("DELETE", path, writing=True, params={"force": "true"})
        if answer.status not in (404, 410):  # deleted, or in the trash already
            self._judge_edit(answer)

    def _judge_edit(self, answer: Response) -> None:
        """Raise the error of a response to a change of a comment of ours that is not 2xx."""
        if answer.status == 404:  # noqa: PLR2004  "Not Found"
            raise Refused(tr(_NO_LONGER_THERE))
        if answer.status == 403:  # noqa: PLR2004  "Forbidden"
            msg = tr("{host} doesn't let this account change comments. That needs the editor role.").format(
                host=answer.host
            )
            raise Refused(msg)
        if not answer.ok:
            raise problem(answer, writing=True)

    def reads(self, change: Change) -> str | None:
        """How our comment reads now; None if it is gone or in the trash.

        Raises UnknownOutcome where we may not see comments that are held.
        """
        row = self._own_comment(change)
        if row is None and not self._known().moderates:
            msg = tr("The blog doesn't show all comments. Check there, then say whether yours was changed.")
            raise UnknownOutcome(msg)
        return None if row is None else words_of(row)

    def _own_comment(self, change: Change) -> dict[str, Any] | None:
        rows = self._known().by_ids([int(change.remote_id)], _embed="")
        return next((row for row in rows if row.get("status") != "trash"), None)

    def post_above(self, above: Above) -> PostAbove | None:
        """Fetch the post that a conversation stands under; None if it is no longer there."""
        return post_above(self._known(), above)

    def close(self) -> None:
        """Close the connections."""
        self._site.close()


def _is_reply(row: Mapping[str, Any], reply: Reply, since: int) -> bool:
    """Whether a comment of ours has the words of a reply; one from before `since` has to have all its signs as well."""
    said = words_of(row)
    return same(said, reply.text) and (seconds(row) >= since or said.split() == reply.text.split())


def _content(text: str) -> str:
    """Return a text as the HTML of a comment; raises Refused if that is too long."""
    content = escape(text, quote=False)
    size = len(content.encode())
    if size > LIMIT:
        msg = tr("This is too long for a comment: WordPress allows {most:,} bytes, and this is {size:,}.").format(
            most=LIMIT, size=size
        )
        raise Refused(msg)
    return content
