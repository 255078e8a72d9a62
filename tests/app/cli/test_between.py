"""`helper`, `quarrel` and `introduce` on the demo community."""

from __future__ import annotations

import pytest

from app.store.store import Store
from tests.app.cli.shell import Shell


def test_seven_messages_of_the_demo_helped_somebody(demo: Shell) -> None:
    found = demo.told("helper", "list", "--limit", "0")
    assert len(found) == 7
    store = Store(demo.folder / "community.rapport")
    assert store.read.execute("SELECT count(*) FROM help").fetchone()[0] == 7
    store.close()
    assert {one["helper"]["name"] for one in found} == {
        "Tom Okafor", "Tóth Emese", "Žofie Dvořáková", "Priya Nair", "Αντώνης Βλάχος",
    }  # fmt: skip
    zofie = [one["id"] for one in found if one["helper"]["name"] == "Žofie Dvořáková"]
    assert [one["id"] for one in demo.told("helper", "list", "--member", "Žofie")] == zofie
    got = demo.told("helper", "list", "--member", found[0]["helped"]["id"], "--received")
    assert found[0]["id"] in [one["id"] for one in got]
    assert len(demo.told("helper", "list", "--limit", "1")) == 1


def test_help_is_unmarked_and_marked_again(demo: Shell) -> None:
    (one,) = demo.told("helper", "list", "--limit", "1")
    assert demo.told("helper", "unmark", one["id"]) == {"id": one["id"], "help": False}
    assert len(demo.told("helper", "list")) == 6
    assert demo.told("helper", "unmark", one["id"], status=1)["error"]
    made = demo.told("helper", "mark", one["id"], "--helped", one["helped"]["id"])
    assert (made["helped"], made["by_hand"]) == (one["helped"], True)
    assert demo.told("helper", "mark", "M-1", status=1)["error"]


def test_the_planted_quarrel_is_the_only_one_and_has_both_sides(demo: Shell) -> None:
    (one,) = demo.told("quarrel", "list")
    assert {side["name"] for side in one["between"]} == {"Balogh Dániel", "Papp Gergő"}
    shown = demo.told("quarrel", "show", one["conversation"])
    assert [len(side["said"]) for side in shown["sides"]] == [2, 2]
    draft = demo.told("quarrel", "write", str(one["id"]), one["between"][0]["id"])
    assert draft["language"] == "hu"
    assert demo.told("show", draft["reply_in"])["draft"] == draft["text"]
    assert demo.told("quarrel", "settle", str(one["id"]), "--note", "Coffee")["note"] == "Coffee"
    assert demo.told("quarrel", "list") == []
    assert demo.told("quarrel", "dismiss", str(one["id"]), status=1)["error"]
    demo.run("undo")
    assert demo.told("quarrel", "dismiss", str(one["id"]))["state"] == "none"
    assert demo.told("quarrel", "add", one["conversation"])["state"] == "open"


@pytest.mark.parametrize("typed", ["9", "C-1", "x"])
def test_what_is_no_quarrel_is_said(demo: Shell, typed: str) -> None:
    assert "quarrel" in demo.told("quarrel", "show", typed, status=1)["error"].lower() or typed == "x"


@pytest.mark.slow
def test_an_introduction_goes_its_whole_way(demo: Shell) -> None:
    waiting, _ = demo.told("introduce", "list")
    assert (waiting["state"], waiting["between"][1]["said"]) == ("asked", None)
    number = str(waiting["id"])
    whom = waiting["between"][1]["member"]["id"]
    assert demo.told("introduce", "said", number, whom, "yes")["state"] == "to-introduce"
    begun = demo.told("introduce", "both", number)
    assert begun["drafts"]
    assert demo.told("introduce", "both", number, "--done")["state"] == "introduced"
    assert demo.told("introduce", "outcome", number, "A", "shared", "shelf")["outcome"] == "A shared shelf"
    assert demo.told("introduce", "said", "99", whom, "no", status=1)["error"]


def test_a_new_one_has_a_draft_to_each_and_a_no_ends_it(demo: Shell) -> None:
    begun = demo.told("introduce", "add", "Alena", "Marcus", "--why", "Both bake for whole streets.")
    assert begun["state"] == "to-ask"
    assert len(begun["drafts"]) == 2
    number = str(begun["id"])
    assert demo.told("introduce", "ask", number, status=1)["error"]
    demo.told("introduce", "ask", number, "--asked", "Alena")
    assert demo.told("introduce", "said", number, "Marcus", "no")["state"] == "declined"
    closed = demo.told("introduce", "close", number, "--tell")
    assert closed["state"] == "closed"
    assert "Marcus" not in closed["drafts"][0]["subject"] + closed["drafts"][0]["text"]
    assert demo.told("introduce", "add", "Alena", "Alena", status=1)["error"]
