"""`correct` and `withdraw`: our own messages that a channel has, changed there through the outbox."""

from __future__ import annotations

from argparse import Namespace

from app.base import ids
from app.base.errors import UserError
from app.base.words import tr
from app.cli.arguments import Commands
from app.cli.output import Output
from app.cli.replies import UNSENT, entry_json, in_a_sentence
from app.cli.templates import finding_json
from app.cli.text_files import text_of
from app.voice import Draft
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the commands."""
    made = commands.add("correct", correct, tr("give a message of yours other words on its channel"))
    made.add_argument("id", metavar=tr("ID"), help=tr("M-..."))
    made.add_argument(
        "--text-file", required=True, metavar=tr("F"), help=tr("a file with the new words; - reads standard input")
    )
    made.add_argument("--language", default="", metavar=tr("L"), help=tr("the language of the new words"))
    made.add_argument(
        "--override",
        default="",
        metavar=tr("REASON"),
        help=tr("the reason for sending anyway when the voice guide needs one"),
    )
    made.add_argument("--now", action="store_true", help=tr("do it right away; otherwise there is time for `undo`"))
    made = commands.add("withdraw", withdraw, tr("delete a message of yours on its channel; its words stay here"))
    made.add_argument("id", metavar=tr("ID"), help=tr("M-..."))
    made.add_argument("--now", action="store_true", help=tr("do it right away; otherwise there is time for `undo`"))


def correct(bench: Workbench, asked: Namespace) -> Output:
    """Put a correction into the outbox, and send it with --now; exit status 1 if it is failed or undecided then."""
    number = _message(bench, asked.id)
    language = asked.language or bench.inbox.row(bench.inbox.conversation_of(number)).language
    draft = Draft(text_of(asked.text_file), language)
    _refuse(bench, number, "correct")
    cleared = bench.voice.clear(bench.outbox.read_by(draft, bench.inbox.conversation_of(number)), reason=asked.override)
    said = bench.outbox.consequence(number, "correct")
    made = bench.outbox.correct(number, cleared, 0 if asked.now else bench.settings.number("hold_seconds"))
    findings = [finding_json(finding) for finding in bench.voice.look(cleared.draft)]
    return _done(bench, made, said, findings, now=asked.now)


def withdraw(bench: Workbench, asked: Namespace) -> Output:
    """Put a withdrawal into the outbox, and send it with --now; exit status 1 if it is failed or undecided then."""
    number = _message(bench, asked.id)
    _refuse(bench, number, "withdraw")
    said = bench.outbox.consequence(number, "withdraw")
    made = bench.outbox.withdraw(number, 0 if asked.now else bench.settings.number("hold_seconds"))
    return _done(bench, made, said, [], now=asked.now)


def _message(bench: Workbench, typed: str) -> int:
    """The id of a message, which a reply that is sent stands for as well.

    One that is not sent yet is edited where it is: raises UserError that says how.
    """
    kind, number = ids.parse(typed)
    if kind == ids.OUTBOX:
        message = bench.outbox.get(number).message_id
        if message is not None:
            return message
        msg = tr("{id} isn't sent yet, so there's nothing to correct: `outbox discard {id}` makes it a draft again.")
        raise UserError(msg.format(id=ids.display(kind, number)))
    return ids.number("M", typed)


def _refuse(bench: Workbench, number: int, purpose: str) -> None:
    why = bench.outbox.can_change(number).why_not(purpose)
    if why:
        raise UserError(why)


def _done(bench: Workbench, made: int, said: str, findings: list[dict[str, object]], *, now: bool) -> Output:
    if now:
        bench.sync.send(bench.outbox.get(made).account_id)
    entry = bench.outbox.get(made)
    shape = {**entry_json(bench, entry), "parts": [ids.display("O", made)], "findings": findings, "consequence": said}
    return Output(shape, [said, in_a_sentence(entry)], 1 if entry.state in UNSENT else 0)
