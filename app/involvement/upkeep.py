"""Keeps the tables `activity` and `involvement` in step with the messages, in every transaction that touches those.

TEMP triggers note what is touched, so nobody can forget. At the end of the transaction new messages that are the latest
of their writer are added to the figures; whoever else was touched (older messages came in, some were removed, moved or
given to somebody else) is counted anew, from an index alone.
"""

from __future__ import annotations

from app.base import clock
from app.involvement.levels import LEVEL, thresholds
from app.store.sqlite import Connection, scalar

DEED = "m.identity_id IS NOT NULL AND m.out = 0 AND m.quiet IN ('', 'list', 'closer', 'rule')"
"""SQL on a message `m`: whether it is its writer's deed, and no program's; the index `message_deed` has just these."""
DAY_IDS = 46_080
"""Ids of messages in a day: 32 for each minute (docs/decisions/0001). Days are of UTC."""
AWAY_DAYS = 14
"""Who writes again after so many days has been away; the setting for silence is no shorter."""
_ALL = 0
"""In place of a member or an identity: everybody."""
_GAP = f"id / {DAY_IDS} - before / {DAY_IDS}"
_BACK = f"max(CASE WHEN {_GAP} >= {AWAY_DAYS} THEN id << 16 | {_GAP} END)"
"""The last message after which somebody was back, and in its 16 lower bits how many days they had been away."""
_IS_DEED = DEED.replace("m.", "NEW.")
_CHANGED = (
    "OLD.identity_id IS NOT NEW.identity_id OR OLD.out <> NEW.out OR OLD.quiet <> NEW.quiet"
    " OR OLD.conversation_id <> NEW.conversation_id"
)
_OTHER_FIRST = "OLD.identity_id IS NOT NEW.identity_id"


_NOTE = (
    "INSERT INTO involved_TABLE SELECT VALUE WHERE VALUE IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM involved_TABLE WHERE id = VALUE)"
)


def _note(table: str, *values: str) -> tuple[str, ...]:
    """Statements of a trigger that note ids once; NULL is none.

    Not by OR IGNORE: a trigger takes over the way in which the statement that made it run handles conflicts.
    """
    return tuple(_NOTE.replace("TABLE", table).replace("VALUE", value) for value in values)


_NOTE_BOTH = _note("who", "OLD.identity_id", "NEW.identity_id")
_WRITER = "(SELECT identity_id FROM message WHERE id = {row}.message_id)"
_NOTE_NEW = (
    f"INSERT INTO involved_new VALUES (NEW.id, CASE WHEN {_IS_DEED} THEN NEW.identity_id END,"
    " NEW.conversation_id, NEW.quiet = 'closer')"
)
_TABLES = (
    # new messages; `identity_id` is NULL where it is nobody's deed
    "involved_new (id INTEGER PRIMARY KEY, identity_id INTEGER, conversation_id INTEGER NOT NULL, cheer INTEGER)",
    "involved_talk (id INTEGER PRIMARY KEY)",  # conversations that may begin with another message now
    "involved_who (id INTEGER PRIMARY KEY)",  # identities to count anew
    "involved_part (id INTEGER PRIMARY KEY)",  # identities of which only help and cheers are to be counted anew
    "involved_member (id INTEGER PRIMARY KEY)",  # members whose level may be another
    "involved_level (id INTEGER PRIMARY KEY, level TEXT NOT NULL, since INTEGER NOT NULL)",
)
_TRIGGERS = {
    "message_insert AFTER INSERT ON main.message": (_NOTE_NEW,),
    f"message_update AFTER UPDATE OF identity_id, out, quiet, conversation_id ON main.message WHEN {_CHANGED}": (
        *_NOTE_BOTH,
        *_note("talk", "OLD.conversation_id", "NEW.conversation_id"),
    ),
    "message_delete AFTER DELETE ON main.message": (
        "DELETE FROM involved_new WHERE id = OLD.id",
        *_note("who", "OLD.identity_id"),
        *_note("talk", "OLD.conversation_id"),
    ),
    f"conversation_update AFTER UPDATE OF identity_id ON main.conversation WHEN {_OTHER_FIRST}": _NOTE_BOTH,
    "conversation_delete AFTER DELETE ON main.conversation": _note("who", "OLD.identity_id"),
    "help_insert AFTER INSERT ON main.help": _note("part", "NEW.identity_id"),
    "help_update AFTER UPDATE ON main.help": _note("part", "OLD.identity_id", "NEW.identity_id"),
    "help_delete AFTER DELETE ON main.help": _note("part", "OLD.identity_id"),
    "kind_insert AFTER INSERT ON main.kind_word": _note("part", _WRITER.format(row="NEW")),
    "kind_delete AFTER DELETE ON main.kind_word": _note("part", _WRITER.format(row="OLD")),
    "identity_update AFTER UPDATE OF member_id ON main.identity WHEN OLD.member_id <> NEW.member_id": _note(
        "member", "OLD.member_id", "NEW.member_id"
    ),
    "identity_delete AFTER DELETE ON main.identity": _note("member", "OLD.member_id"),
    "member_insert AFTER INSERT ON main.member WHEN NEW.pinned <> ''": _note("member", "NEW.id"),
    "member_update AFTER UPDATE OF kind, pinned, merged_into ON main.member": _note("member", "NEW.id"),
    **{
        f"setting_{what} AFTER {what} ON main.setting WHEN {row}.key GLOB 'involved_*'": _note("member", str(_ALL))
        for what, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
    },
}

