"""What was left out of a letter's words in reading it: the column `message.left_out`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from app.base.message import HIDDEN, OTHER_FORM, REST
from app.base.words import N_, tr
from app.store.sqlite import Connection

_TITLES = {
    HIDDEN: N_("Hidden in the letter"),
    OTHER_FORM: N_("The letter's other form"),
    REST: N_("The rest of the letter"),
}


class LeftOut(NamedTuple):
    """Some text that was left out, and what it is, in the language in use."""

    title: str
    text: str


def pack(left_out: Iterable[tuple[str, str]]) -> str:
    """The column's text, from kinds and texts; "" where nothing was left out."""
    kept = [[kind, said] for kind, said in left_out if said]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) if kept else ""


def left_out(conn: Connection, message_id: int) -> list[LeftOut]:
    """What was left out of a message; [] if nothing was, or there is no such message."""
    row = conn.execute("SELECT left_out FROM message WHERE id = ?", (message_id,)).fetchone()
    if row is None or not row["left_out"]:
        return []
    return [LeftOut(tr(_TITLES.get(kind, N_("Left out"))), said) for kind, said in json.loads(row["left_out"])]
