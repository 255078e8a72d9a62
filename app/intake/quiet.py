"""Which letters nobody waits for an answer to, as far as that is not in the letter itself: lists, and known people."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from app.base.message import Incoming
from app.base.text import fold
from app.inbox.quiet import FAILED
from app.inbox.turns import needs_moderator
from app.intake.source import Source
from app.mail.robots import AUTOMATIC, BOUNCE, FORGED, LATE, NEWSLETTER, RECEIPT
from app.store.sqlite import Connection

MACHINES = (BOUNCE, LATE, RECEIPT, FAILED)
"""What only a mail server writes, whatever address it is from."""
_MIN_NAME_CHARS = 4  # a shorter name of ours is too often another word


def known_people(conn: Connection, items: Sequence[Incoming]) -> frozenset[str]:
    """The authors' keys of those whom the person said to be people, among those whose letters may be quiet."""
    asked = {item.author.key for item in items if item.quiet or item.mailing_list}
    if not asked:
        return frozenset()
    rows = conn.execute(
        "SELECT key FROM known_person WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(list(asked)),)
    )
    return frozenset(row["key"] for row in rows)


def heard(items: Sequence[Incoming], people: Collection[str]) -> list[Incoming]:
    """The items, what those people wrote being a person's word; what a place sends besides its notices is nobody's."""
    return [_heard(item, people) for item in items]


def _heard(item: Incoming, people: Collection[str]) -> Incoming:
    if item.author.key in people and item.quiet not in MACHINES:
        return item._replace(quiet="", person=True)
    if not item.letter or item.out:
        return item
    from app.intake import notices  # noqa: PLC0415  1 MB, which a window without letters does without

    if notices.is_forged(item):
        return item._replace(quiet=FORGED, person=False)
    if notices.is_idle(item):
        return item._replace(quiet=item.quiet or AUTOMATIC, person=False)
    return item


def unless_meant(conn: Connection, source: Source, items: Sequence[Incoming]) -> list[Incoming]:
    """The items; what a program posted is somebody's word if it answers us, or a moderator has to decide about it."""
    posted = [item for item in items if is_posted_by_program(item)]
    if not posted:
        return list(items)
    above = {ref for item in posted for ref in (item.parent, *item.refs) if ref}
    rows = conn.execute(
        "SELECT remote_id FROM message WHERE account_id = ? AND out = 1"
        " AND remote_id IN (SELECT value FROM json_each(?))",
        (source.account_id, json.dumps(sorted(above))),
    )
    ours = {row["remote_id"] for row in rows} | {item.remote_id for item in items if source.is_ours(item)}
    return [
        item._replace(quiet="", person=True)
        if is_posted_by_program(item)
        and (needs_moderator(item.upstream) or not ours.isdisjoint((item.parent, *item.refs)))
        else item
        for item in items
    ]


def is_posted_by_program(item: Incoming) -> bool:
    """Whether a channel says that a program wrote it; of letters that is told by their heads."""
    return item.quiet == AUTOMATIC and not item.letter and not item.out


def is_notice(item: Incoming) -> bool:
    """Whether a letter is from a place that no program can read, and may tell of somebody's words there.

    What could be read of it has become their message. The rest looks like a newsletter; it must not be overlooked,
    unless it surely tells of nobody's words.
    """
    if item.quiet not in (NEWSLETTER, AUTOMATIC):
        return False
    from app.intake import notices  # noqa: PLC0415  as above

    return bool(notices.kind(item.author.handle, {})) and not notices.is_idle(item)


def of_list(item: Incoming, own: Collection[str], names: Collection[str], *, answers_us: bool) -> bool:
    """Whether a letter came through a list and is not for us: it neither names us, nor answers a letter of ours.

    `own` are our addresses in lower case, `names` what we are called, folded.
    """
    if answers_us:
        return False
    if any(whom.address.lower() in own for whom in item.named if whom.role in ("to", "cc")):
        return False
    words = fold(item.text)
    return not any(address in words for address in own) and not any(
        name in words for name in names if len(name) >= _MIN_NAME_CHARS
    )
