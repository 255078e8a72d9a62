"""`account add|find|list|check|pause|resume|stop|continue|collect|remove|register|show|note|...`: our logins."""

from __future__ import annotations

import dataclasses
from argparse import Namespace

from app.accounts import Account, channel
from app.accounts.reading import history
from app.accounts.register import units_today
from app.base import clock
from app.base.errors import UserError
from app.base.words import N_, tr
from app.cli import exports, lookups, places, secrets, signatures
from app.cli.arguments import Commands, Parser, limit
from app.cli.lookups import entered, look_up
from app.cli.output import Output, iso, table, when
from app.cli.shapes import Shape, spoken
from app.cli.telling import tell
from app.moderation.verbs import rights
from app.moderation.words import rights_in_words
from app.workbench import Workbench

_NOTED = {
    "owner": N_("Owner"),
    "others": N_("Others with access"),
    "recovery": N_("Recovery"),
    "ends_on": N_("Ends on"),
    "ends_what": N_("What ends"),
}


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("account", tr("the accounts; passwords go to this computer's keyring"))
    made = group.add(
        "add", new, tr("connect an account; asks for passwords unless --secret-from-stdin is given"), makes=True
    )
    made.add_argument("kind", metavar=tr("KIND"), help=tr("email, wordpress, mastodon, ..."))
    made.add_argument("name", metavar=tr("NAME"), nargs="?", default="", help=tr("what to call the account here"))
    lookups.options(made)
    made.add_argument("--guess", action="store_true", help=tr("use servers that are only guessed from the address"))
    _login_options(made, secrets.from_stdin_help(), tr("sign in with a browser; prints the address to open"))
    made.add_argument("--check", action="store_true", help=tr("log in right away; if that fails, nothing is saved"))
    lookups.add(group)
    limit(
        group.add("list", show_list, tr("list the accounts, their status, and when an open window reads each one next"))
    )
    made = group.add("check", check, tr("log in and report what was found"))
    made.add_argument("name", metavar=tr("NAME"))
    _login_options(
        made,
        tr("log in again: read the password from standard input; several secrets as key=value, one per line"),
        tr("log in again with a browser; prints the address to open"),
    )
    for name, run, says in (
        ("pause", pause, tr("pause an account until `account resume`")),
        ("resume", resume, tr("resume a paused account")),
        ("stop", stop, tr("stop reading an account's older letters; new ones still come in")),
        ("continue", go_on, tr("go on reading an account's older letters with the next sync")),
        (
            "collect",
            collect,
            tr("move notification e-mails that came in as letters to the assisted account that they're about"),
        ),
        ("remove", remove, tr("disconnect an account; its messages stay")),
    ):
        group.add(name, run, says).add_argument("name", metavar=tr("NAME"))
    _register_commands(group)
    signatures.add(group)
    places.add(group)


def _login_options(made: Parser, piped: str, browser: str) -> None:
    made.add_argument("--secret-from-stdin", action="store_true", help=piped)
    made.add_argument("--browser", action="store_true", help=browser)


def _register_commands(group: Commands) -> None:
    made = group.add(
        "register", register, tr("record who owns an account and who else has access; without options, show it")
    )
    made.add_argument("name", metavar=tr("NAME"))
    made.add_argument("--owner", metavar=tr("NAME"), help=tr("the owner's legal name"))
    made.add_argument("--others", metavar=tr("NAMES"), help=tr("who else has access"))
    made.add_argument("--recovery", metavar=tr("WORDS"), help=tr("how to recover the account; never a password"))
    made.add_argument(
        "--ends-on",
        metavar=tr("DATE"),
        help=tr("when a token or contract ends: 31.3.2027, in a year; empty for never"),
    )
    made.add_argument("--ends-what", metavar=tr("WORDS"), help=tr("what ends on that date"))
    made = group.add("export", export, tr("export the account register as CSV; it contains no secrets"))
    exports.destination(made)


