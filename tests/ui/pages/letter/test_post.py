"""A post by keys: told plainly apart from a message, sent to the chosen place, undone, and never by mistake."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.base.message import Addressee
from app.inbox.addressing import VENUE
from app.outbox import LetterDraft, is_post
from tests.stories.hand import Hand
from tests.ui.pages.letter.test_letter import letter, said
from tests.ui.parts import posting
from ui.pages.letter.unfinished import described, letter_title
from ui.pages.letter.whom import MESSAGE, POST
from ui.shell.window import Window

VENUES = json.dumps([["301", "#news"], ["302", "#recipes"], ["303", "Συνταγές"]])


def place(window: Window, name: str = "Place") -> int:
    return window.bench.accounts.add_demo("demo", name, "us", at=0, ok_at=0, facts={"venues": VENUES})


def entries(window: Window) -> list[Any]:
    return [entry for entry in window.bench.outbox.entries() if entry.venue is not None]


@pytest.mark.slow
def test_w_begins_a_post_on_any_page_and_ctrl_enter_publishes_it(demo: Window) -> None:
    place(demo)
    hand = Hand(demo)
    demo.go("members")
    hand.keys("Shift+C")
    page = letter(demo)
    assert demo.page_id == "letter"
    assert (page.heading.text(), page.sending.title()) == ("New post", "Post")
    assert demo.windowTitle().startswith("New post · ")
    assert page.accessibleName() == "New post"
    demo.activateWindow()
    hand.until(page.whom.venue.field.hasFocus)
    page.whom.account.picked.emit(str(page.bench.accounts.named("Place").id))
    page.whom.venue.field.setFocus()
    hand.types("ΣΥΝΤ")
    assert page.whom.venue.field.choosing
    hand.keys("Enter")
    assert page.whom.venue.field.text() == "Συνταγές"
    hand.keys("Enter")
    assert page.subject.hasFocus()
    hand.types("A title")
    hand.keys("Enter")
    hand.types("How do you like it?")
    assert "Visible to everyone in Συνταγές." in page.whom.where.text()
    hand.keys("Ctrl+Enter")
    assert demo.page_id == "members"
    assert demo.windowTitle().startswith("Members · ")
    entry = entries(demo)[-1]
    assert (entry.subject, entry.text, entry.venue.address, entry.public) == (
        "A title", "How do you like it?", "303", True,
    )  # fmt: skip
    assert "Post on Place, Συνταγές. Sending in 10 seconds." in said(demo)
    hand.keys("Z")
    hand.until(lambda: demo.page_id == "letter")
    assert (page.field.toPlainText(), page.sending.title()) == ("How do you like it?", "Post")
    assert entries(demo) == [one for one in entries(demo) if one.id != entry.id]
    hand.keys("Escape")
    hand.keys("Shift+C")  # the place of an undone post is no habit yet
    assert page.whom.venue.field.text() == ""


def test_without_a_place_nothing_is_published(demo: Window) -> None:
    place(demo)
    hand, before = Hand(demo), len(entries(demo))
    hand.keys("Shift+C")
    page = letter(demo)
    page.whom.account.picked.emit(str(page.bench.accounts.named("Place").id))
    page.field.setFocus()
    hand.types("Words")
    hand.keys("Ctrl+Enter")
    assert said(demo) == "Choose where it's posted first."
    assert page.whom.venue.field.hasFocus()
    hand.types("nowhere")
    hand.keys("Ctrl+Enter")
    assert "can't post to “nowhere”" in said(demo)
    assert len(entries(demo)) == before


def test_no_choice_of_an_account_makes_a_post_of_a_message(demo: Window) -> None:
    number = place(demo)
    page = letter(demo) if demo.page("letter") else None
    Hand(demo).keys("C")
    page = letter(demo)
    page.field.setPlainText("Only for you")
    for one in range(page.whom.account.count()):
        page.whom.account.picked.emit(page.whom.account.itemData(one))
        assert not is_post(page.draft)
        assert page.sending.title() == "Send"
    assert str(number) in [page.whom.account.itemData(one) for one in range(page.whom.account.count())]


def test_the_persons_word_makes_it_one_and_then_its_place_is_asked_for(demo: Window) -> None:
    place(demo)
    hand = Hand(demo)
    hand.keys("C")
    page = letter(demo)
    page.whom.fields.fields["to"].setPlainText("new@example.org")
    page.field.setFocus()
    hand.types("Words")
    page.whom.what._segments[POST].click()
    assert (page.heading.text(), page.sending.title(), page.field.toPlainText()) == ("New post", "Post", "Words")
    assert page.whom.venue.field.hasFocus()
    assert page.whom.venue.field.text() == ""
    hand.keys("Ctrl+Enter")
    assert said(demo).startswith("Choose where it's posted")
    page.whom.what._segments[MESSAGE].click()
    assert (page.heading.text(), page.sending.title(), page.field.toPlainText()) == ("New message", "Send", "Words")
    assert page.draft.receivers == ()


def test_what_goes_on_in_private_has_no_such_choice(demo: Window) -> None:
    place(demo)
    conversation = demo.bench.store.read.execute("SELECT id FROM conversation WHERE public = 1").fetchone()["id"]
    anna = Addressee("to", "Anna", "anna@example.org")
    mail = demo.bench.accounts.named("E-mail").id
    kept = demo.bench.letters.keep(
        LetterDraft(account_id=mail, receivers=(anna,), text="Only for you", linked_id=conversation)
    )
    demo.go("letter", ("draft", kept.id))
    page = letter(demo)
    assert page.whom.what.isHidden()
    page._turned(POST)
    assert "so it can't be published" in said(demo)
    assert not is_post(page.draft)


def test_down_and_a_click_offer_all_places_and_a_hidden_field_closes_the_list(demo: Window) -> None:
    place(demo)
    hand = Hand(demo)
    hand.keys("Shift+C")
    page = letter(demo)
    page.whom.account.picked.emit(str(page.bench.accounts.named("Place").id))
    field = page.whom.venue.field
    field.setFocus()
    hand.keys("Down")
    assert field.choosing
    hand.keys("Down", "Tab")
    assert field.text() == "#recipes"
    hand.types("συν")  # what is typed next is another place, and no part of this one's name
    assert field.text() == "συν"
    hand.keys("Enter")
    assert field.text() == "Συνταγές"
    hand.keys("Down", "Escape")
    assert not field.choosing
    assert demo.page_id == "letter"
    hand.keys("Down")
    page.whom.what._segments[MESSAGE].click()
    QApplication.processEvents()
    assert not field.choosing


@pytest.mark.slow
def test_a_long_post_is_offered_as_a_thread(demo: Window) -> None:
    hand = Hand(demo)
    hand.keys("Shift+C")
    page = letter(demo)
    page.whom.account.picked.emit(str(page.bench.accounts.named("Mastodon").id))
    page.whom.venue.field.setFocus()
    hand.types("unlisted")
    hand.keys("Enter")
    page.field.setPlainText("One word after the other. " * 40)
    hand.keys("Ctrl+Enter")
    assert not page.too_long.isHidden()
    assert entries(demo) == [one for one in entries(demo) if one.text != page.field.toPlainText().strip()]
    hand.keys("Ctrl+Shift+T")
    assert demo.page_id != "letter"
    entry = entries(demo)[-1]
    assert entry.venue.address == "unlisted"
    assert len([one for one in demo.bench.outbox.entries() if one.conversation_id == entry.conversation_id]) > 1


def test_a_draft_that_is_a_post_is_called_one(demo: Window) -> None:
    number = place(demo)
    draft = LetterDraft(account_id=number, receivers=(Addressee(VENUE, "#news", "301"),), text="We have a new book")
    assert (letter_title(draft), described(draft)) == ("New post", "Post, \u2068#news\u2069: We have a new book")
    nowhere = draft._replace(receivers=(Addressee(VENUE, "", ""),))
    assert described(nowhere) == "Post: We have a new book"


@pytest.mark.slow
def test_where_the_person_posts_the_button_says_so_and_the_words_are_handed_over(demo: Window) -> None:
    hand = Hand(demo)
    hand.keys("Shift+C")
    page = letter(demo)
    page.whom.account.picked.emit(str(page.bench.accounts.named("Facebook").id))
    assert page.sending.title() == "Copy and post"
    page.field.setFocus()
    hand.types("Words for the page")
    hand.keys("Ctrl+Enter")
    assert QGuiApplication.clipboard().text() == "Words for the page"
    (entry,) = [one for one in entries(demo) if one.text == "Words for the page"]
    assert entry.state == "undecided"  # until the person says that it is posted
    hand.until(lambda: not posting(demo).strip.isHidden())
    hand.keys("Alt+Y")
    assert demo.bench.outbox.get(entry.id).state == "sent"


def test_an_account_that_cannot_be_asked_for_its_places_says_why(demo: Window) -> None:
    number = place(demo)
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE account SET facts = '{}', mode = 'live' WHERE id = ?", (number,))
    demo.go("letter", "post")
    page = letter(demo)
    row = page.whom.venue
    assert row.again.isHidden()  # Mastodon's audiences are known
    page.whom.account.picked.emit(str(number))
    assert "doesn't know yet where “Place” can post" in page.whom.where.text()
    assert not row.again.isHidden()
    row.again.click()
    assert not row.again.isEnabled()
    Hand.until(row.again.isEnabled)
    assert said(demo).startswith("“demo” isn't a channel you can connect.")
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE account SET facts = ? WHERE id = ?", (json.dumps({"venues": VENUES}), number))
    row._asked()
    assert page.whom.where.text() == "Choose where it's posted first."
    row.field.setFocus()
    Hand(demo).keys("Down")
    assert row.field.choosing


def test_where_nothing_can_be_posted_that_is_said_and_the_page_stays(demo: Window) -> None:
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE account SET state = 'removed'")
    demo.go("members")
    hand = Hand(demo)
    hand.keys("Shift+C")
    assert demo.page_id == "members"
    assert said(demo).startswith("No account here can publish a post.")
    hand.keys("Escape", "C")
    assert demo.page_id == "members"
    assert said(demo).startswith("No account here can begin a conversation.")
