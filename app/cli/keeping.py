"""`keep`: rules by which what was said is kept only for so long; a trial of each, and its run."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from app.base import ids
from app.base.errors import UserError
from app.base.words import N_, counted, tr
from app.cli.arguments import ALL, Commands, Parser, limit
from app.cli.known import known
from app.cli.output import Output, iso, one_line, table
from app.cli.shapes import Shape, person
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.retention import Due, Rule, Trial
    from app.retention.runs import Run

_MEMBERS = ("all", "no-note", "no-gift", "no-label", "nothing")


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("keep", tr("how long what was said is kept, by rules; nothing ever runs by itself"))
    made = group.add("add", keep, tr("keep a rule, and say what it would erase today; it erases nothing by itself"))
    _asked_for(made)
    limit(group.add("list", show_list, tr("list the rules, with how many conversations are due by each")))
    made = group.add("trial", show_trial, tr("say what a rule would erase today, and list it; nothing is changed"))
    made.add_argument(
        "rule", metavar=tr("NUMBER"), nargs="?", help=tr("a rule of `keep list`; else say what it asks for")
    )
    _asked_for(made)
    limit(made)
    made = group.add("run", run, tr("erase for good what is due by a rule; without --yes, list it"))
    made.add_argument("rule", metavar=tr("NUMBER"), help=tr("its number in `keep list`"))
    made.add_argument("--yes", action="store_true", help=tr("do it; this can't be undone"))
    made = group.add("remove", remove, tr("remove a rule; what it erased stays erased"))
    made.add_argument("rule", metavar=tr("NUMBER"), help=tr("its number in `keep list`"))
    limit(group.add("runs", show_runs, tr("list the receipts of what rules erased")))


def _asked_for(made: Parser) -> None:
    made.add_argument("--months", type=int, metavar=tr("N"), help=tr("how long conversations have been done; 1 to 240"))
    made.add_argument(
        "--files-above", type=int, metavar=tr("MB"), help=tr("remove only files above that size; the words stay")
    )
    place = made.add_mutually_exclusive_group()
    place.add_argument("--channel", metavar=tr("KIND"), help=tr("only on this kind of channel, such as email"))
    place.add_argument("--account", metavar=tr("NAME"), help=tr("only on this account"))
    who = made.add_mutually_exclusive_group()
    who.add_argument(
        "--members", choices=_MEMBERS, help=tr("only with members who have no note, gift, label, or none of these")
    )
    who.add_argument("--label", metavar=tr("LABEL"), help=tr("only with members who have this label"))


def _rule(bench: Workbench, asked: Namespace) -> Rule:
    from app.retention.rule import ALL, FILES, LABEL, WORDS, Rule  # noqa: PLC0415  loaded by these commands alone

    if asked.months is None:
        raise UserError(tr("Say for how long: --months 12."))
    account = None if asked.account is None else bench.accounts.named(asked.account).id
    label = None
    if asked.label is not None:
        every = {one.name: one.id for one in bench.labels.every()}
        label = every[known(N_("label"), asked.label, list(every))]
    return Rule(
        0,
        WORDS if asked.files_above is None else FILES,
        asked.months,
        asked.files_above or 0,
        "" if asked.channel is None else _channel(bench, asked.channel),
        account,
        LABEL if label is not None else (asked.members or ALL).replace("-", "_"),
        label,
    )


def _channel(bench: Workbench, typed: str) -> str:
    return known(N_("kind of channel"), typed, sorted({one.kind for one in bench.accounts.all(removed=True)}))


def _number(typed: str) -> int:
    if not typed.isdecimal():
        raise UserError(tr("“{number}” isn't the number of a rule. `keep list` has them.").format(number=typed))
    return int(typed[:18])


def keep(bench: Workbench, asked: Namespace) -> Output:
    """Keep a rule; what it would erase is said."""
    rule = _rule(bench, asked)
    seen = bench.retention.trial(rule)
    number = bench.retention.add(rule)
    kept = rule._replace(id=number)
    run_words = tr("Rule {number} is kept. Nothing has been erased: `keep run {number}` lists what is due, and asks.")
    lines = [bench.retention.sentence(kept), *_said(bench, seen), run_words.format(number=number)]
    return Output(_json(bench, kept, len(seen.due)), lines)


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List the rules."""
    from app.retention.telling import due_words  # noqa: PLC0415  as above

    due = bench.retention.due()
    every = bench.retention.every()[: asked.limit]
    lines = table(((str(one.id), due_words(due.get(one.id, 0)), bench.retention.sentence(one)) for one in every), 200)
    return Output(
        [_json(bench, one, due.get(one.id, 0)) for one in every], lines or [tr("There are no keeping rules yet.")]
    )


