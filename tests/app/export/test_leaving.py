"""Leaving: what the person has is in the files, row by row and word by word, and what is not is said here, with why."""

from __future__ import annotations

import csv
import io
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.paths import Profile
from app.csvfile import inspect_table, rows
from app.export import KINDS, Options, everything, more
from app.export.lists import write_moderation, write_register
from app.export.queries import CONVERSATIONS, MEMBERS, TICKETS
from app.store.outside import OUTSIDE
from app.workbench import Workbench

VOICE = "(SELECT 1 FROM voice_guide UNION ALL SELECT 1 FROM voice_trait UNION ALL SELECT 1 FROM voice_example)"
HELD = {
    "setting": ("settings", "setting"),
    "account": ("account-settings", "account"),
    "import_batch": ("imports", "import_batch"),
    "import_mapping": ("mappings", "import_mapping"),
    "member": ("members", "member WHERE merged_into IS NULL"),
    "identity": ("identities", "identity"),
    "conversation": ("conversation-details", "conversation"),
    "message": ("messages", "message"),
    "attachment": ("attachments", "attachment"),
    "label": ("labels", "label"),
    "draft": ("reply-drafts", "draft"),
    "draft_beside": ("second-drafts", "draft_beside"),
    "template": ("templates", "template t LEFT JOIN template_text x ON x.template_id = t.id"),
    "template_text": ("templates", "template t LEFT JOIN template_text x ON x.template_id = t.id"),
    "template_use": ("template-uses", "template_use"),
    "template_version": ("template-versions", "template_version"),
    "voice_guide": ("voice", VOICE),
    "voice_trait": ("voice", VOICE),
    "voice_example": ("voice", VOICE),
    "voice_rule": ("rules", "voice_rule"),
    "outbox": ("outbox", "outbox"),
    "moderation": ("moderation", "moderation"),
    "promise": ("promises", "promise"),
    "teammate": ("teammates", "teammate"),
    "handoff": ("handoff-log", "handoff"),
    "gift": ("gift-log", "gift"),
    "gift_budget": ("budgets", "gift_budget"),
    "stock_move": ("stock", "stock_move"),
    "gift_item": ("items", "gift_item"),
    "gift_item_part": ("box-contents", "gift_item_part"),
    "voucher": ("vouchers", "voucher"),
    "voucher_reveal": ("voucher-log", "voucher_reveal"),
    "gift_choice": ("gift-choices", "gift_choice"),
    "gift_rate": ("rates", "gift_rate"),
    "gift_pass": ("gift-passes", "gift_pass"),
    "giveaway": ("giveaways", "giveaway"),
    "giveaway_source": ("giveaway-sources", "giveaway_source"),
    "giveaway_entry": ("entries", "giveaway_entry"),
    "known_person": ("persons", "known_person"),
    "letter_draft": ("letter-drafts", "letter_draft"),
    "conversation_link": ("links", "conversation_link"),
    "signature": ("signatures", "signature"),
    "known_name": ("names", "known_name"),
    "outgoing_file": ("outgoing-files", "outgoing_file"),
    "message_version": ("versions", "message_version"),
    "known_word": ("words", "known_word"),
    "view": ("views", "view"),
    "block": ("blocks", "block"),
    "handling": ("handling", "handling"),
    "put_off": ("not-today", "put_off"),
    "open_question": ("questions", "open_question"),
    "kind_word": ("kind-words", "kind_word"),
    "rule": ("incoming-rules", "rule"),
    "rule_hit": ("rule-hits", "rule_hit"),
    "closing_habit": ("habits", "closing_habit"),
    "teammate_thanks": ("thanks", "teammate_thanks"),
    "handoff_step": ("handoff-steps", "handoff_step"),
    "given_file": ("given", "given_file f LEFT JOIN given_row r ON r.file_id = f.id"),
    "given_row": ("given", "given_file f LEFT JOIN given_row r ON r.file_id = f.id"),
    "returned_file": ("returned", "returned_file f LEFT JOIN returned_row r ON r.file_id = f.id"),
    "returned_row": ("returned", "returned_file f LEFT JOIN returned_row r ON r.file_id = f.id"),
    "passed_on": ("passed-on", "passed_on"),
    "responsible": ("responsible", "responsible"),
    "kept_form": ("unsaved", "kept_form"),
    "member_label": ("member-labels", "member_label"),
    "member_note": ("member-notes", "member_note"),
    "member_field": ("member-fields", "member_field"),
    "member_value": ("member-values", "member_value"),
    "work": ("works", "work"),
    "member_list": ("member-lists", "member_list"),
    "member_merge": ("merges", "member_merge"),
    "member_apart": ("not-the-same", "member_apart"),
    "forgotten": ("forgotten", "forgotten"),
    "keep_rule": ("keeping-rules", "keep_rule"),
    "keep_run": ("keeping-runs", "keep_run"),
    "help": ("helps", "help"),
    "no_help": ("no-helps", "no_help"),
    "introduction": ("introductions", "introduction"),
    "quarrel": ("quarrels", "quarrel q LEFT JOIN quarrel_side s ON s.quarrel_id = q.id"),
    "quarrel_side": ("quarrels", "quarrel q LEFT JOIN quarrel_side s ON s.quarrel_id = q.id"),
    "fact": ("facts", "fact f LEFT JOIN fact_value v ON v.fact_id = f.id"),
    "fact_value": ("facts", "fact f LEFT JOIN fact_value v ON v.fact_id = f.id"),
    "fact_told": ("facts-told", "fact_told"),
    "embargo": ("embargoes", "embargo e LEFT JOIN embargo_news n ON n.embargo_id = e.id"),
    "embargo_news": ("embargoes", "embargo e LEFT JOIN embargo_news n ON n.embargo_id = e.id"),
    "action": ("actions", "action"),
}  # fmt: skip
"""The file that holds a table's rows, and what to count by SQL."""
IN_ANOTHER = {
    "conversation_label": "the column labels of conversations",
    "gift_address": "the gift log: a gift has one address, until it is erased",
}
NOT_THE_PERSONS = {
    "_sqlite_migrations": "which steps the file has been through",
    "cursor": "how far each account was read",
    "thread_ref": "ids by which a letter finds its conversation, taken from the letters",
    "letter_place": "where a letter lies in its mailbox, which says so itself",
    "tally": "counts of conversations by state",
    "seal": "checksums of rows, by which damage is noticed",
    "activity": "counts of what each name did, made of the messages",
    "involvement": "how far each takes part, made of these counts",
    "message_index": "the search index, made of the words",
    "member_index": "the same",
    "raw": "letters that could not be read, as they came: `original` writes them as files",
    "attachment_bytes": "contents of files: `attachment save` writes them",
    "outgoing_bytes": "contents of files that we sent, which are where they were taken from",
    "exported_row": "hand-offs and gifts as they went out, kept to compare an edited file with",
    "action_step": "how an action is undone",
    "tombstone": "digests of what forgotten members were known by, of which nothing can be read",
    "fact_inserted": "which facts were put into drafts that are not sent yet",
}
NO_WORD = {
    "message.envelope", "outbox.receivers", "letter_draft.receivers",  # JSON, whose signs are written another way
    "account.facts", "attachment.content_id", "attachment.sha256", "outgoing_file.sha256",  # for programs alone
}  # fmt: skip


