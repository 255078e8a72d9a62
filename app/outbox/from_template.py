"""What a reply leaves behind that was begun from a template: its use, and the forms of a name that were put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import templates

if TYPE_CHECKING:
    from app.store.sqlite import Connection
    from app.voice import Draft


def note_sent(conn: Connection, draft: Draft, member_id: int | None, conversation_id: int | None) -> None:
    """Record in the open transaction that a draft was sent; nothing where it was begun from no template."""
    if draft.template_id is None:
        return
    from app.members import learned_forms  # noqa: PLC0415  loaded once a template is sent

    templates.note_sent(conn, draft, member_id, conversation_id)
    learned_forms.keep(conn, draft, member_id)
