"""A session with a blog.

Date filters are in the site's local time, so each pull reads the last three days again, which also detects edits.
Comments that disappeared since the last pull, or were held then, are fetched by id. WordPress rejects the same text by
the same author under the same parent: on a retry after an unknown outcome, that means that the first try was accepted.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from html import escape
from typing import Any
from urllib.parse import urljoin, urlsplit

from app.base import clock
from app.base.message import Change, Incoming, Reply
from app.base.words import N_, tr
from app.channels.base import (
    DELETE,
    HIDE,
    SHOW,
    SPAM,
    AuthNeeded,
    Found,
    Page,
    Refused,
    Sent,
    TryLater,
    UnknownOutcome,
    taken_away,
)
from app.channels.http import Http, Response
from app.channels.wordpress.limits import LIMIT
from app.channels.wordpress.rows import (
    FIELDS,
    earlier,
    host_of,
    incoming,
    latest,
    local,
    plain,
    same,
    seconds,
    sent,
    words_of,
)

_PAGE_ROWS = 100
_OVERLAP = timedelta(days=3)
_MAX_WATCHED = 1_000
_MAX_PAGES = 20_000  # maximum pages of a pull; the next pull continues from there
_MAX_DEPTH = 12  # maximum nesting of replies that is followed; WordPress shows at most ten levels
_MAX_SEARCHED_PAGES = 10  # maximum pages searched for a sent reply
_FLOOD_SECONDS = 15  # minimum seconds between two comments of a user who may not moderate
_DAY_SECONDS = 86_400
_STATUS = {HIDE: "hold", SHOW: "approve", SPAM: "spam"}
_NO_WORDPRESS = N_("{host} isn't a WordPress site. Enter the address of the blog's home page.")
_BAD_LOGIN = N_(
    "{host} doesn't accept this user name and application password. Create a new one in its "
    "dashboard: Users > Profile > Application Passwords."
)
_NO_PASSWORDS = N_(
    "{host} doesn't accept application passwords. Its address has to start with https://, "
    "and no plugin may have turned them off."
)
_NO_LONGER_THERE = N_("This comment is no longer on the blog.")


class WordPressSession:
    """A session of one user of a blog."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Take the form's fields and the facts of the last `check`."""
        site = fields.get("site", "").strip().partition("/wp-")[0]
        self._site = (site if "://" in site else f"https://{site}").rstrip("/") + "/"
        self._name = fields.get("name", "").strip()
        self._password = secrets.get("password", "")
        self._api, self._me = fields.get("api", ""), fields.get("me", "")
        self._moderates = fields.get("moderates", "") == "yes"
        self._roots: dict[int, int] = {}
        self._made: Http | None = None

    # --- speaking with it

    def _http(self) -> Http:
        if self._made is None:
            self._made = Http(self._site)
        return self._made

    def _raw(self, method: str, path: str, *, writing: bool = False, **more: Any) -> Response:  # noqa: ANN401  as Http takes them
        if not self._api:
            self.check()
        key = b64encode(f"{self._name}:{self._password}".encode()).decode()
        headers = {"Authorization": f"Basic {key}"}
        return self._http().raw(method, self._api + path, writing=writing, headers=headers, **more)

    def _ask(self, method: str, path: str, **more: Any) -> Response:  # noqa: ANN401  as Http takes them
        answer = self._raw(method, path, **more)
        if not answer.ok:
            raise _problem(answer, writing=bool(more.get("writing")))
        return answer

    def _rows(self, **asked: object) -> tuple[list[dict[str, Any]], Response]:
        """Return the comments of a request and the response; rows that are no comments are left out."""
        seen = {"context": "edit"} if self._moderates else {}
        answer = self._ask("GET", "wp/v2/comments", params={"per_page": _PAGE_ROWS, **seen, **asked})
        rows = answer.json()
        if not isinstance(rows, list):
            msg = tr("{host} didn't return a list of comments.").format(host=answer.host)
            raise TryLater(msg)
        return [row for row in rows if isinstance(row, dict) and isinstance(row.get("id"), int)], answer

    # --- logging in

    def check(self) -> Found:
        """Discover the REST API, then return who we are and whether we can moderate."""
        self._api, index = self._discover()
        if index.get("authentication") == []:  # application passwords are off, as without https: do not send ours
            raise AuthNeeded(tr(_NO_PASSWORDS).format(host=self._http().host))
        answer = self._ask("GET", "wp/v2/users/me", params={"context": "edit", "_fields": "id,name,capabilities"})
        me = answer.json()
        if not isinstance(me, dict) or not isinstance(me.get("id"), int):
            raise Refused(tr(_NO_WORDPRESS).format(host=answer.host))
        powers = me.get("capabilities")
        self._moderates = isinstance(powers, dict) and bool(powers.get("moderate_comments"))
        self._me = str(me["id"])
        blog, name = plain(index.get("name")) or answer.host, str(me.get("name") or self._name)
        sentence = tr("“{blog}” is connected as {name}: you can reply; moderating needs the editor role.")
        if self._moderates:
            sentence = tr("“{blog}” is connected as {name}: you can reply and moderate.")
        facts = {"api": self._api, "me": self._me, "moderates": "yes" if self._moderates else ""}
        return Found(
            sentence.format(blog=blog, name=name),
            own=(f"{host_of(self._api)}/{self._me}",),
            facts=facts,
        )

    def _discover(self) -> tuple[str, dict[str, Any]]:
        """Return the REST API's URL, from the home page's Link header or the usual paths, and its index."""
        home = self._http().raw("GET", self._site)
        if home.status >= 500 or home.status == 429:  # noqa: PLR2004  may be WordPress, but it is not working now
            raise _problem(home, writing=False)
        named = re.search(r'<([^<>\s]+)>;\s*rel="https://api\.w\.org/"', home.headers.get("link", ""))
        base = home.url.partition("?")[0].partition("#")[0].rsplit("/", 1)[0] + "/"
        addresses = [f"{base}wp-json/", f"{base}?rest_route=/"]
        if named and urlsplit(urljoin(base, named[1])).hostname == urlsplit(base).hostname:
            # behind a proxy the site may announce http; the password is sent with the scheme that we used
            addresses.insert(0, urlsplit(urljoin(base, named[1]))._replace(scheme=urlsplit(base).scheme).geturl())
        for api in addresses:
            answer = self._http().raw("GET", api, params={"_fields": "name,namespaces,authentication"})
            index = answer.as_dict()
            if answer.ok and "wp/v2" in (index.get("namespaces") or ()):
                return api, index
            if answer.status == 429:  # noqa: PLR2004  rate limited, so it may be the API
                raise _problem(answer, writing=False)
        raise Refused(tr(_NO_WORDPRESS).format(host=home.host))

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield new comments and those of the last three days, then the fate of comments that disappeared."""
        newest, watched = cursor.get("after", ""), {int(number) for number in cursor.get("watched", "").split()}
        seen: dict[int, str] = {}
        if not self._moderates:  # public comments are served even with a wrong password, so check it
            self._ask("GET", "wp/v2/users/me", params={"_fields": "id"})
        for rows, end in self._pages_since(earlier(newest, _OVERLAP)):
            newest = max(newest, min(max(map(local, rows), default=""), end))
            seen.update((row["id"], "" if row.get("status") == "hold" else local(row)) for row in rows)
            yield Page(self._incoming(rows), {"after": newest})
        missing = sorted(watched - seen.keys())
        for at in range(0, len(missing), _PAGE_ROWS):
            rows = self._by_ids(missing[at : at + _PAGE_ROWS])
            seen.update((row["id"], "") for row in rows if row.get("status") == "hold")
            lost = set(missing[at : at + _PAGE_ROWS]) - {row["id"] for row in rows}
            yield Page((*self._incoming(rows), *(taken_away(str(number)) for number in sorted(lost))), {})
        recent = earlier(newest, _OVERLAP)
        after = sorted(number for number, date in seen.items() if not date or date >= recent)
        yield Page((), {"watched": " ".join(map(str, after[-_MAX_WATCHED:]))})

    def _pages_since(self, after: str) -> Iterator[tuple[list[dict[str, Any]], str]]:
        """Yield pages of comments by local date, each with the latest plausible local date."""
        page, known = 1, set[int]()
        asked: dict[str, object] = {"orderby": "date", "order": "asc", "_embed": "up", "_fields": FIELDS}
        if self._moderates:
            asked["status"] = "all"
        for _ in range(_MAX_PAGES):
            more = {"after": after} if after else {}
            rows, answer = self._rows(page=page, **more, **asked)
            yield rows, latest(clock.now() + answer.ahead(clock.now()))
            total = answer.headers.get("x-wp-totalpages", "")
            # continue by date instead of page number, as deletions meanwhile would shift the pages
            following = earlier(max(map(local, rows), default=""), timedelta(seconds=1))
            repeated = page > 1 and known.issuperset(row["id"] for row in rows)
            if (page >= int(total) if total.isdecimal() else len(rows) < _PAGE_ROWS) or repeated:
                return
            known.update(row["id"] for row in rows)
            after, page = (following, 1) if following > after else (after, page + 1)

    def _by_ids(self, numbers: Iterable[int], **asked: object) -> list[dict[str, Any]]:
        """Fetch comments by id, whatever their status."""
        status = {"status": "any"} if self._moderates else {}
        include = ",".join(map(str, numbers))
        return self._rows(**{"include": include, "_embed": "up", "_fields": FIELDS, **status, **asked})[0]

    def _incoming(self, rows: list[dict[str, Any]]) -> tuple[Incoming, ...]:
        self._find_roots(rows)
        messages, whose = [], host_of(self._api)
        for row in rows:
            try:
                root = self._roots.get(row["id"], row["id"])
                messages.append(incoming(row, whose, self._me, root))
            except (KeyError, TypeError, ValueError, AttributeError):
                continue  # a comment that a plugin has changed must not block the others
        return tuple(messages)

    def _find_roots(self, rows: list[dict[str, Any]]) -> None:
        """Find the first comment of each comment's thread, fetching unknown parents one level at a time."""
        above = {row["id"]: row.get("parent") or 0 for row in rows}
        for _ in range(_MAX_DEPTH):
            missing = {parent for parent in above.values() if parent} - above.keys() - self._roots.keys()
            if not missing:
                break
            for at in range(0, len(missing), _PAGE_ROWS):
                asked = sorted(missing)[at : at + _PAGE_ROWS]
                above.update(dict.fromkeys(asked, 0))
                parents = self._by_ids(asked, _fields="id,parent", _embed="")
                above.update({row["id"]: row.get("parent") or 0 for row in parents})
        for number in above:
            top = number
            for _ in range(_MAX_DEPTH):
                top = self._roots.get(top) or above.get(top) or top
            self._roots[number] = top

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Comment below the parent comment."""
        post, content = self._post_of(reply), _content(reply.text)
        body = {"post": post, "parent": int(reply.parent or 0), "content": content}
        answer = self._raw("POST", "wp/v2/comments", writing=True, json=body)
        if answer.status == 409 and answer.as_dict().get("code") == "comment_duplicate":  # noqa: PLR2004  "Conflict"
            return self._handle_duplicate(reply, answer.host)
        if not answer.ok:
            raise _problem(answer, writing=True)
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
        comments = self._by_ids([int(reply.parent)], _fields="id,post", _embed="") if reply.parent.isdecimal() else []
        if not comments or not isinstance(comments[0].get("post"), int):
            msg = tr("The comment you're replying to is no longer there.")
            raise Refused(msg)
        return int(comments[0]["post"])

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for our comment with the same text and parent, whatever its date: WordPress allows only one.

        Raises UnknownOutcome if we cannot see held comments, or there are too many.
        """
        asked: dict[str, object] = {"post": self._post_of(reply), "parent": int(reply.parent or 0), "orderby": "id"}
        asked |= {"status": "any", "author": self._me} if self._moderates else {}
        for page in range(1, _MAX_SEARCHED_PAGES + 1):
            rows, answer = self._rows(page=page, _fields=FIELDS, **asked)
            for row in rows:
                lost = row.get("status") == "trash" and seconds(row) < reply.at - _DAY_SECONDS
                if str(row.get("author")) == self._me and same(words_of(row), reply.text) and not lost:
                    return sent(row)
            if page >= int(answer.headers.get("x-wp-totalpages") or 1):
                if self._moderates:
                    return None
                break  # it may be held, which only moderators can see
        msg = tr("The blog doesn't show all comments. Check there, then say whether yours has arrived.")
        raise UnknownOutcome(msg)

    def moderate(self, verb: str, remote_id: str) -> None:
        """Hold, approve, mark as spam or trash a comment; approving restores it from the trash."""
        path = f"wp/v2/comments/{int(remote_id)}"
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
            raise _problem(answer, writing=False)

    # --- our own comments, changed

    def correct(self, change: Change) -> None:
        """Replace the words of our comment; one in the trash counts as gone."""
        if self._moderates and self._own_comment(change) is None:
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
            raise _problem(answer, writing=True)

    def reads(self, change: Change) -> str | None:
        """How our comment reads now; None if it is gone or in the trash.

        Raises UnknownOutcome where we may not see comments that are held.
        """
        row = self._own_comment(change)
        if row is None and not self._moderates:
            msg = tr("The blog doesn't show all comments. Check there, then say whether yours was changed.")
            raise UnknownOutcome(msg)
        return None if row is None else words_of(row)

    def _own_comment(self, change: Change) -> dict[str, Any] | None:
        rows = self._by_ids([int(change.remote_id)], _embed="")
        return next((row for row in rows if row.get("status") != "trash"), None)

    def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            self._made.close()


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


def _problem(answer: Response, *, writing: bool) -> Exception:
    """Return the error for a response that is not 2xx."""
    if answer.status == 401:  # noqa: PLR2004  "Unauthorized"; the error code of a wrong password depends on the version
        return AuthNeeded(tr(_BAD_LOGIN).format(host=answer.host))
    if answer.as_dict().get("code") == "comment_flood":
        return TryLater(
            tr("{host} accepts one comment every {seconds} seconds.").format(host=answer.host, seconds=_FLOOD_SECONDS),
            _FLOOD_SECONDS,
        )
    return answer.problem(clock.now(), writing=writing) or Refused(
        tr("{host} refused the request.").format(host=answer.host)
    )
