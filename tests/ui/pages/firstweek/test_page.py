"""The page of the first week and its list on Today, over a mailbox: what is shown is true, nothing is done unasked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.base.paths import Profile
from app.first_week import BLOCKS, LINE, STEPS, TARGETS, TEAMMATES, TEMPLATES, TRAITS, FirstWeek
from app.imports.shapes import Options
from app.inbox import start_line
from app.workbench import Workbench
from tests.app.first_week import mailbox
from tests.stories.hand import Hand
from tests.ui.opening import opened
from tests.ui.parts import toast
from tests.ui.settling import key, settle, until
from ui.look.theme import theme
from ui.pages.firstweek.page import FirstweekPage
from ui.pages.firstweek.proposals import ProposalsSection
from ui.pages.today.page import TodayPage
from ui.pages.today.week import WeekCard
from ui.shared.blocks_field import BlocksField
from ui.shell.application import Application
from ui.shell.window import Window

LETTERS = 400


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with letters, to be copied."""
    folder = tmp_path_factory.mktemp("week")
    bench = Workbench(Profile(folder / "profile"))
    box = mailbox.write(folder / "Marta.mbox", LETTERS, int(time.time()))
    bench.imports.run(box, Options(own=(mailbox.OWN,)))
    bench.close()
    return folder / "profile"


@pytest.fixture
def window(filled: Path, profile: Profile) -> Iterator[Window]:
    profile.folder.mkdir(parents=True, exist_ok=True)
    for part in filled.iterdir():
        if part.is_file():
            (profile.folder / part.name).write_bytes(part.read_bytes())
    with opened(profile) as made:
        yield made


@pytest.fixture
def page(window: Window) -> FirstweekPage:
    assert window.run("first_week")
    found = window.page("firstweek")
    assert isinstance(found, FirstweekPage)
    until(lambda: found.made is not None and not found._wanted)
    return found


@pytest.fixture
def card(window: Window) -> WeekCard:
    window.go("today")
    found = window.page("today")
    assert isinstance(found, TodayPage)
    until(lambda: found.body is not None and found.day is not None)
    assert found.body is not None
    until(found.body.week.isVisible)
    return found.body.week


def section(page: FirstweekPage, step: str) -> ProposalsSection:
    found = page.section(step)
    assert isinstance(found, ProposalsSection)
    return found


def state(page: FirstweekPage, step: str) -> str:
    assert page.made is not None
    return page.made.step(step).state


def tick(page: FirstweekPage, step: str, many: int) -> list[str]:
    """Tick the first so many; their names."""
    there = section(page, step)
    for one in there.proposals[:many]:
        one.tick.setChecked(True)
    return [one.shown.name for one in there.proposals[:many]]


def test_the_list_says_what_each_step_offers(card: WeekCard) -> None:
    assert [line.step.id for line in card.lines] == list(STEPS)
    assert card.progress.text() == "0 of 6"
    offer = card._bench.first_week.overview().offer
    assert card.lines[0].accessibleName() == f"Start line: {offer.closes} older to close"
    assert card.lines[3].accessibleName() == "Teammates: 3 suggestions"


def test_a_step_of_the_list_leads_to_it(card: WeekCard, window: Window) -> None:
    card.lines[4].click()
    found = window.page("firstweek")
    assert isinstance(found, FirstweekPage)
    until(lambda: found.made is not None and not found._wanted)
    until(section(found, TEMPLATES).proposals[0].tick.hasFocus)
    Hand(window).keys("Escape")
    until(lambda: window.page_id == "today")


def test_f6_reaches_it(card: WeekCard, window: Window) -> None:
    for _ in range(8):
        window.run("next_pane")
        if card.lines[0].hasFocus():
            break
    assert card.lines[0].hasFocus()


def test_a_step_that_is_left_out_says_so_and_stays_so(card: WeekCard, window: Window) -> None:
    names = {button.accessibleName(): button for button in card.findChildren(type(card.away)) if button.isVisible()}
    names["Leave out: Templates"].click()
    until(lambda: card.progress.text() == "1 of 6")
    assert card.lines[4].accessibleName() == "Templates: Left out"
    assert window.bench.first_week.is_shown()


