"""Exports of Telegram, Facebook, Instagram and Mastodon."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.clock import from_iso
from app.base.errors import UserError
from app.imports.bundle import open_bundle
from app.imports.desk import Imports
from app.imports.exports import find
from app.imports.exports.entry import Entry
from app.imports.exports.meta import repaired
from app.imports.notes import Notes
from app.store.store import Store

AT = 1_795_860_000


def zipped(path: Path, files: Mapping[str, Any]) -> Path:
    """An archive with these files; what is no text or bytes becomes JSON."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, str | bytes) else json.dumps(content))
    return path


def read(path: Path, own: frozenset[str] = frozenset()) -> tuple[list[Entry], Notes]:
    """Everything in the export."""
    notes = Notes()
    with open_bundle(path) as bundle:
        export = find(bundle, path.name)
        assert export is not None
        return list(export.entries(bundle, own, notes)), notes


def broken(text: str) -> str:
    """A string as Meta writes it."""
    return text.encode().decode("latin-1")


def said(number: int, sender: str, text: Any, **more: Any) -> dict[str, Any]:
    """A message of Telegram; `sender` is a name and an id."""
    name, _, user = sender.partition("/")
    return {
        "id": number, "type": "message", "date": "2026-11-28T10:00:00", "date_unixtime": str(AT + number),
        "from": name, "from_id": f"user{user}", "text": text, **more,
    }  # fmt: skip


