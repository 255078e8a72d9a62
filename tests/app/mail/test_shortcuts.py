"""Most letters are read a shorter way; what is read is the same as the long way has it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.base.text import visible
from app.mail import alternatives, parts, robots
from app.mail.parts import Content

_TEXTS = st.text(st.sampled_from("aé \n\r\t-[]:>\u200b\x00\ufffd=!"), max_size=40)
_KINDS = st.sampled_from(
    ["", "text/plain", "text/plain; charset=utf-8", "text/plain; format=flowed; delsp=yes", "TEXT/PLAIN; name=a.txt",
     "text", "text/html", "text/calendar", "application/pgp-encrypted", "multipart/mixed", "message/rfc822"]
)  # fmt: skip
_ENCODINGS = st.sampled_from(["", "8bit", "quoted-printable", "base64"])
_PLACES = st.sampled_from(["", "inline", "attachment", "attachment; filename=b.txt", 'inline; filename="winmail.dat"'])


def the_long_way(head: dict[str, str], octets: bytes) -> Content:
    walk = parts._Walk({})
    walk.entity(head, octets, "", 0, top=True)
    return walk.content()


@given(kind=_KINDS, encoding=_ENCODINGS, place=_PLACES, text=_TEXTS)
@example(kind="text/plain", encoding="", place="", text="-----BEGIN PGP MESSAGE-----\n\na\n-----END PGP MESSAGE-----\n")
@example(kind="text/plain", encoding="base64", place="", text="YWJj????")
@example(kind="", encoding="", place="", text="long " * 50_000)
def test_a_letter_of_one_part(kind: str, encoding: str, place: str, text: str) -> None:
    given_head = {"content-type": kind, "content-transfer-encoding": encoding, "content-disposition": place}
    head = {name: value for name, value in given_head.items() if value}
    octets = text.encode()
    assert parts.read(head, octets) == the_long_way(head, octets)


@given(_TEXTS)
@example("[image: a cat]")
@example("a[image: a cat]")
@example("\u200b" * 20 + "a")
@example("[cid:1] b")
def test_what_is_blank(text: str) -> None:
    said = alternatives._IMAGE.sub("", visible(text))
    assert alternatives.is_blank(text) is not any(letter.isalnum() or ord(letter) > 0x2190 for letter in said)


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("return-path", "<>", robots.AUTOMATIC),
        ("return-path", "<anna@example.net>", ""),
        ("auto-submitted", "auto-generated", robots.AUTOMATIC),
        ("x-autoreply", "yes", robots.AWAY),
        ("precedence", "bulk", robots.NEWSLETTER),
    ],
)
def test_what_a_machine_wrote(name: str, value: str, why: str) -> None:
    assert robots.why_quiet({name: value}, "anna@example.net", None) == why
