from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.imports import mapping
from app.imports.mapping import MEMBERS, MESSAGES


@pytest.mark.parametrize(
    ("header", "holds", "fields"),
    [
        (
            "message_id,conversation_id,parent_id,direction,author,author_handle,sent_at,language,text,template,url",
            MESSAGES,
            "remote_id,thread,parent,direction,author,handle,at,language,text,,url",
        ),
        (
            "First Name,Last Name,Email,Phone Number,Company Name,Job Title,Website URL,City,Country/Region",
            MEMBERS,
            "first_name,last_name,email,phone,company,job_title,website,city,country",
        ),
        (
            "First Name,Middle Name,Last Name,Notes,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value,Organization",
            MEMBERS,
            "first_name,middle_name,last_name,note,,email,phone,company",
        ),
        ("Name,Email,Email,Phone,Phone", MEMBERS, "name,email,other_email,phone,other_phone"),
        ("Jméno,E-mail,Telefon,Mobil", MEMBERS, "name,email,phone,other_phone"),
        ("Given Name,Family Name,E-mail 1 - Value", MEMBERS, "first_name,last_name,email"),
        (
            "name,email,github,twitter,linkedin,discord,bio,birthday,company,title,location,shipping_address,tshirt,url,tags",
            MEMBERS,
            "name,email,on:github,on:x,on:linkedin,on:discord,note,birthday,company,job_title,city,address_1,,website,labels",
        ),
        (
            "topic_title,categories,is_pm,post_raw,post_cooked,like_count,reply_count,url,created_at",
            MESSAGES,
            "title,,,text,,,,url,at",
        ),
        ("Jméno;Datum;Zpráva;Kanál", MESSAGES, "author;at;text;channel"),
        ("Nafn;Dagsetning;Skilaboð", MESSAGES, "author;at;text"),
        ("Név;Dátum;Üzenet", MESSAGES, "author;at;text"),
        ("Όνομα;Ημερομηνία;Μήνυμα", MESSAGES, "author;at;text"),
        ("Vezetéknév;Keresztnév;E-mail cím;Telefonszám;Város", MEMBERS, "last_name;first_name;email;phone;city"),
        (
            "Příjmení;Křestní jméno;E-mail;Telefon;PSČ;Město",
            MEMBERS,
            "last_name;first_name;email;phone;postal_code;city",
        ),
        ("Ονοματεπώνυμο;Τηλέφωνο;Πόλη;Email", MEMBERS, "name;phone;city;email"),
        ("Fullt nafn;Netfang;Sími;Póstnúmer", MEMBERS, "name;email;phone;postal_code"),
        ("id,name,username,email,title,created_at,last_seen_at,group_names", MEMBERS, None),
        (
            "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text",
            MESSAGES,
            None,
        ),
    ],
)
def test_known_shapes_and_five_languages(header: str, holds: str, fields: str | None) -> None:
    mark = ";" if ";" in header else ","
    found = mapping.guess(header.split(mark))
    assert found.holds == holds
    assert not mapping.missing(found) or holds == MEMBERS
    if fields is not None:
        assert found.fields == tuple(fields.split(mark))


def test_what_somebody_says_goes_before_every_guess() -> None:
    found = mapping.guess(["Text", "Was", "Date"], {"was": "TEXT", "Text": "-"})
    assert found.fields == ("", "text", "at")
    assert mapping.guess(["Name", "Comment"], {"Name": "author"}).holds == MESSAGES


def test_a_wrong_header_or_field_is_said() -> None:
    with pytest.raises(UserError, match="no column “Wer”"):
        mapping.guess(["Wann"], {"Wer": "author"})
    with pytest.raises(UserError, match="isn't a field"):
        mapping.guess(["Wann"], {"Wann": "when"})


def test_what_is_missing_is_named() -> None:
    assert mapping.missing(mapping.guess(["Text", "x", "y"], {})) == ("at", "author")
    assert mapping.missing(mapping.guess(["City", "Phone"])) == ("name", "email")


def test_the_kind_of_a_channel_from_its_name() -> None:
    assert mapping.kind_of("Instagram DMs") == "instagram"
    assert mapping.kind_of("Twitter") == "x"
    assert mapping.kind_of("Kommentare blog") == "wordpress"
    assert mapping.kind_of("Stammtisch") == "file"


def test_a_header_is_remembered_whatever_its_order() -> None:
    assert mapping.key_of(["A b", "C"]) == mapping.key_of(["c", "a_B"])


@given(st.lists(st.text(max_size=12), min_size=1, max_size=8))
def test_no_field_is_given_twice(header: list[str]) -> None:
    fields = [field for field in mapping.guess(header).fields if field]
    assert len(fields) == len(set(fields))


def test_every_field_and_none_beside_has_a_word_for_the_screen() -> None:
    assert set(mapping.FIELD_NAMES) == {*mapping.MESSAGE, *mapping.MEMBER, *mapping.GIFT}


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (["foo", "text"], "Time and From"),
        (["city", "phone", "company"], "Name or E-mail"),
    ],
)
def test_what_is_missing_is_named_as_on_the_screen(header: list[str], words: str) -> None:
    assert mapping.in_words(mapping.missing(mapping.guess(header))) == words
