"""`template import|export`: templates as Markdown files or a CSV file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from app.base.words import counted, tr
from app.cli.arguments import Commands
from app.cli.output import Output
from app.workbench import Workbench


def add(group: Commands) -> None:
    """Add the commands to the group `template`."""
    made = group.add("import", bring, tr("take templates from Markdown files or a CSV file; the same key is changed"))
    made.add_argument("path", metavar=tr("PATH"), help=tr("a .md file, a folder of them, or a .csv file"))
    made = group.add("export", send, tr("write all templates, one Markdown file for each text, or one CSV file"))
    made.add_argument("path", metavar=tr("PATH"), help=tr("a folder, or a name that ends in .csv"))
    made.add_argument("--replace", action="store_true", help=tr("overwrite files that are there already"))


def bring(bench: Workbench, asked: Namespace) -> Output:
    """Import templates."""
    taken = bench.templates.import_from(Path(asked.path))
    return Output(taken._asdict(), [in_words(taken.added, taken.changed, taken.same)])


def in_words(added: int, changed: int, same: int) -> str:
    """What became of imported templates, in a line."""
    parts = [
        counted(added, "{count} new template", "{count} new templates") if added else "",
        counted(changed, "{count} changed", "{count} changed") if changed else "",
        counted(same, "{count} was there already", "{count} were there already") if same else "",
    ]
    return tr("Imported: {what}.").format(what=", ".join(filter(None, parts)))


def send(bench: Workbench, asked: Namespace) -> Output:
    """Export templates."""
    texts = bench.templates.export_to(Path(asked.path), replace=asked.replace)
    said = counted(texts, "{path}: {count} text of a template.", "{path}: {count} texts of templates.", path=asked.path)
    return Output({"path": asked.path, "texts": texts}, [said])
