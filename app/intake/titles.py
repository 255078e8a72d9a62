"""A title that has changed at the channel: a blog renames its post, a video gets another name.

The conversation follows the message that began it; what the person decided about it stays.
"""

from __future__ import annotations

from app.base.message import Incoming
from app.inbox.conversations import retitle
from app.intake.messages import words_of
from app.store import index
from app.store.sqlite import Connection


def follow(conn: Connection, number: int, item: Incoming) -> bool:
    """Give a conversation the titles that `item`, its message `number`, has now; returns whether they changed.

    No-op unless that message is its first: a comment may know its post by another name.
    """
    row = conn.execute(
        "SELECT c.id, c.title, c.post_title, (SELECT f.id FROM message f WHERE f.conversation_id = c.id"
        " ORDER BY f.at, f.id LIMIT 1) AS first FROM message m JOIN conversation c ON c.id = m.conversation_id"
        " WHERE m.id = ?",
        (number,),
    ).fetchone()
    if row is None or row["first"] != number or item.post_title in ("", row["post_title"]):
        return False
    named_after_post = row["title"] == row["post_title"]
    title = item.title or item.post_title if named_after_post else row["title"]
    numbers = [one["id"] for one in conn.execute("SELECT id FROM message WHERE conversation_id = ?", (row["id"],))]
    index.remove(conn, [(one, words_of(conn, one)) for one in sorted(numbers)])
    retitle(conn, row["id"], title, item.post_title)
    index.add(conn, [(one, words_of(conn, one)) for one in sorted(numbers)])
    return True
