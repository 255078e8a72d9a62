"""Where an answer goes and who sees it, how long it may be, in several parts, and later: by keys in the window."""

from __future__ import annotations

import time
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.base import clock
from app.calendar.choices import until
from app.outbox.fitting import Room
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.talking import inbox, open_talk, press_anchor
from ui.look import languages
from ui.pages.inbox.later import DateStrip
from ui.shared.room import Measure, measure, parted, starts
from ui.shell.window import Window

MENTION = "Fæst límonaðið í Noregi?"
SENTENCE = "Ekki enn, en við spurðum Ondřej hvað það kostar að senda kassa til Bergen. "
LONG = (SENTENCE * 14).strip()


@pytest.fixture
def page(demo: Window) -> Any:
    return inbox(demo)


def _write(page: Any, words: str) -> None:
    page.talk.composer.write()
    page.talk.composer.field.setPlainText(words)
    page.talk.composer.words.check()
    QApplication.processEvents()


def test_it_says_public_or_private_in_words_and_who_sees_it(page: Any) -> None:
    head = page.talk.composer.head
    open_talk(page, "Το κουτί έφτασε σπασμένο")
    assert head.chip.accessibleName() == "Public"
    assert "Blog" in head.where.text()
    assert "Visible to everyone who can read the post." in head.audience.accessibleName()
    assert "Five lemonades" in head.audience.accessibleName()
    open_talk(page, "Fact check: how often does a bottle come back?")
    assert head.chip.accessibleName() == "Private"
    assert "Hannah Brandt" in head.where.text()
    assert "Visible to \u2068Hannah Brandt\u2069 only." in head.audience.accessibleName()


def test_the_language_chip_names_languages_that_are_not_ours_too(page: Any) -> None:
    composer = page.talk.composer
    for code, name in (("is", "Íslenska"), ("de", "Deutsch"), ("", "Language")):
        composer.words.language.set_language(code)
        assert composer.words.language.accessibleName() == name


def test_the_count_comes_near_the_limit_and_is_as_the_channel_counts(page: Any) -> None:
    open_talk(page, MENTION)
    composer = page.talk.composer
    for length, shown in ((10, ""), (399, ""), (400, "400 of 500"), (500, "500 of 500"), (512, "512 of 500")):
        _write(page, "a" * length)
        assert composer.words.counter.text() == shown
        assert composer.words.length.isVisible() is (length > 500)
    open_talk(page, "Fact check: how often does a bottle come back?")
    _write(page, "a" * 5_000)
    assert composer.words.counter.text() == ""


def test_what_is_too_long_is_neither_sent_nor_cut_and_it_says_what_to_do(demo: Window, page: Any) -> None:
    open_talk(page, MENTION)
    before = len(demo.bench.outbox.entries())
    _write(page, LONG)
    composer = page.talk.composer
    Hand(demo).keys("Ctrl+Enter")
    assert len(demo.bench.outbox.entries()) == before
    assert composer.field.toPlainText() == LONG
    assert composer.words.length.problem.text().startswith("Not sent:")
    assert composer.words.length.go.title() == "Send as a thread of 3"
    assert len(composer.field.parted) == 2
    _write(page, "Ekki enn.")
    assert composer.words.length.isHidden()
    assert composer.field.parted == []


