"""What a member's columns may hold: typed as people type it, kept in one form, refused with one sentence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.members import EDITABLE, Members
from app.members.facts import by_hand, checked, time_zones
from app.store.store import Store


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("languages", "Hungarian, Czech and el", "hu,cs,el"), ("languages", "Magyar", "hu"), ("languages", "", ""),
        ("language", "Čeština", "cs"), ("language", "cs", "cs"), ("language", "tlh", "tlh"),
        ("kind", "supplier", "vendor"), ("kind", "Supplier", "vendor"), ("kind", "ambassador", "ambassador"),
        ("form_of_address", "vykání", "formal"), ("form_of_address", "Informal", "familiar"),
        ("form_of_address", "", ""), ("time_zone", "europe/prague", "Europe/Prague"), ("time_zone", "Prague",
        "Europe/Prague"), ("time_zone", "new york", "America/New_York"), ("time_zone", "", ""),
        ("birthday", "5. března", "03-05"), ("name_day", "None", "none"), ("name_day", "26 December", "12-26"),
        ("met_on", "May 2024", "2024-05"), ("consent", "yes", "offers"), ("consent", "", ""),
        ("do_not_contact", "yes", 1), ("minor", False, 0), ("public_servant", "no", 0), ("fits", 1, 1),
        ("rhythm_days", "30", 30), ("rhythm_days", "", 0), ("pinned", "Core", "core"), ("met_through_id", "P-12", 12),
        ("met_through_id", "", None), ("pronouns", " she / her\n", "she / her"), ("name", "  Žofie ", "Žofie"),
    ],
)  # fmt: skip
def test_what_is_typed_is_kept_in_one_form(key: str, typed: object, kept: object) -> None:
    assert checked({key: typed})[key] == kept


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("name", " ", "A member needs a name."),
        ("name", "x" * 10_000, "A name has at most 300 characters; this one has 10000."),
        (
            "languages",
            "Klingon",
            "“Klingon” isn't a language that Rapport knows. Write its name in English, or its code.",
        ),
        ("form_of_address", "dude", "“dude” isn't a form of address. Choose from: familiar, formal."),
        ("time_zone", "Atlantis", "“Atlantis” isn't a time zone. Write one like Europe/Prague."),
        ("birthday", "5/3", "“5/3” could be 5 March or 3 May. Write the month as a word."),
        ("birthday", "soon", "“soon” isn't a day of the year. Write it like 5 March."),
        ("met_on", "lately", "“lately” isn't a date. Write it like 2024, May 2024 or 17 May 2024."),
        ("consent", "perhaps", "“perhaps” isn't an answer about gifts and offers. Choose from: offers, no."),
        ("minor", "maybe", "“minor” has to be yes or no, not “maybe”."),
        ("rhythm_days", "-3", "“-3” isn't a number of days. Write one from 0 to 3650."),
        ("rhythm_days", "²", "“²” isn't a number of days. Write one from 0 to 3650."),
        (
            "pinned",
            "guru",
            "“guru” isn't a level of involvement. Choose from: visitor, participant, contributor, core.",
        ),
        ("pronouns", "x" * 61, "“pronouns” has at most 60 characters; this text has 61."),
    ],
)
def test_what_makes_no_sense_is_refused_with_one_sentence(key: str, typed: str, sentence: str) -> None:
    with pytest.raises(UserError) as why:
        checked({key: typed})
    assert str(why.value) == sentence


def test_kinds_are_listed_as_they_are_typed() -> None:
    with pytest.raises(UserError, match="applicant, supplier, press, peer, ambassador"):
        checked({"kind": "enemy"})


def test_a_birthday_in_figures_is_read_in_the_order_of_the_members_language() -> None:
    assert checked({"birthday": "3. 5."}, "hu")["birthday"] == "03-05"
    assert checked({"birthday": "3. 5."}, "cs")["birthday"] == "05-03"
    assert checked({"birthday": "3. 5.", "language": "Hungarian"}, "cs")["birthday"] == "03-05"


@given(st.dictionaries(st.sampled_from(EDITABLE), st.text(max_size=400), max_size=6))
def test_whatever_is_typed_is_kept_in_a_form_that_is_kept_again(values: dict[str, Any]) -> None:
    try:
        kept = checked(values)
    except UserError:
        return
    assert checked(kept) == kept
    assert kept.keys() == values.keys()


def test_time_zones_are_offered_by_region() -> None:
    zones = time_zones()
    assert {"Europe/Prague", "Atlantic/Reykjavik", "Europe/Budapest", "Europe/Athens"} <= set(zones)
    assert not any(zone.startswith("Etc/") for zone in zones)


@pytest.fixture
def members(store: Store) -> Members:
    desk = Members(store)
    desk.add("Jana Dvořáková", language="cs", city="Brno")
    desk.add("Petr Malý")
    desk.add("Petr Malý")
    return desk


def test_what_is_written_by_hand_is_marked_so_even_when_it_is_emptied(members: Members, store: Store) -> None:
    assert members.get(1).by_hand == "name,language,city"
    members.edit(1, {"birthday": "5. 3.", "city": ""})
    assert members.get(1).by_hand == "name,language,city,birthday"
    assert members.get(1).birthday == "03-05"
    store.undo_action(store.last_action or 0)
    assert members.get(1).by_hand == "name,language,city"
    assert by_hand("city,company", {"name": "x"}) == "name,city,company"


def test_consent_is_kept_with_its_day_and_goes_with_it(members: Members) -> None:
    today = clock.local(clock.now()).date().isoformat()
    members.edit(1, {"consent": "offers"})
    assert (members.get(1).consent_on, members.get(1).consent_how) == (today, "")
    members.edit(1, {"consent_how": "at the counter"})
    members.edit(1, {"consent": "no", "consent_on": "1 February 2026"})
    assert (members.get(1).consent_on, members.get(1).consent_how) == ("2026-02-01", "")
    members.edit(1, {"consent": ""})
    assert members.get(1).consent_on == ""


def test_whom_somebody_was_met_through_is_a_member_or_a_name(members: Members) -> None:
    members.edit(2, {"met_through": "Jana Dvořáková"})
    assert (members.get(2).met_through_id, members.get(2).met_through) == (1, "")
    assert members.through(members.get(2)) == "Jana Dvořáková"
    members.edit(2, {"met_through": "p-1"})
    assert members.get(2).met_through_id == 1
    members.edit(2, {"met_through": "her neighbour"})
    assert (members.get(2).met_through_id, members.through(members.get(2))) == (None, "her neighbour")
    members.edit(1, {"met_through": "Petr Malý"})  # two are called so
    assert (members.get(1).met_through_id, members.get(1).met_through) == (None, "Petr Malý")
    members.edit(1, {"met_through": ""})
    assert members.through(members.get(1)) == ""
    with pytest.raises(UserError, match="Nobody is met through themselves"):
        members.edit(1, {"met_through": "P-1"})
    with pytest.raises(NotFoundError):
        members.edit(1, {"met_through_id": 99})


def test_whom_somebody_was_met_through_is_known_after_a_merge(members: Members) -> None:
    members.edit(2, {"met_through": "P-1"})
    members.merge(3, 1)
    assert members.through(members.get(2)) == "Petr Malý"


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\u202e\u2066", "\0", "\x07\n"])
def test_nobody_has_a_name_that_nobody_sees(name: str) -> None:
    with pytest.raises(UserError, match="A member needs a name"):
        checked({"name": name})


def test_a_name_stands_on_one_line_and_turns_no_text_around() -> None:
    assert checked({"name": " \u202eÉva\n\x00 Kovács\t👩\u200d👧 "}) == {"name": "Éva Kovács 👩\u200d👧"}
    assert checked({"note": "one\n\ttwo\x00", "city": "Brno\x7f"}) == {"note": "one\n\ttwo", "city": "Brno"}
