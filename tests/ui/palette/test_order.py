"""The order of what the palette finds."""

from __future__ import annotations

from ui.palette.found import Found, in_order

MEMBER, BY_NOTE = Found("Anna", avatar="Anna", spans=((0, 2),)), Found("Petr", avatar="Petr")
TITLE, TEXT = Found("Anna’s street party", spans=((0, 2),)), Found("Something else")
COMMAND = Found("Add member", command="add_member")


def test_members_by_name_come_before_all() -> None:
    assert in_order([TITLE, MEMBER, BY_NOTE], [COMMAND]) == [MEMBER, BY_NOTE, COMMAND, TITLE]


def test_a_title_that_has_the_words_comes_before_members_by_their_notes() -> None:
    assert in_order([BY_NOTE, TITLE, TEXT], [COMMAND]) == [COMMAND, TITLE, TEXT, BY_NOTE]


def test_members_by_their_notes_come_first_where_no_title_has_the_words() -> None:
    assert in_order([TEXT, BY_NOTE], []) == [BY_NOTE, TEXT]
