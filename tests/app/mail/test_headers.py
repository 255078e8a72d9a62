"""The parts of a mail's header, each in time that grows with its length alone."""

from __future__ import annotations

import pytest

from app.mail import headers
from app.mail.headers import date
from app.mail.parse import parse
from tests.app.timing import grows_in_line


def dated(said: str) -> bytes:
    return f"From: ada@x.is\nDate: {said}\nMessage-ID: <1@x>\n\nHello".encode()


SPACED = [
    " " * 20_000,
    "\t" * 20_000,
    "\u00a0" * 20_000,
    "Mon," + " " * 20_000,
    "1 " * 10_000,
    "Mon, 1" + " " * 20_000 + "Ja",
]


@pytest.mark.parametrize("said", SPACED)
def test_dates_of_nothing_but_spaces_take_time_in_proportion(said: str) -> None:
    assert grows_in_line(lambda size: headers.date("x" + said[:size] + "x"), 5_000)
    assert grows_in_line(lambda size: parse(dated("x" + said[:size] + "x")), 5_000)


def test_a_date_may_have_any_space_in_it() -> None:
    assert headers.date("Mon,  6\t Jan   2025" + " " * 9_000 + "10:11:12 +0100 (CET)") == 1_736_154_672


USUAL = [
    "Mon, 6 Jan 2025 10:11:12 +0100",
    "6 Jan 2025 10:11 GMT",
    "Sat, 31 Jan 2026 23:59:59 -0930",
    "6 Jax 2025 10:11 UT",
]


@pytest.mark.parametrize("said", USUAL)
def test_a_date_that_is_written_as_most_are_is_read_as_any_other(said: str) -> None:
    assert headers.date(said) == headers.date("  " + said.replace(" ", "\t ") + " (now)")


IDS = [
    ("<1234567890@x.is>", ["1234567890@x.is"]),
    ("<undefined@x.is>", []),
    ("<undefined0@x.is>", ["undefined0@x.is"]),
    ("<null>", []),
    ("<0123456789", []),
    ("<0123456789@a><0123456789@b>", ["0123456789@a", "0123456789@b"]),
    ("<0123456789@a> <@> <0123456789@a>", ["0123456789@a"]),
    ("<__________@x.is>", []),
    ("<0123456789@" + "x" * 400 + ">", []),
]


@pytest.mark.parametrize(("said", "meant"), IDS)
def test_the_ids_of_a_header_are_those_that_name_a_mail(said: str, meant: list[str]) -> None:
    assert headers.ids(said) == meant
    if said.count("<") == 1 and said.endswith(">"):
        assert headers.message_id(said) == "".join(meant)


def test_a_type_is_read_the_same_when_it_comes_again() -> None:
    said = 'Text/Plain; charset="a\\"b"; name*=utf-8\'\'%C3%BE'
    assert headers.parameters(said) == ("text/plain", {"charset": 'a"b', "name": "þ"})
    assert headers.parameters(said) == ("text/plain", {"charset": 'a"b', "name": "þ"})


@pytest.mark.parametrize(
    "value",
    [
        "Sat, 32 Nov 2026 10:00:00 +0000",
        "Mon, 31 Jun 2026 10:00:00 +0000",
        "Sun, 29 Feb 2026 10:00:00 +0000",
        "Sat, 28 Nov 2026 25:00:00 +0000",
        "Sat, 28 Nov 2026 10:61:00 +0000",
        "Sat, 28 Nov 2026 10:00:00 +9959",
        "Sat, 28 Nov 2026 10:00:00 -1500",
        "28 Nov 26 10:99:00",
    ],
)
def test_a_date_that_cannot_be_is_none(value: str) -> None:
    assert date(value) is None


def test_a_leap_second_and_the_last_zone_are_dates() -> None:
    assert date("Thu, 31 Dec 2026 23:59:60 +0000") is not None
    assert date("Sat, 28 Nov 2026 10:00:00 +1400") == date("Fri, 27 Nov 2026 20:00:00 +0000")


ANSWERING = [
    ("<m1@example.org>", "m1@example.org"),
    ("m1@example.org", "m1@example.org"),  # no brackets
    ("  <m1@example.org>  ", "m1@example.org"),
    ("<m1@example.org> (Anna's message of Monday)", "m1@example.org"),  # RFC 822 comments
    ("(your mail) <m1@example.org>", "m1@example.org"),
    ('Your message of "Mon, 6 Jan 2025 10:11:12 +0100" <m1@example.org>', "m1@example.org"),
    ("Message from Anna <anna@example.org> of Monday <m1@example.org>", "m1@example.org"),
    ("Anna Bell's message <m1@example.org>, Monday", "m1@example.org"),
    ("<m1@example.org> <m2@example.org>", "m1@example.org"),  # the first that it answers
    ("<m1@example.org>\r\n <m2@example.org>", "m1@example.org"),  # folded
    ("\r\n <m1@example.org>", "m1@example.org"),
    ("\r\n\t<m1@example.org>", "m1@example.org"),
    ("< m1@example.org >", "m1@example.org"),
    ('"<m1@example.org>"', "m1@example.org"),
    ("<m1@EXAMPLE.org>", "m1@EXAMPLE.org"),
    ("&lt;m1@example.org&gt;", "m1@example.org"),
    ("", ""),
    ("your mail of Monday", ""),
]


@pytest.mark.parametrize(("value", "wanted"), ANSWERING)
def test_what_a_letter_answers_is_read_from_every_form_of_in_reply_to(value: str, wanted: str) -> None:
    head = f"From: ada@x.is\r\nMessage-ID: <new@x>\r\nIn-Reply-To: {value}\r\n"
    assert parse(f"{head}\r\nHello".encode()).parent == wanted


@pytest.mark.parametrize(
    ("zone", "hour"), [("CEST", 8), ("CET", 9), ("EEST", 7), ("EET", 8), ("BST", 9), ("WET", 10), ("GMT", 10)]
)
def test_zones_of_europe_by_name(zone: str, hour: int) -> None:
    assert headers.date(f"Mon, 16 Nov 2026 10:00:00 {zone}") == headers.date(f"Mon, 16 Nov 2026 {hour:02}:00:00 +0000")
