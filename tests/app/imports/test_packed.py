"""Tables where services put them: in archives, in parts; and every table of a service is known by its header."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from app.base.errors import UserError
from app.imports import Options, mapping
from app.imports.desk import Imports
from app.imports.recognise import TABLE, recognise
from app.store.store import Store
from tests.app.imports.conftest import mail, mbox

YOUTUBE = "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text"
NEWER = f"{YOUTUBE},Post ID,Top-level comment ID"
FORUM = "topic_title,categories,is_pm,post_raw,post_cooked,like_count,reply_count,url,created_at"
PEOPLE = "id,name,username,email,title,created_at,last_seen_at,last_posted_at,ip_address,group_names"
GOOGLE = "First Name,Middle Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value,Organization Name"
OLDER = "Name,Given Name,Additional Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,Organization 1 - Name"
HUBSPOT = "First Name,Last Name,Email,Phone Number,Company Name,Job Title,Website URL,City,Country/Region"
ORBIT = (
    "name,email,github,twitter,linkedin,discord,bio,birthday,company,title,location,pronouns,shipping_address,tshirt,url,"
    "avatar_url,teammate,tags"
)


@pytest.mark.parametrize(
    ("line", "personal", "fields"),
    [
        (YOUTUBE, "youtube", {"remote_id", "at", "text", "parent"}),
        (NEWER, "youtube", {"remote_id", "at", "text", "parent", "thread"}),
        (NEWER.upper(), "youtube", {"remote_id", "at", "text", "parent", "thread"}),
        (FORUM, "discourse", {"title", "text", "url", "at"}),
    ],
)
def test_what_we_wrote_there(line: str, personal: str, fields: set[str]) -> None:
    layout = mapping.guess(line.split(","))
    assert (layout.holds, layout.personal) == (mapping.MESSAGES, personal)
    assert fields <= set(layout.fields)
    assert not mapping.missing(layout)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (PEOPLE, {"on:discourse", "name", "email"}),
        ("Account address,Show boosts,Notify on new posts,Languages", {"on:mastodon"}),
        (GOOGLE, {"first_name", "middle_name", "last_name", "email", "phone", "company"}),
        (OLDER, {"name", "first_name", "last_name", "email", "company"}),
        (HUBSPOT, {"first_name", "last_name", "email", "phone", "company", "job_title", "website", "city", "country"}),
        (ORBIT, {"name", "email", "on:github", "on:x", "on:linkedin", "on:discord", "note", "company", "job_title"}),
    ],
)
def test_people_there(line: str, fields: set[str]) -> None:
    layout = mapping.guess(line.split(","))
    assert layout.holds == mapping.MEMBERS
    assert fields <= set(layout.fields)
    assert "ip_address" not in layout.fields
    assert not mapping.missing(layout)


def comment(number: int, text: str) -> str:
    held = json.dumps({"takeoutSegments": [{"text": text}, {"text": "!"}]}, ensure_ascii=False).replace('"', '""')
    return f'c{number},UC1,2026-11-28T10:0{number}:00+00:00,,,v1,"{held}",,\n'


def test_youtubes_takeout_in_its_archive_and_in_parts(store: Store, imports: Imports, tmp_path: Path) -> None:
    path, folder = tmp_path / "takeout.zip", "Takeout/YouTube and YouTube Music"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            f"{folder}/subscriptions/subscriptions.csv", "Channel Id,Channel Url,Channel Title\nU,x,Kert\n"
        )
        archive.writestr(f"{folder}/comments/comments(1).csv", f"\ufeff{NEWER}\n{comment(2, 'Köszi')}")
        archive.writestr(f"{folder}/comments/comments.csv", f"\ufeff{NEWER}\n{comment(1, 'Þakka')}".rstrip("\n"))
    assert recognise(path).kind == TABLE
    done = imports.run(path)
    assert (done.new, done.rejected) == (2, 0)
    rows = store.read.execute("SELECT text, out FROM message ORDER BY at").fetchall()
    assert [tuple(row) for row in rows] == [("Þakka!", 1), ("Köszi!", 1)]
    assert store.read.execute("SELECT kind FROM account").fetchone()["kind"] == "youtube"
    assert imports.run(path).known == 2


def test_a_forums_archive_as_a_folder(imports: Imports, tmp_path: Path) -> None:
    top = tmp_path / "user_archive-desk"
    top.mkdir()
    (top / "user_archive.csv").write_text(
        f"{FORUM}\nTea,Kert,No,Hello all,<p>Hello all</p>,1,0,https://f.example/1,2026-11-28\n"
    )
    (top / "badges.csv").write_text("badge_id,badge_name,granted_at\n1,Basic,2026-11-28\n")
    assert imports.preview(top).new == 1
    assert imports.run(top, Options(channel="Forum")).new == 1


def test_what_gzip_packed(imports: Imports, tmp_path: Path) -> None:
    (tmp_path / "people.csv.gz").write_bytes(gzip.compress(b"name,email\nAnna,anna@example.org\n"))
    (tmp_path / "box.mbox.gz").write_bytes(gzip.compress(mbox(mail(1), mail(2))))
    assert imports.run(tmp_path / "people.csv.gz").new == 1
    assert imports.run(tmp_path / "box.mbox.gz").new == 2


def test_a_folder_of_several_tables_is_not_guessed(imports: Imports, tmp_path: Path) -> None:
    top = tmp_path / "downloads"
    top.mkdir()
    (top / "a.csv").write_text("name,email\nAnna,a@example.org\n")
    (top / "b.csv").write_text("author,text,date\nAnna,Hi,2026-01-01\n")
    with pytest.raises(UserError, match="nothing that Rapport imports"):
        imports.preview(top)
