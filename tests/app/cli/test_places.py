"""`account show|note|speaks`, `react` and `unreact` in the shell."""

from __future__ import annotations

import pytest

from tests.app.cli.shell import Shell


def thanks(demo: Shell, title: str = "Street party verdict") -> tuple[str, str]:
    """A conversation of that title, and its last message."""
    row = next(row for row in demo.told("list", "--state", "all", "--limit", "0") if row["title"] == title)
    lines = [line for line in demo.told("show", row["id"])["lines"] if line["kind"] == "said"]
    return row["id"], lines[-1]["id"]


@pytest.mark.slow
def test_a_reaction_is_given_closes_and_is_taken_back(demo: Shell) -> None:
    talk, message = thanks(demo)
    made = demo.told("react", message)
    assert (made["purpose"], made["reaction"], made["about"], made["state"]) == ("react", "favourite", message, "held")
    assert made["conversation_state"] == "done"
    assert "Marcus Bell is notified" in made["consequence"]
    assert "It asked for nothing, so it's done." in made["consequence"]
    assert "already on its way" in demo.told("react", message, status=1)["error"]
    demo.told("undo")
    assert demo.told("show", talk)["state"] == "needs-me"
    said = demo.run("react", talk, "favorite", "--now")
    assert said.status == 0
    assert "Favourite for Marcus Bell is given." in said.out
    (shown,) = demo.told("show", talk)["lines"][-1]["reactions"]
    assert (shown["reaction"], shown["there"], shown["state"]) == ("favourite", True, "sent")
    assert "You favourited this" in demo.run("show", talk).out
    back = demo.run("unreact", message, "--now")
    assert "Favourite for Marcus Bell is taken back." in back.out
    assert demo.told("show", talk)["lines"][-1]["reactions"] == []
    assert demo.told("show", talk)["state"] == "needs-me"
    assert "haven't reacted" in demo.told("unreact", message, status=1)["error"]
    assert demo.told("check")["sound"]


@pytest.mark.slow
def test_what_cannot_be_reacted_to_is_said(demo: Shell) -> None:
    talk, question = thanks(demo, "Je v zázvorové med?")
    assert "It asks for something" in demo.told("react", question)["consequence"]
    assert demo.told("show", talk)["state"] == "needs-me"
    assert "no reaction “🍋”. It has: favourite" in demo.told("react", question, "🍋", status=1)["error"]
    blog, _ = thanks(demo, "Το κουτί έφτασε σπασμένο")
    assert "WordPress has no likes" in demo.told("react", blog, status=1)["error"]
    assert "no message M-" in demo.told("react", "M-99", status=1)["error"]
    assert "G-1" in demo.told("react", "G-1", status=1)["error"]


@pytest.mark.slow
def test_the_manners_of_a_place_and_the_note_on_it(demo: Shell) -> None:
    shown = demo.told("account", "show", "mastodon")
    assert [point["key"] for point in shown["manners"]] == ["note", "custom", "who", "length", "changes", "pace"]
    assert shown["note"].startswith("Everybody is on first-name terms")
    text = demo.run("account", "show", "Mastodon").out
    assert "What's customary:" in text
    assert demo.told("account", "note", "Blog")["note"] is None
    assert demo.run("account", "note", "Blog").out.strip() == "No note on “Blog”."
    demo.told("account", "note", "Blog", "Γράφουμε στον ενικό.")
    assert demo.told("account", "note", "Blog")["note"] == "Γράφουμε στον ενικό."
    demo.told("undo")
    assert demo.told("account", "note", "Blog")["note"] is None
    demo.told("account", "note", "Blog", "--text-file", "-", given="Two\nlines\n")
    assert demo.run("account", "note", "Blog").out.splitlines() == ["Two", "lines"]
    demo.told("account", "note", "Blog", "")
    assert demo.told("account", "note", "Blog")["note"] is None
    assert "not both" in demo.told("account", "note", "Blog", "x", "--text-file", "-", given="y", status=1)["error"]
    assert "at most 2,000 characters" in demo.told("account", "note", "Blog", "x" * 2001, status=1)["error"]
    assert "no account" in demo.told("account", "show", "Nowhere", status=1)["error"]


def test_who_speaks_can_be_chosen(demo: Shell) -> None:
    known = demo.told("account", "speaks", "E-mail")
    assert [one["key"] for one in known["may_speak"]] == ["hello@sitrona.example", "marta@sitrona.example"]
    assert known["speaks"] is None
    assert demo.told("account", "speaks", "E-mail", "marta@sitrona.example")["speaks"] == "marta@sitrona.example"
    assert "marta@sitrona.example (speaks)" in demo.run("account", "show", "E-mail").out
    assert "Choose from" in demo.told("account", "speaks", "E-mail", "nobody@x.example", status=1)["error"]
    assert demo.told("account", "speaks", "E-mail", "")["speaks"] is None
    assert "only one" in demo.told("account", "speaks", "Blog", "Anna", status=1)["error"]
    assert "only one who can speak" in demo.run("account", "speaks", "Blog").out


@pytest.mark.slow
def test_the_first_reply_says_the_manners_once(demo: Shell) -> None:
    talk, _ = thanks(demo)
    first = demo.run("reply", talk, "--text-file", "-", given="So glad!").out
    assert "Worth knowing about “Mastodon”." in first
    assert "What's customary: " in first
    demo.told("undo")
    assert "Worth knowing" not in demo.run("reply", talk, "--text-file", "-", given="So glad!").out
