"""All that the inbox list can be narrowed to, in groups; Enter puts one in or takes it out, and the list stays open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from app.commands.key_names import shown_key
from app.search import Group, toggled
from ui.commands.matching import match
from ui.look import text
from ui.look.text import tr
from ui.widgets.pick_list import ALL, NONE, Pick, PickList

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.workbench import Workbench
    from ui.pages.inbox.list_filter import ListFilter
    from ui.pages.inbox.list_search import ListSearch

_STATE = "state"


class Narrowed(Protocol):
    """The list that is narrowed: its search and its filter."""

    search: ListSearch
    filter: ListFilter

    def narrow(self, words: str) -> None:
        """List what these words find in the state that is shown."""
        ...

    def window(self) -> QWidget:
        """The window that the picker lies over."""
        ...


class FilterPicker(PickList):
    """The states, of which one is shown, and what narrows the list further: operators in the words of the search."""

    def __init__(self, bench: Workbench, shown: Narrowed) -> None:
        """Narrow this list."""
        self._bench, self._shown = bench, shown
        keys = [(shown_key("Enter"), tr("choose")), (shown_key("Escape"), tr("close"))]
        super().__init__(shown.window(), tr("Filter"), tr("Find a channel, a language, a label…"), keys)
        self.chosen.connect(self._choose)

    def picks(self, typed: str) -> list[Pick]:
        """The states with their counts, then each group below its heading, as far as they match what is typed."""
        rows = _below(tr("Show"), "", self._states(), typed)
        for group in self._bench.search.choices(self._shown.search.words()):
            several = len(group.choices) > 1
            aside = (tr("all of these") if group.together else tr("any of these")) if several else ""
            rows += _below(group.title, aside, _choices(group), typed)
        return rows

    def _states(self) -> list[Pick]:
        counts, now = self._bench.inbox.counts(), self._shown.filter.query.state
        titles = {
            "needs_me": tr("Unanswered"), "waiting": tr("Replied"), "snoozed": tr("Snoozed"), "done": tr("Done"),
            "quiet": tr("Quiet"), "all": tr("All"),
        }  # fmt: skip
        return [
            _pick(f"{_STATE} {state}", title, text.number(counts[state]) if state in counts else "", on=state == now)
            for state, title in titles.items()
        ]

    def _choose(self, key: str) -> None:
        operator, _, value = key.partition(" ")
        if operator == _STATE:
            self._shown.filter.show_place(value)
        else:
            self._shown.narrow(toggled(self._shown.search.words(), operator, value))
        self.field.clear()
        self.come_back()
        self.choose(next((at for at, row in enumerate(self.rows()) if row.key == key), 0))


def _choices(group: Group) -> list[Pick]:
    return [_pick(f"{one.operator} {one.value}", text.plain(one.title), "", on=one.on) for one in group.choices]


def _pick(key: str, title: str, aside: str, *, on: bool) -> Pick:
    state = tr("chosen") if on else tr("not chosen")
    spoken = ", ".join(part for part in (title, state, aside) if part)
    return Pick(key, title, aside, mark=ALL if on else NONE, spoken=spoken)


def _below(title: str, aside: str, picks: Sequence[Pick], typed: str) -> list[Pick]:
    """The picks that match below their heading; all of them if the heading matches; nothing if none does."""
    every = match(typed, title) is not None
    found = [pick for pick in picks if every or match(typed, pick.title) is not None]
    return [Pick("", title, aside), *found] if found else []
