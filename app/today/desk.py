"""The desk of Today: how fresh it is, the groups of each noun, and the queue that fits into so many minutes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.base import clock, ids
from app.base.errors import NotFoundError
from app.base.words import tr
from app.calendar.working import Stretch
from app.gifts.rows import ARRIVES_IN
from app.involvement import LET_BE
from app.store.sqlite import scalar
from app.store.store import Store
from app.today.fresh import Freshness, Place, fresh
from app.today.groups import GROUPS, MEMBER, Asked, Group, Provider
from app.today.nouns import Nouns
from app.today.queue import CONVERSATION, Queue, Thing, Timed, queue
from app.today.run import Run
from app.today.things import gather
from app.today.working import Time, time_at

SHOWN = 60
"""Rows of the queue that get their words: no screen shows more of what waits."""
_COUNT = """
SELECT (SELECT count(*) FROM promise r WHERE r.kept_at IS NULL AND r.dropped_why = '' AND r.due_on <= :today
    AND NOT EXISTS (SELECT 1 FROM put_off o WHERE o.on_day = :today AND (o.noun, o.row_id) IN
      (VALUES ('promise', r.id), ('conversation', r.conversation_id))))
  + (SELECT count(*) FROM handoff h WHERE h.closed_at IS NULL AND h.status IN ('solved', 'declined')
    AND NOT EXISTS (SELECT 1 FROM put_off o WHERE o.on_day = :today AND (o.noun, o.row_id) IN
      (VALUES ('handoff', h.id), ('conversation', h.conversation_id))))
  + (SELECT count(*) FROM gift g JOIN member p ON p.id = g.member_id WHERE g.state IN ('shipped', 'arrived')
    AND (g.state = 'arrived' OR coalesce(p.last_at, 0) > g.state_at OR g.state_at <= :arrived)
    AND NOT EXISTS (SELECT 1 FROM put_off o WHERE o.on_day = :today AND (o.noun, o.row_id) IN
      (VALUES ('gift', g.id), ('conversation', g.conversation_id))))
"""
_HEARD = """
SELECT last_at FROM (SELECT account_id, last_at FROM conversation INDEXED BY conversation_last
  ORDER BY last_at DESC, id DESC LIMIT 20000) WHERE account_id = ? LIMIT 1
