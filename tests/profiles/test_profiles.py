"""A file that any release of Rapport wrote opens with this one, and everything in it is what it was."""

from __future__ import annotations

import lzma
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import schema

from app.base.errors import UserError
from app.base.paths import Profile
from app.safety.checkup import check_file
from app.store import verify
from app.store.header import LATEST
from app.store.sqlite import Connection
from app.store.store import Store
from app.store.wayback import listed
from app.workbench import Workbench

KEPT = sorted(Path(__file__).parent.glob("*.rapport.xz"))
CHANGED: dict[str, frozenset[str]] = {
    # step 12: where a parcel goes lies in a table of its own; what was counted has become items and moves of stock
    "gift": frozenset(("recipient", "address_1", "address_2", "address_3", "postal_code", "city", "country")),
    "action": frozenset(("undone_at",)),
    # step 13: how many emoji a message may have is a rule like others
    "voice_guide": frozenset(("emoji_most",)),
}
"""Columns by table whose values a migration is meant to change."""
GONE = frozenset(("gift_stock", "action_step", "seal"))
"""Tables whose rows a migration puts elsewhere; steps of undo go with what they are about, seals with each copy."""
STEPS = "_sqlite_migrations"
"""Grows by a row with each migration."""


@pytest.fixture(params=KEPT, ids=lambda path: path.name.partition(".")[0])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a kept profile's file, as that release left it."""
    path = tmp_path / "profile" / "community.rapport"
    path.parent.mkdir(mode=0o700)
    path.write_bytes(lzma.decompress(request.param.read_bytes()))
    path.chmod(0o600)
    return path


def columns(conn: Connection) -> dict[str, list[str]]:
    """The columns of each table that holds rows of its own, the generated ones too."""
    tables = conn.execute(schema.OURS).fetchall()
    names = [row["name"] for row in tables if row["type"] == "table" and not row["sql"].startswith("CREATE VIRTUAL")]
    return {name: [row["name"] for row in conn.execute(f"PRAGMA table_xinfo({name})")] for name in names}


def rows(conn: Connection, wanted: dict[str, list[str]]) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of these columns, in an order of their own."""
    found = {}
    for table, names in wanted.items():
        asked = ", ".join(f'"{name}"' for name in names)
        found[table] = sorted((tuple(row) for row in conn.execute(f"SELECT {asked} FROM {table}")), key=repr)
    return found


def unchanged(file: Path) -> dict[str, list[str]]:
    """The columns of an old file whose values no migration may change."""
    with closing(verify.reading(file)) as conn:
        found = columns(conn)
    del found[STEPS]
    return {
        table: [name for name in names if name not in CHANGED.get(table, ())]
        for table, names in found.items()
        if table not in GONE
    }


def content(file: Path, wanted: dict[str, list[str]]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of a file that nobody has open."""
    with closing(verify.reading(file)) as conn:
        return rows(conn, wanted)


def test_one_is_kept_of_each_earlier_schema() -> None:
    kept = {path.name for path in KEPT}
    assert kept >= {f"step_{number}.rapport.xz" for number in range(1, LATEST)}, "tests/profiles/make.py says how"


def test_a_kept_profile_has_something_of_everything(old: Path) -> None:
    wanted = unchanged(old)
    found = content(old, wanted)
    assert [table for table, held in found.items() if not held] == []
    states = {row[wanted["outbox"].index("state")] for row in found["outbox"]}
    assert states == {"held", "queued", "sending", "sent", "failed", "undecided", "discarded"}
    states = {row[wanted["conversation"].index("state")] for row in found["conversation"]}
    assert states - {"quiet"} == {"needs_me", "waiting", "snoozed", "done"}


def test_every_row_is_what_it_was(old: Path) -> None:
    wanted = unchanged(old)
    before = content(old, wanted)
    store = Store(old)
    after = rows(store.read, wanted)
    store.close()
    assert after == before


