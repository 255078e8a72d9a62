from __future__ import annotations

import threading
from pathlib import Path

import pytest

from app.actions import Actions
from app.base.errors import UserError
from app.imports import Options
from app.imports import messages as chunks
from app.imports.desk import Imports
from app.search import Search
from app.store.store import Store
from tests.app.imports.conftest import OWN, Write, counts, mail, mbox

MINE = Options(own=(OWN,))


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in store.read.execute(sql)]


def index_is_sound(store: Store) -> bool:
    """The index holds nothing of messages that are not there, and the file is whole."""
    with store.write() as conn:
        conn.execute("INSERT INTO message_index (message_index) VALUES ('integrity-check')")
    known = {row[0] for row in rows(store, "SELECT id FROM message")}
    # every word of the index leads to a message that is there
    for letter in "abcdefghijklmnopqrstuvwxyz0123456789αλο":
        found = rows(store, f"SELECT rowid FROM message_index WHERE message_index MATCH '\"{letter}\"*'")
        if not {row[0] for row in found} <= known:
            return False
    return rows(store, "PRAGMA integrity_check") == [("ok",)] and not rows(store, "PRAGMA foreign_key_check")


def test_an_mbox_comes_in_once_in_threads(store: Store, imports: Imports, write: Write) -> None:
    path = write("box", mbox(mail(1), mail(2, "Já", sender=OWN, answers=1), mail(3, "Takk", answers=2)))
    first = imports.run(path, MINE)
    assert (first.new, first.known, first.rejected) == (3, 0, 0)
    assert rows(store, "SELECT count(*), max(messages) FROM conversation") == [(1, 3)]
    assert rows(store, "SELECT out FROM message ORDER BY at") == [(0,), (1,), (0,)]
    before = counts(store)
    again = imports.run(path, MINE)
    assert (again.new, again.known) == (0, 3)
    assert counts(store) == before
    assert len(Actions(store).last(5)) == 1


def test_the_preview_tells_and_writes_nothing(store: Store, imports: Imports, write: Write) -> None:
    path = write("box", mbox(*(mail(number) for number in range(5))))
    seen = imports.preview(path)
    assert (seen.kind, seen.total, seen.new, seen.known, seen.own) == ("mbox", 5, 5, 0, OWN)
    assert len(seen.rows) == 5
    assert not any(counts(store).values())
    imports.run(path)
    assert imports.preview(path).known == 5


def test_a_dry_run_counts_and_writes_nothing(store: Store, imports: Imports, write: Write) -> None:
    path = write("box", mbox(mail(1), mail(1), mail(2)))
    done = imports.run(path, Options(dry_run=True))
    assert (done.new, done.known) == (2, 1)
    assert "would be imported" in done.sentence
    assert not any(counts(store).values())


def test_maildir_and_folder_and_one_mail_are_the_same_mails(imports: Imports, tmp_path: Path) -> None:
    (tmp_path / "md" / "cur").mkdir(parents=True)
    (tmp_path / "md" / ".Sent" / "new").mkdir(parents=True)
    (tmp_path / "md" / "cur" / "1704103200.a.host:2,S").write_bytes(mail(1))
    (tmp_path / "md" / ".Sent" / "new" / "1704103201.b.host").write_bytes(mail(2, sender=OWN, answers=1))
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "a.eml").write_bytes(mail(1))
    (tmp_path / "e" / "b.eml").write_bytes(mail(3))
    assert imports.run(tmp_path / "md", MINE).new == 2
    assert imports.run(tmp_path / "e", MINE).new == 1
    assert "b.eml is a single mail, for “" in imports.preview(tmp_path / "e" / "b.eml", MINE).sentence
    assert imports.run(tmp_path / "e" / "b.eml", MINE).known == 1


def test_unreadable_mail_comes_in_as_such_with_its_bytes(store: Store, imports: Imports, write: Write) -> None:
    broken = b"X-Odd: 1\n\n\x00\xff\xfe"
    assert imports.run(write("box", mbox(mail(1), broken, mail(2))), MINE).new == 3
    assert rows(
        store, "SELECT count(*) FROM message m JOIN raw r ON r.message_id = m.id WHERE kind = 'unreadable'"
    ) == [(1,)]


