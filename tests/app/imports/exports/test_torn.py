"""Exports that break off: what stands before the damage comes in whole, and it is said what is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.imports.desk import Imports
from app.imports.exports import torn
from app.store.store import Store
from tests.app.imports.conftest import Write
from tests.app.imports.exports.test_services import said, thread, wrote, zipped

PARTS = [{"type": "bold", "text": "Three"}, {"type": "plain", "text": " bottles [or {four}]"}]
CHAT: dict[str, Any] = {
    "name": "Anna", "type": "personal_chat", "id": 77,
    "messages": [said(n, "Anna/77", [f"No. {n}: ", *PARTS], text_entities=PARTS) for n in range(1, 9)],
}  # fmt: skip
ACCOUNT = {
    "about": "x", "personal_information": {"user_id": 1, "first_name": "Jana"},
    "chats": {"about": "y", "list": [CHAT, CHAT | {"id": 78, "name": "Bea"}]},
}  # fmt: skip
TALK = thread(*(wrote("Anna", 100 + n, f"Hello “{n}”") for n in range(8)))


def messages_in(held: Any) -> list[Any]:
    """Every message of an export of Telegram."""
    if not isinstance(held, dict):
        return []
    chats = [held] if "messages" in held else held.get("chats", {}).get("list", [])
    return [one for chat in chats for one in chat.get("messages", ())]


@given(cut=st.integers(0, 6_000), indent=st.sampled_from([None, 1]), account=st.booleans())
def test_wherever_it_breaks_off_messages_are_whole_and_none_that_stands_there_is_lost(
    *, cut: int, indent: int | None, account: bool
) -> None:
    held = ACCOUNT if account else CHAT
    text = json.dumps(held, indent=indent)
    cut = min(cut, len(text) - 1)
    try:
        found, line = torn.read(text[:cut])
    except ValueError:
        found, line = None, 1
    assert line >= 1
    whole, kept = messages_in(held), messages_in(found)
    assert kept == whole[: len(kept)]
    assert len(kept) == sum(end <= cut for end in _ends(text))


def _ends(text: str) -> list[int]:
    """Where each message ends, which has two brackets and a brace behind its last words."""
    last = [at for at in range(len(text)) if text.startswith("four}]", at)][1::2]
    return [text.index("}", text.index("]", at + len("four}]"))) + 1 for at in last]


def test_a_whole_file_is_read_as_it_is() -> None:
    assert torn.read(json.dumps(ACCOUNT)) == (ACCOUNT, 0)


@pytest.mark.parametrize("spoilt", ["\x00" * 40, '{"id": 9, "type": "mess', "]]]", "\ufffd"])
def test_what_is_spoilt_in_the_middle_is_read_to_there(spoilt: str) -> None:
    text = json.dumps(CHAT, indent=1)
    at = text.index('"id": 5')
    found, line = torn.read(text[:at] + spoilt + text[at:])
    assert [one["id"] for one in found["messages"]] == [1, 2, 3, 4]
    assert line == text.count("\n", 0, text.rindex("}", 0, at)) + 1


def test_telegram_cut_off_says_so_and_the_whole_file_adds_the_rest(
    imports: Imports, store: Store, write: Write
) -> None:
    text = json.dumps(CHAT, indent=1)
    path = write("result.json", text[: text.index('"id": 6') + 40])
    seen = imports.preview(path)
    assert seen.new == 5
    assert "result.json is damaged or cut off at line " in seen.sentence
    assert imports.run(path).new == 5
    assert imports.run(write("result.json", text)).new == 3
    texts = [row["text"] for row in store.read.execute("SELECT text FROM message ORDER BY at")]
    assert texts == [f"No. {n}: Three bottles [or {{four}}]" for n in range(1, 9)]


def test_a_conversation_of_instagram_alone_and_cut_off(imports: Imports, write: Write) -> None:
    text = json.dumps(TALK)
    done = imports.run(write("message_1.json", text[: text.index('"timestamp_ms": 104') + 5]))
    assert done.new == 4
    assert done.sentence.count("message_1.json is damaged or cut off at line 1") == 1
    assert "undo the import of this one before you import that" in done.sentence


def test_in_its_archive_it_is_known_by_its_folder(imports: Imports, tmp_path: Path) -> None:
    text, folder = json.dumps(TALK), "your_instagram_activity/messages/inbox/anna_1"
    done = imports.run(zipped(tmp_path / "a.zip", {f"{folder}/message_1.json": text[: len(text) // 2]}))
    assert done.new
    assert "twice" not in done.sentence
    assert imports.run(zipped(tmp_path / "b.zip", {f"{folder}/message_1.json": text})).new == 8 - done.new


@pytest.mark.parametrize("content", ['{"name": "Anna", "type": "personal_chat", "id', '[{"a"', '{"x": [{"y": 1}, {"z"'])
def test_so_little_of_it_that_nobody_can_tell_what_it_was(imports: Imports, write: Write, content: str) -> None:
    with pytest.raises(UserError, match="damaged or cut off, so Rapport can't tell what's in it"):
        imports.preview(write("result.json", content))


def test_other_json_that_is_whole_is_not_called_damaged(imports: Imports, write: Write) -> None:
    with pytest.raises(UserError, match="neither a mailbox nor a table"):
        imports.preview(write("x.json", '{"a": [1, 2]}'))
