"""The `quarrel` and `quarrel_side` tables: one case for a conversation, with both sides. Nothing is sent by itself."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.words import tr
from app.inbox import drafts
from app.inbox.exchange import Utterance, exchange, with_several
from app.quarrels import rows
from app.quarrels.rows import NONE, OPEN, SETTLED, Party, Past, Quarrel
from app.store.sqlite import Connection, Row, scalar

if TYPE_CHECKING:
    from app.outbox.letter_drafts import LetterDraft
    from app.outbox.templated import Desks, Writer
    from app.quarrels.heat import Heat

KEY = "quarrel-private-word"
"""The template of a private word to one side; it is brought in when it is first used."""
_FRESH_SECONDS = 14 * 86_400
"""A quarrel that ended longer ago is history when it is read; nobody is told of it."""


class Word(NamedTuple):
    """A private word that was begun: a new message, or a reply that is being written in `conversation_id`."""

    text: str
    language: str
    draft: LetterDraft | None
    conversation_id: int | None


class Quarrels:
    """The quarrels between members."""

    def __init__(self, desks: Desks) -> None:
        """Every change by hand is one undoable action."""
        self._desks, self._store = desks, desks.store

    @cached_property
    def _writer(self) -> Writer:
        """Writes the private words; made at its first use, for Today lists quarrels at every start."""
        from app.outbox.templated import Writer  # noqa: PLC0415  as above

        return Writer(self._desks, "between.toml")

    def listed(self, state: str = OPEN, limit: int = -1) -> list[Quarrel]:
        """Those in one of STATES, the latest heard first."""
        return rows.read(
            self._store.read, "(?1 = 'all' OR q.state = ?1) ORDER BY c.last_at DESC, q.id DESC LIMIT ?2", (state, limit)
        )

    def get(self, number: int) -> Quarrel:
        """The quarrel with this id. Raises NotFoundError if there is none."""
        found = rows.read(self._store.read, "q.id = ?", (number,))
        if not found:
            raise NotFoundError(tr("There's no quarrel {number}. `quarrel list` has them.").format(number=number))
        return found[0]

    def of_conversation(self, conversation_id: int) -> Quarrel | None:
        """The quarrel in a conversation, in whatever state; None if none was ever found there."""
        return next(iter(rows.read(self._store.read, "q.conversation_id = ?", (conversation_id,))), None)

    def of_member(self, member_id: int) -> list[Quarrel]:
        """Those that a member took part in, the latest first, without what was none."""
        where = (
            "q.state <> 'none' AND q.id IN (SELECT s.quarrel_id FROM quarrel_side s JOIN identity i"
            " ON i.id = s.identity_id WHERE i.member_id = ?) ORDER BY q.found_at DESC, q.id DESC"
        )
        return rows.read(self._store.read, where, (member_id,))

    def pasts(self, number: int) -> list[Past]:
        """Both sides' histories, one for each side."""
        case = self.get(number)
        return [rows.past(self._store.read, case, side) for side in case.sides]

    def settle(self, number: int, note: str = "") -> Quarrel:
        """Say that it is settled, and how. Raises UserError if it is not open."""
        return self._close(number, SETTLED, note.strip(), tr("Settled: {name} and {other}"))

    def dismiss(self, number: int) -> Quarrel:
        """Say that it is no quarrel: none is found in this conversation again. Raises UserError if it is not open."""
        return self._close(number, NONE, "", tr("Not a quarrel: {name} and {other}"))

    def _close(self, number: int, state: str, note: str, title: str) -> Quarrel:
        case = self.get(number)
        if case.state != OPEN:
            raise UserError(
                tr("That quarrel is settled already.")
                if case.state == SETTLED
                else tr("You've said already that this isn't a quarrel.")
            )
        name, other = both(case)
        with self._store.write(title.format(name=name, other=other)) as conn:
            conn.execute(
                "UPDATE quarrel SET state = ?, state_at = ?, note = ? WHERE id = ?", (state, clock.now(), note, number)
            )
        return self.get(number)

    def raise_case(self, conversation_id: int) -> Quarrel:
        """Say by hand that the last two who wrote there quarrel; one undoable action.

        One that was settled, or said to be none, is open again. Raises UserError where fewer than two members wrote.
        """
        known = self.of_conversation(conversation_id)
        if known is not None and known.state == OPEN:
            return known
        from app.quarrels.heat import quarrel  # noqa: PLC0415  words in five languages, rarely needed

        talk = exchange(self._store.read, conversation_id)
        heat = quarrel(talk)
        spoke = {one.who: one for one in talk.said if one.who and one.identity_id is not None}
        if len(spoke) < 2:  # noqa: PLR2004  both sides
            raise UserError(tr("It takes two to quarrel, and only one member has written here."))
        sides = list(spoke.values())[-2:]
        numbers = [side.identity_id for side in heat.sides] if heat else [one.identity_id or 0 for one in sides]
        names = [side.name for side in heat.sides] if heat else [one.name for one in sides]
        title = tr("A quarrel: {name} and {other}").format(name=names[0], other=names[1])
        with self._store.write(title) as conn:
            points, sharp = (heat.points, heat.messages) if heat else (0, ())
            number = _put(conn, conversation_id, points, sharp, numbers, by_hand=True)
        return self.get(number)

    def write_to(self, number: int, member_id: int) -> Word:
        """Begin a private word to one side, in their language; one undoable action, nothing is sent.

        It is a new message, or where none can be begun a reply in their latest private conversation. A draft to them
        that is there already is returned as it is. Raises UserError if they are no side of it, asked not to be
        contacted, or there is no way to write to them.
        """
        case = self.get(number)
        side = next((one for one in case.sides if one.member_id == member_id), None)
        if side is None:
            raise UserError(tr("They aren't part of this quarrel."))
        talk = None if self._desks.letters.reaches(member_id) else self._desks.letters.latest_private(member_id)
        if talk is not None:
            return self._reply(case, side, talk)
        draft = self._writer.draft(member_id, case.conversation_id)
        if not draft.text.strip():
            text, language, template = self._writer.words(KEY, member_id, {"title": case.title})
            subject = draft.subject or case.title
            with self._store.write(_began(side)):
                draft = self._desks.letters.save(
                    draft._replace(text=text, language=language, template_id=template, subject=subject)
                )
        return Word(draft.text, draft.language, draft, None)

    def _reply(self, case: Quarrel, side: Party, talk: int) -> Word:
        """Begin the word as a reply in a private conversation, unless a draft is there."""
        self._writer.reachable_name(side.member_id)
        known = drafts.get(self._store.read, talk)
        if known is not None and known.text.strip():
            return Word(known.text, known.language, None, talk)
        text, language, template = self._writer.words(KEY, side.member_id, {"title": case.title})
        with self._store.write(_began(side)) as conn:
            drafts.save(conn, drafts.Draft(talk, text, language, None, template))
        return Word(text, language, None, talk)


