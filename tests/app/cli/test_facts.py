"""`fact` and `embargo`, with the JSON that programs read."""

from __future__ import annotations

import pytest

from tests.app.cli.shell import Shell

FAR = "2099-02-01"


def test_a_fact_is_noted_changed_shown_and_removed(demo: Shell) -> None:
    made = demo.told("fact", "add", "Price of a crate", "--value", "890 kr.", "--value", "hu=890 korona",
                      "--owner", "Jón", "--source", "the list", "--look", "2099-01-31")  # fmt: skip
    assert made == {
        "key": "price-of-a-crate", "name": "Price of a crate", "values": {"all": "890 kr.", "hu": "890 korona"},
        "owner": "Jón", "source": "the list", "look_on": "2099-01-31", "told": 0, "owed": 0,
    }  # fmt: skip
    assert made in demo.told("fact", "list")
    assert made not in demo.told("fact", "list", "--due")
    changed = demo.told("fact", "set", made["key"], "990 kr.")
    assert (changed["values"], changed["newly_owed"]) == ({"all": "990 kr.", "hu": "890 korona"}, 0)
    assert demo.told("fact", "show", made["key"])["values"] == changed["values"]
    assert demo.told("fact", "told", made["key"]) == []
    assert demo.told("fact", "looked", made["key"])["look_on"] is None
    assert demo.told("fact", "remove", made["key"]) == {"key": made["key"], "removed": True}
    assert made["key"] not in [one["key"] for one in demo.told("fact", "list")]
    demo.run("undo")
    assert made["key"] in [one["key"] for one in demo.told("fact", "list")]


def test_whoever_is_told_by_a_reply_is_listed_and_the_change_drafts_one_that_puts_it_right(demo: Shell) -> None:
    key = demo.told("fact", "add", "Price of a jar", "--value", "7 €")["key"]
    talk = next(one for one in demo.told("list", "--limit", "0") if one["channel"] == "Mastodon")["id"]
    demo.told("reply", talk, "--text-file", "-", "--now", "--language", "en", given="A jar is {{fact:price-of-a-jar}}.")
    (told,) = demo.told("fact", "told", key)
    assert (told["conversation"], told["value"], told["state"]) == (talk, "7 €", "current")
    assert demo.told("fact", "set", key, "8 €")["newly_owed"] == 1
    (owed,) = demo.told("fact", "told", key, "--owed")
    assert owed["state"] == "owed"
    (drafted,) = demo.told("fact", "right", key)
    assert drafted["draft"]["conversation"] == talk
    assert "7 €" in drafted["draft"]["text"]
    assert "8 €" in drafted["draft"]["text"]
    assert drafted["correction"]["text"] == "A jar is 8 €."
    assert "8 €" in demo.run("fact", "right", key, talk).out
    assert [one["state"] for one in demo.told("fact", "right", key, talk, "--leave")] == ["settled"]
    assert demo.told("fact", "right", key) == []


def test_a_subject_is_embargoed_changed_and_lifted(demo: Shell) -> None:
    made = demo.told("embargo", "add", "Flavours of 2099", "--word", "elderflower*", "--until", FAR,
                      "--holding", "I can't say yet.", "--holding", "is=Ég get ekki sagt það enn.")  # fmt: skip
    number = str(made["number"])
    assert made == {
        "number": made["number"], "subject": "Flavours of 2099", "words": ["elderflower*"], "until": FAR,
        "released": False, "key": "flavours-of-2099", "news": {}, "waiting": 0,
        "holding": {"all": "I can't say yet.", "is": "Ég get ekki sagt það enn."},
    }  # fmt: skip
    assert made in demo.told("embargo", "list")
    found = demo.told("voice", "check", "--text-file", "-", "--language", "is", given="Elderflower!", status=1)[
        "findings"
    ]
    assert (found[0]["level"], found[0]["instead"]) == ("block", "Ég get ekki sagt það enn.")
    changed = demo.told("embargo", "change", "flavours of 2099", "--news", "Elderflower it is.")
    assert changed == made | {"news": {"all": "Elderflower it is."}}
    assert demo.told("embargo", "show", number) == changed
    assert demo.told("embargo", "told", number) == []
    assert "can't be told before" in demo.run("embargo", "news", number).err
    talk = demo.told("list", "--limit", "1")[0]["id"]
    assert f"Nobody in {talk} waits for the news" in demo.run("embargo", "leave", number, talk).err
    assert demo.told("embargo", "lift", number) == {"subject": "Flavours of 2099", "lifted": True}
    assert made["number"] not in [one["number"] for one in demo.told("embargo", "list")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("embargo", "add", "S", "--word", "w", "--until", "2020-01-01", "--holding", "L"), "ends on a day to come"),
        (("embargo", "show", "S?"), "There's no embargo on “S?”"),
        (("fact", "show", "S"), "There's no fact “S”"),
        (("fact", "add", "S", "--value", "a", "--value", "b"), "two values for the same language: “a” and “b”"),
        (("fact", "add", "S", "--value", "${x} {{budget}}"), "can't hold a blank"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(demo: Shell, words: tuple[str, ...], sentence: str) -> None:
    done = demo.run(*words)
    assert done.status == 1
    assert sentence in done.err
