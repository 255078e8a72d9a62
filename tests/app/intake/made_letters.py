"""Letters as mail programs, lists, forms and machines write them, and what has to be made of each.

Every letter is put together from bytes here, not by the code that is tested. What programs do was taken from their own
letters: header order, Message-IDs, the reply prefixes of their translations, how they quote. All people are invented.
"""

from __future__ import annotations

import base64
import binascii
import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.utils import format_datetime
from typing import NamedTuple

DESK = "desk@lemonade.example"
OWN = (DESK, "hello@lemonade.example")
BEGIN = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
NEEDS_ME, WAITING, QUIET, DONE = "needs_me", "waiting", "quiet", "done"


class Person(NamedTuple):
    """Somebody who writes: name, address, language."""

    name: str
    address: str
    language: str


class Words(NamedTuple):
    """What is said in a language: subject, question, thanks, our answer, and how its programs prefix a reply."""

    subject: str
    question: str
    thanks: str
    answer: str
    prefix: str
    charsets: tuple[str, ...]


WORDS = {
    "is": Words(
        "Brotin flaska",
        "Góðan dag, ein flaskan kom brotin. Hvað geri ég nú?",
        "Takk kærlega, þetta er frábært!",
        "Við sendum nýja á morgun.", "SV: ", ("utf-8", "iso-8859-1", "windows-1252")),
    "hu": Words(
        "Törött üveg",
        "Jó napot, az egyik üveg törötten érkezett. Mit tegyek?",
        "Köszönöm szépen, ez nagyszerű!",
        "Holnap küldünk egy újat.", "Vá: ", ("utf-8", "iso-8859-2", "windows-1250")),
    "cs": Words(
        "Rozbitá láhev",
        "Dobrý den, jedna láhev přišla rozbitá. Co mám dělat?",
        "Moc děkuji, to je skvělé!",
        "Zítra pošleme novou.", "Odp: ", ("utf-8", "iso-8859-2", "windows-1250")),
    "el": Words(
        "Σπασμένο μπουκάλι",
        "Καλημέρα, το ένα μπουκάλι ήρθε σπασμένο. Τι να κάνω;",
        "Ευχαριστώ πολύ, τέλεια!",
        "Στέλνουμε καινούργιο αύριο.", "Απ: ", ("utf-8", "iso-8859-7", "windows-1253")),
    "en": Words(
        "A broken bottle",
        "Good morning, one bottle came broken - what shall I do?",
        "Thank you, that is great!",
        "We are sending a new one tomorrow.", "RE: ", ("utf-8", "us-ascii", "windows-1252")),
}  # fmt: skip
PEOPLE = (
    Person("Guðrún Ásta Þórðardóttir", "gudrun@heima.example", "is"), Person("Nagy Péter", "peter@posta.example", "hu"),
    Person("Nováková, Jana", "jana@dopisy.example", "cs"), Person("Ελένη Παπαδοπούλου", "eleni@grammata.example", "el"),
    Person("Tom O'Hara", "tom@letters.example", "en"), Person("Sigurður Örn", "siggi@heima.example", "is"),
    Person("Kovács Zsófia", "zsofi@posta.example", "hu"), Person("Ondřej Beneš", "ondra@dopisy.example", "cs"),
    Person("Γιώργος Ξένος", "giorgos@grammata.example", "el"), Person("anna@old.example", "anna@new.example", "en"),
)  # fmt: skip
US = Person("Vera from Lemonade", DESK, "en")


class Letter(NamedTuple):
    """A letter as bytes. `number` is its Message-ID without brackets; `ours` ones lie in the sent folder."""

    number: str
    raw: bytes
    ours: bool
    author: str
    """Key of its author's identity: the address. "" where nobody is to be known by it."""
    text: str


class Talk(NamedTuple):
    """What has to become one conversation: its letters, its state, and where a reply goes ("" where to nobody)."""

    scenario: str
    letters: tuple[Letter, ...]
    state: str
    reply_to: str


