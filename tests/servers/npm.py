"""Packages of Node, and a Node of our own for those that want a newer one than Debian's; kept in the cache."""

from __future__ import annotations

import json
import os
import platform
import pwd
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.servers.cache import made

_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}


def installed(
    name: str, *packages: str, more: Callable[[Path], object] | None = None, native: int | None = None
) -> Path:
    """A folder with these pinned packages in its node_modules; `more` puts into it what else is wanted there.

    `native`: parts of them are compiled, for this version of Node; that takes a compiler, make and Python.
    """

    def make(folder: Path) -> None:
        (folder / "package.json").write_text(json.dumps({"name": name, "private": True, "type": "module"}))
        if native is None:
            run(folder, "install", "--ignore-scripts", *packages)
        else:
            program = node(native)
            path = f"{program.parent}:{os.environ.get('PATH', os.defpath)}"
            # the headers come with the package of Node: what is compiled does not fetch them
            run(folder, "install", *packages, PATH=path, npm_config_nodedir=str(program.parent.parent))
        if more is not None:
            more(folder)

    return made(name, make)


def run(folder: Path, *words: str, **env: str) -> str:
    """What npm says when it runs there; AssertionError with its complaint where it fails."""
    quiet = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    # npm's own store of what it fetched lies in the person's home, and a test has another
    around = {**os.environ, "HOME": pwd.getpwuid(os.getuid()).pw_dir, **env}
    command = ["npm", *words, *quiet]
    ended = subprocess.run(command, cwd=folder, env=around, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"npm {' '.join(words)}: {ended.stderr[-2000:]}"
    return ended.stdout


def node(major: int) -> Path:
    """A Node of that version, as npm's package of its binaries has it."""
    package = f"node-linux-{_MACHINES[platform.machine().lower()]}"
    return installed(f"npm-{package}-{major}", f"{package}@{major}") / "node_modules" / package / "bin" / "node"
