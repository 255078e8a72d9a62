"""`moderate` and `moderation list|undo|retry|export`: what is done to messages at their channels, and the log of it."""

from __future__ import annotations

import re
from argparse import Namespace
from typing import TYPE_CHECKING

from app.base import ids
from app.base.errors import UserError
from app.base.words import N_, tr
from app.channels.channel import MUTE
from app.cli import exports
from app.cli.arguments import Commands, limit
from app.cli.output import Output, iso, one_line, table, when
from app.cli.shapes import Shape, named
from app.moderation.verbs import VERBS
from app.moderation.words import span
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.moderation import Deed

_TIME = re.compile(r"(?P<count>[0-9]{1,6}) ?(?P<unit>[mhdw])")
_UNITS = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_LONGEST = 366 * 86_400
_STATES = {
    "held": N_("held"),
    "queued": N_("queued"),
    "doing": N_("in progress"),
    "done": N_("done"),
    "failed": N_("failed"),
    "undone": N_("undone"),
}


def add(commands: Commands) -> None:
    """Add the commands."""
    made = commands.add(
        "moderate",
        moderate,
        tr("hide, show (approve), mark or delete a message on its channel; close its conversation; mute its author"),
    )
    made.add_argument("id", metavar=tr("MESSAGE"), help=tr("M-..."))
    made.add_argument("verb", choices=VERBS)
    made.add_argument(
        "--guideline",
        default="",
        metavar=tr("WORDS"),
        help=tr("the guideline this is based on; needed for hide, show, spam, delete, mute and ban"),
    )
    made.add_argument(
        "--for", dest="lasts", metavar=tr("TIME"), help=tr("how long to mute: 30m, 12h, 1d, 2w; default: 1d")
    )
    made.add_argument("--why", default="", metavar=tr("WORDS"), help=tr("what in the message breaks it"))
    made.add_argument("--evidence", default="", metavar=tr("WORDS"), help=tr("where to find more evidence"))
    made.add_argument(
        "--now",
        action="store_true",
        help=tr("right away; otherwise there is time to undo, then `sync` or an open window does it"),
    )
    group = commands.group("moderation", tr("the log of moderation actions and the reasons for them"))
    made = group.add("list", show_list, tr("list the log, newest first"))
    made.add_argument("--conversation", metavar=tr("ID"), help=tr("only this conversation: C-..."))
    made.add_argument("--state", choices=tuple(_STATES), help=tr("only entries with this status"))
    limit(made)
    for name, run, says in (
        ("undo", undo, tr("undo one: if it's still held, nothing is sent; otherwise the channel is asked to undo it")),
        ("retry", retry, tr("retry one that failed")),
    ):
        group.add(name, run, says).add_argument(
            "number", metavar=tr("N"), type=int, help=tr("the number shown by `moderation list`")
        )
    made = group.add("export", export, tr("export the whole log as CSV"))
    exports.destination(made)


def moderate(bench: Workbench, asked: Namespace) -> Output:
    """Moderate a message; exit status 1 if --now was given and it did not succeed."""
    message = ids.number(ids.MESSAGE, asked.id)
    hold = 0 if asked.now else bench.settings.number("hold_seconds")
    seconds = _seconds(asked.verb, asked.lasts)
    made = bench.moderation.do(message, asked.verb, asked.guideline, asked.why, asked.evidence, hold, seconds=seconds)
    if asked.now:
        bench.sync.send(bench.moderation.get(made).account_id)
    deed = bench.moderation.get(made)
    return Output(deed_json(deed), [_sentence(deed)], 1 if asked.now and deed.state != "done" else 0)


def _seconds(verb: str, typed: str | None) -> int:
    """For how long an author is to be muted: 0 where that was not said. Raises UserError."""
    if typed is None:
        return 0
    if verb != MUTE:
        msg = tr("Only `mute` takes --for: everything else lasts until it's undone.")
        raise UserError(msg)
    found = _TIME.fullmatch(typed.strip().lower())
    seconds = int(found["count"]) * _UNITS[found["unit"]] if found else 0
    if not 0 < seconds <= _LONGEST:
        msg = tr("“{time}” isn't a time to mute somebody for. Write 30m, 12h, 1d or 2w, at most a year.").format(
            time=typed
        )
        raise UserError(msg)
    return seconds


def _sentence(deed: Deed) -> str:
    if deed.state == "held":
        return tr("{id}: {verb} is held until {when}; then the window or `sync` does it.").format(
            id=deed.id, verb=deed.verb, when=when(deed.held_until)
        )
    sentence = tr("{id}: {verb}, {state}.")
    if deed.error:
        sentence = tr("{id}: {verb}, {state}. {error}")
    return sentence.format(id=deed.id, verb=deed.verb, state=tr(_STATES[deed.state]), error=deed.error)


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List the log."""
    talk = None
    if asked.conversation is not None:
        talk = bench.inbox.row(ids.number(ids.CONVERSATION, asked.conversation)).id
    deeds = bench.moderation.entries(talk, (asked.state,) if asked.state else ())[: asked.limit]
    cells = [
        (
            str(deed.id),
            when(deed.at),
            f"{deed.verb} ({span(deed.seconds)})" if deed.seconds else deed.verb,
            deed.state,
            deed.account,
            deed.author,
            deed.guideline,
            one_line(deed.text, 60),
        )
        for deed in deeds
    ]
    return Output([deed_json(deed) for deed in deeds], table(cells) or [tr("No moderation actions found.")])


def undo(bench: Workbench, asked: Namespace) -> Output:
    """Undo an entry and show what stands in the log for it then."""
    return _deed_output(bench.moderation.get(bench.moderation.undo(asked.number)))


def retry(bench: Workbench, asked: Namespace) -> Output:
    """Retry an entry and show it."""
    bench.moderation.get(asked.number)
    bench.moderation.retry(asked.number)
    return _deed_output(bench.moderation.get(asked.number))


def _deed_output(deed: Deed) -> Output:
    return Output(deed_json(deed), [_sentence(deed)])


def export(bench: Workbench, asked: Namespace) -> Output:
    """Export the whole log."""
    from app.export.lists import write_moderation  # noqa: PLC0415  loaded by this command alone

    return exports.write(asked, "moderation", lambda path, how: write_moderation(path, bench.moderation.entries(), how))


def deed_json(deed: Deed) -> Shape:
    """The JSON of a log entry."""
    return {
        "id": deed.id,
        "at": iso(deed.at),
        "verb": deed.verb,
        "seconds": deed.seconds or None,
        "state": deed.state,
        "guideline": deed.guideline,
        "why": deed.why,
        "evidence": deed.evidence,
        "channel": deed.account,
        "kind": deed.kind,
        "conversation": named("C", deed.conversation_id),
        "message": named("M", deed.message_id),
        "member": named("P", deed.member_id),
        "author": deed.author,
        "text": deed.text,
        "said_at": iso(deed.said_at),
        "url": deed.url,
        "held_until": iso(deed.held_until),
        "done_at": iso(deed.done_at),
        "takes_back": deed.undoes_id,
        "error": deed.error or None,
    }
