"""Qt's own dialog for files, where the desktop has none: its buttons are in our colours, in the dark as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QToolButton

from tests.ui.settling import settle
from ui.frame import files
from ui.look.theme import theme


@pytest.mark.usefixtures("qt")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_buttons_can_be_seen(tmp_path: Path, scheme: str) -> None:
    theme().choose(scheme)
    dialog = files.made(None, "Which file?", tmp_path)
    dialog.show()
    settle()
    wanted = theme().color("text2").lightness()
    for button in dialog.findChildren(QToolButton):
        image = button.icon().pixmap(QSize(16, 16)).toImage()
        dots = [image.pixelColor(x, y) for x in range(16) for y in range(16)]
        ink = max(dots, key=lambda dot: dot.alpha())
        assert ink.alpha() > 100, button.objectName()
        assert abs(ink.lightness() - wanted) < 24, button.objectName()  # the edges of thin lines are blurred
    boxes = dialog.findChildren(QDialogButtonBox)
    assert [one.text() for box in boxes for one in box.buttons() if not one.icon().isNull()] == []
    dialog.deleteLater()


@pytest.mark.usefixtures("qt")
def test_what_is_chosen_comes_back_and_cancel_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a")

    def answer(*, accept: bool) -> None:
        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible())
        if accept and dialog.windowTitle() == "Which file?":
            dialog.selectFile(str(tmp_path / "a.csv"))
        dialog.accept() if accept else dialog.reject()

    for accept in (True, False):
        QTimer.singleShot(0, lambda accept=accept: answer(accept=accept))
        assert files.open_path(None, "Which file?", start=tmp_path) == (tmp_path / "a.csv" if accept else None)
        QTimer.singleShot(0, lambda accept=accept: answer(accept=accept))
        saved = files.save_path(None, "Save", "b.csv", start=tmp_path)  # type: ignore[arg-type]  # no parent here
        assert saved == (tmp_path / "b.csv" if accept else None)
        QTimer.singleShot(0, lambda accept=accept: answer(accept=accept))
        folder = files.choose_folder(None, "Folder", tmp_path)  # type: ignore[arg-type]  # as above
        assert folder == (tmp_path if accept else None)
