"""Notes of what members said in person, entered by hand; they become part of the member's history."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time

from app.accounts.records import add_file_account
from app.base import clock, ids
from app.base.errors import NotFoundError, UserError
from app.base.message import Author, Incoming
from app.base.words import tr
from app.inbox import conversations
from app.intake import Intake
from app.members.identities import known_as
from app.store.sqlite import Connection
from app.store.store import Store

KIND, NAME = "in_person", "In person"
_NOON = time(12)
_FIRST_YEAR = 1971  # in 1970, local time may be before the epoch


class InPerson:
    """Notes of conversations in person, on an account of their own that sends nothing."""

    def __init__(self, store: Store, intake: Intake) -> None:
        """The account is created with the first note."""
        self._store, self._intake = store, intake

    def note(self, member_id: int, words: str, place: str = "", day: str = "") -> int:
        """Add a note of what a member said, as one undoable action; returns the conversation id.

        `day` is the local date (YYYY-MM-DD, "" for today). The conversation is done from the start, as it needs no
        reply. Raises UserError if `words` is blank or `day` is invalid or in the future, NotFoundError if there is no
        such member.
        """
        text = words.strip()
        if not text:
            msg = tr("Enter what was said, in a few words.")
            raise UserError(msg)
        at = _moment(day.strip())
        member, name = _member(self._store.read, member_id)
        title = tr("In person, {place}").format(place=place.strip()) if place.strip() else tr("In person")
        with self._store.write(tr("In-person note: {name}").format(name=name)) as conn:
            account, key = _account(conn), known_as(conn, KIND, f"member-{member}", name, member)
            heard = Incoming(
                remote_id=uuid.uuid4().hex, at=at, text=text, author=Author(key, name, name),
                thread=uuid.uuid4().hex,
                title=title, public=False, kind="offline",
            )  # fmt: skip
            taken = self._intake.take(account, [heard])
            number = next(iter(taken.conversation_ids))
            conversations.close(conn, number)
            return number


def _moment(day: str) -> int:
    today = clock.local(clock.now()).date()
    try:
        chosen = date.fromisoformat(day) if day else today
    except ValueError:
        msg = tr("“{day}” isn't a date. Write it like {example}.").format(day=day, example=today.isoformat())
        raise UserError(msg) from None
    if chosen > today:
        msg = tr("{day} is in the future. Enter the day it was said.").format(day=day)
        raise UserError(msg)
    if chosen == today:
        return clock.now()
    if chosen.year < _FIRST_YEAR:
        msg = tr("{day} is too long ago. Enter the day it was said.").format(day=day)
        raise UserError(msg)
    return clock.at_local(datetime.combine(chosen, _NOON))


def _member(conn: Connection, number: int) -> tuple[int, str]:
    """Id and name of the member, following merges. Raises NotFoundError if there is none."""
    row = conn.execute("SELECT id, name, merged_into FROM member WHERE id = ?", (number,)).fetchone()
    if row is None:
        msg = tr("There's no member {member}.").format(member=ids.display(ids.MEMBER, number))
        raise NotFoundError(msg)
    return (row["id"], row["name"]) if row["merged_into"] is None else _member(conn, row["merged_into"])


def _account(conn: Connection) -> int:
    row = conn.execute("SELECT id FROM account WHERE kind = ? ORDER BY id LIMIT 1", (KIND,)).fetchone()
    if row is not None:
        return int(row["id"])
    return add_file_account(conn, KIND, NAME)
