"""Whose decision it is that a quiet message is a person's."""

from __future__ import annotations

from app.inbox.quiet import to_show_there


def test_of_one_conversation_the_last_spam_is_shown_at_its_channel() -> None:
    assert to_show_there(1, [(1, "spam"), (2, ""), (3, "spam"), (4, "away")]) == 3


def test_of_several_and_of_what_is_no_spam_nothing_is() -> None:
    assert to_show_there(2, [(1, "spam")]) is None
    assert to_show_there(1, [(1, "away"), (2, "")]) is None
    assert to_show_there(1, []) is None
