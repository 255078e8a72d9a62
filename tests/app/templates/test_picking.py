"""Of a template's texts that one is chosen which suits the reader's terms and the place; what is missing is said."""

from __future__ import annotations

import pytest

from app.base.errors import NotFoundError, UserError
from app.store.store import Store
from app.templates import Templates, Text
from app.templates.picking import SHORT_CHARS, Place, best, lacking
from app.templates.rows import SHORT
from tests.app.templates.people import reply, talk

FAMILIAR, FORMAL, PLAIN = (
    Text("cs", "A", "Ahoj, pošli mi číslo.", address="familiar"),
    Text("cs", "B", "Dobrý den, pošlete mi číslo."),
    Text("cs", "C", "Dobrý den, chybí tu číslo."),
)
BRIEF = Text("cs", "D", "Chybí číslo.", channel=SHORT)
BLUE = Text("cs", "E", "Chybí číslo!", channel="bluesky")


@pytest.mark.parametrize(("form", "chosen"), [("familiar", FAMILIAR), ("formal", FORMAL), ("", PLAIN)])
def test_the_text_on_our_terms_is_chosen(form: str, chosen: Text) -> None:
    assert best([FAMILIAR, FORMAL, PLAIN], form, Place()) == chosen


def test_nobody_unknown_is_spoken_to_familiarly() -> None:
    assert best([FAMILIAR, FORMAL], "", Place()) == FORMAL


def test_a_small_place_gets_the_short_text_and_a_large_one_does_not() -> None:
    assert best([PLAIN, BRIEF], "", Place("mastodon", 500)) == BRIEF
    assert best([BRIEF, PLAIN], "", Place("email", None)) == PLAIN
    assert best([PLAIN, BRIEF, BLUE], "", Place("bluesky", 300)) == BLUE
    assert best([PLAIN, BLUE], "", Place("email", None)) == PLAIN


def test_what_is_missing_is_said() -> None:
    assert lacking(FORMAL, "familiar", Place()) == ("There's no familiar text in Czech yet: this one is formal.",)
    assert lacking(FAMILIAR, "formal", Place()) == ("There's no formal text in Czech yet: this one is familiar.",)
    long = Text("cs", "A", "x" * 400)
    assert lacking(long, "", Place("bluesky", 300)) == (
        "There's no short text in Czech yet: this one may be too long here.",
    )
    assert lacking(PLAIN, "familiar", Place("email", None)) == ()


def test_our_last_reply_tells_the_terms(store: Store) -> None:
    desk = Templates(store)
    here, petr = talk(store, "Petr Novák", "cs")
    desk.add("number", "Number", texts=[FAMILIAR, FORMAL])
    assert desk.form(petr) == ""
    reply(store, here, "Dobrý den, pošlete mi prosím fotku.", "cs", at=10)
    assert desk.form(petr) == "formal"
    reply(store, here, "Ahoj Petře, mám pro tebe dobrou zprávu.", "cs", at=20)
    reply(store, here, "Je to na cestě.", "cs", at=30)
    assert desk.form(petr) == "familiar"
    picked = desk.pick("number", here)
    assert picked is not None
    assert picked.text.variant == "A"
    with store.write() as conn:
        conn.execute("UPDATE member SET form_of_address = 'formal' WHERE id = ?", (petr,))
    assert desk.form(petr) == "formal"


@pytest.mark.parametrize(
    ("form", "language", "name", "said"),
    [
        ("familiar", "cs", "Petr Novák", "Ahoj Petře, je tu nová."),
        ("formal", "cs", "Petr Novák", "Dobrý den, pane Nováku, je tu nová."),
        ("", "cs", "Petr Novák", "Dobrý den, je tu nová."),
        ("familiar", "el", "Νίκος Παπαδόπουλος", "Γεια σου, Νίκο, je tu nová."),
        ("formal", "el", "Ελένη Παπαδοπούλου", "Γεια σας, κυρία Παπαδοπούλου, je tu nová."),
        ("familiar", "hu", "Kovács Anna", "Szia Anna, je tu nová."),
        ("formal", "hu", "Kovács Anna", "Kedves Anna, je tu nová."),
        ("familiar", "is", "Guðrún Jónsdóttir", "Góðan dag Guðrún, je tu nová."),
    ],
)
def test_the_greeting_follows_the_terms(store: Store, form: str, language: str, name: str, said: str) -> None:
    desk = Templates(store)
    here, member = talk(store, name, language)
    with store.write() as conn:
        conn.execute("UPDATE member SET form_of_address = ? WHERE id = ?", (form, member))
    desk.add("new", "New", texts=[Text(language, "A", "{{greeting|Dobrý den}}, je tu nová.")])
    picked = desk.pick("new", here)
    assert picked is not None
    assert picked.filled.text == said


