"""A public reply that speaks of private words gets a note, and a private one that speaks to everybody."""

from __future__ import annotations

import pytest

from app.base import resources
from app.base.text import folded_words
from app.store.store import Store
from app.voice import ANYONE, NOTE, RECEIVER, Draft
from app.voice.mistaken import LANGUAGES, noted

PRIVATE = {
    "en": ["Thanks, it’s all in your e-mail.", "As you wrote me in private, the box was wet.",
           "Your parcel goes to the address you sent me.", "Keep this to yourself: it’s a present.",
           "I found the photos in your DM."],
    "is": ["Takk, þetta er allt í tölvupóstinum þínum.",
           "Eins og þú skrifaðir mér í einkaskilaboðum er kassinn blautur.",
           "Pakkinn fer á heimilisfangið sem þú sendir mér.", "Ekki segja neinum, þetta er gjöf.",
           "Ég sá myndirnar í einkaskilaboðunum þínum."],
    "hu": ["Köszönöm, minden benne van az e-mailedben.", "Ahogy privátban írtad, a doboz elázott.",
           "Megkaptam a címet, amit elküldtél.", "Ne mondd el senkinek, ajándék.",
           "A privát üzenetében láttam a képeket."],
    "cs": ["Díky, všechno je ve vašem e-mailu.", "Jak jste mi psala soukromě, krabice byla mokrá.",
           "Pošleme to na adresu, kterou jste mi poslala.", "Nikomu to neříkejte, je to dárek.",
           "Fotky jsem našla v tvé soukromé zprávě."],
    "el": ["Ευχαριστώ, όλα είναι στο e-mail σας.", "Όπως μου γράψατε ιδιωτικά, το κουτί ήταν βρεγμένο.",
           "Έχω τη διεύθυνση που μου στείλατε.", "Μην το πεις σε κανέναν, είναι δώρο.",
           "Βρήκα τις φωτογραφίες στο προσωπικό σου μήνυμα."],
}  # fmt: skip
EVERYBODY = {
    "en": ["Hi all, the market is on Saturday.", "For everyone reading: the caps are back.",
           "As everybody here can see, the box is blue."],
    "is": ["Hæ öll, markaðurinn er á laugardag.", "Fyrir alla sem lesa: tapparnir eru komnir aftur.",
           "Eins og allir hér sjá er kassinn blár."],
    "hu": ["Sziasztok! Szombaton lesz a piac.", "Mindenkinek, aki olvassa: újra van kupak.",
           "Ahogy itt mindenki látja, kék a doboz."],
    "cs": ["Ahoj všichni, trh je v sobotu.", "Pro všechny, kdo to čtou: víčka jsou zpátky.",
           "Jak tu všichni vidí, krabice je modrá."],
    "el": ["Γεια σας σε όλους, η αγορά είναι το Σάββατο.", "Για όσους διαβάζουν: τα καπάκια γύρισαν.",
           "Όπως βλέπουν όλοι εδώ, το κουτί είναι μπλε."],
}  # fmt: skip
INNOCENT = {
    "en": ["Your order left on Monday.", "Please write to us by e-mail.", "Send me the address in private.",
           "We all love that photo.", "Everybody gets a new bottle.", "Hi Ann, thank you!",
           "The deal between us and the mill ends in May.", "Your letter to the editor was lovely."],
    "is": ["Pöntunin þín fór á mánudag.", "Skrifaðu okkur endilega í tölvupósti.",
           "Sendu mér heimilisfangið í einkaskilaboðum.",
           "Okkur finnst öllum myndin falleg.", "Allir fá nýja flösku.", "Hæ Anna, takk!",
           "Samtalið okkar á milli var gott.", "Gaman að lesa þetta."],
    "hu": ["A rendelésed hétfőn elindult.", "Írj nekünk e-mailt, kérlek.", "Küldd el a címet privátban.",
           "Mindannyiunknak tetszik a kép.", "Mindenki kap új üveget.", "Szia Anna, köszönöm!",
           "A malommal kötött szerződésünk májusban lejár.", "A levél a hétfői postával ment."],
    "cs": ["Vaše objednávka odešla v pondělí.", "Napište nám prosím e-mail.", "Adresu mi pošlete soukromě.",
           "Ta fotka se nám všem líbí.", "Všichni dostanou novou láhev.", "Ahoj Anno, díky!",
           "Smlouva mezi námi a mlýnem končí v květnu.", "Děkujeme za milý dopis."],
    "el": ["Η παραγγελία σας έφυγε τη Δευτέρα.", "Γράψτε μας με e-mail.", "Στείλτε μου τη διεύθυνση ιδιωτικά.",
           "Σε όλους μας αρέσει η φωτογραφία.", "Όλοι παίρνουν καινούργιο μπουκάλι.", "Γεια σου Άννα, ευχαριστώ!",
           "Η συμφωνία μεταξύ μας και του μύλου λήγει τον Μάιο.", "Ευχαριστούμε για το γράμμα."],
}  # fmt: skip


def _each(cases: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, words) for language in LANGUAGES for words in cases[language]]


def _public(words: str, language: str) -> Draft:
    return Draft(words, language, conversation_id=1, public=True, read_by=ANYONE)


def _private(words: str, language: str, to: int | None = None) -> Draft:
    return Draft(words, language, conversation_id=1, read_by=RECEIVER, to=to)


@pytest.mark.parametrize(("language", "words"), _each(PRIVATE))
def test_private_words_in_public_are_noted_and_not_in_private(store: Store, language: str, words: str) -> None:
    (found,) = noted(store.read, _public(words, language))
    assert (found.level, words[found.start : found.end]) == (NOTE, found.words)
    assert found.why == "This speaks of what was said in private, and everybody can read it."
    assert noted(store.read, _private(words, language)) == ()


@pytest.mark.parametrize(("language", "words"), _each(EVERYBODY))
def test_words_to_everybody_in_private_are_noted_and_not_in_public(store: Store, language: str, words: str) -> None:
    (found,) = noted(store.read, _private(words, language))
    assert found.why == "This speaks to everybody, and only the one whom it goes to reads it."
    assert noted(store.read, _public(words, language)) == ()


@pytest.mark.parametrize(("language", "words"), _each(INNOCENT))
def test_innocent_words_are_not(store: Store, language: str, words: str) -> None:
    assert noted(store.read, _public(words, language)) == noted(store.read, _private(words, language)) == ()


def test_who_reads_it_is_named(store: Store) -> None:
    with store.write() as conn:
        conn.execute("INSERT INTO member (id, name, created_at) VALUES (7, 'Eva', 0)")
    (found,) = noted(store.read, _private("Hi all!", "en", to=7))
    assert found.why == "This speaks to everybody, and only Eva reads it."


def test_what_several_read_in_private_or_is_no_reply_is_left_alone(store: Store) -> None:
    assert noted(store.read, Draft("Hi all!", "en", conversation_id=1, read_by=ANYONE)) == ()
    assert noted(store.read, Draft("It’s in your DM.", "en", public=True)) == ()


def test_the_words_are_written_as_they_are_compared() -> None:
    for language in LANGUAGES:
        for words in resources.table("mistaken.toml")[language].values():
            assert [one for one in words if folded_words(one.removesuffix("*")) != one.removesuffix("*")] == []
