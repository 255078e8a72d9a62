"""The whole post above its comments, with its picture: fetched when the person asks for it, never before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.commands.in_use import keymap
from ui.frame.working import Working
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.buttons import LinkButton
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.context import Offer
    from app.workbench import Workbench

_PICTURE_SIDE = 220
COMMAND = "whole_post"


class _Fetched(NamedTuple):
    """A post as it is shown: `why` says why there is no picture, "" where there is one or none."""

    number: int
    words: str
    image: QImage | None
    why: str


class WholePost(QWidget):
    """A button that says what is fetched from where; below it the post, once it is there."""

    turned = Signal()
    """The post was opened or folded."""
    failed = Signal(str)
    """The post can't be had; carries why."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        """Start hidden, until `show_offer`."""
        super().__init__(parent)
        self._bench = bench
        self._number, self._busy = 0, False
        self._offer: Offer | None = None
        self.is_open = False
        self.button = LinkButton("")
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)  # elided in a narrow pane
        self.words = Label("", "row", wrap=True, weight=400)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.picture = Label()
        self.picture.setAccessibleName(tr("Picture of the post"))
        self.without = Label("", "meta", "text2", wrap=True)
        self._lay_out()
        self.button.clicked.connect(self.turn)
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.button)
        column.addWidget(self.picture)
        column.addWidget(self.words)
        column.addWidget(self.without)

    def show_offer(self, number: int, offer: Offer | None) -> None:
        """Show what can be fetched for a conversation; a reload of the same one leaves it as it is."""
        if number != self._number:
            self._number, self._busy = number, False
            self._fold()
        self._offer = offer
        self.setVisible(offer is not None and not offer.why_not)
        self._title()

    def _title(self) -> None:
        if self._busy:
            self.button.set_title(tr("Fetching the post…"))
        elif self.is_open:
            self.button.set_title(tr("Fold the post"))
        elif self._offer is not None and self._offer.hosts:
            hosts = tr(" and ").join(text.isolate(host) for host in self._offer.hosts)
            self.button.set_title(tr("Fetch the post from {hosts}").format(hosts=hosts))
        else:
            self.button.set_title(tr("Show the whole post"))
        key = keymap().name(COMMAND)
        words = tr("Its title, words and picture ({key}). Nothing is fetched before you ask for it.")
        self.button.setToolTip(words.format(key=key))

    def turn(self) -> None:
        """Fetch the post and open it, or fold it; say why if it can't be had."""
        if self.is_open:
            self._fold()
            self.turned.emit()
            return
        if self._offer is None:
            from app.context import NO_POST  # noqa: PLC0415  few posts are opened

            self.failed.emit(tr(NO_POST))
        elif self._offer.why_not:
            self.failed.emit(self._offer.why_not)
        elif not self._busy:
            self._fetch(self._number)

    def _fetch(self, number: int) -> None:
        self._busy = True
        self._title()
        bench, side = self._bench, fonts.px(_PICTURE_SIDE)

        def fetch(_progress: object, _stop: object) -> _Fetched:
            from ui.shared.pictures import decode  # noqa: PLC0415  few posts are opened

            post = bench.context.fetch(number)
            made = decode(post.picture, side) if post.picture else None
            return _Fetched(
                number, post.text, made.image if made else None, post.without or (made.sentence if made else "")
            )

        work = Working(fetch, "post")
        work.finished.connect(self._show)
        work.failed.connect(lambda why: self._fail(number, why))
        work.start()

    def _show(self, post: _Fetched) -> None:
        if post.number != self._number:
            return
        self._busy, self.is_open = False, True
        self.words.setText("\n".join(text.plain(line) for line in post.words.splitlines()))
        self.without.setText(post.why)
        if post.image is not None:
            self.picture.setPixmap(QPixmap.fromImage(post.image))
            self.picture.setFixedSize(QSize(post.image.width(), post.image.height()))
        self.picture.setVisible(post.image is not None)
        self.words.setVisible(bool(post.words))
        self.without.setVisible(bool(post.why))
        self._title()
        self.turned.emit()

    def _fail(self, number: int, why: object) -> None:
        if number == self._number:
            self._busy = False
            self._title()
            if why is not None:
                self.failed.emit(str(why))

    def _fold(self) -> None:
        self.is_open = False
        for part in (self.picture, self.words, self.without):
            part.hide()
        self.picture.clear()
        self._title()
