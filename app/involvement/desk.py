"""The involvement desk: levels and figures of members, who is new, quiet or back, the rhythm of care, the audience."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, time
from typing import NamedTuple

from app.base import clock
from app.base.errors import UserError
from app.base.words import tr
from app.involvement import audience, rhythm, silence, upkeep
from app.involvement.audience import Audience, Share
from app.involvement.levels import LEVEL_NAMES, LEVELS, NONE, Deeds
from app.involvement.rhythm import Due
from app.involvement.silence import Newcomer, Returned, Silent
from app.members import records
from app.settings import Settings, store_value
from app.store.merged import current_member
from app.store.sqlite import Connection, scalar
from app.store.store import Store

_COUNTED = "counted_involvement"
"""The key in the table `setting` that says that the whole file was counted once: older files have no figures."""
_AT_ONCE = 500
"""Identities that are counted anew in one transaction in the background, so that nobody waits for it."""
_DEEDS = """
SELECT coalesce(sum(a.messages), 0), coalesce(sum(a.days), 0), coalesce(sum(a.started), 0),
  coalesce(sum(a.helped), 0), coalesce(sum(a.cheered), 0)
FROM identity i JOIN activity a ON a.id = i.id WHERE i.member_id = ?
"""


class Standing(NamedTuple):
    """How far a member takes part: `level` is "" for nobody's (staff, or who never wrote), `pinned` whether by hand.

    `since` is when they came to it (Unix seconds). `rhythm_days` is how often we want to be in touch; 0 for no wish.
    """

    level: str
    pinned: bool
    since: int | None
    deeds: Deeds
    rhythm_days: int = 0


class Involvement:
    """How far members take part. Reading is thread-safe; every change of a member is one undoable action."""

    def __init__(self, store: Store, settings: Settings) -> None:
        """Use this store; what counts as quiet, and the thresholds of levels, are in the settings."""
        self._store, self._settings = store, settings

    @property
    def silent_weeks(self) -> int:
        """From how many weeks on silence counts."""
        setting = self._settings.describe("silent_weeks")
        return max(setting.low, min(setting.high, self._settings.number("silent_weeks")))

    def of(self, member_id: int) -> Standing:
        """How far a member takes part, with what they did."""
        conn = self._store.read
        row = conn.execute(
            "SELECT v.level, p.pinned, v.since, p.rhythm_days FROM member p"
            " LEFT JOIN involvement v ON v.id = p.id WHERE p.id = ?",
            (member_id,),
        ).fetchone()
        deeds = Deeds(*conn.execute(_DEEDS, (member_id,)).fetchone())
        if row is None:
            return Standing("", pinned=False, since=None, deeds=deeds)
        level = row["level"] or ""
        return Standing(level, bool(level and row["pinned"]), row["since"], deeds, row["rhythm_days"])

    def levels(self, members: Sequence[int]) -> Mapping[int, str]:
        """The levels of these members; who has none is left out."""
        rows = self._store.read.execute(
            "SELECT v.id, v.level FROM json_each(?) j CROSS JOIN involvement v ON v.id = j.value",
            (json.dumps(list(members)),),
        )
        return {row["id"]: row["level"] for row in rows}

    def at(self, level: str) -> frozenset[int]:
        """The members with that level."""
        rows = self._store.read.execute("SELECT id FROM involvement WHERE level = ?", (level,))
        return frozenset(row["id"] for row in rows)

    def fitting(self) -> frozenset[int]:
        """The members who are marked as the ideal audience."""
        rows = self._store.read.execute("SELECT id FROM member WHERE fits = 1 AND merged_into IS NULL")
        return frozenset(row["id"] for row in rows)

    def counts(self) -> Mapping[str, int]:
        """How many members have each level, from the innermost."""
        rows = self._store.read.execute("SELECT level, count(*) FROM involvement GROUP BY level")
        numbers = dict(tuple(row) for row in rows)
        return {level: numbers.get(level, 0) for level in reversed(LEVELS)}

    def pin(self, members: Collection[int], level: str) -> None:
        """Set the level of members by hand, or with "" by what they do again. One undoable action.

        Raises UserError for an unknown level.
        """
        if level not in ("", *LEVELS):
            msg = tr("“{level}” isn't a level. Choose from: {levels}.")
            raise UserError(msg.format(level=level, levels=", ".join((*LEVELS, NONE))))
        sentence = tr("{name} pinned as {level}") if level else tr("{name} no longer pinned")
        with self._store.write(self._title(members, sentence, level=tr(LEVEL_NAMES[level]) if level else "")) as conn:
            self._set(conn, members, "pinned", level)

    def keep_rhythm(self, members: Collection[int], days: int) -> None:
        """Set how often we want to be in touch with members, in days; 0 for no such wish. One undoable action."""
        sentence = tr("{name}: in touch {rhythm}") if days else tr("{name}: no rhythm")
        with self._store.write(self._title(members, sentence, rhythm=rhythm.phrase(days))) as conn:
            self._set(conn, members, "rhythm_days", days)

    def mark_fits(self, members: Collection[int], why: str, *, fits: bool) -> None:
        """Mark members as the ideal audience, with the reason, or take the mark away. One undoable action."""
        sentence = tr("{name} fits the audience") if fits else tr("{name} doesn't fit the audience")
        with self._store.write(self._title(members, sentence)) as conn:
            self._set(conn, members, "fits", int(fits))
            if why or not fits:
                self._set(conn, members, "fits_why", why.strip())

    def _title(self, members: Collection[int], sentence: str, **values: str) -> str:
        numbers = json.dumps(list(members))
        names = self._store.read.execute(
            "SELECT name FROM member WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT 2", (numbers,)
        ).fetchall()
        name = names[0]["name"] if names else ""
        if len(members) > 1:
            name = tr("{name} and {count} more").format(name=name, count=len(members) - 1)
        return sentence.format(name=name, **values)

    @staticmethod
    def _set(conn: Connection, members: Collection[int], column: str, value: object) -> None:
        for number in {current_member(conn, number) for number in members}:
            records.change(conn, number, {column: value})

    def newcomers(self, now: int | None = None) -> list[Newcomer]:
        """Who wrote for the first time lately and has had no answer; see `app.involvement.silence`."""
        return silence.newcomers(self._store.read, _or_now(now))

    def second_time(self, now: int | None = None) -> list[Returned]:
        """Who came a second time lately."""
        return silence.second_time(self._store.read, _or_now(now))

    def came_back(self, now: int | None = None) -> list[Returned]:
        """Who had gone quiet and wrote again lately."""
        return silence.came_back(self._store.read, _or_now(now), self.silent_weeks)

    def gone_quiet(self, now: int | None = None) -> list[Silent]:
        """Who used to write often and has gone quiet."""
        return silence.gone_quiet(self._store.read, _or_now(now), self.silent_weeks)

    def due(self, now: int | None = None) -> list[Due]:
        """With whom it is time to be in touch, by the rhythm that was set by hand."""
        return rhythm.due(self._store.read, _or_now(now))

    def audience(self) -> Audience:
        """Whom the community is for."""
        return audience.stored(self._store.read)

    def describe_audience(self, description: str, criteria: Sequence[str]) -> None:
        """Say whom the community is for. Raises UserError for a text that is too long, or too many criteria."""
        made = audience.checked(description, criteria)
        with self._store.write() as conn:
            store_value(conn, audience.KEY, made.description)
            store_value(conn, audience.CRITERIA, "; ".join(made.criteria))

    def share(self, now: int | None = None) -> Share:
        """How much of this calendar month's talk is with members who fit."""
        today = clock.local(_or_now(now)).date()
        begins = clock.at_local(datetime.combine(today.replace(day=1), time()))
        return audience.share(self._store.read, begins)

    def is_counted(self) -> bool:
        """Whether the figures of the whole file were counted once: a file of an earlier release has none at first."""
        sql = "SELECT EXISTS (SELECT 1 FROM setting WHERE key = ?) OR NOT EXISTS (SELECT 1 FROM message)"
        return bool(scalar(self._store.read, sql, (_COUNTED,)))

    def recount(self) -> int:
        """Count all figures anew, in one transaction; returns how many members have a level now."""
        with self._store.write() as conn:
            upkeep.count_all_anew(conn)
            store_value(conn, _COUNTED, "1")
        return int(scalar(self._store.read, "SELECT count(*) FROM involvement"))

    def recount_in_steps(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Count all figures anew in short transactions, for a background job; unless stopped it is done once."""
        after: int | None = 0
        while after is not None and not stop():
            with self._store.write() as conn:
                after = upkeep.count_anew(conn, after, _AT_ONCE)
                if after is None:
                    store_value(conn, _COUNTED, "1")


def _or_now(now: int | None) -> int:
    return clock.now() if now is None else now
