"""`handoff`: introduced, answered, told, reminded, passed on and closed from the shell."""

from __future__ import annotations

import pytest

from tests.app.cli.shell import Shell


def _place(shell: Shell, title: str) -> str:
    listed = shell.told("list", "--state", "all", "--limit", "0")
    return str(next(one["id"] for one in listed if one["title"] == title))


@pytest.mark.slow
def test_from_the_introduction_to_the_member_who_was_told(demo: Shell) -> None:
    talk = _place(demo, "Street party verdict")
    made = demo.told(
        "handoff", "add", talk, "--to", "Jón", "--ask", "Which date?", "--introduce", "--needed-by", "in 3 days",
        "--private", "--translation", "They ask for the date.",
    )  # fmt: skip
    assert made["introduced_by"].startswith("O-")
    assert (made["private"], made["translation"]) == (True, "They ask for the date.")
    demo.run("undo")
    assert demo.run("show", made["id"]).status == 1
    assert all(one["conversation"] != talk for one in demo.told("outbox", "list"))
    number = demo.told("handoff", "add", talk, "--to", "Jón", "--ask", "Which date?")["id"]
    assert demo.told("handoff", "edit", number, "--ask", "Which day?", "--priority", "high")["ask"] == "Which day?"
    said = demo.run("handoff", "answer", number, "--text", "The 12th")
    assert "hasn't been told yet" in said.out
    assert demo.told("show", talk)["state"] == "needs-me"
    refused = demo.run("done", talk)
    assert (refused.status, "hasn't heard Jón Einarsson's answer" in refused.err) == (1, True)
    told = demo.told("handoff", "tell", number)
    assert "The 12th" in told["draft"]
    assert demo.told("handoff", "tell", number, "--told")["state"] == "closed"
    assert demo.told("handoff", "reopen", number)["state"] == "in-work"
    assert demo.run("handoff", "close", number).status == 1
    assert demo.told("handoff", "close", number, "--why", "They found out")["closed_why"] == "They found out"


@pytest.mark.slow
def test_when_no_answer_comes(demo: Shell) -> None:
    late = next(one for one in demo.told("handoff", "list") if one["state"] == "late" and one["teammate"])
    reminded = demo.told("handoff", "remind", late["id"])
    assert late["ask"] in reminded["text"]
    passed = demo.told("handoff", "pass-on", late["id"])
    assert passed["teammate"] != late["teammate"]
    assert passed["exported_at"] is None
    again = demo.run("handoff", "pass-on", late["id"], "--to", passed["teammate"])
    assert (again.status, "already" in again.err) == (1, True)


@pytest.mark.slow
def test_a_member_and_a_gift_can_be_handed_off_without_a_conversation(demo: Shell) -> None:
    member = demo.told("member", "list", "--limit", "1")[0]
    made = demo.told("handoff", "add", member["id"], "--to", "Jón", "--ask", "Is the address right?")
    assert (made["conversation"], made["member"]["id"]) == (None, member["id"])
    gift = demo.told("gift", "list", "--limit", "1")[0]
    given = demo.told("handoff", "add", gift["id"], "--to", "Ondřej", "--ask", "Is it in stock?")
    assert given["gift"] == gift["id"]
    refused = demo.run("handoff", "add", member["id"], "--ask", "x")
    assert (refused.status, "Already with Jón" in refused.err, "--add" in refused.err) == (1, True, True)
    added = demo.told("handoff", "add", member["id"], "--add", "--ask", "And the name?")
    assert (added["id"], added["ask"]) == (made["id"], "Is the address right? And the name?")
    assert "conversation" in demo.run("handoff", "add", gift["id"], "--introduce", "--ask", "x").err


@pytest.mark.slow
def test_without_a_name_a_gift_goes_to_whoever_helps_with_it(demo: Shell) -> None:
    helper = demo.told("teammate", "add", "Zoltán Kis", "--subject", "tricycle")["name"]
    gift = demo.told("gift", "list", "--limit", "1")[0]
    made = demo.told("handoff", "add", gift["id"], "--ask", "Does the tricycle fit in the box?")
    assert (made["teammate"], made["gift"]) == (helper, gift["id"])


def test_an_introduction_that_needs_a_reason_is_sent_with_one(demo: Shell) -> None:
    talk = demo.told("list", "--limit", "1")[0]["id"]
    call = ("handoff", "add", talk, "--to", "Jón", "--ask", "Which date?", "--introduce", "--text-file", "-")
    words = "Jón looks into your refund, το επιστροφή χρημάτων, endurgreiðslu, visszatérítés, refundaci."
    refused = demo.run(*call, given=words)
    assert (refused.status, "needs a reason" in refused.err) == (1, True)
    made = demo.told(*call, "--override", "Dóra said yes", given=words)
    sent = next(one for one in demo.told("outbox", "list") if one["id"] == made["introduced_by"])
    assert {one["reason"] for one in sent["overrides"]} == {"Dóra said yes"}