def test_undo_takes_all_of_it_back_and_only_that(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("old", mbox(mail(1, "old lemon"), mail(4, "alone", sender="bo@example.is"))), MINE)
    before, standing = counts(store), rows(store, "SELECT * FROM conversation ORDER BY id")
    members = rows(store, "SELECT * FROM member ORDER BY id")
    done = imports.run(
        write("new", mbox(mail(2, "new word", answers=1), mail(3, "χυμός", sender="ny@example.is"))), MINE
    )
    assert counts(store) != before
    actions = Actions(store, lambda: imports)
    assert actions.undo().title == "Imported new"
    assert counts(store) == before
    assert rows(store, "SELECT * FROM conversation ORDER BY id") == standing
    assert rows(store, "SELECT * FROM member ORDER BY id") == members
    assert index_is_sound(store)
    assert imports.run(write("new", mbox(mail(2, "new word", answers=1))), MINE).new == 1
    with pytest.raises(UserError, match="already been undone"):
        imports.undo_batch(int(done.batch_id or 0))


def test_undo_keeps_what_the_person_has_built_on(store: Store, imports: Imports, write: Write) -> None:
    done = imports.run(write("box", mbox(mail(1), mail(2, sender="bo@example.is"))), MINE)
    with store.write("Logged a gift") as conn:
        conn.execute(
            "INSERT INTO gift (member_id, conversation_id, item, why, worth, currency, state_at, created_at)"
            " SELECT i.member_id, c.id, 'mug', 'kind', 900, 'EUR', 1, 1 FROM conversation c JOIN identity i"
            " ON i.id = c.identity_id WHERE i.key = 'anna@example.is'"
        )
    imports.undo_batch(int(done.batch_id or 0))
    assert rows(store, "SELECT text FROM message") == [("Góðan dag",)]
    assert rows(store, "SELECT name FROM member") == [("Anna",)]
    assert index_is_sound(store)


def test_cancel_keeps_what_was_written_and_going_on_completes_it(
    store: Store, imports: Imports, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "CHUNK", 100)
    monkeypatch.setattr("app.imports.desk._PROGRESS_ROWS", 50)
    path, stop = write("box", mbox(*(mail(number) for number in range(1_000)))), threading.Event()
    seen: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> None:
        seen.append((done, total))
        if done > total / 3:
            stop.set()

    done = imports.run(path, MINE, watch, stop)
    assert done.stopped
    assert 0 < done.new < 1_000
    assert rows(store, "SELECT count(*) FROM message") == [(done.new,)]
    assert "To undo that" in done.sentence
    rest = imports.run(path, MINE)
    assert rest.new == 1_000 - done.new
    assert seen == sorted(seen)


def test_a_table_of_messages_with_rejects_and_back_again(imports: Imports, write: Write) -> None:
    path = write(
        "comments.csv", 'author,text,date\nÁsta,Hæ,2024-03-05 10:00\nBo,,2024-03-05\nCy,Hi,soon\nDi,"a\nb",2024-03-06\n'
    )
    done = imports.run(path)
    assert (done.new, done.rejected) == (2, 2)
    assert done.rejected_file is not None
    kept = done.rejected_file.read_text("utf-8-sig").splitlines()
    assert kept[0] == "author,text,date,errors"
    assert "the text is blank" in kept[1]
    assert "soon" in kept[2]
    assert done.rejected_file.stat().st_mode & 0o777 == 0o600
    done.rejected_file.write_text(done.rejected_file.read_text("utf-8-sig").replace("soon", "2024-03-07"), "utf-8")
    second = imports.run(done.rejected_file)
    assert (second.new, second.rejected) == (1, 1)
    assert imports.run(path).new == 0


def test_rows_name_their_channel_and_direction(store: Store, imports: Imports, write: Write) -> None:
    text = "channel,direction,author,text,sent_at,conversation_id\nInstagram,in,Ana,hello,2024-01-01,7\n"
    text += "Instagram,out,Us,hi Ana,2024-01-02,7\nBlog,in,Ana,nice,2024-01-03,\n"
    assert imports.run(write("mixed.csv", text)).new == 3
    assert rows(store, "SELECT name, kind FROM account ORDER BY id") == [
        ("Instagram", "instagram"),
        ("Blog", "wordpress"),
    ]
    assert rows(store, "SELECT messages, last_out FROM conversation ORDER BY id") == [(2, 1), (1, 0)]


def test_a_table_in_an_old_code_shows_how_it_could_read(imports: Imports, write: Write) -> None:
    text = "Jméno;Datum;Zpráva\nJiří Žák;31.12.2023;Kde koupím šťávu?\n"
    seen = imports.preview(write("zpravy.csv", text.encode("cp1250")))
    assert seen.encoding == "cp1250"
    assert {code for code, _ in seen.encodings} >= {"cp1250", "cp1252", "cp1253", "iso8859-7"}
    assert seen.rows[0][0] == "Jiří Žák"
    assert seen.dates == "day, month, year"


