"""What a rule would erase now, and what it holds back, each with its reason. Reads only."""

from __future__ import annotations

import json
from datetime import datetime, time
from typing import NamedTuple

from app.base import clock
from app.base.words import forms
from app.retention.rule import ALL, FILES, LABEL, Rule, before
from app.store.sqlite import Connection

_MEGA = 1_000_000


def _by_talk(table: str, test: str, column: str = "conversation_id") -> str:
    return f"c.id IN (SELECT t.{column} FROM {table} t WHERE {test})"


def _by_message(table: str, test: str, column: str = "message_id") -> str:
    return f"c.id IN (SELECT m.conversation_id FROM {table} t JOIN message m ON m.id = t.{column} WHERE {test})"


def _by_member(table: str, test: str) -> str:
    """A row that is about no conversation, and about somebody who speaks in this one."""
    rows = f"FROM {table} t JOIN identity i ON i.member_id = t.member_id"
    return (
        f"c.id IN (SELECT m.conversation_id {rows} JOIN message m ON m.identity_id = i.id AND m.out = 0"
        f" WHERE t.conversation_id IS NULL AND {test} UNION SELECT k.id {rows}"
        f" JOIN conversation k ON k.identity_id = i.id WHERE t.conversation_id IS NULL AND {test})"
    )


