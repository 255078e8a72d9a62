"""No column keeps words from outside without `app/store/outside.py` naming it."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.base.text import words
from app.store import verify
from app.store.outside import OUTSIDE, Way, is_in_undo_log
from app.store.sqlite import Connection
from app.store.store import Store

A_CODE = "a code of ours, out of a short list"
AN_ID = "an id of ours"
OUR_LOGIN = "what we typed to connect an account of ours"
OUR_GUIDE = "our own words, written for nobody in particular"
SQLITE = "SQLite's own bookkeeping: names of our tables, steps, settings of an index"
OWN = {
    "setting.key": A_CODE,
    "setting.value": "our settings, and templates of ours that are being written",
    "account.kind": A_CODE, "account.mode": A_CODE, "account.state": A_CODE,
    "account.name": "what we call an account of ours",
    "account.own": OUR_LOGIN, "account.speaks_as": OUR_LOGIN, "account.fields": OUR_LOGIN,
    "account.ends_on": "a date of ours",
    "cursor.name": A_CODE,
    "cursor.value": "how far a channel has been read: its marks and times, no words",
    "import_batch.kind": A_CODE,
    "member.language": A_CODE, "member.kind": A_CODE, "member.consent": A_CODE,
    "identity.kind": A_CODE,
    "introduction.one_said": A_CODE, "introduction.other_said": A_CODE,
    "introduction.introducing_drafts": "ids of letters of ours",
    "quarrel.state": A_CODE, "quarrel.signs": "JSON: ids of messages",
    "conversation.language": A_CODE, "conversation.state": A_CODE,
    "message.kind": A_CODE, "message.quiet": A_CODE, "message.language": A_CODE, "message.upstream": A_CODE,
    "raw.why": "our own sentence about why a mail could not be read",
    "label.name": "what we call a class of conversations", "label.colour": A_CODE, "view.state": A_CODE,
    "handling.kind": A_CODE, "handling.ended": A_CODE, "put_off.noun": A_CODE, "put_off.on_day": "a date of ours",
    "rule.deeds": "labels, templates and states of ours",
    "teammate.file_columns": "the columns of a file of ours", "teammate.file_separator": A_CODE,
    "teammate.file_format": A_CODE, "handoff.message_ids": "ids of ours", "handoff_step.step": A_CODE,
    "given_file.kind": A_CODE, "given_file.way": A_CODE, "returned_file.kind": A_CODE,
    "returned_file.sha256": "the digest of a file", "returned_file.counts": "numbers of ours",
    "kept_form.form": A_CODE, "kept_form.subject": "ids of ours",
    "draft.language": A_CODE, "draft_beside.language": A_CODE,
    "letter_draft.language": A_CODE, "letter_draft.sender": OUR_LOGIN,
    "message.mailbox": A_CODE, "letter_place.flags": A_CODE, "letter_place.folder": "a folder of our own mailbox",
    "conversation_link.why": A_CODE, "known_word.language": A_CODE, "message.protection": A_CODE,
    "outbox.reaction": A_CODE, "attachment.section": A_CODE, "outbox.purpose": A_CODE, "outbox.sender": OUR_LOGIN,
    "signature.address": OUR_LOGIN, "signature.language": A_CODE, "signature.text": OUR_GUIDE,
    "template.key": OUR_GUIDE, "template.name": OUR_GUIDE, "template.use": OUR_GUIDE, "template_text.body": OUR_GUIDE,
    "template_text.language": A_CODE, "template_text.variant": A_CODE,
    "template.folder": OUR_GUIDE, "template_text.address": A_CODE, "template_text.channel": A_CODE,
    "template_version.language": A_CODE, "template_version.variant": A_CODE, "template_version.body": OUR_GUIDE,
    "template_version.address": A_CODE, "template_version.channel": A_CODE,
    "template_use.language": A_CODE, "template_use.variant": A_CODE,
    "fact.key": OUR_GUIDE, "fact.name": OUR_GUIDE, "fact.source": OUR_GUIDE, "fact.look_on": "a date of ours",
    "fact_value.language": A_CODE, "fact_value.words": OUR_GUIDE, "embargo.subject": OUR_GUIDE,
    "embargo_news.language": A_CODE, "embargo_news.words": OUR_GUIDE,
    "voice_guide.who_we_are": OUR_GUIDE, "voice_trait.name": OUR_GUIDE, "voice_trait.why": OUR_GUIDE,
    "voice_example.language": A_CODE, "voice_example.do": OUR_GUIDE, "voice_example.dont": OUR_GUIDE,
    "voice_rule.language": A_CODE, "voice_rule.words": OUR_GUIDE, "voice_rule.level": A_CODE,
    "voice_rule.risk": A_CODE, "voice_rule.why": OUR_GUIDE, "voice_rule.instead": OUR_GUIDE,
    "voice_rule.kind": A_CODE, "voice_rule.owner": OUR_GUIDE,
    "voice_rule.sort": A_CODE, "voice_rule.also": OUR_GUIDE, "voice_rule.channel": A_CODE,
    "voice_rule.forms": OUR_GUIDE, "voice_rule.not_forms": OUR_GUIDE,
    "outbox.key": AN_ID, "outbox.language": A_CODE, "outbox.variant": A_CODE, "outbox.state": A_CODE,
    "outbox.remote_id": "what the channel calls a message of ours",
    "moderation.verb": A_CODE, "moderation.before": A_CODE, "moderation.state": A_CODE,
    "moderation.guideline": OUR_GUIDE,
    "member_merge.moved": AN_ID,
    "promise.due_on": "a date of ours",
    "involved_level.level": A_CODE,
    "member.form_of_address": A_CODE, "member.pinned": A_CODE, "member.by_hand": "names of our columns",
    "activity.last_day": "a date", "involvement.level": A_CODE,
    "work.kind": A_CODE, "work.state": A_CODE, "work.until_on": "a date",
    "handoff.kind": A_CODE, "handoff.priority": A_CODE, "handoff.status": A_CODE,
    "handoff.needed_by": "a date of ours", "handoff.answered_on": "the date of an answer",
    "gift.item": "what we give away", "gift_item.name": "what we give away",
    "gift.customs_text": "what we give away, as customs wants it", "gift.declared_value": "what that is worth",
    "gift.occasion": A_CODE, "gift.currency": A_CODE, "gift.state": A_CODE, "gift_budget.currency": A_CODE,
    "gift.shipped_on": "the date of a parcel", "gift.arrived_on": "the date of a parcel",
    "gift.lapses_on": "a date of ours", "gift_address.erase_on": "a date of ours", "gift_budget.occasion": A_CODE,
    "gift_item.kind": A_CODE, "gift_item.currency": A_CODE, "gift_item.sizes": "sizes of what we give away",
    "gift_item.supplier": "whom we buy it from", "gift_item.customs_text": "what we give away, as customs wants it",
    "gift_item.allergens": "what is in it", "gift_item.note": "our note on what we give away",
    "stock_move.size": "a size of what we give away", "stock_move.why": A_CODE,
    "stock_move.note": "our note on the stock",
    "voucher.ending": "the end of a code that we bought", "voucher.expires_on": "a date", "voucher_reveal.how": A_CODE,
    "gift_rate.currency": A_CODE, "gift_rate.into_currency": A_CODE, "gift_rate.on_day": "a date",
    "gift_rate.rate": "a number", "gift_pass.until_on": "a date of ours",
    "giveaway.name": "what we call a give-away", "giveaway.prize": "what we give away", "giveaway.rules": OUR_GUIDE,
    "giveaway.seed_promise": "where the seed is to come from", "giveaway.list_sha256": "the digest of a list",
    "giveaway.seed": "a public number", "giveaway_source.kind": A_CODE, "giveaway_entry.struck": A_CODE,
    "exported_row.kind": A_CODE,
    "action_step.tbl": SQLITE, "action_step.op": A_CODE, "undo_step.tbl": SQLITE, "undo_step.op": A_CODE,
    "keep_rule.what": A_CODE, "keep_rule.channel": A_CODE, "keep_rule.members": A_CODE,
    "keep_run.receipt": "JSON: counts, and the names of files, accounts and labels of ours",
    "seal.sheet": "the name of a table",
    "tally.state": A_CODE,
    "tombstone.digest": "the digest of an id or address of somebody who was forgotten",
    "forgotten.receipt": "JSON: counts, and the names of files, teammates and accounts of ours",
    "_sqlite_migrations.migration_set": SQLITE, "_sqlite_migrations.name": SQLITE,
    "_sqlite_migrations.applied_at": SQLITE, "sqlite_sequence.name": SQLITE, "sqlite_sequence.seq": SQLITE,
    "message_index_config.k": SQLITE, "message_index_config.v": SQLITE,
    "member_index_config.k": SQLITE, "member_index_config.v": SQLITE,
    "message_index_idx.segid": SQLITE, "message_index_idx.pgno": SQLITE,
    "member_index_idx.segid": SQLITE, "member_index_idx.pgno": SQLITE,
}  # fmt: skip
"""Columns that hold only our own words, codes and ids, each with the reason."""
NUMBERS = {"INTEGER", "INT", "REAL"}
LONG = 5  # letters; a shorter word of a member's stands in our own words by chance


def text_columns(conn: Connection) -> Iterator[str]:
    """Every column of every table, the index's, the hidden and the passing ones too, that can hold text or bytes."""
    for base, table in conn.execute("SELECT schema, name FROM pragma_table_list").fetchall():
        if table not in ("sqlite_schema", "sqlite_temp_schema"):
            for row in conn.execute(f"PRAGMA {base}.table_xinfo({table})"):
                if row["type"].upper() not in NUMBERS and row["hidden"] != 1:  # what is named for commands alone
                    yield f"{table}.{row['name']}"


