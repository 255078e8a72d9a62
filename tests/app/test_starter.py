"""One's own first account brings something to begin with; the demo and an emptied guide are left alone."""

from __future__ import annotations

import pytest

from app.base.paths import Profile
from app.workbench import Workbench


def account(bench: Workbench, mode: str, name: str = "Blog") -> None:
    with bench.store.write() as conn:
        conn.execute("INSERT INTO account (kind, name, mode, created_at) VALUES ('blog', ?, ?, 0)", (name, mode))


@pytest.mark.parametrize(("mode", "starts"), [("live", True), ("file", True), ("demo", False)])
def test_the_first_account_brings_the_starters(profile: Profile, mode: str, *, starts: bool) -> None:
    bench = Workbench(profile)
    assert bench.templates.all() == []
    account(bench, mode)
    assert bool(bench.templates.find("seen")) == starts
    assert bool(bench.voice.check("You idiot", "en")) == starts
    assert bench.actions.last() == []
    bench.close()


def test_they_come_once(profile: Profile) -> None:
    bench = Workbench(profile)
    account(bench, "live")
    rules = bench.voice.rules()
    bench.voice.drop_rule(rules[0].id)
    for template in bench.templates.all():
        bench.templates.archive(template.id)
    account(bench, "live", "Second")
    assert len(bench.voice.rules()) == len(rules) - 1
    assert bench.templates.all() == []
    bench.close()
