"""`drafts` and `draft`: all that was begun and is not sent, and writing a reply's draft."""

from __future__ import annotations

from argparse import Namespace

from app.base import clock, ids
from app.base.errors import NotFoundError
from app.base.words import N_, counted, tr
from app.cli.arguments import Commands, limit
from app.cli.output import Output, ago, iso, one_line, table
from app.cli.shapes import Shape, spoken
from app.cli.text_files import text_of
from app.inbox.beside import BOTH, KEEP, TAKE
from app.outbox.unfinished import FORWARD, MESSAGE, POST, PRIVATE, REPLY, Unfinished
from app.workbench import Workbench

_KINDS = {
    REPLY: N_("reply"), MESSAGE: N_("new message"), FORWARD: N_("forwarded"), PRIVATE: N_("private message"),
    POST: N_("new post"),
}  # fmt: skip


def add(commands: Commands) -> None:
    """Add the commands."""
    made = commands.add("drafts", list_drafts, tr("list what isn't sent yet: replies, new messages and posts"))
    limit(made)
    group = commands.group("draft", tr("write the draft of a reply, and choose between two"))
    made = group.add("write", write, tr("write a draft; another one that is there is kept beside it"))
    made.add_argument("id", metavar=tr("ID"), help=tr("C-..."))
    made.add_argument(
        "--text-file", required=True, metavar=tr("F"), help=tr("a file with the text; - reads standard input")
    )
    made = group.add("show", show, tr("show a conversation's draft, and any beside it"))
    made.add_argument("id", metavar=tr("ID"), help=tr("C-..."))
    made = group.add("choose", choose, tr("choose between two drafts of one reply"))
    made.add_argument("id", metavar=tr("ID"), help=tr("C-..."))
    made.add_argument(
        "how", choices=(KEEP, TAKE, BOTH), help=tr("keep the draft, take the other one, or put that below")
    )


def _shape(draft: Unfinished) -> Shape:
    number = ids.display("C", draft.id) if draft.kind == REPLY else draft.id
    return {
        "kind": draft.kind, "id": number, "to": draft.to or None, "channel": draft.account or None,
        "public": draft.public, "title": draft.title, "text": draft.text, "at": iso(draft.at or None),
        "files": draft.files, "drafts_beside": draft.beside, "state": spoken(draft.state) if draft.state else None,
    }  # fmt: skip


def list_drafts(bench: Workbench, asked: Namespace) -> Output:
    """List them, the one written on last first."""
    now, every = clock.now(), bench.unsent.every()[: asked.limit]
    cells = [
        (
            ids.display("C", draft.id) if draft.kind == REPLY else "", tr(_KINDS[draft.kind]),
            ago(draft.at or None, now), draft.where, draft.to or tr("nobody yet"), _beside(draft),
            one_line(f"{draft.title}: {draft.text}" if draft.title else draft.text, 90),
        )
        for draft in every
    ]  # fmt: skip
    return Output([_shape(draft) for draft in every], table(cells, 28) or [tr("There are no drafts.")])


def _beside(draft: Unfinished) -> str:
    return counted(draft.beside, "{count} more version", "{count} more versions") if draft.beside else ""


def write(bench: Workbench, asked: Namespace) -> Output:
    """Write a draft, addressed as a reply would be."""
    number = bench.inbox.row(ids.number("C", asked.id)).id
    opened = bench.inbox.open(number, 1)
    to = opened.answering
    bench.inbox.keep_draft(
        number,
        text_of(asked.text_file),
        opened.row.language,
        to.message_id if to else None,
        opened.addressing,
        seen="",
    )
    return _shown(bench, number)


def show(bench: Workbench, asked: Namespace) -> Output:
    """Show the drafts of a conversation."""
    return _shown(bench, bench.inbox.row(ids.number("C", asked.id)).id)


def choose(bench: Workbench, asked: Namespace) -> Output:
    """Decide on the latest draft that is beside a conversation's own."""
    number = bench.inbox.row(ids.number("C", asked.id)).id
    beside = bench.inbox.drafts.beside(number)
    if not beside:
        raise NotFoundError(tr("{id} has no second draft.").format(id=ids.display("C", number)))
    bench.inbox.drafts.decide(beside[0].id, asked.how)
    return _shown(bench, number)


def _shown(bench: Workbench, number: int) -> Output:
    draft, beside = bench.inbox.open(number, 1).draft, bench.inbox.drafts.beside(number)
    shape = {
        "id": ids.display("C", number), "draft": draft or None,
        "beside": [{"text": other.text, "at": iso(other.at)} for other in beside],
    }  # fmt: skip
    lines = [draft or tr("No draft.")]
    for other in beside:
        when = ago(other.at, clock.now())
        lines += ["", tr("Written elsewhere {age} ago, and kept:").format(age=when), other.text]
    return Output(shape, lines)
