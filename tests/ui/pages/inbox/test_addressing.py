"""Receivers in the composer: all and the list by choice, fields on demand, what is wrong where it stands."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QRect, Qt
from PySide6.QtWidgets import QApplication

from app.inbox.addressing import BCC, CC, TO, Addressing
from tests.stories.hand import Hand
from tests.ui.pages.inbox.test_receivers import bare
from tests.ui.parts import toast
from tests.ui.talking import anchors, inbox, open_talk, press_anchor
from ui.shell.window import Window

CAPS, LABEL, MEETUP = "Which caps go with the bench bottles?", "Label in Portuguese", "Sraz fanoušků v Brně"
GRACE, JOSEPH = "grace@whitfieldcaps.example", "joseph@benchshop.example"


@pytest.fixture
def page(demo: Window) -> Any:
    return inbox(demo)


def head(page: Any) -> str:
    return bare(page.talk.composer.head.where.text()).replace("\u200b", "")


def audience(page: Any) -> str:
    Hand.until(page.talk.composer.head.audience.accessibleName)
    return bare(page.talk.composer.head.audience.accessibleName())


def fields(page: Any) -> Any:
    return page.talk.composer.whom.receiving.fields


def opened_fields(window: Window, page: Any) -> Any:
    window.activateWindow()
    QApplication.processEvents()
    window.run("add_receivers")
    Hand.until(lambda: fields(page) is not None and fields(page).has_focus())
    return fields(page)


def test_a_plain_reply_is_the_default_and_all_are_offered(demo: Window, page: Any) -> None:
    open_talk(page, CAPS)
    composer = page.talk.composer
    Hand.until(lambda: "From" in head(page))
    assert head(page) == (
        f"E-mail to Grace Whitfield ({GRACE}). From Sítróna, hello@sitrona.example (the address it was written to)."
    )
    assert audience(page) == "Visible to Grace Whitfield only."
    offers = composer.whom.receiving.offers
    assert offers["all"].title() == "Reply to all (1 more)"
    Hand(demo).keys("Shift+R")
    assert composer.field.hasFocus()
    assert head(page).startswith(f"E-mail to Grace Whitfield ({GRACE}), copy to Joseph Adeyemi. From")
    assert audience(page) == "Only they see it."
    assert JOSEPH in bare(composer.head.where.toolTip())
    assert offers["all"].isHidden()
    offers["alone"].click()
    assert composer.whom.addressing == Addressing()
    assert toast(demo).isVisible()
    assert "Your reply goes to Grace Whitfield alone now." in bare(toast(demo)._words.text())


def test_the_list_is_a_choice_and_shown_as_public(demo: Window, page: Any) -> None:
    open_talk(page, LABEL)
    assert page.talk.composer.head.chip.accessibleName() == "Private"
    assert page.talk.where.text().endswith(" · mailing list")
    assert page.talk.composer.whom.receiving.offers["all"].title() == "Reply to all and the list"
    demo.run("reply_list")
    assert head(page).startswith("E-mail to the list lemon-people@lists.post.example.")
    assert audience(page) == "Public: everybody on the list reads it."
    assert page.talk.composer.head.chip.accessibleName() == "Public"


def test_where_nobody_else_was_named_it_is_said(demo: Window, page: Any) -> None:
    open_talk(page, "Twelve crates for the bench")
    Hand(demo).keys("Shift+R")
    assert "This letter went to nobody else" in toast(demo)._words.text()
    demo.run("reply_list")
    assert "didn't come through a mailing list" in toast(demo)._words.text()
    assert page.talk.composer.whom.addressing == Addressing()


def test_names_are_completed_by_the_keyboard(demo: Window, page: Any) -> None:
    open_talk(page, CAPS)
    made, hand = opened_fields(demo, page), Hand(demo)
    assert made.fields[CC].hasFocus()
    hand.types("žof")
    assert made.fields[CC].choosing
    assert made.fields[CC]._list.accessibleDescription() == "Žofie Dvořáková, zofie@post.example"
    hand.keys("Enter")
    assert made.fields[CC].toPlainText() == "Žofie Dvořáková <zofie@post.example>, "
    hand.types("joseph")
    hand.keys("Tab")
    assert made.fields[CC].toPlainText().endswith(f"Joseph Adeyemi <{JOSEPH}>, ")
    hand.keys("Tab")
    assert made.fields[BCC].hasFocus()
    hand.types("zo")
    hand.keys("Escape", "Tab")
    assert made.from_address.hasFocus()
    hand.keys("Tab")
    assert page.talk.composer.field.hasFocus()
    assert "copy to Žofie Dvořáková, Joseph Adeyemi; blind copy to zo" in head(page)


@pytest.mark.slow
def test_what_is_wrong_stands_where_it_is_and_stops_the_letter(demo: Window, page: Any) -> None:
    number = open_talk(page, CAPS)
    made, hand, composer = opened_fields(demo, page), Hand(demo), page.talk.composer
    hand.types("bel")
    hand.keys("Escape", "Escape")  # the list of matching addresses, then the field
    assert composer.field.hasFocus()
    assert made.wrong[CC].text() == "“bel” isn't an e-mail address. Write it like anna@example.org."
    assert made.wrong[CC].isVisible()
    assert not made.fields[TO].isVisible()  # only what is wrong is shown
    assert composer.whom.hindrance.isHidden()
    hand.types("Twice is fine")
    hand.keys("Ctrl+Enter")
    assert made.fields[CC].hasFocus()
    assert page.bench.outbox.entries(("held",), number) == []
    assert composer.field.toPlainText() == "Twice is fine"
    hand.types("a@example.org")
    assert not made.wrong[CC].isVisible()
    hand.keys("Enter")
    assert composer.field.hasFocus()
    assert not composer.whom.receiving.is_open
    hand.keys("Ctrl+Enter")
    Hand.until(lambda: page.bench.outbox.entries(("held",), number))
    (entry,) = page.bench.outbox.entries(("held",), number)
    assert [box.address for box in entry.boxes] == [GRACE, "bela@example.org"]


@pytest.mark.slow
def test_five_thousand_pasted_are_refused_in_one_sentence(demo: Window, page: Any) -> None:
    open_talk(page, CAPS)
    made = opened_fields(demo, page)
    pasted = QMimeData()
    pasted.setText("\n".join(f"p{number}@example.org" for number in range(5_000)))
    made.fields[BCC].setFocus()
    made.fields[BCC].insertFromMimeData(pasted)
    page.talk.composer.field.setFocus()
    assert made.wrong[BCC].text() == "That's 5000 receivers; one letter goes to at most 100. Leave some out."
    assert "and 4981 more" in head(page)
    assert len(page.talk.composer.whom.addressing.bcc) == 5_000


def test_an_empty_to_goes_back_to_the_writer(demo: Window, page: Any) -> None:
    open_talk(page, CAPS)
    made, hand = opened_fields(demo, page), Hand(demo)
    made.go_to(TO)
    made.fields[TO].selectAll()
    hand.keys("Backspace", "Tab")
    assert made.fields[TO].toPlainText() == f"Grace Whitfield <{GRACE}>"
    assert page.talk.composer.whom.addressing.to == ()


@pytest.mark.slow
def test_receivers_stay_with_the_draft_over_conversations_and_a_crash(demo: Window, page: Any) -> None:
    number = open_talk(page, CAPS)
    hand, composer = Hand(demo), page.talk.composer
    hand.keys("Shift+R")
    hand.types("Twice")
    made = opened_fields(demo, page)
    made.go_to(BCC)
    hand.types("eve@example.org, fra")
    Hand.until(lambda: page.bench.inbox.open(number).addressing.bcc)  # saved while typing: a crash loses nothing
    open_talk(page, MEETUP)
    assert not composer.whom.receiving.is_open
    assert composer.whom.addressing == Addressing()
    open_talk(page, CAPS)
    assert [box.address for box in composer.whom.addressing.bcc] == ["eve@example.org", "fra"]
    assert "blind copy to eve@example.org, fra" in head(page)


def test_from_is_a_choice_and_its_signature_is_shown_in_the_drafts_language(demo: Window, page: Any) -> None:
    page.bench.accounts.signatures.change(3, {})
    open_talk(page, MEETUP)
    composer = page.talk.composer
    Hand.until(lambda: "From" in head(page))
    assert "From Marta z limonádovny, marta@sitrona.example (the address it was written to)." in head(page)
    assert bare(composer.words.ending.text()).splitlines()[:2] == ["--", "Vaše Sítróna"]
    account = next(one for one in page.bench.accounts.all() if one.name == "E-mail")
    page.bench.accounts.signatures.put(account.id, "hello@sitrona.example", "cs", "Limonádovna")
    made = opened_fields(demo, page)
    made.from_address.set_key("hello@sitrona.example")
    made.from_address.activated.emit(0)
    assert composer.whom.addressing.sender == "hello@sitrona.example"
    assert head(page).endswith("From Sítróna, hello@sitrona.example.")
    assert bare(composer.words.ending.text()) == "--\nLimonádovna"
    assert not composer.words.ending.isVisible()  # while the fields take the room
    composer.field.setFocus()
    QApplication.processEvents()
    assert composer.words.ending.isVisible()


def test_the_story_says_whom_a_letter_names_and_shows_addresses_when_pressed(page: Any) -> None:
    open_talk(page, CAPS)
    story = page.talk.story
    (words,) = [words for words in anchors(story) if "copy to" in words and "Grace" in words]
    assert bare(words) == "to us, copy to Grace Whitfield"
    assert GRACE not in story.toPlainText()
    press_anchor(page, words)
    assert f"Cc: Grace Whitfield <{GRACE}>" in bare(story.toPlainText())
    press_anchor(page, words)
    assert GRACE not in story.toPlainText()
    open_talk(page, "Twelve crates for the bench")
    assert not [words for words in anchors(story) if words.startswith("to ")]


@pytest.mark.slow
def test_a_template_warns_when_another_gets_the_letter_and_not_of_a_copy(demo: Window, page: Any) -> None:
    open_talk(page, CAPS)
    composer, hand = page.talk.composer, Hand(demo)
    composer.insert(page.bench.templates.find("seen-and-valued", 1)[0])
    made = opened_fields(demo, page)
    hand.types("a@example.org")
    hand.keys("Enter")
    assert demo._toast is None or not toast(demo).isVisible()
    made = opened_fields(demo, page)
    made.go_to(TO)
    made.fields[TO].set_words("")
    hand.types("b@example.org")
    hand.keys("Enter")
    assert "filled in for Grace Whitfield: check the greeting" in bare(toast(demo)._words.text())


def test_the_menu_offers_what_else_a_letter_can_be(demo: Window, page: Any) -> None:
    open_talk(page, LABEL)
    demo.run("choose_receiver")
    menu = QApplication.activePopupWidget()
    assert [bare(action.text()) for action in menu.actions()] == [  # type: ignore[union-attr]
        "Ana Lúcia Prado, waiting for a reply", "", "Reply to all and the list", "Reply to the list", "Add receivers…",
    ]  # fmt: skip
    menu.close()  # type: ignore[union-attr]
    open_talk(
        page,
        next(
            row.title
            for row in page.bench.inbox.rows([ref.id for ref in page.bench.inbox.refs(page.list.filter.query)])
            if row.kind == "mastodon"
        ),
    )
    demo.run("add_receivers")
    assert "Only letters have several receivers." in toast(demo)._words.text()


@pytest.mark.slow
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(900, 700), (1280, 800)])
def test_the_fields_fit_into_a_low_window(demo: Window, page: Any, size: tuple[int, int], scale: float) -> None:
    from ui.look.theme import theme  # noqa: PLC0415  this test alone

    theme().choose("light", scale)
    demo.resize(*size)
    open_talk(page, CAPS)
    demo.run("reply_all")
    made = opened_fields(demo, page)
    made.fields[BCC].set_words("Kővágóörsi-Szentmihályi Bálint <balint.kovagoorsi@hosszu-nevu-szervezet.example>")
    Hand.rest(0.2)
    receiving = page.talk.composer.whom.receiving
    for one in (*made.fields.values(), made.from_address):
        assert one.width() <= receiving._scroll.viewport().width()
        assert one.geometry().bottom() <= made.height()
    tops = [one.geometry() for one in (*made.fields.values(), made.from_address)]
    assert all(above.bottom() < below.top() for above, below in pairwise(tops))
    box = page.talk.composer.rect()
    for one in (page.talk.composer.head, receiving, page.talk.composer.field):
        assert box.left() <= one.mapTo(page.talk.composer, one.rect().topLeft()).x()
        assert one.mapTo(page.talk.composer, one.rect().bottomRight()).x() <= box.right()
    for one in (*made.fields.values(), page.talk.composer.field):  # where there is no room, what has the focus is shown
        one.setFocus()
        Hand.rest(0.1)
        assert box.intersects(QRect(one.mapTo(page.talk.composer, one.rect().topLeft()), one.size()))
    assert Qt.FocusPolicy.NoFocus == receiving._scroll.focusPolicy()
