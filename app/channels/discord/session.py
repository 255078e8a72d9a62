"""One bot of Discord: reading, answering, looking up and deleting."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.base import clock
from app.base.message import Author, Incoming, Reply
from app.base.text import words
from app.base.words import tr
from app.channels import again
from app.channels.base import (
    AuthNeeded,
    Found,
    Page,
    Refused,
    Sent,
    TryLater,
    UnknownOutcome,
    taken_away,
)

if TYPE_CHECKING:
    from app.channels.http import Answer, Http

_NAMED = 3  # servers
_TITLE = "Discord"
_PAGE = 100
_EPOCH = 1_420_070_400
"""The first second of 2015, from which Discord's ids count milliseconds."""
_DELETED = "456226577798135808"  # everybody whose account is gone has this id
_FIRST, _AGAIN = 30 * 86_400, 3 * 86_400  # seconds back: at the first pull, and for edits and deletions
_SLACK = 2 * 86_400  # seconds that our clock may be ahead of theirs
_LOOKED = 500  # messages among which a reply is looked for
_PATIENCE = 5.0  # seconds that we wait for a limit ourselves
_TEXT, _NEWS, _FORUM, _MEDIA = 0, 5, 15, 16
_SAID = (0, 19, 20)  # types of messages that somebody has written: by itself, as a reply, by a command
# Slow mode, and what a channel, a server or Discord itself may take at a time: whatever the status says
_LIMITS = (20016, 20028, 20029, 40062)
_INTENT = 1 << 18 | 1 << 19  # MESSAGE CONTENT, for large bots and for others
_SIGN = re.compile(r"<(?:@!?(\d+)|#(\d+)|a?(:\w+:)\d+)>")


