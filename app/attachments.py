"""Files that came with messages: what they are, and saving one. None is ever opened here.

A file above KEPT_MAX bytes is not in our file. If its letter is still in a mailbox, the part is fetched from there when
it is saved; what an import left out is where that read it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from app.base import clock, filenames, ids
from app.base.errors import NotFoundError, UserError
from app.base.words import tr
from app.inbox.originals import Home, homes
from app.safety import standstill
from app.store.sqlite import Row
from app.store.store import Store

if TYPE_CHECKING:
    from app.accounts import Accounts
    from app.channels.base import Holding

_ROW = """
SELECT a.id, a.message_id, m.conversation_id, a.name, a.type, a.size, a.content_id, a.section, a.sha256 <> x'' AS here,
  m.account_id, m.remote_id, b.file, a.removed_at
FROM attachment a JOIN message m ON m.id = a.message_id LEFT JOIN import_batch b ON b.id = m.batch_id
"""


class File(NamedTuple):
    """A file of a message; `size` in bytes, for one that is not here as its server counts them.

    `content_id` names a picture that its letter shows among the words; "" for any other file. `came_in` is the file
    that an import read it from, "" for one that a channel delivered. `removed_at` is when a rule removed its content
    (Unix seconds).
    """

    id: int
    message_id: int
    conversation_id: int
    name: str
    type: str
    size: int
    content_id: str
    section: str
    is_here: bool
    account_id: int
    remote_id: str
    came_in: str
    removed_at: int | None = None


class Attachments:
    """Files that came with messages, or went with ours."""

    def __init__(self, store: Store, accounts: Callable[[], Accounts]) -> None:
        """`accounts` gives the desk of accounts; it is asked only for a file that is at a server."""
        self._store = store
        self._accounts = accounts

    def get(self, number: int) -> File:
        """One file. Raises NotFoundError if there is none."""
        row = self._store.read.execute(f"{_ROW} WHERE a.id = ?", (number,)).fetchone()
        if row is None:
            raise NotFoundError(tr("That attachment is no longer there."))
        return _file(row)

    def of_message(self, message_id: int) -> list[File]:
        """The files of a message, in its order. Raises NotFoundError if there is no such message."""
        conn = self._store.read
        if conn.execute("SELECT 1 FROM message WHERE id = ?", (message_id,)).fetchone() is None:
            msg = tr("There's no message {id}.").format(id=ids.display(ids.MESSAGE, message_id))
            raise NotFoundError(msg)
        return [_file(row) for row in conn.execute(f"{_ROW} WHERE a.message_id = ? ORDER BY a.id", (message_id,))]

    def of_conversation(self, number: int) -> list[File]:
        """The files of a conversation's messages, the latest message's first."""
        sql = f"{_ROW} WHERE m.conversation_id = ? ORDER BY m.at DESC, m.id DESC, a.id"
        return [_file(row) for row in self._store.read.execute(sql, (number,))]

    def left_behind(self, message_id: int) -> list[File]:
        """The files of a message that are not in our file, so that they do not go along when it is forwarded."""
        return [file for file in self.of_message(message_id) if not file.is_here]

    def latest(self, most: int) -> list[File]:
        """The files of the latest messages that have any, all of a message's, until there are `most`."""
        sql = f"{_ROW} ORDER BY a.message_id DESC, a.id LIMIT ?"  # message ids carry their time
        return [_file(row) for row in self._store.read.execute(sql, (most,))]

    def here(self, number: int) -> bytes | None:
        """The content of a file that is in our file; None if it is not, or is gone."""
        row = self._store.read.execute(
            "SELECT b.bytes FROM attachment a JOIN attachment_bytes b ON b.sha256 = a.sha256 WHERE a.id = ?", (number,)
        ).fetchone()
        return None if row is None else bytes(row["bytes"])

    def content(self, number: int) -> bytes:
        """The content of a file, fetched from its mailbox if it is not here, which may take minutes.

        Raises UserError where it can't be had.
        """
        file = self.get(number)
        content = self.here(number)
        if content is not None:
            return content
        if file.is_here:
            msg = tr("The content of “{name}” is missing from Rapport's file. Check the file in Settings.")
            raise UserError(msg.format(name=file.name))
        if not file.section:
            raise UserError(_left_out(file))
        return self._fetched(file)

    def _fetched(self, file: File) -> bytes:
        conn = self._store.read
        standstill.refuse(conn)
        content = next(filter(None, (self._asked(home, file) for home in homes(conn, file.message_id))), None)
        if content is None:
            msg = tr("“{name}” isn't in the mailbox any more: its letter was deleted there.").format(name=file.name)
            raise UserError(msg)
        return content

    def _asked(self, home: Home, file: File) -> bytes | None:
        session = self._accounts().session(home.account_id)
        try:
            return cast("Holding", session).part(home.places, file.remote_id, file.section)
        finally:
            session.close()

    def save(self, number: int, path: Path, *, overwrite: bool = False) -> Path:
        """Write a file to `path`, whole or not at all; in a folder, under its own name. Returns where it is.

        Raises ExistsError if there is a file already and `overwrite` is not set, UserError if it can't be fetched or
        written.
        """
        from app.csvfile import in_place  # noqa: PLC0415  it takes longer than a frame to load, and is rarely needed

        file = self.get(number)
        target = path / safe_name(file) if path.is_dir() else path
        with in_place(target, replace=overwrite) as temporary:
            temporary.write_bytes(self.content(number))
        return target


def safe_name(file: File) -> str:
    """The name that a file is saved under: its own, mended where some system could not keep it."""
    return filenames.safe(file.name, tr("attachment"))


def free_path(folder: Path, file: File, taken: Collection[Path] = ()) -> Path:
    """Where a file can be saved in a folder without replacing another: `plan.pdf`, else `plan (2).pdf`.

    `taken` are paths that are about to be written.
    """
    name = safe_name(file)
    path, number = folder / name, 2
    while path.exists() or path in taken:
        path, number = folder / filenames.beside(name, number), number + 1
    return path


def whereabouts(file: File) -> str:
    """Where the content of a file is that is not in ours; "" for one that is."""
    if file.is_here:
        return ""
    return tr("in the mailbox; fetched when you save it") if file.section else _left_out(file)


def _left_out(file: File) -> str:
    if file.removed_at is not None:
        day = clock.local(file.removed_at).date().isoformat()
        return tr("“{name}” was removed on {day}, by a rule of yours.").format(name=file.name, day=day)
    if file.came_in:
        msg = tr("“{name}” is larger than 10 MB, so it wasn't imported. It's in the file it came from: {file}.")
        return msg.format(name=file.name, file=file.came_in)
    return tr("“{name}” is larger than 10 MB and wasn't kept. Look for it where its message came from.").format(
        name=file.name
    )


def _file(row: Row) -> File:
    number, message, conversation, name, kind, size, content_id, section, here, account, remote_id, came_in, gone = row
    return File(
        number, message, conversation, name, kind, size, content_id, section, bool(here), account, remote_id or "",
        came_in or "", gone,
    )  # fmt: skip
