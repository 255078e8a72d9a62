"""Whom and where a template's text is for, the folder of the template, and what the text said before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, QSignalBlocker, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QMenu, QWidget

from app.base import clock
from app.base.text import preview
from app.templates import Template, Text
from app.templates.rows import SHORT
from ui.frame.doing import undoable
from ui.look import text
from ui.look.text import tr
from ui.widgets.buttons import IconButton
from ui.widgets.fields import Choice
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame

_MOST_VERSIONS = 12
_PREVIEW_CHARS = 60


class Shown(Protocol):
    """The page that the editor is on."""

    bench: Workbench
    frame: Frame


class Suits(QWidget):
    """Three choices that are saved at once, and a menu of earlier versions; only for what is saved already."""

    wanted = Signal(str, object)
    """What is to be changed ("address", "channel", "folder", "restore"), and to what."""

    def __init__(self, bench: Workbench) -> None:
        """Start for a template that is not saved yet."""
        super().__init__()
        self._bench = bench
        self._number, self._place = 0, ("", "A")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        self.address, self.channel, self.folder = Choice(), Choice(), QLineEdit()
        self.folder.setPlaceholderText(tr("None"))
        self.versions = IconButton("history", tr("Earlier versions"), size=26, glyph=14)
        titles = (tr("Form of address"), tr("Where it's for"), tr("Folder"))
        for place, (title, field) in enumerate(zip(titles, (self.address, self.channel, self.folder), strict=True)):
            label = Label(title, "badge", "text2", weight=400)
            label.setBuddy(field)
            field.setAccessibleName(title)
            grid.addWidget(label, 0, place)
            grid.addWidget(field, 1, place)
            grid.setColumnStretch(place, 1)
        grid.addWidget(self.versions, 1, 3)
        self.address.picked.connect(self._address)
        self.channel.picked.connect(self._channel)
        self.folder.editingFinished.connect(self._folder)
        self.versions.clicked.connect(self._offer_versions)

    def show_text(self, template: Template | None, language: str, variant: str) -> None:
        """Show whom and where the text in this language and variant is for; disabled until it is saved."""
        self._number, self._place = (template.id if template is not None else 0), (language, variant)
        texts = template.texts if template is not None else ()
        found = next((one for one in texts if (one.language, one.variant) == self._place), None)
        self.address.setEnabled(found is not None)
        self.channel.setEnabled(found is not None)
        self.folder.setEnabled(template is not None)
        with QSignalBlocker(self.address), QSignalBlocker(self.channel):
            self.address.set_choices(_forms(found), found.address if found is not None else "")
            self.channel.set_choices(self._places(found), found.channel if found is not None else "")
        if not self.folder.hasFocus():
            self.folder.setText(template.folder if template is not None else "")
            names = sorted({one.folder for one in self._bench.templates.all() if one.folder})
            self.folder.setCompleter(QCompleter(names, self.folder))
        self.versions.setVisible(bool(self._versions()))

    def _places(self, found: Text | None) -> list[tuple[str, str]]:
        """Anywhere, small places, and the kinds of our channels."""
        from app.channels.registry import channel  # noqa: PLC0415  loaded with the page's first template

        kinds = {account.kind for account in self._bench.accounts.all()} | ({found.channel} if found else set[str]())
        named = sorted((tr(channel(kind).title), kind) for kind in kinds - {"", SHORT})
        return [("", tr("Anywhere")), (SHORT, tr("Short places")), *((kind, title) for title, kind in named)]

    def _address(self, form: str) -> None:
        self.wanted.emit("address", form)

    def _channel(self, kind: str) -> None:
        self.wanted.emit("channel", kind)

    def _folder(self) -> None:
        self.wanted.emit("folder", self.folder.text())

    def _versions(self) -> list[tuple[int, str]]:
        """The earlier versions of the text that is shown: id, and what a menu says of it."""
        if not self._number:
            return []
        return [
            (
                one.id,
                tr("{when}: {text}").format(
                    when=text.stamp(one.until, clock.now()), text=preview(one.body, _PREVIEW_CHARS)
                ),
            )
            for one in self._bench.templates.versions(self._number)
            if (one.language, one.variant) == self._place
        ][:_MOST_VERSIONS]

    def _offer_versions(self) -> None:
        menu = QMenu(self)
        for number, title in self._versions():
            menu.addAction(title).setData(number)
        menu.triggered.connect(self._restore)
        menu.popup(self.versions.mapToGlobal(QPoint(0, self.versions.height())))

    def _restore(self, action: object) -> None:
        self.wanted.emit("restore", action.data())  # type: ignore[attr-defined]  # a QAction

    def place(self) -> tuple[int, str, str]:
        """The template's id, the language and the variant that are shown."""
        return self._number, *self._place


def _forms(found: Text | None) -> list[tuple[str, str]]:
    """The forms of address; the first says what the words tell."""
    told = tr("By its words")
    if found is not None and not found.address and found.form:
        told = tr("By its words: familiar") if found.form == "familiar" else tr("By its words: formal")
    return [("", told), ("familiar", tr("Familiar")), ("formal", tr("Formal"))]


def change(page: Shown, suits: Suits, what: str, value: object) -> None:
    """Do what was wanted of the template that is shown, as one action that can be undone."""
    number, language, variant = suits.place()
    desk = page.bench.templates
    template = desk.get(number) if number else None
    if template is None or (what == "folder" and value == template.folder):
        return
    with undoable(page.frame, tr("{name} saved.").format(name=text.name(template.name))):
        if what == "folder":
            desk.change(number, key=template.key, name=template.name, use=template.use, folder=str(value))
        elif what == "restore" and isinstance(value, int):
            desk.restore(number, value)
        else:
            body = next(one.body for one in template.texts if (one.language, one.variant) == (language, variant))
            desk.put_text(number, language, variant, body, **{what: str(value)})
