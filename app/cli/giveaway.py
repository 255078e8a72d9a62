"""`giveaway new|list|show|enter|collect|strike|keep|close|reopen|draw|proof|others|winners`: a draw, and its proof.

What else may become of one is in `giveaway_ends`.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from app.base import clock, ids
from app.base.errors import NotFoundError
from app.base.words import counted, tr
from app.cli import giveaway_ends
from app.cli.arguments import Commands, Parser, limit
from app.cli.gift_ends import consented, over_budget
from app.cli.output import Output, iso, table, when
from app.cli.shapes import Shape, named, person, spoken
from app.giveaways import STATE_NAMES, STRUCK_NAMES, Entered, Entry, Giveaway, Plan, code_of, early, few, line_of, twice
from app.giveaways.saying import promised
from app.giveaways.when import boundary
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("giveaway", tr("give-aways: entrants, a published list, and a draw that anybody can repeat"))
    made = group.add("new", new, tr("add a give-away"))
    _name(made)
    made.add_argument("--prizes", type=int, required=True, metavar=tr("N"), help=tr("how many prizes there are"))
    made.add_argument("--closes", default="", metavar=tr("DATE"), help=tr("the last day, or a day and a time"))
    begins = tr("the first day, or a day and a time")
    made.add_argument("--opens", dest="begins", default="", metavar=tr("DATE"), help=begins)
    made.add_argument("--prize", default="", metavar=tr("TEXT"), help=tr("what a winner gets; default: by --item"))
    made.add_argument("--item", default="", metavar=tr("ITEM"), help=tr("the gift item that winners get"))
    made.add_argument("--rules", default="", metavar=tr("TEXT"), help=tr("the rules, as you publish them"))
    _promise(made)
    limit(group.add("list", show_list, tr("list give-aways, the latest first")))
    made = group.add("show", show, tr("show a give-away with its entrants and who is struck, and why"))
    _name(made)
    made.add_argument("--struck", action="store_true", help=tr("only the entries that are struck"))
    made = group.add("enter", enter, tr("enter everybody in a table: name, email or handle, channel, at"))
    _name(made)
    made.add_argument("file", metavar=tr("FILE"), help=tr("a CSV file"))
    giveaway_ends.dry_run(made)
    made = group.add("collect", collect, tr("enter who wrote in a conversation or under a post, or has a label"))
    _name(made)
    source = made.add_mutually_exclusive_group(required=True)
    source.add_argument("--conversation", metavar=tr("ID"), help=tr("C-..."))
    source.add_argument("--post", metavar=tr("URL"), help=tr("the address of the post that they commented on"))
    source.add_argument("--label", metavar=tr("LABEL"), help=tr("a label of members"))
    giveaway_ends.dry_run(made)
    _decision(group.add("strike", strike, tr("take entries out of the draw, with your reason")))
    _decision(group.add("keep", keep, tr("let entries take part, whatever the rules say")))
    giveaway_ends.add(group)
    made = group.add(
        "close", close, tr("close it now, and print the hash of its list, to be published before the seed")
    )
    _name(made)
    _promise(made)
    _name(group.add("reopen", reopen, tr("open a closed one again: it gets another list and hash")))
    made = group.add("draw", draw, tr("draw the winners now; the same seed gives the same winners"))
    _name(made)
    made.add_argument("--seed", required=True, metavar=tr("SEED"), help=tr("the public value that was promised"))
    made = group.add("proof", proof, tr("write the list and the script by which anybody can repeat the draw"))
    _name(made)
    made.add_argument("folder", metavar=tr("DIR"), help=tr("the folder; made if it is missing"))
    _name(group.add("others", others, tr("list who took part and didn't win, so that you can tell them")))
    made = group.add("winners", winners, tr("list the winners, and with --gifts make a gift for each"))
    _name(made)
    made.add_argument("--gifts", choices=("idea", "approved"), help=tr("the stage of their gifts"))
    over_budget(made)


def _name(made: Parser) -> None:
    made.add_argument("name", metavar=tr("NAME"), help=tr("the name of the give-away"))


def _promise(made: Parser) -> None:
    made.add_argument(
        "--seed-from", default="", metavar=tr("TEXT"), help=tr("which public value is going to be the seed")
    )
    giveaway_ends.fallback(made)


def _decision(made: Parser) -> None:
    _name(made)
    made.add_argument("entries", metavar=tr("ENTRY"), type=int, nargs="+", help=tr("its number, from `giveaway show`"))
    made.add_argument("--why", default="", metavar=tr("TEXT"), help=tr("the reason"))


def new(bench: Workbench, asked: Namespace) -> Output:
    """Add a give-away."""
    now = bench.dates.now()
    item = bench.gifts.items.named(asked.item) if asked.item else None
    plan = Plan(
        asked.name,
        asked.prizes,
        asked.prize or (item.name if item else ""),
        item.id if item else None,
        asked.rules,
        asked.seed_from,
        boundary(asked.begins, now, ends=False),
        boundary(asked.closes, now, ends=True),
        asked.fallback,
    )
    number = bench.giveaways.add(plan)
    made = bench.giveaways.get(number)
    return Output(giveaway_json(bench, made), [*table([_cells(bench, made)])])


def giveaway_json(bench: Workbench, one: Giveaway) -> Shape:
    """A give-away."""
    counts = bench.giveaways.counts(one.id)
    return {
        "name": one.name, "prize": one.prize or None, "prizes": one.prizes, "rules": one.rules or None,
        "state": spoken(one.state(clock.now())), "opens_at": iso(one.opens_at), "closes_at": iso(one.closes_at),
        "closed_at": iso(one.closed_at), "entries": counts.entries, "struck": counts.struck,
        "seed_from": one.seed_promise or None, "hash": one.list_sha256 or None, "seed": one.seed or None,
        "drawn_at": iso(one.drawn_at), "called_off_at": iso(one.called_off_at),
    }  # fmt: skip


def entry_json(entry: Entry) -> Shape:
    """An entry; `line` is the one in the list that was published, `code` what is told to the entrant alone."""
    return {
        "entry": entry.id, "name": entry.name, "contact": entry.contact or None, "channel": entry.channel or None,
        "at": iso(entry.at), "member": person(entry.member_id, entry.name),
        "message": named(ids.MESSAGE, entry.message_id), "struck": spoken(entry.struck) or None,
        "why": entry.note or None, "kept_by_hand": entry.kept_by_hand, "line": line_of(entry) or None,
        "code": code_of(entry) or None, "place": entry.place, "gift": named(ids.GIFT, entry.gift_id),
    }  # fmt: skip


def _cells(bench: Workbench, one: Giveaway) -> tuple[str, ...]:
    counts = bench.giveaways.counts(one.id)
    return (
        one.name,
        counted(one.prizes, "{count} prize", "{count} prizes"),
        counted(counts.entries, "{count} takes part", "{count} take part"),
        counted(counts.struck, "{count} struck", "{count} struck"),
        tr(STATE_NAMES[one.state(clock.now())]),
        when(one.closed_at or one.closes_at),
    )


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List give-aways."""
    every = bench.giveaways.listed()[: asked.limit]
    lines = table([_cells(bench, one) for one in every]) or [tr("No give-aways yet.")]
    return Output([giveaway_json(bench, one) for one in every], lines)


