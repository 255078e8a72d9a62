"""Tables of what the person adds about members, each as one file: see `app.export.records`."""

from __future__ import annotations

from app.export.records import Table, iso

_LABELS = Table(
    ("identifier", "member", "label"),
    """
SELECT 'P-' || m.member_id, p.name, l.name FROM {source} JOIN member p ON p.id = m.member_id
JOIN label l ON l.id = m.label_id {where} ORDER BY {order}
""",
    "member_label m",
)
_NOTES = Table(
    ("identifier", "member", "at", "note"),
    f"""
SELECT 'P-' || n.member_id, p.name, {iso("n.at")}, n.text FROM {{source}} JOIN member p ON p.id = n.member_id
{{where}} ORDER BY {{order}}
""",
    "member_note n",
    "n.at",
)
_FIELDS = Table(
    ("field", "place", "members"),
    """
SELECT f.name, f.position, (SELECT count(*) FROM member_value v WHERE v.field_id = f.id)
FROM {source} {where} ORDER BY {order}
""",
    "member_field f",
)
_VALUES = Table(
    ("identifier", "member", "field", "value"),
    """
SELECT 'P-' || v.member_id, p.name, f.name, v.value FROM {source} JOIN member p ON p.id = v.member_id
JOIN member_field f ON f.id = v.field_id {where} ORDER BY {order}
""",
    "member_value v",
)
_WORKS = Table(
    ("work", "identifier", "member", "kind", "title", "status", "for", "credit", "until", "words", "page", "message",
     "noted_at", "asked_at", "said_at", "said_in", "note", "file_sha256"),
    f"""
SELECT 'W-' || w.id, 'P-' || w.member_id, p.name, w.kind, w.title, w.state, w.for_what, w.credit, w.until_on, w.excerpt,
  w.url, 'M-' || w.message_id, {iso("w.created_at")}, {iso("w.asked_at")}, {iso("w.said_at")},
  'M-' || w.said_message_id, w.note, w.sha256
FROM {{source}} JOIN member p ON p.id = w.member_id {{where}} ORDER BY {{order}}
""",
    "work w",
    "w.created_at",
)  # fmt: skip

_LISTS = Table(
    ("list", "asked", "place"),
    "SELECT m.name, m.asked, m.position FROM {source} {where} ORDER BY {order}",
    "member_list m",
)
_MERGES = Table(
    ("identifier", "member", "merged_identifier", "merged", "at", "parted_at", "before", "after", "moved"),
    f"""
SELECT 'P-' || g.kept_id, k.name, 'P-' || g.gone_id, o.name, {iso("g.at")}, {iso("g.parted_at")}, g.before, g.after,
  g.moved
FROM {{source}} JOIN member k ON k.id = g.kept_id JOIN member o ON o.id = g.gone_id {{where}} ORDER BY {{order}}
""",
    "member_merge g",
    "g.at",
)
_APART = Table(
    ("identifier", "member", "other_identifier", "other", "at", "why"),
    f"""
SELECT 'P-' || x.one_id, p.name, 'P-' || x.other_id, q.name, {iso("x.at")}, x.why
FROM {{source}} JOIN member p ON p.id = x.one_id JOIN member q ON q.id = x.other_id {{where}} ORDER BY {{order}}
""",
    "member_apart x",
    "x.at",
)
_HELP = Table(
    ("message_id", "helper", "helped", "at", "by_hand"),
    f"""
SELECT 'M-' || h.id, 'P-' || i.member_id, 'P-' || o.member_id, {iso("h.at")}, iif(h.by_hand, 'yes', '')
FROM {{source}} JOIN identity i ON i.id = h.identity_id JOIN identity o ON o.id = h.helped_identity_id
{{where}} ORDER BY {{order}}
""",
    "help h",
    "h.at",
)
_NO_HELP = Table(
    ("message_id", "at"),
    f"SELECT 'M-' || n.id, {iso('n.at')} FROM {{source}} {{where}} ORDER BY {{order}}",
    "no_help n",
    "n.at",
)
_INTRODUCTIONS = Table(
    ("identifier", "member", "said", "other_identifier", "other", "other_said", "why", "created_at", "asked_at",
     "other_asked_at", "introduced_at", "what_came_of_it", "closed_at"),
    f"""
SELECT 'P-' || n.one_id, p.name, n.one_said, 'P-' || n.other_id, q.name, n.other_said, n.why, {iso("n.created_at")},
  {iso("n.one_asked_at")}, {iso("n.other_asked_at")}, {iso("n.introduced_at")}, n.outcome, {iso("n.closed_at")}
FROM {{source}} JOIN member p ON p.id = n.one_id JOIN member q ON q.id = n.other_id {{where}} ORDER BY {{order}}
""",
    "introduction n",
    "n.created_at",
)  # fmt: skip
_QUARRELS = Table(
    ("conversation_id", "found_at", "by_hand", "status", "status_at", "note", "side"),
    f"""
SELECT 'C-' || q.conversation_id, {iso("q.found_at")}, iif(q.by_hand, 'yes', ''), q.state, {iso("q.state_at")}, q.note,
  (SELECT 'P-' || i.member_id FROM identity i WHERE i.id = s.identity_id)
FROM {{source}} LEFT JOIN quarrel_side s ON s.quarrel_id = q.id {{where}} ORDER BY {{order}}, s.id
""",
    "quarrel q",
    "q.found_at",
)
_FORGOTTEN = Table(
    ("forgetting", "identifier", "at", "receipt"),
    f"SELECT g.id, 'P-' || g.member_id, {iso('g.at')}, g.receipt FROM {{source}} {{where}} ORDER BY {{order}}",
    "forgotten g",
    "g.at",
)

TABLES = {
    "member-lists": _LISTS, "merges": _MERGES, "not-the-same": _APART, "helps": _HELP, "no-helps": _NO_HELP,
    "introductions": _INTRODUCTIONS, "quarrels": _QUARRELS,
    "member-labels": _LABELS, "member-notes": _NOTES, "member-fields": _FIELDS, "member-values": _VALUES,
    "works": _WORKS, "forgotten": _FORGOTTEN,
}  # fmt: skip
