"""Letters as they came, to be saved: from the bytes that are kept, else out of the mailbox."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from app.base import ids
from app.base.errors import NotFoundError, UserError
from app.base.filenames import safe
from app.base.message import Place
from app.base.words import tr
from app.channels.registry import channel
from app.inbox.originals import Kept, kept
from app.intake.kept import kept_letter
from app.safety import standstill

if TYPE_CHECKING:
    from app.accounts import Accounts
    from app.channels.base import Shared
    from app.store.store import Store

_NAME_CHARS = 60


class Originals:
    """Finds the original of a letter, and writes it to a file."""

    def __init__(self, store: Store, accounts: Accounts) -> None:
        """Use these accounts' mailboxes."""
        self._store, self._accounts = store, accounts

    def kept(self) -> Kept:
        """How many originals are kept in the file, and how many bytes they take there."""
        return kept(self._store.read)

    def file_name(self, message_id: int) -> str:
        """What to call the file: the conversation's title, and the message's id."""
        row = self._store.read.execute(
            "SELECT c.title FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.id = ?",
            (message_id,),
        ).fetchone()
        shown = ids.display(ids.MESSAGE, message_id)
        stem = safe(str(row["title"])[:_NAME_CHARS]) if row is not None else ""
        return f"{stem} {shown}.eml".strip()

    def account(self, message_id: int) -> int:
        """The account whose mailbox has the letter. Raises NotFoundError if there is no such message."""
        row = self._store.read.execute(
            "SELECT coalesce((SELECT account_id FROM letter_place WHERE message_id = m.id LIMIT 1), m.account_id)"
            " FROM message m WHERE m.id = ?",
            (message_id,),
        ).fetchone()
        if row is None:
            msg = tr("There's no message {id}.").format(id=ids.display(ids.MESSAGE, message_id))
            raise NotFoundError(msg)
        return int(row[0])

    def octets(self, message_id: int) -> bytes:
        """The letter's bytes; asks the mailbox where they are not kept here.

        Raises NotFoundError if there is no such message, UserError if it is no letter, or is nowhere any more.
        """
        letter = kept_letter(self._store.read, message_id)
        if letter is not None:
            return letter.octets
        return self._fetched(message_id, *self._there(message_id))

    def check(self, message_id: int) -> None:
        """Raise as `octets` does where that needs no mailbox to be asked."""
        if kept_letter(self._store.read, message_id) is None:
            self._there(message_id)

    def _there(self, message_id: int) -> tuple[str, str]:
        """The Message-ID of a letter that is not kept, and the name of its mailbox. Raises as `octets` does."""
        shown = ids.display(ids.MESSAGE, message_id)
        row = self._store.read.execute(
            "SELECT m.remote_id, a.kind, a.name, a.mode FROM message m"
            " JOIN account a ON a.id = m.account_id WHERE m.id = ?",
            (message_id,),
        ).fetchone()
        if not channel(row["kind"]).shared:
            msg = tr("{id} didn't come by e-mail, so it has no original to save.").format(id=shown)
            raise UserError(msg)
        if row["mode"] != "live" or not row["remote_id"]:
            msg = tr("Rapport hasn't kept the original of {id}: it came from a file and could be read in full.")
            raise NotFoundError(msg.format(id=shown))
        return row["remote_id"], row["name"]

    def _fetched(self, message_id: int, remote_id: str, account: str) -> bytes:
        """The letter's bytes out of its mailbox, by where it was last seen there, else by its Message-ID."""
        if standstill.is_on_hold(self._store.read):
            raise UserError(tr(standstill.SENTENCE))
        home = self.account(message_id)
        rows = self._store.read.execute(
            "SELECT folder, uid FROM letter_place WHERE message_id = ? AND account_id = ?", (message_id, home)
        )
        places = [Place(row["folder"], row["uid"]) for row in rows]
        session = cast("Shared", self._accounts.session(home))
        try:
            octets = session.original(places, remote_id)
        finally:
            session.close()
        if octets is None:
            msg = tr("The original of {id} is no longer in the mailbox of {account}, and Rapport hasn't kept it.")
            raise NotFoundError(msg.format(id=ids.display(ids.MESSAGE, message_id), account=account))
        return octets

    def save(self, message_id: int, file: Path, *, replace: bool = False) -> int:
        """Write the original to a file, whole or not at all; returns its size in bytes.

        Raises as `octets` does; ExistsError if there is such a file and `replace` is not set, UserError if it can't be
        written.
        """
        from app.csvfile import in_place  # noqa: PLC0415  it takes longer than a frame to load, and is rarely needed

        with in_place(file, replace=replace) as temporary:
            octets = self.octets(message_id)
            temporary.write_bytes(octets)
        return len(octets)
