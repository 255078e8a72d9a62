"""The strips of introductions: to whom and why, and what came of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from app.base.errors import UserError
from ui.look import text
from ui.look.text import tr
from ui.shared.member_chooser import MemberChooser
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.introductions import Introduction
    from app.workbench import Workbench


class IntroduceStrip(Strip):
    """Asks to whom a member is to be introduced, and why the two would get on."""

    def __init__(self, bench: Workbench, member_id: int, member: str) -> None:
        """For this member."""
        super().__init__(tr("Introduce {name} to…").format(name=text.embed(member)), "users", tr("Begin both drafts"))
        self._bench, self._member, self._name = bench, member_id, member
        self.about = member_id
        self.other = MemberChooser(bench)
        self.other.reset(member_id)
        self.why = QLineEdit()
        self.why.setPlaceholderText(tr("You both keep bees."))
        self.field(tr("To whom"), self.other, 0, 0)
        self.field(tr("Why they'd get on, as both will read it"), self.why, 1, 0)
        self.aside.setText(tr("Both are asked first, each by a draft in their language. Nothing is sent by itself."))

    def start(self) -> None:
        """Focus whom they are to meet."""
        self.other.field.setFocus()

    def do(self) -> str:
        """Begin it; the toast says how many drafts are ready, and who can't be written to."""
        if self.other.member is None:
            raise UserError(tr("Choose whom {name} is to meet.").format(name=self._name))
        begun = self._bench.introducing.begin(self._member, self.other.member, self.why.text())
        words = text.counted(
            len(begun.drafts),
            "{name} and {other}: {count} draft is ready under Drafts.",
            "{name} and {other}: {count} drafts are ready under Drafts.",
            name=text.name(begun.introduction.one.name),
            other=text.name(begun.introduction.other.name),
        )
        return " ".join([words, *map(text.plain, begun.missing)])


class OutcomeStrip(Strip):
    """Asks what came of an introduction."""

    def __init__(self, bench: Workbench, made: Introduction) -> None:
        """Of this one."""
        self._names = (text.name(made.one.name), text.name(made.other.name))
        title = tr("{name} and {other}").format(name=self._names[0], other=self._names[1])
        super().__init__(title, "users", tr("Save"))
        self._bench, self._number = bench, made.id
        self.about = made.id
        self.words = QLineEdit(made.outcome)
        self.words.setPlaceholderText(tr("They share a stall now."))
        self.field(tr("What came of it?"), self.words, 0, 0)
        self.aside.setText(tr("It's kept in the history of both."))

    def start(self) -> None:
        """Focus the words."""
        self.words.setFocus()

    def do(self) -> str:
        """Keep it."""
        self._bench.introductions.outcome(self._number, self.words.text())
        return tr("Noted for {name} and {other}.").format(name=self._names[0], other=self._names[1])
