"""Tables of templates: their texts, what these said before, and their uses. See `app.export.records`."""

from __future__ import annotations

from app.export.records import Table, iso, yes

TEMPLATES = Table(
    (
        "template",
        "shortcut",
        "use",
        "language",
        "variant",
        "text",
        "times_used",
        "archived",
        "created_at",
        "folder",
        "address",
        "channel",
    ),
    f"""
SELECT t.name, t.key, t.use, x.language, x.variant, x.body,
  (SELECT count(*) FROM template_use u WHERE u.template_id = t.id AND u.language = x.language
    AND u.variant = x.variant), {yes("t.archived")}, {iso("t.created_at")}, t.folder, x.address, x.channel
FROM {{source}} LEFT JOIN template_text x ON x.template_id = t.id {{where}} ORDER BY {{order}}, x.language, x.variant
""",
    "template t",
)
_TEMPLATE_VERSIONS = Table(
    ("template", "language", "variant", "text", "address", "channel", "until"),
    f"""
SELECT t.name, v.language, v.variant, v.body, v.address, v.channel, {iso("v.until")}
FROM {{source}} JOIN template t ON t.id = v.template_id {{where}} ORDER BY {{order}}
""",
    "template_version v",
    "v.until",
)
_USES = Table(
    ("template", "language", "variant", "identifier", "conversation_id", "at", "edited"),
    f"""
SELECT t.name, u.language, u.variant, 'P-' || u.member_id, 'C-' || u.conversation_id, {iso("u.at")}, u.edited
FROM {{source}} JOIN template t ON t.id = u.template_id {{where}} ORDER BY {{order}}
""",
    "template_use u",
    "u.at",
)

TABLES = {"templates": TEMPLATES, "template-uses": _USES, "template-versions": _TEMPLATE_VERSIONS}
"""By the kind, which is the name of the file too."""