def test_a_chat_of_telegram(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/1.jpg").write_bytes(b"\xff\xd8\xff")
    chat = {
        "name": "Anna", "type": "personal_chat", "id": 51,
        "messages": [
            {"id": 1, "type": "service", "date_unixtime": str(AT), "actor": "Anna", "action": "phone_call", "text": ""},
            said(2, "Anna/51", ["See ", {"type": "text_link", "text": "this", "href": "https://example.org/a"}, "!"]),
            said(3, "Desk/77", "Thanks", reply_to_message_id=2),
            said(4, "Anna/51", "", photo="photos/1.jpg"), said(5, "Anna/51", "", photo="(File not included.)"),
            said(6, "Anna/51", "", media_type="sticker", sticker_emoji="🙂"),
        ],
    }  # fmt: skip
    (tmp_path / "result.json").write_text(json.dumps(chat), "utf-8")
    entries, _ = read(tmp_path)
    got = [entry.item for entry in entries if entry.item]
    assert [(one.text, one.out, one.remote_id) for one in got] == [
        ("See this (https://example.org/a)!", False, "51/2"), ("Thanks", True, "51/3"),
        ("[Attachments only.]", False, "51/4"), ("🙂", False, "51/6"),
    ]  # fmt: skip
    assert (got[1].parent, got[1].thread, got[1].public) == ("51/2", "51", False)
    assert [file.name for file in got[2].attached] == ["1.jpg"]
    assert [entry.left_out for entry in entries if entry.left_out] == ["system", "media"]


def test_a_chat_of_telegram_from_before_2021(tmp_path: Path) -> None:
    said = {"id": 2, "type": "message", "date": "2019-11-28T10:00:00", "from": "Anna", "from_id": 51, "text": "Hi"}
    chat = {"name": "Anna", "type": "personal_chat", "id": 51, "messages": [said, said | {"id": 3, "date": "soon"}]}
    (tmp_path / "result.json").write_text(json.dumps(chat), "utf-8")
    entries, _ = read(tmp_path)
    one = entries[0].item
    assert one is not None
    assert (one.text, one.out, one.author.key, one.at) == ("Hi", False, "51", from_iso("2019-11-28T10:00:00"))
    assert entries[1].left_out == "system"


def test_a_whole_account_of_telegram(store: Store, imports: Imports, tmp_path: Path) -> None:
    chats = [
        {
            "name": "Kert", "type": "private_supergroup", "id": 9,
            "messages": [said(1, "Éva/5", "Hó"), said(2, "Me/7", "Já")],
        },
        {"name": "", "type": "saved_messages", "id": 7, "messages": [said(3, "Me/7", "milk")]},
        {"name": "Bot", "type": "bot_chat", "id": 8, "messages": [said(4, "Bot/8", "Hello")]},
    ]  # fmt: skip
    held = {"about": "x", "personal_information": {"user_id": 7, "first_name": "Me"}, "chats": {"list": chats}}
    path = tmp_path / "result.json"
    path.write_text(json.dumps(held), "utf-8")
    done = imports.run(path)
    assert (done.new, done.left_out) == (2, {"notes": 1, "bots": 1})
    rows = store.read.execute("SELECT text, out, remote_id FROM message ORDER BY at").fetchall()
    assert [tuple(row) for row in rows] == [("Hó", 0, "-1000000000009/1"), ("Já", 1, "-1000000000009/2")]
    assert imports.run(path).known == 2


def thread(*messages: Mapping[str, Any], title: str = "Ánna", path: str = "inbox/anna_1") -> dict[str, Any]:
    """A conversation of Meta's."""
    people = [{"name": broken(title)}, {"name": "Desk"}]
    return {"participants": people, "messages": list(messages), "title": broken(title), "thread_path": path}


def wrote(sender: str, at: int, text: str = "", **more: Any) -> dict[str, Any]:
    """A message of Meta's."""
    content = {"content": broken(text)} if text else {}
    return {"sender_name": broken(sender), "timestamp_ms": at * 1000, **content, **more}


def test_instagram_with_half_its_files(store: Store, imports: Imports, tmp_path: Path) -> None:
    inbox, comments = "your_instagram_activity/messages/inbox/anna_1", "your_instagram_activity/comments"
    facts = {"Ummæli": {"value": broken("Köszönjük!")}, "Eigandi": {"value": "anna.k"}, "Tími": {"timestamp": AT}}
    path = zipped(
        tmp_path / "instagram-desk.zip",
        {
            f"{inbox}/message_1.json": thread(
                wrote("Desk", AT + 60, "Já, klukkan níu"), wrote("Ánna", AT, "Opið? 🙂"), wrote("Ánna", AT, "Opið? 🙂"),
                wrote("Ánna", AT + 1, "Liked a message"), wrote("Ánna", AT + 2, is_unsent=True),
                wrote("Ánna", AT + 3, photos=[{"uri": f"{inbox}/photos/1.jpg"}]),
                wrote("Ánna", AT + 4, photos=[{"uri": f"{inbox}/photos/2.jpg"}]),
            ),
            f"{inbox}/message_2.json": "{broken",
            f"{inbox}/photos/1.jpg": b"\xff\xd8\xff",
            f"{comments}/post_comments_1.json": [{"media_list_data": [], "string_map_data": facts}],
            "your_instagram_activity/messages/filtered_threads/x_2/message_1.json": thread(
                wrote("Win", AT, "Money"), title="Win", path="filtered_threads/x_2"
            ),
            "personal_information/personal_information/personal_information.json": {
                "profile_user": [{"string_map_data": {"Name": {"value": "Desk"}, "Username": {"value": "desk"}}}]
            },
        },
    )  # fmt: skip
    done = imports.run(path)
    assert (done.new, done.left_out) == (5, {"deleted": 1, "spam": 1, "media": 1, "reactions": 1})
    assert done.remarks == (f"{inbox}/message_2.json couldn't be read. Everything else was.",)
    rows = [tuple(row) for row in store.read.execute("SELECT text, out FROM message ORDER BY at, id")]
    assert ("Opið? 🙂", 0) in rows
    assert ("Já, klukkan níu", 1) in rows
    assert ("Köszönjük!", 1) in rows
    assert store.read.execute("SELECT kind FROM account").fetchone()["kind"] == "instagram"
    assert imports.run(path).known == 5


def test_facebook_before_and_after_encryption_and_its_comments(tmp_path: Path) -> None:
    sealed = {
        "participants": ["Ánna", "Desk"], "threadName": "Ánna_7",
        "messages": [
            {"senderName": "Ánna", "text": "Hæ", "timestamp": AT * 1000, "type": "text", "isUnsent": False, "media": []}
        ],
    }  # fmt: skip
    comment = {"timestamp": AT, "comment": broken("Þakka þér"), "author": "Desk"}
    path = zipped(
        tmp_path / "facebook.zip",
        {
            "your_facebook_activity/messages/inbox/bo_2/message_1.json": thread(wrote("Bo", AT, "Hi"), title="Bo"),
            "your_facebook_activity/messages/e2ee_cutover/anna_7/message_1.json": sealed,
            "your_facebook_activity/comments_and_reactions/comments.json": {
                "comments_v2": [{"timestamp": AT, "data": [{"comment": comment}], "title": "Desk commented."}]
            },
        },
    )
    entries, notes = read(path)
    got = [(entry.item.author.name, entry.item.text, entry.item.out) for entry in entries if entry.item]
    assert got == [("Ánna", "Hæ", False), ("Bo", "Hi", False), ("", "Þakka þér", True)]
    assert not notes.sentences()


def test_messengers_own_export(tmp_path: Path) -> None:
    sealed = {
        "participants": ["Ánna", "Desk"], "threadName": "Ánna_7",
        "messages": [
            {"senderName": "Ánna", "text": "Hæ", "timestamp": AT * 1000, "type": "text", "isUnsent": False},
            {"senderName": "Ánna", "text": "x", "timestamp": float("inf"), "type": "text"},
            {"senderName": "Ánna", "text": "y", "timestamp": 10**400, "type": "text"},
            {"senderName": "Ánna", "text": "gone", "timestamp": AT * 1000, "isUnsent": True},
            {"senderName": "Desk", "text": "Hó", "timestamp": AT * 1000 + 5_000, "type": "text"},
        ],
    }  # fmt: skip
    entries, _ = read(zipped(tmp_path / "messages.zip", {"Ánna_7.json": sealed, "media/x.jpg": b"\xff\xd8\xff"}))
    assert [(entry.item.text, entry.item.out) for entry in entries if entry.item] == [("Hó", True), ("Hæ", False)]
    assert [entry.left_out for entry in entries if entry.left_out] == ["deleted", "system", "system"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("your_facebook_activity/messages/inbox/anna_1/message_1.html", "Facebook or Instagram"),
        ("ChatExport/messages.html", "Telegram"),
    ],
)
def test_web_pages_are_asked_for_as_json(imports: Imports, tmp_path: Path, name: str, words: str) -> None:
    path = zipped(tmp_path / "x.zip", {name: "<html>", "ChatExport/css/style.css": ""})
    with pytest.raises(UserError, match=words) as caught:
        imports.preview(path)
    assert "as JSON" in str(caught.value)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<!DOCTYPE html>\n<html><head><title>Exported Data</title></head><body><div class=page_wrap>", "Telegram"),
        ('<html><head><title>Anna</title></head><body><div class="pam _3-95 _2ph- _a6-g">', "Facebook or Instagram"),
    ],
)
def test_one_page_of_them_too(imports: Imports, tmp_path: Path, html: str, words: str) -> None:
    (tmp_path / "messages.html").write_text(html)
    with pytest.raises(UserError, match=f"{words} as web pages"):
        imports.preview(tmp_path / "messages.html")


