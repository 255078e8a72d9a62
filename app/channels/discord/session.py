"""A session of one Discord bot: reading, replying, looking up and deleting."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.base import clock
from app.base.message import Author, Incoming, Reply, Target
from app.base.pictures import in_words
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
    from app.channels.http import Http, Response

_MAX_NAMED_SERVERS = 3  # how many servers `check` names
_SERVICE = "Discord"
_PAGE_ROWS = 100
_EPOCH = 1_420_070_400
"""Unix time of 2015-01-01, the epoch of Discord's snowflake ids (milliseconds since then, shifted by 22 bits)."""
_DELETED = "456226577798135808"  # the shared id of all deleted accounts
_MONTH_SECONDS, _RECHECK_SECONDS = 30 * 86_400, 3 * 86_400  # how far to look back: at first, and for edits
_CLOCK_SLACK_SECONDS = 2 * 86_400  # our clock may be that much ahead of theirs
_MAX_SEARCHED = 500  # maximum messages searched for a sent reply
_MAX_SLEEP_SECONDS = 5.0  # a longer rate limit raises TryLater
_TEXT, _NEWS, _FORUM, _MEDIA = 0, 5, 15, 16
_WRITTEN_TYPES = (0, 19, 20)  # message types written by somebody: DEFAULT, REPLY, CHAT_INPUT_COMMAND
# JSON error codes of rate limits (slow mode; writes to a channel, to a server; a shared resource), whatever the status
_LIMIT_CODES = (20016, 20028, 20029, 40062)
_INTENT = 1 << 18 | 1 << 19  # application flags GATEWAY_MESSAGE_CONTENT and GATEWAY_MESSAGE_CONTENT_LIMITED
_MENTION = re.compile(r"<(?:@!?(\d+)|#(\d+)|a?(:\w+:)\d+)>")


