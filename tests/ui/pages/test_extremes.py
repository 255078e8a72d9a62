"""Every page opens, and can be walked through, whatever people are called and however long or empty their words are.

Anybody outside can choose a name or a title. An exception in a paint event can end the process, so nothing of this may
reach the log, a slot or an excepthook: `no_error_unseen` in tests/conftest.py fails the test for any of these.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from app.workbench import Workbench
from tests.ui.settling import settle
from ui.frame import files
from ui.frame.registry import pages
from ui.shell.application import Application
from ui.shell.window import Window

pytestmark = pytest.mark.slow

WORDS = {
    "one long word": "n" * 10_000,
    "wide letters": "W" * 3_000,
    "many words": "long " * 600,
    "right to left": "שלום" * 800,
    "emoji": "👩‍👩‍👧‍👦" * 400,
    "marks": "e" + "\u0301" * 2_999,
    "controls": "\u202eabc\u2066" * 600,
    "lines": "a\n" * 1_500,
    "markup": "<b>&amp;</b>" * 250,
    "spaces": " " * 3_000,
    "invisible": "\u200b" * 3_000,
    "one letter": "i",
    "no letter": "",
}
COLUMNS = {
    "member": "name greeting fits_why note city recipient address_1 address_2 address_3 postal_code country email phone"
    " company job_title website",
    "identity": "handle name",
    "conversation": "title post_title post_text",
    "message": "text",
    "attachment": "name",
    "draft": "text",
    "template": "name use",
    "template_text": "body",
    "voice_guide": "who_we_are",
    "voice_trait": "name why",
    "voice_example": "do dont",
    "voice_rule": "words why instead",
    "outbox": "text error",
    "moderation": "guideline why author text evidence error",
    "promise": "what dropped_why",
    "teammate": "name team languages subjects email",
    "handoff": "ask context owner answer ticket closed_why",
    "gift": "item why size customs_text card_text carrier tracking charity",
    "gift_address": "recipient address_1 address_2 address_3 postal_code city country",
    "gift_item": "name",
    "label": "name",
    "account": "name speaks_as error owner others recovery ends_what",
    "import_batch": "file",
    "action": "title",
}
UNIQUE = {("teammate", "name"), ("label", "name"), ("account", "name"), ("gift_item", "name")}
MIXED = 2
KINDS = [*(f"mixed {at}" for at in range(MIXED)), "one letter", "no letter"]


def words(kind: str, number: int) -> str:
    """The words of one row: the same in all rows, or another in each."""
    if kind in WORDS:
        return WORDS[kind]
    all_ = list(WORDS.values())
    return all_[(number + int(kind[-1]) * (len(all_) // MIXED)) % len(all_)]


def write_everywhere(profile: Profile, kind: str) -> None:
    """Put such words into every column that somebody types or a channel fills."""
    bench = Workbench(profile)
    with bench.store.write() as conn:
        for table, columns in COLUMNS.items():
            for at, column in enumerate(columns.split()):
                for (number,) in conn.execute(f"SELECT rowid FROM {table}").fetchall():
                    said = words(kind, number + at) + (str(number) if (table, column) in UNIQUE else "")
                    conn.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (said, number))
    bench.settings.put("community", words(kind, 0))
    bench.close()


@pytest.fixture(params=KINDS)
def odd(request: pytest.FixtureRequest, planted: Path, tmp_path: Path, qt: QApplication) -> Iterator[Window]:
    """A window over the demo community after that has been done to it."""
    folder = tmp_path / "demo"
    shutil.copytree(planted, folder)
    write_everywhere(Profile(folder), request.param)
    made = Application(Profile(folder))
    made.start()
    qt.processEvents()
    assert made.window is not None
    made.window.activateWindow()
    yield made.window
    qt.setProperty(files.READY, None)
    made.close()
    qt.processEvents()


COMMANDS = {
    "today": ("have_1", "have_4", "open", "kind_words"),
    "inbox": ("handoff", "gift", "labels", "snooze", "introduce", "moderate", "solution", "moderation_log", "beside",
              "feedback", "note", "write_down", "template", "insert_template", "reply", "next_slip", "send_later",
              "send_thread", "all_from", "react", "react_with", "manners", "quotations", "left_out",
              "save_file", "pictures"),
    "members": ("open", "edit_member", "merge", "add_member", "note", "gift"),
    "templates": ("open", "new_template", "next_hint", "next_slip"),
    "delight": ("open", "edit_gift", "gift_address", "gift", "shipping_list"),
    "handoffs": ("open", "edit_handoff", "teammates", "tell_member", "close_handoff", "send_file"),
    "outbox": ("open",),
    "drafts": ("open", "drop_draft"),
    "rules": ("new_rule", "edit_rule", "open"),
    "facts": ("new_fact", "edit_fact", "open", "embargoes"),
    "firstweek": (),
    "accounts": ("connect",),
    "settings": (),
    "letter": ("new_message", "insert_template", "next_slip", "attach", "send_later"),
}  # fmt: skip


def test_every_page_opens(odd: Window) -> None:
    for width, height in ((1280, 800), (900, 700)):
        odd.resize(width, height)
        for entry in pages():
            odd.go(entry.id)
            settle(seconds=0.05)
            assert odd.page(entry.id) is not None
            odd.grab()
        odd.go("inbox")
        firsts = odd.bench.store.read.execute("SELECT min(id) FROM conversation GROUP BY account_id").fetchall()
        for (number,) in firsts:
            odd.page("inbox").open(number)  # type: ignore[union-attr]
            QApplication.processEvents()
            odd.grab()


def test_every_form_and_strip_opens(odd: Window) -> None:
    odd.resize(900, 700)
    for entry in pages():
        odd.run("new_message") if entry.hidden else odd.go(entry.id)
        for command in ("next", "next", *COMMANDS[entry.id], "palette", "search", "keysheet"):
            odd.run(command)
            QApplication.processEvents()
            odd.grab()
            if command != "next":
                odd.run("back")