@given(st.text())
def test_what_was_meant_is_what_is_read(text: str) -> None:
    sound = text.encode("utf-8", "ignore").decode()
    assert repaired(broken(sound)) == sound


def test_what_is_no_such_text_stays() -> None:
    assert repaired("Þóra, 🙂") == "Þóra, 🙂"
    assert repaired("caf\xe9") == "caf\xe9"


def post(number: int, html: str, *, answers: str = "", to: str = "as:Public") -> dict[str, Any]:
    """A post as ActivityStreams has it."""
    note = {
        "id": f"https://m.example/users/desk/statuses/{number}", "type": "Note", "summary": None, "content": html,
        "inReplyTo": answers or None, "published": "2026-11-28T10:00:00Z", "to": [to], "cc": [], "attachment": [],
        "url": f"https://m.example/@desk/{number}", "contentMap": {"is": html},
    }  # fmt: skip
    return {"type": "Create", "published": note["published"], "to": [to], "object": note}


def test_mastodons_archive(store: Store, imports: Imports, tmp_path: Path) -> None:
    home = "https://m.example/users/desk"
    outbox = {
        "@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json", "type": "OrderedCollection",
        "orderedItems": [
            post(1, '<p>Opið <a href="https://m.example/@a" class="u-url mention">@<span>a</span></a><br>í dag</p>'),
            post(2, "<p>Og á morgun</p>", answers=f"{home}/statuses/1"), post(3, "<p>Leyndarmál</p>", to=f"{home}/x"),
            {"type": "Announce", "object": "https://other.example/1"},
        ],
    }  # fmt: skip
    actor = {"id": home, "preferredUsername": "desk", "name": "Desk", "url": "https://m.example/@desk"}
    with tarfile.open(tmp_path / "archive.tar.gz", "w:gz") as archive:
        for name, held in (("outbox.json", outbox), ("actor.json", actor)):
            raw = json.dumps(held).encode()
            entry = tarfile.TarInfo(name)
            entry.size = len(raw)
            archive.addfile(entry, io.BytesIO(raw))
    done = imports.run(tmp_path / "archive.tar.gz")
    assert (done.new, done.left_out) == (3, {"shares": 1})
    rows = store.read.execute(
        "SELECT m.text, m.out, c.public FROM message m JOIN conversation c ON c.id = m.conversation_id ORDER BY m.id"
    ).fetchall()
    assert [tuple(row) for row in rows] == [
        ("Opið @a\ní dag", 1, 1), ("Og á morgun", 1, 1), ("Leyndarmál", 1, 0),
    ]  # fmt: skip
    assert store.read.execute("SELECT count(*) FROM conversation").fetchone()[0] == 2


