"""JSON that breaks off, or is damaged in the middle: what stands before that, with its brackets closed. Pure."""

from __future__ import annotations

import json
import re
from typing import Any

_MARKS = re.compile(r'("(?:[^"\\]++|\\.)*+(?:"|\\?\Z))|[\[\]{}]', re.DOTALL)
_KEYS = re.compile(r'"(?:messages|list|orderedItems|[a-z_0-9]{0,40}comments?[a-z_0-9]{0,20})"\s{0,20}:\s{0,20}')
_MAX_KEY_CHARS = 120
_OBJECT, _LIST, _ENTRIES = "}", "]", "] of entries"


def read(text: str) -> tuple[Any, int]:
    """(what the text holds, the line from which on it is lost; 0 if nothing is).

    Messages come back whole or not at all: one that breaks off would be taken for known when the whole file comes.
    Raises ValueError where nothing can be read, RecursionError for nesting that is a trick.
    """
    try:
        return json.loads(text), 0
    except json.JSONDecodeError as why:
        sound = text[: why.pos]
    kept, lost = _closed(sound)
    return json.loads(kept), text.count("\n", 0, lost) + 1


def _closed(sound: str) -> tuple[str, int]:
    """The text to the end of the last whole entry in it, with what is open then closed, and that end."""
    opened: list[str] = []
    key, end, closers = 0, 0, ""
    for mark in _MARKS.finditer(sound):
        if mark[1]:
            key = mark.start()
            continue
        if mark[0] == "{":
            opened.append(_OBJECT)
            continue
        if mark[0] == "[":
            opened.append(_ENTRIES if _is_of_entries(sound, key, mark.start(), opened) else _LIST)
        elif opened:
            opened.pop()
        if opened and opened[-1] == _ENTRIES:
            end, closers = mark.end(), "".join(each[0] for each in reversed(opened))
    return sound[:end] + closers, end


def _is_of_entries(sound: str, key: int, at: int, opened: list[str]) -> bool:
    """Whether the list beginning at `at` has messages, chats or comments: by its name, or as it is all of the file."""
    return not opened or (at - key <= _MAX_KEY_CHARS and _KEYS.fullmatch(sound, key, at) is not None)
