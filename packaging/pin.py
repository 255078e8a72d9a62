"""Writes the three lists of pinned packages from what pyproject.toml asks for.

`python3 packaging/pin.py` keeps each version that is pinned already and adds what is missing; `--upgrade` takes the
newest of everything. The pins hold for CPython 3.11 and later on every system, with the hashes of all files that the
index offers, so the same lists serve Linux, macOS and Windows. Needs the network; uv is fetched into a folder that
vanishes afterwards.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
RUNTIME = Path("packaging/requirements.txt")
EXTRAS = Path("packaging/requirements-extras.txt")
DEVELOPMENT = Path("packaging/requirements-dev.txt")
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
_FOR_EVERY_PYTHON = re.compile(r"^([A-Za-z0-9._-]+)==(?!.*python_full_version)", re.MULTILINE)


def names(pins: str) -> list[str]:
    """The names of the packages that a list of pins holds, in its order."""
    return _PINNED.findall(pins)


def arguments(output: Path, *, upgrade: bool) -> list[str]:
    """What uv is told for every list: all systems, all hashes, no address of any index."""
    words = ["pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11", "--quiet"]
    words += ["--generate-hashes", "--no-emit-index-url", "--custom-compile-command", "python3 packaging/pin.py"]
    words += ["--output-file", str(output)]
    return [*words, "--upgrade"] if upgrade else words


def main() -> int:
    """Writes the lists; returns uv's exit status."""
    ask = argparse.ArgumentParser(description="Pin the packages of pyproject.toml, with hashes.")
    ask.add_argument("--upgrade", action="store_true", help="take the newest versions of everything")
    upgrade = ask.parse_args().upgrade
    with tempfile.TemporaryDirectory() as scratch:
        venv.create(scratch, with_pip=True)
        programs = Path(scratch, "Scripts" if sys.platform == "win32" else "bin")
        subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
        uv = str(programs / "uv")
        icons = ["--group", "icons"]  # of a checkout; a wheel brings them along
        first = subprocess.run([uv, *arguments(RUNTIME, upgrade=upgrade), *icons], check=False, cwd=HOUSE)
        if first.returncode:
            return first.returncode
        apart: list[str] = []
        for name in names((HOUSE / RUNTIME).read_text(encoding="utf-8")):
            apart += ["--no-emit-package", name]
        more = ["--all-extras", "--constraint", str(RUNTIME), *apart]
        second = subprocess.run([uv, *arguments(EXTRAS, upgrade=upgrade), *more], check=False, cwd=HOUSE)
        if second.returncode:
            return second.returncode
        only = ["--group", "dev", "--constraint", str(RUNTIME), "--constraint", str(EXTRAS)]
        # What the product needs on an older Python alone, development may need on every one.
        for name in _FOR_EVERY_PYTHON.findall((HOUSE / RUNTIME).read_text(encoding="utf-8")):
            only += ["--no-emit-package", name]
        return subprocess.run([uv, *arguments(DEVELOPMENT, upgrade=upgrade), *only], check=False, cwd=HOUSE).returncode


if __name__ == "__main__":
    raise SystemExit(main())
