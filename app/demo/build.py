"""Planting the demo community into a profile.

Messages go through the same intake as real ones. The rest is written here row by row, although other modules own those
tables: what is planted lies in the past, where no desk can act.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from app.base import clock, resources
from app.base.message import Author, Incoming
from app.base.paths import Profile
from app.demo import guides, kindness, upstream
from app.demo.planting import Plant, Planting
from app.demo.times import day, moment
from app.members.desk import reindex
from app.store.sqlite import Connection
from app.workbench import Workbench

COMMUNITY = "Sítróna"
ACCOUNTS = {
    "blog": ("wordpress", "Blog"),
    "forum": ("discourse", "Forum"),
    "facebook": ("facebook", "Facebook"),
    "instagram": ("instagram", "Instagram"),
    "mastodon": ("mastodon", "Mastodon"),
    "email": ("email", "E-mail"),
    "chat": ("discord", "Chat"),
    "in_person": ("in_person", "In person"),
}
_BY_HAND = {"facebook": "https://sitrona.example/facebook"}
"""Places where the person posts, and their pages."""
_PRIVATE = ("email", "in_person")


def throwaway() -> Profile:
    """A fresh profile in the system's folder for things that may vanish, with the demo in it."""
    profile = Profile(Path(tempfile.mkdtemp(prefix="rapport-demo-")))
    with taken_away_unless_whole(profile):
        build(profile)
    return profile


@contextmanager
def taken_away_unless_whole(profile: Profile) -> Iterator[None]:
    """What is made of a profile within the block goes again where the block is left by an error or by Ctrl+C.

    An empty community would look like one in which nobody waits. The folder goes too, where nothing else is in it.
    What was there before the block stays: a log without its file may hold words that are nowhere else.
    """
    names = [profile.file.with_name(profile.file.name + ending) for ending in ("", "-wal", "-shm")]
    ours = [name for name in names if not os.path.lexists(name)]
    try:
        yield
    except BaseException:
        for name in ours:
            name.unlink(missing_ok=True)
        with suppress(OSError):  # something else lies there, or it was never made
            profile.folder.rmdir()
        raise


def build(profile: Profile, now: int | None = None) -> None:
    """Write the demo community into an empty profile, as seen from `now` (Unix seconds)."""
    bench = Workbench(profile)
    try:
        with bench.store.write() as conn:
            planting = Planting(conn, clock.local(clock.now() if now is None else now))
            _accounts(planting)
            guides.plant(planting)
            conversations = resources.tables("demo", "conversations_*.toml", "conversation")
            _talk(bench, planting, conversations)
            _people(planting)
            for told in conversations:
                _standing(planting, told)
                kindness.plant(planting, told)
                upstream.plant(planting, told)
            kindness.plant_budget(planting)
            upstream.plant_limits(planting)
    finally:
        bench.close()


def _accounts(planting: Planting) -> None:
    for key, (kind, name) in ACCOUNTS.items():
        made = planting.conn.execute(
            "INSERT INTO account (kind, name, mode, own, speaks_as, fields, created_at, ok_at)"
            " VALUES (?, ?, ?, 'us', ?, json_object('page', ?), ?, ?)",
            (kind, name, "assisted" if key in _BY_HAND else "demo", COMMUNITY, _BY_HAND.get(key, ""),
             moment("-430d", planting.now), moment("-4m", planting.now)),
        )  # fmt: skip
        planting.accounts[key] = int(made.lastrowid or 0)
    for key, value in (("community", COMMUNITY), ("speaks_as", COMMUNITY), ("currency", "EUR")):
        planting.conn.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, value))


def _talk(bench: Workbench, planting: Planting, conversations: list[Plant]) -> None:
    planting.people = {who["key"]: who for who in resources.tables("demo", "members_*.toml", "member")}
    planting.posts = {post["key"]: post for post in resources.table("demo", "posts.toml")["post"]}
    for key, number in planting.accounts.items():
        items = [item for told in conversations if told["account"] == key for item in _messages(planting, told)]
        bench.intake.take(number, sorted(items, key=lambda item: item.at))
    rows = planting.conn.execute("SELECT remote_id, id FROM conversation")
    planting.conversations = {row[0]: row[1] for row in rows}
    planting.templates = dict(planting.conn.execute("SELECT key, id FROM template").fetchall())
    for told in conversations:
        for place, said in enumerate(told["message"]):
            if said.get("template") in planting.templates:
                _used(planting, told, place, said)


def _messages(planting: Planting, told: Plant) -> list[Incoming]:
    post = planting.posts.get(told.get("post", ""), {})
    account = told["account"]
    return [
        Incoming(
            remote_id=f"{told['key']}-{place}",
            at=moment(said["at"], planting.now) + place % 60,
            text=said["text"].strip(),
            author=_author(planting, said["from"], account),
            out=said["from"] == "us",
            thread=told["key"],
            title=told["title"],
            post_title=post.get("title", ""),
            post_url=post.get("url", ""),
            post_text=post.get("text", ""),
            upstream=said.get("upstream", ""),
            url=f"{post['url']}#{told['key']}" if post else "",
            public=told.get("public", account not in _PRIVATE),
            language="" if said["from"] == "us" else planting.people[said["from"]].get("language", ""),
            kind="offline" if account == "in_person" and said["from"] != "us" else "said",
        )
        for place, said in enumerate(told["message"])
    ]


