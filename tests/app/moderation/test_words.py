"""The words of moderation: every verb has some for every state, and they say what is done to what."""

from __future__ import annotations

import re

import pytest

from app.channels.channel import IN_VIEW, Can
from app.inbox import Bar
from app.moderation import VERBS, words
from app.moderation.deed import Deed
from app.moderation.verbs import NEED_NO_GUIDELINE, not_offered

_STATES = ("", "held", "reported", "hidden", "spam", "deleted")


def deed(verb: str, state: str = "done", before: str = "", seconds: int = 0, undoes_id: int | None = None) -> Deed:
    """An entry of the log."""
    return Deed(
        1, 0, 1, 1, 1, "Blog", "demo", None, verb, "", "", "Anna", "", None, "", "", undoes_id, state, 0, 0, 0, "",
        seconds, before, 0,
    )  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("upstream", _STATES)
def test_every_verb_has_its_words_in_every_state(verb: str, upstream: str) -> None:
    of = words.words(verb, upstream)
    assert all((of.title, of.waiting, of.doing, of.failed, of.soon[0], of.soon[1]))
    assert len({of.title, of.waiting, of.doing, of.failed}) == 4
    assert "1 second" in words.soon(verb, upstream, "demo", 1)
    assert "10 seconds" in words.soon(verb, upstream, "demo", 10)
    for state in ("done", "held", "failed"):
        told = words.heading(deed(verb, state, before=upstream, seconds=86_400 if verb == "mute" else 0), "Blog")
        assert "Blog" in told
        assert not re.search(r"[{}]", told)
    told = words.means(verb, upstream, "demo", "Blog")
    assert not re.search(r"[{}]", told)
    assert ("Blog" in told) == bool(told)
    assert "Blog" in not_offered(verb, "Blog")


def test_no_two_verbs_are_called_the_same() -> None:
    assert len({words.title(verb, "", "demo") for verb in VERBS}) == len(VERBS)


def test_show_is_called_after_what_it_does() -> None:
    assert [words.title("show", upstream, "demo") for upstream in ("held", "hidden", "spam", "reported")] == [
        "Approve", "Show again", "Not spam", "Keep it",
    ]  # fmt: skip


def test_what_is_done_to_people_and_conversations_says_what_it_means() -> None:
    for verb in ("lock", "unlock", "mute", "unmute", "ban", "unban", "solve", "unsolve"):
        assert words.means(verb, "", "demo", "Forum")
    assert words.means("show", "reported", "demo", "Forum")


def test_the_log_is_headed_by_what_was_done() -> None:
    assert words.heading(deed("show", undoes_id=7, before="hidden"), "Blog") == "Shown again on Blog"
    assert words.heading(deed("show", before="reported"), "Forum") == "Kept on Forum: the report is closed"
    assert words.heading(deed("mute", seconds=604_800), "Forum") == "Author muted on Forum, for 7 days"
    assert words.heading(deed("unlock", undoes_id=7), "Forum") == "Conversation reopened on Forum"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(60, "1 minute"), (90 * 60, "90 minutes"), (3_600, "1 hour"), (36 * 3_600, "36 hours"), (86_400, "1 day")],
)
def test_a_length_of_time_is_told_in_its_largest_whole_unit(seconds: int, told: str) -> None:
    assert words.span(seconds) == told


def test_rights_are_told_with_those_that_are_missing() -> None:
    verbs = ("hide", "show", "delete", "mute", "unmute", "ban")
    able = Can(moderate=verbs)
    assert words.rights_in_words(None, able) == ""
    assert words.rights_in_words({"hide"}, Can()) == ""
    assert words.rights_in_words(verbs, able) == "Rights there: hide and approve, delete, mute, ban."
    assert words.rights_in_words({"hide", "show", "mute"}, able) == (
        "Rights there: hide and approve, mute. Missing: delete, ban."
    )
    assert words.rights_in_words({"solve"}, able) == "Rights there: none to moderate."


def test_rights_are_called_what_they_are_on_their_channel() -> None:
    view = Can(moderate=("show", "mute", "unmute", "ban", "unban"), bars=IN_VIEW)
    assert words.rights_in_words({"mute", "ban"}, view) == "Rights there: mute, block. Missing: close reports."
    assert words.rights_in_words({"show"}, Can(moderate=("show", "delete"))).startswith("Rights there: approve.")


def test_whoever_is_barred_is_told_where_and_until_when() -> None:
    mute, ban = Bar("mute", 99, 1, "Forum", "demo"), Bar("ban", None, 2, "Forum", "demo")
    assert words.barred(mute, "Sat 08:30") == "Author muted until Sat 08:30"
    assert words.barred(ban, "") == "Author banned"
    assert words.barred_there(mute, "Forum", "Sat 08:30") == "Muted on Forum until Sat 08:30"
    assert words.barred_there(ban, "Forum", "") == "Banned from Forum"


def test_a_word_is_asked_only_where_one_is_taken() -> None:
    assert set(VERBS) - NEED_NO_GUIDELINE == {"hide", "show", "spam", "delete", "mute", "ban"}


def test_what_is_ours_alone_to_see_is_not_said_to_stop_anybody_writing() -> None:
    told = [words.means(verb, "", "mastodon", "Herd") for verb in ("mute", "unmute", "ban", "unban")]
    assert not [one for one in told if "can write" in one or "can't write" in one or "never write" in one]
    assert "Everyone else still sees" in told[0]
    assert "Everyone else still sees" in told[2]
    assert words.title("ban", "", "mastodon") == "Block the author"
    ban = Bar("ban", None, 2, "Herd", "mastodon")
    assert (words.barred(ban, ""), words.barred_there(ban, "Herd", "")) == ("Author blocked", "Blocked on Herd")


@pytest.mark.parametrize("kind", ["telegram", "discord"])
def test_what_a_bot_does_in_one_chat_is_not_said_of_all_of_them(kind: str) -> None:
    assert "that this message is in" in words.means("mute", "", kind, "Bot")
    mute, ban = Bar("mute", 99, 1, "Bot", kind), Bar("ban", None, 2, "Bot", kind)
    assert words.barred_there(mute, "Bot", "Sat 08:30") == "Muted in a chat of Bot until Sat 08:30"
    assert words.barred_there(ban, "Bot", "") == "Banned from a chat of Bot"
