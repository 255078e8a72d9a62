"""A disk that fills up in the middle of an import: what is in stays in, and with room made it goes on to the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.errors import DiskError
from app.base.paths import Profile
from app.imports import Options, messages
from app.workbench import Workbench
from tests.app.cli.shell import Shell
from tests.app.saying import is_consistent
from tests.bench.mails import write_mbox
from tests.disks import Disk
from tests.kill.test_import_kill import content

MAILS, CHUNK = 600, 50
_OPTIONS = Options(own=("brand@example.org",))


@pytest.mark.slow
def test_an_import_that_fills_the_disk_goes_on_once_there_is_room(
    disk: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "CHUNK", CHUNK)
    mbox = tmp_path / "mails"
    write_mbox(mbox, MAILS)
    unbroken = Workbench(Profile(tmp_path / "unbroken"))
    unbroken.imports.run(mbox, _OPTIONS)
    wanted = content(unbroken.store)
    unbroken.close()

    profile = Profile(disk.path / "p")
    bench = Workbench(profile)
    disk.fill(leave=1_800_000)
    with pytest.raises(DiskError, match=rf"The disk with {profile.folder} is full"):
        bench.imports.run(mbox, _OPTIONS)
    came = bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0]
    assert 0 < came < MAILS
    assert came % CHUNK == 0
    bench.close()

    shell = Shell(profile.folder)  # each command opens the file anew, on the full disk
    listed = shell.run("imports")
    assert listed.status == 0
    assert "the import was cut short" in listed.out
    assert shell.run("list").status == 0
    refused = shell.run("imports", "--go-on", "1")
    assert refused.status == 1
    assert f"The disk with {profile.folder} is full" in refused.err

    disk.make_room()
    done = shell.run("imports", "--go-on", "1")
    assert done.status == 0
    assert f"{MAILS - came} new messages" in done.out
    bench = Workbench(profile)
    assert content(bench.store) == wanted
    is_consistent(bench.store)
    assert bench.imports.broken_off() == []
    assert len(bench.actions.listed(10)) == 1
    bench.close()