def show(bench: Workbench, asked: Namespace) -> Output:
    """Show one with its entries."""
    one = bench.giveaways.named(asked.name)
    entries = [entry for entry in bench.giveaways.entries(one.id) if entry.struck or not asked.struck]
    lines = ["  ".join(cell for cell in _cells(bench, one) if cell)]
    lines += [tr("Rules: {rules}").format(rules=one.rules)] if one.rules else []
    lines += [tr("The seed: {promise}").format(promise=one.seed_promise)] if one.seed_promise else []
    lines += _proof_lines(one)
    lines += table([_entry_cells(entry) for entry in entries])
    return Output({**giveaway_json(bench, one), "entrants": [entry_json(entry) for entry in entries]}, lines)


def _proof_lines(one: Giveaway) -> list[str]:
    lines = [tr("SHA-256 of the list: {hash}").format(hash=one.list_sha256)] if one.list_sha256 else []
    return lines + ([tr("Seed: {seed}").format(seed=one.seed)] if one.seed else [])


def _entry_cells(entry: Entry) -> tuple[str, ...]:
    stands = tr(STRUCK_NAMES[entry.struck]) if entry.struck else ""
    if entry.kept_by_hand:
        stands = tr("Kept in by you")
    if entry.note:
        stands = tr("{reason}: {note}").format(reason=stands, note=entry.note)
    return str(entry.id), entry.name, entry.contact, entry.channel, when(entry.at), stands


def enter(bench: Workbench, asked: Namespace) -> Output:
    """Enter everybody in a table."""
    one = bench.giveaways.named(asked.name)
    now = bench.dates.now(back=True)
    return _entered(bench, one, bench.giveaways.enter(one.id, Path(asked.file), now, dry_run=asked.dry_run), asked)


def collect(bench: Workbench, asked: Namespace) -> Output:
    """Enter who wrote, or has a label."""
    one = bench.giveaways.named(asked.name)
    if asked.label:
        label = bench.labels.named(asked.label)
        if label is None:
            raise NotFoundError(tr("There's no label “{name}”.").format(name=asked.label))
        found = bench.giveaways.collect(one.id, label=(label.id, label.name), dry_run=asked.dry_run)
        return _entered(bench, one, found, asked)
    talk = None
    if asked.conversation:
        talk = bench.inbox.current(ids.number(ids.CONVERSATION, asked.conversation))
    found = bench.giveaways.collect(one.id, conversation=talk, post=asked.post or "", dry_run=asked.dry_run)
    return _entered(bench, one, found, asked)