def test_it_is_sound_and_its_words_are_found(old: Path) -> None:
    bench = Workbench(Profile(old.parent))
    found = bench.search.messages("brotinn")
    names = [bench.members.get(number).name for number in bench.members.find("akureyri")]
    bench.close()
    assert len(found) == 1
    assert names == ["Guðrún Ásta Þórðardóttir"]
    assert check_file(old).faults == ()


def test_its_tables_are_those_of_a_new_file(old: Path) -> None:
    store = Store(old)
    described = schema.described(store.read)
    store.close()
    assert sorted(described.split("\n\n")) == sorted(schema.SCHEMA.read_text(encoding="utf-8").split("\n\n"))


def test_parcels_go_where_they_went_and_the_stock_is_what_was_counted(old: Path) -> None:
    with closing(verify.reading(old)) as conn:
        gone = "gift_stock" in columns(conn)
        stock = conn.execute("SELECT item, on_hand, reorder_at FROM gift_stock").fetchall() if gone else []
        sent = conn.execute("SELECT id, recipient FROM gift WHERE recipient <> ''").fetchall() if gone else []
    bench = Workbench(Profile(old.parent))
    kept = [(one.item, one.on_hand, one.reorder_at) for one in bench.gifts.stock()]
    going = [(gift.id, gift.recipient) for gift in bench.gifts.listed("all")]
    of_item = bench.store.read.execute("SELECT count(*) FROM gift WHERE item_id IS NOT NULL").fetchone()[0]
    bench.close()
    assert [tuple(row) for row in stock] == kept or not gone
    assert {tuple(row) for row in sent} <= set(going)
    assert of_item == len(going) > 0


def test_a_verified_backup_stands_from_before_the_migration(old: Path) -> None:
    wanted = unchanged(old)
    before = content(old, wanted)
    with closing(verify.reading(old)) as conn:
        is_old = conn.execute("PRAGMA user_version").fetchone()[0] < LATEST
    Store(old).close()
    backups = listed(old.parent / "backups")
    assert len(backups) == is_old
    for backup in backups:
        assert verify.digest_of(backup)
        assert verify.fault(backup) == ""
        assert content(backup, wanted) == before


def test_two_that_were_merged_are_parted_again(old: Path) -> None:
    bench = Workbench(Profile(old.parent))
    merged = next(one for one in bench.actions.last(1_000) if one.title.startswith("Merged"))
    bench.actions.undo(merged.id)
    names = bench.store.read.execute("SELECT count(*) FROM identity WHERE member_id <> home_id").fetchone()[0]
    found = [bench.members.get(number).name for number in bench.members.find("Guðrún")]
    bench.close()
    assert names == 0
    assert sorted(found) == ["Guðrún Á.", "Guðrún Ásta Þórðardóttir"]


def test_all_that_was_done_can_be_undone_but_what_is_out(old: Path) -> None:
    bench = Workbench(Profile(old.parent))
    has_told = bench.store.read.execute("SELECT 1 FROM handoff WHERE telling_outbox_id IS NOT NULL").fetchone()
    refused = []
    for action in bench.actions.last(1_000):
        try:
            bench.actions.undo(action.id)
        except UserError:
            refused.append(action.title)
    left = {
        table: bench.store.read.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("gift", "handoff", "promise", "teammate", "conversation_label", "gift_address")
    }
    held = bench.store.read.execute("SELECT DISTINCT state FROM outbox").fetchall()
    bench.close()
    # what has gone out, and a template that was used in it; no release before step 5 could correct a message
    out = {"Reply", "New template: Own thanks"}
    # a reply that went out told a member what a teammate had answered: releases from step 10 on keep that with it
    told = {"Handed off", "New teammate: Ari"} if has_told else set[str]()
    assert {title.partition(" to ")[0] for title in refused} - {"Correct the message"} == out | told
    assert left == dict.fromkeys(left, 0) | (dict.fromkeys(("handoff", "teammate"), 1) if told else {})
    assert {row[0] for row in held}.isdisjoint({"held", "failed"})
    assert check_file(old).faults == ()
