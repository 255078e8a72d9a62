"""Addresses in the backups beside the file: each backup is copied, cleaned as the file is, checked, and replaced whole.

A backup that can't be rewritten so stays as it is, and is named: it is the way back if the file is lost.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from app.addresses.anywhere import Address
from app.addresses.copies import Copies, take_out
from app.base.errors import UserError
from app.gifts import addresses
from app.members.records import drop_removed
from app.store import backup, bytes_left, header, index, undo, verify, wayback
from app.store.connection import give_number, open_connection
from app.store.manifest import manifest, sha256, write_manifest
from app.store.private import create_private
from app.store.sqlite import Connection
from app.store.store import Store


class Erasure(NamedTuple):
    """What is erased of a gift: the addresses that are looked for, and what stands in their place. `at` is Unix UTC."""

    gift_id: int
    member_id: int
    wanted: tuple[Address, ...]
    notice: str
    at: int

    @property
    def traces(self) -> list[bytes]:
        """The bytes by which any file tells that it still holds it."""
        return [form for one in self.wanted if one.street for line in one.lines for form in addresses.forms(line)]


def erase(conn: Connection, one: Erasure) -> Copies:
    """Take an address out of a file, in the open transaction."""
    copies = take_out(conn, one.wanted, one.notice, one.member_id)
    addresses.mark_erased(conn, one.gift_id, one.at)
    undo.forget_rows(conn, {"gift_address": str(one.gift_id)}, one.at)
    undo.cut_steps(conn, "gift_address", one.gift_id)
    return copies


def drop_traces(store: Store) -> None:
    """Take what was removed out of both indexes."""
    with store.write() as conn:
        drop_removed(conn)
    index.drop_removed(store)


def since(path: Path, at: int) -> list[Path]:
    """The backups of a file that were made at this time (Unix seconds) or later, newest first."""
    return [file for file in wayback.listed(wayback.folder_of(path)) if wayback.made_at(file) >= at]


def rewrite(files: Sequence[Path], ones: Sequence[Erasure]) -> Iterator[Path]:
    """Take addresses out of these backups; returns those that hold them no more. The others stay as they are."""
    for file in files:
        part = file.with_name(f".{file.name}.part")
        try:
            if _cleaned(file, part, ones):
                yield file
        except (OSError, UserError):
            continue
        finally:
            for ending in ("", "-wal", "-shm", "-journal"):
                with suppress(OSError):
                    part.with_name(part.name + ending).unlink(missing_ok=True)


def _cleaned(file: Path, part: Path, ones: Sequence[Erasure]) -> bool:
    """Put a clean copy in a backup's place, if it is sound before and after; whether it holds nothing of it by then."""
    head, before = header.read(file), file.stat()
    if head is None or head.version != header.LATEST or verify.fault(file):
        return False
    part.unlink(missing_ok=True)
    create_private(part)
    shutil.copyfile(file, part)
    store = Store(part)
    try:
        with store.write() as conn:
            for one in ones:
                erase(conn, one)
        drop_traces(store)
        store.rebuild()
    finally:
        store.close()
    with closing(open_connection(part)) as conn:
        give_number(conn)
        conn.execute("PRAGMA journal_mode = DELETE")
        problems = backup.faults(conn)
    if problems or bytes_left.holds_closed(part, [form for one in ones for form in one.traces]):
        return False
    with part.open("rb") as written:
        os.fsync(written.fileno())
    os.utime(part, ns=(before.st_atime_ns, before.st_mtime_ns))
    digest = sha256(part)
    manifest(file).unlink(missing_ok=True)  # without one all pages are checked: between the two it is sound as well
    part.replace(file)
    backup.fsync_folder(file.parent)
    write_manifest(file, digest)
    return True
