"""What works less well here because an optional package is missing, in sentences for `rapport check`."""

from __future__ import annotations

from importlib.util import find_spec

from app.base.words import tr
from app.store.sqlite import sqlite_version_info

_MENDED = (3, 51, 3)


def weaker() -> list[str]:
    """One sentence for each thing that works less well than it could; none where everything is installed."""
    said = []
    if not _is_installed("pycld2"):
        said.append(
            tr(
                "Languages can't be recognised, because the package pycld2 isn't installed: if neither "
                "the channel nor the member says which language to reply in, Rapport asks you."
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


def _is_installed(package: str) -> bool:
    """Whether the package is there; it is not loaded, for the tables of pycld2 are 15 MB."""
    try:
        return find_spec(package) is not None
    except ImportError:
        return False
