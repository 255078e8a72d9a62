"""`forms list|remove`: what was typed in forms of the window and isn't saved."""

from __future__ import annotations

from argparse import Namespace

from app.base import clock
from app.base.words import tr
from app.cli.arguments import Commands, limit
from app.cli.output import Output, ago, iso, one_line, table
from app.cli.shapes import Shape
from app.kept_forms import KeptForm
from app.workbench import Workbench

_SHOWN_CHARS = 90


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("forms", tr("see what was typed into the window's forms and not saved"))
    limit(group.add("list", show_list, tr("list them, most recent first")))
    made = group.add("remove", remove, tr("forget what was typed in one"))
    made.add_argument("id", metavar=tr("ID"), help=tr("its number in the list"))


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List them."""
    now, every = clock.now(), bench.kept_forms.every()[: asked.limit]
    cells = [(str(kept.id), ago(kept.at, now), kept.title, _words(kept)) for kept in every]
    return Output([_shape(kept) for kept in every], table(cells, 40) or [tr("Every form is saved.")])


def remove(bench: Workbench, asked: Namespace) -> Output:
    """Forget one."""
    kept = bench.kept_forms.remove(asked.id)
    return Output(_shape(kept), [tr("Forgot what was typed in “{form}”.").format(form=kept.title)])


def _words(kept: KeptForm) -> str:
    return one_line(" · ".join(words for _name, words in kept.typed), _SHOWN_CHARS)


def _shape(kept: KeptForm) -> Shape:
    typed = [{"field": name, "words": words} for name, words in kept.typed]
    return {"id": kept.id, "form": kept.title, "typed": typed, "at": iso(kept.at)}
