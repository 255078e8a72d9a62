"""`--kind` of the commands on members: one list of kinds, typed by their keys or by their names on the screen."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError

from app.base.errors import UserError
from app.base.words import tr
from app.members import KINDS
from app.members.facts import checked, typed_kind


def member_kind(typed: str) -> str:
    """The kind that is typed, "" for any; raises ArgumentTypeError with the kinds that there are."""
    try:
        return typed and str(checked({"kind": typed})["kind"])
    except UserError as why:
        raise ArgumentTypeError(str(why)) from why


def add_kind(made: ArgumentParser, said: str, option: str = "--kind") -> None:
    """Add the option, "" by default; `said` is its help."""
    told = tr("{what}: {kinds}").format(what=said, kinds=", ".join(map(typed_kind, KINDS)))
    made.add_argument(option, type=member_kind, metavar=tr("KIND"), default="", help=told)