_TOUCHED = """
SELECT EXISTS (SELECT 1 FROM temp.involved_new) OR EXISTS (SELECT 1 FROM temp.involved_who)
  OR EXISTS (SELECT 1 FROM temp.involved_talk) OR EXISTS (SELECT 1 FROM temp.involved_part)
  OR EXISTS (SELECT 1 FROM temp.involved_member)
"""
_MAY_BEGIN = """
INSERT OR IGNORE INTO temp.involved_who SELECT c.identity_id FROM temp.involved_talk t
CROSS JOIN main.conversation c ON c.id = t.id WHERE c.identity_id IS NOT NULL
"""
_BEGIN_EARLIER = """
INSERT OR IGNORE INTO temp.involved_who SELECT c.identity_id
FROM (SELECT conversation_id, min(id) AS first, count(*) AS many FROM temp.involved_new GROUP BY 1) n
CROSS JOIN main.conversation c ON c.id = n.conversation_id
WHERE c.identity_id IS NOT NULL AND n.first = (SELECT min(id) FROM main.message WHERE conversation_id = c.id)
  AND n.many < (SELECT count(*) FROM main.message WHERE conversation_id = c.id)
"""
"""An older message than those that were there is where a conversation begins now."""
_NOT_IN_ORDER = f"""
INSERT OR IGNORE INTO temp.involved_who SELECT n.identity_id
FROM (SELECT identity_id, min(id) AS first FROM temp.involved_new WHERE identity_id IS NOT NULL GROUP BY 1) n
LEFT JOIN main.activity a ON a.id = n.identity_id
WHERE a.id IS NULL OR EXISTS (SELECT 1 FROM main.message m INDEXED BY message_deed WHERE {DEED}
  AND m.identity_id = n.identity_id AND m.id > n.first AND m.id NOT IN (SELECT id FROM temp.involved_new))
"""
"""Whose new messages are not all later than those that are known, or of whom nothing is known."""
_ADD = f"""
WITH said AS (
  SELECT n.identity_id, n.id, n.cheer, (SELECT max(m.id) FROM main.message m INDEXED BY message_deed WHERE {DEED}
      AND m.identity_id = n.identity_id AND m.id < n.id) AS before,
    EXISTS (SELECT 1 FROM main.conversation c WHERE c.id = n.conversation_id AND c.identity_id = n.identity_id
      AND n.id = (SELECT min(id) FROM main.message WHERE conversation_id = c.id)) AS begins
  FROM temp.involved_new n WHERE n.identity_id IS NOT NULL AND n.identity_id NOT IN (SELECT id FROM temp.involved_who)
), added AS (
  SELECT identity_id, count(*) AS messages, sum(before / {DAY_IDS} < id / {DAY_IDS}) AS days, max(id) AS last,
    sum(begins) AS started, sum(cheer) AS cheered,
    {_BACK} AS back
  FROM said GROUP BY 1
)
UPDATE main.activity SET messages = activity.messages + d.messages, days = activity.days + d.days,
  started = activity.started + d.started, cheered = activity.cheered + d.cheered,
  last_day = coalesce(date(d.last / {DAY_IDS} * 86400, 'unixepoch'), ''),
  last_at = (SELECT at FROM main.message WHERE id = d.last),
  came_back_at = coalesce((SELECT at FROM main.message WHERE id = d.back >> 16), activity.came_back_at),
  was_away_days = coalesce(d.back & 65535, activity.was_away_days)
FROM added d WHERE activity.id = d.identity_id
"""
_FORGET = "DELETE FROM main.activity WHERE id IN (SELECT id FROM temp.involved_who)"
_FORGET_ALL = "DELETE FROM main.activity"
_SAID = f"""
SELECT m.identity_id, m.id, lag(m.id) OVER (PARTITION BY m.identity_id ORDER BY m.id) AS before
FROM temp.involved_who w CROSS JOIN main.message m INDEXED BY message_deed ON m.identity_id = w.id WHERE {DEED}
"""
_ALL_SAID = f"""
SELECT m.identity_id, m.id, lag(m.id) OVER (PARTITION BY m.identity_id ORDER BY m.id) AS before
FROM main.message m INDEXED BY message_deed WHERE {DEED}
"""
_COUNT = f"""
WITH counted AS (
  SELECT identity_id, count(*) AS messages, sum(before IS NULL OR before / {DAY_IDS} < id / {DAY_IDS}) AS days,
    min(id) AS first, max(id) AS last, {_BACK} AS back
  FROM ({{said}}) GROUP BY 1
)
INSERT INTO main.activity (id, messages, started, helped, cheered, days, last_day, first_at, last_at, came_back_at,
  was_away_days)
SELECT d.identity_id, d.messages,
  (SELECT count(*) FROM main.conversation c WHERE c.identity_id = d.identity_id AND EXISTS (
    SELECT 1 FROM main.message m INDEXED BY message_deed WHERE {DEED} AND m.identity_id = c.identity_id
      AND m.id = (SELECT min(id) FROM main.message WHERE conversation_id = c.id))),
  0, 0, d.days, coalesce(date(d.last / {DAY_IDS} * 86400, 'unixepoch'), ''),
  (SELECT at FROM main.message WHERE id = d.first),
  (SELECT at FROM main.message WHERE id = d.last), (SELECT at FROM main.message WHERE id = d.back >> 16),
  coalesce(d.back & 65535, 0)
FROM counted d
"""
_PART = """
UPDATE main.activity SET helped = (SELECT count(*) FROM main.help WHERE identity_id = activity.id),
  cheered = (SELECT count(*) FROM main.message m INDEXED BY message_cheer WHERE m.identity_id IS NOT NULL
      AND m.quiet = 'closer' AND m.identity_id = activity.id AND m.out = 0)
    + (SELECT count(*) FROM temp.involved_kind k WHERE k.identity_id = activity.id)
WHERE id IN (SELECT id FROM temp.involved_part UNION ALL SELECT id FROM temp.involved_who)
"""
_ALL_PARTS = "INSERT OR IGNORE INTO temp.involved_part SELECT id FROM main.activity"
_KIND = """
INSERT INTO temp.involved_kind SELECT m.identity_id
FROM main.kind_word k CROSS JOIN main.message m ON m.id = k.message_id
WHERE m.identity_id IS NOT NULL AND m.quiet <> 'closer' AND m.out = 0
"""
_MEMBERS = """
INSERT OR IGNORE INTO temp.involved_member SELECT member_id FROM main.identity WHERE id IN (
  SELECT identity_id FROM temp.involved_new UNION ALL SELECT id FROM temp.involved_who
  UNION ALL SELECT id FROM temp.involved_part)
"""
_EVERYBODY = "INSERT OR IGNORE INTO temp.involved_member SELECT id FROM main.member"
_SUMS = """
SELECT i.member_id, sum(a.messages) AS messages, sum(a.days) AS days, sum(a.started) AS started,
  sum(a.helped) AS helped, sum(a.cheered) AS cheered, max(a.last_at) AS last_at
FROM temp.involved_member t CROSS JOIN main.identity i ON i.member_id = t.id CROSS JOIN main.activity a ON a.id = i.id
GROUP BY 1
"""
_NO_LEVEL = """
DELETE FROM main.involvement WHERE id IN (SELECT t.id FROM temp.involved_member t
  CROSS JOIN main.involvement v ON v.id = t.id LEFT JOIN temp.involved_level l ON l.id = t.id WHERE l.id IS NULL)
"""
_LEVELS = f"""
INSERT INTO temp.involved_level (id, level, since)
SELECT p.id, CASE WHEN p.pinned <> '' THEN p.pinned ELSE {LEVEL} END, coalesce(s.last_at, :now)
FROM temp.involved_member t CROSS JOIN main.member p ON p.id = t.id LEFT JOIN ({_SUMS}) s ON s.member_id = p.id
WHERE p.merged_into IS NULL AND p.kind <> 'staff' AND (p.pinned <> '' OR s.messages > 0)
"""
_CHANGE_LEVELS = """
UPDATE main.involvement
SET (level, since) = (SELECT l.level, l.since FROM temp.involved_level l WHERE l.id = involvement.id)
WHERE id IN (SELECT l.id FROM temp.involved_level l CROSS JOIN main.involvement v ON v.id = l.id
  WHERE l.level <> v.level)
"""
_ADD_LEVELS = """
INSERT INTO main.involvement (id, level, since) SELECT id, level, since FROM temp.involved_level l
WHERE NOT EXISTS (SELECT 1 FROM main.involvement v WHERE v.id = l.id)
"""