_KEPT, _NOT_SENT = "1", "t.state IN ('held', 'queued', 'sending', 'failed', 'undecided')"
_PROMISED = "t.kept_at IS NULL AND t.dropped_at IS NULL AND t.dropped_why = ''"
_COMING = "t.state IN ('idea', 'approved', 'asked', 'address_in', 'to_ship', 'shipped')"
_DONE = "t.state <> 'undone'"
_UNDRAWN = "t.giveaway_id IN (SELECT w.id FROM giveaway w WHERE w.drawn_at IS NULL AND w.called_off_at IS NULL)"
_HELD: dict[str, str] = {
    "snoozed": "c.state = 'snoozed'",
    "not_done": "c.state <> 'done'",
    "draft": " OR ".join((
        _by_talk("draft", _KEPT), _by_talk("draft_beside", _KEPT), _by_talk("outgoing_file", _KEPT),
        "'C-' || c.id IN (SELECT k.subject FROM kept_form k)", _by_talk("letter_draft", _KEPT, "linked_id"),
        _by_message("letter_draft", _KEPT, "forwards_id"),
    )),
    "sending": _by_talk("outbox", _NOT_SENT),
    "handoff": f"{_by_talk('handoff', 't.closed_at IS NULL')} OR {_by_message('handoff', 't.closed_at IS NULL')}",
    "promise": " OR ".join((
        _by_talk("promise", _PROMISED), _by_message("promise", _PROMISED), _by_member("promise", _PROMISED),
    )),
    "gift": " OR ".join((
        _by_talk("gift", _COMING), _by_member("gift", _COMING),
        _by_message("gift_address", f"t.id IN (SELECT t.id FROM gift t WHERE {_COMING})"),
    )),
    "giveaway": " OR ".join((
        _by_message("giveaway_entry", _UNDRAWN),
        f"CAST(c.id AS TEXT) IN (SELECT t.value FROM giveaway_source t WHERE t.kind = 'conversation' AND {_UNDRAWN})",
    )),
    "moderation": f"{_by_talk('moderation', _DONE)} OR {_by_message('moderation', _DONE)}",
    "quarrel": _by_talk("quarrel", "t.state = 'open'"),
    "work": f"{_by_message('work', _KEPT)} OR {_by_message('work', _KEPT, 'said_message_id')}",
    "kept": (
        f"{_by_message('kind_word', _KEPT)}"
        " OR c.id IN (SELECT m.conversation_id FROM message m WHERE instr(m.mailbox, 'flagged') > 0)"
    ),
}  # fmt: skip
"""Why a conversation is held back, by SQL on a conversation `c`; the first that holds counts."""
HELD_WORDS = {
    "not_done": forms("{count} isn't done", "{count} aren't done"),
    "snoozed": forms("{count} is snoozed", "{count} are snoozed"),
    "draft": forms("{count} has a draft", "{count} have a draft"),
    "sending": forms("{count} has a reply that isn't sent yet", "{count} have a reply that isn't sent yet"),
    "handoff": forms("{count} has an open hand-off", "{count} have an open hand-off"),
    "promise": forms("{count} has an open promise", "{count} have an open promise"),
    "gift": forms("{count} has a gift under way", "{count} have a gift under way"),
    "giveaway": forms("{count} is in a give-away that isn't drawn", "{count} are in a give-away that isn't drawn"),
    "moderation": forms("{count} is in the moderation log", "{count} are in the moderation log"),
    "quarrel": forms("{count} is an open quarrel", "{count} are open quarrels"),
    "work": forms("{count} has a work of a member", "{count} have a work of a member"),
    "kept": forms("{count} has a starred letter or kind words", "{count} have a starred letter or kind words"),
}  # fmt: skip
_PLAIN = {
    "no_note": "p.note = '' AND NOT EXISTS (SELECT 1 FROM member_note n WHERE n.member_id = p.id)",
    "no_gift": "NOT EXISTS (SELECT 1 FROM gift g WHERE g.member_id = p.id)",
    "no_label": "NOT EXISTS (SELECT 1 FROM member_label l WHERE l.member_id = p.id)",
    LABEL: "EXISTS (SELECT 1 FROM member_label l WHERE l.member_id = p.id AND l.label_id = :label)",
}
_PLAIN["nothing"] = " AND ".join(f"({_PLAIN[one]})" for one in ("no_note", "no_gift", "no_label"))
_SPEAKERS = (
    "SELECT i.member_id FROM message m JOIN identity i ON i.id = m.identity_id"
    " WHERE m.conversation_id = c.id AND m.out = 0 UNION SELECT i.member_id FROM identity i WHERE i.id = c.identity_id"
)
_DONE_AT = "iif(c.state = 'done', max(c.last_at, coalesce(c.done_at, c.closed_itself_at, c.last_at)), c.last_at)"
_LARGE = (
    "EXISTS (SELECT 1 FROM attachment f JOIN message m ON m.id = f.message_id WHERE m.conversation_id = c.id"
    " AND f.sha256 <> x'' AND f.size > :bigger)"
)
_NEW = "(c.erased_at IS NULL OR c.last_at > c.erased_at) AND coalesce(c.remote_id, '') NOT GLOB 'forgotten *'"
_TALK = """
SELECT c.id, c.title, c.post_title, c.last_at, a.name AS place,
  coalesce(nullif(p.name, ''), nullif(i.name, ''), i.handle, '') AS who, i.member_id
FROM conversation c JOIN account a ON a.id = c.account_id LEFT JOIN identity i ON i.id = c.identity_id
LEFT JOIN member p ON p.id = i.member_id
WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.last_at, c.id
"""
_FILES = """
SELECT f.id, f.size FROM attachment f JOIN message m ON m.id = f.message_id
WHERE m.conversation_id IN (SELECT value FROM json_each(?1)) AND f.sha256 <> x'' AND f.size > ?2 ORDER BY f.id
"""
_SAID = """
SELECT count(*) AS messages, coalesce(sum(length(CAST(m.text AS BLOB))), 0) AS octets,
  coalesce(sum((SELECT sum(f.size) FROM attachment f WHERE f.message_id = m.id AND f.sha256 <> x'')), 0) AS files,
  coalesce(sum((SELECT length(r.bytes) FROM raw r WHERE r.message_id = m.id)), 0) AS originals
FROM message m WHERE m.conversation_id IN (SELECT value FROM json_each(?))
"""
_MEMBERS = """
SELECT count(DISTINCT i.member_id) FROM message m JOIN identity i ON i.id = m.identity_id
WHERE m.out = 0 AND m.conversation_id IN (SELECT value FROM json_each(?))
"""


