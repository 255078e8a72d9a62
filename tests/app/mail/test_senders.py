"""app.mail.senders: who wrote a letter and where it asks for answers, behind forms, robots and lists."""

from __future__ import annotations

import pytest

from app.mail.parse import parse

OWN = ("desk@example.org",)


def letter(*head: str, text: str = "Hello") -> bytes:
    """A letter to us with these headers besides."""
    common = ("To: Desk <desk@example.org>", "Date: Sat, 28 Nov 2026 10:00:00 +0000", "Message-ID: <s-1@example.org>")
    names = {line.partition(":")[0] for line in head}
    lines = (*head, *(line for line in common if line.partition(":")[0] not in names))
    return ("\n".join(lines) + f"\n\n{text}\n").encode()


def test_a_person_who_asks_for_answers_elsewhere_stays_the_writer() -> None:
    found = parse(letter("From: Anna Weiss <anna@work.example>", "Reply-To: Anna Weiss <anna@home.example>"), OWN)
    assert found.author.handle == "anna@work.example"
    assert [(one.name, one.address) for one in found.named if one.role == "reply_to"] == [
        ("Anna Weiss", "anna@home.example")
    ]


@pytest.mark.parametrize(
    ("head", "asked"),
    [
        (("From: A <x1@a.test>, B <x2@b.test>",), [("A", "x1@a.test"), ("B", "x2@b.test")]),
        (("From: A <x1@a.test>, Desk <desk@example.org>, B <x2@b.test>",), [("A", "x1@a.test"), ("B", "x2@b.test")]),
        (("From: A <x1@a.test>, A <X1@a.test>",), []),
        (("From: A <x1@a.test>, B <x2@b.test>", "Reply-To: x1@a.test"), []),
        (("From: A <x1@a.test>, B <x2@b.test>", "Reply-To: x3@c.test"), [("", "x3@c.test")]),
        (("From: A <x1@a.test>, Desk <desk@example.org>",), []),
    ],
)
def test_a_letter_of_several_authors_is_answered_to_all(head: tuple[str, ...], asked: list[tuple[str, str]]) -> None:
    found = parse(letter(*head), OWN)
    assert (found.author.handle, found.out) == ("x1@a.test", False)
    assert [(box.name, box.address) for box in found.named if box.role == "reply_to"] == asked


@pytest.mark.parametrize(
    ("sender", "visitor"),
    [
        ("Site <info@site.example>", "Jana Nová <jana@example.net>"),
        ("Survey <followups-noreply@example.com>", "Halla <halla@example.net>"),
        ("Kert <wordpress@kert.example>", "bea@example.net"),
        ("Desk <desk@example.org>", "Γιώργος <giorgos@example.gr>"),
        ("Contact form <contact-form@shop.example>", "Ágnes <agnes@example.hu>"),
    ],
)
def test_the_word_of_a_form_is_its_visitors(sender: str, visitor: str) -> None:
    found = parse(letter(f"From: {sender}", f"Reply-To: {visitor}", "Auto-Submitted: auto-generated"), OWN)
    assert found.author.handle in visitor
    assert (found.out, found.quiet, found.person) == (False, "", True)
    assert [one for one in found.named if one.role == "reply_to"] == []


def test_a_program_without_a_visitor_is_nobody() -> None:
    found = parse(letter("From: WordPress <wordpress@example.org>", "Reply-To: desk@example.org"), OWN)
    assert (found.person, found.quiet, found.out) == (False, "", False)


def test_who_wants_no_reply_is_quiet() -> None:
    found = parse(letter("From: Shop <no-reply@shop.example>"), OWN)
    assert (found.person, found.quiet) == (False, "automatic")


LIST = ("List-Id: Garden <garden.lists.example.org>", "List-Post: <mailto:garden@lists.example.org>",
        "To: garden@lists.example.org")  # fmt: skip


@pytest.mark.parametrize(
    ("head", "name", "address"),
    [
        (("From: Anna Weiss via Garden <garden@lists.example.org>", "Reply-To: Anna Weiss <anna@home.example>"),
         "Anna Weiss", "anna@home.example"),
        (("From: 'Chloé' a Garden csoporton keresztül <garden@lists.example.org>",
          "X-Original-From: Chloé <chloe@home.example>"), "Chloé", "chloe@home.example"),
        (("From: Béla fyrir hönd Garden <garden@lists.example.org>", "Reply-To: garden@lists.example.org",
          "Cc: bela@home.example"), "Béla", "bela@home.example"),
        (("From: Dan <dan@home.example>", "Reply-To: garden@lists.example.org"), "Dan", "dan@home.example"),
    ],
)  # fmt: skip
def test_a_letter_through_a_list_is_its_writers(head: tuple[str, ...], name: str, address: str) -> None:
    found = parse(letter(*head, *LIST), OWN)
    assert (found.author.name, found.author.handle) == (name, address)
    assert found.mailing_list == "garden@lists.example.org"
    assert [one for one in found.named if one.role == "reply_to"] == []


def test_a_digest_has_no_writer() -> None:
    found = parse(letter("From: Garden list <garden@lists.example.org>", *LIST), OWN)
    assert (found.author.handle, found.person) == ("", False)


def test_all_whom_it_names_are_kept_and_the_alias_that_it_was_written_to() -> None:
    own = ("desk@example.org", "shop@example.org")
    found = parse(letter("From: a@x.is", "To: Shop <Shop@Example.org>, Bob <bob@x.is>", "Cc: Béla <bela@x.is>"), own)
    assert [(one.role, one.name, one.address) for one in found.named] == [
        ("to", "Shop", "Shop@Example.org"), ("to", "Bob", "bob@x.is"), ("cc", "Béla", "bela@x.is"),
    ]  # fmt: skip
    assert found.alias == "shop@example.org"
    assert parse(letter("From: a@x.is", "To: list@x.is", "Delivered-To: shop@example.org"), own).alias == own[1]
