"""Members go out of the window: what is chosen is written, and nothing private that was not ticked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.ui.parts import toast
from tests.ui.settling import settle
from ui.dialogs.bring_in import BringIn
from ui.dialogs.contacts_out import Chosen, ContactsOut
from ui.frame.files import READY
from ui.look.text import plain
from ui.shell.window import Window
from ui.widgets.fields import CheckBox


@pytest.fixture
def eva(window: Window) -> int:
    return window.bench.members.add(
        "Éva Kovács", email="eva@example.org", note="likes tea", city="Pécs", birthday="03-05"
    )


def out(window: Window, path: Path, asked: ContactsOut) -> str:
    """Press Ctrl+Enter; what was written, once the toast has said so."""
    QApplication.instance().setProperty(READY, str(path))  # type: ignore[union-attr]
    asked.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier))
    settle(lambda: window._toast is not None and window._toast.isVisible(), 10)
    QApplication.instance().setProperty(READY, None)  # type: ignore[union-attr]
    return path.read_text("utf-8")


def test_a_member_goes_to_a_phone_without_what_is_private(window: Window, eva: int, tmp_path: Path) -> None:
    asked = ContactsOut(window, Chosen((), is_filtered=False, member=(eva, "Éva Kovács")))
    everybody, only = [asked.whom.itemText(place) for place in range(asked.whom.count())]
    assert everybody == f"Everybody: {window.bench.members.count()} members"
    assert plain(only) == "Only Éva Kovács"
    asked.whom.set_key("this")
    written = out(window, tmp_path / "a.vcf", asked)
    assert "FN:Éva Kovács" in written
    assert "tea" not in written
    assert "Pécs" not in written
    assert plain(toast(window).accessibleName()) == "1 member exported to a.vcf."


def test_what_is_ticked_goes_along(window: Window, eva: int, tmp_path: Path) -> None:
    asked = ContactsOut(window, Chosen((eva,), is_filtered=True, member=None))
    assert asked.whom.key() == "listed"
    asked.private["note"].setChecked(True)
    assert "NOTE:likes tea" in out(window, tmp_path / "a.vcf", asked)


@pytest.mark.usefixtures("eva")
def test_a_calendar_asks_for_dates_and_at_least_one_of_them(window: Window, tmp_path: Path) -> None:
    asked = ContactsOut(window, Chosen((), is_filtered=False, member=None))
    asked.form.set_key("calendar")
    asked._turn()
    assert asked._of_members.isHidden()
    for key, tick in asked.dates.items():
        tick.setChecked(key == "birthdays")
    assert asked.go.isEnabled()
    written = out(window, tmp_path / "a.ics", asked)
    assert "SUMMARY:Éva Kovács: birthday" in written
    assert plain(toast(window).accessibleName()) == "1 date exported to a.ics."
    asked.dates["birthdays"].setChecked(False)
    assert not asked.go.isEnabled()


def test_the_key_opens_it_on_the_members_page(demo: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[ContactsOut] = []
    monkeypatch.setattr(ContactsOut, "exec", lambda dialog: asked.append(dialog))  # noqa: PLW0108  as a method
    monkeypatch.setattr(ContactsOut, "deleteLater", lambda _dialog: None)
    demo.go("members")
    settle()
    assert demo.run("export_contacts")
    page = demo.page("members")
    page.search.setText("žofie")  # type: ignore[union-attr]
    settle()
    assert demo.run("export_contacts")
    first, second = asked
    assert first.whom.key() == "all"
    assert second.whom.itemText(0) == "These: 1 member"


def test_birthdays_are_asked_about_before_anything_comes_in(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,email,birthday\nÉva,eva@example.org,5/3/1980\n", "utf-8")
    asked = BringIn(window)
    asked.look(path)
    assert not asked.go.isEnabled()
    assert asked.wrong.text() == "5/3/1980 could be two days. Choose which comes first, day or month."
    asked.order.set_key("dmy")
    asked._order = asked.order.key()
    asked.look(path, asked.options())
    assert asked.go.isEnabled()
    assert asked.order.key() == "dmy"
    window.bench.imports.run(path, asked.options())
    (found,) = window.bench.members.find("eva")
    assert window.bench.members.get(found).birthday == "03-05"


def test_what_was_written_by_hand_is_kept_unless_it_is_ticked(window: Window, eva: int, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,email,city\nÉva Kovács,eva@example.org,Brno\nNo one,nobody,\n", "utf-8")
    asked = BringIn(window)
    asked.look(path)
    (tick,) = asked.findChildren(CheckBox)
    assert tick.accessibleName() == "Éva Kovács, Address: replace Pécs by Brno"
    assert asked.options().over == frozenset()
    tick.setChecked(True)
    assert asked.options().over == {f"P-{eva}:address_1"}
    window.bench.imports.run(path, asked.options())
    assert window.bench.members.get(eva).city == "Brno"


def test_rows_that_cannot_be_read_are_listed_with_their_reason(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,email\nNo one,nobody\nÉva,eva@example.org\n", "utf-8")
    asked = BringIn(window)
    asked.look(path)
    said = {label.accessibleName() for label in asked.findChildren(type(asked.name))}
    assert "Line 2: “nobody” isn't an e-mail address" in said