class Due(NamedTuple):
    """A conversation that is due: who speaks with us where, and when its last word was said (Unix seconds)."""

    id: int
    who: str
    member_id: int | None
    place: str
    title: str
    last_at: int


class Trial(NamedTuple):
    """What a rule would erase now: its conversations, the longest silent first, and what they come to.

    `octets` are bytes of words, files and letters as they came; of a rule for files, of those files. `held` counts what
    it holds back, by reason: each conversation once. `files` are the files that a rule for files removes.
    """

    rule: Rule
    due: tuple[Due, ...]
    messages: int
    members: int
    files: tuple[int, ...]
    octets: int
    held: dict[str, int]

    @property
    def conversations(self) -> tuple[int, ...]:
        """Their ids."""
        return tuple(one.id for one in self.due)


def trial(conn: Connection, rule: Rule, now: int, among: Trial | None = None) -> Trial:
    """What the rule would erase at `now` (Unix seconds), and what it holds back.

    With `among`, of what it would erase only what was in that earlier trial as well.
    """
    talks, held = _sorted(conn, rule, now)
    if among is not None:
        talks = sorted(set(talks) & set(among.conversations))
    given = json.dumps(talks)
    due = tuple(
        Due(row["id"], row["who"], row["member_id"], row["place"], row["title"] or row["post_title"], row["last_at"])
        for row in conn.execute(_TALK, (given,))
    )
    members = int(conn.execute(_MEMBERS, (given,)).fetchone()[0])
    if rule.what == FILES:
        found = conn.execute(_FILES, (given, rule.bigger * _MEGA)).fetchall()
        if among is not None:
            found = [row for row in found if row["id"] in set(among.files)]
        files = tuple(int(row["id"]) for row in found)
        return Trial(rule, due, 0, members, files, sum(int(row["size"]) for row in found), held)
    said = conn.execute(_SAID, (given,)).fetchone()
    octets = int(said["octets"]) + int(said["files"]) + int(said["originals"])
    return Trial(rule, due, int(said["messages"]), members, (), octets, held)


def numbers(conn: Connection, rule: Rule, now: int) -> list[int]:
    """The conversations that are due by the rule, by their ids."""
    return _sorted(conn, rule, now)[0]


def _sorted(conn: Connection, rule: Rule, now: int) -> tuple[list[int], dict[str, int]]:
    """The conversations that are due, and by reason how many are held back."""
    day = before(rule.months, clock.local(now).date())
    given = {
        "before": clock.at_local(datetime.combine(day, time.min)), "channel": rule.channel,
        "account": rule.account_id, "label": rule.label_id, "bigger": rule.bigger * _MEGA,
    }  # fmt: skip
    tests = ["c.state <> 'empty'", f"{_DONE_AT} < :before", _NEW]
    if rule.account_id is not None:
        tests.append("c.account_id = :account")
    elif rule.channel:
        tests.append("c.account_id IN (SELECT a.id FROM account a WHERE a.kind = :channel)")
    if rule.what == FILES:
        tests.append(_LARGE)
    if rule.members != ALL:
        fits = f"SELECT p.id FROM member p WHERE {_PLAIN[rule.members]}"
        tests.append(f"NOT EXISTS (SELECT 1 FROM ({_SPEAKERS}) s WHERE s.member_id NOT IN ({fits}))")
        if rule.members == LABEL:
            tests.append(f"EXISTS ({_SPEAKERS})")
    whys = " ".join(f"WHEN {test} THEN '{why}'" for why, test in _HELD.items())
    rows = conn.execute(
        f"SELECT c.id, CASE {whys} ELSE '' END AS why FROM conversation c WHERE {' AND '.join(tests)}", given
    )
    due: list[int] = []
    held: dict[str, int] = {}
    for number, why in rows:
        if why:
            held[why] = held.get(why, 0) + 1
        else:
            due.append(int(number))
    return sorted(due), {why: held[why] for why in HELD_WORDS if why in held}
