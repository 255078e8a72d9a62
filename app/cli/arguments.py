"""The argument parser. Each noun adds its commands to it; wrong usage raises UsageError, nothing is guessed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NoReturn

from app.base.paths import Profile
from app.base.words import N_, tr
from app.cli.output import Output
from app.cli.telling import say
from app.workbench import Workbench

Run = Callable[[Workbench, argparse.Namespace], Output]
RunClosed = Callable[[Profile, argparse.Namespace], Output]
"""A command that gets the profile unopened: it may not exist yet, or be damaged."""
NOUNS = (
    "demos", "accounts", "syncing", "files", "today", "conversations",
    "labels", "views", "drafts", "forms", "joins", "search", "show", "replies", "corrections",
    "reactions", "letters", "posts", "attachments", "originals", "hearing",
    "moderation", "members", "history", "contacts", "involvement", "helping", "introduce", "quarrel", "kind", "stacks",
    "rules", "keeping", "lending", "gifts", "items", "vouchers", "giveaway", "handoffs",
    "returns", "teammates", "responsible", "promises", "works",
    "blocks", "hours", "first_week", "exports", "handover", "printing", "templates", "facts", "embargoes",
    "spelling", "keys", "settings", "safety",
)  # fmt: skip
ALL = sys.maxsize
"""Stands for `--limit 0`: a LIMIT that SQLite accepts and no list reaches."""
STATES = ("needs-me", "waiting", "snoozed", "done", "quiet", "closed-by-itself", "asked", "all")
STATE_KEYS = {"closed-by-itself": "closed_itself"}
"""What a state is called inside, where that is not its name with underscores."""


def state_key(typed: str) -> str:
    """A state of STATES as the desks call it."""
    return STATE_KEYS.get(typed, typed.replace("-", "_"))


_EPILOG = N_(
    "exit status: 0 done; 1 refused or failed, and the output says why; 2 wrong usage;\n"
    "3 a bug in Rapport; 130 or 143 stopped.\n"
    "Every command takes --json and --help. Ids begin with a letter: C-12 conversation,\n"
    "M-512 message, P-7 member, H-0042-7K hand-off, G-0042-7K gift, O-3 reply in the outbox,\n"
    "W-2 work of a member, I-4 item to give, V-9 voucher."
)


class UsageError(Exception):
    """The arguments are wrong; `parser` is the one that rejected them, so its usage can be shown."""

    def __init__(self, parser: argparse.ArgumentParser, sentence: str) -> None:
        """`sentence` says what is wrong."""
        super().__init__(sentence)
        self.parser = parser


class VersionAsked(Exception):
    """--version was given. Not an error: it ends parsing, as --help does."""


class _Version(argparse.Action):
    def __call__(self, *_: object) -> NoReturn:
        raise VersionAsked


class Parser(argparse.ArgumentParser):
    """An ArgumentParser without abbreviated options that raises UsageError instead of exiting."""

    def __init__(self, **more: Any) -> None:  # noqa: ANN401  whatever argparse passes to a subparser
        """Take the same arguments as ArgumentParser."""
        more.setdefault("allow_abbrev", False)
        super().__init__(**more)
        self._mixing = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401  as the base has it
        """Parse as ArgumentParser does, but let a command's options stand between its positional arguments."""
        leaf = all(action.nargs not in (argparse.REMAINDER, argparse.PARSER) for action in self._actions)
        if self._mixing or not leaf:
            return super().parse_known_args(args, namespace)
        self._mixing = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._mixing = False

    def print_help(self, file: Any = None) -> None:  # noqa: ANN401  as argparse has it
        """Print the help through `say`: argparse itself would raise a bare OSError when the device is full."""
        if file is not None:
            super().print_help(file)
            return
        say(self.format_help())

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        raise UsageError(self, message)


class Commands:
    """A set of subcommands to which a noun adds its own."""

    def __init__(self, parser: Parser, *, what: str = "command") -> None:
        """Give `parser` subcommands; the name of the chosen one is parsed into the attribute `what`."""
        self._choice = parser.add_subparsers(dest=what, metavar=tr("COMMAND"), required=True, title=tr("commands"))

    def add(self, name: str, run: Run | None, says: str, *, makes: bool = False) -> Parser:
        """Add a command that runs on the open workbench; its parser, for further arguments.

        `says` is one line of help, translated. With `makes` the command creates the profile if there is none.
        """
        description = tr("{sentence}.").format(sentence=says[:1].upper() + says[1:])
        made: Parser = self._choice.add_parser(name, help=says, description=description)
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=tr("print one JSON document"))
        if run is not None:
            made.set_defaults(run=run, opens=True, makes=makes, used=made)
        return made

    def add_closed(self, name: str, run: RunClosed, says: str) -> Parser:
        """Add a command that gets the profile unopened; its parser."""
        made = self.add(name, None, says)
        made.set_defaults(run=run, opens=False, used=made)
        return made

    def group(self, name: str, says: str) -> Commands:
        """Add a noun with commands of its own: `gift log`, `gift list`."""
        return Commands(self.add(name, None, says), what=f"{name}_command")


def limit(made: Parser, usual: int = 0) -> None:
    """Add `--limit N` to a list command; the default is `usual` rows, 0 meaning all of them."""
    usually = tr("show at most N (default: all, same as 0)")
    if usual:
        usually = tr("show at most N (default: {usual}; 0: all)").format(usual=usual)
    made.add_argument("--limit", type=_how_many, default=usual or ALL, metavar=tr("N"), help=usually)


def _how_many(typed: str) -> int:
    """The number typed after --limit; ALL for 0."""
    if not typed.strip().isdecimal():
        msg = tr("“{typed}” isn't a number of rows: write 1 or more, or 0 for all").format(typed=typed)
        raise argparse.ArgumentTypeError(msg)
    return min(int(typed), ALL) or ALL


def parser() -> Parser:
    """The parser of the whole command line, built anew in the language chosen by then."""
    made = Parser(
        prog="rapport",
        description=tr("Rapport, a workbench for a community manager. Without a command, it opens the window."),
        epilog=tr(_EPILOG),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "--profile", metavar=tr("DIR"), help=tr("the folder of the community's file; same as setting RAPPORT_PROFILE")
    )
    made.add_argument(
        "--demo", action="store_true", help=tr("open the window on a throwaway copy of the demo community")
    )
    made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=tr("print one JSON document"))
    made.add_argument("--version", action=_Version, nargs=0, help=tr("print Rapport's version"))
    commands = Commands(made)
    for noun in NOUNS:
        import_module(f"app.cli.{noun}").add(commands)
    return made


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The parsed arguments. Raises UsageError, with the command's own parser, if they are wrong."""
    asked: argparse.Namespace
    asked, more = parser().parse_known_args(words)
    if more:
        raise UsageError(asked.used, tr("unrecognized arguments: {typed}").format(typed=" ".join(more)))
    return asked
