"""Does what rules say with messages that came in, and takes it back. Runs in the transaction of the caller.

A message is hit by a rule at most once, for good: a hit that was undone is not made again. `rule_hit.did` says what
was done and how it was before, so that each can be taken back by itself. Where two hits wanted the same, it stays
until both are undone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from types import MappingProxyType
from typing import Any, NamedTuple

from app.base import clock
from app.base.clock import Hours
from app.inbox import by_rule
from app.inbox.by_rule import Decided
from app.inbox.quiet import RULE
from app.inbox.snooze import until
from app.intake.messages import set_quiet
from app.rules.facts import Asked
from app.rules.reading import Heard, these
from app.rules.rule import Rule, conditions_of, deeds_of
from app.store.sqlite import Connection, Row, scalar

LEFT = "left"
"""Key of `did`: it was neither snoozed nor moved to Quiet (see `app.inbox.by_rule.may_sink`)."""
SELECT = """
SELECT r.id, r.name, r.conditions, r.deeds, r.active, r.place, r.created_at,
  (SELECT count(*) FROM rule_hit h WHERE h.rule_id = r.id AND h.undone_at IS NULL) FROM rule r
"""
ORDER = " ORDER BY r.place, r.id"


def rule_of(row: tuple[int, str, str, str, int, int, int, int]) -> Rule:
    """A rule from a row of SELECT."""
    number, name, conditions, deeds, active, place, at, hits = row
    return Rule(number, name, conditions_of(conditions), deeds_of(deeds), bool(active), place, at, hits)


class Came(NamedTuple):
    """What came in at once: the ids of the messages, and what had been decided about their conversations before."""

    messages: Sequence[int] = ()
    decided: Mapping[int, Decided] = MappingProxyType({})


def arrived(conn: Connection, messages: Sequence[int], decided: Mapping[int, Decided], now: int) -> None:
    """Apply the rules that are on to messages that have just come in, in their order; `now` is Unix seconds.

    `decided` is what had been decided about their conversations. One that was only reopened by what a rule makes quiet
    is done, or snoozed, as before.
    """
    rules = [rule_of(row) for row in conn.execute(f"{SELECT} WHERE r.active = 1{ORDER}")]
    if rules:
        heard = these(conn, messages)
        for rule in rules:
            apply(conn, rule, heard, now, Came(messages, decided))


def apply(conn: Connection, rule: Rule, heard: Iterable[Heard], now: int, came: Came = Came()) -> int:  # noqa: B008
    """Apply a rule to those of these messages that it has not hit yet; returns how many it hit."""
    asked, many, hours = Asked(rule.conditions), 0, _hours(conn)
    for message in heard:
        if asked.matches(message.facts) and not _is_known(conn, rule.id, message.id):
            did = _do(conn, rule, message, came, (now, hours))
            conn.execute(
                "INSERT INTO rule_hit (rule_id, message_id, conversation_id, at, did) VALUES (?, ?, ?, ?, ?)",
                (rule.id, message.id, message.conversation_id, now, _packed(did)),
            )
            many += 1
    return many


def _is_known(conn: Connection, rule_id: int, message_id: int) -> bool:
    sql = "SELECT EXISTS (SELECT 1 FROM rule_hit WHERE rule_id = ? AND message_id = ?)"
    return bool(scalar(conn, sql, (rule_id, message_id)))


def _packed(did: dict[str, Any]) -> str:
    return json.dumps(did, ensure_ascii=False, sort_keys=True)


def _do(conn: Connection, rule: Rule, message: Heard, came: Came, moment: tuple[int, Hours]) -> dict[str, Any]:
    """Do all that the rule says; what was done, and how it was before."""
    deeds, number = rule.deeds, message.conversation_id
    did: dict[str, Any] = {}
    if deeds.label:
        did["label"] = {"what": deeds.label, "changed": by_rule.label(conn, number, deeds.label)}
    if deeds.unhappy:
        did["unhappy"] = {"changed": by_rule.mark_unhappy(conn, number, on=True)}
    if (deeds.snooze or deeds.quiet) and not by_rule.may_sink(conn, number):
        did[LEFT] = True
    elif deeds.snooze:
        now, hours = moment
        back, before = until(deeds.snooze, clock.local(now), hours), by_rule.snoozed_until(conn, number)
        by_rule.snooze(conn, number, back)
        did["snooze"] = {"until": back, "before": before, "changed": True}
    elif deeds.quiet:
        did["quiet"] = _make_quiet(conn, message, came)
    if deeds.template:
        did["template"] = {"what": deeds.template}
    if deeds.teammate_id is not None:
        did["teammate"] = {"what": deeds.teammate_id}
    return did


def _make_quiet(conn: Connection, message: Heard, came: Came) -> dict[str, Any]:
    if scalar(conn, "SELECT quiet FROM message WHERE id = ?", (message.id,)):
        return {"changed": False}
    number = message.conversation_id
    set_quiet(conn, message.id, RULE)
    by_rule.heard(conn, number)
    before = came.decided.get(number)
    if before is None or not by_rule.decide_again(conn, number, before, came.messages):
        return {"changed": True}
    return {"changed": True, "before": before}


def take_back(conn: Connection, hit: Row, now: int) -> None:
    """Undo a hit (a row of `rule_hit`): what it changed is as before, unless somebody has changed it since."""
    conn.execute("UPDATE rule_hit SET undone_at = ? WHERE id = ?", (now, hit["id"]))
    number, did = int(hit["conversation_id"]), json.loads(hit["did"])
    for key in ("label", "unhappy", "snooze", "quiet"):
        done = did.get(key)
        if done and done["changed"] and not _is_wanted_besides(conn, hit, key, done):
            _put_back(conn, key, done, number, int(hit["message_id"]), now)


def _put_back(conn: Connection, key: str, done: dict[str, Any], number: int, message_id: int, now: int) -> None:
    if key == "label":
        by_rule.unlabel(conn, number, done["what"])
    elif key == "unhappy":
        by_rule.mark_unhappy(conn, number, on=False)
    elif key == "snooze" and by_rule.snoozed_until(conn, number) == done["until"]:
        before = done["before"]
        by_rule.snooze(conn, number, before if before is not None and before > now else None)
    elif key == "quiet" and scalar(conn, "SELECT quiet FROM message WHERE id = ?", (message_id,)) == RULE:
        set_quiet(conn, message_id, "")
        if "before" in done:
            by_rule.open_again(conn, number, Decided(*done["before"]))
        by_rule.heard(conn, number)


def _is_wanted_besides(conn: Connection, hit: Row, key: str, done: dict[str, Any]) -> bool:
    """Whether another hit that stands wanted the same; then that one takes it back when it is undone."""
    rows = conn.execute(
        "SELECT id, message_id, did FROM rule_hit WHERE conversation_id = ? AND id <> ? AND undone_at IS NULL"
        " ORDER BY id",
        (hit["conversation_id"], hit["id"]),
    ).fetchall()
    for row in rows:
        other = json.loads(row["did"])
        theirs = other.get(key)
        if theirs is None or (key == "quiet" and row["message_id"] != hit["message_id"]):
            continue
        if key == "snooze":
            if theirs.get("before") != done["until"]:
                continue
            theirs["before"] = done["before"]  # it came later, and knows only what this one had set
        elif theirs.get("what") != done.get("what"):
            continue
        theirs["changed"] = True
        conn.execute("UPDATE rule_hit SET did = ? WHERE id = ?", (_packed(other), row["id"]))
        return True
    return False


def _hours(conn: Connection) -> Hours:
    """When a morning begins, and how far "later today" is away."""
    known = {
        row["key"]: int(row["value"])
        for row in conn.execute("SELECT key, value FROM setting WHERE key IN ('morning_hour', 'later_hours')")
        if str(row["value"]).isdecimal()
    }
    usual = Hours()
    morning = min(max(known.get("morning_hour", usual.morning.hour), 0), 23)
    return Hours(time(morning), max(1, known.get("later_hours", usual.later)))


def move_hits(conn: Connection, gone: int, kept: int, messages: Sequence[int] | None) -> None:
    """Give the hits in one conversation to another; with `messages`, only those of these."""
    conn.execute(
        "UPDATE rule_hit SET conversation_id = ?1 WHERE conversation_id = ?2"
        " AND (?3 IS NULL OR message_id IN (SELECT value FROM json_each(?3)))",
        (kept, gone, None if messages is None else json.dumps(list(messages))),
    )