def show_trial(bench: Workbench, asked: Namespace) -> Output:
    """What a rule would erase today."""
    if asked.rule is not None and asked.months is not None:
        raise UserError(tr("Name a rule by its number, or say what it asks for, but not both."))
    rule = _rule(bench, asked) if asked.rule is None else bench.retention.get(_number(asked.rule))
    seen = bench.retention.trial(rule)
    lines = [bench.retention.sentence(rule), *_said(bench, seen), *_table(seen, asked.limit)]
    return Output(_trial_json(bench, seen, asked.limit), lines)


def run(bench: Workbench, asked: Namespace) -> Output:
    """Erase what is due; without --yes, list it, and the exit status is 1."""
    from app.retention.telling import after  # noqa: PLC0415  as above

    rule = bench.retention.get(_number(asked.rule))
    seen = bench.retention.trial(rule)
    if not seen.due:
        return Output({**_trial_json(bench, seen, ALL), "erased": False}, _said(bench, seen))
    if not asked.yes:
        question = tr("Nothing has been erased yet. Add --yes to do it.")
        lines = [bench.retention.sentence(rule), *_said(bench, seen), *_table(seen, ALL), question]
        return Output({**_trial_json(bench, seen, ALL), "erased": False}, lines, 1)
    done = bench.retention.run(seen)
    return Output({**_run_json(done), "erased": True}, after(done))


def remove(bench: Workbench, asked: Namespace) -> Output:
    """Remove a rule."""
    number = _number(asked.rule)
    bench.retention.remove(number)
    return Output({"id": number, "removed": True}, [tr("Removed the keeping rule {number}.").format(number=number)])


def show_runs(bench: Workbench, asked: Namespace) -> Output:
    """The receipts, the latest first."""
    from app.retention.telling import after  # noqa: PLC0415  as above

    runs = bench.retention.runs()[: asked.limit]
    lines = [line for one in runs for line in after(one)]
    return Output([_run_json(one) for one in runs], lines or [tr("No rule has erased anything yet.")])


def _said(bench: Workbench, seen: Trial) -> list[str]:
    from app.retention.telling import before  # noqa: PLC0415  as above

    return before(seen, *bench.retention.copies())


def _table(seen: Trial, most: int) -> list[str]:
    lines = table(_line(one) for one in seen.due[:most])
    left = len(seen.due) - most
    return [*lines, counted(left, "And {count} more.", "And {count} more.")] if left > 0 else lines


def _line(one: Due) -> list[str]:
    from app.retention.telling import last_word  # noqa: PLC0415  as above

    return [ids.display(ids.CONVERSATION, one.id), one.who, one.place, last_word(one), one_line(one.title, 40)]


def _json(bench: Workbench, rule: Rule, due: int) -> Shape:
    return {"id": rule.id, **_asked_json(bench, rule), "due": due}


def _asked_json(bench: Workbench, rule: Rule) -> Shape:
    accounts = {one.id: one.name for one in bench.accounts.all(removed=True)}
    labels = {one.id: one.name for one in bench.labels.every()}
    return {
        "what": rule.what, "months": rule.months, "files_above_mb": rule.bigger or None,
        "channel": rule.channel or None, "account": accounts.get(rule.account_id or 0),
        "members": rule.members.replace("_", "-"), "label": labels.get(rule.label_id or 0),
    }  # fmt: skip


def _trial_json(bench: Workbench, seen: Trial, most: int) -> Shape:
    return {
        "rule": _json(bench, seen.rule, len(seen.due)), "conversations": len(seen.due), "messages": seen.messages,
        "members": seen.members, "files": len(seen.files), "bytes": seen.octets,
        "held_back": {why.replace("_", "-"): count for why, count in seen.held.items()},
        "due": [_due_json(one) for one in seen.due[:most]],
    }  # fmt: skip


def _due_json(one: Due) -> Shape:
    return {
        "conversation": ids.display(ids.CONVERSATION, one.id), "who": one.who,
        "member": person(one.member_id, one.who), "account": one.place, "title": one.title, "last_at": iso(one.last_at),
    }  # fmt: skip


def _run_json(one: Run) -> Shape:
    done = one.done
    return {
        "id": one.id, "at": iso(one.at), "rule": one.rule, "conversations": done.conversations,
        "messages_of_theirs": done.said, "messages_of_ours": done.told, "members": one.members, "files": done.files,
        "bytes": one.octets, "rewritten": list(done.rewritten),
        "cant_be_rewritten": [*done.stuck, *done.away], "deleted_files": list(done.deleted), "is_left": done.left,
    }  # fmt: skip
