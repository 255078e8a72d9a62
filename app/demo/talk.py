"""The demo's conversations: messages, later edits and deletions, and the person's decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.base import clock, resources
from app.base.message import Addressee, Attached, Author, Incoming
from app.demo.people import author_key
from app.demo.planting import Plant, Planting, first_speaker, message_key
from app.inbox import Query, links
from app.inbox.conversations import name_speakers
from app.intake.messages import correct, set_template
from app.mail import mailboxes
from app.mail.forwarding import Original, block
from app.outbox.reach import identity_at
from app.templates import note_use

COMMUNITY = "Sítróna"
OWN = ("hello@sitrona.example", "marta@sitrona.example")
"""The addresses of the e-mail account."""
_PRIVATE = ("email", "in_person", "whatsapp")
_LETTERS = ("email",)
"""Accounts whose messages belong together by what they answer."""

_VIEWS = (("Parcels", "", "parcel"), ("Broken glass", "broken", ""))
"""Saved views: name, the words of the search, label."""


def plant(planting: Planting) -> None:
    """Store all messages, account by account, through intake, like those of channels."""
    posts = {post["key"]: post for post in resources.table("demo", "posts.toml")["post"]}
    for key, account in planting.accounts.items():
        talks = [talk for talk in planting.talks if talk["account"] == key]
        items = [item for talk in talks for item in _messages(planting, talk, posts.get(talk.get("post", ""), {}))]
        for late in (False, True):  # a letter that came late joins what was two conversations until then
            began = [
                item._replace(text=entry.get("before", item.text))
                for entry, item in items
                if entry.get("late", False) is late
            ]
            planting.bench.intake.take(account, sorted(began, key=lambda item: item.at))
        for at, item in sorted(_changes(planting, items), key=lambda change: change[0]):
            planting.bench.intake.take(account, [item], at=at)
    _look_up(planting)
    _correct(planting)
    _link(planting)
    _note_templates(planting)


def _messages(planting: Planting, talk: Plant, post: Plant) -> list[tuple[Plant, Incoming]]:
    """Return the current messages of a conversation, each with its entry in the file."""
    account = talk["account"]
    is_letter = account in _LETTERS
    return [
        (
            entry,
            Incoming(
                remote_id=message_key(talk, index),
                at=planting.moment(entry["at"]) + index % 60,
                text=_text(planting, talk, entry),
                author=_author(planting, entry["from"], account),
                out=entry["from"] == "us",
                thread="" if is_letter else talk["key"],
                refs=(message_key(talk, index - 1),) if is_letter and index else (),
                parent=message_key(talk, index - 1) if is_letter and index else "",
                letter=message_key(talk, index) if is_letter else "",
                title=entry.get("subject", talk["title"]),
                post_title=post.get("title", ""),
                post_url=post.get("url", ""),
                post_text=post.get("text", ""),
                upstream=entry.get("upstream", ""),
                url=f"{post['url']}#{talk['key']}" if post else "",
                public=talk.get("public", account not in _PRIVATE),
                language="" if entry["from"] == "us" else planting.people[entry["from"]].get("language", ""),
                kind="offline" if account == "in_person" and entry["from"] != "us" else "said",
                attached=tuple(_file(file) for file in entry.get("files", ())),
                **_envelope(planting, entry),
            ),
        )
        for index, entry in enumerate(talk["message"])
    ]


def _text(planting: Planting, talk: Plant, entry: Plant) -> str:
    """Return a message's words, and below them the message that it forwards.

    Where it quotes one of this conversation, `{when}` is the time of that, written as `when` says.
    """
    words: str = entry["text"].strip()
    if "quotes" in entry:
        at = planting.moment(talk["message"][entry["quotes"]]["at"])
        words = words.replace("{when}", f"{clock.local(at):{entry['when']}}")
    if "forwards" not in entry:
        return words
    key, _, index = entry["forwards"].rpartition("-")
    other = next(talk for talk in planting.talks if talk["key"] == key)
    forwarded = other["message"][int(index)]
    author = _author(planting, forwarded["from"], other["account"])
    sender = f"{author.name} <{author.handle}>" if "@" in author.handle else author.name
    inside = Original(sender, planting.moment(forwarded["at"]), other["title"], forwarded["text"].strip())
    return f"{words}\n\n{block(inside, entry.get('language', 'en'))}"


def _file(file: Plant) -> Attached:
    return Attached(file["name"], file["type"], file["text"].strip().encode() + b"\n")


def _envelope(planting: Planting, entry: Plant) -> dict[str, Any]:
    """Return whom a letter names, where the file says so: people by their keys, "us", or addresses."""
    if "to" not in entry:
        return {}
    named = [
        Addressee(role, name, address)
        for role in ("to", "cc")
        for whom in entry.get(role, ())
        for name, address in [_mailbox(planting, whom)]
    ]
    alias = next((box.address for box in named if box.address in OWN), "")
    return {
        "named": tuple(named), "to": tuple(box.address.lower() for box in named),
        "mailing_list": entry.get("list", ""), "alias": alias,
    }  # fmt: skip


def _mailbox(planting: Planting, whom: str) -> tuple[str, str]:
    """Return the name and address of a person's key, of "us", or of a mailbox as it is written."""
    if whom == "us":
        return "", OWN[0]
    if whom in planting.people:
        return planting.people[whom]["name"], planting.people[whom]["identities"]["email"]
    return mailboxes.addresses(whom)[0]


