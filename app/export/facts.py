"""Tables of facts, of who was told them, and of embargoed subjects: see `app.export.records`."""

from __future__ import annotations

from app.export.records import Table, iso

_FACTS = Table(
    ("fact", "name", "language", "value", "since", "until", "reworded", "owner", "source", "look_on", "embargo",
     "created_at", "removed_at"),
    f"""
SELECT f.key, f.name, v.language, v.words, {iso("v.since")}, {iso("v.until")}, iif(v.is_wording, 'yes', ''), f.owner,
  f.source, f.look_on, f.embargo_id, {iso("f.created_at")}, {iso("f.removed_at")}
FROM {{source}} LEFT JOIN fact_value v ON v.fact_id = f.id {{where}} ORDER BY {{order}}, v.id
""",
    "fact f",
    "f.created_at",
)  # fmt: skip
_TOLD = Table(
    ("fact", "value", "identifier", "conversation_id", "message_id", "at", "left_at"),
    f"""
SELECT f.key, v.words, 'P-' || i.member_id, 'C-' || coalesce(m.conversation_id, o.conversation_id), 'M-' || m.id,
  {iso("t.at")}, {iso("t.settled_at")}
FROM {{source}} JOIN fact_value v ON v.id = t.value_id JOIN fact f ON f.id = v.fact_id
LEFT JOIN outbox o ON o.id = t.outbox_id LEFT JOIN message m ON m.id = coalesce(o.message_id, t.message_id)
LEFT JOIN identity i ON i.id = t.identity_id {{where}} ORDER BY {{order}}
""",
    "fact_told t",
    "t.at",
)
_EMBARGOES = Table(
    ("embargo", "subject", "words", "until", "language", "news", "created_at", "lifted_at"),
    f"""
SELECT e.id, e.subject, (SELECT r.words FROM voice_rule r WHERE r.id = e.rule_id), {iso("e.releases_at")}, n.language,
  n.words, {iso("e.created_at")}, {iso("e.removed_at")}
FROM {{source}} LEFT JOIN embargo_news n ON n.embargo_id = e.id {{where}} ORDER BY {{order}}, n.id
""",
    "embargo e",
    "e.created_at",
)

TABLES = {"facts": _FACTS, "facts-told": _TOLD, "embargoes": _EMBARGOES}
