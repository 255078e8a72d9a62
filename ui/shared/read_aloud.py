"""A conversation as a screen reader has it: a list of what was said and done, each entry read as a sentence.

To Qt a text browser is a label with one long text. Here it is a list: Up and Down go from entry to entry while a screen
reader runs, and each says who, when and what, in the words that stand in the document, links and states included.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QKeyEvent, QTextBlock
from PySide6.QtWidgets import QAccessibleWidget, QTextBrowser

from ui.commands.keys import keep_arrows
from ui.look import text

if TYPE_CHECKING:
    from ui.shared.margin import Margin

_ENDS = (".", "!", "?", "…", ";", ":", ",", "·")
_NO_WORDS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\ufffc\u200e\u200f"))
"""What guides the eye and says nothing: isolates, marks of direction, and the places of pictures."""
_Maybe: TypeAlias = Any  # Qt's own, or None: PySide's stubs know nothing of the latter
_APART = re.compile(r"\t| {2,}")
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Entry(NamedTuple):
    """One entry of the conversation: its sentence, and the blocks of the document that it takes."""

    words: str
    first: int
    last: int


class ReadAloud(QObject):
    """Tells the entries of one conversation to a screen reader, and goes from one to the next with the arrow keys."""

    def __init__(self, story: QTextBrowser, margin: Margin) -> None:
        """`margin` knows where each entry begins."""
        super().__init__(story)
        self.story, self._margin = story, margin
        self.at = -1
        """The entry that is read; -1 before one was."""
        self._known: tuple[int, list[Entry]] = (-1, [])
        self._faces: dict[int, int] = {}
        story.installEventFilter(self)
        story.destroyed.connect(_Forget(self._faces))
        _install()

    def entries(self) -> list[Entry]:
        """What is said and done, from the top."""
        document = self.story.document()
        if self._known[0] != document.revision():
            self._known = document.revision(), self._read()
            self.at = min(self.at, len(self._known[1]) - 1)
        return self._known[1]

    def _read(self) -> list[Entry]:
        document = self.story.document()
        heads = [document.findBlock(mark.position).blockNumber() for mark in self._margin.marks if not mark.icon]
        ends = [*heads[1:], document.blockCount()] if heads else []
        return [Entry(self._sentence(first, end), first, end - 1) for first, end in zip(heads, ends, strict=True)]

    def _sentence(self, first: int, end: int) -> str:
        document = self.story.document()
        who = _head(document.findBlockByNumber(first))
        lines = [_words(document.findBlockByNumber(at)) for at in range(first + 1, end)]
        said = [line for line in lines if line]
        if not said:
            return who
        return f"{who}: " + " ".join(line if line.endswith(_ENDS) else f"{line}." for line in said)

    def rect(self, at: int) -> QRect:
        """Where an entry lies on the screen; empty if there is none."""
        every = self.entries()
        if not 0 <= at < len(every):
            return QRect()
        document, layout = self.story.document(), self.story.document().documentLayout()
        first = layout.blockBoundingRect(document.findBlockByNumber(every[at].first))
        whole = first.united(layout.blockBoundingRect(document.findBlockByNumber(every[at].last))).toRect()
        corner = self.story.viewport().mapToGlobal(QPoint(0, 0))
        return whole.translated(corner.x(), corner.y() - self.story.verticalScrollBar().value())

    def face(self, at: int) -> QAccessibleInterface | None:
        """The entry as the screen reader sees it; None if there is none."""
        if not 0 <= at < len(self.entries()):
            return None
        if at not in self._faces:
            made = _EntryFace(self, at)
            _entry_faces[self._faces.setdefault(at, QAccessible.registerAccessibleInterface(made))] = made
        return QAccessible.accessibleInterface(self._faces[at])

    # Keys

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take Up and Down while a screen reader runs; each focus begins with what was read last, or the newest."""
        if event.type() == QEvent.Type.FocusIn:
            keep_arrows(self.story, kept=QAccessible.isActive())
            if QAccessible.isActive():
                QTimer.singleShot(0, self, self._focused)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and QAccessible.isActive():
            step = _STEPS.get(Qt.Key(event.key()), 0)
            if step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.go(self.at + step)
                return True
        return False

    def _focused(self) -> None:
        if self.story.hasFocus():
            self.go(self.at if self.at >= 0 else len(self.entries()) - 1)

    def go(self, at: int) -> None:
        """Read an entry, brought into sight; beyond the first and the last it is that one once more."""
        count = len(self.entries())
        if not count:
            return
        self.at = min(max(at, 0), count - 1)
        document, bar = self.story.document(), self.story.verticalScrollBar()
        block = document.findBlockByNumber(self.entries()[self.at].first)
        top = int(document.documentLayout().blockBoundingRect(block).top())
        if not bar.value() <= top <= bar.value() + self.story.viewport().height() // 2:
            bar.setValue(top)
        if self.face(self.at) is not None:
            event = QAccessibleEvent(self.story, QAccessible.Event.Focus)
            event.setChild(self.at)
            QAccessible.updateAccessibility(event)

    def begin(self) -> None:
        """Another conversation is shown: the next that is read is its newest entry."""
        self.at = -1
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self.story, QAccessible.Event.ObjectReorder))


