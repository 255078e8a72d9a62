"""What works less well here because an optional package is missing, in sentences for `rapport check`."""

from __future__ import annotations

from app.base.words import tr
from app.store.sqlite import sqlite_version_info

_MENDED = (3, 51, 3)


def weaker() -> list[str]:
    """One sentence for each thing that works less well than it could; none where everything is installed."""
    from app.base import language  # noqa: PLC0415  15 MB of tables, which other commands do not load

    said = []
    if not language.RECOGNIZES:
        said.append(
            tr(
                "Languages are not recognized here, because the package pycld2 is not installed: "
                "where neither the channel nor the member says which language to answer in, you are "
                "asked."
            )
        )
    if sqlite_version_info < _MENDED:
        version = ".".join(map(str, sqlite_version_info))
        said.append(
            tr(
                "The file is kept by SQLite {version}, because the package pysqlite3 is not "
                "installed: versions before 3.51.3 can, very rarely, lose what was written last, so "
                "make backups often."
            ).format(version=version)
        )
    return said
