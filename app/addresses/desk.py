"""The desk of gifts' addresses: offered from a reply, taken, and erased from every byte of the profile."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from app import given, rewriting
from app.addresses import asking, backups, dropped, taking, when
from app.addresses.anywhere import Address
from app.addresses.asking import Asked
from app.addresses.backups import Erasure
from app.addresses.copies import Copies
from app.addresses.dropped import Dropped
from app.addresses.in_files import HOLDS, search
from app.addresses.taking import Offer
from app.base import clock, ids
from app.base.errors import NotFoundError, UserError
from app.base.words import counted, tr
from app.gifts import Gift, Gifts, addresses
from app.gifts.asking_address import address_came
from app.gifts.reading_addresses import find
from app.settings import Settings, delete_value, store_value
from app.store import bytes_left
from app.store.store import Store
from app.templates import Templates

_NO_LIMIT = 1 << 62
_SHOWN = 8
_TAKES = ("approved", "asked", "address_in", "to_ship")
_LINES = ("address_1", "address_2", "address_3")


class Erased(NamedTuple):
    """What was erased for a gift, and what is beyond us: backups that hold it still, and files that were handed out."""

    gift: Gift
    copies: Copies
    files: tuple[str, ...]
    backups: tuple[str, ...]
    handed: tuple[str, ...]
    is_left: bool = False
    rewritten: tuple[str, ...] = ()
    """The backups that were rewritten without it."""


class Addresses:
    """Addresses of gifts."""

    def __init__(self, store: Store, gifts: Gifts, settings: Settings, templates: Templates) -> None:
        """Taking is an undoable action; erasing can't be undone."""
        self._store, self._gifts, self._settings, self._templates = store, gifts, settings, templates

    # asking and taking

    def ask(self, number: int) -> Asked:
        """Begin the reply that asks a gift's member where to send it; the gift is asked for once that is submitted.

        Raises UserError if it needs no address, there is no conversation, or another draft is there.
        """
        return asking.begin(self._store, self._templates, self._gifts.get(number))

    def awaited(self, conversation_id: int) -> Offer | None:
        """The address to take in a conversation: from the latest message there of somebody whose gift is asked for."""
        rows = self._store.read.execute(
            "SELECT g.id AS gift, m.id, m.text FROM message m JOIN identity i ON i.id = m.identity_id"
            " JOIN gift g ON g.member_id = i.member_id AND g.state = 'asked' AND m.at >= coalesce(g.asked_at, 0)"
            " WHERE m.conversation_id = ? AND m.out = 0 ORDER BY m.at DESC, m.id DESC, g.id LIMIT 20",
            (conversation_id,),
        )
        found = (taking.offer(self._gifts.get(row["gift"]), row["id"], row["text"]) for row in rows)
        return next(filter(None, found), None)

    def offered(self, number: int, message_id: int) -> Offer:
        """What would be taken from a message for a gift. Raises NotFoundError, and UserError if it holds no address."""
        gift, shown = self._gifts.get(number), ids.display("M", message_id)
        row = self._store.read.execute(
            "SELECT m.text, m.out, i.member_id FROM message m LEFT JOIN identity i ON i.id = m.identity_id"
            " WHERE m.id = ?",
            (message_id,),
        ).fetchone()
        if row is None:
            raise NotFoundError(tr("There's no message {message}.").format(message=shown))
        if row["out"] or row["member_id"] != gift.member_id:
            msg = tr("{message} isn't from {name}, who gets {item}.").format(
                message=shown, name=gift.member, item=gift.item
            )
            raise UserError(msg)
        made = taking.offer(gift, message_id, row["text"])
        if made is None:
            raise taking.nothing_in(shown)
        return made

    def take(self, offer: Offer) -> Gift:
        """Write what was offered to its gift, which has its address then. One undoable action. Raises as `put`."""
        return self._put(offer.gift, offer.columns, offer.message_id)

    def put(self, number: int, values: Mapping[str, object]) -> Gift:
        """Write an address that was typed. Raises UserError where the gift needs none any more, or without a street."""
        gift = self._gifts.get(number)
        known = {name: str(getattr(gift, name)) for name in addresses.COLUMNS}
        return self._put(gift, known | {name: str(value).strip() for name, value in values.items()}, None)

    def _put(self, gift: Gift, columns: Mapping[str, object], message_id: int | None) -> Gift:
        if gift.state not in ("idea", *_TAKES):
            msg = tr("{item} for {name} needs no address any more.").format(item=gift.item, name=gift.member)
            raise UserError(msg)
        if not columns.get("address_1"):
            raise UserError(tr("Enter at least the street or the PO box."))
        with self._store.write(tr("Address: {name}").format(name=gift.member)) as conn:
            addresses.write(conn, gift.id, columns, message_id)
            if gift.state in ("approved", "asked"):
                address_came(conn, gift.id, message_id)
            else:
                addresses.note_answer(conn, gift.id, message_id)
        return self._gifts.get(gift.id)

    # erasing

    def erase_on(self, gift: Gift, now: int | None = None) -> date | None:
        """The day on which a gift's address is erased by itself; None while that is not known, or it has none."""
        if not self._has_own(gift.id):
            return None
        return when.erase_on(gift, self._settings.number("address_days"), clock.now() if now is None else now)

    def set_erase_on(self, number: int, day: str) -> Gift:
        """Have a gift's address erased on a day (YYYY-MM-DD) whatever becomes of it; "" is N days after it arrived.

        Raises UserError for a day that is over, or a gift without an address of its own.
        """
        gift, on = self._gifts.get(number), clock.day(day) or ""
        if on and on < clock.local(clock.now()).date().isoformat():
            raise UserError(tr("{day} is over. Choose today or a later day.").format(day=on))
        title = tr("Address of {name}: erased on {day}") if on else tr("Address of {name}: erased after it arrived")
        with self._store.write(title.format(name=gift.member, day=on)) as conn:
            if not addresses.set_erase_on(conn, number, on):
                raise UserError(tr("{item} for {name} has no address.").format(item=gift.item, name=gift.member))
        return self._gifts.get(number)

    def due(self, now: int) -> list[int]:
        """The gifts whose address is to be erased by `now` (Unix seconds), and is not needed by another one."""
        rows = self._store.read.execute("SELECT id FROM gift_address ORDER BY id")
        gifts = [self._gifts.get(number) for (number,) in rows]
        late = [gift for gift in gifts if self._is_late(gift, now)]
        return [gift.id for gift in late if not self._needed_by(gift, now)]

    def run(self, now: int) -> list[Erased]:
        """Erase what is due, and finish what could not be finished before. Raises UserError if the disk fails."""
        done = self._erase([self._gifts.get(number) for number in self.due(now)])
        gone = dropped.due(self._store.read, self._settings.number("address_days"), clock.local(now).date())
        for one in gone:
            self._erase_dropped(one)
        if (
            not (done or gone)
            and self._store.read.execute("SELECT 1 FROM setting WHERE key = ?", (addresses.UNFINISHED,)).fetchone()
        ):
            self._finish([])
        return done

    def said_before(self, number: int) -> list[str]:
        """What erasing a gift's address does, and what it can't reach, in sentences. Raises UserError as `erase`."""
        gift = self._erasable(number)
        return [
            tr("The address of {name} is erased from this profile for good. This can't be undone.").format(
                name=gift.member
            ),
            *self._rewritten_before(gift),
            *_beyond((), self.handed(gift.id)),
        ]

    def erase(self, number: int) -> Erased:
        """Erase a gift's address from every byte of the profile. Can't be undone.

        Raises UserError if it has none, or another gift is on its way there.
        """
        return self._erase([self._erasable(number)])[0]

    def said_after(self, done: Erased) -> list[str]:
        """What was erased, and what is beyond us, in sentences."""
        places = 1 + sum(done.copies[:3]) + len(done.files)
        count = counted(places, "{count} place in this profile", "{count} places in this profile")
        said = [tr("The address of {name} is erased: {count}.").format(name=done.gift.member, count=count)]
        if done.is_left:
            said.append(tr("Another program is reading the file; the last traces go when Rapport next starts."))
        if done.rewritten:
            count = counted(len(done.rewritten), "{count} backup", "{count} backups")
            said.append(tr("It is gone from {count} in the profile's folder as well.").format(count=count))
        if done.copies.unread:
            names = _few(done.copies.unread)
            said.append(tr("These files of theirs can't be searched, so look yourself: {files}.").format(files=names))
        return [*said, *_beyond(done.backups, done.handed)]

    def _erasable(self, number: int) -> Gift:
        gift = self._gifts.get(number)
        if gift.address_erased_at is not None:
            msg = tr("The address of {name} was erased on {day}.").format(
                name=gift.member, day=clock.local(gift.address_erased_at).date().isoformat()
            )
            raise UserError(msg)
        if not gift.address_1:
            raise UserError(tr("{item} for {name} has no address.").format(item=gift.item, name=gift.member))
        needed = self._needed_by(gift, clock.now())
        if needed is not None:
            msg = tr("{gift} still goes to that address, so it stays until that has arrived.").format(
                gift=ids.display(ids.GIFT, needed)
            )
            raise UserError(msg)
        return gift

    def _erase(self, gifts: Sequence[Gift]) -> list[Erased]:
        """Erase addresses: from the backups first, for once they are gone from the file nobody knows them any more."""
        ones = [self._erasure(gift) for gift in gifts]
        found = [backups.since(self._store.path, self._came_at(gift)) for gift in gifts]
        clean = set(backups.rewrite(list(dict.fromkeys(file for files in found for file in files)), ones))
        return [
            self._erase_one(one)._replace(
                backups=tuple(file.name for file in files if file not in clean),
                rewritten=tuple(file.name for file in files if file in clean),
            )
            for one, files in zip(ones, found, strict=True)
        ]

    def _erasure(self, gift: Gift) -> Erasure:
        now = clock.now()
        return Erasure(gift.id, gift.member_id, tuple(dict.fromkeys(self._wanted(gift))), _notice(), now)

    def _erase_one(self, one: Erasure) -> Erased:
        with self._store.write() as conn:
            copies = backups.erase(conn, one)
            store_value(conn, addresses.UNFINISHED, "1")
        self._store.undone.clear()
        files = tuple(self._unlink(one.wanted))
        left = not self._finish(one.traces)
        return Erased(self._gifts.get(one.gift_id), copies, files, (), self.handed(one.gift_id), left)

    def _erase_dropped(self, one: Dropped) -> None:
        """Erase the address of a gift that was dropped: an undo brings the gift back without it."""
        kept = {Address((row["address_1"],), "", "").street for row in self._store.read.execute(dropped.IN_USE)}
        wanted = tuple(address for address in one.addresses if address.street not in kept)
        erasure = Erasure(one.gift_id, one.member_id, wanted, _notice(), clock.now())
        list(backups.rewrite(backups.since(self._store.path, 0), [erasure]))
        with self._store.write() as conn:
            backups.erase(conn, erasure)
            store_value(conn, addresses.UNFINISHED, "1")
        self._store.undone.clear()
        list(self._unlink(wanted))
        self._finish(erasure.traces)

    def _wanted(self, gift: Gift) -> Iterator[Address]:
        """What is looked for: the address as it was kept, and as it was written in the message that it came in."""
        around = (gift.recipient, gift.country)
        lines = tuple(filter(None, (getattr(gift, name) for name in _LINES)))
        yield Address(lines, gift.postal_code, gift.city, around)
        for held in self._before(gift):
            yield Address((held["address_1"],), gift.postal_code, gift.city, around)
        rows = self._store.read.execute(
            "SELECT m.text FROM message m JOIN identity i ON i.id = m.identity_id"
            " WHERE m.id IN (?1, ?2) OR i.member_id = ?3 AND m.out = 0 AND m.at >= ?4",
            (gift.address_message_id, gift.answer_message_id, gift.member_id, gift.asked_at),
        )
        for found in filter(None, (find(text) for (text,) in rows)):
            lines = tuple(filter(None, (found.address_1, found.address_2, found.address_3)))
            yield Address(lines, found.postal_code, found.city, (found.recipient, found.country))

    def _before(self, gift: Gift) -> Iterator[dict[str, str]]:
        """The streets that it had before it was corrected, as the undo log has them."""
        rows = self._store.read.execute(
            "SELECT before, after FROM action_step WHERE tbl = 'gift_address' AND row_id = ?", (gift.id,)
        )
        for packed in (side for row in rows for side in row if side):
            held = json.loads(packed)
            if held.get("address_1"):
                yield held

    def _finish(self, traces: Sequence[bytes]) -> bool:
        """Empty the log, and write the file anew if anything is left between its rows; whether all is gone."""
        rewriting.drop_traces(self._store)
        gone = self._store.empty_log()
        if gone and (not traces or bytes_left.holds(self._store.path, traces)):
            self._store.rebuild()
            gone = self._store.empty_log()
        if gone:
            with self._store.write() as conn:
                delete_value(conn, addresses.UNFINISHED)
        return gone

    def _unlink(self, wanted: tuple[Address, ...]) -> Iterator[str]:
        """Delete the files that we made in the profile's folder and that hold it; their names."""
        read = self._store.read
        ours = {name for (name,) in read.execute("SELECT name FROM given_file UNION SELECT file FROM exported_row")}
        for file in sorted(self._store.path.parent.iterdir()):
            if file.name in ours and file.is_file():
                with suppress(OSError):
                    with file.open("rb") as opened:
                        found = search(opened, wanted)
                    if found == HOLDS:
                        file.unlink()
                        yield file.name

    def _rewritten_before(self, gift: Gift) -> list[str]:
        files = backups.since(self._store.path, self._came_at(gift))
        names = _few([file.name for file in files])
        return [tr("These backups are rewritten without it: {files}.").format(files=names)] if files else []

    def beyond(self, number: int) -> list[str]:
        """Where a gift's address may still be, in sentences: the files handed out with it, and what isn't ours."""
        return _beyond((), self.handed(number))

    def handed(self, number: int) -> tuple[str, ...]:
        """The files that were handed out with a gift, each with its day."""
        return tuple(
            tr("{file} ({day})").format(file=Path(one.name).name, day=clock.local(one.at).date().isoformat())
            for one in given.files(self._store.read, "gifts", row_id=number)
        )

    def _came_at(self, gift: Gift) -> int:
        """When a gift's address came in (Unix seconds), by a message or typed: backups from before can't hold it."""
        row = self._store.read.execute(
            "SELECT coalesce(a.taken_at, g.created_at) AS at, (SELECT min(m.at) FROM message m"
            " WHERE m.id IN (a.message_id, g.answer_message_id)) AS said"
            " FROM gift g LEFT JOIN gift_address a ON a.id = g.id WHERE g.id = ?",
            (gift.id,),
        ).fetchone()
        return min(int(row["at"]), int(row["said"] or row["at"]))

    def _has_own(self, number: int) -> bool:
        return self._store.read.execute("SELECT 1 FROM gift_address WHERE id = ?", (number,)).fetchone() is not None

    def _is_late(self, gift: Gift, now: int) -> bool:
        day = when.erase_on(gift, self._settings.number("address_days"), now)
        return day is not None and day <= clock.local(now).date()

    def _needed_by(self, gift: Gift, now: int) -> int | None:
        """Another gift that goes to the same street, and is not due itself; None if there is none."""
        rows = self._store.read.execute(
            "SELECT id FROM gift WHERE id <> ?1 AND address_erased_at IS NULL AND (member_id = ?2 AND state IN"
            " (SELECT value FROM json_each(?3)) OR id IN (SELECT id FROM gift_address)) ORDER BY id",
            (gift.id, gift.member_id, json.dumps([*_TAKES, "shipped"])),
        )
        street = Address((gift.address_1,), "", "").street
        for (number,) in rows:
            other = self._gifts.get(number)
            if Address((other.address_1,), "", "").street == street and not self._is_late(other, now):
                return int(number)
        return None


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")


def _notice() -> str:
    """What stands in the place of an address from now on."""
    return tr("[address removed on {day}]").format(day=clock.local(clock.now()).date().isoformat())


def _beyond(backups: tuple[str, ...], handed: tuple[str, ...]) -> list[str]:
    said = []
    if backups:
        sentence = tr("These backups could not be rewritten, and hold it until you delete them: {files}.")
        said.append(sentence.format(files=", ".join(backups)))
    if handed:
        said.append(
            tr("It was in files that you handed out, where Rapport can't erase it: {files}.").format(
                files=", ".join(handed)
            )
        )
    said.append(tr("It may also be in your mailbox, and with whoever shipped it."))
    return said
