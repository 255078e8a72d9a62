"""app.mail.robots: what nobody waits for an answer to, and what only looks like it."""

from __future__ import annotations

import pytest

from app.mail.parse import parse
from tests.app.mail.test_senders import OWN, letter

ANNA = "From: Anna <anna@example.net>"


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (("Auto-Submitted: auto-replied",), "away"),
        (('Auto-Submitted: auto-replied; owner-email="a@x.is"',), "away"),
        (("Precedence: bulk", "X-Autoreply: yes"), "away"),
        (("X-Autorespond: true",), "away"),
        (("Precedence: auto_reply",), "away"),
        (("X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent",), "away"),
        (("Auto-Submitted: auto-generated",), "automatic"),
        (("Return-Path: <>",), "automatic"),
        (("List-Unsubscribe: <https://x.example/u>",), "newsletter"),
        (("Precedence: bulk",), "newsletter"),
        (("List-Id: <news.x.example>", "List-Unsubscribe: <mailto:u@x.example>"), "newsletter"),
    ],
)
def test_signs_of_a_machine(head: tuple[str, ...], why: str) -> None:
    found = parse(letter(ANNA, *head), OWN)
    assert (found.quiet, found.person) == (why, False)


@pytest.mark.parametrize(
    "head",
    [
        ("Auto-Submitted: no",),
        ("Subject: Automatic reply: Out of office",),
        ("X-Auto-Response-Suppress: All",),
        ("Return-Path: <anna@example.net>",),
        ("Precedence: first-class",),
        ("X-Autoreply: no",),
        ("List-Post: <mailto:garden@lists.example.org>", "List-Unsubscribe: <mailto:leave@lists.example.org>"),
    ],
)
def test_what_is_no_sign(head: tuple[str, ...]) -> None:
    found = parse(letter(ANNA, *head), OWN)
    assert (found.quiet, found.person) == ("", True)


def test_a_bounce_answers_the_letter_that_it_is_about() -> None:
    report = ('Content-Type: multipart/report; report-type=delivery-status; boundary="r"',)
    body = (
        "--r\n\nNo such user.\n--r\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; eva@x.is\n"
        "Action: failed\nStatus: 5.1.1\n\n--r\nContent-Type: text/rfc822-headers\n\n"
        "Message-ID: <ours@example.org>\n--r--"
    )
    found = parse(letter("From: Mail <mailer-daemon@mx.example>", *report, text=body), OWN)
    assert (found.quiet, found.person, found.refs) == ("bounce", False, ("ours@example.org",))
    assert found.report is not None
    assert found.report.words == "No such user."


def test_a_reaction_is_no_letter() -> None:
    body = "--r\n\n👍\n--r\nContent-Disposition: reaction\nContent-Type: text/plain; charset=utf-8\n\n👍\n--r--"
    found = parse(letter(ANNA, 'Content-Type: multipart/alternative; boundary="r"', text=body), OWN)
    assert found.quiet == "reaction"
