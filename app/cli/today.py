"""`today`: how fresh it is, what each noun has for the day, and what fits into so many minutes."""

from __future__ import annotations

import argparse
from argparse import Namespace

from app.base import clock, ids
from app.base.words import counted, tr
from app.cli.arguments import Commands
from app.cli.output import Output, ago, iso, one_line, table, when
from app.cli.shapes import Shape
from app.today import GroupRow, Thing, Timed, words
from app.today.fresh import Told
from app.today.queue import CLOSING
from app.workbench import Workbench

USUAL_MINUTES, _MOST_MINUTES = 25, 1440
_LETTERS = {"conversation": ids.CONVERSATION, "handoff": ids.HANDOFF, "gift": ids.GIFT, "draft": ids.CONVERSATION,
            "member": ids.MEMBER, "work": ids.WORK}  # fmt: skip


def _age(at: int, now: int) -> str:
    return ago(at, now)


def _when(at: int, _now: int) -> str:
    return when(at)


SHOWN = words.Shown(_age, _when, one_line)


def add(commands: Commands) -> None:
    """Add the command."""
    made = commands.add("today", run, tr("say how fresh it is, what is due today, and what fits into so many minutes"))
    usually = tr("how many minutes you have (default: until the block ends, else {usual})").format(usual=USUAL_MINUTES)
    made.add_argument("--minutes", type=_minutes, metavar=tr("N"), help=usually)


def _minutes(typed: str) -> int:
    if not typed.strip().isdecimal() or not 1 <= int(typed) <= _MOST_MINUTES:
        msg = tr("“{typed}” isn't a number of minutes from 1 to {most}").format(typed=typed, most=_MOST_MINUTES)
        raise argparse.ArgumentTypeError(msg)
    return int(typed)


def run(bench: Workbench, asked: Namespace) -> Output:
    """Print the day."""
    now = clock.now()
    minutes = asked.minutes or bench.today.until_block_ends(now) or USUAL_MINUTES
    day = bench.today.day(minutes, now)
    made = day.queue
    data = {
        "fresh": [_told_json(one, now) for one in day.fresh.told],
        "groups": {group.key: [_row_json(row, now) for row in group.rows] for group in day.groups},
        "queue": [_timed_json(one, now) for one in made.fits],
        "fits": len(made.fits), "waits": made.waiting, "minutes": minutes,
    }  # fmt: skip
    lines = [*words.freshness(day.fresh, now, SHOWN), *filter(None, [words.by_hand(day.fresh, now, SHOWN)])]
    for group in day.groups:
        lines += ["", tr("{title} ({count})").format(title=tr(group.title), count=group.total)]
        lines += table([_shown_id(row), row.what or row.who, words.note(row, now, SHOWN)] for row in group.rows)
    lines += ["", words.fits(made, now, SHOWN) or tr("Nothing needs you.")]
    lines += table(
        [_thing_id(one.thing), one.thing.who, one.thing.what, words.why(one.thing, now, SHOWN),
         counted(one.minutes, "{count} minute", "{count} minutes")]
        for one in made.fits
    )  # fmt: skip
    return Output(data, lines)


def _told_json(one: Told, now: int) -> Shape:
    trouble = words.trouble(one, now, SHOWN) if one.standing not in ("ok", "by_hand") else None
    return {"account": one.name, "state": one.standing.replace("_", "-"), "at": iso(one.at), "trouble": trouble}


def _row_json(row: GroupRow, now: int) -> Shape:
    return {"id": _shown_id(row), "who": row.who or None, "what": row.what or None, "why": words.note(row, now, SHOWN)}


def _timed_json(one: Timed, now: int) -> Shape:
    return {"id": _thing_id(one.thing), "why": words.why(one.thing, now, SHOWN), "minutes": one.minutes,
            "closes_at": iso(one.thing.due) if one.thing.reason == CLOSING else None}  # fmt: skip


def _shown_id(row: GroupRow) -> str:
    return _id(row.noun, row.id, row.conversation_id, row.member_id)


def _thing_id(thing: Thing) -> str:
    return _id(thing.noun, thing.id, thing.conversation_id, thing.member_id)


def _id(noun: str, number: int, conversation: int | None, member: int | None) -> str:
    """What other commands take: the row's own id; of a promise the conversation's, else the member's."""
    if noun in _LETTERS:
        return ids.display(_LETTERS[noun], number)
    if conversation is not None:
        return ids.display(ids.CONVERSATION, conversation)
    return ids.display(ids.MEMBER, member) if member is not None else str(number)
