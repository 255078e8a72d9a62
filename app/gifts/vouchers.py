"""Vouchers: codes that can be given once. A code lies in the system's keyring; the file knows that there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app.base import clock, ids
from app.base import codes as blanks
from app.base.codes import IN_REPLY
from app.base.credentials import Credentials, KeyringError
from app.base.errors import BugError, NotFoundError, UserError
from app.base.message import Incoming
from app.base.words import N_, counted, tr
from app.gifts import codes
from app.gifts.items import Items
from app.store.sqlite import Connection, scalar
from app.store.store import Store

HOW_NAMES = {"window": N_("in the window"), "shell": N_("in the shell"), "reply": N_("in a reply")}
SOON = 30
"""Days before its expiry from which a voucher is warned about."""
_LARGEST_FILE = 1 << 20
_SELECT = """
SELECT v.id, v.item_id, i.name, v.ending, v.added_at, v.expires_on, v.gift_id, v.given_at, v.void_at,
  EXISTS (SELECT 1 FROM voucher_reveal r WHERE r.voucher_id = v.id AND r.how = 'reply') AS is_sent
FROM voucher v JOIN gift_item i ON i.id = v.item_id
"""
_LISTED = f"{_SELECT} WHERE ?1 IS NULL OR v.item_id = ?1 ORDER BY v.expires_on = '', v.expires_on, v.id"


@dataclass(frozen=True, slots=True)
class Voucher:
    """A code without the code: `ending` are its last letters. Times are Unix seconds."""

    id: int
    item_id: int
    item: str
    ending: str
    added_at: int
    expires_on: str
    gift_id: int | None
    given_at: int | None
    void_at: int | None
    is_sent: int = 0
    """Whether its code went out to somebody: from then on it is nobody else's."""

    @property
    def free(self) -> bool:
        """Whether it can still be given."""
        return self.gift_id is None and self.void_at is None and not self.expired and not self.is_sent

    @property
    def expired(self) -> bool:
        """Whether its last day is over."""
        return bool(self.expires_on) and self.expires_on < _today().isoformat()

    @property
    def warning(self) -> str:
        """What is to be known before it is given: that it is void, has expired, or soon will; "" if nothing."""
        if self.void_at is not None:
            return tr("This voucher is void.")
        if self.expired:
            return tr("This voucher expired on {day}.").format(day=self.expires_on)
        if self.expires_on and self.expires_on <= (_today() + timedelta(days=SOON)).isoformat():
            return tr("This voucher expires on {day}.").format(day=self.expires_on)
        return ""


@dataclass(frozen=True, slots=True)
class Added:
    """The ids of new vouchers, and a sentence for each line that was left out."""

    numbers: tuple[int, ...]
    left_out: tuple[str, ...]