def test_every_column_of_words_is_from_outside_or_ours(store: Store) -> None:
    with store.write() as conn:  # the one that keeps the undo log's passing rows
        there = set(text_columns(conn))
    assert there - set(OUTSIDE) - set(OWN) == set(), "name it in app/store/outside.py, or above with a reason"
    assert set(OUTSIDE) - there == set(), "app/store/outside.py names columns that are gone"
    assert set(OWN) - there == set()
    assert set(OWN) & set(OUTSIDE) == set()


def test_what_is_emptied_may_be_empty_in_every_row(store: Store) -> None:
    emptied = [name.split(".") for name, held in OUTSIDE.items() if held.way is Way.CLEARED]
    assert len(emptied) > 40
    for table, column in emptied:
        indexes = store.read.execute(f"SELECT name FROM pragma_index_list('{table}') WHERE \"unique\" = 1").fetchall()
        for (index,) in indexes:
            assert column not in [row["name"] for row in store.read.execute(f"PRAGMA index_info('{index}')")]


@pytest.fixture
def lived_in(tmp_path: Path) -> Iterator[Connection]:
    """A community after a month: see tests/profiles."""
    packed = max((Path(__file__).parents[2] / "profiles").glob("*.rapport.xz"))
    file = tmp_path / "community.rapport"
    file.write_bytes(lzma.decompress(packed.read_bytes()))
    Store(file).close()  # what has been added since is in it
    with closing(verify.reading(file)) as conn:
        yield conn


