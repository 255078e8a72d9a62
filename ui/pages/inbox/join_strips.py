"""The strips that ask what to join, part, link or unlink."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy

from app.base import clock, ids
from app.base.errors import UserError
from app.inbox import ConversationRow, Line, Link, Opened
from app.intake import to_say
from ui.look import text
from ui.look.text import tr
from ui.pages.inbox.about import about
from ui.widgets.fields import Choice
from ui.widgets.filtered import FilteredChoice
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.pages.inbox.pane import Pane

_MAX_TITLE_CHARS = 60
_MAX_EXCERPT_CHARS = 50
_MAX_LETTERS_OFFERED = 40


class JoinStrip(Strip):
    """Says what will be one conversation and who will be in it, and asks which one to join the open one with."""

    def __init__(self, pane: Pane, rows: Sequence[ConversationRow], others: Sequence[ConversationRow]) -> None:
        """`rows` are to be joined; with one alone, `others` are offered to join it with."""
        super().__init__(tr("Join conversations"), "merge", tr("Join"))
        self._pane, self._rows = pane, [row.id for row in rows]
        self.about = tuple(self._rows)
        self.other = _chooser(others) if others else None
        if self.other is not None:
            self.field(tr("Join this conversation with"), self.other, 0, 0)
            self.other.changed.connect(self._say_people)
        self._say_people()

    def start(self) -> None:
        """Focus the field to type in."""
        if self.other is not None:
            self.other.setFocus()

    def _numbers(self) -> list[int]:
        """What is to be joined. Raises UserError if nothing matches what was typed."""
        return [*self._rows, int(self.other.chosen())] if self.other is not None else self._rows

    def _say_people(self) -> None:
        """Say what becomes of them, or why they cannot be joined."""
        inbox = self._pane.bench.inbox
        self.wrong.hide()
        try:
            numbers = self._numbers()
            people = self._pane.bench.intake.joinable(numbers)
        except UserError as why:
            self.aside.setText(str(why))
            return
        kept = inbox.row(min(numbers))
        name, title = ids.display(ids.CONVERSATION, kept.id), text.embed(kept.title or kept.preview, _MAX_TITLE_CHARS)
        words = tr("They become one conversation, {id}: {title}.").format(id=name, title=title)
        self.aside.setText(" ".join(part for part in (words, to_say(people, public=kept.public)) if part))

    def do(self) -> str:
        """Join them, and open what they are now; the toast says who is in it."""
        joined = self._pane.bench.intake.join(self._numbers())
        self._pane.marks.clear()
        self._pane.open(joined.conversation_id)
        row = self._pane.bench.inbox.row(joined.conversation_id)
        people = to_say(joined.people, public=row.public)
        return (
            tr("Joined. {sentence}").format(sentence=people)
            if people
            else tr("Joined: {name}.").format(name=about([row]))
        )


class LinkStrip(Strip):
    """Asks which conversation to link the open one to."""

    def __init__(self, bench: Workbench, opened: Opened, others: Sequence[ConversationRow]) -> None:
        """Offer those that are not linked to it yet."""
        super().__init__(tr("Link conversations"), "link", tr("Link"))
        self._bench, self._number = bench, opened.row.id
        self.about = opened.row.id
        linked = {link.conversation_id for link in opened.links}
        self.other = _chooser([row for row in others if row.id not in linked])
        self.field(tr("Link this conversation to"), self.other, 0, 0)
        self.other.changed.connect(self._say_match)
        self._say_match()

    def start(self) -> None:
        """Focus the field to type in."""
        self.other.setFocus()

    def _say_match(self) -> None:
        """Say what linking does, or that nothing matches what was typed."""
        self.wrong.hide()
        words = tr("Each then shows the other. Nothing else changes.")
        self.aside.setText(words if self.other.key() else self.other.no_match())

    def do(self) -> str:
        """Link the two. Raises UserError if nothing matches what was typed."""
        self._bench.inbox.link(self._number, int(self.other.chosen()))
        return tr("Linked to {name}.").format(name=about([self._bench.inbox.row(int(self.other.key()))]))


class UnlinkStrip(Strip):
    """Asks which of several links to remove."""

    def __init__(self, bench: Workbench, opened: Opened) -> None:
        """Offer the links of the open conversation."""
        super().__init__(tr("Remove a link"), "link", tr("Unlink"))
        self._bench, self._number = bench, opened.row.id
        self.about = opened.row.id
        self.other = Choice([(str(link.conversation_id), link_words(link)) for link in opened.links])
        self.other.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.field(tr("No longer link this conversation to"), self.other, 0, 0)

    def do(self) -> str:
        """Unlink the two."""
        self._bench.inbox.unlink(self._number, int(self.other.key()))
        return tr("No longer linked to {name}.").format(name=about([self._bench.inbox.row(int(self.other.key()))]))


class PartStrip(Strip):
    """Asks which letter goes to a conversation of its own, with what answers it."""

    def __init__(self, pane: Pane, letters: Sequence[Line], message: int) -> None:
        """Preselect that message id; 0 selects the one that a reply would answer."""
        super().__init__(tr("Part a letter from this conversation"), "split", tr("Part"))
        self._pane = pane
        self.about = message or None
        answered = pane.composer.whom.choice.to
        wanted = message or (answered.message_id if answered is not None else letters[-1].id)
        near = {line.id: line for line in letters if line.id == wanted}
        near |= {line.id: line for line in letters[: -_MAX_LETTERS_OFFERED - 1 : -1]}
        self.letter = Choice([(str(line.id), _one_line(line)) for line in near.values()], str(wanted))
        self.letter.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.field(tr("Letter"), self.letter, 0, 0)
        self.aside.setText(
            tr("It goes to a conversation of its own, and so do the letters that answer it, later ones too.")
        )

    def do(self) -> str:
        """Part it, and open its conversation."""
        number = self._pane.bench.intake.part(int(self.letter.key()))
        self._pane.open(number)
        return tr("Parted: {name}.").format(name=about([self._pane.bench.inbox.row(number)]))


def _chooser(rows: Sequence[ConversationRow]) -> FilteredChoice:
    return FilteredChoice([(str(row.id), called(row)) for row in rows], tr("Type a subject or a person"))


def called(row: ConversationRow) -> str:
    """A conversation as one line of a list box: its title, member and id."""
    title = text.embed(row.title or row.preview, _MAX_TITLE_CHARS)
    parts = [title, text.name(row.member), ids.display(ids.CONVERSATION, row.id)]
    return " · ".join(part for part in parts if part)


def link_words(link: Link) -> str:
    """A link as the screen names it: the other conversation's id and title."""
    return f"{ids.display(ids.CONVERSATION, link.conversation_id)} {text.embed(link.title, _MAX_TITLE_CHARS)}"


def _one_line(line: Line) -> str:
    author = line.author or (tr("You") if line.out else tr("Unknown"))
    words = text.embed(" ".join(line.text.split()), _MAX_EXCERPT_CHARS)
    return " · ".join([text.embed(author), text.stamp(line.at, clock.now()), words])
