"""What the person writes down about an account's place, whether its manners have been shown, and who speaks there.

And what its members may expect of us. The columns `note`, `note_shown_at`, `who_speaks` and `reply_minutes` of the
table `account`.
"""

from __future__ import annotations

from typing import NamedTuple

from app.accounts.senders import senders
from app.base import clock
from app.base.errors import UserError
from app.base.words import tr
from app.channels.registry import channel
from app.store.sqlite import Connection
from app.store.store import Store

MAX_NOTE_CHARS = 2_000


class OurName(NamedTuple):
    """A name or address of ours that can speak in an account's place: `key` is stored, `name` is shown."""

    key: str
    name: str


def may_speak(conn: Connection, account_id: int) -> list[OurName]:
    """Who can speak for an account, the default first; [] where there is no choice.

    Of a mailbox those are its addresses; of an imported file, or an account that is no longer connected, the connected
    accounts of its kind, by their ids.
    """
    row = conn.execute("SELECT kind, mode, state FROM account WHERE id = ?", (account_id,)).fetchone()
    if row is None:
        return []
    found: list[OurName] = []
    if row["mode"] == "file" or row["state"] == "removed":
        live = conn.execute(
            "SELECT id, name FROM account WHERE kind = ? AND mode = 'live' AND state <> 'removed'"
            " ORDER BY state <> 'on', id",
            (row["kind"],),
        )
        found = [OurName(str(number), name) for number, name in live]
    elif channel(row["kind"]).by_address:
        found = [
            OurName(one.address, tr("{name}, {address}").format(name=one.name, address=one.address))
            if one.name else OurName(one.address, one.address)
            for one in senders(conn, account_id)
        ]  # fmt: skip
    return found if len(found) > 1 else []


def who_speaks(conn: Connection, account_id: int) -> str:
    """The key of who speaks, as the person chose; "" if they have not, or the choice is no longer there."""
    row = conn.execute("SELECT who_speaks FROM account WHERE id = ?", (account_id,)).fetchone()
    chosen = str(row["who_speaks"]).lower() if row is not None else ""
    known = (one.key for one in may_speak(conn, account_id)) if chosen else ()
    return next((key for key in known if key.lower() == chosen), "")


class Notes:
    """Every change but `mark_shown` is one undoable action."""

    def __init__(self, store: Store) -> None:
        """Use this store."""
        self._store = store

    def note(self, account_id: int) -> str:
        """What the person wrote down about the place; "" for nothing."""
        row = self._store.read.execute("SELECT note FROM account WHERE id = ?", (account_id,)).fetchone()
        return str(row["note"]) if row is not None else ""

    def put(self, account_id: int, note: str, name: str) -> None:
        """Write it down; a blank one removes it. `name` is the account's, for the action. Raises UserError if too long.

        What is as it was is left alone.
        """
        text = note.strip()
        if len(text) > MAX_NOTE_CHARS:
            msg = tr("A note on a place has at most {count:,} characters; this one has {length:,}.").format(
                count=MAX_NOTE_CHARS, length=len(text)
            )
            raise UserError(msg)
        if text == self.note(account_id):
            return
        with self._store.write(tr("Changed the note on “{account}”").format(account=name)) as conn:
            conn.execute("UPDATE account SET note = ? WHERE id = ?", (text, account_id))

    def is_due(self, account_id: int) -> bool:
        """Whether the manners of the place have never been shown."""
        row = self._store.read.execute("SELECT note_shown_at FROM account WHERE id = ?", (account_id,)).fetchone()
        return row is not None and row["note_shown_at"] is None

    def mark_shown(self, account_id: int) -> None:
        """Remember that they have been shown. Not an action: there is nothing to undo."""
        if self.is_due(account_id):
            with self._store.write() as conn:
                conn.execute(
                    "UPDATE account SET note_shown_at = ? WHERE id = ? AND note_shown_at IS NULL",
                    (clock.now(), account_id),
                )

    def may_speak(self, account_id: int) -> list[OurName]:
        """Who can speak for the account; see `may_speak`."""
        return may_speak(self._store.read, account_id)

    def who_speaks(self, account_id: int) -> str:
        """The key of who speaks; see `who_speaks`."""
        return who_speaks(self._store.read, account_id)

    def put_who_speaks(self, account_id: int, key: str, name: str) -> None:
        """Choose who speaks, by key or, of accounts, by name; "" lets Rapport ask again. `name` is the account's.

        Raises UserError if there is no such one.
        """
        known = self.may_speak(account_id)
        wanted = key.strip().casefold()
        found = next((one.key for one in known if wanted in (one.key.casefold(), one.name.casefold())), "")
        if wanted and not found:
            msg = tr("There's only one who can speak on “{account}”.").format(account=name)
            if known:
                names = "; ".join(one.name for one in known)
                msg = tr("“{who}” can't speak on “{account}”. Choose from: {names}.").format(
                    who=key, account=name, names=names
                )
            raise UserError(msg)
        if found.lower() == self.who_speaks(account_id).lower():
            return
        with self._store.write(tr("Changed who speaks on “{account}”").format(account=name)) as conn:
            conn.execute("UPDATE account SET who_speaks = ? WHERE id = ?", (found, account_id))

    def reply_target(self, account_id: int) -> int | None:
        """Within how many minutes of working time its members may expect a reply; None: as in the settings."""
        row = self._store.read.execute("SELECT reply_minutes FROM account WHERE id = ?", (account_id,)).fetchone()
        return row["reply_minutes"] if row is not None else None

    def put_reply_target(self, account_id: int, minutes: int | None, name: str) -> None:
        """Set the target in minutes of working time; None as in the settings. `name` is the account's, for the action.

        What is as it was is left alone.
        """
        if minutes == self.reply_target(account_id):
            return
        with self._store.write(tr("Changed the reply target of “{account}”").format(account=name)) as conn:
            conn.execute("UPDATE account SET reply_minutes = ? WHERE id = ?", (minutes, account_id))
