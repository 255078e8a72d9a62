"""The desk that forgets members, keeps the receipts, and sees to it that no copy of the file brings them back."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from app import rewriting, tombstones
from app.addresses.anywhere import Address
from app.addresses.in_files import HOLDS, search
from app.base import clock
from app.base.words import tr
from app.forgetting import plan as planning
from app.forgetting import receipts
from app.forgetting.again import NOBODY, erase_known, file_marks, remove
from app.forgetting.elsewhere import Traces
from app.forgetting.erasing import BY_RULE, erase, marks, samples
from app.forgetting.plan import Plan
from app.forgetting.receipts import Receipt
from app.forgetting.whose import Whose, of_talks, whose
from app.members import Members
from app.safety import daily
from app.settings import Settings, delete_value, store_value
from app.store import bytes_left, wayback
from app.store.sqlite import Connection
from app.store.store import Store

_KEPT = (".rapport", ".rapport-wal", ".rapport-shm", ".ini", ".log", ".lock")
"""What of the profile's folder is no file that was made to be handed out."""


_BEGINNING, _LEAST, _MOST = 60, 24, 1_000
"""Letters of a message by which files are searched, how many it has at least, and of how many messages."""


class _Known(NamedTuple):
    """By what a member is known in another copy of the file: their numbers with names, and digests of their keys."""

    named: Mapping[int, str]
    digests: Collection[bytes]


class Chosen(NamedTuple):
    """What a rule erases: conversations with all that was said in them, and the contents of files."""

    conversations: tuple[int, ...] = ()
    files: tuple[int, ...] = ()


class Done(NamedTuple):
    """What was erased by a rule; `files` are contents of files that went, of either kind.

    `rewritten` and `stuck` are names of backups, `deleted` of files in the profile's folder, `away` copies elsewhere.
    `left`: the last traces go only when Rapport next starts.
    """

    at: int
    conversations: int
    said: int
    told: int
    files: int
    rewritten: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    left: bool = False


