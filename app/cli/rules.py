"""`rule`: what is done with what comes in; each is shown against the last 30 days, and what it did is undone."""

from __future__ import annotations

from argparse import Namespace

from app.base import ids
from app.base.errors import UserError
from app.base.words import N_, counted, tr
from app.cli.arguments import Commands, Parser, limit
from app.cli.known import known
from app.cli.member_kinds import add_kind
from app.cli.output import Output, iso, table, when
from app.cli.shapes import Shape
from app.rules import Conditions, Deeds, Hit, Preview, Rule, Shown
from app.rules import words as told
from app.rules.rule import HAS, ONLY, SNOOZES
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("rule", tr("manage the rules for incoming messages; a rule never sends anything"))
    made = group.add("add", keep, tr("keep a rule; all of its conditions have to hold"))
    made.add_argument("name", metavar=tr("NAME"))
    _conditions(made)
    _deeds(made)
    made.add_argument("--to-lately", action="store_true", help=tr("apply it to the last 30 days as well"))
    limit(group.add("list", show_list, tr("list the rules in their order, each with how many messages it has hit")))
    made = group.add("try", show_preview, tr("show what a rule would have hit in the last 30 days; nothing is changed"))
    made.add_argument("name", metavar=tr("NAME"), nargs="?", help=tr("a rule that is kept; else say its conditions"))
    _conditions(made)
    limit(made, 20)
    made = group.add("hits", show_hits, tr("list what a rule has hit, and what it did"))
    made.add_argument("name", metavar=tr("NAME"))
    limit(made, 50)
    made = group.add("undo", undo, tr("undo what a rule did, all of it or to one message"))
    made.add_argument("name", metavar=tr("NAME"))
    made.add_argument("--message", metavar=tr("ID"), help=tr("M-...: only what it did for this message"))
    made = group.add("turn", turn, tr("turn a rule on or off"))
    made.add_argument("name", metavar=tr("NAME"))
    made.add_argument("state", choices=("on", "off"))
    made = group.add("move", move, tr("move a rule up or down; the first is asked first"))
    made.add_argument("name", metavar=tr("NAME"))
    made.add_argument("where", choices=("up", "down", "first", "last"))
    made = group.add("remove", remove, tr("remove a rule and the list of its hits; what it did stays"))
    made.add_argument("name", metavar=tr("NAME"))


def _conditions(made: Parser) -> None:
    made.add_argument("--only", choices=tuple(ONLY), help=tr("it is nothing else"))
    made.add_argument("--has", choices=tuple(HAS), action="append", default=[], help=tr("it has one of these in it"))
    made.add_argument("--fewer-than", type=int, default=0, metavar=tr("N"), help=tr("it has fewer words than that"))
    made.add_argument(
        "--word",
        action="append",
        default=[],
        metavar=tr("WORD"),
        help=tr("it has any of these words, as a search finds them"),
    )
    made.add_argument("--account", metavar=tr("NAME"), help=tr("it came in there"))
    add_kind(made, tr("the kind of member who wrote it"), "--member")
    made.add_argument("--first-time", action="store_true", help=tr("they have never written before"))
    made.add_argument("--language", default="", metavar=tr("CODE"), help=tr("the language it is in, such as cs"))


def _deeds(made: Parser) -> None:
    made.add_argument("--label", default="", metavar=tr("LABEL"), help=tr("label the conversation"))
    made.add_argument("--unhappy", action="store_true", help=tr("mark it unhappy"))
    made.add_argument("--snooze", choices=SNOOZES, default="", help=tr("snooze it until then"))
    made.add_argument("--quiet", action="store_true", help=tr("move the message to Quiet"))
    made.add_argument("--template", default="", metavar=tr("KEY"), help=tr("offer this template for the reply"))
    made.add_argument("--handoff", metavar=tr("TEAMMATE"), help=tr("offer to hand it off to them"))


def _asked(bench: Workbench, asked: Namespace) -> Conditions:
    account = None if asked.account is None else bench.accounts.named(asked.account).id
    return Conditions(
        asked.only or "", tuple(asked.has), asked.fewer_than, tuple(asked.word), account, asked.member or "",
        asked.first_time, asked.language,
    )  # fmt: skip


def _named(bench: Workbench, typed: str) -> Rule:
    name = known(N_("rule"), typed, [rule.name for rule in bench.rules.every()])
    return next(rule for rule in bench.rules.every() if rule.name == name)


def names_of(bench: Workbench) -> told.Names:
    """What is called how, for the words about rules."""
    return told.Names(
        dict(bench.inbox.accounts()),
        {mate.id: mate.name for mate in bench.teammates.all(archived=True)},
        {one.key: one.name for archived in (False, True) for one in bench.templates.all(archived=archived)},
    )


