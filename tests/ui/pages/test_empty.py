"""In a new file every page says what will come, and what to do for it; nothing is cut or out of its place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.base.paths import Profile
from tests.ui import spoken
from tests.ui.faults import faults
from tests.ui.walking import live, settled, with_opened
from ui.dialogs.bring_in import BringIn
from ui.frame import files
from ui.frame.registry import pages
from ui.pages.inbox.nothing import nobody_waits
from ui.shell.application import Application
from ui.shell.window import Window
from ui.widgets.buttons import ActionButton

LEADS_ON = {
    "inbox": {"Connect an account", "Import a file"},
    "members": {"Connect an account", "Import a file", "Add a member"},
    "templates": {"New template"},
    "delight": {"Log a gift"},
    "handoffs": {"Add a teammate"},
    "accounts": {"Connect an account"},
}


@pytest.fixture
def new(profile: Profile, qt: QApplication) -> Iterator[Window]:
    """A window over a new file, past the welcome screen, without the starter templates."""
    qt.setProperty(files.READY, "")  # as if every dialog for a file were cancelled
    qt.setProperty(files.READY, "")  # as if every dialog for a file were cancelled
    made = Application(profile)
    made.start()
    window = made.window
    assert window is not None
    window.overlays.end_first_run()
    window.go("inbox")
    for template in window.bench.templates.all():
        window.bench.templates.archive(template.id)
    live()
    yield window
    qt.setProperty(files.READY, None)
    qt.setProperty(files.READY, None)
    made.close()
    live()
    assert qt is QApplication.instance()


@pytest.mark.slow
def test_every_page_of_a_new_file_leads_on(new: Window) -> None:
    for size in ((1280, 800), (900, 700)):
        new.resize(*size)
        for entry in pages():
            if entry.hidden:
                continue
            new.go(entry.id)
            live()
            assert settled(partial(_all, new)) == [], (entry.id, size)
            page = new.page(entry.id)
            assert page is not None
            shown = {one.title() for one in page.findChildren(ActionButton) if one.isVisible()}
            assert shown >= LEADS_ON.get(entry.id, set()), entry.id


def test_the_inbox_of_a_new_file_says_where_messages_come_from(new: Window) -> None:
    page = new.page("inbox")
    assert page is not None
    words = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "Messages from your members will appear here." in words
    assert "You're all caught up." not in words
    button = next(one for one in page.findChildren(ActionButton) if one.isVisible() and one.title() == "Import a file")
    opened: list[QWidget] = []
    with_opened(new, button.click, "import", lambda _place, shown: opened.append(shown))
    assert [type(dialog) for dialog in opened] == [BringIn]


@pytest.mark.parametrize(
    ("counts", "words", "more"),
    [
        ({"snoozed": 0, "waiting": 0}, "You're all caught up.", ""),
        ({"snoozed": 0, "waiting": 2}, "You're all caught up.", "2 waiting for members to answer."),
        ({"snoozed": 1, "waiting": 0}, "Nobody needs a reply right now.", "1 is snoozed."),
        (
            {"snoozed": 38, "waiting": 11},
            "Nobody needs a reply right now.",
            "38 are snoozed. 11 waiting for members to answer.",
        ),
    ],
)
def test_what_is_snoozed_is_not_called_done(new: Window, counts: dict[str, int], words: str, more: str) -> None:
    assert new.isVisible()
    state = nobody_waits(counts)
    shown = [label.text() for label in state.findChildren(QLabel)]
    assert words in shown
    assert not more or more in shown


def test_the_search_of_an_empty_table_of_members_stays_at_the_top(new: Window) -> None:
    new.resize(1280, 800)
    new.go("members")
    live()
    page = new.page("members")
    assert page is not None
    assert page.search.y() < 20  # type: ignore[attr-defined]  # the members page's
    assert not page.head.isVisible()  # type: ignore[attr-defined]


def _all(root: QWidget) -> list[str]:
    return [*faults(root), *spoken.unspoken(root), *spoken.out_of_order(root)]
