"""How mail programs quote, as letters with the right answer beside them: programs by languages by shapes.

Header lines and lines that lead in are what these programs write; the words between are invented.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

MARKED, BARE, HTML_QUOTE, HTML_BARE = "marked", "bare", "html quote", "html bare"
"""How a program sets what it quotes: ">" before the lines or nothing, in text; a blockquote or nothing, in HTML."""


class Case(NamedTuple):
    """A letter's body, and its writer's own lines; of a forwarded one (`passed_on`) those above what is passed on."""

    name: str
    body: str
    own: tuple[str, ...]
    html: bool = False
    passed_on: bool = False


class Words(NamedTuple):
    """What is said in a language: two own paragraphs, an answer between the lines, and the quoted lines."""

    own: tuple[str, ...]
    answer: str
    quoted: tuple[str, ...]


WORDS = {
    "en": Words(
        ("Thanks, that's clear now.", "See you on Saturday at 9:30, then:\nAnn"),
        "Two crates, please.",
        ("Hello Ann,", "how many crates do you want?", "And when will you come: on Saturday?", "Tom"),
    ),
    "is": Words(
        ("Takk, þetta er skýrt.", "Sjáumst á laugardaginn kl. 9:30!\nGuðrún"),
        "Tvo kassa, takk.",
        ("Sæl Guðrún,", "hvað viltu marga kassa?", "Og hvenær kemurðu: á laugardag?", "Jón"),
    ),
    "hu": Words(
        ("Köszönöm, így már világos.", "Akkor szombaton, 9:30-kor!\nZsófi"),
        "Két rekeszt kérek.",
        ("Szia Zsófi!", "Hány rekeszt kérsz?", "És mikor jössz: szombaton?", "Anna"),
    ),
    "cs": Words(
        ("Děkuji, už je to jasné.", "Tak v sobotu v 9:30!\nJana"),
        "Dvě bedny, prosím.",
        ("Ahoj Jano,", "kolik beden chceš?", "A kdy přijdeš: v sobotu?", "Jan"),
    ),
    "el": Words(
        ("Ευχαριστώ, τώρα κατάλαβα.", "Τα λέμε το Σάββατο στις 9:30;\nΕλένη"),
        "Δύο τελάρα, παρακαλώ.",
        ("Γεια σου Ελένη,", "πόσα τελάρα θέλεις;", "Και πότε θα έρθεις: το Σάββατο;", "Νίκος"),
    ),
}

LEADS: dict[tuple[str, str], tuple[str, str]] = {
    ("Gmail", "en"): (MARKED, "On Wed, 2 Dec 2026 at 10:00, Tom Okafor <tom@post.example> wrote:"),
    ("Gmail US", "en"): (MARKED, "On Wed, Dec 2, 2026 at 10:00 AM Tom Okafor <tom@post.example> wrote:"),
    ("Gmail", "is"): (MARKED, "Þann mið., 2. des. 2026 kl. 10:00 skrifaði Jón Einarsson <jon@post.example>:"),
    ("Gmail", "hu"): (MARKED, "Kiss Anna <anna@post.example> ezt írta (időpont: 2026. dec. 2., Sze, 10:00):"),
    ("Gmail", "cs"): (MARKED, "st 2. 12. 2026 v 10:00 odesílatel Jan Novák <jan@post.example> napsal:"),
    ("Gmail", "el"): (
        MARKED,
        "Στις Τετ 2 Δεκ 2026 στις 10:00 π.μ., ο χρήστης Νίκος Δημητρίου <nikos@post.example> έγραψε:",
    ),
    ("Gmail before 2017", "is"): (MARKED, "2. desember 2016 kl. 10:00 skrifaði Jón Einarsson <jon@post.example>:"),
    ("Gmail before 2017", "hu"): (MARKED, "2016. december 2. 10:00 Kiss Anna írta, <anna@post.example>:"),
    ("Gmail before 2017", "cs"): (MARKED, "Dne 2. prosince 2016 10:00 Jan Novák <jan@post.example> napsal(a):"),
    ("Gmail before 2017", "el"): (
        MARKED,
        "Στις 2 Δεκεμβρίου 2016 - 10:00 π.μ., ο χρήστης Νίκος Δημητρίου <nikos@post.example> έγραψε:",
    ),
    ("Apple Mail", "en"): (MARKED, "On 2 Dec 2026, at 10:00, Tom Okafor <tom@post.example> wrote:"),
    ("Apple Mail", "is"): (MARKED, "On 2 Dec 2026, at 10:00, Jón Einarsson <jon@post.example> wrote:"),
    ("Apple Mail", "hu"): (
        MARKED,
        "2026. dec. 2. dátummal, 10:00 időpontban Kiss Anna <anna@post.example> írta:",
    ),
    ("Apple Mail", "cs"): (MARKED, "2. 12. 2026 v 10:00, Jan Novák <jan@post.example>:"),
    ("Apple Mail", "el"): (
        MARKED,
        "Στις 2 Δεκ 2026, στις 10:00 π.μ., ο/η Νίκος Δημητρίου <nikos@post.example> έγραψε:",
    ),
    ("Thunderbird", "en"): (MARKED, "On 02/12/2026 10:00, Tom Okafor wrote:"),
    ("Thunderbird", "is"): (MARKED, "Þann 2.12.2026 10:00, skrifaði Jón Einarsson:"),
    ("Thunderbird", "hu"): (MARKED, "2026. 12. 02. 10:00 keltezéssel, Kiss Anna írta:"),
    ("Thunderbird", "cs"): (MARKED, "Dne 02. 12. 26 v 10:00 Jan Novák napsal(a):"),
    ("Thunderbird", "el"): (MARKED, "Στις 2/12/26 10:00, ο/η Νίκος Δημητρίου έγραψε:"),
    ("Yahoo", "en"): (
        BARE,
        "On Wednesday, 2 December 2026 at 10:00:00 GMT, Tom Okafor <tom@post.example> wrote:",
    ),
    ("Yahoo", "is"): (
        BARE,
        "On Wednesday, 2 December 2026 at 10:00:00 GMT, Jón Einarsson <jon@post.example> wrote:",
    ),
    ("Yahoo", "hu"): (
        BARE,
        "2026. december 2. szerda 10:00:00 CET időpontban Kiss Anna <anna@post.example> ezt írta:",
    ),
    ("Yahoo", "cs"): (
        BARE,
        "Dne středa 2. prosince 2026 10:00:00 SEČ, uživatel Jan Novák <jan@post.example> napsal:",
    ),
    ("Yahoo", "el"): (
        BARE,
        "Στις Τετάρτη 2 Δεκεμβρίου 2026 στις 10:00:00 π.μ. EET, ο χρήστης Νίκος Δημητρίου <nikos@post.example> έγραψε:",
    ),
    ("Yahoo on a phone", "el"): (
        BARE,
        "Στις Τετάρτη, Δεκεμβρίου 2, 2026, 10:00 πμ, ο χρήστης Νίκος Δημητρίου <nikos@post.example> έγραψε:",
    ),
    ("Proton", "en"): (MARKED, "On Wednesday, December 2nd, 2026 at 10:00 AM, Tom Okafor <tom@post.example> wrote:"),
    ("Proton", "hu"): (
        MARKED,
        "2026. december 2., szerda 10:00 keltezéssel, Kiss Anna <anna@post.example> írta:",
    ),
    ("Roundcube", "en"): (MARKED, "On 2026-12-02 10:00, Tom Okafor wrote:"),
    ("Roundcube", "el"): (MARKED, "Στις 2026-12-02 10:00, Νίκος Δημητρίου έγραψε:"),
    ("mutt", "en"): (MARKED, "On Wed, Dec 02, 2026 at 10:00:00AM +0000, Tom Okafor wrote:"),
    # blocks of headers
    ("Outlook", "en"): (
        BARE,
        ("From: Tom Okafor <tom@post.example>\nSent: 02 December 2026 10:00\nTo: Ann <ann@post.example>\n"
        "Subject: RE: Crates"),
    ),
    ("Outlook", "is"): (
        BARE,
        ("Frá: Jón Einarsson <jon@post.example>\nSent: miðvikudagur, 2. desember 2026 10:00\n"
        "Til: Guðrún <gudrun@post.example>\nEfni: Kassar"),
    ),
    ("Outlook, English program", "is"): (
        BARE,
        ("From: Jón Einarsson <jon@post.example>\nSent: miðvikudagur, 2. desember 2026 10:00\n"
        "To: Guðrún <gudrun@post.example>\nSubject: RE: Kassar"),
    ),
    ("Outlook", "hu"): (
        BARE,
        ("Feladó: Kiss Anna <anna@post.example>\nElküldve: 2026. december 2., szerda 10:00\n"
        "Címzett: Zsófi <zsofi@post.example>\nTárgy: RE: Rekeszek"),
    ),
    ("Outlook", "cs"): (
        BARE,
        ("Od: Jan Novák <jan@post.example>\nOdesláno: středa 2. prosince 2026 10:00\n"
        "Komu: Jana <jana@post.example>\nPředmět: RE: Bedny"),
    ),
    ("Outlook", "el"): (
        BARE,
        ("Από: Νίκος Δημητρίου <nikos@post.example>\nΣτάλθηκε: Τετάρτη, 2 Δεκεμβρίου 2026 10:00 πμ\n"
        "Προς: Ελένη <eleni@post.example>\nΘέμα: RE: Τελάρα"),
    ),
    ("Outlook, English program", "el"): (
        BARE,
        ("From: Νίκος Δημητρίου <nikos@post.example>\nSent: Τετάρτη, 2 Δεκεμβρίου 2026 10:00 πμ\n"
        "To: Ελένη <eleni@post.example>\nSubject: RE: Τελάρα"),
    ),
    ("Outlook, plain text", "en"): (
        BARE,
        ("-----Original Message-----\nFrom: Tom Okafor <tom@post.example>\n"
        "Sent: Wednesday, December 2, 2026 10:00 AM\nTo: Ann\nSubject: Crates"),
    ),
    ("Outlook, plain text", "hu"): (
        BARE,
        ("-----Eredeti üzenet-----\nFeladó: Kiss Anna [mailto:anna@post.example]\nKüldve: 2026. december 2. 10:00\n"
        "Címzett: Zsófi\nTárgy: Rekeszek"),
    ),
    ("Outlook, plain text", "cs"): (
        BARE,
        ("-----Původní zpráva-----\nOd: Jan Novák <jan@post.example>\nOdesláno: středa 2. prosince 2026 10:00\n"
        "Komu: Jana\nPředmět: Bedny"),
    ),
    ("Outlook for Mac", "hu"): (
        BARE,
        ("Feladó: Kiss Anna <anna@post.example>\nDátum: 2026. december 2., szerda 10:00\n"
        "Címzett: Zsófi <zsofi@post.example>\nTárgy: Rekeszek"),
    ),
    ("Outlook for Mac", "cs"): (
        BARE,
        "Od: Jan Novák <jan@post.example>\nDatum: středa 2. prosince 2026 10:00\nKomu: Jana\nPředmět: Bedny",
    ),
    ("Outlook for Mac", "el"): (
        BARE,
        ("Από: Νίκος Δημητρίου <nikos@post.example>\nΗμερομηνία: Τετάρτη, 2 Δεκεμβρίου 2026 στις 10:00 π.μ.\n"
        "Προς: Ελένη <eleni@post.example>\nΘέμα: Τελάρα"),
    ),
    ("Outlook on the web", "en"): (
        BARE,
        ("________________________________\nFrom: Tom Okafor <tom@post.example>\n"
        "Sent: Wednesday, December 2, 2026 10:00 AM\nTo: Ann <ann@post.example>\nSubject: Crates"),
    ),
    ("Outlook on the web", "is"): (
        BARE,
        ("________________________________\nFrá: Jón Einarsson <jon@post.example>\n"
        "Sent: miðvikudagur, 2. desember 2026 10:00\nTil: gudrun@post.example <gudrun@post.example>\nEfni: Kassar"),
    ),
    ("Outlook on the web", "hu"): (
        BARE,
        ("________________________________\nFeladó: Kiss Anna <anna@post.example>\n"
        "Elküldve: 2026. december 2., szerda 10:00\nCímzett: Zsófi <zsofi@post.example>\nTárgy: Rekeszek"),
    ),
    ("Outlook on the web", "cs"): (
        BARE,
        ("________________________________\nOd: Jan Novák <jan@post.example>\nOdesláno: středa 2. prosince 2026 10:00\n"
        "Komu: Jana <jana@post.example>\nPředmět: Bedny"),
    ),
    ("Outlook on the web", "el"): (
        BARE,
        ("________________________________\nΑπό: Νίκος Δημητρίου <nikos@post.example>\n"
        "Στάλθηκε: Τετάρτη, 2 Δεκεμβρίου 2026 10:00 πμ\nΠρος: Ελένη <eleni@post.example>\nΘέμα: Τελάρα"),
    ),
    ("Samsung", "en"): (
        BARE,
        ("-------- Original message --------\nFrom: Tom Okafor <tom@post.example>\nDate: 02/12/2026 10:00 (GMT+00:00)\n"
        "To: ann@post.example\nSubject: Crates"),
    ),
    ("Samsung", "is"): (
        BARE,
        ("-------- Upprunaleg skilaboð --------\nFrá: Jón Einarsson <jon@post.example>\n"
        "Dagsetning: 2.12.2026 10:00 (GMT+00:00)\nTil: gudrun@post.example\nEfni: Kassar"),
    ),
    ("Samsung", "hu"): (
        BARE,
        ("-------- Eredeti üzenet --------\nFeladó: Kiss Anna <anna@post.example>\n"
        "Dátum: 2026. 12. 02. 10:00 (GMT+01:00)\nCímzett: zsofi@post.example\nTárgy: Rekeszek"),
    ),
    ("Samsung", "cs"): (
        BARE,
        ("-------- Původní zpráva --------\nOd: Jan Novák <jan@post.example>\nDatum: 02.12.26 10:00 (GMT+01:00)\n"
        "Komu: jana@post.example\nPředmět: Bedny"),
    ),
    ("Samsung", "el"): (
        BARE,
        ("-------- Αρχικό μήνυμα --------\nΑπό: Νίκος Δημητρίου <nikos@post.example>\n"
        "Ημερομηνία: 2/12/26 10:00 π.μ. (GMT+02:00)\nΠρος: eleni@post.example\nΘέμα: Τελάρα"),
    ),
    ("GMX", "en"): (
        BARE,
        ("Sent: Wednesday, December 02, 2026 at 10:00 AM\nFrom: Tom Okafor <tom@post.example>\n"
        "To: ann@post.example\nSubject: Crates"),
    ),
    ("Seznam", "cs"): (
        BARE,
        ("---------- Původní e-mail ----------\nOd: Jan Novák <jan@post.example>\nKomu: jana@post.example\n"
        "Datum: 2. 12. 2026 10:00:00\nPředmět: Bedny"),
    ),
    ("Freemail", "hu"): (
        BARE,
        ("-------- Eredeti levél --------\nFeladó: Kiss Anna < anna@post.example (Link -> mailto:anna@post.example) >\n"
        "Dátum: 2026 december 2 10:00:00\nTárgy: Rekeszek\nCímzett: zsofi@post.example"),
    ),
    ("Centrum", "cs"): (
        MARKED,
        ('______________________________________________________________\n> Od: "Jan Novák" <jan@post.example>\n'
        "> Komu: jana@post.example\n> Datum: 02.12.2026 10:00\n> Předmět: Bedny\n>"),
    ),
    ("Thunderbird, older setting", "is"): (
        BARE,
        ("-------- Upprunalegur póstur --------\nEfni: Kassar\nDagsetning: Wed, 2 Dec 2026 10:00:00 +0000\n"
        "Frá: Jón Einarsson <jon@post.example>\nTil: gudrun@post.example"),
    ),
}  # fmt: skip
"""What leads a quotation in, by program and language, and how its lines are set in a plain text."""

FORWARDS: dict[tuple[str, str], str] = {
    ("Gmail", "en"): "---------- Forwarded message ---------\nFrom: Tom Okafor <tom@post.example>\n"
    "Date: Wed, 2 Dec 2026 at 10:00\nSubject: Crates\nTo: <ann@post.example>",
    ("Gmail", "is"): "---------- Forwarded message ---------\nFrá: Jón Einarsson <jon@post.example>\n"
    "Date: mið., 2. des. 2026 kl. 10:00\nSubject: Kassar\nTo: <gudrun@post.example>",
    ("Gmail", "hu"): "---------- Forwarded message ---------\nFeladó: Kiss Anna <anna@post.example>\n"
    "Date: 2026. dec. 2., Sze, 10:00\nSubject: Rekeszek\nTo: <zsofi@post.example>",
    ("Gmail", "cs"): "---------- Forwarded message ---------\nOd: Jan Novák <jan@post.example>\n"
    "Date: st 2. 12. 2026 v 10:00\nSubject: Bedny\nTo: <jana@post.example>",
    ("Gmail", "el"): "---------- Forwarded message ---------\nΑπό: Νίκος Δημητρίου <nikos@post.example>\n"
    "Date: Τετ 2 Δεκ 2026 στις 10:00 π.μ.\nSubject: Τελάρα\nTo: <eleni@post.example>",
    ("Gmail, older", "el"): "---------- Προωθημένο μήνυμα ----------\nΑπό: Νίκος Δημητρίου <nikos@post.example>\n"
    "Ημερομηνία: 2 Δεκεμβρίου 2016 - 10:00 π.μ.\nΘέμα: Τελάρα\nΠρος: eleni@post.example",
    ("Apple Mail", "en"): "Begin forwarded message:\n\nFrom: Tom Okafor <tom@post.example>\nSubject: Crates\n"
    "Date: 2 December 2026 at 10:00:00 GMT\nTo: ann@post.example",
    ("Apple Mail", "hu"): "Továbbított levél kezdete:\n\nFeladó: Kiss Anna <anna@post.example>\nTárgy: Rekeszek\n"
    "Dátum: 2026. december 2. 10:00:00 CET\nCímzett: zsofi@post.example",
    ("Apple Mail", "cs"): "Začátek přeposílané zprávy:\n\nOd: Jan Novák <jan@post.example>\nPředmět: Bedny\n"
    "Datum: 2. prosince 2026 10:00:00 SEČ\nKomu: jana@post.example",
    ("Thunderbird", "en"): "-------- Forwarded Message --------\nSubject: Crates\n"
    "Date: Wed, 2 Dec 2026 10:00:00 +0000\nFrom: Tom Okafor <tom@post.example>\nTo: ann@post.example",
    ("Thunderbird", "hu"): "-------- Továbbított üzenet --------\nTárgy: Rekeszek\n"
    "Dátum: Wed, 2 Dec 2026 10:00:00 +0100\nFeladó: Kiss Anna <anna@post.example>\nCímzett: zsofi@post.example",
    ("Thunderbird", "cs"): "-------- Přeposlaná zpráva --------\nPředmět: Bedny\n"
    "Datum: Wed, 2 Dec 2026 10:00:00 +0100\nOd: Jan Novák <jan@post.example>\nKomu: jana@post.example",
}
"""What leads in a letter that is passed on, by program and language."""


def seen() -> Iterator[Case]:
    """Letters as programs and phones shape them, from the file beside this one."""
    for letter in tomllib.loads(Path(__file__).with_name("quoting_shapes.toml").read_text("utf-8"))["letter"]:
        body = letter["body"]
        passed_on = "forward" in body.casefold() or "Továbbított" in body
        yield Case(letter["name"], body, tuple(letter["own"]), html=body[0] == "<", passed_on=passed_on)


def cases() -> Iterator[Case]:
    """Every program and language, in text and HTML, in every shape that the program can make; and those seen."""
    yield from seen()
    for (program, language), (way, lead) in LEADS.items():
        said, name = WORDS[language], f"{program}, {language}"
        yield from _texts(name, said, way, lead)
        yield from _pages(name, said, way, lead)
    for (program, language), lead in FORWARDS.items():
        said, name = WORDS[language], f"{program}, {language}, forwarded"
        rest = "\n".join(said.quoted)
        yield Case(name, f"{said.own[0]}\n\n{lead}\n\n\n{rest}\n", (said.own[0],), passed_on=True)
        html = (
            f"<div>{escape(said.own[0])}</div><br><div class='gmail_quote'>{_lines(lead)}<br><br>{_lines(rest)}</div>"
        )
        yield Case(f"{name}, HTML", html, (said.own[0],), html=True, passed_on=True)


def _texts(name: str, said: Words, way: str, lead: str) -> Iterator[Case]:
    own, above = "\n\n".join(said.own), _own(*said.own)
    mark = "> " if way == MARKED else ""
    quoted = [f"{mark}{line}" for line in said.quoted]
    gap = "\n" if way == MARKED else "\n\n"
    whole = gap.join((lead, "\n".join(quoted)))
    yield Case(f"{name}, above", f"{own}\n\n{whole}\n", above)
    yield Case(f"{name}, close above", f"{own}\n{whole}", above)
    deeper = [
        *quoted,
        mark,
        *(f"{mark}> {line}" for line in said.quoted),
        *(f"{mark}>> {line}" for line in said.quoted),
    ]
    yield Case(f"{name}, an answer to an answer", f"{own}\n\n{gap.join((lead, chr(10).join(deeper)))}", above)
    if way != MARKED:
        twice = f"{whole}\n\n{lead}\n\n{chr(10).join(said.quoted)}"
        yield Case(f"{name}, twice", f"{own}\n\n{twice}", above)
        for cut in _wrapped(lead):
            yield Case(f"{name}, wrapped", f"{own}\n\n{cut}\n\n{chr(10).join(quoted)}", above)
        return
    yield Case(f"{name}, below", f"{whole}\n\n{own}\n", above)
    between = f"{lead}\n{quoted[0]}\n{quoted[1]}\n\n{said.answer}\n\n{quoted[2]}\n{said.own[0]}\n{quoted[3]}\n"
    yield Case(f"{name}, between", between, _own(said.answer, said.own[0]))
    yield Case(f"{name}, above and between", f"{said.own[1]}\n\n{between}", _own(said.own[1], said.answer, said.own[0]))
    for cut in _wrapped(lead):
        yield Case(f"{name}, wrapped", f"{own}\n\n{cut}\n{chr(10).join(quoted)}", above)
        yield Case(f"{name}, wrapped, close above", f"{own}\n{cut}\n\n{chr(10).join(quoted)}", above)


def _pages(name: str, said: Words, way: str, lead: str) -> Iterator[Case]:
    own, above = _paragraphs(said.own), _own(*said.own)
    if lead.startswith(("---", "___")):
        lead = f"{lead.partition(chr(10))[0]}\n{lead.partition(chr(10))[2]}".replace("> ", "").strip("\n>")
    quoted = _paragraphs(said.quoted)
    if "\n" in lead:
        bold = "<br>".join(f"<b>{escape(line)}</b>" for line in lead.split("\n"))
        head = f'<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class=MsoNormal>{bold}</p></div>'
        yield Case(
            f"{name}, HTML",
            f"<html><body>{own}<p>&nbsp;</p>{head}<p>&nbsp;</p>{quoted}</body></html>",
            above,
            html=True,
        )
        return
    if way == BARE:
        theirs = f"<div>{escape(lead)}</div><div><br></div><div>{quoted}</div>"
        html = f"<div>{own}</div><div id='y' class='yahoo_quoted'>{theirs}</div>"
        yield Case(f"{name}, HTML", html, above, html=True)
        return
    led = f"<div class='attr'>{escape(lead)}<br></div>"
    yield Case(f"{name}, HTML", f"{own}<br>{led}<blockquote type='cite'>{quoted}</blockquote>", above, html=True)
    yield Case(f"{name}, HTML below", f"{led}<blockquote>{quoted}</blockquote>{own}", above, html=True)
    first, last = _paragraphs(said.quoted[:2]), _paragraphs(said.quoted[2:])
    yield Case(
        f"{name}, HTML between",
        f"{led}<blockquote>{first}</blockquote><p>{escape(said.answer)}</p><blockquote>{last}</blockquote>",
        _own(said.answer),
        html=True,
    )
    deep = f"<blockquote>{quoted}<div>{escape(lead)}</div><blockquote>{quoted}</blockquote></blockquote>"
    yield Case(f"{name}, HTML, an answer to an answer", f"{own}{led}{deep}", above, html=True)


def _wrapped(lead: str) -> Iterator[str]:
    """A line as programs wrap it that keep to so many characters."""
    if "\n" in lead:
        return
    if " <" in lead:
        yield lead.replace(" <", " <\n", 1)
        yield lead.replace(" <", "\n<", 1)
    for width in (76, 60):
        lines, line = [], ""
        for word in lead.split(" "):
            if line and len(line) + 1 + len(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".lstrip()
        if lines:
            yield "\n".join([*lines, line])


def _own(*paragraphs: str) -> tuple[str, ...]:
    return tuple(line for paragraph in paragraphs for line in paragraph.split("\n"))


def _lines(text: str) -> str:
    return "<br>".join(map(escape, text.split("\n")))


def _paragraphs(these: tuple[str, ...]) -> str:
    return "".join(f"<p>{_lines(one)}</p>" for one in these)


PROSE = {
    "told in prose": "On Monday, Anna wrote:\n\nI'll be there at nine.\n\nSo let's wait for her.",
    "told with a date": "On 2 December Anna wrote:\nI'll be there.\nThat was the last we heard.",
    "told in Greek": "Τη Δευτέρα η Άννα έγραψε:\nΘα έρθω στις εννιά. Εσείς πότε θα έρθετε;\nΤι να της πω;",
    "told in Hungarian": "Anna ezt írta:\nKilencre jövök.\nMit feleljek neki?",
    "told in Icelandic": "Anna skrifaði:\nÉg kem klukkan níu.\nHverju á ég að svara?",
    "told in Czech": "Jana mi včera ve 12:30 napsala:\nPřijdu v devět.\nCo jí mám říct?",
    "a poem": "From: the garden\nTo: the kitchen\nDate: whenever the lemons are ripe\n\nWe are on our way.",
    "a journey": "From: Brno\nTo: Praha\nDate: 12. 12. 2026 8:00\n\nIs there a stop where you could meet us?",
    "a journey in Czech": "Od: hlavní nádraží\nDatum: 12. 12. 2026 8:00\nKomu mám zavolat?",
    "an offer in Hungarian": "Feladó: a kertészet\nDátum: december 2.\nEzt írták a dobozra. Jól van így?",
    "code": "This is what I typed:\n> git status\n> git push --force\nAnd then all was gone. Help!",
    "a session": ">>> import rapport\n>>> rapport.answer()\nIt says nothing. What now?",
    "R": "I ran\n> x <- c(1, 2)\n> mean(x)\nand got 1.5.",
    "two marks": ">>> IMPORTANT: we come at nine <<<\n\nAnn",
    "a face": "That was not funny\n>:(\nSorry.",
    "a quantity": "Guests so far\n> 50 for sure\nand more on Saturday.",
    "a rule": "First part\n----------\nSecond part: of two\n________________________________\nThird part",
    "a list": "What we need:\nFrom you: a date\nFrom us: the crates\nSubject to change.",
    "a signature": "Yours,\nAnn\n-- \nAnn Ash\nPhone: 555 0100\nE-mail: ann@post.example",
    "a time and a colon": "On Wednesday, 2 December 2026 at 10:00 we meet here:\nThe Old Mill, 3 Lane End",
    "an address and a colon": "Please send it to ann@post.example on 2. 12. 2026 at 10:00:\na list, keys, a map",
    "arrows": "-> left\n--> right\n=> home",
    "Greek questions": "Τι ώρα είναι η συνάντηση: στις 10:00;\nΑπό: πού θα έρθετε;\nΠρος: πού πάμε;",
    "a clock": "Times: 10:00\nDate: 2 December 2026\nPlace: the mill",
}
"""Letters that quote nothing, and are near it."""
