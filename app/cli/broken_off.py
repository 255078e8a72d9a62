"""What the shell says of imports that broke off, and `imports --go-on`, `--take-back` and `--leave` for one of them."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from app.base.words import tr
from app.cli.arguments import Parser
from app.cli.output import Output, iso, when
from app.cli.telling import tell
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.cli.shapes import Shape
    from app.imports.underway import BrokenOff

_SAY_IT_THEMSELVES = ("imports", "undo")


def options(made: Parser) -> None:
    """Add the three options to `imports`."""
    chosen = made.add_mutually_exclusive_group()
    number = tr("N")
    chosen.add_argument(
        "--go-on", metavar=number, type=int, help=tr("import the rest of the file of an import that was cut short")
    )
    chosen.add_argument(
        "--take-back",
        metavar=number,
        type=int,
        help=tr("undo an import that was cut short; what you worked on since stays"),
    )
    chosen.add_argument(
        "--leave",
        metavar=number,
        type=int,
        help=tr("keep what came in of an import that was cut short, and stop asking"),
    )


def take_back(bench: Workbench, number: int) -> Output:
    """Undo all that it brought. Raises NotFoundError if it didn't break off."""
    found = bench.imports.broken(number)
    undone = bench.actions.take_back_import(number)
    if undone is None:
        return Output(_shape(found) | {"action": None, "said": ""}, [tr("Nothing new had come in.")])
    lines = [tr("Undone: {title}").format(title=undone.title), *filter(None, [undone.remark])]
    return Output(_shape(found) | {"action": undone.id, "said": undone.remark}, lines)


def leave(bench: Workbench, number: int) -> Output:
    """Say nothing of it any more. Raises NotFoundError if it didn't break off."""
    found = bench.imports.broken(number)
    bench.imports.let_be(number)
    return Output(_shape(found), [f"{found.file}: {found.came}"])


def lines(found: list[BrokenOff]) -> list[str]:
    """What happened to each, and what can be done."""
    choice = tr(
        "`imports --go-on {number}` imports the rest, `imports --take-back {number}` undoes it, "
        "`imports --leave {number}` keeps what is in."
    )
    return [
        line
        for one in found
        for line in (f"{one.title()} {one.line(when(one.at))}", f"  {choice.format(number=one.batch)}")
    ]


def shapes(found: list[BrokenOff]) -> list[Shape]:
    """The same for programs."""
    return [_shape(one) for one in found]


def _shape(one: BrokenOff) -> Shape:
    return {
        "id": one.batch, "file": one.file, "path": str(one.path), "at": iso(one.at), "new": one.new,
        "holds": one.holds, "done": one.done, "total": one.total or None, "in_rows": one.in_rows,
    }  # fmt: skip


def remind(bench: Workbench, asked: Namespace) -> None:
    """Say on standard error which imports broke off, before any command but those that are about them."""
    if bench.has_broken_off and asked.command not in _SAY_IT_THEMSELVES:
        for line in lines(bench.imports.broken_off()):
            tell(line)
