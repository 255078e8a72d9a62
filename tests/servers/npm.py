"""Packages of Node, and a Node of our own for those that want a newer one than Debian's; kept in the cache."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.servers.cache import made

_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}


def installed(name: str, *packages: str, more: Callable[[Path], object] | None = None, scripts: bool = False) -> Path:
    """A folder with these pinned packages in its node_modules; `more` puts into it what else is wanted there.

    `scripts`: whether the packages may run their own scripts, as those with parts in C have to.
    """

    def make(folder: Path) -> None:
        (folder / "package.json").write_text(json.dumps({"name": name, "private": True, "type": "module"}))
        how = [] if scripts else ["--ignore-scripts"]
        run(folder, "install", *how, *packages)
        if more is not None:
            more(folder)

    return made(name, make)


def run(folder: Path, *words: str) -> str:
    """What npm says when it runs there; AssertionError with its complaint where it fails."""
    quiet = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    ended = subprocess.run(["npm", *words, *quiet], cwd=folder, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"npm {' '.join(words)}: {ended.stderr[-2000:]}"
    return ended.stdout


def node(major: int) -> Path:
    """A Node of that version, as npm's package of its binaries has it."""
    package = f"node-linux-{_MACHINES[platform.machine().lower()]}"
    return installed(f"npm-{package}-{major}", f"{package}@{major}") / "node_modules" / package / "bin" / "node"
