"""An address that was asked for in the window: begun from Delight, taken with one key, and erased for good."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.base import clock
from app.intake import Intake
from tests.app.saying import said
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.settling import settle
from tests.ui.talking import inbox, open_talk
from ui.pages.delight.erasing import EraseStrip
from ui.pages.delight.page import DelightPage
from ui.shell.window import Window

PARTY = "Street party verdict"
STREET = "Zyxwvostraße 1247"


def _toast(window: Window) -> str:
    return toast(window).accessibleName().replace("\u2068", "").replace("\u2069", "")


def _answer(window: Window, talk: int, words: str) -> None:
    row = window.bench.store.read.execute(
        "SELECT m.account_id, m.remote_id, i.key, i.name FROM message m JOIN identity i ON i.id = m.identity_id"
        " WHERE m.conversation_id = ? AND NOT m.out ORDER BY m.id DESC LIMIT 1",
        (talk,),
    ).fetchone()
    message = said("answer@x", clock.now() - 1, words, row["key"], refs=(row["remote_id"],), name=row["name"])
    Intake(window.bench.store).take(row["account_id"], [message._replace(public=False)])
    QApplication.processEvents()


def test_asked_taken_with_one_key_and_erased(demo: Window) -> None:
    page = inbox(demo)
    talk = open_talk(page, PARTY)
    assert page.composer.address.isHidden()
    bench = demo.bench
    speaker = next(line.member_id for line in page.here().lines if line.member_id and not line.out)
    bench.members.edit(speaker, {"address_1": "", "city": "", "postal_code": ""})
    number = bench.gifts.log(speaker, "Delight box", "A party", "15", conversation_id=talk, state="approved")
    demo.go("delight", number)
    delight = demo.page("delight")
    assert isinstance(delight, DelightPage)
    settle()
    delight.foot.ask.click()
    Hand.until(lambda: "Delight box" in page.composer.field.toPlainText())
    assert bench.gifts.get(number).state == "approved"
    page.composer.send(then_done=False)
    assert bench.gifts.get(number).state == "asked"
    with bench.store.write() as conn:
        conn.execute("UPDATE gift SET asked_at = asked_at - 3600 WHERE id = ?", (number,))
    _answer(demo, talk, f"Gladly!\nMaria Papadopoulou\n{STREET}\n105 63 Athens")
    page.open(talk)
    settle()
    assert not page.composer.address.isHidden()
    assert f"{STREET}, 105 63 Athens" in page.composer.address.words.text()
    Hand(demo).keys("Alt+T")
    assert bench.gifts.get(number).state == "address_in"
    assert bench.gifts.get(number).address_1 == STREET
    assert STREET in _toast(demo)
    assert page.composer.address.isHidden()
    Hand(demo).keys("Ctrl+Z")
    assert bench.gifts.get(number).state == "asked"
    demo.run("take_address")
    assert bench.gifts.get(number).state == "address_in"
    bench.gifts.set_state(number, "arrived")
    demo.go("delight", number)
    settle()
    demo.run("erase_address")
    strip = delight.strip
    assert isinstance(strip, EraseStrip)
    assert "can't be undone" in strip.aside.text()
    strip.act()
    assert strip.wrong.text() == ""
    assert delight.strip is None  # the window goes on while it is erased
    Hand(demo).until(lambda: "is erased" in _toast(demo))
    settle()
    assert bench.gifts.get(number).address_1 == ""
    assert "Address erased" in delight.foot.says.text()
    assert STREET.encode() not in bench.profile.file.read_bytes()
