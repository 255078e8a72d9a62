"""Templates as files: one Markdown file for each text, its facts above it, or one table (see docs/templates.md).

A file is checked whole before anything of it is taken, and its error names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from app.base import clock, short_texts
from app.base.errors import DiskError, UserError
from app.base.filenames import safe
from app.base.text import fold
from app.base.words import tr
from app.csvfile import reading, writing
from app.store.sqlite import Connection
from app.templates import keeping
from app.templates.beside import APART, Beside, Carrier
from app.templates.rows import Template, Text

HEADER = ("key", "name", "description", "folder", "language", "variant", "address", "channel", "files", "text")
"""The columns of a table, and the facts above a text."""
_SAME = {
    "template": "name", "title": "name", "shortcut": "key", "shortcode": "key", "use": "description", "body": "text",
    "content": "text", "form_of_address": "address", "attachments": "files", "pictures": "files",
}  # fmt: skip
"""What the columns are called as well, in what Rapport exports for a spreadsheet and elsewhere."""
_FENCE = "---"
_MAX_FILES = 5_000


class Piece(NamedTuple):
    """One text of a file, with the facts of its template; `source` is what the file is called in an error."""

    source: str
    key: str
    name: str
    description: str
    folder: str
    text: Text
    files: tuple[Path, ...] = ()


class Taken(NamedTuple):
    """What became of imported templates: how many are new, were changed, or were there already just so."""

    added: int
    changed: int
    same: int


def read(path: Path) -> tuple[Template, ...]:
    """The templates of a Markdown file, a folder of such files, or a CSV file.

    Raises UserError, one sentence, for the first thing that is wrong; DiskError if it cannot be read.
    """
    if path.is_dir():
        files = sorted(file for file in path.rglob("*.md") if file.is_file())[: _MAX_FILES + 1]
        if not files or len(files) > _MAX_FILES:
            msg = tr("{name} has no Markdown files (.md) with templates.")
            if files:
                msg = tr("{name} has too many files: {most:,} are taken at once.")
            raise UserError(msg.format(name=path.name, most=_MAX_FILES))
        return gathered(_markdown(file, path) for file in files)
    if path.suffix.casefold() == ".md":
        return gathered([_markdown(path, path.parent)])
    return gathered(_rows(path))


def gathered(pieces: Iterable[Piece]) -> tuple[Template, ...]:
    """The templates that these texts make up; raises UserError where two of them cannot both be."""
    templates: dict[str, tuple[Piece, dict[tuple[str, str], Piece]]] = {}
    for piece in pieces:
        first, texts = templates.setdefault(piece.key, (piece, {}))
        place = piece.text.language, piece.text.variant
        msg = ""
        if fold(first.folder) != fold(piece.folder):
            msg = tr("{first} and {second} have the same key, “{key}”, in different folders. Change the key of one.")
        elif place in texts:
            msg = tr("{first} and {second} are the same text of “{key}”. Give one of them another variant.")
            first = texts[place]
        if msg:
            raise UserError(msg.format(first=first.source, second=piece.source, key=piece.key))
        texts[place] = piece
    made = []
    for key, (first, texts) in templates.items():
        of_it = [one.text for one in texts.values()]
        files = dict.fromkeys(file for one in texts.values() for file in one.files)
        named = Template(0, key, first.name, first.description, tuple(of_it), folder=first.folder, files=tuple(files))
        made.append(named)
    return tuple(made)


def take(
    conn: Connection,
    templates: Iterable[Template],
    known: Mapping[str, Template],
    carrier: Callable[[], Carrier] | None = None,
) -> Taken:
    """Add these templates, or change those of the same key, in the open transaction; nothing is removed.

    The files that go with them are kept by `carrier`. Raises UserError for one that cannot be read.
    """
    added = changed = same = 0
    now = clock.now()
    for template in templates:
        there = known.get(template.key)
        if there is None:
            _attach(conn, keeping.insert(conn, template), template, carrier)
            added += 1
            continue
        before = {(one.language, one.variant): (one.body, one.address, one.channel) for one in there.texts}
        fresh = [
            one for one in template.texts
            if before.get((one.language, one.variant)) != (one.body, one.address, one.channel)
        ]  # fmt: skip
        named = (template.name, template.use, keeping.checked_folder(template.folder))
        more = _attach(conn, there.id, template, carrier)
        if not fresh and not more and named == (there.name, there.use, there.folder):
            same += 1
            continue
        conn.execute("UPDATE template SET name = ?, use = ?, folder = ? WHERE id = ?", (*named, there.id))
        for one in fresh:
            keeping.put(conn, there.id, one, now)
        changed += 1
    return Taken(added, changed, same)


def _attach(conn: Connection, number: int, template: Template, carrier: Callable[[], Carrier] | None) -> bool:
    """Keep a template's files with it; returns whether there is one that it did not have."""
    if carrier is None or not template.files:
        return False
    added = [carrier().attach(conn, number, file) for file in template.files]
    return any(added)


