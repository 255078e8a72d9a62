"""Where servers that are not of the system are kept between runs: a folder outside the tree, filled once."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

CI = os.environ.get("CI", "").lower() in {"1", "true"}
# told at import: every test has a home of its own, and this is the person's
CACHE = Path(os.environ.get("RAPPORT_SERVERS") or Path.home() / ".cache" / "rapport-servers")


@contextlib.contextmanager
def locked(name: str) -> Iterator[Path]:
    """The folder of that name in the cache, which may not be there yet; one process at a time has it."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield CACHE / name


def made(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of that name, made by `make` where it is not there yet; one that was begun and left is made anew."""
    with locked(name) as folder:
        if not folder.exists():
            begun = folder.with_name(f"{name}.begun")
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            make(begun)
            begun.rename(folder)
        return folder


def venv(name: str, *packages: str) -> Path:
    """The `bin` of a virtual environment with these pinned packages and nothing of ours."""

    def make(folder: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
        # by `python -m`, here and by whoever runs them: the folder gets its own name afterwards
        install = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        done = subprocess.run([*install, *packages], check=False, capture_output=True, text=True)
        if done.returncode:
            (pytest.fail if CI else pytest.skip)(f"{' '.join(packages)} cannot be installed: {done.stderr[-500:]}")

    return made("-".join((name, *(package.replace("==", "-") for package in packages))), make) / "bin"
