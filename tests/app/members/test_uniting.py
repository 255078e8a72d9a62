"""Two members who are one person: what was known of both is kept, shown and found, and undo parts them exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions import Actions
from app.base.message import Author
from app.members import Members, identities
from app.members.uniting import UNITED, Value, united
from app.store.store import Store
from tests.app.saying import is_consistent, rows

NOBODY: dict[str, Value] = {
    "name": "Kovács Éva", "note": "", "kind": "customer", "fits": 0, "fits_why": "", "consent": "", "recipient": "",
    "address_1": "", "address_2": "", "address_3": "", "postal_code": "", "city": "", "country": "", "greeting": "",
    "email": "", "phone": "", "company": "", "job_title": "", "website": "", "language": "", "consent_on": "",
    "consent_how": "", "languages": "", "form_of_address": "", "pronouns": "", "time_zone": "", "birthday": "",
    "name_day": "", "interests": "", "met_how": "", "met_on": "", "met_through": "", "met_through_id": None,
    "do_not_contact": 0, "do_not_gift": 0, "do_not_why": "", "minor": 0, "public_servant": 0, "sort_name": "",
    "rhythm_days": 0, "pinned": "", "name_forms": "",
}  # fmt: skip


def of(kept: dict[str, Value], gone: dict[str, Value]) -> dict[str, Value]:
    return united(NOBODY | kept, NOBODY | gone)


@pytest.mark.parametrize(
    ("column", "value"),
    [("note", "allergic to nuts"), ("phone", "+36 1 555 0199"), ("company", "Kert"), ("greeting", "Kedves Éva"),
     ("address_1", "Fő utca 1"), ("city", "Pécs"), ("language", "hu"), ("email", "e@example.org"),
     ("job_title", "gardener"),
     ("website", "https://kert.example"), ("fits", 1), ("fits_why", "kind"), ("kind", "partner"), ("consent", "no"),
     ("languages", "cs,en"), ("form_of_address", "formal"), ("pronouns", "she/her"), ("time_zone", "Europe/Budapest"),
     ("birthday", "03-05"), ("name_day", "none"), ("interests", "lemons"), ("met_how", "at a fair"),
     ("met_through_id", 7), ("do_not_contact", 1), ("do_not_gift", 1), ("do_not_why", "she asked"), ("minor", 1),
     ("public_servant", 1), ("sort_name", "Kovács Éva"), ("rhythm_days", 30), ("pinned", "core"),
     ("name_forms", "cs vocative: Evo")],
)  # fmt: skip
def test_what_the_kept_one_lacks_is_filled_in(column: str, value: str | int) -> None:
    assert of({}, {column: value}) == {column: value}
    assert of({column: value}, {column: value}) == {}
    assert of({column: value}, {}) == {}


@pytest.mark.parametrize(
    ("column", "ours", "theirs", "line"),
    [
        ("phone", "+36 1 555 0100", "+36 1 555 0199", "Phone: +36 1 555 0199"),
        ("company", "Kert", "Garden Ltd", "Company: Garden Ltd"),
        ("greeting", "Kedves Éva", "Szia Évi", "Greeting: Szia Évi"),
        ("city", "Pécs", "Győr", "Address: Győr"),
        ("name", "Kovács Éva", "Éva Nagy", "Also known as Éva Nagy"),
        ("kind", "partner", "former_staff", "Also: former staff"),
        ("email", "a@example.org", "b@example.org", "E-mail: b@example.org"),
        ("kind", "partner", "vendor", "Also: supplier"),
        ("birthday", "03-05", "05-03", "Birthday: 3 May"),
        ("language", "el", "en", "Language: English"),
        ("name_day", "none", "12-26", "Name day: 26 December"),
        ("time_zone", "Europe/Budapest", "Europe/Prague", "Time zone: Europe/Prague"),
        ("rhythm_days", 30, 14, "In touch every 14 days"),
        ("met_how", "at a fair", "by mail", "Met: by mail"),
    ],
)
def test_what_differs_is_written_into_the_note(column: str, ours: Value, theirs: Value, line: str) -> None:
    assert of({column: ours, "note": "likes tea"}, {column: theirs}) == {"note": f"likes tea\n{line}"}


def test_what_is_only_written_differently_is_the_same() -> None:
    same = {"phone": "+36 1 555-0100", "name": "Éva Kovács", "email": "E@bücher.example", "company": "KERT"}
    mine = {"phone": "+3615550100", "name": "Kovács Éva", "email": "e@xn--bcher-kva.example", "company": "Kert"}
    assert of(dict(mine), dict(same)) == {}


def test_a_street_is_taken_whole_or_noted_whole() -> None:
    street: dict[str, Value] = {"address_1": "Fő utca 1", "postal_code": "7621", "city": "Pécs", "country": "HU"}
    assert of({"city": "Pécs"}, street) == {"address_1": "Fő utca 1", "postal_code": "7621", "country": "HU"}
    assert of({"city": "Győr"}, street) == {"note": "Address: Fő utca 1, 7621, Pécs, HU"}


def test_notes_stand_below_each_other_and_none_twice() -> None:
    assert of({"note": "likes tea"}, {"note": "allergic to nuts"}) == {"note": "likes tea\nallergic to nuts"}
    assert of({"note": "likes tea"}, {"note": "likes tea"}) == {}
    assert of({"note": "likes tea\nvegan"}, {"note": "vegan\nshort"}) == {"note": "likes tea\nvegan\nshort"}


def test_a_refusal_holds() -> None:
    assert of({"consent": "offers"}, {"consent": "no"}) == {"consent": "no"}
    assert of({"consent": "no"}, {"consent": "offers"}) == {}
    refused: dict[str, Value] = {"consent": "no", "consent_on": "2026-02-01", "consent_how": "by mail"}
    agreed: dict[str, Value] = {"consent": "offers", "consent_on": "2025-01-31", "consent_how": "at the counter"}
    said = "Gifts and offers: said yes, 31 January 2025, at the counter"
    assert of(dict(agreed), dict(refused)) == {**refused, "note": said}
    assert of(dict(refused), dict(agreed)) == {"note": said}
    assert of({"consent": "no"}, dict(refused)) == {"consent_on": "2026-02-01", "consent_how": "by mail"}


def test_lists_are_put_together_each_thing_once() -> None:
    assert of({"languages": "hu,en"}, {"languages": "en,cs"}) == {"languages": "hu,en,cs"}
    assert of({"interests": "Lemons, tea"}, {"interests": "tea, bees,lemons"}) == {"interests": "Lemons, tea, bees"}


def test_how_somebody_was_met_is_one_story() -> None:
    told: dict[str, Value] = {"met_how": "at a fair", "met_on": "2024-05", "met_through_id": 7}
    assert of({}, dict(told)) == told
    assert of({"met_how": "by mail"}, dict(told)) == {"note": "Met: at a fair, May 2024, P-7"}


@given(st.data())
def test_no_fact_of_either_is_lost(data: st.DataObject) -> None:
    some: dict[str, list[Value]] = {
        "kind": ["customer", "partner", "press"], "consent": ["", "offers", "no"], "consent_how": ["", "by mail"],
        "birthday": ["", "03-05", "12-24"], "languages": ["", "cs", "hu,en"], "interests": ["", "tea", "bees, tea"],
        "met_how": ["", "at a fair"], "met_on": ["", "2024"], "do_not_contact": [0, 1], "minor": [0, 1],
        "pronouns": ["", "she/her", "they/them"], "rhythm_days": [0, 14, 30],
    }  # fmt: skip
    ours, theirs = (
        NOBODY | {column: data.draw(st.sampled_from(values)) for column, values in some.items()} for _ in range(2)
    )
    new = {**ours, **united(ours, theirs)}
    for who in (ours, theirs):
        for column in ("do_not_contact", "minor"):
            assert new[column] or not who[column]
        assert "no" not in (ours["consent"], theirs["consent"]) or new["consent"] == "no"
        for column in ("pronouns", "met_how", "rhythm_days"):
            assert not who[column] or str(who[column]) in f"{new[column]}\n{new['note']}"
        for thing in str(who["languages"]).split(","):
            assert thing in str(new["languages"]).split(",") or not thing
    assert new.keys() >= set(UNITED)


@pytest.fixture
def members(store: Store) -> Members:
    desk = Members(store)
    desk.add("Kovács Éva", email="eva@example.org", phone="+36 1 555 0100", note="likes tea")
    desk.add(
        "Éva Kovács", email="eva@work.example.org", phone="+36 1 555 0199", note="allergic to nuts", company="Kert"
    )
    desk.add("Évi", note="sings", city="Pécs")
    return desk


def test_both_are_found_by_what_was_known_of_either_and_undo_restores_them(members: Members, store: Store) -> None:
    before = rows(store)
    members.merge(1, 2)
    kept = members.get(1)
    assert kept.note.split("\n") == [
        "likes tea",
        "allergic to nuts",
        "E-mail: eva@work.example.org",
        "Phone: +36 1 555 0199",
    ]
    assert (kept.phone, kept.company) == ("+36 1 555 0100", "Kert")
    for typed in ("nuts", "tea", "work.example.org", "Kert"):
        assert members.find(typed) == [1]
    Actions(store).undo(Actions(store).last()[0].id)
    assert rows(store) == before
    assert members.find("nuts") == [2]
    assert members.find("tea") == [1]
    is_consistent(store)


def test_three_become_one_after_another(members: Members) -> None:
    members.merge(2, 3)
    members.merge(1, 2)
    kept = members.get(3)
    assert kept.id == 1
    assert {"likes tea", "allergic to nuts", "sings", "Also known as Évi"} <= set(kept.note.split("\n"))
    assert kept.city == "Pécs"
    assert members.find("sings") == [1]


def test_an_address_that_stands_among_their_names_is_not_noted_again(store: Store) -> None:
    members = Members(store)
    members.add("Tom", email="tom@example.org")
    members.add("Tom", email="tom@work.example.org")
    with store.write() as conn:
        identities.add(conn, "email", Author("tom@work.example.org", "tom@work.example.org"), 2)
    members.merge(1, 2)
    assert members.get(1).note == ""
    assert [identity.handle for identity in members.get(1).identities] == ["tom@work.example.org"]