def _began(side: Party) -> str:
    return tr("Began to write to {name} about a quarrel").format(name=side.name)


def both(case: Quarrel) -> tuple[str, str]:
    """What both sides are called; of more than two, the first and the last."""
    names = [*case.names, "", ""]
    return names[0], names[max(1, len(case.names) - 1)]


def arrived(conn: Connection, messages: Sequence[int], now: int) -> None:
    """Find where the messages that came in make a quarrel. What was said to be none never is one again.

    One that was settled is open again where it is hot by what was said since.
    """
    for conversation in with_several(conn, messages):
        known = rows.read(conn, "q.conversation_id = ?", (conversation,))
        case = known[0] if known else None
        if case is not None and case.state == NONE:
            continue
        talk = exchange(conn, conversation, messages)
        if not talk.said or talk.said[-1].at < now - _FRESH_SECONDS:
            continue
        if case is not None and case.state == SETTLED:
            talk = talk._replace(said=tuple(one for one in talk.said if one.at > (case.state_at or 0)))
        from app.quarrels.heat import quarrel  # noqa: PLC0415  only where several speak, and lately

        heat = quarrel(talk)
        if heat is None or _last(talk.said, heat) < now - _FRESH_SECONDS:
            continue
        numbers = [side.identity_id for side in heat.sides]
        _put(conn, conversation, heat.points, heat.messages, numbers, at=now)


def _last(said: Sequence[Utterance], heat: Heat) -> int:
    return max(one.at for one in said if one.id in heat.messages)


def _put(
    conn: Connection, conversation: int, heat: int, messages: Sequence[int], sides: Sequence[int], *,
    by_hand: bool = False, at: int | None = None,
) -> int:  # fmt: skip
    """Write a case, or what is new of one: it is open, as hot as it is now, with these sides besides; its id."""
    conn.execute(
        "INSERT INTO quarrel (conversation_id, found_at, heat, signs, by_hand) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT (conversation_id) DO UPDATE SET heat = max(heat, excluded.heat), signs = excluded.signs,"
        " found_at = iif(state = 'open', found_at, excluded.found_at), state = 'open', state_at = NULL",
        (conversation, clock.now() if at is None else at, heat, json.dumps(list(messages)), by_hand),
    )
    conn.executemany(
        "INSERT OR IGNORE INTO quarrel_side (quarrel_id, identity_id)"
        " SELECT id, ?2 FROM quarrel WHERE conversation_id = ?1",
        [(conversation, side) for side in sides],
    )
    return int(scalar(conn, "SELECT id FROM quarrel WHERE conversation_id = ?", (conversation,)))


def move_conversation(conn: Connection, gone: int, kept: int, messages: Collection[int] | None = None) -> None:
    """Give the case of one conversation to another, in the transaction that joins the two.

    Of two cases one is left, the older one's: it is open where either is, with both notes, signs and all sides. With
    `messages`, only where all that was sharp is among those.
    """
    known = rows.read(conn, "q.conversation_id = ?", (gone,))
    if not known or (messages is not None and not set(known[0].messages) <= set(messages)):
        return
    there = conn.execute("SELECT * FROM quarrel WHERE conversation_id = ?", (kept,)).fetchone()
    if there is None:
        conn.execute("UPDATE quarrel SET conversation_id = ? WHERE id = ?", (kept, known[0].id))
        return
    _unite(conn, there, known[0])
    conn.execute("UPDATE OR IGNORE quarrel_side SET quarrel_id = ? WHERE quarrel_id = ?", (there["id"], known[0].id))
    conn.execute("DELETE FROM quarrel WHERE id = ?", (known[0].id,))


def _unite(conn: Connection, there: Row, gone: Quarrel) -> None:
    """Write into one case what another has besides: a quarrel that nobody has looked at is never lost by a join."""
    order = (OPEN, SETTLED, NONE)
    state = min(there["state"], gone.state, key=order.index)
    since = there["state_at"] if state == there["state"] else gone.state_at
    signs = sorted({*json.loads(there["signs"] or "[]"), *gone.messages})
    note = "\n".join(dict.fromkeys(filter(None, (there["note"], gone.note))))
    conn.execute(
        "UPDATE quarrel SET heat = max(heat, ?), signs = ?, state = ?, state_at = ?, note = ?,"
        " found_at = min(found_at, ?) WHERE id = ?",
        (gone.heat, json.dumps(signs), state, since, note, gone.found_at, there["id"]),
    )


__all__ = [
    "Party", "Past", "Quarrel", "Quarrels", "Word", "arrived", "both", "move_conversation",
]  # fmt: skip
