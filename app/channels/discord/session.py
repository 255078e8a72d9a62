"""A session of one Discord bot: reading, answering, posting, looking up, and what a moderator does there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from app.base import clock
from app.base.message import Change, Incoming, OwnReaction, Reaction, Reply, Target
from app.base.words import N_, tr
from app.channels import again
from app.channels.base import Found, Page, Refused, Sent, by_program, taken_away
from app.channels.channel import LOCK
from app.channels.discord import acting, places, rights
from app.channels.discord.places import Place
from app.channels.discord.reading import (
    REPLY,
    WRITTEN_TYPES,
    author,
    id_at,
    is_message,
    is_program,
    moment,
    ours,
    seconds_of,
    text_of,
)
from app.channels.discord.rights import HOLDERS
from app.channels.discord.sending import Sending
from app.channels.discord.wire import SERVICE, Wire

_MAX_NAMED_SERVERS = 3  # how many servers `check` names
_PAGE_ROWS = 100
_MONTH_SECONDS, _RECHECK_SECONDS = 30 * 86_400, 3 * 86_400  # how far to look back: at first, and for edits
_HOUR_SECONDS = 3_600  # how often archived threads are listed
_PRIVATE_THREAD = 12
_INTENT = 1 << 18 | 1 << 19  # application flags GATEWAY_MESSAGE_CONTENT and GATEWAY_MESSAGE_CONTENT_LIMITED
_NO_SERVER = N_("The bot isn't in any server. Invite it with a link from the Developer Portal, under OAuth2.")
_NO_HISTORY = N_(
    "The bot may not read what is written in {channels}: give it the permission Read Message History there."
)
_NO_CHANNEL = N_("No channel is called {channels} any more. Change the names in the account.")


class DiscordSession:
    """A session of one bot."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Take the form's fields and the bot's id from the last `check`."""
        self._wire = Wire(fields.get("server") or "https://discord.com/api/v10", secrets.get("token", "").strip())
        self._ask = self._wire.ask
        named = {name.strip().lstrip("#").casefold() for name in fields.get("channels", "").split(",")}
        self._wanted = frozenset(named - {""})
        self._me, self._may = fields.get("me", ""), frozenset(fields.get("may", "").split())
        self._names: dict[str, str] = {}
        self._roles_of: set[str] = set()
        self._sending = Sending(self._wire, self._me, self._names)
        self._unreadable: list[str] = []
        self._odd = False

    def check(self) -> Found:
        """Return the bot's name and servers; raises Refused if it is in none, or lacks Message Content Intent."""
        from app.channels.http.shape import readable  # noqa: PLC0415  the form needs no network

        with readable(SERVICE):
            return self._identity()

    def _identity(self) -> Found:
        me = self._ask("GET", "users/@me")
        if not int(self._ask("GET", "applications/@me").get("flags") or 0) & _INTENT:
            msg = tr("The bot isn't allowed to read messages. Turn on Message Content Intent in the Developer Portal.")
            raise Refused(msg)
        guilds = self._guilds()
        shown = [str(guild["name"]) for guild in guilds[:_MAX_NAMED_SERVERS]]
        more = ["…"] if len(guilds) > _MAX_NAMED_SERVERS else []
        bots = [rights.bot(self._wire, guild, str(me["id"])) for guild in guilds]
        listed = [(bot, one) for bot in bots for one in places.channels(self._wire, bot.guild, self._wanted)]
        sentence = tr("{bot} is connected as a bot in {servers}.").format(
            bot=me["username"], servers=", ".join([*shown, *more])
        )
        sentence = " ".join((sentence, *rights.lacking(bots, listed, self._wanted)))
        facts = {
            "me": str(me["id"]),
            "may": rights.may(bots, listed),
            "venues": json.dumps(places.venues(guilds, listed), ensure_ascii=False),
        }
        return Found(
            sentence,
            own=(str(me["id"]),),
            facts=facts,
            offers={"channels": tuple(sorted({str(one["name"]) for bot, one in listed if bot.has(rights.VIEW, one)}))},
        )

    def _guilds(self) -> list[dict[str, Any]]:
        """The servers that the bot is in. Raises Refused if it is in none."""
        guilds: list[dict[str, Any]] = self._ask("GET", "users/@me/guilds")
        if not guilds:
            raise Refused(tr(_NO_SERVER))
        return guilds

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield what is new, one channel or thread after the other; then edits, deletions and reactions of ours."""
        from app.channels.http.shape import readable, unreadable  # noqa: PLC0415  the form needs no network

        now, kept = clock.now(), dict(cursor)
        self._unreadable, self._odd = [], False
        with readable(SERVICE):
            found, known, trouble = self._all_places()
        yield from self._each(found, self._news, kept)
        with readable(SERVICE):
            closed = list(self._archived(cursor, now, known, found))
        self._names.update({str(place.channel["id"]): str(place.channel["name"]) for place in closed})
        yield from self._each(closed, self._news, kept)
        yield from self._each((*found, *closed), self._recheck, kept)
        if self._unreadable:
            trouble = tr(_NO_HISTORY).format(channels=", ".join(dict.fromkeys(self._unreadable)))
        active = json.dumps(sorted(str(place.channel["id"]) for place in found if place.parent))
        moved = {"active": active} if cursor.get("active") != active else {}
        if now - int(cursor.get("archived_at") or 0) >= _HOUR_SECONDS:
            moved["archived_at"] = str(now)
        if moved or trouble:
            yield Page((), moved, trouble=trouble)
        if self._odd:
            raise unreadable(SERVICE)

    def _each(
        self, found: Iterable[Place], read: Callable[[Place, Mapping[str, str]], Iterator[Page]], kept: dict[str, str]
    ) -> Iterator[Page]:
        """Read each place; one that the bot has no access to, or whose answer is odd, keeps no other back."""
        from app.channels.http.shape import UNREADABLE  # noqa: PLC0415  the form needs no network

        for place in found:
            try:
                for page in read(place, kept):
                    kept.update(page.cursor)
                    yield page
            except Refused:
                continue
            except UNREADABLE:
                self._odd = True

    def _all_places(self) -> tuple[list[Place], dict[str, dict[str, Any]], str]:
        """Channels and active threads that contain messages, all channels, and a sentence on what is missing."""
        threads, known = list[Place](), dict[str, dict[str, Any]]()
        for guild in self._guilds():
            number = str(guild["id"])
            for channel in places.channels(self._wire, number, self._wanted):
                known[str(channel["id"])] = {**channel, "guild": number}
            for thread in self._ask("GET", f"guilds/{number}/threads/active").get("threads") or []:
                if str(thread.get("parent_id")) in known:
                    threads.append(_thread(thread, known))
        found = [*(Place(one, None) for one in known.values() if one["type"] not in HOLDERS), *threads]
        self._names.update({str(one["id"]): str(one["name"]) for one in known.values()})
        self._names.update({str(place.channel["id"]): str(place.channel["name"]) for place in threads})
        lost = sorted(self._wanted - {str(one["name"]).casefold() for one in known.values()})
        if not lost:
            return found, known, ""
        return found, known, tr(_NO_CHANNEL).format(channels=", ".join(f"#{name}" for name in lost))

    def _archived(
        self, cursor: Mapping[str, str], now: int, known: Mapping[str, Mapping[str, Any]], found: Iterable[Place]
    ) -> Iterator[Place]:
        """Threads that were archived since the last pull, which are in no list of active ones.

        Each channel's are asked for once an hour, and those at once that were active at the last time.
        """
        seen = {str(place.channel["id"]) for place in found}
        asked_at = int(cursor.get("archived_at") or 0)
        if now - asked_at >= _HOUR_SECONDS:
            since = max(asked_at - _HOUR_SECONDS, now - _MONTH_SECONDS)
            for channel in known.values():
                few = places.closed_to_few(self._wire, channel, since, moderates=LOCK in self._may)
                for thread in (*places.archived(self._wire, channel, since), *few):
                    if str(thread["id"]) not in seen:
                        seen.add(str(thread["id"]))
                        yield _thread({**thread, "parent_id": channel["id"]}, known)
        for number in sorted(set(_listed(cursor.get("active", ""))) - seen):
            with suppress(Refused):
                thread = self._ask("GET", f"channels/{number}")
                if str(thread.get("parent_id")) in known:
                    yield _thread(thread, known)

    def _news(self, place: Place, cursor: Mapping[str, str]) -> Iterator[Page]:
        """Yield the new messages of a channel or thread."""
        channel, number = place.channel, str(place.channel["id"])
        since, *names = json.loads(cursor.get(number, "[]")) or [str(id_at(clock.now() - _MONTH_SECONDS))]
        last, begun = str(channel.get("last_message_id") or 0), since
        if int(last) <= int(since):
            return
        for rows in self._new_messages(number, since):
            since, names = rows[-1]["id"], _recent((*names, *(row["id"] for row in rows)))[-_PAGE_ROWS:]
            self._learn_roles(str(channel["guild"]), rows)
            items = tuple(filter(None, (self._incoming(row, channel, place.parent) for row in rows)))
            yield Page(items, {number: json.dumps([since, *names])})
        # without Read Message History there is an empty list of messages (Get Channel Messages), and no other sign
        if since == begun and is_message({"id": last}) and self._is_gone(number, last):
            yield Page((), {number: json.dumps([last, *names])})

    def _is_gone(self, channel: str, number: str) -> bool:
        """Whether a message was deleted; where the bot may not even ask, that is noted, and nothing is known."""
        try:
            return acting.message(self._wire, f"{channel}/{number}") is None
        except Refused:
            self._unreadable.append(f"#{self._names.get(channel, channel)}")
            return False

    def _new_messages(self, channel: str, since: str) -> Iterator[list[dict[str, Any]]]:
        """Yield pages of valid messages after that id, oldest first."""
        while rows := places.rows(self._wire, channel, since):
            known = [row for row in rows if is_message(row) and int(row["id"]) > int(since)]
            if known:
                yield known
                since = known[-1]["id"]
            if len(rows) < _PAGE_ROWS or not known:
                return

    def _learn_roles(self, guild: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Learn what the roles of a server are called, once one is mentioned there."""
        if guild in self._roles_of or not any("<@&" in str(row.get("content")) for row in rows):
            return
        self._roles_of.add(guild)
        with suppress(Refused):
            self._names.update({str(one["id"]): str(one["name"]) for one in self._ask("GET", f"guilds/{guild}/roles")})

    def _recheck(self, place: Place, cursor: Mapping[str, str]) -> Iterator[Page]:
        """Yield edits, deletions and our reactions among the recent messages, by fetching these again."""
        number = str(place.channel["id"])
        since, *names = json.loads(cursor.get(number, "[]")) or [""]
        names = _recent(names)
        if not names:
            return
        rows = places.rows(self._wire, number, str(int(names[0]) - 1))
        current = again.current_rows(rows, lambda row: row["id"] if is_message(row) else None)
        last = int(rows[-1]["id"]) if len(rows) == _PAGE_ROWS else int(names[-1])
        if not current.complete:
            return
        asked = [name for name in names if int(name) <= last]
        # an empty list may only mean that the bot is not allowed to read any more
        if asked and not any(name in current.rows for name in asked) and not self._is_gone(number, asked[-1]):
            return
        self._learn_roles(str(place.channel["guild"]), rows)
        items = current.changes(
            asked,
            edited=lambda row: bool(row.get("edited_timestamp")),
            incoming=lambda row: self._incoming(row, place.channel, place.parent),
            away=lambda name: taken_away(f"{number}/{name}", seconds_of(name)),
        )
        kept = [name for name in names if name in current.rows or int(name) > last]
        told, mine = self._reactions(number, current.rows, cursor.get(f"mine {number}", ""))
        moved = {number: json.dumps([since, *kept]), **mine}
        moved = {name: value for name, value in moved.items() if cursor.get(name) != value}
        if items or told or moved:
            yield Page(tuple(items), moved, reacted=told)

    @staticmethod
    def _reactions(
        channel: str, rows: Mapping[str, Mapping[str, Any]], before: str
    ) -> tuple[tuple[OwnReaction, ...], dict[str, str]]:
        """What is there now of our reactions and was not, or was, and the cursor entry for the next time."""
        then = again.remembered(before, lambda *given: given)
        now = {number: tuple(ours(row)) for number, row in rows.items()}
        given = {number: mine for number, mine in now.items() if mine}
        told = [
            OwnReaction(f"{channel}/{number}", what, what in mine)
            for number, mine in now.items()
            for what in dict.fromkeys((*mine, *then.get(number, ())))
            if (what in mine) != (what in then.get(number, ()))
        ]
        written = again.written(given, _PAGE_ROWS)
        return tuple(told), {f"mine {channel}": written} if given or then else {}

    def _incoming(
        self, row: Mapping[str, Any], channel: Mapping[str, Any], parent: Mapping[str, Any] | None
    ) -> Incoming | None:
        """Convert a row; None for system messages, empty ones, and rows that cannot be parsed."""
        try:
            text = text_of(row, self._names)
            if row["type"] not in WRITTEN_TYPES or not text:
                return None
            number, guild = str(channel["id"]), channel["guild"]
            answered = (row.get("message_reference") or {}).get("message_id") if row["type"] == REPLY else None
            begin = (f"{number if parent['type'] in HOLDERS else parent['id']}/{number}",) if parent else ()
            state = channel.get("thread_metadata") if parent else None
            message = Incoming(
                remote_id=f"{number}/{row['id']}",
                at=moment(row["timestamp"]),
                text=text,
                author=author(row),
                out=str(row["author"]["id"]) == self._me,
                refs=(*begin, *((f"{number}/{answered}",) if answered else ())),
                parent=f"{number}/{answered}" if answered else "",
                title=channel["name"] if parent else "",
                post_title=f"#{parent['name'] if parent else channel['name']}",
                post_url=f"https://discord.com/channels/{guild}/{parent['id'] if parent else number}",
                url=f"https://discord.com/channels/{guild}/{number}/{row['id']}",
                public=not parent or channel.get("type") != _PRIVATE_THREAD,
                locked=bool(state.get("locked")) if isinstance(state, dict) else None,
            )
            return by_program(message) if is_program(row, self._me) and not message.out else message
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            return None

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Reply in the channel or thread, or publish a post of ours."""
        return self._sending.send(reply)

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for a message of ours with the same words, replying to the same message, since then."""
        return self._sending.find_sent(reply)

    def correct(self, change: Change) -> None:
        """Give our message other words; nobody is pinged by them."""
        asked = {"content": change.text, "allowed_mentions": {"parse": []}}
        self._ask("PATCH", acting.path_of(change.remote_id), writing=True, json=asked)

    def withdraw(self, change: Change) -> None:
        """Delete our message."""
        acting.delete(self._wire, change.remote_id)

    def reads(self, change: Change) -> str | None:
        """How our message reads there now; None if it is deleted."""
        row = acting.message(self._wire, change.remote_id)
        return None if row is None else text_of(row, self._names)

    def react(self, reaction: Reaction) -> None:
        """Give a reaction."""
        acting.react(self._wire, reaction)

    def unreact(self, reaction: Reaction) -> None:
        """Take our reaction back."""
        acting.unreact(self._wire, reaction)

    def reacted(self, reaction: Reaction) -> bool:
        """Whether our reaction is there now."""
        return acting.reacted(self._wire, reaction)

    def moderate(self, verb: str, on: Target) -> None:
        """Delete the message, close or open its thread, or mute or ban who wrote it."""
        from app.channels.http.shape import readable  # noqa: PLC0415  the form needs no network

        with readable(SERVICE, sending=True):
            acting.moderate(self._wire, verb, on)

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()


def _thread(thread: dict[str, Any], known: Mapping[str, Mapping[str, Any]]) -> Place:
    parent = known[str(thread["parent_id"])]
    return Place({**thread, "guild": parent["guild"]}, dict(parent))


def _listed(written: str) -> Sequence[str]:
    try:
        return [str(one) for one in json.loads(written or "[]")]
    except (ValueError, TypeError):
        return []


def _recent(names: Iterable[str]) -> list[str]:
    """Return the ids of the last three days, by the time in them."""
    return again.young({name: seconds_of(name) for name in names}, _RECHECK_SECONDS, clock.now())
