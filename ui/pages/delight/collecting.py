"""The form that collects entrants: from comments under a post, a conversation, a label, or a table; shown before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from app.base import ids
from app.base.errors import UserError
from app.base.words import N_
from app.giveaways import Entered, Giveaway
from ui.frame import files
from ui.frame.working import Working
from ui.look import text
from ui.look.text import tr
from ui.pages.delight.giveaway_forms import GiveawayForm
from ui.widgets.buttons import ActionButton
from ui.widgets.fields import Choice
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.giveaways.pieces import Progress
    from app.workbench import Workbench

_Ask = Callable[[bool, "Progress"], Entered]
_SOURCES = {
    "post": N_("Comments under a post"),
    "conversation": N_("A conversation"),
    "label": N_("Members with a label"),
    "file": N_("A table (CSV)"),
}
_FEW = 2_000
"""More are entered away from the window's thread."""


class CollectStrip(GiveawayForm):
    """Says who would be entered, and enters them; again and again as more come in."""

    def __init__(self, bench: Workbench, giveaway: Giveaway, conversation: int | None = None) -> None:
        """For this give-away; `conversation` is proposed as the one to collect from."""
        title = tr("Collect entrants of “{name}”").format(name=text.embed(giveaway.name))
        super().__init__(title, "ticket", tr("Enter them"))
        self._bench, self.giveaway, self.about = bench, giveaway.id, giveaway.id
        self._working: Working | None = None
        self.path: Path | None = None
        self._posts = bench.giveaways.posts()
        self._labels = bench.labels.every()
        self.source = Choice([(key, tr(name)) for key, name in _SOURCES.items()], self._first(conversation))
        self.source.picked.connect(self._show)
        self.post = Choice([(str(at), self._post_words(at)) for at in range(len(self._posts))])
        self.label = Choice([(str(label.id), label.name) for label in self._labels])
        shown = ids.display(ids.CONVERSATION, conversation) if conversation is not None else ""
        self.conversation = QLineEdit(shown)
        self.conversation.setPlaceholderText(tr("Its number, such as C-1042"))
        self.choose = ActionButton(tr("Choose a file"), "folder-open")
        self.choose.clicked.connect(self._choose)
        self.preview = Label("", "meta", "text2", wrap=True)
        self.field(tr("From"), self.source, 0, 0)
        self._fields: dict[str, tuple[str, QWidget]] = {
            "post": (tr("The post"), self.post), "conversation": (tr("Conversation"), self.conversation),
            "label": (tr("Label"), self.label), "file": (tr("The table"), self.choose),
        }  # fmt: skip
        self._heads = dict[str, Label]()
        for key, (name, widget) in self._fields.items():
            head = self._heads[key] = Label(name, "meta", "text2")
            head.setBuddy(widget)
            widget.setAccessibleName(name)
            self.form.addWidget(head, 0, 1)
            self.form.addWidget(widget, 1, 1, Qt.AlignmentFlag.AlignTop)
        self.form.setColumnStretch(1, 2)
        self.form.addWidget(self.preview, 2, 0, 1, 2)
        self.post.picked.connect(self._look)
        self.label.picked.connect(self._look)
        self.conversation.editingFinished.connect(self._look)
        self._show()

    def _first(self, conversation: int | None) -> str:
        if conversation is not None:
            return "conversation"
        return "post" if self._posts else "file"

    def _post_words(self, place: int) -> str:
        post = self._posts[place]
        title = text.embed(post.title or post.url)
        return tr("{title} ({accounts})").format(title=title, accounts=", ".join(post.accounts))

    def start(self) -> None:
        """Focus where from."""
        self.source.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, _key: str = "") -> None:
        """Show the field of the chosen source, and who would be entered."""
        for key, (_name, widget) in self._fields.items():
            widget.setVisible(key == self.source.key())
            self._heads[key].setVisible(key == self.source.key())
        self._look()

    def _choose(self) -> None:
        path = files.open_path(self, tr("Entrants"), tr("Tables (*.csv)"))
        if path is not None:
            self.path = path
            self.choose.set_title(path.name)
            self._look()

    def _look(self, _key: str = "") -> None:
        """Say who would be entered."""
        self.wrong.hide()
        try:
            ask = self._asked()
            found = None if ask is None else ask(True, _nobody)
        except UserError as why:
            self.preview.setText(str(why))
            return
        self.preview.setText("" if found is None else entered_words(found, tr("Nobody new is found there.")))

    def _asked(self) -> _Ask | None:
        """What collects from what is chosen, with whether it is only looked at; None while nothing is chosen."""
        desk, number, source = self._bench.giveaways, self.giveaway or 0, self.source.key()
        if source == "file" and self.path is not None:
            path, now = self.path, self._bench.dates.now(back=True)
            return lambda dry, progress: desk.enter(number, path, now, progress, dry_run=dry)
        if source == "post" and self._posts:
            url = self._posts[int(self.post.key() or 0)].url
            return lambda dry, progress: desk.collect(number, post=url, progress=progress, dry_run=dry)
        if source == "label" and self._labels:
            label = next(one for one in self._labels if str(one.id) == self.label.key())
            pair = (label.id, label.name)
            return lambda dry, progress: desk.collect(number, label=pair, progress=progress, dry_run=dry)
        if source == "conversation" and self.conversation.text().strip():
            talk = self._bench.inbox.current(ids.number(ids.CONVERSATION, self.conversation.text().strip()))
            return lambda dry, progress: desk.collect(number, conversation=talk, progress=progress, dry_run=dry)
        return None

    def _chosen(self) -> _Ask:
        ask = self._asked()
        if ask is None:
            raise UserError(tr("Choose first where they come from."))
        return ask

    def act(self) -> None:
        """Enter them; very many away from the window's thread, with how far it is."""
        if self._working is not None:
            return
        try:
            ask = self._chosen()
            many = ask(True, _nobody).new > _FEW
        except UserError as why:
            self._fail(why)
            return
        if not many:
            super().act()
            return
        self.go.setEnabled(False)
        self._working = Working(lambda progress, _stop: ask(False, progress), "collect")
        self._working.progressed.connect(self._progressed)
        self._working.finished.connect(self._finished)
        self._working.failed.connect(self._failed)
        self._working.start()

    def do(self) -> str:
        """Enter them; return the toast. Raises UserError."""
        return entered_words(self._chosen()(False, _nobody), tr("Nobody new was found there."))

    def _progressed(self, done: int, total: int) -> None:
        self.aside.setText(tr("Entering: {done} of {total}").format(done=text.number(done), total=text.number(total)))

    def _finished(self, found: object) -> None:
        self._working = None
        if isinstance(found, Entered):
            self.unsaved.saved()
            self.finished.emit(entered_words(found, ""))

    def _failed(self, why: object) -> None:
        self._working = None
        self.go.setEnabled(True)
        self.aside.setText("")
        if isinstance(why, UserError):
            self._fail(why)

    def _fail(self, why: UserError) -> None:
        self.wrong.setText(str(why))
        self.wrong.show()


def _nobody(_done: int, _total: int) -> None:
    """The progress of what takes no time."""


def entered_words(found: Entered, nobody: str) -> str:
    """Who is, or would be, entered: how many, the first names, what was there before, and lines without a name."""
    parts = [nobody] if not found.new else []
    if found.new:
        names = ", ".join(text.name(name) for name in found.first)
        more = tr("{names} and others").format(names=names) if found.new > len(found.first) else names
        parts.append(text.counted(found.new, "{count} entry: {names}.", "{count} entries: {names}.", names=more))
    if found.known:
        parts.append(text.counted(found.known, "{count} was entered before.", "{count} were entered before."))
    if found.blank_lines:
        places = ", ".join(map(str, found.blank_lines[:10]))
        parts.append(tr("Lines that name nobody, left out: {lines}").format(lines=places))
    return " ".join(filter(None, parts))
