"""Pictures and files that go with a template: kept with it, and taken along by each draft that begins with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.base.digests import sha256
from app.base.errors import NotFoundError
from app.base.message import Attached
from app.base.words import tr
from app.outbox import files
from app.outbox.files import OutgoingFile
from app.outbox.whose import of_template
from app.store.sqlite import Connection
from app.store.store import Store


class TemplateFiles:
    """The files of templates. Unlike those of a draft, adding and removing them are actions that can be undone."""

    def __init__(self, store: Store) -> None:
        """Thread-safe."""
        self._store = store

    def attached(self, number: int) -> tuple[OutgoingFile, ...]:
        """The files of a template (its id), in the order in which they were added."""
        return files.attached(self._store.read, of_template(number))

    def add(self, number: int, added: Sequence[Path | Attached]) -> tuple[OutgoingFile, ...]:
        """Keep these files with a template, all of them or none; what it has already is not kept twice.

        Returns those that are new. Raises UserError for one that cannot be read or is empty, NotFoundError.
        """
        read = [files.read(one) if isinstance(one, Path) else one for one in added]
        name = self._name(number)
        with self._store.write(tr("Files for template: {name}").format(name=name)) as conn:
            there = set(files.digests_of(conn, of_template(number)))
            fresh = {digest: one for one in read if (digest := sha256(one.content).hex()) not in there}
            return tuple(files.insert(conn, of_template(number), one) for one in fresh.values())

    def remove(self, number: int, file: int) -> None:
        """Take a file (its id) away from a template; drafts that took it along keep theirs. Raises NotFoundError."""
        name = self._name(number)
        with self._store.write(tr("Files for template: {name}").format(name=name)) as conn:
            done = conn.execute("DELETE FROM outgoing_file WHERE id = ? AND template_id = ?", (file, number))
            if not done.rowcount:
                raise NotFoundError(tr("That file is no longer attached."))
            files.free(conn)

    def attach(self, conn: Connection, number: int, path: Path) -> bool:
        """Keep a file with a template in the open transaction; returns False if the template has it. Raises UserError.

        For `app.templates`, as `carried` is.
        """
        file = files.read(path)
        if sha256(file.content).hex() in files.digests_of(conn, of_template(number)):
            return False
        files.insert(conn, of_template(number), file)
        return True

    def carried(self, number: int) -> tuple[Attached, ...]:
        """The files of a template with their contents."""
        return files.contents(self._store.read, of_template(number))

    def _name(self, number: int) -> str:
        row = self._store.read.execute("SELECT name FROM template WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise NotFoundError(tr("That template no longer exists."))
        return str(row["name"])
