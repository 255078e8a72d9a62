"""SIGSTOP in the middle of a write: others read on, are told that they can't write, and nothing is lost or halved."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.base.errors import DiskError
from app.store import turns
from app.store.store import Store
from tests.kill.halted import AFTER, BEFORE
from tests.kill.halting import halted, names

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals to other processes")]


def add(store: Store) -> None:
    with store.write("Added") as conn:
        conn.execute("INSERT INTO member (name, created_at) VALUES ('ours', 0)")


def test_another_process_reads_is_refused_and_writes_once_it_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "p" / "community.rapport")
    monkeypatch.setattr(turns, "_PATIENCE_SECONDS", 0.5)
    with halted(store.path):
        assert names(store) == []
        with pytest.raises(DiskError, match="Another program is writing"):
            add(store)
        late = Store(store.path)  # one that is opened meanwhile
        assert names(late) == []
        late.close()
    assert names(store) == [BEFORE, AFTER]
    add(store)
    assert names(store) == [BEFORE, AFTER, "ours"]
    with store.write() as conn:
        assert [row[0] for row in conn.execute("PRAGMA integrity_check")] == ["ok"]
    store.close()
