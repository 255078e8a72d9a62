"""The readers of the product that take words from outside, each with a few good inputs to make others of."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from app.base import ids, length, money, text
from app.base.errors import UserError
from app.contacts import birthdays, cards
from app.csvfile import inspect_table, rows
from app.imports import dates, mbox
from app.imports.desk import Imports
from app.inbox.snooze import parse_when
from app.intake import Intake, notices
from app.mail import charsets, headers, quotes
from app.mail.html import to_text
from app.mail.mailboxes import addresses
from app.mail.parse import parse
from app.private import redacted
from app.store.store import Store
from app.templates import blanks
from app.templates.desk import read as read_templates
from app.templates.first_names import first_name
from app.voice import Rule, check
from app.voice import read as read_guide
from tests.fuzz import channels, mutating, seeds

HOUSE = Path(__file__).resolve().parent.parent.parent
OWN = frozenset({"desk@brand.example"})


class Reader(NamedTuple):
    """A name, how another input is made, and what reads it; exceptions of `fine` are answers, all others are faults."""

    name: str
    make: Callable[[Random], Any]
    read: Callable[[Any], object]
    fine: tuple[type[Exception], ...] = (UserError,)


SAID = seeds.words("quoted_*.txt")
DATES = ["Mon, 6 Jan 2025 10:11:12 +0100 (CET)", "6.1.2025 21:05", "2025-01-06T10:11:12Z", "1736154672"]
SENDERS = ['"A, B" <a@x.is>, Team: b@y.is;', "=?utf-8?Q?=C3=89va:_x?= <eva@x.is>"]
HEADERS = ["text/plain; charset=\"utf-8\"; name*0*=utf-8''a; name*1=b", "<1@x> <2@x>"]


def _toml(name: str) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((HOUSE / "resources").rglob(f"{name}.toml"))]


def _notice(said: str) -> object:
    first, _, rest = said.partition("\n")
    mail = parse(b"From: Anna via Face <n@facebookmail.com>\nMessage-ID: <1@f>\n\nx", OWN)
    return notices.read(mail._replace(title=headers.title(first), text=rest), "facebook")


def _rules(said: str) -> object:
    words, draft = said.partition("\n")[0][:300], said.partition("\n")[2][:20_000]  # as long as a person writes
    return check(draft, "en", [Rule(1, tuple(words.split(",")), "ask", "why")])


def _lengths(said: str) -> object:
    return [length.parts(said, 300, counts) for counts in (length.CHARACTERS, length.GRAPHEMES, length.UTF16)]


def _dates(said: str) -> object:
    return [headers.date(said), dates.decide([said, "2025-01-06"]), [dates.parse(said, form) for form in dates.FORMATS]]


@contextmanager
def readers() -> Iterator[list[Reader]]:
    """All of them, in an order that does not change; files go to a folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="rapport-fuzz"))
    store = Store(folder / "community.rapport")
    try:
        yield [*_plain(), *_of_files(folder, store), *map(_channel, channels.ALL)]
    finally:
        store.close()
        shutil.rmtree(folder)


def _plain() -> list[Reader]:
    texts, octets = mutating.text, mutating.octets
    plain = [
        ("html", seeds.words("letter.html"), to_text), ("quotes", SAID, quotes.own_words),
        ("notices", seeds.words("notice*.txt"), _notice),
        ("dates", DATES, _dates),
        ("addresses", SENDERS, addresses),
        ("headers", HEADERS, _headers),
        ("snooze", ["tomorrow", "in 3 days", "2027-01-06 10:00"], partial(parse_when, now=datetime(2026, 11, 18, 9))),  # noqa: DTZ001
        ("birthdays", ["5/3/1980", "--0229", "5. března 1980", "1980-02-29T00:00:00Z"], _birthdays),
        ("money", ["12,50 €", "1.284,00", "CZK 300"], partial(money.parse, currency="EUR")),
        ("ids", ["C-12", "H-0001-7F", "G000123AB"], ids.parse), ("lengths", SAID, _lengths),
        ("words", SAID, lambda said: (text.words(said), text.preview(said), first_name(said, "hu"))),
        ("private", ["Write to anna@x.is or +354 555 1234, Main street 5"], lambda said: redacted(said, [said[:40]])),
        ("voice rules", ["cheap*,free of\nIt is cheap and free of charge."], _rules),
        ("voice guide", _toml("voice"), read_guide), ("templates", _toml("templates"), read_templates),
        ("blanks", ["Hi {{name|there}}, {{ item }} is {{x"], blanks.parse),
    ]  # fmt: skip
    fine = (UserError, charsets.UnknownCharsetError)
    found = [Reader(name, partial(texts, seeds=good), read, fine) for name, good, read in plain]  # type: ignore[arg-type]
    return [
        Reader("mail", partial(octets, seeds=seeds.octets("*.eml")), partial(parse, own=OWN)),
        Reader("cards", partial(octets, seeds=seeds.octets("*.vcf")), _cards),
        Reader("charsets", partial(octets, seeds=[b"utf-8\nabc", b"x-none\n\xe1\xe8", b"utf-7\n+AGE-"]), _decoded,
               (charsets.UnknownCharsetError,)),
        *found,
    ]  # fmt: skip


def _birthdays(said: str) -> object:
    with suppress(birthdays.NoBirthdayError):
        birthdays.day_of(said)
    return birthdays.order_of([said, "5/3/1980"])


def _cards(raw: bytes) -> object:
    return list(cards.persons(BytesIO(raw)))


def _headers(said: str) -> object:
    return (
        headers.parameters(said),
        headers.ids(said),
        headers.message_id(said),
        headers.title(said),
        headers.words(said),
    )


def _decoded(raw: bytes) -> str:
    name, _, rest = raw.partition(b"\n")
    return charsets.clean(charsets.decode(rest, name.decode("latin-1")))


def _of_files(folder: Path, store: Store) -> list[Reader]:
    imports = Imports(store, Intake(store))

    def on_file(name: str, read: Callable[[Path], object]) -> Callable[[bytes], object]:
        path = folder / name

        def of(raw: bytes) -> object:
            path.write_bytes(raw)
            return read(path)

        return of

    def of(name: str, good: Sequence[bytes], read: Callable[[Path], object]) -> Reader:
        return Reader(name, partial(mutating.octets, seeds=good), on_file(name.replace(" ", "."), read))

    return [
        of("mbox", seeds.octets("*.mbox"), lambda path: [parse(mail.raw, OWN) for mail in mbox.mails(path)]),
        of("table", seeds.octets("*.csv"), lambda path: list(rows(inspect_table(path)))),
        of(
            "import",
            [one for kind in ("csv", "mbox", "eml", "rss", "atom", "vcf") for one in seeds.octets(f"*.{kind}")],
            imports.preview,
        ),
    ]


def _channel(one: channels.Channel) -> Reader:
    make = partial(mutating.octets if isinstance(one.seeds[0], bytes) else mutating.thing, seeds=one.seeds)
    if isinstance(one.seeds[0], str):
        make = partial(mutating.text, seeds=one.seeds)
    return Reader(one.name, make, one.read, channels.ODD)