def _entered(bench: Workbench, one: Giveaway, done: Entered, asked: Namespace) -> Output:
    counts = bench.giveaways.counts(one.id)
    lines = [
        counted(done.new, "{count} entry for “{name}”.", "{count} entries for “{name}”.", name=one.name),
        tr("Taking part: {entries}. Struck: {struck}.").format(entries=counts.entries, struck=counts.struck),
    ]
    if asked.dry_run:
        lines.append(tr("Nothing was entered, this was a dry run."))
    if done.known:
        lines.append(counted(done.known, "{count} was entered before.", "{count} were entered before."))
    if done.blank_lines:
        places = ", ".join(map(str, done.blank_lines[:10]))
        lines.append(tr("Lines that name nobody, left out: {lines}").format(lines=places))
    shape: Shape = {
        "new": done.new, "known": done.known, "blank_lines": list(done.blank_lines), "entries": counts.entries,
        "struck": counts.struck, "dry_run": asked.dry_run,
    }  # fmt: skip
    return Output(shape, lines)


def strike(bench: Workbench, asked: Namespace) -> Output:
    """Strike entries by hand."""
    one = bench.giveaways.named(asked.name)
    bench.giveaways.strike(one.id, asked.entries, asked.why)
    return _entries(bench, one, asked.entries)


def keep(bench: Workbench, asked: Namespace) -> Output:
    """Keep entries by hand."""
    one = bench.giveaways.named(asked.name)
    bench.giveaways.keep(one.id, asked.entries, asked.why)
    return _entries(bench, one, asked.entries)


def _entries(bench: Workbench, one: Giveaway, wanted: Iterable[int]) -> Output:
    found = [entry for entry in bench.giveaways.entries(one.id) if entry.id in set(wanted)]
    return Output([entry_json(entry) for entry in found], table([_entry_cells(entry) for entry in found]))


def close(bench: Workbench, asked: Namespace) -> Output:
    """Close it and print the hash."""
    one = bench.giveaways.named(asked.name)
    done = bench.giveaways.close(one.id, promised(asked.seed_from, asked.fallback))
    lines = [
        tr("Closed. Taking part: {entries}. Struck: {struck}.").format(entries=done.entries, struck=done.struck),
        tr("Publish this hash before the seed is known: {hash}").format(hash=done.hash),
        *filter(None, [early(one, clock.now()), few(one, done.entries)]),
    ]
    return Output({"name": one.name, "entries": done.entries, "struck": done.struck, "hash": done.hash}, lines)


def reopen(bench: Workbench, asked: Namespace) -> Output:
    """Open it again."""
    one = bench.giveaways.named(asked.name)
    bench.giveaways.reopen(one.id)
    said = tr("“{name}” is open again. If you published its hash, tell everybody that there'll be a new one.")
    return Output(giveaway_json(bench, bench.giveaways.get(one.id)), [said.format(name=one.name)])


def draw(bench: Workbench, asked: Namespace) -> Output:
    """Draw the winners."""
    one = bench.giveaways.named(asked.name)
    bench.giveaways.draw(one.id, asked.seed)
    return _winners(bench, one.id)


def _winners(bench: Workbench, number: int) -> Output:
    giveaway, won = bench.giveaways.get(number), bench.giveaways.winners(number)
    cells = [
        (str(one.place), one.name, one.contact, one.channel, tr(STRUCK_NAMES[one.struck]) if one.struck else "")
        for one in won
    ]
    shape: Shape = {
        "name": giveaway.name, "winners": [entry_json(entry) for entry in won], "seed": giveaway.seed or None,
        "hash": giveaway.list_sha256 or None,
    }  # fmt: skip
    said = few(giveaway, bench.giveaways.counts(number).entries) if won else tr("Nothing is drawn yet.")
    return Output(shape, [*table(cells), *_proof_lines(giveaway), *filter(None, [said])])


def proof(bench: Workbench, asked: Namespace) -> Output:
    """Write the proof."""
    one = bench.giveaways.named(asked.name)
    written = bench.giveaways.prove(one.id, Path(asked.folder))
    lines = [*map(str, written), tr("Publish these files. The codes of entrants aren't in them.")]
    return Output({"name": one.name, "files": [str(path) for path in written], "hash": one.list_sha256}, lines)


def others(bench: Workbench, asked: Namespace) -> Output:
    """List who took part and did not win."""
    one = bench.giveaways.named(asked.name)
    found = bench.giveaways.others(one.id)
    said = tr("Everybody who took part won.") if one.drawn_at is not None else tr("Nothing is drawn yet.")
    cells = [(entry.name, entry.contact, entry.channel) for entry in found]
    return Output([entry_json(entry) for entry in found], table(cells) or [said])


def winners(bench: Workbench, asked: Namespace) -> Output:
    """List the winners, and make their gifts."""
    one = bench.giveaways.named(asked.name)
    if not asked.gifts:
        return _winners(bench, one.id)
    made, warning = consented(asked, lambda over, _back: bench.giveaways.to_gifts(one.id, asked.gifts, over=over))
    told = _winners(bench, one.id)
    said = counted(made, "{count} gift for a winner.", "{count} gifts for winners.")
    shape: Shape = {**dict(told.data), "gifts": made, "warning": warning or None}  # type: ignore[call-overload]  # a Shape
    twice_won = twice(bench.giveaways.winners(one.id))
    return Output(shape, [*told.lines, said, *filter(None, [warning, twice_won])])
