"""Addresses in the backups beside the file, which are written anew without them (`app.rewriting`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from app import rewriting
from app.addresses.anywhere import Address
from app.addresses.copies import Copies, take_out
from app.gifts import addresses
from app.store import undo, wayback
from app.store.sqlite import Connection


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


def since(path: Path, at: int) -> list[Path]:
    """The backups of a file that were made at this time (Unix seconds) or later, newest first."""
    return [file for file in wayback.listed(wayback.folder_of(path)) if wayback.made_at(file) >= at]


def rewrite(files: Sequence[Path], ones: Sequence[Erasure]) -> Iterator[Path]:
    """Take addresses out of these backups; returns those that hold them no more. The others stay as they are."""

    def clean(conn: Connection) -> None:
        for one in ones:
            erase(conn, one)

    return rewriting.rewrite(files, clean, [form for one in ones for form in one.traces])
