"""One account on a Mastodon server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import replace
from typing import Any

from app.base import clock
from app.base.errors import UserError
from app.base.message import Change, Incoming, OwnReaction, Reaction, Reply, Target
from app.base.words import tr
from app.channels import again
from app.channels.base import Above, Found, Page, PostAbove, Refused, Sent, TryLater, UnknownOutcome, by_program
from app.channels.channel import FAVOURITE
from app.channels.http.parts import as_dict
from app.channels.mastodon import rights
from app.channels.mastodon.above import post_above
from app.channels.mastodon.changing import Own
from app.channels.mastodon.favourites import favourite, is_favourite, unfavourite
from app.channels.mastodon.limits import ROOM
from app.channels.mastodon.lookup import Lookup
from app.channels.mastodon.moderating import moderate
from app.channels.mastodon.pictures import upload
from app.channels.mastodon.reading import (
    NOT_ONE,
    Place,
    address,
    author,
    began,
    inside,
    is_program,
    link,
    moment,
    named_in,
    sent,
    text_of,
    valid_rows,
    who_is,
    with_mentions,
)
from app.channels.mastodon.rechecking import Recheck
from app.channels.mastodon.reports import Reports, is_report
from app.channels.mastodon.server import Server
from app.channels.mastodon.threads import Threads, post_fields
from app.channels.mastodon.visibility import visibility
from app.channels.mastodon.warned import check_length

_PAGE_ROWS = 40
_FIRST_PAGES, _FIRST_OWN_PAGES = 25, 3  # pages of notifications and of our own statuses on the first pull
_MAX_PLACES = 400
_BATCHES_SINCE, _QUOTES_SINCE = 2, 7  # api_versions of Mastodon 4.3 and 4.5
_ID_DIGITS = 18  # of Mastodon's own ids since 2017; a post of ours whose id is another is looked up once


class MastodonSession:
    """A session of one account."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """Take the form's fields and the facts of the last `check`."""
        self._me, self._acct, self._domain = (fields.get(name, "") for name in ("me", "acct", "domain"))
        self._facts = fields
        self._server = Server(address(fields.get("server", "")), secrets)
        self._raw = self._server.raw
        batches = fields.get("several") == "yes"
        self._threads = Threads(self._server, self._acct, self._domain, batches=batches)
        self._recheck = Recheck(self._server, self._threads.places, self._acct, batches=batches)
        self._reports = Reports(self._server, self._domain)
        self._favourites: dict[str, OwnReaction] = {}  # what the statuses of this pull say of ours
        self._spoken: set[str] = set()  # the threads in which this pull found messages

    def check(self) -> Found:
        """Return whose account it is, what it may do there, and the maximum length of a reply on this server.

        The sentence says what the login lacks, and what the account's settings there keep from coming in.
        """
        instance = self._instance()
        scopes = rights.granted(self._server)
        lacking = rights.lacking(self._server.host, scopes)
        me = self._server.account()
        if not isinstance(me, dict) or "id" not in me or not isinstance(me.get("acct"), str):
            raise Refused(tr(NOT_ONE).format(host=self._server.host))
        domain = str(instance.get("domain") or instance.get("uri") or self._server.host)
        allowed = (
            inside(instance, "configuration", "statuses", "max_characters") or instance.get("max_toot_chars") or 500
        )
        version = inside(instance, "api_versions", "mastodon")
        version = version if isinstance(version, int) else 0
        reports = rights.reads_reports(self._server)
        may = rights.may(scopes, reports=reports)
        who = who_is(me, domain)
        said = (tr("@{name} is connected.").format(name=who), lacking, rights.dropped(self._server))
        return Found(
            " ".join(filter(None, said)),
            own=(who,),
            facts={
                "me": str(me["id"]),
                "acct": who,
                "domain": domain,
                "several": "yes" if version >= _BATCHES_SINCE else "",
                "quotes": "yes" if version >= _QUOTES_SINCE else "",
                "keys": "yes" if version or is_mastodon(instance) else "no",
                "reports": "yes" if reports else "",
                "limit": str(max((allowed if isinstance(allowed, int) else 500) - ROOM, ROOM)),
                **({} if may is None else {"may": may}),
            },
        )

    def _instance(self) -> Mapping[str, Any]:
        for path in ("/api/v2/instance", "/api/v1/instance"):
            answer = self._raw("GET", path)
            problem = answer.problem(clock.now(), writing=False)
            if problem is not None and not isinstance(problem, Refused):
                raise problem
            instance = answer.as_dict() if answer.ok else {}
            if "configuration" in instance or "uri" in instance:
                return instance
        raise Refused(tr(NOT_ONE).format(host=self._server.host))

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield mentions, then our own replies, then reports, then edits and deletions of both."""
        self._spoken.clear()
        self._threads.places.clear()
        self._threads.places.update(again.remembered(cursor.get("places", ""), Place))
        kinds = ["mention", "quote"] if self._facts.get("quotes") == "yes" else ["mention"]
        # what the person's own policy filters is somebody's word all the same; it is left out unless asked for (4.3)
        wanted: dict[str, object] = {"types[]": kinds, "include_filtered": "true"}
        asked: tuple[tuple[str, str, dict[str, object], int], ...] = (
            ("told", "/api/v1/notifications", wanted, _FIRST_PAGES),
            ("own", f"/api/v1/accounts/{self._me}/statuses", {"exclude_reblogs": "true"}, _FIRST_OWN_PAGES),
        )
        for name, path, more, first in asked:
            for rows, mark in self._new_rows(path, cursor.get(name, ""), more, first):
                statuses = [row.get("status") if name == "told" else row for row in rows]
                self._threads.prepare(statuses)
                messages = [self._converted(status) for status in statuses]
                yield Page(tuple(filter(None, messages)), {name: mark, "places": self._places_json()})
        if self._facts.get("reports") == "yes":
            yield from self._reports.pull(cursor)
        self._recheck.turn = cursor.get("alone", "")
        changed = self._changes()
        if changed or self._recheck.turn != cursor.get("alone", ""):
            yield Page(tuple(changed), {"places": self._places_json(), "alone": self._recheck.turn})
        if self._favourites:
            yield Page((), {}, reacted=tuple(self._favourites.values()))

    def _changes(self) -> list[Incoming]:
        """Edits and deletions; what can't be asked now is asked the next time, as nothing new depends on it."""
        changes: list[Incoming | None] = []
        try:
            for number, status in self._recheck.current():
                if status is None:
                    changes.append(self._recheck.gone(number))
                    continue
                self._note_favourite(number, status)
                known = self._threads.places[number]
                is_due = known.aside and known.root in self._spoken - {number}  # its conversation may be new
                if is_due or str(status.get("edited_at") or "") != known.edited:
                    changes.append(self._converted(status))
        except TryLater as why:
            if not why.limited:
                raise
        return [message for message in changes if message is not None]

    def _new_rows(
        self, path: str, since: str, more: Mapping[str, object], first: int
    ) -> Iterator[tuple[list[dict[str, Any]], str]]:
        """Yield (rows, id to continue from) after `since`, oldest first; without `since` the last `first` pages."""
        if not since:
            yield from self._latest(path, more, first)
            return
        while True:
            rows, answer = self._server.rows(path, min_id=since, limit=_PAGE_ROWS, **more)
            rows = valid_rows(rows)
            if "link" not in answer.headers and len(rows) >= _PAGE_ROWS:  # no pages: these may be the newest ones
                yield from self._latest(path, {**more, "min_id": since}, first)
                return
            mark = link(answer, "prev", "min_id") or (str(rows[0]["id"]) if rows else since)
            if not rows or mark == since:
                return
            yield rows[::-1], mark
            since = mark

    def _latest(self, path: str, more: Mapping[str, object], first: int) -> Iterator[tuple[list[dict[str, Any]], str]]:
        pages: list[list[dict[str, Any]]] = []
        seen: set[str] = set()
        older: dict[str, object] = {}
        while len(pages) < first:
            rows, answer = self._server.rows(path, limit=_PAGE_ROWS, **more, **older)
            rows = [row for row in valid_rows(rows) if str(row["id"]) not in seen]  # some servers know no pages
            mark = link(answer, "next", "max_id")
            if not rows:
                break
            pages.append(rows)
            seen.update(str(row["id"]) for row in rows)
            if "link" not in answer.headers and len(rows) >= _PAGE_ROWS:
                mark = str(rows[-1]["id"])
            if not mark or mark == older.get("max_id"):
                break
            older = {"max_id": mark}
        yield from ((rows[::-1], str(rows[0]["id"])) for rows in reversed(pages))

    def _converted(self, status: object) -> Incoming | None:
        """Convert a status; None if it cannot be parsed, or is a boost."""
        try:
            return next((self._incoming(row) for row in valid_rows([status]) if not row.get("reblog")), None)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None  # a malformed row must not block the others

    def _incoming(self, status: dict[str, Any]) -> Incoming | None:
        number, mine = str(status["id"]), str(status["account"]["id"]) == self._me
        self._note_favourite(number, status)
        parent, root, talk = self._threads.of(status)
        place = self._placed(status, parent, root)
        aside = mine and not talk and not place.private
        if aside:
            self._threads.places[number] = place._replace(aside=True)
            self._threads.posts[number] = status  # what others' replies stand under
        else:
            self._spoken.add(root)
        message = Incoming(
            remote_id=number,
            at=place.at,
            text=self._text(status, parent),
            author=author(status["account"], self._domain),
            out=mine,
            thread=root,
            parent=parent,
            url=str(status.get("url") or ""),
            public=status.get("visibility") not in ("private", "direct"),
            named=named_in(status, self._domain),
            hint=str(status.get("language") or ""),
            aside=aside,
        )
        if mine:
            message = message._replace(to=tuple(box.address for box in message.named))
        elif is_program(status, self._me):
            message = by_program(message)
        return message._replace(**self._about(status, parent, root))

    def _placed(self, status: Mapping[str, Any], parent: str, root: str) -> Place:
        """Remember a status as the latest one that was read."""
        number, account = str(status["id"]), str(status["account"]["id"])
        above = self._threads.places.get(parent) if root != number else None
        private, followers = began(status, above, mine=account == self._me)
        self._threads.places.pop(number, None)
        self._threads.places[number] = Place(
            root, who_is(status["account"], self._domain), moment(status["created_at"]),
            str(status.get("edited_at") or ""), account, private, followers=followers,
        )  # fmt: skip
        return self._threads.places[number]

    def _about(self, status: Mapping[str, Any], parent: str, root: str) -> dict[str, Any]:
        """The `post_*` fields of a message: what its thread stands under, or what it quotes.

        A private answer to a public message begins a thread of its own: it stands under the same post, and is linked.
        """
        if root != str(status["id"]):
            return {} if self._threads.places[str(status["id"])].private else self._threads.post(root)
        if quoted(status):  # a thread of its own, about what is quoted
            return post_fields(quoted(status))
        above = self._threads.places.get(parent)
        if above is None:
            return {}
        return {**self._threads.post(above.root), "about": parent if above.is_message else above.root}

    def _note_favourite(self, number: str, status: Mapping[str, Any]) -> None:
        if isinstance(status.get("favourited"), bool):
            self._favourites[number] = OwnReaction(number, FAVOURITE, status["favourited"])

    def _text(self, status: Mapping[str, Any], parent: str) -> str:
        """Return the text; a reply's leading mentions of us and of its parent's author are removed."""
        above = self._threads.places.get(parent)
        return text_of(status, {self._acct, above.who if above else ""} if parent else set())

    def _places_json(self) -> str:
        return self._threads.written(_MAX_PLACES)

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Reply in the thread, or post; in private as a direct message to its author. The key makes retries safe."""
        above = self._parent_status(reply)
        asked: dict[str, object] = {
            "status": self._with_mention(reply, above),
            "visibility": visibility(reply, above),
            "in_reply_to_id": above.get("id"),
            "spoiler_text": above.get("spoiler_text") or "",
            "language": reply.language[:2],
            "media_ids": [upload(self._raw, file) for file in reply.files],
        }
        given = {name: value for name, value in asked.items() if value}
        check_length(given, self._facts.get("limit", ""), self._server.host)
        answer = self._raw("POST", "/api/v1/statuses", json=given, headers={"Idempotency-Key": reply.key}, writing=True)
        answer.raise_for_status(writing=True)
        try:
            made = sent(self._with_permanent_id(answer.json(), above))
            return made if above else replace(made, thread=made.remote_id)  # a thread is known by its first status
        except (TryLater, KeyError, TypeError, ValueError):
            msg = tr("{host} may have accepted this: its response can't be read.").format(host=answer.host)
            raise UnknownOutcome(msg) from None

    def _with_permanent_id(self, made: Mapping[str, Any], above: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the status with its permanent id: Indiekit answers with a temporary id of another length."""
        usual = len(str(above["id"])) if above else _ID_DIGITS
        if len(str(made["id"])) == usual:
            return made
        try:
            rows, _ = self._server.rows(f"/api/v1/accounts/{self._me}/statuses", limit=_PAGE_ROWS)
        except UserError:
            return made
        return next((row for row in valid_rows(rows) if row.get("uri") == made["uri"]), made)

    def _parent_status(self, reply: Reply) -> Mapping[str, Any]:
        number = reply.parent or reply.thread
        if not number or is_report(number):  # a report is answered by a private message to whoever made it
            return {}
        status, answer = self._server.status(number)
        if answer.status in (404, 410):
            msg = tr("That message is no longer there: its author deleted it or hides it from you.")
            raise Refused(msg)
        answer.raise_for_status(writing=False)
        if not status.get("id") or not isinstance(status.get("account"), dict):
            msg = tr("{host} doesn't say which message this replies to.").format(host=answer.host)
            raise TryLater(msg)
        return status

    def _with_mention(self, reply: Reply, above: Mapping[str, Any]) -> str:
        """Return the text, prefixed with the @mentions of its receivers that are missing."""
        there = above.get("account") or {}
        acct = str(there.get("acct") or "")
        if not acct or str(there.get("id")) == self._me:
            acct = reply.to.handle.removeprefix("@") if reply.to else ""
        others = () if reply.public else (box.address for box in reply.others)
        return with_mentions(reply.text, (name.removesuffix(f"@{self._domain}") for name in (acct, *others)))

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for our status with the same text and parent; None if there is none among all our statuses since then.

        Raises UnknownOutcome if these cannot all be read, or if a server that knows no keys may have changed our words.
        """
        return Lookup(self._server, self._me, keys=self._facts.get("keys") != "no").find(reply)

    # --- our own statuses, changed

    def correct(self, change: Change) -> None:
        """Replace the words of our status; those whom it names in front, its pictures and its warning stay."""
        Own(self._server).correct(change)

    def withdraw(self, change: Change) -> None:
        """Delete our status."""
        Own(self._server).withdraw(change)

    def reads(self, change: Change) -> str | None:
        """How our status reads now; None if it is deleted. Names in front that we did not write are left out."""
        return Own(self._server).reads(change)

    # --- moderation: the server's reports, and whom we mute or block

    def moderate(self, verb: str, on: Target) -> None:
        """Close a report, or mute or block an author for this account."""
        moderate(self._server, verb, on)

    # --- favourites

    def react(self, reaction: Reaction) -> None:
        """Favourite a status."""
        favourite(self._raw, reaction)

    def unreact(self, reaction: Reaction) -> None:
        """Take our favourite back."""
        unfavourite(self._raw, reaction)

    def reacted(self, reaction: Reaction) -> bool:
        """Whether it is a favourite of ours now."""
        return is_favourite(self._raw, reaction)

    def post_above(self, above: Above) -> PostAbove | None:
        """Fetch the post that a conversation stands under; None if it is no longer there."""
        return post_above(self._server, above)

    def close(self) -> None:
        """Close the connections."""
        self._server.close()


def is_mastodon(instance: Mapping[str, Any]) -> bool:
    """Whether a server is a Mastodon older than `api_versions`: others say in the version what they really are."""
    major, _, rest = str(instance.get("version") or "").partition(".")
    return major in ("2", "3", "4") and "(" not in rest


def quoted(status: Mapping[str, Any]) -> Mapping[str, Any]:
    """The status that one quotes, where it is shown; {} otherwise (/entities/Quote)."""
    return as_dict(as_dict(status.get("quote")).get("quoted_status"))
