"""Where a letter is that another program took out of the folders that we read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress

from app.base.message import ARCHIVED, DELETED, HERE, JUNK, MOVED
from app.channels.email.imap import FolderGoneError, Mailbox
from app.mail.headers import MADE, original

_USES = {"\\trash": DELETED, "\\junk": JUNK, "\\archive": ARCHIVED, "\\all": ARCHIVED}
_NAMES = {
    DELETED: ("trash", "deleted", "deleted items", "deleted messages", "bin", "koš", "kuka", "törölt elemek",
              "papierkorb"),
    JUNK: ("junk", "spam", "junk e-mail", "junk mail", "bulk mail", "nevyžádaná pošta", "levélszemét"),
    ARCHIVED: ("archive", "archives", "archiv", "archív", "all mail", "archivum", "archívum"),
}  # fmt: skip
"""The usual names of such folders, on servers that do not say what a folder is for."""
_MOST_FOLDERS = 40
_MOST_SEARCHES = 100
_NEWEST = 200


def locate(box: Mailbox, read: Collection[str], remote_ids: Sequence[str]) -> dict[str, str]:
    """Say of each letter where it is: ARCHIVED, DELETED, JUNK, MOVED or HERE; `read` are the folders that we read.

    A letter that was moved just now is among the newest of its folder. Each of the others is searched for, up to a
    limit; those beyond it are left out.
    """
    wanted = {original(remote_id): remote_id for remote_id in remote_ids if not remote_id.startswith(MADE)}
    found = {remote_id: MOVED for remote_id in remote_ids if remote_id.startswith(MADE)}  # nothing to search for
    folders = folders_in_order(box, read)
    for folder, use in folders:
        if not wanted:
            break
        with suppress(FolderGoneError):
            newest = box.identified(box.open(folder).count, max(_NEWEST, 2 * len(wanted)))
            for number, flags in newest.values():
                if number in wanted and "\\deleted" not in flags:
                    found[wanted.pop(number)] = use
    for number in list(wanted)[:_MOST_SEARCHES]:
        found[wanted[number]] = next((use for folder, use in folders if _is_in(box, folder, number)), DELETED)
    return found


def _is_in(box: Mailbox, folder: str, number: str) -> bool:
    with suppress(FolderGoneError):
        return bool(box.look_up(folder, number))
    return False


def folders_in_order(box: Mailbox, read: Collection[str]) -> list[tuple[str, str]]:
    """The folders to look in, with what a letter there is said to be: ours first, the one that has all mails last."""
    there = [folder for folder in box.folders() if folder.name not in read and "\\drafts" not in folder.flags]
    ours = [(name, HERE) for name in read if name]
    uses = [(folder.name, _use(folder.name, folder.flags), "\\all" in folder.flags) for folder in there]
    known = [(name, use) for name, use, every in uses if use != MOVED and not every]
    others = [(name, use) for name, use, _ in uses if use == MOVED][:_MOST_FOLDERS]
    return [*ours, *known, *others, *((name, use) for name, use, every in uses if every)]


def _use(name: str, flags: Collection[str]) -> str:
    for flag, use in _USES.items():
        if flag in flags:
            return use
    last = name.replace(".", "/").rpartition("/")[2].casefold()
    return next((use for use, names in _NAMES.items() if last in names), MOVED)