def test_a_column_that_is_missing_is_asked_for_and_the_answer_remembered(imports: Imports, write: Write) -> None:
    path = write("odd.csv", "wer,wann genau,was\nAna,2024-01-01,hello\n")
    assert imports.preview(path).missing
    with pytest.raises(UserError, match="--map"):
        imports.run(path)
    chosen = {"wer": "author", "wann genau": "at", "was": "text"}
    assert imports.run(path, Options(mapping=chosen)).new == 1
    assert imports.preview(path).missing == ()
    assert imports.run(write("odd2.csv", "was,wer,wann genau\nbye,Ana,2024-01-02\n")).new == 1


def test_members_merge_by_address_and_a_blank_overwrites_nothing(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("box", mbox(mail(1))), MINE)
    path = write(
        "hub.csv",
        "First Name,Last Name,Email,City,Instagram\nAnna,Jónsdóttir,ANNA@example.is,Akureyri,@anna\nBo,Ek,bo@x.is,,\n",
    )
    assert imports.preview(path).known == 1
    done = imports.run(path)
    assert (done.new, done.known, done.changed) == (1, 1, 1)
    imports.run(write("hub2.csv", "Name,Email,City,Notes\nAnna Jónsdóttir,anna@example.is,,likes rhubarb\n"))
    assert rows(store, "SELECT name, city, note FROM member WHERE id = 1") == [
        ("Anna Jónsdóttir", "Akureyri", "likes rhubarb")
    ]
    assert rows(store, "SELECT count(*) FROM member") == [(2,)]
    imports.undo_batch(int(done.batch_id or 0))
    assert rows(store, "SELECT name, city FROM member") == [("Anna", "")]


def test_the_same_members_again_add_nothing_even_without_an_address(imports: Imports, write: Write) -> None:
    path = write("people.csv", "Name,Phone,City\nAnna Jóns,+354 555,Höfn\nBo,,\n")
    assert imports.run(path).new == 2
    again = imports.run(path)
    assert (again.new, again.known, again.changed) == (0, 2, 0)


def test_a_member_who_cannot_be_an_address_is_rejected(imports: Imports, write: Write) -> None:
    done = imports.run(write("p.csv", "Name,Email,Phone\nA,not an address,\nB,,1.23E+19\nC,c@x.is,\n"))
    assert (done.new, done.rejected) == (1, 2)


def test_mail_goes_on_in_the_only_mail_account(store: Store, imports: Imports, write: Write) -> None:
    with store.write() as conn:
        conn.execute("INSERT INTO account (kind, name, own, created_at) VALUES ('email', 'Post', ?, 0)", (OWN,))
    assert imports.preview(write("box", mbox(mail(1)))).channel == "Post"
    imports.run(write("box", mbox(mail(1), mail(2, sender=OWN, answers=1))))
    assert rows(store, "SELECT name, mode FROM account") == [("Post", "live")]
    assert rows(store, "SELECT last_out FROM conversation") == [(1,)]


def test_search_finds_what_came_in_without_accents(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("box", mbox(mail(1, "Sítrónulímonaði í Reykjavík"))), MINE)
    assert Search(store).messages("sitronu reykja")


def test_a_personal_export_is_our_own_side_of_the_talk(store: Store, imports: Imports, write: Write) -> None:
    header = "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text\n"
    row = 'c1,UC1,2024-01-01T10:00:00Z,0,,v1,"{""takeoutSegments"":[{""text"":""Takk ""},{""text"":""fyrir""}]}"\n'
    assert imports.run(write("comments.csv", header + row)).new == 1
    assert rows(store, "SELECT remote_id, out, text FROM message") == [("c1", 1, "Takk fyrir")]
    assert rows(store, "SELECT kind FROM account") == [("youtube",)]
    posts = "topic_title,categories,is_pm,post_raw,post_cooked,like_count,reply_count,url,created_at\n"
    posts += "Hi,,No,Hello,,0,0,http://x/1,2024-01-01 10:00:00 UTC\n"
    assert imports.run(write("user_archive.csv", posts)).new == 1


def test_members_of_a_forum_keep_their_names_there(store: Store, imports: Imports, write: Write) -> None:
    imports.run(
        write(
            "list.csv",
            "id,name,username,email,title,created_at,last_seen_at,group_names\n1,Ana,ana1,a@x.is,,2024-01-01,,\n",
        )
    )
    assert rows(store, "SELECT kind, key FROM identity ORDER BY kind") == [("discourse", "ana1"), ("email", "a@x.is")]
