"""Write the hand-over pack: a new folder with a table for each matter, and a page to read and print."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from app import csvfile
from app.accounts import Account, Accounts
from app.base.errors import DiskError
from app.base.words import tr
from app.csvfile import ExistsError, in_place
from app.csvfile.writing import Cell
from app.export import Export, Options, more
from app.export.desk import GIFTS, write_table
from app.export.lists import write_register
from app.gifts import IN_WORK, Gifts
from app.handoffs import Handoffs
from app.handover import reading
from app.handover.changing import changes
from app.printing import document
from app.private import redacted
from app.promises import Promises
from app.store.store import Store

PAGE = "hand-over.html"
_WHOLE = ("voice", "templates", "rules", "incoming-rules", "blocks", "teammates", "responsible", "signatures", "labels")
"""Kinds that are handed over as they are."""
_ADDRESS = frozenset(("recipient", "address_1", "address_2", "address_3", "postal_code", "city", "country"))
_NO_LIMIT = 1 << 62


class Pack(NamedTuple):
    """The folder, its page, and the number of rows of each table by its name."""

    folder: Path
    page: Path
    rows: dict[str, int]


def write(store: Store, export: Export, folder: Path, how: Options | None = None) -> Pack:
    """Write the pack into a new folder, which appears when it is whole; marks and changes nothing.

    Without `how.private` no private address, phone or e-mail of a member is in it, and none in where recovery leads.
    Passwords are in no case: they are in the keyring alone. Raises ExistsError if there is a folder of that name, or
    DiskError.
    """
    options = replace(how or Options(), out=None, replace=False)
    if folder.exists() or folder.is_symlink():
        msg = tr("{folder} already exists. Choose another name.").format(folder=folder)
        raise ExistsError(msg)
    try:
        making = Path(tempfile.mkdtemp(prefix=f".{folder.name[:40]}.", suffix=".part", dir=folder.parent))
    except OSError as why:
        raise _refused(folder, why) from why
    try:
        rows = _fill(store, export, making, options)
        making.rename(folder)
    except OSError as why:
        raise _refused(folder, why) from why
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return Pack(folder, folder / PAGE, rows)


def _fill(store: Store, export: Export, folder: Path, how: Options) -> dict[str, int]:
    accounts = Accounts(store).all()
    if not how.private:
        accounts = [_without_private(account) for account in accounts]
    rows: dict[str, int] = {}

    def path(name: str) -> Path:
        return folder / f"{name}.{'xlsx' if how.xlsx else 'csv'}"

    rows["accounts"] = write_register(path("accounts"), accounts, how).rows
    rows["to-change"] = _table(path("to-change"), ("account", "channel", "what_to_change"), _lines(accounts), how)
    hidden = reading.Hidden(store, private=how.private)
    open_ = Promises(store).open()
    header, promised = more.listed(store.read, "promises", [promise.id for promise in open_])
    lines = [[hidden(one.member_id, _text(cell)) for cell in row] for one, row in zip(open_, promised, strict=True)]
    rows["promises"] = _table(path("promises"), header, lines, how)
    handoffs = sorted(handoff.id for handoff in Handoffs(store).listed("open"))
    rows["handoffs"] = export.listed("handoffs", handoffs, path("handoffs"), how).rows
    gifts = sorted(gift.id for gift in Gifts(store).listed("all", _NO_LIMIT) if gift.state in IN_WORK)
    shown = () if how.private else tuple(name for name in GIFTS if name not in _ADDRESS)
    rows["gifts"] = export.listed("gifts", gifts, path("gifts"), replace(how, columns=shown)).rows
    for kind in _WHOLE:
        rows[kind] = export.write(kind, path(kind), how).rows
    sheet = reading.sheet(store, changes(accounts), private=how.private)
    with in_place(folder / PAGE) as temporary:
        temporary.write_bytes(document(sheet).encode("utf-8", "replace"))
    return rows


def _without_private(account: Account) -> Account:
    noted = account.register
    return replace(account, register=replace(noted, recovery=redacted(noted.recovery), others=redacted(noted.others)))


def _lines(accounts: Iterable[Account]) -> Iterable[Sequence[str]]:
    return [(change.account, change.channel, line) for change in changes(accounts) for line in change.to_do]


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], how: Options) -> int:
    return write_table(path, header, csvfile.columns(rows), how)


def _refused(folder: Path, why: OSError) -> DiskError:
    msg = tr("{folder} can't be written: {reason}.").format(folder=folder, reason=why.strerror or why)
    return DiskError(msg)
