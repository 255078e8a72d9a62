"""The demo has contacts from a phone: one who is known, whose address was written by hand, and two new people."""

from __future__ import annotations

from app.base.paths import Profile
from app.demo.address_book import FILE
from app.workbench import Workbench


def test_the_preview_tells_new_changed_and_kept(demo_profile: Profile) -> None:
    bench = Workbench(demo_profile)
    seen = bench.imports.preview(demo_profile.folder / FILE)
    bench.close()
    assert (seen.new, seen.known, seen.changed) == (2, 1, 1)
    assert {one.field for one in seen.changes if not one.kept} >= {"phone", "birthday"}
    assert [one.before for one in seen.changes if one.field == "address_1" and one.kept] == [
        "Ke Studánce 9, 779 00, Olomouc, CZ"
    ]
