"""`sync --timer`: a systemd timer of the person's own, which fetches with no window open.

Written as systemd.service(5) and systemd.timer(5) have it; the quoting of a command is that of systemd.syntax(7).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from app.base.autostart import name_for
from app.base.desktop import own_command
from app.base.errors import DiskError, UserError
from app.base.words import tr
from app.cli.output import Output

USUAL_SECONDS = 600
_SERVICE = """\
[Unit]
Description=Rapport: send what is due and fetch what is new

[Service]
Type=oneshot
ExecStart={command}
"""
_TIMER = """\
[Unit]
Description=Rapport: send and fetch every so often

[Timer]
OnStartupSec=60s
OnUnitActiveSec={seconds}s

[Install]
WantedBy=timers.target
"""


def write(folder: Path, seconds: int) -> Output:
    """Write service and timer for the profile in this folder; says where they are, and how to switch them on and off.

    Nothing is switched on. Raises UserError where there is no systemd, DiskError if a file can't be written.
    """
    if not sys.platform.startswith("linux"):
        msg = tr("Timers of systemd are there on Linux only. `sync --every 10m` goes on by itself in a shell.")
        raise UserError(msg)
    name, where = name_for(folder).replace("rapport", "rapport-sync", 1), units_folder()
    texts = units([*own_command(), "--profile", str(folder), "sync", "--due"], seconds)
    files = [where / f"{name}.{kind}" for kind in texts]
    try:
        where.mkdir(parents=True, exist_ok=True)
        for file, text in zip(files, texts.values(), strict=True):
            file.write_text(text, encoding="utf-8")
    except OSError as why:
        msg = tr("{folder} can't be written: {reason}.").format(folder=where, reason=(why.strerror or "").lower())
        raise DiskError(msg) from why
    lines = [tr("Written: {file}").format(file=file) for file in files]
    on, off = f"systemctl --user enable --now {name}.timer", f"systemctl --user disable --now {name}.timer"
    lines += [
        tr("Nothing runs yet. To start it, now and at each login: {command}").format(command=on),
        tr("To stop it: {command}; then both files can be deleted.").format(command=off),
        tr("It leaves everything to a window while one is open."),
    ]
    return Output({"files": [str(file) for file in files], "seconds": seconds, "on": on, "off": off}, lines)


def units(command: Sequence[str], seconds: int) -> dict[str, str]:
    """The texts of both units by kind: the command runs every so many seconds."""
    quoted = " ".join(_quoted(word) for word in command)
    return {"service": _SERVICE.format(command=quoted), "timer": _TIMER.format(seconds=seconds)}


def units_folder() -> Path:
    """The folder of the person's own units."""
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "systemd" / "user"


def _quoted(word: str) -> str:
    """A word as systemd reads it back: specifiers, variables, quotes and control characters are taken literally."""
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$"), ("\n", "\\n"), ("\t", "\\t")):
        word = word.replace(sign, written)
    return f'"{word}"'
