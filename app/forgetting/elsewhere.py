"""What of a member stands in rows that aren't about them: in lists, rules, envelopes, and in what others wrote.

Their addresses and telephone numbers are taken out everywhere. Their name is taken out of what Rapport wrote by itself
and of what finds them; where somebody else wrote it, it stays, and is counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from app.addresses.anywhere import Address, holds, without, without_in_json
from app.base.text import words
from app.base.words import N_, tr
from app.intake import messages
from app.settings import UNDERWAY
from app.store import index, steps
from app.store.replacing import delete, overwrite, replace
from app.store.sqlite import Connection

REMOVED = N_("[removed]")
_LEAST_DIGITS, _LEAST_LETTERS, _TWO = 7, 5, 2
_FOUND_BY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("view", ("name", "words")), ("rule", ("name", "conditions")), ("member_list", ("name", "asked")),
    ("kept_form", ("fields",)), ("giveaway_source", ("value",)), ("import_mapping", ("header", "mapping")),
)  # fmt: skip
"""What is deleted where it names them: it finds them, or was being written about them."""
_ENVELOPES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("message", "id", ("envelope", "addressed", "failed")),
    ("outbox", "id", ("receivers", "subject", "ending", "error")),
    ("letter_draft", "id", ("receivers", "subject", "text")),
    ("draft", "conversation_id", ("addressing",)),
    ("draft_beside", "id", ("addressing",)),
    ("account", "id", ("error", "facts")),
    ("moderation", "id", ("error",)),
    ("import_batch", "id", ("file",)),
)
_TEXTS = (("message", "text"), ("message_version", "text"), ("outbox", "text"), ("handoff", "context"),
          ("handoff", "ask"), ("member_note", "text"), ("member", "note"))  # fmt: skip
"""What people wrote: only addresses and numbers are taken out."""


class Traces(NamedTuple):
    """By what a member is found: `names` of at least two words, or handles; `addresses` and telephone numbers."""

    names: tuple[str, ...]
    addresses: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Both."""
        return (*self.addresses, *self.names)


def traces(names: Iterable[str], addresses: Iterable[str]) -> Traces:
    """Those of a member's names, handles and addresses that tell them from others; short and common ones are none."""
    told = [one.strip() for one in names]
    known = [one.strip() for one in addresses]
    mails = [one for one in (*known, *told) if "@" in one.strip("@")]
    numbers = [one for one in known if len(re.sub(r"\D", "", one)) >= _LEAST_DIGITS and "@" not in one]
    apart = [one for one in told if one not in mails and _is_apart(one)]
    return Traces(tuple(dict.fromkeys(apart)), tuple(dict.fromkeys([*mails, *numbers])))


def _is_apart(name: str) -> bool:
    letters = "".join(words(name))
    is_handle = any(sign in name for sign in "@_0123456789")
    return len(letters) >= _LEAST_LETTERS and (len(words(name)) >= _TWO or is_handle)


def take_out(conn: Connection, found: Traces, title: str) -> None:
    """Take it out of the file, in the open transaction; the index follows."""
    if not found.all:
        return
    for table, columns in _FOUND_BY:
        _delete(conn, table, columns, found.all)
    _forget_marks(conn, found)
    for address in found.addresses:
        delete(conn, "known_person", "key = :key OR key LIKE :more ESCAPE '\\'", _keys(address))
    parts = sorted({word for name in found.names for word in words(name) if len(word) > _TWO})
    known = [
        row["id"] for row in conn.execute("SELECT id, word FROM known_word") if set(words(row["word"])) & set(parts)
    ]
    delete(conn, "known_word", "id IN (SELECT value FROM json_each(:ids))", {"ids": json.dumps(known)})
    for table, key, columns in _ENVELOPES:
        _clean(conn, table, key, columns, found.all)
    for table, column in _TEXTS:
        _clean(conn, table, "id", (column,), found.addresses)
    met = conn.execute("SELECT id, met_through FROM member WHERE met_through <> ''").fetchall()
    gone = json.dumps([row["id"] for row in met if _any(row["met_through"], found.all)])
    overwrite(conn, "member", {"met_through": "''"}, "id IN (SELECT value FROM json_each(:ids))", {"ids": gone})
    told = [row["id"] for row in conn.execute("SELECT id, title FROM action") if _any(row["title"], found.all)]
    steps.rename(conn, told, title)
    _clean_log(conn, found)


def naming(conn: Connection, found: Traces) -> list[int]:
    """The messages in which others, or we to others, name them; call it once theirs are erased, or leave those out."""
    return sorted({number for name in found.names for number in _hits(conn, name)})


