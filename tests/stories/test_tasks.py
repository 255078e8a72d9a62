"""The six tasks take no more presses than was promised, on each keyboard that the community manager may have."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from app.inbox import Query
from tests.stories.tasks import TASKS, Person, counted
from tests.ui.layouts import LAYOUTS, Layout
from ui.shell.application import Application, qt_application
from ui.shell.window import Window

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def window(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """One window for all: each task takes back what it did."""
    qt_application(["rapport"])
    folder = Path(shutil.copytree(planted, tmp_path_factory.mktemp("tasks") / "profile"))
    made = Application(Profile(folder))
    made.start().go("inbox")
    QApplication.processEvents()
    assert made.window is not None
    yield made.window
    made.close()
    QApplication.processEvents()


@pytest.mark.parametrize("layout", LAYOUTS, ids=[one.name for one in LAYOUTS])
@pytest.mark.parametrize(("task", "most"), [one[1:] for one in TASKS], ids=[one[0] for one in TASKS])
def test_a_task_takes_no_more_presses_than_promised(
    window: Window, task: Callable[[Person], None], most: int, layout: Layout
) -> None:
    count = counted(window, layout, task)
    assert 0 < count.keys <= most


def test_n_goes_through_all_that_wait_and_begins_again(window: Window) -> None:
    person = Person(window, LAYOUTS[0])
    first = person.begin()
    on_their_way = {entry.conversation_id for entry in window.bench.outbox.entries() if entry.purpose == "reply"}
    numbers = [ref.id for ref in window.bench.inbox.refs(Query("needs_me"))]
    waiting = len(set(numbers) - on_their_way)  # a reply that is scheduled, or to be posted, is passed over
    seen = [first]
    for _ in range(waiting):
        person.press("N")
        seen.append(person.here())
    assert seen[-1] == first
    assert len(set(seen)) == waiting
