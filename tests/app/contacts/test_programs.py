"""Address books as programs write them, each with its header, its quirks and its blanks, become members."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.base.errors import UserError
from app.imports import Options
from app.imports.desk import Imports
from app.store.store import Store
from tests.app.imports.conftest import Write

# Google Contacts, Export as "Google CSV", 2024 and later.
GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,"
    "Name Prefix,Name Suffix,"
    "Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,"
    "E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,"
    "Phone 1 - Value,Phone 2 - Label,"
    "Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,"
    "Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,"
    "Website 1 - Value\n"
    "Jana,,Šťastná,,,,,,Janička,,Kavárna,Baristka,, --05-03,má ráda čaj,https://lh3.example/p.jpg,"
    "Pečení ::: * myContacts,"
    "* Home,jana@example.org,Work,jana@kavarna.example ::: j.stastna@kavarna.example,Mobile,+420 601 234 567 ::: "
    '+420 602 345 678,Work,+420 541 000 111,Home,"Dlouhá 5\nBrno\n602 00\nCZ",Dlouhá 5,Brno,,,602 00,CZ,,,'
    "https://jana.example\n"
)
# Google Contacts until 2024.
OLD_GOOGLE = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,"
    "Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,"
    "Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership,"
    "E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,Organization 1 - Name,"
    "Organization 1 - Yomi Name,Organization 1 - Title\n"
    "Kovács Éva,Éva,,Kovács,,,,,,,,,,,1980-02-29,,,,,,,,,,,likes tea,,,* myContacts ::: Kert,* Home,eva@example.org,"
    "Mobile,+36 30 123 4567,,Kert Kft.,,Elnök\n"
)
# Outlook on the web, Export contacts: no birthday is 0/0/00.
OUTLOOK = (
    "First Name,Middle Name,Last Name,Title,Suffix,Nickname,E-mail Address,E-mail 2 Address,"
    "E-mail 3 Address,Home Phone,"
    "Home Phone 2,Business Phone,Mobile Phone,Business Fax,Job Title,Department,Company,Home Street,"
    "Home City,Home State,"
    "Home Postal Code,Home Country/Region,Web Page,Birthday,Anniversary,Notes,Categories\n"
    "Nikos,,Papadopoulos,Mr.,,,nikos@example.gr,nikos@work.example.gr,,+30 210 555 0100,,+30 210 555 0199,"
    "+30 694 555 0100,+30 210 555 0111,Chef,,Taverna,Odos 1,Athina,,10431,Greece,https://nikos.example.gr,4/23/1975,"
    "0/0/00,,Cooks;Athens\n"
    "Maria,,Ioannou,,,,maria@example.gr,,,,,,,,,,,,,,,,,0/0/00,0/0/00,,\n"
)
# HubSpot, Contacts > Export.
HUBSPOT = (
    "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,Company Name,Job Title,"
    "Website URL,City,Postal Code,Country/Region,Date of birth\n"
    "51,Anna,Jónsdóttir,anna@example.is,+354 555 1234,Me,,2025-03-01 10:00,Kaffihús,Kokkur,https://anna.example.is,"
    "Akureyri,600,Iceland,1991-12-24\n"
)
# Orbit, Members > Export.
ORBIT = (
    "name,email,github,twitter,linkedin,discord,bio,birthday,company,title,location,pronouns,"
    "shipping_address,tshirt,url,"
    "avatar_url,teammate,tags\n"
    "Tom Baker,tom@example.com,tomb,@tomb,,tom#1,Bakes bread,1990-07-01,Oven Ltd,Baker,Leeds,he/him,"
    ",L,https://tom.example,"
    'https://a.example/t.png,false,"speaker,baker"\n'
)
# Discourse, Admin > Users > Export.
DISCOURSE = (
    "id,name,username,email,title,created_at,last_seen_at,last_posted_at,last_emailed_at,trust_level,approved,"
    "suspended_at,suspended_till,blocked,active,admin,moderator,ip_address,staged,secondary_emails,topics_entered,"
    "posts_read_count,time_read,topic_count,post_count,likes_given,likes_received,location,website,views,group_names\n"
    "7,Petra Malá,petra,petra@example.cz,,2024-01-01 10:00:00 UTC,2025-01-01 10:00:00 UTC,,,1,true,,,,true,false,false,"
    '192.0.2.7,false,petra@jinde.example,1,2,3,0,4,1,1,Olomouc,https://petra.example,3,"trust_level_0,bakers"\n'
)


def member(store: Store) -> dict[str, Any]:
    """The first member with their names by kind and their labels."""
    row = dict(store.read.execute("SELECT * FROM member ORDER BY id LIMIT 1").fetchone())
    names = store.read.execute("SELECT kind, key FROM identity WHERE member_id = ? ORDER BY id", (row["id"],))
    row["names"] = [tuple(one) for one in names]
    labels = store.read.execute(
        "SELECT l.name FROM member_label m JOIN label l ON l.id = m.label_id WHERE m.member_id = ? ORDER BY 1",
        (row["id"],),
    )
    row["labels"] = [name for (name,) in labels]
    return row


def test_google(store: Store, imports: Imports, write: Write) -> None:
    done = imports.run(write("contacts.csv", GOOGLE))
    assert (done.new, done.rejected) == (1, 0)
    jana = member(store)
    assert (jana["name"], jana["birthday"], jana["company"], jana["job_title"]) == (
        "Jana Šťastná", "05-03", "Kavárna", "Baristka",
    )  # fmt: skip
    assert (jana["address_1"], jana["city"], jana["postal_code"], jana["country"]) == (
        "Dlouhá 5",
        "Brno",
        "602 00",
        "CZ",
    )
    assert (jana["note"], jana["website"]) == ("má ráda čaj\nNickname: Janička", "https://jana.example")
    assert jana["names"] == [
        ("email", "jana@example.org"), ("email", "jana@kavarna.example"), ("email", "j.stastna@kavarna.example"),
        ("phone", "+420601234567"), ("phone", "+420602345678"), ("phone", "+420541000111"),
    ]  # fmt: skip
    assert jana["labels"] == ["Pečení"]


def test_google_as_it_was(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("contacts.csv", OLD_GOOGLE))
    eva = member(store)
    assert (eva["name"], eva["birthday"], eva["company"], eva["job_title"], eva["phone"]) == (
        "Kovács Éva", "02-29", "Kert Kft.", "Elnök", "+36 30 123 4567",
    )  # fmt: skip
    assert (eva["labels"], eva["note"]) == (["Kert"], "likes tea")


def test_outlook(store: Store, imports: Imports, write: Write) -> None:
    done = imports.run(write("contacts.csv", OUTLOOK))
    assert (done.new, done.rejected) == (2, 0)
    nikos = member(store)
    assert (nikos["name"], nikos["birthday"], nikos["job_title"], nikos["city"]) == (
        "Nikos Papadopoulos", "04-23", "Chef", "Athina",
    )  # fmt: skip
    assert [key for kind, key in nikos["names"] if kind == "phone"] == [
        "+306945550100", "+302105550100", "+302105550199",
    ]  # fmt: skip
    assert nikos["labels"] == ["Athens", "Cooks"]
    assert store.read.execute("SELECT birthday FROM member WHERE name = 'Maria Ioannou'").fetchone()[0] == ""


def test_hubspot(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("contacts.csv", HUBSPOT))
    anna = member(store)
    assert (anna["name"], anna["birthday"], anna["city"], anna["country"], anna["postal_code"]) == (
        "Anna Jónsdóttir", "12-24", "Akureyri", "Iceland", "600",
    )  # fmt: skip
    assert anna["names"] == [("email", "anna@example.is"), ("phone", "+3545551234")]


def test_orbit(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("members.csv", ORBIT))
    tom = member(store)
    assert (tom["name"], tom["pronouns"], tom["birthday"], tom["note"]) == (
        "Tom Baker",
        "he/him",
        "07-01",
        "Bakes bread",
    )
    assert ("x", "tomb") in tom["names"]
    assert ("github", "tomb") in tom["names"]
    assert tom["labels"] == ["baker", "speaker"]


def test_discourse_without_the_address_of_their_computer(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("user_list.csv", DISCOURSE))
    petra = member(store)
    assert (petra["name"], petra["city"]) == ("Petra Malá", "Olomouc")
    assert ("discourse", "petra") in petra["names"]
    assert "192.0.2.7" not in json.dumps(petra)


def test_birthdays_that_could_be_two_days_are_asked_about(store: Store, imports: Imports, write: Write) -> None:
    path = write("a.csv", "name,email,birthday\nEva,eva@example.org,5/3/1980\nIda,ida@example.org,6/7/1990\n")
    seen = imports.preview(path)
    assert (seen.asks_order, seen.new) == ("5/3/1980", 0)
    with pytest.raises(UserError, match=r"5/3/1980: which comes first, day or month"):
        imports.run(path)
    assert store.read.execute("SELECT count(*) FROM member").fetchone()[0] == 0
    assert imports.preview(path, Options(dates="mdy")).new == 2
    imports.run(path, Options(dates="dmy"))
    assert [row[0] for row in store.read.execute("SELECT birthday FROM member ORDER BY id")] == ["03-05", "07-06"]


def test_rows_that_cannot_be_read_are_told_with_their_line_and_saved(imports: Imports, write: Write) -> None:
    path = write(
        "a.csv",
        f"name,email,birthday\n{'x' * 10_000},long@example.org,\n,,\n,nobody,\nOk,ok@example.org,31.2.1980\n"
        "\u202eשרה כהן,sara@example.org,24.12.1980\n",
    )
    seen = imports.preview(path)
    assert [(one.line, one.why) for one in seen.refused] == [
        (2, "the name has 10,000 letters; 300 are the most"), (4, "“nobody” isn't an e-mail address"),
        (5, "“31.2.1980” can't be read as a birthday"),
    ]  # fmt: skip
    assert (seen.new, seen.rejected) == (1, 3)
    done = imports.run(path)
    assert done.rejected_file is not None
    assert done.rejected_file.name == "a.csv.rejected.csv"
    assert "300 are the most" in done.rejected_file.read_text(encoding="utf-8-sig")
