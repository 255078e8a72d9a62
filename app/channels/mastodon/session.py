"""One account on a Mastodon server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from typing import Any

from app.base import clock
from app.base.errors import UserError
from app.base.message import Author, Change, Incoming, OwnReaction, Reaction, Reply
from app.base.text import preview
from app.base.words import N_, tr
from app.channels import again
from app.channels.base import AuthNeeded, Found, Page, Refused, Sent, TryLater, UnknownOutcome
from app.channels.channel import FAVOURITE
from app.channels.http import Http, Response
from app.channels.http.parts import as_dict, dicts
from app.channels.mastodon.favourites import favourite, is_favourite, unfavourite
from app.channels.mastodon.limits import ROOM
from app.channels.mastodon.pictures import upload
from app.channels.mastodon.reading import (
    NOT_ONE,
    Place,
    address,
    author,
    inside,
    link,
    moment,
    named_in,
    own_words,
    same_words,
    says,
    sent,
    text_of,
    valid_rows,
    who_is,
    with_mentions,
    with_names,
)
from app.channels.mastodon.signing import tokens
from app.channels.mastodon.visibility import has_audience, visibility

_PAGE_ROWS = 40
_FIRST_PAGES, _FIRST_OWN_PAGES = 25, 3  # pages of notifications and of our own statuses on the first pull
# Statuses fetched again for edits: at most; at most without batch requests; per batch; for how many seconds.
_MAX_RECHECKED, _MAX_RECHECKED_SINGLY, _BATCH_ROWS, _RECHECK_SECONDS = 200, 20, 20, 3 * 86_400
_ID_DIGITS = 18  # of Mastodon's own ids since 2017; a post of ours whose id is another is looked up once
_CLOCK_SLACK_SECONDS = 600  # seconds by which the server's time of a reply may precede ours
_LOGIN_REFUSED = N_(
    "{host} refused the login. Sign in again, or copy the access token again from Preferences > Development."
)
_NO_LONGER_THERE = N_("That post is no longer there.")


class MastodonSession:
    """A session of one account."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """Take the form's fields and the facts of the last `check`."""
        self._server = address(fields.get("server", ""))
        self._me, self._acct, self._domain = (fields.get(name, "") for name in ("me", "acct", "domain"))
        self._supports_batches = fields.get("several") == "yes"
        self._secrets = secrets
        self._places: dict[str, Place] = {}
        self._posts: dict[str, Mapping[str, Any]] = {}
        self._favourites: dict[str, OwnReaction] = {}  # what the statuses of this pull say of ours
        self._made: Http | None = None

    # --- speaking with the server

    def _http(self) -> Http:
        if self._made is None:
            self._made = Http(self._server)
        token = self._secrets.get("token", "").strip()
        self._made.headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self._made

    def _raw(self, method: str, path: str, *, scoped: bool = False, **more: Any) -> Response:  # noqa: ANN401  as Http takes them
        """Return the response; `scoped`: the caller judges a missing scope, which else is a missing login."""
        answer = self._http().raw(method, path, **more)
        if answer.status == 401 and self._refresh_token():  # noqa: PLR2004  on some servers tokens expire
            answer = self._http().raw(method, path, **more)
        outside = not scoped and answer.status == 403 and "scope" in answer.error_text()  # noqa: PLR2004  "outside the authorized scopes"
        if answer.status == 401 or outside:  # noqa: PLR2004  "The access token is invalid"
            raise AuthNeeded(tr(_LOGIN_REFUSED).format(host=answer.host))
        return answer

    def _refresh_token(self) -> bool:
        """Refresh the access token; returns whether that worked."""
        kept = {name: self._secrets.get(name, "") for name in ("client_id", "client_secret")}
        refresh = self._secrets.get("refresh", "")
        if not refresh:
            return False
        asked = {**kept, "grant_type": "refresh_token", "refresh_token": refresh}
        answer = self._http().raw("POST", "/oauth/token", data=asked)
        if answer.ok:
            self._secrets.update(tokens(answer))
        problem = answer.problem(clock.now(), writing=False)
        if isinstance(problem, TryLater):  # this does not mean that the login is invalid
            raise problem
        return answer.ok

    def _ask(self, path: str, **asked: object) -> Any:  # noqa: ANN401  the API's JSON
        return self._rows(path, **asked)[0]

    def _rows(self, path: str, **asked: object) -> tuple[Any, Response]:
        answer = self._raw("GET", path, params=asked)
        answer.raise_for_status(writing=False)
        return answer.json(), answer

    def check(self) -> Found:
        """Return whose account it is, and the maximum length of a reply on this server."""
        instance = self._instance()
        me = self._ask("/api/v1/accounts/verify_credentials")
        if not isinstance(me, dict) or "id" not in me:
            raise Refused(tr(NOT_ONE).format(host=self._http().host))
        domain = str(instance.get("domain") or instance.get("uri") or self._http().host)
        allowed = (
            inside(instance, "configuration", "statuses", "max_characters") or instance.get("max_toot_chars") or 500
        )
        version = inside(instance, "api_versions", "mastodon")
        several = "yes" if isinstance(version, int) and version >= 2 else ""  # noqa: PLR2004  Mastodon 4.3
        who = who_is(me, domain)
        return Found(
            tr("@{name} is connected.").format(name=who),
            own=(who,),
            facts={
                "me": str(me["id"]),
                "acct": who,
                "domain": domain,
                "several": several,
                "limit": str(max((allowed if isinstance(allowed, int) else 500) - ROOM, ROOM)),
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
        raise Refused(tr(NOT_ONE).format(host=self._http().host))

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield mentions, then our own replies, then edits and deletions of both."""
        self._places = again.remembered(cursor.get("places", ""), Place)
        asked: tuple[tuple[str, str, dict[str, object], int], ...] = (
            ("told", "/api/v1/notifications", {"types[]": ["mention"]}, _FIRST_PAGES),
            ("own", f"/api/v1/accounts/{self._me}/statuses", {"exclude_reblogs": "true"}, _FIRST_OWN_PAGES),
        )
        for name, path, more, first in asked:
            for rows, mark in self._new_rows(path, cursor.get(name, ""), more, first):
                messages = [self._converted(row.get("status") if name == "told" else row) for row in rows]
                yield Page(tuple(filter(None, messages)), {name: mark, "places": self._places_json()})
        changed = self._recheck()
        if changed:
            yield Page(tuple(changed), {"places": self._places_json()})
        if self._favourites:
            yield Page((), {}, reacted=tuple(self._favourites.values()))

    def _new_rows(
        self, path: str, since: str, more: Mapping[str, object], first: int
    ) -> Iterator[tuple[list[dict[str, Any]], str]]:
        """Yield (rows, id to continue from) after `since`, oldest first; without `since` the last `first` pages."""
        if not since:
            yield from self._latest(path, more, first)
            return
        while True:
            rows, answer = self._rows(path, min_id=since, limit=_PAGE_ROWS, **more)
            rows = valid_rows(rows)
            mark = link(answer, "prev", "min_id") or (str(rows[0]["id"]) if rows else since)
            if not rows or mark == since:
                return
            yield rows[::-1], mark
            since = mark

    def _latest(self, path: str, more: Mapping[str, object], first: int) -> Iterator[tuple[list[dict[str, Any]], str]]:
        pages: list[list[dict[str, Any]]] = []
        older: dict[str, object] = {}
        while len(pages) < first:
            rows, answer = self._rows(path, limit=_PAGE_ROWS, **more, **older)
            rows, mark = valid_rows(rows), link(answer, "next", "max_id")
            if not rows:
                break
            pages.append(rows)
            if not mark or mark == older.get("max_id"):
                break
            older = {"max_id": mark}
        yield from ((rows[::-1], str(rows[0]["id"])) for rows in reversed(pages))

    def _converted(self, status: object) -> Incoming | None:
        """Convert a status; None if it cannot be parsed, is a boost, or is a post of ours that is no reply."""
        try:
            return next((self._incoming(row) for row in valid_rows([status]) if not row.get("reblog")), None)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None  # a malformed row must not block the others

    def _incoming(self, status: dict[str, Any]) -> Incoming | None:
        number, who, at = str(status["id"]), who_is(status["account"], self._domain), moment(status["created_at"])
        mine = str(status["account"]["id"]) == self._me
        self._note_favourite(number, status)
        parent, root, talk = self._thread(status)
        direct = status.get("visibility") == "direct"
        if mine and not talk and not direct:
            self._places[number] = Place(root, who)  # a post of ours: no message, but replies will refer to it
            self._posts[number] = status
            return None
        self._places.pop(number, None)
        self._places[number] = Place(root, who, at, str(status.get("edited_at") or ""))
        message = Incoming(
            remote_id=number,
            at=at,
            text=self._text(status, parent),
            author=author(status["account"], self._domain),
            out=mine,
            thread=root,
            parent=parent,
            url=str(status.get("url") or ""),
            public=status.get("visibility") not in ("private", "direct"),
            named=named_in(status, self._domain),
        )
        if mine:
            message = message._replace(to=tuple(box.address for box in message.named))
        return message if direct or root == number else message._replace(**self._post(root))

    def _note_favourite(self, number: str, status: Mapping[str, Any]) -> None:
        if isinstance(status.get("favourited"), bool):
            self._favourites[number] = OwnReaction(number, FAVOURITE, status["favourited"])

    def _text(self, status: Mapping[str, Any], parent: str) -> str:
        """Return the text; a reply's leading mentions of us and of its parent's author are removed."""
        above = self._places.get(parent)
        return text_of(status, {self._acct, above.who if above else ""} if parent else set())

    def _thread(self, status: Mapping[str, Any]) -> tuple[str, str, bool]:
        """Return the parent's id, the thread root's id, and whether anybody but us wrote above it."""
        number, parent = str(status["id"]), str(status.get("in_reply_to_id") or "")
        known = self._places.get(parent)
        if known is not None:
            return parent, known.root, known.who != self._acct or known.edited is not None
        if not parent and (self._supports_batches or number in self._places):
            return "", number, False  # Mastodon always gives in_reply_to_id; other servers may not
        above = self._ancestors(number)
        for ancestor in above:
            self._places.setdefault(
                str(ancestor["id"]), Place(str(above[0]["id"]), who_is(ancestor["account"], self._domain))
            )
        if above:
            self._posts[str(above[0]["id"])] = above[0]
        parent = str(above[-1]["id"]) if above else parent
        root = str(above[0]["id"]) if above else parent or number
        return parent, root, any(who_is(ancestor["account"], self._domain) != self._acct for ancestor in above)

    def _ancestors(self, number: str) -> list[dict[str, Any]]:
        """Return the statuses above it in its thread, root first; [] if they are not available."""
        try:
            context = self._ask(f"/api/v1/statuses/{number}/context")
        except Refused:
            return []
        return valid_rows(context.get("ancestors") if isinstance(context, dict) else [])

    def _post(self, root: str) -> dict[str, Any]:
        """Return the `post_*` fields for a thread below `root`; {} if that is a message itself."""
        known = self._places.get(root)
        if known is not None and known.edited is not None:
            return {}
        if root not in self._posts:
            try:
                self._posts[root] = self._ask(f"/api/v1/statuses/{root}")
            except Refused:
                self._posts[root] = {}
        post = self._posts[root]
        text = text_of(post, set())[:500]
        return {"post_title": preview(text, 80), "post_text": text, "post_url": str(post.get("url") or "")}

    def _recheck(self) -> list[Incoming]:
        """Return edits and deletions of the statuses of the last three days."""
        names = again.young({number: known.at for number, known in self._places.items()}, _RECHECK_SECONDS)
        kept = [number for number in names if self._places[number].edited is not None]
        changes: list[Incoming | None] = []
        for number, status in self._refetch(
            kept[-(_MAX_RECHECKED if self._supports_batches else _MAX_RECHECKED_SINGLY) :]
        ):
            known = self._places[number]
            if status is None:
                self._places[number] = known._replace(edited=None)
                who = Author(known.who, f"@{known.who}")
                changes.append(Incoming(number, known.at, "", who, out=known.who == self._acct, gone=True))
                continue
            self._note_favourite(number, status)
            if str(status.get("edited_at") or "") != known.edited:
                changes.append(self._converted(status))
        return [message for message in changes if message is not None]

    def _refetch(self, numbers: Sequence[str]) -> Iterator[tuple[str, dict[str, Any] | None]]:
        """Yield (id, current status or None if deleted); in batches of twenty if the server supports that."""
        if not self._supports_batches:
            yield from self._one_by_one(numbers)
            return
        for begin in range(0, len(numbers), _BATCH_ROWS):
            asked = numbers[begin : begin + _BATCH_ROWS]
            rows, _ = self._rows("/api/v1/statuses", **{"id[]": asked})
            yield from again.current_rows(rows, again.by("id")).each(asked)

    def _one_by_one(self, numbers: Sequence[str]) -> Iterator[tuple[str, dict[str, Any] | None]]:
        for number in numbers:
            answer = self._raw("GET", f"/api/v1/statuses/{number}")
            status = answer.as_dict() if answer.ok else {}
            if answer.status in (404, 410):
                yield number, None
            elif str(status.get("id")) == number:
                yield number, status

    def _places_json(self) -> str:
        return again.written(self._places, 2 * _MAX_RECHECKED)

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
            rows, _ = self._rows(f"/api/v1/accounts/{self._me}/statuses", limit=_PAGE_ROWS)
        except UserError:
            return made
        return next((row for row in valid_rows(rows) if row.get("uri") == made["uri"]), made)

    def _parent_status(self, reply: Reply) -> Mapping[str, Any]:
        number = reply.parent or reply.thread
        if not number:
            return {}
        answer = self._raw("GET", f"/api/v1/statuses/{number}")
        if answer.status in (404, 410):
            msg = tr("That message is no longer there: its author deleted it or hides it from you.")
            raise Refused(msg)
        answer.raise_for_status(writing=False)
        status = answer.json()
        if not isinstance(status, dict) or not status.get("id") or not isinstance(status.get("account"), dict):
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

        Raises UnknownOutcome if these cannot all be read.
        """
        older: dict[str, object] = {}
        path = f"/api/v1/accounts/{self._me}/statuses"
        for _ in range(5):
            rows, answer = self._rows(path, limit=_PAGE_ROWS, exclude_reblogs="true", **older)
            since = reply.at - _CLOCK_SLACK_SECONDS + answer.ahead(clock.now())
            mark = link(answer, "next", "max_id")
            try:
                status = next((row for row in rows if _is_reply(row, reply, since)), None)
                if status is not None:
                    there = sent(status)
                    return there if reply.parent else replace(there, thread=there.remote_id)
                if not rows or not mark or mark == older.get("max_id") or moment(rows[-1]["created_at"]) < since:
                    return None
            except (KeyError, TypeError, ValueError, AttributeError):
                break
            older = {"max_id": mark}
        msg = tr(
            "Rapport can't read everything posted since, so it can't tell whether this is there. Check on Mastodon."
        )
        raise UnknownOutcome(msg)

    # --- our own statuses, changed

    def correct(self, change: Change) -> None:
        """Replace the words of our status; those whom it names in front, its pictures and its warning stay."""
        status = self._own_status(change)
        if status is None:
            raise Refused(tr(_NO_LONGER_THERE))
        if status.get("poll"):
            msg = tr("This post has a poll, and a correction would end it. Correct it on Mastodon.")
            raise Refused(msg)
        source = self._ask(f"/api/v1/statuses/{change.remote_id}/source")
        asked = {
            "status": with_names(own_words(change.text, status), str(as_dict(source).get("text") or "")),
            "spoiler_text": str(as_dict(source).get("spoiler_text") or ""),
            "sensitive": bool(status.get("sensitive")),
            "language": status.get("language"),
            "media_ids": [str(media["id"]) for media in dicts(status.get("media_attachments"), "id")],
        }
        given = {name: value for name, value in asked.items() if value not in (None, [])}
        answer = self._raw("PUT", f"/api/v1/statuses/{change.remote_id}", json=given, writing=True)
        if answer.status in (404, 410):
            raise Refused(tr(_NO_LONGER_THERE))
        answer.raise_for_status(writing=True)

    def withdraw(self, change: Change) -> None:
        """Delete our status."""
        answer = self._raw("DELETE", f"/api/v1/statuses/{change.remote_id}", writing=True)
        if answer.status not in (404, 410):
            answer.raise_for_status(writing=True)

    def reads(self, change: Change) -> str | None:
        """How our status reads now; None if it is deleted. Names in front that we did not write are left out."""
        status = self._own_status(change)
        if status is None:
            return None
        bare = text_of({**status, "spoiler_text": "", "media_attachments": ()}, set())
        known = (words for words in (change.text, change.before) if says(bare, own_words(words, status)))
        return next(known, text_of(status, set()))

    def _own_status(self, change: Change) -> dict[str, Any] | None:
        answer = self._raw("GET", f"/api/v1/statuses/{change.remote_id}")
        if answer.status in (404, 410):
            return None
        answer.raise_for_status(writing=False)
        status = answer.as_dict()
        if str(status.get("id")) != change.remote_id:
            msg = tr("{host} sent an unexpected response.").format(host=answer.host)
            raise TryLater(msg)
        return status

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

    def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            self._made.close()


def _is_reply(status: Mapping[str, Any], reply: Reply, since: int) -> bool:
    """Whether a status of ours is that reply and not older than `since`; a missing in_reply_to_id is accepted."""
    there = str(status.get("in_reply_to_id") or reply.parent) == reply.parent and has_audience(status, reply)
    return there and moment(status["created_at"]) >= since and same_words(text_of(status, set()), reply.text)
