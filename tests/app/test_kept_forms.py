"""What was typed in forms and not saved, as the file keeps it."""

from __future__ import annotations

import json

import pytest

from app.base.errors import NotFoundError
from app.workbench import Workbench

_FIELDS = json.dumps(
    {
        "title": "Log an in-person conversation",
        "fields": [
            ["words", "What was said", 1, "Δύο κουτιά"],
            ["choice", "Kind", 1, "chat"],
            ["words", "", 1, 3],
        ],
    },
    ensure_ascii=False,
)


def _rows(bench: Workbench) -> int:
    return int(bench.store.read.execute("SELECT count(*) FROM kept_form").fetchone()[0])


def test_one_form_about_one_thing_is_kept_once_and_forgotten(bench: Workbench) -> None:
    desk = bench.kept_forms
    assert desk.kept("NoteStrip", "3") == ""
    desk.keep("NoteStrip", "3", "{}")
    desk.keep("NoteStrip", "3", _FIELDS)
    desk.keep("NoteStrip", "4", "{}")
    assert desk.kept("NoteStrip", "3") == _FIELDS
    assert _rows(bench) == 2
    desk.forget("NoteStrip", "3")
    desk.forget("NoteStrip", "5")
    assert (desk.kept("NoteStrip", "3"), _rows(bench)) == ("", 1)


def test_it_is_no_action(bench: Workbench) -> None:
    before = bench.store.last_action
    bench.kept_forms.keep("NoteStrip", "3", _FIELDS)
    bench.kept_forms.forget("NoteStrip", "3")
    assert bench.store.last_action == before


def test_a_list_has_the_title_and_the_words(bench: Workbench) -> None:
    bench.kept_forms.keep("NoteStrip", "3", _FIELDS)
    bench.kept_forms.keep("GiftStrip", "3", "of another version")
    later, first = bench.kept_forms.every()
    assert first.title == "Log an in-person conversation"
    assert first.typed == (("What was said", "Δύο κουτιά"), ("Kind", "chat"))
    assert (later.title, later.typed) == ("", ())
    assert bench.kept_forms.remove(str(first.id)) == first
    with pytest.raises(NotFoundError, match=f"no unsaved form {first.id}"):
        bench.kept_forms.remove(str(first.id))
