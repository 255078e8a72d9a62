"""Who is going to read a draft: what the check before sending asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.message import Addressee
from app.inbox.addressing import CC, TO, Addressing
from app.intake import Intake
from app.outbox import Letters, Outbox, OutgoingFiles, of_letter, of_reply
from app.outbox.files import digests
from app.outbox.letter_drafts import LetterDraft
from app.store.store import Store
from app.teammates import Teammates
from app.voice import ANYONE, RECEIVER, TEAM, Draft
from tests.app.saying import NOW, account, said


@pytest.fixture(autouse=True)
def mail(store: Store) -> int:
    """A mailbox that Anna has written to, and a blog with a comment of hers."""
    mailbox = account(store, "email", "Mail", "us@brand.example")
    Intake(store).take(
        mailbox, [said("1@x", NOW, who="anna@home.example", thread="t", name="Anna")._replace(public=False)]
    )
    Intake(store).take(account(store), [said("c1", NOW, thread="post")])
    return mailbox


def test_a_reply_by_mail_is_read_by_its_receiver_alone_until_somebody_gets_a_copy(store: Store) -> None:
    outbox = Outbox(store)
    words = outbox.read_by(Draft("Hello"), 1)
    assert (words.to, words.read_by) == (1, RECEIVER)
    copied = Addressing(cc=(Addressee(CC, "Ben", "ben@work.example"),))
    assert outbox.read_by(Draft("Hello"), 1, addressing=copied).read_by == ANYONE


def test_a_public_reply_is_read_by_anybody_and_is_to_whom_it_answers(store: Store) -> None:
    words = Outbox(store).read_by(Draft("Hello"), 2)
    assert (words.to, words.read_by) == (2, ANYONE)


def test_a_letter_to_teammates_stays_with_the_team(store: Store, mail: int) -> None:
    Teammates(store).add("Jón", email="jon@brand.example")
    letters = Letters(store, Outbox(store))
    box, other = Addressee(TO, "Jón", "Jon@brand.example"), Addressee(TO, "Ann", "ann@else.example")
    assert letters.read_by(Draft("x"), LetterDraft(account_id=mail, receivers=(box,))).read_by == TEAM
    assert letters.read_by(Draft("x"), LetterDraft(account_id=mail, receivers=(box, other))).read_by == ANYONE
    anna = LetterDraft(account_id=mail, receivers=(Addressee(TO, "Anna", "anna@home.example"),))
    assert (letters.read_by(Draft("x"), anna).to, letters.read_by(Draft("x"), anna).read_by) == (1, RECEIVER)


def test_a_post_and_what_has_no_receiver_yet_are_read_by_anybody(store: Store, mail: int) -> None:
    letters = Letters(store, Outbox(store))
    post = LetterDraft(account_id=mail, receivers=(Addressee("venue", "Front page", "front"),))
    assert letters.read_by(Draft("x"), post).read_by == ANYONE
    assert letters.read_by(Draft("x"), LetterDraft()).read_by == ANYONE


def test_what_is_attached_goes_along_by_its_content(store: Store, mail: int, tmp_path: Path) -> None:
    file = tmp_path / "table.png"
    file.write_bytes(b"the very bytes")
    files, letters = OutgoingFiles(store), Letters(store, Outbox(store))
    files.add(of_reply(1), file)
    assert Outbox(store).read_by(Draft("x", files=("ff",)), 1).files == ("ff", *digests([file]))
    kept = letters.keep(LetterDraft(account_id=mail))
    files.add(of_letter(kept.id), file)
    assert letters.read_by(Draft("x"), kept).files == digests([file])
