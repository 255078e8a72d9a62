"""The demo's contest: 140 entries by 120 people, of whom a hundred win, as anybody can repeat."""

from __future__ import annotations

import runpy
from collections import Counter
from pathlib import Path

from app.base.paths import Profile
from app.demo import build
from app.demo.giveaways import NAME, SEED
from app.giveaways import line_of
from app.workbench import Workbench


def test_hundred_shirts_are_drawn_among_120_people(tmp_path: Path) -> None:
    build(Profile(tmp_path))
    bench = Workbench(Profile(tmp_path))
    try:
        one = bench.giveaways.named(NAME)
        entries = bench.giveaways.entries(one.id)
        assert Counter(entry.struck for entry in entries) == {"": 120, "double": 20}
        assert {entry.channel for entry in entries} == {"Instagram", "Facebook", "E-mail"}
        members = [entry.member_id for entry in entries if entry.member_id and not entry.struck]
        assert len(members) == len(set(members)) == 24
        assert all(one.opens_at <= entry.at <= one.closes_at for entry in entries)  # type: ignore[operator]
        won = bench.giveaways.winners(one.id)
        assert (len(won), one.seed) == (100, SEED)
        bench.giveaways.prove(one.id, tmp_path / "proof")
        repeated = runpy.run_path(str(tmp_path / "proof" / "draw.py"))["draw"](
            (tmp_path / "proof" / "list.txt").read_bytes(), SEED
        )
        assert repeated == (one.list_sha256, [line_of(entry) for entry in won])
    finally:
        bench.close()
