"""What is to be said about a file besides the counts: what could not be read, and what the person may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.base.words import counted, tr

_MOST_NAMES = 12


@dataclass(slots=True)
class Notes:
    """Gathered while a file is read.

    `partial` is the number of letters without their attachments, `unreadable` names files that could not be read,
    `torn` those that break off, with the line, and `refused` those that swell too much. `names` are the people of a
    chat of whom none is known to be us.
    """

    partial: int = 0
    unreadable: list[str] = field(default_factory=list)
    torn: dict[str, int] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    cleaned: int = 0
    said: list[str] = field(default_factory=list)

    def sentences(self) -> tuple[str, ...]:
        """In whole sentences, each once."""
        listed = list(self.said)
        if self.partial:
            listed.append(
                counted(
                    self.partial,
                    "{count:,} letter came without its attachments: Apple Mail hadn't downloaded them.",
                    "{count:,} letters came without their attachments: Apple Mail hadn't downloaded them.",
                )
            )
        if self.cleaned:
            listed.append(
                counted(
                    self.cleaned,
                    "{count:,} cell had control characters in it, which were left out.",
                    "{count:,} cells had control characters in them, which were left out.",
                )
            )
        if self.unreadable:
            listed.append(_broken(self.unreadable))
        listed += [
            tr(
                "{name} is damaged or cut off at line {line:,}: only what stands before that can be imported. "
                "Export it again, and import that too: it adds what's missing."
            ).format(name=name, line=line)
            for name, line in self.torn.items()
        ][:_MOST_NAMES]
        listed += [
            tr("{name} was skipped: unpacked, it would be hundreds of times as large.").format(name=name)
            for name in self.refused[:_MOST_NAMES]
        ]
        if self.names:
            listed.append(
                tr("Which of these is you: {names}? Until you say so, every message counts as somebody else's.").format(
                    names=", ".join(self.names[:_MOST_NAMES])
                )
            )
        return tuple(dict.fromkeys(listed))


def _broken(names: Sequence[str]) -> str:
    first, *others = names
    if others:
        return counted(
            len(others),
            "{name} and {count:,} other file couldn't be read. Everything else was.",
            "{name} and {count:,} other files couldn't be read. Everything else was.",
            name=first,
        )
    return tr("{name} couldn't be read. Everything else was.").format(name=first)
