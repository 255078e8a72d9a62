"""`react` and `unreact`: what a message of somebody else is answered with besides words, through the outbox."""

from __future__ import annotations

from argparse import Namespace

from app.base import ids
from app.base.errors import UserError
from app.base.words import tr
from app.cli.arguments import Commands
from app.cli.output import Output
from app.cli.replies import UNSENT, entry_json, in_a_sentence
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the commands."""
    for name, run, says in (
        ("react", react, tr("like, favourite or react to a message; closes what asked for nothing")),
        ("unreact", unreact, tr("take a reaction of yours back")),
    ):
        made = commands.add(name, run, says)
        made.add_argument("id", metavar=tr("ID"), help=tr("M-..., or C-... for its last message"))
        made.add_argument(
            "reaction", nargs="?", default="", metavar=tr("REACTION"),
            help=tr("like, favourite, heart, thumbs-up, party ... or an emoji; the channel's usual one if left out"),
        )  # fmt: skip
        made.add_argument("--now", action="store_true", help=tr("do it right away; otherwise there is time for `undo`"))


def react(bench: Workbench, asked: Namespace) -> Output:
    """Put a reaction into the outbox, and send it with --now; exit status 1 if it is failed or undecided then."""
    message, desk = _message(bench, asked.id), bench.outbox.reactions
    why = desk.why_not(message)
    if why:
        raise UserError(why)
    said = desk.consequence(message, asked.reaction)
    made = desk.react(message, asked.reaction, 0 if asked.now else bench.settings.number("hold_seconds"))
    return _done(bench, made, said, now=asked.now)


def unreact(bench: Workbench, asked: Namespace) -> Output:
    """Put the taking back of a reaction into the outbox, and send it with --now; exit status as for `react`."""
    message = _message(bench, asked.id)
    hold = 0 if asked.now else bench.settings.number("hold_seconds")
    return _done(bench, bench.outbox.reactions.unreact(message, asked.reaction, hold), "", now=asked.now)


def _message(bench: Workbench, typed: str) -> int:
    """The id of a message; a conversation stands for the last word of somebody else in it."""
    kind, number = ids.parse(typed)
    if kind == ids.CONVERSATION:
        return bench.outbox.reactions.latest(bench.inbox.row(number).id)
    return ids.number("M", typed)


def _done(bench: Workbench, made: int, said: str, *, now: bool) -> Output:
    if now:
        bench.sync.send(bench.outbox.get(made).account_id)
    entry = bench.outbox.get(made)
    row = bench.inbox.row(entry.conversation_id)
    shape = {**entry_json(bench, entry), "consequence": said or None, "conversation_state": row.state}
    return Output(shape, [*([said] if said else []), in_a_sentence(entry)], 1 if entry.state in UNSENT else 0)