def _author(planting: Planting, key: str, account: str) -> Author:
    if key == "us":
        return Author("us", COMMUNITY, COMMUNITY)
    who = planting.people[key]
    handle = who["identities"].get(account, who["name"])
    return Author(author_key(handle), handle, who["name"])


def _changes(planting: Planting, items: Iterable[tuple[Plant, Incoming]]) -> Iterator[tuple[int, Incoming]]:
    """Yield members' edits, and deletions, each with its time (Unix seconds)."""
    for entry, item in items:
        if "edited" in entry and not item.out:
            yield planting.moment(entry["edited"]), item
        if "gone" in entry:
            yield planting.moment(entry["gone"]), item._replace(gone=True)


def _look_up(planting: Planting) -> None:
    """Look up the ids of messages and conversations by the keys in the files."""
    with planting.bench.store.write() as conn:
        rows = conn.execute("SELECT remote_id, id, conversation_id FROM message").fetchall()
    planting.messages = {name: number for name, number, _ in rows}
    planting.conversations = {name.rpartition("-")[0]: conversation for name, _, conversation in rows}


def _correct(planting: Planting) -> None:
    """Correct those of our own messages that have other words by now, as the outbox does that sent none of these."""
    with planting.bench.store.write() as conn:
        for talk in planting.talks:
            for index, entry in enumerate(talk["message"]):
                if "edited" in entry and entry["from"] == "us":
                    message = planting.messages[message_key(talk, index)]
                    correct(conn, message, entry["text"].strip(), planting.moment(entry["edited"]))


def _link(planting: Planting) -> None:
    """Link conversations about one matter, and name whom those that we began are with."""
    for talk in planting.talks:
        number = planting.conversations[talk["key"]]
        with planting.bench.store.write() as conn:
            for why in ("private", "forward"):
                if why in talk:
                    links.insert(conn, planting.conversations[talk[why]], number, why)
            whom = next(iter(talk["message"][0].get("to", ())), "")
            if first_speaker(talk) is None and whom in planting.people:
                address = planting.people[whom]["identities"][talk["account"]]
                known = identity_at(conn, planting.bench.accounts.get(planting.accounts[talk["account"]]).kind, address)
                if known.identity_id is not None:
                    name_speakers(conn, [(number, known.identity_id)])


def _note_templates(planting: Planting) -> None:
    """Record which of our replies were made from a template.

    Normally the outbox does that when it sends, but these replies were never sent by it.
    """
    keys = {template.key: template.id for template in planting.bench.templates.all()}
    with planting.bench.store.write() as conn:
        for talk in planting.talks:
            whom = planting.people.get(first_speaker(talk) or "", {})
            for index, entry in enumerate(talk["message"]):
                if "template" in entry:
                    message, template = planting.messages[message_key(talk, index)], keys[entry["template"]]
                    set_template(conn, message, template)
                    at = planting.moment(entry["at"]) + index % 60
                    conversation = planting.conversations[talk["key"]]
                    member = planting.members.get(first_speaker(talk) or "")
                    note_use(conn, template, whom.get("language", ""), "A", member, conversation, at)


def plant_decisions(planting: Planting) -> None:
    """Apply the person's decisions: done, snoozed, marked, labelled; reopen what is not listed as done.

    What thanks closed stays closed. A question that nobody answered comes back.
    """
    inbox, numbers = planting.bench.inbox, planting.conversations
    came_in_done = {ref.id for ref in inbox.refs(Query("done"), limit=len(planting.talks))}
    came_in_done -= {ref.id for ref in inbox.refs(Query("closed_itself"), limit=len(planting.talks))}
    inbox.reopen(came_in_done - {numbers[talk["key"]] for talk in planting.talks if talk.get("done")})
    for talk in planting.talks:
        if talk.get("done"):
            inbox.done([numbers[talk["key"]]], at=max(planting.moment(entry["at"]) for entry in talk["message"]) + 60)
        if talk.get("snoozed"):
            inbox.snooze([numbers[talk["key"]]], planting.moment(talk["snoozed"]))
    for mark in ("unhappy", "hard"):
        inbox.mark([numbers[talk["key"]] for talk in planting.talks if talk.get(mark)], mark, on=True)
    for label in dict.fromkeys(label for talk in planting.talks for label in talk.get("labels", ())):
        inbox.label([numbers[talk["key"]] for talk in planting.talks if label in talk.get("labels", ())], [label])
    for name, words, label in _VIEWS:
        planting.bench.views.add(name, words, Query("all", label=label))
    for talk in planting.talks:
        if talk.get("linked"):
            inbox.link(numbers[talk["key"]], *(numbers[key] for key in talk["linked"]))
    inbox.questions.come_back(planting.moment("-0m"))
