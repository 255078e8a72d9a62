"""The side of the members page that lists who wrote for the first or second time, and who came back."""

from __future__ import annotations

from collections.abc import Sequence

from app.involvement import Returned
from ui.look import text
from ui.look.text import tr
from ui.pages.members.reasons import ReasonRow, ReasonSide
from ui.widgets.buttons import CommandButton
from ui.widgets.panels import EmptyState

_WEEK_DAYS = 7
_SECOND, _BACK = 1 << 40, 2 << 40
"""Make ids of the later sections, in which a member may be once more."""


class NewSide(ReasonSide):
    """Lists who wrote for the first or second time, and who had gone quiet and wrote again."""

    def called(self) -> str:
        """What the list is called."""
        return tr("New here")

    def nothing(self) -> EmptyState:
        """It leads to what brings people."""
        more = tr("Whoever writes for the first or second time is shown here, and who comes back after a long while.")
        buttons = [CommandButton("connect", self.frame), CommandButton("show_people", self.frame)]
        return EmptyState("user-plus", tr("Nobody is new"), more=more, buttons=buttons)

    def buttons(self) -> Sequence[tuple[str, str]]:
        """What can be done with a newcomer."""
        return (("reply", tr("Welcome")), ("pair_later", tr("Not today")))

    def head_line(self) -> str:
        """How much of the month's talk is with the ideal audience, once anybody is marked."""
        share = self.bench.involvement.share()
        if not share.marked:
            return ""
        words = tr("{with_them} of {conversations} conversations this month are with your ideal audience ({percent}%).")
        return words.format(
            with_them=text.number(share.with_them), conversations=text.number(share.conversations),
            percent=share.percent,
        )  # fmt: skip

    def sections(self) -> Sequence[tuple[str, Sequence[ReasonRow]]]:
        """First time, second time, came back."""
        involvement, away, now = self.bench.involvement, self.put_off(), self.model.now
        first = [one for one in involvement.newcomers(now) if one.member_id not in away]
        second = [one for one in involvement.second_time(now) if one.member_id not in away]
        back = [one for one in involvement.came_back(now) if one.member_id not in away]
        levels = self.levels_of([*(one.member_id for one in first), *(one.member_id for one in (*second, *back))])
        return (
            (
                tr("First time here"),
                [
                    ReasonRow(
                        one.member_id, one.member_id, one.name, tr("First message, no reply yet"),
                        levels.get(one.member_id, ""), one.at, one.title, one.conversation_id,
                    )
                    for one in first
                ],
            ),
            (
                tr("Back a second time"),
                [
                    _returned(
                        _SECOND, one, levels.get(one.member_id, ""),
                        text.counted(one.days, "Second visit, {count} day later", "Second visit, {count} days later"),
                    )
                    for one in second
                ],
            ),
            (
                tr("Came back"),
                [
                    _returned(
                        _BACK, one, levels.get(one.member_id, ""),
                        text.counted(
                            max(1, one.days // _WEEK_DAYS), "Silent for {count} week", "Silent for {count} weeks"
                        ),
                    )
                    for one in back
                ],
            ),
        )  # fmt: skip


def _returned(section: int, one: Returned, level: str, reason: str) -> ReasonRow:
    return ReasonRow(
        section | one.member_id, one.member_id, one.name, reason, level, one.at, one.title, one.conversation_id
    )
