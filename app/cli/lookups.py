"""`account find`, and what `account add` looks up by itself: where the mail of an address is, and who says so."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO

from app.base.errors import UserError
from app.base.paths import Profile
from app.base.words import tr
from app.cli import secrets
from app.cli.arguments import Commands, Parser
from app.cli.output import Output, table
from app.cli.shapes import Shape
from app.cli.telling import tell

if TYPE_CHECKING:
    from app.channels.base import Channel, Suggested


def add(group: Commands) -> None:
    """Add the command."""
    made = group.add_closed("find", find, tr("look up the servers of a mail address, and say where that is known from"))
    made.add_argument("kind", metavar=tr("KIND"), help=tr("email, wordpress, mastodon, ..."))
    options(made)


def options(made: Parser) -> None:
    """Add the options by which fields of the form are given."""
    made.add_argument(
        "--set", metavar=tr("KEY=VALUE"), action="append", default=[], help=tr("a field of the account's form")
    )
    made.add_argument("--address", metavar=tr("ADDRESS"), help=tr("the same as --set address=ADDRESS"))


def entered(asked: Namespace) -> dict[str, str]:
    """The fields that were given. Raises UserError if one sets nothing."""
    fields = secrets.pairs(asked.set)
    return fields if asked.address is None else {**fields, "address": asked.address}


def find(_profile: Profile, asked: Namespace) -> Output:
    """Look up what can be found, and change nothing."""
    from app.accounts import finding  # noqa: PLC0415  imports every channel; most commands need none
    from app.channels.registry import offered  # noqa: PLC0415  as above

    of, fields = offered(asked.kind), entered(asked)
    if not of.finds:
        msg = tr("There's nothing to look up for {title}.").format(title=tr(of.title))
        raise UserError(msg)
    unknown = sorted(set(fields) - {field.key for field in of.fields})
    if unknown:
        msg = tr("{title} has no field “{key}”. It has: {fields}.").format(
            title=tr(of.title), key=unknown[0], fields=", ".join(of.first)
        )
        raise UserError(msg)
    found = finding.find(asked.kind, fields)
    cells = [(key, found.fields[key]) for key in of.finds if found.fields.get(key)]
    return Output(shape(found), [*sentences(found), *table(cells)])


def shape(found: Suggested) -> Shape:
    """The JSON of what was found."""
    return {
        "fields": {key: value for key, value in found.fields.items() if value},
        "sentence": found.sentence,
        "sure": found.sure,
        "password": found.password,
        "browser": found.browser or None,
        "hint": found.hint or None,
        "page": found.page or None,
        "notes": list(found.notes),
    }


def sentences(found: Suggested, *, browser: bool = False) -> list[str]:
    """What was found, in words; with the `browser`, nothing of passwords."""
    if browser and found.browser:
        return [found.sentence, *found.notes]
    made = tr("{hint} You create it at {page}.").format(hint=found.hint, page=found.page) if found.page else found.hint
    return [line for line in (found.sentence, *found.notes, made) if line]


def look_up(of: Channel, fields: Mapping[str, str], *, browser: bool, guess: bool) -> dict[str, str]:
    """Fill in what can be found for a new account and was not given; says what that is, and where it is known from.

    Raises UserError if it is only guessed and nobody says that the guess is to be used, or if the login needs the
    browser and --browser is not given.
    """
    from app.accounts import finding  # noqa: PLC0415  imports every channel; most commands need none

    filled = dict(fields)
    if finding.is_open(of, fields):
        found = finding.find(of.kind, fields)
        for sentence in sentences(found, browser=browser):
            tell(sentence)
        if not found.sure and not guess:
            _confirm(of, found)
        filled = finding.filled(of, fields, found)
        if of.browser_by and of.browser_by not in fields:
            unwanted = found.password and not browser
            filled[of.browser_by] = "" if unwanted else filled.get(of.browser_by) or (found.browser if browser else "")
    if of.browser_by and of.signs_in(filled) and not browser:
        msg = tr("This account logs in with the browser. Add --browser, and open the address that is printed.")
        raise UserError(msg)
    return filled


def _confirm(of: Channel, found: Suggested) -> None:
    """Ask whether to use what is not sure. Raises UserError if nobody can be asked, or the answer is no."""
    stream: TextIO | None = sys.stdin
    if stream is not None and stream.isatty():
        asked = tr("Use these servers? Type “yes”, or anything else to stop.")
        answer = input(f"{asked} ")
        if answer.strip().casefold() in ("yes", "y", tr("yes").casefold()):
            return
    given = " ".join(f"--set {key}={found.fields[key]}" for key in of.finds if key.endswith("_host"))
    msg = tr("Nothing was added. To use these servers, add --guess; to name others, use {options}.").format(
        options=given
    )
    raise UserError(msg)
