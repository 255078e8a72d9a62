"""A broken parcel is made good, to the end: apology, a box within the budget, its address, the shipper, and no trace.

The mailbox is Dovecot's, the letters go through a real SMTP server, and all is done with keys in the window.
"""

from __future__ import annotations

import csv
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.base import clock, ids
from app.base.paths import Profile
from app.base.text import fold
from app.safety import backup
from app.store import verify
from app.store.sqlite import scalar
from app.workbench import Workbench
from tests.servers.mail import MailServer
from tests.stories.hand import Hand
from tests.stories.mail_desk import MARIA, MailDesk, letter
from tests.ui.opening import opened
from tests.ui.parts import toast
from ui.frame import files

pytestmark = [pytest.mark.slow, pytest.mark.servers("dovecot", "openssl")]

DAY = 86_400
STREET, TOWN = "Zyxwvoustræti 1247b", "482 13 Qwertzóhely"


@pytest.fixture
def name() -> str:
    """The mailbox of this test."""
    return f"desk{uuid.uuid4().hex[:8]}"


@pytest.fixture
def ready(profile: Profile, post: MailServer, name: str) -> Profile:
    """A connected mailbox, a budget of 40, and a box made of two bottles and a card; five bottles are in stock."""
    post.deliver(name, letter("first", "Nobody <nobody@x.test>", name, "Hi", ago=9_000))
    bench = Workbench(profile)
    bench.settings.put("community", "Sítróna")
    bench.settings.put("currency", "EUR")
    bench.settings.put("hold_seconds", 30)
    items = bench.gifts.items
    bottle = items.add("Lemonade, 0.33 l", kind="swag", worth=300, currency="EUR")
    card = items.add("Card with a drawing", kind="card", worth=100, currency="EUR")
    box = items.add("Make-good box", kind="box", worth=1_500, currency="EUR")
    items.fill(box, {bottle: 2, card: 1})
    items.count(bottle, 5)
    items.count(card, 3)
    bench.gifts.budgets.set(clock.local(clock.now()).year, "EUR", 4_000)
    bench.close()
    return profile


@pytest.fixture(autouse=True)
def _no_file_left() -> Iterator[None]:
    """No later test is given the file that was chosen here."""
    yield
    _choose(None)


def _choose(path: Path | None) -> None:
    app = QApplication.instance()
    if app is not None:
        app.setProperty(files.READY, None if path is None else str(path))


def _apologise(story: MailDesk, talk: int) -> None:
    """U, then T: the template, its blanks filled one after the other with Tab."""
    hand, page = story.hand, story.opens(talk)
    hand.keys("U")
    hand.until(lambda: story.bench.inbox.row(talk).unhappy)
    page.list.focus_rows()
    hand.keys("T")
    hand.types("sorry")
    hand.until(lambda: page.composer.words.picker.current() is not None)
    hand.keys("Tab")
    for words in ("two bottles broke on their way", "I’ll make it good.", "by Friday"):
        hand.until(lambda: page.composer.field.textCursor().selectedText().startswith("{{"))
        hand.types(words)
        hand.keys("Tab")
    said = story.sends(talk)
    assert "I’m sorry: two bottles broke on their way. That was our fault." in said
    assert "{{" not in said


def _make_good(story: MailDesk, talk: int) -> None:
    """G: the box by its name, approved, within the budget; it costs what it costs without typing that."""
    hand, page = story.hand, story.opens(talk)
    hand.keys("G")
    strip = page.talk.strip
    assert strip.occasion.key() == "made_right"
    assert strip.item.hasFocus()
    hand.types("Make-good box")
    assert strip.worth.text() == "15", strip.worth.text()
    strip.state.setFocus()
    hand.types("Approved")
    assert strip.state.key() == "approved"
    hand.keys("Ctrl+Enter")
    hand.until(lambda: page.talk.strip is None)
    made = story.gift()
    box = story.bench.gifts.items.named("Make-good box")
    assert (made.item_id, made.state, made.occasion, made.conversation_id) == (box.id, "approved", "made_right", talk)
    (budget,) = story.bench.gifts.budgets.of()
    assert (budget.promised, budget.spent, budget.left) == (1_500, 0, 2_500)


def _ask(story: MailDesk, talk: int) -> None:
    """The next stage of an approved gift without an address is the question, which is sent like any reply."""
    story.at_delight()
    story.hand.keys("Ctrl+Shift+N")
    page = story.page("inbox")
    story.hand.until(lambda: story.window.page_id == "inbox" and "Make-good box" in page.composer.field.toPlainText())
    assert story.gift().state == "approved"  # nobody was asked yet
    said = story.sends(talk)
    assert "Where should it go?" in said
    assert story.gift().state == "asked"