def _author(planting: Planting, key: str, account: str) -> Author:
    if key == "us":
        return Author("us", COMMUNITY, COMMUNITY)
    who = planting.people[key]
    handle = who["identities"].get(account, who["name"])
    return Author(handle.casefold(), handle, who["name"])


def _used(planting: Planting, told: Plant, place: int, said: Plant) -> None:
    template = planting.templates[said["template"]]
    message = planting.conn.execute(
        "SELECT id, at FROM message WHERE remote_id = ?", (f"{told['key']}-{place}",)
    ).fetchone()
    planting.conn.execute("UPDATE message SET template_id = ? WHERE id = ?", (template, message[0]))
    who = next((said["from"] for said in told["message"] if said["from"] != "us"), None)
    planting.conn.execute(
        "INSERT INTO template_use (template_id, language, variant, member_id, conversation_id, at)"
        " VALUES (?, ?, 'A', NULL, ?, ?)",
        (
            template,
            planting.people[who].get("language", "") if who else "",
            planting.conversations[told["key"]],
            message[1],
        ),
    )


def _people(planting: Planting) -> None:
    """One member per person: the names that intake made on each channel move to the first of them."""
    kinds = {key: kind for key, (kind, _) in ACCOUNTS.items()}
    conn = planting.conn
    for key, who in planting.people.items():
        found = []
        for account, handle in {"in_person": who["name"], **who["identities"]}.items():
            row = conn.execute(
                "SELECT id, member_id FROM identity WHERE kind = ? AND key = ?", (kinds[account], handle.casefold())
            ).fetchone()
            if row:
                found.append(tuple(row))
            elif account != "in_person":
                found.append((None, None, kinds[account], handle))
        member = next((row[1] for row in found if row[1]), None) or _new_member(planting, who)
        planting.members[key] = member
        for row in found:
            _own(conn, row, member, who["name"])
        _describe(planting, who, member)


def _new_member(planting: Planting, who: Plant) -> int:
    made = planting.conn.execute(
        "INSERT INTO member (name, created_at) VALUES (?, ?)", (who["name"], int(planting.now.timestamp()))
    )
    return int(made.lastrowid or 0)


def _own(conn: Connection, row: tuple[Any, ...], member: int, name: str) -> None:
    if row[0] is None:
        conn.execute(
            "INSERT INTO identity (kind, handle, key, name, member_id, home_id) VALUES (?, ?, ?, ?, ?, ?)",
            (row[2], row[3], row[3].casefold(), name, member, member),
        )
    elif row[1] != member:
        conn.execute("UPDATE identity SET member_id = ?, home_id = ? WHERE id = ?", (member, member, row[0]))
        for edge in ("first_at = (SELECT min(first_at)", "last_at = (SELECT max(last_at)"):
            conn.execute(
                f"UPDATE member SET {edge} FROM member WHERE id IN (?, ?)) WHERE id = ?", (member, row[1], member)
            )
        conn.execute("DELETE FROM member_index WHERE rowid = ?", (row[1],))
        conn.execute("DELETE FROM member WHERE id = ?", (row[1],))


def _describe(planting: Planting, who: Plant, member: int) -> None:
    line, postal_code, city, country = (*who.get("address", ()), "", "", "", "")[:4]
    planting.conn.execute(
        "UPDATE member SET name = ?, language = ?, kind = ?, greeting = ?, fits = ?, fits_why = ?, note = ?,"
        " city = ?, recipient = ?,"
        " address_1 = ?, postal_code = ?, country = ?, email = ?, company = ? WHERE id = ?",
        (
            who["name"], who.get("language", ""), who.get("kind", "customer"), who.get("greeting", ""),
            who.get("fits", False),
            who.get("fits_why", ""), who.get("note", "").strip(), city or who.get("city", ""),
            who["name"] if line else "", line,
            postal_code, country, who["identities"].get("email", ""), who.get("company", ""), member,
        ),
    )  # fmt: skip
    reindex(planting.conn, member)


def _standing(planting: Planting, told: Plant) -> None:
    """What the manager decided about a conversation: done, put aside, marked, labelled. Nothing old is left open."""
    number = planting.conversations[told["key"]]
    snoozed = moment(told["snoozed"], planting.now) if told.get("snoozed") else None
    recent = max(moment(said["at"], planting.now) for said in told["message"])
    planting.conn.execute(
        "UPDATE conversation SET closed = ?, done_at = ?, snoozed_until = ?, unhappy = ?, hard = ?,"
        " unread = CASE WHEN ? OR last_out THEN 0 ELSE min(unread, 1) END WHERE id = ?",
        (
            told.get("done", False), recent + 60 if told.get("done") else None, snoozed, told.get("unhappy", False),
            told.get("hard", False), bool(told.get("done")), number,
        ),
    )  # fmt: skip
    for name in told.get("labels", ()):
        planting.conn.execute("INSERT OR IGNORE INTO label (name) VALUES (?)", (name,))
        planting.conn.execute(
            "INSERT OR IGNORE INTO conversation_label (conversation_id, label_id) SELECT ?, id FROM label"
            " WHERE name = ?",
            (number, name),
        )


__all__ = ["ACCOUNTS", "COMMUNITY", "Planting", "build", "day", "taken_away_unless_whole", "throwaway"]
