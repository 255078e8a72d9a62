"""What is kept of a letter's head: whom it names, and who sent it where that is nobody whom we know."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from app.base.message import Addressee, Incoming
from app.mail.headers import same_subject


def pack(item: Incoming, *, known: bool, title: str = "") -> str:
    """The column `message.envelope`; "" where there is nothing to keep.

    `known`: the sender's identity is stored, under the name that the message is signed with. `title` is the
    conversation's: another subject is kept.
    """
    kept: dict[str, Any] = {}
    if not known and not item.out and (item.author.name or item.author.handle):
        kept["from"] = [[item.author.name, item.author.handle]]
    named = item.named
    if item.alias and [whom.address.lower() for whom in named if whom.role in ("to", "cc")] == [item.alias]:
        named = tuple(whom for whom in named if whom.role == "reply_to")  # the alias says it
    for whom in named:
        kept.setdefault(whom.role, []).append([whom.name, whom.address])
    report = item.report if item.report is not None and item.report.action == "failed" else None
    peculiar: dict[str, Any] = {
        # who wrote spam, or is a program, is nobody's identity; the key of a letter's sender is its address
        "author": [item.author.key, item.author.url] if item.quiet and not item.letter and not known else None,
        "list": item.mailing_list,
        "alias": item.alias,
        "report": [report.address, report.status, report.words] if report is not None else None,
        "subject": "" if same_subject(item.title, title) else item.title,
        "forward": item.forwarded,
        "undated": not item.dated,
        "charset": item.charset,
        "pictures": item.remote,
        "times": item.times,
    }
    kept.update({name: value for name, value in peculiar.items() if value})
    return _packed(kept)


def with_charset(packed: str, charset: str) -> str:
    """The same, read in another character set."""
    return _packed({**json.loads(packed or "{}"), "charset": charset})


def _packed(kept: dict[str, Any]) -> str:
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) if kept else ""


def sent(receivers: Iterable[Addressee], sender: str) -> str:
    """The same of a letter that we sent: whom it went to; `sender` is the address of ours that it came from."""
    kept: dict[str, Any] = {}
    for whom in receivers:
        kept.setdefault(whom.role, []).append([whom.name, whom.address])
    if sender:
        kept["alias"] = sender.lower()
    return _packed(kept)