"""


class Day(NamedTuple):
    """All that Today shows, as of `now` (Unix seconds)."""

    now: int
    fresh: Freshness
    groups: tuple[Group, ...]
    queue: Queue
    following: Stretch | None
    current: Stretch | None


class Today:
    """Joins what the nouns have for one day. Thread-safe for reading; it writes only what was put off."""

    def __init__(self, nouns: Nouns, providers: Sequence[Provider] = GROUPS) -> None:
        """`providers` give the groups, from the top."""
        self._nouns, self._providers = nouns, providers
        self.run = Run()

    @property
    def _store(self) -> Store:
        return self._nouns.store

    def day(self, minutes: int, now: int | None = None) -> Day:
        """Everything at once, for the page."""
        at = clock.now() if now is None else now
        time = self._time(at)
        groups, made = self._groups(self._with_put_off(at, time)), self._queue(minutes, at, time)
        return Day(at, self.fresh(at), groups, made, time.following, time.current)

    def fresh(self, now: int | None = None) -> Freshness:
        """How fresh it is at `now` (Unix seconds, default now)."""
        conn = self._store.read
        places = [
            Place(
                one.id, one.name, one.mode, one.state, one.ok_at, one.error, one.error_at,
                scalar(conn, f"SELECT ({_HEARD})", (one.id,)) if one.assisted else None,
            )
            for one in self._nouns.accounts.all()
        ]  # fmt: skip
        return fresh(places, clock.now() if now is None else now)

    def groups(self, now: int | None = None) -> tuple[Group, ...]:
        """The groups that have rows, at `now` (Unix seconds, default now)."""
        at = clock.now() if now is None else now
        return self._groups(self._with_put_off(at, self._time(at)))

    def _with_put_off(self, at: int, time: Time) -> Asked:
        asked = _asked(at, time)
        return asked._replace(put_off=self._put_off(asked))

    def _groups(self, asked: Asked) -> tuple[Group, ...]:
        every = (provider(self._nouns, asked) for provider in self._providers)
        return tuple(group for group in every if group.rows)

    def queue(self, minutes: int, now: int | None = None) -> Queue:
        """What fits into so many minutes at `now` (Unix seconds, default now), with names and titles."""
        at = clock.now() if now is None else now
        return self._queue(minutes, at, self._time(at))

    def _queue(self, minutes: int, now: int, time: Time) -> Queue:
        asked = _asked(now, time)
        gathered = gather(self._nouns, time.targets, asked, self._put_off(asked))
        made = queue(gathered.things, minutes, self._nouns.handling.estimates(), more=gathered.more)
        shown = [*made.fits, *made.waits[: max(0, SHOWN - len(made.fits))]]
        described = self._described([one.thing for one in shown])
        fits = tuple(Timed(described[_key(one.thing)], one.minutes) for one in made.fits)
        waits = tuple(Timed(described.get(_key(one.thing), one.thing), one.minutes) for one in made.waits)
        return made._replace(fits=fits, waits=waits)

    def until_block_ends(self, now: int | None = None) -> int:
        """Whole minutes until the block ends that is under way at `now` (Unix seconds); 0 between blocks."""
        at = clock.now() if now is None else now
        block = self._time(at).current
        return 0 if block is None else max(0, block.ends - at) // 60

    def count(self, now: int | None = None) -> int:
        """What is promised by today or late, came back from teammates, and is to thank for: the number in the rail."""
        at = clock.now() if now is None else now
        values = {"today": _day(at), "arrived": at - ARRIVES_IN}
        return int(scalar(self._store.read, _COUNT, values))

    def put_off(self, thing: Thing, now: int | None = None) -> None:
        """Take a thing out of today, and its conversation with it; tomorrow it is back. One undoable action."""
        noun, number = thing.noun, thing.id
        if thing.conversation_id is not None:
            noun, number = CONVERSATION, thing.conversation_id
        title = tr("Not today: {title}").format(title=thing.what or thing.who)
        with self._store.write(title) as conn:
            conn.execute(
                "INSERT INTO put_off (noun, row_id, on_day) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (noun, number, _day(clock.now() if now is None else now)),
            )
        self.run.drop(thing.noun, thing.id)

    def members_put_off(self, now: int | None = None) -> frozenset[int]:
        """The members who are not for today."""
        at = clock.now() if now is None else now
        rows = self._store.read.execute("SELECT row_id FROM put_off WHERE noun = ? AND on_day = ?", (MEMBER, _day(at)))
        return frozenset(row["row_id"] for row in rows)

    def put_off_member(self, member_id: int, now: int | None = None) -> None:
        """Take a member out of today's groups; tomorrow they are back. One undoable action.

        Raises NotFoundError if there is no such member.
        """
        title = tr("Not today: {title}").format(title=self._called(member_id))
        with self._store.write(title) as conn:
            conn.execute(
                "INSERT INTO put_off (noun, row_id, on_day) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (MEMBER, member_id, _day(clock.now() if now is None else now)),
            )

    def let_be(self, member_id: int) -> None:
        """Ask no more after a member who has gone quiet, until they write again. One undoable action.

        Raises NotFoundError if there is no such member.
        """
        with self._store.write(tr("Let be: {name}").format(name=self._called(member_id))) as conn:
            conn.execute(
                "INSERT INTO put_off (noun, row_id, on_day) SELECT ?, id, date(coalesce(last_at, 0), 'unixepoch')"
                " FROM member WHERE id = ? ON CONFLICT DO NOTHING",
                (LET_BE, member_id),
            )

    def _called(self, member_id: int) -> str:
        name = self._name(member_id)
        if not name:
            msg = tr("There's no member {id}.").format(id=ids.display("P", member_id))
            raise NotFoundError(msg)
        return name

    def start(self, made: Queue) -> Run:
        """Begin to work through what fits; returns the run, of which the inbox asks what comes next."""
        self.run = Run(made.fits)
        return self.run

    def _put_off(self, asked: Asked) -> frozenset[tuple[str, int]]:
        rows = self._store.read.execute("SELECT noun, row_id FROM put_off WHERE on_day = ?", (asked.today.isoformat(),))
        return frozenset((noun, number) for noun, number in rows)

    def _time(self, now: int) -> Time:
        return time_at(self._nouns.blocks, now)

    def _described(self, things: Sequence[Thing]) -> dict[tuple[str, int], Thing]:
        """These things with who they are about and what: from the conversation, where the noun itself does not say."""
        wanted = [thing.conversation_id for thing in things if thing.conversation_id is not None]
        rows = {row.id: row for row in self._nouns.inbox.rows(wanted)}
        described = {}
        for thing in things:
            row = rows.get(thing.conversation_id or 0)
            who = thing.who or (row.member if row is not None else self._name(thing.member_id))
            what = thing.what or (row.title or row.preview if row is not None else "")
            described[_key(thing)] = thing._replace(who=who, what=what)
        return described

    def _name(self, member_id: int | None) -> str:
        row = self._store.read.execute("SELECT name FROM member WHERE id = ?", (member_id,)).fetchone()
        return row["name"] if row is not None else ""


def _asked(now: int, time: Time) -> Asked:
    return Asked(now, clock.local(now).date(), time.following.starts if time.following is not None else now)


def _key(thing: Thing) -> tuple[str, int]:
    return thing.noun, thing.id


def _day(at: int) -> str:
    return clock.local(at).date().isoformat()
