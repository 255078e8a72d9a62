"""`voice ask|asked`: whether a reply may be sent that a rule stops, asked of a teammate and held until they answer."""

from __future__ import annotations

from argparse import Namespace

from app.base import ids
from app.base.errors import UserError
from app.base.words import N_, tr
from app.cli.arguments import Commands, limit
from app.cli.output import Output, one_line, table
from app.cli.shapes import Shape
from app.cli.text_files import text_of
from app.handoffs.approvals import Approval, stopped_first, whom_to_ask
from app.voice import Draft
from app.workbench import Workbench

_STATES = {"waiting": N_("waiting"), "yes": N_("yes"), "no": N_("no")}


def add(voice: Commands) -> None:
    """Add the commands to the group of the voice guide."""
    made = voice.add("ask", ask, tr("ask a teammate whether a reply may be sent that a rule stops"))
    made.add_argument("id", metavar=tr("ID"), help=tr("C-..."))
    made.add_argument("--text-file", required=True, metavar=tr("F"), help=tr("the reply; - reads standard input"))
    made.add_argument("--language", metavar=tr("L"), help=tr("its language; default: the conversation's"))
    made.add_argument("--to", metavar=tr("TEAMMATE"), help=tr("left out: the rule's owner, else the likeliest one"))
    made.add_argument("--needed-by", default="", metavar=tr("DATE"), help=tr("friday, in 3 days, 24.12. or 2026-11-30"))
    made.add_argument("--more", default="", metavar=tr("TEXT"), help=tr("what you ask besides"))
    made = voice.add("asked", show_asked, tr("list what was asked about replies, and the answers; latest first"))
    made.add_argument("id", metavar=tr("ID"), nargs="?", help=tr("C-...; left out: of all conversations"))
    limit(made)


def ask(bench: Workbench, asked: Namespace) -> Output:
    """Make the hand-off. Raises UserError where no rule stops the reply, or it is asked already."""
    number = ids.number(ids.CONVERSATION, asked.id)
    row = bench.inbox.row(number)
    spoken = row.language if asked.language is None else asked.language
    draft = bench.outbox.read_by(Draft(text_of(asked.text_file).strip(), spoken), number)
    found = bench.voice.look(draft)
    finding = stopped_first(found)
    if finding is None:
        waiting = next((one for one in found if one.asked == "waiting"), None)
        msg = waiting.why if waiting is not None else tr("No rule of the voice guide stops this reply.")
        raise UserError(msg)
    mate = bench.teammates.named(asked.to) if asked.to is not None else None
    if mate is None:
        people = whom_to_ask(bench, number, finding)
        if not people:
            msg = tr("No teammates yet. Add one with `teammate add`.")
            raise UserError(msg)
        mate = people[0]
    whom = bench.teammates.serving(mate.id)
    made = bench.approvals.ask(
        draft, finding, whom.id, more=asked.more, needed_by=bench.dates.day(asked.needed_by)
    )  # fmt: skip
    name = ids.display(ids.HANDOFF, made)
    said = tr(
        "{id} asks {teammate} about “{words}”. The reply is held until they answer; to send it to them:"
        " handoff file FILE --to NAME"
    ).format(id=name, teammate=whom.name, words=one_line(finding.words, 40))
    return Output({"id": name, "teammate": whom.name, "rule": finding.rule_id, "draft": draft.text}, [said])


def show_asked(bench: Workbench, asked: Namespace) -> Output:
    """List the questions."""
    number = None if asked.id is None else bench.inbox.row(ids.number(ids.CONVERSATION, asked.id)).id
    found = bench.approvals.listed(number)[: asked.limit]
    lines = table(
        (ids.display(ids.HANDOFF, one.asked.handoff_id), tr(_STATES[one.asked.state]), one.asked.said,
         one_line(one.draft, 60))
        for one in found
    )  # fmt: skip
    return Output([_json(one) for one in found], lines or [tr("Nobody was asked about a reply.")])


def _json(one: Approval) -> Shape:
    return {
        "id": ids.display(ids.HANDOFF, one.asked.handoff_id), "state": one.asked.state, "said": one.asked.said,
        "rule": one.rule_id, "teammate": one.teammate or None, "asked_on": one.day, "draft": one.draft,
    }  # fmt: skip