def test_as_a_thread_it_goes_out_in_parts_and_undo_brings_it_back_whole(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = open_talk(page, MENTION)
    _write(page, LONG)
    hand.keys("Ctrl+Shift+T")
    parts = demo.bench.outbox.entries(conversation_id=number)
    assert [len(part.text) <= 500 for part in parts] == [True, True, True]
    assert " ".join(part.text for part in parts) == LONG
    assert [part.after_id for part in parts] == [None, parts[0].id, parts[1].id]
    hand.until(lambda: page.talk.opened.row.id != number)  # the next that needs me
    page.open(number)
    hand.until(lambda: "2 of 3" in page.talk.story.toPlainText())
    assert page.talk.story.toPlainText().count("Cancel") == 1
    hand.keys("Z")
    hand.until(lambda: demo.bench.outbox.entries(conversation_id=number) == [])
    assert demo.bench.inbox.open(number).draft == LONG


def test_where_the_channel_has_no_threads_none_is_offered(page: Any) -> None:
    open_talk(page, "Το κουτί έφτασε σπασμένο")
    page.talk.composer.words.limit.set_room(Room("Blog", 40, "bytes", threads=False))
    _write(page, "Λυπάμαι πολύ για τα μπουκάλια!")
    composer = page.talk.composer
    assert composer.words.counter.text().endswith("of 40")
    assert composer.words.length.go.isHidden()
    assert composer.words.length.isVisible()


def test_a_short_answer_is_not_parted(demo: Window, page: Any) -> None:
    number = open_talk(page, MENTION)
    _write(page, "Ekki enn.")
    Hand(demo).keys("Ctrl+Shift+T")
    assert demo.bench.outbox.entries(conversation_id=number) == []
    assert "one message" in toast(demo).accessibleName()


def test_ctrl_l_and_a_letter_send_it_tomorrow_and_z_takes_it_back(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = open_talk(page, MENTION)
    _write(page, "Ekki enn, ég læt þig vita.")
    hand.keys("Ctrl+L")
    menu: Any = QApplication.activePopupWidget()
    assert menu is not None
    page.answering.later._chosen("T")
    menu.close()
    (entry,) = demo.bench.outbox.entries(conversation_id=number)
    assert entry.later
    assert entry.held_until == until("tomorrow", clock.local(clock.now()))
    assert "Scheduled for tomorrow 09:00" in toast(demo).accessibleName()
    hand.until(lambda: page.talk.opened.row.id != number)  # the next that needs me
    page.open(number)
    hand.until(lambda: "Scheduled for tomorrow 09:00" in page.talk.story.toPlainText())
    page.list.focus_rows()
    hand.keys("Z")
    hand.until(lambda: demo.bench.outbox.entries(conversation_id=number) == [])
    assert demo.bench.inbox.open(number).draft == "Ekki enn, ég læt þig vita."


def test_without_words_no_time_is_asked_for(demo: Window, page: Any) -> None:
    open_talk(page, MENTION)
    _write(page, "  ")
    Hand(demo).keys("Ctrl+L")
    assert QApplication.activePopupWidget() is None
    assert "Write something first" in toast(demo).accessibleName()


def test_a_day_of_ones_own_and_one_that_is_over(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = open_talk(page, MENTION)
    _write(page, "Ekki enn.")
    page.answering.later._chosen("D")
    strip = page.talk.below.currentWidget()
    assert isinstance(strip, DateStrip)
    strip.when.setText("1.1.2001")
    strip.act()
    assert "already passed" in strip.wrong.text()
    strip.when.setText(f"5. června {clock.local(clock.now()).year + 1} v 9")
    assert "5 June" in strip.when.reading.text()
    hand.keys("Ctrl+Enter")
    hand.until(lambda: demo.bench.outbox.entries(conversation_id=number))
    (entry,) = demo.bench.outbox.entries(conversation_id=number)
    assert clock.local(entry.held_until).strftime("%d.%m. %H:%M") == "05.06. 09:00"


def test_later_a_thread_goes_as_one(demo: Window, page: Any) -> None:
    number = open_talk(page, MENTION)
    _write(page, LONG)
    page.answering.later._chosen("M")
    parts = demo.bench.outbox.entries(conversation_id=number)
    assert len(parts) == 3
    assert len({part.held_until for part in parts}) == 1


def test_the_scheduled_one_goes_now_or_another_time_from_the_story(demo: Window, page: Any) -> None:
    number = open_talk(page, "Ποια αντέχει ως την Κυριακή;")
    (entry,) = demo.bench.outbox.entries(conversation_id=number)
    page.answering.later._number = entry.id
    page.answering.later._moved("M")
    assert demo.bench.outbox.get(entry.id).held_until == until("monday", clock.local(clock.now()))
    press_anchor(page, "Send now")
    assert demo.bench.outbox.get(entry.id).state in ("queued", "sending", "sent")


# --- measuring, without a window

THREADS = Room("Mastodon", 500, "characters", threads=True)


def test_nothing_is_counted_far_from_the_limit() -> None:
    assert measure(None, "x" * 9_999) == Measure()
    assert measure(Room("E-mail", None, "characters", threads=False), "x" * 9_999) == Measure()
    assert measure(THREADS, "x" * 399) == Measure()
    assert measure(Room("Blog", 100, "bytes", threads=False), "ε" * 39) == Measure()
    assert measure(Room("Blog", 100, "bytes", threads=False), "ε" * 51) == Measure(102, 100, "bytes")
    assert measure(Room("X", 10, "graphemes", threads=False), "👩‍👩‍👧" * 10) == Measure(10, 10)
    assert measure(Room("Y", 10, "utf16", threads=False), "🍋" * 6).over == 2  # type: ignore[union-attr]
    assert measure(THREADS, "x" * 4_001, typing=True) is None


def test_the_parts_begin_where_they_are_marked() -> None:
    parts = parted(THREADS, LONG, Measure(THREADS.length(LONG), 500))
    marks = starts(LONG, parts)
    assert len(marks) == len(parts) - 1 == 2
    for part, (first, last) in zip(parts[1:], marks, strict=True):
        assert LONG[first:last] == part.split()[0]
    assert parted(THREADS, "x" * 20_000, Measure(20_000, 500)) == []


def test_typing_in_a_long_text_does_not_stall(page: Any) -> None:
    open_talk(page, MENTION)
    _write(page, "Λεμονάδα με βασιλικό, " * 500)
    field, worst = page.talk.composer.field, 9.0
    for _ in range(3):
        took = []
        for letter in "λεμονι":
            started = time.process_time()
            field.textCursor().insertText(letter)
            took.append(time.process_time() - started)
        worst = min(worst, max(took))
    assert worst < 0.05


def test_a_blank_is_no_mistake_before_sending_was_tried(demo: Window, page: Any) -> None:
    open_talk(page, MENTION)
    _write(page, "Sæll {{first_name}}, takk!")
    composer = page.talk.composer
    strip = composer.words.voice.strip
    assert "needs filling in" in strip.accessibleName()
    assert strip._tone == "accent"
    before = demo.bench.outbox.entries()
    demo.run("send_done")
    assert "can't be sent" in strip.accessibleName()
    assert strip._tone == "danger"
    assert demo.bench.outbox.entries() == before
    open_talk(page, "Το κουτί έφτασε σπασμένο")
    _write(page, "Γεια {{first_name}}!")
    assert strip._tone == "accent"


def _choose_in_menu(place: int | None) -> None:
    """Trigger that entry of the menu that opens next; None closes it."""

    def press() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for _ in range(0 if place is None else place + 1):
            QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Escape if place is None else Qt.Key.Key_Return)

    QTimer.singleShot(0, press)


def test_another_language_is_chosen_from_the_chip_and_the_draft_is_checked_in_it(page: Any) -> None:
    open_talk(page, MENTION)
    words, checked = page.talk.composer.words, []
    words.checked.connect(lambda: checked.append(words.language.code))
    words.language.set_language("is")
    _choose_in_menu(None)
    words.language.click()
    assert (words.language.code, checked) == ("is", [])
    _choose_in_menu(1)
    words.language.click()
    assert (words.language.code, checked) == (languages.HOUSE[1], [languages.HOUSE[1]])


def test_the_slash_that_the_key_typed_goes_when_no_template_is_taken(page: Any) -> None:
    open_talk(page, MENTION)
    composer = page.talk.composer
    _write(page, "Takk")
    composer.write()
    composer.ask_template()
    assert composer.field.toPlainText() == "Takk /"
    assert composer.words.picker.current() is not None
    composer.words.picker.hide()
    assert composer.field.toPlainText().strip() == "Takk"
    assert composer.words.picker.current() is None


def test_a_reply_written_after_the_template_was_sent_does_not_come_from_it(demo: Window, page: Any) -> None:
    open_talk(page, "Το κουτί έφτασε σπασμένο")
    words = page.talk.composer.words
    template = demo.bench.templates.find("")[0]
    words.templates.insert(template)
    assert words.templates.used is not None
    page.talk.composer.field.setPlainText("")
    assert words.templates.used is None
    assert words.templates.chip.isHidden()


def test_the_list_begins_with_templates_in_the_language_that_is_spoken(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, "Szállítás: késik a csomag")
    page.composer.ask_template()
    offered = page.composer.words.picker._offered
    languages = [one.language for one in offered]
    assert languages[0] == "hu"
    assert languages == sorted(languages, key=lambda code: code != "hu")
    names = [one.template.name for one in offered if one.language == "hu"]
    assert names == sorted(names)


def test_a_finding_that_comes_late_is_in_sight_with_its_words(demo: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables of a language are read on a thread at its first draft: chips of promises had the room by then."""
    demo.resize(1280, 800)
    page = inbox(demo)
    open_talk(page, "Recept na bazalkovou limonádu 🌿")
    composer = page.composer
    monkeypatch.setattr(demo.bench.voice, "is_ready", lambda _text, _language: False)
    demo.run("reply")
    composer.field.insertPlainText("Dobrý den, o příchutích na rok 2027 zatím nic. Do pátku se ozvu a peníze vrátíme.")
    strip = composer.words.voice.strip
    Hand.until(strip.isVisible)
    Hand.until(composer.promising.isHidden)
    QTest.qWait(100)
    view = composer.inner.viewport()
    for part in (strip, composer.field):
        top = part.mapTo(view, part.rect().topLeft()).y()
        assert top >= 0
        assert top + part.height() <= view.height()
    assert composer.promising.chips


def test_advice_is_a_sentence_with_no_key_to_put_it_in(demo: Window, page: Any) -> None:
    """“We'll put it right.” for a noun would make nonsense of the sentence around it."""
    open_talk(page, "Recept na bazalkovou limonádu 🌿")
    words = "Na ten refundaci se podíváme."
    _write(page, words)
    strip = page.composer.words.voice.strip
    assert not strip.isHidden()
    assert "A sentence that says it better: Dáme to do pořádku." in strip._advice.text()
    assert strip._take.isHidden()
    demo.run("take_hint")
    assert page.composer.field.toPlainText() == words


def test_a_better_word_in_a_form_that_is_not_certain_is_selected_to_be_adapted(demo: Window, page: Any) -> None:
    from app.voice import NOTE, Rule  # noqa: PLC0415  for this one

    demo.bench.voice.add_rule(Rule(0, ("láhev",), NOTE, "Je to sklo.", "cs", "tone", "nádoba"))
    demo.bench.voice.add_rule(Rule(0, ("hlupák",), NOTE, "Tak ne.", "cs", "tone", "šťoural"))
    open_talk(page, "Recept na bazalkovou limonádu 🌿")
    _write(page, "Těch lahví bylo málo.")
    advice = page.composer.words.voice.strip._advice
    assert "Say instead, in the form that fits: \u2068nádoba\u2069" in advice.text()
    demo.run("take_hint")
    field = page.composer.field
    assert (field.toPlainText(), field.textCursor().selectedText()) == ("Těch nádoba bylo málo.", "nádoba")
    QTest.keyClicks(field, "nadob")
    assert field.toPlainText() == "Těch nadob bylo málo."