def test_forms_of_the_name_are_filled_in(store: Store) -> None:
    desk = Templates(store)
    here, _ = talk(store, "Guðrún Jónsdóttir", "is")
    desk.add(
        "thanks", "Thanks", texts=[Text("is", "A", "Takk til {{name:genitive}}; ég sendi {{first_name:dative}} bréf.")]
    )
    picked = desk.pick("thanks", here)
    assert picked is not None
    assert picked.filled.text == "Takk til Guðrúnar Jónsdóttur; ég sendi Guðrúnu bréf."
    other, _ = talk(store, "Siân Bell", "is")
    left = desk.pick("thanks", other)
    assert left is not None
    assert "{{first_name:dative}}" in left.filled.text
    assert len(left.filled.stops) == 2


def test_a_name_is_put_in_literally(store: Store) -> None:
    desk = Templates(store)
    here, _ = talk(store, "{{budget}} ${x}", "en")
    desk.add("hello", "Hello", texts=[Text("en", "A", "{{greeting|Hello}}, {{name}}! {{budget}}")])
    picked = desk.pick("hello", here, more={"budget": "900 EUR"})
    assert picked is not None
    assert picked.filled.text == "Hello, {{budget}} ${x}! 900 EUR"
    assert picked.filled.stops == ()


def test_a_name_that_is_written_to_the_left_stays_apart(store: Store) -> None:
    desk = Templates(store)
    here, _ = talk(store, "דנה \u202eלוי", "en")
    desk.add("hello", "Hello", texts=[Text("en", "A", "For {{name}} (3).")])
    picked = desk.pick("hello", here)
    assert picked is not None
    assert picked.filled.text == "For \u2068דנה לוי\u2069 (3)."


def test_earlier_versions_are_kept_and_come_back(store: Store) -> None:
    desk = Templates(store)
    number = desk.add("hello", "Hello", texts=[Text("en", "A", "One")])
    desk.put_text(number, "en", "A", "Two", address="formal")
    desk.put_text(number, "en", "A", "Two")
    assert [(one.body, one.variant) for one in desk.versions(number)] == [("One", "A")]
    desk.restore(number, desk.versions(number)[0].id)
    assert [text.body for text in desk.get(number).texts] == ["One"]
    assert [one.body for one in desk.versions(number)] == ["Two", "One"]
    desk.drop_text(number, "en", "A")
    assert desk.versions(number)[0].body == "One"
    with pytest.raises(NotFoundError, match="no earlier version 99"):
        desk.restore(number, 99)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (Text("cs", "A", "x" * (SHORT_CHARS + 1), channel=SHORT), "at most 300 characters; this one has 301"),
        (Text("cs", "A", "x", channel="carrier-pigeon"), "“carrier-pigeon” isn't a channel"),
        (Text("cs", "A", "x", address="cool"), "“cool” isn't a form of address"),
        (Text("cs", "A", "{{first_name:ablative}}"), "“first_name:ablative” isn't a blank"),
        (Text("cs", "A", "{{post:dative}}"), "“post:dative” isn't a blank"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(store: Store, text: Text, why: str) -> None:
    with pytest.raises(UserError, match=why):
        Templates(store).add("hello", "Hello", texts=[text])
    assert Templates(store).all() == []


def test_a_folder_is_kept_with_those_within_it(store: Store) -> None:
    desk = Templates(store)
    number = desk.add("hello", "Hello", texts=[Text("en", "A", "One")], folder="  Parcels / broken /")
    assert desk.get(number).folder == "Parcels/broken"
    desk.change(number, key="hello", name="Hello", use="")
    assert desk.get(number).folder == "Parcels/broken"
    desk.change(number, key="hello", name="Hello", use="", folder="")
    assert desk.get(number).folder == ""
