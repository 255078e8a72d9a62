"""What rules ask for and do, in words."""

from __future__ import annotations

from app.rules import Conditions, Deeds, Hit
from app.rules.words import Names, asked, deeds_in_words, done_then

NAMES = Names({3: "Blog"}, {4: "Jana"}, {"late": "Late parcel"}, str.upper)


def test_each_condition_is_a_phrase() -> None:
    conditions = Conditions("", ("link",), 2, ("parcel", "balík"), 3, "press", first_time=True, language="cs")
    assert asked(conditions, NAMES) == [
        "has a link", "has fewer than 2 words", "has any of the words: parcel, balík", "came in on Blog",
        "is from a member of the kind “Press”", "is the first from its author", "is in CS",
    ]  # fmt: skip
    assert asked(Conditions("emoji", account_id=9), NAMES) == ["is only emoji", "came in on an account that is gone"]


def test_each_deed_is_a_phrase() -> None:
    assert done_then(Deeds("Parcel", template="late", teammate_id=4), NAMES) == [
        "label it “Parcel”", "offer the template “Late parcel”", "offer to hand it off to Jana",
    ]  # fmt: skip
    assert done_then(Deeds(unhappy=True), NAMES) == ["mark it unhappy"]
    assert done_then(Deeds(snooze="monday"), NAMES) == ["snooze it: Monday"]
    assert done_then(Deeds(quiet=True, teammate_id=None), NAMES) == ["move it to Quiet"]


def hit(**done: object) -> Hit:
    return Hit(1, 1, "Parcels", 5, 6, 0, done, None, 0, "Where?", "Anna")


def test_a_hit_says_what_it_changed_and_what_was_so_already() -> None:
    assert deeds_in_words(hit(label={"what": "P", "changed": True}), NAMES) == "Rule “Parcels”: labelled “P”."
    assert deeds_in_words(hit(label={"what": "P", "changed": False}), NAMES) == "Rule “Parcels”: already labelled “P”."
    left = deeds_in_words(hit(left=True), NAMES)
    assert left == "Rule “Parcels”: left where it is: it's marked, or a promise or an answer is still open."
    assert deeds_in_words(hit(template={"what": "late"}, teammate={"what": 9}), NAMES) == (
        "Rule “Parcels”: the template “Late parcel” is offered, a hand-off to a teammate who is gone is offered."
    )
