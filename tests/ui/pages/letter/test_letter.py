"""A new message by keys: begun anywhere, kept, sent, undone; forwarded; written to a member; moved to private."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from app.base.message import Addressee
from app.outbox import LetterDraft, is_post, of_letter, of_reply, offer
from app.voice import Draft, Rule, clear
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.talking import inbox, open_talk
from ui.frame import files
from ui.shell.window import Window

MAIL = "Fact check: how often does a bottle come back?"
BLOG = "Το κουτί έφτασε σπασμένο"


def said(window: Window) -> str:
    """The words of the toast."""
    return toast(window)._words.text()


def letter(window: Window) -> Any:
    page = window.page("letter")
    assert page is not None
    return page


def begun(window: Window) -> list[LetterDraft]:
    """The messages that are being written, without the post that the demo has begun."""
    return [draft for draft in window.bench.letters.drafts() if not is_post(draft)]


def one(window: Window, sql: str, *values: object) -> Any:
    return window.bench.store.read.execute(sql, values).fetchone()[0]


@pytest.mark.slow
def test_c_begins_one_on_any_page_and_ctrl_enter_sends_it(demo: Window) -> None:
    hand = Hand(demo)
    for place in ("delight", "handoffs", "members", "inbox"):
        demo.go(place)
        hand.keys("C")
        assert demo.page_id == "letter"
        hand.keys("Escape")
        assert demo.page_id == place
    hand.keys("C")
    page = letter(demo)
    assert page.whom.fields.fields["to"].hasFocus()
    hand.types("new@example.org")
    hand.keys("Enter")
    assert page.subject.hasFocus()
    hand.types("Hello")
    hand.keys("Enter")
    hand.types("How do you do?")
    hand.until(lambda: "E-mail to new@example.org, from" in page.whom.where.text())
    hand.keys("Ctrl+Enter")
    assert demo.page_id == "inbox"
    entry = demo.bench.outbox.entries()[-1]
    assert (entry.purpose, entry.subject, entry.text, entry.to_whom) == (
        "new",
        "Hello",
        "How do you do?",
        "new@example.org",
    )
    assert "To new@example.org. Sending in 10 seconds." in said(demo)
    hand.keys("Z")
    hand.until(lambda: demo.page_id == "letter")
    assert page.field.toPlainText() == "How do you do?"
    assert entry.id not in [one.id for one in demo.bench.outbox.entries()]


def test_what_is_begun_is_kept_and_offered_again(demo: Window) -> None:
    hand = Hand(demo)
    demo.go("delight")
    hand.keys("C")
    page = letter(demo)
    page.field.setFocus()
    hand.types("Half a thought")
    hand.keys("Escape")
    assert "Kept" in said(demo)
    assert [draft.text for draft in begun(demo)] == ["Half a thought"]
    hand.keys("C")
    assert page.field.toPlainText() == ""
    chips = [button for button in page.unfinished.findChildren(type(page.sending).__mro__[1]) if button.isVisible()]
    assert "Post, " in chips[1].title()  # the demo's
    chip = chips[0]
    assert chip.title() == "To nobody yet: Half a thought"
    chip.click()
    assert page.field.toPlainText() == "Half a thought"
    page.discard.click()
    assert begun(demo) == []
    hand.keys("Z")
    assert [draft.text for draft in begun(demo)] == ["Half a thought"]


def test_an_empty_one_leaves_nothing(demo: Window) -> None:
    demo.go("members")
    Hand(demo).keys("C", "Escape")
    assert begun(demo) == []
    assert demo.page_id == "members"


def test_what_is_wrong_is_said_and_nothing_is_sent(demo: Window) -> None:
    hand, before = Hand(demo), len(demo.bench.outbox.entries())
    hand.keys("C")
    page = letter(demo)
    hand.keys("Ctrl+Enter")
    assert "Choose who it goes to" in said(demo)
    hand.types("no address")
    page.field.setFocus()
    hand.types("Words")
    hand.keys("Ctrl+Enter")
    assert not page.whom.fields.wrong["to"].isHidden()
    assert len(demo.bench.outbox.entries()) == before


def test_a_letter_without_a_subject_is_sent_at_the_second_time(demo: Window) -> None:
    hand, before = Hand(demo), len(demo.bench.outbox.entries())
    hand.keys("C")
    page = letter(demo)
    page.whom.fields.fields["to"].setPlainText("new@example.org")
    page.field.setFocus()
    hand.types("How do you do?")
    hand.keys("Ctrl+Enter")
    assert said(demo) == "There's no subject. Send again to send it without one."
    assert page.subject.hasFocus()
    assert len(demo.bench.outbox.entries()) == before
    hand.keys("Ctrl+Enter")
    assert len(demo.bench.outbox.entries()) == before + 1
    assert demo.bench.outbox.entries()[-1].subject == ""


def test_several_each_alone_or_together_is_said_plainly(demo: Window) -> None:
    Hand(demo).keys("C")
    page = letter(demo)
    page.whom.fields.fields["to"].setPlainText("a@example.org, b@example.org")
    page.whom.settle()
    assert "2 e-mails" in page.whom.where.text()
    assert "doesn't see the others" in page.whom.where.text()
    page.whom.together.setChecked(True)
    assert "Everyone sees who else got it" in page.whom.where.text()


def test_write_on_a_member_says_where_it_goes_and_why(demo: Window) -> None:
    member = one(
        demo, "SELECT member_id FROM identity WHERE kind = 'email' AND key LIKE '%@%' AND id IN"
        " (SELECT identity_id FROM message WHERE out = 0) ORDER BY id LIMIT 1",
    )  # fmt: skip
    demo.go("members", member)
    Hand(demo).until(lambda: demo.page("members").member == member)  # type: ignore[union-attr]
    demo.run("reply")
    page = letter(demo)
    assert demo.page_id == "letter"
    assert page.draft.member_id == member
    assert page.whom.where.text().startswith("E-mail to")
    assert "They last wrote" in page.whom.why.text()
    assert page.reply_there.isVisible()
    page.reply_there.click()
    assert demo.page_id == "inbox"


def test_a_member_who_cannot_be_reached_is_said_to_be_so(demo: Window) -> None:
    member = demo.bench.members.add("Zoë Nobody")
    demo.go("letter", ("member", member))
    page = letter(demo)
    assert "no way to write to" in page.whom.where.text()
    assert page.field.toPlainText() == ""
    Hand(demo).keys("Escape")
    assert begun(demo) == []


def test_shift_f_forwards_the_letter_whole(demo: Window) -> None:
    page, hand = inbox(demo), Hand(demo)
    number = open_talk(page, MAIL)
    hand.keys("Shift+F")
    sheet = letter(demo)
    assert sheet.heading.text() == "Forward"
    assert sheet.subject.text() == f"Fwd: {MAIL}"
    assert "---------- Forwarded message ----------" in sheet.ending.text()
    sheet.whom.fields.fields["to"].setPlainText("boss@example.org")
    hand.keys("Ctrl+Enter")
    entry = demo.bench.outbox.entries()[-1]
    assert (entry.purpose, entry.text) == ("forward", "")
    assert "Forwarded message" in entry.full_text
    assert demo.bench.inbox.row(number).state == "needs_me"


def test_an_untouched_forward_leaves_nothing(demo: Window) -> None:
    page, hand = inbox(demo), Hand(demo)
    open_talk(page, MAIL)
    hand.keys("Shift+F", "Escape")
    assert begun(demo) == []


def test_whom_it_goes_to_is_kept_without_a_word(demo: Window) -> None:
    page, hand = inbox(demo), Hand(demo)
    open_talk(page, MAIL)
    for key in ("C", "Shift+F"):
        hand.keys(key)
        letter(demo).whom.fields.fields["to"].setPlainText("boss@example.org")
        hand.keys("Escape")
        assert said(demo) == "Kept. Press C to go on with it."
    assert [box.address for draft in begun(demo) for box in draft.receivers] == ["boss@example.org"] * 2


def test_shift_f_forwards_what_somebody_else_wrote(demo: Window) -> None:
    page, hand = inbox(demo), Hand(demo)
    number = one(
        demo, "SELECT c.id FROM conversation c JOIN account a ON a.id = c.account_id JOIN message m ON"
        " m.id = c.last_message_id WHERE a.kind = 'email' AND m.out AND EXISTS (SELECT 1 FROM message t WHERE"
        " t.conversation_id = c.id AND NOT t.out AND t.quiet = '') ORDER BY c.id LIMIT 1",
    )  # fmt: skip
    demo.go("inbox", number)
    hand.until(lambda: page.opened is not None and page.opened.row.id == number)
    hand.keys("Shift+F")
    latest = one(
        demo, "SELECT id FROM message WHERE conversation_id = ? AND NOT out AND quiet = '' ORDER BY at DESC, id DESC",
        number,
    )  # fmt: skip
    assert letter(demo).draft.forwards_id == latest


@pytest.mark.slow
def test_to_private_in_one_action_and_the_conversation_says_so(demo: Window) -> None:
    page, hand = inbox(demo), Hand(demo)
    number = open_talk(page, BLOG)
    hand.keys("Ctrl+Shift+P")
    sheet = letter(demo)
    assert sheet.heading.text() == "Private message"
    assert sheet.draft.linked_id == number
    offer = demo.bench.outbox.entries(conversation_id=number)[-1]
    assert offer.public
    said_in_public = toast(demo).accessibleName()
    assert said_in_public.startswith("Posted in public in 10 seconds: “")
    assert offer.text[:40] in said_in_public
    hand.keys("Escape")
    page.open(number)
    hand.until(page.talk.private_draft.isVisible)
    page.talk.private_draft.click()
    assert demo.page_id == "letter"
    hand.keys("Escape")
    hand.keys("Z")
    hand.until(lambda: not begun(demo))
    assert demo.bench.outbox.entries(conversation_id=number) == []


def test_an_offer_whose_words_need_a_reason_is_posted_with_one(demo: Window) -> None:
    page = inbox(demo)
    number = open_talk(page, "Street party verdict")
    words = offer(demo.bench.templates, number, None).text
    needy = max((word.strip(".,:;!?") for word in words.split()), key=len)
    demo.bench.voice.add_rule(Rule(0, (needy,), "ask", "It's binding."))
    demo.run("to_private")
    strip = page.talk.strip
    assert "needs a reason" in strip.wrong.text()
    assert demo.bench.outbox.entries(conversation_id=number) == []
    strip.act()
    assert demo.bench.outbox.entries(conversation_id=number) == []
    strip.reason.setText("Dóra said yes")
    strip.act()
    (entry,) = demo.bench.outbox.entries(conversation_id=number)
    assert "Dóra said yes" in entry.overrides
    assert demo.page_id == "letter"


def test_an_offer_to_post_by_hand_says_so_and_can_be_taken_back(demo: Window) -> None:
    page, hand = inbox(demo), Hand(demo)
    number = open_talk(page, BLOG)
    with demo.bench.store.write() as conn:
        conn.execute(
            "UPDATE account SET mode = 'assisted' WHERE id = (SELECT account_id FROM conversation WHERE id = ?)",
            (number,),
        )
    page.open(1)
    page.open(number)
    hand.keys("Ctrl+Shift+P")
    offer = demo.bench.outbox.entries(conversation_id=number)[-1]
    words = toast(demo).accessibleName()
    assert words.startswith("Not posted yet")
    assert offer.text[:40] in words
    hand.keys("Escape")
    demo.run("undo")
    hand.until(lambda: not begun(demo))
    assert demo.bench.outbox.entries(conversation_id=number) == []


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "mynd.png"
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.yellow)
    assert image.save(str(path))
    return path


def test_files_come_by_dialog_drop_and_paste(demo: Window, picture: Path) -> None:
    hand = Hand(demo)
    hand.keys("C")
    page = letter(demo)
    QApplication.instance().setProperty(files.READY, str(picture))  # type: ignore[union-attr]
    hand.keys("Ctrl+Shift+A")
    assert [file.name for file in page.files.files] == ["mynd.png"]
    assert "1 file" in page.files.total.text()
    assert "up to 50 files, of 18 MB in all" in page.files.total.text()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(picture))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    assert page._drop.eventFilter(page, drop)  # Qt delivers a drop only after a drag by the mouse
    assert len(page.files.files) == 2
    QGuiApplication.clipboard().setImage(QImage(str(picture)))
    page.field.setFocus()
    hand.keys("Ctrl+V")
    pasted = page.files.files[-1]
    assert (pasted.type, pasted.name[:8]) == ("image/png", "Picture ")
    assert page.field.toPlainText() == ""
    remove = page.files.findChildren(type(page.clip))[0]
    assert remove.accessibleName() == "Remove \u2068mynd.png\u2069"
    remove.click()
    assert len(page.files.files) == 2
    hand.keys("Escape")
    (draft,) = begun(demo)  # a draft with files is kept without a word
    assert len(demo.bench.files.attached(of_letter(draft.id))) == 2


def test_what_cannot_be_attached_is_said(demo: Window, tmp_path: Path) -> None:
    Hand(demo).keys("C")
    page = letter(demo)
    page.files.take([tmp_path, tmp_path / "gone.txt"])
    assert "is a folder" in said(demo)
    assert "no longer there" in said(demo)
    assert page.files.isHidden()


def test_a_reply_takes_files_along_and_undo_brings_them_back(demo: Window, picture: Path) -> None:
    page, hand = inbox(demo), Hand(demo)
    number = open_talk(page, MAIL)
    page.composer.write()
    hand.types("See it")
    QApplication.instance().setProperty(files.READY, str(picture))  # type: ignore[union-attr]
    hand.keys("Ctrl+Shift+A")
    assert page.composer.files.isVisible()
    hand.keys("Ctrl+Shift+Enter")
    (entry,) = demo.bench.outbox.entries(conversation_id=number)
    assert [file.name for file in demo.bench.outbox.files(entry.id)] == ["mynd.png"]
    assert demo.bench.files.attached(of_reply(number)) == ()
    page.open(number)
    hand.until(page.composer.files.isHidden)
    hand.keys("Z")
    hand.until(page.composer.files.isVisible)
    assert [file.name for file in page.composer.files.files] == ["mynd.png"]


def test_where_the_channel_takes_no_files_it_says_so(demo: Window, picture: Path) -> None:
    page = inbox(demo)
    open_talk(page, BLOG)
    page.composer.files.take([picture])
    assert "takes no files" in said(demo)
    assert page.composer.files.isHidden()


def test_a_template_is_filled_in_for_the_member(demo: Window) -> None:
    member = one(demo, "SELECT member_id FROM identity WHERE kind = 'email' ORDER BY id LIMIT 1")
    demo.go("letter", ("member", member))
    page = letter(demo)
    number = demo.bench.templates.find("seen-and-valued", 1)[0]
    page.picker.taken.emit(str(number))
    assert len(page.field.toPlainText()) > 20
    assert page.language.code == demo.bench.members.get(member).language


def test_the_palette_lists_what_is_not_sent_yet(demo: Window) -> None:
    kept = demo.bench.letters.keep(demo.bench.letters.to_member(1)._replace(subject="Lemon cake", text="Hi"))
    demo.overlays.open_palette()
    finder = demo.overlays._finder
    assert finder is not None
    (found,) = finder.drafts("lemon cake")
    assert (found.title, found.page, found.target) == ("Lemon cake", "letter", ("draft", kept.id))


def test_the_wide_picture_of_a_browser_is_text(demo: Window) -> None:
    Hand(demo).keys("C")
    page = letter(demo)
    mime = QMimeData()
    mime.setText("Words with a picture of them")
    mime.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    page.field.insertFromMimeData(mime)
    assert page.field.toPlainText() == "Words with a picture of them"
    assert page.files.isHidden()


def test_one_that_waits_to_be_sent_is_seen_in_the_outbox_and_its_conversation_opens(demo: Window) -> None:
    draft = demo.bench.letters.new()._replace(receivers=(Addressee("to", "", "new@example.org"),), subject="Hello")
    (number,) = demo.bench.letters.submit(clear(Draft("How do you do?", "en"), ()), draft, hold_seconds=60)
    demo.go("outbox", number)
    Hand(demo).until(lambda: demo.page_id == "outbox")
    entry = demo.bench.outbox.get(number)
    demo.go("inbox", entry.conversation_id)
    page: Any = demo.page("inbox")
    Hand(demo).until(lambda: page.talk.opened is not None and page.talk.opened.row.id == entry.conversation_id)
    assert "How do you do?" in page.talk.story.toPlainText()
    demo.bench.outbox.send_now(number)
    demo.bench.sync.send(entry.account_id)
    Hand(demo).until(lambda: demo.bench.inbox.row(entry.conversation_id).state == "waiting")
