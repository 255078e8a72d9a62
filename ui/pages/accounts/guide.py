"""How to connect a channel: the part of docs/connecting.md that is about it, to be read beside the form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from app.accounts import guide
from app.base.words import N_
from ui.look import fonts
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.accounts.signin import open_in_browser
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import Label
from ui.widgets.reading_order import InReadingOrder

if TYPE_CHECKING:
    from app.channels.base import Channel

_WIDTH, _HEIGHT = 720, 760
_MARGINS = 8  # of a document, left and right
_FRAME = 48
"""Pixels that a window manager's frame takes, at most."""
_MISSING = N_("This Rapport came without its page on connecting. It's docs/connecting.md in the source.")


class GuidePage(QTextBrowser):
    """Shows Markdown with the pictures of a folder. Nothing is fetched: an address opens in the browser if clicked."""

    def __init__(self, folder: Path) -> None:
        """Look for pictures in this folder and those below it, nowhere else."""
        super().__init__()
        self._folder = folder.resolve()
        self._words = ""
        self._made: QTextDocument | None = None
        self._written_at = 0  # pixels
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.anchorClicked.connect(_open)
        self._timer = QTimer(self)  # a document that is written anew while it is laid out crashes
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._write_again)

    def show_words(self, words: str) -> None:
        """Show this Markdown from its beginning."""
        self._words, self._written_at = words, self.viewport().width()
        before, self._made = self._made, QTextDocument(self)
        made = self._made
        made.setDefaultFont(fonts.font("body"))
        made.setMarkdown(words)  # which drops all resources
        for name in guide.pictures(words):
            picture = self._picture(name)
            if picture is not None:
                made.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), picture)
        self.setDocument(made)
        if before is not None:
            before.deleteLater()

    def _picture(self, name: str) -> QImage | None:
        """A picture of the folder, that of the current appearance where there are two, no wider than the page."""
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder):
            return None
        dark = path.with_name(path.name.replace("_light.", "_dark."))
        image = QImage(str(dark if theme().dark and dark.is_file() else path))
        most = max(self.viewport().width() - _MARGINS, 1)
        smooth = Qt.TransformationMode.SmoothTransformation
        return image.scaledToWidth(most, smooth) if image.width() > most else image

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Nothing: what is shown was given to the document."""
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures to another width."""
        super().resizeEvent(event)
        if self._words and self.viewport().width() != self._written_at:
            self._timer.start()

    def _write_again(self) -> None:
        at = self.verticalScrollBar().value()
        self.show_words(self._words)
        self.verticalScrollBar().setValue(at)


class GuideDialog(InReadingOrder, QDialog):
    """A window of its own beside the form, which can be filled in meanwhile; Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        """Show nothing until `show_channel`."""
        super().__init__(parent)
        self.setWindowTitle(tr("How to connect"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        self.missing = Label(tr(_MISSING), "body", "text2", wrap=True)
        self.page = GuidePage(guide.folder())
        self.page.setAccessibleName(tr("How to connect"))
        column.addWidget(self.missing)
        column.addWidget(self.page, 1)
        foot = QHBoxLayout()
        close = ActionButton(tr("Close"), key="Esc", height=32)
        close.clicked.connect(self.reject)
        foot.addStretch(1)
        foot.addWidget(close)
        column.addLayout(foot)
        screen = self.screen().availableGeometry()
        self.resize(min(fonts.px(_WIDTH), screen.width() - _FRAME), min(fonts.px(_HEIGHT), screen.height() - _FRAME))

    def show_channel(self, of: Channel | None) -> None:
        """Show what the page says of a channel, or of connecting in general, and bring the window to the front."""
        try:
            words = guide.for_channel(guide.page(), of)
        except OSError:
            words = ""
        self.missing.setVisible(not words)
        self.page.setVisible(bool(words))
        self.page.show_words(words)
        self.show()
        self.raise_()
        self.activateWindow()
        (self.page if words else self).setFocus(Qt.FocusReason.OtherFocusReason)


def _open(address: QUrl) -> None:
    if address.scheme() in ("http", "https"):
        open_in_browser(address.toString())