class Made:
    """Counts ids and minutes, so that no two letters are alike."""

    def __init__(self) -> None:
        self._count = itertools.count(1)

    def letter(  # noqa: PLR0913  a letter has that many parts
        self, by: Person, text: str, subject: str, *, charset: str = "utf-8", coding: str = "8bit",
        extra: Sequence[tuple[str, str]] = (), to: str = DESK, author: str | None = None, ours: bool = False,
        answers: Sequence[Letter] = (), shown: str | None = None, kind: str = "text/plain", sender: str = "",
    ) -> Letter:  # fmt: skip
        """Put one together. `sender` replaces the From; `shown` is the text it must be read as, where that differs."""
        n = next(self._count)
        number = f"{n:05d}.{by.language}@{by.address.partition('@')[2]}"
        head = [
            ("From", sender or f"{encoded(by.name, charset)} <{by.address}>"),
            ("To", to),
            ("Subject", encoded(subject, charset)),
            ("Date", format_datetime(BEGIN + timedelta(minutes=11 * n))),
            ("Message-ID", f"<{number}>"),
            *extra,
        ]
        if answers:
            head.append(("In-Reply-To", f"<{answers[-1].number}>"))
            head.append(("References", " ".join(f"<{letter.number}>" for letter in answers)))
        if kind:
            head += [("MIME-Version", "1.0"), ("Content-Type", f"{kind}; charset={charset}")]
            head.append(("Content-Transfer-Encoding", coding))
        body = octets(text, charset, coding) if kind else text.encode(charset)
        raw = "".join(f"{name}: {value}\r\n" for name, value in head).encode("utf-8") + b"\r\n" + body
        whose = by.address if author is None else author
        return Letter(number, raw, ours, "" if ours else whose, shown if shown is not None else text)

    def ours(self, text: str, subject: str, answers: Sequence[Letter], to: Person) -> Letter:
        """An answer of ours, from the sent folder."""
        where = f"{encoded(to.name, 'utf-8')} <{to.address}>"
        return self.letter(US, text, f"Re: {subject}", answers=answers, ours=True, to=where)


def encoded(words: str, charset: str) -> str:
    """A header's words as programs write them: bare where they are ASCII and need no quotes, else encoded."""
    if words.isascii():
        return f'"{words}"' if any(sign in words for sign in ",@'") else words
    return str(Header(words, charset).encode(maxlinelen=300))


def octets(text: str, charset: str, coding: str) -> bytes:
    """A text in a charset and a transfer encoding."""
    plain = text.replace("\n", "\r\n").encode(charset)
    if coding == "base64":
        return base64.encodebytes(plain)
    return binascii.b2a_qp(plain, istext=True) if coding == "quoted-printable" else plain


def quoted(words: str, program: str, of: Person) -> str:
    """A letter quoted below an answer, as a program does it."""
    marked = "\n".join(f"> {line}" for line in words.split("\n"))
    if program == "outlook":
        return f"\n\n-----Original Message-----\nFrom: {of.name} <{of.address}>\nSent: Monday\nSubject: Re\n\n{words}"
    line = {
        "is": f"{of.name} skrifaði:", "hu": f"{of.name} ezt írta:", "cs": f"{of.name} napsal(a):",
        "el": f"Ο/Η {of.name} έγραψε:",
    }.get(program, f"On Mon, 16 Nov 2026 at 09:00, {of.name} wrote:")  # fmt: skip
    return f"\n\n{line}\n{marked}"


def talks() -> Iterator[Talk]:
    """All of them: 300 letters and a few more."""
    made = Made()
    yield from _questions(made)
    yield from _answered(made)
    yield from _addressed_elsewhere(made)
    yield from _forms(made)
    yield from _lists(made)
    yield from _machines(made)
    yield from _odd(made)


def _questions(made: Made) -> Iterator[Talk]:
    """One letter each: five languages, all their charsets, three encodings; UTF-8 under a wrong label; HTML."""
    for person in PEOPLE[:5]:
        words = WORDS[person.language]
        for charset, coding in itertools.product(words.charsets, ("8bit", "quoted-printable", "base64")):
            letter = made.letter(person, words.question, words.subject, charset=charset, coding=coding)
            yield Talk(f"question {charset} {coding}", (letter,), NEEDS_ME, person.address)
        if not words.question.isascii():
            honest = made.letter(person, words.question, words.subject)
            lying = honest.raw.replace(b"charset=utf-8", b"charset=iso-8859-1")
            yield Talk("utf-8 under a wrong label", (honest._replace(raw=lying),), NEEDS_ME, person.address)
        html = f"<html><body><p>{words.question}</p></body></html>"
        letter = made.letter(person, html, words.subject, kind="text/html", shown=words.question)
        yield Talk("html alone", (letter,), NEEDS_ME, person.address)


