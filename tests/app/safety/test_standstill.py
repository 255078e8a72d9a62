"""A backup that is opened sends nothing and fetches nothing by itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Author, Incoming
from app.base.paths import Profile
from app.safety import backup
from app.voice import Draft
from app.workbench import Workbench
from tests.channels.fake import FakeSession


def test_what_a_backup_holds_as_waiting_stays_until_the_person_says_go(bench: Workbench, tmp_path: Path) -> None:
    with bench.store.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, own, created_at) VALUES (1, 'email', 'Post', 'us@x.is', 0)")
    said = Incoming("m1", clock.now(), "It broke!", Author("a@x.is", "a@x.is"), thread="t")
    bench.intake.take(1, [said])
    bench.outbox.submit(bench.voice.clear(Draft("Sorry!"), reason="test"), 1, hold_seconds=0)
    made = backup.make(bench.store, bench.profile)
    assert not bench.standstill
    other = Profile(tmp_path / "brought-back")
    other.folder.mkdir()
    shutil.copy(made.file, other.file)
    again = Workbench(other)
    try:
        assert again.standstill
        assert again.outbox.due() == []
        assert again.outbox.to_look_up() == []
        with pytest.raises(UserError, match="is a restored backup"):
            again.outbox.deliver(1, FakeSession(9))
        assert "is a restored backup" in again.sync.pull("Post").error
        with pytest.raises(UserError, match="is a restored backup"):
            again.standstill.refuse()
        assert again.standstill.release() == 1
        assert again.outbox.due() == []
        assert again.outbox.to_look_up() == [1]
        assert again.standstill.release() == 0
    finally:
        again.close()