def watch(conn: Connection) -> None:
    """Create the triggers on a writing connection."""
    tables = [f"CREATE TEMP TABLE {table};" for table in (*_TABLES, "involved_kind (identity_id INTEGER NOT NULL)")]
    tables.append("CREATE INDEX temp.involved_kind_identity ON involved_kind(identity_id);")
    triggers = [
        f"CREATE TEMP TRIGGER involved_{head} BEGIN {'; '.join(deeds)}; END;" for head, deeds in _TRIGGERS.items()
    ]
    conn.executescript("\n".join([*tables, *triggers]))  # a script: no statement that is kept compiled makes way


def settle(conn: Connection) -> None:
    """Bring both tables up to date with what the open transaction has touched."""
    if not scalar(conn, _TOUCHED):
        return
    _count_activity(conn)
    conn.execute(_MEMBERS)
    if scalar(conn, "SELECT EXISTS (SELECT 1 FROM temp.involved_member WHERE id = ?)", (_ALL,)):
        conn.execute(_EVERYBODY)
    conn.execute(_LEVELS, {**thresholds(conn)._asdict(), "now": clock.now()})
    conn.execute(_NO_LEVEL)
    conn.execute(_CHANGE_LEVELS)
    conn.execute(_ADD_LEVELS)
    conn.execute("DELETE FROM temp.involved_level")
    for table in ("involved_new", "involved_talk", "involved_who", "involved_part", "involved_member"):
        conn.execute(f"DELETE FROM temp.{table}")


