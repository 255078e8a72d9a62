"""What the shell fills in for hand-offs and gifts, by the same rules as the window."""

from __future__ import annotations

import json

import pytest

from app.base.paths import Profile
from app.workbench import Workbench
from tests.app.cli.shell import Shell


def _place(shell: Shell, title: str) -> str:
    listed = json.loads(shell.run("list", "--state", "all", "--limit", "0", "--json").out)
    return str(next(one["id"] for one in listed if one["title"] == title))


@pytest.mark.slow
def test_a_conversation_goes_to_the_likeliest_or_is_added_to_what_is_open(demo: Shell) -> None:
    late, shirt = _place(demo, "Szállítás: késik a csomag"), _place(demo, "I print shirts for a living")
    found = json.loads(demo.run("handoff", "suggest", late, "--json").out)
    assert found["open"]["teammate"] == "Jón Einarsson"
    assert found["people"][0]["subjects"] == ["parcel"]
    assert found["kind"] == "problem"
    refused = demo.run("handoff", "add", late, "--ask", "Call the courier")
    assert (refused.status, refused.err) == (
        1, "Already with Jón Einarsson, seen. Add to it with --add, or name a teammate with --to.\n",
    )  # fmt: skip
    added = json.loads(demo.run("handoff", "add", late, "--ask", "Call the courier", "--add", "--json").out)
    assert added["id"] == found["open"]["id"]
    assert added["ask"].endswith("Call the courier")
    made = json.loads(demo.run("handoff", "add", shirt, "--ask", "Can he print ours?", "--json").out)
    likeliest = json.loads(demo.run("handoff", "suggest", shirt, "--json").out)
    assert made["teammate"] == likeliest["people"][0]["teammate"]
    assert made["kind"] == "question"
    assert likeliest["open"]["id"] == made["id"]
    nothing = demo.run("handoff", "add", _place(demo, "Street party verdict"), "--ask", "Yes", "--add")
    assert nothing.status == 1
    assert "leave --add out" in nothing.err


@pytest.mark.slow
def test_the_usual_gift_needs_no_more_than_whom(demo: Shell) -> None:
    late, party = _place(demo, "Szállítás: késik a csomag"), _place(demo, "Street party verdict")
    with_reason = json.loads(demo.run("gift", "log", late, "--json").out)
    assert (with_reason["occasion"], with_reason["why"]) == ("made_right", "Made it right: Szállítás: késik a csomag")
    bench = Workbench(Profile(demo.folder))
    try:
        usual = bench.gifts.usual()
    finally:
        bench.close()
    thanks = json.loads(demo.run("gift", "log", party, "--json").out)
    assert (thanks["item"], thanks["why"]) == (usual.item, "Thank you: Street party verdict")
    own = json.loads(demo.run("gift", "log", party, "Mug", "--worth", "9", "--why", "The verdict", "--json").out)
    assert (own["item"], own["why"]) == ("Mug", "The verdict")
    assert "Give its value" in demo.run("gift", "log", party, "Mug").err
    alone = json.loads(demo.run("list", "--limit", "1", "--json").out)[0]["member"]["id"]
    assert "Enter a reason" in demo.run("gift", "log", alone).err
