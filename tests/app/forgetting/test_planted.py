"""Whatever stands about a member, in whichever column: once they are forgotten, no byte of any file holds it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.base.paths import Profile
from app.forgetting import Chosen, Done
from app.forgetting.erasing import tables
from app.safety.checkup import check_file
from app.store import verify
from app.workbench import Workbench
from tests.app.forgetting.planting import PLANTED, plant, plant_in
from tests.app.saying import is_consistent

pytestmark = pytest.mark.slow
_COUNTS = ("message", "conversation", "member", "identity", "gift", "handoff", "outbox", "moderation", "giveaway_entry",
           "template_use", "help", "action")  # fmt: skip


@pytest.fixture
def demo(demo_profile: Profile) -> Iterator[Workbench]:
    made = Workbench(demo_profile)
    yield made
    made.close()


def _counts(bench: Workbench) -> dict[str, int]:
    read = bench.store.read
    return {table: read.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _COUNTS}


def _holding(folder: Path, word: str = PLANTED) -> list[str]:
    """The files below a folder that hold a word, in any of the ways in which the file keeps text."""
    forms = [word.encode(), word.upper().encode(), word.encode("utf-16-le"), word[:8].encode()]
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files if any(form in file.read_bytes() for form in forms)]


def test_a_word_in_any_column_is_in_no_byte_of_any_file(demo: Workbench, tmp_path: Path) -> None:
    number = demo.members.find("Marcus Bell")[0]
    planted = plant(demo, number)
    expected = {f"{table}.{column}" for table, columns in tables().items() for column in columns}
    assert {name for name, count in planted.items() if count} >= {
        name for name in expected if name.partition(".")[0] in {one.partition(".")[0] for one in planted}
    }
    assert len(planted) > 110
    demo.backups.make()
    (demo.profile.folder / "handoffs-legal.csv").write_text(f"ask\nFor {PLANTED} Bell\n", encoding="utf-8")
    assert len(_holding(demo.profile.folder)) >= 3  # the file or its log, the backup, and the table
    before, worth = _counts(demo), demo.store.read.execute("SELECT sum(worth) FROM gift").fetchone()[0]
    receipt = demo.forgetting.forget(number)
    assert not receipt.left
    assert len(receipt.rewritten) == 1
    assert receipt.deleted == ("handoffs-legal.csv",)
    assert _counts(demo) == before
    assert demo.store.read.execute("SELECT sum(worth) FROM gift").fetchone()[0] == worth
    is_consistent(demo.store)
    demo.close()
    assert _holding(demo.profile.folder) == []
    assert _holding(demo.profile.folder, "Marcus Bell") == []
    for file in (demo.profile.file, *demo.profile.backups.glob("*.rapport")):
        assert not verify.fault(file)
    shutil.copytree(demo.profile.folder, tmp_path / "copy")
    again = Workbench(Profile(tmp_path / "copy"))
    assert not check_file(again.profile.file).faults
    assert again.members.get(number).name == "Forgotten member"
    again.close()


def _entries(bench: Workbench) -> list[tuple[str, str]]:
    """Entries in give-aways are their members', and stay as they are."""
    rows = bench.store.read.execute("SELECT name, listed FROM giveaway_entry ORDER BY id")
    return [(row["name"], row["listed"]) for row in rows]


def test_a_word_in_any_column_about_a_conversation_is_in_no_byte_once_a_rule_has_erased_it(demo: Workbench) -> None:
    number = demo.members.find("Marcus Bell")[0]
    talk = demo.store.read.execute(
        "SELECT c.id FROM conversation c JOIN identity i ON i.id = c.identity_id WHERE i.member_id = ? LIMIT 1",
        (number,),
    ).fetchone()[0]
    planted = plant_in(demo, talk)
    assert len([name for name, count in planted.items() if count]) > 60
    demo.backups.make()
    assert len(_holding(demo.profile.folder)) >= 2  # the file or its log, and the backup
    before, entries = _counts(demo), _entries(demo)
    chosen, kept = Chosen((talk,), ()), list[Done]()
    demo.forgetting.by_rule(lambda _conn: chosen, lambda _conn, done: kept.append(done))
    assert kept[-1].conversations == 1
    assert _counts(demo) == before
    assert _entries(demo) == entries
    assert demo.members.get(number).name == "Marcus Bell"
    is_consistent(demo.store)
    demo.close()
    assert _holding(demo.profile.folder) == []
