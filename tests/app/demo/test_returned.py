"""The demo's edited file: it lies there, and shows what reading a file back is about."""

from __future__ import annotations

from app.base.paths import Profile
from app.store.sqlite import scalar
from app.workbench import Workbench


def test_an_edited_file_lies_ready_to_be_read_back(demo_profile: Profile) -> None:
    bench = Workbench(demo_profile)
    (path,) = bench.returns.waiting(demo_profile.folder)
    found = bench.returns.read(path)
    assert found.teammates == ("Jón Einarsson",)
    assert (len(found.rows), len(found.applied), len(found.both_changed), len(found.rejected)) == (2, 1, 1, 1)
    assert found.rejected[0].questions[0].readings == ("solved",)
    assert scalar(bench.store.read, "SELECT count(*) FROM exported_row") == 2
    assert bench.returns.apply(found).rows == 1
    assert bench.returns.waiting(demo_profile.folder) == []
    bench.close()
