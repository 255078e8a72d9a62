"""`fact list|add|set|show|told|right|looked|remove`: what is true, who was told it, and putting that right."""

from __future__ import annotations

from argparse import Namespace

from app.base import clock, dates, ids
from app.base.errors import NotFoundError, UserError
from app.base.words import N_, counted, tr
from app.cli.arguments import Commands, Parser, limit
from app.cli.output import Output, iso, one_line, table, when
from app.cli.shapes import Shape, named, person
from app.facts import OWED, STATE_NAMES, Fact, Told
from app.righting import Begun
from app.workbench import Workbench

_KEY = N_("the fact's shortcut, from `fact list`")


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("fact", tr("facts such as prices and opening hours, and who was told them"))
    made = group.add("list", show_list, tr("list facts"))
    made.add_argument("--due", action="store_true", help=tr("only those to look at again by today"))
    limit(made)
    made = group.add("add", new, tr("add a fact; in a template, {{fact:KEY}} is filled in with its value"))
    made.add_argument("name", metavar=tr("NAME"), help=tr("what it is, such as “Price of a crate”"))
    made.add_argument("--key", default="", metavar=tr("KEY"), help=tr("its shortcut; default: made of the name"))
    made.add_argument(
        "--value", action="append", required=True, metavar=tr("WORDS"),
        help=tr("what it says; “is=890 kr.” for one language; may be given several times"),
    )  # fmt: skip
    _about(made)
    made = group.add("set", put, tr("let a fact say something else; whoever was told the old value is listed"))
    made.add_argument("key", metavar=tr("KEY"), help=tr(_KEY))
    made.add_argument("value", metavar=tr("WORDS"), help=tr("what it says now; '' takes it out"))
    made.add_argument("--language", default="", metavar=tr("L"), help=tr("only in this language; default: in all"))
    made.add_argument(
        "--wording", action="store_true", help=tr("it says the same in other words: nobody has to be told")
    )
    made = group.add("show", show, tr("show a fact with its values"))
    made.add_argument("key", metavar=tr("KEY"), help=tr(_KEY))
    made = group.add("told", show_told, tr("list who was told a fact, and who still has to hear what has changed"))
    made.add_argument("key", metavar=tr("KEY"), help=tr(_KEY))
    made.add_argument("--owed", action="store_true", help=tr("only those who were told what is no longer true"))
    limit(made)
    made = group.add("right", right, tr("draft the replies that put right what people were told; nothing is sent"))
    made.add_argument("key", metavar=tr("KEY"), help=tr(_KEY))
    made.add_argument("id", metavar=tr("ID"), nargs="?", help=tr("C-...: only in this conversation"))
    made.add_argument("--leave", action="store_true", help=tr("draft nothing: what they were told is left as it is"))
    made = group.add("looked", looked, tr("note that a fact still holds"))
    made.add_argument("key", metavar=tr("KEY"), help=tr(_KEY))
    made.add_argument("--look", default="", metavar=tr("DATE"), help=tr("when to look again; default: not at all"))
    made = group.add("remove", remove, tr("take a fact off the list"))
    made.add_argument("key", metavar=tr("KEY"), help=tr(_KEY))


def _about(made: Parser) -> None:
    made.add_argument("--owner", default="", metavar=tr("NAME"), help=tr("who knows when it changes"))
    made.add_argument("--source", default="", metavar=tr("WORDS"), help=tr("where it comes from: a page, a list"))
    made.add_argument("--look", default="", metavar=tr("DATE"), help=tr("when to look whether it still holds"))


def values_of(typed: list[str]) -> dict[str, str]:
    """The values by language of `is=890 kr.`, or of words for all languages. Raises UserError for two of one."""
    found = dict[str, str]()
    for one in typed:
        language, marked, words = one.partition("=")
        code = language.strip() if marked and language.strip().isalpha() and len(language.strip()) in (2, 3) else ""
        if code in found:
            msg = tr("There are two values for the same language: “{value}” and “{other}”.").format(
                value=found[code], other=words if code else one
            )
            raise UserError(msg)
        found[code] = words if code else one
    return found


def fact_json(fact: Fact) -> Shape:
    """The JSON of a fact."""
    return {
        "key": fact.key, "name": fact.name, "values": {value.language or "all": value.words for value in fact.values},
        "owner": fact.owner or None, "source": fact.source or None, "look_on": fact.look_on or None,
        "told": fact.told, "owed": fact.owed,
    }  # fmt: skip


def told_json(one: Told) -> Shape:
    """The JSON of who was told what."""
    return {
        "conversation": named(ids.CONVERSATION, one.conversation_id), "message": named(ids.MESSAGE, one.message_id),
        "member": person(one.member_id, one.who), "value": one.value.words, "language": one.value.language or None,
        "at": iso(one.at), "state": one.state,
    }  # fmt: skip


