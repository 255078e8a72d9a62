"""Where a letter is now: at the places where it was last seen, else wherever its Message-ID is found.

Everything that is fetched of a letter later, the whole of it or one part, is looked for by this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress

from app.base.message import Place
from app.channels.email.elsewhere import folders_in_order
from app.channels.email.imap import FolderGoneError, Mailbox
from app.mail import headers
from app.mail.headers import MADE, original


def seek(box: Mailbox, read: Collection[str], places: Sequence[Place], remote_id: str) -> Iterator[int]:
    """The UIDs under which a letter is likely to be, likeliest first, each with its folder open.

    `read` are the folders that we read. Letters that share the Message-ID are among them. One without a Message-ID
    cannot be searched for: of it there are the places only, if what is there has none either.
    """
    message_id = "" if remote_id.startswith(MADE) else original(remote_id)
    for place in places:
        if _is_there(box, place, message_id):
            yield place.uid
    if not message_id:
        return
    seen = {(place.folder, place.uid) for place in places}
    for folder, _ in folders_in_order(box, read):
        uids: list[int] = []
        with suppress(FolderGoneError):
            uids = box.look_up(folder, message_id)
        yield from (uid for uid in reversed(uids) if (folder, uid) not in seen)


def _is_there(box: Mailbox, place: Place, message_id: str) -> bool:
    """Whether a letter with this Message-ID, "" for none, is at a place; its folder is open then."""
    try:
        box.open(place.folder)
    except FolderGoneError:
        return False
    found, _ = box.sections(place.uid, ["BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"])
    if not found:
        return False
    head = headers.fields(headers.split(next(iter(found.values())))[0])
    return headers.message_id(head.get("message-id", "")) == message_id
