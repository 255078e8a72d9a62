"""Reading letters in the window: quotations fold and open, what was left out is shown, the original is saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.inbox import Query
from app.mail.parse import parse
from tests.app.saying import account
from tests.stories.hand import Hand
from tests.ui.talking import anchors, inbox, open_talk, press_anchor
from ui.frame import files
from ui.shared.act import Act, What
from ui.shared.passages import spans
from ui.shell.window import Window

BETWEEN = "Limonádé az adventi vásáron"
GREEK = "Τα τελάρα του χειμώνα"
HEAD = "From: Ada <ada@x.is>\nMessage-ID: <1@x.is>\nDate: Sat, 28 Nov 2026 10:00:00 +0000\nSubject: Glass\n"


def shown(page: Any) -> str:
    return str(page.talk.story.toPlainText())


def said(window: Window) -> str:
    """What the labels of the window say."""
    return " ".join(label.text() for label in window.findChildren(QLabel))


def with_letter(window: Window, raw: str | bytes) -> Any:
    octets = raw.encode() if isinstance(raw, str) else raw
    place = account(window.bench.store, "email", own="desk@example.org")
    window.bench.intake.take(place, [parse(octets, ("desk@example.org",))])
    window.go("inbox")
    page: Any = window.page("inbox")
    page.list.filter.show(Query("all"))
    Hand.until(lambda: page.talk.opened is not None)
    return page


@pytest.mark.parametrize(("title", "answer", "asked"), [
    (BETWEEN, "Nyolc, az utolsóra tíz.", "Hány karton kell hétvégénként?"),
    (GREEK, "Τρίτη πρωί, πριν από το πλοίο των δέκα.", "Έχεις γυάλινα ποτήρια"),
])  # fmt: skip
def test_answers_between_quoted_lines_are_shown_and_those_are_folded(
    demo: Window, title: str, answer: str, asked: str
) -> None:
    page = inbox(demo)
    open_talk(page, title)
    said = shown(page)
    assert said.count(answer) == 1
    assert f"> {asked}" not in said
    assert "1 quoted line: " in said
    assert "11 quoted lines" in said


def test_one_key_opens_the_quotations_of_the_message_that_is_read_and_folds_them_again(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, BETWEEN)
    before = shown(page)
    Hand(demo).keys(".")
    opened = shown(page)
    assert "> > Nyolc, az utolsóra tíz." in opened
    assert "Hide 11 quoted lines" in opened
    assert "> Hány karton kell hétvégénként?\n\nNyolc" not in opened  # of the letter above nothing was opened
    Hand(demo).keys(".")
    assert shown(page) == before


def test_a_full_stop_typed_into_a_reply_is_a_full_stop(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, BETWEEN)
    before = shown(page)
    page.composer.field.setFocus()
    Hand(demo).types("Köszönjük.")
    assert page.composer.field.toPlainText() == "Köszönjük."
    assert shown(page) == before
    page.composer.field.clear()


def test_the_quiet_line_itself_opens_one_quotation(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, BETWEEN)
    words = next(words for words in anchors(page.talk.story) if "Hova érkezzen" in words)
    press_anchor(page, words)
    assert "> Hova érkezzen az áru: a boltba vagy a vásárra?" in shown(page)
    press_anchor(page, "Hide 1 quoted line")
    assert "> Hova érkezzen" not in shown(page)


@pytest.mark.slow
def test_what_is_open_stays_open_when_the_conversation_is_read_again(demo: Window) -> None:
    page = inbox(demo)
    number = open_talk(page, BETWEEN)
    Hand(demo).keys(".")
    demo.bench.inbox.mark(number, "hard", on=True)
    Hand.rest(0.3)
    assert "> > Nyolc, az utolsóra tíz." in shown(page)


def test_where_nothing_is_quoted_the_key_says_so(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, "Τριάντα μπουκάλια για βάφτιση")
    before = shown(page)
    demo.run("quotations")
    assert shown(page) == before


def test_own_words_below_a_very_long_quotation_are_shown(window: Window) -> None:
    quoted = "\n".join(f"> line {number} of what was written before" for number in range(4_000))
    page = with_letter(window, f"{HEAD}\nAda wrote:\n{quoted}\n\nMy own words.\n")
    assert "My own words." in shown(page)
    assert "4000 quoted lines" in shown(page).replace(",", "")
    assert "Show all" not in shown(page)


def test_what_was_left_out_is_shown_and_hidden(window: Window) -> None:
    hidden = "<div style='display:none'>Only today: all for nothing</div><p>Hello, <s>nine</s> ten</p>"
    page = with_letter(window, f"{HEAD}Content-Type: text/html; charset=utf-8\n\n{hidden}")
    assert "Only today" not in shown(page)
    press_anchor(page, "Show what was left out")
    assert "Hidden in the letter:\nOnly today: all for nothing" in shown(page)
    window.run("left_out")
    assert "Only today" not in shown(page)


def test_struck_out_words_have_a_line_through_them(window: Window) -> None:
    page = with_letter(window, f"{HEAD}Content-Type: text/html; charset=utf-8\n\n<p>Price <s>9 €</s> 8 €</p>")
    block = page.talk.story.document().begin()
    struck = list[str]()
    while block.isValid():
        line = block.text()
        formats = [part for part in block.textFormats() if part.format.fontStrikeOut()]
        struck += [line[part.start : part.start + part.length] for part in formats]
        block = block.next()
    assert struck == ["9 €"]


@pytest.mark.parametrize(
    ("said", "struck"),
    [("~~9 €~~ 8", ["9 €"]), ("~~ no ~~", []), ("a~~b", []), ("~~~~", []), ("~~a~~ ~~b~~", ["a", "b"])],
)
def test_what_stands_between_tildes_is_struck_out(said: str, struck: list[str]) -> None:
    assert [span.words for span in spans(said) if span.struck and span.words] == struck


def test_the_original_is_saved(window: Window, qt: QApplication, tmp_path: Path) -> None:
    raw = HEAD.encode() + b"Content-Type: text/plain\n\nP\xf8\xedli\xb9 \xbelu\xbbou\xe8k\xfd\n"
    page = with_letter(window, raw)
    qt.setProperty(files.READY, str(tmp_path / "saved.eml"))
    window.run("save_original")
    Hand.until(lambda: "Saved as" in said(window))
    qt.setProperty(files.READY, None)
    assert (tmp_path / "saved.eml").read_bytes() == raw
    assert page.talk.opened is not None


def test_two_originals_that_are_saved_at_once_are_both_named(window: Window, tmp_path: Path) -> None:
    raw = HEAD.encode() + b"Content-Type: text/plain\n\nP\xf8\xedli\xb9 \xbelu\xbbou\xe8k\xfd\n"
    page = with_letter(window, raw)
    message = page.talk.opened.lines[0].id
    for name in ("one.eml", "two.eml"):
        page.reading._save(message, tmp_path / name)
    told: list[str] = []
    window.toast = lambda words, *_: told.append(words)  # type: ignore[method-assign]
    Hand.until(lambda: len(told) == 2)
    plain = [words.replace("\u2068", "").replace("\u2069", "") for words in told]
    assert plain[0] in ("Saved as one.eml.", "Saved as two.eml.")
    assert set(plain[1].removeprefix("Saved as ").rstrip(".").split(", ")) == {"one.eml", "two.eml"}
    page.reading._save(message, tmp_path / "three.eml")
    Hand.until(lambda: len(told) == 3)
    assert "two.eml" not in told[2]
    assert {file.read_bytes() for file in tmp_path.glob("*.eml")} == {raw}


def test_the_demo_keeps_an_original_that_can_be_saved(demo: Window, qt: QApplication, tmp_path: Path) -> None:
    page = inbox(demo)
    open_talk(page, "Árlista a címkékről")
    assert "winmail.dat, which is damaged" in shown(page)
    qt.setProperty(files.READY, str(tmp_path / "prices.eml"))
    demo.run("save_original")
    Hand.until(lambda: "Saved as" in said(demo))
    qt.setProperty(files.READY, None)
    assert b"<hu-damaged-0>" in (tmp_path / "prices.eml").read_bytes()


def test_an_original_that_is_nowhere_is_said_in_a_sentence(demo: Window, qt: QApplication, tmp_path: Path) -> None:
    page = inbox(demo)
    open_talk(page, BETWEEN)
    qt.setProperty(files.READY, str(tmp_path / "none.eml"))
    demo.run("save_original")
    Hand.until(
        lambda: (
            "hasn't kept the original" in " ".join(label.text() for label in demo.findChildren(type(page.talk.title)))
        )
    )
    qt.setProperty(files.READY, None)
    assert not (tmp_path / "none.eml").exists()


def test_a_letter_whose_bytes_are_nowhere_says_why_it_cannot_be_read_in_another_character_set(window: Window) -> None:
    page = with_letter(window, HEAD.encode() + "\nPříliš žluťoučký kůň\n".encode("cp1250"))
    with window.bench.store.write() as conn:  # as of a letter that was too large for them
        conn.execute("DELETE FROM raw")
    page.open(1)
    Hand.until(lambda: page.talk.opened is not None and "žluťoučký" in shown(page))
    (line,) = page.opened.lines
    page.act(Act(What.READ_AS, message=line.id, verb="cp852"))
    Hand.until(lambda: "hasn't kept the original" in said(window))
    assert window.bench.inbox.open(1).lines[0].text == line.text
