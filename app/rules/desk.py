"""The tables `rule` and `rule_hit`: rules kept, shown against what came in lately; what they did, and its undoing."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.text import fold
from app.base.words import counted, tr
from app.mail.quotes import first_words
from app.rules import applying
from app.rules.facts import Asked
from app.rules.reading import languages, since, with_words
from app.rules.rule import Conditions, Deeds, Rule, checked_conditions, checked_deeds, checked_name, packed
from app.store.sqlite import Connection, Row
from app.store.store import Store

DAYS = 30
"""How far back a rule is shown, and applied where that is asked for."""
MOST_SHOWN = 200
_SHOWN_CHARS = 300
"""More than a row has room for, which then ends in an ellipsis."""
_DAY = 86_400
_HIT = """
SELECT h.id, h.rule_id, r.name AS rule, h.message_id, h.conversation_id, h.at, h.did, h.undone_at,
  m.at AS said_at, substr(m.text, 1, 20000) AS text,
  coalesce(nullif(p.name, ''), nullif(i.name, ''), i.handle, '') AS who
FROM rule_hit h JOIN rule r ON r.id = h.rule_id JOIN message m ON m.id = h.message_id
LEFT JOIN identity i ON i.id = m.identity_id LEFT JOIN member p ON p.id = i.member_id
"""
_SHOWN = """
SELECT m.id, m.conversation_id, m.at, substr(m.text, 1, 20000),
  coalesce(nullif(p.name, ''), nullif(i.name, ''), i.handle, '')
