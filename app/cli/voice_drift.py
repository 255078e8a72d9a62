"""`voice drift`: how often each rule of the voice guide was met in what was sent, by month; and in which replies."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Sequence

from app.base import clock, ids
from app.base.errors import UserError
from app.base.words import tr
from app.cli.arguments import Commands, limit
from app.cli.output import Output, iso, one_line, table, when
from app.cli.shapes import Shape, named
from app.voice import Rule
from app.voice.drift import MONTHS, MOST_MONTHS, Met, by_rule_and_month, months
from app.workbench import Workbench

_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_MOST_DIGITS = 9


def add(voice: Commands) -> None:
    """Add the command to the group of the voice guide."""
    made = voice.add(
        "drift",
        drift,
        tr("count the sent messages in which each rule was met, month by month; not how letters begin and end"),
    )
    made.add_argument(
        "--months", metavar=tr("N"), default=str(MONTHS), help=tr("how many months, this one among them; default: 12")
    )
    made.add_argument(
        "--rule", metavar=tr("N"), default="", help=tr("list the messages that meet this rule, from `voice rule list`")
    )
    made.add_argument("--month", metavar=tr("YYYY-MM"), default="", help=tr("list the messages of this month only"))
    limit(made)


def drift(bench: Workbench, asked: Namespace) -> Output:
    """Count by rule and month; list the messages where a rule or a month is asked for."""
    shown = months(clock.now(), _many(asked.months))
    rule = None if not asked.rule else bench.voice.rule(_number(asked.rule))
    if asked.month:
        shown = (_month(asked.month, shown),)
    found = [one for one in bench.voice.met_since(shown[0]) if one.month in shown]
    if rule is not None:
        found = [one for one in found if one.rule_id == rule.id]
    if rule is not None or asked.month:
        return _listed(bench, found[::-1][: asked.limit])
    return _counted(bench.voice.rules(), found, shown, asked.limit)


def _counted(rules: Sequence[Rule], found: Sequence[Met], shown: Sequence[str], most: int) -> Output:
    rows = by_rule_and_month(rules, found)[:most]
    told: list[Shape] = [
        {
            "rule": row.rule.id, "words": row.rule.named,
            "months": [
                {"month": month, "count": len(of), "messages": [ids.display(ids.MESSAGE, one.message_id) for one in of]}
                for month in shown for of in [row.of(month)]
            ],
        }
        for row in rows
    ]  # fmt: skip
    head = ["", "", *shown]
    cells = [
        [str(row.rule.id), one_line(row.rule.named, 40), *(str(len(row.of(month))) for month in shown)] for row in rows
    ]
    lines = table([head, *cells]) if rows else [tr("No rule was met in what was sent in these months.")]
    return Output(told, lines)


def _listed(bench: Workbench, found: Sequence[Met]) -> Output:
    told: list[Shape] = [
        {
            "message": ids.display(ids.MESSAGE, one.message_id), "rule": one.rule_id, "month": one.month,
            "conversation": named(ids.CONVERSATION, one.conversation_id), "words": one.words, "at": iso(one.at),
        }
        for one in found
    ]  # fmt: skip
    names = {rule.id: rule.named for rule in bench.voice.rules()}
    lines = table(
        (
            ids.display(ids.MESSAGE, one.message_id), ids.display(ids.CONVERSATION, one.conversation_id), when(one.at),
            one_line(names.get(one.rule_id, ""), 40), one_line(one.words, 40),
        )
        for one in found
    )  # fmt: skip
    return Output(told, lines or [tr("No message that was sent meets it.")])


def _many(typed: str) -> int:
    if not typed.isdecimal() or not 1 <= int(typed[:_MOST_DIGITS]) <= MOST_MONTHS:
        msg = tr("“{typed}” isn't a number of months from 1 to {most}.").format(typed=typed, most=MOST_MONTHS)
        raise UserError(msg)
    return int(typed)


def _number(typed: str) -> int:
    if not typed.isdecimal():
        msg = tr("“{typed}” isn't the number of a rule.").format(typed=typed)
        raise UserError(msg)
    return int(typed[:_MOST_DIGITS])


def _month(typed: str, shown: Sequence[str]) -> str:
    if not _MONTH.fullmatch(typed):
        msg = tr("“{typed}” isn't a month. Write it like 2026-11.").format(typed=typed)
        raise UserError(msg)
    if typed not in shown:
        msg = tr("{typed} isn't among the last {count} months. Give more with --months.").format(
            typed=typed, count=len(shown)
        )
        raise UserError(msg)
    return typed