def test_whom_we_follow_on_mastodon_become_members(store: Store, imports: Imports, tmp_path: Path) -> None:
    path = tmp_path / "following_accounts.csv"
    path.write_text("Account address,Show boosts,Notify on new posts,Languages\nanna@m.example,true,false,\n", "utf-8")
    assert imports.run(path).new == 1
    assert tuple(store.read.execute("SELECT kind, key FROM identity").fetchone()) == ("mastodon", "anna@m.example")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda held: (
        st.lists(held, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["messages", "participants", "name", "type", "id", "date_unixtime", "text", "content", "object",
                 "timestamp_ms", "sender_name", "orderedItems", "comment", "data", "string_map_data", "chats", "list"]
            ),
            held,
            max_size=5,
        )
    ),
    max_leaves=20,
)  # fmt: skip


@pytest.mark.parametrize(
    "name", ["result.json", "outbox.json", "messages/inbox/a_1/message_1.json", "comments/post_comments_1.json"]
)
@given(held=JSON)
def test_any_json_is_read_without_a_fault(tmp_path_factory: pytest.TempPathFactory, name: str, held: object) -> None:
    marks = {"messages": [held], "type": "message", "id": 1, "date_unixtime": "1", "participants": held,
             "@context": "activitystreams", "orderedItems": [held], "comments": [held]}  # fmt: skip
    path = zipped(tmp_path_factory.mktemp("j") / "x.zip", {name: marks})
    entries, _ = read(path)
    assert all((entry.item is None) != (entry.left_out == "") for entry in entries)
