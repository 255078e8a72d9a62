"""`member add|edit|label|notes|field|days`: what is known of a member, from the shell."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.base import clock
from app.calendar.yearly import in_words
from tests.app.cli.shell import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path / "mine")
    assert made.run("account", "add", "other", "Meet-ups").status == 0
    assert made.run("member", "add", "Jana Dvořáková", "--set", "language=Czech").status == 0
    return made


def test_what_is_known_is_typed_as_people_type_it_and_shown_whole(shell: Shell) -> None:
    jana = shell.told(
        "member", "edit", "Jana", "--set", "birthday=5. března", "--set", "languages=English, Magyar", "--set",
        "form_of_address=vykání", "--set", "time_zone=Prague", "--set", "met_on=May 2024", "--set",
        "met_how=at the fair", "--set", "consent=yes", "--set", "consent_how=at the counter", "--set",
        "do_not_gift=yes", "--set", "do_not_why=she asked", "--set", "kind=supplier", "--set", "interests=bees, tea",
        "--set", "phone=+420 601 234 567", "--set", "company=Mill", "--set", "job_title=Baker", "--set",
        "website=https://jana.example",
    )  # fmt: skip
    today = clock.local(clock.now()).date()
    assert (jana["language"], jana["languages"]) == ("cs", ["en", "hu"])
    assert (jana["birthday"], jana["form_of_address"], jana["time_zone"]) == ("03-05", "formal", "Europe/Prague")
    assert (jana["met_on"], jana["met_through"], jana["met_through_id"]) == ("2024-05", "", None)
    assert (jana["consent"], jana["consent_on"]) == ("offers", today.isoformat())
    assert (jana["do_not_gift"], jana["do_not_contact"], jana["kind"]) == (True, False, "vendor")
    assert jana["name_day_this_year"] == f"{today.year}-05-24"
    assert {"birthday", "consent", "consent_on"} <= set(jana["by_hand"])
    shown = shell.run("member", "show", "Jana").out
    for line in (
        "Supplier", "Don't send them gifts: she asked", "Phone: +420 601 234 567", "Company: Mill, Baker",
        "Website: https://jana.example", "Other languages: en, hu", "Form of address: formal",
        "Birthday: 5 March", "Name day: 24 May", "Met: at the fair, May 2024", "Interests: bees, tea",
        f"Gifts and offers: said yes, {today.day} ",
    ):  # fmt: skip
        assert line in shown
    assert [one["name"] for one in shell.told("member", "list", "--kind", "supplier")] == ["Jana Dvořáková"]
    other = shell.told("member", "add", "Petr", "--set", "met_through=Jana Dvořáková")
    assert other["met_through_id"] == jana["id"]
    assert "Met: Jana Dvořáková" in shell.run("member", "show", "Petr").out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("edit", "Jana", "--set", "birthday=5/3"), "could be 5 March or 3 May. Write the month as a word."),
        (("edit", "Jana", "--set", "shoe=42"), "“shoe=42” doesn't set anything. Write KEY=VALUE with one of name,"),
        (("edit", "Jana", "--set", "minor=perhaps"), "“minor” has to be yes or no"),
        (("add", " "), "A member needs a name."),
        (("add", "x" * 10_000), "A name has at most 300 characters; this one has 10000."),
        (("add", "Petr", "--set", "name=Pavel"), "leave out name="),
        (("label", "Jana", "regular"), "“regular” isn't a label change"),
        (("notes", "add", "Jana", " "), "Write something in the note."),
        (("notes", "remove", "99"), "That note is no longer there."),
        (("field", "rename", "Tea", "Coffee"), "Tea"),
        (("days", "--days", "0"), "“0” isn't a number of days. Write one from 1 to 366."),
    ],
)
def test_what_makes_no_sense_is_said_in_one_sentence(shell: Shell, words: tuple[str, ...], why: str) -> None:
    assert why in shell.told("member", *words, status=1)["error"]
    assert len(shell.told("member", "list")) == 1


def test_labels_are_given_shown_and_taken(shell: Shell) -> None:
    given = shell.told("member", "label", "Jana", "+regular", "+Brno")
    assert given["labels"] == ["Brno", "regular"]
    assert shell.run("member", "label", "Jana", "-brno").out == "Jana Dvořáková has 1 label: regular.\n"
    assert shell.told("member", "show", "Jana")["labels"] == ["regular"]
    assert "Labels: regular" in shell.run("member", "show", "Jana").out
    assert shell.told("label", "list")[0]["members"] in (0, 1)
    shell.run("label", "rename", "regular", "faithful")
    assert [one["name"] for one in shell.told("member", "list", "faithful")] == ["Jana Dvořáková"]


def test_notes_are_added_listed_changed_and_removed(shell: Shell) -> None:
    first = shell.told("member", "notes", "add", "Jana", "Her", "shop", "moved", "--on", "2026-05-17")
    assert first["text"] == "Her shop moved"
    assert first["at"].startswith("2026-05-17")
    shell.told("member", "notes", "add", "Jana", "She called")
    assert [one["text"] for one in shell.told("member", "notes", "list", "Jana")] == ["She called", "Her shop moved"]
    assert len(shell.told("member", "notes", "list", "Jana", "--limit", "1")) == 1
    assert shell.told("member", "notes", "edit", str(first["number"]), "It closed")["text"] == "It closed"
    assert "It closed" in shell.run("member", "show", "Jana").out
    shell.told("member", "notes", "remove", str(first["number"]))
    assert [one["text"] for one in shell.told("member", "show", "Jana")["notes"]] == ["She called"]
    assert shell.run("undo").status == 0
    assert len(shell.told("member", "notes", "list", "Jana")) == 2


def test_fields_of_ones_own_are_filled_with_the_details(shell: Shell) -> None:
    assert shell.told("member", "field", "add", "Favourite tea") == {"name": "Favourite tea", "members": 0}
    shell.told("member", "field", "add", "T-shirt")
    jana = shell.told("member", "edit", "Jana", "--set", "favourite tea=Earl Grey", "--set", "city=Brno")
    assert (jana["fields"], jana["address"]["city"]) == ({"Favourite tea": "Earl Grey"}, "Brno")
    assert "Favourite tea: Earl Grey" in shell.run("member", "show", "Jana").out
    assert shell.run("undo").status == 0  # both in one
    undone = shell.told("member", "show", "Jana")
    assert (undone["fields"], undone["address"]["city"]) == ({}, "")
    assert [one["name"] for one in shell.told("member", "field", "move", "T-shirt", "1")] == [
        "T-shirt",
        "Favourite tea",
    ]
    assert shell.told("member", "field", "rename", "T-shirt", "Size")["name"] == "Size"
    assert len(shell.told("member", "field", "list", "--limit", "1")) == 1
    assert (
        shell.run("member", "field", "remove", "Size").out
        == "The field Size is deleted; it was filled for 0 members.\n"
    )


def test_days_to_come_are_listed(shell: Shell) -> None:
    soon = clock.local(clock.now()).date() + timedelta(days=20)
    shell.told("member", "edit", "Jana", "--set", f"birthday={soon:%m-%d}")
    (only,) = shell.told("member", "days")
    assert (only["kind"], only["day"], only["member"]["name"]) == ("birthday", soon.isoformat(), "Jana Dvořáková")
    assert in_words(f"{soon:%m-%d}") in shell.run("member", "days", "--limit", "1").out
    assert shell.told("member", "days", "--days", "5") == []
    assert "Nobody's birthday or name day comes so soon." in shell.run("member", "days", "--days", "5").out
