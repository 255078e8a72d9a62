"""Whom a letter names in headers of their own, and letters of nothing but a file that is a text."""

from __future__ import annotations

import pytest

from app.mail.parse import parse


def test_copies_in_headers_of_their_own_are_all_kept_and_nobody_is_named_twice() -> None:
    head = (
        b"From: Eva <eva@x.org>\nTo: desk@x.org\nCc: Ada <a@x.org>\n"
        b"CC: =?utf-8?Q?Gu=C3=B0r=C3=BAn=2C_J=C3=B3ns?= <g@x.org>\n"
        b"To: Bo <bo@x.org>, DESK@x.org\ncc: A@X.org\nSubject: x\n"
    )
    item = parse(head + b"\nHi\n", ("desk@x.org",))
    assert [(whom.role, whom.name, whom.address) for whom in item.named] == [
        ("to", "", "desk@x.org"), ("to", "Bo", "bo@x.org"), ("cc", "Ada", "a@x.org"),
        ("cc", "Guðrún, Jóns", "g@x.org"),
    ]  # fmt: skip
    assert item.to == ("desk@x.org", "bo@x.org", "a@x.org", "g@x.org")
    first = head.replace(b"To: Bo <bo@x.org>, DESK@x.org\n", b"")
    assert parse(first + b"\nHi\n").remote_id == item.remote_id, "what a letter without an id is known by stays"


@pytest.mark.parametrize(
    "part",
    [
        'Content-Type: application/octet-stream; name="message.txt"\nContent-Disposition: inline',
        'Content-Type: application/octet-stream; name="Read.MD"', "Content-Type: text/markdown; charset=utf-8",
        'Content-Type: text/plain; charset=utf-8; name="a.txt"\nContent-Disposition: attachment; filename="a.txt"',
    ],
)  # fmt: skip
def test_a_letter_of_nothing_but_a_text_says_what_that_says(part: str) -> None:
    head = "From: a@x.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    said = parse(f"{head}{part}\n\nKveðja, Þóra\n--b--\n".encode())
    assert said.text == "Kveðja, Þóra"
    beside = parse(f"{head}Content-Type: text/plain\n\nHi\n--b\n{part}\n\nKveðja\n--b--\n".encode())
    assert beside.text == "Hi"
    assert len(beside.attached) == 1


def test_bytes_under_the_name_of_a_text_are_none() -> None:
    head = "From: a@x.org\nContent-Type: application/octet-stream; name=x.txt\nContent-Transfer-Encoding: base64\n\n"
    for octets in ("AAEC/w==", "SGVsbG8A"):
        assert parse(f"{head}{octets}\n".encode()).text == "[Attachments only.]"
