"""The accounts page: how each login is doing, what its buttons do, the register, and a machine without a keyring."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from app.accounts.account import Account, Register
from app.base import clock
from app.base.words import use
from tests.stories.hand import Hand
from tests.ui.pages.accounts.stands import Stand, stand
from tests.ui.settling import until
from ui.frame import files
from ui.look.theme import theme
from ui.pages.accounts.form import AccountForm
from ui.pages.accounts.page import AccountsPage
from ui.pages.accounts.panel import AccountPanel, _times
from ui.pages.accounts.register import RegisterForm
from ui.shell.window import Window
from ui.widgets.avatar import Chip
from ui.widgets.buttons import ActionButton

__all__ = ["stand"]


def _page(window: Window) -> AccountsPage:
    window.go("accounts")
    QApplication.processEvents()
    page = window.page("accounts")
    assert isinstance(page, AccountsPage)
    return page


def _panel(page: AccountsPage, name: str) -> AccountPanel:
    page._fill()
    (found,) = [panel for panel in page.panels if panel.account.name == name]
    return found


def _words(panel: AccountPanel) -> str:
    return " | ".join(label.text() for label in panel.findChildren(QLabel))


def _chip(panel: AccountPanel) -> str:
    return panel.findChildren(Chip)[0].accessibleName()


def _add(window: Window, name: str = "Torg", key: str = "lemon") -> Any:
    """An account that is left alone until a test says otherwise."""
    desk = window.bench.accounts
    made = desk.add("limonadi", name, {"site": "s.example"}, {"key": key})[0]
    desk.put_off(made.id, clock.now() + 3_000)
    return desk.get(made.id)


@pytest.fixture
def quiet(window: Window, stand: Stand) -> Iterator[Window]:
    """A window whose schedule does not look at accounts by itself; the made-up channel is there."""
    assert stand.opened == []
    window.bench.settings.put("pull_minutes", 0)
    window.resize(1280, 800)
    yield window
    theme().choose("light", 1.0)


def test_an_empty_page_says_what_will_come(quiet: Window) -> None:
    page = _page(quiet)
    assert page.panels == []
    assert not page._export.isVisible()
    assert any("No accounts connected yet" in label.text() for label in page.findChildren(QLabel))


def test_health_is_in_words(quiet: Window) -> None:
    desk, now = quiet.bench.accounts, clock.now()
    account = _add(quiet)
    page = _page(quiet)
    assert _chip(_panel(page, "Torg")) == "Not read yet"
    desk.note_success(account.id, now + 240)
    assert _chip(_panel(page, "Torg")) == "Working"
    assert "next at " not in _words(_panel(page, "Torg"))  # nothing is read by itself: pull_minutes is 0
    quiet.bench.settings.put("pull_minutes", 5)
    desk.note_success(account.id, now + 300)
    assert "Read just now · next at " in _words(_panel(page, "Torg"))
    desk.note_failure(account.id, "The stand did not answer in time.", now + 600)
    panel = _panel(page, "Torg")
    assert _chip(panel) == "Failing"
    assert "The stand did not answer in time." in _words(panel)
    assert "next try at " in _words(panel)
    assert panel.buttons["try"].title() == "Try now"
    desk.note_failure(account.id, "The key is not taken.", now + 600, needs_login=True)
    panel = _panel(page, "Torg")
    assert (_chip(panel), panel.buttons["change"].title()) == ("Needs its password", "Enter password")
    assert quiet.bench.accounts.needing_attention() == 1
    desk.pause(account.id)
    assert _chip(_panel(page, "Torg")) == "Paused"
    assert "Torg" in panel.accessibleName()


def test_pausing_and_going_on_keep_the_focus_in_place(quiet: Window) -> None:
    account = _add(quiet)
    page = _page(quiet)
    panel = _panel(page, "Torg")
    panel.buttons["pause"].setFocus()
    panel.buttons["pause"].click()
    until(lambda: "resume" in page.panels[0].buttons)
    assert quiet.bench.accounts.get(account.id).state == "paused"
    assert QApplication.focusWidget() in page.panels[0].buttons.values()
    page.panels[0].buttons["resume"].click()
    until(lambda: "pause" in page.panels[0].buttons)


def test_a_check_logs_in_and_says_what_it_found(quiet: Window, stand: Stand) -> None:
    _add(quiet)
    page = _page(quiet)
    _panel(page, "Torg").buttons["check"].click()
    until(lambda: "Hello from the stand." in _words(page.panels[0]))
    stand.key = "another"
    page.panels[0].buttons["check"].click()
    until(lambda: "does not know this key" in _words(page.panels[0]))


def test_try_now_reads_it_and_says_what_came(quiet: Window) -> None:
    account = _add(quiet)
    quiet.bench.accounts.note_failure(account.id, "The stand did not answer in time.", clock.now() + 600)
    page = _page(quiet)
    _panel(page, "Torg").buttons["try"].click()
    until(lambda: "Read just now. Nothing new." in _words(page.panels[0]))
    assert _chip(_panel(page, "Torg")) == "Working"


def test_a_try_that_fails_says_why_once(quiet: Window) -> None:
    _add(quiet, key="melon")
    page = _page(quiet)
    _panel(page, "Torg").buttons["try"].click()
    until(lambda: "change" in page.panels[0].buttons and "does not know" in _words(page.panels[0]))
    assert _words(_panel(page, "Torg")).count("does not know this key") == 1


def test_removing_asks_says_what_stays_and_does_it(quiet: Window) -> None:
    account = _add(quiet)
    page = _page(quiet)
    _panel(page, "Torg").buttons["remove"].click()
    asked = page.panels[0]
    assert "Its messages, members and register entry stay" in _words(asked)
    asked.buttons["keep"].click()
    assert "remove" in page.panels[0].buttons
    page.panels[0].buttons["remove"].click()
    page.panels[0].buttons["remove_now"].click()
    until(lambda: not page.panels)
    assert quiet.bench.accounts.get(account.id).state == "removed"


def test_the_register_warns_from_thirty_days_before(quiet: Window) -> None:
    desk, account = quiet.bench.accounts, _add(quiet)
    today = clock.local(clock.now()).date()
    page = _page(quiet)
    assert "Not in the register yet" in _words(_panel(page, "Torg"))
    for days, said in ((31, "Samningur ends"), (30, "in 30 days"), (1, "tomorrow"), (0, "today"), (-1, "has ended")):
        ends = (today + timedelta(days=days)).isoformat()
        desk.register(account.id, Register("Sítróna ehf.", "", "", ends, "Samningur"))
        assert said in _words(_panel(page, "Torg")), days
        assert quiet.bench.accounts.needing_attention() == (days <= 30)
    assert "Renew it" in _words(_panel(page, "Torg"))


def test_the_register_goes_out_as_a_file(quiet: Window, tmp_path: Path, qt: QApplication) -> None:
    account = _add(quiet)
    quiet.bench.accounts.register(account.id, Register("+Sítróna"))
    page = _page(quiet)
    qt.setProperty(files.READY, str(tmp_path))
    page._export.click()
    qt.setProperty(files.READY, None)
    (path,) = tmp_path.glob("accounts-*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["account"], row["owner"]) == ("Torg", "'+Sítróna")
    assert "lemon" not in path.read_text("utf-8-sig")


def test_units_of_today_are_shown(quiet: Window) -> None:
    from app.accounts.register import _california  # noqa: PLC0415  the day that the figure is of

    account = _add(quiet)
    day = clock.local(clock.now()).astimezone(_california()).date().isoformat()
    with quiet.bench.store.write() as conn:
        conn.execute(
            "INSERT INTO cursor VALUES (?, 'units', '1240'), (?, 'units_day', ?)", (account.id, account.id, day)
        )
    assert "1,240 units used today" in _words(_panel(_page(quiet), "Torg"))


@pytest.mark.parametrize(("quota", "most"), [("", "10,000"), ("50000", "50,000"), ("many", "10,000"), ("0", "10,000")])
def test_units_are_of_those_that_the_account_has(quota: str, most: str) -> None:
    from app.accounts.register import _california  # noqa: PLC0415  as above

    day = clock.local(clock.now()).astimezone(_california()).date().isoformat()
    fields = {"quota": quota} if quota else {}
    account = Account(
        1, "youtube", "Torg", "live", (), "", fields, "on", 0, None, "", None, None, "", None, {}, Register()
    )
    shown = _times(account, {"units": "1240", "units_day": day}, None)
    assert f"1,240 of {most} units used today" in shown


def test_a_machine_without_a_keyring_says_so_before_a_password_is_given(quiet: Window) -> None:
    page = _page(quiet)
    until(lambda: bool(page._keyring))
    said = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "This computer has no keyring that keeps passwords safely." in said
    assert "until you close it" in said
    assert page._header.line.text() == ""


def test_what_came_from_the_demo_has_but_its_manners_and_buttons_where_one_posts_oneself(demo: Window) -> None:
    page = _page(demo)
    assert [panel.account.kind for panel in page.panels if list(panel.buttons) != ["manners"]] == [
        "facebook",
        "google_reviews",
        "whatsapp",
    ]
    assert len(page.panels) > 1


def _cut(button: ActionButton) -> bool:
    """Whether a button is smaller than its words, or ends below the panel that holds it."""
    parent, hint = button.parentWidget(), button.sizeHint()
    assert parent is not None
    below = button.geometry().bottom() >= parent.height()
    return below or button.width() < hint.width() or button.height() < hint.height()


class Longer:
    """Every text half as long again, in Greek letters: longer than any true translation."""

    def gettext(self, text: str) -> str:
        return text + " " + "ψηφίδα "[: max(2, len(text) // 2)].strip() if len(text) < 60 else text

    def ngettext(self, one: str, several: str, many: int) -> str:
        return self.gettext(one if many == 1 else several)


@pytest.fixture
def greek() -> Iterator[None]:
    """The longest words that any language has for ours."""
    use(Longer())
    yield
    use(None)


@pytest.mark.slow
@pytest.mark.usefixtures("greek")
@pytest.mark.parametrize("width", [960, 1280])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_words_are_cut_in_long_languages_and_large_text(quiet: Window, width: int, scale: float) -> None:
    for name, state in (("Torg", ""), ("Λαϊκή αγορά της Θεσσαλονίκης", "paused"), ("Stand", "needs")):
        account = _add(quiet, name)
        if state == "paused":
            quiet.bench.accounts.pause(account.id)
        elif state:
            quiet.bench.accounts.note_failure(account.id, "Ο διακομιστής δεν απαντά.", 0, needs_login=True)
    theme().choose(scale=scale)
    quiet.resize(width, 600)
    page = _page(quiet)
    until(lambda: bool(page._keyring))
    page._asking = quiet.bench.accounts.named("Torg").id
    page._fill()
    Hand.rest(0.2)  # notices of what was written come late, and the page reads again
    until(lambda: not [one for one in page.findChildren(ActionButton) if one.isVisible() and _cut(one)])
    inner = page._scroll.widget()
    assert inner is not None
    assert inner.width() <= page._scroll.viewport().width()


def test_the_form_opens_at_once_and_what_it_kept_is_said(quiet: Window) -> None:
    page = _page(quiet)
    page._connect.click()
    (form,) = [one for one in quiet.findChildren(AccountForm) if one.isVisible()]
    form.choose("limonadi")
    for key, words in (("site", "s.example"), ("key", "lemon")):
        field = form._inputs[key]
        assert isinstance(field, QLineEdit)
        field.setText(words)
    form.try_out()
    until(lambda: bool(page.panels))
    (account,) = quiet.bench.accounts.all()
    assert account.name
    assert f"{account.name}\u2069: connected. Messages are on their way." in form.sentence
    until(lambda: _chip(page.panels[0]) == "Working")
    assert quiet.page_id == "inbox"  # the first account: its messages are what comes next


def test_what_is_noted_in_the_register_can_be_taken_back(quiet: Window) -> None:
    account = _add(quiet)
    page = _page(quiet)
    _panel(page, "Torg").buttons["register"].click()
    (form,) = [one for one in quiet.findChildren(RegisterForm) if one.isVisible()]
    form.lines["owner"].setText("Sítróna ehf.")
    form.keep()
    until(lambda: "Owner: " in _words(page.panels[0]))
    quiet.run("undo")
    assert quiet.bench.accounts.get(account.id).register.owner == ""
