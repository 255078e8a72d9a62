"""How mail programs of five languages lead in what they quote: no word of theirs stays among the sender's own."""

from __future__ import annotations

import pytest

from app.mail.headers import is_forward, title
from app.mail.quotes import arrange

OWN = "Takk, og hvenær kemur hún?"
RULED = [
    "-----Original Message-----\nFrom: Ada <ada@post.example>\nSent: Wednesday, December 2, 2026 10:00 AM\nTo: us",
    "-----Původní zpráva-----\nOd: Ada <ada@post.example>\nOdesláno: středa 2. prosince 2026 10:00\nKomu: my",
    "---------- Původní e-mail ----------\nOd: Ada <ada@post.example>\nKomu: my\nDatum: 2. 12. 2026 10:00:00",
    "-----Eredeti üzenet-----\nFeladó: Ada [mailto:ada@post.example]\nKüldve: 2026. december 2. 10:00",
    "-------- Eredeti levél --------\nFeladó: Ada < ada@post.example >\nDátum: 2026 december 2 10:00:00",
    "-------- Upprunalegur póstur --------\nEfni: Tappinn\nDagsetning: 2 Dec 2026 10:00\nFrá: Ada <ada@post.example>",
    "----- Upprunaleg skilaboð -----\nFrá: Ada <ada@post.example>\nTil: okkur\nSent: Miðvikudagur, 2. desember",
    "________________________________\nΑπό: Ada <ada@post.example>\nΣτάλθηκε: Τετάρτη, 2 Δεκεμβρίου 2026",
]
SAID = [
    "On Wed, 2 Dec 2026 at 10:00, Ada <ada@post.example> wrote:",
    "Þann mið., 2. des. 2026 kl. 10:00 skrifaði Ada <ada@post.example>:",
    "Þann 2.12.2026 10:00, skrifaði Ada:",
    "Ada <ada@post.example> ezt írta (időpont: 2026. dec. 2., Sze, 10:00):",
    "2026. dec. 2. dátummal, 10:00 időpontban Ada <ada@post.example> írta:",
    "2026. 12. 02. 10:00 keltezéssel, Ada írta:",
    "st 2. 12. 2026 v 10:00 odesílatel Ada <ada@post.example> napsal:",
    "2. 12. 2026 v 10:00, Ada <ada@post.example>:",
    "Dne 02. 12. 26 v 10:00 Ada napsal(a):",
    "Στις Τετ 2 Δεκ 2026 στις 10:00 π.μ., ο χρήστης Ada <ada@post.example> έγραψε:",
    "Στις 2/12/26 10:00, ο/η Ada έγραψε:",
]


@pytest.mark.parametrize("block", RULED)
def test_a_line_above_a_block_of_headers_goes(block: str) -> None:
    arranged = arrange(f"{OWN}\n\n{block}\n\nThe old words")
    headers = block.split("\n")[1:]
    assert arranged == "\n".join([OWN, "", *(f"> {line}" for line in headers), ">", "> The old words"])


@pytest.mark.parametrize("line", SAID)
def test_a_line_that_says_who_wrote_goes_with_the_quote(line: str) -> None:
    assert arrange(f"{line}\n> The old words\n\n{OWN}") == f"{OWN}\n\n{line}\n> The old words"


def test_a_rule_of_underscores_above_marked_headers_goes() -> None:
    quote = "> Od: Ada <ada@post.example>\n> Komu: my\n> Datum: 02.12.2026 10:00\n>\n> The old words"
    assert arrange(f"{OWN}\n\n{'_' * 62}\n{quote}") == f"{OWN}\n\n{quote}"


@pytest.mark.parametrize(
    "line",
    [
        "---------- Forwarded message ---------",
        "-------- Přeposlaná zpráva --------",
        "-------- Továbbított üzenet --------",
        "---------- Προωθημένο μήνυμα ----------",
    ],
)
def test_that_a_quote_was_forwarded_stays_with_it(line: str) -> None:
    headers = "From: Ada <ada@post.example>\nDate: Wed, 2 Dec 2026 10:00:00 +0100"
    marked = "\n".join(f"> {one}" for one in (line, *headers.split("\n")))
    assert arrange(f"{OWN}\n\n{line}\n{headers}\n\nThe old words") == f"{OWN}\n\n{marked}\n>\n> The old words"


@pytest.mark.parametrize(
    "prefix",
    ["Re:", "Re[2]:", "Sv:", "Svar:", "Vá:", "Válasz:", "Odp:", "Odpověď:", "Απ:", "ΣΧΕΤ:", "Σχετ.:", "[EXTERNAL] Re:"],
)
def test_what_an_answer_has_before_its_subject_goes(prefix: str) -> None:
    assert title(f"{prefix} Caps") == "Caps"
    assert not is_forward(f"{prefix} Caps")


@pytest.mark.parametrize(
    "prefix",
    [
        "Fwd:",
        "FW:",
        "Fs:",
        "Framsent:",
        "Továbbítás:",
        "Přeposláno:",
        "ΠΡΘ:",
        "[EXT] Fwd:",
        "Προώθ:",
        "ΠΡΟΩΘ.:",
        "Áfram:",
        "Áframsending:",
        "Továbbítva:",
        "Předat:",
    ],
)
def test_what_a_forwarded_mail_has_before_its_subject_goes(prefix: str) -> None:
    assert title(f"{prefix} Caps") == "Caps"
    assert is_forward(f"{prefix} Caps")


def test_a_tag_in_brackets_that_is_part_of_the_subject_stays() -> None:
    assert title("[lemons] Caps") == "[lemons] Caps"
    assert title("[EXTERNAL] Caps") == "[EXTERNAL] Caps"
    assert title("[1] Caps [2]") == "[1] Caps [2]"


@pytest.mark.parametrize(
    "subject",
    [
        "Re: [Garden] Re: [Garden] AW: [Garden] Seeds",
        "[Garden] Re: Seeds",
        "[Garden] Vá: [Garden] Seeds",
        "Απ: Re: [Garden] Svar: Seeds",
        "Re: [Garden] Seeds",
    ],
)
def test_the_tag_of_a_list_hides_no_prefix_and_stands_once(subject: str) -> None:
    assert title(subject) == "[Garden] Seeds"
