"""Places that no program may read: what was said is written down, the reply is taken along and confirmed."""

from __future__ import annotations

import pytest

from app.base import clock
from tests.app.cli.shell import Shell

PAGE = "https://www.facebook.com/lemonade"


@pytest.mark.slow
def test_heard_answered_posted_and_confirmed(empty: Shell) -> None:
    empty.told("account", "add", "facebook", "Facebook", "--set", f"page={PAGE}")
    lately = f"{clock.local(clock.now() - 3 * 86_400):%Y-%m-%d} 10:00"
    made = empty.told(
        "hear", "facebook", "--who", "Anna Bell", "--text", "-", "--link", f"{PAGE}/posts/12?c=3",
        "--post", "New taste", "--at", lately, given="Where do you sell it?\n",
    )  # fmt: skip
    talk = made["id"]
    assert (made["state"], made["member"]["name"]) == ("needs-me", "Anna Bell")
    more = empty.told("hear", "Facebook", "--who", made["member"]["id"], "--text", "Anybody?", "--answering", talk)
    assert more["id"] == talk
    reply = empty.told("reply", talk, "--text-file", "-", "--now", given="At the market.")
    assert reply["state"] == "queued"
    taken = empty.told("outbox", "post", reply["id"])
    assert (taken["text"], taken["page"], taken["state"]) == ("At the market.", f"{PAGE}/posts/12?c=3", "undecided")
    assert empty.told("outbox", "retry", reply["id"])["state"] == "queued"
    assert empty.run("outbox", "post", reply["id"]).out.splitlines()[-1] == "At the market."
    assert empty.told("outbox", "confirm", reply["id"])["state"] == "sent"


def test_what_cannot_be_is_said(empty: Shell) -> None:
    empty.told("account", "add", "facebook", "Facebook", "--set", f"page={PAGE}")
    words = ("hear", "Facebook", "--who", "Anna", "--text", "Hello")
    assert "doesn't understand the time" in empty.told(*words, "--at", "soonish", status=1)["error"]
    assert "isn't a web address" in empty.told(*words, "--link", "javascript:1", status=1)["error"]
    assert "no member" in empty.told("hear", "Facebook", "--who", "P-77", "--text", "x", status=1)["error"].lower()
    assert empty.run("hear", "Facebook", "--text", "x").status == 2


def test_a_pasted_chat_is_as_many_messages_as_it_holds(empty: Shell) -> None:
    empty.told("account", "add", "whatsapp", "WhatsApp", "--set", "number=+3545550100")
    chat = "[21:05, 28/11/2023] Anna: Open?\n[21:06, 28/11/2023] Stand: At nine.\n[21:07, 28/11/2023] Anna: Thanks\n"
    made = empty.told("hear", "WhatsApp", "--who", "Anna", "--text", "-", given=chat)
    assert [line["text"] for line in made["lines"]] == ["Open?", "At nine.", "Thanks"]
    assert "Who of them" in empty.told("hear", "WhatsApp", "--who", "Bo", "--text", chat, status=1)["error"]
