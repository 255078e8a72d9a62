"""What comes back by letter: an edited file attached, a plain answer, and the letter that asks about a row."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from app.base import clock, ids
from app.base.errors import UserError
from app.base.message import Attached, Author, Incoming
from app.workbench import Workbench
from tests.app.returns.returning import community, sent


@pytest.fixture
def bench(bench: Workbench) -> Workbench:
    made = community(bench)
    with made.store.write() as conn:
        conn.execute(
            "INSERT INTO account (kind, name, own, created_at) VALUES ('email', 'Post', 'hi@sitrona.example', 0)"
        )
    return made


def letter(bench: Workbench, text: str, title: str = "Re: parcels", files: tuple[Attached, ...] = ()) -> int:
    """A letter from Jón; the message's id."""
    jon = Author("jon@sitrona.example", "jon@sitrona.example", "Jón Einarsson")
    count = bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0]
    came = Incoming(f"letter{count}", clock.now(), text, jon, thread=f"letters{count}", title=title, attached=files)
    taken = bench.intake.take(2, [came])
    talk = bench.inbox.open(next(iter(taken.conversation_ids)))
    return talk.lines[-1].id


def test_a_file_that_came_with_a_letter_is_read_out_of_it_and_remembered_with_it(
    bench: Workbench, tmp_path: Path
) -> None:
    copy = sent(bench, tmp_path).edit(0, status="done", answer="Yes")
    number = letter(bench, "Here it is", files=(Attached("jon.csv", "text/csv", copy.content()),))
    (file,) = bench.returns.brought(bench.attachments.of_message(number))
    content = bench.attachments.here(file.id)
    assert bench.returns.came_back(file.name, file.type, content)
    assert content is not None
    found = bench.returns.read_bytes(file.name, content, message_id=number)
    bench.returns.apply(found)
    assert bench.handoffs.get(1).answer_message_id == number


@pytest.mark.parametrize(
    ("name", "content"), [("notes.csv", b"a,b\n1,2\n"), ("photo.jpg", b"H-0001-SE"), ("list.xlsx", b"PK\x03\x04x")]
)
def test_another_file_is_not_taken_for_one_of_ours(bench: Workbench, name: str, content: bytes) -> None:
    assert not bench.returns.came_back(name, "", content)


def test_a_plain_letter_is_put_to_the_hand_off_that_it_names(bench: Workbench) -> None:
    shown = ids.display("H", 3)
    quoted = "Done! The box left today.\n\nOn Monday Sítróna wrote:\n> Can you print it?\n> And when?"
    found = bench.returns.plain_answer(letter(bench, quoted, f"Re: {shown.lower()}"))
    assert found.teammate is not None
    assert found.teammate.name == "Jón Einarsson"
    assert found.handoffs[0].id == 3
    assert found.named
    assert (found.status, found.words) == ("solved", "Done! The box left today.")
    title = bench.returns.take_answer(found, 3, "solved", found.words)
    one = bench.handoffs.get(3)
    assert (one.status, one.answer, one.answer_message_id) == ("solved", found.words, found.message_id)
    assert "Jón Einarsson" in title
    bench.actions.undo()
    assert bench.handoffs.get(3).status == "sent"


def test_a_letter_that_names_none_offers_what_is_open_with_its_writer(bench: Workbench) -> None:
    dora = bench.teammates.add("Farkas Dóra", email="dora@sitrona.example")
    bench.handoffs.add(None, dora, "May we?")
    found = bench.returns.plain_answer(letter(bench, "I am looking into all of it."))
    assert {handoff.teammate for handoff in found.handoffs} == {"Jón Einarsson"}
    assert len(found.handoffs) == 5
    assert (found.named, found.status) == (False, "")


def test_a_stranger_and_our_own_words_answer_nothing(bench: Workbench) -> None:
    stranger = bench.store.read.execute("SELECT id FROM message WHERE NOT out ORDER BY id LIMIT 1").fetchone()[0]
    with pytest.raises(UserError, match="No open hand-off"):
        bench.returns.plain_answer(stranger)
    with pytest.raises(UserError, match="no message"):
        bench.returns.plain_answer(1)


def test_a_blank_answer_is_not_taken(bench: Workbench) -> None:
    found = bench.returns.plain_answer(letter(bench, "Done"))
    with pytest.raises(UserError, match="status"):
        bench.returns.take_answer(found, 1, "", "Done")
    with pytest.raises(UserError, match="blank"):
        bench.returns.take_answer(found, 1, "solved", "  ")


def test_a_teammate_is_asked_about_the_rows_that_cannot_be_read(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path).edit(0, status="Sovled").edit(1, answered_on="04/12/2026")
    found = bench.returns.read(copy.save(tmp_path))
    draft = bench.returns.ask(found, "Jón Einarsson")
    assert draft.receivers[0].address == "jon@sitrona.example"
    assert "jon.csv" in draft.subject
    assert "Sovled" in draft.text
    assert "04/12/2026" in draft.text
    assert [kept.id for kept in bench.letters.drafts()] == [draft.id]
    bench.teammates.edit(1, {"email": ""})
    with pytest.raises(UserError, match="no e-mail address"):
        bench.returns.ask(found, "Jón Einarsson")


def test_a_file_that_came_packed_with_a_letter_is_known_and_read(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path).edit(0, status="done", answer="Yes")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("jon.csv", copy.content())
    number = letter(bench, "Here it is", files=(Attached("jon.zip", "application/zip", made.getvalue()),))
    (file,) = bench.returns.brought(bench.attachments.of_message(number))
    content = bench.attachments.here(file.id)
    assert content is not None
    assert bench.returns.came_back(file.name, file.type, content)
    assert len(bench.returns.read_bytes(file.name, content, message_id=number).applied) == 1
