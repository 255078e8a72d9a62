"""`template import|export|attach|detach|suggest|stale`: templates as files, their files, repeated words, worn ones."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from app.base.errors import UserError
from app.base.language_names import name as language_name
from app.base.words import counted, tr
from app.cli.arguments import Commands, limit
from app.cli.output import Output, table
from app.cli.shapes import Shape
from app.first_week.words import written
from app.templates import Template
from app.templates.imported import in_words
from app.workbench import Workbench


def add(group: Commands) -> None:
    """Add the commands to the group `template`."""
    made = group.add("import", bring, tr("take templates from Markdown files or a CSV file; the same key is changed"))
    made.add_argument("path", metavar=tr("PATH"), help=tr("a .md file, a folder of them, or a .csv file"))
    made = group.add("suggest", suggest, tr("list what you wrote at least three times and is no template yet"))
    made.add_argument("--add", type=int, metavar=tr("N"), help=tr("make a template of the suggestion of this number"))
    limit(made)
    limit(group.add("stale", stale, tr("list templates that have not been used for long, or are rewritten each time")))
    made = group.add("export", send, tr("write all templates, one Markdown file for each text, or one CSV file"))
    made.add_argument("path", metavar=tr("PATH"), help=tr("a folder, or a name that ends in .csv"))
    made.add_argument("--replace", action="store_true", help=tr("overwrite files that are there already"))
    made = group.add("attach", attach, tr("keep pictures and files with a template; each reply takes them along"))
    made.add_argument("key", metavar=tr("KEY"))
    made.add_argument("files", metavar=tr("FILE"), nargs="+")
    made = group.add("detach", detach, tr("take a file away from a template"))
    made.add_argument("key", metavar=tr("KEY"))
    made.add_argument("name", metavar=tr("NAME"), help=tr("the file's name, as `template show` says it"))


def suggest(bench: Workbench, asked: Namespace) -> Output:
    """List what was written again and again, or make a template of one of it."""
    found = bench.first_week.repeated()
    if asked.add is not None:
        if not 0 < asked.add <= len(found):
            msg = tr("There's no suggestion {number}. There are {count}.").format(number=asked.add, count=len(found))
            raise UserError(msg)
        chosen = found[asked.add - 1]
        bench.first_week.add_templates([chosen])
        said = tr("Saved “{name}” as /{key}, in {languages}.").format(
            name=chosen.name, key=chosen.key, languages=chosen.language
        )
        return Output({"key": chosen.key, "language": chosen.language, "body": chosen.body}, [said])
    shown = found[: asked.limit]
    shapes = [
        {"key": one.key, "name": one.name, "language": one.language, "body": one.body, "times": one.times}
        for one in shown
    ]
    cells = [
        (str(number), one.name, written(one.times, language_name(one.language))) for number, one in enumerate(shown, 1)
    ]
    return Output(shapes, table(cells) or [tr("Nothing was written three times lately.")])


def stale(bench: Workbench, asked: Namespace) -> Output:
    """List templates that have had their day, with the reason."""
    worn = [(bench.templates.get(one.template_id), one) for one in bench.templates.wear().values() if one.why]
    worn = worn[: asked.limit]
    shapes = [
        {"key": template.key, "name": template.name, "uses": one.uses, "thanked": one.thanked, "why": one.why}
        for template, one in worn
    ]
    cells = [(template.key, template.name, one.why) for template, one in worn]
    return Output(shapes, table(cells) or [tr("No template is stale.")])


def bring(bench: Workbench, asked: Namespace) -> Output:
    """Import templates."""
    taken = bench.templates.import_from(Path(asked.path))
    return Output(taken._asdict(), [in_words(taken)])


def send(bench: Workbench, asked: Namespace) -> Output:
    """Export templates."""
    texts = bench.templates.export_to(Path(asked.path), replace=asked.replace)
    said = counted(texts, "{path}: {count} text of a template.", "{path}: {count} texts of templates.", path=asked.path)
    return Output({"path": asked.path, "texts": texts}, [said])


def files_json(bench: Workbench, number: int) -> list[Shape]:
    """The JSON of the files that go with a template (its id)."""
    return [{"name": one.name, "type": one.type, "bytes": one.size} for one in bench.template_files.attached(number)]


def attach(bench: Workbench, asked: Namespace) -> Output:
    """Keep files with a template."""
    template = bench.templates.get(asked.key)
    bench.template_files.add(template.id, [Path(name) for name in asked.files])
    return _carried(bench, template)


def detach(bench: Workbench, asked: Namespace) -> Output:
    """Take a file away from a template; raises UserError if it has none of that name."""
    template = bench.templates.get(asked.key)
    there = bench.template_files.attached(template.id)
    found = next((one for one in there if one.name == asked.name), None)
    if found is None:
        names = ", ".join(one.name for one in there) or tr("none")
        msg = tr("“{template}” has no file “{name}”. Its files: {names}.")
        raise UserError(msg.format(template=template.name, name=asked.name, names=names))
    bench.template_files.remove(template.id, found.id)
    return _carried(bench, template)


def _carried(bench: Workbench, template: Template) -> Output:
    shapes = files_json(bench, template.id)
    said = tr("No files go with “{name}”.")
    if shapes:
        said = tr("With “{name}” go: {files}.")
    names = ", ".join(str(one["name"]) for one in shapes)
    return Output({"key": template.key, "files": shapes}, [said.format(name=template.name, files=names)])