def test_hidden_it_stays_away_until_it_is_brought_back(card: WeekCard, window: Window) -> None:
    card.away.click()
    assert not card.isVisible()
    window.go("members")
    window.go("today")
    settle(seconds=0.4)
    assert not card.isVisible()
    assert window.run("first_week")
    found = window.page("firstweek")
    assert isinstance(found, FirstweekPage)
    until(lambda: found.made is not None)
    assert found.toggle.title() == "Show on Today"
    found.toggle.click()
    assert found.toggle.title() == "Hide from Today"
    window.go("today")
    until(card.isVisible)


def test_nothing_is_read_or_closed_on_the_windows_thread(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    on: set[tuple[str, bool]] = set()

    def noted(name: str) -> None:
        whole = getattr(FirstWeek, name)

        def told(*args: object, **more: object) -> object:
            on.add((name, threading.current_thread() is threading.main_thread()))
            return whole(*args, **more)

        monkeypatch.setattr(FirstWeek, name, told)

    noted("overview")
    noted("draw_line")
    window.run("first_week")
    found = window.page("firstweek")
    assert isinstance(found, FirstweekPage)
    until(lambda: found.made is not None)
    found.line.button.click()
    until(lambda: state(found, LINE) == "done")
    assert on == {("overview", False), ("draw_line", False)}


def test_the_line_is_drawn_by_its_button_alone_and_z_takes_it_back(page: FirstweekPage, window: Window) -> None:
    bench = window.bench
    assert start_line.drawn(bench.store.read) is None
    assert page.made is not None
    offer = page.made.offer
    assert page.line.button.title() == f"Close {offer.closes} older conversations"
    if offer.newer:  # none just after midnight: the newest letter is then of yesterday
        assert page.line.stays.text().startswith(f"{offer.newer} newer conversation")
    page.line.button.click()
    until(lambda: state(page, LINE) == "done")
    assert f"{offer.closes} older conversations are closed" in toast(window).accessibleName()
    assert page.line.note.text().startswith("Set to the start of")
    assert not page.line.inner.isVisible()
    key(window, "Z")
    until(lambda: state(page, LINE) == "open")
    assert start_line.drawn(bench.store.read) is None
    assert page.line.inner.isVisible()


def test_what_the_blocks_mean_stands_below_their_field_whole(page: FirstweekPage, window: Window) -> None:
    window.bench.blocks.put("Tue, Thu 17-19, Sat 10-12")
    blocks = page.findChild(BlocksField)
    assert isinstance(blocks, BlocksField)
    until(lambda: "Saturday" in blocks.reading.text())
    until(lambda: blocks.reading.geometry().top() >= blocks.field.geometry().bottom())
    until(lambda: blocks.reading.height() >= blocks.reading.heightForWidth(blocks.reading.width()))


def test_another_day_is_typed_and_counted(page: FirstweekPage, window: Window) -> None:
    before = page.line.closes.text()
    page.line.field.setText("7 days ago")
    assert not page.line.button.isEnabled()
    until(page.line.button.isEnabled)
    assert page.line.closes.text() != before
    offer = page.line._offer
    assert offer is not None
    older = f"SELECT count(*) FROM conversation WHERE state IN ('needs_me', 'waiting') AND last_at < {offer.at}"
    assert window.bench.store.read.execute(older).fetchone()[0] == offer.closes
    page.line.field.setText("blah blah")
    settle(seconds=0.4)
    assert not page.line.button.isEnabled()


def test_teammates_are_ticked_added_named_and_taken_back(page: FirstweekPage, window: Window) -> None:
    there = section(page, TEAMMATES)
    assert not there.button.isEnabled()
    names = tick(page, TEAMMATES, 2)
    assert there.button.title() == "Add 2 teammates"
    there.button.click()
    until(lambda: state(page, TEAMMATES) == "done")
    assert [mate.name for mate in window.bench.teammates.all()] == sorted(names)
    said = toast(window).accessibleName()
    assert all(name in said for name in names)
    until(lambda: len(there.proposals) == 1)
    key(window, "Z")
    until(lambda: state(page, TEAMMATES) == "open")
    assert not window.bench.teammates.all()


def test_templates_and_habits_too(page: FirstweekPage, window: Window) -> None:
    bench = window.bench
    templates, traits = len(bench.templates.all()), len(bench.voice.traits())
    names = tick(page, TEMPLATES, 2)
    section(page, TEMPLATES).button.click()
    tick(page, TRAITS, 2)
    section(page, TRAITS).button.click()
    until(lambda: state(page, TEMPLATES) == state(page, TRAITS) == "done")
    assert len(bench.templates.all()) == templates + 2
    assert len(bench.voice.traits()) == traits + 2
    assert {template.name for template in bench.templates.all()} >= set(names)


def test_a_proposal_shows_the_replies_that_it_comes_from(page: FirstweekPage) -> None:
    one = section(page, TEMPLATES).proposals[0]
    assert not any(label.isVisible() for label in one._samples)
    one.more.click()
    assert all(label.isVisible() for label in one._samples)
    assert len(one._samples) == 3
    assert one.more.title() == "Hide where it's from"
    one.more.click()
    assert not any(label.isVisible() for label in one._samples)


def test_ticks_stay_while_letters_come(page: FirstweekPage, window: Window) -> None:
    tick(page, TEMPLATES, 2)
    window.bench.blocks.add("Mon 9-12")
    until(lambda: state(page, BLOCKS) == "done")
    assert [one.tick.isChecked() for one in section(page, TEMPLATES).proposals[:3]] == [True, True, False]


def test_blocks_and_targets_are_the_fields_of_the_settings(page: FirstweekPage, window: Window) -> None:
    blocks, targets = page.others
    blocks.field.field.setText("Tue 17-19")
    blocks.field.field.editingFinished.emit()
    assert len(window.bench.blocks.all()) == 1
    ((number, field),) = targets.fields.items()
    field.setText("nonsense")
    field.editingFinished.emit()
    assert targets.wrong.isVisible()
    field.setText("4 h")
    field.editingFinished.emit()
    assert not targets.wrong.isVisible()
    assert window.bench.accounts.notes.reply_target(number) == 240
    assert "4 h" in toast(window).accessibleName()
    until(lambda: state(page, TARGETS) == state(page, BLOCKS) == "done")


def test_left_out_only_its_name_is_there_and_it_can_be_taken_back_in(page: FirstweekPage) -> None:
    there = section(page, TRAITS)
    there.link.click()
    until(lambda: state(page, TRAITS) == "left")
    assert not there.inner.isVisible()
    assert there.link.title() == "Bring back"
    there.link.click()
    until(lambda: state(page, TRAITS) == "open")
    assert there.inner.isVisible()


def test_with_all_settled_the_list_is_gone(window: Window, card: WeekCard) -> None:
    for step in STEPS:
        window.bench.first_week.leave_out(step)
    card.follow(now=True)
    until(lambda: not card.isVisible())
    assert not window.bench.first_week.is_shown()


def test_an_empty_file_says_where_to_begin(application: Application) -> None:
    window = application.window
    assert window is not None
    for number in [row["id"] for row in window.bench.store.read.execute("SELECT id FROM member")]:
        with window.bench.store.write() as conn:
            conn.execute("DELETE FROM member WHERE id = ?", (number,))
    window.run("first_week")
    found = window.page("firstweek")
    assert isinstance(found, FirstweekPage)
    words = [label.text() for label in found.findChildren(QLabel) if label.isVisible()]
    assert "Nothing is here yet." in words


def test_the_demo_shows_no_list_and_has_the_page(demo: Window) -> None:
    demo.go("today")
    today = demo.page("today")
    assert isinstance(today, TodayPage)
    until(lambda: today.body is not None and today.day is not None)
    settle(seconds=0.4)
    assert today.body is not None
    assert not today.body.week.isVisible()
    demo.run("first_week")
    found = demo.page("firstweek")
    assert isinstance(found, FirstweekPage)
    until(lambda: found.made is not None)
    assert section(found, TRAITS).proposals


@pytest.mark.slow
@pytest.mark.parametrize("size", [(900, 700), (1280, 800)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_words_are_cut(
    page: FirstweekPage, window: Window, size: tuple[int, int], scheme: str, scale: float
) -> None:
    window.resize(*size)
    theme().choose(scheme, scale)
    settle(seconds=0.5)
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    bar = page.area.horizontalScrollBar()
    assert bar.maximum() == 0
    inner = page.area.widget()
    assert inner is not None
    assert inner.width() <= page.area.viewport().width()
    assert page.focusWidget() is None or page.focusWidget().focusPolicy() != Qt.FocusPolicy.NoFocus