def new(bench: Workbench, asked: Namespace) -> Output:
    """Connect an account; with --check only if logging in works."""
    from app.accounts.form import answered  # noqa: PLC0415  imports every channel; most commands need none
    from app.channels.registry import offered  # noqa: PLC0415  imports every channel; most commands need none

    fields, of = entered(asked), offered(asked.kind)
    secret = sorted(set(fields) & {field.key for field in of.fields if field.secret})
    if secret:
        msg = tr("“{typed}” is a secret, and others can see command lines. Use --secret-from-stdin.").format(
            typed=secret[0]
        )
        raise UserError(msg)
    answered(of, fields)  # before the person is asked for a password
    found = look_up(of, fields, browser=asked.browser, guess=asked.guess)
    fields = {**fields, **found}
    given = secrets.asked_for(of, fields, piped=asked.secret_from_stdin, browser=asked.browser)
    if asked.browser:
        given |= secrets.by_browser(asked.kind, {**answered(of, fields), **given})
    checked = bench.accounts.try_out(asked.kind, fields, given) if asked.check else None
    made, note = bench.accounts.add(asked.kind, asked.name, fields, given, checked)
    if note:
        tell(note)
    sentence = checked.sentence if checked is not None else None
    shape = {**account_json(bench, made), "check": sentence, "note": note or None}
    if made.assisted:
        moved = bench.reported.move_over(made.id)
        return Output({**shape, "moved": moved}, [" ".join(_of_assisted(made.name, moved))])
    connected = tr("“{name}” is connected.").format(name=made.name)
    then = sentence or tr("Next: account check, then sync.")
    return Output(shape, [f"{connected} {then}"])


def _of_assisted(name: str, moved: int) -> list[str]:
    """What comes next for an account that connects to nothing."""
    from app.intake.reported import sentence  # noqa: PLC0415  imports every channel; most commands need none

    added = tr("“{name}” is added.").format(name=name)
    then = tr("Its notification e-mails become messages as they come in. Add others with `hear`.")
    return [added, *filter(None, [sentence(moved, name)]), then]


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List the accounts by name."""
    accounts = bench.accounts.all()[: asked.limit]
    cells = [
        (
            account.name,
            account.kind,
            account.mode,
            spoken(account.state),
            when(account.ok_at),
            _next(bench, account),
            account.error,
        )
        for account in accounts
    ]
    return Output(
        [account_json(bench, account) for account in accounts], table(cells) or [tr("No accounts connected yet.")]
    )


def _next(bench: Workbench, account: Account) -> str:
    at = bench.sync.reads_at(account)
    return tr("next {when}").format(when=when(at)) if at is not None and at > clock.now() else ""


def account_json(bench: Workbench, account: Account) -> Shape:
    """The JSON of an account; never a secret."""
    cursor = bench.accounts.cursor(account.id) if account.live else {}
    units, known = units_today(cursor, clock.local(clock.now())), history(cursor)
    return {
        "name": account.name,
        "kind": account.kind,
        "mode": account.mode,
        "state": spoken(account.state),
        "own": list(account.own),
        "speaks_as": account.speaks_as,
        "fields": dict(account.fields),
        "may": account.facts["may"].split() if account.facts.get("may") else None,
        "checked_at": iso(account.checked_at),
        "ok_at": iso(account.ok_at),
        "error": account.error or None,
        "error_at": iso(account.error_at),
        "next_at": iso(account.next_at),
        "units_today": units,
        "history": known and {"read": known.read, "total": known.total, "stopped": known.stopped},
        "register": register_json(account),
    }


def register_json(account: Account) -> Shape:
    """The JSON of an account's register entry; None for what has not been recorded."""
    return {key: getattr(account.register, key) or None for key in _NOTED}


