"""What is dear to make and is made once in a run, whichever of its processes needs it first."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

_LONGEST = 120.0  # seconds that another process may take to make it
_STEP = 0.05


def shared_folder(factory: pytest.TempPathFactory, worker: str) -> Path:
    """The run's own temporary folder, which its workers have in common; `worker` is "master" where there are none."""
    base = factory.getbasetemp()
    return base if worker == "master" else base.parent


def once(folder: Path, make: Callable[[Path], object]) -> Path:
    """`folder`, filled by `make` in the first process that asks; the others wait. Nobody writes into it afterwards."""
    claim = folder.with_name(f"{folder.name}.claim")
    until = time.monotonic() + _LONGEST
    while not folder.exists():
        assert time.monotonic() < until, f"{folder} was begun elsewhere and never finished"
        try:
            claim.touch(exist_ok=False)
        except FileExistsError:
            time.sleep(_STEP)
            continue
        _fill(folder, claim, make)
    return folder


def _fill(folder: Path, claim: Path, make: Callable[[Path], object]) -> None:
    begun = folder.with_name(f"{folder.name}.begun")
    try:
        if not folder.exists():  # it may have been finished between the look and the claim
            begun.mkdir(mode=0o700)
            make(begun)
            begun.rename(folder)
    finally:
        shutil.rmtree(begun, ignore_errors=True)
        claim.unlink()
