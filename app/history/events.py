"""What happened besides messages: of each kind all rows of a member, as there are few of them. Read only."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from app.base.text import preview
from app.history.entry import Entry
from app.store.sqlite import Connection

_WORDS_CHARS = 200
_THEIRS = "SELECT id FROM identity WHERE member_id = :member"
_HOMES = "SELECT :member UNION SELECT home_id FROM identity WHERE member_id = :member"
"""The member, and those who were merged into them."""
_WHERE = """
 LEFT JOIN conversation c ON c.id = {talk} LEFT JOIN account a ON a.id = c.account_id
"""
_TALK = "coalesce(a.kind, ''), coalesce(a.name, ''), c.id"

_GIFTS = f"""
SELECT g.id, g.item, g.why, g.state, g.created_at, g.state_at, {_TALK} FROM gift g
{_WHERE.format(talk="g.conversation_id")} WHERE g.member_id = :member
"""
_PROMISES = f"""
SELECT p.id, p.what, p.dropped_why, p.at, p.kept_at, p.dropped_at, p.message_id, p.kept_message_id, {_TALK}
FROM promise p {_WHERE.format(talk="p.conversation_id")} WHERE p.member_id = :member
"""
_HANDOFFS = f"""
SELECT h.id, h.ask, h.answer, h.status, h.opened_at, h.updated_at, h.told_at, h.closed_at, h.closed_why,
  h.answered_on IS NOT NULL AS answered, coalesce(t.name, '') AS teammate, h.message_id, h.answer_message_id, {_TALK}
FROM handoff h LEFT JOIN teammate t ON t.id = h.teammate_id {_WHERE.format(talk="h.conversation_id")}
WHERE h.member_id = :member
"""
_STEPS = f"""
SELECT s.id, s.step, s.at, h.ask, coalesce(t.name, '') AS teammate, {_TALK}
FROM handoff h JOIN handoff_step s ON s.handoff_id = h.id LEFT JOIN teammate t ON t.id = s.teammate_id
{_WHERE.format(talk="h.conversation_id")} WHERE h.member_id = :member
"""
_DEEDS = f"""
SELECT d.id, d.verb, d.at, d.text, d.why, d.message_id, {_TALK} FROM moderation d
{_WHERE.format(talk="d.conversation_id")} WHERE d.member_id IN ({_HOMES}) AND d.state NOT IN ('undone', 'failed')
"""
_NOTES = "SELECT id, at, text FROM member_note WHERE member_id = :member"
_HELP = f"""
SELECT h.id, h.at, h.identity_id IN ({_THEIRS}) AS gave, coalesce(nullif(o.name, ''), nullif(i.name, ''), i.handle),
  m.text, {_TALK}
FROM (SELECT h.id FROM identity i JOIN help h ON h.identity_id = i.id WHERE i.member_id = :member
  UNION SELECT h.id FROM identity i JOIN help h ON h.helped_identity_id = i.id WHERE i.member_id = :member) x
JOIN help h ON h.id = x.id JOIN message m ON m.id = h.id
JOIN identity i ON i.id = CASE WHEN h.identity_id IN ({_THEIRS}) THEN h.helped_identity_id ELSE h.identity_id END
LEFT JOIN member o ON o.id = i.member_id {_WHERE.format(talk="m.conversation_id")}
WHERE i.member_id <> :member
"""
_INTRODUCTIONS = """
SELECT n.id, n.why, n.created_at, n.introduced_at, n.closed_at, n.outcome,
  CASE WHEN n.one_id = :member THEN q.name ELSE p.name END AS who
FROM introduction n JOIN member p ON p.id = n.one_id JOIN member q ON q.id = n.other_id
WHERE (n.one_id = :member OR n.other_id = :member) AND n.one_id <> n.other_id
"""
_QUARRELS = f"""
SELECT DISTINCT q.id, q.found_at, q.state, q.state_at, q.note, coalesce((SELECT group_concat(name, ', ') FROM (
    SELECT DISTINCT coalesce(nullif(p.name, ''), j.handle) AS name FROM quarrel_side z
    JOIN identity j ON j.id = z.identity_id JOIN member p ON p.id = j.member_id
    WHERE z.quarrel_id = q.id AND j.member_id <> :member ORDER BY name)), '') AS who, c.title, {_TALK}
FROM identity i JOIN quarrel_side s ON s.identity_id = i.id JOIN quarrel q ON q.id = s.quarrel_id
{_WHERE.format(talk="q.conversation_id")} WHERE i.member_id = :member AND q.state <> 'none'
"""
_WORKS = f"""
SELECT w.id, w.kind, w.title, w.state, w.created_at, w.asked_at, w.said_at, w.message_id, w.said_message_id, w.until_on,
  {_TALK}
