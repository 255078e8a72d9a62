"""`forms list|remove`: what was typed in the window and isn't saved."""

from __future__ import annotations

import json

from app.base.paths import Profile
from app.workbench import Workbench
from tests.app.cli.shell import Shell


def test_what_is_not_saved_is_listed_and_forgotten(demo: Shell, demo_profile: Profile) -> None:
    assert demo.run("forms", "list").out.strip() == "Every form is saved."
    bench = Workbench(demo_profile)
    for number in range(3):
        fields = [["words", "Reason", 1, f"Δώρο {number}"]]
        bench.kept_forms.keep("GiftStrip", str(number), json.dumps({"title": "Log a gift", "fields": fields}))
    bench.close()
    every = demo.told("forms", "list")
    assert [one["typed"] for one in every] == [[{"field": "Reason", "words": f"Δώρο {number}"}] for number in (2, 1, 0)]
    assert len(demo.told("forms", "list", "--limit", "2")) == 2
    said = demo.run("forms", "list").out
    assert "Log a gift" in said
    assert "Δώρο 2" in said
    assert demo.told("forms", "remove", str(every[0]["id"]))["form"] == "Log a gift"
    assert [one["id"] for one in demo.told("forms", "list")] == [one["id"] for one in every[1:]]
    assert demo.run("forms", "remove", str(every[0]["id"])).status == 1
