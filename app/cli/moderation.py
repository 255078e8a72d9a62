"""`moderate` and `moderation list|undo|retry|export`: hide, approve or delete messages, and the log of it."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from app.base import ids
from app.base.words import N_, tr
from app.channels.base import DELETE, HIDE, SHOW, SPAM
from app.cli import exports
from app.cli.answers import Answer, iso, one_line, table, when
from app.cli.arguments import Commands, limit
from app.cli.shapes import Shape, named
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.moderation import Deed

_VERBS = (HIDE, SHOW, SPAM, DELETE)
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
        "moderate", moderate, tr("hide, show (approve), mark as spam or delete a message on its channel")
    )
    made.add_argument("id", metavar=tr("MESSAGE"), help=tr("M-..."))
    made.add_argument("verb", choices=_VERBS)
    made.add_argument("--guideline", required=True, metavar=tr("WORDS"), help=tr("the guideline this is based on"))
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


def moderate(bench: Workbench, asked: Namespace) -> Answer:
    """Moderate a message; exit status 1 if --now was given and it did not succeed."""
    message = ids.number(ids.MESSAGE, asked.id)
    hold = 0 if asked.now else bench.settings.number("hold_seconds")
    made = bench.moderation.do(message, asked.verb, asked.guideline, asked.why, asked.evidence, hold)
    if asked.now:
        bench.sync.send(bench.moderation.get(made).account_id)
    found = bench.moderation.get(made)
    return Answer(deed(found), [_sentence(found)], 1 if asked.now and found.state != "done" else 0)


def _sentence(one: Deed) -> str:
    if one.state == "held":
        return tr("{id}: {verb} is held until {when}; then the window or `sync` does it.").format(
            id=one.id, verb=one.verb, when=when(one.held_until)
        )
    sentence = tr("{id}: {verb}, {state}.")
    if one.error:
        sentence = tr("{id}: {verb}, {state}. {error}")
    return sentence.format(id=one.id, verb=one.verb, state=tr(_STATES[one.state]), error=one.error)


def show_list(bench: Workbench, asked: Namespace) -> Answer:
    """List the log."""
    talk = None
    if asked.conversation is not None:
        talk = bench.inbox.row(ids.number(ids.CONVERSATION, asked.conversation)).id
    found = bench.moderation.entries(talk, (asked.state,) if asked.state else ())[: asked.limit]
    cells = [
        (str(one.id), when(one.at), one.verb, one.state, one.account, one.author, one.guideline, one_line(one.text, 60))
        for one in found
    ]
    return Answer([deed(one) for one in found], table(cells) or [tr("No moderation actions found.")])


def undo(bench: Workbench, asked: Namespace) -> Answer:
    """Undo an entry and show what stands in the log for it then."""
    return _shown(bench.moderation.get(bench.moderation.undo(asked.number)))


def retry(bench: Workbench, asked: Namespace) -> Answer:
    """Retry an entry and show it."""
    bench.moderation.get(asked.number)
    bench.moderation.retry(asked.number)
    return _shown(bench.moderation.get(asked.number))


def _shown(one: Deed) -> Answer:
    return Answer(deed(one), [_sentence(one)])


def export(bench: Workbench, asked: Namespace) -> Answer:
    """Export the whole log."""
    from app.export.lists import write_moderation  # noqa: PLC0415  loaded by this command alone

    return exports.write(asked, "moderation", lambda path, how: write_moderation(path, bench.moderation.entries(), how))


def deed(one: Deed) -> Shape:
    """The JSON of a log entry."""
    return {
        "id": one.id,
        "at": iso(one.at),
        "verb": one.verb,
        "state": one.state,
        "guideline": one.guideline,
        "why": one.why,
        "evidence": one.evidence,
        "channel": one.account,
        "kind": one.kind,
        "conversation": named("C", one.conversation_id),
        "message": named("M", one.message_id),
        "member": named("P", one.member_id),
        "author": one.author,
        "text": one.text,
        "said_at": iso(one.said_at),
        "url": one.url,
        "held_until": iso(one.held_until),
        "done_at": iso(one.done_at),
        "takes_back": one.undoes_id,
        "error": one.error or None,
    }
