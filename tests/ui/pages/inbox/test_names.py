"""A new name on a known address is asked about in the conversation; guessed dates and character sets are marked."""

from __future__ import annotations

from typing import Any

import pytest

from app.mail.parse import parse
from tests.app.saying import account
from tests.stories.hand import Hand
from ui.shared.act import Act, What
from ui.shared.standing import marks, standing
from ui.shell.window import Window

OWN = ("desk@example.org",)


def letter(number: int, name: str, body: bytes = b"Jo napot!", date: str = "Sat, 28 Nov 2026 10:00:00 +0000") -> bytes:
    lines = (f"From: {name} <nagy@example.net>", "To: desk@example.org", f"Message-ID: <{number}@x.is>",
             f"Subject: {number}", f"Date: {date}",
             "Received: from a by b; Sat, 28 Nov 2026 11:00:00 +0000")  # fmt: skip
    return ("\n".join(lines) + "\n\n").encode() + body + b"\n"


@pytest.fixture
def page(window: Window) -> Any:
    """The inbox with a letter by each of two people on one address, the second one's open."""
    place = account(window.bench.store, "email", own=OWN[0])
    for raw in (letter(1, "Nagy Péter"), letter(2, "Nagy Júlia")):
        window.bench.intake.take(place, [parse(raw, OWN)])
    window.go("inbox", 2)
    Hand.rest(0.3)
    return window.page("inbox")


def pieces(page: Any) -> list[tuple[str, Act | None]]:
    shown = standing(page.opened.lines[0], page.opened, 0)
    return [(piece.words, piece.act) for status in shown for piece in status.pieces]


def test_the_question_stands_under_the_message(page: Any) -> None:
    (question, _), (same, yes), (another, no) = pieces(page)
    assert "Nagy Júlia" in question
    assert "Nagy Péter" in question
    assert (same, another) == ("Same person", "Another person")
    assert yes is not None
    assert no is not None
    assert "Nagy Júlia" in page.talk.story.toPlainText()
    assert "Nagy Júlia" in page.talk.composer.head.where.text()


@pytest.mark.slow
def test_the_same_person_is_remembered_and_undone(window: Window, page: Any) -> None:
    before = window.bench.members.count()
    page.act(Act(What.SAME_PERSON, message=page.opened.lines[0].id))
    Hand.rest(0.3)
    assert pieces(page) == []
    assert window.bench.members.count() == before
    Hand(window).keys("Z")
    Hand.rest(0.3)
    assert len(pieces(page)) == 3


@pytest.mark.slow
def test_another_person_by_the_command(window: Window, page: Any) -> None:
    before = window.bench.members.count()
    assert window.run("another_person")
    Hand.rest(0.3)
    assert page.opened.row.member == "Nagy Júlia"
    assert window.bench.members.count() == before + 1
    assert not window.possible("another_person")
    assert not window.possible("same_person")


@pytest.mark.slow
def test_a_guessed_date_and_character_set_are_marked_and_read_anew(window: Window, page: Any) -> None:
    raw = letter(3, "Nagy Péter", "Příliš žluťoučký".encode("cp852"), "Sat, 32 Nov 2026 10:00:00 +0000")
    window.bench.intake.take(1, [parse(raw, OWN)])
    page.open(3)
    Hand.rest(0.3)
    (line,) = page.opened.lines
    assert marks(line, 0) == ["date guessed"]
    assert "date guessed" in page.talk.story.toPlainText()
    assert "character set" in pieces(page)[0][0]
    page.act(Act(What.READ_AS, message=line.id, verb="cp852"))
    Hand.rest(0.3)
    assert page.opened.lines[0].text == "Příliš žluťoučký"
