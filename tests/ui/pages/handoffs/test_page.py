"""The hand-offs page in a real window."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.base import clock
from app.handoffs import Handoff
from tests.ui.parts import toast
from tests.ui.settling import key, settle, until
from tests.ui.talking import anchors
from ui.frame import files
from ui.pages.handoffs.giving import FileStrip
from ui.pages.handoffs.mate_form import TeammateStrip, ThankStrip
from ui.pages.handoffs.page import HandoffsPage
from ui.pages.handoffs.strips import CloseStrip, EditHandoffStrip
from ui.pages.handoffs.words import sign, when
from ui.shell.window import Window


@pytest.fixture
def page(demo: Window) -> HandoffsPage:
    demo.go("handoffs")
    found = demo.page("handoffs")
    assert isinstance(found, HandoffsPage)
    found.switch.set_current("open")
    found._switched("open")
    found.list.setFocus()
    return found


def one(page: HandoffsPage) -> Handoff:
    found = page.current()
    assert found is not None
    return found


def choose(page: HandoffsPage, teammate: str) -> Handoff:
    place = next(
        at for at in range(page.model.rowCount()) if (row := page.model.row_at(at)) and row.teammate == teammate
    )
    page.list.choose(place)
    return one(page)


def test_heads_are_stepped_over(page: HandoffsPage, demo: Window) -> None:
    seen = {one(page).teammate}
    for _ in range(12):
        key(demo, "J")
        seen.add(one(page).teammate)
    assert len(seen) > 3


@pytest.mark.slow
def test_solved_is_noted_and_the_member_is_to_be_told(page: HandoffsPage, demo: Window) -> None:
    before = choose(page, "Ondřej Malý")
    number = before.id
    key(demo, "K", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settle()
    assert page.bench.handoffs.get(number).status == "solved"
    assert one(page).id == number
    assert page.case.buttons["tell"].isVisible()
    key(demo, "Z")
    settle()
    assert page.bench.handoffs.get(number).status == before.status


def test_the_answer_is_kept_when_another_case_is_chosen(page: HandoffsPage) -> None:
    number = choose(page, "Farkas Dóra").id
    page.case.answer.setPlainText("Igen, névvel együtt.")
    page.list.step(1)
    assert page.bench.handoffs.get(number).answer == "Igen, névvel együtt."


@pytest.mark.slow
def test_closing_without_telling_wants_a_reason(page: HandoffsPage, demo: Window) -> None:
    number = choose(page, "Farkas Dóra").id
    key(demo, "E")
    strip = page.strip
    assert isinstance(strip, CloseStrip)
    strip.act()
    assert strip.wrong.text()
    QTest.keyClicks(strip.why, "They found it themselves")
    strip.act()
    settle()
    closed = page.bench.handoffs.get(number)
    assert closed.closed_why == "They found it themselves"
    assert page.model.place_of(number) < 0
    page.open(number)
    key(demo, "E")  # again: as with a conversation
    settle()
    assert page.bench.handoffs.get(number).closed_at is None


def test_telling_goes_to_the_conversation(page: HandoffsPage, demo: Window) -> None:
    choose(page, "Hildur Ragnarsdóttir")
    key(demo, "R")
    assert demo.page_id == "inbox"


def test_the_file_goes_to_the_chosen_teammate(
    page: HandoffsPage, demo: Window, tmp_path: Path, qt: QApplication
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    qt.setProperty(files.READY, str(out))
    mate = choose(page, "Farkas Dóra")
    demo.run("send_file")
    strip = page.strip
    assert isinstance(strip, FileStrip)
    assert strip.whom.key() == str(mate.teammate_id)
    strip.separator.set_key(";")
    strip.act()
    written = next(out.iterdir())
    assert written.name.startswith("handoffs-Dora-")
    rows = list(csv.DictReader(written.read_text("utf-8-sig").splitlines(), delimiter=";"))
    open_ = page.bench.handoffs.listed("open", mate.teammate_id)
    assert len(rows) == len([row for row in open_ if row.status not in ("solved", "declined")])
    assert "Dóra" not in rows[0]["ask"]
    assert str(written) in toast(demo).accessibleName()


@pytest.mark.slow
def test_z_after_a_file_takes_back_the_mark_and_never_the_handoff(
    page: HandoffsPage, demo: Window, tmp_path: Path, qt: QApplication
) -> None:
    talk = demo.bench.inbox.next_needing()
    assert talk is not None
    mate = demo.bench.teammates.named("Farkas")
    number = demo.bench.handoffs.add(talk, mate.id, "When are the bottles back?", kind="question")
    settle()
    out = tmp_path / "out"
    out.mkdir()
    qt.setProperty(files.READY, str(out))
    choose(page, mate.name)
    demo.run("send_file")
    strip = page.strip
    assert isinstance(strip, FileStrip)
    strip.act()
    (written,) = out.iterdir()
    assert page.bench.handoffs.get(number).exported_at is not None
    assert "Rapport doesn't." in toast(demo).accessibleName()
    toast(demo).hide()
    page.list.setFocus()
    key(demo, "Z")
    settle()
    assert page.bench.handoffs.get(number).exported_at is None
    assert toast(demo).accessibleName() == f"Undone: Exported hand-offs: {written.name}. The file itself stays."
    assert written.exists()


def test_a_teammate_is_added_and_changed(page: HandoffsPage, demo: Window) -> None:
    demo.run("teammates")
    strip = page.strip
    assert isinstance(strip, TeammateStrip)
    strip.act()
    assert "name" in strip.wrong.text()
    strip.lines["name"].setText("Σοφία Δούκα")
    strip.lines["subjects"].setText("τιμολόγια, payment")
    strip.lines["languages"].setText("el, en")
    strip.act()
    settle()
    made = page.bench.teammates.named("Σοφία")
    assert made.subjects == ("τιμολόγια", "payment")
    assert made.languages == ("el", "en")
    assert page.mates.current() == made
    demo.run("edit_handoff")
    strip = page.strip
    assert isinstance(strip, TeammateStrip)
    strip.lines["languages"].setText("klingon")
    strip.act()
    assert "klingon" in strip.wrong.text()
    strip.lines["languages"].setText("Greek")
    strip.format.set_key("xlsx")
    assert not strip.separator.isEnabled()
    strip.act()
    settle()
    changed = page.bench.teammates.get(made.id)
    assert (changed.languages, changed.file_format) == (("el",), "xlsx")


def test_a_teammate_is_shown_with_what_lies_with_them(page: HandoffsPage, demo: Window) -> None:
    farkas = choose(page, "Farkas Dóra")
    page._asked("teammate")
    settle()
    mate = page.mates.current()
    assert mate is not None
    assert (mate.id, page.on_mates) == (farkas.teammate_id, True)
    count = demo.bench.store.read.execute(
        "SELECT count(*) FROM handoff WHERE teammate_id = ? AND closed_at IS NULL AND status IN"
        " ('sent', 'seen', 'in_work')",
        (mate.id,),
    ).fetchone()[0]
    assert page.mates.view.figures[0].value.text() == str(count)
    assert "stands in" in page.mates.view._away.text()
    page.mates.handoff.emit(farkas.id)
    settle()
    assert (page.on_mates, one(page).id) == (False, farkas.id)


def test_an_absence_to_come_is_shown_with_who_stands_in(page: HandoffsPage, demo: Window) -> None:
    jon, hildur = demo.bench.teammates.named("Jón"), demo.bench.teammates.named("Hildur")
    today = clock.local(clock.now()).date()
    first, last = (today + timedelta(days=days) for days in (3, 10))
    coming = {"away_from": first.isoformat(), "away_until": last.isoformat(), "stand_in_id": hildur.id}
    demo.bench.teammates.edit(jon.id, coming)
    page.open(("teammate", jon.id))
    settle()
    said = page.mates.view._away.text()
    assert said.startswith("Away ")
    assert when(first.isoformat(), today) in said
    assert when(last.isoformat(), today) in said
    assert said.endswith("Hildur Ragnarsdóttir stands in")
    assert said in page.mates.model.index(page.mates.list.place(), 0).data()


def test_thanks_are_drafted_as_a_letter_that_names_what_they_helped_with(page: HandoffsPage, demo: Window) -> None:
    mate = demo.bench.teammates.named("Jón")
    page.open(("teammate", mate.id))
    demo.run("thank_teammate")
    strip = page.strip
    assert isinstance(strip, ThankStrip)
    answered = next(one for one in demo.bench.handoffs.of_teammate(mate.id) if one.status == "solved")
    strip.helped.set_key(str(answered.id))
    strip.words.setText("The box was there in a day")
    strip.act()
    settle()
    assert demo.page_id == "letter"
    draft = next(one for one in demo.bench.letters.drafts() if one.subject == "Takk fyrir hjálpina")
    assert [box.address for box in draft.receivers] == [mate.email]
    assert answered.member in draft.text
    assert "The box was there in a day" in draft.text
    (thanks,) = demo.bench.teammates.thanks(mate.id)
    assert thanks.handoff_id == answered.id
    demo.bench.actions.undo()
    assert demo.bench.teammates.thanks(mate.id) == []
    assert [one for one in demo.bench.letters.drafts() if one.subject == draft.subject] == []


def test_a_teammate_is_thanked_removed_and_brought_back_by_keys(page: HandoffsPage, demo: Window) -> None:
    page.open(("teammate", demo.bench.teammates.named("Jón").id))
    demo.run("thank_teammate")
    assert isinstance(page.strip, ThankStrip)
    assert page.strip.write.isChecked()
    page.strip.write.setChecked(False)
    page.strip.words.setText("The box was there in a day")
    page.strip.act()
    settle()
    (thanks,) = demo.bench.teammates.thanks(demo.bench.teammates.named("Jón").id)
    assert thanks.words == "The box was there in a day"
    demo.run("drop_teammate")
    settle()
    assert "Jón Einarsson" not in [mate.name for mate in demo.bench.teammates.all()]
    page.mates.switch.set_current("gone")
    page.mates.reload()
    demo.run("drop_teammate")
    settle()
    assert demo.bench.teammates.named("Jón").archived is False
    demo.run("show_teammates")
    assert not page.on_mates


def test_a_changed_day_shows(page: HandoffsPage) -> None:
    number = choose(page, "Farkas Dóra").id
    page._edit()
    strip = page.strip
    assert isinstance(strip, EditHandoffStrip)
    strip.needed.setText("soon")
    strip.act()
    assert "soon" in strip.wrong.text()
    strip.needed.setText("2031-02-03")
    strip.act()
    settle()
    assert page.bench.handoffs.get(number).needed_by == "2031-02-03"
    assert "2031" in page.case.needed.text()


def test_with_nobody_helping_yet_the_page_offers_to_add_somebody(window: Window) -> None:
    window.go("handoffs")
    page = window.page("handoffs")
    assert isinstance(page, HandoffsPage)
    assert page.middle.currentIndex() == 1
    assert page.current() is None
    assert "solved" not in page.handlers()
    window.run("teammates")
    assert isinstance(page.strip, TeammateStrip)
    QTest.keyClick(page.strip.lines["name"], Qt.Key.Key_Escape)
    assert page.strip is None


def test_a_typed_answer_outlives_the_window(page: HandoffsPage, demo: Window) -> None:
    number = choose(page, "Farkas Dóra").id
    page.case.answer.setPlainText("Holnap hívom")
    demo.close()
    assert page.bench.handoffs.get(number).answer == "Holnap hívom"


def test_it_is_not_called_sent_before_its_file_has_gone_out(demo: Window) -> None:
    bench = demo.bench
    talk = bench.inbox.next_needing()
    assert talk is not None
    number = bench.handoffs.add(talk, bench.teammates.all()[0].id, "When are the bottles back?", kind="question")
    today = clock.local(clock.now()).date()
    assert sign(bench.handoffs.get(number), today)[1] == "To send"
    (line,) = [one for one in bench.inbox.open(talk).lines if one.kind == "handoff" and one.id == number]
    assert line.state == "to_send"
    with bench.store.write() as conn:
        bench.handoffs.mark_exported(conn, [number], clock.now())
    assert sign(bench.handoffs.get(number), today)[1] == "Sent"
    (line,) = [one for one in bench.inbox.open(talk).lines if one.kind == "handoff" and one.id == number]
    assert line.state == "sent"


def test_a_file_of_its_conversation_is_saved_from_here(page: HandoffsPage, demo: Window, tmp_path: Path) -> None:
    handoff = next(one for one in demo.bench.handoffs.listed("open") if one.conversation_id is not None)
    tree = demo.bench.store.read.execute("SELECT message_id FROM attachment WHERE name = 'lemon-tree.jpg'").fetchone()
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE message SET conversation_id = ? WHERE id = ?", (handoff.conversation_id, tree[0]))
    page.open(handoff.id)
    settle()
    links = {words: link for words, link in anchors(page.case.story).items() if link.startswith("file:")}
    assert any("lemon-tree.jpg" in words for words in links)
    QApplication.instance().setProperty(files.READY, str(tmp_path / "tree.jpg"))  # type: ignore[union-attr]
    page.case.story.anchorClicked.emit(QUrl(next(link for words, link in links.items() if "lemon-tree" in words)))
    until(lambda: "Saved as" in toast(demo).accessibleName() if demo._toast else False)
    QApplication.instance().setProperty(files.READY, None)  # type: ignore[union-attr]
    assert (tmp_path / "tree.jpg").read_bytes()[:2] == b"\xff\xd8"


def test_an_address_in_its_conversation_opens_and_what_is_done_to_a_message_leads_to_the_inbox(
    page: HandoffsPage, demo: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("ui.frame.links.QDesktopServices.openUrl", lambda url: not opened.append(url.toString()))  # type: ignore[func-returns-value]
    for address in ("https://sitrona.example/", "file:///etc/passwd", "mailto:a@b.example"):
        page.case.story.link.emit(address)
    assert opened == ["https://sitrona.example/", "mailto:a@b.example"]
    handoff = next(one for one in demo.bench.handoffs.listed("open") if one.conversation_id is not None)
    page.open(handoff.id)
    page.case.story.acted.emit(object())
    assert demo.page_id == "inbox"


def test_the_facts_stand_on_one_line(page: HandoffsPage) -> None:
    case = page.case
    middles = {widget.mapTo(case, widget.rect().center()).y() for widget in (case.member, case.teammate, case.needed)}
    assert len(middles) == 1