def write(
    templates: Iterable[Template],
    path: Path,
    *,
    replace: bool = False,
    carrier: Callable[[], Carrier] | None = None,
) -> int:
    """Write all texts to a folder of Markdown files, or for a name that ends in .csv to a table; returns how many.

    The files that go with them are written beside their texts.

    Raises UserError if a file is there already, unless `replace`; DiskError if it cannot be written.
    """
    rows = [(template, text) for template in templates for text in template.texts]
    beside = Beside(carrier() if carrier is not None else None, replace=replace)
    if path.suffix.casefold() == ".csv":
        told = (_facts(*row, beside.names(row[0].id, path.parent)).values() for row in rows)
        return writing.write(path, HEADER, map(tuple, told), replace=replace)
    for template, text in rows:
        file = path.joinpath(*(safe(part, "folder") for part in template.folder.split("/") if part))
        name = ".".join([template.key, text.language, *([text.variant] if text.variant != "A" else []), "md"])
        try:
            file.mkdir(parents=True, exist_ok=True)
            with writing.in_place(file / safe(name, "template.md"), replace=replace) as made:
                made.write_text(markdown(template, text, beside.names(template.id, file)), encoding="utf-8")
        except OSError as why:
            msg = tr("Can't write to {path}. Choose another folder.").format(path=file)
            raise DiskError(msg) from why
    return len(rows)


def markdown(template: Template, text: Text, files: str = "") -> str:
    """A text as a file: its facts above, then its words; `files` are the names of those beside it."""
    facts = _facts(template, text, files)
    body = facts.pop("text")
    lines = [f"{name}: {value}" for name, value in facts.items() if value]
    return "\n".join([_FENCE, *lines, _FENCE, body, ""])


def _facts(template: Template, text: Text, files: str) -> dict[str, str]:
    values = (
        template.key, template.name, template.use, template.folder, text.language, text.variant, text.address,
        text.channel, files, text.body,
    )  # fmt: skip
    return dict(zip(HEADER, values, strict=True))


def _markdown(file: Path, root: Path) -> Piece:
    source = file.relative_to(root).as_posix()
    try:
        with file.open("rb") as opened:
            words = short_texts.read(opened, source)
    except OSError as why:
        msg = tr("Can't read {path}. Check that it exists and that you have permission to open it.").format(path=source)
        raise DiskError(msg) from why
    head, _, body = words.removeprefix(f"{_FENCE}\n").partition(f"\n{_FENCE}\n")
    if not words.startswith(f"{_FENCE}\n") or not body:
        msg = tr("{name} doesn't begin with its key and language between two lines of ---.").format(name=source)
        raise UserError(msg)
    facts = {"folder": file.parent.relative_to(root).as_posix().removeprefix(".")}
    for line in head.split("\n"):
        name, colon, value = line.partition(":")
        if colon and not line.lstrip().startswith("#"):
            name = name.strip().casefold().replace(" ", "_")
            facts[_SAME.get(name, name)] = value.strip().strip("\"'").strip()
    return _piece(source, {**facts, "text": body.strip("\n")}, file.parent)


def _rows(path: Path) -> Iterator[Piece]:
    table = reading.inspect_table(path)
    header = [_SAME.get(name, name) for name in (fold(cell).strip().replace(" ", "_") for cell in table.header)]
    lacking = [name for name in ("key", "language", "text") if name not in header]
    if lacking:
        msg = tr("{name} has no column “{column}”. Its columns are: {columns}.").format(
            name=path.name, column=lacking[0], columns=", ".join(HEADER)
        )
        raise UserError(msg)
    for row in reading.rows(table):
        facts = dict(zip(header, row.cells, strict=False))
        source = tr("{name}, row {number}").format(name=path.name, number=row.number)
        if any(value.strip() for value in facts.values()):
            yield _piece(source, facts, path.parent)


def _beside(folder: Path, name: str) -> Path:
    """A file that is named beside a text; raises UserError if it is elsewhere or not there."""
    path = folder / name
    if Path(name).name != name or "\\" in name or path.is_symlink():
        msg = tr("“{name}” is somewhere else: a file that goes with a template has to be beside it.").format(name=name)
        raise UserError(msg)
    if not path.is_file():
        msg = tr("“{name}” isn't beside it.").format(name=name)
        raise UserError(msg)
    return path


def _refuse_lacking(told: Mapping[str, str]) -> None:
    for name in ("key", "language"):
        if not told[name]:
            msg = tr("“{fact}” is missing.").format(fact=name)
            raise UserError(msg)


def _piece(source: str, facts: Mapping[str, str], beside: Path) -> Piece:
    """A text with its facts, whose files are in the folder `beside`; raises UserError for what cannot be used."""
    told = {name: facts.get(name, "").strip() for name in HEADER}
    try:
        _refuse_lacking(told)
        text = Text(
            told["language"].casefold(), told["variant"] or "A", told["text"], 0, told["address"].casefold(),
            told["channel"].casefold(),
        )  # fmt: skip
        keeping.checked(text)
        key = keeping.normalized_key(told["key"])
        folder = keeping.checked_folder(told["folder"])
        files = tuple(_beside(beside, name.strip()) for name in told["files"].split(APART) if name.strip())
    except UserError as why:
        msg = tr("{name} can't be taken: {why}").format(name=source, why=why)
        raise UserError(msg) from why
    name = told["name"] or key.replace("-", " ").capitalize()
    return Piece(source, key, name, told["description"], folder, text, files)