def _count_activity(conn: Connection) -> None:
    if scalar(conn, "SELECT EXISTS (SELECT 1 FROM temp.involved_who WHERE id = ?)", (_ALL,)):
        conn.execute(_FORGET_ALL)
        conn.execute(_COUNT.format(said=_ALL_SAID))
        conn.execute(_ALL_PARTS)
        conn.execute("INSERT OR IGNORE INTO temp.involved_member VALUES (?)", (_ALL,))
    else:
        for statement in (_MAY_BEGIN, _BEGIN_EARLIER, _NOT_IN_ORDER, _ADD, _FORGET):
            conn.execute(statement)
        conn.execute(_COUNT.format(said=_SAID))
    if scalar(conn, "SELECT EXISTS (SELECT 1 FROM temp.involved_part) OR EXISTS (SELECT 1 FROM temp.involved_who)"):
        conn.execute(_KIND)
        conn.execute(_PART)
        conn.execute("DELETE FROM temp.involved_kind")


def count_all_anew(conn: Connection) -> None:
    """Have all figures counted anew when the transaction ends, by one statement for each table."""
    conn.execute("INSERT OR IGNORE INTO temp.involved_who VALUES (?)", (_ALL,))


def count_anew(conn: Connection, after: int, many: int) -> int | None:
    """Have the figures of the next identities counted anew when the transaction ends; returns the last of them.

    None when there are no more after the identity `after`.
    """
    rows = conn.execute("SELECT id FROM identity WHERE id > ? ORDER BY id LIMIT ?", (after, many)).fetchall()
    conn.executemany("INSERT OR IGNORE INTO temp.involved_who VALUES (?)", rows)
    return int(rows[-1]["id"]) if rows else None
