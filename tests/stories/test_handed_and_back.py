"""The whole way of a hand-off: an unhappy comment, a helper introduced, a file out by letter and back by letter.

It is edited in LibreOffice on the way; the member hears the answer in Greek, and a gift that makes it good is proposed.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from app.base import clock
from app.base.message import Author, Incoming
from app.base.paths import Profile
from app.imports import Options
from app.outbox import files, of_letter
from app.workbench import Workbench
from tests.app.returns.office import Office
from tests.stories.hand import Hand
from tests.ui.opening import opened
from tests.ui.talking import inbox
from ui.shared.handoff import HandoffStrip
from ui.shell.window import Window

pytestmark = pytest.mark.servers("soffice")

_ASKED, _ANSWERED = "Send a new box, and say when it leaves", "Νέο κουτί έφυγε σήμερα"
_LOCALE = "el-GR"


@pytest.fixture
def window(profile: Profile) -> Iterator[Window]:
    """A community with a comment on its blog, a mailbox, and two teammates, of whom Jón helps with boxes."""
    bench = Workbench(profile)
    bench.settings.put("community", "Sítróna")
    blog = bench.accounts.add_demo("wordpress", "Blog", "Sítróna", at=0, ok_at=0)
    bench.accounts.add_demo("email", "Post", "hello@sitrona.example", at=0, ok_at=0)
    bench.teammates.add("Hildur Arna", email="hildur@sitrona.example", languages="is en", subjects=["samfélagsmiðlar"])
    bench.teammates.add("Jón Einarsson", email="jon@sitrona.example", languages="is en", subjects=["κουτί"])
    said = "Το κουτί έφτασε σπασμένο, δύο μπουκάλια χάλασαν. Απαράδεκτο!"
    bench.intake.take(blog, [
        Incoming("a", clock.now() - 600, said, Author("eleni", "eleni", "Ελένη"), thread="t", title="Κουτί"),
    ])  # fmt: skip
    bench.close()
    with opened(profile) as made:
        yield made


def _deliver(window: Window, hand: Hand, conversation_id: int) -> None:
    """Let go of what is held there, and wait until it was sent."""
    outbox = window.bench.outbox
    entry = outbox.entries(conversation_id=conversation_id)[-1]
    if outbox.get(entry.id).state == "held":
        outbox.send_now(entry.id)
    hand.until(lambda: outbox.get(entry.id).state == "sent")
    hand.rest(0.2)


def _introduce(window: Window, hand: Hand) -> tuple[int, int]:
    """U and W: the conversation is unhappy, and the reply that names Jón goes out with the hand-off; both ids."""
    page: Any = inbox(window)
    page.list.focus_rows()
    talk = page.here().row.id
    hand.keys("U")
    hand.until(lambda: window.bench.inbox.row(talk).unhappy)
    hand.keys("W")
    strip = page.talk.strip
    assert isinstance(strip, HandoffStrip)
    assert strip.whom.currentText().startswith("Jón")
    assert strip.kind.key() == "problem"
    assert "Jón" in strip.tell.words.toPlainText()
    hand.types(_ASKED)
    hand.keys("Ctrl+Enter")
    (made,) = window.bench.handoffs.of_conversation(talk)
    assert made.ask == _ASKED
    assert made.introduced_outbox_id is not None
    _deliver(window, hand, talk)
    introduction = window.bench.outbox.get(made.introduced_outbox_id)
    assert introduction.language == "el"
    assert window.bench.inbox.row(talk).state == "waiting"
    return talk, made.id


def _letter_out(window: Window, hand: Hand, folder: Path) -> tuple[Path, str]:
    """Draft the letter that brings Jón his file, and send it; the file as he gets it, and the letter's subject."""
    bench = window.bench
    window.go("handoffs")
    hand.rest(0.1)
    hand.keys("Ctrl+Shift+G")
    page: Any = window.page("handoffs")
    page.strip.way.set_key("letter")
    page.strip._changed()
    hand.keys("Ctrl+Enter")
    hand.until(lambda: window.page_id == "letter")
    (draft,) = bench.letters.drafts()
    assert [one.address for one in draft.receivers] == ["jon@sitrona.example"]
    (carried,) = files.contents(bench.store.read, of_letter(draft.id))
    path = folder / carried.name
    path.write_bytes(carried.content)
    hand.rest(0.2)
    hand.keys("Ctrl+Enter")
    hand.until(lambda: not bench.letters.drafts())
    sent = bench.outbox.entries()[-1]
    bench.outbox.send_now(sent.id)
    hand.until(lambda: bench.outbox.get(sent.id).state == "sent")
    return path, draft.subject


