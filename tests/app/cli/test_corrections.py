"""`correct` and `withdraw` in the shell: what they say and do, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.app.cli.shell import Shell


def ours(demo: Shell, account: str = "Mastodon") -> tuple[str, dict[str, Any]]:
    """A conversation of that account in which we spoke last but for nobody else, and our message."""
    for row in demo.told("list", "--state", "all", "--channel", account, "--limit", "0"):
        lines = [line for line in demo.told("show", row["id"])["lines"] if line["kind"] == "said"]
        if lines and lines[-1]["direction"] == "out":
            return row["id"], lines[-1]
    raise AssertionError(account)


@pytest.mark.slow
def test_a_message_is_corrected_and_its_old_words_are_shown(demo: Shell) -> None:
    talk, message = ours(demo)
    made = demo.told("correct", message["id"], "--text-file", "-", given="Better words")
    assert (made["purpose"], made["about"], made["state"], made["text"]) == (
        "correct", message["id"], "held", "Better words",
    )  # fmt: skip
    assert made["before"] == message["text"]
    assert "will see the new words" in made["consequence"]
    assert "already being corrected" in demo.told("withdraw", message["id"], status=1)["error"]
    assert "can't be scheduled" in demo.told("outbox", "postpone", made["id"], "tomorrow", status=1)["error"]
    demo.told("undo")
    assert demo.told("show", talk)["lines"][-1]["text"] == message["text"]
    sent = demo.told("correct", message["id"], "--text-file", "-", "--now", given="Better words")
    assert (sent["state"], sent["before"]) == ("sent", None)
    line = next(line for line in demo.told("show", talk)["lines"] if line["id"] == message["id"])
    assert (line["text"], line["edited"], line["withdrawn"]) == ("Better words", True, False)
    assert [one["text"] for one in line["earlier_words"]] == [message["text"]]
    assert "corrected" in demo.run("show", talk).out
    assert demo.told("search", "better words")[0]["conversation"] == talk
    assert demo.told("check")["sound"]


@pytest.mark.slow
def test_a_message_is_withdrawn_and_whoever_had_it_waits_again(demo: Shell) -> None:
    talk, message = ours(demo)
    assert demo.told("show", talk)["state"] != "needs-me"
    said = demo.run("withdraw", message["id"], "--now")
    assert said.status == 0
    assert "is withdrawn." in said.out
    assert "will be waiting for a reply again" in said.out
    shown = demo.told("show", talk)
    line = next(line for line in shown["lines"] if line["id"] == message["id"])
    assert (line["text"], line["gone"], line["withdrawn"], shown["state"]) == (message["text"], True, True, "needs-me")
    assert "withdrawn" in demo.run("show", talk).out
    assert "no longer on the channel" in demo.told("withdraw", message["id"], status=1)["error"]
    assert demo.told("check")["sound"]


@pytest.mark.slow
def test_what_cannot_be_changed_is_said_in_a_sentence(demo: Shell) -> None:
    _, letter = ours(demo, "E-mail")
    assert (
        "A letter can't be corrected"
        in demo.told("correct", letter["id"], "--text-file", "-", given="x", status=1)["error"]
    )
    talk, message = ours(demo)
    theirs = next(line for line in demo.told("show", talk)["lines"] if line.get("direction") == "in")
    assert "Only your own messages" in demo.told("withdraw", theirs["id"], status=1)["error"]
    assert (
        "Write something first" in demo.told("correct", message["id"], "--text-file", "-", given=" ", status=1)["error"]
    )
    made = demo.told("reply", talk, "--text-file", "-", given="On its way")
    assert "`outbox discard" in demo.told("withdraw", made["id"], status=1)["error"]
    demo.told("undo")
    sent = demo.told("reply", talk, "--text-file", "-", "--now", given="Gone already")
    assert sent["state"] == "sent"
    withdrawn = demo.told("withdraw", sent["id"])
    assert (withdrawn["purpose"], withdrawn["about"]) == ("withdraw", sent["message"])
    assert "nothing in the outbox" in demo.told("withdraw", "O-99999", status=1)["error"]
