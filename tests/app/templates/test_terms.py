"""On which terms a text is with its reader, told by words that only one of them has."""

from __future__ import annotations

import pytest

from app.templates.terms import FAMILIAR, FORMAL, MIXED, form_of, strays


@pytest.mark.parametrize(
    ("text", "language", "form"),
    [
        ("Szia Anna! Küldök neked egy újat.", "hu", FAMILIAR),
        ("Jó napot, Önnek küldjük a csomagot.", "hu", FORMAL),
        ("Ahoj Petře, napiš mi, jestli dorazila.", "cs", FAMILIAR),
        ("Napište mi prosím číslo objednávky.", "cs", FORMAL),
        ("Γεια σου, Νίκο, στείλε μου τον αριθμό.", "el", FAMILIAR),
        ("Θα σας γράψω αύριο.", "el", FORMAL),
        ("Γεια σας, θα σου γράψω.", "el", MIXED),
        ("Dobrý den, limonádu bez cukru nemáme.", "cs", ""),
        ("Ty lahve jsou pryč a ti lidé taky.", "cs", ""),  # those, not thou
        ("Az asztál és a hotelnál.", "hu", ""),
        ("Ptala se: „Máte chuť?“ A já ti píšu, že tě ráda uvidím.", "cs", FAMILIAR),  # the quotation is not ours
        ("Ég sendi þér nýja.", "is", ""),
        ("I’ll send you a new one.", "en", ""),
    ],
)
def test_terms_are_told(text: str, language: str, form: str) -> None:
    assert form_of(text, language) == form


def test_the_words_that_do_not_fit_are_found() -> None:
    text = "Ahoj Petře, pošli mi adresu a já vám ji potvrdím."
    assert [text[one.start : one.end] for one in strays(text, "cs")] == ["vám"]
    assert [text[one.start : one.end] for one in strays(text, "cs", FORMAL)] == ["Ahoj", "pošli"]
    assert strays("Pošlete mi adresu, já vám ji potvrdím.", "cs") == []
