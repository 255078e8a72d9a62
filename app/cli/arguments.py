"""The arguments: one parser, to which each noun adds its commands; wrong usage is said, never guessed at."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NoReturn

from app.base.paths import Profile
from app.base.words import tr
from app.cli.answers import Answer
from app.cli.telling import say
from app.workbench import Workbench

Run = Callable[[Workbench, argparse.Namespace], Answer]
RunClosed = Callable[[Profile, argparse.Namespace], Answer]
"""What is run without the profile being opened: it may not be there yet, or may be damaged."""
NOUNS = (
    "demos", "accounts", "syncing", "files", "conversations", "search", "show", "replies", "hearing", "moderation",
    "members", "gifts", "handoffs", "exports", "templates", "safety",
)  # fmt: skip
ALL = sys.maxsize
"""What `--limit 0` becomes; SQLite takes it for a limit that is never reached."""
STATES = ("needs-me", "waiting", "snoozed", "done", "all")
_EPILOG = (
    "exit status: 0 done; 1 refused, with a sentence saying why; 2 wrong usage; 3 a bug "
    "in Rapport.\nEvery command takes --json and --help. Ids are the ones shown in the "
    "window: C-12, M-512, P-7, H-0042-7K, G-0042-7K.\n"
)


class UsageError(Exception):
    """The words make no command; `parser` is the one that could not read them."""

    def __init__(self, parser: argparse.ArgumentParser, sentence: str) -> None:
        """`sentence` says what is wrong with them."""
        super().__init__(sentence)
        self.parser = parser


class VersionAsked(Exception):
    """--version was among the words; no error, it ends the reading of them as --help does."""


class _Version(argparse.Action):
    def __call__(self, *_: object) -> NoReturn:
        raise VersionAsked


class Parser(argparse.ArgumentParser):
    """argparse with no abbreviations, which raises UsageError where the words make no command."""

    def __init__(self, **more: Any) -> None:  # noqa: ANN401  what argparse hands to a parser of a command
        """As ArgumentParser."""
        more.setdefault("allow_abbrev", False)
        super().__init__(**more)
        self._mixing = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401
        """As ArgumentParser, and options of a command may stand between its words."""
        leaf = all(action.nargs not in (argparse.REMAINDER, argparse.PARSER) for action in self._actions)
        if self._mixing or not leaf:
            return super().parse_known_args(args, namespace)
        self._mixing = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._mixing = False

    def print_help(self, file: Any = None) -> None:  # noqa: ANN401  as argparse has it
        """Write the help to standard output as every answer is: argparse itself raises where the device is full."""
        if file is not None:
            super().print_help(file)
            return
        say(self.format_help())

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        raise UsageError(self, message)


class Commands:
    """Where a noun adds its commands."""

    def __init__(self, parser: Parser, *, what: str = "command") -> None:
        """`parser` gets a choice of commands."""
        self._choice = parser.add_subparsers(dest=what, metavar="COMMAND", required=True, title="commands")

    def add(self, name: str, run: Run | None, says: str, *, makes: bool = False) -> Parser:
        """A command: its name, what does it, one line of help; whether it makes the profile where there is none."""
        made: Parser = self._choice.add_parser(name, help=says, description=says[:1].upper() + says[1:] + ".")
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document")
        if run is not None:
            made.set_defaults(run=run, opens=True, makes=makes, used=made)
        return made

    def add_closed(self, name: str, run: RunClosed, says: str) -> Parser:
        """A command that gets the profile, not opened."""
        made = self.add(name, None, says)
        made.set_defaults(run=run, opens=False, used=made)
        return made

    def group(self, name: str, says: str) -> Commands:
        """A noun with commands of its own: `gift log`, `gift list`."""
        return Commands(self.add(name, None, says), what=f"{name}_command")


def limit(made: Parser, usual: int = 0) -> None:
    """Give a list its `--limit`: `usual` rows at most where nothing is said, 0 for all of them."""
    usually = f"default: {usual}; 0: all" if usual else "default: all, same as 0"
    made.add_argument("--limit", type=_how_many, default=usual or ALL, metavar="N", help=f"show at most N ({usually})")


def _how_many(typed: str) -> int:
    """The number of rows that was asked for; ALL for 0."""
    if not typed.strip().isdecimal():
        msg = tr("“{typed}” isn't a number of rows: write 1 or more, or 0 for all").format(typed=typed)
        raise argparse.ArgumentTypeError(msg)
    return min(int(typed), ALL) or ALL


def parser() -> Parser:
    """The whole parser."""
    made = Parser(
        prog="rapport",
        description=tr("Rapport, a workbench for a community manager. Without a command, it opens the window."),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "--profile", metavar="DIR", help="the folder of the community's file; same as setting RAPPORT_PROFILE"
    )
    made.add_argument("--demo", action="store_true", help="open the window on a throwaway copy of the demo community")
    made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document")
    made.add_argument("--version", action=_Version, nargs=0, help="print Rapport's version")
    commands = Commands(made)
    for noun in NOUNS:
        import_module(f"app.cli.{noun}").add(commands)
    return made


def parse(words: Sequence[str]) -> argparse.Namespace:
    """What the words ask; UsageError, naming the command's own usage, where they make none."""
    asked: argparse.Namespace
    asked, more = parser().parse_known_args(words)
    if more:
        raise UsageError(asked.used, f"unrecognized arguments: {' '.join(more)}")
    return asked
