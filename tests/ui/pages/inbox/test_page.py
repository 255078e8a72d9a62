"""The inbox page in a real window over the demo, by keys."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from app.base import clock
from app.base.dates import WEEKDAYS
from app.base.text import fold
from app.inbox import ConversationRow, Query
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.settling import until
from tests.ui.talking import inbox, press_anchor
from ui.look import fonts
from ui.pages.inbox.card import Note
from ui.pages.inbox.conversation_model import FoundRole, spoken
from ui.pages.inbox.strips import ReasonStrip
from ui.shared.gift import GiftStrip
from ui.shared.handoff import HandoffStrip
from ui.shared.note import NoteStrip
from ui.shell.window import Window
from ui.widgets.buttons import ActionButton, LinkButton, PaintedButton
from ui.widgets.labels import Label
from ui.widgets.panels import EmptyState


@pytest.fixture
def page(demo: Window) -> Any:
    return inbox(demo)


def _open(page: Any, title: str) -> int:
    number = page.bench.store.read.execute("SELECT id FROM conversation WHERE title = ?", (title,)).fetchone()[0]
    page.open(number)
    QApplication.processEvents()
    return int(number)


def test_done_goes_on_to_the_next_and_z_brings_it_back(demo: Window, page: Any) -> None:
    hand, before = Hand(demo), demo.bench.inbox.counts()
    first = page.talk.opened.row.id
    hand.keys("E")
    hand.until(lambda: page.talk.opened.row.id != first)
    assert demo.bench.inbox.counts()["done"] == before["done"] + 1
    hand.keys("Z")
    hand.until(lambda: demo.bench.inbox.counts() == before)


def test_an_unhappy_one_is_done_only_with_a_reason(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = _open(page, "Το κουτί έφτασε σπασμένο")
    page.list.focus_rows()
    hand.keys("E")
    hand.until(lambda: isinstance(page.talk.below.currentWidget(), ReasonStrip))
    hand.keys("Escape")
    hand.rest()
    assert demo.bench.inbox.row(number).state == "needs_me"
    hand.keys("E")
    hand.keys("Ctrl+Enter")
    assert demo.bench.inbox.row(number).state == "needs_me"  # Jón has answered, and she has not heard it
    hand.types("She wrote that it has come")
    hand.keys("Ctrl+Enter")
    hand.until(lambda: demo.bench.inbox.row(number).state == "done")


def test_a_note_that_is_being_typed_goes_on_when_its_member_writes(demo: Window, page: Any) -> None:
    number = page.talk.opened.row.id
    member, bench = page.talk.opened.row.member_id, demo.bench
    Hand.until(lambda: bool(page.card.findChildren(Note)[-1].isVisible()))
    note = page.card.findChildren(Note)[-1]
    before = note.toPlainText()
    note.setFocus()
    note.moveCursor(QTextCursor.MoveOperation.Start)
    Hand(demo).types("Likes ")
    bench.promises.add(member, "Send the recipe", conversation_id=number)
    Hand.until(lambda: page.card.findChildren(Note)[-1] is not note)
    assert isinstance(QApplication.focusWidget(), Note)
    Hand(demo).types("lemons. ")
    assert bench.inbox.row(number).state == "needs_me"
    page.list.focus_rows()
    Hand.until(lambda: bench.members.get(member).note == f"Likes lemons. {before}".strip())


def test_what_is_done_from_the_card_leaves_the_focus_there(demo: Window, page: Any) -> None:
    name = page.card.findChildren(LinkButton)[0]
    name.setFocus()
    first = page.talk.opened.row.id
    Hand(demo).keys("E")
    Hand.until(lambda: page.talk.opened.row.id != first)
    assert QApplication.focusWidget() is page.card


def test_snooze_takes_a_letter(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = page.talk.opened.row.id
    hand.keys("S")
    hand.until(QApplication.activePopupWidget)
    page.deciding.snoozed("M")
    assert demo.bench.inbox.row(number).state == "snoozed"
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_search_finds_without_accents_and_escape_ends_it(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    rows = page.list.model.rowCount()
    hand.keys("/")
    hand.types("λεμοναδα")
    hand.until(lambda: page.list.model.rowCount() != rows)
    assert page.list.model.rowCount() > 3
    found = [page.list.model.data(page.list.model.index(place, 0), FoundRole) for place in range(4)]
    assert any("λεμοναδα" in fold(words) for words in found)
    hand.keys("Escape")
    hand.until(lambda: page.list.model.rowCount() == rows)


def test_words_that_nobody_said_give_an_empty_page_with_a_way_out(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    hand.keys("/")
    hand.types("xyzzyq")
    hand.until(lambda: page.list.model.rowCount() == 0)
    assert page.talk.opened is None
    hand.keys("Escape")
    hand.until(lambda: page.talk.opened is not None)


def test_a_gift_wants_a_why(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = page.talk.opened.row.id
    hand.keys("G")
    strip = page.talk.below.currentWidget()
    assert isinstance(strip, GiftStrip)
    before = len(demo.bench.gifts.of_conversation(number))
    strip.why.clear()
    hand.keys("Ctrl+Enter")
    assert not strip.wrong.isHidden()
    strip.why.setText("Her idea of the month")
    hand.keys("Ctrl+Enter")
    hand.until(lambda: len(demo.bench.gifts.of_conversation(number)) == before + 1)


def test_a_hand_off_offers_somebody_and_stands_in_the_story(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    hand.keys("H")
    strip = page.talk.below.currentWidget()
    assert isinstance(strip, HandoffStrip)
    assert strip.whom.key()
    strip.ask.setText("Find out when the bottles are back")
    strip.ask.setFocus()
    hand.keys("Ctrl+Enter")
    hand.until(lambda: any(line.kind == "handoff" for line in page.talk.opened.lines))


def test_a_teammate_added_meanwhile_is_offered_and_the_request_stays(demo: Window, page: Any) -> None:
    for mate in demo.bench.teammates.all():
        demo.bench.teammates.archive(mate.id)
    hand = Hand(demo)
    hand.keys("H")
    strip = page.talk.below.currentWidget()
    assert isinstance(strip, HandoffStrip)
    strip.ask.setText("Can you reset her password?")
    hand.keys("Ctrl+Enter")
    assert not strip.wrong.isHidden()
    assert strip.aside.text() == "No teammates yet. Add one on the Hand-offs page."
    demo.go("handoffs")
    demo.bench.teammates.add("Helga", team="Support")
    demo.go("inbox")
    QApplication.processEvents()
    assert page.talk.below.currentWidget() is strip
    assert strip.whom.currentText() == "Helga, Support"
    assert (strip.aside.text(), strip.wrong.isHidden()) == ("", True)
    assert strip.ask.text() == "Can you reset her password?"


def test_labels_are_words_with_commas(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = page.talk.opened.row.id
    hand.keys("M")
    before = demo.bench.inbox.labels(number)
    hand.types("όμορφο")
    hand.keys("Enter", "Escape")
    hand.until(lambda: set(demo.bench.inbox.labels(number)) == {*before, "όμορφο"})


def test_a_talk_in_person_is_written_down(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    member = page.talk.opened.row.member_id
    before = demo.bench.card(member).conversations
    hand.keys("L")
    strip = page.talk.below.currentWidget()
    assert isinstance(strip, NoteStrip)
    strip.words.setPlainText("Told me at the tasting that the ginger one is too sharp.")
    hand.keys("Ctrl+Enter")
    hand.until(lambda: demo.bench.card(member).conversations == before + 1)


def test_what_blocks_cannot_be_sent_and_says_why(demo: Window, page: Any) -> None:
    hand, before = Hand(demo), demo.bench.outbox.entries()
    hand.keys("R")
    field = page.talk.composer.field
    field.setPlainText("Hello {{name}}")
    hand.keys("Ctrl+Enter")
    hand.rest()
    assert demo.bench.outbox.entries() == before
    assert field.toPlainText() == "Hello {{name}}"
    assert not page.talk.composer.words.voice.strip.isHidden()


def test_a_hostile_text_is_shown_as_text(demo: Window, page: Any) -> None:
    nested = "<table><tr><td>" * 2_000 + "<img src='file:///etc/passwd'>"
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE message SET text = ? WHERE conversation_id = ?", (nested, page.talk.opened.row.id))
    Hand.until(lambda: "<img src=" in page.talk.story.toPlainText())


def test_a_row_reads_as_a_sentence() -> None:
    row = ConversationRow(
        id=1, title="The box", member_id=2, member="Ελένη", account="Blog", kind="wordpress", public=True,
        state="needs_me", preview="…", last_out=False, last_at=0, waiting_since=100, snoozed_until=None, unread=1,
        unhappy=True, hard=False, handoffs=1, gifts=0, language="el", messages=2,
    )  # fmt: skip
    assert spoken(row, 100 + 3 * 3600) == "Ελένη, Blog, The box, waits 3 hours, unread, unhappy, handed off"


def test_a_row_says_that_an_answer_was_not_sent_and_names_no_half_address() -> None:
    row = ConversationRow(
        id=7, title="Box", member_id=3, member="Eleni", account="hello@sitrona.example", kind="email", public=False,
        state="needs_me", preview="p", last_out=False, last_at=0, waiting_since=0, snoozed_until=None, unread=0,
        unhappy=False, hard=False, handoffs=0, gifts=0, language="el", messages=1, unsent=1,
    )  # fmt: skip
    assert spoken(row, 3600) == "Eleni, E-mail, Box, waits 1 hour, a reply wasn't sent"
    by_another = row._replace(writer="Béla")
    assert spoken(by_another, 3600) == "Eleni, E-mail, Box, last message from Béla, waits 1 hour, a reply wasn't sent"
    later = row._replace(state="waiting", unsent=0)
    assert spoken(later, 3600) == "Eleni, E-mail, Box, waiting for them"
    assert spoken(later._replace(due=9), 3600) == "Eleni, E-mail, Box, a reply is scheduled"
    assert spoken(later._replace(queued=True), 3600).endswith("Box, a reply is waiting to be sent or posted")


def test_the_states_say_what_counts_as_an_answer(demo: Window) -> None:
    page: Any = demo.page("inbox")
    said = [segment.accessibleDescription() for segment in page.list.filter.switch.findChildren(PaintedButton)]
    assert "scheduled" in said[0]
    assert "doesn't count yet" in said[0]
    assert "being sent" in said[1]


def _answer(demo: Window, page: Any, words: str) -> int:
    number = int(page.talk.opened.row.id)
    page.talk.composer.field.setPlainText(words)
    Hand(demo).keys("R", "Ctrl+Shift+Enter")
    Hand.until(lambda: page.list.model.place_of(number) is None)  # it waiting for them now, and stays open
    assert page.talk.opened.row.id == number
    Hand.until(lambda: any(line.kind == "outbox" for line in page.talk.opened.lines))
    return number


def test_undoing_a_sending_shows_the_words_again(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = _answer(demo, page, "Takk, ég kem aftur á morgun.")
    _open(page, "Street party verdict")
    page.list.focus_rows()
    hand.keys("Z")
    hand.until(lambda: page.talk.opened.row.id == number)
    hand.until(lambda: page.talk.composer.field.toPlainText() == "Takk, ég kem aftur á morgun.")
    assert demo._toast is not None
    assert "Send undone" in toast(demo).accessibleName()


def test_take_it_back_in_the_story_means_this_reply(demo: Window, page: Any) -> None:
    number = _answer(demo, page, "Strax á morgun.")
    demo.bench.inbox.label(number, ["later"])
    line = next(line for line in page.talk.opened.lines if line.kind == "outbox")
    assert line.author
    press_anchor(page, "Cancel")
    Hand.until(lambda: page.talk.composer.field.toPlainText() == "Strax á morgun.")
    assert "later" in demo.bench.inbox.labels(number)
    assert demo.bench.outbox.get(line.id).state == "discarded"


def test_a_long_message_is_read_from_its_beginning(demo: Window, page: Any) -> None:
    number = _open(page, "Street party verdict")
    with demo.bench.store.write() as conn:
        last = conn.execute(
            "SELECT id FROM message WHERE conversation_id = ? AND out = 0 ORDER BY id DESC", (number,)
        ).fetchone()[0]
        conn.execute("UPDATE message SET text = ? WHERE id = ?", ("A long evening.\n" * 200, last))
        conn.execute("UPDATE conversation SET unread = 1 WHERE id = ?", (number,))
    _open(page, "Το κουτί έφτασε σπασμένο")
    _open(page, "Street party verdict")
    bar = page.talk.story.verticalScrollBar()
    Hand.until(lambda: bar.maximum() > 2000)
    top = page.talk.story._unread_top()
    assert bar.value() == top < bar.maximum() - 1000
    bar.setValue(top + 500)
    demo.bench.inbox.seen(number)
    Hand.until(lambda: page.talk.opened.row.unread == 0)
    assert bar.value() == top + 500


def test_a_gift_begins_as_the_latest_one_was_however_many_there_are(demo: Window, page: Any) -> None:
    member = page.talk.opened.row.member_id
    with demo.bench.store.write() as conn:
        conn.executemany(
            "INSERT INTO gift (member_id, item, why, worth, currency, state, state_at, created_at)"
            " VALUES (?, ?, 'x', ?, ?, ?, 1, 1)",
            [(member, f"idea {place}", 100, "EUR", "idea") for place in range(510)]
            + [(member, "Newest shipped", 1_500, "KWD", "shipped")],
        )
    Hand(demo).keys("G")
    strip = page.talk.below.currentWidget()
    assert isinstance(strip, GiftStrip)
    usual = demo.bench.gifts.usual()
    assert (strip.item.text(), strip.worth.text(), strip.currency.text()) == (usual.item, usual.worth, usual.currency)
    assert (usual.item, usual.worth, usual.currency) == ("Newest shipped", "1.500", "KWD")


def test_over_the_budget_the_inbox_says_it_once_too(demo: Window, page: Any) -> None:
    number = page.talk.opened.row.id
    Hand(demo).keys("G")
    strip = page.talk.below.currentWidget()
    assert isinstance(strip, GiftStrip)
    strip.worth.setText("90000")
    strip.currency.setText("EUR")
    strip.why.setText("Too kind")
    strip.state.set_key("approved")
    before = len(demo.bench.gifts.of_conversation(number))
    strip.act()
    assert "over the" in strip.wrong.text()
    strip.worth.setText("95000")  # another sum, another warning
    strip.act()
    assert len(demo.bench.gifts.of_conversation(number)) == before
    strip.act()
    assert len(demo.bench.gifts.of_conversation(number)) == before + 1


def test_a_strip_grows_for_what_it_has_to_say(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    page.list.focus_rows()
    hand.keys("G")
    strip = page.talk.below.currentWidget()
    assert isinstance(strip, GiftStrip)
    hand.rest()
    before = strip.height()
    strip.item.setText("")
    strip.act()
    assert "what the gift is" in strip.wrong.text()
    Hand.until(lambda: strip.height() > before)
    rows = [strip.item, strip.why, strip.wrong]
    bottoms = [row.mapTo(strip, row.rect().bottomLeft()).y() for row in rows]
    tops = [row.mapTo(strip, row.rect().topLeft()).y() for row in rows]
    assert tops[1] - bottoms[0] >= strip.item.fontMetrics().height()
    assert tops[2] > bottoms[1]
    strip.close_strip()
    assert page.talk.below.maximumHeight() > 10_000


def test_where_there_is_no_room_the_keys_go_and_the_words_stay(demo: Window, page: Any) -> None:
    demo.resize(960, 600)
    page.talk.composer.field.setPlainText("{{what_went_wrong}} {{what_happens_next}} " + "words " * 10)
    page.talk.composer.words.check()
    hand = Hand(demo)
    hand.rest()
    for button in page.talk.findChildren(ActionButton):
        if button.isVisible():
            assert button.width() >= button.minimumSizeHint().width(), button.title()
    strip = page.talk.composer.words.voice.strip
    for label in (strip._problem, strip._advice):
        assert label.height() > label.heightForWidth(label.width()) - 6, label.text()  # no line is lost


@pytest.mark.slow
def test_the_composer_grows_with_the_words_up_to_two_fifths(demo: Window, page: Any) -> None:
    field, composer, column = page.talk.composer.field, page.talk.composer, page.talk._column
    field.setPlainText("\n".join(["One line."] * 4))
    Hand(demo).rest()
    assert field.document().size().height() >= 4 * field.line_height() - 4
    assert not field.verticalScrollBar().isVisible()
    field.setPlainText("\n".join(["One line."] * 90))
    Hand(demo).until(lambda: composer.height() > column.height() * 0.35)
    Hand(demo).rest()
    assert composer.height() <= column.height() * 0.4 + 1
    assert field.height() >= 4 * field.line_height()
    field.setPlainText("")
    Hand(demo).rest()
    assert field.height() < page.talk.height() * 0.2


def test_lines_stand_as_far_apart_as_in_a_message_and_that_is_no_step_to_undo(demo: Window, page: Any) -> None:
    hand, field = Hand(demo), page.talk.composer.field
    hand.keys("R")
    hand.types("One\nTwo")
    tall = field.document().size().height()
    assert tall >= 2 * field.line_height() - 2 > 2 * field.fontMetrics().lineSpacing() + 8
    field.insertPlainText("\nThree\nFour")
    assert field.document().size().height() >= 4 * field.line_height() - 4
    assert field.toPlainText() == "One\nTwo\nThree\nFour"
    while field.document().isUndoAvailable():
        field.undo()
    assert field.toPlainText() == ""
    field.setPlainText("Afresh")
    assert not field.document().isUndoAvailable()


@pytest.mark.slow
def test_larger_letters_make_room_as_a_narrower_window_does(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    assert page.card.isVisible()
    for _ in range(5):
        demo.run("larger")
    hand.rest()
    Hand.until(lambda: demo.rail.width() < 100 and not page.card.isVisible())
    assert page.talk.width() >= page.talk.minimumWidth() > 600
    assert page.talk.geometry().right() <= page.width()
    demo.run("usual_size")
    hand.rest()
    Hand.until(lambda: demo.rail.width() > 200 and page.card.isVisible())


@pytest.mark.slow
def test_the_empty_field_speaks_in_the_size_of_the_text(demo: Window, page: Any) -> None:
    field = page.talk.composer.field
    sizes = []
    for command in ("usual_size", "larger", "usual_size"):
        demo.run(command)
        until(lambda: fonts.scale() == demo.bench.settings.number("text_size") / 100)
        sizes.append(field.viewport().font().pointSizeF())
        assert sizes[-1] == field.font().pointSizeF()
    assert sizes[0] == sizes[2] < sizes[1]


def test_rows_and_waiting_times_follow_the_settings_at_once(demo: Window) -> None:
    page: Any = demo.page("inbox")
    tall = page.list.rows.verticalHeader().defaultSectionSize()
    demo.go("settings")
    demo.bench.settings.put("compact", value=True)
    demo.bench.blocks.put("Mon-Sun 0-24")
    row = demo.bench.inbox.row(demo.bench.inbox.next_needing() or 0)
    until(lambda: page.list.delegate.lateness.is_late(row.account_id, row.due_since))
    demo.bench.settings.put("answer_hours", 700)
    demo.go("inbox")
    assert page.list.rows.verticalHeader().defaultSectionSize() < tall
    assert not page.list.delegate.lateness.is_late(row.account_id, row.due_since)


def test_a_row_is_amber_by_the_promise_of_its_account_and_the_working_blocks(demo: Window, page: Any) -> None:
    row = demo.bench.inbox.row(demo.bench.inbox.refs(Query("needs_me"))[-1].id)
    assert clock.now() - (row.waiting_since or 0) < 4 * 86_400

    def is_amber() -> bool:
        return bool(page.list.delegate.lateness.is_late(row.account_id, row.due_since))

    demo.bench.accounts.notes.put_reply_target(row.account_id, 1, row.account)
    demo.bench.blocks.put("Mon-Sun 0-24")
    until(is_amber)
    demo.bench.accounts.notes.put_reply_target(row.account_id, 720 * 60, row.account)
    until(lambda: not is_amber())
    demo.bench.accounts.notes.put_reply_target(row.account_id, 1, row.account)
    until(is_amber)
    weekday = (clock.local(clock.now()).weekday() + 2) % 7
    demo.bench.blocks.put(f"{WEEKDAYS[weekday]} 10-12")  # since then nobody has worked
    until(lambda: not is_amber())


def test_an_empty_list_says_whether_a_filter_or_the_end_of_the_work_emptied_it(window: Window) -> None:
    window.go("inbox")
    conversations: Any = window.page("inbox").list  # type: ignore[union-attr]

    def words() -> str:
        return str(conversations.findChildren(EmptyState)[-1].findChildren(Label)[0].text())

    assert words() == "Conversations appear here once messages arrive."  # there are none at all yet
    conversations.filter.show(Query("quiet"))
    assert words() == "No conversations match this filter."
    conversations.filter.clear()
    assert words() == "Conversations appear here once messages arrive."  # there are none at all yet
