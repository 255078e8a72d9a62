"""The check when a message leaves: since it was written a permission may have ended, or been taken back."""

from __future__ import annotations

from app.base.words import tr
from app.store.sqlite import Connection
from app.voice import BLOCK, Draft
from app.works.work import SELECT, Work


def why_not(conn: Connection, draft: Draft) -> str:
    """Why words that are about to leave are not sent, for a work in them may not be used; "" where all may be."""
    works = [Work(*row) for row in conn.execute(SELECT).fetchall()]
    if not works:
        return ""
    from app.works.watch import Watch  # noqa: PLC0415  only where there is a work

    found = next((finding for finding in Watch(works).findings(draft) if finding.level == BLOCK), None)
    return "" if found is None else tr("{why} So it wasn't sent.").format(why=found.why)
