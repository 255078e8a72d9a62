"""`quarrel list|show|add|write|settle|dismiss`: quarrels between members."""

from __future__ import annotations

from argparse import Namespace

from app.base import ids
from app.base.errors import NotFoundError
from app.base.words import tr
from app.cli.arguments import Commands, Parser, limit
from app.cli.letters import draft_json
from app.cli.output import Output, iso, one_line, table, when
from app.cli.search import member_of
from app.cli.shapes import Shape, person
from app.quarrels import Quarrel
from app.quarrels.rows import STATES, Past
from app.quarrels.telling import about, head
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("quarrel", tr("threads between members that heat up"))
    made = group.add("list", show_list, tr("list quarrels, the latest heard first"))
    made.add_argument("--state", choices=STATES, default="open", help=tr("default: open"))
    limit(made)
    made = group.add("show", show, tr("show both sides and what is known of them"))
    _which(made)
    made = group.add("add", new, tr("mark a quarrel between the last two people who wrote in a conversation"))
    made.add_argument("id", metavar=tr("ID"), help=tr("C-..."))
    made = group.add("write", write, tr("begin a private message to one side; nothing is sent"))
    _which(made)
    made.add_argument("member", metavar=tr("MEMBER"), help=tr("one of the two: P-... or words from the name"))
    made = group.add("settle", settle, tr("say that it's settled"))
    _which(made)
    made.add_argument("--note", default="", metavar=tr("TEXT"), help=tr("how it was settled"))
    made = group.add("dismiss", dismiss, tr("say that it's no quarrel; it's remembered"))
    _which(made)


def _which(made: Parser) -> None:
    made.add_argument("id", metavar=tr("NUMBER"), help=tr("its number in `quarrel list`, or C-..."))


def _number(bench: Workbench, typed: str) -> int:
    """The quarrel that is meant: by its number, or by its conversation. Raises NotFoundError for anything else."""
    if typed.strip().isdecimal():
        return bench.quarrels.get(int(typed)).id
    known = bench.quarrels.of_conversation(bench.inbox.current(ids.number(ids.CONVERSATION, typed)))
    if known is None:
        raise NotFoundError(tr("There's no quarrel in {id}. `quarrel list` has them.").format(id=typed))
    return known.id


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List them."""
    found = bench.quarrels.listed(asked.state, asked.limit)
    lines = table(
        (str(one.id), ids.display(ids.CONVERSATION, one.conversation_id), head(one), when(one.last_at),
         one_line(one.title, 60))
        for one in found
    )  # fmt: skip
    return Output([quarrel_json(one) for one in found], lines or [tr("No quarrels.")])


def show(bench: Workbench, asked: Namespace) -> Output:
    """Show one with both sides."""
    case = bench.quarrels.get(_number(bench, asked.id))
    pasts = bench.quarrels.pasts(case.id)
    lines = [f"{ids.display(ids.CONVERSATION, case.conversation_id)}  {case.title}", head(case)]
    for past in pasts:
        lines += ["", f"{ids.display('P', past.party.member_id)}  {past.party.name}", ", ".join(about(past))]
        lines += table(
            (f"  {ids.display(ids.MESSAGE, number)}", when(at), one_line(words, 80)) for number, at, words in past.said
        )
    return Output({**quarrel_json(case), "sides": [past_json(past) for past in pasts]}, lines)


def new(bench: Workbench, asked: Namespace) -> Output:
    """Raise one by hand."""
    case = bench.quarrels.raise_case(bench.inbox.current(ids.number(ids.CONVERSATION, asked.id)))
    return Output(quarrel_json(case), [head(case)])


def write(bench: Workbench, asked: Namespace) -> Output:
    """Begin a message to one side."""
    case = bench.quarrels.get(_number(bench, asked.id))
    word = bench.quarrels.write_to(case.id, member_of(bench, asked.member))
    if word.draft is None:
        shown = ids.display(ids.CONVERSATION, word.conversation_id or 0)
        line = tr("A reply is ready in {id}. Nothing has been sent.").format(id=shown)
        shape: Shape = {"reply_in": shown, "text": word.text, "language": word.language}
    else:
        line = tr("Draft {number} is ready in `letter list`. Nothing has been sent.").format(number=word.draft.id)
        shape = {"reply_in": None, **draft_json(bench, word.draft)}
    return Output(shape, [line, "", word.text])


def settle(bench: Workbench, asked: Namespace) -> Output:
    """Settle it."""
    case = bench.quarrels.settle(_number(bench, asked.id), asked.note)
    return Output(quarrel_json(case), [head(case)])


def dismiss(bench: Workbench, asked: Namespace) -> Output:
    """Say that it is none."""
    case = bench.quarrels.dismiss(_number(bench, asked.id))
    return Output(quarrel_json(case), [head(case)])


def quarrel_json(case: Quarrel) -> Shape:
    """A quarrel."""
    return {
        "id": case.id, "conversation": ids.display(ids.CONVERSATION, case.conversation_id), "title": case.title,
        "account": case.account, "between": [person(side.member_id, side.name) for side in case.sides],
        "state": case.state, "heat": case.heat, "messages": [ids.display(ids.MESSAGE, one) for one in case.messages],
        "by_hand": case.by_hand, "found_at": iso(case.found_at), "state_at": iso(case.state_at),
        "note": case.note or None,
    }  # fmt: skip


def past_json(past: Past) -> Shape:
    """What is known of one side."""
    return {
        "member": person(past.party.member_id, past.party.name), "first_at": iso(past.first_at),
        "messages": past.messages, "helped": past.helped, "earlier_quarrels": past.quarrels, "moderated": past.deeds,
        "said": [
            {"id": ids.display(ids.MESSAGE, number), "at": iso(at), "text": words} for number, at, words in past.said
        ],
    }  # fmt: skip
