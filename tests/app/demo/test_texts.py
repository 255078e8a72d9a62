"""The texts of the demo and the starters agree across their languages, and are set as each language is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from app.base import resources

TALKS = resources.tables("demo", "conversations_*.toml", "conversation")
MEMBERS = {who["key"]: who for who in resources.tables("demo", "members_*.toml", "member")}
POSTS = {post["key"]: post for post in resources.table("demo", "posts.toml")["post"]}
TEMPLATES = {name: resources.table(name, "templates.toml")["template"] for name in ("demo", "starter")}
VOICES = {name: resources.table(name, "voice.toml") for name in ("demo", "starter")}
ENGLISH = ("why", "what", "ask", "note", "fits_why", "guideline", "evidence", "item", "use", "who_we_are")
"""Fields that are English in every file."""
GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")


def said(key: str) -> str:
    """All that is said in a conversation, its blanks as plain spaces."""
    (talk,) = [one for one in TALKS if one["key"] == key]
    return " ".join(message["text"] for message in talk["message"]).replace("\u00a0", " ")


def bodies(language: str) -> Iterator[tuple[str, str]]:
    """(where, body) of every template's text in a language, but those for people on familiar terms alone."""
    for name, templates in TEMPLATES.items():
        for template in templates:
            for text in template["text"]:
                if text["language"] == language and text.get("address") != "familiar":
                    yield f"{name} {template['key']} {text['variant']}", text["body"]


def english(told: Any) -> Iterator[str]:
    """The English fields of a file, however deep."""
    if isinstance(told, list):
        for one in told:
            yield from english(one)
    elif isinstance(told, dict):
        for key, value in told.items():
            if key in ENGLISH and isinstance(value, str):
                yield value
            yield from english(value)


def shown() -> Iterator[tuple[str, str]]:
    """(where, words) of everything that is read on screen, but for what members of other languages wrote."""
    for talk in TALKS:
        yield talk["key"], talk["title"]
        yield from ((talk["key"], message["text"]) for message in talk["message"])
    yield from ((key, post["text"]) for key, post in POSTS.items())
    for language in ("en", "is", "hu", "cs", "el"):
        yield from bodies(language)
    for name, voice in VOICES.items():
        for trait in voice["trait"]:
            for pair in trait["example"]:
                yield name, pair["do"]
                yield name, pair["dont"]
        yield from ((name, rule["instead"]) for rule in voice["rule"] if "instead" in rule)
        yield from ((name, words) for words in english(voice))
    yield from (("english", words) for words in english([TALKS, list(MEMBERS.values())]))


# --- one fact in all languages


def test_sugar_is_the_same_in_every_language() -> None:
    classic, basil, ginger = 8.4, 7.9, 9.1  # grams in 100 ml
    assert f"{classic} grams in 100 ml" in POSTS["sugar-story"]["text"].replace("\u00a0", " ")
    told = said("en-label-where-grams")
    assert all(
        f"{name} {grams} g" in told for name, grams in (("classic", classic), ("basil", basil), ("ginger", ginger))
    )
    table = said("el-less-sugar-table")
    assert all(f"{grams}".replace(".", ",") in table for grams in (classic, basil, ginger))
    assert "8,4 gramu je na sto mililitrů" in said("cs-sugar-first")
    glass = said("hu-sugar-table")
    assert f"2,5 dl-re {classic * 2.5:.0f} g, a bazsalikomosban {basil * 2.5:.0f} g" in glass
    assert f"Gyömbéres: {ginger * 2.5:.0f} g" in glass
    assert f"{round(ginger * 2.5) / 2}".replace(".", ",") + " g" in glass  # half of it soda
    assert "literenként kilencvenegy gramm" in said("hu-adam-ginger")
    teaspoons = {6: "Six", 7: "Seven", 8: "Eight"}[round(classic * 3.3 / 4)]
    assert f"{teaspoons} in a 330 ml bottle" in said("en-nadia-teaspoon")


def test_basil_has_the_least_sugar_in_every_language() -> None:
    assert "τη λιγότερη ζάχαρη την έχει αυτή με τον βασιλικό" in said("el-less-sugar-eleni").lower()
    assert "A bazsalikomosban van a legkevesebb cukor" in said("hu-ildiko-sweetener")


