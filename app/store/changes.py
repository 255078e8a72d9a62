"""Change notices that cannot be missed: TEMP triggers record every row that a transaction touches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.store.sqlite import Connection

# Tables that a view may show. `tally` follows conversation, the indexes follow their text.
WATCHED = (
    "account", "import_batch", "member", "identity", "conversation", "message", "attachment", "label",
    "conversation_label", "draft", "template", "template_text", "template_use", "template_version", "voice_guide",
    "voice_trait", "voice_example", "voice_rule", "outbox", "moderation", "promise", "teammate", "handoff", "gift",
    "gift_budget",
    "action", "known_person", "letter_draft", "conversation_link", "signature", "known_name",
    "known_word", "outgoing_file", "message_version", "view", "draft_beside",
    "block", "handling", "put_off", "open_question", "kind_word", "rule", "rule_hit", "closing_habit",
    "teammate_thanks", "handoff_step", "given_file", "given_row", "returned_file", "returned_row", "passed_on",
    "responsible", "kept_form",
    "member_label", "member_field", "member_value", "member_note", "member_merge", "member_apart", "member_list",
    "involvement", "help", "no_help", "introduction", "quarrel", "quarrel_side", "work",
    "gift_item", "gift_item_part", "stock_move", "voucher", "voucher_reveal", "gift_choice",
    "gift_address", "gift_rate", "gift_pass", "giveaway", "giveaway_source", "giveaway_entry",
    "embargo", "embargo_news", "fact", "fact_value", "fact_inserted", "fact_told", "forgotten",
    "keep_rule", "keep_run",
)  # fmt: skip
MANY = 5_000  # rows of a table; above that, listeners reload instead of updating row by row


class Changes(NamedTuple):
    """What one or more commits touched: table -> ids. An empty set means too many to list: reload."""

    ids: Mapping[str, frozenset[int]]

    def touches(self, *tables: str) -> bool:
        """Whether any of these tables has changed."""
        return any(table in self.ids for table in tables)

    def within(self, table: str) -> frozenset[int] | None:
        """The changed ids of a table; None if it has not changed, empty if there are too many to list."""
        return self.ids.get(table)

    def merged(self, other: Changes) -> Changes:
        """The union of both notices."""
        joined = dict(self.ids)
        for table, ids in other.ids.items():
            mine = joined.get(table)
            joined[table] = ids if mine is None else (mine | ids if mine and ids else frozenset())
        return Changes(joined)


EVERYTHING = Changes(dict.fromkeys(WATCHED, frozenset()))


def watch(conn: Connection) -> None:
    """Create the triggers on a writing connection.

    Not by OR IGNORE: a trigger takes over the way in which the statement that made it run handles conflicts.
    """
    conn.execute(
        "CREATE TEMP TABLE changed (tbl INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (tbl, id)) WITHOUT ROWID"
    )
    conn.executescript(  # a script: each of so many statements would take the place of another that is kept compiled
        "\n".join(
            f"CREATE TEMP TRIGGER changed_{table}_{op} AFTER {op} ON main.{table} BEGIN "
            f"INSERT INTO changed SELECT {number}, {row}.rowid"
            f" WHERE NOT EXISTS (SELECT 1 FROM changed WHERE tbl = {number} AND id = {row}.rowid); END;"
            for number, table in enumerate(WATCHED)
            for op, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
        )
    )


def collect(conn: Connection) -> Changes:
    """The rows touched in the open transaction so far; clears the record in the same transaction."""
    counts = conn.execute("SELECT tbl, count(*) FROM temp.changed GROUP BY tbl").fetchall()
    touched: dict[str, frozenset[int]] = {}
    for number, count in counts:
        rows = () if count > MANY else conn.execute("SELECT id FROM temp.changed WHERE tbl = ?", (number,))
        touched[WATCHED[number]] = frozenset(row_id for (row_id,) in rows)
    if counts:
        conn.execute("DELETE FROM temp.changed")
    return Changes(touched)