class Forgetting:
    """Forgets members for good, and what a rule says is not kept any longer."""

    def __init__(self, store: Store, members: Members, settings: Settings) -> None:
        """Nothing is read before it is asked for."""
        self._store, self._members, self._settings = store, members, settings

    def plan(self, number: int) -> Plan:
        """What forgetting a member would do. Raises NotFoundError if there is none; changes nothing."""
        near, away = self._copies()
        return planning.plan(self._store.read, self._members.get(number).id, near, away)

    def forget(self, number: int, progress: Callable[[], object] = lambda: None) -> Receipt:
        """Erase a member from the file, its log, and the copies that can be got at. Can't be undone.

        The copies, and files to be handed out, come first: once the member is gone from the file, nobody knows by what
        to find them. What is cut off in between is done by calling it again. Raises NotFoundError, and UserError if the
        disk fails.
        """
        made, read, now = self.plan(number), self._store.read, clock.now()
        found = planning.traces_of(read, made.member_id)
        one = whose(read, [made.member_id])
        known = _Known(
            {
                row["id"]: row["name"]
                for row in read.execute("SELECT id, name FROM member")
                if row["id"] in one.own.members
            },
            {tombstones.digest(mark) for mark in marks(read, one, found)},
        )
        erased = samples(read, one, found)
        clean: list[Path] = []
        for file in made.backups:
            clean += rewriting.rewrite([file], lambda conn: _forget_in(conn, known, found, now), ())
            progress()
        deleted = tuple(self._unlink([Address((one,), "", "") for one in found.all]))
        stuck = tuple(file.name for file in (*made.backups, *made.stuck) if file not in clean)
        with self._store.write() as conn:
            counts = erase(conn, one, found, now)
            rewritten = tuple(file.name for file in clean)
            receipt = receipts.keep(conn, receipts.made(made, counts, now, rewritten, stuck)._replace(deleted=deleted))
            store_value(conn, tombstones.UNFINISHED, "1")
        self._store.undone.clear()
        progress()
        receipt = receipt._replace(left=not self._finish(erased))
        with self._store.write() as conn:
            receipts.amend(conn, receipt)
        return receipt

    def copies(self) -> tuple[list[Path], list[Path], list[str]]:
        """The copies of the file: those that can be rewritten, those that can't, and in words those out of reach."""
        near, away = self._copies()
        now = [file for file in near if planning.is_of_now(file)]
        return now, [file for file in near if file not in now], away

    def by_rule(
        self,
        still: Callable[[Connection], Chosen],
        keep: Callable[[Connection, Done], object],
        progress: Callable[[], object] = lambda: None,
    ) -> Done:
        """Erase what is `still` due in the file, its log, and the copies that can be got at. Can't be undone.

        `still` is asked before the copies are rewritten, and again in the transaction that erases, as something may
        have come in meanwhile; it never gives more than before. `keep` writes the receipt, in the same transaction and
        once more at the end. What is cut off in between is done by calling it again. Raises UserError if the disk
        fails.
        """
        read, now = self._store.read, clock.now()
        chosen = still(read)
        one = of_talks(read, chosen.conversations)
        digests = [*map(tombstones.digest, (*marks(read, one, NOBODY), *file_marks(read, chosen.files)))]
        octets, words = samples(read, one, NOBODY), _beginnings(read, one)
        ready, stuck, away = self.copies()
        clean: list[Path] = []
        for file in ready:
            clean += rewriting.rewrite([file], lambda conn: _erase_in(conn, digests, now), ())
            progress()
        deleted = tuple(self._unlink(words))
        names = tuple(file.name for file in (*ready, *stuck) if file not in clean)
        with self._store.write() as conn:
            there = still(conn)
            counts = erase(conn, of_talks(conn, there.conversations), NOBODY, now, BY_RULE)
            remove(conn, there.files, now)
            done = Done(now, len(there.conversations), counts.said, counts.told, counts.files + len(there.files),
                        tuple(file.name for file in clean), names, deleted, tuple(away))  # fmt: skip
            keep(conn, done)
            store_value(conn, tombstones.UNFINISHED, "1")
        self._store.undone.clear()
        progress()
        done = done._replace(left=not self._finish([] if there.files else octets))
        with self._store.write() as conn:
            keep(conn, done)
        return done

    def receipts(self) -> list[Receipt]:
        """What was forgotten, the latest first."""
        return receipts.listed(self._store.read)

    def finish(self) -> None:
        """Write the file anew where an earlier forgetting was cut off before that. Raises UserError if it fails."""
        self._finish([])

    def take_over(self, runs: Callable[[Connection, list[tuple[int, str]]], object]) -> None:
        """Forget in a restored backup whoever was forgotten in the file that it replaced.

        `runs` takes over the receipts of rules' runs (times, words) in the same transaction. The file is written anew
        by `finish`. Raises UserError if the disk fails.
        """
        row = self._store.read.execute("SELECT value FROM setting WHERE key = ?", (tombstones.CARRIED,)).fetchone()
        packed = json.loads(row["value"]) if row is not None else {}
        digests = {bytes.fromhex(one): int(at) for one, at in packed.get("digests", {}).items()}
        kept = [(int(at), int(member), str(receipt)) for at, member, receipt in packed.get("receipts", ())]
        with self._store.write(without_pen=True) as conn:  # also in a backup of a time when the desk was lent
            carry_over(conn, digests, kept)
            runs(conn, [(int(at), str(receipt)) for at, receipt in packed.get("runs", ())])
            delete_value(conn, tombstones.CARRIED)

    def _copies(self) -> tuple[list[Path], list[str]]:
        """The copies of the file that can be got at, and in words those that can't."""
        near, place = planning.copies(self._store.path), daily.second(self._settings, self._store)
        if not place.folder:
            return near, []
        if Path(place.folder).is_dir():
            return [*near, *wayback.listed(Path(place.folder))], []
        if place.at is None:
            return near, []
        day = clock.local(place.at).date().isoformat()
        return near, [tr("{folder} (last copy on {day})").format(folder=place.folder, day=day)]

    def _unlink(self, wanted: Sequence[Address]) -> Iterator[str]:
        """Delete the files to be handed out in the profile's folder that hold one of these; their names."""
        for file in sorted(self._store.path.parent.iterdir()):
            if not wanted or not file.is_file() or file.name.startswith(".") or file.name.endswith(_KEPT):
                continue
            with suppress(OSError):
                with file.open("rb") as opened:
                    holds = search(opened, wanted) == HOLDS
                if holds:
                    file.unlink()
                    yield file.name

    def _finish(self, octets: list[bytes]) -> bool:
        """Empty the log, and write the file anew if anything is left between its rows; whether all is gone."""
        rewriting.drop_traces(self._store)
        gone = self._store.empty_log()
        if gone and (not octets or bytes_left.holds(self._store.path, octets)):
            self._store.rebuild()
            gone = self._store.empty_log()
        if gone:
            with self._store.write() as conn:
                delete_value(conn, tombstones.UNFINISHED)
        return gone