class Vouchers:
    """The tables `voucher` and `voucher_reveal`, and the codes in the keyring."""

    def __init__(self, store: Store, credentials: Credentials | None = None) -> None:
        """`credentials` defaults to the system's keyring."""
        self._store, self._credentials = store, credentials or Credentials()
        self._items = Items(store)
        self._sent: dict[int, str] = {}

    def listed(self, item: int | None = None) -> list[Voucher]:
        """Return the vouchers of an item, or all: those that expire first come first."""
        return [Voucher(*row) for row in self._store.read.execute(_LISTED, (item,))]

    def get(self, number: int) -> Voucher:
        """Return a voucher; raises NotFoundError."""
        row = self._store.read.execute(f"{_SELECT} WHERE v.id = ?", (number,)).fetchone()
        if row is None:
            raise NotFoundError(tr("There's no voucher {voucher}.").format(voucher=ids.display(ids.VOUCHER, number)))
        return Voucher(*row)

    def of_gift(self, gift: int) -> Voucher | None:
        """Return the voucher that a gift has, or None."""
        row = self._store.read.execute(f"{_SELECT} WHERE v.gift_id = ? AND v.void_at IS NULL", (gift,)).fetchone()
        return None if row is None else Voucher(*row)

    def add(self, item: int, path: Path) -> Added:
        """Bring in a file of codes: all that are good, or none. Raises UserError, also if no keyring can keep them."""
        name = self._items.get(item)
        if name.kind != "voucher":
            raise UserError(tr("“{item}” isn't a voucher, so it has no codes.").format(item=name.name))
        text = _text(path)
        why = self._credentials.missing()
        if why:
            msg = tr("No code was read: codes are kept only in this computer's keyring. {why}")
            raise UserError(msg.format(why=self._plainly()))
        read = codes.read(text, self._known())
        if not read.found:
            return Added((), tuple(read.left_out))
        title = counted(len(read.found), "{count} voucher: {item}", "{count} vouchers: {item}", item=name.name)
        kept = list[str]()
        try:
            with self._store.write(title) as conn:
                numbers = tuple(self._keep(conn, item, code, expires, kept) for code, expires in read.found.items())
        except BaseException:
            for entry in kept:
                self._credentials.forget(entry)
            raise
        return Added(numbers, tuple(read.left_out))

    def _plainly(self) -> str:
        """Why the keyring can't be used, without what is said of secrets that are typed."""
        try:
            self._credentials.get("voucher")
        except KeyringError as why:
            return str(why)
        return ""

    def _keep(self, conn: Connection, item: int, code: str, expires: str, kept: list[str]) -> int:
        made = conn.execute(
            "INSERT INTO voucher (item_id, ending, added_at, expires_on) VALUES (?, ?, ?, ?)",
            (item, codes.ending(code), clock.now(), expires),
        )
        number = int(made.lastrowid or 0)
        row = conn.execute(f"{_SELECT} WHERE v.id = ?", (number,)).fetchone()
        entry = _entry(Voucher(*row))
        kept.append(entry)
        why = self._credentials.keep(entry, code)
        if why:
            raise UserError(tr("No code was read: this computer's keyring didn't keep one of them. Try again."))
        return number

    def _known(self) -> set[str]:
        """The codes that there are, void ones too."""
        found = (self._credentials.get(_entry(voucher)) for voucher in self.listed())
        return {code for code in found if code is not None}

    def assign(self, gift: int, number: int | None = None) -> Voucher:
        """Give a gift a voucher of its item: this one, or the free one that expires first; one it has stays.

        Raises UserError if none is left, if it isn't free, or if the gift is of another item.
        """
        row = self._store.read.execute("SELECT item_id, item FROM gift WHERE id = ?", (gift,)).fetchone()
        if row is None:
            raise NotFoundError(tr("There's no gift {gift}.").format(gift=ids.display(ids.GIFT, gift)))
        with self._store.write(tr("Voucher for a gift: {item}").format(item=row["item"])) as conn:
            rows = [Voucher(*one) for one in conn.execute(_LISTED, (None,))]
            has = next((one for one in rows if one.gift_id == gift and one.void_at is None), None)
            if has is not None and number in (None, has.id):
                return has
            if number is None:
                offered = (one for one in rows if one.free and one.item_id == row["item_id"])
                free = next(offered, None)
                if free is None:
                    raise UserError(tr("There's no voucher left for “{item}”.").format(item=row["item"]))
            else:
                free = next((one for one in rows if one.id == number), None) or self.get(number)
                self._check_free(free, row["item_id"])
            conn.execute("UPDATE voucher SET gift_id = NULL, given_at = NULL WHERE gift_id = ?", (gift,))
            conn.execute("UPDATE voucher SET gift_id = ?, given_at = ? WHERE id = ?", (gift, clock.now(), free.id))
        return self.get(free.id)

    def _check_free(self, voucher: Voucher, item: int | None) -> None:
        shown = ids.display(ids.VOUCHER, voucher.id)
        if voucher.gift_id is not None:
            raise UserError(tr("{voucher} has been given already.").format(voucher=shown))
        if voucher.is_sent:
            raise UserError(
                tr("The code of {voucher} was sent already, so it goes to nobody else.").format(voucher=shown)
            )
        if not voucher.free:
            raise UserError(voucher.warning)
        if voucher.item_id != item:
            raise UserError(tr("{voucher} is for “{item}”.").format(voucher=shown, item=voucher.item))

    def shown_before(self, number: int) -> list[tuple[int, str]]:
        """Return when a code was shown, and how (one of HOW_NAMES), oldest first."""
        sql = "SELECT at, how FROM voucher_reveal WHERE voucher_id = ? ORDER BY id"
        return [(row["at"], row["how"]) for row in self._store.read.execute(sql, (number,))]

    def asks(self, number: int) -> str:
        """What to ask before a code is shown again; "" for the first time."""
        shown = self.shown_before(number)
        if not shown:
            return ""
        at, how = shown[-1]
        when = clock.local(at).strftime("%Y-%m-%d %H:%M")
        return tr("This code was shown on {when}, {how}. Show it again?").format(when=when, how=tr(HOW_NAMES[how]))

    def reveal(self, number: int, how: str) -> str:
        """Return the code, and log that it was shown. Raises UserError for a void one, or if the code isn't here."""
        voucher = self.get(number)
        if how not in HOW_NAMES:
            raise BugError(how)
        if voucher.void_at is not None:
            raise UserError(voucher.warning)
        code = self._credentials.get(_entry(voucher))
        if code is None:
            msg = tr("This computer's keyring doesn't have the code of {voucher}: it was brought in on another one.")
            raise UserError(msg.format(voucher=ids.display(ids.VOUCHER, number)))
        with self._store.write() as conn:
            conn.execute(
                "INSERT INTO voucher_reveal (voucher_id, at, how) VALUES (?, ?, ?)", (number, clock.now(), how)
            )
        if how == IN_REPLY:
            self._sent[number] = code
        return code

    def sent(self) -> dict[int, str]:
        """Return the codes that went out in replies, by their vouchers; those that the keyring has."""
        rows = self._store.read.execute("SELECT DISTINCT voucher_id FROM voucher_reveal WHERE how = ?", (IN_REPLY,))
        for number in [number for (number,) in rows if number not in self._sent]:
            with suppress(KeyringError):
                code = self._credentials.get(_entry(self.get(number)))
                if code is not None:
                    self._sent[number] = code
        return dict(self._sent)

    def hide(self, items: Sequence[Incoming]) -> Sequence[Incoming]:
        """Return what comes in with blanks in place of codes that went out: our own copies, and what quotes them."""
        if not scalar(self._store.read, "SELECT EXISTS (SELECT 1 FROM voucher_reveal WHERE how = ?)", (IN_REPLY,)):
            return items
        known = self.sent()
        return [_without(item, known) for item in items] if known else items

    def void(self, number: int) -> None:
        """Say that a voucher can't be used: it is not offered again. Its code stays in the keyring."""
        voucher = self.get(number)
        title = tr("Void: voucher {voucher}, {item}").format(
            voucher=ids.display(ids.VOUCHER, number), item=voucher.item
        )
        with self._store.write(title) as conn:
            conn.execute("UPDATE voucher SET void_at = ? WHERE id = ?", (clock.now(), number))


