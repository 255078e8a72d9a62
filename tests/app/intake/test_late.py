"""What came before the letter of ours that it answers or reports on."""

from __future__ import annotations

import pytest

from app.intake import Intake
from app.mail.parse import parse
from app.store.store import Store
from tests.app.intake.test_quiet import OURS, OWN, mail, states
from tests.app.mail.test_reports import FAILED
from tests.app.saying import account

LIST = ("List-Id: Garden <garden.lists.example>", "List-Post: <mailto:garden@lists.example>")


@pytest.fixture
def place(store: Store) -> int:
    return account(store, "email", own=" ".join(OWN))


def take(store: Store, place: int, *mails: bytes) -> None:
    for raw in mails:
        Intake(store).take(place, [parse(raw, OWN)])


def to_list(raw: bytes) -> bytes:
    return raw.replace(b"To: desk@example.org", b"To: garden@lists.example")


def test_a_lists_answer_needs_us_once_our_letter_is_known(store: Store, place: int) -> None:
    take(store, place, to_list(mail("b", 5, *LIST, "In-Reply-To: <a@example.org>")))
    assert states(store) == ["quiet"]
    take(store, place, to_list(mail("a", 1, *LIST, **OURS)))
    assert states(store) == ["needs_me"]
    assert store.read.execute("SELECT messages FROM conversation").fetchone()[0] == 2
    take(store, place, to_list(mail("c", 9, *LIST, "In-Reply-To: <b@example.org>", **OURS)))
    assert states(store) == ["waiting"]


def test_a_report_that_came_first_marks_our_letter_when_it_comes(store: Store, place: int) -> None:
    head = b"From: MAILER-DAEMON@mx.example\nDate: Sat, 28 Nov 2026 10:05:00 +0000\nMessage-ID: <r@mx.example>\n"
    report = head + FAILED.replace(b"f30-2@example.org", b"a@example.org")
    take(store, place, report)
    assert states(store) == ["quiet"]
    take(store, place, mail("a", 1, **OURS))
    (failed,) = store.read.execute("SELECT failed FROM message WHERE out = 1").fetchone()
    assert failed.startswith("eva@example.net\n550 5.1.1")
    assert states(store) == ["needs_me"]


def test_a_delay_that_came_first_stays_quiet(store: Store, place: int) -> None:
    head = b"From: MAILER-DAEMON@mx.example\nDate: Sat, 28 Nov 2026 10:05:00 +0000\nMessage-ID: <r@mx.example>\n"
    report = head + FAILED.replace(b"f30-2@example.org", b"a@example.org").replace(
        b"Action: failed", b"Action: delayed"
    )
    take(store, place, report, mail("a", 1, **OURS))
    assert store.read.execute("SELECT failed FROM message WHERE out = 1").fetchone()[0] == ""
    assert states(store) == ["waiting"]
