"""The fields of a keeping rule: what goes, after how long, where, and of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.channels.registry import channel
from app.retention import Rule
from app.retention.rule import ALL, FILES, LABEL, MEMBERS, MOST_MEGABYTES, MOST_MONTHS, WORDS, members_words
from ui.commands.keys import make_form
from ui.look import text
from ui.look.text import tr
from ui.widgets.fields import Choice, Spin
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.workbench import Workbench

_YEAR, _USUAL_MEGABYTES = 12, 5
_CHANNEL, _ACCOUNT, _LABELLED = "channel ", "account ", "label "


class RuleFields(QWidget):
    """Asks for the parts of a rule; the size of files only where it is about files."""

    def __init__(self, bench: Workbench) -> None:
        """Offer the places and labels that there are."""
        super().__init__()
        make_form(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        whats = [(WORDS, tr("Erase all that was said")), (FILES, tr("Remove large files, keep the words"))]
        self.what = Choice(whats, WORDS, tr("What goes"))
        self.months, self.megabytes = Spin(), Spin()
        self.months.setRange(1, MOST_MONTHS)
        self.months.setValue(_YEAR)
        self.megabytes.setRange(1, MOST_MEGABYTES)
        self.megabytes.setValue(_USUAL_MEGABYTES)
        self.place = Choice(_places(bench), name=tr("Where"))
        self.members = Choice(_members(bench), ALL, tr("With whom"))
        self._size_label = Label(tr("Files above so many MB"), "meta", "text2")
        for label, field in (
            (Label(tr("What goes"), "meta", "text2"), self.what),
            (self._size_label, self.megabytes),
            (Label(tr("How many months after a conversation is done"), "meta", "text2"), self.months),
            (Label(tr("Where"), "meta", "text2"), self.place),
            (Label(tr("With whom; where several speak, all of them"), "meta", "text2"), self.members),
        ):
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
            column.addSpacing(6)
        self.what.picked.connect(self._turn)
        self._turn()

    def rule(self) -> Rule:
        """The rule that is asked for; it isn't kept yet."""
        what, place, members = self.what.key(), self.place.key(), self.members.key()
        label = members.removeprefix(_LABELLED) if members.startswith(_LABELLED) else ""
        return Rule(
            0,
            what,
            self.months.value(),
            self.megabytes.value() if what == FILES else 0,
            place.removeprefix(_CHANNEL) if place.startswith(_CHANNEL) else "",
            int(place.removeprefix(_ACCOUNT)) if place.startswith(_ACCOUNT) else None,
            LABEL if label else members or ALL,
            int(label) if label else None,
        )

    def _turn(self, *_: object) -> None:
        is_about_files = self.what.key() == FILES
        self.megabytes.setVisible(is_about_files)
        self._size_label.setVisible(is_about_files)


def _places(bench: Workbench) -> list[tuple[str, str]]:
    """Everywhere, each kind of channel that there are accounts of, and each account."""
    accounts = bench.accounts.all(removed=True)
    kinds = sorted({(tr(channel(one.kind).title), one.kind) for one in accounts})
    every = tr("Every account of: {channel}")
    one_account = tr("Only: {account}")
    return [
        ("all", tr("All places")),
        *((f"{_CHANNEL}{kind}", every.format(channel=title)) for title, kind in kinds),
        *((f"{_ACCOUNT}{one.id}", one_account.format(account=text.plain(one.name))) for one in accounts),
    ]


def _members(bench: Workbench) -> list[tuple[str, str]]:
    """Everybody, those of whom nothing is known or given, and those with each label that members have."""
    plain = [(key, _begun(members_words(key))) for key in MEMBERS if key != LABEL]
    labels = [one for one in bench.labels.every() if one.members]
    return [*plain, *((f"{_LABELLED}{one.id}", _begun(members_words(LABEL, text.plain(one.name)))) for one in labels)]


def _begun(words: str) -> str:
    """The words with a capital at the beginning."""
    return words[:1].upper() + words[1:]
