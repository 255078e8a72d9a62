"""What works less well because an optional package is missing, as sentences for `rapport check`."""

from __future__ import annotations

from importlib.util import find_spec

from app.base.words import tr
from app.store.sqlite import sqlite_version_info

_FIXED_VERSION = (3, 51, 3)  # SQLite's WAL-reset bug


def weaker() -> list[str]:
    """One sentence per limitation; [] if everything is installed."""
    sentences = []
    if not _is_installed("pycld2"):
        sentences.append(
            tr(
                "Languages can't be recognised, because the package pycld2 isn't installed: if neither "
                "the channel nor the member says which language to reply in, Rapport asks you."
            )
        )
    if not _is_installed("hunspell"):
        sentences.append(
            tr("Spelling isn't checked, because the package chunspell isn't installed: pip install rapport[spelling].")
        )
    if not _is_installed("pyrage"):
        sentences.append(
            tr(
                "Backups in a second place can't be encrypted, nor encrypted ones be read, because the package pyrage "
                "isn't installed."
            )
        )
    if sqlite_version_info < _FIXED_VERSION:
        version = ".".join(map(str, sqlite_version_info))
        sentences.append(
            tr(
                "The file is kept by SQLite {version}, because the package pysqlite3 is not "
                "installed: versions before 3.51.3 can, very rarely, lose what was written last, so "
                "make backups often."
            ).format(version=version)
        )
    return sentences


def _is_installed(package: str) -> bool:
    """Whether the package is installed, without importing it: the tables of pycld2 take 15 MB."""
    try:
        return find_spec(package) is not None
    except ImportError:
        return False
