"""What is said before and after a forgetting, in sentences; the receipt names nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from app.base import clock, ids
from app.base.words import counted, forms, tr
from app.forgetting.plan import Handed, Plan
from app.forgetting.receipts import Receipt

_FEW = 8
_ROWS = {
    "gift": forms(
        "{count} gift: its item, worth and dates stay for the budget",
        "{count} gifts: their items, worth and dates stay for the budget",
    ),
    "handoff": forms("{count} hand-off", "{count} hand-offs"),
    "promise": forms("{count} promise", "{count} promises"),
    "work": forms("{count} work of theirs", "{count} works of theirs"),
    "member_note": forms("{count} dated note", "{count} dated notes"),
    "attachment": forms("{count} file that they or you sent", "{count} files that they or you sent"),
    "moderation": forms(
        "{count} entry of the moderation log: what was done, when and by which guideline stays",
        "{count} entries of the moderation log: what was done, when and by which guideline stays",
    ),
    "giveaway_entry": forms(
        "{count} entry in a give-away: it stays in the count, and its published list can't be checked any more",
        "{count} entries in give-aways: they stay in the count, and the published lists can't be checked any more",
    ),
}  # fmt: skip
_ENDS = {
    "outbox": forms(
        "{count} message that isn't sent yet is discarded.", "{count} messages that aren't sent yet are discarded."
    ),
    "handoff": forms("{count} open hand-off is closed.", "{count} open hand-offs are closed."),
    "gift": forms(
        "{count} gift that isn't shipped yet is called off.", "{count} gifts that aren't shipped yet are called off."
    ),
}  # fmt: skip


def before(plan: Plan) -> list[str]:
    """What is about to be done, and what can't be; the first sentence names the member."""
    said = counted(plan.said, "{count} message of theirs", "{count} messages of theirs")
    told = counted(plan.told, "{count} of yours to them", "{count} of yours to them")
    first = tr(
        "Everything about {name} is erased from this profile for good: {said} and {told}, names, addresses, notes, and "
        "what was done with them. This can't be undone. Counts stay, words don't."
    )
    ends = (counted(count, *_ENDS[table]) for table, count in plan.ends.items())
    names = [file.name for file in plan.backups]
    backups = (
        tr("These copies of the file are rewritten without it: {files}.").format(files=few(names)) if names else ""
    )
    return [
        first.format(name=plan.name, said=said, told=told),
        *_among(plan.counts),
        *_shared(plan.shared),
        *ends,
        *filter(None, (backups,)),
        tr("If they write again later, they are somebody new. What they wrote before that day doesn't come back."),
        *_beyond(plan.named, plan.handed, plan.channels, [file.name for file in plan.stuck], plan.away),
    ]


def after(receipt: Receipt) -> list[str]:
    """What was done, and what is out of reach."""
    day = clock.local(receipt.at).date().isoformat()
    said = counted(receipt.said, "{count} message of theirs", "{count} messages of theirs")
    told = counted(receipt.told, "{count} to them", "{count} to them")
    talks = counted(receipt.conversations, "{count} conversation", "{count} conversations")
    first = tr("On {day} the member {member} was forgotten: {said} and {told} in {talks} were erased.").format(
        day=day, member=ids.display(ids.MEMBER, receipt.member_id), said=said, told=told, talks=talks
    )
    more = []
    if receipt.rewritten:
        more.append(tr("Rewritten without it: {files}.").format(files=few(receipt.rewritten)))
    if receipt.deleted:
        more.append(tr("Deleted in the profile's folder: {files}.").format(files=few(receipt.deleted)))
    if receipt.left:
        more.append(tr("Another program is reading the file; the last traces go when Rapport next starts."))
    beyond = _beyond(receipt.named, receipt.handed, receipt.channels, receipt.stuck, receipt.away)
    return [first, *_among(receipt.rows), *more, *beyond]


def _among(rows: dict[str, int]) -> list[str]:
    told = [counted(rows[table], *_ROWS[table]) for table in _ROWS if rows.get(table)]
    return [tr("Among them: {what}.").format(what="; ".join(told))] if told else []


def _shared(count: int) -> list[str]:
    if not count:
        return []
    return [
        counted(
            count,
            "{count} conversation that they began goes on with others: its title and their words in it are erased.",
            "{count} conversations that they began go on with others: the titles and their words are erased.",
        )
    ]


def _beyond(
    named: int, handed: Sequence[Handed], channels: Sequence[tuple[str, int]], stuck: Sequence[str], away: Sequence[str]
) -> Iterator[str]:
    """What Rapport can't erase, or leaves to the person."""
    if named:
        yield counted(
            named,
            "{count} message by others, or to others, names them. It stays, but for addresses and numbers.",
            "{count} messages by others, or to others, name them. They stay, but for addresses and numbers.",
        )
    if handed:
        files = "; ".join(map(_handed, handed[:_FEW])) + ("; …" if len(handed) > _FEW else "")
        yield tr("Out of reach are files that you handed out: {files}. Ask for them to be deleted.").format(files=files)
    if channels:
        places = ", ".join(
            chain.from_iterable(
                [tr("{account} ({count})").format(account=name, count=count)] for name, count in channels
            )
        )
        yield tr("What was posted on your channels stays there until you delete it: {places}.").format(places=places)
    if stuck:
        yield tr("These copies can't be rewritten, and hold it until you delete them: {files}.").format(
            files=few(stuck)
        )
    if away:
        yield tr("Copies elsewhere hold it until you delete them: {places}.").format(places="; ".join(away))
    yield tr("Letters in your mailbox, and copies of the file that you made yourself, may hold it too.")


def _handed(one: Handed) -> str:
    day = clock.local(one.at).date().isoformat()
    if not one.to:
        return tr("{file} ({day})").format(file=one.file, day=day)
    return tr("{file} to {name} ({day})").format(file=one.file, name=one.to, day=day)


def few(names: Sequence[str]) -> str:
    """The first names of many, joined by commas."""
    return ", ".join(names[:_FEW]) + (", …" if len(names) > _FEW else "")
