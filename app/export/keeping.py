"""Rules of keeping and the receipts of their runs, as tables of a file."""

from __future__ import annotations

from app.export.records import Table, iso

_RULES = Table(
    ("rule", "what", "months", "files_above_mb", "channel", "account", "members", "label", "created_at"),
    f"""
SELECT k.id, k.what, k.months, nullif(k.bigger, 0), k.channel, a.name, k.members, l.name, {iso("k.created_at")}
FROM {{source}} LEFT JOIN account a ON a.id = k.account_id LEFT JOIN label l ON l.id = k.label_id
{{where}} ORDER BY {{order}}
""",
    "keep_rule k",
)
_RUNS = Table(
    ("run", "at", "receipt"),
    f"SELECT g.id, {iso('g.at')}, g.receipt FROM {{source}} {{where}} ORDER BY {{order}}",
    "keep_run g",
    "g.at",
)
TABLES = {"keeping-rules": _RULES, "keeping-runs": _RUNS}