FROM work w LEFT JOIN message m ON m.id = w.message_id {_WHERE.format(talk="m.conversation_id")}
WHERE w.member_id = :member
"""
_MERGES = """
SELECT g.id, g.at, g.parted_at, p.name FROM member_merge g JOIN member p ON p.id = g.gone_id WHERE g.kept_id = :member
"""


def events(conn: Connection, member_id: int, kinds: Collection[str]) -> Iterator[Entry]:
    """All entries of these kinds but messages, in no order."""
    for kind, read in _READERS.items():
        if kind in kinds:
            yield from read(conn, member_id)


def _gifts(conn: Connection, member: int) -> Iterator[Entry]:
    for number, item, why, state, noted, since, *talk in conn.execute(_GIFTS, {"member": member}):
        yield _entry(("gift", "idea"), number, noted, (item, why), talk)
        if state != "idea":
            yield _entry(("gift", state), number, since, (item, why), talk)


def _promises(conn: Connection, member: int) -> Iterator[Entry]:
    rows = conn.execute(_PROMISES, {"member": member})
    for number, what, why, made, kept, dropped, by, told, *talk in rows:
        yield _entry(("promise", "made"), number, made, (what, ""), talk, message=by)
        if why:
            yield _entry(("promise", "dropped"), number, dropped or made, (what, why), talk)
        elif kept is not None:
            yield _entry(("promise", "kept"), number, kept, (what, ""), talk, message=told)


def _handoffs(conn: Connection, member: int) -> Iterator[Entry]:
    for row in conn.execute(_HANDOFFS, {"member": member}):
        number, ask, answer, status, opened, updated, told, closed, why, answered, mate, by, told_by, *talk = row
        yield _entry(("handoff", "given"), number, opened, (ask, ""), talk, who=mate, message=by)
        if answered or status in ("solved", "declined"):
            yield _entry(("handoff", "answered"), number, updated, (ask, answer), talk, who=mate, message=told_by)
        if told is not None:
            yield _entry(("handoff", "told"), number, told, (ask, answer), talk, who=mate)
        elif closed is not None:
            yield _entry(("handoff", "closed"), number, closed, (ask, why), talk, who=mate)
    for number, step, at, ask, mate, *talk in conn.execute(_STEPS, {"member": member}):
        yield _entry(("handoff", step), number, at, (ask, ""), talk, who=mate)


def _deeds(conn: Connection, member: int) -> Iterator[Entry]:
    for number, verb, at, words, why, message, *talk in conn.execute(_DEEDS, {"member": member}):
        yield _entry(("moderation", verb), number, at, (why, words), talk, message=message)


def _notes(conn: Connection, member: int) -> Iterator[Entry]:
    for number, at, words in conn.execute(_NOTES, {"member": member}):
        yield _entry(("note", "noted"), number, at, ("", words), ("", "", None))


def _help(conn: Connection, member: int) -> Iterator[Entry]:
    for number, at, gave, who, words, *talk in conn.execute(_HELP, {"member": member}):
        yield _entry(("help", "gave" if gave else "got"), number, at, ("", words), talk, who=who, message=number)


def _introductions(conn: Connection, member: int) -> Iterator[Entry]:
    for number, why, planned, done, closed, outcome, who in conn.execute(_INTRODUCTIONS, {"member": member}):
        talk = ("", "", None)
        yield _entry(("introduction", "planned"), number, planned, (why, ""), talk, who=who)
        if done is not None:
            yield _entry(("introduction", "introduced"), number, done, (why, ""), talk, who=who)
        if closed is not None:
            yield _entry(("introduction", "closed"), number, closed, (why, outcome), talk, who=who)


def _quarrels(conn: Connection, member: int) -> Iterator[Entry]:
    for number, found, state, since, note, who, title, *talk in conn.execute(_QUARRELS, {"member": member}):
        if not who:  # the other side has gone with an import, or is the same person by now
            continue
        yield _entry(("quarrel", "found"), number, found, (title or "", ""), talk, who=who)
        if state == "settled":
            yield _entry(("quarrel", "settled"), number, since or found, (title or "", note), talk, who=who)


def _works(conn: Connection, member: int) -> Iterator[Entry]:
    for row in conn.execute(_WORKS, {"member": member}):
        number, kind, title, state, noted, asked, said, message, said_in, until, *talk = row
        yield _entry(("work", "noted"), number, noted, (title, ""), talk, message=message, detail=kind)
        if asked is not None:
            yield _entry(("work", "asked"), number, asked, (title, ""), talk, message=message, detail=kind)
        if state in ("granted", "refused", "withdrawn"):
            yield _entry(("work", state), number, said or noted, (title, until), talk, message=said_in, detail=kind)


def _merges(conn: Connection, member: int) -> Iterator[Entry]:
    for number, at, parted, who in conn.execute(_MERGES, {"member": member}):
        yield _entry(("merge", "merged"), number, at, ("", ""), ("", "", None), who=who)
        if parted is not None:
            yield _entry(("merge", "parted"), number, parted, ("", ""), ("", "", None), who=who)


_READERS = {
    "gift": _gifts, "promise": _promises, "handoff": _handoffs, "moderation": _deeds, "note": _notes, "help": _help,
    "introduction": _introductions, "quarrel": _quarrels, "work": _works, "merge": _merges,
}  # fmt: skip


def _entry(
    what: tuple[str, str], number: int, at: int, told: tuple[str | None, str | None],
    talk: Sequence[str | int | None], who: str = "", message: int | None = None, detail: str = "",
) -> Entry:  # fmt: skip
    """An entry of a kind and stage; `told` are its title and words, `talk` is where it was."""
    channel, account, conversation = talk
    title, words = (preview(text or "", _WORDS_CHARS) for text in told)
    where = conversation if isinstance(conversation, int) else None
    return Entry(*what, number, at, title, words, who, str(channel or ""), str(account or ""), where, message, detail)
