"""A session with an Isso server.

Comments are read page by page, whole. Which pages have changed is told by `/count`, which knows numbers alone, and by
`/latest`; pages that had comments in the last days are read again anyway, which shows edits. What is missing on a page
was deleted. `/latest` is ordered oddly: comments on pages first, then all answers to others, each by time, so that its
tail has no new comments on pages where there are many answers; it is asked for so much that it shows them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from app.base import clock
from app.base.errors import UserError
from app.base.message import Incoming, Reply
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
from app.channels.http import Answer, Http
from app.channels.http.parts import as_dict
from app.channels.http.shape import unreadable
from app.channels.isso.limits import LIMIT
from app.channels.isso.rows import Known, Line, Post, author, incoming, known, lines, mark, number, of, page_of, unmark

_RECENT = 3 * 86_400
_COUNTED = 500  # pages that one question counts
_KEPT = 2_000  # comments of a page whose deletion is noticed
_FIRST = 500
_LISTED = 200  # pages of a hundred that the admin has of comments
_MOST = 100_000_000  # bytes of an answer: a page's or a list's comments come all at once
_SLACK = 600
_QUARTER = 900  # seconds; all time zones are so many of them from UTC
_LEAST = 3  # characters
_KEPT_AS = "page "
_NO_ISSO = N_("{host} isn't an Isso server. Enter the value of data-isso from the source of a page with comments.")
_BLIND = N_(
    "{host} doesn't list its comments. Turn on latest-enabled in its configuration, enter "
    "the admin password, or list the pages."
)
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


class IssoSession:
    """One site's comments, answered under one name."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """As the form has it, with what `check` found."""
        self._server, self._site = _address(fields.get("server", "")), _address(fields.get("site", ""))
        self._name, self._email = fields.get("name", "").strip(), fields.get("email", "").strip()
        self._pages = [
            page if page.startswith("/") else urlsplit(page).path for page in fields.get("pages", "").split()
        ]
        self._latest = fields.get("latest", "")
        zone = fields.get("zone", "0")
        self._zone = int(zone) if zone.removeprefix("-").isdecimal() else 0
        self._secrets = secrets
        self._inside = False
        self._posts: dict[str, Post] = {}
        self._titles: dict[str, str] = {}
        self._made: Http | None = None
        self._shown: Http | None = None
        self._patience = 3  # pages that do not answer before no more are asked for

    # --- speaking with it

    def _http(self) -> Http:
        if self._made is None:
            self._made = Http(self._server, size_max=_MOST)
        return self._made

    def _ask(self, method: str, path: str, **more: Any) -> Answer:  # noqa: ANN401  as Http takes them
        return self._http().ask(method, path, writing=False, **more)

    @property
    def _admin(self) -> bool:
        return bool(self._secrets.get("password"))

    def _log_in(self) -> None:
        """Have the admin's cookie; AuthNeeded where the password is wrong."""
        if self._inside:
            return
        body = {"password": self._secrets.get("password", "")}
        answer = self._http().raw("POST", "login/", data=body, follow=False)
        if answer.status in (301, 302, 303):
            self._inside = True
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
        """The comments on one of the admin's pages."""
        self._log_in()
        found = list(lines(self._ask("GET", "admin/", params=asked).text))
        self._titles.update((line.uri, line.title) for line in found)
        return found

    # --- logging in

    def check(self) -> Found:
        """Whether Isso is there, what it shows, and whether the password is right."""
        asked = self._http().raw("GET", "config")
        told = asked.as_dict().get("config")
        if asked.status >= 500 or asked.status == 429:  # noqa: PLR2004  it is a server's answer, whatever stands behind it
            raise asked.problem(clock.now(), writing=False) or Refused(tr(_NO_ISSO).format(host=asked.host))
        if not isinstance(told, dict):  # before 0.13 it stands with a page's comments
            told = self._http().raw("GET", "", params={"uri": "/"}).as_dict().get("config")
        if not isinstance(told, dict):
            raise Refused(tr(_NO_ISSO).format(host=asked.host))
        if told.get("require-email") and not self._email:
            msg = tr("{host} doesn't accept comments without an e-mail address. Enter yours.").format(host=asked.host)
            raise AuthNeeded(msg)
        if self._admin:
            self._zone = self._find_zone()
        latest = self._http().raw("GET", "latest", params={"limit": 1}).ok
        if not latest and not self._admin and not self._pages:
            raise Refused(tr(_BLIND).format(host=asked.host))
        if self._admin:
            sentence = tr(
                "The comments on {site} are connected: you can reply as {name} and approve and delete comments."
            )
        else:
            sentence = tr(
                "The comments on {site} are connected: you can reply as {name} (moderating needs the admin password)."
            )
        said = sentence.format(site=urlsplit(self._site).netloc, name=self._name)
        return Found(said, facts={"latest": "yes" if latest else "", "zone": str(self._zone)})

    def _find_zone(self) -> int:
        """By how many seconds the server's local time, in which alone the admin sees comments, is ahead of UTC."""
        for line in self._listed(mode=1, order_by="id", asc=0)[:1]:
            for row, _ in self._rows(line.uri)[0]:
                if row["id"] == line.number:
                    return round((line.at - int(row["created"])) / _QUARTER) * _QUARTER
        return 0

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """The pages on which something has changed, then what waits for approval."""
        kept = {name[len(_KEPT_AS) :]: known(value) for name, value in cursor.items() if name.startswith(_KEPT_AS)}
        seen, tail = self._seen(cursor, kept)
        held_before = _strings(cursor.get("held", ""))
        held = {line.remote_id: line for line in self._held()} if self._admin else {}
        decided: dict[str, set[str]] = {}
        for remote in held_before.keys() - held.keys():
            decided.setdefault(held_before[remote], set()).add(remote)
        uris = list(dict.fromkeys((*seen, *kept, *self._pages, *decided)))
        for uri, count in self._counts(uris).items():
            before = kept.get(uri, Known())
            fresh = seen.get(uri, set()) - set(before.ids)
            if fresh or uri in decided or count != before.count or before.until > clock.now():
                yield from self._read(uri, count, (*before.ids, *decided.get(uri, ())))
        waiting = tuple(self._waiting(line) for line in sorted(held.values(), key=lambda line: line.at))
        yield from in_pages(waiting, {**tail, "held": json.dumps({line.remote_id: line.uri for line in held.values()})})

    def _seen(self, cursor: Mapping[str, str], kept: Mapping[str, Known]) -> tuple[dict[str, set[str]], dict[str, str]]:
        """Comments by page, of those pages of which the server tells by itself, and what to keep for the next time."""
        found: dict[str, set[str]] = {}
        if self._latest:
            rows, answers = self._tail(
                int(cursor.get("answers") or 0), {one for page in kept.values() for one in page.ids}
            )
            for row in rows:
                if isinstance(row.get("uri"), str):
                    found.setdefault(row["uri"], set()).add(of(row))
            return found, {"answers": str(answers)}
        for at in range(_LISTED if self._admin else 0):
            listed = self._listed(mode=1, page=at, order_by="id", asc=0)
            for line in listed:
                found.setdefault(line.uri, set()).add(line.remote_id)
            if not listed or kept:  # the first page has the newest comments on pages, so every new page
                break
        return found, {}

    def _tail(self, answers: int, before: set[str]) -> tuple[list[dict[str, Any]], int]:
        """The latest comments back to one on a page that is known, and how many answers to others there are."""
        limit = answers + _FIRST
        while True:
            found = self._ask("GET", "latest", params={"limit": limit}).json()
            rows = [row for row in found if _readable(row)] if isinstance(found, list) else []
            tops = [row for row in rows if not row.get("parent")]
            if len(rows) < limit or any(of(row) in before for row in tops) or limit > _MOST:
                return rows, len(rows) - len(tops)
            limit *= 4

    def _counts(self, uris: list[str]) -> dict[str, int]:
        """How many comments there are to be seen on each page."""
        found: dict[str, int] = {}
        for at in range(0, len(uris), _COUNTED):
            some = uris[at : at + _COUNTED]
            told = self._ask("POST", "count", json=some).json()
            if not isinstance(told, list) or len(told) != len(some):
                msg = tr("{host} didn't return a comment count.").format(host=self._http().host)
                raise TryLater(msg)
            found.update((uri, count) for uri, count in zip(some, told, strict=True) if isinstance(count, int))
        return found

    def _rows(self, uri: str) -> tuple[list[tuple[dict[str, Any], dict[str, Any]]], Answer]:
        """A page's comments in the order of time, each with the one under which it stands, or itself.

        TryLater where the answer has none at all: a page in place of it must not be taken for one without comments.
        """
        answer = self._ask("GET", "", params={"uri": uri, "plain": 1})
        found: list[tuple[dict[str, Any], dict[str, Any]]] = []
        tops = as_dict(answer.json()).get("replies")
        if not isinstance(tops, list):
            raise unreadable(answer.host)
        for top in tops:
            if not _readable(top):
                continue
            under = top.get("replies")
            found.append((top, top))
            found += [(row, top) for row in (under if isinstance(under, list) else ()) if _readable(row)]
        return sorted(found, key=lambda one: float(one[0]["created"])), answer

    def _read(self, uri: str, count: int, before: Iterable[str]) -> Iterator[Page]:
        rows, answer = self._rows(uri)
        before = tuple(before)
        fresh = not {of(row) for row, _ in rows}.issubset(before)
        post, items = self._post(uri) if fresh else self._bare(uri), list[Incoming]()
        for row, top in rows:
            try:
                items.append(incoming(row, top, post, self._http().host, out=self._is_ours(row)))
            except _UNREADABLE:
                continue  # a row that cannot be read must not keep the others from us
        there = dict.fromkeys(of(row) for row, _ in rows)
        items += [taken_away(remote) for remote in dict.fromkeys(before) if remote not in there]
        newest = max((int(row["created"]) for row, _ in rows), default=0) - answer.ahead(clock.now())
        after = Known(count, newest + _RECENT, tuple(there)[-_KEPT:])
        yield from in_pages(items, {_KEPT_AS + uri: after.written()})

    def _held(self) -> Iterator[Line]:
        """What waits for approval, the newest first."""
        for page in range(_LISTED):
            found = self._listed(mode=2, page=page, order_by="id", asc=0)
            yield from found
            if len(found) < 100:  # noqa: PLR2004  what a page of the admin's holds
                return

    def _waiting(self, line: Line) -> Incoming:
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
        """By our name; and once we have answered with our e-mail, by its hash too, for a name is easily taken."""
        ours = self._secrets.get("hash", "")
        same = str(row.get("author") or "").casefold() == self._name.casefold() != ""
        return same and (not ours or row.get("hash") == ours)

    def _url(self, uri: str) -> str:
        """The page's address on our site: any visitor can have Isso begin a page, with whatever for an address."""
        parts = urlsplit(self._site)
        return f"{parts.scheme}://{parts.netloc}/{uri.lstrip('/')}"

    def _bare(self, uri: str) -> Post:
        return Post(uri, self._url(uri), self._titles.get(uri) or uri)

    def _post(self, uri: str) -> Post:
        """What a page says of itself; its address alone where the site does not answer."""
        if uri not in self._posts:
            post = self._bare(uri)
            try:
                answer = self._pages_of_site().raw("GET", post.url) if self._patience else None
            except UserError:
                self._patience -= 1
                answer = None
            if answer is not None and answer.ok:
                told = page_of(answer.text, uri, post.url)
                post = told if told.title else Post(uri, post.url, post.title, told.text)
            self._posts[uri] = post
        return self._posts[uri]

    def _pages_of_site(self) -> Http:
        if self._shown is None:
            self._shown = Http(self._site, deadline=5.0, size_max=2_000_000)
        return self._shown

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Comment on the page, below what is answered."""
        uri, text = _uri(reply), mark(reply.text)
        if len(text) > LIMIT or len(text.rstrip()) < _LEAST:
            msg = tr("Isso accepts comments of {least} to {most:,} characters; this has {text:,}.").format(
                least=_LEAST, most=LIMIT, text=len(text)
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
            raise TryLater(msg, 60)
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
        """Our own comment with these words on the page, since the reply was written; what waits for approval too."""
        uri = _uri(reply)
        rows, answer = self._rows(uri)
        since = reply.at + answer.ahead(clock.now()) - _SLACK
        for row, _ in reversed(rows):
            if row["created"] >= since and self._is_ours(row) and _same(unmark(str(row.get("text"))), reply.text):
                return self._sent(row, uri)
        if not self._admin:
            msg = tr(
                "Isso doesn't show comments waiting for approval. Check there, then say whether yours has arrived."
            )
            raise UnknownOutcome(msg)
        for line in self._held():
            if line.uri == uri and line.name.casefold() == self._name.casefold() and _same(line.text, reply.text):
                return Sent(line.remote_id, f"{self._url(uri)}#isso-{line.number}")
        return None

    def moderate(self, verb: str, remote_id: str) -> None:
        """Approve what waits, or delete; Isso takes neither back."""
        if not self._admin:
            msg = tr("Moderating needs Isso's admin password. Add it to the account.")
            raise Refused(msg)
        found = self._listed(comment_search_url=f"{self._site}#isso-{number(remote_id)}", mode=0)
        line = next((one for one in found if one.remote_id == remote_id), None)
        if line is None or not line.key:
            if verb == DELETE:
                return
            msg = tr("This comment is no longer on the site.")
            raise Refused(msg)
        action = "delete" if verb == DELETE else "activate"
        self._ask("POST", f"id/{line.number}/{action}/{line.key}")

    def close(self) -> None:
        """Hang up."""
        for one in (self._made, self._shown):
            if one is not None:
                one.close()


def _address(typed: str) -> str:
    typed = typed.strip()
    return (typed if "://" in typed else f"https://{typed}").rstrip("/") + "/"


def _strings(written: str) -> dict[str, str]:
    """What was kept; nothing where that cannot be read."""
    try:
        found = json.loads(written)
    except ValueError:
        return {}
    return {name: value for name, value in as_dict(found).items() if isinstance(value, str)}


def _readable(row: object) -> bool:
    """Whether it is a comment: it has a number and a time."""
    if not isinstance(row, dict) or not isinstance(row.get("id"), int):
        return False
    try:
        return bool(of(row))
    except _UNREADABLE:
        return False


def _uri(reply: Reply) -> str:
    """The page on which to answer; Refused where the conversation did not come from here."""
    _, _, uri = reply.thread.partition(" ")
    if not uri:
        msg = tr("This conversation didn't come from a page with comments. Reply where it was written.")
        raise Refused(msg)
    return uri


def _same(one: str, other: str) -> bool:
    return one.strip() == other.strip() or (words(one) == words(other) and bool(words(one)))