def add_without_code(conn: Connection, item: int, at: int, expires: str) -> None:
    """Add a voucher in the open transaction whose code this computer's keyring does not have; `at` is Unix seconds."""
    conn.execute("INSERT INTO voucher (item_id, added_at, expires_on) VALUES (?, ?, ?)", (item, at, expires))


def _without(item: Incoming, known: Mapping[int, str]) -> Incoming:
    """A message without codes; the bytes that it came in are not kept then."""
    texts: dict[str, Any] = {
        name: made
        for name in ("text", "formerly", "title", "post_text")
        if (made := blanks.hidden(getattr(item, name), known, own=item.out)) != getattr(item, name)
    }
    held = (octets for octets in (item.source, item.raw) if octets is not None)
    if texts or any(code.encode() in octets for octets in held for code in known.values()):
        return item._replace(**texts, source=None, raw=None)
    return item


def _entry(voucher: Voucher) -> str:
    """Where a code lies in the keyring; the second tells two files' vouchers of one number apart."""
    return f"voucher:{voucher.id}:{voucher.added_at}:{voucher.ending}"


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise UserError(tr("{file} is too large for a file of codes.").format(file=path.name))
        return path.read_bytes().decode("utf-8-sig")
    except OSError as why:
        raise UserError(tr("{file} can't be read.").format(file=path.name)) from why
    except UnicodeDecodeError as why:
        msg = tr("{file} isn't text. Save it as UTF-8, with one code a line.")
        raise UserError(msg.format(file=path.name)) from why


def _today() -> date:
    return clock.local(clock.now()).date()
