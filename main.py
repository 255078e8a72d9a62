"""Entry point: runs a shell command if one is given, else opens the workbench's window."""

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
    """Arguments for the window: the profile's folder ("" for the default one), and whether to open the demo."""

    folder: str
    demo: bool


def window_asked(words: Sequence[str]) -> WindowAsked | None:
    """Parse arguments meant for the window; None if they hold a command, ask for help, or are not recognized."""
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
    """Run the command, or open the window. Exit status: 0 ok, 1 refused, 2 usage error, 3 internal error."""
    asked = window_asked(words)
    if asked is None:
        from app.cli import run  # noqa: PLC0415  the window needs no argument parser

        return run(words)
    return open_window(asked)


def open_window(asked: WindowAsked) -> int:
    """Open the window and block until it closes; returns the exit status, 1 if the system lacks what a window needs."""
    # Collecting before the first paint frees nothing and takes 15 ms. Later ui.shell.garbage collects.
    gc.disable()
    from app.base import paths  # noqa: PLC0415  not needed by a command that fails early

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
    """Error message if there is no display, or X11 lacks libxcb-cursor (Qt would abort); "" if a window can open."""
    if system != "linux" or environ.get("QT_QPA_PLATFORM") or environ.get("WAYLAND_DISPLAY"):
        return ""
    if not environ.get("DISPLAY"):
        return tr(
            "There's no display: neither DISPLAY nor WAYLAND_DISPLAY is set. Commands work "
            "without one (see --help); QT_QPA_PLATFORM=offscreen opens an invisible window."
        )
    if _loads("libxcb-cursor.so.0"):
        return ""
    line = install_line() or "sudo apt-get install -y libxcb-cursor0"  # a command, not translated
    return tr("The window needs libxcb-cursor.so.0, which isn't installed. Install it with: {line}").format(line=line)


def lacks_qt(why: ImportError) -> bool:
    """Whether the import failed because Qt or a shared library it needs is missing, not because of a bug of ours."""
    return (why.name or "").split(".")[0] in ("PySide6", "shiboken6") or ".so" in str(why)


def what_to_install(why: ImportError) -> str:
    """Error message for a failed import of Qt: what is missing, and the command that installs it."""
    without = tr("Commands work without it; see --help.")
    if isinstance(why, ModuleNotFoundError):
        checkout = (PACKAGING / "develop.py").is_file()
        needs = tr("The window needs PySide6, which is missing here: install Rapport again.")
        if checkout:
            needs = tr("The window needs PySide6, which is missing here: run `python3 packaging/develop.py run`.")
        return f"{needs} {without}"
    library, line = str(why).partition(":")[0], install_line()
    needs = tr(
        "The window needs {library}, which isn't installed. Install your system's packages for Qt 6; for Debian "
        "the README lists them."
    )
    if line:
        needs = tr("The window needs {library}, which isn't installed. Install it with: {line}")
    return f"{needs.format(library=library, line=line)}\n{without}"


def install_line() -> str:
    """The shell command that installs the libraries Qt lacks here; "" if unknown for this system."""
    import runpy  # noqa: PLC0415  only needed when something is missing

    known = runpy.run_path(str(PACKAGING / "libraries.py"))
    packages = known["missing"](known["libraries"](os.environ, sys.platform), _loads)
    return str(known["install_line"](packages)) if packages else ""


def _loads(library: str) -> bool:
    """Whether the dynamic linker can load this library."""
    import ctypes  # noqa: PLC0415  the window loads it anyway, commands do not need it

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def start() -> int:
    """Run `main` on the command line and return its exit status; 130 if Ctrl+C comes before a command can handle it."""
    try:
        return main(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(start())
