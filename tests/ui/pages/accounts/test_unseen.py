"""What a channel does not show to programs is said before an account is connected, and what one may after its check."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from app.channels.registry import channel
from ui.look.theme import theme
from ui.pages.accounts.fields import FieldsBox
from ui.pages.accounts.panel import AccountPanel
from ui.shell.window import Window

UNSEEN = ("Chat: it has no keys for programs.", "A bot reads only what was written after it joined. " * 3)


def test_what_is_unseen_is_said_under_the_fields_and_wraps(window: Window) -> None:
    theme().choose("light", 2.0)
    box = FieldsBox(channel("discourse")._replace(unseen=UNSEEN), None)
    box.setParent(window)
    box.resize(460, 900)
    box.show()
    assert box.unseen is not None
    assert box.unseen.accessibleName() == f"What Rapport can't see or do there: {' '.join(UNSEEN)}"
    for label in box.unseen.labels:
        assert label.wordWrap()
        assert label.height() >= label.heightForWidth(label.width())
    assert box.unseen.width() <= box.width()


def test_where_there_is_nothing_to_say_and_where_it_is_connected_nothing_is_said(demo: Window) -> None:
    assert FieldsBox(channel("discourse")._replace(unseen=()), None).unseen is None
    account = demo.bench.accounts.all()[0]
    assert FieldsBox(channel("discourse")._replace(unseen=UNSEEN), account).unseen is None


@pytest.mark.parametrize(
    ("may", "told"),
    [
        ("hide show delete spam", "Rights there: hide and approve, mark as spam, delete"),
        ("show", "Missing: "),
        ("", ""),
    ],
)
def test_the_rights_of_the_last_check_are_told_in_words(demo: Window, may: str, told: str) -> None:
    account: Any = next(one for one in demo.bench.accounts.all() if one.kind == "wordpress")
    live = replace(account, mode="live", facts={"may": may} if may else {})
    panel = AccountPanel(live, SimpleNamespace(act=lambda *_: None), {})
    words = " | ".join(label.text() for label in panel.findChildren(QLabel))
    assert told in words
    assert ("Rights there" in words) == bool(may)
