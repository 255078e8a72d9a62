"""Forms of a member's name that the person wrote where a template asks for one are kept on the member."""

from __future__ import annotations

from app.base.corrected_forms import packed, read
from app.members import records
from app.members.facts import by_hand
from app.store.merged import current_member
from app.store.sqlite import Connection
from app.templates.learning import learned
from app.templates.values import named, sayable
from app.voice import Draft


def keep(conn: Connection, draft: Draft, member_id: int | None) -> None:
    """Keep in the open transaction which forms a reply has that is sent to a member; most have none."""
    if draft.template_id is None or member_id is None:
        return
    text = conn.execute(
        "SELECT body FROM template_text WHERE template_id = ? AND language = ? AND instr(body, ':') > 0"
        " ORDER BY variant <> ? LIMIT 1",
        (draft.template_id, draft.language, draft.variant),
    ).fetchone()
    number = current_member(conn, member_id)
    known = conn.execute("SELECT name, language, name_forms, by_hand FROM member WHERE id = ?", (number,)).fetchone()
    if text is None or known is None:
        return
    first = sayable(known["name"], known["language"] or draft.language)
    filled = named(known["name"], "", first, draft.language, "", known["name_forms"])
    found = learned(text["body"], filled, draft.text, known["name"], draft.language)
    if found:
        line = packed(read(known["name_forms"]) | found)
        marked = by_hand(known["by_hand"], {"name_forms": line})
        records.change(conn, number, {"name_forms": line, "by_hand": marked})
