"""A reply in a conversation that is closed at its channel: whether it can be sent, and what is said before it is."""

from __future__ import annotations

from app.base.words import tr
from app.inbox.moderated import CLOSED
from app.store.sqlite import Connection


def caution(conn: Connection, conversation_id: int, account: str = "") -> str:
    """What to know before replying where nobody can write any more; "" where everybody can.

    It is no refusal: forums let their staff write in closed topics (Discourse, GitHub, Discord's locked threads), and
    only the channel knows who that is. So a reply is tried, and what the channel says of it is shown. `account` is the
    account's name as it is to be shown, by default as it is.
    """
    row = conn.execute(
        "SELECT c.locked, a.name FROM conversation c JOIN account a ON a.id = c.account_id WHERE c.id = ?",
        (conversation_id,),
    ).fetchone()
    if row is None or not row["locked"]:
        return ""
    return tr("{closed}. If your account isn't a moderator's, your reply is refused.").format(
        closed=tr(CLOSED).format(account=account or row["name"])
    )
