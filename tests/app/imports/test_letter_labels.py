"""Labels that Gmail's Takeout writes into letters become labels of their conversations."""

from __future__ import annotations

import base64

import pytest

from app.actions import Actions
from app.imports.desk import Imports
from app.inbox import Inbox
from app.intake import Intake
from app.mail.parse import parse
from app.store.store import Store
from tests.app.imports.conftest import OWN, Write, counts, mail, mbox

SAID = "Labels in the mailbox become labels here: {}."


def labelled(number: int, labels: str, *, answers: int | None = None) -> bytes:
    """A mail with these labels, as Gmail writes them."""
    coded = base64.b64encode(labels.encode()).decode()
    written = labels if labels.isascii() else f"=?UTF-8?B?{coded}?="
    return f"X-GM-THRID: {number}\nX-Gmail-Labels: {written}\n".encode() + mail(number, answers=answers)


TAKEOUT = mbox(
    labelled(1, "Inbox,Garden club,Opened"), labelled(2, 'Inbox,"Press, local",Garden club', answers=1),
    labelled(3, "Doručená pošta,Důležité,Sousedé,Kategorie Osobní,Nepřečtené"), labelled(4, "Archived"),
    labelled(5, "Spam,Never"),
)  # fmt: skip


def by_title(store: Store) -> list[list[str]]:
    """The labels of each conversation, in the order in which they came."""
    return [
        sorted(Inbox(store).labels(row["id"])) for row in store.read.execute("SELECT id FROM conversation ORDER BY id")
    ]


def test_a_letters_own_labels_are_said_before_and_given(imports: Imports, store: Store, write: Write) -> None:
    path, before = write("All mail.mbox", TAKEOUT), counts(store)
    said = SAID.format("Garden club, Press, local, Sousedé")
    assert said in imports.preview(path).sentence
    assert counts(store) == before
    assert Inbox(store).all_labels() == []
    done = imports.run(path)
    assert said in done.sentence
    assert sorted(by_title(store)) == [[], ["Garden club", "Press, local"], ["Sousedé"]]


def test_one_undo_takes_them_back_with_the_letters(imports: Imports, store: Store, write: Write) -> None:
    Inbox(store)
    empty = counts(store)
    done = imports.run(write("box", TAKEOUT))
    actions = Actions(store, lambda: imports)
    (listed,) = actions.listed()
    assert not listed.keeps
    actions.undo(listed.action.id)
    assert done.batch_id is not None
    assert counts(store) == empty
    assert Inbox(store).all_labels() == []


def test_a_conversation_that_the_person_labelled_stays_with_all_its_labels(
    imports: Imports, store: Store, write: Write
) -> None:
    done = imports.run(write("box", TAKEOUT))
    inbox = Inbox(store)
    kept = next(
        row["id"] for row in store.read.execute("SELECT id FROM conversation") if "Sousedé" in inbox.labels(row["id"])
    )
    inbox.label(kept, add=["Mine"])
    imports.undo_batch(int(done.batch_id or 0))
    assert by_title(store) == [["Mine", "Sousedé"]]
    assert inbox.all_labels() == ["Mine", "Sousedé"]


def test_the_same_file_again_brings_back_no_label_that_was_taken_away(
    imports: Imports, store: Store, write: Write
) -> None:
    path, inbox = write("box", TAKEOUT), Inbox(store)
    imports.run(path)
    for (number,) in store.read.execute("SELECT id FROM conversation").fetchall():
        inbox.label(number, remove=["Sousedé"])
    again = imports.run(path)
    assert again.new == 0
    assert "Labels" not in again.sentence
    assert sorted(by_title(store)) == [[], [], ["Garden club", "Press, local"]]


def test_a_label_in_another_spelling_is_the_one_there_is(imports: Imports, store: Store, write: Write) -> None:
    imports.run(write("first", mbox(labelled(7, "GARDEN CLUB"))))
    imports.run(write("box", TAKEOUT))
    assert Inbox(store).all_labels() == ["GARDEN CLUB", "Press, local", "Sousedé"]


@pytest.mark.parametrize("labels", [(), ("Mine",)])
def test_letters_that_came_from_the_mailbox_itself_get_theirs_where_they_have_none(
    imports: Imports, store: Store, write: Write, labels: tuple[str, ...]
) -> None:
    imports.run(write("first", mbox(mail(9))))  # makes the account
    account = store.read.execute("SELECT id FROM account").fetchone()["id"]
    Intake(store).take(account, [parse(mail(3), [OWN])])
    number = store.read.execute("SELECT conversation_id FROM message WHERE batch_id IS NULL").fetchone()[0]
    inbox = Inbox(store)
    inbox.label(number, add=labels)
    done = imports.run(write("box", TAKEOUT))
    assert inbox.labels(number) == (labels or ("Sousedé",))
    imports.undo_batch(int(done.batch_id or 0))
    assert inbox.labels(number) == labels
