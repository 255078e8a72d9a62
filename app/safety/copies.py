"""Conflict copies: what a program that syncs folders leaves where two computers wrote to the same file.

They are recognised by their names alone, as each of these programs gives them.
"""

from __future__ import annotations

import re
from pathlib import Path

from app.base.paths import Profile
from app.base.words import tr

_NAMES = (
    ("Syncthing", re.compile(r"\.sync-conflict-\d{8}-\d{6}")),
    ("Seafile", re.compile(r"\(SFConflict ")),
    ("Nextcloud", re.compile(r"\(conflicted copy \d{4}-\d\d-\d\d \d{6}\)|_conflict-\d{8}-\d{6}")),
    ("Dropbox", re.compile(r"conflicted copy", re.IGNORECASE)),
)
"""By the marks in their names: "community (Jana's conflicted copy 2026-12-03).rapport" is Dropbox's, for instance."""


def synced_by(file: Path) -> str:
    """The program whose conflict copy a file is by its name, such as "Dropbox"; "" if it is none.

    ownCloud names them as Nextcloud does, and is called so.
    """
    return next((program for program, mark in _NAMES if mark.search(file.name)), "")


def beside(profile: Profile) -> list[Path]:
    """The conflict copies that lie beside the profile's file, in the order of their names; [] if none can be listed."""
    try:
        return sorted(path for path in profile.folder.glob(f"*{profile.file.suffix}") if synced_by(path))
    except OSError:
        return []


def explained(file: Path) -> str:
    """What a conflict copy is, as a sentence or two; "" for any other file."""
    program = synced_by(file)
    if not program:
        return ""
    return tr(
        "By its name, {program} made it when two computers wrote to the same file. Each of the two has what the other "
        "hasn't."
    ).format(program=program)


def warning(profile: Profile) -> str:
    """That conflict copies lie beside the profile's file, and what to do; "" if there are none."""
    there = beside(profile)
    if not there:
        return ""
    names = ", ".join(path.name for path in there)
    return tr(
        "Another copy of the file lies beside it: {names}. Restoring it shows first what it has that this file hasn't. "
        "Keep this folder out of programs that sync."
    ).format(names=names)
