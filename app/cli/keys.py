"""`keys list|set|reset`: which key runs which command in the window, and other keys for them."""

from __future__ import annotations

from argparse import Namespace

from app.base.errors import UserError
from app.base.words import tr
from app.cli.arguments import Commands, limit
from app.cli.output import Output, table
from app.cli.shapes import Shape, spoken
from app.commands.binding import keys_of
from app.commands.command import EVERYWHERE, Command
from app.commands.desk import changed_words, named
from app.commands.key_names import shown_key, spelled
from app.commands.table import COMMANDS
from app.workbench import Workbench

_NONE = "none"


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("keys", tr("the keys of the window"))
    made = group.add("list", show_list, tr("list every command with its keys"))
    made.add_argument("--page", metavar=tr("PAGE"), help=tr("only those of a page, such as inbox or members"))
    made.add_argument("--changed", action="store_true", help=tr("only those that you have changed"))
    limit(made)
    made = group.add("set", change, tr("give a command other keys"))
    made.add_argument("command", metavar=tr("COMMAND"), help=tr("such as done or send-done; `keys list` names all"))
    made.add_argument("key", metavar=tr("KEY"), nargs="+", help=tr("E, Shift+J, Ctrl+K, Alt+Enter, F8; or: none"))
    made.add_argument("--take", action="store_true", help=tr("take it from the command that has it now"))
    made = group.add("reset", reset, tr("give a command, or all of them, the usual keys again"))
    made.add_argument("command", metavar=tr("COMMAND"), nargs="?", help=tr("left out: all of them"))


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List the commands with their keys. Raises UserError for a page that no command names."""
    pages = {page for command in COMMANDS for page in command.where if page != EVERYWHERE}
    if asked.page is not None and asked.page not in pages:
        msg = tr("There's no page “{page}” with keys. Choose from: {pages}.").format(
            page=asked.page, pages=", ".join(sorted(pages))
        )
        raise UserError(msg)
    changed = bench.keys.changed()
    listed = [
        command
        for command in COMMANDS
        if (asked.page is None or {asked.page, EVERYWHERE} & set(command.where))
        and (not asked.changed or command.id in changed)
    ][: asked.limit]
    shapes = [_shape(command, bench) for command in listed]
    cells = [
        (
            spoken(command.id),
            ", ".join(keys_of(command, changed)) or tr("no key"),
            tr(command.title),
            "" if EVERYWHERE in command.where else ", ".join(command.where),
            tr("changed") if command.id in changed else "",
        )
        for command in listed
    ]
    off = [] if bench.settings.get("single_keys") else [tr("Single-letter keys are switched off.")]
    return Output(shapes, [*(table(cells) or [tr("No key was changed.")]), *off])


def _shape(command: Command, bench: Workbench) -> Shape:
    """The JSON of a command: `keys` as they are now, `usual` as in the table, `works` those that do anything."""
    keymap = bench.keys.keymap()
    return {
        "command": spoken(command.id),
        "title": tr(command.title),
        "keys": list(keys_of(command, keymap.changed)),
        "usual": list(command.keys),
        "works": list(keymap.keys(command.id)),
        "where": list(command.where),
    }


def change(bench: Workbench, asked: Namespace) -> Output:
    """Give a command keys. Raises UserError for one that it can't have, or that another has, without --take."""
    keys = [] if asked.key == [_NONE] else [spelled(key) for key in asked.key]
    planned = bench.keys.plan(asked.command, keys)
    if planned.takes and not asked.take:
        raise UserError(planned.question() + " " + tr("Add --take to take it."))
    bench.keys.carry_out(planned)
    lost = [
        tr("“{command}” has {keys} now.").format(
            command=tr(other.title), keys=", ".join(map(shown_key, left)) or tr("no key")
        )
        for other, left in planned.takes
    ]
    return Output(_shape(planned.command, bench), [changed_words(planned), *lost])


def reset(bench: Workbench, asked: Namespace) -> Output:
    """Give the usual keys again, to one command or to all."""
    if asked.command is None:
        bench.keys.reset_all()
        return Output([], [tr("All commands have their usual keys again.")])
    command = named(asked.command)
    bench.keys.reset(command.id)
    sentence = tr("“{command}” has its usual key again.").format(command=tr(command.title))
    return Output(_shape(command, bench), [sentence])
