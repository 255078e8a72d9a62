"""Keeping rules in the window: a list before, nothing without the button, and what was erased is seen no more."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTextEdit

from app.base import clock
from app.forgetting.again import remove
from app.retention import Rule, telling
from tests.ui.settling import settle
from ui.dialogs.keeping import KeepingRules, NewRule, Receipts, WhatIsDue
from ui.look.text import plain
from ui.shell.window import Window


def _lines(asked: WhatIsDue | Receipts) -> list[str]:
    return [label.text() for label in asked.said.labels]


def _looked(demo: Window, rule: Rule) -> WhatIsDue:
    asked = WhatIsDue(demo, demo, rule)
    asked.show()
    settle(lambda: asked._seen is not None, 20)
    return asked


def _erased(demo: Window) -> int:
    read = demo.bench.store.read
    return int(read.execute("SELECT count(*) FROM conversation WHERE erased_at IS NOT NULL").fetchone()[0])


def _enter(control: bool = False) -> QKeyEvent:  # noqa: FBT001, FBT002  a modifier
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, held)


def test_the_command_shows_the_rules_with_what_is_due(demo: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[KeepingRules] = []
    monkeypatch.setattr(KeepingRules, "exec", lambda dialog: shown.append(dialog))  # noqa: PLW0108  as a method
    monkeypatch.setattr(KeepingRules, "deleteLater", lambda _dialog: None)
    asked: list[str] = []
    demo.asked.connect(asked.append)
    assert demo.run("keeping")
    assert asked == ["keeping"]
    rules = KeepingRules(demo)
    (row,) = rules.rows
    (due,) = demo.bench.retention.due().values()
    assert row.due.text() == f"{due} conversations are due"
    row.drop.click()
    assert rules.rows == []
    assert demo.bench.retention.every() == []
    rules.reject()


def test_what_is_due_is_listed_and_nothing_is_erased_without_the_button(demo: Window) -> None:
    (rule,) = demo.bench.retention.every()
    asked = _looked(demo, rule)
    seen = demo.bench.retention.trial(rule)
    assert _lines(asked)[1:] == [plain(line) for line in telling.before(seen, *demo.bench.retention.copies())]
    assert asked.model.numbers() == list(seen.conversations)
    assert seen.due[0].who in asked.model.data(asked.model.index(0, 0))
    assert asked.focusWidget() is asked.cancel
    asked.keyPressEvent(_enter())
    assert not asked.isVisible()
    assert _erased(demo) == 0


def test_what_is_listed_is_erased_by_the_button_and_there_is_a_receipt(demo: Window) -> None:
    (rule,) = demo.bench.retention.every()
    asked = _looked(demo, rule)
    talks = asked.model.numbers()
    asked.go.click()
    assert not asked.cancel.isEnabled()
    asked.reject()
    assert asked.isVisible()  # it stays while it is being done
    settle(lambda: asked.run is not None, 30)
    (run,) = demo.bench.retention.runs()
    assert _lines(asked) == [plain(line) for line in telling.after(run)]
    assert _erased(demo) == len(talks) > 0
    asked.cancel.click()
    assert not asked.isVisible()
    receipts = Receipts(demo, demo)
    assert _lines(receipts) == [plain(line) for line in telling.after(run)]
    receipts.reject()
    demo.go("inbox")
    demo.page("inbox").open(talks[0])  # type: ignore[union-attr]
    settle()
    said = demo.bench.store.read.execute("SELECT DISTINCT text FROM message WHERE conversation_id = ?", (talks[0],))
    assert [row["text"] for row in said] == ["[erased by rule]"]


def test_a_new_rule_is_kept_only_after_its_list_was_shown(demo: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    form = NewRule(demo, demo)
    form.fields.what.set_key("files")
    form.fields._turn()
    form.fields.megabytes.setValue(3)
    form.fields.months.setValue(7)
    form.fields.place.set_key("channel email")
    form.fields.members.set_key("nothing")
    wanted = Rule(0, "files", 7, 3, "email", None, "nothing", None)
    assert form.fields.rule() == wanted
    seen: list[Rule] = []

    def keep(dialog: WhatIsDue) -> int:
        settle(lambda: dialog._seen is not None, 20)
        seen.append(dialog._rule)
        assert len(demo.bench.retention.every()) == 1  # the demo's own
        dialog.go.click()
        return dialog.result()

    monkeypatch.setattr(WhatIsDue, "exec", keep)
    form.keyPressEvent(_enter(control=True))
    assert seen == [wanted]
    assert demo.bench.retention.every()[-1] == wanted._replace(id=demo.bench.retention.every()[-1].id)
    assert len(demo.bench.retention.every()) == 2


def test_a_clash_is_said_in_the_form(demo: Window) -> None:
    form = NewRule(demo, demo)
    form.show()
    form.go.click()
    assert form.wrong.text().startswith("There's already a rule for the same conversations, with 12 months.")
    assert form.isVisible()
    form.reject()


def test_it_can_be_closed_while_it_still_looks(demo: Window) -> None:
    asked = WhatIsDue(demo, demo, Rule(months=1))
    asked.show()
    asked.reject()
    assert not asked.isVisible()
    settle()


def test_settings_say_how_many_are_due(demo: Window) -> None:
    (due,) = demo.bench.retention.due().values()
    demo.go("settings")
    settle()
    page = demo.page("settings")
    assert page.file._due.text() == f"{due} conversations are due"  # type: ignore[union-attr]
    (rule,) = demo.bench.retention.every()
    demo.bench.retention.remove(rule.id)
    settle(lambda: page.file._due.text() == "There are no keeping rules.", 5)  # type: ignore[union-attr]
    assert page.file._due.text() == "There are no keeping rules."  # type: ignore[union-attr]


def test_a_file_that_a_rule_removed_says_so_below_its_message(demo: Window) -> None:
    read = demo.bench.store.read
    number, talk, name = read.execute(
        "SELECT a.id, m.conversation_id, a.name FROM attachment a JOIN message m ON m.id = a.message_id"
        " WHERE a.sha256 <> x'' AND a.type NOT LIKE 'image/%' ORDER BY a.id LIMIT 1"
    ).fetchone()
    with demo.bench.store.write() as conn:
        remove(conn, [number], clock.now())
    demo.go("inbox")
    inbox = demo.page("inbox")
    inbox.open(talk)  # type: ignore[union-attr]
    settle(lambda: name in _story(demo), 5)
    assert "removed by a rule, " in _story(demo)
    assert "too large to be kept" not in _story(demo)


def _story(demo: Window) -> str:
    return "".join(view.toPlainText() for view in demo.page("inbox").findChildren(QTextEdit))  # type: ignore[union-attr]