def _forget_marks(conn: Connection, found: Traces) -> None:
    """Forget how far an import is whose file, or whose choices, name them; what it brought stays one import."""
    marks = conn.execute("SELECT key, value FROM setting WHERE key GLOB ?", (f"{UNDERWAY}*",)).fetchall()
    gone = json.dumps([row["key"] for row in marks if _any(row["value"], found.all)])
    delete(conn, "setting", "key IN (SELECT value FROM json_each(:gone))", {"gone": gone})


def _keys(address: str) -> dict[str, str]:
    plain = address.lower()
    escaped = plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {"key": plain, "more": f"{escaped} %"}


def _any(text: str, wanted: Sequence[str]) -> bool:
    return any(holds(text, Address((one,), "", "")) for one in wanted)


def _delete(conn: Connection, table: str, columns: Sequence[str], wanted: Sequence[str]) -> None:
    key = "header" if table == "import_mapping" else "id"
    gone = [
        row[key]
        for row in conn.execute(f"SELECT {', '.join(dict.fromkeys((key, *columns)))} FROM {table}").fetchall()
        if any(_any(str(row[column]), wanted) for column in columns)
    ]
    delete(conn, table, f"{key} IN (SELECT value FROM json_each(:gone))", {"gone": json.dumps(gone)})


def _clean(conn: Connection, table: str, key: str, columns: Sequence[str], wanted: Sequence[str]) -> None:
    """Take these out of the columns wherever they stand; the entries of messages in the index follow."""
    for row_id, values in list(_cleaned(conn, table, key, columns, wanted)):
        if table == "message":
            index.remove(conn, [(row_id, messages.words_of(conn, row_id))])
        replace(conn, table, {key: row_id}, values)
        if table == "message":
            index.add(conn, [(row_id, messages.words_of(conn, row_id))])


def _cleaned(
    conn: Connection, table: str, key: str, columns: Sequence[str], wanted: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    names = ", ".join(dict.fromkeys((key, *columns)))
    for row in _candidates(conn, table, key, names, columns, wanted):
        values = {}
        for column in columns:
            text = str(row[column] or "")
            cut: Callable[..., str] = without_in_json if text[:1] in ("[", "{") else without
            for one in wanted:
                text = cut(text, Address((one,), "", ""), tr(REMOVED))
            if text != (row[column] or ""):
                values[column] = text
        if values:
            yield int(row[key]), values


def _candidates(
    conn: Connection, table: str, key: str, names: str, columns: Sequence[str], wanted: Sequence[str]
) -> Iterator[dict[str, str]]:
    """The rows that may hold one of these: of messages those that the index finds, of other tables those with text."""
    if table != "message":
        tests = " OR ".join(f"{column} <> ''" for column in columns)
        yield from (dict(row) for row in conn.execute(f"SELECT {names} FROM {table} WHERE {tests}").fetchall())
        return
    found = sorted({number for one in wanted for number in _words_hit(conn, one)})
    addressed = (
        conn.execute("SELECT id FROM message WHERE addressed <> '' OR failed <> ''") if "addressed" in columns else ()
    )
    for number in dict.fromkeys((*found, *(row["id"] for row in addressed))):
        row = conn.execute(f"SELECT {names} FROM message WHERE {key} = ?", (number,)).fetchone()
        if row is not None:
            yield dict(row)


def _words_hit(conn: Connection, text: str) -> list[int]:
    """The messages whose entries in the index have all words of a text, in any order."""
    asked = words(text)
    if not asked:
        return []
    rows = conn.execute("SELECT rowid FROM message_index WHERE message_index MATCH ?", (index.question(asked),))
    return [int(number) for (number,) in rows]


def _hits(conn: Connection, name: str) -> Iterator[int]:
    for number in _words_hit(conn, name):
        row = conn.execute("SELECT text FROM message WHERE id = ?", (number,)).fetchone()
        if row is not None and holds(row["text"], Address((name,), "", "")):
            yield number


def _clean_log(conn: Connection, found: Traces) -> None:
    """Take addresses out of the steps of the undo log on other rows."""
    for one in found.addresses:
        rows = conn.execute(
            "SELECT action_id, step, before, after FROM action_step"
            " WHERE before LIKE ?1 ESCAPE '\\' OR after LIKE ?1 ESCAPE '\\'",
            (f"%{_fragment(one)}%",),
        ).fetchall()
        for row in rows:
            sides = [side for side in ("before", "after") if row[side]]
            cut = {side: without_in_json(row[side], Address((one,), "", ""), tr(REMOVED)) for side in sides}
            values = {side: text for side, text in cut.items() if text != row[side]}
            if values:
                replace(conn, "action_step", {"action_id": row["action_id"], "step": row["step"]}, values)


def _fragment(address: str) -> str:
    """A part of an address or number that stands in every spelling of it, as a pattern of LIKE."""
    if "@" in address:
        return address.partition("@")[0].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return max(re.findall(r"\d+", address), key=len, default="")
