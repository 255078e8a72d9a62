"""The zip itself: `member.html` and the conversations as pages, `everything.json`, and the files that they sent."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from app.about.gathering import held
from app.attachments import safe_name
from app.base import ids
from app.base.words import tr
from app.csvfile import in_place
from app.printing import document

if TYPE_CHECKING:
    from app.attachments import Attachments
    from app.members import Members
    from app.printing import Printing
    from app.store.store import Store


class Desks(Protocol):
    """What the zip is made of."""

    store: Store
    members: Members

    @property
    def printing(self) -> Printing:
        """Pages."""

    @property
    def attachments(self) -> Attachments:
        """Files that came with messages."""


class About(NamedTuple):
    """What was written: the file, rows by table, and how many files went along; `missing` are named, and not there."""

    path: Path
    rows: dict[str, int]
    files: int
    missing: tuple[str, ...]


def write(
    desks: Desks, number: int, path: Path, *, replace: bool = False, progress: Callable[[], object] = lambda: None
) -> About:
    """Write everything that is held about a member to `path`, whole or not at all; nothing in the file changes.

    Files that were never fetched are named in the pages, but not fetched. Raises NotFoundError, ExistsError unless
    `replace`, DiskError.
    """
    member = desks.members.get(number)
    rows = held(desks.store.read, desks.members, member.id)
    files, missing = 0, list[str]()
    with in_place(path, replace=replace) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("member.html", document(desks.printing.member(member.id, notes=True)))
        for row in rows.get("conversation", ()):
            shown = ids.display(ids.CONVERSATION, row["id"])
            packed.writestr(f"conversations/{shown}.html", document(desks.printing.conversation(row["id"], notes=True)))
            progress()
        packed.writestr("everything.json", json.dumps(rows, ensure_ascii=False, indent=1))
        for row in rows.get("attachment", ()):
            content = desks.attachments.here(row["id"])
            if content is None:
                missing.append(str(row["name"]))
                continue
            name = safe_name(desks.attachments.get(row["id"]))
            packed.writestr(f"files/{row['id']}-{name}", content)
            files += 1
        packed.writestr("READ ME.txt", _read_me(member.name))
    return About(path, {table: len(found) for table, found in rows.items()}, files, tuple(missing))


def _read_me(name: str) -> str:
    lines = (
        tr("Everything that is held about {name}.").format(name=name),
        tr("member.html: what is known, with notes, gifts and promises. conversations: every conversation with them."),
        tr("everything.json: each row of each table that is about them, as it is in the file; times are Unix seconds."),
        tr("files: what they sent along. Files that were never fetched from the server aren't here."),
    )
    return "\n".join(lines) + "\n"
