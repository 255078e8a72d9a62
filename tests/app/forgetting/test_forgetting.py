"""Who is forgotten stays forgotten: after a pull, an import, an undo, a restored backup; what comes later is new."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.errors import NotFoundError, UserError
from app.base.message import Incoming
from app.base.paths import Profile
from app.forgetting import telling
from app.safety import backup
from app.workbench import Workbench
from tests.app.cli.shell import Shell
from tests.app.saying import NOW, account, is_consistent, said

_FORGOTTEN = "Forgotten member"


@pytest.fixture
def blog(bench: Workbench) -> int:
    """An account on which Anna wrote twice, once after Bela, and we answered her."""
    made = account(bench.store)
    bench.intake.take(made, _items())
    return made


def _items() -> list[Incoming]:
    return [
        said("1", NOW - 900, "My parcel is lost", who="anna", name="Anna Kovács", thread="a", title="Lost"),
        said("2", NOW - 800, "We look for it, Anna", who="us", thread="a", out=True),
        said("3", NOW - 700, "Good morning all", who="bela", name="Bela Nagy", thread="b"),
        said("4", NOW - 600, "Good morning Bela", who="anna", name="Anna Kovács", thread="b"),
        said("5", NOW - 500, "And to you, Anna", who="us", thread="b", out=True),
    ]


def _anna(bench: Workbench) -> int:
    return bench.members.find("Anna")[0]


def _texts(bench: Workbench) -> list[str]:
    return [row["text"] for row in bench.store.read.execute("SELECT text FROM message ORDER BY at")]


@pytest.mark.usefixtures("blog")
def test_her_words_and_ours_to_her_go_and_those_of_others_stay(bench: Workbench) -> None:
    receipt = bench.forgetting.forget(_anna(bench))
    assert _texts(bench) == ["[forgotten]", "[forgotten]", "Good morning all", "[forgotten]", "[forgotten]"]
    assert (receipt.said, receipt.told, receipt.conversations) == (2, 2, 1)
    assert [row["name"] for row in bench.store.read.execute("SELECT name FROM member ORDER BY id")] == [
        _FORGOTTEN, "Bela Nagy",
    ]  # fmt: skip
    assert bench.search.messages("parcel") == []
    assert "Good morning all" in [hit.text for hit in bench.search.messages("morning")]
    is_consistent(bench.store)


def test_what_was_erased_does_not_come_back_with_the_next_pull(bench: Workbench, blog: int) -> None:
    bench.forgetting.forget(_anna(bench))
    before = _texts(bench)
    again = bench.intake.take(blog, _items())
    assert (again.new, again.known) == (0, 5)
    older = said("0", NOW - 2_000, "Hello, I am new", who="anna", thread="z")  # of the history, which is read later
    ours = said("9", NOW - 450, "We found it, Anna", who="us", thread="a", out=True)
    assert bench.intake.take(blog, [older, ours]).new == 0
    assert _texts(bench) == before


def test_who_writes_again_is_somebody_new(bench: Workbench, blog: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.base.clock.now", lambda: NOW)
    bench.forgetting.forget(_anna(bench))
    bench.intake.take(blog, [said("20", NOW + 60, "Hello again", who="anna", name="Anna Kovács", thread="a")])
    assert "Hello again" in _texts(bench)
    (number,) = bench.members.find("Anna")
    assert bench.members.get(number).first_at == NOW + 60
    assert bench.forgetting.plan(number).said == 1


def test_no_table_brings_them_back(bench: Workbench, tmp_path: Path) -> None:
    number = bench.members.add("Jana Nová")
    bench.members.edit(number, {"email": "jana@example.org", "phone": "+420 777 123 456"})
    bench.forgetting.forget(number)
    table = tmp_path / "people.csv"
    table.write_text("name,email\nJana Nová,jana@example.org\nPetr Malý,petr@example.org\n", encoding="utf-8")
    done = bench.imports.run(table)
    assert (done.new, done.known) == (1, 1)
    assert "1 row is about somebody who was forgotten, and was left out." in done.sentence
    assert bench.members.find("Jana") == []


@pytest.mark.usefixtures("blog")
def test_no_undo_and_no_redo_brings_anything_back(bench: Workbench) -> None:
    number = _anna(bench)
    bench.members.edit(number, {"note": "likes elderflower"})
    bench.inbox.label([1, 2], ["parcels"])
    bench.forgetting.forget(number)
    held = bench.store.read.execute("SELECT group_concat(title || coalesce(before, '') || coalesce(after, '')) FROM"
                                    " action LEFT JOIN action_step ON action_id = id").fetchone()[0]  # fmt: skip
    assert "elderflower" not in held
    assert "Anna" not in held
    bench.actions.undo()  # the label, as far as it is on another's conversation
    assert bench.inbox.labels(2) == ()
    with pytest.raises(UserError):
        bench.actions.undo()
    assert bench.members.get(number).note == ""
    is_consistent(bench.store)


@pytest.mark.usefixtures("blog")
def test_who_was_merged_into_them_goes_as_well(bench: Workbench) -> None:
    anna, bela = _anna(bench), bench.members.find("Bela")[0]
    bench.pairs.merge(anna, bela)
    bench.forgetting.forget(anna)
    assert {row["name"] for row in bench.store.read.execute("SELECT name FROM member")} == {_FORGOTTEN}
    assert set(_texts(bench)) == {"[forgotten]"}


def test_what_others_wrote_about_them_is_counted_and_left_but_for_their_address(bench: Workbench, blog: int) -> None:
    number = _anna(bench)
    bench.members.edit(number, {"email": "anna.kovacs@example.org"})
    bench.intake.take(blog, [said("7", NOW - 90, "Ask Anna Kovács, anna.kovacs@example.org", who="bela", thread="c")])
    assert bench.forgetting.plan(number).named == 1
    bench.forgetting.forget(number)
    assert _texts(bench)[-1] == "Ask Anna Kovács, [removed]"
    is_consistent(bench.store)


@pytest.mark.usefixtures("blog")
def test_what_waits_for_them_ends(bench: Workbench) -> None:
    number = _anna(bench)
    bench.promises.add(number, "a new bottle")
    with bench.store.write() as conn:
        conn.execute(
            "INSERT INTO handoff (member_id, ask, opened_at, updated_at) VALUES (?, 'Find it', 1, 1)", (number,)
        )
        conn.execute("INSERT INTO gift (member_id, item, why, worth, currency, state_at, created_at)"
                     " VALUES (?, 'Mug', 'kind', 900, 'EUR', 1, 1)", (number,))  # fmt: skip
    plan = bench.forgetting.plan(number)
    assert plan.ends == {"handoff": 1, "gift": 1}
    bench.forgetting.forget(number)
    read = bench.store.read
    assert read.execute("SELECT ask, closed_at IS NOT NULL FROM handoff").fetchone()[:] == ("[forgotten]", 1)
    assert read.execute("SELECT item, worth, state, why FROM gift").fetchone()[:] == ("Mug", 900, "declined", "")
    assert read.execute("SELECT count(*) FROM promise").fetchone()[0] == 0
    assert read.execute("SELECT state FROM conversation WHERE id = 1").fetchone()[0] == "done"


@pytest.mark.usefixtures("blog")
def test_a_receipt_names_nobody_and_is_kept(bench: Workbench) -> None:
    receipt = bench.forgetting.forget(_anna(bench))
    (kept,) = bench.forgetting.receipts()
    assert kept == receipt
    told = " ".join(telling.after(kept))
    assert "Anna" not in told
    assert "Blog (4)" in told
    assert "P-1" in told


@pytest.mark.usefixtures("blog")
def test_nobody_and_twice(bench: Workbench) -> None:
    with pytest.raises(NotFoundError):
        bench.forgetting.forget(999)
    number = _anna(bench)
    bench.forgetting.forget(number)
    assert bench.forgetting.forget(number).said == 2  # nothing is left to erase, and nothing is broken
    is_consistent(bench.store)


@pytest.mark.slow
@pytest.mark.usefixtures("blog")
def test_a_conflict_copy_beside_the_file_is_written_anew_too(bench: Workbench) -> None:
    copy = bench.profile.folder / "community (conflicted copy 2026-12-03 061500).rapport"
    backup.make(bench.store, bench.profile, copy)
    assert b"My parcel is lost" in copy.read_bytes()
    receipt = bench.forgetting.forget(_anna(bench))
    assert copy.name in receipt.rewritten
    assert b"My parcel is lost" not in copy.read_bytes()


@pytest.mark.slow
def test_a_restored_backup_from_elsewhere_does_not_bring_them_back(bench: Workbench, blog: int, tmp_path: Path) -> None:
    elsewhere = tmp_path / "stick" / "old.rapport"
    elsewhere.parent.mkdir()
    backup.make(bench.store, bench.profile, elsewhere)
    profile = bench.profile
    bench.forgetting.forget(_anna(bench))
    bench.close()
    backup.bring_back(profile, elsewhere)
    again = Workbench(profile)
    assert again.members.find("Anna") == []
    assert "My parcel is lost" not in _texts(again)
    assert "Good morning all" in _texts(again)
    assert len(again.forgetting.receipts()) == 1
    assert again.intake.take(blog, _items()).new == 0
    again.do_what_is_due()
    again.close()
    assert b"My parcel is lost" not in profile.file.read_bytes()


@pytest.mark.slow
def test_the_shell_asks_once(demo_profile: Profile) -> None:
    shell = Shell(demo_profile.folder)
    asked = shell.told("member", "forget", "Marcus Bell", status=1)
    assert not asked["forgotten"]
    assert "Marcus Bell" in asked["said"][0]
    assert shell.told("member", "forgotten") == []
    done = shell.told("member", "forget", "Marcus Bell", "--yes")
    assert done["forgotten"]
    assert done["messages_of_theirs"] == 13
    (kept,) = shell.told("member", "forgotten")
    assert kept["member"] == done["member"]
    assert shell.told("search", "Marcus Bell") == []
