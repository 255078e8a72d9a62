"""What tombstones say of another copy of the file: messages and files that were erased here are erased there too.

Ids are of no use for that: a copy may be of a time before the file was replaced by a backup.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NamedTuple

from app import tombstones
from app.about import Theirs
from app.forgetting.elsewhere import Traces
from app.forgetting.erasing import BY_RULE, Signs, erase, mark_of
from app.forgetting.whose import Whose, of_talks
from app.intake import files, messages
from app.store.sqlite import Connection, Row

_MESSAGES = "SELECT id, account_id, remote_id, at, conversation_id FROM message"
_FILES = """
SELECT f.id AS file, f.name, f.size, f.message_id, m.id, m.account_id, m.remote_id, m.at
FROM attachment f JOIN message m ON m.id = f.message_id WHERE f.removed_at IS NULL
"""
NOBODY = Traces((), ())
"""A rule erases no name: its members stay."""


class Known(NamedTuple):
    """What a copy has of it: messages with whole conversations, and files by their ids."""

    rows: Whose
    files: tuple[int, ...]


def known(conn: Connection, digests: Collection[bytes]) -> Known:
    """What of a file has one of these tombstones."""
    said: dict[int, int] = {}
    others: set[int] = set()
    for row in conn.execute(_MESSAGES):
        if tombstones.digest(mark_of(row)) in digests:
            said[row["id"]] = row["conversation_id"]
        else:
            others.add(row["conversation_id"])
    touched = set(said.values())
    whole = of_talks(conn, sorted(touched - others))
    own = Theirs((), (), whole.own.conversations, tuple(sorted({*said, *whole.own.messages})))
    found = (row["file"] for row in conn.execute(_FILES) if tombstones.digest(file_mark(row)) in digests)
    return Known(Whose(own, tuple(sorted(touched & others))), tuple(int(number) for number in found))


def file_mark(row: Row) -> tombstones.Mark:
    """The mark of a file: of a row of `attachment` as `file`, `name` and `size`, beside those of its message."""
    return tombstones.file(row["account_id"], mark_of(row)[2], row["name"], row["size"])


def file_marks(conn: Connection, numbers: Collection[int]) -> list[tombstones.Mark]:
    """The marks of those of these files whose contents have not been removed."""
    return [file_mark(row) for row in _files(conn, numbers)]


def _files(conn: Connection, numbers: Collection[int]) -> list[Row]:
    own = f"{_FILES} AND f.id IN (SELECT value FROM json_each(?))"
    return list(conn.execute(own, (json.dumps(list(numbers)),)))


def erase_known(conn: Connection, digests: Collection[bytes], at: int, signs: Signs = BY_RULE) -> int:
    """Erase all that has one of these tombstones, in the open transaction; how many messages and files that was."""
    found = known(conn, digests)
    if found.rows.own.messages or found.rows.own.conversations:
        erase(conn, found.rows, NOBODY, at, signs)
    remove(conn, found.files, at)
    return len(found.rows.own.messages) + len(found.files)


def remove(conn: Connection, numbers: Collection[int], at: int) -> None:
    """Take the contents of these files out, with the letters that are kept as they came, in the open transaction.

    Their tombstones are kept: a restored backup has no contents of them either.
    """
    rows = _files(conn, numbers)
    tombstones.put(conn, [file_mark(row) for row in rows], at)
    messages.forget_originals(conn, {row["message_id"] for row in rows})
    files.remove(conn, [row["file"] for row in rows], at)
