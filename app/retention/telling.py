"""What is said of a trial and of a run, in sentences; the receipt of a run names nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.base import clock, sizes
from app.base.words import counted, tr
from app.forgetting.telling import few
from app.retention.due import HELD_WORDS, Due, Trial
from app.retention.rule import FILES

if TYPE_CHECKING:
    from app.retention.runs import Run


def due_words(count: int) -> str:
    """How many conversations are due, in words."""
    return (
        counted(count, "{count} conversation is due", "{count} conversations are due")
        if count
        else tr("Nothing is due")
    )


def before(seen: Trial, copies: Sequence[str], away: Sequence[str]) -> list[str]:
    """What a rule would erase today, what it holds back, and what is out of reach."""
    return [_first(seen), *held(seen), *_lasting(seen, copies, away)]


def _first(seen: Trial) -> str:
    if not seen.due:
        return tr("Today it would erase nothing.")
    talks = counted(len(seen.due), "{count} conversation", "{count} conversations")
    size = sizes.in_words(seen.octets)
    if seen.rule.what == FILES:
        files = counted(len(seen.files), "{count} file", "{count} files")
        removed = tr(
            "Today it would remove {files} ({size}) from {talks}. Their names and sizes stay. This can't be undone."
        )
        return removed.format(files=files, size=size, talks=talks)
    said = counted(seen.messages, "{count} message", "{count} messages")
    who = counted(seen.members, "{count} member", "{count} members")
    erased = tr(
        "Today it would erase {said} in {talks} with {who}, {size} in all. Counts stay, words don't."
        " This can't be undone."
    )
    return erased.format(said=said, talks=talks, who=who, size=size)


def held(seen: Trial) -> list[str]:
    """What it holds back and why, in one sentence; none for nothing."""
    if not seen.held:
        return []
    many = sum(seen.held.values())
    whys = "; ".join(counted(count, *HELD_WORDS[why]) for why, count in seen.held.items())
    return [
        counted(
            many, "Held back: {count} conversation. {whys}.", "Held back: {count} conversations. {whys}.", whys=whys
        )
    ]


def _lasting(seen: Trial, copies: Sequence[str], away: Sequence[str]) -> Iterator[str]:
    if not seen.due:
        return
    if seen.rule.what != FILES:
        yield tr(
            "Hand-offs, promises and your own replies in them lose their words too; members, and what gifts cost, stay."
            " Nothing of it comes back with a fetch, an import or an older backup."
        )
    else:
        yield tr("A letter that is kept as it came goes with its file.")
    if copies:
        yield tr("These copies of the file are rewritten without it: {files}.").format(files=few(copies))
    yield tr("Files in the profile's folder that hold these words, such as lists for teammates, are deleted.")
    yield from _beyond(away)


def _beyond(away: Sequence[str]) -> Iterator[str]:
    if away:
        yield tr("These copies can't be rewritten, and hold it until you delete them: {files}.").format(files=few(away))
    yield tr("This doesn't reach what is on your channels, in your mailbox, or in files that you saved elsewhere.")


def after(run: Run) -> list[str]:
    """What a run erased, and what is out of reach."""
    done = run.done
    left = tr("Another program is reading the file; the last traces go when Rapport next starts.")
    return [
        _erased(run),
        *([tr("Rewritten without it: {files}.").format(files=few(done.rewritten))] if done.rewritten else []),
        *([tr("Deleted in the profile's folder: {files}.").format(files=few(done.deleted))] if done.deleted else []),
        *([left] if done.left else []),
        *_beyond([*done.stuck, *done.away]),
    ]


def _erased(run: Run) -> str:
    done, day = run.done, clock.local(run.at).date().isoformat()
    files = counted(done.files, "{count} file", "{count} files")
    if not done.conversations:
        removed = tr("On {day} a rule removed {files}. The rule: {rule}")
        return removed.format(day=day, files=files, rule=run.rule)
    talks = counted(done.conversations, "{count} conversation", "{count} conversations")
    theirs = counted(done.said, "{count} message of theirs", "{count} messages of theirs")
    ours = counted(done.told, "{count} of yours", "{count} of yours")
    if done.files:
        both = tr("On {day} a rule erased {theirs} and {ours} in {talks}, and {files}. The rule: {rule}")
        return both.format(day=day, theirs=theirs, ours=ours, talks=talks, files=files, rule=run.rule)
    words = tr("On {day} a rule erased {theirs} and {ours} in {talks}. The rule: {rule}")
    return words.format(day=day, theirs=theirs, ours=ours, talks=talks, rule=run.rule)


def last_word(one: Due) -> str:
    """The local day of its last word."""
    return clock.local(one.last_at).date().isoformat()