def check(bench: Workbench, asked: Namespace) -> Output:
    """Log in and answer with what was found."""
    from app.channels.registry import offered  # noqa: PLC0415  as above

    account = bench.accounts.named(asked.name)
    given = secrets.from_stdin(offered(account.kind), account.fields) if asked.secret_from_stdin else {}
    if asked.browser:
        known = bench.accounts.known(account.id, given)
        given |= secrets.by_browser(account.kind, {**account.fields, **known})
    if given:
        note = bench.accounts.give(account.id, given)
        if note:
            tell(note)
    sentence = bench.accounts.check(account.id).sentence
    account = bench.accounts.get(account.id)
    able = rights_in_words(rights(account.facts.get("may", "")), channel(account.kind).can)
    return Output({**account_json(bench, account), "check": sentence}, [sentence, *([able] if able else [])])


def collect(bench: Workbench, asked: Namespace) -> Output:
    """Move the notices of an assisted account's place, which lie among the letters, to the account; `undo` reverts."""
    from app.intake.reported import sentence  # noqa: PLC0415  as above

    account = bench.accounts.named(asked.name)
    if not account.assisted:
        msg = tr("“{name}” is read automatically, so there's nothing to collect for it.").format(name=account.name)
        raise UserError(msg)
    moved = bench.reported.move_over(account.id)
    none = tr("There are no notification e-mails for “{name}” among your letters.").format(name=account.name)
    return Output({"name": account.name, "moved": moved}, [sentence(moved, account.name) or none])


def pause(bench: Workbench, asked: Namespace) -> Output:
    """Pause an account."""
    account = bench.accounts.named(asked.name)
    bench.accounts.pause(account.id)
    return _with_sentence(bench, account.id, tr("“{name}” is paused until `account resume`.").format(name=account.name))


def resume(bench: Workbench, asked: Namespace) -> Output:
    """Resume an account."""
    account = bench.accounts.named(asked.name)
    bench.accounts.resume(account.id)
    return _with_sentence(bench, account.id, tr("“{name}” has been resumed.").format(name=account.name))


def stop(bench: Workbench, asked: Namespace) -> Output:
    """Stop reading the history of an account."""
    account = bench.accounts.named(asked.name)
    bench.accounts.stop_history(account.id)
    words = tr("The older letters of “{name}” are left until `account continue`.").format(name=account.name)
    return _with_sentence(bench, account.id, words)


def go_on(bench: Workbench, asked: Namespace) -> Output:
    """Go on reading the history of an account."""
    account = bench.accounts.named(asked.name)
    bench.accounts.stop_history(account.id, stopped=False)
    words = tr("The next sync goes on with the older letters of “{name}”.").format(name=account.name)
    return _with_sentence(bench, account.id, words)


def remove(bench: Workbench, asked: Namespace) -> Output:
    """Disconnect an account."""
    account = bench.accounts.named(asked.name)
    bench.accounts.remove(account.id)
    return _with_sentence(
        bench, account.id, tr("“{name}” is no longer connected; its messages stay.").format(name=account.name)
    )


def _with_sentence(bench: Workbench, number: int, sentence: str) -> Output:
    return Output(account_json(bench, bench.accounts.get(number)), [sentence])


def register(bench: Workbench, asked: Namespace) -> Output:
    """Change an account's register entry, or show it if nothing to change was given."""
    account = bench.accounts.named(asked.name)
    given = {key: getattr(asked, key) for key in _NOTED if getattr(asked, key) is not None}
    if given:
        if "ends_on" in given:
            given["ends_on"] = bench.dates.day(given["ends_on"])
        bench.accounts.register(account.id, dataclasses.replace(account.register, **given))
        account = bench.accounts.get(account.id)
    entry = register_json(account)
    cells = [(tr(title), str(entry[key])) for key, title in _NOTED.items() if entry[key]]
    return Output(
        {"name": account.name, **entry},
        table(cells) or [tr("Nothing recorded for “{name}” yet.").format(name=account.name)],
    )


def export(bench: Workbench, asked: Namespace) -> Output:
    """Write the register as CSV or Excel."""
    from app.export.lists import write_register  # noqa: PLC0415  loaded by this command alone

    return exports.write(asked, "accounts", lambda path, how: write_register(path, bench.accounts.all(), how))
