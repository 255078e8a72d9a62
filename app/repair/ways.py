"""What is known of a file that can't be opened, and what can be done about it; changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from app.base import clock, sizes
from app.base.errors import DamagedFileError, NewerFileError, UserError
from app.base.paths import Profile
from app.base.words import tr
from app.repair.repairing import is_ours
from app.repair.telling import what
from app.safety import backup
from app.store import wayback


class Ways(NamedTuple):
    """Why it can't be opened, what is `known`, in sentences, and which ways there are.

    `repair`: something of it may be read. `newest` is the newest sound backup, None if there is none. `again`: it may
    open once something else has changed, such as a full disk.
    """

    why: str
    known: tuple[str, ...]
    repair: bool
    newest: Path | None
    again: bool


def ways(profile: Profile, why: UserError) -> Ways:
    """What can be done about the profile's file, which can't be opened for the reason `why`."""
    file = profile.file
    damaged = isinstance(why, DamagedFileError | NewerFileError)
    ours = damaged and is_ours(file)
    newest = backup.newest(profile) if ours or (damaged and not file.exists()) else None
    sentence = str(why)
    for advice in (wayback.saving(file), wayback.way_back(file)) if damaged else ():  # the ways are shown as buttons
        sentence = sentence.replace(advice, "").strip()
    return Ways(sentence, tuple(_known(file, newest, looked=ours or not file.exists())), ours, newest, again=not ours)


def _known(file: Path, newest: Path | None, *, looked: bool) -> list[str]:
    found = []
    if file.exists():
        state = file.stat()
        when = f"{clock.local(int(state.st_mtime)):%Y-%m-%d %H:%M}"
        found.append(
            tr("The file is {size} and was last written on {when}.").format(
                size=sizes.in_words(state.st_size), when=when
            )
        )
    if newest is not None:
        seen = backup.seen(newest)
        if seen.content is not None:
            held = what(seen.content.messages, seen.content.conversations, seen.content.members)
            when = f"{clock.local(seen.at):%Y-%m-%d %H:%M}"
            found.append(tr("Its newest sound backup is of {when}: {what}.").format(when=when, what=held))
    elif looked:
        found.append(tr("There's no sound backup beside it."))
    return found
