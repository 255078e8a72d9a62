"""Rapport. Without a command it opens the workbench's window; with one it does that and opens none."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from app.base.words import tr

PACKAGING = Path(__file__).resolve().parent / "packaging"


class WindowAsked(NamedTuple):
    """What was asked of the window: the profile's folder ("" for the usual one), and whether to show the demo."""

    folder: str
    demo: bool


def window_asked(words: Sequence[str]) -> WindowAsked | None:
    """What the words ask of the window; None where they hold a command, ask for help, or are not understood."""
    folder, demo, rest = "", False, list(words)
    while rest:
        word = rest.pop(0)
        if word == "--demo":
            demo = True
        elif word.startswith("--profile="):
            folder = word.partition("=")[2]
        elif word == "--profile" and rest:
            folder = rest.pop(0)
        else:
            return None
    return WindowAsked(folder, demo)


def main(words: Sequence[str]) -> int:
    """Do what the words ask; the exit status: 0 done, 1 refused, 2 wrong usage, 3 a mistake of Rapport itself."""
    asked = window_asked(words)
    if asked is None:
        from app.cli import run  # noqa: PLC0415  a window needs no parser

        return run(words)
    return open_window(asked)


def open_window(asked: WindowAsked) -> int:
    """The window, until it is closed; one sentence where this system lacks what it needs."""
    gc.disable()  # what is made before the first paint stays, looking through it takes 15 ms; then see ui.shell.garbage
    from app.base import paths  # noqa: PLC0415  a command that fails early does not need it

    profile = paths.profile(asked.folder or None)
    lacking = no_screen(os.environ, sys.platform)
    if lacking:
        sys.stderr.write(f"{lacking}\n")
        return 1
    try:
        from ui.shell.application import run  # noqa: PLC0415  only a window needs Qt
    except ImportError as why:
        if not lacks_qt(why):
            raise
        sys.stderr.write(f"{what_to_install(why)}\n")
        return 1
    return run(profile, demo=asked.demo)


def no_screen(environ: Mapping[str, str], system: str) -> str:
    """The sentence where a window has no screen to open on, or lacks what Qt needs on X11; Qt itself would abort."""
    if system != "linux" or environ.get("QT_QPA_PLATFORM") or environ.get("WAYLAND_DISPLAY"):
        return ""
    if not environ.get("DISPLAY"):
        return tr(
            "There's no display: neither DISPLAY nor WAYLAND_DISPLAY is set. Commands work "
            "without one (see --help); QT_QPA_PLATFORM=offscreen opens an invisible window."
        )
    if _loads("libxcb-cursor.so.0"):
        return ""
    line = install_line() or "sudo apt-get install -y libxcb-cursor0"
    return tr("The window needs libxcb-cursor.so.0, which isn't installed. Install it with: {line}").format(line=line)


def lacks_qt(why: ImportError) -> bool:
    """Whether an import failed for want of Qt or of a library that Qt needs, and not for a mistake of ours."""
    return (why.name or "").split(".")[0] in ("PySide6", "shiboken6") or ".so" in str(why)


def what_to_install(why: ImportError) -> str:
    """One sentence: what is missing, and the line that brings it."""
    without = tr("Commands work without it; see --help.")
    if isinstance(why, ModuleNotFoundError):
        checkout = (PACKAGING / "develop.py").is_file()
        remedy = "run `python3 packaging/develop.py run`" if checkout else "install Rapport again"
        return tr("The window needs PySide6, which is missing here: {remedy}. {without}").format(
            remedy=remedy, without=without
        )
    library = str(why).partition(":")[0]
    line = install_line() or "your system's packages for Qt 6 (on Debian see the README)"
    return tr("The window needs {library}, which isn't installed. Install it with: {line}\n{without}").format(
        library=library, line=line, without=without
    )


def install_line() -> str:
    """The line that installs what Qt lacks here; "" where nobody knows."""
    import runpy  # noqa: PLC0415  only where something is missing

    known = runpy.run_path(str(PACKAGING / "libraries.py"))
    packages = known["missing"](known["libraries"](os.environ, sys.platform), _loads)
    return str(known["install_line"](packages)) if packages else ""


def _loads(library: str) -> bool:
    """Whether the system has this library."""
    import ctypes  # noqa: PLC0415  the window loads it anyway, a command does not

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def start() -> int:
    """Do what this process was asked for; the exit status, 130 for one that was broken off before it had begun."""
    try:
        return main(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(start())
