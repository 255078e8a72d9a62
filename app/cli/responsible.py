"""`responsible list|account|subject`: who answers for an account or a subject, and who stands in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from app.base.errors import UserError
from app.base.words import tr
from app.cli.arguments import Commands, limit
from app.cli.output import Output, table
from app.cli.shapes import Shape
from app.responsible import Responsible
from app.workbench import Workbench

_ME = "me"


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group(
        "responsible", tr("who's responsible for accounts and subjects, and is offered their hand-offs first")
    )
    limit(group.add("list", show_list, tr("list who's responsible for what, accounts first")))
    made = group.add("account", account, tr("set who's responsible for an account"))
    made.add_argument("what", metavar=tr("ACCOUNT"), help=tr("the account's name"))
    _whom(made)
    made = group.add("subject", subject, tr("set who's responsible for a subject"))
    made.add_argument("what", metavar=tr("SUBJECT"), help=tr("such as invoices"))
    _whom(made)


def _whom(made: ArgumentParser) -> None:
    chosen = made.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--is", dest="mate", metavar=tr("TEAMMATE"), help=tr("a name, or the start of one; me: you"))
    chosen.add_argument("--nobody", action="store_true", help=tr("nobody in particular any more"))
    made.add_argument("--stand-in", default="", metavar=tr("TEAMMATE"), help=tr("who does it while they are away"))


def account(bench: Workbench, asked: Namespace) -> Output:
    """Say who answers for an account."""
    number = bench.accounts.named(asked.what).id
    if asked.nobody:
        return _cleared(bench, bench.responsible.of_account(number), asked.what)
    bench.responsible.set_account(number, *_chosen(bench, asked))
    return _told(bench.responsible.of_account(number))


def subject(bench: Workbench, asked: Namespace) -> Output:
    """Say who answers for a subject."""
    if asked.nobody:
        return _cleared(bench, bench.responsible.of_subject(asked.what), asked.what)
    bench.responsible.set_subject(asked.what, *_chosen(bench, asked))
    return _told(bench.responsible.of_subject(asked.what))


def _chosen(bench: Workbench, asked: Namespace) -> tuple[int | None, int | None]:
    mate = None if asked.mate.strip().lower() == _ME else bench.teammates.named(asked.mate).id
    return mate, bench.teammates.named(asked.stand_in).id if asked.stand_in.strip() else None


def _cleared(bench: Workbench, found: Responsible | None, what: str) -> Output:
    if found is None:
        raise UserError(tr("No one in particular is responsible for {what}.").format(what=what))
    bench.responsible.clear(found.id)
    return Output(
        {"cleared": found.what}, [tr("No one in particular is responsible for {what} now.").format(what=found.what)]
    )


def _told(found: Responsible | None) -> Output:
    if found is None:  # another program has just changed it
        raise UserError(tr("No one in particular is responsible for that."))
    who = found.teammate or tr("You")
    sentence = tr("{what}: {name}.")
    if found.stand_in:
        sentence = tr("{what}: {name}, and {stand_in} while they're away.")
    return Output(_json(found), [sentence.format(what=found.what, name=who, stand_in=found.stand_in)])


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List who answers for what."""
    found = bench.responsible.all()[: asked.limit]
    cells = [
        (one.what, tr("account") if one.account else tr("subject"), one.teammate or tr("You"), one.stand_in)
        for one in found
    ]
    return Output(
        [_json(one) for one in found], table(cells) or [tr("No one is responsible for anything in particular yet.")]
    )


def _json(one: Responsible) -> Shape:
    """The JSON of one; `teammate` null is you."""
    return {
        "account": one.account or None, "subject": one.subject or None, "teammate": one.teammate or None,
        "stand_in": one.stand_in or None,
    }  # fmt: skip
