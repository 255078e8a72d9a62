"""Nothing of a letter is lost: what its text leaves out is told, and so is why a letter could not be read wholly."""

from __future__ import annotations

import pytest

from app.base.message import HIDDEN, OTHER_FORM, REST
from app.mail.body import BROKEN, CUT, ENCRYPTED, GARBLED
from app.mail.parse import parse
from app.mail.parts import TEXT_MAX

HEAD = b"From: Anna <anna@example.org>\nSubject: Bo\nMessage-ID: <1@x>\nMIME-Version: 1.0\n"
SENTENCE = "Við hittumst á Kjarvalsstöðum klukkan sex."


def alternative(plain: str, page: str) -> bytes:
    parts = (("plain", plain), ("html", page))
    made = "".join(f"--b\nContent-Type: text/{kind}; charset=utf-8\n\n{body}\n" for kind, body in parts)
    return HEAD + b'Content-Type: multipart/alternative; boundary="b"\n\n' + made.encode() + b"--b--\n"


def html(page: str) -> bytes:
    return HEAD + b"Content-Type: text/html; charset=utf-8\n\n" + page.encode()


@pytest.mark.parametrize(
    "plain",
    ["This mail needs an HTML viewer.", "\u200b\ufeff", "--", "Tento e-mail vyžaduje prohlížeč HTML.", "",
     "Το μήνυμα αυτό χρειάζεται πρόγραμμα που διαβάζει HTML.", "* * *"],
)  # fmt: skip
def test_a_plain_part_that_says_nothing_hides_no_letter(plain: str) -> None:
    assert parse(alternative(plain, f"<p>{SENTENCE}</p>")).text == SENTENCE


def test_a_plain_part_that_is_far_shorter_is_kept_beside_the_page() -> None:
    item = parse(alternative("See the picture.", f"<p>{'Sagan öll. ' * 60}</p>"))
    assert item.text.startswith("Sagan öll.")
    assert [(kind, said.strip()) for kind, said in item.left_out] == [(OTHER_FORM, "See the picture.")]


def test_a_page_with_many_more_words_is_kept_beside_the_plain_part() -> None:
    plain = "The programme of the week, by day and by place."
    more = "On Monday the lemons come, on Tuesday the crates, on Wednesday the guests and the cook of the Old Mill."
    item = parse(alternative(plain, f"<html><style>{'p{}' * 200}</style><p>{plain}</p><p>{more}</p>"))
    assert item.text == plain
    assert [kind for kind, _ in item.left_out] == [OTHER_FORM]
    assert more in item.left_out[0][1]


def test_a_page_that_says_the_same_is_not_kept() -> None:
    said = "The same words in both forms, and no more than that."
    assert parse(alternative(said, f"<html><style>{'p{}' * 200}</style><p>{said}</p>")).left_out == ()


def test_what_a_page_hides_beside_a_plain_part_that_says_the_same_is_kept() -> None:
    said = "The same words in both forms, and no more than that."
    page = f"<html><style>{'p{}' * 200}</style><div hidden>Preheader</div><p>{said}</p>"
    item = parse(alternative(said, page))
    assert (item.text, item.left_out) == (said, ((HIDDEN, "Preheader"),))


@pytest.mark.parametrize(
    ("plain", "page", "kind"),
    [
        ("See you at the gate.", "<p>See you at the gate.</p><p style='display:none'>Pay 500</p>", HIDDEN),
        ("See you at the gate.", "<p>See you at the gate.</p><p HIDDEN>Pay 500</p>", HIDDEN),
        ("Sent from my phone", "<p>Please come to the gate with all the crates.</p>Sent from my phone", OTHER_FORM),
    ],
)
def test_what_only_a_small_page_says_is_kept(plain: str, page: str, kind: str) -> None:
    item = parse(alternative(plain, page))
    assert item.text == plain
    assert [left[0] for left in item.left_out] == [kind]


def test_what_a_page_hides_is_kept() -> None:
    item = parse(html("<div style='display:none'>Only today: all for nothing</div><p>Hello</p>"))
    assert (item.text, item.left_out) == ("Hello", ((HIDDEN, "Only today: all for nothing"),))
    assert item.source is None


def test_what_is_beyond_the_limit_is_kept_with_the_original() -> None:
    lines = "\n".join(f"line {number}" for number in range(40_000))
    raw = HEAD + b"\n" + lines.encode()
    item = parse(raw)
    assert len(item.text) <= TEXT_MAX + 10
    assert item.text.endswith("[…]")
    assert [kind for kind, _ in item.left_out] == [REST]
    assert item.text.removesuffix("\n\n[…]") + "\n" + item.left_out[0][1] == lines
    assert (item.flaws, item.source) == ((CUT,), raw)


CODED = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nSGVs!!!!????....,,,,;;;;::::"
SEALED = (
    "Content-Type: multipart/encrypted; boundary=x\n\n--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n"
    "--x\nContent-Type: application/octet-stream\n\nabc\n--x--"
)


@pytest.mark.parametrize(
    ("body", "flaw"),
    [
        ("Content-Type: multipart/mixed; boundary=x\n\nno boundary anywhere", BROKEN),
        ("Content-Type: multipart/mixed\n\nno boundary named", BROKEN),
        (CODED, GARBLED),
        ("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIIB", ENCRYPTED),
        (SEALED, ENCRYPTED),
        ("Content-Type: text/plain\n\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----", ENCRYPTED),
    ],
)
def test_the_original_is_kept_where_it_could_not_be_read_wholly(body: str, flaw: str) -> None:
    raw = HEAD + body.encode()
    item = parse(raw)
    assert flaw in item.flaws
    assert item.source == raw
    assert item.kind == "said"


def test_of_a_letter_that_was_read_wholly_no_original_is_kept() -> None:
    item = parse(HEAD + b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nSGVsbG8=\n")
    assert (item.text, item.source, item.flaws) == ("Hello", None, ())
