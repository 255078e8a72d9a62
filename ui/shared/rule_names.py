"""What accounts, teammates, templates and languages are called, for the words about rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.rules.words import Names
from ui.look import languages, text

if TYPE_CHECKING:
    from app.workbench import Workbench


def names_of(bench: Workbench) -> Names:
    """The names, with those of teammates who left and of templates that are archived."""
    return Names(
        {number: text.plain(name) for number, name in bench.inbox.accounts()},
        {mate.id: text.plain(mate.name) for mate in bench.teammates.all(archived=True)},
        {one.key: text.plain(one.name) for archived in (False, True) for one in bench.templates.all(archived=archived)},
        languages.own_name,
    )