class _Story(QAccessibleWidget):
    """The conversation's own face: a list of its entries."""

    def __init__(self, told: ReadAloud) -> None:
        super().__init__(told.story, QAccessible.Role.List, told.story.accessibleName())
        self._told = told

    def childCount(self) -> int:
        """How many entries there are."""
        return len(self._told.entries())

    def child(self, index: int) -> _Maybe:
        """The entry at a place."""
        return self._told.face(index)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The place of an entry; -1 if it is none."""
        return child.at if isinstance(child, _EntryFace) else -1

    def childAt(self, x: int, y: int) -> _Maybe:
        """The entry at a point of the screen."""
        return next((self.child(at) for at in range(self.childCount()) if self._told.rect(at).contains(x, y)), None)

    def focusChild(self) -> _Maybe:
        """The entry that is read."""
        return self._told.face(self._told.at) if self._told.story.hasFocus() else None


class _EntryFace(QAccessibleInterface):
    """One entry: its sentence is its name."""

    def __init__(self, told: ReadAloud, at: int) -> None:
        super().__init__()
        self._told, self.at = told, at

    def isValid(self) -> bool:
        """Whether there is such an entry still."""
        return self.at < len(self._told.entries())

    def object(self) -> _Maybe:
        """None: it is no object of its own."""
        return None

    def window(self) -> _Maybe:
        """The window that it is in."""
        return self._told.story.window().windowHandle()

    def relations(self, match: _Maybe = None) -> _Maybe:  # noqa: ARG002  Qt's signature
        """None."""
        return []

    def focusChild(self) -> _Maybe:
        """None: it has no parts."""
        return None

    def parent(self) -> _Maybe:
        """The conversation."""
        return QAccessible.queryAccessibleInterface(self._told.story)

    def child(self, _index: int) -> _Maybe:
        """None."""
        return None

    def childAt(self, _x: int, _y: int) -> _Maybe:
        """None."""
        return None

    def childCount(self) -> int:
        """None."""
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """-1: it has no parts."""
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        """The sentence, as its name."""
        every = self._told.entries()
        return every[self.at].words if kind == QAccessible.Text.Name and self.at < len(every) else ""

    def setText(self, _kind: QAccessible.Text, _words: str) -> None:
        """Nothing can be written."""

    def rect(self) -> QRect:
        """Where it lies on the screen."""
        return self._told.rect(self.at)

    def role(self) -> QAccessible.Role:
        """An entry of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Whether it is read now, and whether it is in sight."""
        state, told = QAccessible.State(), self._told
        state.readOnly, state.focusable, state.selectable = True, True, True
        state.focused = state.selected = told.at == self.at and told.story.hasFocus()
        view = told.story.viewport()
        state.offscreen = not told.rect(self.at).intersects(QRect(view.mapToGlobal(QPoint(0, 0)), view.size()))
        return state


_entry_faces: dict[int, _EntryFace] = {}  # Qt's cache does not keep Python's side of them
_installed: list[bool] = []


class _Forget:
    """Takes the faces of a conversation that is closed out of Qt's cache; it must not hold the conversation."""

    def __init__(self, faces: dict[int, int]) -> None:
        self._faces = faces

    def __call__(self) -> None:
        for number in self._faces.values():
            QAccessible.deleteAccessibleInterface(number)
            _entry_faces.pop(number, None)
        self._faces.clear()


def _install() -> None:
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_made)


def _made(_name: str, thing: QObject) -> QAccessibleInterface | None:
    """The face of a conversation; None for all else, which Qt knows how to tell."""
    told = getattr(thing, "read_aloud", None) if isinstance(thing, QTextBrowser) else None
    return _Story(told) if isinstance(told, ReadAloud) else None


def _words(block: QTextBlock) -> str:
    return text.plain(block.text().translate(_NO_WORDS))


def _head(block: QTextBlock) -> str:
    """Who and when: on the screen these stand apart."""
    parts = (text.plain(part.translate(_NO_WORDS)) for part in _APART.split(block.text()))
    return ", ".join(part for part in parts if part)
