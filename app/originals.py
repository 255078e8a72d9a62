"""Letters as they came, to be saved: from the bytes that are kept, else out of the mailbox."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from app.base import ids
from app.base.errors import NotFoundError, UserError
from app.base.filenames import safe
from app.base.words import tr
from app.channels.registry import channel
from app.inbox.originals import Home, Kept, homes, kept
from app.intake.kept import is_guess_without_bytes, kept_letter
from app.safety import standstill
from app.store.sqlite import Row

if TYPE_CHECKING:
    from app.accounts import Accounts
    from app.channels.base import Shared
    from app.intake import Intake
    from app.store.store import Store

_NAME_CHARS = 60


class Originals:
    """Finds the original of a letter, writes it to a file, and has it read once more."""

    def __init__(self, store: Store, accounts: Accounts, intake: Intake) -> None:
        """Use these accounts' mailboxes; `intake` reads letters."""
        self._store, self._accounts, self._intake = store, accounts, intake

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
        """The account whose mailbox is asked first for the letter. Raises NotFoundError if there is no such message."""
        there = homes(self._store.read, message_id)
        return there[0].account_id if there else int(self._row(message_id)["account_id"])

    def octets(self, message_id: int) -> bytes:
        """The letter's bytes; asks the mailboxes that may have it where they are not kept here.

        Raises NotFoundError if there is no such message, UserError if it is no letter, or is nowhere any more.
        """
        letter = kept_letter(self._store.read, message_id)
        return letter.octets if letter is not None else self._fetched(message_id, self._there(message_id))

    def check(self, message_id: int) -> None:
        """Raise as `octets` does where that needs no mailbox to be asked."""
        if kept_letter(self._store.read, message_id) is None:
            self._there(message_id)

    def must_be_asked_for(self, message_id: int) -> bool:
        """Whether a mailbox has to be asked before the letter's text can be read in another character set."""
        return is_guess_without_bytes(self._store.read, message_id)

    def read_as(self, message_id: int, charset: str) -> None:
        """Read a letter's text in another character set, out of the original where its bytes are not kept.

        Raises as `Intake.read_as` does, and as `octets`.
        """
        if self.must_be_asked_for(message_id):
            self._intake.read_as(message_id, charset, lambda: self.octets(message_id))
        else:
            self._intake.read_as(message_id, charset)

    def _row(self, message_id: int) -> Row:
        row: Row | None = self._store.read.execute(
            "SELECT m.account_id, m.remote_id, m.out, a.kind, a.name, a.mode, coalesce(b.file, '') AS file"
            " FROM message m JOIN account a ON a.id = m.account_id LEFT JOIN import_batch b ON b.id = m.batch_id"
            " WHERE m.id = ?",
            (message_id,),
        ).fetchone()
        if row is None:
            msg = tr("There's no message {id}.").format(id=ids.display(ids.MESSAGE, message_id))
            raise NotFoundError(msg)
        return row

    def _there(self, message_id: int) -> list[Home]:
        """The mailboxes that may have a letter that is not kept, one at least. Raises as `octets` does."""
        shown, row = ids.display(ids.MESSAGE, message_id), self._row(message_id)
        if not channel(row["kind"]).shared:
            msg = tr("{id} didn't come by e-mail, so it has no original to save.").format(id=shown)
            raise UserError(msg)
        there = homes(self._store.read, message_id) if row["remote_id"] else []
        if not there:
            raise NotFoundError(_nowhere(row, shown))
        return there

    def _fetched(self, message_id: int, there: Sequence[Home]) -> bytes:
        """The letter's bytes out of the first mailbox that has it: from where it was last seen, else by its Message-ID.

        Raises UserError for a mailbox that cannot be asked if no other has the letter.
        """
        standstill.refuse(self._store.read)
        row, why = self._row(message_id), None
        for home in there:
            try:
                octets = self._asked(home, row["remote_id"])
            except UserError as error:
                why = why or error
                continue
            if octets is not None:
                return octets
        if why is not None:
            raise why
        raise NotFoundError(_gone(row, there, ids.display(ids.MESSAGE, message_id)))

    def _asked(self, home: Home, remote_id: str) -> bytes | None:
        session = cast("Shared", self._accounts.session(home.account_id))
        try:
            return session.original(home.places, remote_id)
        finally:
            session.close()

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


def _nowhere(row: Row, shown: str) -> str:
    """Why no mailbox can be asked for a letter, and what to do; `shown` is its id."""
    if row["file"]:
        return tr(
            "Rapport hasn't kept the original of {id}. Look for it in the file that was imported: {file}."
        ).format(id=shown, file=row["file"])
    if row["mode"] == "live" and row["remote_id"]:
        return tr(
            "Rapport hasn't kept the original of {id}, and “{account}” isn't connected. Connect it, then try again."
        ).format(id=shown, account=row["name"])
    if row["out"]:
        return tr("{id} is your own, and no mailbox is known to have a copy, so it has no original to save.").format(
            id=shown
        )
    return tr("Rapport hasn't kept the original of {id}, and no mailbox is connected that could have it.").format(
        id=shown
    )


def _gone(row: Row, there: Sequence[Home], shown: str) -> str:
    """What is said of a letter that no mailbox has; `shown` is its id."""
    if row["mode"] == "live" or any(home.places for home in there):
        return tr("The original of {id} is no longer in the mailbox of {account}, and Rapport hasn't kept it.").format(
            id=shown, account=row["name"]
        )
    return tr("The original of {id} is in none of your mailboxes, and Rapport hasn't kept it.").format(id=shown)
