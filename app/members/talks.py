"""SQL for the conversations of members: which they took part in, and how many those are."""

from __future__ import annotations


def took_part(member: str) -> str:
    """SQL for the ids of a member's conversations: those they wrote in, and those that are with them.

    `member` is an SQL expression for the member's id. Used by card and history; table and sorting count the same set by
    `COUNT` and `COUNT_ALL`, whose two halves together have each of these conversations once.
    """
    return (
        f"SELECT m.conversation_id FROM identity i JOIN message m ON m.identity_id = i.id WHERE i.member_id = {member}"
        f" UNION SELECT c.id FROM identity i JOIN conversation c ON c.identity_id = i.id WHERE i.member_id = {member}"
    )


_WITH = "FROM identity i CROSS JOIN conversation c ON c.identity_id = i.id"
"""The conversations `c` that are with somebody, joined to their identity `i`."""
# This join order reads no row of `message`, as its index by identity contains the conversation id. And nearly every
# message is in a conversation that is with its author, so the second join drops it at once.
_ELSEWHERE = """
FROM identity i CROSS JOIN message m ON m.identity_id = i.id
CROSS JOIN conversation c ON c.id = m.conversation_id AND c.identity_id IS NOT i.id
LEFT JOIN identity o ON o.id = c.identity_id WHERE o.member_id IS NOT i.member_id
"""
"""Messages `m` in conversations `c` that are not with their author, joined to the author's identity `i`."""

COUNT = f"""
  (SELECT count(*) {_WITH} WHERE i.member_id = p.id)
    + (SELECT count(DISTINCT c.id) {_ELSEWHERE} AND i.member_id = p.id)
"""
"""How many a member `p` took part in, as a value of a column."""
COUNT_OF = f"SELECT p.id, {COUNT} FROM json_each(?) j CROSS JOIN member p ON p.id = j.value"
"""The same for members whose ids are given as JSON."""
FEW_COUNTED = 300
"""Of so many members conversations are counted for each; of more in one pass over all, which takes 0.1 s or more."""
COUNT_ALL = f"""
SELECT i.member_id, count(*) {_WITH} GROUP BY 1
UNION ALL SELECT i.member_id, count(DISTINCT c.id) {_ELSEWHERE} GROUP BY 1
"""
"""How many each member took part in, in one pass over all; a member may come twice, with parts of their number."""
