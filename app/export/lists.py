"""Export lists that a policy may require: the register of accounts, and the moderation log. Contain no secrets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from app import csvfile
from app.accounts import Account, channel
from app.base import clock, ids
from app.base.errors import UserError
from app.base.words import tr
from app.csvfile.writing import Cell
from app.export.desk import Exported, Options, unguarded, why_whole, write_table
from app.moderation import Deed

REGISTER = (
    "account", "channel", "state", "own_names", "owner", "others_with_access", "recovery", "ends_on", "what_ends",
    "connected_on", "last_read",
)  # fmt: skip
MODERATION = (
    "entry", "done", "verb", "state", "guideline", "why", "evidence", "account", "channel", "conversation", "message",
    "author", "said", "text", "link", "asked", "takes_back", "error", "seconds",
)  # fmt: skip


def write_register(path: Path, accounts: Iterable[Account], how: Options | None = None) -> Exported:
    """Write the register: each account's owner, others with access, recovery, expiry; without accounts of files.

    It is written whole: raises UserError if a range of time is asked for.
    """
    if how is not None and (how.since or how.until):
        raise UserError(why_whole(tr("Accounts")))
    rows = [_account_row(account) for account in accounts if account.mode != "file"]
    return _write(path, REGISTER, rows, how)


def _account_row(account: Account) -> Sequence[Cell]:
    noted = account.register
    return (
        account.name, channel(account.kind).title, account.state.replace("_", " "), ", ".join(account.own), noted.owner,
        noted.others, noted.recovery, noted.ends_on, noted.ends_what,
        clock.local(account.created_at).date().isoformat(), _time(account.ok_at),
    )  # fmt: skip


def write_moderation(path: Path, deeds: Iterable[Deed], how: Options | None = None) -> Exported:
    """Write the moderation log, oldest first; with a range of time only what was asked for in it."""
    chosen = (deed for deed in deeds if how is None or how.holds(deed.at))
    rows = [_deed_row(deed) for deed in sorted(chosen, key=lambda deed: deed.id)]
    return _write(path, MODERATION, rows, how)


def _deed_row(deed: Deed) -> Sequence[Cell]:
    message = ids.display(ids.MESSAGE, deed.message_id) if deed.message_id is not None else ""
    return (
        deed.id, _time(deed.done_at), deed.verb, deed.state, deed.guideline, deed.why, deed.evidence, deed.account,
        channel(deed.kind).title, ids.display(ids.CONVERSATION, deed.conversation_id), message, deed.author,
        _time(deed.said_at), deed.text, deed.url, _time(deed.at), deed.undoes_id, deed.error, deed.seconds or "",
    )  # fmt: skip


def _time(at: int | None) -> str:
    return "" if at is None else clock.iso(at)


def _write(path: Path, header: Sequence[str], rows: Sequence[Sequence[Cell]], how: Options | None) -> Exported:
    notes = (unguarded(),) if how is not None and how.for_programs else ()
    return Exported(path, write_table(path, header, csvfile.columns(rows), how or Options()), notes)
