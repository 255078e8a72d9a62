"""Taking an import back takes nothing along that a person wrote, whichever way it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.base.message import Attached
from app.base.paths import Profile
from app.imports import Options
from app.outbox import LetterDraft, of_reply
from app.templates import Text
from app.voice import Draft
from app.workbench import Workbench
from tests.app.imports.conftest import OWN, mail, mbox
from tests.app.saying import is_consistent

Put = Callable[[str, str | bytes], Path]
MINE = Options(own=(OWN,))
PEOPLE = "Name,Email,City\nAnna,anna@example.is,Akureyri\nBo,bo@example.is,Brno\nCarla,carla@example.is,Cork\n"


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def count(bench: Workbench, table: str) -> int:
    return int(bench.store.read.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def talk(bench: Workbench, sender: str = "anna@example.is") -> int:
    row = bench.store.read.execute(
        "SELECT c.id FROM conversation c JOIN identity i ON i.id = c.identity_id WHERE i.key = ?", (sender,)
    ).fetchone()
    return int(row[0])


def person(bench: Workbench, sender: str = "anna@example.is") -> int:
    return int(bench.store.read.execute("SELECT member_id FROM identity WHERE key = ?", (sender,)).fetchone()[0])


def teammate(bench: Workbench) -> int:
    return bench.teammates.add("Jón")


def _reply(bench: Workbench) -> None:
    with bench.store.write() as conn:  # what came from a file cannot send: this one may
        conn.execute("UPDATE account SET mode = 'demo'")
    bench.outbox.submit(bench.voice.clear(Draft(text="Thank you, Anna")), talk(bench), hold_seconds=9_999)


def _template(bench: Workbench) -> None:
    number = bench.templates.add("thanks", "Thanks", texts=[Text("en", "A", "Thanks")])
    with bench.store.write() as conn:
        conn.execute(
            "INSERT INTO template_use (template_id, language, variant, member_id, conversation_id, at)"
            " VALUES (?, 'en', 'A', ?, ?, 1)",
            (number, person(bench), talk(bench)),
        )


def _forward(bench: Workbench) -> None:
    (message,) = bench.store.read.execute("SELECT id FROM message WHERE text = 'More'").fetchone()
    bench.letters.keep(LetterDraft(forwards_id=message, text="Look, Jón"))


ON_A_CONVERSATION: dict[str, Callable[[Workbench], object]] = {
    "your draft": lambda b: b.inbox.keep_draft(talk(b), "Dear Anna, half an"),
    "a label": lambda b: b.inbox.label(talk(b), ["parcel"]),
    "a snooze": lambda b: b.inbox.snooze([talk(b)], 4_000_000_000),
    "a mark": lambda b: b.inbox.mark(talk(b), "unhappy", on=True),
    "a hand-off": lambda b: b.handoffs.add(talk(b), teammate(b), "please look"),
    "a gift": lambda b: b.gifts.log(person(b), "Mug", "kind", "9", conversation_id=talk(b)),
    "a promise": lambda b: b.promises.add(person(b), "write back", "2027-01-01", talk(b)),
    "your reply": _reply,
    "a template you used": _template,
    "a letter you're writing": _forward,
    "a file for your reply": lambda b: b.files.add_content(of_reply(talk(b)), Attached("a.txt", "text/plain", b"a")),
}


@pytest.mark.parametrize("why", ON_A_CONVERSATION)
def test_a_conversation_with_something_of_ones_own_stays_whole(bench: Workbench, put: Put, why: str) -> None:
    bench.imports.run(put("box", mbox(mail(1), mail(2, "More", answers=1), mail(3, sender="bo@example.is"))), MINE)
    brought = bench.store.last_action
    ON_A_CONVERSATION[why](bench)
    (seen,) = [one for one in bench.actions.listed() if one.action.id == brought]
    assert seen.removes == {"message": 1, "conversation": 1, "member": 1}
    assert seen.keeps[f"conversation with {why}"] == 1
    assert f"keeps 1 conversation with {why}" in seen.words
    done = bench.actions.undo(brought)
    assert f"1 conversation with {why}" in done.remark
    assert done.remark.startswith("Removed 1 message, 1 conversation, 1 member.")
    assert [row[0] for row in bench.store.read.execute("SELECT text FROM message ORDER BY id")] == ["Góðan dag", "More"]
    assert bench.members.get(person(bench)).name == "Anna"
    assert bench.inbox.row(talk(bench)).messages == 2
    is_consistent(bench.store)


def test_the_draft_is_there_to_the_last_letter(bench: Workbench, put: Put) -> None:
    bench.imports.run(put("box", mbox(mail(1))), MINE)
    bench.inbox.keep_draft(talk(bench), "Dear Anna, half an")
    bench.actions.undo()
    assert bench.inbox.open(talk(bench)).draft == "Dear Anna, half an"


def test_a_draft_on_a_conversation_that_was_there_before_stays_with_it(bench: Workbench, put: Put) -> None:
    bench.imports.run(put("old", mbox(mail(1))), MINE)
    bench.imports.run(put("new", mbox(mail(2, "And now?", answers=1), mail(3, sender="bo@example.is"))), MINE)
    bench.inbox.keep_draft(talk(bench), "Now this")
    bench.actions.undo()
    assert bench.inbox.open(talk(bench)).draft == "Now this"
    assert bench.inbox.row(talk(bench)).messages == 2
    assert count(bench, "member") == 1
    bench.actions.undo()
    assert bench.inbox.open(talk(bench)).draft == "Now this"
    is_consistent(bench.store)


ON_A_MEMBER: dict[str, Callable[[Workbench], object]] = {
    "your notes or changes": lambda b: b.members.edit(person(b), {"note": "allergic to nuts"}),
    "a gift": lambda b: b.gifts.log(person(b), "Mug", "kind", "9"),
    "a promise": lambda b: b.promises.add(person(b), "write back"),
    "a letter you're writing": lambda b: b.letters.keep(LetterDraft(member_id=person(b), text="Dear Anna")),
    "messages you added": lambda b: b.in_person.note(person(b), "likes lemons"),
    "a merge": lambda b: b.members.merge(b.members.add("Anna the elder"), person(b)),
}


@pytest.mark.parametrize("kind", ["mail", "table"])
@pytest.mark.parametrize("why", ON_A_MEMBER)
def test_a_member_with_something_of_ones_own_stays(bench: Workbench, put: Put, why: str, kind: str) -> None:
    if kind == "mail":
        mails = mbox(mail(1), mail(2, sender="bo@example.is"), mail(3, sender="carla@example.is"))
        bench.imports.run(put("box", mails), MINE)
    else:
        bench.imports.run(put("people.csv", PEOPLE))
    brought = bench.store.last_action
    ON_A_MEMBER[why](bench)
    noted = bench.members.get(person(bench))
    (seen,) = [one for one in bench.actions.listed() if one.action.id == brought]
    assert (seen.why, seen.removes["member"], seen.keeps) == ("", 2, {f"member with {why}": 1})
    assert f"1 member with {why}" in bench.actions.undo(brought).remark
    after = bench.members.get(person(bench))
    assert (after.name, after.note, after.city) == (noted.name, noted.note, noted.city)
    assert bench.store.read.execute("SELECT count(*) FROM identity WHERE key LIKE '%@%'").fetchone()[0] == 1
    assert bench.members.find("bo") == []
    is_consistent(bench.store)


def test_members_that_were_only_read_go_and_what_was_filled_in_is_put_back(bench: Workbench, put: Put) -> None:
    kept = bench.members.add("Anna before")
    with bench.store.write() as conn:
        conn.execute(
            "INSERT INTO identity (kind, handle, key, member_id, home_id) VALUES ('email', ?1, ?1, ?2, ?2)",
            ("anna@example.is", kept),
        )
    bench.imports.run(put("people.csv", PEOPLE))
    bench.members.edit(kept, {"note": "prefers tea"})
    brought = next(one for one in bench.actions.last(3) if one.kind == "import")
    bench.actions.undo(brought.id)
    found = bench.members.get(kept)
    assert (found.name, found.city, found.note) == ("Anna before", "", "prefers tea")
    assert count(bench, "member") == 1


def test_an_import_that_was_merged_with_an_older_member_and_the_merge_undone_after_it(
    bench: Workbench, put: Put
) -> None:
    older = bench.members.add("Anna the elder", note="from the fair")
    bench.imports.run(put("people.csv", PEOPLE))
    brought, anna = bench.store.last_action, person(bench)
    bench.members.merge(older, anna)
    merged = bench.store.last_action
    bench.members.edit(older, {"note": "from the fair, likes rhubarb"})
    bench.actions.undo(brought)
    assert person(bench) == older
    bench.actions.undo(merged)
    assert person(bench) == anna
    assert bench.members.get(anna).city == "Akureyri"
    assert bench.members.get(older).note == "from the fair, likes rhubarb"
    is_consistent(bench.store)


def test_a_file_that_came_in_twice_goes_whole(bench: Workbench, put: Put) -> None:
    bench.imports.run(put("a", mbox(mail(1), mail(2, answers=1))), MINE)
    bench.imports.run(put("b", mbox(mail(1), mail(2, answers=1), mail(3, answers=2))), MINE)
    first, second = (one.id for one in reversed(bench.actions.last(2)))
    bench.actions.undo(first)
    assert [row[0] for row in bench.store.read.execute("SELECT remote_id FROM message")] == ["3@example.is"]
    bench.actions.undo(second)
    assert [count(bench, name) for name in ("message", "conversation", "member", "identity")] == [0, 0, 0, 0]
    is_consistent(bench.store)


def test_an_undone_note_no_longer_holds_a_member(bench: Workbench, put: Put) -> None:
    bench.imports.run(put("people.csv", PEOPLE))
    brought = bench.store.last_action
    bench.members.edit(person(bench), {"note": "wrong person"})
    bench.actions.undo()
    bench.actions.undo(brought)
    assert count(bench, "member") == 0


def test_what_was_done_to_a_conversation_that_has_gone_is_no_longer_offered(bench: Workbench, put: Put) -> None:
    bench.imports.run(put("box", mbox(mail(1))), MINE)
    brought = bench.store.last_action
    bench.inbox.done([talk(bench)])
    bench.actions.undo(brought)
    assert bench.actions.last(9) == []


def test_the_list_changes_nothing_in_the_file(bench: Workbench, put: Put) -> None:
    bench.imports.run(put("box", mbox(mail(1), mail(2, sender="bo@example.is"))), MINE)
    bench.members.merge(person(bench), person(bench, "bo@example.is"))
    before = bench.store.path.with_name("community.rapport-wal").read_bytes()
    seen = bench.actions.listed()
    assert [one.action.kind for one in seen] == ["merge", "import"]
    assert all(one.words for one in seen)
    assert bench.store.path.with_name("community.rapport-wal").read_bytes() == before
    assert bench.store.undone == []


def test_undo_of_an_import_after_a_restart_keeps_the_draft(profile: Profile, put: Put) -> None:
    bench = Workbench(profile)
    bench.imports.run(put("box", mbox(mail(1))), MINE)
    bench.inbox.keep_draft(talk(bench), "Dear Anna")
    bench.close()
    again = Workbench(profile)
    again.imports.undo_batch(1)
    assert again.inbox.open(talk(again)).draft == "Dear Anna"
    again.close()