def test_the_undo_log_keeps_copies_of_what_it_is_said_to(lived_in: Connection) -> None:
    copied = set()
    for table, before, after in lived_in.execute("SELECT tbl, before, after FROM action_step").fetchall():
        for row in (json.loads(before or "{}"), json.loads(after or "{}")):
            copied |= {f"{table}.{column}" for column, value in row.items() if isinstance(value, str)}
    assert copied <= set(OUTSIDE) | set(OWN)
    assert {"member.note", "member.address_1", "draft.text", "handoff.answer"} <= copied
    assert [name for name in copied if not is_in_undo_log(name)] == []
    assert not is_in_undo_log("raw.bytes")


def test_no_column_of_ours_holds_what_a_member_said_or_is_called(lived_in: Connection) -> None:
    said = lived_in.execute(
        "SELECT text FROM message WHERE out = 0 AND kind = 'said' UNION SELECT name FROM member UNION SELECT handle"
        " FROM identity UNION SELECT address_1 FROM member"
    )
    theirs = {tuple(words(row[0])) for row in said if len(row[0]) >= LONG}
    assert len(theirs) > 30
    for name in set(OWN) - {"undo_step.tbl", "undo_step.op", "involved_level.level"}:
        table, column = name.split(".")
        for (value,) in lived_in.execute(f"SELECT DISTINCT {column} FROM {table} WHERE typeof({column}) = 'text'"):
            ours = tuple(words(value))
            for their in theirs:
                inside = any(ours[at : at + len(their)] == their for at in range(len(ours) - len(their) + 1))
                assert not inside, f"{name} holds “{' '.join(their)}”"