def _edited(path: Path, folder: Path) -> Path:
    """Jón opens the file in LibreOffice, answers its row, and saves it."""
    office = Office(folder, _LOCALE)
    assert office.formulas(path) == 0
    day = clock.local(clock.now()).date()
    words = {"status": "λύθηκε", "answer": _ANSWERED, "answered_on": day.isoformat(), "ticket": "T-123"}
    return office.save(office.typed(path, lambda _row: dict(words)), path.suffix.removeprefix("."))


def _letter_back(window: Window, subject: str, file: Path, folder: Path) -> int:
    """Jón's letter with the file arrives as an .eml; its conversation."""
    letter = EmailMessage()
    letter["From"], letter["To"] = "Jón Einarsson <jon@sitrona.example>", "hello@sitrona.example"
    letter["Subject"], letter["Message-ID"] = f"Re: {subject}", "<back.jon@sitrona.example>"
    letter["Date"] = clock.local(clock.now())
    letter.set_content("Hæ! Skráin er í viðhengi.\nJón\n")
    letter.add_attachment(file.read_bytes(), maintype="text", subtype="csv", filename=file.name)
    path = folder / "back.eml"
    path.write_bytes(letter.as_bytes())
    bench = window.bench
    assert bench.imports.run(path, Options(channel="Post", own=("hello@sitrona.example",))).new == 1
    found = "SELECT conversation_id FROM message WHERE remote_id LIKE '%back.jon@sitrona.example%'"
    return int(bench.store.read.execute(found).fetchone()[0])


def _read_back(window: Window, hand: Hand, letter: int) -> None:
    """Open the letter, read its file back with one key, and apply it with another."""
    page: Any = inbox(window)
    page.open(letter)
    hand.until(lambda: page.here().row.id == letter)
    page.list.focus_rows()
    hand.keys("Ctrl+Shift+I")
    handoffs: Any = window.page("handoffs")
    hand.until(lambda: window.page_id == "handoffs" and handoffs.returning.preview is not None)
    found = handoffs.returning.preview
    assert (len(found.applied), found.rejected, found.both_changed) == (1, [], [])
    hand.rest(0.2)
    hand.keys("Ctrl+Enter")


def _tell(window: Window, hand: Hand, talk: int) -> None:
    """Alt+W drafts the answer in Greek; sent, it tells the member, and the conversation is done."""
    page: Any = inbox(window)
    page.open(talk)
    hand.until(lambda: page.here().row.id == talk)
    page.list.focus_rows()
    hand.keys("E")  # not before she has heard it
    hand.rest(0.1)
    assert window.bench.inbox.row(talk).state == "needs_me"
    hand.keys("Escape")
    page.list.focus_rows()
    hand.keys("Alt+W")
    words = page.composer.field.toPlainText()
    assert _ANSWERED in words
    assert words == window.bench.following.answer_words(_only(window, talk).id, "el").text
    page.composer.manners.dismiss()
    hand.keys("Ctrl+Enter")
    hand.rest(0.1)
    if page.talk.strip is not None:  # what solved it is asked for
        hand.types("New box")
        hand.keys("Ctrl+Enter")
    _deliver(window, hand, talk)


def _only(window: Window, talk: int) -> Any:
    (one,) = window.bench.handoffs.of_conversation(talk)
    return one


@pytest.mark.slow
def test_a_hand_off_goes_out_by_letter_comes_back_by_letter_and_the_member_hears_it(
    window: Window, tmp_path: Path
) -> None:
    hand, bench = Hand(window), window.bench
    talk, number = _introduce(window, hand)
    path, subject = _letter_out(window, hand, tmp_path)
    assert bench.giving.given(handoff_id=number)

    letter = _letter_back(window, subject, _edited(path, tmp_path), tmp_path)
    _read_back(window, hand, letter)
    hand.until(lambda: bench.handoffs.get(number).status == "solved")
    answered = bench.handoffs.get(number)
    assert (answered.answer, answered.ticket, answered.ask) == (_ANSWERED, "T-123", _ASKED)
    assert answered.answer_message_id is not None
    assert answered.told_at is None
    assert bench.inbox.row(talk).state == "needs_me"
    assert "make_good" not in [group.key for group in bench.today.groups()]

    _tell(window, hand, talk)
    closed = bench.handoffs.get(number)
    assert closed.told_at == closed.closed_at is not None
    assert closed.told_message_id is not None
    assert bench.inbox.row(talk).state == "done"

    window.go("today")
    (group,) = [group for group in bench.today.groups() if group.key == "make_good"]
    assert [row.conversation_id for row in group.rows] == [talk]
    window.go("inbox", talk)
    page: Any = window.page("inbox")
    hand.until(lambda: page.here().row.id == talk)
    page.list.focus_rows()
    hand.keys("G")
    assert page.talk.strip.occasion.key() == "made_right"
