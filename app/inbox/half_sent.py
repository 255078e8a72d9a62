"""Replies of which the words stand at the channel already, while it is open whether their files do."""

from __future__ import annotations

import json

from app.base.pictures import without_files
from app.base.text import words
from app.base.words import counted
from app.store.sqlite import Connection

CLOCK_SKEW_SECONDS = 120
"""Seconds that a server's clock may lag behind ours."""
_OPEN = """
SELECT o.id, o.text, o.created_at, json_group_array(f.name) FROM outbox o JOIN outgoing_file f ON f.outbox_id = o.id
WHERE o.conversation_id = ? AND o.state NOT IN ('sent', 'discarded') AND (o.state = 'undecided' OR o.unsure = 1)
GROUP BY o.id
"""
_OURS = """
SELECT text FROM message m WHERE conversation_id = ? AND out = 1 AND at >= ? AND gone_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id)
"""


def only_files(conn: Connection, conversation: int) -> dict[int, str]:
    """What such replies are shown with, so that their words don't stand there twice: outbox id -> their files' names.

    A message of ours that nothing in the outbox is known to have made has the same words, and came after the reply was
    written.
    """
    found: dict[int, str] = {}
    for number, text, written_at, names in conn.execute(_OPEN, (conversation,)).fetchall():
        files = json.loads(names)
        ours = conn.execute(_OURS, (conversation, written_at - CLOCK_SKEW_SECONDS))
        if any(words(text) == words(without_files(said, len(files))) for (said,) in ours):
            found[number] = counted(len(files), "The file {names}", "The files {names}", names=", ".join(files))
    return found
