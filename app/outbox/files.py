"""Files that go out with a message: read once when they are added, kept in the community's file until they are sent.

What is added is the content at that moment: that the file on disk is changed, moved or deleted later makes no
difference. Each content is stored once, and freed when no message that is being written or sent has it any more.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from app.accounts import channel
from app.base.digests import sha256
from app.base.errors import NotFoundError, UserError
from app.base.message import Attached
from app.base.sizes import in_words
from app.base.words import counted, tr
from app.channels.channel import Files
from app.handoffs.steps import letter_sent
from app.outbox import giving
from app.outbox.whose import LETTER, Whose, of_letter, of_outbox, of_reply, of_template
from app.store.sqlite import Connection
from app.store.store import Store
from app.store.undo import deleted

__all__ = ["Along", "OutgoingFile", "OutgoingFiles", "Whose", "of_letter", "of_outbox", "of_reply", "of_template"]
MAX_READ_BYTES = 100_000_000
"""More than any channel takes with one message: a larger file is not even read."""
_BYTES = "application/octet-stream"
_MAX_NAME_CHARS = 200


class OutgoingFile(NamedTuple):
    """A file that goes out with a message; `size` is in bytes, `type` its MIME type."""

    id: int
    name: str
    type: str
    size: int


class Along(NamedTuple):
    """What became of a template's files: the names of those attached to a draft, and a sentence for each other one."""

    attached: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


class OutgoingFiles:
    """The files of drafts. Adding and removing them are no actions: as with the words, undo begins with sending."""

    def __init__(self, store: Store) -> None:
        """Thread-safe."""
        self._store = store

    def attached(self, whose: Whose) -> tuple[OutgoingFile, ...]:
        """The files, in the order in which they were added."""
        return attached(self._store.read, whose)

    def add(self, whose: Whose, path: Path, kind: str = "") -> OutgoingFile:
        """Read a file and attach it; `kind` is that of the channel it is sent through, "" if that is not chosen yet.

        Raises UserError if it cannot be read, is empty, is a folder, or is more than the channel takes.
        """
        return self.add_content(whose, read(path), kind)

    def add_content(self, whose: Whose, file: Attached, kind: str = "") -> OutgoingFile:
        """Attach content that comes from elsewhere, such as a pasted picture. Raises UserError as `add`."""
        with self._store.write() as conn:
            if kind:
                refuse_unsendable(
                    [*attached(conn, whose), OutgoingFile(0, file.name, file.type, len(file.content))], kind
                )
            return insert(conn, whose, file)

    def take_along(self, whose: Whose, template_id: int, kind: str = "") -> Along:
        """Let copies of a template's files go with a draft; what the channel does not take is left and said.

        What the draft has already is not attached again.
        """
        if not attached(self._store.read, of_template(template_id)):
            return Along()
        added, refused = list[str](), list[str]()
        with self._store.write() as conn:
            there = set(digests_of(conn, whose))
            for file in contents(conn, of_template(template_id)):
                if sha256(file.content).hex() in there:
                    continue
                going = [*attached(conn, whose), OutgoingFile(0, file.name, file.type, len(file.content))]
                try:
                    if kind:
                        refuse_unsendable(going, kind)
                except UserError as why:
                    msg = tr("“{name}” isn't attached. {why}").format(name=file.name, why=why)
                    refused.append(msg)
                else:
                    added.append(insert(conn, whose, file).name)
        return Along(tuple(added), tuple(refused))

    def remove(self, number: int) -> None:
        """Detach a file of a draft. Raises NotFoundError if it is not there any more, or already in the outbox."""
        with self._store.write() as conn:
            whose = conn.execute("SELECT letter_draft_id FROM outgoing_file WHERE id = ?", (number,)).fetchone()
            gone = conn.execute("DELETE FROM outgoing_file WHERE id = ? AND outbox_id IS NULL", (number,))
            if not gone.rowcount:
                raise NotFoundError(tr("That file is no longer attached."))
            if whose["letter_draft_id"] is not None:
                giving.detached(conn, of_letter(whose["letter_draft_id"]))
            free(conn)


