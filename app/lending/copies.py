"""Opening a copy of the file that is brought here: a private copy of it is checked, and brought up to date."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from app.base.errors import DamagedFileError, NotFoundError
from app.base.paths import Profile
from app.base.words import tr
from app.store import backup, header, migrations, verify
from app.store.connection import open_connection
from app.store.failures import sentence
from app.store.sqlite import DatabaseError


@contextmanager
def opened(chosen: Path) -> Iterator[Path]:
    """A private copy of a community's file, or of that in a folder, as this Rapport reads it; it goes at the end.

    Raises NotFoundError if there is none, DamagedFileError if it isn't sound, NewerFileError, DiskError.
    """
    source = chosen.expanduser().absolute()
    source = Profile(source).file if source.is_dir() else source
    if not source.is_file():
        msg = tr("There's no file {source}.").format(source=source)
        raise NotFoundError(msg)
    if fault := verify.fault(source):
        msg = tr("{source} can't be read ({fault}); nothing was changed.").format(source=source, fault=fault)
        raise DamagedFileError(msg)
    if not verify.digest_of(source):  # without a manifest it may be a live file, whose log belongs to it
        migrations.refuse_foreign_log(source)
    with tempfile.TemporaryDirectory(prefix="rapport-") as folder:
        copy = Path(folder) / "copy.rapport"
        try:
            _fill(source, copy)
        except (OSError, DatabaseError, UnicodeDecodeError) as why:
            raise sentence(why, source) from why
        yield copy


def _fill(source: Path, copy: Path) -> None:
    shutil.copyfile(source, copy)
    if header.has_log(source):
        shutil.copyfile(header.log_of(source), header.log_of(copy))
    with closing(open_connection(copy)) as conn:
        migrations.refuse_half(conn, source)
        if migrations.version(conn) < header.LATEST:
            migrations.migrate(conn)
        conn.execute("PRAGMA journal_mode = DELETE")
        problems = backup.faults(conn)
    if problems:
        msg = tr("{source} can't be read ({fault}); nothing was changed.").format(source=source, fault=problems[0])
        raise DamagedFileError(msg)
