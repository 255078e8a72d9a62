"""`handoff file` and `handoff given`: hand-offs given to teammates in files, and the register of these files."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from app import given
from app.base import ids
from app.base.errors import UserError
from app.base.words import counted, tr
from app.cli import exports
from app.cli.arguments import Commands, limit
from app.cli.output import Output, iso, table, when
from app.cli.shapes import Shape, named
from app.workbench import Workbench


def add(group: Commands) -> None:
    """Add the commands to those of `handoff`."""
    made = group.add(
        "file",
        file,
        tr("write the hand-offs that wait for an answer into a file, or one for each teammate, and note it"),
    )
    exports.destination(made, optional=True)
    made.add_argument(
        "--to",
        metavar=tr("TEAMMATE"),
        help=tr("only this teammate's, in the format they prefer; standard output gets CSV unless --xlsx is given"),
    )
    made.add_argument(
        "--each", action="store_true", help=tr("a file for each teammate with something new; FILE is a folder then")
    )
    made.add_argument(
        "--letter", action="store_true", help=tr("draft a letter with the file attached, instead of saving it")
    )
    made.add_argument("--private", action="store_true", help=tr("include e-mail, address and phone in the texts"))
    made = group.add("round", show_round, tr("list who would get a file now, and what is new in it"))
    made.add_argument("--all", action="store_true", help=tr("include those who already have everything"))
    limit(made)
    made = group.add("given", show_given, tr("list the files given to teammates, the latest first"))
    made.add_argument("--to", metavar=tr("TEAMMATE"), help=tr("only this teammate's files"))
    limit(made)


def file(bench: Workbench, asked: Namespace) -> Output:
    """Give hand-offs: into one file, into a file for each teammate, or with letters."""
    if asked.each and asked.to is not None:
        raise UserError(tr("--each is for everybody, --to for one teammate. Leave one of them out."))
    if asked.letter:
        return _letters(bench, asked)
    if asked.file is exports.NOT_NAMED:
        raise UserError(tr("Name a file, or a folder with --each. With --letter leave it out."))
    if asked.each:
        return _each(bench, asked)
    to = None if asked.to is None else bench.teammates.named(asked.to).id
    how = bench.giving.preferred(to)
    asked.separator = asked.separator or ("tab" if how.separator == "\t" else how.separator)
    plain = asked.file is None or str(asked.file).casefold().endswith(".csv")
    asked.xlsx = asked.xlsx or (how.format == "xlsx" and not plain)
    return exports.write(
        asked,
        "handoffs",
        lambda path, options: bench.export.file("handoffs", path, options),
        to=to,
        private=asked.private,
        columns=how.columns,
    )


def _each(bench: Workbench, asked: Namespace) -> Output:
    if asked.file in (None, exports.NOT_NAMED) or asked.separator or asked.xlsx or asked.force:
        msg = tr(
            "With --each, name a folder; each file is in the format its teammate prefers, and none is overwritten."
        )
        raise UserError(msg)
    whom = [due.teammate.id for due in bench.giving.due()]
    if not whom:
        return Output([], [tr("Everyone already has their file.")])
    done = bench.giving.save_each(Path(asked.file), whom, private=asked.private)
    shapes = [{"file": str(written.path), "rows": written.rows} for written in done]
    lines = [
        counted(written.rows, "{file}: {count} hand-off.", "{file}: {count} hand-offs.", file=written.path)
        for written in done
    ]
    return Output(shapes, lines)


def _letters(bench: Workbench, asked: Namespace) -> Output:
    if asked.file is not exports.NOT_NAMED or asked.separator or asked.xlsx or asked.force:
        msg = tr("With --letter, leave out the file: it goes with the letter, in the format its teammate prefers.")
        raise UserError(msg)
    if asked.to is None and not asked.each:
        raise UserError(tr("Say whom the letter is for: --to TEAMMATE, or --each."))
    if asked.to is not None:
        whom = [bench.teammates.named(asked.to).id]
    else:
        whom = [due.teammate.id for due in bench.giving.due()]
    if not whom:
        return Output([], [tr("Everyone already has their file.")])
    drafts = bench.giving.letters(whom, private=asked.private)
    shapes = [{"draft": draft.id, "to": draft.receivers[0].address, "subject": draft.subject} for draft in drafts]
    lines = [
        tr("Draft {number} to {name}: {subject}").format(
            number=draft.id, name=draft.receivers[0].name, subject=draft.subject
        )
        for draft in drafts
    ]
    return Output(shapes, [*lines, tr("Nothing is sent yet: the letters are drafts.")])


def show_round(bench: Workbench, asked: Namespace) -> Output:
    """List who would get a file."""
    dues = bench.giving.due(everything=asked.all)[: asked.limit]
    shapes = [
        {
            "teammate": due.teammate.name, "email": due.teammate.email or None, "file": due.name,
            "waiting": [ids.display("H", row) for row in due.rows], "new": [ids.display("H", row) for row in due.news],
            "last_at": iso(due.last_at), "away": due.away,
        }
        for due in dues
    ]  # fmt: skip
    cells = [
        (
            due.teammate.name,
            counted(len(due.rows), "{count} waiting", "{count} waiting"),
            counted(len(due.news), "{count} new", "{count} new"),
            due.name,
            tr("away") if due.away else "",
        )
        for due in dues
    ]
    return Output(shapes, table(cells) or [tr("Everyone already has their file.")])


def show_given(bench: Workbench, asked: Namespace) -> Output:
    """List the files given out."""
    whom = None if asked.to is None else bench.teammates.named(asked.to).id
    files = bench.giving.given(whom)[: asked.limit]
    cells = [
        (
            when(one.at),
            one.name or tr("standard output"),
            one.teammate or tr("everybody"),
            counted(len(one.rows), "{count} row", "{count} rows"),
            given.standing(one),
        )
        for one in files
    ]
    return Output([given_json(one) for one in files], table(cells) or [tr("No files have been sent out yet.")])


def line(one: given.Given) -> str:
    """When, in which file and how a hand-off was given out."""
    return " · ".join((when(one.at), one.name or tr("standard output"), given.standing(one)))


def given_json(one: given.Given) -> Shape:
    """The JSON of a file that was given out."""
    kind = ids.HANDOFF if one.kind == "handoffs" else ids.GIFT
    return {
        "at": iso(one.at), "kind": one.kind, "file": one.name or None, "teammate": one.teammate or None,
        "standing": one.standing.replace("_", "-"), "conversation": named("C", one.conversation_id),
        "rows": [ids.display(kind, row) for row in one.rows],
    }  # fmt: skip