def draft_json(begun: Begun) -> Shape:
    """The JSON of a draft that was begun."""
    return {
        "conversation": ids.display(ids.CONVERSATION, begun.conversation_id),
        "answers": named(ids.MESSAGE, begun.answers), "text": begun.text, "language": begun.language,
    }  # fmt: skip


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List facts."""
    facts = (bench.facts.due(clock.local(clock.now()).date()) if asked.due else bench.facts.listed())[: asked.limit]
    cells = [
        (fact.key, fact.name, one_line("; ".join(value.words for value in fact.values), 60), _look(fact), _owed(fact))
        for fact in facts
    ]
    return Output([fact_json(fact) for fact in facts], table(cells) or [tr("No facts are noted.")])


def _look(fact: Fact) -> str:
    return tr("look again on {day}").format(day=dates.written(fact.look_on)) if fact.look_on else ""


def _owed(fact: Fact) -> str:
    return counted(fact.owed, "{count} to put right", "{count} to put right") if fact.owed else ""


def new(bench: Workbench, asked: Namespace) -> Output:
    """Note a fact."""
    look = bench.dates.day(asked.look)
    number = bench.facts.add(
        asked.name, values_of(asked.value), asked.key, owner=asked.owner, source=asked.source, look_on=look
    )
    fact = bench.facts.get(number)
    said = tr("Saved “{name}”. In a template, {blank} is filled in with its value.")
    return Output(fact_json(fact), [said.format(name=fact.name, blank=f"{{{{fact:{fact.key}}}}}")])


def put(bench: Workbench, asked: Namespace) -> Output:
    """Let a fact say something else."""
    owed = bench.facts.set(asked.key, asked.language, asked.value, is_wording=asked.wording)
    fact = bench.facts.get(asked.key)
    lines = [tr("“{name}” says so now.").format(name=fact.name)]
    if owed:
        lines += [
            counted(
                owed, "{count} person was told the old value. `fact right {key}` drafts the reply that puts it right.",
                "{count} people were told the old value. `fact right {key}` drafts the replies that put it right.",
                key=fact.key,
            )
        ]  # fmt: skip
    return Output({**fact_json(fact), "newly_owed": owed}, lines)


def show(bench: Workbench, asked: Namespace) -> Output:
    """Show one fact."""
    fact = bench.facts.get(asked.key)
    lines = [f"{fact.key}  {fact.name}"]
    lines += table([(value.language or tr("all languages"), value.words) for value in fact.values])
    lines += [tr("Owner: {name}").format(name=fact.owner)] if fact.owner else []
    lines += [tr("Source: {source}").format(source=fact.source)] if fact.source else []
    lines += [_look(fact)] if fact.look_on else []
    lines += [counted(fact.told, "Told in {count} message.", "Told in {count} messages.")]
    return Output(fact_json(fact), lines)


def show_told(bench: Workbench, asked: Namespace) -> Output:
    """List who was told a fact."""
    fact = bench.facts.get(asked.key)
    found = [one for one in bench.facts.tellings(fact.id) if not asked.owed or one.state == OWED][: asked.limit]
    lines = table(told_cells(one) for one in found)
    return Output([told_json(one) for one in found], lines or [tr("Nobody has been told.")])


def told_cells(one: Told) -> tuple[str, ...]:
    """Who was told what, as a line of a table."""
    return (
        ids.display(ids.CONVERSATION, one.conversation_id), one.who or tr("everybody"), when(one.at),
        one_line(one.value.words, 60), tr(STATE_NAMES[one.state]),
    )  # fmt: skip


def right(bench: Workbench, asked: Namespace) -> Output:
    """Draft the replies that put it right, or leave it; exit status 1 where a draft couldn't be begun."""
    fact = bench.facts.get(asked.key)
    owed = bench.facts.owed_of(fact.id)
    if asked.id:
        talk = bench.inbox.current(ids.number(ids.CONVERSATION, asked.id))
        owed = [one for one in owed if one.conversation_id == talk]
        if not owed:
            msg = tr("Nobody in {conversation} was told an old value of “{name}”.").format(
                conversation=asked.id, name=fact.name
            )
            raise NotFoundError(msg)
    if asked.leave:
        for one in owed:
            bench.facts.settle(one.id)
        said = counted(len(owed), "Left as it is: {count} person.", "Left as it is: {count} people.")
        return Output([told_json(bench.facts.told_by(one.id)) for one in owed], [said])
    return begin_drafts(bench, owed)


def begin_drafts(bench: Workbench, owed: list[Told]) -> Output:
    """Begin a draft for each; exit status 1 where one couldn't be begun, which says why."""
    shapes, lines, status = list[Shape](), list[str](), 0
    for one in owed:
        shape = told_json(one)
        shapes.append(shape)
        try:
            begun = bench.righting.draft(one.id)
        except UserError as why:
            shape |= {"draft": None, "why_not": str(why)}
            lines += [str(why)]
            status = 1
            continue
        correction = bench.righting.correction(one.id)
        shape |= {"draft": draft_json(begun), "correction": _correction_json(correction)}
        talk = ids.display(ids.CONVERSATION, begun.conversation_id)
        lines += [tr("Draft to {name} in {conversation}:").format(name=one.who, conversation=talk), f"  {begun.text}"]
        if correction is not None:
            said = tr("Or correct the message itself, with `correct {message}`.")
            lines += [said.format(message=ids.display(ids.MESSAGE, correction[0]))]
    return Output(shapes, lines or [tr("There's nobody to tell.")], status)


def _correction_json(correction: tuple[int, str] | None) -> Shape | None:
    if correction is None:
        return None
    return {"message": ids.display(ids.MESSAGE, correction[0]), "text": correction[1]}


def looked(bench: Workbench, asked: Namespace) -> Output:
    """Note that a fact still holds."""
    fact = bench.facts.get(asked.key)
    bench.facts.looked(fact.id, bench.dates.day(asked.look))
    fact = bench.facts.get(fact.id)
    said = tr("“{name}” still holds.").format(name=fact.name)
    return Output(fact_json(fact), [said, *([_look(fact)] if fact.look_on else [])])


def remove(bench: Workbench, asked: Namespace) -> Output:
    """Take a fact off the list."""
    fact = bench.facts.get(asked.key)
    bench.facts.remove(fact.id)
    said = tr("Removed “{name}”. Messages that told it stay as they are.")
    return Output({"key": fact.key, "removed": True}, [said.format(name=fact.name)])
