"""`work` and `history`, on the demo community."""

from __future__ import annotations

import pytest

from tests.app.cli.shell import Shell

SOFIA = "Σοφία Λαμπράκη"


def test_works_are_listed_by_where_their_permission_stands(demo: Shell) -> None:
    every = demo.told("work", "list")
    assert sorted(one["state"] for one in every) == ["asked", "granted", "refused"]
    assert [one["member"]["name"] for one in demo.told("work", "list", "--ending")] == [SOFIA]
    assert [one["id"] for one in demo.told("work", "list", "--state", "refused")] == [
        one["id"] for one in every if one["state"] == "refused"
    ]
    assert len(demo.told("work", "list", "--limit", "1")) == 1
    granted = next(one for one in every if one["state"] == "granted")
    assert (granted["credit"], granted["for"], granted["said_in"] is not None) == (
        "Φωτογραφία: sofia.se.fos", "the blog", True,
    )  # fmt: skip
    assert demo.told("show", granted["id"])["title"] == granted["title"]
    assert demo.told("work", "list", "--member", granted["member"]["id"]) == [granted]


def test_a_work_is_noted_asked_for_and_granted(demo: Shell) -> None:
    talk = demo.told("list", "--limit", "1")[0]["id"]
    message = next(line["id"] for line in demo.told("show", talk)["lines"] if line.get("direction") == "in")
    made = demo.told("work", "add", message, "--kind", "drawing", "--title", "Lemon with glasses")
    assert (made["state"], made["message"], made["kind"]) == ("noted", message, "drawing")
    assert demo.run("work", "add", message, "--kind", "drawing").status == 1
    asked = demo.told("work", "ask", made["id"], "--for", "the shop window")
    assert asked["state"] == "noted"
    assert "the shop window" in asked["draft"]["text"]
    assert "Lemon with glasses" in asked["draft"]["text"]
    demo.told("reply", asked["draft"]["answers"], "--text-file", "-", given=asked["draft"]["text"])
    assert demo.told("work", "show", made["id"])["state"] == "asked"
    granted = demo.told("work", "grant", made["id"], "--until", "31.12.2099")
    assert (granted["state"], granted["until"], granted["for"]) == ("granted", "2099-12-31", "the shop window")
    assert granted["credit"].endswith(granted["member"]["name"])
    taken = demo.told("work", "withdraw", made["id"], "--note", "moved away")
    assert (taken["state"], taken["note"]) == ("withdrawn", "moved away")
    assert demo.told("work", "remove", made["id"])["removed"]
    assert demo.run("work", "show", made["id"]).status == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [(("work", "show", "W-999"), "no work W-999"), (("work", "add", "P-1"), "--kind and --title"),
     (("work", "grant", "W-1", "--until", "yesterday"), ""), (("work", "withdraw", "W-3"), "nothing to take back"),
     (("work", "ask", "W-3"), "has said no")],
)  # fmt: skip
def test_what_cannot_be_is_said_in_a_sentence(demo: Shell, words: tuple[str, ...], said: str) -> None:
    done = demo.run(*words)
    assert done.status == 1
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_text_that_uses_a_refused_recipe_is_stopped(demo: Shell) -> None:
    recipe = demo.told("work", "list", "--state", "refused")[0]
    words = " ".join(recipe["words"].split()[:40])
    public = next(one["id"] for one in demo.told("list") if one["public"])
    before = demo.told("outbox", "list")
    done = demo.run("reply", public, "--text-file", "-", given=words)
    assert (done.status, "doesn't want “Limonáda mojí maminky” to be used" in done.err) == (1, True)
    done = demo.run("reply", public, "--text-file", "-", "--override", "I really want to", given=words)
    assert done.status == 1
    assert demo.told("outbox", "list") == before


def test_a_history_is_one_line_of_time_with_filters(demo: Shell) -> None:
    every = demo.told("history", SOFIA, "--limit", "0")
    minutes = [one["at"][:16] for one in every]
    assert minutes == sorted(minutes, reverse=True)
    assert {one["kind"] for one in every} >= {"message", "reply", "gift", "work"}
    assert [one["kind"] for one in demo.told("history", SOFIA, "--kind", "work", "--limit", "0")] == ["work"] * 3
    assert len(demo.told("history", SOFIA, "--limit", "2")) == 2
    assert {one["channel_kind"] for one in demo.told("history", SOFIA, "--channel", "instagram")} == {"instagram"}
    assert demo.run("history", SOFIA, "--channel", "fax").status == 1
    shown = demo.told("member", "show", SOFIA)["figures"]
    theirs = sum(one["kind"] in ("message", "met") for one in every)
    assert shown["messages"] == theirs
    assert f"{theirs} messages" in shown["line"]
