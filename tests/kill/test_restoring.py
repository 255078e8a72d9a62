"""kill -9 at any instant of a restore: the old file or the backup is there, never none and never a mixture."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.base.paths import Profile
from app.safety import backup, checkup
from app.store import header
from app.store.connection import open_connection
from app.store.verify import counted
from app.workbench import Workbench
from tests.app.store.test_store import HOUSE
from tests.kill.restorer import the_backup

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="forks")]
POINTS = min(max(int(os.environ.get("RAPPORT_KILLS", "40")), 25), 100)
WHO, SINCE, LOGGED = 2, "newer than the backup", "Höfn"


@pytest.fixture(params=["with the log of a kill", "folded in"])
def model(request: pytest.FixtureRequest, demo_profile: Profile) -> Profile:
    """A community with a backup and something newer, of which some is only in the write-ahead log beside the file."""
    bench = Workbench(demo_profile)
    backup.make(bench.store, demo_profile)
    bench.members.edit(WHO, {"note": SINCE})
    bench.members.add("Newer than the backup")
    bench.close()
    conn = open_connection(demo_profile.file)
    conn.execute("UPDATE member SET city = ? WHERE id = ?", (LOGGED, WHO))
    if request.param == "folded in":
        conn.close()
        return demo_profile
    kept = [(path, path.read_bytes()) for path in (demo_profile.file, header.log_of(demo_profile.file))]
    conn.close()
    for path, whole in kept:
        path.write_bytes(whole)
        path.chmod(0o600)
    assert header.has_log(demo_profile.file)
    return demo_profile


def rows(file: Path) -> dict[str, int]:
    """How many rows each table has, but those that say which copy it is."""
    with closing(open_connection(file)) as conn:
        tables = conn.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name <> 'setting'"
            " AND sql NOT LIKE 'CREATE VIRTUAL%'"
        ).fetchall()
        assert counted(conn).messages
        return {row["name"]: conn.execute(f"SELECT count(*) FROM {row['name']}").fetchone()[0] for row in tables}


def test_killed_at_any_line_the_old_file_or_the_backup_is_there(model: Profile, tmp_path: Path) -> None:
    into, copies = tmp_path / "tries", tmp_path / "copies"
    into.mkdir()
    ran = subprocess.run(
        [sys.executable, "-m", "tests.kill.restorer", model.folder, into, str(POINTS)],
        cwd=HOUSE, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(ran.stdout) > POINTS
    shutil.copytree(model.folder, copies)  # what the two come to, read from copies, as opening a file folds its log in
    old, new = rows(copies / model.file.name), rows(the_backup(copies))
    assert old["member"] == new["member"] + 1
    seen, left = set[bool](), 0
    tried = sorted(path for path in into.iterdir() if path.name != "whole")
    assert len(tried) == POINTS
    for folder in tried:
        profile = Profile(folder)
        assert profile.file.is_file(), folder.name
        found = checkup.check_file(profile.file)
        assert found.sound, (folder.name, found.faults)
        assert rows(profile.file) in (old, new), folder.name
        bench = Workbench(profile)
        member, is_new = bench.members.get(WHO), bool(bench.standstill)
        bench.close()
        assert rows(profile.file) == (new if is_new else old), folder.name
        assert (member.note == SINCE, member.city == LOGGED) == (not is_new, not is_new), folder.name
        seen.add(is_new)
        left += any(path.name.startswith(".") for path in folder.iterdir())
    assert seen == {True, False}
    assert left, "some were killed while a copy lay there"
    again = Profile(tried[len(tried) // 2])
    backup.bring_back(again, the_backup(again.folder))  # and what was left does not stand in the way
    assert not [path for path in again.folder.iterdir() if path.name.startswith(".")]
