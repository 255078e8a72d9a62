"""What a rule may ask for, and whether a message is meant."""

from __future__ import annotations

import pytest

from app.base.errors import UserError
from app.rules.facts import Facts, has_postal_address, matches
from app.rules.rule import (
    Conditions,
    Deeds,
    checked_conditions,
    checked_deeds,
    checked_name,
    conditions_of,
    deeds_of,
    packed,
)

FULL = Conditions("", ("link",), 5, ("balík", "parcel"), 3, "partner", True, "cs")  # noqa: FBT003  a field of a tuple


def is_hit(text: str, **asked: object) -> bool:
    return matches(Conditions(**asked), Facts(text, 1, "en", "customer"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("👍", True), ("❤️🎉 🎉!", True), ("👩‍👩‍👧", True), ("🇮🇸", True),
        ("👍 thanks", False), ("ok", False), ("", False),
        ("!", False), ("1", False), ("👍\n\n> How are you?", True),
    ],
)  # fmt: skip
def test_only_emoji(text: str, hit: bool) -> None:  # noqa: FBT001  a parameter
    assert is_hit(text, only="emoji") is hit


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("@petra", True), ("@petra @jón.", True), ("@us@mastodon.social", True), ("<@123>", True),
        ("@petra look", False),
        ("petra", False), ("mail me at x@y.cz", False), ("@", False),
    ],
)  # fmt: skip
def test_only_a_mention(text: str, hit: bool) -> None:  # noqa: FBT001  as above
    assert is_hit(text, only="mention") is hit


@pytest.mark.parametrize(
    ("text", "hit"),
    [("see https://x.example/a", True), ("see www.x.cz", True), ("see x", False), ("hi\n\n> https://x.example", False)],
)
def test_a_link_of_its_own(text: str, hit: bool) -> None:  # noqa: FBT001  as above
    assert is_hit(text, has=("link",)) is hit


@pytest.mark.parametrize(
    "text",
    [
        "Send it to Husova 12/3, 110 00 Praha 1, please.", "Ermou 5, 105 63 Αθήνα", "Fő utca 7., 1051 Budapest",
        "1051 Budapest, Fő utca 7.", "Laugavegur 22, 101 Reykjavík", "12 High Street, London SW1A 1AA",
    ],
)  # fmt: skip
def test_a_postal_address(text: str) -> None:
    assert has_postal_address(text)
    assert is_hit(text, has=("address",))


@pytest.mark.parametrize(
    "text",
    [
        "I bought 3 boxes in 2025 and 12 small jars",
        "Order 10563 came late",
        "See you on May 5 at 10",
        "Version 12 or 13",
    ],
)
def test_numbers_that_are_no_address(text: str) -> None:
    assert not is_hit(text, has=("address",))


def test_an_e_mail_address() -> None:
    assert is_hit("write to anna.b@example.org please", has=("address",))
    assert not is_hit("@anna@example", has=("address",))


@pytest.mark.parametrize(
    ("typed", "text", "hit"),
    [
        ("balík", "Kde je můj BALIKU?", True), ("balik", "balíky nepřišly", True),
        ("csomag", "A csomagom hol van?", True),
        ("δέμα", "Το ΔΈΜΑΤΑ μου", True), ("email", "my e-mail", True), ("lost parcel", "a lost parcels", True),
        ("parcel", "a subparcel", False), ("parcel", "thanks\n\n> your parcel", False),
    ],
)  # fmt: skip
def test_words_are_found_as_the_search_finds_them(typed: str, text: str, hit: bool) -> None:  # noqa: FBT001  as above
    assert is_hit(text, words=("zzz", typed)) is hit


def test_fewer_words_counts_those_of_the_writer() -> None:
    assert is_hit("one two", fewer_than=3)
    assert is_hit("one two\n\n> three four five", fewer_than=3)
    assert not is_hit("one two three", fewer_than=3)


def test_all_conditions_have_to_hold() -> None:
    facts = Facts("balík https://x.example", 3, "cs", "partner", first_time=True)
    assert matches(FULL, facts)
    for change in ({"account_id": 4}, {"member": "press"}, {"language": "hu"}, {"fewer_than": 1}, {"words": ("no",)},
                   {"has": ("address",)}):  # fmt: skip
        assert not matches(FULL._replace(**change), facts)
    assert not matches(FULL, Facts("balík https://x.example", 3, "cs", "partner"))


def test_json_there_and_back() -> None:
    assert conditions_of(packed(FULL)) == FULL
    deeds = Deeds("Parcel", False, "monday", False, "late", 4)  # noqa: FBT003  as above
    assert deeds_of(packed(deeds)) == deeds
    assert packed(Conditions(only="emoji")) == '{"only": "emoji"}'
    assert conditions_of('{"only": "emoji", "moon": "full"}') == Conditions(only="emoji")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (Conditions(), "at least one"), (Conditions(words=(" ",)), "at least one"),
        (Conditions(words=("!?",)), "letters"),
        (Conditions("emoji", words=("x",)), "never hit"), (Conditions("mention", ("link",)), "never hit"),
        (Conditions(fewer_than=-1), "from 1"), (Conditions("cats"), "only emoji, mention"),
        (Conditions(language="czech"), "code of a language"),
    ],
)  # fmt: skip
def test_conditions_that_make_no_sense_are_refused(asked: Conditions, why: str) -> None:
    with pytest.raises(UserError, match=why):
        checked_conditions(asked)


@pytest.mark.parametrize(
    ("deeds", "why"),
    [
        (Deeds(), "at least one"), (Deeds(unhappy=True, snooze="monday"), "needs you"),
        (Deeds(unhappy=True, quiet=True), "needs you"), (Deeds(quiet=True, snooze="week"), "Choose one"),
        (Deeds(quiet=True, template="late"), "no answer"), (Deeds(snooze="never"), "until"),
    ],
)  # fmt: skip
def test_deeds_that_contradict_each_other_are_refused(deeds: Deeds, why: str) -> None:
    with pytest.raises(UserError, match=why):
        checked_deeds(deeds)


def test_a_rule_has_a_name() -> None:
    assert checked_name("  Lost \n parcels ") == "Lost parcels"
    with pytest.raises(UserError, match="Give the rule a name"):
        checked_name(" ")
    with pytest.raises(UserError, match="at most 60"):
        checked_name("x" * 61)
