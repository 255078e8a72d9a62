"""What is said of a quarrel. For the window and the shell alike."""

from __future__ import annotations

from collections.abc import Callable

from app.base.words import counted, tr
from app.quarrels.desk import both
from app.quarrels.rows import OPEN, SETTLED, Past, Quarrel


def head(case: Quarrel, word: Callable[[str], str] = str) -> str:
    """What stands over its conversation. `word` prepares names and other foreign words for where it is shown."""
    name, other = map(word, both(case))
    if case.state == OPEN:
        return tr("Heating up: {name} and {other}").format(name=name, other=other)
    if case.state == SETTLED and case.note:
        return tr("Settled between {name} and {other}: {note}").format(name=name, other=other, note=word(case.note))
    if case.state == SETTLED:
        return tr("Settled between {name} and {other}").format(name=name, other=other)
    return tr("Not a quarrel: {name} and {other}").format(name=name, other=other)


def about(past: Past) -> list[str]:
    """What is known of one side, each as a few words: how much they wrote, helped, quarrelled and were moderated."""
    told = [counted(past.messages, "{count} message", "{count} messages")]
    if past.helped:
        told.append(counted(past.helped, "helped others {count} time", "helped others {count} times"))
    told.append(
        counted(past.quarrels, "{count} earlier quarrel", "{count} earlier quarrels")
        if past.quarrels
        else tr("no earlier quarrel")
    )
    if past.deeds:
        told.append(counted(past.deeds, "moderated {count} time", "moderated {count} times"))
    return told
