"""In which language a new template is most likely written: the one that we mostly answer in."""

from __future__ import annotations

from app.store.sqlite import Connection

_LATEST = 300
"""So many of our own messages count: a community may change its language."""
_OURS = f"""
SELECT language FROM (SELECT language FROM message WHERE out AND language <> '' ORDER BY id DESC LIMIT {_LATEST})
GROUP BY language ORDER BY count(*) DESC, language LIMIT 1
"""
_THEIRS = """
SELECT language FROM conversation WHERE language <> '' GROUP BY language ORDER BY count(*) DESC, language LIMIT 1
"""


def likely_language(conn: Connection) -> str:
    """The code of the language of most of our latest messages, else of most conversations; "" where there are none."""
    for sql in (_OURS, _THEIRS):
        row = conn.execute(sql).fetchone()
        if row is not None:
            return str(row["language"])
    return ""
