"""`promise` and what `reply` does with promises, on the demo community."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from app.base import clock
from tests.app.cli.shell import Shell


def _one(demo: Shell, **wanted: object) -> dict[str, Any]:
    found: list[dict[str, Any]] = demo.told("promise", "list", "--state", "all")
    return next(one for one in found if all(one[key] == value for key, value in wanted.items()))


def test_a_promise_is_noted_listed_and_kept(demo: Shell) -> None:
    made = demo.told("promise", "add", "C-1", "send the tracking number", "--by", "tomorrow")
    tomorrow = (clock.local(clock.now()).date() + timedelta(days=1)).isoformat()
    assert (made["conversation"], made["due_on"], made["late"], made["state"]) == ("C-1", tomorrow, False, "open")
    assert made["member"]["id"] == demo.told("show", "C-1")["member"]["id"]
    listed = demo.told("promise", "list", "--member", made["member"]["id"])
    assert made["id"] in [one["id"] for one in listed]
    kept = demo.told("promise", "keep", str(made["id"]))
    assert (kept["state"], kept["kept_by"]) == ("kept", None)
    refused = demo.run("promise", "keep", str(made["id"]))
    assert (refused.status, "kept already" in refused.err) == (1, True)


def test_the_late_ones_come_first_and_one_can_be_dropped_for_a_reason(demo: Shell) -> None:
    opened = demo.told("promise", "list")
    assert [one["late"] for one in opened] == sorted((one["late"] for one in opened), reverse=True)
    late = demo.told("promise", "list", "--state", "late")
    assert [one["id"] for one in late] == [one["id"] for one in opened if one["late"]]
    assert len(demo.told("promise", "list", "--limit", "1")) == 1
    assert demo.run("promise", "drop", str(late[0]["id"]), "--reason", " ").status == 1
    dropped = demo.told("promise", "drop", str(late[0]["id"]), "--reason", "sold out")
    assert (dropped["state"], dropped["dropped_why"]) == ("dropped", "sold out")
    assert dropped["dropped_at"] is not None


@pytest.mark.parametrize("typed", ["x", "9999", "C-1"])
def test_what_is_no_promise_is_said(demo: Shell, typed: str) -> None:
    said = demo.run("promise", "keep", typed)
    assert (said.status, "promise" in said.err.lower()) == (1, True)


def test_a_reply_says_what_it_promises_and_takes_it_if_asked(demo: Shell) -> None:
    waiting = demo.told("list", "--limit", "1")[0]["id"]
    words = "Thanks for asking! I'll check with the brewery and write to you within a week."
    told = demo.told("reply", waiting, "--text-file", "-", given=words)
    (offer,) = told["promises"]
    assert (offer["what"], offer["taken"]) == (words.partition("! ")[2], False)
    demo.run("undo")
    told = demo.told("reply", waiting, "--text-file", "-", "--promise", given=words)
    assert told["promises"][0]["taken"]
    made = _one(demo, reply=told["id"])
    assert (made["what"], made["due_on"], made["conversation"]) == (offer["what"], offer["due_on"], waiting)
    assert demo.told("list", "--search", "has:promise", "--state", "all")
    demo.run("undo")
    with pytest.raises(StopIteration):
        _one(demo, reply=told["id"])


def test_a_reply_keeps_a_promise_once_it_is_sent(demo: Shell) -> None:
    waiting = demo.told("list", "--limit", "1")[0]["id"]
    made = demo.told("promise", "add", waiting, "look into it")
    told = demo.told("reply", waiting, "--text-file", "-", "--keeps", str(made["id"]), "--now", given="Here it is.")
    kept = _one(demo, id=made["id"])
    assert (told["state"], kept["state"]) == ("sent", "kept")
    assert kept["kept_by"].startswith("M-")


def test_a_reply_cannot_keep_what_was_promised_to_somebody_else(demo: Shell) -> None:
    one, other = (row["id"] for row in demo.told("list", "--limit", "2"))
    made = demo.told("promise", "add", other, "look into it")
    said = demo.run("reply", one, "--text-file", "-", "--keeps", str(made["id"]), given="Here it is.")
    assert (said.status, "isn't open for this conversation" in said.err) == (1, True)


def test_a_new_message_notes_what_it_promises_if_it_is_asked_to(demo: Shell) -> None:
    words = "I'll send you the price list tomorrow."
    new = ("new", "--to", "Marcus Bell", "--subject", "Prices", "--language", "en", "--text-file", "-")
    told = demo.told(*new, given=words)
    assert [(one["what"], one["taken"]) for one in told["promises"]] == [(words, False)]
    with pytest.raises(StopIteration):
        _one(demo, reply=told["id"])
    told = demo.told(*new, "--promise", "--now", given=f"Dear Marcus. {words}")
    made = _one(demo, reply=told["id"])
    assert (made["what"], made["member"]["name"], made["state"]) == (words, "Marcus Bell", "open")
    assert made["message"].startswith("M-")
    told = demo.told(*new, "--keeps", str(made["id"]), "--now", given="Here is the price list.")
    assert _one(demo, id=made["id"])["state"] == "kept"
    refused = demo.run(*new, "--keeps", str(made["id"]), given="Here it is again.")
    assert (refused.status, "isn't open for whom this goes to" in refused.err) == (1, True)


def test_each_promise_says_whether_it_was_kept_in_time(demo: Shell) -> None:
    said = [row["in_time"] for row in demo.told("promise", "list", "--state", "all")]
    kept, over = said.count(True), len(said) - said.count(None)
    assert f"{kept} of {over} promises kept in time" in demo.run("promise", "list").out


def test_people_read_how_many_were_kept_in_time(demo: Shell) -> None:
    assert re.search(r"\d+ of \d+ promises? kept in time", demo.run("promise", "list").out)


def test_a_week_says_how_many_promises_were_kept_in_time_in_it(demo: Shell) -> None:
    before = demo.told("hours")["promises_in_time"]
    made = demo.told("promise", "add", "C-1", "send the tracking number", "--by", "tomorrow")
    demo.told("promise", "keep", str(made["id"]))
    after = demo.told("hours")["promises_in_time"]
    assert after == {"in_time": before["in_time"] + 1, "of": before["of"] + 1}
    assert "kept in time" in demo.run("hours").out
