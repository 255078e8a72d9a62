"""`setting [KEY [VALUE]]`: show the settings, or change one."""

from __future__ import annotations

from argparse import Namespace

from app.base.words import tr
from app.cli.arguments import Commands
from app.cli.output import Output, table
from app.settings import SETTINGS, Setting
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the command."""
    made = commands.add("setting", setting, tr("show the settings, or change one: setting KEY VALUE"))
    made.add_argument("key", metavar=tr("KEY"), nargs="?", help=tr("only this one"))
    made.add_argument("value", metavar=tr("VALUE"), nargs="?", help=tr("its new value"))


def setting(bench: Workbench, asked: Namespace) -> Output:
    """Show all settings or one, or change it. Raises UserError for a key or a value that there is not."""
    desk = bench.settings
    if asked.value is not None:
        desk.put(asked.key, desk.typed(asked.key, asked.value))
    wanted = SETTINGS if asked.key is None else (desk.describe(asked.key),)
    cells = [(one.key, _shown(desk.get(one.key)), tr(one.label), tr(one.help)) for one in wanted]
    values = {one.key: desk.get(one.key) for one in wanted}
    more = _meanings(wanted[0]) if asked.key is not None and asked.value is None else []
    return Output(values, [*table(cells), *more])


def _shown(value: str | int | bool) -> str:  # noqa: FBT001  a setting's value may be a bool
    if isinstance(value, bool):
        return tr("on") if value else tr("off")
    return str(value)


def _meanings(of: Setting) -> list[str]:
    """What each value of a setting means."""
    if isinstance(of.default, int) and not isinstance(of.default, bool):
        return ["  " + tr("A number from {low} to {high}.").format(low=of.low, high=of.high)]
    return table([(f"  {value}", tr(title)) for value, title in of.choices])