FROM message m LEFT JOIN identity i ON i.id = m.identity_id LEFT JOIN member p ON p.id = i.member_id
WHERE m.id IN (SELECT value FROM json_each(?)) ORDER BY m.id DESC
"""


class Shown(NamedTuple):
    """A message that a rule would hit: who wrote it when (Unix seconds), and how it begins."""

    message_id: int
    conversation_id: int
    at: int
    words: str
    who: str


class Preview(NamedTuple):
    """What a rule would have hit: `hits` of the `total` messages that came in; the latest of them are `shown`."""

    hits: int
    total: int
    shown: tuple[Shown, ...]

    @property
    def sentence(self) -> str:
        """How many those are, in words."""
        return counted(
            self.total, "It would have hit {hits} of {count} message of the last {days} days.",
            "It would have hit {hits} of {count} messages of the last {days} days.", hits=self.hits, days=DAYS,
        )  # fmt: skip


class Hit(NamedTuple):
    """What a rule did with a message; times are Unix seconds, `did` is described by `app.rules.words`."""

    id: int
    rule_id: int
    rule: str
    message_id: int
    conversation_id: int
    at: int
    did: dict[str, Any]
    undone_at: int | None
    said_at: int
    words: str
    who: str


class Offer(NamedTuple):
    """What rules offer in a conversation: a template by its key, or a hand-off to a teammate; named by its rule."""

    rule: str
    template: str = ""
    teammate_id: int | None = None


class Rules:
    """Rules for what comes in. Every change is one undoable action, and no rule ever sends."""

    def __init__(self, store: Store) -> None:
        """Thread-safe for reading."""
        self._store = store

    def every(self) -> list[Rule]:
        """All of them in their order."""
        return [applying.rule_of(row) for row in self._store.read.execute(f"{applying.SELECT}{applying.ORDER}")]

    def get(self, number: int) -> Rule:
        """The rule with this id. Raises NotFoundError."""
        row = self._store.read.execute(f"{applying.SELECT} WHERE r.id = ?", (number,)).fetchone()
        if row is None:
            raise NotFoundError(tr("That rule is no longer there."))
        return applying.rule_of(row)

    def preview(
        self, conditions: Conditions, now: int | None = None, stop: Callable[[], bool] = lambda: False
    ) -> Preview:
        """What would have been hit in the last DAYS days; nothing is changed. Raises UserError as `add` does.

        With `stop` it ends early, with what was found until then.
        """
        asked, hits, total = Asked(checked_conditions(conditions)), list[int](), 0
        moment = clock.now() if now is None else now
        begun, conn = moment - DAYS * _DAY, self._store.read
        likely = _likely(conn, begun, asked)
        for heard in since(conn, begun):
            total += 1
            if (likely is None or heard.id in likely) and asked.matches(heard.facts):
                hits.append(heard.id)
            if stop():
                break
        rows = self._store.read.execute(_SHOWN, (json.dumps(hits[-MOST_SHOWN:]),))
        shown = tuple(
            Shown(message, conversation, at, first_words(text or "", _SHOWN_CHARS), who)
            for message, conversation, at, text, who in rows
        )
        return Preview(len(hits), total, shown)

    def add(
        self, name: str, conditions: Conditions, deeds: Deeds, *, to_lately: bool = False, now: int | None = None
    ) -> int:
        """Keep a rule, last in order; its id. With `to_lately` it is applied to the last DAYS days, in the same action.

        Raises UserError where it has no name, another has it, or its conditions or deeds make no sense.
        """
        called, asked, then = self._checked(name, conditions, deeds)
        moment = clock.now() if now is None else now
        with self._store.write(tr("New rule: {name}").format(name=called)) as conn:
            made = conn.execute(
                "INSERT INTO rule (name, conditions, deeds, place, created_at)"
                " VALUES (?, ?, ?, (SELECT coalesce(max(place), 0) + 1 FROM rule), ?)",
                (called, packed(asked), packed(then), moment),
            )
            number = int(made.lastrowid or 0)
            if to_lately:
                self._apply_lately(conn, number, moment)
        return number

    def change(
        self,
        number: int,
        name: str,
        conditions: Conditions,
        deeds: Deeds,
        *,
        to_lately: bool = False,
        now: int | None = None,
    ) -> None:
        """Change a rule; what it did stays as it is. Raises UserError as `add` does, NotFoundError."""
        self.get(number)
        called, asked, then = self._checked(name, conditions, deeds, but=number)
        with self._store.write(tr("Changed the rule {name}").format(name=called)) as conn:
            conn.execute(
                "UPDATE rule SET name = ?, conditions = ?, deeds = ? WHERE id = ?",
                (called, packed(asked), packed(then), number),
            )
            if to_lately:
                self._apply_lately(conn, number, clock.now() if now is None else now)

    def _checked(self, name: str, conditions: Conditions, deeds: Deeds, but: int = 0) -> tuple[str, Conditions, Deeds]:
        called, asked, then = checked_name(name), checked_conditions(conditions), checked_deeds(deeds)
        if any(rule.id != but and fold(rule.name) == fold(called) for rule in self.every()):
            raise UserError(tr("There's already a rule “{name}”. Give this one another name.").format(name=called))
        return called, asked, then

    @staticmethod
    def _apply_lately(conn: Connection, number: int, now: int) -> None:
        row = conn.execute(f"{applying.SELECT} WHERE r.id = ?", (number,)).fetchone()
        rule, begun = applying.rule_of(row), now - DAYS * _DAY
        likely = _likely(conn, begun, Asked(rule.conditions))
        meant = [one for one in since(conn, begun) if likely is None or one.id in likely]
        applying.apply(conn, rule, meant, now)

    def activate(self, number: int, *, on: bool) -> None:
        """Turn a rule on or off; what came in while it is off is not looked at later. Raises NotFoundError."""
        name = self.get(number).name
        title = tr("Turned on the rule {name}") if on else tr("Turned off the rule {name}")
        with self._store.write(title.format(name=name)) as conn:
            conn.execute("UPDATE rule SET active = ? WHERE id = ?", (on, number))

    def move(self, number: int, step: int) -> None:
        """Move a rule so many places down, or with a negative `step` up. Raises NotFoundError."""
        name = self.get(number).name
        order = [rule.id for rule in self.every()]
        place = order.index(number)
        order.insert(max(0, min(len(order) - 1, place + step)), order.pop(place))
        with self._store.write(tr("Moved the rule {name}").format(name=name)) as conn:
            conn.executemany("UPDATE rule SET place = ?1 WHERE id = ?2 AND place <> ?1", list(enumerate(order, 1)))

    def remove(self, number: int) -> Rule:
        """Remove a rule with the list of its hits; what it did stays. Returns what it was. Raises NotFoundError."""
        rule = self.get(number)
        with self._store.write(tr("Removed the rule {name}").format(name=rule.name)) as conn:
            conn.execute("DELETE FROM rule_hit WHERE rule_id = ?", (number,))
            conn.execute("DELETE FROM rule WHERE id = ?", (number,))  # last, so that an undo makes it first
        return rule

    def hits(self, number: int, most: int = MOST_SHOWN) -> list[Hit]:
        """What a rule has hit, the latest first, with what was undone."""
        return self._hits("h.rule_id = ? ORDER BY h.id DESC LIMIT ?", (number, most))

    def hits_of_message(self, number: int, message_id: int) -> list[int]:
        """The ids of the hits of a rule on a message that stand: one, or none."""
        rows = self._store.read.execute(
            "SELECT id FROM rule_hit WHERE rule_id = ? AND message_id = ? AND undone_at IS NULL", (number, message_id)
        )
        return [hit for (hit,) in rows]

    def hits_in(self, conversation_id: int) -> list[Hit]:
        """The hits in a conversation that stand, in the order of the rules."""
        return self._hits("h.conversation_id = ? AND h.undone_at IS NULL ORDER BY r.place, h.id", (conversation_id,))

    def _hits(self, where: str, values: Sequence[object]) -> list[Hit]:
        return [_hit(row) for row in self._store.read.execute(f"{_HIT} WHERE {where}", tuple(values))]

    def offers(self, conversation_id: int) -> list[Offer]:
        """What rules offer for a conversation, each once."""
        found: dict[tuple[str, int | None], Offer] = {}
        for hit in self.hits_in(conversation_id):
            template = str(hit.did.get("template", {}).get("what", ""))
            teammate = hit.did.get("teammate", {}).get("what")
            if template:
                found.setdefault((template, None), Offer(hit.rule, template))
            if teammate is not None:
                found.setdefault(("", int(teammate)), Offer(hit.rule, "", int(teammate)))
        return list(found.values())

    def undo(self, numbers: Collection[int]) -> int:
        """Undo hits by their ids, as one action; how many stood. What somebody has changed since stays as it is.

        Raises UserError where none of them stands any more.
        """
        marks = json.dumps(list(numbers))
        where = "h.undone_at IS NULL AND h.id IN (SELECT value FROM json_each(?)) ORDER BY h.id DESC"
        names = {row["rule"] for row in self._store.read.execute(f"{_HIT} WHERE {where}", (marks,))}
        if not names:
            raise UserError(tr("That was undone already."))
        title = tr("Undid what the rule {name} did").format(name=", ".join(sorted(names)))
        with self._store.write(title) as conn:
            rows = conn.execute(f"{_HIT} WHERE {where}", (marks,)).fetchall()
            for row in rows:
                applying.take_back(conn, conn.execute("SELECT * FROM rule_hit WHERE id = ?", (row["id"],)).fetchone(),
                                   clock.now())  # fmt: skip
        return len(rows)

    def undo_all(self, number: int) -> int:
        """Undo all that a rule did, as one action; how many hits stood. Raises UserError where none does."""
        standing = self._store.read.execute(
            "SELECT id FROM rule_hit WHERE rule_id = ? AND undone_at IS NULL", (self.get(number).id,)
        )
        return self.undo([hit for (hit,) in standing])

    def named(self, name: str) -> Rule | None:
        """The rule of this name, case and accents aside; None if there is none."""
        return next((rule for rule in self.every() if fold(rule.name) == fold(name)), None)


def _likely(conn: Connection, begun: int, asked: Asked) -> frozenset[int] | None:
    """The ids of messages since then that may have the words of a rule; None where it asks for none."""
    if not asked.has_words:
        return None
    return with_words(conn, begun, asked.expression(languages(conn, begun)))


def _hit(row: Row) -> Hit:
    return Hit(
        row["id"], row["rule_id"], row["rule"], row["message_id"], row["conversation_id"], row["at"],
        json.loads(row["did"]), row["undone_at"], row["said_at"], first_words(row["text"] or "", _SHOWN_CHARS),
        row["who"],
    )  # fmt: skip
