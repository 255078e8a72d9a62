"""What the window remembers lies in a file that only its owner can read."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from ui.frame.memory import Memory


class _Forms:
    """No form is kept."""


@pytest.mark.skipif("os.name == 'nt'", reason="Windows has no such modes")
@pytest.mark.parametrize("before", [None, 0o644])
def test_it_is_private_however_it_was_made(tmp_path: Path, before: int | None) -> None:
    file = tmp_path / "window.ini"
    if before is not None:
        file.write_text("[length]\nlist=300\n")
        file.chmod(before)
    forms: Any = _Forms()
    memory = Memory(tmp_path, forms)
    assert memory.length("list") == (300 if before else None)
    memory.keep_length("list", 320)
    memory._settings.sync()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Memory(tmp_path, forms).length("list") == 320
