"""`label`: the labels of conversations, and the labels themselves."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Callable, Sequence
from itertools import takewhile

from app.base import ids
from app.base.errors import UserError
from app.base.words import N_, counted, tr
from app.cli.arguments import Commands, Parser, UsageError
from app.cli.known import known
from app.cli.output import Output, table
from app.cli.telling import say
from app.inbox.labels import COLOURS, Label
from app.workbench import Workbench

_Verb = Callable[[Workbench, Namespace], Output]


def add(commands: Commands) -> None:
    """Add the command."""
    made = commands.add(
        "label",
        label,
        tr("add labels to conversations (+a) or remove them (-b); or list, rename, merge, delete labels"),
    )
    made.add_argument("id", metavar=tr("ID"), help=tr("C-..., followed by further ones; or what to do, see below"))
    made.add_argument(
        "changes",
        metavar=tr("+a -b"),
        nargs=argparse.REMAINDER,
        help=tr("labels, each with + or -; leave out to show them"),
    )
    made.formatter_class = argparse.RawDescriptionHelpFormatter
    made.epilog = tr(
        "the labels themselves:\n"
        "  label list                   all, with their colours and on how many conversations they are\n"
        "  label add NAME [--colour C]\n"
        "  label rename OLD NEW\n"
        "  label merge NAME INTO        all that has the first has the second then\n"
        "  label colour NAME COLOUR\n"
        "  label delete NAME"
    )


def label(bench: Workbench, asked: Namespace) -> Output:
    """Do something with the labels themselves, or with those of conversations."""
    if any(change in ("-h", "--help") for change in asked.changes):
        say(asked.used.format_help())
        return Output(None)
    words = [change for change in asked.changes if change != "--json"]
    if asked.id in _VERBS:
        parser, do = _verb(asked.id)
        given, more = parser.parse_known_args(words)
        if more:
            raise UsageError(parser, tr("unrecognized arguments: {typed}").format(typed=" ".join(more)))
        return do(bench, given)
    further = list(takewhile(lambda word: word[:2].upper() == "C-" and word[2:].isdecimal(), words))
    return _on_conversations(bench, [asked.id, *further], words[len(further) :])


def _on_conversations(bench: Workbench, named: Sequence[str], changes: Sequence[str]) -> Output:
    wrong = [
        change
        for change in changes
        if change[:1] not in ("+", "-") or not change[1:].strip() or change.startswith("--")
    ]
    numbers = [bench.inbox.row(ids.number("C", text)).id for text in named]
    if wrong:
        msg = tr("“{typed}” isn't a label change. Write +name to add a label and -name to remove one.").format(
            typed=wrong[0]
        )
        raise UserError(msg)
    if changes:
        there = bench.inbox.all_labels()
        off = [known(N_("label"), change[1:].strip(), there) for change in changes if change[0] == "-"]
        bench.inbox.label(numbers, [change[1:] for change in changes if change[0] == "+"], off)
    found = [(ids.display("C", number), list(bench.inbox.labels(number))) for number in numbers]
    shapes = [{"id": number, "labels": names} for number, names in found]
    return Output(shapes[0] if len(shapes) == 1 else shapes, [_sentence(number, names) for number, names in found])


def _sentence(number: str, names: Sequence[str]) -> str:
    sentence = tr("{id} has {labels}: {names}.") if names else tr("{id} has {labels}.")
    return sentence.format(
        id=number, labels=counted(len(names), "{count} label", "{count} labels"), names=", ".join(names)
    )


def _named(bench: Workbench, typed: str) -> Label:
    """The label of that name. Raises NotFoundError with close names."""
    name = known(N_("label"), typed, bench.inbox.all_labels())
    return next(one for one in bench.labels.every() if one.name == name)


def _shape(one: Label) -> dict[str, object]:
    return {
        "name": one.name, "colour": one.colour or "grey", "conversations": one.conversations, "members": one.members,
    }  # fmt: skip


def _on(one: Label) -> str:
    return counted(one.conversations, "on {count} conversation", "on {count} conversations")


def _answer(bench: Workbench, number: int) -> Output:
    one = bench.labels.get(number)
    return Output(_shape(one), [tr("{name}: {colour}, {where}.").format(name=one.name, colour=tr(COLOURS[one.colour]),
                                                                        where=_on(one))])  # fmt: skip


def _list(bench: Workbench, _asked: Namespace) -> Output:
    every = bench.labels.every()
    lines = table([(one.name, tr(COLOURS[one.colour]), _on(one)) for one in every])
    return Output([_shape(one) for one in every], lines or [tr("There are no labels yet.")])


def _add(bench: Workbench, asked: Namespace) -> Output:
    return _answer(bench, bench.labels.add(asked.name, asked.colour))


def _rename(bench: Workbench, asked: Namespace) -> Output:
    number = _named(bench, asked.name).id
    bench.labels.rename(number, asked.new)
    return _answer(bench, number)


def _merge(bench: Workbench, asked: Namespace) -> Output:
    gone, kept = _named(bench, asked.name), _named(bench, asked.into)
    bench.labels.merge(gone.id, kept.id)
    kept = bench.labels.get(kept.id)
    sentence = tr("{before} is merged into {after}, which is {where} now.")
    return Output(_shape(kept), [sentence.format(before=gone.name, after=kept.name, where=_on(kept))])


def _colour(bench: Workbench, asked: Namespace) -> Output:
    number = _named(bench, asked.name).id
    bench.labels.colour(number, asked.colour)
    return _answer(bench, number)


def _delete(bench: Workbench, asked: Namespace) -> Output:
    number = _named(bench, asked.name).id
    views = bench.labels.views_of(number)
    gone = bench.labels.delete(number)
    lines = [tr("{name} is deleted; it was {where}.").format(name=gone.name, where=_on(gone))]
    if views:
        words = counted(len(views), "The view of it went too: {names}.", "The views of it went too: {names}.",
                        names=", ".join(views))  # fmt: skip
        lines.append(words)
    return Output({**_shape(gone), "views": views}, lines)


_VERBS: dict[str, tuple[_Verb, tuple[str, ...]]] = {
    "list": (_list, ()),
    "add": (_add, ("name",)),
    "rename": (_rename, ("name", "new")),
    "merge": (_merge, ("name", "into")),
    "colour": (_colour, ("name", "colour")),
    "delete": (_delete, ("name",)),
}
"""What can be done with labels, and the words that follow."""


def _verb(name: str) -> tuple[Parser, _Verb]:
    do, words = _VERBS[name]
    parser = Parser(prog=f"rapport label {name}", add_help=False)
    for word in words:
        parser.add_argument(word, metavar=word.upper())
    if name == "add":
        parser.add_argument("--colour", default=None, metavar=tr("COLOUR"))
    return parser, do
