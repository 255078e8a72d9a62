"""Starting with the session: a file as the Desktop Application Autostart Specification has it, one for each profile."""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path

from app.base import paths
from app.base.desktop import own_command
from app.base.errors import DiskError, UserError
from app.base.words import tr

_ENTRY = """\
[Desktop Entry]
Type=Application
Name=Rapport
Exec={command}
Icon=rapport
Terminal=false
"""


def is_possible() -> bool:
    """Whether sessions of this system start what such a file names."""
    return sys.platform.startswith("linux")


def place(folder: Path) -> Path:
    """Where the file for the profile in this folder is, or would be; it need not be there."""
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "autostart" / f"{name_for(folder)}.desktop"


def name_for(folder: Path) -> str:
    """A file's name that no other profile's has: the usual profile has the plain one."""
    from platformdirs import user_data_path  # noqa: PLC0415  the first paint does without

    usual = paths.Profile(user_data_path("rapport", appauthor=False)).folder
    return "rapport" if folder == usual else f"rapport-{sha256(str(folder).encode()).hexdigest()[:8]}"


def switch(folder: Path, *, on: bool) -> None:
    """Write the file or remove it. Raises UserError where no session would read it, DiskError if that fails."""
    if on and not is_possible():
        msg = tr("Rapport can't set this here. Your system's own settings say what starts with the session.")
        raise UserError(msg)
    file = place(folder)
    try:
        if on:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(entry([*own_command(), "--profile", str(folder)]), encoding="utf-8")
        else:
            file.unlink(missing_ok=True)
    except OSError as why:
        msg = tr("{file} can't be changed: {reason}.").format(file=file, reason=(why.strerror or "").lower())
        raise DiskError(msg) from why


def entry(command: list[str]) -> str:
    """The text of the file that runs this command."""
    return _ENTRY.format(command=" ".join(map(_quoted, command)))


def _quoted(word: str) -> str:
    """A word of Exec, quoted as the Desktop Entry Specification has it: for the command, then for the value."""
    for sign in ("\\", '"', "`", "$"):
        word = word.replace(sign, f"\\{sign}")
    word = word.replace("%", "%%").replace("\\", "\\\\").replace("\n", "\\n")
    return f'"{word}"'
