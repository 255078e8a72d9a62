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

TABLES = {
    "member-labels": _LABELS, "member-notes": _NOTES, "member-fields": _FIELDS, "member-values": _VALUES,
    "works": _WORKS,
}  # fmt: skip
