"""Decides whom a reply goes to and who is still waiting for one; the only place that does.

A reply answers one message and goes to its author. A *speaker* is anybody but us who wrote in the conversation.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from app.base import ids
from app.base.addresses import PERSON_MARK, address_of
from app.base.errors import NotFoundError, UserError
from app.base.text import fold
from app.base.words import tr
from app.channels.registry import READ_ONLY
from app.inbox.elsewhere import has
from app.inbox.turns import Said, waiting
from app.store.sqlite import Connection, Row

_AUTHOR = """
SELECT m.id, m.at, m.identity_id, i.member_id, coalesce(nullif(p.name, ''), nullif(i.name, ''), i.handle, ''),
  CASE WHEN i.handle <> '' THEN i.handle WHEN i.key LIKE '%@%' THEN i.key ELSE '' END, c.public, c.waiting_since,
  m.envelope
FROM message m JOIN conversation c ON c.id = m.conversation_id
LEFT JOIN identity i ON i.id = m.identity_id LEFT JOIN member p ON p.id = i.member_id
"""
# With max(), the bare column id is taken from the row that has the maximum (SQLite manual, "Bare columns in an
# aggregate query"). Combined with `_SPEAKERS` in one statement it takes twice as long.
_LATEST = """
SELECT id, max(at) FROM message WHERE conversation_id = ? AND out = 0 AND gone_at IS NULL
  AND quiet IN ('', 'closer', 'rule') GROUP BY identity_id
"""
_SPEAKERS = f"{_AUTHOR} JOIN json_each(?) j ON j.value = m.id ORDER BY m.at DESC, m.id DESC"
_MARKED = f"i.key || '{PERSON_MARK}'"
_ADDRESS = f"iif(i.key LIKE '%@%', substr({_MARKED}, 1, instr({_MARKED}, '{PERSON_MARK}') - 1), i.key)"
"""SQL on an identity `i`, as `app.base.addresses.address_of`."""
ELSEWHERE = f"""
(EXISTS (SELECT 1 FROM message m JOIN identity i ON i.id = c.identity_id WHERE m.conversation_id = c.id AND m.out = 1
  AND m.addressed <> '' AND instr(char(10) || m.addressed || char(10), char(10) || {_ADDRESS} || char(10)) = 0)
OR EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id AND o.state IN ('held', 'queued', 'sending', 'sent')
  AND NOT o.to_list AND o.receivers <> '[]' AND o.identity_id IS NOT c.identity_id))
"""
"""SQL on a conversation `c`: whether a message of ours in it, or a reply on its way, goes to others but not to its
first speaker."""
_TALK = f"""
SELECT c.public, a.kind, (SELECT count(DISTINCT coalesce(i.member_id, 0)) FROM message m
  LEFT JOIN identity i ON i.id = m.identity_id
  WHERE m.conversation_id = c.id AND m.out = 0 AND m.quiet = ''), {ELSEWHERE}
FROM conversation c JOIN account a ON a.id = c.account_id WHERE c.id = ?
"""
_READ_ONLY = ", ".join(f"'{kind}'" for kind in READ_ONLY)
BY_HAND = f"(a.mode = 'assisted' OR (a.mode = 'live' AND a.kind IN ({_READ_ONLY})))"
"""SQL on an account `a`, as `app.channels.registry.is_by_hand`."""
ON_ITS_WAY = f"""
(o.state = 'sending' OR (o.state IN ('held', 'queued') AND NOT (o.state = 'held' AND o.later)
  AND NOT (SELECT {BY_HAND} FROM account a WHERE a.id = o.account_id)))
"""
"""SQL on a row `o` of the outbox: whether it counts as given already. One that is scheduled does not, nor one that the
person has to post."""
_STORY = f"""
SELECT m.at, m.id, m.out, m.gone_at IS NOT NULL OR m.failed <> '' AS gone, m.remote_id, m.parent_id, m.addressed,
  coalesce(i.member_id, 0) AS who, coalesce(i.key, '') AS key, o.id IS NOT NULL AS ours, t.member_id AS answered,
  o.seen_id, m.conversation_id AS talk, coalesce(o.to_list, 0), {has("answered", "m")} AS elsewhere
FROM json_each(?1) j CROSS JOIN message m ON m.conversation_id = j.value LEFT JOIN identity i ON i.id = m.identity_id
LEFT JOIN outbox o ON o.message_id = m.id LEFT JOIN identity t ON t.id = o.identity_id WHERE m.quiet = ''
UNION ALL
SELECT o.created_at, 0, 1, 0, NULL, NULL,
  coalesce((SELECT group_concat(lower(r.value ->> 2), char(10)) FROM json_each(o.receivers) r), ''),
  0, '', 1, t.member_id, o.seen_id, o.conversation_id, o.to_list, 0
