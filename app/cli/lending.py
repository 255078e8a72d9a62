"""`desk`: lend the desk to a stand-in or a second laptop, hand it back, and take it back with its work."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from app.base.words import tr
from app.cli.arguments import Commands
from app.cli.output import Output, iso, when
from app.lending import Coming
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("desk", tr("lend the desk to a stand-in, hand it back, and take it back with its work"))
    group.add("show", show, tr("say who has the pen: this file, or a copy that was lent"))
    made = group.add(
        "lend", lend, tr("write a copy into an empty folder and give it the pen; this file is only read then")
    )
    made.add_argument("folder", metavar=tr("FOLDER"), type=Path, help=tr("an empty folder, as on a stick"))
    made.add_argument("--to", required=True, metavar=tr("NAME"), help=tr("who works in it, or on which computer"))
    group.add("hand-back", hand_back, tr("in a copy that was lent: give the pen back; the copy can only be read then"))
    made = group.add(
        "take-back", take_back, tr("show what comes back with a copy; with --yes, take it in as one action")
    )
    made.add_argument(
        "file", metavar=tr("FILE"), nargs="?", type=Path, help=tr("the copy that was handed back, or its folder")
    )
    made.add_argument(
        "--without-work", action="store_true", help=tr("only take the pen back; what was done there stays there")
    )
    made.add_argument("--yes", action="store_true", help=tr("do it"))


def show(bench: Workbench, _asked: Namespace) -> Output:
    """Who has the pen."""
    lent, copy = bench.lending.lent(), bench.lending.on_loan()
    shape = {
        "lent_to": None if lent is None else lent.to, "lent_at": None if lent is None else iso(lent.at),
        "on_loan_to": None if copy is None else copy.to, "on_loan_at": None if copy is None else iso(copy.at),
        "handed_back_at": None if copy is None else iso(copy.back_at),
    }  # fmt: skip
    if lent is not None:
        here = tr("The desk has been lent to {name} since {when}. This file can only be read until it comes back.")
        return Output(shape, [here.format(name=lent.to, when=when(lent.at))])
    if copy is None:
        return Output(shape, [tr("The desk isn't lent: this file has the pen.")])
    if copy.back_at is not None:
        back = tr("This copy, lent to {name}, was handed back on {when}. It can only be read.")
        return Output(shape, [back.format(name=copy.to, when=when(copy.back_at))])
    has = tr("This is a copy, lent to {name} on {when}, and it has the pen. `desk hand-back` gives it back.")
    return Output(shape, [has.format(name=copy.to, when=when(copy.at))])


def lend(bench: Workbench, asked: Namespace) -> Output:
    """Write the copy that is lent."""
    there = bench.lending.lend(asked.folder, asked.to)
    return Output(
        {"folder": str(there.folder), "to": asked.to.strip()},
        [
            tr("The desk is lent to {name}: {file}").format(name=asked.to.strip(), file=there.file),
            tr("It holds all messages and addresses, but no passwords and no voucher codes: they stay here."),
            tr("This file can only be read until you take the desk back."),
        ],
    )


def hand_back(bench: Workbench, _asked: Namespace) -> Output:
    """Give the pen back, in the copy."""
    loan = bench.lending.hand_back()
    return Output(
        {"lent_to": loan.to, "handed_back_at": iso(loan.back_at)},
        [
            tr("Handed back. This copy can only be read from now on."),
            tr("Take {file} to where it came from, and take the desk back there.").format(file=bench.profile.file),
        ],
    )


def take_back(bench: Workbench, asked: Namespace) -> Output:
    """Show what comes back, or take it in; or take only the pen back."""
    if asked.without_work:
        return _take_back_alone(bench, sure=asked.yes)
    if asked.file is None:
        return Output({"error": "file"}, [tr("Which copy? Name its file or folder, or add --without-work.")], status=2)
    came = bench.lending.take_back(asked.file) if asked.yes else bench.lending.look(asked.file)
    last = (
        tr("The desk is back, and this file has the pen.")
        if asked.yes
        else tr("Nothing was changed. With --yes it is taken in.")
    )
    return Output(_shape(came) | {"dry_run": not asked.yes}, [*came.lines(), last])


def _shape(came: Coming) -> dict[str, object]:
    return {
        "lent_to": came.loan.to, "received": came.received, "sent": came.sent, "waiting": came.waiting,
        "new": dict(came.new), "changed": dict(came.changed), "gone": dict(came.gone), "done": came.done,
        "last": list(came.last), "forgotten": came.forgotten,
    }  # fmt: skip


def _take_back_alone(bench: Workbench, *, sure: bool) -> Output:
    if not sure:
        words = tr(
            "What was done in the copy would not come back as one: do this only if it is lost. With --yes it is done."
        )
        return Output({"taken_back": False}, [words])
    waiting = bench.lending.take_back_alone()
    return Output(
        {"taken_back": True, "waiting": waiting},
        [
            tr("This file has the pen again."),
            tr("Replies may have gone out from the copy, so each account is read before anything is sent there."),
        ],
    )
