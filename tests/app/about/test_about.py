"""Everything that is held about a member is in the zip, and nothing about anybody else."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.about import held, write
from app.base.errors import NotFoundError
from app.base.paths import Profile
from app.csvfile import ExistsError
from app.workbench import Workbench
from tests.app.cli.shell import Shell
from tests.app.saying import NOW, account, said


@pytest.fixture
def demo(demo_profile: Profile) -> Iterator[Workbench]:
    made = Workbench(demo_profile)
    yield made
    made.close()


def _eleni(bench: Workbench) -> int:
    return bench.members.find("Ελένη")[0]


@pytest.mark.slow
def test_every_row_about_a_member_is_in_it(demo: Workbench, tmp_path: Path) -> None:
    number, read = _eleni(demo), demo.store.read
    with_them = "identity i JOIN conversation c ON c.identity_id = i.id WHERE i.member_id = ?"
    made = write(demo, number, tmp_path / "eleni.zip")
    packed = zipfile.ZipFile(made.path)
    rows = json.loads(packed.read("everything.json"))
    for table, sql in (
        ("identity", "SELECT count(*) FROM identity WHERE member_id = ?"),
        ("gift", "SELECT count(*) FROM gift WHERE member_id = ?"),
        ("promise", "SELECT count(*) FROM promise WHERE member_id = ?"),
        # those that are with them, by whichever of their names
        ("conversation", f"SELECT count(*) FROM {with_them}"),
    ):  # fmt: skip
        assert len(rows.get(table, [])) == read.execute(sql, (number,)).fetchone()[0]
    words = {row["text"] for row in rows["message"]}
    theirs = read.execute(
        "SELECT m.text FROM message m JOIN identity i ON i.id = m.identity_id WHERE i.member_id = ?", (number,)
    )
    assert {text for (text,) in theirs} <= words
    pages = [name for name in packed.namelist() if name.startswith("conversations/")]
    assert len(pages) == len(rows["conversation"])
    assert "Ελένη" in packed.read("member.html").decode()


@pytest.mark.slow
def test_nothing_that_others_wrote_is_in_it_but_our_words_to_the_member(demo: Workbench) -> None:
    number, read = _eleni(demo), demo.store.read
    mine = {row["id"] for row in read.execute("SELECT id FROM identity WHERE member_id = ?", (number,))}
    for row in held(read, demo.members, number)["message"]:
        assert row["out"] or row["identity_id"] in mine


def test_an_existing_file_is_not_written_over_and_nobody_is_refused(bench: Workbench, tmp_path: Path) -> None:
    number = bench.members.add("Jana")
    there = tmp_path / "jana.zip"
    there.write_text("mine")
    with pytest.raises(ExistsError):
        write(bench, number, there)
    assert there.read_text() == "mine"
    with pytest.raises(NotFoundError):
        write(bench, 999, tmp_path / "nobody.zip")
    assert list(tmp_path.glob("nobody*")) == []


@pytest.mark.slow
def test_the_shell_writes_it(demo_profile: Profile, tmp_path: Path) -> None:
    told = Shell(demo_profile.folder).told("member", "export", "Ελένη Παπαδοπούλου", tmp_path / "e.zip")
    assert told["rows"]["member"] == 1
    assert zipfile.is_zipfile(tmp_path / "e.zip")


def test_who_was_merged_in_several_steps_is_in_it(bench: Workbench) -> None:
    ann, bea, cai = (bench.members.add(name) for name in ("Ann", "Bea", "Cai"))
    bench.members.edit(cai, {"note": "likes tea"})
    bench.pairs.merge(bea, cai)
    bench.pairs.merge(ann, bea)
    found = held(bench.store.read, bench.members, cai)
    assert [row["name"] for row in found["member"]] == ["Ann", "Bea", "Cai"]
    assert len(found["member_merge"]) == 2


def test_who_was_merged_long_ago_is_in_it_with_all_that_belongs_to_them(bench: Workbench) -> None:
    blog = account(bench.store)
    bench.intake.take(blog, [said(who, NOW, who=who, thread=who) for who in ("anna", "annie", "ann", "bela")])
    bench.members.edit(1, {"note": "her first name"})
    bench.members.merge(2, 1)
    bench.members.merge(3, 2)
    bench.today.put_off_member(3)
    with bench.store.write() as conn:
        talk = conn.execute("SELECT id FROM conversation WHERE identity_id = 4").fetchone()["id"]
        conn.execute("INSERT INTO quarrel (id, conversation_id, found_at, heat) VALUES (5, ?, 1, 9)", (talk,))
        conn.execute("INSERT INTO quarrel_side (quarrel_id, identity_id) VALUES (5, 1), (5, 4)")
        conn.execute("INSERT INTO handoff (id, member_id, ask, opened_at, updated_at) VALUES (6, 3, 'How?', 1, 1)")
        conn.execute("INSERT INTO handoff_step (handoff_id, step, at) VALUES (6, 'reminded', 2)")
    rows = held(bench.store.read, bench.members, 1)
    assert sorted(row["id"] for row in rows["member"]) == [1, 2, 3]
    assert [row["id"] for row in rows["quarrel"]] == [5]
    assert [row["handoff_id"] for row in rows["handoff_step"]] == [6]
    assert [row["row_id"] for row in rows["put_off"]] == [3]
    assert [row["identity_id"] for row in rows["quarrel_side"]] == [1]