def test_the_tour_went_where_people_say_that_they_tasted() -> None:
    towns = POSTS["tasting-tour"]["text"].partition(":")[0]
    assert towns == "Thessaloniki, Cardiff, Budapest and Brno"
    assert "γευσιγνωσία στη Θεσσαλονίκη" in said("el-tasting-list")
    assert "They did for me in Cardiff" in said("en-tom-refill")
    assert "Pesten jártatok, Szalonikiben jártatok" in said("hu-reka-pecs")
    assert "Brněnská ochutnávka" in said("cs-promo-tasting")


def test_the_tasting_in_brno_was_one_evening_with_seven_lemonades() -> None:
    days = {
        talk["message"][0]["at"].split()[0]
        for talk in TALKS
        if talk["key"] in {"cs-brno-tasting-zofie", "cs-bistro-tasting", "en-mei-tasting"}
    }
    assert days == {"-65d"}
    assert "Sedm limonád" in said("cs-promo-tasting")
    assert "all seven glasses" in said("en-mei-tasting")


def test_a_crate_holds_twelve_bottles() -> None:
    assert "Δώδεκα άδεια" in said("el-giorgos-crate")
    assert "Tizenkettővel számolunk" in said("hu-bottle-idea")
    assert "all four crates" in said("en-ruth-order")  # forty bottles
    assert "τελάρα" in said("el-eleni-bulk")
    assert "Πέντε τελάρα" not in said("el-eleni-bulk")  # for thirty


def test_adverts_are_rule_three_everywhere() -> None:
    texts = {
        text["language"]: text["body"]
        for one in TEMPLATES["demo"]
        if one["key"] == "no-adverts"
        for text in one["text"]
    }
    assert "rule 3" in texts["en"]
    assert "a 3. szabályunk" in texts["hu"]
    assert "pravidla 3" in texts["cs"]
    assert "a 3. szabályunk" in said("hu-gergo-spam")
    assert "pravidla 3" in said("cs-complaint-spam")
    (advert,) = [talk for talk in TALKS if talk["key"] == "en-bargains-advert"]
    assert advert["message"][0]["moderated"][0]["guideline"].startswith("3. ")


# --- whom we speak to


def test_a_member_is_greeted_as_is_noted_of_them() -> None:
    opening = re.compile(r"(?:Milá|Milý|Ahoj|Kedves|Szia|Γεια σου|Αγαπητ.|Sæll?|Hæ|Hi|Hej|Dear)\b[^!.:?]*")
    odd = []
    for talk in TALKS:
        people = [MEMBERS[one["from"]] for one in talk["message"] if one["from"] != "us"]
        greetings = [who.get("greeting", "") for who in people if who["language"] != "he"]  # answered in English
        for message in talk["message"]:
            begun = opening.match(message["text"]) if message["from"] == "us" else None
            if begun and greetings and not any(one and message["text"].startswith(one) for one in greetings):
                odd.append((talk["key"], begun[0]))
    assert odd == []


def test_those_who_are_addressed_formally_are_so_throughout() -> None:
    familiar = re.compile(r"\b(?:szólsz|írsz|kérsz|neked|téged|tied|tiéd|várnál|hívlak|nektek)\b", re.IGNORECASE)
    for key in ("hu-ildiko-parcel", "hu-first-question", "hu-applicant", "hu-laci-winter", "hu-laci-table"):
        (talk,) = [one for one in TALKS if one["key"] == key]
        ours = [message["text"] for message in talk["message"] if message["from"] == "us"]
        assert [text for text in ours if familiar.search(text)] == [], key


BENT = {
    "hu": r"\bszia|ne haragudj|\bszólsz|küldd|\bírj\b|\bírtad|\bírtál|\bneved|hozzád|olvashatod|türelmedet|nélek\b",
    "cs": r"\bjsem\b|\bbych\b|\bpsali jste",
    "el": r"\bσου\b|έγραψες|στείλε|γράψε μου|διαβάσεις|πεις\b",
    "is": r"\bsjálf\b|\bbúinn\b|\bbúin\b",
}
"""Forms that are right for one reader or writer alone: of a friend, of a woman."""