def _answer(story: MailDesk, talk: int) -> None:
    """The address comes by letter, and Alt+T takes it."""
    sent = story.bench.outbox.entries(("sent",), conversation_id=talk)[-1]
    words = f"With pleasure, thank you!\r\n\r\nMaria Papadopoulou\r\n{STREET}\r\n{TOWN}\r\n\r\nGreetings from the sea"
    story.comes(letter("where", MARIA, story.name, words, refs=f"<{sent.remote_id}>", ago=0))
    assert story.talk("where") == talk
    story.opens(talk)
    story.hand.keys("Alt+T")
    story.hand.until(lambda: story.gift().state == "address_in")
    gift = story.gift()
    assert (gift.recipient, gift.address_1, gift.postal_code, gift.city) == (
        "Maria Papadopoulou", STREET, "482 13", "Qwertzóhely",
    )  # fmt: skip


def _ship(story: MailDesk, folder: Path) -> None:
    """The list goes to the shipper as CSV, and what they typed into it comes back."""
    story.step("to_ship")
    listed = folder / "gifts-to-ship.csv"
    _choose(listed)
    story.hand.keys("Ctrl+Shift+E")
    story.hand.until(listed.exists)
    back = _typed(listed, folder / "back.csv", {
        "status": "shipped", "shipped_on": clock.local(clock.now()).date().isoformat(), "carrier": "Post of the sea",
        "tracking": "QQ123456789IS", "actual_cost": "16,40",
    })  # fmt: skip
    _choose(back)
    story.hand.keys("Ctrl+Shift+I")
    handoffs = story.page("handoffs")
    story.hand.until(lambda: handoffs.returning.preview is not None)
    story.hand.rest(0.2)
    (row,) = handoffs.returning.preview.rows
    assert (row.rejected, row.reason) == (False, "From the stock: 2 × Lemonade, 0.33 l, 1 × Card with a drawing.")
    story.hand.keys("Ctrl+Enter")
    story.hand.until(lambda: story.gift().state == "shipped")
    gift = story.gift()
    assert (gift.carrier, gift.tracking, gift.actual_cost) == ("Post of the sea", "QQ123456789IS", 1_640)
    assert {one.item: one.on_hand for one in story.bench.gifts.stock()} == {
        "Lemonade, 0.33 l": 3, "Card with a drawing": 2,
    }  # fmt: skip
    (budget,) = story.bench.gifts.budgets.of()
    assert (budget.promised, budget.spent, budget.left) == (0, 1_640, 2_360)


def _typed(path: Path, out: Path, words: dict[str, str]) -> Path:
    """The shipper opens the CSV, types into its only row, and saves it with semicolons."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, row = csv.reader(file)
    assert STREET in row
    assert ids.number("G", row[header.index("gift_id")]) == 1
    for column, typed in words.items():
        row[header.index(column)] = typed
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, row])
    return out


def _traces(folder: Path) -> list[str]:
    """The files of a profile that hold the street, or the postal code with the town, in any way of writing."""
    forms = {
        form.encode(coding)
        for text in (STREET, TOWN, TOWN.replace(" ", "", 1))
        for form in (text, fold(text), text.upper(), text.casefold(), json.dumps(text)[1:-1], fold(text).split()[0])
        for coding in ("utf-8", "utf-16-le")
        if not form.isdigit()
    }
    return [
        f"{file.name}: {form!r}"
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for form in forms
        if form in file.read_bytes()
    ]


def _erased_in_time(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    """The window is opened before the day, and after it; nobody presses anything."""
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + 29 * DAY)
    with opened(profile) as before:
        Hand.rest(2)
        assert before.bench.gifts.get(1).address_1 == STREET
    monkeypatch.setattr(clock, "now", lambda: now + 31 * DAY)
    with opened(profile) as window:
        Hand.until(lambda: window.bench.gifts.get(1).address_erased_at is not None)
        Hand.until(lambda: _traces(profile.folder) == [])
        window.go("delight", 1)
        page: Any = window.page("delight")
        Hand.until(lambda: "It's still in files you handed out." in page.foot.says.text())  # the shipper's


def test_a_broken_parcel_is_made_good_and_the_address_is_gone(
    ready: Profile, post: MailServer, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(ready) as window:
        story = MailDesk(window, post, name)
        story.comes(letter("broken", MARIA, name, "My parcel came, and two bottles were broken.", ago=600))
        talk = story.talk("broken")
        _apologise(story, talk)
        _make_good(story, talk)
        _ask(story, talk)
        _answer(story, talk)
        made = backup.make(story.bench.store, ready)
        _ship(story, tmp_path)
        story.step("arrived")
        story.step("thanked")
        assert story.gift().arrived_on == clock.local(clock.now()).date().isoformat()
        assert _traces(ready.folder)
        assert toast(window).accessibleName()
    _erased_in_time(ready, monkeypatch)
    assert _traces(ready.folder) == []
    assert verify.fault(made.file) == ""  # rewritten without it, and sound
    bench = Workbench(ready)
    assert bench.gifts.get(1).state == "thanked"
    assert int(scalar(bench.store.read, "SELECT count(*) FROM message WHERE text LIKE '%Greetings from the sea%'")) == 1
    bench.close()
