"""app.mail.reports: what servers say about letters of ours, in the forms that they are known to use."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.message import Report
from app.mail import headers
from app.mail.reports import may_be, read

FAILED = b"""Content-Type: multipart/report; report-type=delivery-status; boundary="r"

--r
Content-Type: text/plain

Address not found: eva@example.net
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; eva@example.net
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <eva@example.net>:
 Recipient address rejected: User unknown

--r
Content-Type: text/rfc822-headers

Message-ID: <f30-2@example.org>
To: eva@example.net

--r--
"""
QMAIL = b"""Content-Type: text/plain

Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.

<eva@example.net>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.7.1 Rejected for policy reasons

--- Below this line is a copy of the message.

Return-Path: <desk@example.org>
Message-ID: <q-1@example.org>
Subject: Hello
"""


def of(raw: bytes) -> Report | None:
    text, body = headers.split(raw)
    head = headers.fields(text)
    return read(head, body) if may_be(head, body) else None


def test_a_failed_delivery_names_letter_receiver_and_reason() -> None:
    words = "550 5.1.1 <eva@example.net>: Recipient address rejected: User unknown"
    assert of(FAILED) == Report("failed", "f30-2@example.org", "eva@example.net", "5.1.1", words)


def test_line_ends_of_the_network_change_nothing() -> None:
    assert of(FAILED.replace(b"\n", b"\r\n")) == of(FAILED)


def test_the_part_may_be_encoded_and_the_whole_letter_returned() -> None:
    raw = FAILED.replace(b"text/rfc822-headers", b"message/rfc822")
    assert of(raw) == of(FAILED)
    report = b"Final-Recipient: rfc822; eva@example.net\nAction: failed\nStatus: 5.2.2\n"
    part = b"Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n" + base64.b64encode(report)
    mail = b'Content-Type: multipart/report; boundary="r"\n\n--r\n' + part + b"\n--r--\n"
    assert of(mail) == Report("failed", "", "eva@example.net", "5.2.2")


@pytest.mark.parametrize(
    ("action", "expected"), [("delayed", "delayed"), ("Delivered", "delivered"), ("relayed", "delivered")]
)
def test_other_actions(action: str, expected: str) -> None:
    found = of(FAILED.replace(b"Action: failed", f"Action: {action}".encode()))
    assert found is not None
    assert found.action == expected


def test_of_several_receivers_the_one_that_failed_counts() -> None:
    first = (
        b"Final-Recipient: rfc822; bob@example.net\nAction: delivered\nStatus: 2.0.0\n\nFinal-Recipient: rfc822; eva@"
    )
    found = of(FAILED.replace(b"Final-Recipient: rfc822; eva@", first))
    assert found is not None
    assert (found.action, found.address) == ("failed", "eva@example.net")


def test_a_receipt_is_opened_or_only_delivered() -> None:
    mail = (
        b'Content-Type: multipart/report; report-type=disposition-notification; boundary="r"\n\n--r\n\nOpened.\n--r\n'
        b"Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; eva@example.net\n"
        b"Original-Message-ID: <m-1@example.org>\nDisposition: manual-action/MDN-sent-manually; displayed\n\n--r--\n"
    )
    assert of(mail) == Report("opened", "m-1@example.org", "eva@example.net")
    assert of(mail.replace(b"displayed", b"deleted")) == Report("delivered", "m-1@example.org", "eva@example.net")


def test_qmail_has_no_parts() -> None:
    words = "192.0.2.1 does not like recipient. Remote host said: 550 5.7.1 Rejected for policy reasons"
    assert of(QMAIL) == Report("failed", "q-1@example.org", "eva@example.net", "5.7.1", words)


def test_exim_names_the_receiver_in_a_header() -> None:
    mail = (
        b"X-Failed-Recipients: eva@example.net\nContent-Type: text/plain\n\nYour message could not be delivered."
        b"\n\n  eva@example.net\n    host mx.example.net: 550 no such user\n\n"
        b"------ This is a copy of the message ------\n\n"
        b"Message-ID: <e-1@example.org>\n"
    )
    assert of(mail) == Report(
        "failed", "e-1@example.org", "eva@example.net", words="host mx.example.net: 550 no such user"
    )


def test_a_persons_letter_is_none() -> None:
    assert of(b"Content-Type: text/plain\n\n<eva@example.net>:\nno such user\n") is None
    assert of(b'Content-Type: multipart/mixed; boundary="r"\n\n--r\n\nHello\n--r--\n') is None
    assert of(b'Content-Type: multipart/report; report-type=feedback-report; boundary="r"\n\n--r\n\nx\n--r--') is None


@given(st.binary(max_size=2_000))
def test_whatever_stands_in_the_parts_it_is_read_or_left(inside: bytes) -> None:
    found = of(b'Content-Type: multipart/report; report-type=delivery-status; boundary="r"\n\n--r\n' + inside)
    assert found is not None


PLAIN = b"""From: Mail Delivery <MAILER-DAEMON@mx.example.net>
In-Reply-To: <w-1@example.org>
Auto-Submitted: auto-replied

Your message could not be delivered.

eva@example.net
550 5.1.1 No such user here
"""


def test_words_alone_are_a_report_where_they_hold_a_permanent_code() -> None:
    assert of(PLAIN) == Report("failed", "w-1@example.org", "eva@example.net", "5.1.1", "550 5.1.1 No such user here")


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"550 5.1.1 No such user", b"451 4.4.1 Not yet, we try again for"), (b"MAILER-DAEMON", b"eva")],
)
def test_a_delay_in_words_and_a_persons_words_are_none(before: bytes, after: bytes) -> None:
    assert of(PLAIN.replace(before, after)) is None
