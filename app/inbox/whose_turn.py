"""Whose turn it is when somebody's last words only end a talk ("Thanks!", "ok", an emoji). A pure function.

| what they wrote answers | and | then |
| --- | --- | --- |
| nothing that we said: they spoke last, or nobody but they has | | it needs us |
| us, but who wrote it never spoke there before, nor did we write to them | | it needs us |
| us, and the person once brought back what its writer ended | | it needs us |
| us, who asked something | it does not say that the matter is settled | it needs us |
| us | it is snoozed until they reply | it needs us |
| us | it is unhappy, difficult, handed off, promised something or snoozed; or a reply is on its way | it stays |
| us | | it closes by itself, or stays closed |
"""

from __future__ import annotations

from typing import NamedTuple

NEEDS_US, STAYS, CLOSES = "needs_us", "stays", "closes"
"""What such words do: they count as any others; they change nothing; they close their conversation."""


class Situation(NamedTuple):
    """A conversation before such words came into it.

    `answers_us`: the last that anybody said there, and that counts, is ours and was sent. `asked`: it asks something;
    `settles`: the words say that the matter is settled. `known`: their writer spoke there before, or we wrote to them
    alone. `wanted`: the person wants to see what their writer ends (see the table `closing_habit`). `until_reply`: it
    is snoozed until they reply; `snoozed`: until a time. `marked`: it is unhappy, difficult, handed off, or we promised
    something there. `on_its_way`: a reply of ours is to be sent.
    """

    answers_us: bool = True
    asked: bool = False
    settles: bool = False
    known: bool = True
    wanted: bool = False
    until_reply: bool = False
    snoozed: bool = False
    marked: bool = False
    on_its_way: bool = False


def after_closer(before: Situation) -> str:
    """What words that only end a talk do there: NEEDS_US, STAYS or CLOSES."""
    if not before.answers_us or not before.known or before.wanted or before.until_reply:
        return NEEDS_US
    if before.asked and not before.settles:
        return NEEDS_US
    return STAYS if before.marked or before.snoozed or before.on_its_way else CLOSES
