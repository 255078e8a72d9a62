"""docs/keyboard.md is made from the table of commands, and promises no letter that is taken."""

from __future__ import annotations

import keyboard

from app.commands.table import COMMANDS


def test_the_page_is_made_from_the_commands() -> None:
    written = keyboard.PAGE.read_text(encoding="utf-8")
    assert written == keyboard.page(), "run .venv/bin/python packaging/keyboard.py"


def test_every_key_of_the_table_is_on_it() -> None:
    page = keyboard.page()
    listed = [command for command in COMMANDS if command.keys and f"`{command.keys[0]}`" in page]
    left = [command.id for command in COMMANDS if command.keys and command not in listed]
    assert left == []


def test_the_letters_that_are_called_free_are_free() -> None:
    assert {key for command in COMMANDS for key in command.keys} & set(keyboard.LATER) == set()