@pytest.fixture(scope="module")
def bench(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The demo community, with a row in every table that it leaves empty."""
    made = Workbench(Profile(Path(shutil.copytree(planted, tmp_path_factory.mktemp("demo") / "profile"))))
    _fill(made)
    yield made
    made.close()


def _fill(bench: Workbench) -> None:
    """Write a row with words of its own into what the demo has none of."""
    talk, message, identity, account, handoff, gift, mate = (
        bench.store.read.execute(f"SELECT min(id) FROM {table}").fetchone()[0]
        for table in ("conversation", "message WHERE NOT out", "identity", "account", "handoff", "gift", "teammate")
    )
    rule, now = _one_rule(bench), clock.now()
    with bench.store.write() as conn:
        for sql, values in (
            ("import_batch (file, kind, account_id, at) VALUES ('box.mbox', 'mbox', ?, ?)", (account, now)),
            ("import_mapping VALUES ('Who|What', '{\"Who\": \"author\"}', ?)", (now,)),
            ("draft (conversation_id, text, at) VALUES (?, 'Words begun', ?)", (talk, now)),
            ("draft_beside (conversation_id, text, at) VALUES (?, 'Other words', ?)", (talk, now)),
            ("known_person (key, at) VALUES ('robot@like.example', ?)", (now,)),
            ("known_name (identity_id, name, same, at) VALUES (?, 'Somebody Else', 0, ?)", (identity, now)),
            ("member_note (member_id, at, text) VALUES (1, ?, 'Ætlar til Krítar')", (now,)),
            ("member_field (name) VALUES ('Árstíð')", ()),
            ("member_value (member_id, field_id, value) VALUES (1, last_insert_rowid(), 'haustið')", ()),
            ("member_label (member_id, label_id) SELECT 1, min(id) FROM label", ()),
            ("member_list (name, asked) VALUES ('Regulars in Brno', '{\"words\": \"city:Brno\", \"kind\": \"\"}')", ()),
            ("member_apart (one_id, other_id, at, why) VALUES (1, 2, ?, 'Two sisters')", (now,)),
            ("member_merge (kept_id, gone_id, at, before, after, moved, parted_at) VALUES (1, 2, ?, ?, ?, '{}', ?)",
             (now, '{"city": "Ulm"}', '{"city": "Brno"}', now)),
            ("forgotten (at, member_id, receipt) VALUES (?, 99, '{\"said\": 3}')", (now,)),
            ("keep_rule (what, months, account_id, created_at) VALUES ('words', 9, ?, ?)", (account, now)),
            ("keep_run (at, receipt) VALUES (?, '{\"said\": 3}')", (now,)),
            ("no_help (id, at) VALUES (?, ?)", (message, now)),
            ("template_version (template_id, language, variant, body, until) VALUES (1, 'en', 'A', 'Old', ?)",
             (now,)),
            ("signature (account_id, language, text) VALUES (?, 'is', 'Kveðja, við')", (account,)),
            ("message_version (message_id, text, until) VALUES (?, '=as it was before', ?)", (message, now)),
            ("known_word (word, at) VALUES ('sítróna', ?)", (now,)),
            ("put_off (noun, row_id, on_day) VALUES ('gift', ?, '2026-12-01')", (gift,)),
            ("open_question (conversation_id, message_id, came_back_at) VALUES (?, ?, ?)", (talk, message, now)),
            ("kind_word (message_id, at) VALUES (?, ?)", (message, now)),
            ("rule_hit (rule_id, message_id, conversation_id, at, did) VALUES (?, ?, ?, ?, '{\"label\": 7}')",
             (rule, message, talk, now)),
            ("closing_habit (identity_id, at) VALUES (?, ?)", (identity, now)),
            ("teammate_thanks (teammate_id, handoff_id, at, words) VALUES (?, ?, ?, 'Takk kærlega')",
             (mate, handoff, now)),
            ("handoff_step (handoff_id, step, at, teammate_id) VALUES (?, 'reminded', ?, ?)", (handoff, now, mate)),
            ("passed_on (conversation_id, message_id, teammate_id, by_name, at) VALUES (?, ?, ?, 'Sales', ?)",
             (talk, message, mate, now)),
            ("responsible (subject, teammate_id) VALUES ('invoices abroad', ?)", (mate,)),
            ("gift_item (name, kind) VALUES ('Cake box', 'box')", ()),
            ("gift_item_part (box_id, item_id, qty) SELECT max(id), min(id), 2 FROM gift_item", ()),
            ("voucher (item_id, added_at) SELECT min(id), ? FROM gift_item", (now,)),
            ("voucher_reveal (voucher_id, at, how) SELECT max(id), ?, 'shell' FROM voucher", (now,)),
            ("gift_choice (gift_id, item_id) SELECT ?, min(id) FROM gift_item", (gift,)),
            ("gift_rate (currency, into_currency, on_day, rate) VALUES ('CZK', 'EUR', '2026-01-01', '0.04')", ()),
            ("gift_pass (member_id, at, until_on, why) VALUES (1, ?, '2027-01-01', 'Had one by hand')", (now,)),
            ("giveaway (name, prizes, rules, created_at) VALUES ('A cake a day', 3, 'One each', ?)", (now,)),
            ("giveaway_source (giveaway_id, kind, value) SELECT max(id), 'tag', '#kaka' FROM giveaway", ()),
            ("giveaway_entry (giveaway_id, name, contact) SELECT max(id), 'Jón', 'jon@example.is' FROM giveaway", ()),
            ("kept_form (form, subject, fields, at) VALUES ('GiftStrip', '1', '{\"why\": \"half\"}', ?)", (now,)),
            ("outgoing_file (conversation_id, name, type, size, sha256) VALUES (?, 'plan.pdf', 'text/x', 3, 'x')",
             (talk,)),
            ("attachment (message_id, name, type, size, sha256) VALUES (?, 'photo.jpg', 'image/jpeg', 9, x'00')",
             (message,)),
            ("handling (kind, conversation_id, at, seconds) VALUES ('reply', ?, ?, 60)", (talk, now)),
            ("view (name, words, place) VALUES ('Glass abroad', 'label:glass', 99)", ()),
            ("conversation_link (conversation_id, other_id, why, at) VALUES (?, ?, 'linked', ?)",
             (talk, talk + 1, now)),
            ("returned_file (at, kind, name, sha256) VALUES (?, 'handoffs', 'back.csv', 'x')",
             (now,)),
            ("returned_row (file_id, row_id, rev, cells) VALUES (last_insert_rowid(), ?, 1, '{\"status\": \"kész\"}')",
             (handoff,)),
        ):  # fmt: skip
            conn.execute(f"INSERT OR IGNORE INTO {sql}", values)


def _one_rule(bench: Workbench) -> int:
    with bench.store.write() as conn:
        made = conn.execute(
            "INSERT INTO rule (name, conditions, deeds, place, created_at)"
            " VALUES ('Glass from abroad', '{\"words\": [\"γυαλί\"]}', '{}', 99, 0)"
        )
        return int(made.lastrowid or 0)


@pytest.fixture(scope="module")
def folder(bench: Workbench, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything, exported once."""
    made = tmp_path_factory.mktemp("out") / "all"
    everything.write(bench.export, bench.accounts.all(removed=True), bench.moderation.entries(), made)
    return made


def read(path: Path) -> list[dict[str, str]]:
    table = inspect_table(path)
    return [dict(zip(table.header, row.cells, strict=True)) for row in rows(table)]


def test_every_table_of_the_file_is_in_a_file_or_is_no_table_of_the_persons(bench: Workbench) -> None:
    found = {
        row["name"]
        for row in bench.store.read.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not row["name"].startswith(("message_index_", "member_index_", "sqlite_"))
    }
    assert found == {*HELD, *IN_ANOTHER, *NOT_THE_PERSONS}
    assert {kind for kind, _ in HELD.values()} <= {*KINDS, "accounts", "moderation"}


@pytest.mark.parametrize("table", HELD)
def test_a_file_has_as_many_rows_as_its_table(bench: Workbench, folder: Path, table: str) -> None:
    kind, counted = HELD[table]
    (number,) = bench.store.read.execute(f"SELECT count(*) FROM {counted}").fetchone()
    assert len(read(folder / f"{kind}.csv")) == number > 0


def test_every_word_from_outside_is_in_one_of_the_files(bench: Workbench, folder: Path) -> None:
    every = {cell for path in folder.iterdir() for row in read(path) for cell in row.values()}
    every |= {cell.removeprefix("--") for cell in every}  # a day without a year, as ISO 8601 writes it
    columns = defaultdict[str, list[str]](list)
    for place in OUTSIDE.keys() - NO_WORD:
        table, _, column = place.partition(".")
        if table in HELD:
            columns[table].append(column)
    lacking = defaultdict[str, list[str]](list)
    for table, names in columns.items():
        for column in names:
            where = " WHERE merged_into IS NULL" if table == "member" else ""
            for (value,) in bench.store.read.execute(f"SELECT DISTINCT {column} FROM {table}{where}"):
                if value not in (None, "", "[]", "{}") and str(value) not in every:
                    lacking[f"{table}.{column}"].append(str(value)[:60])
    assert lacking == {}


@pytest.mark.parametrize("kind", more.TIMED)
def test_a_range_of_time_takes_the_rows_within_it_and_the_rest_is_outside(
    bench: Workbench, tmp_path: Path, kind: str
) -> None:
    whole = bench.export.write(kind, tmp_path / "whole.csv").rows
    middle = clock.now() - 30 * 86_400
    before = bench.export.write(kind, tmp_path / "before.csv", Options(until=middle)).rows
    since = bench.export.write(kind, tmp_path / "since.csv", Options(since=middle + 1)).rows
    assert before + since == whole
    if kind in ("given", "handoff-log", "promises"):
        assert min(before, since) > 0


@pytest.mark.parametrize("kind", ["settings", "teammates", "drafts"])
def test_what_has_no_time_is_never_cut_by_one(bench: Workbench, tmp_path: Path, kind: str) -> None:
    with pytest.raises(UserError, match="Leave out the dates"):
        bench.export.write(kind, tmp_path / "out.csv", Options(since=1))
    with pytest.raises(UserError, match="Leave out the dates"):
        write_register(tmp_path / "out.csv", bench.accounts.all(), Options(since=1))


def test_the_moderation_log_can_be_asked_for_by_time(bench: Workbench, tmp_path: Path) -> None:
    deeds = bench.moderation.entries()
    last = max(deed.at for deed in deeds)
    done = write_moderation(tmp_path / "out.csv", deeds, Options(since=last))
    assert done.rows == sum(deed.at >= last for deed in deeds) < len(deeds)


def test_no_secret_and_no_name_of_one_is_in_any_file(folder: Path) -> None:
    assert not [path.name for path in folder.iterdir() if "_place" in path.read_text("utf-8-sig")]


# --- files for programs

HUBSPOT = (
    "First Name", "Last Name", "Email", "Phone Number", "Company Name", "Job Title", "Website URL", "City",
    "Country/Region",
)  # fmt: skip
"""Labels of HubSpot's own properties of a contact, which its import matches with the headers of a file."""


@pytest.fixture
def people(planted: Path, tmp_path: Path) -> list[dict[str, str]]:
    """members.csv as a program reads it, out of a community of its own: what stands in the file, guards and all."""
    made = Workbench(Profile(Path(shutil.copytree(planted, tmp_path / "own"))))
    for name, phone in (("Ilona", "+36 (30) 123-4567"), ("Petr", "777 123 456"), ("Eva", "=1+1")):
        made.members.add(name, phone=phone)
    made.export.write("members", tmp_path / "members.csv")
    made.close()
    text = (tmp_path / "members.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_members_are_taken_by_hubspot_as_documented(people: list[dict[str, str]]) -> None:
    assert tuple(people[0])[: len(HUBSPOT)] == HUBSPOT
    assert len(people[0]) < 1_000
    assert len(people) < 250_000
    assert all(row["First Name"] or row["Last Name"] or row["Email"] for row in people)


def test_members_are_taken_by_chatwoot_as_its_import_reads_them(people: list[dict[str, str]]) -> None:
    assert {"identifier", "name", "email", "phone_number"} <= set(MEMBERS)
    seen: dict[str, str] = {}
    for row in people:
        contact = seen.setdefault(row["identifier"], row["name"])
        assert contact == row["name"] != ""
        dialled = row["phone_number"] if row["phone_number"].startswith("+") else "+" + row["phone_number"]
        assert not row["phone_number"] or (dialled[1] in "123456789" and dialled[1:].isdecimal() and len(dialled) <= 16)
    assert len(seen) == len(people)


def test_a_phone_is_plain_for_programs_and_nothing_else_gets_past_the_guard(people: list[dict[str, str]]) -> None:
    phones = {row["name"]: (row["Phone Number"], row["phone_number"]) for row in people}
    assert phones["Ilona"] == ("+36301234567", "+36301234567")
    assert phones["Petr"] == ("'777 123 456", "")
    assert phones["Eva"] == ("'=1+1", "")


def test_conversations_for_programs_have_what_a_ticket_needs_and_no_guard(bench: Workbench, tmp_path: Path) -> None:
    done = bench.export.write("conversations", tmp_path / "t.csv", Options(for_programs=True))
    read_back = list(csv.DictReader(io.StringIO((tmp_path / "t.csv").read_text("utf-8-sig"), newline="")))
    assert tuple(read_back[0]) == (*TICKETS, *CONVERSATIONS)
    assert all(row[name] for row in read_back for name in TICKETS)
    assert {row["Ticket status"] for row in read_back} <= {"Waiting on us", "Waiting on contact", "Closed"}
    assert len(read_back) == done.rows
    assert done.notes[0].startswith("This file is for programs")
    bench.export.write("versions", tmp_path / "v.csv", Options(for_programs=True))
    assert "'=as it was before" not in (tmp_path / "v.csv").read_text("utf-8-sig")
    bench.export.write("versions", tmp_path / "w.csv")
    assert "'=as it was before" in (tmp_path / "w.csv").read_text("utf-8-sig")
