"""`account show|note|speaks|target`: the manners of a place, a note on it, who speaks there, and how soon we reply."""

from __future__ import annotations

from argparse import Namespace

from app.accounts import Account
from app.accounts.target import understood, written
from app.base import clock
from app.base.errors import UserError
from app.base.words import tr
from app.cli.arguments import Commands
from app.cli.output import Output
from app.cli.shapes import Shape
from app.cli.text_files import text_of
from app.workbench import Workbench


def add(group: Commands) -> None:
    """Add the commands to the group `account`."""
    made = group.add("show", show, tr("show what is worth knowing before writing on an account, and your note on it"))
    made.add_argument("name", metavar=tr("NAME"))
    made = group.add("note", note, tr("write down what is customary on an account; without words, show it"))
    made.add_argument("name", metavar=tr("NAME"))
    made.add_argument("words", nargs="?", metavar=tr("WORDS"), help=tr("the note; an empty one removes it"))
    made.add_argument("--text-file", metavar=tr("F"), help=tr("a file with the note; - reads standard input"))
    made = group.add("speaks", speaks, tr("choose which of your names or addresses speaks; without one, show them"))
    made.add_argument("name", metavar=tr("NAME"))
    made.add_argument("who", nargs="?", metavar=tr("WHO"), help=tr("an address or account; empty to be asked"))
    made = group.add("target", target, tr("set how soon members there may expect a reply; without a time, show it"))
    made.add_argument("name", metavar=tr("NAME"))
    made.add_argument(
        "time",
        nargs="?",
        metavar=tr("TIME"),
        help=tr("in working time, such as 30 min or 4 h; empty for the setting's"),
    )


def manners_json(bench: Workbench, account: Account) -> Shape:
    """The JSON of an account's manners."""
    notes = bench.accounts.notes
    return {
        "name": account.name,
        "kind": account.kind,
        "note": notes.note(account.id) or None,
        "manners": [
            {"key": point.key, "title": point.title, "text": point.text}
            for point in bench.outbox.manners.points(account.id)
        ],
        "speaks": notes.who_speaks(account.id) or None,
        "may_speak": [{"key": one.key, "name": one.name} for one in notes.may_speak(account.id)],
    }


def at_first_reply(bench: Workbench, number: int) -> list[str]:
    """Lines that say the manners of an account's place with the first reply there; [] from then on."""
    if not bench.accounts.notes.is_due(number):
        return []
    bench.accounts.notes.mark_shown(number)
    account = bench.accounts.get(number)
    points = [f"{point.title}: {point.text}" for point in bench.outbox.manners.points(number)]
    again = tr("Worth knowing about “{account}”. `account show` says this again; `account note` adds to it.")
    return ["", again.format(account=account.name), *(f"  {line}" for point in points for line in point.splitlines())]


def show(bench: Workbench, asked: Namespace) -> Output:
    """Show the manners of an account's place."""
    account = bench.accounts.named(asked.name)
    lines = [account.name]
    for point in bench.outbox.manners.points(account.id):
        lines += ["", f"{point.title}:", *(f"  {line}" for line in point.text.splitlines())]
    known = _may_speak(bench, account)
    if known:
        lines += ["", tr("Who speaks:"), *(f"  {line}" for line in known)]
    return Output(manners_json(bench, account), lines)


def _may_speak(bench: Workbench, account: Account) -> list[str]:
    chosen = bench.accounts.notes.who_speaks(account.id)
    return [
        tr("{name} (speaks)").format(name=one.name) if one.key == chosen else one.name
        for one in bench.accounts.notes.may_speak(account.id)
    ]


def note(bench: Workbench, asked: Namespace) -> Output:
    """Write down or remove the person's note, or show it."""
    account = bench.accounts.named(asked.name)
    if asked.words is not None and asked.text_file is not None:
        msg = tr("Give the note as words or with --text-file, not both.")
        raise UserError(msg)
    text = asked.words if asked.text_file is None else text_of(asked.text_file)
    if text is not None:
        bench.accounts.notes.put(account.id, text, account.name)
    written = bench.accounts.notes.note(account.id)
    shape = {"name": account.name, "note": written or None}
    return Output(shape, written.splitlines() or [tr("No note on “{name}”.").format(name=account.name)])


def speaks(bench: Workbench, asked: Namespace) -> Output:
    """Choose who speaks, or show who can."""
    account = bench.accounts.named(asked.name)
    if asked.who is not None:
        bench.accounts.notes.put_who_speaks(account.id, asked.who, account.name)
    shape = {key: manners_json(bench, account)[key] for key in ("name", "speaks", "may_speak")}
    nobody = tr("There's only one who can speak on “{account}”.").format(account=account.name)
    return Output(shape, _may_speak(bench, account) or [nobody])


def target(bench: Workbench, asked: Namespace) -> Output:
    """Set within which working time members may expect a reply, or show it."""
    account = bench.accounts.named(asked.name)
    notes = bench.accounts.notes
    if asked.time is not None:
        notes.put_reply_target(account.id, understood(asked.time), account.name)
    own = notes.reply_target(account.id)
    minutes = bench.blocks.targets(clock.now()).minutes(account.id)
    words = (
        tr("“{name}”: replies within {time} of working time.")
        if own is not None
        else tr("“{name}”: replies within {time} of working time, as in the settings.")
    )
    shape = {"name": account.name, "minutes": minutes, "own": own is not None}
    return Output(shape, [words.format(name=account.name, time=written(minutes))])