@pytest.mark.parametrize("language", BENT)
def test_templates_are_fit_for_whoever_writes_and_reads_them(language: str) -> None:
    odd = [
        (where, hit[0]) for where, body in bodies(language) if (hit := re.search(BENT[language], body, re.IGNORECASE))
    ]
    assert odd == []


@pytest.mark.parametrize("language", ["en", "is", "hu", "cs", "el"])
def test_no_sentence_of_a_template_begins_with_a_blank_that_is_typed_small(language: str) -> None:
    small = re.compile(r"(?:^|[.!?;]\s+)\{\{(?!greeting|who_helps|answer|what_happens_next|recipe)\w+\}\}")
    assert [(where, hit[0]) for where, body in bodies(language) if (hit := small.search(body))] == []


# --- how it is written


def test_greek_letters_are_in_greek_sentences_alone() -> None:
    talk = [
        (one["key"], message["text"])
        for one in TALKS
        for message in one["message"]
        if not one["key"].startswith("el-") or MEMBERS.get(message["from"], {}).get("language", "el") != "el"
    ]
    others = [
        *talk,
        *(("english", words) for words in english([TALKS, list(MEMBERS.values()), VOICES["demo"], VOICES["starter"]])),
        *(told for language in ("en", "is", "hu", "cs") for told in bodies(language)),
        *(
            (name, pair[half])
            for name, voice in VOICES.items()
            for trait in voice["trait"]
            for pair in trait["example"]
            for half in ("do", "dont")
            if pair["language"] != "el"
        ),
    ]
    assert [told for told in others if GREEK.search(told[1])] == []


def test_apostrophes_and_quotation_marks_are_not_typewritten() -> None:
    hebrew = re.compile(r"[\u05d0-\u05ea]'[\u05d0-\u05ea]")  # a letter of its own, as keyboards type it
    straight = [(where, words) for where, words in shown() if re.search("['\"]", hebrew.sub("", words))]
    assert straight == []


def test_no_line_breaks_a_number_from_its_unit_or_a_czech_preposition_from_its_word() -> None:
    unit = re.compile(r"\d (?:g|ml|dl|cl|l|Kč|kr\.|korun|krónur|γρ\.|%|°C)(?![^\W\d_])|\d \d{3}(?!\d)")
    short = re.compile(r"(?<![^\W_])[ksvzou] (?=[^\W_])", re.IGNORECASE)
    told = [(talk["key"], message["text"]) for talk in TALKS for message in talk["message"]]
    told += [(key, post["text"]) for key, post in POSTS.items()]
    assert [(key, hit[0]) for key, text in told for hit in unit.finditer(text)] == []
    assert [(key, hit[0]) for key, text in told if key.startswith("cs-") for hit in short.finditer(text)] == []


def test_what_is_typed_into_a_field_has_no_space_that_the_field_would_change() -> None:
    """Qt's fields give back a no-break space as a plain one: such a template would look changed once it is seen."""
    typed = [told for language in ("en", "is", "hu", "cs", "el") for told in bodies(language)]
    typed += [(talk["key"], later["text"]) for talk in TALKS for later in talk.get("later", ())]
    typed += [(name, voice["guide"]["who_we_are"]) for name, voice in VOICES.items()]
    typed += [(key, who.get("note", "")) for key, who in MEMBERS.items()]
    assert [where for where, words in typed if "\u00a0" in words] == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("rabarbaros", "rebarbarás"), ("saddu", "söddu"), ("Bröndur", "Brandur"), ("マイ", "メイ"), ("Hafnarhúsi", ""),
        ("η βασιλικού", "αυτή με τον βασιλικό"), ("στις εβδομήντα", "στα εβδομήντα"), ("od oka", ""), ("σ' ", "σ’ "),
    ],
)  # fmt: skip
def test_slips_that_were_once_in_it_do_not_come_back(wrong: str, right: str) -> None:
    words = [text for _, text in shown()]
    assert [text for text in words if re.search(rf"\b{wrong}\b" if wrong[-1].isalpha() else wrong, text)] == []
    assert any(right in text for text in words)
