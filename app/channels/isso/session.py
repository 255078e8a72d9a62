"""A session with an Isso server.

Comments are read a whole page at a time. `/count`, which has numbers only, and `/latest` tell which pages changed;
pages with comments in the last three days are re-read anyway, which detects edits. A comment missing from its page was
deleted. `/latest` has an odd order: top-level comments first, then all replies, each by time; its limit counts from the
end, so that with many replies it must be raised until new top-level comments appear.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from app.base import clock
from app.base.errors import UserError
from app.base.message import Incoming, Reply, Target
from app.base.text import words
from app.base.words import N_, tr
from app.channels.base import (
    DELETE,
    AuthNeeded,
    Found,
    Page,
    Refused,
    Sent,
    TryLater,
    UnknownOutcome,
    in_pages,
    taken_away,
)
from app.channels.http import Http, Response
from app.channels.http.parts import as_dict
from app.channels.http.shape import unreadable
from app.channels.isso.limits import LIMIT
from app.channels.isso.rows import Known, Line, Post, author, incoming, known, lines, mark, number, of, page_of, unmark

_REREAD_SECONDS = 3 * 86_400
_MAX_COUNTED = 500  # pages per /count request
_MAX_REMEMBERED = 2_000  # comments remembered per page, to detect deletions
_FIRST_ROWS = 500
_MAX_ADMIN_PAGES = 200  # maximum admin pages of a hundred comments
_MAX_BYTES = 100_000_000  # maximum bytes of a response, as all comments of a page come at once
_CLOCK_SLACK_SECONDS = 600
_QUARTER_SECONDS = 900  # seconds; time zone offsets are multiples of it
_MIN_CHARS = 3  # minimum characters of a comment
_MAX_FAILURES = 2  # pages that may fail before the pull stops
_PAGE_PREFIX = "page "
_NO_ISSO = N_("{host} isn't an Isso server. Enter the value of data-isso from the source of a page with comments.")
_NO_LISTS = N_(
    "{host} doesn't list its comments. Turn on latest-enabled in its configuration, enter "
    "the admin password, or list the pages."
)
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


class IssoSession:
    """A session with one site's comments, replying under one name."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """Take the form's fields and the facts of the last `check`."""
        self._server, self._site = _with_scheme(fields.get("server", "")), _with_scheme(fields.get("site", ""))
        self._name, self._email = fields.get("name", "").strip(), fields.get("email", "").strip()
        self._pages = [
            page if page.startswith("/") else urlsplit(page).path for page in fields.get("pages", "").split()
        ]
        self._latest = fields.get("latest", "")
        zone = fields.get("zone", "0")
        self._zone = int(zone) if zone.removeprefix("-").isdecimal() else 0
        self._secrets = secrets
        self._logged_in = False
        self._posts: dict[str, Post] = {}
        self._titles: dict[str, str] = {}
        self._made: Http | None = None
        self._made_site_http: Http | None = None
        self._patience = 3  # after so many failed requests, no more titles are read from the site's pages

    # --- speaking with it

    def _http(self) -> Http:
        if self._made is None:
            self._made = Http(self._server, size_max=_MAX_BYTES)
        return self._made

    def _ask(self, method: str, path: str, **more: Any) -> Response:  # noqa: ANN401  as Http takes them
        return self._http().ask(method, path, writing=False, **more)

    @property
    def _admin(self) -> bool:
        return bool(self._secrets.get("password"))

    def _log_in(self) -> None:
        """Get the admin's session cookie; raises AuthNeeded if the password is wrong, Refused if /admin is disabled."""
        if self._logged_in:
            return
        body = {"password": self._secrets.get("password", "")}
        answer = self._http().raw("POST", "login/", data=body, follow=False)
        if answer.status in (301, 302, 303):
            self._logged_in = True
            return
        if answer.status >= 400:  # noqa: PLR2004  RFC 9110, 15.5
            raise answer.problem(clock.now(), writing=False) or Refused(tr(_NO_ISSO).format(host=answer.host))
        if 'type="password"' in answer.text:
            msg = tr(
                "{host} doesn't accept this admin password. You can find it in Isso's configuration, under [admin]."
            ).format(host=answer.host)
            raise AuthNeeded(msg)
        msg = tr("Administration of {host} is turned off. Set enabled under [admin] in Isso's configuration.").format(
            host=answer.host
        )
        raise Refused(msg)

    def _listed(self, **asked: object) -> list[Line]:
        """Return the comments of an admin page, remembering page titles."""
        self._log_in()
        comments = list(lines(self._ask("GET", "admin/", params=asked).text))
        self._titles.update((line.uri, line.title) for line in comments)
        return comments

    # --- logging in

    def check(self) -> Found:
        """Check that it is an Isso server, which lists it offers, and the admin password if there is one."""
        asked = self._http().raw("GET", "config")
        config = asked.as_dict().get("config")
        if asked.status >= 500 or asked.status == 429:  # noqa: PLR2004  may be an Isso server, but it is not working now
            raise asked.problem(clock.now(), writing=False) or Refused(tr(_NO_ISSO).format(host=asked.host))
        if not isinstance(config, dict):  # before 0.13 the configuration came with a page's comments
            config = self._http().raw("GET", "", params={"uri": "/"}).as_dict().get("config")
        if not isinstance(config, dict):
            raise Refused(tr(_NO_ISSO).format(host=asked.host))
        if config.get("require-email") and not self._email:
            msg = tr("{host} doesn't accept comments without an e-mail address. Enter yours.").format(host=asked.host)
            raise AuthNeeded(msg)
        if self._admin:
            self._zone = self._find_zone()
        latest = self._http().raw("GET", "latest", params={"limit": 1}).ok
        if not latest and not self._admin and not self._pages:
            raise Refused(tr(_NO_LISTS).format(host=asked.host))
        if self._admin:
            sentence = tr(
                "The comments on {site} are connected: you can reply as {name} and approve and delete comments."
            )
        else:
            sentence = tr(
                "The comments on {site} are connected: you can reply as {name} (moderating needs the admin password)."
            )
        text = sentence.format(site=urlsplit(self._site).netloc, name=self._name)
        return Found(text, facts={"latest": "yes" if latest else "", "zone": str(self._zone)})

    def _find_zone(self) -> int:
        """Return the server's UTC offset in seconds: the admin page shows times in local time only."""
        for line in self._listed(mode=1, order_by="id", asc=0)[:1]:
            for row, _ in self._rows(line.uri)[0]:
                if row["id"] == line.number:
                    return round((line.at - int(row["created"])) / _QUARTER_SECONDS) * _QUARTER_SECONDS
        return 0

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield the comments of changed pages, then those awaiting approval."""
        kept = {
            name[len(_PAGE_PREFIX) :]: known(value) for name, value in cursor.items() if name.startswith(_PAGE_PREFIX)
        }
        seen, tail = self._listed_ids(cursor, kept)
        # without the admin password, what waits for approval is only not shown
        held_before = _parse_strings(cursor.get("held", "")) if self._admin else {}
        held = {line.remote_id: line for line in self._held()} if self._admin else {}
        decided: dict[str, set[str]] = {}
        for remote in held_before.keys() - held.keys():
            decided.setdefault(held_before[remote], set()).add(remote)
        uris = list(dict.fromkeys((*seen, *kept, *self._pages, *decided)))
        failures, undecided = 0, dict[str, str]()
        for uri, count in self._counts(uris).items():
            before = kept.get(uri, Known())
            fresh = seen.get(uri, set()) - set(before.ids)
            if fresh or uri in decided or count != before.count or before.until > clock.now():
                try:
                    yield from self._read(uri, count, (*before.ids, *decided.get(uri, ())))
                except (Refused, TryLater) as why:  # one page keeps no other back: it is asked for again next time
                    failures += 1
                    if failures > _MAX_FAILURES or (isinstance(why, TryLater) and why.limited):
                        raise
                    yield Page((), {}, trouble=self._not_read(uri, why))
                    undecided |= dict.fromkeys(decided.get(uri, ()), uri)
        waiting = tuple(self._held_message(line) for line in sorted(held.values(), key=lambda line: line.at))
        kept_held = json.dumps({**{line.remote_id: line.uri for line in held.values()}, **undecided})
        yield from in_pages(waiting, {**tail, **({"held": kept_held} if self._admin else {})})

    def _not_read(self, uri: str, why: UserError) -> str:
        return tr("The comments on {page} can't be read: {why} The other pages are read.").format(page=uri, why=why)

    def _listed_ids(
        self, cursor: Mapping[str, str], kept: Mapping[str, Known]
    ) -> tuple[dict[str, set[str]], dict[str, str]]:
        """Return remote ids by page from `/latest` or the admin's list, and the cursor entries to store."""
        ids: dict[str, set[str]] = {}
        if self._latest:
            rows, answers = self._latest_rows(
                int(cursor.get("answers") or 0), {identifier for page in kept.values() for identifier in page.ids}
            )
            for row in rows:
                if isinstance(row.get("uri"), str):
                    ids.setdefault(row["uri"], set()).add(of(row))
            return ids, {"answers": str(answers)}
        for at in range(_MAX_ADMIN_PAGES if self._admin else 0):
            listed = self._listed(mode=1, page=at, order_by="id", asc=0)
            for line in listed:
                ids.setdefault(line.uri, set()).add(line.remote_id)
            if not listed or kept:  # later pulls need only the newest hundred, to find new pages
                break
        return ids, {}

    def _latest_rows(self, answers: int, before: set[str]) -> tuple[list[dict[str, Any]], int]:
        """Return `/latest` back to a known top-level comment, and the number of replies to comments in it."""
        limit = answers + _FIRST_ROWS
        while True:
            listed = self._ask("GET", "latest", params={"limit": limit}).json()
            rows = [row for row in listed if _readable(row)] if isinstance(listed, list) else []
            tops = [row for row in rows if not row.get("parent")]
            if len(rows) < limit or any(of(row) in before for row in tops) or limit > _MAX_BYTES:
                return rows, len(rows) - len(tops)
            limit *= 4

    def _counts(self, uris: list[str]) -> dict[str, int]:
        """Return the number of visible comments by page."""
        counts: dict[str, int] = {}
        for at in range(0, len(uris), _MAX_COUNTED):
            some = uris[at : at + _MAX_COUNTED]
            numbers = self._ask("POST", "count", json=some).json()
            if not isinstance(numbers, list) or len(numbers) != len(some):
                msg = tr("{host} didn't return a comment count.").format(host=self._http().host)
                raise TryLater(msg)
            counts.update((uri, count) for uri, count in zip(some, numbers, strict=True) if isinstance(count, int))
        return counts

    def _rows(self, uri: str) -> tuple[list[tuple[dict[str, Any], dict[str, Any]]], Response]:
        """Return a page's comments by time, each with its top-level comment, which may be itself; and the response.

        Raises TryLater if there is no list of comments: an error page must not be taken for a page without comments.
        """
        answer = self._ask("GET", "", params={"uri": uri, "plain": 1})
        comments: list[tuple[dict[str, Any], dict[str, Any]]] = []
        tops = as_dict(answer.json()).get("replies")
        if not isinstance(tops, list):
            raise unreadable(answer.host)
        for top in tops:
            if not _readable(top):
                continue
            under = top.get("replies")
            comments.append((top, top))
            comments += [(row, top) for row in (under if isinstance(under, list) else ()) if _readable(row)]
        return sorted(comments, key=lambda pair: float(pair[0]["created"])), answer

    def _read(self, uri: str, count: int, before: Iterable[str]) -> Iterator[Page]:
        rows, answer = self._rows(uri)
        before = tuple(before)
        fresh = not {of(row) for row, _ in rows}.issubset(before)
        post, items = self._post(uri) if fresh else self._untitled_post(uri), list[Incoming]()
        for row, top in rows:
            try:
                items.append(incoming(row, top, post, self._http().host, out=self._is_ours(row)))
            except _UNREADABLE:
                continue  # a malformed row must not block the others
        there = dict.fromkeys(of(row) for row, _ in rows)
        items += [taken_away(remote) for remote in dict.fromkeys(before) if remote not in there]
        newest = max((int(row["created"]) for row, _ in rows), default=0) - answer.ahead(clock.now())
        after = Known(count, newest + _REREAD_SECONDS, tuple(there)[-_MAX_REMEMBERED:])
        yield from in_pages(items, {_PAGE_PREFIX + uri: after.written()})

    def _held(self, *, whole: bool = False) -> Iterator[Line]:
        """Yield the comments awaiting approval, newest first; `whole` raises UnknownOutcome for too many."""
        for page in range(_MAX_ADMIN_PAGES):
            held = self._listed(mode=2, page=page, order_by="id", asc=0)
            yield from held
            if len(held) < 100:  # noqa: PLR2004  the size of an admin page
                return
        if whole:
            msg = tr("So many comments wait for approval that Rapport can't tell whether yours is one. Check there.")
            raise UnknownOutcome(msg)

    def _held_message(self, line: Line) -> Incoming:
        post, host = self._post(line.uri), self._http().host
        email = f"{host}/{line.email}" if line.email else ""
        return Incoming(
            remote_id=line.remote_id,
            at=min(line.at - self._zone, clock.now()),
            text=line.text,
            author=author(line.name, line.website, email, email or f"{host}/{line.remote_id}"),
            thread=f"{line.number} {line.uri}",
            post_title=post.title,
            post_url=post.url,
            post_text=post.text,
            url=f"{post.url}#isso-{line.number}",
            upstream="held",
        )

    def _is_ours(self, row: Mapping[str, Any]) -> bool:
        """Match our name; and, once we have replied with our e-mail, its hash too, as anybody can use our name."""
        ours = self._secrets.get("hash", "")
        same = str(row.get("author") or "").casefold() == self._name.casefold() != ""
        return same and (not ours or row.get("hash") == ours)

    def _url(self, uri: str) -> str:
        """Return the page's address, always on our site: any visitor can create a thread with an arbitrary uri."""
        parts = urlsplit(self._site)
        return f"{parts.scheme}://{parts.netloc}/{uri.lstrip('/')}"

    def _untitled_post(self, uri: str) -> Post:
        return Post(uri, self._url(uri), self._titles.get(uri) or uri)

    def _post(self, uri: str) -> Post:
        """Return a page with the title and description from the site; without them if that does not respond."""
        if uri not in self._posts:
            post = self._untitled_post(uri)
            try:
                answer = self._site_http().raw("GET", post.url) if self._patience else None
            except UserError:
                self._patience -= 1
                answer = None
            if answer is not None and answer.ok:
                page = page_of(answer.text, uri, post.url)
                post = page if page.title else Post(uri, post.url, post.title, page.text)
            self._posts[uri] = post
        return self._posts[uri]

    def _site_http(self) -> Http:
        if self._made_site_http is None:
            self._made_site_http = Http(self._site, deadline=5.0, size_max=2_000_000)
        return self._made_site_http

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Comment on the page, below the parent comment."""
        uri, text = _uri(reply), mark(reply.text)
        if len(text) > LIMIT or len(text.rstrip()) < _MIN_CHARS:
            msg = tr("Isso accepts comments of {least} to {most:,} characters; this has {text:,}.").format(
                least=_MIN_CHARS, most=LIMIT, text=len(text)
            )
            raise Refused(msg)
        body = {
            "text": text,
            "author": self._name,
            "email": self._email or None,
            "parent": number(reply.parent) or None,
        }
        answer = self._http().raw("POST", "new", writing=True, params={"uri": uri}, json=body)
        if answer.status == 403 and "ratelimit" in answer.text:  # noqa: PLR2004  "Forbidden"
            msg = tr("{host} only accepts a few comments a minute from one address.").format(host=answer.host)
            raise TryLater(msg, 60, limited=True)
        answer.raise_for_status(writing=True)
        made = answer.as_dict()
        if not _readable(made):
            msg = tr("{host} may have accepted this: its response broke off.").format(host=answer.host)
            raise UnknownOutcome(msg)
        if self._email and isinstance(made.get("hash"), str):
            self._secrets["hash"] = made["hash"]
        return self._sent(made, uri)

    def _sent(self, row: Mapping[str, Any], uri: str) -> Sent:
        return Sent(of(row), f"{self._url(uri)}#isso-{row['id']}", int(row["created"]))

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for our comment with the same text on the page, since the reply was written; also among held ones.

        Raises UnknownOutcome without the admin password, as held comments are not visible then.
        """
        uri = _uri(reply)
        rows, answer = self._rows(uri)
        since = reply.at + answer.ahead(clock.now()) - _CLOCK_SLACK_SECONDS
        for row, top in reversed(rows):
            said, there = _same_text(unmark(str(row.get("text"))), reply.text), row["created"] >= since
            if there and said and self._is_ours(row) and _is_below(row, top, reply):
                return self._sent(row, uri)
        if not self._admin:
            msg = tr(
                "Isso doesn't show comments waiting for approval. Check there, then say whether yours has arrived."
            )
            raise UnknownOutcome(msg)
        for line in self._held(whole=True):
            ours = line.uri == uri and line.name.casefold() == self._name.casefold()
            # a time on the admin page has no seconds
            if ours and line.at - self._zone + 60 >= since and _same_text(line.text, reply.text):
                return Sent(line.remote_id, f"{self._url(uri)}#isso-{line.number}")
        return None

    def moderate(self, verb: str, on: Target) -> None:
        """Approve or delete a comment; Isso cannot undo either."""
        if not self._admin:
            msg = tr("Moderating needs Isso's admin password. Add it to the account.")
            raise Refused(msg)
        comments = self._listed(comment_search_url=f"{self._site}#isso-{number(on.message)}", mode=0)
        line = next((comment for comment in comments if comment.remote_id == on.message), None)
        if line is None or not line.key:
            if verb == DELETE:
                return
            msg = tr("This comment is no longer on the site.")
            raise Refused(msg)
        action = "delete" if verb == DELETE else "activate"
        self._ask("POST", f"id/{line.number}/{action}/{line.key}")

    def close(self) -> None:
        """Close the connections."""
        for client in (self._made, self._made_site_http):
            if client is not None:
                client.close()