class DiscordSession:
    """One bot."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """As the form has it, with the bot's id once it is known."""
        self._server = fields.get("server") or "https://discord.com/api/v10"
        self._token = secrets.get("token", "").strip()
        self._wanted = {name.strip().lstrip("#").casefold() for name in fields.get("channels", "").split(",")} - {""}
        self._me = fields.get("me", "")
        self._made: Http | None = None
        self._free: dict[str, float] = {}
        self._names: dict[str, str] = {}

    # --- asking

    def _ask(self, method: str, path: str, *, writing: bool = False, **more: Any) -> Any:  # noqa: ANN401  the API's JSON
        from app.channels.http import Http  # noqa: PLC0415  the form needs no network

        if self._made is None:
            self._made = Http(
                self._server, {"Authorization": f"Bot {self._token}", "User-Agent": "DiscordBot (Rapport)"}
            )
        route = f"{method} {re.sub('/messages/.*', '/messages/', path)}"
        self._wait(route)
        answer = self._made.raw(method, path, writing=writing, **more)
        if answer.headers.get("x-ratelimit-remaining") == "0":
            self._free[route] = time.monotonic() + _number(answer.headers.get("x-ratelimit-reset-after"))
        self._raise_for(answer, writing=writing)
        if writing and answer.body:
            try:
                return answer.json()
            except TryLater:
                msg = tr("{host} may have accepted this: its response broke off.").format(host=answer.host)
                raise UnknownOutcome(msg) from None
        return answer.json() if answer.body else {}

    def _wait(self, route: str) -> None:
        left = self._free.get(route, 0.0) - time.monotonic()
        if left > _PATIENCE:
            msg = tr("Discord has asked Rapport to wait.")
            raise TryLater(msg, int(left) + 1)
        if left > 0:
            time.sleep(left)

    def _raise_for(self, answer: Answer, *, writing: bool) -> None:
        if answer.status == 401:  # noqa: PLR2004  RFC 9110, 15.5.2
            msg = tr("{host} doesn't recognise this bot. Copy its token from the Developer Portal again.").format(
                host=answer.host
            )
            raise AuthNeeded(msg)
        told = answer.as_dict()
        if answer.status == 429 or (answer.status < 500 and told.get("code") in _LIMITS):  # noqa: PLR2004  RFC 6585
            after = min(_number(told.get("retry_after")), _FIRST) or answer.after(clock.now()) or 5
            msg = tr("{host} has asked Rapport to wait.").format(host=answer.host)
            raise TryLater(msg, int(after) + 1)
        if answer.status == 403 and writing:  # noqa: PLR2004
            msg = tr(
                "The bot isn't allowed to do that there. Give it permission in the server's settings, under Roles."
            )
            raise Refused(msg)
        answer.raise_for_status(writing=writing)

    def check(self) -> Found:
        """Who the bot is, where it has been let in, and whether it may read what is said."""
        from app.channels.http.shape import readable  # noqa: PLC0415  the form needs no network

        with readable(_TITLE):
            return self._found()

    def _found(self) -> Found:
        me = self._ask("GET", "users/@me")
        if not int(self._ask("GET", "applications/@me").get("flags") or 0) & _INTENT:
            msg = tr("The bot isn't allowed to read messages. Turn on Message Content Intent in the Developer Portal.")
            raise Refused(msg)
        guilds = self._ask("GET", "users/@me/guilds")
        if not guilds:
            msg = tr("The bot isn't in any server yet. Invite it with a link from the Developer Portal, under OAuth2.")
            raise Refused(msg)
        names = ", ".join(
            [*(str(guild["name"]) for guild in guilds[:_NAMED]), *(["…"] if len(guilds) > _NAMED else [])]
        )
        places = sorted({place["name"] for guild in guilds for place in self._channels(str(guild["id"]))})
        return Found(
            tr("{bot} is connected as a bot in {servers}.").format(bot=me["username"], servers=names),
            own=(str(me["id"]),),
            facts={"me": str(me["id"])},
            offers={"channels": tuple(places)},
        )

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """What is new in each channel and thread; then, of what is young, what was changed or taken away."""
        from app.channels.http.shape import UNREADABLE, readable, unreadable  # noqa: PLC0415  the form needs no network

        odd = False
        with readable(_TITLE):
            places = list(self._all())
        for place, parent in places:
            try:
                yield from self._place(place, parent, cursor)
            except Refused:
                continue  # not for the bot to read
            except UNREADABLE:
                odd = True
        if odd:
            raise unreadable(_TITLE)

    def _all(self) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
        """Every channel and thread in which something can be said; a thread with the channel that it is in."""
        for guild in self._ask("GET", "users/@me/guilds"):
            number = str(guild["id"])
            places = self._channels(number)
            known = {place["id"]: place for place in places}
            threads = self._ask("GET", f"guilds/{number}/threads/active").get("threads") or []
            self._names.update({place["id"]: place["name"] for place in (*places, *threads)})
            for place in (*places, *(one for one in threads if one.get("parent_id") in known)):
                if place["type"] not in (_FORUM, _MEDIA):  # all that is said there is said in their threads
                    yield {**place, "guild": number}, known.get(place.get("parent_id"))

    def _channels(self, guild: str) -> list[dict[str, Any]]:
        places = [
            place
            for place in self._ask("GET", f"guilds/{guild}/channels")
            if place["type"] in (_TEXT, _NEWS, _FORUM, _MEDIA)
        ]
        return [place for place in places if not self._wanted or place["name"].casefold() in self._wanted]

    def _place(
        self, place: Mapping[str, Any], parent: Mapping[str, Any] | None, cursor: Mapping[str, str]
    ) -> Iterator[Page]:
        """What is new there; then, of what is young, what was changed or taken away."""
        number = str(place["id"])
        since, *names = json.loads(cursor.get(number, "[]")) or [str(_id(clock.now() - _FIRST))]
        for rows in self._newer(place, since):
            since, names = rows[-1]["id"], _young((*names, *(row["id"] for row in rows)))[-_PAGE:]
            items = tuple(filter(None, (self._incoming(row, place, parent) for row in rows)))
            yield Page(items, {number: json.dumps([since, *names])})
        names = _young(names)
        if names and number in cursor:
            yield self._again(place, parent, since, names)

    def _newer(self, place: Mapping[str, Any], since: str) -> Iterator[list[dict[str, Any]]]:
        """What can be read of the pages after that id, the oldest first."""
        if int(place.get("last_message_id") or 0) <= int(since):
            return
        while rows := self._rows(str(place["id"]), since):
            known = [row for row in rows if _is_message(row) and int(row["id"]) > int(since)]
            if known:
                yield known
                since = known[-1]["id"]
            if len(rows) < _PAGE or not known:
                return

    def _rows(self, place: str, since: str) -> list[dict[str, Any]]:
        """The next messages after that id, the oldest first: Discord hands them in the other way round."""
        from app.channels.http.shape import unreadable  # noqa: PLC0415  the form needs no network

        rows = self._ask("GET", f"channels/{place}/messages", params={"after": since, "limit": _PAGE})
        if not isinstance(rows, list):
            raise unreadable(_TITLE)
        return sorted(rows, key=lambda row: int(row["id"]) if _is_message(row) else 0)

    def _again(
        self, place: Mapping[str, Any], parent: Mapping[str, Any] | None, since: str, names: Sequence[str]
    ) -> Page:
        """Of the young messages those that were edited, and which of them are there no more."""
        number = str(place["id"])
        rows = self._rows(number, str(int(names[0]) - 1))
        answer = again.answer(rows, lambda row: row["id"] if _is_message(row) else None)
        if not answer.whole:
            return Page((), {})
        last = int(rows[-1]["id"]) if len(rows) == _PAGE else int(names[-1])
        items = answer.changes(
            [name for name in names if int(name) <= last],
            edited=lambda row: bool(row.get("edited_timestamp")),
            incoming=lambda row: self._incoming(row, place, parent),
            away=lambda name: taken_away(f"{number}/{name}", _seconds(name)),
        )
        kept = [name for name in names if name in answer.there or int(name) > last]
        return Page(tuple(items), {number: json.dumps([since, *kept])})

    def _incoming(
        self, row: Mapping[str, Any], place: Mapping[str, Any], parent: Mapping[str, Any] | None
    ) -> Incoming | None:
        """None for what nobody has written, or what is no message that we know."""
        try:
            text = self._text(row)
            if row["type"] not in _SAID or not text:
                return None
            number, guild = str(place["id"]), place["guild"]
            answered = (row.get("message_reference") or {}).get("message_id") if row["type"] == _SAID[1] else None
            begin = (f"{number if parent['type'] in (_FORUM, _MEDIA) else parent['id']}/{number}",) if parent else ()
            return Incoming(
                remote_id=f"{number}/{row['id']}",
                at=int(datetime.fromisoformat(row["timestamp"]).timestamp()),
                text=text,
                author=_author(row),
                out=str(row["author"]["id"]) == self._me,
                refs=(*begin, *((f"{number}/{answered}",) if answered else ())),
                parent=f"{number}/{answered}" if answered else "",
                title=place["name"] if parent else "",
                post_title=f"#{parent['name'] if parent else place['name']}",
                post_url=f"https://discord.com/channels/{guild}/{parent['id'] if parent else number}",
                url=f"https://discord.com/channels/{guild}/{number}/{row['id']}",
            )
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            return None

    def _text(self, row: Mapping[str, Any]) -> str:
        """The words, with people, channels and signs by their names; files by theirs."""
        people = {str(one["id"]): one.get("global_name") or one["username"] for one in row.get("mentions") or ()}

        def readable(sign: re.Match[str]) -> str:
            if sign[3]:
                return sign[3]
            return f"@{people.get(sign[1], sign[1])}" if sign[1] else f"#{self._names.get(sign[2], sign[2])}"

        files = (f"[{one['filename']}]" for one in row.get("attachments") or ())
        stickers = (f"[{one['name']}]" for one in row.get("sticker_items") or ())
        return "\n".join(filter(None, (_SIGN.sub(readable, row.get("content") or "").strip(), *files, *stickers)))

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Answer in the channel or thread, as a reply; nobody is called but who is answered."""
        place, _, number = reply.parent.partition("/")
        if not place.isdecimal():
            msg = tr("Rapport doesn't know which Discord channel this conversation is in. Reply in Discord.")
            raise Refused(msg)
        made = self._ask(
            "POST",
            f"channels/{place}/messages",
            writing=True,
            json={
                "content": reply.text,
                "nonce": reply.key[:25],
                "enforce_nonce": True,
                "message_reference": {"message_id": number, "fail_if_not_exists": False},
                "allowed_mentions": {"parse": [], "replied_user": True},
            },
        )
        return self._sent(place, made)

    @staticmethod
    def _sent(place: str, row: Mapping[str, Any]) -> Sent:
        try:
            return Sent(f"{place}/{int(row['id'])}", at=int(datetime.fromisoformat(row["timestamp"]).timestamp()))
        except (KeyError, TypeError, ValueError, OverflowError):
            msg = tr("Discord may have accepted this: its response can't be read.")
            raise UnknownOutcome(msg) from None

    def find_sent(self, reply: Reply) -> Sent | None:
        """Among what stands there since then: our own words below the same message."""
        from app.channels.http.shape import readable  # noqa: PLC0415  the form needs no network

        with readable(_TITLE, sending=True):
            return self._look_for(reply)

    def _look_for(self, reply: Reply) -> Sent | None:
        place, _, number = reply.parent.partition("/")
        since, wanted = str(max(int(number), _id(reply.at - _SLACK))), words(reply.text)
        for _ in range(_LOOKED // _PAGE):
            rows = self._rows(place, since)
            for row in rows:
                answered = (row.get("message_reference") or {}).get("message_id") or number
                if str(row["author"]["id"]) == self._me and answered == number and words(self._text(row)) == wanted:
                    return self._sent(place, row)
            if len(rows) < _PAGE:
                return None
            since = str(int(rows[-1]["id"]))
        msg = tr("Too much has been said there since. Check the channel, then say whether it's there.")
        raise UnknownOutcome(msg)

    def moderate(self, verb: str, remote_id: str) -> None:
        """Delete it; what is gone already is gone."""
        del verb  # there is but one
        place, _, number = remote_id.partition("/")
        try:
            self._ask("DELETE", f"channels/{place}/messages/{number}", writing=True)
        except Refused as why:
            if "Unknown Message" not in str(why):
                raise

    def close(self) -> None:
        """Hang up."""
        if self._made is not None:
            self._made.close()


def _author(row: Mapping[str, Any]) -> Author:
    who = row["author"]
    name = str(who.get("global_name") or who["username"])
    if str(who["id"]) == _DELETED:
        return Author(f"left {row['id']}", name, name)
    if row.get("webhook_id"):  # one webhook speaks under many names
        return Author(f"{who['id']}/{name}", name, name)
    return Author(str(who["id"]), f"@{who['username']}", name, f"https://discord.com/users/{who['id']}")


def _is_message(row: Any) -> bool:  # noqa: ANN401  any JSON
    """Whether it has a name that a message can have by now: another would hide all that comes after it."""
    number = row.get("id") if isinstance(row, dict) else None
    return isinstance(number, str) and number.isdecimal() and int(number[:25]) < _id(clock.now() + _FIRST)


def _id(at: int) -> int:
    """The lowest id of a message of that second."""
    return max(at - _EPOCH, 0) * 1000 << 22


def _seconds(number: str) -> int:
    """When a message with that id was written."""
    return (int(number) >> 22) // 1000 + _EPOCH


def _young(names: Iterable[str]) -> list[str]:
    """Those of the last days: an id tells when its message was written."""
    return again.young({name: _seconds(name) for name in names}, _AGAIN, clock.now())


def _number(said: object) -> float:
    try:
        return max(float(str(said)), 0.0)
    except ValueError:
        return 0.0
