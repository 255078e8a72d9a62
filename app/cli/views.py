"""`view`: what the inbox lists, saved under a name."""

from __future__ import annotations

from argparse import Namespace

from app.base.words import N_, counted, tr
from app.cli.arguments import STATES, Commands, limit
from app.cli.conversations import lines_of
from app.cli.known import known
from app.cli.output import Output, table
from app.cli.shapes import Shape, conversation_json, spoken
from app.inbox import Query
from app.inbox.views import View
from app.views import MOST_COUNTED
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("view", tr("save what the inbox lists under a name, and list it again"))
    limit(group.add("list", list_views, tr("list the saved views, each with how many conversations it has now")))
    made = group.add("show", show, tr("list the conversations of a view"))
    made.add_argument("name", metavar=tr("NAME"))
    limit(made, 50)
    made = group.add("save", save, tr("save a search, a filter or both as a view"))
    made.add_argument("name", metavar=tr("NAME"))
    made.add_argument("--words", default="", metavar=tr("WORDS"), help=tr("what to search for, as in the search field"))
    made.add_argument("--state", choices=STATES, default="all", help=tr("only conversations with this state"))
    made.add_argument("--channel", metavar=tr("NAME"), help=tr("only this account"))
    made.add_argument("--label", metavar=tr("LABEL"), help=tr("only conversations with this label"))
    made = group.add("rename", rename, tr("give a view another name"))
    made.add_argument("name", metavar=tr("NAME"))
    made.add_argument("new", metavar=tr("NEW"))
    made = group.add("move", move, tr("move a view up or down"))
    made.add_argument("name", metavar=tr("NAME"))
    made.add_argument("where", choices=("up", "down", "first", "last"))
    group.add("remove", remove, tr("remove a view, but nothing that it lists")).add_argument("name", metavar=tr("NAME"))


def _named(bench: Workbench, typed: str) -> View:
    every = bench.views.every()
    name = known(N_("view"), typed, [view.name for view in every])
    return next(view for view in every if view.name == name)


def _shape(bench: Workbench, view: View) -> Shape:
    count, query = bench.views.count(view), view.query
    account = next((name for number, name in bench.inbox.accounts() if number == query.account_id), None)
    return {
        "name": view.name, "words": view.words or None, "state": spoken(query.state), "channel": account,
        "label": query.label or None, "conversations": min(count, MOST_COUNTED), "more": count > MOST_COUNTED,
    }  # fmt: skip


def _line(shape: Shape) -> tuple[str, str, str]:
    count = int(str(shape["conversations"]))
    words = counted(count, "{count} conversation", "{count} conversations")
    if shape["more"]:
        words = tr("more than {count} conversations").format(count=count)
    parts = (shape["words"], shape["state"], shape["channel"], shape["label"])
    return str(shape["name"]), words, ", ".join(str(part) for part in parts if part)


def list_views(bench: Workbench, asked: Namespace) -> Output:
    """List the views in the order of the rail."""
    return _listed(bench, asked.limit)


def _listed(bench: Workbench, most: int | None = None) -> Output:
    shapes = [_shape(bench, view) for view in bench.views.every()[:most]]
    return Output(shapes, table([_line(shape) for shape in shapes]) or [tr("There are no views yet.")])


def show(bench: Workbench, asked: Namespace) -> Output:
    """List the conversations of a view."""
    view = _named(bench, asked.name)
    rows = bench.inbox.rows(bench.views.listed(view, asked.limit))
    return Output([conversation_json(row) for row in rows], lines_of(rows) or [tr("Nothing is in this view now.")])


def save(bench: Workbench, asked: Namespace) -> Output:
    """Save a view."""
    account = None if asked.channel is None else bench.accounts.named(asked.channel).id
    label = "" if asked.label is None else known(N_("label"), asked.label, bench.inbox.all_labels())
    query = Query(asked.state.replace("-", "_"), account, label)
    return _answer(bench, bench.views.add(asked.name, asked.words, query))


def _answer(bench: Workbench, number: int) -> Output:
    shape = _shape(bench, bench.views.get(number))
    return Output(shape, table([_line(shape)]))


def rename(bench: Workbench, asked: Namespace) -> Output:
    """Rename a view."""
    number = _named(bench, asked.name).id
    bench.views.rename(number, asked.new)
    return _answer(bench, number)


def move(bench: Workbench, asked: Namespace) -> Output:
    """Move a view, and list them all."""
    number = _named(bench, asked.name).id
    many = len(bench.views.every())
    bench.views.move(number, {"up": -1, "down": 1, "first": -many, "last": many}[asked.where])
    return _listed(bench)


def remove(bench: Workbench, asked: Namespace) -> Output:
    """Remove a view."""
    view = _named(bench, asked.name)
    shape = _shape(bench, view)
    bench.views.remove(view.id)
    return Output(shape, [tr("The view {name} is removed; its conversations stay.").format(name=view.name)])