def _beginnings(conn: Connection, one: Whose) -> list[Address]:
    """By what files are found that hold what was said: the beginnings of long messages, in whole words."""
    rows = conn.execute(
        f"SELECT DISTINCT substr(text, 1, {_BEGINNING}) AS said FROM message WHERE length(text) >= {_LEAST}"
        f" AND id IN (SELECT value FROM json_each(:messages)) ORDER BY length(text) DESC LIMIT {_MOST}",
        one.lists(),
    )
    said = [row["said"] if len(row["said"]) < _BEGINNING else row["said"].rpartition(" ")[0] for row in rows]
    lines = tuple(words for words in said if len(words) >= _LEAST)
    return [Address(lines, "", "")] if lines else []


def _erase_in(conn: Connection, digests: Collection[bytes], at: int) -> None:
    """Erase in another copy of the file what has one of these tombstones."""
    erase_known(conn, digests, at)
    tombstones.keep(conn, dict.fromkeys(digests, at))


def _forget_in(conn: Connection, known: _Known, found: Traces, at: int) -> None:
    """Erase the same member in another copy of the file, where the rows may differ."""
    tombstones.keep(conn, dict.fromkeys(known.digests, at))
    people = _people(conn, known)
    if people:
        erase(conn, whose(conn, people), found, at)


def _people(conn: Connection, known: _Known) -> list[int]:
    """Who it is there: those with their names on the channels, and their numbers where they are called the same."""
    people = dict.fromkeys(
        row["member_id"]
        for row in conn.execute("SELECT kind, key, member_id FROM identity")
        if tombstones.digest(tombstones.person(row["kind"], row["key"])) in known.digests
    )
    for number, name in known.named.items():
        row = conn.execute("SELECT id FROM member WHERE id = ? AND name = ?", (number, name)).fetchone()
        if row is not None:
            people[row["id"]] = None
    return [int(number) for number in people]


def carry_over(conn: Connection, digests: Mapping[bytes, int], kept: list[tuple[int, int, str]]) -> int:
    """Forget in a copy of the file, in its open transaction, whoever was forgotten in the file that it is to replace.

    `digests` and `kept` are that file's tombstones and receipts (times, members, words). Returns how many members were
    found and forgotten again.
    """
    there = tombstones.everything(conn)
    new = {one: at for one, at in digests.items() if one not in there}
    if not new:
        return 0
    people = _people(conn, _Known({}, set(new)))
    for number in people:
        erase(conn, whose(conn, [number]), planning.traces_of(conn, number), max(new.values()))
    there_too = erase_known(conn, new, max(new.values()))
    tombstones.keep(conn, new)
    receipts.carried(conn, kept)
    if people or there_too:
        store_value(conn, tombstones.UNFINISHED, "1")
    return len(people)