def digests(paths: Iterable[str | Path]) -> tuple[str, ...]:
    """The digests (SHA-256, in hex) of files that are about to be attached. Raises UserError as `read`."""
    return tuple(sha256(read(Path(path)).content).hex() for path in paths)


def limits(kind: str) -> Files | None:
    """What a channel takes along with a message; None if nothing."""
    return channel(kind).can.files


def limits_in_words(kind: str) -> str:
    """One sentence on what can be attached on a channel, or that nothing can."""
    most, title = limits(kind), tr(channel(kind).title)
    if most is None:
        return tr("{channel} takes no files from Rapport.").format(channel=title)
    values = {"channel": title, "each": in_words(most.each), "total": in_words(most.total)}
    if most.types == ("image/",):
        return counted(
            most.number,
            "{channel} takes {count} picture, of up to {each}.",
            "{channel} takes up to {count} pictures, each of up to {each}.",
            **values,
        )
    if most.total >= most.each * most.number:
        return counted(
            most.number,
            "{channel} takes {count} file, of up to {each}.",
            "{channel} takes up to {count} files, each of up to {each}.",
            **values,
        )
    return counted(
        most.number,
        "{channel} takes {count} file, of up to {total}.",
        "{channel} takes up to {count} files, of {total} in all.",
        **values,
    )


def read(path: Path) -> Attached:
    """A file with its content. Raises UserError: a folder, empty, not readable, too large, or changed meanwhile."""
    try:
        before = path.stat()
        if path.is_dir():
            msg = tr("“{name}” is a folder. Attach the files in it, or pack it into one file.").format(name=path.name)
            raise UserError(msg)
        if not path.is_file():
            msg = tr("“{name}” isn't a file.").format(name=path.name)
            raise UserError(msg)
        if before.st_size > MAX_READ_BYTES:
            msg = tr("“{name}” has {size}, which is more than can be sent with a message.").format(
                name=path.name, size=in_words(before.st_size)
            )
            raise UserError(msg)
        content = path.read_bytes()
        after = path.stat()
    except FileNotFoundError:
        msg = tr("“{name}” is no longer there.").format(name=path.name)
        raise UserError(msg) from None
    except OSError as why:
        msg = tr("Can't read “{name}”: {reason}.").format(name=path.name, reason=(why.strerror or str(why)).lower())
        raise UserError(msg) from why
    if (before.st_size, before.st_mtime_ns) != (len(content), after.st_mtime_ns):
        msg = tr("“{name}” changed while it was being read. Attach it again once it's finished.").format(name=path.name)
        raise UserError(msg)
    if not content:
        msg = tr("“{name}” is empty, so there's nothing in it to send.").format(name=path.name)
        raise UserError(msg)
    return Attached(path.name, type_of(path.name), content)


def type_of(name: str) -> str:
    """The MIME type by a file's name; that of plain bytes if it says nothing."""
    kind, packed = mimetypes.guess_type(name)
    return _BYTES if kind is None or packed else kind


def refuse_unsendable(files: Sequence[OutgoingFile], kind: str) -> None:
    """Raise UserError if a channel of this kind does not take these files along with one message."""
    if not files:
        return
    most, title = limits(kind), tr(channel(kind).title)
    if most is None or len(files) > most.number:
        raise UserError(limits_in_words(kind))
    for file in files:
        if most.types and not file.type.startswith(most.types):
            msg = tr("“{name}” isn't a picture. {limits}").format(name=file.name, limits=limits_in_words(kind))
            raise UserError(msg)
        if file.size > most.each:
            msg = tr("“{name}” has {size}, and {channel} takes at most {most}.").format(
                name=file.name, size=in_words(file.size), channel=title, most=in_words(most.each)
            )
            raise UserError(msg)
    total = sum(file.size for file in files)
    if total > most.total:
        msg = tr("Together the files have {size}, and {channel} takes at most {most} with one message.").format(
            size=in_words(total), channel=title, most=in_words(most.total)
        )
        raise UserError(msg)


# --- within the caller's transaction


