"""Which conversation a mail belongs to, by what it answers. Pure functions, but for the lookups of a batch.

Private replies of several people to the same mail are separate conversations, as the writers do not know of each other.
If one of them names another, or answers another's mail, they talk to each other and it is one conversation.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from app.base.message import Incoming
from app.store.sqlite import Connection


class Letter(NamedTuple):
    """A mail that others answer: its conversation, whether it is ours, and its recipients (author keys).

    `answers`: it was itself a reply, so it had a recipient even if none was recorded.
    """

    conversation: int
    own: bool
    to: frozenset[str]
    answers: bool

    def was_for(self, talk: Collection[str]) -> bool:
        """Whether this mail of ours went only to somebody in `talk`, so that whoever answers it got it from them."""
        return len(self.to) == 1 and not self.to.isdisjoint(talk) if self.to else self.answers


def belongs(item: Incoming, talk: Collection[str], letter: Letter | None) -> bool:
    """Whether an incoming mail belongs to a conversation in which the authors `talk` (keys) have written.

    Public messages always do. `letter` is the mail in it that it answers, None if we never received that one.
    """
    if item.report is not None:  # it belongs to the letter that it is about, whoever it was for
        return letter is not None and letter.own
    if item.public or not talk or item.author.key in talk or not set(item.to).isdisjoint(talk):
        return True
    if letter is None or item.forwarded:
        return False
    return not letter.own or letter.was_for(talk) or letter.to == {item.author.key}


def goes_on(item: Incoming, talk: Collection[str], letter: Letter | None) -> bool:
    """Whether a mail of ours belongs to a conversation; not if it merely continues one of ours and goes to others.

    Example: an announcement sent to one receiver after another. The mail to the next has nothing to do with who
    answered the first.
    """
    to = set(item.to)
    if not talk or not to or letter is None or not letter.own or not to.isdisjoint(talk):
        return True
    return letter.was_for(talk) or (len(letter.to) == 1 and letter.to <= to)


def personal(ref: str, key: str) -> str:
    """The key in `thread_ref` for a mail that several people answer, each in a conversation of their own.

    A Message-ID contains no space, so the keys cannot clash.
    """
    return f"{ref} {key}"


def keys(items: Iterable[Incoming]) -> list[str]:
    """All `thread_ref` keys by which the conversations of these mails may be found."""
    refs: set[str] = set()
    for item in items:
        refs.add(item.remote_id)
        whose = partners(item)
        for ref in item.refs:
            refs.add(ref)
            refs.update([personal(ref, key) for key in whose])
    return list(refs)


def partners(item: Incoming) -> Sequence[str]:
    """Whose conversation it is: the author; for a mail of ours its recipients, at most 20."""
    return item.to[:20] if item.out else (item.author.key,)


def folded(ref: str) -> str:
    """A Message-ID for comparison: programs change the capitals of its domain, but not what stands before the @."""
    local, at, domain = ref.partition("@")
    return f"{local}{at}{domain.lower()}"


_LIKE = (
    "{column} >= substr(j.value, 1, instr(j.value, '@'))"
    " AND {column} < substr(j.value, 1, instr(j.value, '@') - 1) || 'A'"
)
"""SQL: whether a column begins like the Message-ID `j.value` up to its @; "A" is the next character after that."""


def as_stored(conn: Connection, account_id: int, items: Sequence[Incoming]) -> list[Incoming]:
    """The mails, each with the ids that it answers as those are stored, or as they are in a mail among them."""
    refs = {ref for item in items for ref in item.refs if "@" in ref}
    rows = conn.execute(
        "SELECT m.remote_id FROM json_each(?) j CROSS JOIN message m ON m.account_id = ?"
        f" AND {_LIKE.format(column='m.remote_id')}",
        (json.dumps(list(refs)), account_id),
    )
    there = [*(item.remote_id for item in items), *(row["remote_id"] for row in rows)]
    spelled, exact = {folded(ref): ref for ref in there}, set(there)
    other = {ref: spelled[folded(ref)] for ref in refs if ref not in exact and folded(ref) in spelled}
    return [
        item._replace(
            refs=tuple(dict.fromkeys(other.get(ref, ref) for ref in item.refs)),
            parent=other.get(item.parent, item.parent),
        )
        if not other.keys().isdisjoint(item.refs)
        else item
        for item in items
    ]


def awaited(conn: Connection, account_id: int, items: Sequence[Incoming]) -> list[tuple[str, int]]:
    """The rows of `thread_ref` for these mails, whose answers came before them: (key, conversation) pairs.

    A key has the spelling of the mail's own id.
    """
    own = {folded(item.remote_id): item.remote_id for item in items}
    rows = conn.execute(
        "SELECT t.ref, t.conversation_id FROM json_each(?) j CROSS JOIN thread_ref t ON t.account_id = ?"
        f" AND {_LIKE.format(column='t.ref')}",
        (json.dumps([ref for ref in own if "@" in ref]), account_id),
    ).fetchall()
    rows += conn.execute(
        "SELECT t.ref, t.conversation_id FROM json_each(?) j CROSS JOIN thread_ref t ON t.account_id = ?"
        " AND t.ref > j.value || ' ' AND t.ref < j.value || '!'",
        (json.dumps([ref for ref in own if "@" not in ref]), account_id),
    ).fetchall()
    found = []
    for key, conversation in rows:
        ref = plain(key)
        if folded(ref) in own:
            found.append((own[folded(ref)] + key[len(ref) :], conversation))
    return found


def letters(conn: Connection, account_id: int, refs: Collection[str], own: Collection[str]) -> dict[str, Letter]:
    """The stored mails among `refs`, by Message-ID; `own` are our addresses, left out of the recipients."""
    rows = conn.execute(
        "SELECT m.remote_id, m.conversation_id, m.out, m.addressed, m.parent_id FROM json_each(?) j"
        " CROSS JOIN message m ON m.account_id = ? AND m.remote_id = j.value",
        (json.dumps(list(refs)), account_id),
    )
    return {
        ref: Letter(conversation, bool(out), frozenset(addressed.split()) - set(own), parent is not None)
        for ref, conversation, out, addressed, parent in rows
    }


def talks(conn: Connection, conversations: Collection[int]) -> dict[int, set[str]]:
    """Keys of the authors in each of these conversations, without us."""
    authors: dict[int, set[str]] = {number: set() for number in conversations}
    rows = conn.execute(
        "SELECT DISTINCT m.conversation_id, i.key FROM json_each(?) j CROSS JOIN message m"
        " ON m.conversation_id = j.value AND m.out = 0 JOIN identity i ON i.id = m.identity_id",
        (json.dumps(list(authors)),),
    )
    for number, key in rows:
        authors[number].add(key)
    return authors


def conversations(
    item: Incoming, known: Mapping[str, Letter], remembered: Mapping[str, int], talk: Mapping[int, set[str]]
) -> list[int]:
    """The ids of the conversations that a mail belongs to, the nearest first; [] if it starts a new one.

    It goes with the nearest that it answers. If letters there answer one that has not arrived, and the mail says what
    came before that, then all of it is one conversation. `known` are stored mails by Message-ID, `remembered`
    conversations by `thread_ref` key (see `personal`), `talk` the authors in each conversation.
    """
    found: dict[int, None] = {}
    is_bridge = True
    for ref in reversed(item.refs):
        letter = known.get(ref)
        number = letter.conversation if letter else remembered.get(ref)
        own = next((mine for key in partners(item) if (mine := remembered.get(personal(ref, key)))), None)
        if own is not None:
            number = own
        elif number is not None and not _comes_to(item, talk.get(number, set()), letter, first=not found):
            number = None
        if number is not None and is_bridge:
            found[number] = None
        is_bridge = not found or (letter is None and number in found)
    if not found and (number := remembered.get(item.remote_id)) is not None:
        found[number] = None
    return list(found)


def _comes_to(item: Incoming, there: set[str], letter: Letter | None, *, first: bool) -> bool:
    """Whether a mail comes to a conversation: by the usual rules; to one more only if the same people talk there."""
    if not (goes_on if item.out else belongs)(item, there, letter):
        return False
    if first or item.public:
        return True
    if item.forwarded or item.report is not None:
        return False
    people = {*item.to} if item.out else {item.author.key}
    return not people.isdisjoint(there | (letter.to if letter is not None else frozenset()))


class Answers(NamedTuple):
    """The letters in a conversation that answer a certain one: all whom they name, and whether they forward it."""

    named: frozenset[str]
    forward: bool


def answers(conn: Connection, remote_id: str, number: int, named: frozenset[str]) -> Answers:
    """The letters in a conversation that answer this one: the stored ones, and others that name `named`."""
    rows = conn.execute(
        "SELECT addressed, envelope FROM message WHERE conversation_id = ? AND parent_id = ?", (number, remote_id)
    ).fetchall()
    kept = [json.loads(row["envelope"] or "{}") for row in rows]
    boxes = {address.lower() for letter in kept for role in ("to", "cc") for _, address in letter.get(role, ())}
    boxes |= {key for row in rows for key in row["addressed"].split("\n") if key}
    return Answers(named | boxes, bool(kept) and all("forward" in letter for letter in kept))


def answers_belong(letter: Letter, talk: Collection[str], theirs: Collection[str], answer: Answers) -> bool:
    """Whether a conversation whose letters answer this late one would have been part of its own, had it come first.

    `talk` are the authors where the late letter is, `theirs` those in the other conversation. As in `belongs`: private
    answers of several people to a letter of ours stay apart, unless they talk to each other.
    """
    if answer.forward:
        return False
    partners_there = frozenset(theirs) or answer.named
    if not letter.own or not partners_there or not talk:
        return True
    if not (partners_there | answer.named).isdisjoint(talk):
        return True
    return letter.was_for(talk) or (bool(letter.to) and letter.to <= partners_there)


def plain(key: str) -> str:
    """The Message-ID in a `thread_ref` key."""
    return key.partition(" ")[0]