def _answered(made: Made) -> Iterator[Talk]:
    """Threads: answered by us, thanked for, with each language's prefixes and quotes; References or In-Reply-To."""
    for person, program in itertools.product(PEOPLE, ("own", "outlook", "gmail")):
        words = WORDS[person.language]
        first = made.letter(person, words.question, words.subject)
        ours = made.ours(words.answer, words.subject, [first], person)
        yield Talk(f"answered {program}", (first, ours), WAITING, person.address)
        first = made.letter(person, words.question, f"{words.subject} ({program})")
        ours = made.ours(words.answer, f"{words.subject} ({program})", [first], person)
        style = person.language if program == "own" else program
        thanks = words.thanks + quoted(words.answer, style, US)
        subject = f"{words.prefix}Re: {words.subject} ({program})"
        last = made.letter(person, thanks, subject, answers=[first, ours], shown=words.thanks)
        if program == "gmail":  # a program that writes In-Reply-To and no References
            last = last._replace(raw=_without(last.raw, b"References"))
        yield Talk(f"thanked {program}", (first, ours, last), DONE, person.address)


def _without(raw: bytes, name: bytes) -> bytes:
    return b"\r\n".join(line for line in raw.split(b"\r\n") if not line.startswith(name + b":"))


def _addressed_elsewhere(made: Made) -> Iterator[Talk]:
    """Reply-To elsewhere, an alias of ours, copies: the reply goes where it is asked for."""
    for person in PEOPLE:
        words = WORDS[person.language]
        home = f"{person.language}-home@private.example"
        letter = made.letter(person, words.question, words.subject, extra=[("Reply-To", home)])
        yield Talk("reply-to", (letter,), NEEDS_ME, home)
        letter = made.letter(person, words.question, words.subject, to=f"Lemonade <{OWN[1]}>")
        yield Talk("alias", (letter,), NEEDS_ME, person.address)
        letter = made.letter(person, words.question, words.subject, extra=[("Cc", "Béla <bela@posta.example>")])
        yield Talk("copy", (letter,), NEEDS_ME, person.address)
    for first, second in zip(PEOPLE[:5], PEOPLE[5:], strict=True):
        words = WORDS[first.language]
        letter = made.letter(first, words.question, words.subject, extra=[("Cc", f"<{second.address}>")])
        answer = made.letter(second, words.thanks, words.prefix + words.subject, answers=[letter],
                             to=f"<{first.address}>", extra=[("Cc", DESK)])  # fmt: skip
        yield Talk("two speakers", (letter, answer), NEEDS_ME, second.address)


def _forms(made: Made) -> Iterator[Talk]:
    """What a visitor typed into a site's form: the visitor's words, by Reply-To; the site is nobody."""
    for person, site in itertools.product(PEOPLE[:5], ("wordpress@blog.example", "noreply@forms.example", DESK)):
        words = WORDS[person.language]
        extra = [("Reply-To", f"{encoded(person.name, 'utf-8')} <{person.address}>"), ("X-Mailer", "PHPMailer 6.9")]
        letter = made.letter(
            person, words.question, f"[Lemonade] {words.subject}", extra=extra, sender=f"Lemonade <{site}>"
        )
        yield Talk(f"form {site}", (letter,), NEEDS_ME, person.address)


GARDEN = "garden@lists.example"
_OF_LIST = (("List-Id", "Garden <garden.lists.example>"), ("List-Post", f"<mailto:{GARDEN}>"),
            ("List-Unsubscribe", "<mailto:garden-leave@lists.example>"), ("Precedence", "list"))  # fmt: skip


