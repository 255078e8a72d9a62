"""What waits until something else is painted."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.settling import until
from ui.widgets.after_paint import AfterPaint, Gradually


class Painted(QWidget):
    """Notes its paintings."""

    def __init__(self, done: list[str]) -> None:
        super().__init__()
        self._done = done

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Note it."""
        self._done.append("painted")


def test_it_is_done_once_after_the_next_painting(qt: QApplication) -> None:
    assert qt is not None
    done: list[str] = []
    widget = Painted(done)
    widget.show()
    until(lambda: "painted" in done)
    done.clear()
    later = AfterPaint(widget, lambda: done.append("then"))
    later.start()
    later.start()
    widget.update()
    assert later.waits
    until(lambda: "then" in done)
    widget.update()
    until(lambda: done.count("painted") > 1)
    assert done == ["painted", "then", "painted"]
    assert not later.waits


def test_it_is_done_after_a_while_beside_what_is_hidden(qt: QApplication) -> None:
    assert qt is not None
    done: list[str] = []
    widget = QWidget()
    AfterPaint(widget, lambda: done.append("then")).start()
    until(lambda: done == ["then"])


def test_what_is_stopped_is_not_done(qt: QApplication) -> None:
    assert qt is not None
    done: list[str] = []
    widget = Painted(done)
    later = AfterPaint(widget, lambda: done.append("then"))
    later.start()
    later.stop()
    widget.show()
    until(lambda: "painted" in done)
    QApplication.processEvents()
    assert "then" not in done


def test_steps_are_taken_one_by_one_after_the_painting(qt: QApplication) -> None:
    assert qt is not None
    done: list[str] = []
    widget = Painted(done)
    steps = Gradually(widget, [lambda: done.append("first"), lambda: done.append("second")])
    assert steps.waits
    widget.show()
    until(lambda: not steps.waits)
    assert [one for one in done if one != "painted"] == ["first", "second"]
    assert done[0] == "painted"


def test_whoever_needs_all_steps_has_them_at_once_and_no_step_twice(qt: QApplication) -> None:
    assert qt is not None
    done: list[str] = []
    widget = Painted(done)
    steps = Gradually(widget, [lambda: done.append("first"), lambda: done.append("second")])
    steps.finish()
    assert done == ["first", "second"]
    widget.show()
    until(lambda: "painted" in done)
    QApplication.processEvents()
    assert done.count("first") == 1


def test_steps_that_are_stopped_are_not_taken(qt: QApplication) -> None:
    assert qt is not None
    done: list[str] = []
    widget = Painted(done)
    Gradually(widget, [lambda: done.append("first")]).stop()
    widget.show()
    until(lambda: "painted" in done)
    QApplication.processEvents()
    assert "first" not in done


def test_a_step_more_is_taken_after_the_others_whether_or_not_they_are_done(qt: QApplication) -> None:
    assert qt is not None
    done: list[str] = []
    widget = Painted(done)
    steps = Gradually(widget, [lambda: done.append("first")])
    steps.then(lambda: done.append("second"))
    assert done == []
    widget.show()
    until(lambda: not steps.waits)
    steps.then(lambda: done.append("third"))
    assert steps.waits
    until(lambda: not steps.waits)
    assert [one for one in done if one != "painted"] == ["first", "second", "third"]
