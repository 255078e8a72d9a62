"""Writes docs/channels.md: what each channel can do and how that was proved, read from the channels themselves.

Run it with `.venv/bin/python packaging/channels.py` after a channel changed; a test holds the two together.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.channels.base import Channel, Files

HOUSE = Path(__file__).resolve().parent.parent
TABLE = HOUSE / "docs" / "channels.md"
TESTS = "tests/app/channels"
_HEAD = """<!-- Made by packaging/channels.py from the channels themselves; not to be edited. -->

# Channels

What each channel can do, and how it was proved. **Real**: in our tests against the server itself, on this machine;
those marked *apart* take minutes to install and run by `python3 packaging/develop.py test --peers`. **Played**: against
a server of ours that plays the documented answers, errors and limits. All of them keep one contract
(`tests/app/channels/contract.py`) in every run. **Assisted**: the words go to the clipboard, the page opens, and the
person says that they are posted.

*Begins*: a private conversation can be begun with somebody there.

*Posts*: a post of ours can be published there (Shift+C), and what is chosen for each: a channel, a category, an
audience.

*Sent once by*: the server knows the key that we chose before the first try; or what became of a reply is looked up; or
only the person can tell, and is asked.

*Own messages*: what can be done to a message of ours that the channel has: correct it, withdraw it. Below the table it
says why one can't be corrected where it can be withdrawn. A letter can be neither.

*Reacts*: what a message of somebody else can be given besides words (Shift+A), the usual one first.

"""
_COLUMNS = (
    "Channel", "Reads", "Answers", "Private", "Begins", "Posts", "Files", "Sent once by", "Length", "Threads",
    "Own messages", "Reacts", "Moderates (takes back)", "Proof", "On", "Tests",
)  # fmt: skip
_SURE = {"key": "our key", "look-up": "looking up", "none": "asking"}
_COUNTS = {"characters": "characters", "graphemes": "graphemes", "utf16": "UTF-16 units", "bytes": "bytes"}


def tests(kind: str) -> list[Path]:
    """The files that hold the channel's tests, by name; the ones that stand apart last."""
    from app.channels.assisted import CHANNELS  # noqa: PLC0415  as in `table`

    if kind in CHANNELS:
        return [HOUSE / TESTS / "test_assisted.py"]
    return sorted((HOUSE / TESTS).glob(f"test_{kind}.py")) + sorted((HOUSE / TESTS).glob(f"test_{kind}_*.py"))


def proof(of: Channel) -> str:
    """How it was proved, in a word."""
    apart = any("pytest.mark.peers" in path.read_text("utf-8") for path in tests(of.kind))
    return f"{of.proof}, *apart*" if of.proof == "real" and apart else of.proof


def files(most: Files) -> str:
    """What goes along with a message."""
    what = "pictures" if most.types == ("image/",) else "files"
    return f"{most.number} {what}, {most.total // 1_000_000} MB"


def posts(of: Channel) -> str:
    """Whether a post of ours can be published there, and what is chosen for it."""
    from app.outbox.venues import posting  # noqa: PLC0415  as in `table`

    how = posting(of.kind, "live" if of.live else "assisted")
    return "-" if how is None else (how.venue_word.lower() or "yes") if of.live else "by hand"


def row(of: Channel) -> str:
    """The channel's line."""
    can = of.can
    moderates = ", ".join(can.moderate) + (f" ({', '.join(can.undo)})" if can.undo else "") if can.moderate else "-"
    cells = (
        of.title,
        "yes" if of.live else "notices, files, by hand",
        "yes" if can.reply and of.live else "by hand",
        "yes" if can.private else "-",
        "yes" if can.begin else "-",
        posts(of),
        files(can.files) if can.files else "-",
        _SURE[can.sure] if can.reply else "-",
        f"{can.limit:,} {_COUNTS[can.counts]}" if can.limit else "-",
        "yes" if can.threads else "-",
        ", ".join(word for word, on in (("correct", can.correct), ("withdraw", can.withdraw)) if on) or "-",
        (" ".join(can.react.offered) + (" any emoji" if can.react.any_emoji else "")) if can.react else "-",
        moderates,
        proof(of),
        of.peer,
        ", ".join(f"`{path.name}`" for path in tests(of.kind)),
    )
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def closings(of: Channel) -> str:
    """The times after which it takes no reply, or only some, each with its source."""
    each = [f"{one.seconds // 3600} hours ([source]({one.source})). {one.afterwards}".strip() for one in of.windows]
    return f"- {of.title}: {' '.join(each)}"


def table() -> str:
    """The whole page."""
    from app.accounts import assistable, connectable  # noqa: PLC0415  the house is put on the path below when run by itself

    listed = [*connectable(), *assistable()]
    why = [f"- {of.title}: {of.can.cannot_correct}" for of in listed if of.can.cannot_correct]
    head = f"| {' | '.join(_COLUMNS)} |\n|{' --- |' * len(_COLUMNS)}\n"
    below = "\n\nNot corrected, only withdrawn:\n\n" + "\n".join(why) + "\n"
    dull = [f"- {of.title}: {of.can.cannot_react}" for of in listed if of.can.cannot_react]
    below += "\nNo reactions, where one would expect some:\n\n" + "\n".join(dull) + "\n"
    unseen = [f"- {of.title}: {' '.join(of.unseen)}" for of in listed if of.unseen]
    below += "\nWhat cannot be seen or done there, and why (the form of an account says it too):\n\n"
    below += "\n".join(unseen) + "\n"
    below += "\nHow long a private conversation can be replied to, after the last message of theirs:\n\n"
    below += "\n".join(closings(of) for of in listed if of.windows) + "\n"
    below += (
        "\nThese are Meta's rules for programs that reply. In Meta's own apps a person may still be able to later.\n"
    )
    return _HEAD + head + "\n".join(map(row, listed)) + below


if __name__ == "__main__":
    sys.path.insert(0, str(HOUSE))
    TABLE.write_text(table(), encoding="utf-8")
