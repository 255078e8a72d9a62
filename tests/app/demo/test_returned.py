"""The demo's edited files: they lie there, and show what reading a file back is about."""

from __future__ import annotations

from app.base.paths import Profile
from app.store.sqlite import scalar
from app.workbench import Workbench


def test_an_edited_file_lies_ready_to_be_read_back(demo_profile: Profile) -> None:
    bench = Workbench(demo_profile)
    path, hers = bench.returns.waiting(demo_profile.folder)
    found = bench.returns.read(path)
    assert found.teammates == ("Jón Einarsson",)
    assert (len(found.rows), len(found.applied), len(found.both_changed), len(found.rejected)) == (2, 1, 1, 1)
    assert found.rejected[0].questions[0].readings == ("solved",)
    assert scalar(bench.store.read, "SELECT count(*) FROM exported_row") == 4
    assert bench.returns.apply(found).rows == 1
    assert bench.returns.waiting(demo_profile.folder) == [hers]
    bench.close()


def test_a_file_with_titles_of_her_own_is_asked_about_with_all_columns_that_hold_something_offered(
    demo_profile: Profile,
) -> None:
    bench = Workbench(demo_profile)
    _jons, path = bench.returns.waiting(demo_profile.folder)
    found = bench.returns.read(path)
    assert not found.settled
    offered = {ours: found.proposed.get(ours, "") for ours in ("handoff_id", "rev", "status", "answer")}
    assert offered == {"handoff_id": "Κωδ.", "rev": "Αναθ.", "status": "Πώς πάει", "answer": "Τι βρήκαμε"}
    found = bench.returns.columns(found, {name: ours for ours, name in offered.items()})
    assert found.teammates == ("Κατερίνα Ιωάννου",)
    assert (len(found.applied), len(found.both_changed), len(found.rejected)) == (2, 0, 0)
    assert bench.returns.apply(found).rows == 2
    bench.close()
