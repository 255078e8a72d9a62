"""What a repair did, in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from app.base import clock
from app.base.errors import DamagedFileError
from app.base.words import counted, tr
from app.safety.backup import Restored
from app.store import wayback

SOUND, READ, RESTORED = "sound", "read", "restored"
"""What was done: nothing, as nothing was wrong; what could be read was put into a new file; a backup was restored."""


class Repaired(NamedTuple):
    """What a repair did (SOUND, READ or RESTORED), in sentences, and where the damaged file is kept."""

    way: str
    lines: tuple[str, ...]
    kept: Path | None = None
    lost: int = 0
    """Messages that are neither in the file any more nor in a backup, as the conversations counted them."""
    from_backup: int = 0
    """Rows that came from a backup."""

    @property
    def is_on_hold(self) -> bool:
        """Whether the file is on hold now, as a restored backup is."""
        return self.kept is not None or self.way == RESTORED


class Made(NamedTuple):
    """What is in the new file; `gone` are rows that went with others, `remaining` what is still wrong."""

    messages: int
    conversations: int
    members: int
    lost: int
    from_backup: int
    whole: bool
    gone: int
    remaining: tuple[str, ...]
    right: int = 0
    """Rows that the disk had changed, and that are as they were again."""
    unsure: tuple[str, ...] = ()
    """Where else it changed something, and no backup says what."""
    lacking: tuple[str, ...] = ()
    """The tables of which not everything could be read."""
    left_out: int = 0
    """Rows that had a damaged value, and are left out."""
    letters: int = 0
    """Texts that have a damaged letter."""


def restored(done: Restored) -> Repaired:
    """A backup was restored."""
    made = clock.local(done.at)
    lines = [
        tr("Nothing could be read, so the newest sound backup, of {when}, was restored: {what}.").format(
            when=f"{made:%Y-%m-%d %H:%M}", what=what(done.content.messages, done.content.conversations,
            done.content.members),
        ),
        tr("What came in or was done after that is missing; messages are fetched again where the channel has them."),
    ]  # fmt: skip
    return Repaired(RESTORED, (*lines, *_kept(done.kept)), done.kept)


def sentences_of(made: Made, kept: Path | None, newest: Path | None, aside: Path | None) -> Repaired:
    """What could be read is in a new file, the rest came from the backup `newest`; `aside` is a log put away."""
    held = what(made.messages, made.conversations, made.members)
    lines = [tr("The file was written anew with all that could be read: {what}.").format(what=held)]
    if aside is not None:
        lines.append(tr("The log of another file, which lay beside it, is now called {name}.").format(name=aside.name))
    if made.from_backup and newest is not None:
        when = f"{clock.local(wayback.made_at(newest)):%Y-%m-%d %H:%M}"
        lines.append(
            counted(
                made.from_backup,
                "{count} row that couldn't be read was taken from the backup of {when}. If you deleted it since then, "
                "it's back.",
                "{count} rows that couldn't be read were taken from the backup of {when}. What you deleted since then "
                "may be back with them.",
                when=when,
            )
        )
    if made.right:
        lines.append(
            counted(made.right, "{count} row that the disk had changed was put right from a backup.",
                    "{count} rows that the disk had changed were put right from a backup.")
        )  # fmt: skip
    lines += [_unsure(one) for one in made.unsure]
    lines += _lacking(made)
    if made.lost:
        lines.append(
            counted(
                made.lost,
                "{count} message couldn't be read and is in no backup; where its channel has it, it can be fetched "
                "again.",
                "{count} messages couldn't be read and are in no backup; where their channels have them, they can be "
                "fetched again.",
            )
        )
    if made.gone:
        lines.append(
            counted(made.gone, "{count} row belonged to what is lost, and went with it.",
                    "{count} rows belonged to what is lost, and went with it.")
        )  # fmt: skip
    if made.whole and not made.lost and not made.unsure:
        lines.append(tr("Nothing was lost."))
    lines += [tr("Still wrong: {what}.").format(what=one) for one in made.remaining]
    return Repaired(READ, (*lines, *_kept(kept)), kept, made.lost, made.from_backup)


def what(messages: int, conversations: int, members: int) -> str:
    """How many there are, in words."""
    return ", ".join(
        (
            counted(messages, "{count} message", "{count} messages"),
            counted(conversations, "{count} conversation", "{count} conversations"),
            counted(members, "{count} member", "{count} members"),
        )
    )


def _unsure(what_changed: str) -> str:
    sentence = tr("{what}, and no backup shows what they said. Read them through.")
    return sentence.format(what=what_changed[:1].upper() + what_changed[1:])


def _lacking(made: Made) -> list[str]:
    """What couldn't be read, as far as that is known."""
    lines = []
    if made.lacking:
        sentence = tr("Not everything could be read in: {tables}.")
        lines.append(sentence.format(tables=", ".join(one.replace("_", " ") for one in made.lacking)))
    if made.left_out:
        lines.append(
            counted(made.left_out, "{count} row had a damaged value and was left out.",
                    "{count} rows had a damaged value and were left out.")
        )  # fmt: skip
    if made.letters:
        lines.append(
            counted(made.letters, "{count} text has a damaged letter, shown as {sign}.",
                    "{count} texts have damaged letters, shown as {sign}.", sign="\ufffd")
        )  # fmt: skip
    return lines


def _kept(kept: Path | None) -> list[str]:
    return [] if kept is None else [tr("The damaged file is kept as {kept}.").format(kept=kept)]


def hopeless(file: Path) -> DamagedFileError:
    """The error where there is nothing to go by."""
    return DamagedFileError(
        tr("Nothing in {path} can be read, and there's no sound backup of it beside it. Nothing was changed.").format(
            path=file
        )
    )
