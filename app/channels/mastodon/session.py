"""One account on a Mastodon server."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from typing import Any

from app.base import clock
from app.base.errors import UserError
from app.base.message import Author, Incoming, Reply
from app.base.text import preview
from app.base.words import N_, tr
from app.channels import again
from app.channels.base import AuthNeeded, Found, Page, Refused, Sent, TryLater, UnknownOutcome
from app.channels.http import Answer, Http
from app.channels.mastodon.limits import ROOM
from app.channels.mastodon.reading import (
    NOT_ONE,
    Place,
    address,
    author,
    inside,
    link,
    moment,
    same_words,
    sent,
    sound,
    text_of,
    who_is,
)
from app.channels.mastodon.signing import tokens

_PAGE, _FIRST, _FIRST_OWN = 40, 25, 3  # rows asked for at once; pages of history that an account begins with
_AGAIN, _AGAIN_SINGLY, _AT_ONCE, _DAYS = 200, 20, 20, 3 * 86_400  # what is asked for again, for how long
_SLACK = 600  # seconds by which our note of when a reply was written and the server's may differ
_NOT_IN = N_("{0} refused the login. Sign in again, or copy the access token again from Preferences > Development.")


class MastodonSession:
    """One account."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """As the form has it, with what `check` found."""
        self._server = address(fields.get("server", ""))
        self._me, self._acct, self._domain = (fields.get(name, "") for name in ("me", "acct", "domain"))
        self._several = fields.get("several") == "yes"
        self._secrets = secrets
        self._places: dict[str, Place] = {}
        self._posts: dict[str, Mapping[str, Any]] = {}
        self._made: Http | None = None

    # --- speaking with the server

    def _http(self) -> Http:
        if self._made is None:
            self._made = Http(self._server)
        token = self._secrets.get("token", "").strip()
        self._made.headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self._made

    def _raw(self, method: str, path: str, **more: Any) -> Answer:  # noqa: ANN401  as Http takes them
        answer = self._http().raw(method, path, **more)
        if answer.status == 401 and self._renewed():  # noqa: PLR2004  some servers' tokens end
            answer = self._http().raw(method, path, **more)
        if answer.status == 401 or (answer.status == 403 and "scope" in answer.error_text()):  # noqa: PLR2004
            raise AuthNeeded(tr(_NOT_IN).format(answer.host))
        return answer

    def _renewed(self) -> bool:
        """Whether the server gave a new token for the one that ended."""
        kept = {name: self._secrets.get(name, "") for name in ("client_id", "client_secret")}
        refresh = self._secrets.get("refresh", "")
        if not refresh:
            return False
        asked = {**kept, "grant_type": "refresh_token", "refresh_token": refresh}
        answer = self._http().raw("POST", "/oauth/token", data=asked)
        if answer.ok:
            self._secrets.update(tokens(answer))
        problem = answer.problem(clock.now(), writing=False)
        if isinstance(problem, TryLater):  # it is no word on the login
            raise problem
        return answer.ok

    def _ask(self, path: str, **asked: object) -> Any:  # noqa: ANN401  the API's JSON
        return self._rows(path, **asked)[0]

    def _rows(self, path: str, **asked: object) -> tuple[Any, Answer]:
        answer = self._raw("GET", path, params=asked)
        answer.raise_for_status(writing=False)
        return answer.json(), answer

    def check(self) -> Found:
        """Whose account it is, and how long a status may be on this server."""
        instance = self._instance()
        me = self._ask("/api/v1/accounts/verify_credentials")
        if not isinstance(me, dict) or "id" not in me:
            raise Refused(tr(NOT_ONE).format(self._http().host))
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
            found = answer.as_dict() if answer.ok else {}
            if "configuration" in found or "uri" in found:
                return found
        raise Refused(tr(NOT_ONE).format(self._http().host))

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """What members have said to us, what we have said elsewhere, and what of it was changed or taken away."""
        self._places = again.remembered(cursor.get("places", ""), Place)
        asked: tuple[tuple[str, str, dict[str, object], int], ...] = (
            ("told", "/api/v1/notifications", {"types[]": ["mention"]}, _FIRST),
            ("own", f"/api/v1/accounts/{self._me}/statuses", {"exclude_reblogs": "true"}, _FIRST_OWN),
        )
        for name, path, more, first in asked:
            for rows, mark in self._newer(path, cursor.get(name, ""), more, first):
                found = [self._taken(row.get("status") if name == "told" else row) for row in rows]
                yield Page(tuple(filter(None, found)), {name: mark, "places": self._written()})
        changed = self._changed()
        if changed:
            yield Page(tuple(changed), {"places": self._written()})

    def _newer(
        self, path: str, since: str, more: Mapping[str, object], first: int
    ) -> Iterator[tuple[list[dict[str, Any]], str]]:
        """Rows after that one with the mark to go on from, oldest first; at the beginning the last `first` pages."""
        if not since:
            yield from self._latest(path, more, first)
            return
        while True:
            rows, answer = self._rows(path, min_id=since, limit=_PAGE, **more)
            rows = sound(rows)
            mark = link(answer, "prev", "min_id") or (str(rows[0]["id"]) if rows else since)
            if not rows or mark == since:
                return
            yield rows[::-1], mark
            since = mark

    def _latest(self, path: str, more: Mapping[str, object], first: int) -> Iterator[tuple[list[dict[str, Any]], str]]:
        pages: list[list[dict[str, Any]]] = []
        older: dict[str, object] = {}
        while len(pages) < first:
            rows, answer = self._rows(path, limit=_PAGE, **more, **older)
            rows, mark = sound(rows), link(answer, "next", "max_id")
            if not rows:
                break
            pages.append(rows)
            if not mark or mark == older.get("max_id"):
                break
            older = {"max_id": mark}
        yield from ((rows[::-1], str(rows[0]["id"])) for rows in reversed(pages))

    def _taken(self, status: object) -> Incoming | None:
        """A status as it is handed in; None for what is none, or is a post of ours and no answer."""
        try:
            return next((self._incoming(one) for one in sound([status]) if not one.get("reblog")), None)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None  # one row that we cannot read must not hold up the others

    def _incoming(self, status: dict[str, Any]) -> Incoming | None:
        number, who, at = str(status["id"]), who_is(status["account"], self._domain), moment(status["created_at"])
        mine = str(status["account"]["id"]) == self._me
        parent, root, talk = self._thread(status)
        direct = status.get("visibility") == "direct"
        if mine and not talk and not direct:
            self._places[number] = Place(root, who)  # a post of ours: what is said below it stands under it
            self._posts[number] = status
            return None
        self._places.pop(number, None)
        self._places[number] = Place(root, who, at, str(status.get("edited_at") or ""))
        found = Incoming(
            remote_id=number,
            at=at,
            text=self._text(status, parent),
            author=author(status["account"], self._domain),
            out=mine,
            thread=root,
            parent=parent,
            url=str(status.get("url") or ""),
            public=status.get("visibility") not in ("private", "direct"),
        )
        return found if direct or root == number else found._replace(**self._post(root))

    def _text(self, status: Mapping[str, Any], parent: str) -> str:
        """Its words; an answer's begin with the names of us and of whom it answers, and do without them here."""
        above = self._places.get(parent)
        return text_of(status, {self._acct, above.who if above else ""} if parent else set())

    def _thread(self, status: Mapping[str, Any]) -> tuple[str, str, bool]:
        """What it answers, the root of its thread, and whether anybody but us has spoken above it."""
        number, parent = str(status["id"]), str(status.get("in_reply_to_id") or "")
        known = self._places.get(parent)
        if known is not None:
            return parent, known.root, known.who != self._acct or known.edited is not None
        if not parent and (self._several or number in self._places):
            return "", number, False  # Mastodon itself says what a status answers; other servers do not always
        above = self._above(number)
        for one in above:
            self._places.setdefault(str(one["id"]), Place(str(above[0]["id"]), who_is(one["account"], self._domain)))
        if above:
            self._posts[str(above[0]["id"])] = above[0]
        parent = str(above[-1]["id"]) if above else parent
        root = str(above[0]["id"]) if above else parent or number
        return parent, root, any(who_is(one["account"], self._domain) != self._acct for one in above)

    def _above(self, number: str) -> list[dict[str, Any]]:
        """What stands above it in its thread, the first word first."""
        try:
            found = self._ask(f"/api/v1/statuses/{number}/context")
        except Refused:
            return []
        return sound(found.get("ancestors") if isinstance(found, dict) else [])

    def _post(self, root: str) -> dict[str, Any]:
        """The post under which a thread stands; nothing where the root is a message of the thread itself."""
        place = self._places.get(root)
        if place is not None and place.edited is not None:
            return {}
        if root not in self._posts:
            try:
                self._posts[root] = self._ask(f"/api/v1/statuses/{root}")
            except Refused:
                self._posts[root] = {}
        post = self._posts[root]
        said = text_of(post, set())[:500]
        return {"post_title": preview(said, 80), "post_text": said, "post_url": str(post.get("url") or "")}

    def _changed(self) -> list[Incoming]:
        """What of the last days was edited or taken away since we read it."""
        names = again.young({number: place.at for number, place in self._places.items()}, _DAYS)
        kept = [number for number in names if self._places[number].edited is not None]
        found: list[Incoming | None] = []
        for number, status in self._again(kept[-(_AGAIN if self._several else _AGAIN_SINGLY) :]):
            place = self._places[number]
            if status is None:
                self._places[number] = place._replace(edited=None)
                who = Author(place.who, f"@{place.who}")
                found.append(Incoming(number, place.at, "", who, out=place.who == self._acct, gone=True))
            elif str(status.get("edited_at") or "") != place.edited:
                found.append(self._taken(status))
        return [one for one in found if one is not None]

    def _again(self, numbers: Sequence[str]) -> Iterator[tuple[str, dict[str, Any] | None]]:
        """These statuses as they stand now, None for one that is gone; twenty at a time where the server can."""
        if not self._several:
            yield from self._one_by_one(numbers)
            return
        for begin in range(0, len(numbers), _AT_ONCE):
            asked = numbers[begin : begin + _AT_ONCE]
            rows, _ = self._rows("/api/v1/statuses", **{"id[]": asked})
            yield from again.answer(rows, again.by("id")).each(asked)

    def _one_by_one(self, numbers: Sequence[str]) -> Iterator[tuple[str, dict[str, Any] | None]]:
        for number in numbers:
            answer = self._raw("GET", f"/api/v1/statuses/{number}")
            status = answer.as_dict() if answer.ok else {}
            if answer.status in (404, 410):
                yield number, None
            elif str(status.get("id")) == number:
                yield number, status

    def _written(self) -> str:
        return again.written(self._places, 2 * _AGAIN)

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Answer in the thread, a private status for its author alone, once for a key."""
        above = self._answered(reply)
        asked: dict[str, object] = {
            "status": self._addressed(reply, above),
            # a followers-only answer would be seen by our followers, of whom nobody in this talk knows
            "visibility": str(above.get("visibility") or "public") if reply.public else "direct",
            "in_reply_to_id": above.get("id"),
            "spoiler_text": above.get("spoiler_text") or "",
        }
        given = {name: value for name, value in asked.items() if value}
        answer = self._raw("POST", "/api/v1/statuses", json=given, headers={"Idempotency-Key": reply.key}, writing=True)
        answer.raise_for_status(writing=True)
        try:
            return sent(self._lasting(answer.json(), above))
        except (TryLater, KeyError, TypeError, ValueError):
            msg = tr("{host} may have accepted this: its response can't be read.").format(host=answer.host)
            raise UnknownOutcome(msg) from None

    def _lasting(self, made: Mapping[str, Any], above: Mapping[str, Any]) -> Mapping[str, Any]:
        """The status as it will be listed: some servers (Indiekit) answer with an id of the moment, of another form."""
        if not above or len(str(made["id"])) == len(str(above["id"])):
            return made
        try:
            rows, _ = self._rows(f"/api/v1/accounts/{self._me}/statuses", limit=_PAGE)
        except UserError:
            return made
        return next((row for row in sound(rows) if row.get("uri") == made["uri"]), made)

    def _answered(self, reply: Reply) -> Mapping[str, Any]:
        number = reply.parent or reply.thread
        if not number:
            return {}
        answer = self._raw("GET", f"/api/v1/statuses/{number}")
        if answer.status in (404, 410):
            msg = tr("That message is no longer there: its author deleted it or hides it from you.")
            raise Refused(msg)
        answer.raise_for_status(writing=False)
        found = answer.json()
        if not isinstance(found, dict) or not found.get("id") or not isinstance(found.get("account"), dict):
            msg = tr("{host} doesn't say which message this replies to. Rapport will try again later.").format(
                host=answer.host
            )
            raise TryLater(msg)
        return found

    def _addressed(self, reply: Reply, above: Mapping[str, Any]) -> str:
        """The words with the @mention of whom they answer in front, where it is missing: it is what notifies them."""
        there = above.get("account") or {}
        acct = str(there.get("acct") or "")
        if not acct or str(there.get("id")) == self._me:
            acct = reply.to.handle.removeprefix("@") if reply.to else ""
        name = acct.removesuffix(f"@{self._domain}")
        said = re.search(rf"(?<![\w@])@{re.escape(name)}(?![\w@-]|\.\w)", reply.text, re.IGNORECASE)
        return reply.text if not name or said else f"@{name} {reply.text}"

    def find_sent(self, reply: Reply) -> Sent | None:
        """Our own status with these words under the same parent; None where all we have said since has been read."""
        older: dict[str, object] = {}
        path = f"/api/v1/accounts/{self._me}/statuses"
        for _ in range(5):
            rows, answer = self._rows(path, limit=_PAGE, exclude_reblogs="true", **older)
            since = reply.at - _SLACK + answer.ahead(clock.now())
            mark = link(answer, "next", "max_id")
            try:
                found = next((row for row in rows if _is_reply(row, reply, since)), None)
                if found is not None:
                    return sent(found)
                if not rows or not mark or mark == older.get("max_id") or moment(rows[-1]["created_at"]) < since:
                    return None
            except (KeyError, TypeError, ValueError, AttributeError):
                break
            older = {"max_id": mark}
        msg = tr(
            "Rapport can't read everything posted since, so it can't tell whether this is there. Check on Mastodon."
        )
        raise UnknownOutcome(msg)

    def close(self) -> None:
        """Hang up."""
        if self._made is not None:
            self._made.close()


def _is_reply(status: Mapping[str, Any], reply: Reply, since: int) -> bool:
    """Whether a status of ours is that reply, said since then; some servers do not say what a status answers."""
    there = str(status.get("in_reply_to_id") or reply.parent) == reply.parent
    return there and moment(status["created_at"]) >= since and same_words(text_of(status, set()), reply.text)