def attached(conn: Connection, whose: Whose) -> tuple[OutgoingFile, ...]:
    """The files, in the order in which they were added."""
    rows = conn.execute(
        f"SELECT id, name, type, size FROM outgoing_file WHERE {whose.column} = ? ORDER BY id", (whose.id,)
    )
    return tuple(OutgoingFile(*row) for row in rows)


def digests_of(conn: Connection, whose: Whose) -> tuple[str, ...]:
    """The digests of the files (SHA-256, in hex), in the same order."""
    rows = conn.execute(f"SELECT sha256 FROM outgoing_file WHERE {whose.column} = ? ORDER BY id", (whose.id,))
    return tuple(row["sha256"] for row in rows)


def contents(conn: Connection, whose: Whose) -> tuple[Attached, ...]:
    """The files with their contents, in the same order."""
    rows = conn.execute(
        f"SELECT f.name, f.type, b.bytes FROM outgoing_file f JOIN outgoing_bytes b ON b.sha256 = f.sha256"
        f" WHERE f.{whose.column} = ? ORDER BY f.id",
        (whose.id,),
    )
    return tuple(Attached(*row) for row in rows)


def insert(conn: Connection, whose: Whose, file: Attached) -> OutgoingFile:
    """Attach a file."""
    digest = sha256(file.content).hex()
    conn.execute("INSERT OR IGNORE INTO outgoing_bytes VALUES (?, ?)", (digest, file.content))
    name = " ".join(file.name.split())[-_MAX_NAME_CHARS:] or tr("file")
    made = conn.execute(
        f"INSERT INTO outgoing_file ({whose.column}, name, type, size, sha256) VALUES (?, ?, ?, ?, ?)",
        (whose.id, name, file.type, len(file.content), digest),
    )
    return OutgoingFile(int(made.lastrowid or 0), name, file.type, len(file.content))


def move(conn: Connection, whose: Whose, to: Whose) -> None:
    """Let the files go with something else."""
    conn.execute(
        f"UPDATE outgoing_file SET {whose.column} = NULL, {to.column} = ? WHERE {whose.column} = ?", (to.id, whose.id)
    )
    giving.moved(conn, whose, to)


def copy(conn: Connection, whose: Whose, to: Whose) -> None:
    """Let copies of the files go with something else as well."""
    conn.execute(
        f"INSERT INTO outgoing_file ({to.column}, name, type, size, sha256)"
        f" SELECT ?, name, type, size, sha256 FROM outgoing_file WHERE {whose.column} = ? ORDER BY id",
        (to.id, whose.id),
    )


def hand_out(conn: Connection, whose: Whose, numbers: Iterable[int]) -> None:
    """Let the files of a draft go with each of these rows of the outbox; a reminder is sent by the first."""
    first, *others = numbers
    if whose.column == LETTER:
        letter_sent(conn, whose.id, [first])
    for number in others:
        copy(conn, whose, of_outbox(number))
    move(conn, whose, of_outbox(first))


def drop(conn: Connection, whose: Whose) -> None:
    """Detach all files, and free contents that nothing else has."""
    if conn.execute(f"DELETE FROM outgoing_file WHERE {whose.column} = ?", (whose.id,)).rowcount:
        giving.detached(conn, whose)
        free(conn)


def free(conn: Connection) -> None:
    """Delete contents that no file has, nor one that an undo could bring back."""
    conn.execute(
        "DELETE FROM outgoing_bytes WHERE NOT EXISTS"
        " (SELECT 1 FROM outgoing_file f WHERE f.sha256 = outgoing_bytes.sha256)"
        f" AND sha256 NOT IN ({deleted('outgoing_file', 'sha256')})"
    )


def forget(conn: Connection, digests: Iterable[bytes]) -> None:
    """Delete the files with these digests, whatever they were to go with, and their content."""
    wanted = [(digest,) for digest in digests]
    conn.executemany("DELETE FROM outgoing_file WHERE sha256 = ?", wanted)
    conn.executemany("DELETE FROM outgoing_bytes WHERE sha256 = ?", wanted)