class DiscordSession:
    """A session of one bot."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Take the form's fields and the bot's id from the last `check`."""
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
            self._free[route] = time.monotonic() + _float_or_zero(answer.headers.get("x-ratelimit-reset-after"))
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
        if left > _MAX_SLEEP_SECONDS:
            msg = tr("Discord has asked Rapport to wait.")
            raise TryLater(msg, int(left) + 1)
        if left > 0:
            time.sleep(left)

    def _raise_for(self, answer: Response, *, writing: bool) -> None:
        if answer.status == 401:  # noqa: PLR2004  RFC 9110, 15.5.2
            msg = tr("{host} doesn't recognise this bot. Copy its token from the Developer Portal again.").format(
                host=answer.host
            )
            raise AuthNeeded(msg)
        error = answer.as_dict()
        if answer.status == 429 or (answer.status < 500 and error.get("code") in _LIMIT_CODES):  # noqa: PLR2004  RFC 6585
            after = min(_float_or_zero(error.get("retry_after")), _MONTH_SECONDS) or answer.after(clock.now()) or 5
            msg = tr("{host} has asked Rapport to wait.").format(host=answer.host)
            raise TryLater(msg, int(after) + 1)
        if answer.status == 403 and writing:  # noqa: PLR2004  "Forbidden"
            msg = tr(
                "The bot isn't allowed to do that there. Give it permission in the server's settings, under Roles."
            )
            raise Refused(msg)
        answer.raise_for_status(writing=writing)

    def check(self) -> Found:
        """Return the bot's name and servers; raises Refused if it is in none, or lacks Message Content Intent."""
        from app.channels.http.shape import readable  # noqa: PLC0415  the form needs no network

        with readable(_SERVICE):
            return self._identity()

    def _identity(self) -> Found:
        me = self._ask("GET", "users/@me")
        if not int(self._ask("GET", "applications/@me").get("flags") or 0) & _INTENT:
            msg = tr("The bot isn't allowed to read messages. Turn on Message Content Intent in the Developer Portal.")
            raise Refused(msg)
        guilds = self._ask("GET", "users/@me/guilds")
        if not guilds:
            msg = tr("The bot isn't in any server yet. Invite it with a link from the Developer Portal, under OAuth2.")
            raise Refused(msg)
        names = ", ".join(
            [
                *(str(guild["name"]) for guild in guilds[:_MAX_NAMED_SERVERS]),
                *(["…"] if len(guilds) > _MAX_NAMED_SERVERS else []),
            ]
        )
        names_of_channels = sorted(
            {channel["name"] for guild in guilds for channel in self._channels(str(guild["id"]))}
        )
        return Found(
            tr("{bot} is connected as a bot in {servers}.").format(bot=me["username"], servers=names),
            own=(str(me["id"]),),
            facts={"me": str(me["id"])},
            offers={"channels": tuple(names_of_channels)},
        )

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield new messages, edits and deletions, one channel or thread after the other."""
        from app.channels.http.shape import UNREADABLE, readable, unreadable  # noqa: PLC0415  the form needs no network

        odd = False
        with readable(_SERVICE):
            channels = list(self._all_channels())
        for channel, parent in channels:
            try:
                yield from self._pull_channel(channel, parent, cursor)
            except Refused:
                continue  # the bot has no access to this channel
            except UNREADABLE:
                odd = True
        if odd:
            raise unreadable(_SERVICE)

    def _all_channels(self) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
        """Yield (channel, None) and (thread, its channel), for all that can contain messages."""
        for guild in self._ask("GET", "users/@me/guilds"):
            number = str(guild["id"])
            channels = self._channels(number)
            known = {channel["id"]: channel for channel in channels}
            threads = self._ask("GET", f"guilds/{number}/threads/active").get("threads") or []
            self._names.update({channel["id"]: channel["name"] for channel in (*channels, *threads)})
            for channel in (*channels, *(thread for thread in threads if thread.get("parent_id") in known)):
                if channel["type"] not in (_FORUM, _MEDIA):  # these only contain threads
                    yield {**channel, "guild": number}, known.get(channel.get("parent_id"))

    def _channels(self, guild: str) -> list[dict[str, Any]]:
        channels = [
            channel
            for channel in self._ask("GET", f"guilds/{guild}/channels")
            if channel["type"] in (_TEXT, _NEWS, _FORUM, _MEDIA)
        ]
        return [channel for channel in channels if not self._wanted or channel["name"].casefold() in self._wanted]

    def _pull_channel(
        self, channel: Mapping[str, Any], parent: Mapping[str, Any] | None, cursor: Mapping[str, str]
    ) -> Iterator[Page]:
        """Yield the new messages of a channel or thread, then edits and deletions of recent ones."""
        number = str(channel["id"])
        since, *names = json.loads(cursor.get(number, "[]")) or [str(_id(clock.now() - _MONTH_SECONDS))]
        for rows in self._new_messages(channel, since):
            since, names = rows[-1]["id"], _recent((*names, *(row["id"] for row in rows)))[-_PAGE_ROWS:]
            items = tuple(filter(None, (self._incoming(row, channel, parent) for row in rows)))
            yield Page(items, {number: json.dumps([since, *names])})
        names = _recent(names)
        if names and number in cursor:
            yield self._recheck(channel, parent, since, names)

    def _new_messages(self, channel: Mapping[str, Any], since: str) -> Iterator[list[dict[str, Any]]]:
        """Yield pages of valid messages after that id, oldest first."""
        if int(channel.get("last_message_id") or 0) <= int(since):
            return
        while rows := self._rows(str(channel["id"]), since):
            known = [row for row in rows if _is_message(row) and int(row["id"]) > int(since)]
            if known:
                yield known
                since = known[-1]["id"]
            if len(rows) < _PAGE_ROWS or not known:
                return

    def _rows(self, channel: str, since: str) -> list[dict[str, Any]]:
        """Return the next page after that id, oldest first (Discord lists the newest first), with unreadable rows."""
        from app.channels.http.shape import unreadable  # noqa: PLC0415  the form needs no network

        rows = self._ask("GET", f"channels/{channel}/messages", params={"after": since, "limit": _PAGE_ROWS})
        if not isinstance(rows, list):
            raise unreadable(_SERVICE)
        return sorted(rows, key=lambda row: int(row["id"]) if _is_message(row) else 0)

    def _recheck(
        self, channel: Mapping[str, Any], parent: Mapping[str, Any] | None, since: str, names: Sequence[str]
    ) -> Page:
        """Return edited and deleted messages among the recent ones, by fetching these again."""
        number = str(channel["id"])
        rows = self._rows(number, str(int(names[0]) - 1))
        current = again.current_rows(rows, lambda row: row["id"] if _is_message(row) else None)
        if not current.complete:
            return Page((), {})
        last = int(rows[-1]["id"]) if len(rows) == _PAGE_ROWS else int(names[-1])
        items = current.changes(
            [name for name in names if int(name) <= last],
            edited=lambda row: bool(row.get("edited_timestamp")),
            incoming=lambda row: self._incoming(row, channel, parent),
            away=lambda name: taken_away(f"{number}/{name}", _seconds(name)),
        )
        kept = [name for name in names if name in current.rows or int(name) > last]
        return Page(tuple(items), {number: json.dumps([since, *kept])})

    def _incoming(
        self, row: Mapping[str, Any], channel: Mapping[str, Any], parent: Mapping[str, Any] | None
    ) -> Incoming | None:
        """Convert a row; None for system messages, empty ones, and rows that cannot be parsed."""
        try:
            text = self._text(row)
            if row["type"] not in _WRITTEN_TYPES or not text:
                return None
            number, guild = str(channel["id"]), channel["guild"]
            answered = (
                (row.get("message_reference") or {}).get("message_id") if row["type"] == _WRITTEN_TYPES[1] else None
            )
            begin = (f"{number if parent['type'] in (_FORUM, _MEDIA) else parent['id']}/{number}",) if parent else ()
            return Incoming(
                remote_id=f"{number}/{row['id']}",
                at=int(datetime.fromisoformat(row["timestamp"]).timestamp()),
                text=text,
                author=_author(row),
                out=str(row["author"]["id"]) == self._me,
                refs=(*begin, *((f"{number}/{answered}",) if answered else ())),
                parent=f"{number}/{answered}" if answered else "",
                title=channel["name"] if parent else "",
                post_title=f"#{parent['name'] if parent else channel['name']}",
                post_url=f"https://discord.com/channels/{guild}/{parent['id'] if parent else number}",
                url=f"https://discord.com/channels/{guild}/{number}/{row['id']}",
            )
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            return None

    def _text(self, row: Mapping[str, Any]) -> str:
        """Return the text with mentions, channels and emoji by name, then the names of files and stickers."""
        people = {str(user["id"]): user.get("global_name") or user["username"] for user in row.get("mentions") or ()}

        def readable(sign: re.Match[str]) -> str:
            person, channel, emoji = sign.groups()
            if emoji:
                return str(emoji)
            return f"@{people.get(person, person)}" if person else f"#{self._names.get(channel, channel)}"

        files = (_shown(file) for file in row.get("attachments") or ())
        stickers = (f"[{sticker['name']}]" for sticker in row.get("sticker_items") or ())
        return "\n".join(filter(None, (_MENTION.sub(readable, row.get("content") or "").strip(), *files, *stickers)))

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Reply in the channel or thread; only the author of the parent message is pinged."""
        channel, _, number = reply.parent.partition("/")
        if not channel.isdecimal():
            msg = tr("Rapport doesn't know which Discord channel this conversation is in. Reply in Discord.")
            raise Refused(msg)
        made = self._ask(
            "POST",
            f"channels/{channel}/messages",
            writing=True,
            json={
                "content": reply.text,
                "nonce": reply.key[:25],
                "enforce_nonce": True,
                "message_reference": {"message_id": number, "fail_if_not_exists": False},
                "allowed_mentions": {"parse": [], "replied_user": True},
            },
        )
        return self._sent(channel, made)

    @staticmethod
    def _sent(channel: str, row: Mapping[str, Any]) -> Sent:
        try:
            return Sent(f"{channel}/{int(row['id'])}", at=int(datetime.fromisoformat(row["timestamp"]).timestamp()))
        except (KeyError, TypeError, ValueError, OverflowError):
            msg = tr("Discord may have accepted this: its response can't be read.")
            raise UnknownOutcome(msg) from None

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for a message of ours with the same words, replying to the same message, since then."""
        from app.channels.http.shape import readable  # noqa: PLC0415  the form needs no network

        with readable(_SERVICE, sending=True):
            return self._look_for(reply)

    def _look_for(self, reply: Reply) -> Sent | None:
        channel, _, number = reply.parent.partition("/")
        since, wanted = str(max(int(number), _id(reply.at - _CLOCK_SLACK_SECONDS))), words(reply.text)
        for _ in range(_MAX_SEARCHED // _PAGE_ROWS):
            rows = self._rows(channel, since)
            for row in rows:
                answered = (row.get("message_reference") or {}).get("message_id") or number
                if str(row["author"]["id"]) == self._me and answered == number and words(self._text(row)) == wanted:
                    return self._sent(channel, row)
            if len(rows) < _PAGE_ROWS:
                return None
            since = str(int(rows[-1]["id"]))
        msg = tr("Too much has been said there since. Check the channel, then say whether it's there.")
        raise UnknownOutcome(msg)

    def moderate(self, verb: str, on: Target) -> None:
        """Delete the message; one that is deleted already is no error."""
        del verb  # only DELETE exists here
        channel, _, number = on.message.partition("/")
        try:
            self._ask("DELETE", f"channels/{channel}/messages/{number}", writing=True)
        except Refused as why:
            if "Unknown Message" not in str(why):
                raise

    def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            self._made.close()


def _author(row: Mapping[str, Any]) -> Author:
    who = row["author"]
    name = str(who.get("global_name") or who["username"])
    if str(who["id"]) == _DELETED:
        return Author(f"left {row['id']}", name, name)
    if row.get("webhook_id"):  # one webhook posts under many names
        return Author(f"{who['id']}/{name}", name, name)
    return Author(str(who["id"]), f"@{who['username']}", name, f"https://discord.com/users/{who['id']}")


def _is_message(row: Any) -> bool:  # noqa: ANN401  any JSON
    """Whether it has a plausible id; an id far in the future would become the cursor and hide all later messages."""
    number = row.get("id") if isinstance(row, dict) else None
    return isinstance(number, str) and number.isdecimal() and int(number[:25]) < _id(clock.now() + _MONTH_SECONDS)


def _id(at: int) -> int:
    """Return the lowest snowflake id of that Unix second."""
    return max(at - _EPOCH, 0) * 1000 << 22


def _seconds(number: str) -> int:
    """Return the Unix time in a snowflake id."""
    return (int(number) >> 22) // 1000 + _EPOCH


def _recent(names: Iterable[str]) -> list[str]:
    """Return the ids of the last three days, by the time in them."""
    return again.young({name: _seconds(name) for name in names}, _RECHECK_SECONDS, clock.now())


def _float_or_zero(value: object) -> float:
    try:
        return max(float(str(value)), 0.0)
    except ValueError:
        return 0.0


def _shown(file: Mapping[str, Any]) -> str:
    """An attachment in words: what its author says it shows, else its name."""
    kind = {"image": "Picture", "video": "Video", "audio": "Sound"}.get(str(file.get("content_type")).partition("/")[0])
    return in_words(file["description"], kind=kind or "File") if file.get("description") else f"[{file['filename']}]"