def _lists(made: Made) -> Iterator[Talk]:
    """Discussion lists: their writers are people; they need us only where they name or answer us."""
    for person in PEOPLE:
        words = WORDS[person.language]
        plain = made.letter(person, words.question, f"[Garden] {words.subject}", extra=_OF_LIST, to=GARDEN)
        yield Talk("list", (plain,), QUIET, "")
        via = f"{encoded(f'{person.name} via Garden', 'utf-8')} <{GARDEN}>"
        name = {"is": "Reply-To", "hu": "Reply-To", "el": "Cc"}.get(person.language, "X-Original-From")
        extra = [*_OF_LIST, (name, f"<{person.address}>")]
        subject = f"[Garden] {words.subject}"
        rewritten = made.letter(person, words.question, subject, to=GARDEN, sender=via, extra=extra)
        yield Talk("list that rewrites From", (rewritten,), QUIET, "")
        ours = made.letter(US, words.question, words.subject, ours=True, to=GARDEN)
        answer = made.letter(
            person, words.thanks, f"Re: [Garden] {words.subject}", answers=[ours], to=GARDEN, extra=_OF_LIST
        )
        yield Talk("list answers us", (ours, answer), NEEDS_ME, person.address)


def _machines(made: Made) -> Iterator[Talk]:
    """What machines write: nobody waits for an answer, and nobody new is known by it."""
    for person in PEOPLE[:5]:
        words = WORDS[person.language]
        shop = Person("Shop news", f"news-{person.language}@shop.example", person.language)
        for extra in ([("List-Unsubscribe", "<https://shop.example/u>")], [("Precedence", "bulk")]):
            letter = made.letter(shop, words.question, words.subject, extra=extra, author="")
            yield Talk("newsletter", (letter,), QUIET, "")
        robot = Person("Service", f"no-reply@{person.language}.service.example", person.language)
        letter = made.letter(
            robot, words.question, words.subject, extra=[("Auto-Submitted", "auto-generated")], author=""
        )
        yield Talk("automatic", (letter,), QUIET, "")
        first = made.letter(person, words.question, words.subject)
        ours = made.ours(words.answer, words.subject, [first], person)
        away = made.letter(person, words.thanks, f"Auto: {words.subject}", answers=[ours],
                           extra=[("Auto-Submitted", "auto-replied (vacation)")])  # fmt: skip
        yield Talk("away", (first, ours, away), WAITING, person.address)
        yield _bounced(made, person)


def _bounced(made: Made, person: Person) -> Talk:
    words = WORDS[person.language]
    first = made.letter(person, words.question, words.subject)
    ours = made.ours(words.answer, words.subject, [first], person)
    body = (
        "--r\r\nContent-Type: text/plain\r\n\r\nNot delivered.\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; {person.address}\r\nAction: failed\r\n"
        f"Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n--r\r\n"
        f"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{ours.number}>\r\n\r\n--r--\r\n"
    )
    daemon = Person("Mail Delivery System", "mailer-daemon@mx.example", person.language)
    kind = ("Content-Type", 'multipart/report; report-type=delivery-status; boundary="r"')
    bounce = made.letter(daemon, body, "Undelivered mail", kind="", extra=[kind, ("Auto-Submitted", "auto-replied")],
                         author="", shown="Not delivered.")  # fmt: skip
    return Talk("bounce", (first, ours, bounce), NEEDS_ME, person.address)


def _odd(made: Made) -> Iterator[Talk]:
    """No subject; a subject with a list's tag between prefixes; two letters by one id are told apart elsewhere."""
    for person in PEOPLE:
        words = WORDS[person.language]
        letter = made.letter(person, words.question, "")
        yield Talk("no subject", (letter,), NEEDS_ME, person.address)
        letter = made.letter(person, words.question, words.subject, sender=f'"{DESK}" <{person.address}>')
        yield Talk("our address as a name", (letter,), NEEDS_ME, person.address)
        first = made.letter(person, words.question, f"{words.subject} 2")
        ours = made.ours(words.answer, f"{words.subject} 2", [first], person)
        last = made.letter(person, words.thanks, f"{words.prefix}{words.subject} 2", answers=[first])
        yield Talk("both answer the first", (first, ours, last), DONE, person.address)


def by_number(all_talks: Sequence[Talk]) -> Mapping[str, Letter]:
    """The letters by their Message-ID."""
    return {letter.number: letter for talk in all_talks for letter in talk.letters}
