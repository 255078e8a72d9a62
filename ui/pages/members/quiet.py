"""The side of the members page that lists who has gone quiet, and with whom it's time to be in touch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from app.involvement.rhythm import phrase
from app.today.words import silence
from ui.frame.doing import undoable
from ui.look import text
from ui.look.text import tr
from ui.pages.members.reasons import ReasonRow, ReasonSide
from ui.widgets.buttons import CommandButton
from ui.widgets.panels import EmptyState

_DUE = 1 << 40
"""Makes ids of the second section, in which a member may be once more."""


class QuietSide(ReasonSide):
    """Lists who took part and has gone quiet, and who is due by the rhythm that was set for them."""

    def called(self) -> str:
        """What the list is called."""
        return tr("Gone quiet")

    def nothing(self) -> EmptyState:
        """It leads to the settings and to everybody."""
        more = tr(
            "Members who used to write and have stopped are shown here, and those with whom it's time to be in touch."
        )
        buttons = [CommandButton("show_people", self.frame), CommandButton("settings", self.frame)]
        return EmptyState("moon", tr("Nobody has gone quiet"), more=more, buttons=buttons)

    def buttons(self) -> Sequence[tuple[str, str]]:
        """What can be done with who has gone quiet."""
        return (("reply", tr("Write a personal note")), ("pair_later", tr("Not today")), ("let_be", ""))

    def sections(self) -> Sequence[tuple[str, Sequence[ReasonRow]]]:
        """Gone quiet, the keenest first; then who is due, the longest overdue first."""
        involvement, away, now = self.bench.involvement, self.put_off(), self.model.now
        quiet = [one for one in involvement.gone_quiet(now) if one.member_id not in away]
        due = [one for one in involvement.due(now) if one.member_id not in away]
        levels = self.levels_of([*(one.member_id for one in quiet), *(one.member_id for one in due)])
        return (
            (
                tr("Gone quiet"),
                [
                    ReasonRow(
                        one.member_id, one.member_id, one.name, silence(one.every_days, one.last_at, now),
                        levels.get(one.member_id, ""), one.last_at,
                    )
                    for one in quiet
                ],
            ),
            (
                tr("Time to be in touch"),
                [
                    ReasonRow(
                        _DUE | one.member_id, one.member_id, one.name,
                        tr("You want to be in touch {rhythm}").format(rhythm=phrase(one.every_days)),
                        levels.get(one.member_id, ""), one.last_at,
                    )
                    for one in due
                ],
            ),
        )  # fmt: skip

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What every such list can, and letting somebody be who has gone quiet."""
        found, row = dict(super().handlers()), self.row()
        if row is not None and row.id == row.member_id:
            found["let_be"] = partial(self._let_be, row)
        return found

    def _let_be(self, row: ReasonRow) -> None:
        words = tr("{name} won't be listed as quiet again until they write.").format(name=text.name(row.name))
        with undoable(self.frame, words):
            self.bench.today.let_be(row.member_id)
