"""An opened conversation tells what its letters quote; the list shows their writers' own words."""

from __future__ import annotations

from app.inbox import Inbox
from app.intake import Intake
from app.mail.parse import parse
from app.mail.quotes import FORWARDED, OWN, QUOTED, own_words_in
from app.search import Asked, around
from app.search.spelled import word
from app.store.store import Store
from tests.app.saying import account

ASKED = "How many crates do you want?\nWhich day are you there for certain?\nDo you have glasses that bear heat?"
HEAD = "From: Desk <desk@example.org>\nSent: Friday, November 27, 2026 9:12 AM\nTo: Anna\nSubject: Plan"


def letter(number: int, body: str, sender: str = "anna@example.org", subject: str = "Re: Plan") -> bytes:
    answers = f"In-Reply-To: <{number - 1}@x>\nReferences: <{number - 1}@x>\n" if number > 1 else ""
    head = f"From: <{sender}>\nTo: desk@example.org\nSubject: {subject}\nMessage-ID: <{number}@x>\n{answers}"
    head += f"Date: Sat, 28 Nov 2026 10:0{number}:00 +0000\nContent-Type: text/plain; charset=utf-8\n"
    return f"{head}\n{body}".encode()


def opened(store: Store, *letters: bytes) -> Inbox:
    """The desk of a file with these letters."""
    place = account(store, "email", own="desk@example.org")
    Intake(store).take(place, [parse(one, ("desk@example.org",)) for one in letters])
    return Inbox(store)


def test_answers_typed_into_our_letter_are_their_writers_words(store: Store) -> None:
    first, second, third = ASKED.split("\n")
    body = f"Hello\n\n{HEAD}\n\n{first}\nEight, please.\n{second}\nOn Thursday till noon.\n{third}"
    inbox = opened(store, letter(1, ASKED, "desk@example.org", "Plan"), letter(2, body))
    line = inbox.open(1).lines[-1]
    assert own_words_in(line.text, line.pieces).split("\n\n") == ["Hello", "Eight, please.", "On Thursday till noon."]
    assert [piece.kind for piece in line.pieces] == [OWN, QUOTED, OWN, QUOTED, OWN, QUOTED]


def asked(typed: str) -> Asked:
    made = word(typed)
    assert made is not None
    return Asked(words=(made,))


def test_the_list_shows_own_words_and_an_excerpt_does_too(store: Store) -> None:
    quoted = "\n".join(f"> line {number} of the letter" for number in range(400))
    body = f"On Fri, 27 Nov 2026 at 09:12, Desk <desk@example.org> wrote:\n{quoted}\n\nEight crates, please."
    inbox = opened(store, letter(1, body))
    (row,) = inbox.rows([1])
    assert row.preview == "Eight crates, please."
    assert around(body, asked("crates")) == "Eight crates, please."
    assert "line 399" in around(body, asked("399"))


def test_a_forwarded_letter_is_open(store: Store) -> None:
    inbox = opened(store, letter(1, f"For you.\n\n{HEAD}\n\n{ASKED}", subject="Fwd: Plan"))
    assert [(piece.kind, piece.open) for piece in inbox.open(1).lines[0].pieces] == [(OWN, False), (FORWARDED, True)]


def test_a_letter_without_a_subject_is_called_by_its_own_words(store: Store) -> None:
    inbox = opened(store, letter(1, "Ada wrote:\n> Plan?\n\nMy plan.", subject=""))
    assert inbox.row(1).title == "My plan."