FROM json_each(?1) j CROSS JOIN outbox o ON o.conversation_id = j.value LEFT JOIN identity t ON t.id = o.identity_id
WHERE o.purpose IN ('reply', 'new', 'forward') AND ({ON_ITS_WAY} OR (o.state = 'sent'
  AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = o.message_id AND m.conversation_id = o.conversation_id)))
ORDER BY talk, 1, 2
"""


def named(name: str, address: str) -> str:
    """The name to show, followed by the address if the name looks like a different address; the address if no name."""
    if "@" in name and address and fold(name).lstrip("@") != fold(address).lstrip("@"):
        return f"{name} ({address})"
    return name or address


class Receiver(NamedTuple):
    """Somebody whom a reply goes to, or could go to.

    `message_id` is their message that it answers, written `at` (Unix seconds). `address` is the envelope's address, or
    the handle. `waits`: we have not replied to them yet. `role` is to, cc or bcc. `asked`: the mailboxes that their
    letter asks for answers at, other than their own (Reply-To), as (name, address); `address` is the first of them.
    """

    message_id: int
    at: int
    identity_id: int | None
    member_id: int | None
    name: str
    address: str
    public: bool
    waits: bool
    role: str = "to"
    asked: tuple[tuple[str, str], ...] = ()

    @property
    def label(self) -> str:
        """The name to show, else the address; "" if both are unknown. See `named`.

        Where answers are asked for elsewhere, each address is named: the screen says where the letter goes.
        """
        if self.asked:
            return ", ".join(f"{name} ({address})" if name else address for name, address in self.asked)
        return named(self.name, self.address)

    @property
    def boxes(self) -> tuple[tuple[str, str], ...]:
        """Name and address of each mailbox that a letter to them goes to."""
        return self.asked or ((self.name, self.address),)


class Choice(NamedTuple):
    """Whom the reply being written goes to. `chosen` is whether the person chose it, rather than the default applying.

    `seen` are the speakers' messages that existed when writing began; `new` is somebody who has written since.
    """

    to: Receiver | None
    chosen: bool = False
    seen: frozenset[int] = frozenset()
    new: Receiver | None = None


def initial_choice(candidates: tuple[Receiver, ...], resumed: Receiver | None = None) -> Choice:
    """The choice for a new reply, or for a resumed draft addressed to `resumed`.

    For a draft, whoever has written after the message that it answers counts as new.
    """
    if resumed is None:
        return Choice(default(candidates), seen=frozenset(speaker.message_id for speaker in candidates))
    seen = frozenset(
        speaker.message_id
        for speaker in candidates
        if (speaker.at, speaker.message_id) <= (resumed.at, resumed.message_id)
    )
    return _with_new_speaker(Choice(resumed, chosen=True, seen=seen), candidates)


def updated_choice(choice: Choice, candidates: tuple[Receiver, ...], *, writing: bool) -> Choice:
    """The choice after the conversation has changed. A reply being written never silently changes its receiver.

    If the person has not chosen, it follows the receiver to their latest message.
    """
    if choice.to is None or not (writing or choice.chosen):
        return initial_choice(candidates)
    latest = next((speaker for speaker in candidates if speaker.identity_id == choice.to.identity_id), choice.to)
    return _with_new_speaker(choice._replace(to=choice.to if choice.chosen else latest), candidates)


def _with_new_speaker(choice: Choice, candidates: tuple[Receiver, ...]) -> Choice:
    whom = choice.to.identity_id if choice.to else None
    new = next(
        (speaker for speaker in candidates if speaker.identity_id != whom and speaker.message_id not in choice.seen),
        None,
    )
    return choice._replace(new=new)


def called(speaker: Receiver, among: Iterable[Receiver]) -> str:
    """The name to show for somebody in a list, with the address if another one in it has the same name."""
    alike = any(other.identity_id != speaker.identity_id and fold(other.name) == fold(speaker.name) for other in among)
    return f"{speaker.name} ({speaker.address})" if alike and speaker.name and speaker.address else speaker.label


def speakers(conn: Connection, conversation_id: int) -> tuple[Receiver, ...]:
    """Everybody but us who wrote there, each with their latest message, latest first."""
    latest = [number for number, _ in conn.execute(_LATEST, (conversation_id,))]
    rows = conn.execute(_SPEAKERS, (json.dumps(latest),)).fetchall()
    each = waiting_each(conn, conversation_id) if len(rows) > 1 else None
    return tuple(_receiver(row, each) for row in rows)


def default(candidates: tuple[Receiver, ...]) -> Receiver | None:
    """The default receiver: the latest speaker who waits for a reply, else the latest speaker; None if nobody."""
    return next((speaker for speaker in candidates if speaker.waits), candidates[0] if candidates else None)


def meant_for(candidates: tuple[Receiver, ...], member_id: int | None) -> Choice | None:
    """The choice for a reply addressed to this member; None if they have not written in the conversation."""
    to = (
        next((speaker for speaker in candidates if speaker.member_id == member_id), None)
        if member_id is not None
        else None
    )
    return None if to is None else Choice(to, chosen=True, seen=frozenset(speaker.message_id for speaker in candidates))


def receiver(conn: Connection, conversation_id: int, message_id: int | None = None) -> Receiver | None:
    """The author of the given message, else the default receiver; None if nobody but us has written.

    Raises UserError if the message is ours, deleted, or of another conversation.
    """
    if message_id is None:
        return default(speakers(conn, conversation_id))
    row = conn.execute(
        f"{_AUTHOR} WHERE m.id = ? AND m.conversation_id = ? AND m.out = 0 AND m.gone_at IS NULL",
        (message_id, conversation_id),
    ).fetchone()
    if row is None:
        shown_id = ids.display(ids.MESSAGE, message_id)
        msg = tr(
            "{id} isn't a message that you can reply to in this conversation. Choose who the reply goes to."
        ).format(id=shown_id)
        raise UserError(msg)
    return _receiver(row, waiting_each(conn, conversation_id))


def written_to(conn: Connection, conversation_id: int, message_id: int) -> Receiver | None:
    """The receiver of a draft that answers this message: always its author.

    If the message was deleted, their latest other message is answered; if they have none, the deleted one is returned,
    to which nothing can be sent. None if the message does not exist.
    """
    row = conn.execute(
        f"{_AUTHOR} WHERE m.id = ? AND m.conversation_id = ? AND m.out = 0", (message_id, conversation_id)
    ).fetchone()
    if row is None:
        return None
    with suppress(UserError):
        return receiver(conn, conversation_id, message_id)
    theirs = (speaker for speaker in speakers(conn, conversation_id) if speaker.identity_id == row["identity_id"])
    return next(theirs, None) or _receiver(row, {})


def chosen(conn: Connection, conversation_id: int, whom: str) -> int:
    """The id of the message that a reply to `whom` answers: a name, address, handle, P-... or M-...

    Raises UserError if no speaker matches, or several do.
    """
    candidates = speakers(conn, conversation_id)
    with suppress(NotFoundError):
        kind, number = ids.parse(whom)
        if kind == ids.MESSAGE:
            return (receiver(conn, conversation_id, number) or candidates[0]).message_id
        return _single(
            [speaker for speaker in candidates if kind == ids.MEMBER and speaker.member_id == number],
            whom,
            conversation_id,
        )
    folded = fold(whom.strip().removeprefix("@"))
    exact = [
        speaker for speaker in candidates if folded in (fold(speaker.name), fold(speaker.address.removeprefix("@")))
    ]
    return _single(
        exact or [speaker for speaker in candidates if folded and folded in fold(speaker.name)], whom, conversation_id
    )


def _single(candidates: Sequence[Receiver], whom: str, conversation_id: int) -> int:
    if len({speaker.identity_id for speaker in candidates}) == 1:
        return candidates[0].message_id
    shown_id = ids.display(ids.CONVERSATION, conversation_id)
    if candidates:
        names = ", ".join(
            f"{called(speaker, candidates)} ({ids.display(ids.MESSAGE, speaker.message_id)})" for speaker in candidates
        )
        msg = tr("“{whom}” could be any of {names}. Give the message (M-...) that you're replying to.").format(
            whom=whom, names=names
        )
    else:
        msg = tr("“{whom}” hasn't written in {id}. `show {id}` lists who has.").format(whom=whom, id=shown_id)
    raise UserError(msg)


def _receiver(row: Row, each: dict[int, int] | None) -> Receiver:
    number, at, identity, member, name, address, public, since, envelope = row
    waits = (since is not None and at >= since) if each is None else (member or 0) in each
    kept = json.loads(envelope or "{}")
    name = next((signed for signed, _ in kept.get("from", ()) if signed), name)
    asked = tuple((who or name, where) for who, where in kept.get("reply_to", ()))
    return Receiver(
        number, at, identity, member, name, asked[0][1] if asked else address, bool(public), waits, asked=asked
    )


def waiting_each(conn: Connection, conversation_id: int) -> dict[int, int] | None:
    """Who waits for a reply of their own: member id -> since when; None if one reply reaches everybody there.

    Each needs a reply of their own where a private reply reaches only those it is addressed to (e-mail, direct posts)
    and several people have written, or a message of ours went to others. A pending reply counts as an answer.
    """
    row = conn.execute(_TALK, (conversation_id,)).fetchone()
    if row is None:
        msg = tr("There's no conversation {conversation}.").format(
            conversation=ids.display(ids.CONVERSATION, conversation_id)
        )
        raise NotFoundError(msg)
    public, kind, people, elsewhere = row
    alone = not public and (people > 1 or (people and elsewhere)) and is_addressed(kind)
    return waiting_in(conn, [conversation_id]).get(conversation_id, {}) if alone else None


def waiting_in(conn: Connection, conversations: Collection[int]) -> dict[int, dict[int, int]]:
    """`waiting_each` for several conversations where each person needs a reply of their own, in one query."""
    rows = map(_StoryRow._make, conn.execute(_STORY, (json.dumps(list(conversations)),)))
    return {talk: waiting(_story(list(spoken))) for talk, spoken in groupby(rows, key=attrgetter("talk"))}


def is_addressed(kind: str) -> bool:
    """Whether on this kind of channel a private reply reaches only those it is addressed to."""
    from app.channels.registry import channel  # noqa: PLC0415  only private conversations of several people need it

    return channel(kind).can.addressed


class _StoryRow(NamedTuple):
    """A row of `_STORY`: a message, or a pending reply of ours (then `id` is 0 and `remote_id` None)."""

    at: int
    id: int
    out: int
    gone: int
    remote_id: str | None
    parent_id: str | None
    addressed: str
    who: int
    key: str
    ours: int
    answered: int | None
    seen_id: int | None
    talk: int
    to_list: int
    elsewhere: int


def _story(rows: Sequence[_StoryRow]) -> list[Said]:
    """All messages of one conversation, in the order in which we read them."""
    members = {address_of(row.key): row.who for row in rows if row.key and not row.out}
    authors: dict[str | None, _StoryRow] = {row.remote_id: row for row in rows if row.remote_id is not None}
    reached: dict[str | None, frozenset[int]] = {}
    story = []
    for row in rows:
        answers = None
        if row.out and not row.to_list:  # everybody on a mailing list reads what goes to it
            answers = _reached(row, authors, members, reached)
            if row.remote_id is not None:
                reached[row.remote_id] = answers
        answered = bool(row.elsewhere) and not row.out
        story.append(Said(row.at, row.id, bool(row.out), "", bool(row.gone), row.who, answers, answered=answered))
    return _in_reading_order(rows, story) if any(row.ours for row in rows) else story


def _in_reading_order(rows: Sequence[_StoryRow], story: Sequence[Said]) -> list[Said]:
    """Move each reply of ours right behind the last message that had been read when it was written.

    It does not answer what arrived later, whatever the dates say.
    """
    places = {row.id: (row.at, row.id) for row in rows if row.id}
    placed = []
    for row, message in zip(rows, story, strict=True):
        at = places.get(row.seen_id or 0, (row.at, row.id)) if row.ours else (row.at, row.id)
        placed.append(((*at, row.ours), message))
    return [message for _, message in sorted(placed, key=lambda pair: pair[0])]


def _reached(
    row: _StoryRow,
    authors: Mapping[str | None, _StoryRow],
    members: Mapping[str, int],
    known: Mapping[str | None, frozenset[int]],
) -> frozenset[int]:
    """Members whom our message reached: by the outbox, else those it is addressed to and whose message it answers.

    A message that continues one of ours reached the same people; the chain is followed up to one that is `known`. If it
    is addressed to nobody, it reached nobody: a conversation that needs us without cause gets noticed, a forgotten one
    does not.
    """
    if row.ours:  # its receivers are known; a reply to all reached more than whom it answers
        copied = {members[key] for key in row.addressed.split("\n") if key in members}
        return frozenset(copied if row.answered is None else {row.answered, *copied})
    reached = {members[key] for key in row.addressed.split("\n") if key in members}
    seen, above = {row.remote_id}, authors.get(row.parent_id)
    while above is not None and above.out and above.remote_id not in seen:
        seen.add(above.remote_id)
        if above.ours and above.answered is not None:
            return frozenset({above.answered, *reached})
        if above.remote_id in known:
            return known[above.remote_id] | reached
        reached |= {members[key] for key in above.addressed.split("\n") if key in members}
        above = authors.get(above.parent_id)
    if above is not None and not above.out:
        reached.add(above.who)
    return frozenset(reached)