def keep(bench: Workbench, asked: Namespace) -> Output:
    """Keep a rule."""
    template = bench.templates.get(asked.template).key if asked.template else ""
    mate = None if asked.handoff is None else bench.teammates.named(asked.handoff).id
    deeds = Deeds(asked.label, asked.unhappy, asked.snooze, asked.quiet, template, mate)
    number = bench.rules.add(asked.name, _asked(bench, asked), deeds, to_lately=asked.to_lately)
    return _answer(bench, [bench.rules.get(number)], single=True)


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List the rules."""
    return _answer(bench, bench.rules.every()[: asked.limit])


def _answer(bench: Workbench, rules: list[Rule], *, single: bool = False) -> Output:
    names = names_of(bench)
    shapes = [_json(rule, names) for rule in rules]
    lines = table(_line(rule, names) for rule in rules) or [tr("There are no rules yet.")]
    return Output(shapes[0] if single else shapes, lines)


def _line(rule: Rule, names: told.Names) -> list[str]:
    hits = counted(rule.hits, "{count} hit", "{count} hits")
    asked, then = "; ".join(told.asked(rule.conditions, names)), "; ".join(told.done_then(rule.deeds, names))
    return [rule.name, tr("on") if rule.active else tr("off"), hits, asked, then]


def _json(rule: Rule, names: told.Names) -> Shape:
    return {
        "name": rule.name, "on": rule.active, "place": rule.place,
        "conditions": conditions_json(rule.conditions, names),
        "deeds": deeds_json(rule.deeds, names), "hits": rule.hits,
    }  # fmt: skip


def conditions_json(asked: Conditions, names: told.Names) -> Shape:
    """What a message has to be; what is not asked for is null or empty."""
    account = None if asked.account_id is None else names.accounts.get(asked.account_id)
    return {
        "only": asked.only or None, "has": list(asked.has), "fewer_than": asked.fewer_than or None,
        "words": list(asked.words), "account": account, "member": asked.member or None,
        "first_time": asked.first_time, "language": asked.language or None,
    }  # fmt: skip


def deeds_json(deeds: Deeds, names: told.Names) -> Shape:
    """What is done then."""
    mate = None if deeds.teammate_id is None else names.teammates.get(deeds.teammate_id)
    return {
        "label": deeds.label or None, "unhappy": deeds.unhappy, "snooze": deeds.snooze or None, "quiet": deeds.quiet,
        "template": deeds.template or None, "handoff": mate,
    }  # fmt: skip


def show_preview(bench: Workbench, asked: Namespace) -> Output:
    """Show what a rule would have hit."""
    conditions = _asked(bench, asked)
    if asked.name is not None:
        if conditions != Conditions():
            raise UserError(tr("Name a rule that is kept, or say conditions, but not both."))
        conditions = _named(bench, asked.name).conditions
    found = bench.rules.preview(conditions)
    return _previewed(found, asked.limit)


def _previewed(found: Preview, most: int) -> Output:
    shown = found.shown[:most]
    lines = [found.sentence, *table(_shown_line(one) for one in shown)]
    return Output({"hits": found.hits, "messages": found.total, "shown": [_shown_json(one) for one in shown]}, lines)


def _shown_line(one: Shown) -> list[str]:
    return [ids.display(ids.CONVERSATION, one.conversation_id), one.who, when(one.at), one.words]


def _shown_json(one: Shown) -> Shape:
    return {
        "id": ids.display(ids.MESSAGE, one.message_id),
        "conversation": ids.display(ids.CONVERSATION, one.conversation_id),
        "who": one.who, "at": iso(one.at), "words": one.words,
    }  # fmt: skip


def show_hits(bench: Workbench, asked: Namespace) -> Output:
    """List what a rule has hit."""
    rule, names = _named(bench, asked.name), names_of(bench)
    hits = bench.rules.hits(rule.id, asked.limit)
    lines = table(_hit_line(hit, names) for hit in hits) or [tr("It hasn't hit anything yet.")]
    return Output([_hit_json(hit, names) for hit in hits], lines)


def _hit_line(hit: Hit, names: told.Names) -> list[str]:
    done = tr("undone") if hit.undone_at is not None else told.deeds_in_words(hit, names)
    return [ids.display(ids.MESSAGE, hit.message_id), hit.who, when(hit.said_at), hit.words, done]


def _hit_json(hit: Hit, names: told.Names) -> Shape:
    return {
        "id": ids.display(ids.MESSAGE, hit.message_id),
        "conversation": ids.display(ids.CONVERSATION, hit.conversation_id),
        "who": hit.who, "said_at": iso(hit.said_at), "words": hit.words, "at": iso(hit.at),
        "did": told.deeds_in_words(hit, names),
        "undone_at": iso(hit.undone_at),
    }  # fmt: skip


def undo(bench: Workbench, asked: Namespace) -> Output:
    """Undo hits."""
    rule = _named(bench, asked.name)
    if asked.message is None:
        many = bench.rules.undo_all(rule.id)
    else:
        number = ids.number(ids.MESSAGE, asked.message)
        many = bench.rules.undo(bench.rules.hits_of_message(rule.id, number))
    words = counted(many, "Undid {count} hit of the rule {name}.", "Undid {count} hits of the rule {name}.",
                    name=rule.name)  # fmt: skip
    return Output({"name": rule.name, "undone": many}, [words])


def turn(bench: Workbench, asked: Namespace) -> Output:
    """Turn a rule on or off."""
    number = _named(bench, asked.name).id
    bench.rules.activate(number, on=asked.state == "on")
    return _answer(bench, [bench.rules.get(number)], single=True)


def move(bench: Workbench, asked: Namespace) -> Output:
    """Move a rule, and list them all."""
    many = len(bench.rules.every())
    step = {"up": -1, "down": 1, "first": -many, "last": many}[asked.where]
    bench.rules.move(_named(bench, asked.name).id, step)
    return _answer(bench, bench.rules.every())


def remove(bench: Workbench, asked: Namespace) -> Output:
    """Remove a rule."""
    rule = _named(bench, asked.name)
    shape = _json(rule, names_of(bench))
    bench.rules.remove(rule.id)
    return Output(shape, [tr("The rule {name} is removed; what it did stays.").format(name=rule.name)])