def _with_scheme(typed: str) -> str:
    typed = typed.strip()
    return (typed if "://" in typed else f"https://{typed}").rstrip("/") + "/"


def _parse_strings(written: str) -> dict[str, str]:
    """Parse a JSON object of strings; {} if that fails."""
    try:
        parsed = json.loads(written)
    except ValueError:
        return {}
    return {name: value for name, value in as_dict(parsed).items() if isinstance(value, str)}


def _readable(row: object) -> bool:
    """Whether it is a comment with an id and a time."""
    if not isinstance(row, dict) or not isinstance(row.get("id"), int):
        return False
    try:
        return bool(of(row))
    except _UNREADABLE:
        return False


def _uri(reply: Reply) -> str:
    """Return the page to reply on; raises Refused if the conversation did not come from Isso."""
    _, _, uri = reply.thread.partition(" ")
    if not uri:
        msg = tr("This conversation didn't come from a page with comments. Reply where it was written.")
        raise Refused(msg)
    return uri


def _is_below(row: Mapping[str, Any], top: Mapping[str, Any], reply: Reply) -> bool:
    """Whether a comment is in the reply's thread; a reply to nobody in particular begins its own."""
    thread = reply.thread.partition(" ")[0]
    return int(top["id"]) == int(thread) if reply.parent and thread.isdecimal() else not reply.parent and row is top


def _same_text(first: str, second: str) -> bool:
    return first.strip() == second.strip() or (words(first) == words(second) and bool(words(first)))
