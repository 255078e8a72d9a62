"""A process that is killed amid a write: what lies on its disk at that moment is all that is left."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.base.errors import UserError
from app.workbench import Workbench


class _Killed(BaseException):
    """Nothing after it runs: no handler of errors catches it."""


def killed(bench: Workbench, do: Callable[[], object]) -> Path:
    """Do something within one transaction, and die before it is committed; a copy of the folder as it was then."""
    copy = Path(tempfile.mkdtemp()) / "profile"
    with suppress(_Killed), bench.store.write("Killed amid this"):
        with suppress(UserError):
            do()
        shutil.copytree(bench.profile.folder, copy)
        raise _Killed
    return copy
